"""What is said of backward passes: the graph of each, its steps, where it stands and how it ended."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic
from typing import Any

import msgspec

from engine.autograd.knowledge import Knowledge
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.news import Progress
from engine.autograd.recorder import Recorder
from engine.program.sentences.explain import explain
from engine.protocol.backward_values import BackwardState
from engine.protocol.graph_values import Graph
from engine.protocol.messages import BackwardProgress, GraphShown
from engine.protocol.program_values import ProgramError
from engine.protocol.sentence import Sentence


class Telling:
    """Tells of the passes of one thread, on the thread of the pass. `state` is that of the one told last.

    `known` is for the words of an error. `lock` is over changes of `state`, which other threads read under it.
    """

    def __init__(
        self,
        recorder: Recorder,
        known: Knowledge,
        emit: Callable[[BackwardProgress | GraphShown], None],
        lock: AbstractContextManager[Any],
    ) -> None:
        self.state: BackwardState | None = None
        self.progress = Progress(emit)
        self._recorder = recorder
        self._known = known
        self._lock = lock
        self._pass_ids = itertools.count(1)
        self._waiting: tuple[BackwardPass, CallSite, int] | None = None  # a recorded pass that is not told yet

    def new_pass_id(self) -> int:
        """Of a pass that was not told before."""
        return next(self._pass_ids)

    def begin_pass(self) -> None:
        """Another pass begins: one that waited for its turn has lost it."""
        self._waiting = None
        self.progress.start_pass()

    def start(self, current: BackwardPass, site: CallSite, index: int, hits: tuple[int, ...] = ()) -> None:
        """Show the graph of the pass and say that it runs; `index` is its number in the run, `hits` are the
        breakpoints that hold it before its first node."""
        graph = self._show(current, site)
        current.identify(self._recorder)
        call, ids = current.call, current.ids
        runs = {node_id for node_id, is_run in zip(ids, call.runs, strict=True) if is_run}
        shown = {node.id for node in graph.nodes if not node.is_input}
        self.state = BackwardState(
            pass_id=self.new_pass_id(),
            graph=graph.id,
            status="running",
            origin=site.origin,
            line=site.line,
            n_needed=call.n_needed,
            not_needed=tuple(sorted(shown - runs)),
            roots=tuple(ids[root] for root, _ in call.roots),
            captured=tuple(node_id for node_id, is_taken in zip(ids, call.captured, strict=True) if is_taken),
            hits=hits,
            owned=site.is_owned,
            pass_index=0 if site.is_owned else index,
        )

    def _show(self, current: BackwardPass, site: CallSite) -> Graph:
        """The shown graph, which holds every root of the pass; it is made and told where it does not."""
        shown, roots = self._recorder.current(), current.call.root_nodes
        if shown is None or not self._recorder.holds(roots):
            shown = self._recorder.graph_behind(roots, site.label, site.namespace)
            self.progress.emit(GraphShown(graph=shown))
        return shown

    def finish(self, current: BackwardPass, site: CallSite, error: BaseException | None) -> None:
        """Say how the pass ended."""
        status = "finished" if error is None else "failed" if isinstance(error, Exception) else "aborted"
        n_done = len(current.order) - (current.running >= 0)
        node, reason = -1, None
        if status == "failed":
            index = current.failed_node()
            node = current.ids[index] if index >= 0 else -1
            assert error is not None
            reason = self._explained(error, site)
        with self._lock:
            norms = current.captured_norms() if status == "finished" else ()
            state = self.set(status=status, n_done=n_done, current=node, error=reason, captured_norms=norms)
        self.progress.tell(current, state)

    def _explained(self, error: BaseException, site: CallSite) -> ProgramError:
        """The error in the words that the program's end will have for it, unless the program catches it."""
        try:
            with self._recorder.paused():
                return explain(error, self._recorder.program_paths, self._known, sys._getframe(), site.origin)
        except Exception as failure:  # the program's own exception goes on, whatever explaining makes of it
            said = Sentence.of("error.not_explained", "{message}: {failure}.", message=error, failure=failure)
            return ProgramError.of(error, said)

    def recorded_ended(self, current: BackwardPass, site: CallSite, index: int, error: BaseException | None) -> bool:
        """A pass that only was recorded has ended: it is told where it failed or nothing was said for a while. Returns
        whether it was."""
        self._waiting = (current, site, index)
        return (error is not None or self.progress.is_recorded_due()) and self.tell_recorded(error)

    def tell_recorded(self, error: BaseException | None = None) -> bool:
        """Tell of the newest recorded pass, if it was not; whether there was any."""
        if self._waiting is None:
            return False
        current, site, index = self._waiting
        self._waiting = None
        start_s = monotonic()
        self.start(current, site, index)
        current.make_steps()
        self.finish(current, site, error)
        self.progress.note_cost(monotonic() - start_s)
        return True

    def set(self, **changes: Any) -> BackwardState:
        """The state with these changes."""
        assert self.state is not None
        self.state = msgspec.structs.replace(self.state, **changes)
        return self.state
