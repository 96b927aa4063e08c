"""Where the random numbers of a program begin, so that it can draw the same ones again."""

from __future__ import annotations

import random
import sys
from typing import Any

import torch
from torch import Tensor


class RandomState:
    """That of Python, of torch on the CPU, and of numpy where it is imported, when this was made."""

    def __init__(self) -> None:
        self._of_python = random.getstate()
        self._of_torch: Tensor = torch.default_generator.get_state()
        numpy = _numpy()
        self._of_numpy: Any = None if numpy is None else numpy.get_state()

    def restore(self) -> None:
        """From here on the same numbers come again."""
        random.setstate(self._of_python)
        torch.default_generator.set_state(self._of_torch)
        numpy = _numpy()
        if numpy is not None and self._of_numpy is not None:
            numpy.set_state(self._of_numpy)


def _numpy() -> Any:
    return sys.modules.get("numpy.random")
