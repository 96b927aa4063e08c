"""A program is held at the first operation that makes a number NaN or infinite, and at none that does so on purpose."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.autograd.finite import check
from tests.engine.finite import found_in, run
from tests.engine.programs import PROGRAMS, differences, outcome, run_plainly

# What people report, with the line, the sub-expression and the words of what is found.
REPORTS = {
    "a loss of log(0)": (
        "p = torch.softmax(torch.tensor([0.0, 200.0]), 0)\nt = torch.tensor([1.0, 0.0])\n"
        "loss = -(t * torch.log(p)).sum()\n",
        (3, "torch.log(p)", "log of 0"),
    ),
    "a distance of equal points": (
        "a = torch.zeros(3, requires_grad=True)\nd = torch.sqrt((a ** 2).sum())\nd.backward()\n",
        (2, "torch.sqrt((a ** 2).sum())", "sqrt at 0"),
    ),
    "a distance of equal points, times a mask": (
        "a = torch.zeros(3, requires_grad=True)\nd = (torch.sqrt((a ** 2).sum()) * 0)\nd.backward()\n",
        (2, "torch.sqrt((a ** 2).sum())", "0 · inf, as behind where"),
    ),
    "the branch of where that is not taken": (
        "x = torch.tensor([0.0, 4.0], requires_grad=True)\ny = torch.where(x > 0, x.sqrt(), x)\ny.sum().backward()\n",
        (2, "x.sqrt()", "0 · inf, as behind where"),
    ),
    "a row that is masked whole": (
        "s = torch.randn(2, 3)\ns[1] = float('-inf')\na = F.softmax(s, dim=-1)\n",
        (3, "F.softmax(s, dim=-1)", "a row of all -inf"),
    ),
    "a mean over nothing": (
        "x = torch.randn(4)\nloss = x[x > 100].mean()\n",
        (2, "x[x > 100].mean()", "mean of nothing"),
    ),
    "a batch of ignored targets": (
        "logits = torch.randn(4, 5)\nloss = F.cross_entropy(logits, torch.full((4,), -100))\n",
        (2, "F.cross_entropy(logits, torch.full((4,), -100))", "no target left"),
    ),
    "a masked mean": (
        "mask = torch.zeros(2, 3)\nx = torch.randn(2, 3)\nm = (x * mask).sum(1) / mask.sum(1)\n",
        (3, "(x * mask).sum(1) / mask.sum(1)", "0 / 0"),
    ),
    "a normalised zero": (
        "x = torch.zeros(2, 3)\nn = x / x.norm(dim=1, keepdim=True)\n",
        (2, "x / x.norm(dim=1, keepdim=True)", "0 / 0"),
    ),
    "an overflow of exp": (
        "x = torch.tensor([1.0, 100.0])\ny = x.exp() / x.exp().sum()\n",
        (2, "x.exp()", "exp overflow"),
    ),
    "float16 attention": (
        "q = torch.full((2, 64), 40.0, dtype=torch.float16)\ns = q @ q.T\n",
        (2, "q @ q.T", "float16 overflow"),
    ),
    "a learning rate too high": (
        "w = torch.tensor(1.0, requires_grad=True)\no = torch.optim.SGD([w], lr=1e6)\n"
        "for i in range(7):\n    o.zero_grad()\n    loss = (w * 3) ** 2\n    loss.backward()\n    o.step()\n",
        (5, "(w * 3) ** 2", "numbers that grew too large"),
    ),
    "NaN in the data": (
        "import numpy as np\nx = torch.from_numpy(np.array([1.0, np.nan]))\nloss = (x * 2).mean()\n",
        (3, "x * 2", "NaN in the data"),
    ),
    "a weight that NaN was written into": (
        "m = nn.Linear(2, 2)\nwith torch.no_grad():\n    m.weight[1, 0] = float('nan')\ny = m(torch.ones(1, 2))\n",
        (4, "m(torch.ones(1, 2))", "NaN in the data"),
    ),
    "a negative base": (
        "x = torch.tensor([-8.0])\ny = x ** (1 / 3)\n",
        (2, "x ** (1 / 3)", "fractional power of a negative number"),
    ),
    "an arc cosine beyond 1": (
        "c = torch.tensor([1.0001])\na = torch.acos(c)\n",
        (2, "torch.acos(c)", "outside of the domain"),
    ),
    "a spread of one": ("x = torch.ones(1)\nz = x / x.std()\n", (2, "x.std()", "spread of one number")),
    "infinities that cancel": (
        "m = torch.tensor([float('-inf')])\nx = m - m\n",
        (2, "m - m", "inf - inf"),
    ),
    "inside a function, under no_grad": (
        "def ratio(a, b):\n    return a / b\nwith torch.no_grad():\n    r = ratio(torch.ones(2), torch.zeros(2))\n",
        (2, "a / b", "division by 0"),
    ),
    "in place": ("x = torch.ones(2)\nx /= torch.zeros(2)\n", (2, "x /= torch.zeros(2)", "division by 0")),
}


@pytest.mark.filterwarnings("ignore:std")
@pytest.mark.parametrize("name", REPORTS)
def test_what_people_report_is_found_at_its_expression_with_its_cause(name):
    text, expected = REPORTS[name]
    first = found_in(text)[0]
    assert (first.source.line, first.source.text, first.brief) == expected
    assert first.n_bad and first.cells and first.parts[-1].is_made
    assert first.cure is not None and first.said.text.startswith(first.source.text)


CURES = {
    "x = torch.tensor([1.0, -1.0]).log()": ("log of a negative number", "Clamp it first, as in torch.log(x.clamp"),
    "x = torch.tensor([1.0, 0.0]).log()": ("log of 0", "Add a small number first"),
    "x = torch.xlogy(torch.tensor([0.5]), torch.tensor([0.0]))": ("log of 0", "Add a small number first"),
    "x = torch.xlogy(torch.tensor([0.5]), torch.tensor([-1.0]))": ("log of a negative number", "Clamp it first"),
    "x = torch.xlogy(torch.tensor([0.0]), torch.tensor([1.0])) + torch.logit(torch.tensor([0.0]))": (
        "logit of 0", "Clamp the argument to where the function is defined",
    ),
    "x = torch.logit(torch.tensor([-0.5]))": ("outside of the domain", "Clamp the argument"),
    "x = F.kl_div(torch.randn(3, 4).log_softmax(1), torch.randn(3, 4).log_softmax(1), reduction='batchmean')": (
        "a target below 0", "Give it probabilities as target",
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", CURES)
def test_the_cure_is_one_of_that_very_cause(text):
    brief, cure = CURES[text]
    found = found_in(text)[-1]
    assert found.brief == brief and found.cure is not None
    assert found.cure.text.startswith(cure)


PASSING = {
    "a causal mask": (
        "s = torch.randn(2, 4, 4)\nmask = torch.triu(torch.full((4, 4), float('-inf')), diagonal=1)\n"
        "a = torch.softmax(s + mask, dim=-1) @ s\n"
    ),
    "masked_fill": (
        "s = torch.randn(4, 4) / 8\ns = s.masked_fill(torch.ones(4, 4).triu(1) == 1, float('-inf'))\n"
        "a = (s * 2).softmax(-1)\n"
    ),
    "an assignment under a mask": "s = torch.randn(4, 4)\ns[s < 0.1] = -torch.inf\ns = s / 2\ns += 1\n",
    "a mask as a list": (
        "m = torch.tensor([[0.0, -float('inf')], [0.0, 0.0]])\na = (torch.randn(2, 2) + m).softmax(-1)\n"
    ),
    "where with a number": "x = torch.randn(5)\ny = torch.where(x > 0, x, -torch.inf)\nbest = y.max()\n",
    "the first value of a maximum": (
        "best = torch.full((3,), float('-inf'))\nfor i in range(3):\n    best = torch.maximum(best, torch.randn(3))\n"
    ),
    "a mask at the end of the range": (
        "keep = torch.zeros(1, 4)\nm = (1.0 - keep) * torch.finfo(torch.float32).min\ntwice = m + m\n"
        "a = twice.clamp(min=-1e30)\n"
    ),
    "a mask of float16": ("m = torch.full((1, 4), torch.finfo(torch.float16).min, dtype=torch.float16)\ns = m - 20\n"),
    "fused attention with a mask": (
        "q = torch.randn(1, 2, 4, 8)\nm = torch.ones(4, 4).tril() == 1\n"
        "y = F.scaled_dot_product_attention(q, q, q, attn_mask=m)\n"
        "z = F.scaled_dot_product_attention(q, q, q, attn_mask=torch.zeros(4, 4).masked_fill(~m, float('-inf')))\n"
    ),
    "a transformer with a padding mask": (
        "layer = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)\n"
        "padding = torch.tensor([[False, False, True], [False, False, False]])\n"
        "y = layer(torch.randn(2, 3, 8), src_key_padding_mask=padding)\n"
    ),
    "missing data that is filled": (
        "x = torch.tensor([[1.0, float('nan')]])\nm = torch.isnan(x)\nx = torch.nan_to_num(x)\ny = x * 2\n"
    ),
    "places of missing data that are filled later": (
        "x = torch.ones(3)\nx[1] = float('nan')\nmean = x.nanmean()\nx = torch.nan_to_num(x)\ny = x * 2\n"
    ),
    "memory before it is filled": (
        "x = torch.empty(100)\nx.normal_()\ny = torch.empty_like(x).copy_(x)\nw = nn.Linear(4, 4)\n"
    ),
    "a number beyond the sum's range": "x = torch.full((100,), 1e38)\ny = x / 2\n",
    "a float16 beyond the sum's range": "x = torch.full((100,), 6e4, dtype=torch.float16)\ny = x / 2\n",
}


def test_a_weight_that_a_module_takes_has_its_name():
    text = REPORTS["a weight that NaN was written into"][0]
    (found,) = found_in(text)
    assert [one.name for one in found.parts][:3] == ["operand 1", "m.weight", "m.bias"]
    assert "m.weight held NaN before" in found.said.text


@pytest.mark.parametrize("name", PASSING)
def test_an_infinity_on_purpose_stops_nothing(name):
    assert found_in(PASSING[name]) == []


def test_an_infinity_that_passed_is_still_found_where_it_turns_to_nan():
    text = "m = torch.full((2, 2), float('-inf'))\nm = m * 1\na = m.softmax(-1)\n"
    assert [(one.source.line, one.kind) for one in found_in(text)] == [(3, "NaN")]


def test_what_follows_from_a_nan_is_no_news():
    text = "x = torch.tensor([-1.0])\ny = x.sqrt()\nz = y * 2\ny.add_(1)\nw = torch.stack([y, z]).sum() / z\n"
    assert [one.source.line for one in found_in(text)] == [2]


LOOP = """\
torch.manual_seed(3)
model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for i in range(50):
    x = torch.randn(16, 4)
    scale = torch.tensor(float(36 - i))
    optimizer.zero_grad()
    loss = (model(x) ** 2).mean() + (1 / scale - 1 / scale)
    loss.backward()
    optimizer.step()
