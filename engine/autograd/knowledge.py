"""What the recorder knows, as the sentences about errors of the program ask for it."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from torch import Tensor

from engine.autograd import why_no_grad
from engine.autograd.graph.calls import expression_of, line_of
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.passes.failure import Failure
from engine.autograd.recorder import Recorder
from engine.autograd.records import Call
from engine.program.sentences.failing_call import FailingCall
from engine.program.sentences.known import Maker
from engine.protocol.sentence import Sentence
from engine.tensors import native
from engine.tensors.unseen import Unseen


class Knowledge:
    """Implements `Known` of the program's sentences. On the thread that ran the program."""

    def __init__(self, recorder: Recorder, newest: Callable[[Tensor], tuple[BackwardPass, CallSite] | None]) -> None:
        self._recorder, self._seen = recorder, recorder.seen
        self._newest = newest  # the backward pass that ran last, or runs, and may have reached a leaf

    def why_no_graph(self, tensor: Tensor, name: str) -> Sentence:
        """What cut a tensor's graph off, or that nothing behind it requires a gradient."""
        return self._seen.why_no_graph(tensor, name)

    def why_no_grad(self, tensor: Tensor, name: str) -> Sentence | None:
        """Why its `.grad` is None; None where nothing is known of it."""
        with Unseen():
            return self._why_no_grad(tensor, name)

    def _why_no_grad(self, tensor: Tensor, name: str) -> Sentence | None:
        if native.is_stale(tensor):
            return None
        if not native.requires_grad(tensor):
            is_cut = self._seen.is_severed(tensor)
            if is_cut:
                return self._seen.why_no_graph(tensor, name)
            freezing = self._seen.frozen_by(tensor)
            is_known = freezing is not None and line_of(freezing) is not None
            return why_no_grad.frozen(name, freezing) if freezing and is_known else why_no_grad.not_required(name)
        if native.is_leaf(tensor):
            return why_no_grad.of_leaf(tensor, name, self._newest(tensor), was_used=self._seen.was_used(tensor))
        return None if native.retains_grad(tensor) else why_no_grad.of_result(tensor, name, self._seen.maker(tensor))

    def numbers(self) -> Maker | None:
        """The call that took numbers out of a graph last."""
        return self._maker(self._seen.numbers_taken())

    def maker(self, tensor: Tensor) -> Maker | None:
        """The call that made a tensor, where it has a place in the program."""
        return self._maker(self._seen.maker(tensor))

    @staticmethod
    def _maker(call: Call | None) -> Maker | None:
        line = None if call is None else line_of(call)
        return None if call is None or line is None else Maker(expression_of(call), line)

    def why_pass_failed(self, error: BaseException, message: str, call: FailingCall) -> Sentence | None:
        """What led to an error inside a backward pass; None of any other error."""
        current = _pass_in(error.__traceback__)
        if current is None:
            return None
        space = {} if call.frame is None else {**call.frame.f_globals, **call.frame.f_locals}
        failed, expression = current.failed_node(), str(call.expression)
        failure = Failure(current.call, failed, self._recorder, expression, space, own_trace=current.broken_trace)
        return failure.said(message)

    def failed_operation(self, error: BaseException) -> Maker | None:
        """The call whose backward raised an exception; None of one that no pass raised."""
        current = _pass_in(error.__traceback__)
        index = -1 if current is None else current.failed_node()
        record = None if current is None or index < 0 else self._recorder.seen.record_of(current.call.nodes[index])
        call = None if record is None else record.call
        line = None if call is None else line_of(call)
        return None if call is None or line is None else Maker(expression_of(call), line)


def _pass_in(traceback: TracebackType | None) -> BackwardPass | None:
    """The innermost observed pass that an exception went through: the frame that observes it holds it."""
    found = None
    while traceback is not None:
        current = traceback.tb_frame.f_locals.get("current")
        if isinstance(current, BackwardPass):
            found = current
        traceback = traceback.tb_next
    return found
