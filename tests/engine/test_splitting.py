"""A long event crosses the pipe in parts of some thousand nodes, and is whole again behind it."""

from __future__ import annotations

from engine.protocol import messages as m
from engine.protocol.facts import NodeTime
from engine.protocol.framing import FrameReader, decode_event, encode, encode_in_parts
from engine.protocol.parts import Part
from engine.protocol.splitting import MOST, Joiner
from engine.protocol.values import BackwardState, BackwardStep, Edge, Graph, Node

N = 2 * MOST + 1
NODES = tuple(Node(id, "SinBackward0", "backward", "elementwise", N - id) for id in range(N))
EDGES = tuple(Edge(id, id + 1) for id in range(N - 1))
GRAPH = Graph(7, "loss", NODES, EDGES, iterations=(0, 0))
STATE = BackwardState(1, 7, "finished", "loss.backward()")
STEPS = tuple(BackwardStep(index, index, 1.0) for index in range(N))
TIMES = tuple(NodeTime(index, 0.5) for index in range(N))
LONG = [
    m.GraphShown(graph=GRAPH),
    m.BackwardProgress(state=STATE, steps=STEPS, times=TIMES),
    m.PassOpened(3, graph=GRAPH, state=STATE, steps=STEPS, times=TIMES),
]
SHORT = [m.GraphShown(graph=Graph(8, "x", NODES[:2], EDGES[:1])), m.Output(stream="stdout", text="x" * 100_000)]


def over_the_pipe(*events: m.Event) -> list[m.Event]:
    """One a frame."""
    return [decode_event(body) for body in FrameReader().feed(b"".join(map(encode_in_parts, events)))]


def test_long_events_come_in_small_frames_and_are_whole_again_in_their_order() -> None:
    events = [LONG[0], SHORT[1], LONG[1], SHORT[0], LONG[2], LONG[0]]
    frames, joiner = over_the_pipe(*events), Joiner()
    longest = max(len(part.nodes) + len(part.edges) + len(part.steps) + len(part.times) for part in parts_of(frames))
    assert longest == MOST
    assert not [frame for frame in frames if isinstance(frame, m.GraphShown) and len(frame.graph.nodes) > MOST]
    assert [event for frame in frames if (event := joiner.take(frame)) is not None] == events


def test_a_short_event_is_one_frame() -> None:
    for event in SHORT:
        assert encode_in_parts(event) == encode(event)


def parts_of(frames: list[m.Event]) -> list[Part]:
    return [frame for frame in frames if isinstance(frame, Part)]
