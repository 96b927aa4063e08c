"""Attention that sees its answers, divergences of other operands or of the wrong sign, losses of probabilities made by
hand, and networks that are measured in training mode; each with what mends it."""

from __future__ import annotations

from tests.engine.reported_mistakes import NET, Mistake

SEQUENCE = """\
V, C, T = 11, 8, 6
emb, kqv, head = nn.Embedding(V, C), nn.Linear(C, 3 * C), nn.Linear(C, V)
ids = torch.randint(0, V, (3, T + 1))
x, y = ids[:, :-1], ids[:, 1:]
"""
BY_HAND = (
    SEQUENCE
    + """\
k, q, v = kqv(emb(x)).chunk(3, -1)
a = q @ k.transpose(-2, -1) * C ** -0.5
a = a.masked_fill(torch.tril(torch.ones(T, T)) == 0, float('-inf'))
out = F.dropout(F.softmax(a, dim=-1), 0.2) @ v
loss = F.cross_entropy(head(out).view(-1, V), y.reshape(-1))
loss.backward()
"""
)
AS_ONE = (
    SEQUENCE
    + """\
k, q, v = kqv(emb(x)).view(3, T, 3, 2, 4).permute(2, 0, 3, 1, 4)
out = F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(3, T, C)
loss = F.cross_entropy(head(out).view(-1, V), y.reshape(-1))
loss.backward()
"""
)
TRANSLATES = """\
V, C = 13, 8
emb, both, head = nn.Embedding(V, C), nn.Transformer(C, 2, 1, 1, 16, batch_first=True), nn.Linear(C, V)
source, target = torch.randint(0, V, (4, 6)), torch.randint(0, V, (4, 7))
mask = nn.Transformer.generate_square_subsequent_mask(6)
out = both(emb(source), emb(target[:, :-1]), tgt_mask=mask)
loss = F.cross_entropy(head(out).flatten(0, 1), target[:, 1:].flatten())
loss.backward()
"""
TO_A_TARGET = """\
net = nn.Linear(4, 3)
x, t = torch.randn(9, 4), torch.randn(9, 3).softmax(1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    logp = net(x).log_softmax(1)
    loss = F.kl_div(logp, t, reduction="batchmean")
    opt.zero_grad(); loss.backward(); opt.step()
"""
LATENT = """\
enc, dec = nn.Linear(6, 4), nn.Linear(2, 6)
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()], lr=1e-2)
x = torch.rand(16, 6)
for _ in range(3):
    mu, lv = enc(x).chunk(2, 1)
    bce = F.binary_cross_entropy_with_logits(dec(mu + torch.randn_like(mu) * (0.5 * lv).exp()), x, reduction="sum")
    kl = -0.5 * torch.sum(1 + lv - mu.pow(2) - lv.exp())
    loss = bce + kl
    opt.zero_grad(); loss.backward(); opt.step()
"""
MEASURED = """\
net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 3))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(8, 4), torch.randint(0, 3, (8,))
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
net.eval()
with torch.no_grad():
    right = (net(x).argmax(1) == y).float().mean()
"""


def _wrong(program: str, right: str, wrong: str, code: str, line: int, words: str) -> Mistake:
    """The mistake of a program that is right."""
    assert program.count(right) == 1
    return Mistake(program.replace(right, wrong), wrong, right, code, line, words)