"""


def test_a_training_loop_is_held_in_the_pass_where_it_turns():
    found, namespace = run(LOOP)
    first = found[0]
    assert (first.source.line, first.source.text, first.kind) == (8, "1 / scale", "Inf")
    assert [cell.texts for cell in first.cells] == [("0", "inf")]
    assert namespace["i"] == 49


@pytest.mark.parametrize(
    "name", ["GPT-2", "GPT-2 with dropout", *sorted(set(PROGRAMS) - {"GPT-2", "GPT-2 with dropout"})]
)
def test_programs_in_order_are_never_held_and_leave_the_same_bits(name):
    found, namespace = run(PROGRAMS[name])
    assert found == []
    assert differences(outcome(namespace), outcome(run_plainly(PROGRAMS[name]))) == []


def test_a_broken_weight_of_gpt2_is_found_in_its_layer():
    text = PROGRAMS["GPT-2"].replace(
        "loss =", "with torch.no_grad():\n    model.transformer.h[1].mlp.c_fc.weight.mul_(1e38)\nloss ="
    )
    first = found_in(text)[0]
    assert (first.operation, first.brief) == ("F.layer_norm", "numbers that grew too large")


def test_looking_makes_no_node_and_no_random_number():
    text = (
        "torch.manual_seed(1)\nx = torch.randn(3, requires_grad=True)\ny = (x / 2).exp()\n"
        "n = y.grad_fn._sequence_nr() - {}\nr = torch.rand(2)\n"
    )
    text = text.format("torch.autograd._get_sequence_nr()")
    _, watched = run(text)
    plain = run_plainly(text)
    assert watched["n"] == plain["n"] and watched["y"]._version == 0
    assert torch.equal(watched["r"], plain["r"])


STEPS = (
    "x = x + 1",
    "x = x * 2",
    "x = x - 3",
    "x = x.exp()",
    "x = x.log()",
    "x = x.sqrt()",
    "x = 1 / x",
    "x = x.tanh()",
    "x = x.view(3, 1).view(3)",
)


def _first_bad_line(text):
    """Where plain Python first meets a result that is not finite."""
    namespace = {"torch": torch}
    for number, line in enumerate(text.splitlines(), 1):
        exec(line, namespace)
        if not bool(torch.isfinite(namespace["x"]).all()):
            return number
    return None


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(STEPS), min_size=1, max_size=12),
    st.lists(st.sampled_from((0.0, -1.0, 0.5, 3.0, 90.0)), min_size=3, max_size=3),
    st.booleans(),
)
def test_the_stop_is_at_the_first_operation_in_the_order_of_the_program(lines, numbers, has_graph):
    text = "\n".join([f"x = torch.tensor({numbers}, requires_grad={has_graph})", *lines]) + "\n"
    found = found_in(text)
    assert (found[0].source.line if found else None) == _first_bad_line(text)


def n_reads(text, monkeypatch):
    """How often a program waits for its device, which the CPU stands for, while NaN is looked for."""
    reads = []
    monkeypatch.setattr(check, "waits", lambda tensor: True)
    monkeypatch.setattr(check, "_item", lambda tensor: reads.append(1) or tensor.item())
    found, _ = run(text)
    assert found == []
    return len(reads)


def test_on_a_device_an_optimizers_step_is_waited_for_once_for_each_dtype(monkeypatch):
    text = (
        "torch.manual_seed(0)\nmodel = nn.Sequential(*(nn.Linear(4, 4) for _ in range(8)))\n"
        "optimizer = torch.optim.AdamW(model.parameters())\nfor parameter in model.parameters():\n"
        "    parameter.grad = parameter.detach().abs()\n"
    )
    assert n_reads(text + "optimizer.step()\n", monkeypatch) - n_reads(text, monkeypatch) == 1


def test_on_a_device_a_list_of_tensors_is_waited_for_once(monkeypatch):
    text = "tensors = [torch.ones(3) for _ in range(20)]\n"
    assert n_reads(text + "torch._foreach_exp(tensors)\n", monkeypatch) - n_reads(text, monkeypatch) == 1


def test_of_tensors_that_are_waited_for_together_the_bad_one_is_found(monkeypatch):
    monkeypatch.setattr(check, "waits", lambda tensor: True)
    found = found_in("x = torch.tensor([[1.0], [-1.0]])\ny = torch._foreach_sqrt([x[0], x[1]])\n")
    assert [(one.source.line, one.kind) for one in found] == [(2, "NaN")]
