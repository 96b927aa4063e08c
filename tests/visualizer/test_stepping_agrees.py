"""A replay stops where the engine did, whatever is asked and whatever the graph is."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from engine.protocol.errors import EngineError
from engine.protocol.until import UntilAny, UntilEnd, UntilNext, UntilNode, UntilOutOfModule, UntilOutside
from tests.engine.programs import Stepper
from visualizer.model.arrivals import last_change
from visualizer.model.history import BackwardHistory
from visualizer.model.stepping import Stepping

OPERATIONS = ("torch.tanh({a})", "{a} * {b}", "{a} + {b}", "{a}.exp()", "layer({a})", "{a}.t()", "torch.sigmoid({a})")


@st.composite
def programs(draw):
    """A loss over a few operations, each on what came before it."""
    lines = ["import torch", "layer = torch.nn.Linear(2, 2)", "v0 = torch.ones(2, 2, requires_grad=True)"]
    n_operations = draw(st.integers(1, 6))
    for index in range(1, n_operations + 1):
        a, b = (f"v{draw(st.integers(0, index - 1))}" for _ in range(2))
        lines.append(f"v{index} = " + draw(st.sampled_from(OPERATIONS)).format(a=a, b=b))
    return "\n".join([*lines, f"v{n_operations}.sum().backward()"])


MOVES = st.one_of(
    st.tuples(st.just(UntilNext), st.integers(1, 4)),
    st.tuples(st.just(UntilNode), st.integers(0, 30)),
    st.tuples(st.sampled_from((UntilAny, UntilOutside)), st.sets(st.integers(0, 30), min_size=1, max_size=12)),
    st.tuples(st.just(UntilOutOfModule), st.none()),
)


def until(move, graph):
    """A move over the nodes of this graph: numbers stand for their places."""
    kind, what = move
    ids = [node.id for node in graph.nodes if not node.is_input]
    match what:
        case None:
            return kind()
        case set():
            return kind(frozenset(ids[place % len(ids)] for place in what))
        case _:
            return kind(ids[what % len(ids)] if kind is UntilNode else what)


class Replay(QObject):
    """A pass that has ended, as the window keeps it, at its first node."""

    can_step = may_be_held = runs_on = is_held_forward = False

    def __init__(self, stepper):
        super().__init__()
        self.graph, self.history = stepper.graphs[-1].graph, BackwardHistory()
        self.history.set_graph(self.graph)
        self.history.take(stepper.controller.state, tuple(stepper.steps))
        self.stepping = Stepping(self, lambda until: None, self)
        self.refused = []
        self.stepping.refused.connect(self.refused.append)
        self.move(1)

    def move(self, position):
        self.history.move(position)

    def step(self, until):
        """What the engine would say: the node that is held then, or why there is none."""
        self.refused.clear()
        self.stepping.step(until)
        return self.refused[0]() if self.refused else self.history.current and self.history.current.node


@settings(max_examples=30)
@given(programs(), st.lists(MOVES, max_size=8))
def test_what_holds_the_engine_holds_a_replay(text, moves):
    left, asked, held = list(moves), [], []

    def answer(event):
        held.append(event.state.current)
        while left:
            asked.append(until(left.pop(0), stepper.graphs[-1].graph))
            try:
                return stepper.controller.holding.step(asked[-1])
            except EngineError as refused:
                held.append(str(refused))
        return stepper.controller.holding.step(UntilEnd())

    stepper = Stepper(answer)
    stepper.run(text)
    replay = Replay(stepper)
    came = [replay.step(move) for move in asked]
    assert came == (held[1:] if len(held) > len(asked) else [*held[1:], None])  # or the pass was over


@settings(max_examples=20)
@given(programs())
def test_the_last_change_of_a_gradient_is_where_something_had_just_arrived(text):
    stepper = Stepper()
    stepper.run(text)
    history = Replay(stepper).history
    for position in range(1, history.newest + 1):
        history.move(position)
        for node in {edge.target for edge in history.graph.edges if edge.gradient}:
            found = last_change(history, node)
            arrived = [arrivals_at(history, node, place) for place in range(position)]
            changes = [place for place in range(1, position) if arrived[place] != arrived[place - 1]]
            if history.nodes[node].kind != "accumulate":
                assert found == (changes[-1] if changes else None)


def arrivals_at(history, node, position):
    """How many of the gradients of a node had arrived at a position."""
    done = {step.node for step in history.steps[: max(position - 1, 0)]}
    return len({edge.source for edge in history.graph.edges if edge.target == node} & done)
