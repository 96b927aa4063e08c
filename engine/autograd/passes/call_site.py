"""Where in the program a backward pass was called, and in which words to speak of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from types import FrameType
from typing import Any

from engine.program.places import Place, place_of
from engine.program.sources import frame_source
from engine.protocol.source import Source
from engine.shared.output_names import joined
from engine.shared.phrases import STEPPING

_RECEIVER = re.compile(r"(?!.*\bautograd\.backward)(.+)\.backward\(.*\)", re.DOTALL)
_MAX_ORIGIN = 80  # characters
_MAX_BEFORE = 64  # places whose words are kept


@dataclass(frozen=True, slots=True)
class CallSite:
    """One call of the engine. `label` names its roots, "a, b"; `origin` is the call's text, "loss.backward()"."""

    label: str
    origin: str
    namespace: Mapping[str, Any]
    source: Source | None = None
    is_owned: bool = False  # the window started the pass

    @classmethod
    def owned(cls, label: str, namespace: Mapping[str, Any]) -> CallSite:
        """Of a pass that no line of a program started."""
        return cls(label, f"{STEPPING}{label}", namespace, is_owned=True)

    @property
    def line(self) -> int:
        """From 1 on; 0 where no line of the program called."""
        return 0 if self.source is None else self.source.line


def describe(
    roots: Sequence[Any], program_paths: Set[str], is_backward: bool, namespace: Mapping[str, Any], with_locals: bool
) -> CallSite:
    """The call that is being made, seen from the program's frame nearest to it.

    `with_locals` adds the variables of that frame to the namespace. What only records lets go of them: they would
    live on until the next pass.
    """
    frame = _program_frame(program_paths)
    found = {} if frame is None else frame.f_locals
    place = None if frame is None else place_of(frame)
    named = _named_before.get(place)
    if named is not None and len(roots) == 1 and found.get(named.label) is roots[0]:  # as in the pass before of a loop
        label, origin, source = named.label, named.origin, named.source
    else:
        source = None if frame is None else frame_source(frame)
        label, origin = _words(_names_of(roots, (found, namespace)), source, is_backward)
        if place is not None:
            _named_before.put(place, CallSite(label, origin, {}, source))
    return CallSite(label, origin, {**namespace, **found} if with_locals else namespace, source)


def _words(label: str, source: Source | None, is_backward: bool) -> tuple[str, str]:
    """Label and origin of a call; a label that is "" is taken of the call's text."""
    text = "" if source is None else " ".join(source.text.split())
    text = text if len(text) <= _MAX_ORIGIN else text[: _MAX_ORIGIN - 1] + "…"
    origin = text or (f"{label or 'output'}.backward()" if is_backward else f"autograd.grad({label or 'output'})")
    match = _RECEIVER.fullmatch(origin)
    return label or (match.group(1) if match else origin), origin


def names_here(program_paths: Set[str], namespace: Mapping[str, Any]) -> Mapping[str, Any]:
    """The variables that the program's nearest frame sees, those of `namespace` behind its own. Not to be kept."""
    frame = _program_frame(program_paths)
    return namespace if frame is None else {**namespace, **frame.f_locals}


def _program_frame(program_paths: Set[str]) -> FrameType | None:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_filename not in program_paths:
        frame = frame.f_back
    return frame


def _names_of(roots: Sequence[Any], namespaces: Iterable[Mapping[str, Any]]) -> str:
    """The variables that hold the roots, the innermost namespace first; "" where one has none."""
    names = dict.fromkeys(map(id, roots), "")
    for namespace in namespaces:
        for name, value in dict(namespace).items():
            if names.get(id(value)) == "" and type(name) is str and not name.startswith("_"):
                names[id(value)] = name
    found = [names[id(root)] for root in roots]
    return joined(found) if all(found) else ""


class _Before:
    """By place in the program the words of the call that was made there last. It holds nothing of the program's."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[Place, CallSite]] = {}  # by id of the place, of which there is one for all

    def get(self, place: Place | None) -> CallSite | None:
        found = self._found.get(id(place))
        return found[1] if found is not None and found[0] is place else None

    def put(self, place: Place, words: CallSite) -> None:
        if len(self._found) >= _MAX_BEFORE:
            self._found.clear()
        self._found[id(place)] = place, words


_named_before = _Before()
