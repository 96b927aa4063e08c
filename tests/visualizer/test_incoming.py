"""What an engine says arrives in its order and in turns, between which the window lives, however much it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from engine.protocol import messages as m
from engine.protocol.backward_values import BackwardState
from engine.protocol.framing import encode_in_parts
from engine.protocol.graph_values import Edge, Graph, Node
from engine.protocol.handshake import PROTOCOL
from tests.visualizer.window import until
from visualizer.model import engine_process
from visualizer.model.engine_process import EngineProcess
from visualizer.model.incoming import Incoming

N_NODES, N_FRAMES = 30_000, 65
NODES = tuple(Node(id, "SinBackward0", "backward", "elementwise", N_NODES - id) for id in range(N_NODES))
SAID = [
    m.Ready(protocol=PROTOCOL, pid=1, torch_version="2", python_version="3", devices=("cpu",), n_threads=1),
    m.Output(stream="stdout", text="before"),
    m.GraphShown(graph=Graph(1, "loss", NODES, tuple(Edge(id, id + 1) for id in range(N_NODES - 1)))),
    m.Output(stream="stdout", text="behind"),
    m.GraphShown(graph=Graph(2, "loss", NODES[:1])),
]


class Heard:
    """An engine that says SAID and ends, and what a window hears of it; `beats` are the turns of the event loop, each
    with how much was heard by then."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "said"
        self.said(SAID)
        self.events: list[m.Event] = []
        self.ends: list[int] = []  # how much was heard when it ended
        self.beats: list[int] = []
        self.engine = EngineProcess(("cat", str(self.file)))
        self.engine.ready.connect(self.events.append)
        self.engine.event_arrived.connect(self.events.append)
        self.engine.ended.connect(lambda sentence: self.ends.append(len(self.events)))
        self.heart = QTimer(interval=0)
        self.heart.timeout.connect(lambda: self.beats.append(len(self.events)))
        self.heart.start()

    def said(self, events: list[m.Event]) -> None:
        """What it says instead."""
        self.file.write_bytes(b"".join(map(encode_in_parts, events)))


@pytest.fixture
def heard(qapp, tmp_path, monkeypatch):
    """Every frame in a turn of its own."""
    monkeypatch.setattr(engine_process, "TURN_S", 0.0)
    made = Heard(tmp_path)
    yield made
    made.heart.stop()
    made.engine.close()
    made.engine.deleteLater()


def test_a_large_graph_is_heard_in_turns_everything_in_its_order_and_the_end_last(heard) -> None:
    heard.engine.start()
    until(lambda: heard.ends, "the engine has ended")
    assert heard.events == SAID and heard.ends == [len(SAID)]
    assert heard.beats.count(2) > N_FRAMES / 3, "the window has lived while the graph came"


def test_of_an_engine_that_is_replaced_in_the_middle_of_a_graph_nothing_more_is_heard(heard) -> None:
    first = []
    heard.engine.event_arrived.connect(
        lambda event: first or (first.append(event), QTimer.singleShot(0, heard.engine.start))
    )
    heard.engine.start()
    until(lambda: heard.ends, "the second engine has ended")
    assert heard.events == [*SAID[:2], *SAID]


def test_an_end_that_is_found_while_somebody_answers_an_event_waits_for_those_behind_it(heard, monkeypatch) -> None:
    monkeypatch.setattr(engine_process, "TURN_S", 60.0)  # all in one turn

    def answer(event: m.Event) -> None:
        if event == SAID[1]:
            os.waitid(os.P_PID, heard.engine.pid, os.WEXITED | os.WNOWAIT)
            for _ in range(3):
                heard.engine.send(m.Interrupt())

    heard.said([SAID[0], SAID[1], SAID[3]])
    heard.engine.event_arrived.connect(answer)
    heard.engine.start()
    until(lambda: heard.ends, "the engine has ended")
    assert heard.events == [SAID[0], SAID[1], SAID[3]] and heard.ends == [3]


def held(n_steps: int) -> m.BackwardProgress:
    return m.BackwardProgress(
        state=BackwardState(pass_id=1, graph=1, status="paused", origin="loss.backward()", n_done=n_steps)
    )


def test_news_of_a_pass_overtake_answers_that_may_wait_and_nothing_else() -> None:
    details, variables, output = m.Text(id=3, text="a"), m.Text(id=4, text="b"), SAID[1]
    incoming = Incoming({3, 4})
    incoming.feed(b"".join(map(encode_in_parts, [SAID[0], details, variables, held(1), output, held(2), details])))
    heard = [event for event in incoming.events() if event is not None]
    assert heard == [SAID[0], held(1), details, variables, output, held(2), details]
    for said in ([details, output, held(3)], [held(4)]):
        incoming.feed(b"".join(map(encode_in_parts, said)))
        assert list(incoming.events()) == said


def test_who_stops_in_the_middle_finds_what_was_overtaken_later() -> None:
    answer, output = m.Text(id=3, text="a"), SAID[1]
    incoming = Incoming({3})
    incoming.feed(b"".join(map(encode_in_parts, [SAID[0], answer, output, held(1), answer])))
    heard = [next(incoming.events()) for _ in range(3)]
    incoming.feed(b"".join(map(encode_in_parts, [held(2)])))
    heard += incoming.events()
    assert heard == [SAID[0], answer, output, held(1), held(2), answer]
