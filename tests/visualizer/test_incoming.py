"""What an engine says arrives in its order and in turns, between which the window lives, however much it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from engine.protocol import messages as m
from engine.protocol.framing import encode_in_parts
from engine.protocol.handshake import PROTOCOL
from engine.protocol.values import Edge, Graph, Node
from tests.visualizer.window import until
from visualizer.model import engine_process
from visualizer.model.engine_process import EngineProcess

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
        (folder / "said").write_bytes(b"".join(map(encode_in_parts, SAID)))
        self.events: list[m.Event] = []
        self.ends: list[int] = []  # how much was heard when it ended
        self.beats: list[int] = []
        self.engine = EngineProcess(("cat", str(folder / "said")))
        self.engine.ready.connect(self.events.append)
        self.engine.event_arrived.connect(self.events.append)
        self.engine.ended.connect(lambda sentence: self.ends.append(len(self.events)))
        self.heart = QTimer(interval=0)
        self.heart.timeout.connect(lambda: self.beats.append(len(self.events)))
        self.heart.start()


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
