"""Every answer for looking gives way to a step: at the next tensor that it reads, or in the middle of a large one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from threading import get_ident
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from engine.autograd.bound import Bound
from engine.program.locals import Scope
from engine.protocol import messages as m
from engine.protocol.cell_changes import AskCellChanges
from engine.protocol.covered import AskCovered
from engine.protocol.errors import EngineError
from engine.protocol.graph_values import Graph
from engine.protocol.health import AskHealth
from engine.protocol.keys import NodeGradKey, NodeValueKey
from engine.protocol.origin import AskOrigin
from engine.serve.questions import CHANGING, Handlers, Live, Questions
from engine.serve.safepoint import Safepoint
from engine.tensors import unseen
from engine.tensors.gate import GATE, Gate
from tests.engine.programs import Stepper
from tests.patience import PATIENCE_S

SIDE = 768
PROGRAM = f"""\
import torch
torch.manual_seed(0)
x, w = torch.randn({SIDE}, {SIDE}), torch.randn({SIDE}, {SIDE}, requires_grad=True)
p = torch.log_softmax((x @ w).t(), -1)
y = torch.nn.functional.gelu(p)
loss = (y * p + y).cumsum(0).sum() + torch.nn.functional.nll_loss(p, torch.arange({SIDE}))
loss.backward()
"""
MOST = 6.5  # times all elements of a tensor, that may be read or written between two chances to stop


class Room:
    """The program has run, held at each node; its graph, and whoever answers questions about it."""

    def __init__(self) -> None:
        self.stepper = stepper = Stepper()
        namespace = stepper.run(PROGRAM)
        self.graph: Graph = stepper.graphs[-1].graph
        self._live = Live(
            SimpleNamespace(  # type: ignore[arg-type]
                namespace=namespace, scope=Scope(namespace, stepper.recorder.locals), n_ended=1
            ),
            stepper.recorder,
            stepper.controller,
            Bound(namespace, lambda tensor: -1),
            lambda: set(),  # type: ignore[arg-type, return-value]
            lambda event: None,
            failed,
            lambda error: pytest.fail(repr(error)),
        )
        self.handlers = self.handlers_anew()

    def handlers_anew(self) -> Handlers:
        """Who knows nothing yet."""
        return Questions(self._live).at_safepoint

    def answer(self, request: m.Request) -> m.Event | None:
        """As where nothing runs."""
        with GATE.reading(PATIENCE_S) as is_reading:
            assert is_reading
            return self.handlers[type(request)](request)

    def questions(self) -> Iterator[m.Request]:
        """All that a window asks of what it looks at."""
        graph, nodes = self.graph.id, [node.id for node in self.graph.nodes if node.kind == "backward"]
        yield m.AskVariables()
        yield m.AskCards(graph=graph, nodes=tuple(nodes))
        yield m.AskFacts(graph=graph, nodes=tuple(nodes))
        yield AskHealth(graph=graph)
        yield m.AskFirstNotFinite(graph=graph)
        for node in (one.id for one in self.graph.nodes):
            for ask in (m.AskCell, m.AskRule, m.AskFlow, m.AskJacobian, m.AskAccount, m.AskSaved, AskOrigin, m.AskWhy):
                yield ask(graph=graph, node=node)
            yield AskCellChanges(graph=graph, node=node, cell=(0, 0))
            for key in (NodeGradKey(node, 0), NodeValueKey(node, 0)):
                yield m.AskDetails(key=key)
                yield m.AskRectangle(key=key, n_rows=SIDE, n_columns=SIDE, step=16)
                yield AskCovered(key=key, n_rows=SIDE, n_columns=SIDE)


@pytest.fixture(scope="module")
def room() -> Room:
    return Room()


class Work(TorchDispatchMode):
    """How much torch reads and writes from one chance to stop to the next, at most, and in which operations."""

    def __init__(self) -> None:
        super().__init__()
        self.most, self.during = 0, list[str]()
        self._now, self._names = 0, list[str]()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        made = func(*args, **(kwargs or {}))
        if not func.is_view:
            tensors = [one for one in (*args, made) if isinstance(one, torch.Tensor)]
            self._now += max((one.numel() for one in tensors), default=0)
            self._names.append(str(func))
            if self._now > self.most:
                self.most, self.during = self._now, list(self._names)
        return made

    def give_way(self) -> None:
        self._now, self._names = 0, []


def work_of(room: Room, request: m.Request, monkeypatch: pytest.MonkeyPatch) -> Work:
    work = Work()
    monkeypatch.setattr(unseen, "undispatched", contextlib.nullcontext)  # the reading is seen for once
    monkeypatch.setattr(Gate, "give_way", lambda gate: work.give_way())
    with work, contextlib.suppress(EngineError):
        room.answer(request)
    return work


def test_no_answer_reads_more_than_a_few_tensors_whole_before_it_can_be_stopped(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    for request in room.questions():
        work = work_of(room, request, monkeypatch)
        assert work.most <= MOST * SIDE**2, (request, work.during)


class Held:
    """A thread that is held and told to go on in the middle of an answer, which `asked` begins."""

    def __init__(self) -> None:
        self._is_told = False

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        with GATE.inside(), GATE.outside(get_ident()):
            self._is_told = True
            yield
            self._is_told = False

    def asked(self, handler: Callable[[Any], m.Event | None]) -> Callable[[Any], m.Event | None]:
        def answer(request: Any) -> m.Event | None:
            if self._is_told:
                GATE.hurry()
            return handler(request)

        return answer


READING = {
    m.AskVariables, m.AskCards, m.AskFacts, AskHealth, m.AskFirstNotFinite, m.AskCell, m.AskRule, m.AskFlow,
    m.AskAccount, AskCellChanges, m.AskDetails, m.AskRectangle, AskCovered,
}  # fmt: skip


def failed(number: int, error: Exception) -> m.Failed:
    assert isinstance(error, EngineError), error
    return m.Failed.of(number, error.sentence)


def test_what_reads_tensors_stops_where_a_step_waits_and_is_answered_after_it(room: Room) -> None:
    emitted, deferred = list[m.Event](), list[Callable[[], None]]()
    held = Held()
    handlers = {kind: held.asked(handler) for kind, handler in room.handlers_anew().items()}
    safepoint = Safepoint(handlers, emitted.append, deferred.append, failed)
    stopped = set()
    for question in room.questions():
        request = msgspec.structs.replace(question, id=1)
        with held.told(), contextlib.suppress(EngineError):  # there is nothing to read
            if safepoint.answer(request) is not None:
                continue
        if not deferred:
            continue
        stopped.add(type(request))
        while deferred:
            deferred.pop()()
        assert emitted.pop().id == 1
    assert stopped >= READING


def test_what_changes_something_is_done_to_its_end() -> None:
    def drop(request: m.DropExperiment) -> None:
        GATE.give_way()
        done.append(request.experiment)

    held, done, nothing = Held(), list[int](), lambda *_: pytest.fail("It was put off.")
    safepoint = Safepoint({m.DropExperiment: held.asked(drop)}, nothing, nothing, nothing, CHANGING)
    with held.told():
        safepoint.answer(m.DropExperiment(experiment=3))
    assert done == [3]
