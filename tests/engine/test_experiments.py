"""What if another gradient entered a node: torch's own engine runs the rest of a held pass, which is none the wiser."""

from __future__ import annotations

import gc
import queue
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

from engine.autograd.experiments import book
from engine.autograd.passes.backward_pass import BackwardAborted
from engine.protocol import messages as m
from engine.protocol.backward_values import Edit
from engine.protocol.breakpoints import AtOperation, Breakpoint
from engine.protocol.errors import EngineError
from engine.protocol.experiments import Compared, Tried
from engine.protocol.keys import NodeGradKey, TriedGradKey, VariableGradKey, VariableKey
from engine.protocol.until import UntilEnd, UntilNext, UntilPass, UntilProgramEnd
from engine.serve.experiments import ExperimentDesk
from engine.tensors.gate import GATE
from tests.engine.client import Client
from tests.engine.copies import STAYS_IN_A_COPY, kill, living, wait_for_the_end_of
from tests.engine.programs import PROGRAMS, Stepper, differences, outcome, run_plainly
from tests.patience import PATIENCE_S

# torch compiles some of its own decompositions with what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")
IDENTITY = Edit("replace", expression="grad")
_NOT_TRIED = {
    "checkpoint, reentrant": "experiment.reentrant",
    "batched grad": "experiment.not_kept",
    "torch.func": "experiment.inside_func",
}
_EVERY = {"GPT-2": 60, "GPT-2 with dropout": 30, "circular padding and packed sequences": 30}  # of the holds


class Experimenter(Stepper):
    """Tries `edit` at each hold at the held node, and goes on; `tried` are the answers, `held` those of whom it was."""

    def __init__(self, edit: Edit = IDENTITY, *, at: str = "", every: int = 1) -> None:
        super().__init__(self._try_and_go_on)
        self._answers: queue.Queue[m.Event] = queue.Queue()
        self.desk = ExperimentDesk(self.recorder, self.controller, self._emit_answer, self._failed)
        self._edit, self._at, self._every = edit, at, every
        self._n_held = 0
        self.tried: list[Tried] = []
        self.failed: list[m.Failed] = []
        self.arrived: dict[tuple[int, int, int], dict[str, torch.Tensor | None]] = {}

    def _emit_answer(self, event: m.Event) -> None:
        if not isinstance(event, m.TrialProgress):
            self._answers.put(event)

    def _failed(self, request_id: int, error: Exception) -> m.Failed:
        return m.Failed.of(request_id, error.sentence)  # type: ignore[attr-defined]

    def try_at(self, state: Any, node: int, edit: Edit, slot: int = 0) -> Tried | m.Failed:
        """What the engine answers."""
        self.desk.try_gradient(m.TryGradient(graph=state.graph, node=node, slot=slot, edit=edit))
        answer = self._answers.get(timeout=PATIENCE_S)
        return answer.tried if isinstance(answer, m.ExperimentTried) else answer

    def name_of(self, node: int) -> str:
        return next((one.name for one in self.recorder.current().nodes if one.id == node), "")

    def node(self, name: str) -> int:
        return next(one.id for one in self.recorder.current().nodes if name in (one.name, one.variable))

    def compared(self, tried: Tried, node: int, slot: int = 0) -> Compared:
        request = m.AskCompared(experiment=tried.experiment, nodes=(node,), slots=(slot,))
        with GATE.reading(PATIENCE_S):
            return self.desk.compared(request).compared[0]

    def _try_and_go_on(self, event: Any) -> None:
        state = event.state
        current = self.controller._pass
        slots = current.gradients.slots(current.order[-1])
        self._n_held += 1
        if self._n_held % self._every == 0 and slots and self._at in ("", self.name_of(state.current)):
            answer = self.try_at(state, state.current, self._edit, slots[0])
            (self.tried if isinstance(answer, Tried) else self.failed).append(answer)
            if isinstance(answer, Tried):
                self._note(answer, current)
        self.controller.holding.step(UntilNext())

    def _note(self, tried: Tried, current: Any) -> None:
        """Bits without the change and with it, by the index of the node."""
        found = self.desk.book.get(tried.experiment).outcome
        for node in found.baseline.nodes():
            for slot in found.baseline.slots(node):
                both = (found.read((node, slot), "old"), found.read((node, slot), "new"))
                old, new = (None if one is None or one.tensor is None else one.tensor.clone() for one in both)
                self.arrived[id(current), node, slot] = {"old": old, "new": new}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_gradient_replaced_by_itself_has_the_very_same_bits_everywhere_and_leaves_the_pass_as_it_was(name):
    plain = run_plainly(PROGRAMS[name])
    state = torch.get_rng_state()
    stepper = Experimenter(every=_EVERY.get(name, 2))
    namespace = stepper.run(PROGRAMS[name])
    assert differences(outcome(namespace), outcome(plain)) == []
    assert torch.equal(torch.get_rng_state(), state)
    assert {failed.code for failed in stepper.failed} <= {_NOT_TRIED.get(name)}
    assert stepper.tried or name in _NOT_TRIED
    current = stepper.controller._pass
    for (of, node, slot), runs in stepper.arrived.items():
        assert differences({"it": runs["old"]}, {"it": runs["new"]}) == [], (node, slot)
        if of == id(current):
            arrived, note = current.gradients.read(node, slot)
            if note is None and arrived is not None:
                assert differences({"it": arrived}, {"it": runs["new"]}) == [], (node, slot)


