"""Programs of which a gradient is missing, wrong or gone, as people post them, and others that only look so."""

HEAD = """\
import torch
from torch import nn
import torch.nn.functional as F
torch.manual_seed(0)
"""
NET = """\
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
"""

# By name: the program, the code of what is told, its line, and words of it.
TOLD = {
    "a penalty that is a number": (
        NET
        + """\
x, y = torch.randn(6, 4), torch.randn(6, 3)
penalty = sum(p.square().sum() for p in net.parameters())
loss = F.mse_loss(net(x), y) + 0.1 * float(penalty)
loss.backward()
""",
        "notice.number_added",
        8,
        "0.1 * float(penalty) is a number in F.mse_loss(net(x), y) + 0.1 * float(penalty) (line 8): float(penalty)",
    ),
    "norms that are collected as numbers": (
        NET
        + """\
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randn(6, 3)
for _ in range(3):
    total = 0.0
    for p in net.parameters():
        total += p.norm().item()
    loss = F.mse_loss(net(x), y)
    loss = loss + 0.01 * total
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.number_added",
        13,
        "0.01 * total is a number in loss + 0.01 * total (line 13): p.norm().item() (line 11) took it out of the graph",
    ),
    "a factor behind which a leaf is": (
        """\
a, b = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
size = (b * b).sum()
scale = float(size)
loss = (a * scale).sum()
loss.backward()
""",
        "notice.number_added",
        8,
        "scale is a number in a * scale (line 8): float(size) (line 7)",
    ),
    "a policy whose standard deviation is rectified": (
        """\
policy, obs = nn.Linear(4, 4), torch.randn(8, 4)
mean, spread = policy(obs).chunk(2, 1)
policies = torch.distributions.Normal(mean, F.relu(spread) + 1e-6)
loss = -policies.log_prob(policies.sample()).mean()
loss.backward()
""",
        "notice.zero_logarithm",
        7,
        "F.relu(spread) (line 7) is 0 in ",
    ),
    "a likelihood whose scale is rectified to nothing": (
        """\
net, x, y = nn.Linear(4, 2), torch.randn(8, 4), torch.randn(8)
with torch.no_grad():
    net.bias[1] = -9.0
mean, raw = net(x).unbind(1)
scale = F.relu(raw) + 1e-3
loss = (scale.log() + (y - mean) ** 2 / (2 * scale ** 2)).mean()
loss.backward()
""",
        "notice.zero_logarithm",
        9,
        "is 0 in 8 of 8 elements, and scale.log() (line 10) takes the logarithm of it",
    ),
    "the prediction is detached and the target requires a gradient": (
        NET
        + """\
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randn(6, 3)
y.requires_grad_()
for _ in range(3):
    opt.zero_grad()
    pred = net(x).detach()
    loss = F.mse_loss(pred, y)
    loss.backward()
    opt.step()
""",
        "notice.cut_from_step",
        11,
        "",
    ),
    "the value is detached in place of the target": (
        """\
q, q_target = nn.Linear(4, 2), nn.Linear(4, 2)
opt = torch.optim.Adam(q.parameters(), lr=1e-3)
s, s2, a, r = torch.randn(8, 4), torch.randn(8, 4), torch.randint(0, 2, (8,)), torch.randn(8)
for _ in range(3):
    value = q(s).gather(1, a[:, None]).squeeze(1).detach()
    target = r + 0.99 * q_target(s2).max(1).values
    loss = F.mse_loss(value, target)
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
        "notice.cut_from_step",
        9,
        "",
    ),
    "the student runs under no_grad and the teacher does not": (
        """\
teacher, student = nn.Linear(4, 3), nn.Linear(4, 3)
x = torch.randn(6, 4)
opt = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(3):
    with torch.no_grad():
        out = student(x)
    loss = F.kl_div(F.log_softmax(out, 1), F.softmax(teacher(x), 1), reduction="batchmean")
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.cut_from_step",
        10,
        "",
    ),
    "an optimizer of frozen parameters alone": (
        """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone, self.head = nn.Linear(4, 8), nn.Linear(8, 3)
    def forward(self, x):
        return self.head(F.relu(self.backbone(x)))
net = Net()
net.backbone.requires_grad_(False)
opt = torch.optim.Adam(net.backbone.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randn(6, 3)
for _ in range(3):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.frozen_at",
        12,
        "net.backbone.weight, net.backbone.bias",
    ),
    "a body that is frozen in place of the old head": (
        NET
        + """\
opt = torch.optim.SGD(net.parameters(), lr=0.1)
net.requires_grad_(False)
net[2] = nn.Linear(8, 3)
x, y = torch.randn(6, 4), torch.randn(6, 3)
for _ in range(3):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.frozen_at",
        7,
        "net.0.weight, net.0.bias",
    ),
    "a module that is told to require no gradient": (
        NET
        + """\
net[0].requires_grad = False
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randn(6, 3)
loss = F.mse_loss(net(x), y)
opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.not_frozen",
        0,
        "Call net.0.requires_grad_(False).",
    ),
    "the gradient of a result": (
        """\
x = torch.ones(3, requires_grad=True)
h = x * 2
h.sum().backward()
print(h.grad)
""",
        "grad.of_computed",
        8,
        "h.retain_grad()",
    ),
    "the gradient of what was converted": (
        """\
w = torch.randn(3, requires_grad=True).double()
loss = (w ** 2).sum()
loss.backward()
print(w.grad)
""",
        "grad.of_copy",
        8,
        "",
    ),
    "the gradient of a name that was bound anew": (
        """\
w = torch.randn(3, requires_grad=True)
loss = (w ** 2).sum()
loss.backward()
w = w - 0.1 * w.grad
loss = (w ** 2).sum()
loss.backward()
print(w.grad)
""",
        "grad.of_update",
        11,
        "under torch.no_grad(), w -= …",
    ),
    "an optimizer of a tensor whose name is another's": (
        """\
w = torch.randn(3, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
w = w * 2
for _ in range(2):
    loss = (w.detach().requires_grad_() ** 2).sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.cut_from_step",
        9,
        "",
    ),
    "a clamp that all values lie outside of": (
        """\
net = nn.Linear(4, 3)
x, y = torch.randn(6, 4), torch.randn(6, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    out = (net(x) * 100).clamp(0, 1)
    loss = F.mse_loss(out, y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "zero.limited",
        9,
        "",
    ),
    "a clamp that nearly all values lie outside of": (
        """\
net = nn.Linear(4, 3)
x, y = torch.randn(6, 4), torch.randn(6, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    out = (net(x) * 5).clamp(0, 1)
    loss = F.mse_loss(out, y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.limited",
        9,
        "of 17 of 18 elements",
    ),
    "a one-hot tensor that is made to require a gradient": (
        """\
net = nn.Linear(4, 3)
x = torch.randn(6, 4)
pred = net(x).argmax(1)
onehot = F.one_hot(pred, 3).float().requires_grad_()
loss = (onehot * torch.randn(6, 3)).sum()
loss.backward()
""",
        "graph.leaf_cut_off",
        7,
        "onehot is a new leaf",
    ),
    "a rectifier at the end that is never above 0": (
        """\
net = nn.Sequential(nn.Linear(4, 1), nn.ReLU())
with torch.no_grad():
    net[0].bias.fill_(-10.)
x, y = torch.randn(6, 4), torch.rand(6, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "zero.rectified",
        11,
        "",
    ),
    "a parameter as a float within a formula": (
        """\
net = nn.Linear(4, 3)
s = nn.Parameter(torch.tensor(2.0))
x, y = torch.randn(6, 4), torch.randn(6, 3)
opt = torch.optim.SGD([*net.parameters(), s], lr=0.1)
for _ in range(3):
    loss = F.mse_loss(net(x) * float(s), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.taken_as_number",
        10,
        "s got no gradient: float(s) (line 10)",
    ),
    "a parameter as an item": (
        """\
a, b = torch.tensor(1.0, requires_grad=True), torch.tensor(2.0, requires_grad=True)
x, y = torch.randn(6), torch.randn(6)
loss = ((a * x + b.item() - y) ** 2).mean()
loss.backward()
print(b.grad)
""",
        "notice.taken_as_number",
        7,
        "b got no gradient: b.item()",
    ),
    "features as lists": (
        """\
net, head = nn.Linear(4, 3), nn.Linear(3, 1)
x, y = torch.randn(6, 4), torch.randn(6, 1)
h = torch.tensor([net(row).tolist() for row in x])
loss = F.mse_loss(head(h), y)
loss.backward()
""",
        "notice.cut_before",
        7,
        "net.weight, net.bias",
    ),
    "features by way of NumPy": (
        """\
import numpy as np
net, head = nn.Linear(4, 3), nn.Linear(3, 1)
x, y = torch.randn(6, 4), torch.randn(6, 1)
opt = torch.optim.SGD([*net.parameters(), *head.parameters()], lr=.1)
h = np.tanh(net(x).detach().numpy())
loss = F.mse_loss(head(torch.from_numpy(h)), y)
loss.backward()
opt.step()
""",
        "notice.cut_before",
        9,
        "net(x).detach().numpy()",
    ),
    "sums by an index that repeats": (
        """\
values = torch.randn(5, requires_grad=True)
idx = torch.tensor([0, 1, 1, 2, 0])
out = torch.zeros(3)
out[idx] += values
loss = (out ** 2).sum()
loss.backward()
print(values.grad)
""",
        "notice.repeated_index",
        8,
        "5 values to 3 places",
    ),
    "index_put without accumulate": (
        """\
values = torch.randn(5, requires_grad=True)
idx = torch.tensor([0, 1, 1, 2, 0])
out = torch.zeros(3).index_put((idx,), values)
loss = (out ** 2).sum()
loss.backward()
""",
        "notice.repeated_index",
        7,
        "5 values to 3 places",
    ),
    "scatter in place of scatter_add": (
        """\
values = torch.randn(5, requires_grad=True)
idx = torch.tensor([0, 1, 1, 2, 0])
out = torch.zeros(3).scatter(0, idx, values)
loss = (out ** 2).sum()
loss.backward()
""",
        "notice.repeated_index",
        7,
        "5 values to 3 places",
    ),
    "messages along the edges of a graph": (
        """\
src, dst = torch.tensor([0, 1, 2, 3]), torch.tensor([1, 1, 0, 1])
h = nn.Linear(4, 2)(torch.randn(4, 4))
agg = torch.zeros(4, 2)
agg[dst] = agg[dst] + h[src]
loss = (agg ** 2).mean()
loss.backward()
""",
        "notice.repeated_index",
        8,
        "4 values to 2 places",
    ),
    "units that Adam kills at a rate of 10": (
        NET
        + """\
opt = torch.optim.Adam(net.parameters(), lr=10.0)
x, y = torch.rand(6, 4), torch.randn(6, 3)
for _ in range(8):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.died_after_step",
        9,
        "since pass 4",
    ),
    "units that a step by hand kills": (
        """\
w = torch.randn(4, 8, requires_grad=True); b = torch.zeros(8, requires_grad=True)
v = torch.randn(8, 1, requires_grad=True)
x, y = torch.rand(6, 4), torch.randn(6, 1) + 5
for _ in range(6):
    h = torch.relu(x @ w + b)
    loss = ((h @ v - y) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        for p in (w, b, v):
            p -= 1.0 * p.grad
            p.grad = None
""",
        "notice.died_after_step",
        9,
        "since pass 3",
    ),
    "units that one step kills": (
        NET
        + """\
opt = torch.optim.SGD(net.parameters(), lr=20.0)
x, y = torch.rand(6, 4), torch.randn(6, 3) + 5
for i in range(4):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    opt.param_groups[0]["lr"] = 0.001
""",
        "notice.died_after_step",
        9,
        "the step after pass 1 was far too large",
    ),
    "units that a bias silences": (
        NET
        + """\
x, y = torch.rand(6, 4), torch.randn(6, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.01)
for i in range(4):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    if i == 1:
        net[0].bias.data.fill_(-9)
""",
        "notice.died",
        9,
        "since pass 3; in pass 2 it did",
    ),
    "a line that is fitted at too high a rate": (
        """\
x = torch.arange(10.).unsqueeze(1); y = 2 * x + 1
net = nn.Linear(1, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(20):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.rising_with_rate",
        10,
        "From pass 2 on",
    ),
    "a rate by hand that ends at NaN": (
        """\
x = torch.arange(10.); y = 2 * x + 1
w = torch.zeros(1, requires_grad=True)
for _ in range(60):
    loss = ((w * x - y) ** 2).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
""",
        "notice.rising",
        9,
        "and nan in pass 60",
    ),
    "a rate that was raised": (
        """\
net = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.05)
x, y = torch.randn(20, 4), torch.randn(20, 1)
for i in range(40):
    if i == 20: opt.param_groups[0]['lr'] = 5.
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.rising_with_rate",
        11,
        "the rate of opt is 5 now",
    ),
    "a loss that is NaN in one pass, whose step spoils the weights": (
        """\
net = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.05)
x, y = torch.randn(20, 4), torch.randn(20, 1)
for i in range(9):
    loss = F.mse_loss(net(x), y)
    if i == 5: loss = loss + (loss - 100).sqrt()
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "notice.loss_not_finite",
        11,
        "In pass 6 of 9 the loss of loss.backward() (line 11) is nan. F7",
    ),
    "a distance of a point to itself": (
        """\
w = torch.randn(3, requires_grad=True)
for i in range(4):
    loss = (w - w.detach()).pow(2).sum().sqrt() + (w * w).sum()
    loss.backward()
""",
        "notice.gradient_not_finite",
        8,
        "In pass 1 of 4, of loss.backward() (line 8), gradients are NaN or infinite",
    ),
}

# Nothing is told of these.
MEANT = {
    "losses weighed by their sizes, and sums that are printed": NET
    + """\
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y, seen, eps = torch.randn(6, 4), torch.randn(6, 3), 0.0, 1e-6
for _ in range(3):
    out = net(x)
    fit, size = F.mse_loss(out, y), out.abs().mean()
    weight = fit.item() / size.item()
    loss = fit + size * weight + eps
    opt.zero_grad(); loss.backward(); opt.step()
    seen += loss.item()
print(seen / 3)
""",
    "features whose logarithm is taken above 1": NET
    + """\
loss = torch.log(F.relu(net(torch.randn(6, 4))) + 1).sum()
loss.backward()
""",
    "a standard deviation that is softplus": """\
policy, obs = nn.Linear(4, 4), torch.randn(8, 4)
mean, spread = policy(obs).chunk(2, 1)
policies = torch.distributions.Normal(mean, F.softplus(spread) + 1e-5)
loss = -policies.log_prob(policies.sample()).mean()
loss.backward()
""",
    "an overflow whose step is skipped": """\
w = torch.ones(3, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
for scale in (3e38, 1.0, 1.0):
    loss = (w * 3).sum()
    opt.zero_grad(); (loss * 1).backward(torch.tensor(scale))
    if w.grad.isfinite().all(): opt.step()
""",
    "a target without a graph, and losses that are printed": """\
q, qt = nn.Linear(4, 2), nn.Linear(4, 2)
opt = torch.optim.Adam(q.parameters(), lr=1e-3)
s, s2, a, r = torch.randn(8, 4), torch.randn(8, 4), torch.randint(0, 2, (8,)), torch.randn(8)
for _ in range(3):
    value = q(s).gather(1, a[:, None]).squeeze(1)
    with torch.no_grad():
        target = r + 0.99 * qt(s2).max(1).values
    loss = F.mse_loss(value, target)
    opt.zero_grad(); loss.backward(); opt.step()
    print(loss.item(), float(value.mean()))
""",
    "a generator and a discriminator": """\
G, D = nn.Linear(2, 4), nn.Linear(4, 1)
og, od = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
bce = nn.BCEWithLogitsLoss()
for _ in range(3):
    fake = G(torch.randn(8, 2))
    od.zero_grad()
    ld = bce(D(torch.randn(8, 4)), torch.ones(8, 1)) + bce(D(fake.detach()), torch.zeros(8, 1))
    ld.backward(); od.step()
    og.zero_grad()
    lg = bce(D(fake), torch.ones(8, 1))
    lg.backward(); og.step()
    print(ld.item(), lg.detach().item())
""",
    "a codebook, whose loss detaches either side": """\
enc, dec = nn.Linear(4, 2), nn.Linear(2, 4)
code = nn.Embedding(5, 2)
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters(), *code.parameters()])
x = torch.randn(8, 4)
for _ in range(2):
    z = enc(x)
    q = code(torch.cdist(z, code.weight).argmin(1))
    loss = F.mse_loss(q.detach(), z) + F.mse_loss(q, z.detach())
    q = z + (q - z).detach()
    loss = loss + F.mse_loss(dec(q), x)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "an input that begins anew at each step": """\
net = nn.Linear(4, 3)
x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
x_adv = x.clone()
for _ in range(3):
    x_adv = x_adv.detach().requires_grad_()
    loss = F.cross_entropy(net(x_adv), y)
    grad, = torch.autograd.grad(loss, x_adv)
    x_adv = (x + (x_adv + 0.1 * grad.sign() - x).clamp(-0.3, 0.3)).clamp(-1, 1)
""",
    "triplets that are all satisfied": """\
net = nn.Linear(4, 2)
a, p, n = torch.randn(6, 4), torch.randn(6, 4), torch.randn(6, 4)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
loss = F.relu((net(a) - net(p)).pow(2).sum(1) - (net(a) - net(n)).pow(2).sum(1) - 100.).mean()
opt.zero_grad(); loss.backward(); opt.step()
""",
    "a penalty that is not reached": """\
net = nn.Linear(4, 2)
x, y = torch.randn(6, 4), torch.randn(6, 2)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
loss = F.mse_loss(net(x), y) + F.relu(net(x).abs() - 50).sum()
opt.zero_grad(); loss.backward(); opt.step()
""",
    "layers that are frozen beside others": NET
    + """\
net[0].requires_grad_(False)
opt = torch.optim.AdamW(net.parameters(), lr=1e-3)
x, y = torch.randn(6, 4), torch.randn(6, 3)
for _ in range(3):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "features of a network that nobody trains": """\
body, head = nn.Linear(4, 8), nn.Linear(8, 3)
opt = torch.optim.AdamW(head.parameters(), lr=1e-3)
x, y = torch.randn(6, 4), torch.randn(6, 3)
features = torch.tensor(body(x).tolist())
for _ in range(3):
    loss = F.mse_loss(head(features), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "numbers for a log": NET
    + """\
opt = torch.optim.AdamW(net.parameters(), lr=1e-3)
temperature = nn.Parameter(torch.tensor(1.0))
opt.add_param_group({"params": [temperature]})
x, y = torch.randn(6, 4), torch.randn(6, 3)
running = 0.0
for i in range(5):
    out = net(x) / temperature
    loss = F.mse_loss(out, y)
    opt.zero_grad(); loss.backward(); opt.step()
    running += loss.detach().item()
    if i % 2 == 0:
        print(f"{loss.item():.3f} {temperature.item():.3f} {out.max().item():.2f}", net[0].weight.tolist()[0][0])
""",
    "an index without repetition, and sums that add up": """\
v = torch.randn(3, requires_grad=True)
out = torch.zeros(5)
out[torch.tensor([0, 3, 1])] = v
b = torch.zeros(5).index_put((torch.tensor([0, 0, 1]),), v, accumulate=True)
c = torch.zeros(5).index_add(0, torch.tensor([0, 0, 1]), v)
d = torch.zeros(5).scatter_add(0, torch.tensor([0, 0, 1]), v)
e = torch.zeros(3); e[torch.tensor([True, True, True])] = v
f = torch.zeros(2, 3).scatter(1, torch.tensor([[0, 1, 2], [0, 1, 2]]), torch.stack([v, v]))
g = torch.zeros(2, 2); g[torch.tensor([0, 0, 1]), torch.tensor([0, 1, 1])] = v
h = torch.zeros(5); h[torch.tensor([1, 1])] = 0.0
(out.sum() + b.sum() + c.sum() + d.sum() + e.sum() + f.sum() + g.sum() + (h * v[0]).sum()).backward()
""",
    "losses of single samples": """\
w = torch.ones(1, requires_grad=True)
opt = torch.optim.SGD([w], lr=1e-4)
for x in (1e-4, .5, .9, .3, .7, .2, .8, .4, .6, .9):
    loss = ((w * x - 2 * x) ** 2).sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a loss that comes down again": """\
w = torch.tensor([1.0], requires_grad=True)
for k in (1, 10, 100, 1e3, 1e5, 1e4, 10, 1, 1, 1):
    loss = (w * k) ** 2
    loss.backward()
    w.grad = None
""",
    "a loss below 0": """\
w = torch.tensor([1.0], requires_grad=True)
for k in range(12):
    loss = -(w * 3.0 ** k).sum() + 5
    loss.backward()
    w.grad = None
""",
    "limits that few values lie at": """\
w = torch.linspace(-1, 1, 40).requires_grad_()
loss = (w.clamp(-0.9, 0.9) ** 2).sum() + F.hardtanh(w * 0.5).pow(2).sum()
loss.backward()
""",
    "two networks, one after the other": """\
a, b = nn.Linear(2, 2), nn.Linear(2, 2)
oa, ob = torch.optim.SGD(a.parameters(), lr=.1), torch.optim.SGD(b.parameters(), lr=.1)
x = torch.randn(3, 2)
for net, opt in ((a, oa), (b, ob)):
    loss = net(x).pow(2).sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a layer that is frozen by turns": NET
    + """\
x, y = torch.randn(6, 4), torch.randn(6, 3)
opt = torch.optim.SGD(net.parameters(), lr=.1)
for phase in range(4):
    net[0].requires_grad_(phase % 2 == 0)
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "rectifiers as they usually are": NET
    + """\
x, y = torch.randn(60, 4), torch.randn(60, 3)
opt = torch.optim.SGD(net.parameters(), lr=.1)
for _ in range(20):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a state that is detached between the steps": """\
cell, head = nn.RNNCell(2, 4), nn.Linear(4, 1)
opt = torch.optim.SGD([*cell.parameters(), *head.parameters()], lr=.1)
h = torch.zeros(3, 4)
for _ in range(4):
    h = cell(torch.randn(3, 2), h.detach())
    loss = head(h).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a straight-through estimator": """\
net = nn.Linear(4, 3)
opt = torch.optim.SGD(net.parameters(), lr=.1)
for _ in range(2):
    p = net(torch.randn(5, 4)).softmax(1)
    hard = F.one_hot(p.argmax(1), 3).float()
    hard = hard - p.detach() + p
    loss = (hard * torch.randn(5, 3)).sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a critic that is frozen while the generator is trained": """\
d, g = nn.Linear(2, 1), nn.Linear(3, 2)
of_d, of_g = (torch.optim.RMSprop(one.parameters()) for one in (d, g))
for _ in range(2):
    d.requires_grad_(True)
    loss = d(g(torch.randn(5, 3)).detach()).mean() - d(torch.randn(5, 2)).mean()
    of_d.zero_grad(); loss.backward(); of_d.step()
    d.requires_grad_(False)
    fooled = -d(g(torch.randn(5, 3))).mean()
    of_g.zero_grad(); fooled.backward(); of_g.step()
""",
    "norms that are measured": NET
    + """\
opt = torch.optim.Adam(net.parameters())
x, y = torch.randn(6, 4), torch.randn(6, 3)
for _ in range(3):
    opt.zero_grad(); loss = F.mse_loss(net(x), y); loss.backward()
    scale = max(p.grad.norm().item() for p in net.parameters()) / max(p.norm().item() for p in net.parameters())
    opt.step()
""",
    "an error of two passes that is printed": """\
d, g = nn.Linear(4, 1), nn.Linear(2, 4)
of_d, of_g = (torch.optim.Adam(one.parameters()) for one in (d, g))
for _ in range(2):
    of_d.zero_grad()
    real = F.binary_cross_entropy_with_logits(d(torch.randn(5, 4)), torch.ones(5, 1)); real.backward()
    fake = g(torch.randn(5, 2))
    other = F.binary_cross_entropy_with_logits(d(fake.detach()), torch.zeros(5, 1)); other.backward()
    error = real + other
    of_d.step(); of_g.zero_grad()
    fooled = F.binary_cross_entropy_with_logits(d(fake), torch.ones(5, 1)); fooled.backward(); of_g.step()
print(error.item())
""",
    "a divergence of distributions": """\
one = torch.distributions.Normal(torch.tensor([0.0], requires_grad=True), torch.tensor([1.0]))
divergence = torch.distributions.kl_divergence(one, torch.distributions.Normal(1.0, 2.0)).sum()
divergence.backward()
""",
}
