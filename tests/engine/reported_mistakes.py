"""Mistakes with gradients as people report them, each with what mends it: the program is told, mended it is not."""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """`wrong` stands in `program` once, and is `right` in the one that is as it should be."""

    program: str
    wrong: str
    right: str
    code: str  # of what is told
    line: int  # 0 without one
    words: str  # in it


NET = """\
net = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 3))
x, y = torch.randn(12, 4), torch.randint(0, 3, (12,))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
"""
MISTAKES = {
    "a softmax over the batch before a loss of log probabilities": Mistake(
        NET
        + """\
for _ in range(3):
    logp = F.log_softmax(net(x), dim=0)
    loss = F.nll_loss(logp, y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "dim=0",
        "dim=1",
        "notice.along_another_axis",
        9,
        "F.nll_loss(logp, y) reads classes along axis 1, of 3",
    ),
    "a softmax of images along their rows": Mistake(
        """\
net = nn.Conv2d(3, 5, 3, padding=1)
logp = net(torch.randn(2, 3, 6, 6)).log_softmax(-1)
loss = F.nll_loss(logp, torch.randint(0, 5, (2, 6, 6)))
loss.backward()
""",
        "log_softmax(-1)",
        "log_softmax(1)",
        "notice.along_another_axis",
        6,
        "normalises along axis 3",
    ),
    "a divergence of probabilities": Mistake(
        """\
student, teacher = nn.Linear(4, 3), nn.Linear(4, 3).requires_grad_(False)
x = torch.randn(6, 4)
opt = torch.optim.SGD(student.parameters(), lr=0.1)
for _ in range(3):
    p = F.softmax(student(x), dim=1)
    loss = F.kl_div(p, F.softmax(teacher(x), dim=1), reduction="batchmean")
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "p = F.softmax",
        "p = F.log_softmax",
        "notice.kl_of_probabilities",
        10,
        "the softmax of F.softmax(student(x), dim=1) at line 9",
    ),
    "a divergence whose target has a gradient, too": Mistake(
        """\
a, b = nn.Linear(4, 3), nn.Linear(4, 3)
x = torch.randn(6, 4)
loss = F.kl_div(a(x).softmax(1), b(x).softmax(1))
loss.backward()
""",
        "a(x).softmax(1)",
        "a(x).log_softmax(1)",
        "notice.kl_of_probabilities",
        7,
        "a(x).softmax(1)",
    ),
    "a target that has an axis more": Mistake(
        """\
critic = nn.Linear(3, 1)
s, logp = torch.randn(8, 3), torch.randn(8, 4)
loss = F.mse_loss(critic(s), 1 - 0.2 * logp)
loss.backward()
""",
        "0.2 * logp",
        "0.2 * logp.sum(1, keepdim=True)",
        "notice.compared_with_several",
        7,
        "compares 8 values with 32: shapes (8, 1) and (8, 4)",
    ),
    "weights of attention along an axis of one": Mistake(
        """\
score, out = nn.Linear(6, 1), nn.Linear(6, 3)
h, y = torch.randn(5, 7, 6), torch.randint(0, 3, (5,))
opt = torch.optim.Adam([*score.parameters(), *out.parameters()])
for _ in range(3):
    w = F.softmax(score(h), dim=2)
    loss = F.cross_entropy(out((w * h).sum(1)), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "dim=2",
        "dim=1",
        "zero.axis_of_one",
        9,
        "normalises along axis 2, which has one element",
    ),
    "gradients that are limited after the step": Mistake(
        NET
        + """\
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward()
    opt.step(); torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
""",
        "opt.step(); torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)",
        "torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0); opt.step()",
        "notice.clipped_after_step",
        11,
        "limits gradients that opt has stepped by already",
    ),
    "gradients that are limited before there are any": Mistake(
        NET
        + """\
from torch.nn.utils import clip_grad_norm_
for _ in range(3):
    opt.zero_grad()
    loss = F.cross_entropy(net(x), y)
    clip_grad_norm_(net.parameters(), 1.0); loss.backward()
    opt.step()
""",
        "clip_grad_norm_(net.parameters(), 1.0); loss.backward()",
        "loss.backward(); clip_grad_norm_(net.parameters(), 1.0)",
        "notice.clipped_before_pass",
        12,
        "it runs before loss.backward() (line 12)",
    ),
    "gradients that are limited while they are scaled": Mistake(
        NET
        + """\
scaler = torch.amp.GradScaler("cpu")
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); scaler.scale(loss).backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    scaler.step(opt); scaler.update()
""",
        "    torch.nn",
        "    scaler.unscale_(opt)\n    torch.nn",
        "notice.clipped_scaled",
        12,
        "Call scaler.unscale_(optimizer) before it.",
    ),
    "gradients whose limited copies nobody uses": Mistake(
        NET
        + """\
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward()
    for p in net.parameters():
        "é"; p.grad.clamp(-0.01, 0.01)
    opt.step()
""",
        "clamp(",
        "clamp_(",
        "notice.thrown_away",
        12,
        "leaves p.grad as it is. Write into it with clamp_().",
    ),
    "weights whose limited copies nobody uses": Mistake(
        NET
        + """\
for _ in range(2):
    loss = net(x).mean()
    opt.zero_grad(); loss.backward(); opt.step()
    for p in net.parameters():
        p.data.clamp(-0.01, 0.01)
""",
        "clamp(",
        "clamp_(",
        "notice.thrown_away",
        12,
        "p.data.clamp(-0.01, 0.01)",
    ),
    "a network that a validation leaves in evaluation mode": Mistake(
        """\
net = nn.Sequential(nn.Linear(4, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 3))
x, y = torch.randn(12, 4), torch.randint(0, 3, (12,))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
def validate():
    net.eval()
    with torch.no_grad():
        return F.cross_entropy(net(x), y).item()
for i in range(6):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    if i % 2 == 1:
        print(validate())
""",
        "        print(validate())",
        "        print(validate()); net.train()",
        "notice.left_evaluating",
        9,
        "net is trained in evaluation mode since net.eval() (line 9)",
    ),
    "a schedule that steps in place of the optimizer": Mistake(
        NET
        + """\
schedule = torch.optim.lr_scheduler.StepLR(opt, 2)
for _ in range(4):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward()
    schedule.step()
""",
        "    schedule.step()",
        "    opt.step(); schedule.step()",
        "notice.never_stepped",
        11,
        "4 passes of loss.backward() (line 11) brought gradients",
    ),
    "a step that is named and not made": Mistake(
        NET
        + """\
for _ in range(4):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward()
    opt.step
""",
        "    opt.step\n",
        "    opt.step()\n",
        "notice.step_not_called",
        11,
        "opt has changed nothing in 4 passes",
    ),
    "a schedule whose rate is 0": Mistake(
        NET
        + """\
schedule = torch.optim.lr_scheduler.LambdaLR(opt, lambda step: step // 1000)
for _ in range(4):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step(); schedule.step()
""",
        "step // 1000",
        "step / 1000",
        "notice.rate_of_zero",
        0,
        "its rate was 0 in each of its 4 steps",
    ),
    "losses that are summed with their graphs": Mistake(
        NET
        + """\
running = 0
for _ in range(5):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    running += loss
""",
        "running += loss",
        "running += loss.item()",
        "notice.sum_of_graphs",
        12,
        "running keeps the graphs of 5 passes alive",
    ),
    "losses that are kept with their graphs": Mistake(
        NET
        + """\
history = []
for _ in range(5):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    history.append(loss)
""",
        "append(loss)",
        "append(loss.detach())",
        "notice.list_of_graphs",
        10,
        "history keeps the graphs of 5 passes alive",
    ),
    "a layer that forward makes anew": Mistake(
        """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.head = nn.Linear(4, 8), nn.Linear(8, 3)
    def forward(self, x):
        return nn.Linear(8, 3)(self.body(x).relu())
net = Net()
del net.head
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "        return nn.Linear(8, 3)(self.body(x).relu())\nnet = Net()\ndel net.head",
        "        return self.head(self.body(x).relu())\nnet = Net()",
        "notice.made_anew",
        10,
        "nn.Linear(8, 3) (line 10) makes new weights in each pass",
    ),
    "a tensor of a module that is no parameter": Mistake(
        """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)
        self.scale = torch.ones(3, requires_grad=True)
    def forward(self, x):
        return self.layer(x) * self.scale
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "torch.ones(3, requires_grad=True)",
        "nn.Parameter(torch.ones(3))",
        "notice.no_parameter",
        0,
        "net.scale: there is a gradient, but no optimizer trains them",
    ),
    "a loss that is wrapped anew": Mistake(
        NET
        + """\
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    loss = torch.autograd.Variable(loss.data, requires_grad=True)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "    loss = torch.autograd.Variable(loss.data, requires_grad=True)\n",
        "",
        "notice.pass_of_leaf",
        11,
        "loss.backward() (line 11) begins at a leaf, loss, behind which there is nothing",
    ),
    "weights that all begin at 0": Mistake(
        NET
        + """\
for layer in net:
    if isinstance(layer, nn.Linear):
        nn.init.zeros_(layer.weight); nn.init.zeros_(layer.bias)
for _ in range(4):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
        "nn.init.zeros_(layer.weight); nn.init.zeros_(layer.bias)",
        "nn.init.zeros_(layer.bias)",
        "notice.all_zero",
        0,
        "net.0.weight, net.2.weight: every weight is 0",
    ),
}

# By name: a program that raises, what in it is wrong, what is right, and the sentence that is told.
ERRORS = {
    "parameters that were counted before": (
        """\
net = nn.Linear(4, 3)
params = net.parameters()
n = sum(p.numel() for p in params)
opt = torch.optim.SGD(params, lr=0.1)
""",
        "net.parameters()",
        "list(net.parameters())",
        "torch.optim.SGD(params, lr=0.1): params is a generator, which gives its parameters once, and something has "
        "gone through them before. Keep them as a list: params = list(…).",
    ),
    "gradients that are limited one by one before there are any": (
        """\
net = nn.Linear(4, 3)
loss = net(torch.randn(2, 4)).sum()
nn.utils.clip_grad_value_(net.parameters(), 1.0); loss.backward()
""",
        "nn.utils.clip_grad_value_(net.parameters(), 1.0); loss.backward()",
        "loss.backward(); nn.utils.clip_grad_value_(net.parameters(), 1.0)",
        "nn.utils.clip_grad_value_(net.parameters(), 1.0): none of these has a gradient that could be limited; call it "
        "after backward, before the step.",
    ),
    "an optimizer of what was computed": (
        """\
w = torch.randn(4, 3, requires_grad=True) * 0.01
opt = torch.optim.SGD([w], lr=0.1)
""",
        "torch.randn(4, 3, requires_grad=True) * 0.01",
        "(torch.randn(4, 3) * 0.01).requires_grad_()",
        "torch.optim.SGD([w], lr=0.1): w was computed by torch.randn(4, 3, requires_grad=True) * 0.01 (line 5), and an "
        "optimizer trains leaves alone. Let it require a gradient after that: w = w.detach().requires_grad_().",
    ),
}

# Of these, too, nothing is told.
FINE = {
    "attention over a memory that grows from one": """\
cell, score = nn.RNNCell(2, 4), nn.Linear(4, 1)
h, memory = torch.zeros(3, 4), []
for t in range(4):
    h = cell(torch.randn(3, 2), h)
    memory.append(h)
    past = torch.stack(memory, 1)
    h = (F.softmax(score(past), dim=1) * past).sum(1)
h.pow(2).sum().backward()
""",
    "log probabilities that are normalised twice": NET
    + """\
loss = F.cross_entropy(F.log_softmax(net(x), dim=1), y)
loss.backward()
""",
    "a divergence of logarithms": """\
a, b = nn.Linear(4, 3), nn.Linear(4, 3)
x = torch.randn(6, 4)
loss = F.kl_div(a(x).log_softmax(1), b(x).log_softmax(1), log_target=True, reduction="sum")
loss = loss + F.kl_div(a(x).softmax(1).log(), b(x).softmax(1), reduction="sum")
loss.backward()
""",
    "a norm that is measured after the step": NET
    + """\
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    print(torch.nn.utils.clip_grad_norm_(net.parameters(), float("inf")))
""",
    "two networks of which the gradients of one are limited": """\
G, D = nn.Linear(2, 4), nn.Linear(4, 1)
og, od = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
bce = nn.BCEWithLogitsLoss()
for _ in range(3):
    fake = G(torch.randn(8, 2))
    od.zero_grad()
    ld = bce(D(torch.randn(8, 4)), torch.ones(8, 1)) + bce(D(fake.detach()), torch.zeros(8, 1))
    ld.backward(); torch.nn.utils.clip_grad_norm_(D.parameters(), 1.0); od.step()
    og.zero_grad(); lg = bce(D(fake), torch.ones(8, 1)); lg.backward(); og.step()
""",
    "gradients that are limited over several micro-batches": NET
    + """\
for _ in range(3):
    opt.zero_grad()
    for part in range(2):
        (F.cross_entropy(net(x[part::2]), y[part::2]) / 2).backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    opt.step()
""",
    "a network that is put into evaluation mode once it has been trained": """\
net = nn.Sequential(nn.Linear(4, 16), nn.Dropout(0.5), nn.Linear(16, 3))
x, y = torch.randn(12, 4), torch.randint(0, 3, (12,))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
net.eval()
print(net(x).sum().item())
""",
    "layers of statistics that are frozen from the beginning": """\
net = nn.Sequential(nn.Linear(4, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 3)).eval()
x, y = torch.randn(12, 4), torch.randint(0, 3, (12,))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
    net.eval()
""",
    "steps by hand beside an optimizer that empties": NET
    + """\
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward()
    with torch.no_grad():
        for p in net.parameters():
            p -= 0.1 * p.grad
""",
    "a rate that has come down to 0": NET
    + """\
schedule = torch.optim.lr_scheduler.LinearLR(opt, 1.0, 0.0, 2)
for _ in range(4):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step(); schedule.step()
""",
    "a loss that is made several times before one step": NET
    + """\
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    loss.backward()
""",
    "a second factor that starts at 0": """\
a, b = nn.Linear(4, 2, bias=False), nn.Linear(2, 3, bias=False)
nn.init.zeros_(b.weight)
opt = torch.optim.SGD([*a.parameters(), *b.parameters()], lr=0.1)
x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
for _ in range(4):
    loss = F.cross_entropy(b(a(x)), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "two losses and their sum, which is printed": NET
    + """\
first = F.cross_entropy(net(x), y)
first.backward(retain_graph=True)
second = net(x).pow(2).mean()
second.backward(retain_graph=True)
losses = [first, second]
print(sum(losses))
""",
    "weights of a function, which it takes as arguments": """\
class Hyper(nn.Module):
    def __init__(self):
        super().__init__()
        self.make = nn.Linear(2, 12)
    def forward(self, z, x):
        return F.linear(x, self.make(z).view(3, 4))
net = Hyper()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
for _ in range(3):
    loss = F.cross_entropy(net(torch.ones(2), x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a layer that the first forward makes, as lazy ones are": """\
net = nn.Sequential(nn.LazyLinear(8), nn.ReLU(), nn.LazyLinear(3))
x, y = torch.randn(6, 4), torch.randint(0, 3, (6,))
net(x)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(3):
    loss = F.cross_entropy(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
""",
}