ENDING: list[Callable[[], None]] = []  # what a hook of a program calls
CANCELLED = """\
import tests.engine.test_experiments as here
w = torch.ones(3, requires_grad=True)
h = w * 2
h.register_hook(lambda g: None if [end() for end in here.ENDING] else None)
loss = (h.tanh() * 3).sum()
loss.backward()
"""


def test_a_trial_beside_the_pass_is_cancelled_at_its_next_node_and_the_pass_goes_on():
    stepper = Experimenter(every=1, at="SumBackward0")
    ENDING.append(stepper.desk.cancel)
    try:
        namespace = stepper.run(CANCELLED)
    finally:
        ENDING.clear()
    assert [failed.code for failed in stepper.failed] == ["experiment.value_cancelled"] and not stepper.tried
    assert differences(outcome(namespace), outcome(run_plainly(CANCELLED))) == []


HOOKABLE = """\
w = torch.randn(4, 3, requires_grad=True)
x = torch.randn(5, 4, requires_grad=True)
h = (x @ w).tanh()
# hook
loss = (h * h.exp()).sum() + w.pow(3).mean()
loss.backward()
"""
EDITS = [
    (Edit("scale", 2.0), "g * 2.0"),
    (Edit("zero"), "torch.zeros_like(g)"),
    (Edit("negate"), "-g"),
    (Edit("clip_value", 0.5), "g.clamp(-0.5, 0.5)"),
    (Edit("clip_norm", 1.0), "g * torch.clamp(1.0 / (g.norm() + 1e-6), max=1.0)"),
    (Edit("perturb", 0.25, cell=(1, 2)), "g + 0.25 * F.one_hot(torch.tensor(5), 15).view(5, 3)"),
    (Edit("replace", expression="3"), "torch.full_like(g, 3)"),
    (Edit("replace", expression="grad * x.sum()"), "g * x.sum().detach()"),
]


def hooked(what: str) -> dict[str, torch.Tensor]:
    """The gradients of the program with a hook that changes what arrives at h."""
    return outcome(run_plainly(HOOKABLE.replace("# hook", f"h.register_hook(lambda g: {what})")))


@pytest.mark.parametrize(("edit", "as_hook"), EDITS, ids=[f"{edit.kind} {edit.expression}" for edit, _ in EDITS])
def test_what_comes_of_a_change_are_the_bits_that_a_hook_of_the_program_would_bring(edit, as_hook):
    stepper = Experimenter(edit, at="TanhBackward0")
    namespace = stepper.run(HOOKABLE)
    assert differences(outcome(namespace), outcome(run_plainly(HOOKABLE))) == []
    (tried,) = stepper.tried
    found = {name: bits_at(stepper, tried, name) for name in ("w", "x")}
    assert differences(found, {name: hooked(as_hook)[name] for name in found}) == []


