"""A long event crosses the pipe in parts of some thousand nodes, and is whole again behind it."""

from __future__ import annotations

from msgspec.structs import astuple

from engine.protocol import messages as m
from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.protocol.facts import NodeTime
from engine.protocol.framing import FrameReader, decode_event, encode, encode_in_parts
from engine.protocol.graph_values import Edge, Graph, Node, NodeOutput
from engine.protocol.parts import Part
from engine.protocol.source import Source
from engine.protocol.splitting import MOST, Joiner

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


def test_nodes_and_edges_of_a_large_graph_that_say_the_same_share_it() -> None:
    outputs = (NodeOutput((3, 4), "float32", recorded=True),)
    nodes = tuple(
        Node(id, f"{'Sin' if id % 2 else 'Cos'}Backward0", "backward", "elementwise", 1, module="net.h.0",
             source=Source("net.py", 70_000, 4, 70_000, 9, "x.sin()"), outputs=outputs)
        for id in range(N)
    )  # fmt: skip
    edges = tuple(Edge(id, id + 1, shape=(3, 4)) for id in range(N - 1))
    sent, joiner = m.GraphShown(graph=Graph(9, "loss", nodes, edges)), Joiner()
    (shown,) = [event for frame in over_the_pipe(sent) if (event := joiner.take(frame)) is not None]
    assert shown == sent
    first, last = shown.graph.nodes[0], shown.graph.nodes[-1]
    for name in ("name", "kind", "category", "module", "source", "outputs"):
        assert getattr(first, name) is getattr(last, name), name
    assert len({id(edge.shape) for edge in shown.graph.edges}) == 1
    assert all(edge.source is shown.graph.nodes[place].id for place, edge in enumerate(shown.graph.edges))


def test_what_is_equal_but_of_another_type_is_not_shared() -> None:
    sent, joiner = LONG[0], Joiner()
    (shown,) = [event for frame in over_the_pipe(sent) if (event := joiner.take(frame)) is not None]
    for there, here in zip((*GRAPH.nodes, *GRAPH.edges), (*shown.graph.nodes, *shown.graph.edges), strict=True):
        assert list(map(type, astuple(here))) == list(map(type, astuple(there)))


def test_a_short_event_is_one_frame() -> None:
    for event in SHORT:
        assert encode_in_parts(event) == encode(event)


def parts_of(frames: list[m.Event]) -> list[Part]:
    return [frame for frame in frames if isinstance(frame, Part)]
