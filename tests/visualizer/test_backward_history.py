"""The cursor in the steps of a pass: where it goes, what the picture is there."""

from PySide6.QtCore import QObject

from engine.protocol.backward_values import BackwardState, BackwardStep, Waiting
from engine.protocol.graph_values import Graph, Node
from engine.protocol.messages import BackwardProgress
from engine.protocol.program_values import ProgramError
from visualizer.model.held_pass import HeldPass
from visualizer.model.history import BackwardHistory
from visualizer.model.passes import PassBook
from visualizer.model.shown_pass import ShownPass
from visualizer.model.status import Status

STEPS = (
    BackwardStep(0, 10, 1.0, (), ()),
    BackwardStep(1, 20, 2.0, (30,), (Waiting(40, 1, 2),)),
    BackwardStep(2, 30, 3.0, (), (Waiting(40, 1, 2),)),
    BackwardStep(3, 40, None, (), ()),
)


def state(status="paused", pass_id=1, **fields):
    return BackwardState(pass_id, 7, status, "loss.backward()", n_needed=4, **fields)


def held(n_steps):
    history = BackwardHistory()
    for index in range(n_steps):
        history.take(state(current=STEPS[index].node), STEPS[index : index + 1])
    return history


def test_the_cursor_follows_the_engine_until_it_is_moved_back():
    history = held(2)
    assert (history.position, history.newest, history.current.node) == (2, 2, 20)
    assert history.move(1) and not history.is_live
    history.take(state(current=30), STEPS[2:3])
    assert (history.position, history.newest) == (1, 3)
    assert history.move(99) and history.position == 3 and history.is_live
    assert not history.move(99)
    assert history.move(-5) and history.position == 0 and history.current is None


def test_a_step_that_comes_twice_is_kept_once():
    history = held(2)
    history.take(state(current=20), STEPS[:2])
    assert history.steps == list(STEPS[:2])


def test_the_end_of_a_finished_pass_is_a_position_of_its_own():
    history = held(4)
    history.take(state("finished"), ())
    assert (history.position, history.newest, history.current) == (5, 5, None)
    assert history.view().done == {10, 20, 30, 40} and history.view().current == -1


def test_the_picture_at_the_cursor():
    history = held(3)
    history.move(2)
    view = history.view()
    assert (view.done, view.current, view.ready, view.waiting) == ({10}, 20, (30,), {40: (1, 2)})
    history.move(0)
    assert history.view().ready == (10, *STEPS[0].ready) and not history.view().done


def test_a_replay_holds_nodes_as_the_pass_did_and_its_end_holds_none():
    history = held(4)
    history.set_graph(Graph(1, "loss", tuple(Node(step.node, "", "backward", "view", 0) for step in STEPS[:3])))
    assert history.held is None and not history.is_replay  # the fourth is in another graph
    history.take(state("finished"), ())
    assert history.held is None and not history.is_replay
    for position, node in ((3, 30), (1, 10)):
        history.move(position)
        assert (history.held.id, history.is_replay) == (node, True)
    history.move(0)
    assert history.held is None and history.is_replay


def test_another_pass_begins_anew():
    history = held(3)
    history.take(state(pass_id=2, current=10), STEPS[:1])
    assert (history.position, len(history.steps)) == (1, 1)


def test_an_error_stands_at_its_node_only_where_the_pass_really_is():
    history = held(2)
    history.take(state("failed", current=20, error=ProgramError("ValueError", "no derivative")), ())
    assert (history.view().error_node, history.view().error_text) == (20, "no derivative")
    history.move(1)
    assert history.view().error_node == -1


def test_where_a_node_ran_and_nothing_without_a_pass():
    history = held(3)
    assert history.position_of(30) == 3 and history.position_of(40) is None
    history.clear()
    assert history.view() is None and history.newest == 0 and history.is_live


class Engine:
    """Takes whatever it is sent."""

    def send(self, request):
        return 1


def test_that_the_next_node_will_be_held_is_no_longer_said_once_it_is(qapp):
    owner = QObject()
    status, shown = Status(owner), ShownPass(Engine(), PassBook(owner), owner)
    pass_, said = HeldPass(Engine(), status, shown, owner), []
    pass_.message.connect(said.append)
    status.set("running")
    pass_.stepping.play(1.0)
    assert len(said) == 1 and said[0]
    pass_.take(BackwardProgress(state=state(current=10), steps=STEPS[:1]))
    assert status.state == "paused" and [say() for say in said[1:]] == [""]