def bits_at(stepper: Experimenter, tried: Tried, variable: str, view: str = "new") -> torch.Tensor:
    return stepper.desk.tensor(TriedGradKey(tried.experiment, view, stepper.node(variable)))


def test_a_change_is_tried_ahead_of_the_pass_and_does_not_come_to_where_no_gradient_of_it_goes():
    stepper = Experimenter(Edit("scale", 2.0))
    first: list[Tried] = []

    def answer(event):
        if not first:
            first.append(stepper.try_at(event.state, stepper.node("TanhBackward0"), Edit("scale", 2.0)))
        stepper.controller.holding.step(UntilEnd())

    stepper._answer = answer
    stepper.run(HOOKABLE)
    (tried,) = first
    found = {name: bits_at(stepper, tried, name) for name in ("w", "x")}
    assert differences(found, {name: hooked("g * 2.0")[name] for name in found}) == []
    by_name = {stepper.name_of(node): at for at, node in enumerate(tried.nodes)}
    powed = by_name["PowBackward0"]
    assert tried.difference[powed] == 0.0 and tried.new[powed] == tried.old[powed]
    assert tried.new[by_name["TanhBackward0"]] == pytest.approx(2 * tried.old[by_name["TanhBackward0"]])
    compared = stepper.compared(tried, stepper.node("TanhBackward0"))
    assert compared.is_reached and compared.difference.norm == pytest.approx(compared.old.norm)
    assert not stepper.compared(tried, stepper.node("PowBackward0")).is_reached


def test_a_grad_that_is_there_already_is_compared_with_what_it_becomes():
    stepper, found = Experimenter(), []

    def answer(event):
        if event.state.pass_index == 2 and not found:
            tried = stepper.try_at(event.state, event.state.current, Edit("scale", 3.0))
            found.append(stepper.compared(tried, stepper.node("w")))
        stepper.controller.holding.step(UntilNext())

    stepper._answer = answer
    stepper.run(
        "w = torch.ones(2, requires_grad=True)\nfor _ in range(2):\n    loss = (w * w).sum()\n    loss.backward()"
    )
    (compared,) = found
    assert [compared.old.norm, compared.new.norm] == pytest.approx([8**0.5, 3 * 8**0.5])
    assert [compared.grad_old.norm, compared.grad_new.norm] == pytest.approx([4 * 2**0.5, 8 * 2**0.5])


def test_what_is_kept_is_what_the_pass_itself_goes_on_with_and_its_state_and_its_mark_say_so():
    stepper = Experimenter()

    def answer(event):
        state = event.state
        if state.n_done == 1 and not state.kept:
            tried = stepper.try_at(state, stepper.node("TanhBackward0"), Edit("scale", 2.0))
            with GATE.reading(PATIENCE_S):
                stepper.desk.keep(m.KeepExperiment(experiment=tried.experiment))
            return  # the news that it is kept come next
        if state.n_done == 2:
            stepper.tried.append(stepper.try_at(state, stepper.node("w"), IDENTITY))
        stepper.controller.holding.step(UntilNext())

    stepper._answer = answer
    namespace = stepper.run(HOOKABLE)
    assert differences(outcome(namespace), hooked("g * 2.0")) == []
    (kept,) = stepper.controller.state.kept
    assert (stepper.name_of(kept.node), kept.edit) == ("TanhBackward0", Edit("scale", 2.0))
    assert stepper.marks[1].n_kept == 1
    assert differences({"w": bits_at(stepper, stepper.tried[0], "w", "old")}, {"w": hooked("g * 2.0")["w"]}) == []


def test_what_was_kept_and_is_undone_before_its_node_runs_leaves_the_programs_own_gradients():
    stepper, kept = Experimenter(), []

    def answer(event):
        state = event.state
        if state.current != stepper.node("TanhBackward0") or len(kept) == 2:
            stepper.controller.holding.step(UntilNext())
        elif not state.kept:
            stepper.tried.append(stepper.try_at(state, state.current, Edit("zero")))
            with GATE.reading(PATIENCE_S):
                stepper.desk.keep(m.KeepExperiment(experiment=stepper.tried[0].experiment))
            kept.append(True)
        else:
            kept.append(False)
            with GATE.reading(PATIENCE_S):
                stepper.desk.drop(m.DropExperiment(experiment=stepper.tried[0].experiment))

    stepper._answer = answer
    namespace = stepper.run(HOOKABLE)
    assert differences(outcome(namespace), outcome(run_plainly(HOOKABLE))) == []
    assert kept == [True, False] and stepper.controller.state.kept == ()


