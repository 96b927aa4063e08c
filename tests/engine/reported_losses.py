"""Losses of which a part carries no gradient, or a wrong one, as people report them; each with what mends it."""

from __future__ import annotations

from tests.engine.reported_mistakes import Mistake

FIT = """\
net = nn.Linear(4, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randn(6, 3)
"""
FIELD = """\
net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters(), lr=1e-2)
x = torch.linspace(0, 1, 12)[:, None].requires_grad_()
"""
MISTAKES = {
    "a residual whose derivative has no graph": Mistake(
        FIELD
        + """\
for _ in range(3):
    u = net(x)
    du = torch.autograd.grad(u.sum(), x, retain_graph=True)[0]
    loss = (du + u).pow(2).mean() + (u[0] - 1).pow(2).sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "retain_graph=True",
        "create_graph=True",
        "notice.gradient_without_graph",
        10,
        "computes a gradient without a graph: in du + u (line 11) it is a number",
    ),
    "a second derivative without a graph": Mistake(
        FIELD
        + """\
for _ in range(3):
    u = net(x)
    du = torch.autograd.grad(u, x, torch.ones_like(u), create_graph=True)[0]
    ddu = torch.autograd.grad(du, x, torch.ones_like(du), retain_graph=True)[0]
    loss = F.mse_loss(ddu + u, torch.zeros_like(u)) + (du[0] - 1).pow(2).sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "torch.ones_like(du), retain_graph=True",
        "torch.ones_like(du), create_graph=True",
        "notice.gradient_without_graph",
        11,
        "in ddu + u (line 12)",
    ),
    "forces that are fitted beside energies": Mistake(
        """\
net = nn.Sequential(nn.Linear(6, 8), nn.SiLU(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters())
places, energies, forces = torch.randn(5, 6, requires_grad=True), torch.randn(5, 1), torch.randn(5, 6)
for _ in range(3):
    energy = net(places)
    force = -torch.autograd.grad(energy.sum(), places, retain_graph=True)[0]
    loss = F.mse_loss(energy, energies)
    loss = loss + 10 * F.mse_loss(force, forces)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "retain_graph=True",
        "create_graph=True",
        "notice.gradient_without_graph",
        10,
        "in loss + 10 * F.mse_loss(force, forces) (line 12)",
    ),
    "a gradient penalty that is a constant": Mistake(
        """\
D = nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(), nn.Linear(8, 1))
opt = torch.optim.Adam(D.parameters())
for _ in range(3):
    real, fake = torch.randn(8, 2), torch.randn(8, 2)
    middle = (0.5 * real + 0.5 * fake).requires_grad_()
    g, = torch.autograd.grad(D(middle).sum(), middle)
    loss = D(fake).mean() - D(real).mean()
    loss = loss + 10 * (g.norm(2, dim=1) - 1).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "D(middle).sum(), middle)",
        "D(middle).sum(), middle, create_graph=True)",
        "notice.gradient_without_graph",
        10,
        "Pass create_graph=True to that call.",
    ),
    "a residual by way of NumPy": Mistake(
        FIELD
        + """\
import numpy as np
at = x.detach()
for _ in range(3):
    u = net(at)
    slope = np.gradient(u.detach().numpy()[:, 0], at.numpy()[:, 0])
    loss = F.mse_loss(u, at) + torch.tensor(slope ** 2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "np.gradient(u.detach().numpy()[:, 0], at.numpy()[:, 0])\n    loss = F.mse_loss(u, at) + torch.tensor",
        "torch.gradient(u[:, 0], spacing=(at[:, 0],))[0]\n    loss = F.mse_loss(u, at) + torch.square",
        "notice.number_added",
        13,
        "u.detach().numpy() (line 12) took it out of the graph",
    ),
    "a penalty whose number a function returns": Mistake(
        FIT
        + """\
def size(weight):
    total = weight.pow(2).sum()
    return total.item()
for _ in range(3):
    loss = F.mse_loss(net(x), y)
    loss = loss + 0.1 * size(net.weight)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "total.item()",
        "total",
        "notice.number_added",
        13,
        "total.item() (line 10) took it out of the graph",
    ),
    "penalties that are collected into a tensor": Mistake(
        FIT
        + """\
for _ in range(3):
    penalty = torch.tensor([p.pow(2).sum().item() for p in net.parameters()]).sum()
    loss = F.mse_loss(net(x), y)
    loss += 0.1 * penalty
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "torch.tensor([p.pow(2).sum().item() for",
        "torch.stack([p.pow(2).sum() for",
        "notice.number_added",
        11,
        "0.1 * penalty is a number",
    ),
    "an input whose features are detached": Mistake(
        """\
encode = nn.Linear(4, 3)
wave = torch.randn(6, 4, requires_grad=True)
features = wave * 2
encode(features.detach()).pow(2).mean().backward()
print(wave.grad)
""",
        "features.detach()",
        "features",
        "notice.cut_before",
        8,
        "wave got no gradient",
    ),
    "a backward that leaves the chain rule out": Mistake(
        """\
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return 2 * x
net = nn.Linear(4, 3)
x, y = torch.randn(6, 4), torch.randn(6, 3)
h = net(x)
loss = F.mse_loss(Square.apply(h) + h, y)
loss.backward()
""",
        "return 2 * x",
        "return grad_output * 2 * x",
        "notice.without_chain",
        17,
        "Square.apply(h): its backward (line 11) does not use grad_output",
    ),
}

# Of these nothing is told.
FINE = {
    "a .grad that is looked for after grad(), and one that comes later": """\
x, w = torch.randn(3, requires_grad=True), torch.randn(3, requires_grad=True)
energy = (x ** 2).sum()
g, = torch.autograd.grad(energy, x, retain_graph=True)
print(x.grad, w.grad)
loss = (w * energy.detach()).sum()
loss.backward()
print(x.grad, w.grad)
""",
    "a target that is a number": """\
value = nn.Linear(3, 1)
opt = torch.optim.SGD(value.parameters(), lr=0.1)
for _ in range(3):
    state, later = torch.randn(3), torch.randn(3)
    target = 1.0 + 0.99 * value(later).item()
    loss = (target - value(state)).pow(2).sum()
    loss = loss + (1.0 + 0.99 * value(later).item() - value(state)).pow(2).sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a number of a function that is printed": FIT
    + """\
def number(tensor): return tensor.item()
total = 0.0
for _ in range(3):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    total += number(loss)
print(total)
""",
    "steps along gradients of the first order": """\
w, b = torch.tensor(1.0, requires_grad=True), torch.tensor(0.0, requires_grad=True)
x, y = torch.randn(6), torch.randn(6)
for _ in range(3):
    dw, db = torch.autograd.grad(((w * x + b - y) ** 2).mean(), [w, b])
    v, c = w - 0.1 * dw, b - 0.1 * db
    ((v * x + c - y) ** 2).mean().backward()
    with torch.no_grad():
        for p in (w, b):
            p -= 0.1 * p.grad
            p.grad = None
""",
    "a network that is unrolled": """\
net = nn.Linear(3, 3)
A, y = torch.randn(5, 3), torch.randn(8, 5)
opt = torch.optim.Adam(net.parameters())
for _ in range(3):
    x = torch.zeros(8, 3, requires_grad=True)
    for _ in range(3):
        g, = torch.autograd.grad((x @ A.t() - y).pow(2).sum(), x, retain_graph=True)
        x = x - (0.1 * g + net(x))
    loss = (x - 1).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "the slope of a trained energy as another network's target": """\
score, energy = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 8), nn.SiLU(), nn.Linear(8, 1))
opt = torch.optim.Adam([*score.parameters(), *energy.parameters()])
for _ in range(3):
    x = torch.randn(8, 2, requires_grad=True)
    slope, = torch.autograd.grad(energy(x).sum(), x)
    loss = (score(x) - slope).pow(2).mean() + energy(x).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "losses that are weighed by their gradients": """\
net = nn.Sequential(nn.Linear(2, 8), nn.SiLU(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters())
x, y = torch.randn(8, 2), torch.randn(8, 1)
for _ in range(3):
    out = net(x)
    a, b = F.mse_loss(out, y), out.abs().mean()
    da, db = (torch.autograd.grad(one, net[2].weight, retain_graph=True)[0] for one in (a, b))
    loss = a + da.norm() / (db.norm() + 1e-4) * b
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a loss whose backward knows that 1 arrives": """\
class Loss(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x - y)
        return (x - y).pow(2).sum()
    @staticmethod
    def backward(ctx, g):
        return 2 * ctx.saved_tensors[0], None
Loss.apply(nn.Linear(4, 3)(torch.randn(6, 4)), torch.randn(6, 3)).backward()
""",
    "a backward that stops a gradient, and one that passes it on": """\
class Stop(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x.clone()
    @staticmethod
    def backward(ctx, g): return torch.zeros(6, 3)
class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x.round()
    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx, *gradients): return gradients[0]
h = nn.Linear(4, 3)(torch.randn(6, 4))
(Stop.apply(h) * 2 + Round.apply(h) * 3).sum().backward()
""",
}
