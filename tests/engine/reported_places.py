"""Networks that read the token that their loss asks for, targets that are not shifted, steps that come before the pass,
and a divergence of torch.distributions with its sign turned; each with what mends it."""

from __future__ import annotations

from tests.engine.reported_mistakes import NET, Mistake

WORDS = """\
V, C = 11, 8
ids = torch.randint(0, V, (3, 7))
x, y = ids[:, :-1], ids[:, 1:]
emb, head = nn.Embedding(V, C), nn.Linear(C, V)
"""
RECURRENT = (
    WORDS
    + """\
core = nn.LSTM(C, C, batch_first=True)
h, state = core(emb(x))
loss = F.cross_entropy(head(h).reshape(-1, V), y.reshape(-1))
loss.backward()
"""
)
BOTH_WAYS = RECURRENT.replace("nn.Linear(C, V)", "nn.LazyLinear(V)").replace("nn.LSTM(C, C,", "nn.GRU(C, C,")
CAUSAL = (
    WORDS
    + """\
core = nn.Conv1d(C, C, 3, dilation=2, padding=4)
opt = torch.optim.SGD([*emb.parameters(), *core.parameters(), *head.parameters()], lr=0.1)
for _ in range(2):
    h = emb(x).transpose(1, 2)
    h = h + core(h)[:, :, :6].relu()
    loss = F.cross_entropy(head(h.transpose(1, 2)).flatten(0, 1), y.flatten())
    opt.zero_grad(); loss.backward(); opt.step()
"""
)
TRAINED = (
    NET
    + """\
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad()
    loss.backward()
    opt.step()
"""
)
APART = """\
import torch.distributions as D
enc, dec, x = nn.Linear(6, 4), nn.Linear(2, 6), torch.rand(16, 6)
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()])
mu, spread = enc(x).chunk(2, 1)
q = D.Independent(D.Normal(mu, spread.exp()), 1)
kl = D.kl_divergence(q, D.Independent(D.Normal(torch.zeros(2), torch.ones(2)), 1))
loss = F.mse_loss(dec(q.rsample()), x) + kl.mean()
opt.zero_grad(); loss.backward(); opt.step()
"""


def _wrong(program: str, right: str, wrong: str, code: str, line: int, words: str) -> Mistake:
    """The mistake of a program that is right."""
    assert program.count(right) == 1
    return Mistake(program.replace(right, wrong), wrong, right, code, line, words)


MISTAKES = {
    "targets that are not shifted": _wrong(
        RECURRENT, "y = ids[:, :-1], ids[:, 1:]", "y = ids[:, :-1], ids[:, :-1]", "notice.targets_not_shifted", 11,
        "asks at each of 15 places for the very token that emb(x) (line 10) has read there",
    ),
    "a network that reads from the end, too": _wrong(
        BOTH_WAYS, "batch_first=True", "batch_first=True, bidirectional=True", "notice.answer_from_behind", 10,
        "every place knows the token behind it",
    ),
    "a network that runs along the batch": _wrong(
        RECURRENT, "LSTM(C, C, batch_first=True)", "LSTM(C, C)", "notice.runs_along_batch", 10, "the batch of 3 here",
    ),
    "a convolution that reaches forward": _wrong(
        CAUSAL, "padding=4", "padding=2", "notice.answer_ahead", 13, "lets each place read 2 further on",
    ),
    "steps before the pass": _wrong(
        TRAINED, "    loss.backward()\n    opt.step()\n", "    opt.step()\n    loss.backward()\n",
        "notice.step_without_gradient", 11, "it runs before loss.backward() (line 12)",
    ),
    "a divergence of distributions that is subtracted": _wrong(
        APART, "x) + kl", "x) - kl", "notice.driven_apart", 10, "D.kl_divergence(…)",
    ),
}  # fmt: skip
FINE = {
    "a convolution whose kernel is 0 ahead": CAUSAL.replace("padding=4", "padding=2").replace(
        "    h = emb(x)", "    with torch.no_grad():\n        core.weight[..., 2:] = 0\n    h = emb(x)"
    ),
    "a convolution of what was padded before": CAUSAL.replace("padding=4", "padding=0").replace(
        "core(h)[:, :, :6]", "core(F.pad(h, (4, 0)))"
    ),
    "a sentence that is told from its last state": RECURRENT.replace(
        "y = ids[:, :-1], ids[:, 1:]", "y = ids, ids"
    ).replace("head(h)", "head(h[:, -1:].expand(-1, 7, -1))"),
    "words that are tagged from both sides": BOTH_WAYS.replace("ids[:, 1:]", "torch.randint(0, V, (3, 6))").replace(
        "=True)", "=True, bidirectional=True)"
    ),
    "hidden words that are guessed from both sides": BOTH_WAYS.replace(
        "x, y = ids[:, :-1], ids[:, 1:]",
        "hidden = torch.rand(3, 7) < 0.4\nx, y = ids.masked_fill(hidden, 0), ids.masked_fill(~hidden, -100)",
    ).replace("=True)", "=True, bidirectional=True)"),
    "labels that a model shifts itself": RECURRENT.replace(
        "y = ids[:, :-1], ids[:, 1:]", "y = ids, ids[:, 1:]"
    ).replace("head(h)", "head(h)[:, :-1]"),
    "places first, as torch has them by default": RECURRENT.replace("(3, 7)", "(7, 3)")
    .replace("ids[:, :-1], ids[:, 1:]", "ids[:-1], ids[1:]")
    .replace(", batch_first=True", ""),
    "gradients of several batches before one step": TRAINED.replace("    opt.step()\n", "").replace(
        "    opt.zero_grad()\n", ""
    )
    + "opt.step()\n",
    "a first step that only makes a state": TRAINED.replace("for _", "opt.step()\nfor _"),
    "a divergence of distributions that shrinks": APART,
}
