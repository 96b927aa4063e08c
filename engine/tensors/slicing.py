"""A part of a tensor by an index that a person has typed, as PyTorch gives it."""

from __future__ import annotations

from torch import Tensor

from engine.protocol.errors import EngineError
from engine.shared.typed_index import read_index
from engine.tensors import native


def sliced(tensor: Tensor, text: str) -> Tensor:
    """As `tensor[…]` gives it: a view where the index has no list in it. Raises EngineError for what is no index of
    plain numbers, and in PyTorch's words for one that does not fit. Inside `Unseen`."""
    index = read_index(text)
    try:
        return native.bare(tensor)[index]
    except (IndexError, ValueError, TypeError, RuntimeError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise EngineError("slice.does_not_fit", "{text} does not fit: {reason}.", text=text, reason=reason) from error
