"""Networks that are trained against or by one another, as people report what goes wrong; each with what mends it."""

from __future__ import annotations

from tests.engine.reported_mistakes import Mistake

PAIR = """\
G, D = nn.Linear(2, 2), nn.Sequential(nn.Linear(2, 8), nn.LeakyReLU(), nn.Linear(8, 1))
og, od = torch.optim.Adam(G.parameters()), torch.optim.Adam(D.parameters())
bce = nn.BCEWithLogitsLoss()
for _ in range(3):
    real = torch.randn(8, 2)
    fake = G(torch.randn(8, 2))
"""
AGENT = """\
actor, critic = nn.Linear(3, 1), nn.Linear(4, 1)
oa, oc = torch.optim.Adam(actor.parameters()), torch.optim.Adam(critic.parameters())
s, a, r = torch.randn(8, 3), torch.randn(8, 1), torch.randn(8, 1)
"""
POLICY = """\
actor, critic = nn.Linear(3, 2), nn.Linear(3, 1)
opt = torch.optim.Adam([*actor.parameters(), *critic.parameters()])
s, r = torch.randn(8, 3), torch.randn(8)
"""
VALUES = """\
q = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
opt = torch.optim.Adam(q.parameters(), lr=1e-3)
s, later = torch.randn(2, 8, 4)
a, r = torch.randint(0, 2, (8,)), torch.randn(8)
"""
SMOOTH = """\
D = nn.Sequential(nn.Flatten(), nn.Linear(12, 8), nn.LeakyReLU(), nn.Linear(8, 1))
opt = torch.optim.Adam(D.parameters())
for _ in range(3):
    real, fake = torch.randn(2, 8, 3, 2, 2)
    middle = (0.5 * real + 0.5 * fake).requires_grad_()
"""
STEP = "    opt.zero_grad(); loss.backward(); opt.step()\n"
MISTAKES = {
    "a generator's loss of which one summand is cut off": Mistake(
        PAIR
        + """\
    loss = bce(D(real), torch.ones(8, 1)) + bce(D(fake.detach()), torch.zeros(8, 1))
    od.zero_grad(); loss.backward(); od.step()
    loss_g = 0.1 * bce(D(fake.detach()), torch.ones(8, 1)) + F.l1_loss(fake, real)
    og.zero_grad(); loss_g.backward(); og.step()
""",
        "0.1 * bce(D(fake.detach())",
        "0.1 * bce(D(fake)",
        "notice.missed_term",
        13,
        "bce(D(fake.detach()), torch.ones(8, 1)) (line 13) brings nothing to the parameters of og",
    ),
    "a critic that is trained by the policy's loss": Mistake(
        AGENT
        + """\
for _ in range(3):
    oc.zero_grad()
    F.mse_loss(critic(torch.cat([s, a], 1)), r).backward()
    loss = -critic(torch.cat([s, actor(s)], 1)).mean()
    oa.zero_grad(); loss.backward(); oa.step(); oc.step()
""",
        ", r).backward()\n    loss = -critic(torch.cat([s, actor(s)], 1)).mean()\n"
        "    oa.zero_grad(); loss.backward(); oa.step(); oc.step()\n",
        ", r).backward(); oc.step()\n    loss = -critic(torch.cat([s, actor(s)], 1)).mean()\n"
        "    oa.zero_grad(); loss.backward(); oa.step()\n",
        "notice.judged",
        12,
        "oc steps by it and by that of line 10 together",
    ),
    "an advantage that carries a gradient": Mistake(
        POLICY
        + """\
for _ in range(3):
    pi = torch.distributions.Categorical(logits=actor(s))
    better = r - critic(s).squeeze(1)
    loss = -(pi.log_prob(pi.sample()) * better).mean() + better.pow(2).mean()
"""
        + STEP,
        "* better)",
        "* better.detach())",
        "notice.advantage",
        11,
        "better (line 10) weighs a log-probability",
    ),
    "an advantage whose value is fitted by a loss of torch": Mistake(
        POLICY
        + """\
for _ in range(3):
    value = critic(s)[:, 0]
    logp = F.log_softmax(actor(s), dim=1)[:, 0]
    loss = F.mse_loss(value, r) - (logp * (r - value)).mean()
"""
        + STEP,
        "(r - value)).mean()",
        "(r - value).detach()).mean()",
        "notice.advantage",
        11,
        "r - value (line 11) weighs a log-probability",
    ),
    "a later value of the same network as a target": Mistake(
        VALUES
        + """\
for _ in range(3):
    value = q(s).gather(1, a[:, None]).squeeze(1)
    target = r + 0.99 * q(later).max(1).values
    loss = F.mse_loss(value, target)
"""
        + STEP,
        "q(later).max(1).values",
        "q(later).max(1).values.detach()",
        "notice.own_target",
        11,
        "target (line 11) is what F.mse_loss(value, target) (line 12) compares a value with",
    ),
    "a difference to a later value of the same network": Mistake(
        VALUES
        + """\
done = torch.zeros(8)
for _ in range(3):
    target = r + 0.99 * q(later).max(1)[0] * (1 - done)
    loss = (q(s)[torch.arange(8), a] - target).pow(2).mean()
"""
        + STEP,
        "q(later).max(1)[0]",
        "q(later).max(1)[0].detach()",
        "notice.own_target",
        11,
        "is what q(s)[torch.arange(8), a] - target (line 12) compares a value with",
    ),
    "a student that is its own teacher": Mistake(
        VALUES
        + """\
teacher = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
for _ in range(3):
    loss = F.mse_loss(q(s), q(s).detach())
"""
        + STEP,
        "q(s).detach()",
        "teacher(s).detach()",
        "notice.equal_sides",
        11,
        "compares q(s) with itself: q(s).detach() has the same numbers",
    ),
    "a penalty on the gradient of each pixel": Mistake(
        SMOOTH
        + """\
    g, = torch.autograd.grad(D(middle).sum(), middle, create_graph=True)
    loss = D(fake).mean() - D(real).mean() + 10 * (g.norm(2, dim=1) - 1).pow(2).mean()
"""
        + STEP,
        "g.norm(2, dim=1)",
        "g.flatten(1).norm(2, dim=1)",
        "notice.penalty_axes",
        11,
        "takes 32 norms of a gradient of shape (8, 3, 2, 2), and 8 results were differentiated",
    ),
    "a penalty on the gradient of a whole batch": Mistake(
        SMOOTH
        + """\
    out = D(middle)
    g, = torch.autograd.grad(out, middle, torch.ones_like(out), create_graph=True)
    loss = D(fake).mean() - D(real).mean() + 10 * (g.view(8, 12).norm() - 1) ** 2
"""
        + STEP,
        "g.view(8, 12).norm()",
        "g.view(8, 12).norm(dim=1).mean()",
        "notice.penalty_axes",
        12,
        "takes 1 norms of a gradient of shape (8, 12)",
    ),
}

