"""Networks that cannot learn, or learn something else, as people report them; each with what mends it."""

from __future__ import annotations

from tests.engine.reported_mistakes import NET, Mistake

AUTOENCODER = """\
encode, decode = nn.Linear(4, 4), nn.Linear(2, 4)
opt = torch.optim.Adam([*encode.parameters(), *decode.parameters()])
x = torch.randn(6, 4)
"""
TEXT = """\
emb, head = nn.Embedding(11, 8, padding_idx=0), nn.Linear(8, 2)
opt = torch.optim.Adam([*emb.parameters(), *head.parameters()], lr=1e-2)
x, y = torch.randint(1, 11, (6, 5)), torch.randint(0, 2, (6,))
x[:, 3:] = 0
nn.init.normal_(emb.weight)
"""
STEP = "    opt.zero_grad(); loss.backward(); opt.step()\n"
MISTAKES = {
    "a latent that is sampled": Mistake(
        AUTOENCODER
        + """\
for _ in range(3):
    mean, spread = encode(x).chunk(2, 1)
    q = torch.distributions.Normal(mean, spread.exp())
    z = torch.cat([q.sample()], 1)
    kl = torch.distributions.kl_divergence(q, torch.distributions.Normal(0.0, 1.0)).mean()
    loss = F.mse_loss(decode(z), x) + kl
"""
        + STEP,
        "q.sample()",
        "q.rsample()",
        "notice.sampled",
        11,
        "z is drawn by q.sample() (line 11)",
    ),
    "a latent that torch.normal draws": Mistake(
        AUTOENCODER
        + """\
for _ in range(3):
    mean, spread = encode(x).chunk(2, 1)
    z = torch.normal(mean, spread.exp())
    loss = F.mse_loss(decode(z), x) + mean.square().mean() + (spread.exp() - spread).mean()
"""
        + STEP,
        "torch.normal(mean, spread.exp())",
        "mean + spread.exp() * torch.randn_like(mean)",
        "notice.sampled",
        10,
        "z is drawn by torch.normal(mean, spread.exp()) (line 10)",
    ),
    "a share of errors as a part of a loss": Mistake(
        NET
        + """\
for _ in range(3):
    out = net(x)
    wrong = (out.argmax(1) != y).float().mean()
    loss = F.cross_entropy(out, y) + 0.5 * wrong
"""
        + STEP,
        " + 0.5 * wrong",
        "",
        "graph.cut_positions",
        10,
        "0.5 * wrong has no graph: it was cut at line 10 by out.argmax(1)",
    ),
    "an overlap of what was compared with a threshold": Mistake(
        """\
net = nn.Conv2d(1, 1, 3, padding=1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(2, 1, 6, 6), torch.randint(0, 2, (2, 1, 6, 6)).float()
for _ in range(3):
    p = torch.sigmoid(net(x))
    found = (p > 0.5).float()
    dice = 1 - 2 * (found * y).sum() / (found.sum() + y.sum())
    loss = F.binary_cross_entropy(p, y) + dice
"""
        + STEP,
        "(p > 0.5).float()",
        "p",
        "graph.cut_comparison",
        10,
        "dice has no graph: it was cut at line 10 by p > 0.5",
    ),
    "units that begin alike": Mistake(
        NET
        + """\
for p in net.parameters():
    nn.init.constant_(p, 0.1)
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
"""
        + STEP,
        "nn.init.constant_(p, 0.1)",
        "nn.init.uniform_(p, -0.1, 0.1)",
        "notice.alike",
        0,
        "net.0.weight: all 16 units have the same weights and get the same gradient",
    ),
    "a target network that is the network": Mistake(
        """\
import copy
net = nn.Linear(4, 2)
target = net
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
s, a, r = torch.randn(2, 8, 4), torch.randint(0, 2, (8, 1)), torch.randn(8, 1)
for _ in range(3):
    with torch.no_grad():
        wanted = r + 0.99 * target(s[1]).max(1, keepdim=True).values
    loss = F.mse_loss(net(s[0]).gather(1, a), wanted)
    opt.zero_grad(); loss.backward(); opt.step()
    target.load_state_dict(net.state_dict())
""",
        "target = net\n",
        "target = copy.deepcopy(net)\n",
        "notice.copied_into_itself",
        15,
        "target and net are one",
    ),
    "a target network of an object, which is the network": Mistake(
        """\
import copy
class Agent:
    def __init__(self):
        self.net = nn.Linear(4, 2)
        self.target = self.net
        self.opt = torch.optim.Adam(self.net.parameters(), lr=1e-3)
    def learn(self, s, r):
        with torch.no_grad():
            wanted = r + 0.99 * self.target(s[1]).max(1).values
        loss = F.mse_loss(self.net(s[0]).max(1).values, wanted)
        self.opt.zero_grad(); loss.backward(); self.opt.step()
        self.target.load_state_dict(self.net.state_dict())
agent = Agent()
agent.learn(torch.randn(2, 8, 4), torch.randn(8))
""",
        "self.target = self.net\n",
        "self.target = copy.deepcopy(self.net)\n",
        "notice.copied_into_itself",
        16,
        "self.target and self.net are one",
    ),
    "a loss of one class": Mistake(
        """\
net = nn.Linear(4, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.zeros(6, dtype=torch.long)
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
"""
        + STEP,
        "nn.Linear(4, 1)",
        "nn.Linear(4, 2)",
        "zero.axis_of_one",
        9,
        "F.cross_entropy(net(x), y) at line 9 normalises along axis 1, which has one element",
    ),
    "a norm of groups of one": Mistake(
        """\
body, norm, head = nn.Conv2d(1, 4, 3), nn.GroupNorm(4, 4), nn.Linear(4, 2)
x, y = torch.randn(6, 1, 6, 6), torch.randint(0, 2, (6,))
for _ in range(3):
    h = norm(body(x).relu().mean((2, 3), keepdim=True))
    loss = F.cross_entropy(head(h.flatten(1)), y)
    loss.backward()
""",
        "nn.GroupNorm(4, 4)",
        "nn.GroupNorm(2, 4)",
        "notice.norm_of_one",
        8,
        "normalises each element by itself",
    ),
    "a layer norm of one": Mistake(
        """\
net = nn.Sequential(nn.Linear(4, 1), nn.LayerNorm(1))
loss = (net(torch.randn(6, 4)) - 1).square().mean()
loss.backward()
""",
        "nn.Linear(4, 1), nn.LayerNorm(1)",
        "nn.Linear(4, 2), nn.LayerNorm(2)",
        "notice.norm_of_one",
        6,
        "less its own mean it is 0 whatever comes in",
    ),
    "a dropout of everything": Mistake(
        """\
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(1.0), nn.Linear(8, 3))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
"""
        + STEP,
        "nn.Dropout(1.0)",
        "nn.Dropout(0.1)",
        "notice.drops_all",
        0,
        "net.2 drops everything",
    ),
    "padding that an initialiser fills": Mistake(
        TEXT
        + """\
for _ in range(3):
    loss = F.cross_entropy(head(emb(x).mean(1)), y)
"""
        + STEP,
        "nn.init.normal_(emb.weight)\n",
        "nn.init.normal_(emb.weight)\nwith torch.no_grad():\n    emb.weight[0] = 0\n",
        "notice.padding_filled",
        11,
        "Row 0 of emb.weight is its padding and is not 0",
    ),
    "weights that are tied by their numbers": Mistake(
        """\
class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb, self.head = nn.Embedding(11, 8), nn.Linear(8, 11, bias=False)
        self.head.weight.data = self.emb.weight.data
    def forward(self, x):
        return self.head(torch.tanh(self.emb(x)))
net = Words()
opt = torch.optim.Adam(net.parameters(), lr=1e-2)
x, y = torch.randint(0, 11, (2, 6))
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
"""
        + STEP,
        "self.head.weight.data = self.emb.weight.data",
        "self.head.weight = self.emb.weight",
        "notice.tied_by_numbers",
        0,
        "net.emb.weight and net.head.weight lie in the same memory and are two parameters",
    ),
}