def test_a_node_that_has_run_can_be_neither_changed_nor_kept():
    stepper, said = Experimenter(), []

    def answer(event):
        if stepper.name_of(event.state.current) == "MmBackward0":
            said.append(stepper.try_at(event.state, stepper.node("TanhBackward0"), IDENTITY).code)
            said.append(stepper.try_at(event.state, 10**6, IDENTITY).code)
        stepper.controller.holding.step(UntilNext())

    stepper._answer = answer
    stepper.run(HOOKABLE)
    assert said == ["experiment.has_run", "experiment.no_part"]


RAISES = [
    (Edit("replace", expression="no_such_name"), "experiment.raises", "no_such_name"),
    (Edit("replace", expression="1 +"), "experiment.no_expression", "1 +"),
    (Edit("replace", expression="torch.ones(7)"), "experiment.shape", "(5, 3)"),
    (Edit("replace", expression="'word'"), "experiment.no_gradient", "str"),
    (Edit("perturb", 1.0, cell=(9, 9)), "experiment.no_cell", "(5, 3)"),
]


@pytest.mark.parametrize(("edit", "code", "words"), RAISES, ids=[code for _, code, _ in RAISES])
def test_an_experiment_that_cannot_be_says_why_in_a_sentence_and_the_pass_is_as_it_was(edit, code, words):
    stepper = Experimenter(edit, at="TanhBackward0")
    namespace = stepper.run(HOOKABLE)
    (failed,) = stepper.failed
    assert failed.code == code and words in failed.sentence and failed.sentence.endswith((".", "?"))
    assert differences(outcome(namespace), outcome(run_plainly(HOOKABLE))) == []


STATEFUL = """\
log = []
class Counting(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.count = 0
        ctx.save_for_backward(x)
        return x * 2
    @staticmethod
    def backward(ctx, g):
        ctx.count += 1
        (x,) = ctx.saved_tensors
        log.append(ctx.count)
        w.grad.add_(1) if w.grad is not None else None
        g.mul_(2)
        if LIMIT and len(log) > 1:
            raise ValueError("twice")
        return g * ctx.count * x
w = torch.randn(3, requires_grad=True)
w.grad = torch.ones(3)
h = Counting.apply(w)
h.retain_grad()
h.register_hook(lambda g: log.append("hook"))
loss = (h * h).sum()
loss.backward()
h_grad = h.grad
"""


@pytest.mark.parametrize("limit", [False, True], ids=["runs again", "raises when it runs again"])
def test_custom_functions_hooks_and_grads_are_as_they_were_and_it_is_said_what_ran_again(limit):
    text = STATEFUL.replace("LIMIT", "len([one for one in log if one != 'hook'])" if limit else "False")
    plain = run_plainly(text.replace("len(log) > 1", "False"))
    stepper = Experimenter(at="MulBackward0")
    namespace = stepper.run(text.replace("len(log) > 1", "log.count(1) == 2"))
    assert differences(outcome(namespace), outcome(plain)) == []
    if limit:
        (failed,) = stepper.failed
        assert failed.code == "experiment.failed" and "twice" in failed.sentence
        return
    (tried,) = stepper.tried
    assert [one.code for one in tried.ran_again] == ["experiment.custom_again", "experiment.hooks_again"]
    assert "Counting" in tried.ran_again[0].text and "line 22" in tried.ran_again[1].text


def test_a_pass_that_a_breakpoint_holds_in_its_midst_can_be_tried_on():
    stepper = Experimenter(Edit("scale", 2.0))
    stepper.controller.holding.breakpoints.set((Breakpoint(1, AtOperation("TanhBackward0")),))
    namespace = stepper.run(HOOKABLE, stepping=False)
    assert differences(outcome(namespace), outcome(run_plainly(HOOKABLE))) == []
    assert stepper.name_of(stepper.tried[0].node) == "TanhBackward0" and not stepper.failed
    of_leaf = {stepper.recorder.leaf(node): node for node in stepper.tried[0].nodes}
    key = TriedGradKey(stepper.tried[0].experiment, "new", of_leaf[namespace["w"]])
    assert differences({"w": stepper.desk.tensor(key)}, {"w": hooked("g * 2.0")["w"]}) == []


