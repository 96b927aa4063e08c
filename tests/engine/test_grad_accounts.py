"""The account of a leaf's .grad: every pass that added to it since it was empty, and a zero_grad that was forgotten."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.accounts import GradAccount
from tests.engine.client import Client

LOOP = """import torch
torch.manual_seed(0)
x, y = torch.randn(8, 3), torch.randn(8)
w = torch.randn(3, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.1)
norms = []
for step in range(4):
    ZERO
    before = 0.0 if w.grad is None else w.grad.norm().item()
    loss = ((x @ w - y) ** 2).mean()
    loss.backward()
    norms.append((before, w.grad.norm().item()))
    STEP
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def account(engine: Client, *, zero: str = "pass", step: str = "optimizer.step()") -> tuple[GradAccount, list[str]]:
    """Of w after the loop, and the codes of the notices of the run."""
    engine.run(LOOP.replace("ZERO", zero).replace("STEP", step))
    finished = [event for event in engine.events if isinstance(event, m.Finished)][-1]
    assert finished.error is None, finished.error
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    (node,) = [one.id for one in graph.nodes if one.kind == "accumulate"]
    answer = engine.ask(m.AskAccount(graph=graph.id, node=node))
    assert isinstance(answer, m.AccountShown), answer
    return answer.account, [notice.said.code for notice in finished.notices]


def test_a_forgotten_zero_grad_is_told_with_every_deposit(engine: Client) -> None:
    found, codes = account(engine)
    assert "notice.not_zeroed" in codes
    assert (found.is_forgotten, found.n_deposits, found.is_written_since) == (True, 4, False)
    assert [one.pass_index for one in found.deposits] == [1, 2, 3, 4]
    assert [one.is_updated for one in found.deposits] == [False, True, True, True]
    assert found.deposits[0].before is None and all(one.before for one in found.deposits[1:])
    assert all(one.norm and one.line == 11 for one in found.deposits)
    assert found.said is not None and found.said.code == "account.forgotten"
    assert "from 3 passes before: zero_grad was not called" in found.said.text


MICRO_BATCHES = """import torch
w, x = torch.ones(3, requires_grad=True), torch.ones(3)
optimizer = torch.optim.SGD([w], lr=0.1)
for step in range(3):
    ZERO
    for part in range(2):
        loss = (w * x).sum() / 2
        loss.backward()
    optimizer.step()
"""


@pytest.mark.parametrize(
    ("zero", "n_deposits", "code"), [("pass", 6, "forgotten"), ("w.grad = None", 2, "micro_batches")]
)
def test_a_zero_grad_is_missed_between_steps_of_several_micro_batches(
    engine: Client, zero: str, n_deposits: int, code: str
) -> None:
    engine.run(MICRO_BATCHES.replace("ZERO", zero))
    finished = [event for event in engine.events if isinstance(event, m.Finished)][-1]
    is_forgotten = code == "forgotten"
    assert finished.error is None
    assert [notice.said.code for notice in finished.notices] == ["notice.not_zeroed"] * is_forgotten
    found = engine.ask(m.AskAccount(name="w")).account
    assert (found.n_deposits, found.is_forgotten) == (n_deposits, is_forgotten)
    assert found.said is not None and found.said.code == f"account.{code}"


def test_what_a_generators_pass_leaves_in_the_discriminator_is_no_forgotten_zero_grad(engine: Client) -> None:
    engine.run("""import torch
g, d = torch.ones(3, requires_grad=True), torch.ones(3, requires_grad=True)
of_g, of_d = torch.optim.SGD([g], lr=0.1), torch.optim.SGD([d], lr=0.1)
for step in range(3):
    of_d.zero_grad()
    (d * g.detach()).sum().backward()
    of_d.step()
    of_g.zero_grad()
    for part in range(2):
        loss = (d * g).sum() / 2
        loss.backward()
    of_g.step()
""")
    finished = [event for event in engine.events if isinstance(event, m.Finished)][-1]
    assert finished.error is None and finished.notices == ()
    found = engine.ask(m.AskAccount(name="d")).account
    assert (found.n_deposits, found.is_forgotten) == (3, True), "the sum itself is told"


