"""Losses that get what they do not read, steps that change nothing, weights put aside without a copy: and remedies."""

from __future__ import annotations

from tests.engine.reported_mistakes import Mistake

NET = """\
x, y = torch.randn(16, 4), torch.randint(0, 2, (16,))
net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
"""
ONE = """\
x, y = torch.randn(16, 4), torch.randint(0, 2, (16,))
net = nn.Linear(4, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
"""
STEP = "    opt.zero_grad(); loss.backward(); opt.step()\n"
DROPS = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.last, self.dropout = nn.Linear(4, 8), nn.Linear(8, 2), nn.Dropout(0.1)
    def forward(self, x):
        return self.last(self.dropout(F.dropout(self.first(x), 0.5)))
x, y = torch.randn(16, 4), torch.randint(0, 2, (16,))
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
net.eval()
with torch.no_grad():
    right = (net(x).argmax(1) == y).sum()
"""
MISTAKES = {
    "labels of -1 and 1 for a loss of probabilities": Mistake(
        ONE
        + "for _ in range(3):\n    loss = F.binary_cross_entropy_with_logits(net(x), 2.0 * y[:, None] - 1)\n"
        + STEP,
        "2.0 * y[:, None] - 1",
        "1.0 * y[:, None]",
        "notice.target_no_probability",
        9,
        "takes targets from 0 to 1, and gets them from -1 to 1",
    ),
    "masks of bytes for a loss of probabilities": Mistake(
        ONE
        + "loss_of = nn.BCEWithLogitsLoss()\n"
        + "for _ in range(3):\n    loss = loss_of(target=255.0 * y[:, None], input=net(x))\n"
        + STEP,
        "255.0 * y",
        "1.0 * y",
        "notice.target_no_probability",
        10,
        "gets them from 0 to 255",
    ),
    "pairs labelled 0 and 1 for a cosine": Mistake(
        ONE + "for _ in range(3):\n    loss = F.cosine_embedding_loss(x * net(x), x.flip(1) + net(x), y)\n" + STEP,
        "net(x), y)",
        "net(x), 2 * y - 1)",
        "notice.target_no_sign",
        9,
        "others, as 0, and what has one teaches nothing",
    ),
    "orders labelled 0 and 1 for a ranking": Mistake(
        ONE
        + "for _ in range(3):\n    loss = F.margin_ranking_loss(net(x)[:, 0], net(x.flip(0))[:, 0], y, margin=0.1)\n"
        + STEP,
        "y, margin",
        "2 * y - 1, margin",
        "notice.target_no_sign",
        9,
        "takes targets of 1 and −1",
    ),
    "labels 0 and 1 for a hinge": Mistake(
        ONE + "for _ in range(3):\n    loss = nn.HingeEmbeddingLoss()(net(x)[:, 0].abs(), y)\n" + STEP,
        "abs(), y)",
        "abs(), 2 * y - 1)",
        "notice.target_no_sign",
        9,
        "what has one counts as both",
    ),
    "several classes at once for a loss of one": Mistake(
        NET
        + "t = torch.tensor([[1.0, 1.0], [1.0, 0.0]] * 8)\nt[3] = 1\n"
        + "for _ in range(3):\n    loss = F.cross_entropy(net(x), t)\n"
        + STEP,
        "F.cross_entropy(net(x), t)",
        "F.binary_cross_entropy_with_logits(net(x), t)",
        "notice.target_no_distribution",
        11,
        "of 16 rows those of 9 do not add up to 1, as to 2",
    ),
    "scores for a loss of logarithms": Mistake(
        NET + "for _ in range(3):\n    loss = nn.NLLLoss()(net(x), y)\n" + STEP,
        "nn.NLLLoss()",
        "nn.CrossEntropyLoss()",
        "notice.no_logarithms",
        9,
        "takes logarithms of probabilities, which are never above 0",
    ),
    "a likelihood that is minimised": Mistake(
        NET
        + "for _ in range(5):\n    loss = F.log_softmax(net(x), 1).gather(1, y[:, None]).squeeze(1).mean()\n"
        + STEP,
        "loss = F",
        "loss = -F",
        "notice.likelihood_falls",
        9,
        "made of F.log_softmax(net(x), 1), logarithms of probabilities, without a minus before them",
    ),
    "a schedule of epochs at each batch": Mistake(
        NET
        + "schedule = torch.optim.lr_scheduler.StepLR(opt, 1, gamma=0.1)\n"
        + "for n in range(20):\n    loss = F.cross_entropy(net(x), y)\n"
        + STEP
        + "    if n >= 0: schedule.step()\n",
        "n >= 0",
        "n == 9",
        "notice.rate_gone",
        0,
        "in 16 of its 20 steps its rate was below a thousandth of the 0.1 that it had",
    ),
    "a backward that is named alone": Mistake(
        NET + "for _ in range(3):\n    loss = F.cross_entropy(net(x), y)\n    loss.backward\n    opt.step()\n",
        "    loss.backward\n    opt.step()",
        "    opt.zero_grad(); loss.backward(); opt.step()",
        "notice.backward_not_called",
        10,
        "loss.backward (line 10) names the pass and does not make it",
    ),
    "a backward that is forgotten": Mistake(
        NET + "for _ in range(3):\n    loss = F.cross_entropy(net(x), y)\n    opt.step()\n",
        "    opt.step()",
        "    opt.zero_grad(); loss.backward(); opt.step()",
        "notice.no_pass",
        10,
        "for no backward pass ran: loss has a graph. Call loss.backward() before the step.",
    ),
    "the best weights kept without a copy": Mistake(
        NET
        + "import copy\nbest = dict(net.state_dict())\n"
        + "for _ in range(3):\n    loss = F.cross_entropy(net(x), y)\n"
        + STEP
        + "net.load_state_dict(best)\n",
        "dict(net.state_dict())",
        "copy.deepcopy(net.state_dict())",
        "notice.loaded_itself",
        13,
        "brings nothing back: best holds the weights of net themselves",
    ),
    "a function that drops in evaluation": Mistake(
        DROPS,
        "self.first(x), 0.5)",
        "self.first(x), 0.5, self.training)",
        "notice.drops_in_evaluation",
        10,
        "F.dropout(self.first(x), 0.5) (line 10) drops in evaluation as well",
    ),
}
FINE = {
    "a schedule that is only drawn": """\
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
schedule, rates = torch.optim.lr_scheduler.ExponentialLR(opt, 0.5), []
for _ in range(20):
    opt.step(); schedule.step(); rates.append(schedule.get_last_lr())