def test_an_experiment_that_the_person_steps_away_from_is_given_up_and_the_pass_has_its_bits():
    stepper = Experimenter()
    codes = set()

    def answer(event):
        request = m.TryGradient(graph=event.state.graph, node=event.state.current, edit=IDENTITY)
        stepper.desk.try_gradient(request)
        stepper.controller.holding.step(UntilNext())
        answer = stepper._answers.get(timeout=PATIENCE_S)
        codes.add(answer.code if isinstance(answer, m.Failed) else "tried")

    stepper._answer = answer
    namespace = stepper.run(HOOKABLE)
    assert codes <= {"pass.goes_on", "tried", "experiment.none_arrives"}
    assert differences(outcome(namespace), outcome(run_plainly(HOOKABLE))) == []


def test_an_experiment_in_a_pass_that_is_stopped_is_answered_too():
    stepper = Experimenter()
    answers = []

    def answer(event):
        request = m.TryGradient(graph=event.state.graph, node=event.state.current, edit=IDENTITY)
        stepper.desk.try_gradient(request)
        stepper.controller.holding.abort()
        answers.append(stepper._answers.get(timeout=PATIENCE_S))

    stepper._answer = answer
    with pytest.raises(BackwardAborted):
        stepper.run(HOOKABLE)
    (answered,) = answers
    assert isinstance(answered, m.ExperimentTried) or answered.code in ("pass.was_stopped", "pass.goes_on")
    assert len(answers) == 1 and stepper.controller.state.status == "aborted"


def test_over_the_budget_norms_and_thumbnails_stay_and_the_elements_are_said_to_be_gone(monkeypatch):
    monkeypatch.setattr(book, "BUDGET_BYTES", 100)
    stepper = Experimenter(Edit("scale", 2.0), at="TanhBackward0")
    stepper.run(HOOKABLE)
    (tried,) = stepper.tried
    assert tried.n_over_budget > 0 and tried.whole_bytes <= tried.budget_bytes == 100
    node = stepper.node("x")
    compared = stepper.compared(tried, node)
    assert compared.new.norm == pytest.approx(2 * compared.old.norm) and compared.new.thumbnail is not None
    assert compared.difference is None
    with pytest.raises(EngineError) as refused:
        bits_at(stepper, tried, "x")
    assert refused.value.sentence.code == "experiment.over_budget"


def test_an_experiment_holds_no_node_of_the_program_once_the_pass_has_ended():
    stepper = Experimenter(Edit("scale", 2.0), at="TanhBackward0")
    namespace = stepper.run(HOOKABLE)
    dead = weakref.ref(stepper.controller._pass)
    tensor = weakref.ref(namespace["w"])
    del namespace
    stepper.run("loss = torch.ones((), requires_grad=True) * 2\nloss.backward()")
    gc.collect()
    assert dead() is None and tensor() is None
    assert stepper.desk.book.get(stepper.tried[0].experiment)


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def test_the_engine_answers_a_window_while_it_holds_and_refuses_where_it_does_not(engine: Client) -> None:
    run = engine.start("import torch\nw = torch.ones(3, requires_grad=True)\nh = w * 2\nh.sum().backward()", step=True)
    state = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state
    graph = next(event.graph for event in engine.events if isinstance(event, m.GraphShown))
    mul = next(node.id for node in graph.nodes if node.name == "MulBackward0")
    leaf = next(node.id for node in graph.nodes if node.variable == "w")
    tried = engine.ask(m.TryGradient(graph=graph.id, node=mul, edit=Edit("replace", expression="w + 1"))).tried
    assert (tried.node, tried.pass_index, tried.pass_id) == (mul, 1, state.pass_id)
    shown = engine.ask(m.AskCompared(experiment=tried.experiment, nodes=(leaf, mul), slots=(0, 0)))
    assert [one.new.norm for one in shown.compared] == pytest.approx([4 * 3**0.5, 2 * 3**0.5])
    text = engine.ask(m.AskText(key=TriedGradKey(tried.experiment, "difference", leaf))).text
    assert "2" in text
    engine.ask(m.AskDetails(key=TriedGradKey(tried.experiment, "new", leaf)))
    engine.send(m.KeepExperiment(experiment=tried.experiment))
    engine.wait(m.BackwardProgress, where=lambda event: len(event.state.kept) == 1)
    engine.send(m.Step(until=UntilEnd()))
    engine.end_of(run)
    assert "4." in engine.ask(m.AskText(key=VariableGradKey("w"))).text
    refused = engine.ask(m.TryGradient(graph=graph.id, node=mul, edit=Edit("zero")))
    assert isinstance(refused, m.Failed) and refused.code == "pass.none_held_here"
    late = engine.ask(m.KeepExperiment(experiment=tried.experiment))
    assert isinstance(late, m.Failed) and late.code == "experiment.too_late"
    engine.run("1")
    gone = engine.ask(m.AskCompared(experiment=tried.experiment, nodes=(leaf,), slots=(0,)))
    assert isinstance(gone, m.Failed) and gone.code == "experiment.gone"


