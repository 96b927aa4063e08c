"""Which cells of a mask or an index chose a cell of a result. No number of theirs goes into it: what it is hangs on
them, and so they are found by changing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import torch
from torch import Tensor

_SELECTING = frozenset({"__getitem__", "masked_select"})  # by a mask as large as what it is laid on, with fewer results

Call: TypeAlias = Callable[[Sequence[Tensor]], Tensor | None]


class Choices:
    """Of a call that is made again by `call` of `operands`, where it has returned `made`."""

    def __init__(self, call: Call, name: str, operands: Sequence[Tensor], made: Tensor) -> None:
        self._call, self._name = call, name
        self._operands, self._made = operands, made.detach()

    def of(self, position: int, cell: tuple[int, ...]) -> int | None:
        """The flat index of the cell of an operand that alone chose this cell of the result; None of none, of several,
        and of what cannot be changed."""
        n_cells = self._operands[position].numel()
        numbers = torch.arange(n_cells)
        found = 0
        for bit in range(max(n_cells - 1, 0).bit_length()):
            changed = self._changed(position, (numbers >> bit) & 1 == 1)
            if changed is None:
                return None
            found |= int(bool(changed[cell])) << bit
        if found >= n_cells:
            return None
        alone, others = (self._changed(position, marked) for marked in (numbers == found, numbers != found))
        is_it = alone is not None and others is not None and bool(alone[cell]) and not bool(others[cell])
        return found if is_it else None

    def by(self, position: int, cell: tuple[int, ...]) -> Tensor | None:
        """The cells of the result that are others once this cell of an operand is."""
        marked = torch.zeros(self._operands[position].shape, dtype=torch.bool)
        marked[cell] = True
        return self._changed(position, marked.reshape(-1))

    def is_selecting(self, position: int) -> bool:
        """Whether a mask lets through the cells that it is laid on: it cannot be changed without another shape."""
        mask = self._operands[position]
        is_laid_on = mask.dtype is torch.bool and position and mask.shape == self._operands[0].shape
        return bool(is_laid_on) and self._name in _SELECTING

    def _changed(self, position: int, marked: Tensor) -> Tensor | None:
        """Where the result is another with other values in the marked cells of an operand; None where that fails."""
        before = self._operands[position]
        others = [one.detach() for one in self._operands]
        others[position] = torch.where(marked.to(before.device).reshape(before.shape), _other(before), before)
        try:
            made = self._call(others)
        except Exception:
            return None
        return None if made is None else made.detach() != self._made


def _other(values: Tensor) -> Tensor:
    """Another value for each, among those that there are."""
    if values.dtype is torch.bool:
        return ~values
    least, most = values.min(), values.max()
    if least == most:
        return values - 1 if least > 0 else values + 1
    return torch.where(values < most, values + 1, least)