""",
    "a cosine that ends at 0, after a warm-up from nearly 0": NET
    + """\
import math
schedule = torch.optim.lr_scheduler.LambdaLR(
    opt, lambda n: (n + 1e-6) / 10 if n < 10 else 0.5 + 0.5 * math.cos(math.pi * (n - 10) / 20))
for _ in range(30):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step(); schedule.step()
""",
    "smoothed targets, of which a row is left out": NET
    + """\
t = F.one_hot(y, 2) * 0.9 + 0.05
t[0] = 0
for _ in range(3):
    loss = F.cross_entropy(net(x), t)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a policy whose log-probabilities have advantages": NET
    + """\
advantage = torch.randn(16)
for _ in range(5):
    loss = (F.log_softmax(net(x), 1).gather(1, y[:, None]).squeeze(1) * advantage).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a likelihood that an optimizer maximises": NET
    + """\
opt = torch.optim.SGD(net.parameters(), lr=0.1, maximize=True)
for _ in range(5):
    loss = F.log_softmax(net(x), 1).gather(1, y[:, None]).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "weights of another network that are loaded": NET
    + """\
import copy
other = copy.deepcopy(net)
state = other.state_dict()
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
net.load_state_dict(state)
""",
    "a dropout that is meant to stay on": DROPS.replace("0.5)))", "0.5, training=True)))"),
}
