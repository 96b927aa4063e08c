"""Programs of the kinds that people report as vanishing, exploding, dying or cancelled, each with a healthy twin."""

_HEAD = """import torch
from torch import nn
import torch.nn.functional as F
torch.manual_seed(0)
"""

DEEP_MLP = (
    _HEAD
    + """layers = []
for _ in range(20):
    layers += [nn.Linear(64, 64), ACTIVATION]
net = nn.Sequential(*layers, nn.Linear(64, 10))
x, y = torch.randn(32, 64), torch.randint(0, 10, (32,))
loss = F.cross_entropy(net(x), y)
loss.backward()
"""
)

TWO_LAYERS = (
    _HEAD
    + """net = nn.Sequential(nn.Linear(4, 32), nn.Sigmoid(), nn.Linear(32, 1))
loss = (net(torch.randn(64, 4) * SCALE) - 3).pow(2).mean()
loss.backward()
"""
)

RECURRENT = (
    _HEAD
    + """W, _ = torch.linalg.qr(torch.randn(32, 32))
W = (RADIUS * W).requires_grad_()
U = (0.1 * torch.randn(8, 32)).requires_grad_()
h = torch.zeros(4, 32)
for x in torch.randn(200, 4, 8):
    h = x @ U + h @ W
loss = h.pow(2).mean().sqrt()
loss.backward()
"""
)

RECTIFIED = (
    _HEAD
    + """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(16, 64), nn.Linear(64, 64), nn.Linear(64, 4)
        nn.init.constant_(self.fc2.bias, BIAS)
    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)
net = Net()
loss = F.cross_entropy(net(torch.randn(64, 16)), torch.randint(0, 4, (64,)))
loss.backward()
"""
)

TWO_BRANCHES = (
    _HEAD
    + """net = nn.Sequential(nn.Linear(8, 32), nn.Tanh())
first, second = nn.Linear(32, 1), nn.Linear(32, 1)
second.load_state_dict(first.state_dict())
x, target = torch.randn(64, 8), torch.randn(64, 1)
h = net(x)
loss = F.mse_loss(first(h), target) SIGN F.mse_loss(second(h), target)
loss.backward()
"""
)

UNUSED = (
    _HEAD
    + """class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner, self.extra, self.head = nn.Linear(8, 16), nn.Linear(16, 16), nn.Linear(16, 2)
    def forward(self, x):
        h = torch.relu(self.inner(x))
        USE
        return self.head(h)
net = Net()
loss = F.cross_entropy(net(torch.randn(64, 8)), torch.randint(0, 2, (64,)))
loss.backward()
"""
)

# By name: (program, what is to be found first, its healthy twin)
REPORTS = {
    "deep sigmoid": (
        DEEP_MLP.replace("ACTIVATION", "nn.Sigmoid()"),
        "vanishing",
        DEEP_MLP.replace("ACTIVATION", "nn.LayerNorm(64), nn.ReLU()"),
    ),
    "inputs of two layers that are not scaled": (
        TWO_LAYERS.replace("SCALE", "500"),
        "saturated",
        TWO_LAYERS.replace("SCALE", "1"),
    ),
    "recurrent, spectral radius above 1": (
        RECURRENT.replace("RADIUS", "1.2"),
        "exploding",
        RECURRENT.replace("RADIUS", "1.0"),
    ),
    "ReLU with a bias of -10": (RECTIFIED.replace("BIAS", "-10.0"), "dead", RECTIFIED.replace("BIAS", "0.0")),
    "two branches that cancel": (
        TWO_BRANCHES.replace("SIGN", "-"),
        "cancelling",
        TWO_BRANCHES.replace("SIGN", "+"),
    ),
    "a layer that is not used": (
        UNUSED.replace("USE", "pass"),
        "no_gradient",
        UNUSED.replace("USE", "h = torch.relu(self.extra(h))"),
    ),
}

# Usual networks at their usual start, by name.
HEALTHY = {
    "GPT, attention by hand": "from tests.engine.models import GPT\n"
    + _HEAD
    + """net = GPT(vocabulary=64, context=32, width=32, n_layers=8, fused=False)
tokens = torch.randint(0, 64, (4, 32))
loss = net(tokens, tokens.roll(-1, 1))
loss.backward()
""",
    "residual convolutions": _HEAD
    + """class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = nn.Conv2d(width, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
    def forward(self, x):
        return F.relu(x + self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))))
net = nn.Sequential(nn.Conv2d(3, 16, 3), *(Block(16) for _ in range(16)), nn.Flatten(), nn.Linear(16 * 36, 10))
loss = F.cross_entropy(net(torch.randn(4, 3, 8, 8)), torch.randint(0, 10, (4,)))
loss.backward()
""",
    "LSTM with a loss at each step": _HEAD
    + """embedding, cell, head = nn.Embedding(50, 32), nn.LSTMCell(32, 64), nn.Linear(64, 50)
tokens = torch.randint(0, 50, (8, 40))
h = c = torch.zeros(8, 64)
states = []
for t in range(40):
    h, c = cell(embedding(tokens[:, t]), (h, c))
    states.append(h)
loss = F.cross_entropy(head(torch.stack(states, 1)).flatten(0, 1), tokens.roll(-1, 1).flatten())
loss.backward()
""",
    "tanh": _HEAD
    + """net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1))
loss = F.mse_loss(net(torch.randn(64, 2)), torch.randn(64, 1))
loss.backward()
""",
    "one positive input": _HEAD
    + """net = nn.Sequential(nn.Linear(1, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))
x = torch.rand(128, 1)
loss = F.mse_loss(net(x), x * x)
loss.backward()
""",
    "softmax by hand, its maximum subtracted": _HEAD
    + """net = nn.Linear(8, 5)
logits = net(torch.randn(64, 8))
exponentials = (logits - logits.max(1, keepdim=True).values).exp()
loss = -(exponentials / exponentials.sum(1, keepdim=True)).log()[:, 0].mean()
loss.backward()
""",
    "one pass over many samples, one of which counts nothing": _HEAD
    + """net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))
loss = 0
for weight in (1.0, 0.0, 1e-6, 0.5):
    loss = loss + weight * F.cross_entropy(net(torch.randn(4))[None], torch.tensor([1]))
loss.backward()
""",
    "scalars": _HEAD
    + """W = [torch.randn((), requires_grad=True) for _ in range(24)]
h = [torch.tensor(0.5), torch.tensor(-1.0)]
for layer in range(6):
    h = [torch.tanh(3 * sum(w * v for w, v in zip(W[4 * layer + 2 * i :], h))) for i in range(2)]
loss = (h[0] - h[1]) ** 2
loss.backward()
""",
    "a generator and its critic, with an optimizer each": _HEAD
    + """G = nn.Sequential(nn.Linear(8, 32), nn.LeakyReLU(0.2), nn.Linear(32, 2))
D = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1))
of_g, of_d = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
for _ in range(3):
    of_d.zero_grad()
    loss = F.softplus(D(G(torch.randn(64, 8)).detach())).mean() + F.softplus(-D(torch.randn(64, 2))).mean()
    loss.backward()
    of_d.step()
    of_g.zero_grad()
    loss = F.softplus(-D(G(torch.randn(64, 8)))).mean()
    loss.backward()
    of_g.step()
of_g.zero_grad()
""",
}
