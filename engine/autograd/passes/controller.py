"""`Tensor.backward()` itself, held between nodes: what starts a pass, steps it, stops it, and tells how it stands.

The engine runs on the thread that called it. A hook on each node holds it there until another thread says go on, so
that order, values, freed buffers, hooks, custom Functions and errors are PyTorch's own.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

import msgspec
import torch
from torch import Tensor

from engine.autograd.knowledge import Knowledge
from engine.autograd.passes.backward_pass import BackwardAborted, BackwardPass
from engine.autograd.passes.births import births_in
from engine.autograd.passes.call_shape import CallShapes
from engine.autograd.passes.call_site import CallSite, describe
from engine.autograd.passes.engine_calls import EngineCall, check_root, intercepted
from engine.autograd.passes.forecast import foretell
from engine.autograd.passes.forwards import Forwards
from engine.autograd.passes.grad_accounts import Deposit, GradAccounts
from engine.autograd.passes.holding import Holding
from engine.autograd.passes.hooks import HookedNodes
from engine.autograd.passes.inner_passes import inner_pass
from engine.autograd.passes.kept_passes import KeptPasses, Opened
from engine.autograd.passes.node_hooks import hooked
from engine.autograd.passes.pass_log import PassLog
from engine.autograd.passes.pass_values import PassValues
from engine.autograd.passes.saved_grads import SavedGrads
from engine.autograd.passes.telling import Telling
from engine.autograd.recorder import Recorder
from engine.autograd.records import Layer
from engine.autograd.unsaid.after_run import after_run
from engine.autograd.unsaid.run import Run
from engine.autograd.unsaid.unheld import unheld
from engine.autograd.unsaid.without_pass import without_pass
from engine.protocol.backward_values import BackwardState
from engine.protocol.budgets import FIRST_PASSES_BYTES, SetBudgets
from engine.protocol.errors import EngineError
from engine.protocol.messages import BackwardProgress, GraphShown, Passes
from engine.protocol.program_values import Notice
from engine.shared.output_names import joined
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.unseen import Spared, Unseen, spare


class BackwardController:
    """Steps or records every backward pass of one thread.

    `installed` and `run_outputs` belong to that thread, `values`, `reset` and `keep` to one inside `GATE.reading`, the
    rest to any; `holding` says where a pass stops and lets it go on. Nested passes (a reentrant checkpoint runs one
    inside of a node) and passes of other threads run through unseen. `emit` is called on the thread of the pass.
    """

    def __init__(self, recorder: Recorder, emit: Callable[[BackwardProgress | GraphShown | Passes], None]) -> None:
        self._has_run_pass = False  # in this run of the program
        self.leaf_root = ""  # what the program's newest pass began at, where nothing lies behind it
        self._recorder = recorder
        self.known = Knowledge(recorder, self._newest_of)
        self._condition = threading.Condition()
        self._telling = Telling(recorder, self.known, emit, self._condition)
        self._pass: BackwardPass | None = None
        self._site: CallSite | None = None
        self._saved: SavedGrads | None = None
        self._is_active = False  # a pass of ours runs
        self._kept = KeptPasses(recorder, FIRST_PASSES_BYTES)
        self._shapes = CallShapes()
        self._log = PassLog(emit, self._kept)
        self.accounts = GradAccounts()
        self.values = PassValues(lambda: self._pass, self._kept)
        self.forwards = Forwards(self._newest_pass, self._kept, self._log)
        self.holding = Holding(recorder, self._telling, self._log, self._condition)

    def set_budgets(self, wanted: SetBudgets) -> None:
        """Any thread may call."""
        self._recorder.budget_bytes = wanted.recorded_bytes
        self._kept.budget_bytes = wanted.passes_bytes

    @property
    def shows_newest_pass(self) -> bool:
        """Whether a pass has run in this run of the program, and the graph of the newest is still on screen."""
        shown, state = self._recorder.current(), self.state
        return self._has_run_pass and shown is not None and state is not None and shown.id == state.graph

    @property
    def state(self) -> BackwardState | None:
        """Where the pass stands that was told last."""
        return self._telling.state

    @property
    def n_passes(self) -> int:
        """How many of the run have begun."""
        return self._log.n_begun

    def has_reached(self, leaf: Tensor) -> bool:
        """Whether the newest pass, or any of the run that writes `.grad`s, has come to a leaf."""
        newest = self._newest_pass()
        return self.accounts.of(leaf) is not None or (newest is not None and newest[0].has_reached(leaf))

    # -- on the thread that runs the program

    @contextlib.contextmanager
    def installed(self, *, stepping: bool) -> Iterator[None]:
        """Inside, this thread's backward(), autograd.backward() and autograd.grad() are held at each node, or with
        `stepping` False recorded: of many passes the newest, told at most ten times a second and at the end."""
        self._settle()
        self.leaf_root = ""
        self._has_run_pass = self.forwards.is_of_run = False
        self._telling.progress.start_program()
        self._log.begin_run()
        self.accounts.begin_run()
        self.holding.begin_run(stepping=stepping)
        with intercepted(self._observe, self._note_inside):
            try:
                yield
            finally:
                self._log.end_run()
                with Spared():
                    self.tell_newest()

    def tell_newest(self) -> None:
        """The program stands still: what was recorded last is told, if it was not."""
        if self._telling.tell_recorded() and self._pass is not None:
            self._log.note_told(self._pass)
        self._settle_kept()
        self._log.tell()

    def run_outputs(
        self,
        outputs: Mapping[str, Tensor],
        gradients: Sequence[Tensor | None],
        namespace: Mapping[str, Any],
        *,
        retain_graph: bool = True,
    ) -> None:
        """Step the backward pass of `outputs`, by name; returns when it has finished, failed or was aborted.

        `gradients`: one for each, None for that of a scalar. The `.grad`s are what they were unless
        the pass finishes and `keep` is called. An error inside the pass is told in `state`. Raises EngineError when
        the pass cannot start.
        """
        for (name, output), gradient in zip(outputs.items(), gradients, strict=True):
            if not native.requires_grad(output):
                raise EngineError.saying(self._recorder.seen.why_no_graph(output, name))
            check_root(output, gradient, name)
        self._settle()
        site = CallSite.owned(joined(outputs), namespace)
        before = self.state
        with intercepted(lambda call: self._observe(call, site)):
            try:
                torch.autograd.backward(tuple(outputs.values()), gradients, retain_graph=retain_graph)
            except BackwardAborted:
                pass  # said in `state`
            except Exception as error:
                if self.state is before:
                    raise EngineError(
                        "pass.cannot_start",
                        "The pass cannot start: {reason}",
                        reason=str(error).partition("\n")[0],
                    ) from error

    def _observe(self, call: EngineCall, owned_site: CallSite | None = None) -> Any:
        """One call of the engine under hooks; what it returns or raises is the engine's own."""
        current: BackwardPass | None = None
        before: dict[int, float | None] | None = None
        with Spared():
            current = self._prepare(call, owned_site)
            before = self.accounts.before(current.call) if call.accumulates and owned_site is None else None
        if current is None:  # the engine runs all the same
            return call.run()
        self._is_active = True
        try:
            if owned_site is not None:
                self._saved = SavedGrads(current.call.leaves, owned_site.namespace)
            with hooked(current, call.root_gradients):
                results = call.run()
                if current.is_interrupted:  # of a brief pass, whose nodes have not looked
                    raise BackwardAborted
            current.take_captured(results)
        except BaseException as error:
            with Spared():
                current.failed(error)
                self._end(current, error, before)
                self._mark_broken_off(current, call)
            raise
        finally:
            self._is_active = False
        with Spared():
            try:
                self._mark(current, call)
            except Exception as error:
                spare(error)
            self._end(current, None, before)
        return results

    def _note_inside(self, call: EngineCall) -> None:
        """Inside of a node of the pass that runs, one more begins."""
        current = self._pass
        with Spared():
            node = -1 if current is None or not call.can_start else current.node_here()
            if current is not None and node >= 0:
                site = describe(call.roots, self._recorder.program_paths, call.accumulates, {}, with_locals=False)
                current.inside.setdefault(node, []).append(inner_pass(call, site))

    def _account(self, current: BackwardPass, before: dict[int, float | None] | None) -> dict[int, Deposit]:
        """What the pass has added to the `.grad`s of its leaves, by node; nothing where it was not to add."""
        if before is None:
            return {}
        assert self._site is not None
        with GATE.inside():
            return self.accounts.after(current.call, current.order, before, self._log.n_begun, self._site.line)

    def _prepare(self, call: EngineCall, owned_site: CallSite | None) -> BackwardPass:
        """What is known of a pass before it runs; one that is stepped is told."""
        index, paths = self._log.n_begun + 1, self._recorder.program_paths
        stepping = owned_site is not None or self.holding.is_wanted(index)
        site = owned_site or describe(call.roots, paths, call.accumulates, _main_namespace(), with_locals=stepping)
        starting = self.holding.breakpoints.starting(site, index) if owned_site is None else ()
        current = BackwardPass(
            call.graph(self._shapes), self._room, self.holding.hold if stepping or starting else None
        )
        current.was_hit, current.creates_graph = bool(starting), call.creates_graph
        if hooks := self._recorder.seen.hooks_of(current.call.nodes):
            current.hooks = HookedNodes(hooks)
        current.written_by_others = self._recorder.written_by_others()
        current.is_single = self._recorder.is_single()
        current.is_inner = self._recorder.seen.is_transformed(current.call.root_nodes)
        public = self._recorder.seen.public_call
        if not call.accumulates and public is not None:
            self._recorder.seen.events.asks(call.inputs)
            if call.creates_graph:
                self._recorder.seen.events.differentiates(public.place, current.call.n_results)
            else:
                self._recorder.seen.events.took(public.place, call.inputs, current.call.leaves_behind)
        if call.creates_graph:
            current.births = births_in(current.call, self._recorder, site, index, self._log.run)
        self.holding.watch(current, site, index)
        self._settle_kept()
        self._begin(current, site)
        self._has_run_pass = self.forwards.is_of_run = True
        self.leaf_root = site.label if current.call.begins_at_leaves else ""
        if owned_site is None:
            self._log.begins(call, site)
        if current.is_held:
            self._log.tell()
            self._telling.start(current, site, index, starting)
            with Spared():
                self._foretell(current, site)
        return current

    def _foretell(self, current: BackwardPass, site: CallSite) -> None:
        """A pass that is held at its first node is told whether it will fail."""
        expression = f"{site.label}.backward()" if site.is_owned else site.origin
        found = foretell(current.call, self._recorder, expression, site.namespace)
        if found is not None:
            self._telling.set(
                forecast=Notice(found.said, found.place), forecast_node=self._recorder.node_id(found.node)
            )

    def _settle_kept(self) -> None:
        """The newest pass is kept, also one of a new structure."""
        if self._kept.is_unsettled:
            with GATE.inside():
                self._kept.settle()

    def _mark(self, current: BackwardPass, call: EngineCall) -> None:
        """Note with its nodes that they have run."""
        self._shapes.note(current.call.shape)
        assert self._site is not None
        site, ran_all = self._site, len(current.order) == len(current.call.nodes)
        nodes = current.call.nodes if ran_all else current.nodes_run()
        records = self._recorder.seen.mark(nodes, site.origin, site.line, frees=not call.keeps_graph)
        current.records = records if ran_all else [self._recorder.seen.record_of(node) for node in current.call.nodes]
        hooks = current.call.shape.hooks
        if hooks is not None and not hooks.is_saved_known:
            hooks.note_saved(current.saved, current.records)

    def _mark_broken_off(self, current: BackwardPass, call: EngineCall) -> None:
        """What ran before a pass was broken off is freed all the same, unless an earlier pass had freed it."""
        assert self._site is not None
        seen, site = self._recorder.seen, self._site
        marks = ((node, record.ran_in) for node in current.nodes_freed() if (record := seen.record_of(node)))
        nodes = [node for node, mark in marks if mark is None or not mark.frees]
        records = seen.mark(nodes, site.origin, site.line, frees=not call.keeps_graph)
        current.broken_trace = records[0].ran_in if records else None

    def _begin(self, current: BackwardPass, site: CallSite) -> None:
        """Forget the pass before: the gradients of the newest only are kept."""
        with GATE.inside(), self._condition:
            self._restore()
            self._pass, self._site = current, site
            self.holding.begin_pass(current, site)
            self._telling.begin_pass()

    def _end(self, current: BackwardPass, error: BaseException | None, before: dict[int, float | None] | None) -> None:
        """Say how the pass ended. A recorded one that simply finished may wait for a newer to take its place."""
        deposits = self._account(current, before)
        with GATE.inside(), self._condition:
            self.holding.forget_abort()
            if error is not None:
                self._restore()
        site = self._site
        assert site is not None
        mark = None if site.is_owned else self._log.ended(current, error)
        is_told = current.is_held
        if is_told:
            self._telling.finish(current, site, error)
        else:
            is_told = self._telling.recorded_ended(current, site, self._log.n_begun, error)
        if mark is not None:
            if is_told:
                self._log.note_told(current)
            with GATE.inside():
                self._kept.add(mark, current, site, deposits, is_notable=self._log.is_notable(current))

    def notices(self, namespace: Mapping[str, Any], before: Set[int]) -> tuple[Notice, ...]:
        """What the program's newest pass and what led to it did unseen. On the thread that ran it, after its end.

        `before` are the ids of what was in `namespace` when the program began.
        """
        newest = self._newest_pass()
        if newest is None or not self._has_run_pass:
            with self._recorder.paused(), Unseen():
                return tuple(without_pass(namespace, self._recorder.seen))
        with self._recorder.paused():
            run = Run(namespace, before, self._recorder, self.accounts, self._log.course, self._kept, *newest)
            return (*after_run(run), *unheld(run, self.holding.breakpoints.unreached(), self.n_passes))

    def _newest_of(self, leaf: Tensor) -> tuple[BackwardPass, CallSite] | None:
        """The newest pass of this run, or that of an earlier one which reached `leaf`."""
        newest = self._newest_pass()
        return newest if newest is not None and (self._has_run_pass or newest[0].has_reached(leaf)) else None

    def _newest_pass(self) -> tuple[BackwardPass, CallSite] | None:
        return None if self._pass is None or self._site is None else (self._pass, self._site)

    def _room(self) -> int:
        return self._recorder.budget_bytes - self._recorder.recorded_bytes

    def _settle(self) -> None:
        """Something new starts: an owned pass that nobody kept gives its `.grad`s back."""
        with GATE.inside(), self._condition:
            if self._is_active:
                raise EngineError("pass.already_runs", "A backward pass is already running; finish or stop it first.")
            self.holding.forget_abort()
            self._restore()

    def _restore(self) -> None:
        if self._saved is not None:
            self._saved.restore()
            self._saved = None

    # -- from any thread

    def interrupt(self) -> None:
        """Stop the pass that runs, at its next node; the next one is not meant. The nodes of a device run on a thread
        that no signal reaches, while the one that a signal reaches waits for them and does not look."""
        with self._condition:
            if self._is_active and self._pass is not None:
                self._pass.is_interrupted = True
                self._condition.notify_all()

    def reset(self) -> None:
        """Forget an owned pass; its `.grad`s are back, at once or as soon as it has stopped. At a safepoint."""
        with self._condition:
            state = self.state
            if state is None or not state.owned:
                raise EngineError(
                    "pass.not_owned", "Only the pass of an output that you stepped yourself can be reset."
                )
            if state.status in ("paused", "running"):
                self.holding.abort()
                return
            self._restore()
            if self._pass is not None:
                self._pass.gradients.forget()
            self._pass = None
            self._telling.state = None
        self._telling.progress.emit(
            BackwardProgress(state=msgspec.structs.replace(state, status="aborted", current=-1, n_done=0))
        )

    def keep(self) -> None:
        """Commit the `.grad`s of an owned pass that finished. At a safepoint."""
        with self._condition:
            if self._saved is None or self.state is None or self.state.status != "finished":
                raise EngineError(
                    "pass.nothing_to_keep", "There are no gradients to keep: step an output to its end first."
                )
            self._saved.commit()
            self._saved = None
            state = self._telling.set(owned=False)
        self._telling.progress.emit(BackwardProgress(state=state))

    def pass_to_open(self, layer: Layer) -> int:
        """The pass that made a layer, where it is of this run and can be opened; else 0."""
        is_of_run = layer.run == self._log.run and self._kept.has(layer.pass_index)
        return layer.pass_index if is_of_run else 0

    def open_pass(self, index: int) -> Opened:
        """A pass of the run that has ended, beside the one on screen. At a safepoint. Raises EngineError where nothing
        of it was kept."""
        return self._kept.open(index, self._telling.new_pass_id())


def _main_namespace() -> Mapping[str, Any]:
    return sys.modules["__main__"].__dict__