VALUES = """import torch
torch.manual_seed(3)
x = torch.randn(6, 4)
w = torch.randn(4, 3, requires_grad=True)
v = torch.randn(3, requires_grad=True)
optimizer = torch.optim.SGD([w, v], lr=0.1)
for step in range(3):
    optimizer.zero_grad()
    # change
    h = torch.relu(x @ w)
    loss = (h @ v).pow(2).mean()
    loss.backward()
    optimizer.step()
"""


def held_in_pass(engine: Client, text: str, index: int) -> tuple[int, Any, Any]:
    """(run, state, graph) of a program that is held at the first node of a pass."""
    start = len(engine.events)
    run = engine.start(text, step=True)
    while True:
        state = engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused").state
        if state.pass_index == index:
            break
        engine.send(m.Step(until=UntilPass(index)))
    graphs = [event.graph for event in engine.events[start:] if isinstance(event, m.GraphShown)]
    return run, state, graphs[-1]


def test_another_value_of_a_leaf_has_the_bits_of_a_program_that_has_it_and_the_pass_goes_on(engine: Client) -> None:
    run, _, graph = held_in_pass(engine, VALUES, 2)
    leaves = {node.variable: node.id for node in graph.nodes if node.kind == "accumulate"}
    doubled = engine.ask(m.TryValue(graph=graph.id, node=leaves["w"], edit=Edit("scale", 2.0))).tried
    same = engine.ask(m.TryValue(graph=graph.id, node=leaves["w"], edit=Edit("replace", expression="value"))).tried
    assert doubled.of == "value" and doubled.pass_index == 2
    assert [one.code for one in doubled.ran_again] == ["experiment.root_would_be", "experiment.forward_again"]
    assert set(same.difference) == {0.0} and len(same.nodes) == len(same.new)
    texts = {
        name: engine.ask(m.AskText(key=TriedGradKey(doubled.experiment, "new", node))).text
        for name, node in leaves.items()
    }
    refused = engine.ask(m.KeepExperiment(experiment=doubled.experiment))
    assert isinstance(refused, m.Failed) and refused.code == "experiment.value_kept"
    engine.send(m.Step(until=UntilProgramEnd()))
    engine.end_of(run)
    after = engine.ask(m.AskText(key=VariableKey("w"))).text
    engine.run(VALUES)
    assert engine.ask(m.AskText(key=VariableKey("w"))).text == after
    changed = "if step == 1:\n        w.data.mul_(2)"
    run, _, graph = held_in_pass(engine, VALUES.replace("# change", changed), 2)
    engine.send(m.Step(until=UntilEnd()))
    engine.wait(m.BackwardProgress, where=lambda event: event.state.pass_index == 3)
    engine.send(m.OpenPass(index=2))
    opened = engine.wait(m.PassOpened)
    for node in opened.graph.nodes:
        if node.kind == "accumulate":
            assert engine.ask(m.AskText(key=NodeGradKey(node.id))).text == texts[node.variable]
    engine.send(m.Step(until=UntilProgramEnd()))
    engine.end_of(run)