# Of these nothing is told.
FINE = {
    "actions that are sampled and scored": """\
actor, critic = nn.Linear(3, 2), nn.Linear(4, 1)
opt = torch.optim.Adam([*actor.parameters(), *critic.parameters()])
for _ in range(3):
    s = torch.randn(8, 3)
    mean, raw = actor(s).chunk(2, 1)
    pi = torch.distributions.Normal(mean, F.softplus(raw) + 1e-3)
    a = pi.sample()
    q = critic(torch.cat([s, a], 1))
    loss = -(pi.log_prob(a) * q.detach()).mean() + (q - 1).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a critic of actions of an actor that rests": """\
actor, critic = nn.Linear(3, 2), nn.Linear(1, 1)
opt = torch.optim.Adam(critic.parameters())
for _ in range(3):
    mean, raw = actor(torch.randn(8, 3)).chunk(2, 1)
    a = torch.distributions.Normal(mean, F.softplus(raw) + 1e-3).sample()
    loss = (critic(a) - 1).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "actions that torch.normal draws": """\
actor = nn.Linear(3, 1)
opt = torch.optim.Adam(actor.parameters())
for _ in range(3):
    mean = actor(torch.randn(8, 3))
    a = torch.normal(mean, 0.1)
    loss = (((a - mean) / 0.1) ** 2 * torch.randn(8, 1)).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "padding that is masked": TEXT
    + """\
attend = nn.MultiheadAttention(8, 2, batch_first=True)
opt.add_param_group({"params": list(attend.parameters())})
for _ in range(3):
    h = emb(x)
    h, _weights = attend(h, h, h, key_padding_mask=x == 0)
    loss = F.cross_entropy(head(h[:, 0]), y)
"""
    + STEP,
    "a share of hits that is shown, and a loss that goes by cases": NET
    + """\
for _ in range(3):
    out = net(x)
    hits = (out.argmax(1) == y).float().mean()
    d = out.sum(1)
    near = (d.abs() < 1).float()
    loss = F.cross_entropy(out, y) + (near * 0.5 * d ** 2 + (1 - near) * (d.abs() - 0.5)).mean()
    opt.zero_grad(); loss.backward(); opt.step()
    print(hits, loss + hits)
""",
    "a weight of ones whose rows part": """\
net = nn.Linear(2, 2, bias=False)
nn.init.ones_(net.weight)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    loss = (net(torch.tensor([[1.0, 2.0]])) - torch.tensor([[1.0, 5.0]])).square().sum()
    opt.zero_grad(); loss.backward(); opt.step()
""",
}
