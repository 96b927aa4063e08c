"""What the window knows of the nodes on screen, against PyTorch in this process."""

import pytest
import torch

from engine.protocol.notes import Changed
from tests.visualizer.window import main_window, press, run, set_program, until
from visualizer.model.facts import n_leaf_elements

PROGRAM = """\
import torch
torch.manual_seed(0)
W = torch.randn(3, 4, requires_grad=True)
h = torch.randn(5, 3) @ W
y = h.relu()
loss = y.square().mean()
loss.backward()
"""


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def plain():
    """The same program in this process."""
    space = {}
    exec(PROGRAM.replace("loss.backward()", "h.retain_grad(); y.retain_grad(); loss.backward()"), space)
    return space


@pytest.fixture
def heard():
    """`heard(signal, call)` calls it until the test is over."""
    connections = []

    def connect(signal, call):
        connections.append((signal, signal.connect(call)))

    yield connect
    for signal, connection in connections:
        signal.disconnect(connection)


def ids(window):
    return {node.name: node.id for node in window.session.graph.nodes}


def all_known(window):
    window.facts.want(ids(window).values())
    until(lambda: not window.facts.is_waiting, "all facts have come")
    return {name: window.facts.of(node) for name, node in ids(window).items()}


def test_they_are_torchs_own_after_a_run(window, plain):
    run(window, PROGRAM)
    facts = all_known(window)
    y, W = plain["y"].detach(), plain["W"].detach()
    assert facts["ReluBackward0"].n_zero == (y == 0).sum().item()
    assert (facts["ReluBackward0"].minimum, facts["ReluBackward0"].maximum) == (y.min().item(), y.max().item())
    assert facts["AccumulateGrad"].norm == torch.linalg.vector_norm(W).item()
    assert [storage.n_bytes for storage in facts["ReluBackward0"].saved] == [y.nbytes]
    norms = {name: window.facts.gradient_norm(node) for name, node in ids(window).items()}
    assert norms["ReluBackward0"] == torch.linalg.vector_norm(plain["y"].grad).item()
    assert norms["MmBackward0"] == torch.linalg.vector_norm(plain["h"].grad).item()
    assert norms["AccumulateGrad"] == torch.linalg.vector_norm(plain["W"].grad).item()
    assert norms["Tensor"] is None
    assert window.facts.time_ms(ids(window)["MmBackward0"]) > 0
    (leaf,) = [node for node in window.session.graph.nodes if node.kind == "accumulate"]
    assert n_leaf_elements(leaf) == 12


def test_gradient_norms_are_those_at_the_cursor(window, heard):
    set_program(window, PROGRAM)
    press(window, "Ctrl+Shift+Return")
    until(lambda: window.session.held.can_step, "the pass is held")
    told = []
    heard(window.facts.changed, told.append)
    facts, mean, power = window.facts, ids(window)["MeanBackward0"], ids(window)["PowBackward0"]
    assert facts.gradient_norm(mean) == 1.0 and facts.gradient_norm(power) is None
    press(window, "F10")
    until(lambda: facts.gradient_norm(power) is not None, "the next node is held")
    assert facts.time_ms(mean) > 0 and facts.time_ms(power) is None
    until(lambda: any(power in nodes for nodes in told), "it is told")
    press(window, "Shift+F10")
    assert facts.gradient_norm(power) is None and facts.time_ms(mean) is None
    press(window, "F10")
    assert facts.gradient_norm(power) is not None
    press(window, "F5")
    until(lambda: window.session.state == "ready", "the pass has ended")
    assert facts.gradient_norm(power) is not None


def test_another_graph_begins_with_nothing(window, heard):
    run(window, PROGRAM)
    all_known(window)
    restarted = []
    heard(window.session.graph_changed, lambda graph: restarted.append(window.facts.of(ids(window)["MeanBackward0"])))
    run(window, PROGRAM)
    assert restarted == [None]
    assert all_known(window)["MeanBackward0"].norm > 0


def test_what_a_later_run_writes_to_is_asked_for_again(window):
    run(window, "import torch\nw = torch.ones(20_000, requires_grad=True)\nloss = (w * 2).sum()\nkept = loss")
    leaf = ids(window)["AccumulateGrad"]
    assert all_known(window)["AccumulateGrad"].maximum == 1.0
    run(window, "w.data.numpy()[:] = 7.0")  # nobody saw it written, and of so many nothing is kept beside them
    until(lambda: window.facts.of(leaf).maximum == 7.0, "the parameter is read again")
    assert isinstance(window.facts.of(leaf).value_note, Changed), "not what it was in the graph"


def test_what_grad_takes_out_has_its_norm(window):
    run(window, "import torch\nx = torch.tensor([3.0, 4.0], requires_grad=True)\n"
                "loss = (x * x).sum()\ng, = torch.autograd.grad(loss, x)")  # fmt: skip
    assert window.facts.gradient_norm(ids(window)["AccumulateGrad"]) == 10.0
    assert window.facts.gradient_norm(ids(window)["SumBackward0"]) == 1.0


def test_they_come_while_a_program_runs_as_soon_as_a_graph_stays(window, heard):
    set_program(
        window,
        "import torch, time\nx = torch.ones(5, requires_grad=True)\nloss = (x * 3).sum()\nloss.backward()\n"
        "for _ in range(50):\n    time.sleep(0.01)\n    (x * 2).sum().backward()\nwhile True: time.sleep(0.01)\n",
    )
    press(window, "Ctrl+Return")
    until(lambda: window.session.graph is not None and window.session.state == "running", "it runs and shows a graph")
    known = []
    heard(window.facts.changed, lambda nodes: known.extend(filter(None, map(window.facts.of, nodes))))
    heard(window.session.graph_changed, lambda graph: window.facts.want(ids(window).values()))
    window.facts.want(ids(window).values())
    until(lambda: known, "facts come")
    press(window, "Ctrl+.")
    until(lambda: window.session.state == "ready", "it is stopped")


def test_what_is_found_by_facts_fills_in_and_is_marked_on_the_timeline(window):
    run(window, PROGRAM.replace("torch.randn(5, 3) @ W", "torch.randn(5, 3) @ W * float('nan')"))
    graph, field = window.graph, window.graph.bar.field
    field.setText("nan op:relu")
    found = graph.finding.finder
    until(lambda: found.matches and not found.found.undecided, "the values have been read")
    nodes = window.session.graph.nodes
    assert [nodes[index].name for index in found.matches] == ["ReluBackward0"]
    assert graph.bar.found.text() == "0 of 1"
    field.setText("-nan")
    until(lambda: not found.found.undecided, "all values have been read")
    assert {nodes[index].kind for index in found.matches} <= {"input", "accumulate"}
    field.setText("inf norm>0")
    assert not found.matches
    run(window, PROGRAM)
    field.setText("norm>0")
    until(lambda: found.matches, "a backward has run")
    reached = {nodes.id for nodes in window.session.graph.nodes if (window.facts.gradient_norm(nodes.id) or 0) > 0}
    assert {window.session.graph.nodes[index].id for index in found.matches} == reached
    scrubber = window.timeline.scrubber
    places = scrubber._marks.places_of(scrubber._found)
    assert len(places) == len(reached) == len(scrubber._marks)
    field.clear()
    assert not scrubber._found