@pytest.mark.parametrize(
    ("change", "edit", "code"),
    [
        ("open('a_file_of_this_test', 'w')", Edit("scale", 2.0), "again.side_effect"),
        ("h = w * 2 if w.sum() > 0 else w.exp()", Edit("negate"), "again.other_branch"),
        ("", Edit("replace", expression="torch.ones(9)"), "experiment.shape"),
        ("torch.func.grad(lambda one: (one * one).sum())(torch.ones(2))", Edit("negate"), "experiment.inside_func"),
    ],
)
def test_another_value_that_cannot_be_tried_says_why(
    engine: Client, change: str, edit: Edit, code: str, tmp_path
) -> None:
    change = change.replace("a_file_of_this_test", str(tmp_path / "a"))
    text = f"import torch\nw = torch.ones(2, requires_grad=True)\nh = w * 2\n{change}\nh.sum().backward()"
    run, _, graph = held_in_pass(engine, text, 1)
    leaf = next(node.id for node in graph.nodes if node.kind == "accumulate")
    refused = engine.ask(m.TryValue(graph=graph.id, node=leaf, edit=edit))
    assert isinstance(refused, m.Failed) and refused.code == code, refused
    engine.send(m.Step(until=UntilProgramEnd()))
    engine.end_of(run)


SLOW = """\
import torch, time
w = torch.ones(3, requires_grad=True)
h = w * 2
h.register_hook(lambda g: time.sleep(0.3))
(h.tanh() * 3).sum().backward()
"""  # of five nodes four have hooks, and the last of these is told: the hook is its own


def test_a_trial_tells_how_many_of_the_nodes_of_each_of_its_passes_have_begun(engine: Client) -> None:
    run, state, graph = held_in_pass(engine, SLOW, 1)
    start = len(engine.events)
    engine.ask(m.TryGradient(graph=graph.id, node=state.current, edit=Edit("scale", 2.0)))
    leaf = next(node.id for node in graph.nodes if node.variable == "w")
    engine.ask(m.TryValue(graph=graph.id, node=leaf, edit=Edit("scale", 2.0)))
    told = [event for event in engine.events[start:] if isinstance(event, m.TrialProgress)]
    counted = [(event.stage, event.n_done, event.n_nodes) for event in told if event.n_nodes]
    assert counted == [("without", 4, 4), ("with", 4, 4), ("backward", 4, 4)]
    running = [event.left_s for event in told if event.stage == "running"]
    assert running and all(left_s is not None and left_s >= 0 for left_s in running)
    engine.send(m.Step(until=UntilProgramEnd()))
    engine.end_of(run)


@pytest.mark.parametrize("end", ["cancel", "the outer", "the inner"])
def test_a_trial_of_a_value_whose_copy_is_ended_says_so_in_a_sentence_and_the_pass_goes_on(engine: Client, end) -> None:
    text = "import torch, os, threading\nw = torch.ones(2, requires_grad=True)\n"
    text += f"{STAYS_IN_A_COPY.format(pid=engine.process.pid)}loss = (w * 2).sum()\nloss.backward()\n"
    run, _, graph = held_in_pass(engine, text, 1)
    leaf = next(node.id for node in graph.nodes if node.variable == "w")
    start, before = len(engine.events), living(engine)
    request = engine.send(m.TryValue(graph=graph.id, node=leaf, edit=Edit("scale", 2.0)))
    engine.wait(m.TrialProgress, where=lambda event: event.stage == "running")
    if end == "cancel":
        engine.send(m.CancelTrial())
    else:
        copies = sorted(living(engine) - before)
        kill(copies[0 if end == "the outer" else -1])
    failed = engine.answer(request, start=start)
    code = "experiment.value_cancelled" if end == "cancel" else "experiment.value_ended"
    assert isinstance(failed, m.Failed) and failed.code == code, failed
    engine.send(m.Step(until=UntilProgramEnd()))
    engine.end_of(run)
    wait_for_the_end_of(living(engine) - before)
