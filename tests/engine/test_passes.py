"""The passes of a run: each has its mark, and the person says which of them are held."""

import math

import pytest

from engine.protocol.errors import EngineError
from engine.protocol.until import UntilEnd, UntilPass, UntilProgramEnd
from tests.engine.programs import Stepper, outcome, run_plainly

LOOP = """\
w = torch.tensor([3.0, 4.0], requires_grad=True)
losses, norms = [], []
for i in range(6):
    w.grad = None
    loss = (w * w).sum() * (float("nan") if i == 4 else 1.0)
    loss.backward()
    losses.append(loss.item())
    norms.append(w.grad.norm().item())
    with torch.no_grad():
        w -= 0.1 * torch.nan_to_num(w.grad)
"""
TWICE = """\
w = torch.ones(2, requires_grad=True)
loss = (w * w).sum()
loss.backward()
loss.backward()
"""
TWO_LEAVES = """\
a = torch.tensor([3.0], requires_grad=True)
b = torch.tensor([[4.0]], requires_grad=True)
(a * 3 + b.sum() * 4).sum().backward()
"""


def held_at(text, *untils):
    """(stepper, namespace, numbers of the passes in which it was held), told one of `untils` at each hold, and from
    then on to run to the end of the pass."""
    stepper, left, held = Stepper(), list(untils), []

    def answer(event):
        held.append(event.state.pass_index)
        stepper.controller.holding.step(left.pop(0) if left else UntilEnd())

    stepper._answer = answer
    return stepper, stepper.run(text), held


def same(one, other):
    return one == other or (math.isnan(one) and math.isnan(other))


@pytest.mark.parametrize("stepping", [False, True])
def test_each_pass_of_a_run_has_its_mark_with_loss_and_norm(stepping):
    stepper = Stepper(lambda event: stepper.controller.holding.step(UntilEnd()))
    names = stepper.run(LOOP, stepping=stepping)
    marks = list(stepper.marks.values())
    assert [mark.index for mark in marks] == [1, 2, 3, 4, 5, 6]
    assert {(m.origin, m.line, m.root, m.status) for m in marks} == {("loss.backward()", 6, "loss", "finished")}
    assert all(same(mark.loss, loss) for mark, loss in zip(marks, names["losses"], strict=True))
    measured = [(m.norm, norm) for m, norm in zip(marks, names["norms"], strict=True) if m.is_measured]
    assert measured and all(same(norm, own) for norm, own in measured)


def test_each_pass_is_held_until_the_person_says_otherwise():
    assert held_at(LOOP)[2] == [1, 2, 3, 4, 5, 6]
    assert held_at(LOOP, UntilPass(4))[2] == [1, 4, 5, 6]
    assert held_at(LOOP, UntilEnd(), UntilPass(5), UntilProgramEnd())[2] == [1, 2, 5]
    assert held_at(LOOP, UntilPass(99))[2] == [1]


@pytest.mark.parametrize("until", [UntilPass(3), UntilProgramEnd()])
def test_a_run_with_passes_that_are_not_held_leaves_the_same_gradients(until):
    plain = outcome(run_plainly(LOOP))["w"]
    stepper, namespace, _ = held_at(LOOP, until)
    assert all(map(same, outcome(namespace)["w"].tolist(), plain.tolist()))
    assert stepper.events[-1].state.pass_index == 6


def test_a_pass_that_has_begun_is_not_run_to():
    refusals = []

    def answer(event):
        with pytest.raises(EngineError) as refusal:
            stepper.controller.holding.step(UntilPass(event.state.pass_index))
        refusals.append(str(refusal.value))
        stepper.controller.holding.step(UntilProgramEnd())

    stepper = Stepper(answer)
    stepper.run(LOOP)
    assert refusals == ["Pass 1 has begun already."]


def test_a_pass_that_fails_is_marked_with_its_error():
    stepper = Stepper()
    with pytest.raises(RuntimeError):
        stepper.run(TWICE, stepping=False)
    assert [(mark.status, mark.error) for mark in stepper.marks.values()] == [
        ("finished", ""),
        ("failed", "RuntimeError"),
    ]


def test_the_norm_of_a_pass_is_that_of_all_gradients_of_its_leaves_together():
    stepper = Stepper()
    stepper.run(TWO_LEAVES, stepping=False)
    assert stepper.marks[1].norm == 5.0


@pytest.mark.parametrize("stepping", [False, True])
def test_a_large_pass_is_measured_where_it_is_told(stepping):
    text = "w = torch.full((1025, 1024), 2.0, requires_grad=True)\nloss = w.sum()\nloss.backward()\n"
    stepper = Stepper(lambda event: stepper.controller.holding.step(UntilEnd()))
    names = stepper.run(text, stepping=stepping)
    mark = stepper.marks[1]
    assert mark.is_measured and mark.norm == pytest.approx(names["w"].grad.norm().item()) and mark.loss is not None
    assert len(stepper.controller.open_pass(1).steps) == 2