# Of these nothing is told.
FINE = {
    "a generator with two losses": PAIR
    + """\
    loss = bce(D(real), torch.ones(8, 1)) + bce(D(fake.detach()), torch.zeros(8, 1))
    od.zero_grad(); loss.backward(); od.step()
    loss_g = bce(D(fake), torch.ones(8, 1)) + F.l1_loss(fake, real)
    og.zero_grad(); loss_g.backward(); og.step()
""",
    "one loss for both, by which one steps at every second pass": PAIR
    + """\
    loss = bce(D(fake.detach()), torch.zeros(8, 1)) + F.l1_loss(fake, real)
    og.zero_grad(); loss.backward(); og.step()
    if _ % 2: od.step(); od.zero_grad()
""",
    "a critic that is emptied before its own loss": AGENT
    + """\
for _ in range(3):
    fit = F.mse_loss(critic(torch.cat([s, a], 1)), r)
    oc.zero_grad(); fit.backward(); oc.step()
    loss = -critic(torch.cat([s, actor(s)], 1)).mean()
    oa.zero_grad(); loss.backward(); oa.step()
""",
    "a body of two heads, each with a loss": """\
body, first, second = nn.Linear(3, 4), nn.Linear(4, 1), nn.Linear(4, 1)
ob, oh = torch.optim.Adam(body.parameters()), torch.optim.Adam([*first.parameters(), *second.parameters()])
x = torch.randn(8, 3)
for _ in range(3):
    ob.zero_grad(); oh.zero_grad()
    first(body(x)).pow(2).mean().backward()
    loss = second(body(x)).mean()
    loss.backward(); ob.step(); oh.step()
""",
    "log-probabilities with weights that are learned": """\
net, weigh = nn.Linear(3, 2), nn.Linear(3, 1)
opt = torch.optim.Adam([*net.parameters(), *weigh.parameters()])
x = torch.randn(8, 3)
for _ in range(3):
    logp = net(x).log_softmax(1)[:, 0]
    weight = weigh(x).squeeze(1).sigmoid()
    loss = -(logp * weight).mean() - weight.log().mean() + (1 - weight).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "two views of a sample that are to agree": """\
net = nn.Linear(4, 3)
opt = torch.optim.Adam(net.parameters())
x = torch.randn(8, 4)
for _ in range(3):
    loss = F.mse_loss(net(x), net(x + 0.1 * torch.randn(8, 4)))
    loss = loss + F.mse_loss(net(x + 0.1), torch.randn(8, 3) * 0.1 + 0.9 * net(x))
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "distances whose gradients have norms of 1": """\
net = nn.Sequential(nn.Linear(3, 8), nn.Softplus(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters())
for _ in range(3):
    x = torch.randn(4, 5, 3, requires_grad=True)
    g, = torch.autograd.grad(net(x).sum(), x, create_graph=True)
    rows = torch.randn(3, 7, requires_grad=True)
    h, = torch.autograd.grad(net(rows.t()).sum(), rows, create_graph=True)
    loss = (g.norm(dim=-1) - 1).pow(2).mean() + (h.norm(dim=0) - 1).pow(2).mean() + net(x).abs().mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
    "a judge of patches with one norm for each sample": """\
D = nn.Sequential(nn.Conv2d(1, 4, 3), nn.LeakyReLU(), nn.Conv2d(4, 1, 3))
opt = torch.optim.Adam(D.parameters())
for _ in range(3):
    real = torch.randn(3, 1, 8, 8)
    middle = torch.randn(3, 1, 8, 8, requires_grad=True)
    g, = torch.autograd.grad(D(middle).sum(), middle, create_graph=True)
    loss = -D(real).mean() + D(middle.detach()).mean() + 10 * (g.flatten(1).norm(dim=1) - 1).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
""",
}
