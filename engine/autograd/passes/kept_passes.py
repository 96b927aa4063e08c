"""Earlier passes of a run that can be opened again: the newest whole, of older ones fewer and fewer."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import NamedTuple

from torch import Tensor

from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite, names_here
from engine.autograd.passes.grad_accounts import Deposit
from engine.autograd.passes.gradients import Gradients
from engine.autograd.passes.kept_pass import KeptPass, Opened, Whole
from engine.autograd.passes.patterns import Pattern, Structure, pattern_of, structure_of
from engine.autograd.recorder import Recorder
from engine.autograd.records import NodeRecord, layers_in
from engine.protocol.errors import EngineError
from engine.protocol.notes import Note
from engine.protocol.passes import PassMark

_MAX_PATTERNS = 8
_MAX_WHOLE = 2000
_MAX_FADED = 8000
_TENSOR_BYTES = 1024  # of a tensor without its elements, roughly
_COST_AT_FIRST_S = 0.1
_MAX_SHARE = (
    0.1  # of the time of a loop that working out graphs of new structures may take, and what they may at the start
)


class _New(NamedTuple):
    """A pass of a structure that was not seen before."""

    mark: PassMark
    current: BackwardPass
    site: CallSite
    records: Sequence[NodeRecord | None]
    structure: Structure
    deposits: dict[int, Deposit]
    names: dict[str, Tensor]  # that the program's line saw, some of which name others by the time of the next pass


class KeptPasses:
    """The passes of one run by number. What `add` takes and `open` gives is read and written inside the gate."""

    def __init__(self, recorder: Recorder, budget_bytes: int) -> None:
        self._recorder = recorder
        self.budget_bytes = budget_bytes
        self.begin_run()

    def begin_run(self) -> None:
        """Forget the passes of the run before."""
        self._kept: dict[int, KeptPass] = {}
        self._whole: dict[int, KeptPass] = {}  # those of them that are
        self._patterns: list[Pattern] = []
        self.n_bytes = 0
        self._opened: KeptPass | None = None
        self._notable: set[int] = set()  # the numbers of those that somebody will look for
        self._new: _New | None = None
        self._cost_s = 0.0
        self._begun_s = monotonic()

    def whole(self) -> tuple[int, ...]:
        """The numbers of those that have their values and gradients."""
        return tuple(self._whole)

    def add(
        self,
        mark: PassMark,
        current: BackwardPass,
        site: CallSite,
        deposits: dict[int, Deposit],
        *,
        is_notable: bool = False,
    ) -> None:
        """A pass has run, and added `deposits` to the `.grad`s of its leaves, by node; a notable one is let go of last.
        Inside `Unseen`, on the thread that ran it."""
        if is_notable:
            self._notable.add(mark.index)
        records = current.records or [self._recorder.seen.record_of(node) for node in current.call.nodes]
        newest = self._patterns[0] if self._patterns else None
        if newest is not None and newest.structure.is_of(current, records):
            self._keep(mark, current, records, deposits, newest, has_layers=False)
            return
        structure = structure_of(current, records)
        pattern = next((known for known in self._patterns if known.structure == structure), None)
        if pattern is None:
            self._new = _New(mark, current, site, records, structure, deposits, self._tensors(site))
        else:
            self._keep(mark, current, records, deposits, pattern, has_layers=bool(structure.made))

    @property
    def is_unsettled(self) -> bool:
        """Whether the newest pass is of a new structure, whose graph is not worked out."""
        return self._new is not None

    def settle(self) -> None:
        """Work out the graph of the newest pass, if it is of a new structure, where that takes little of the run's
        time; nothing where the pass was told, for then its graph is known. Before the next pass, and at the end."""
        new, self._new = self._new, None
        if new is None:
            return
        start_s = monotonic()
        shown = self._recorder.shown_behind(new.current.call.root_nodes)
        if shown is None and self._cost_s > _COST_AT_FIRST_S + _MAX_SHARE * (start_s - self._begun_s):
            return
        if shown is None:
            names = {**names_here(self._recorder.program_paths, new.site.namespace), **new.names}
            shown = self._recorder.picture(new.current.call.root_nodes, new.site.label, names)
        pattern = Pattern(new.structure, new.current, new.records, shown)
        self._patterns = [pattern, *self._patterns[: _MAX_PATTERNS - 1]]
        self._cost_s += monotonic() - start_s
        has_layers = bool(new.structure.made)
        self._keep(new.mark, new.current, new.records, new.deposits, pattern, has_layers=has_layers)

    def _tensors(self, site: CallSite) -> dict[str, Tensor]:
        found = names_here(self._recorder.program_paths, site.namespace)
        return {name: value for name, value in dict(found).items() if issubclass(type(value), Tensor)}

    def _keep(
        self,
        mark: PassMark,
        current: BackwardPass,
        records: Sequence[NodeRecord | None],
        deposits: dict[int, Deposit],
        pattern: Pattern,
        *,
        has_layers: bool,
    ) -> None:
        n_bytes = pattern.n_bytes or _bytes_of(records, current.gradients)
        pattern.n_bytes = n_bytes
        fits = n_bytes <= self.budget_bytes  # else it would be let go of only in the middle of the next one
        constants = pattern.constants(current.call.nodes)
        whole = Whole(records, current.gradients, constants, deposits, n_bytes) if fits else None
        layers = tuple(layer.told() for layer in layers_in(records)) if has_layers else ()
        kept = self._kept[mark.index] = KeptPass(mark, current, pattern, whole, layers)
        if fits:
            self._whole[mark.index] = kept
            self.n_bytes += n_bytes
        if self.n_bytes > self.budget_bytes or len(self._whole) > _MAX_WHOLE:
            self._thin_out(mark.index)
        if len(self._kept) - len(self._whole) > _MAX_FADED:
            self._forget_half()

    def has(self, index: int) -> bool:
        """Whether a pass can be opened."""
        return index in self._kept

    def open(self, index: int, pass_id: int) -> Opened:
        """An earlier pass. Raises EngineError where nothing of it was kept."""
        kept = self._kept.get(index)
        if kept is None:
            raise EngineError("pass.not_kept", "Of pass {index} nothing but its mark was kept.", index=index)
        self._opened = kept
        return kept.open(pass_id, self._recorder)

    def norm(self, index: int, node: int) -> float | None:
        """Of what arrived at a node of a pass."""
        if self._new is not None and self._new.mark.index == index:
            return self._new.current.gradients.norm(node)
        kept = self._kept.get(index)
        return None if kept is None else kept.norm(node)

    def norms(self, current: BackwardPass, node: int) -> list[tuple[int, float | None]]:
        """Of what arrived at a node of the newest pass in those that are kept of its structure, by the number of the
        pass, the oldest first."""
        newest = next((kept for kept in reversed(self._kept.values()) if kept.order is current.order), None)
        same = (kept for kept in self._kept.values() if newest is not None and kept.pattern is newest.pattern)
        return [(kept.mark.index, kept.norm(node)) for kept in same]

    def gradient(self, index: int, node: int) -> tuple[Tensor | None, Note | None]:
        """What arrived at a node of a pass, by its index, as far as that is kept."""
        if self._new is not None and self._new.mark.index == index:
            return self._new.current.gradients.read(node, 0)
        kept = self._whole.get(index)
        return (None, None) if kept is None or kept.whole is None else kept.whole.gradients.read(node, 0)

    def before(self, shown: KeptPass) -> list[KeptPass]:
        """Those of its structure that are whole, from the newest before it on."""
        older = (kept for index, kept in reversed(self._whole.items()) if index < shown.mark.index)
        return [kept for kept in older if kept.pattern is shown.pattern]

    def before_running(self, current: BackwardPass) -> list[KeptPass]:
        """As `before`, of a pass that runs or has just run."""
        shown = next((kept for kept in reversed(self._kept.values()) if kept.order is current.order), None)
        if shown is not None:
            return self.before(shown)
        pattern = pattern_of(current, self._recorder, self._patterns)
        return [kept for kept in reversed(self._whole.values()) if kept.pattern is pattern and pattern is not None]

    def opened_with(self, node_id: int) -> KeptPass | None:
        """The pass that was opened last, where it has this node."""
        return self._opened if self._opened is not None and self._opened.has(node_id) else None

    def _thin_out(self, newest: int) -> None:
        """Let those fade whose neighbours are the nearest for their age, down to nine tenths of the room."""
        while self.n_bytes > 0.9 * self.budget_bytes or len(self._whole) > 0.9 * _MAX_WHOLE:
            whole = self.whole()[:-1]
            if not whole:
                return
            ends = (0, *whole, newest)
            gaps = [(ends[place + 2] - ends[place]) / (newest - index) for place, index in enumerate(whole)]
            last = -2
            places = [place for place, index in enumerate(whole) if index not in self._notable] or range(len(whole))
            for place in sorted(sorted(places, key=gaps.__getitem__)[: len(whole) // 10 + 1]):
                if place > last + 1:  # its neighbour has just gone
                    self._fade(whole[place])
                    last = place

    def _fade(self, index: int) -> None:
        kept = self._whole.pop(index)
        assert kept.whole is not None
        self.n_bytes -= kept.whole.n_bytes
        kept.fade()

    def _forget_half(self) -> None:
        """Of the passes that are faded every second one."""
        faded = [index for index in self._kept if index not in self._whole]
        for index in [index for index in faded if index not in self._notable][::2] or faded[::2]:
            del self._kept[index]


def _bytes_of(records: Sequence[NodeRecord | None], gradients: Gradients) -> int:
    """Of all storages that the values and gradients lie in, each once; of some the program itself has need, too."""
    found = list(gradients.storages())
    for record in records:
        for snapshot in record.values.values() if record is not None else ():
            if snapshot.is_kept:
                found.append((snapshot.storage, snapshot.held_bytes))
    return sum(dict(found).values()) + _TENSOR_BYTES * len(found)
