"""What the nodes of an earlier pass had saved that is no tensor: exponents, axes, sizes, flags, and which tensors, of
those that an operation may go without, it was not given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from torch.autograd.function import BackwardCFunction
from torch.autograd.graph import Node as GradFn

_PREFIX = "_saved_"
_OPTIONAL = ("weight", "pos_weight", "bias", "running_mean", "running_var", "attn_bias", "attn_mask", "mask")
_GIVEN = object()  # stands for a tensor, which is not kept here


class _Reader(NamedTuple):
    """Of one of PyTorch's kinds of node."""

    names: tuple[str, ...]
    get: Callable[[GradFn], Any]  # the value of one name, a tuple of those of several


Constants: TypeAlias = tuple[Any, ...]  # by node, as its kind's reader gives them
_READERS: dict[type, _Reader | None] = {}  # of PyTorch's own kinds, which live as long as this


def constants_saved_by(nodes: Sequence[GradFn]) -> Constants:
    """Of each node, which may have let go of its tensors. Nothing of the program runs. Inside `Unseen`."""
    found = []
    for node in nodes:
        kind = type(node)
        reader = _READERS[kind] if kind in _READERS else _reader(kind)
        found.append(None if reader is None else reader.get(node))
    return tuple(found)


def kinds_of(nodes: Sequence[GradFn]) -> tuple[type | None, ...]:
    """PyTorch's own kinds, once `constants_saved_by` has seen them; None of the program's."""
    return tuple(kind if kind in _READERS else None for kind in map(type, nodes))


class SavedConstants(NamedTuple):
    """Those of one pass, to be asked by name."""

    kinds: Sequence[type | None]
    values: Constants

    def read(self, node: int, name: str) -> Any:
        """What a node had saved by PyTorch's own name. None of a tensor that it was not given. Raises KeyError
        where that is a tensor."""
        kind = self.kinds[node]
        reader = None if kind is None else _READERS[kind]
        if reader is None or name not in reader.names:
            raise KeyError(name)
        values = self.values[node]
        found = values if len(reader.names) == 1 else values[reader.names.index(name)]
        if found is _GIVEN:
            raise KeyError(name)
        return found


def _reader(kind: type) -> _Reader | None:
    if issubclass(kind, BackwardCFunction):  # the program's own
        return None
    names = [name for name in dir(kind) if name.startswith(_PREFIX) and not hasattr(kind, f"_raw{name}")]
    keys = tuple(name.removeprefix(_PREFIX) for name in names)
    optional = tuple(name for name in _OPTIONAL if hasattr(kind, f"_raw{_PREFIX}{name}"))
    get: Callable[[GradFn], Any] | None = attrgetter(*names) if names else None
    if optional:
        get = _with_optional(get, len(keys), optional)
    _READERS[kind] = _Reader((*keys, *optional), get) if get is not None else None
    return _READERS[kind]


def _with_optional(
    get: Callable[[GradFn], Any] | None, n_values: int, optional: tuple[str, ...]
) -> Callable[[GradFn], Any]:
    def read(node: GradFn) -> Any:
        values = () if get is None else (get(node),) if n_values == 1 else get(node)
        found = (*values, *(_given(node, name) for name in optional))
        return found if len(found) > 1 else found[0]

    return read


def _given(node: GradFn, name: str) -> object:
    """None where a node was not given a tensor; it tells that from one which it has let go of."""
    try:
        raw = getattr(node, f"_raw{_PREFIX}{name}")
        is_missing = raw.unpack_hook is None and getattr(node, f"{_PREFIX}{name}") is None
    except RuntimeError:  # let go of, or written into since
        return _GIVEN
    return None if is_missing else _GIVEN