_SEEN = "notice.answer_seen"
_APART = "notice.driven_apart"
MISTAKES = {
    "a mask the wrong way round": _wrong(
        BY_HAND, "torch.tril", "torch.triu", _SEEN, 12, "of 5 places 5 attend to the token behind them"
    ),
    "a mask that lets one more through": _wrong(BY_HAND, "ones(T, T))", "ones(T, T), 1)", _SEEN, 12, "of 5 places"),
    "a mask of zeros before the softmax": _wrong(
        BY_HAND, "float('-inf')", "0.0", _SEEN, 12, "F.cross_entropy(head(out).view(-1, V), y.reshape(-1)) (line 13)"
    ),
    "a mask that is thrown away": _wrong(BY_HAND, "a = a.masked_fill", "b = a.masked_fill", _SEEN, 12, "can be copied"),
    "attention as one node without a mask": _wrong(AS_ONE, "=True", "=False", _SEEN, 10, "of 5 places"),
    "attention as one node, its mask turned": _wrong(
        AS_ONE, "is_causal=True", "attn_mask=torch.ones(T, T, dtype=torch.bool).triu()", _SEEN, 10, "of 5 places"
    ),
    "a decoder that sees what it is to write": _wrong(TRANSLATES, "=mask", "=None", _SEEN, 9, "of 5 places"),
    "a divergence of scores": _wrong(
        TO_A_TARGET, "net(x).log_softmax(1)", "net(x)", "notice.kl_of_scores", 10, "the loss has no lower end"
    ),
    "a divergence of probabilities made by hand": _wrong(
        TO_A_TARGET, "logp = net(x).log_softmax(1)", "e = net(x).exp(); logp = e / e.sum(1, keepdim=True)",
        "notice.kl_first_no_logarithm", 10, "they add up to 1",
    ),
    "a divergence with its operands exchanged": _wrong(
        TO_A_TARGET, "F.kl_div(logp, t,", "F.kl_div(t, logp,", "notice.kl_first_no_logarithm", 10, "come second"
    ),
    "a divergence to logarithms": _wrong(
        TO_A_TARGET, ".softmax(1)\nopt", ".log_softmax(1)\nopt", "notice.kl_target_no_probability", 10,
        "They are logarithms of probabilities: say log_target=True",
    ),
    "a divergence to scores": _wrong(
        TO_A_TARGET, "torch.randn(9, 3).softmax(1)", "torch.randn(9, 3)", "notice.kl_target_no_probability", 10,
        "Use F.softmax of it before",
    ),
    "a divergence to probabilities that are called logarithms": _wrong(
        TO_A_TARGET, 'reduction="batchmean"', 'reduction="batchmean", log_target=True',
        "notice.kl_target_no_logarithm", 10, "Leave log_target out",
    ),
    "a divergence with a minus": _wrong(TO_A_TARGET, "loss = F.kl", "loss = -F.kl", _APART, 10, "drives the two"),
    "a divergence of its own with its sign turned": _wrong(
        TO_A_TARGET.replace('F.kl_div(logp, t, reduction="batchmean")', "(t * (t.log() - logp)).sum(1).mean()"),
        "t.log() - logp", "logp - t.log()", _APART, 10, "t * (logp - t.log())",
    ),
    "a divergence of a latent without its minus": _wrong(LATENT, "= -0.5 *", "= 0.5 *", _APART, 11, "1 + lv"),
    "a divergence of a latent that is subtracted": _wrong(LATENT, "bce + kl", "bce - kl", _APART, 11, "Turn its sign"),
    "scores that were divided by their sum": _wrong(
        NET + "s = net(x)\nloss = F.cross_entropy(s, y)\nloss.backward()\n", "s = net(x)",
        "s = net(x).exp(); s = s / s.sum(1, keepdim=True)", "notice.probabilities_given", 9,
        "The loss cannot come near 0",
    ),
    "logarithms that were left out": _wrong(
        NET + "e = net(x).exp()\nloss = F.nll_loss((e / e.sum(1, keepdim=True)).log(), y)\nloss.backward()\n",
        ").log()", ").clone()", "notice.probabilities_given", 9, "Take their .log()",
    ),
    "probabilities whose axis of one is gone": _wrong(
        "net, x, y = nn.Linear(4, 1), torch.randn(9, 4), torch.rand(9).round()\n"
        "loss = F.binary_cross_entropy_with_logits(net(x).squeeze(1), y)\nloss.backward()\n",
        "net(x)", "net(x).sigmoid()", "notice.normalised_twice", 6, "the sigmoid of net(x).sigmoid()",
    ),
    "a network that is measured while it drops": _wrong(
        MEASURED, "net.eval()", "net.train()", "notice.measured_in_training", 13, "its dropout drops",
    ),
    "a network that is measured while its norm learns": _wrong(
        MEASURED.replace("nn.Dropout(0.5)", "nn.BatchNorm1d(16)"), "net.eval()", "net.train()",
        "notice.measured_in_training", 13, "its batch norm goes by this batch",
    ),
}  # fmt: skip
FINE = {
    "masked words that are guessed": SEQUENCE
    + """\
hidden = torch.rand(3, T) < 0.4
q, k, v = kqv(emb(x.masked_fill(hidden, 0))).chunk(3, -1)
out = (q @ k.transpose(-2, -1)).softmax(-1) @ v
loss = F.cross_entropy(head(out).view(-1, V), x.masked_fill(~hidden, -100).reshape(-1))
loss.backward()
""",
    "a prefix that may be seen whole": BY_HAND.replace(
        "y = ids[:, :-1], ids[:, 1:]", "y = ids[:, :-1], ids[:, 1:].clone()"
    )
    .replace("k, q, v", "y[:, :3] = -100; mask = torch.tril(torch.ones(T, T)); mask[:, :4] = 1\nk, q, v")
    .replace("torch.tril(torch.ones(T, T)) == 0, float", "mask == 0, float"),
    "a mask of another's memory, its places first": """\
V, C, T = 13, 8, 7
emb, layer, head = nn.Embedding(V, C), nn.TransformerEncoderLayer(C, 2, 16, dropout=0.0), nn.Linear(C, V)
ids = torch.randint(0, V, (T + 1, 4))
out = layer(emb(ids[:-1]), src_mask=nn.Transformer.generate_square_subsequent_mask(T))
loss = F.cross_entropy(head(out).view(-1, V), ids[1:].reshape(-1))
loss.backward()
""",
    "a divergence of each from their middle": """\
a, b = nn.Linear(4, 3), nn.Linear(4, 3)
x = torch.randn(9, 4)
opt = torch.optim.SGD([*a.parameters(), *b.parameters()], lr=0.1)
p, q = a(x).softmax(1), b(x).softmax(1)
middle = (0.5 * (p + q)).log()
loss = F.kl_div(middle, p, reduction="batchmean") + F.kl_div(middle, q, reduction="batchmean")
loss.backward(); opt.step()
""",
    "a perturbation along a divergence": """\
net, x = nn.Linear(4, 3), torch.randn(9, 4)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    clean = net(x).softmax(1).detach()
    d = torch.zeros(9, 4).normal_(0, 0.01).requires_grad_()
    g, = torch.autograd.grad(-F.kl_div(net(x + d).log_softmax(1), clean, reduction="batchmean"), d)
    loss = F.kl_div(net(x - g).log_softmax(1), clean, reduction="batchmean")
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a divergence that an optimizer would make larger": TO_A_TARGET.replace("lr=0.1", "lr=0.1, maximize=True").replace(
        "loss = F.kl", "loss = -F.kl"
    ),
    "an entropy that is made larger": NET
    + """\
for _ in range(3):
    logp = net(x).log_softmax(1)
    loss = F.nll_loss(logp, y) + 0.01 * (logp.exp() * logp).sum(1).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a likelihood of a normal distribution": """\
net, x, y = nn.Linear(4, 2), torch.randn(9, 4), torch.randn(9, 1)
opt = torch.optim.Adam(net.parameters())
mu, lv = net(x).chunk(2, 1)
loss = 0.5 * (lv + (y - mu) ** 2 / lv.exp()).mean()
loss.backward(); opt.step()
""",
    "scores of an identity": "w = torch.eye(3, requires_grad=True)\n"
    "loss = F.cross_entropy(w * 1, torch.tensor([0, 1, 2]))\nloss.backward()\n",
    "samples of a dropout": MEASURED.replace("net.eval()", "net.train()").replace(
        "(net(x).argmax(1) == y).float().mean()", "torch.stack([net(x) for _ in range(5)]).std(0)"
    ),
    "a sequence that is told again behind an encoder": """\
V = 12
emb, net, head = nn.Embedding(V, 8), nn.Transformer(8, 2, 1, 1, 16, dropout=0.0, batch_first=True), nn.Linear(8, V)
ids = torch.randint(0, V, (3, 6))
mask = nn.Transformer.generate_square_subsequent_mask(5)
loss = F.cross_entropy(head(net(emb(ids), emb(ids[:, :-1]), tgt_mask=mask)).flatten(0, 1), ids[:, 1:].flatten())
loss.backward()
""",
    "a guess about what has no label, which the same network learns": MEASURED.split("for _")[0]
    + """\
u = torch.randn(8, 4)
for _ in range(2):
    with torch.no_grad():
        guess = net(u).softmax(1) ** 2
        guess = guess / guess.sum(1, keepdim=True)
    loss = F.cross_entropy(net(x), y) + (net(u).softmax(1) - guess).square().mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a generator that makes data for its judge": """\
G = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Linear(8, 2))
D = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(), nn.Linear(8, 1))
og, od = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
for _ in range(3):
    with torch.no_grad():
        fake = G(torch.randn(8, 3))
    loss = F.softplus(-D(torch.randn(8, 2))).mean() + F.softplus(D(fake)).mean()
    od.zero_grad(); loss.backward(); od.step()
    loss = F.softplus(-D(G(torch.randn(8, 3)))).mean()
    og.zero_grad(); loss.backward(); og.step()
""",
    "a size that a first call tells": """\
body = nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.Dropout(0.2))
with torch.no_grad():
    n = body(torch.zeros(2, 4)).shape[1]
net = nn.Sequential(body, nn.Linear(n, 3))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    loss = F.cross_entropy(net(torch.randn(8, 4)), torch.randint(0, 3, (8,)))
    opt.zero_grad(); loss.backward(); opt.step()
""",
}
