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