def test_a_variable_that_is_a_leaf_has_the_account_of_its_node(engine: Client) -> None:
    found, _ = account(engine)
    by_name = engine.ask(m.AskAccount(name="w"))
    assert isinstance(by_name, m.AccountShown), by_name
    assert by_name.account.deposits == found.deposits and by_name.account.said == found.said
    refused = engine.ask(m.AskAccount(name="step"))
    assert isinstance(refused, m.Failed) and refused.code == "variable.no_tensor", refused


@pytest.mark.parametrize("to_none", [True, False], ids=["emptied", "filled with zeros"])
def test_after_zero_grad_a_pass_is_alone(engine: Client, to_none: bool) -> None:
    found, codes = account(engine, zero=f"optimizer.zero_grad(set_to_none={to_none})")
    assert "notice.not_zeroed" not in codes
    assert (found.n_deposits, found.is_forgotten, found.deposits[0].pass_index) == (1, False, 4)
    assert found.said is not None and found.said.code == "account.alone"


def test_passes_without_an_update_in_between_are_micro_batches(engine: Client) -> None:
    found, codes = account(engine, step="pass")
    assert "notice.not_zeroed" not in codes
    assert (found.n_deposits, found.is_forgotten) == (4, False)
    assert found.said is not None and found.said.code == "account.micro_batches"
    assert found.grad == pytest.approx(4 * found.deposits[0].norm)


def test_what_was_written_after_the_pass_is_said(engine: Client) -> None:
    found, _ = account(engine, zero="optimizer.zero_grad()", step="torch.nn.utils.clip_grad_norm_([w], 0.01)")
    assert found.is_written_since and found.grad == pytest.approx(0.01, rel=1e-3)


def test_a_leaf_that_no_pass_reached_has_no_account(engine: Client) -> None:
    engine.run("import torch\nv = torch.ones(2, requires_grad=True)\nz = (v * 2).sum()\n")
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    (node,) = [one.id for one in graph.nodes if one.kind == "accumulate"]
    assert engine.ask(m.AskAccount(graph=graph.id, node=node)).account == GradAccount(node)


def test_of_an_earlier_pass_the_account_is_told_as_it_was_then(engine: Client) -> None:
    newest, _ = account(engine)
    for index in (1, 3):
        graph = engine.ask(m.OpenPass(index=index)).graph
        (node,) = [one.id for one in graph.nodes if one.kind == "accumulate"]
        then = engine.ask(m.AskAccount(graph=graph.id, node=node)).account
        assert then.is_earlier and then.n_deposits == index and then.is_forgotten == (index > 1)
        assert then.deposits == newest.deposits[index - 1 : index] and then.said is not None
        assert ("1 pass" if index == 2 else "2 passes") in then.said.text or index == 1
        saved = engine.ask(m.AskSaved(graph=graph.id, node=graph.nodes[0].id)).saved
        assert saved.is_earlier and not saved.tensors


def test_a_pass_that_failed_counts_with_what_it_added_before(engine: Client) -> None:
    engine.run(
        "import torch\nclass Fails(torch.autograd.Function):\n"
        "    @staticmethod\n    def forward(ctx, x): return x * 1\n"
        "    @staticmethod\n    def backward(ctx, g): raise ValueError('no')\n"
        "w = torch.ones(2, requires_grad=True)\nv = torch.ones(2, requires_grad=True)\n"
        "failing = Fails.apply(v)\n"
        "for k in range(2):\n"
        "    try:\n        (failing.sum() + w.sum()).backward(retain_graph=True)\n"
        "    except ValueError:\n        pass\n"
        "loss = w.sum()\nloss.backward()\n"
    )
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    (node,) = [one.id for one in graph.nodes if one.kind == "accumulate"]
    found = engine.ask(m.AskAccount(graph=graph.id, node=node)).account
    assert [one.pass_index for one in found.deposits] == [1, 2, 3]
