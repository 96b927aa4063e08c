"""Each exercise of the lessons as beginners write it: two further ways that are right, and two that are not, partial
ones, loops and lists, names of their own, prints, the wrong kind of value."""

from __future__ import annotations

_START = "start = 'r' if text[0] == 'o' else 't'\n"
_XOR_LOSS = "nn.functional.binary_cross_entropy_with_logits(model(x), y)"
_NEURON = """
while loss > 0.02:
    a = torch.sigmoid(w * x + b)
    loss = F.binary_cross_entropy(a, y)
    w.grad = b.grad = None
    loss.backward()
    w.data = w.data - 2 * w.grad
    b.data = b.data - 2 * b.grad
    print(loss)
"""
_FORGETS = """
learned = 0
for step in range(100):
    a = torch.sigmoid(w * x + b)
    my_loss = F.binary_cross_entropy(a, y)
    my_loss.backward()
    with torch.no_grad():
        w -= w.grad
        b -= b.grad
    w.grad = b.grad = None
"""
_DEEP_LIST = """
parts = []
for i in range(10):
    parts.append(nn.Linear(16, 16))
    parts.append(nn.ReLU())
better = nn.Sequential(*parts)
for part in better:
    if isinstance(part, nn.Linear):
        nn.init.kaiming_normal_(part.weight)
        nn.init.zeros_(part.bias)
"""
_DEEP_LOSS = "my_loss = (better(x) ** 2).mean()\nmy_loss.backward()\n"
_AGAIN = """
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.22)
KEPT = []
for i in range(60):
    ZERO
    l = nn.functional.mse_loss(model(x), y)
    l.backward()
    optimizer.step()
    KEPT.append(l.item())
    print(i, l.item())
"""

BEGINNERS: dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("1-pretraining", 0): (
        (
            _START + "letter = start\nwritten = letter\nfor i in range(25):\n"
            "    i = torch.multinomial(probabilities[index[letter]], 1)\n    letter = letters[i]\n"
            "    written += letter\n    print(written)",
            _START + "found = [start]\nwhile len(found) < 20:\n"
            "    found.append(letters[torch.multinomial(probabilities[index[found[-1]]], num_samples=1)[0]])\n"
            "written = ''.join(found)",
        ),
        (
            _START + "written = [start] + list(text[1:21])",
            _START + "torch.manual_seed(0)\n"
            "written = start + ''.join(letters[i] for i in torch.randint(0, len(letters), (19,)))",
        ),
    ),
    ("1-pretraining", 1): (
        (
            "train(table, special, 60)\nwith torch.no_grad():\n"
            "    after = nn.functional.cross_entropy(table[general[0]], general[1])\nprint(forgotten, after)",
            "optimizer = torch.optim.SGD([table], lr=5.0)\nfor i in range(60):\n    optimizer.zero_grad()\n"
            "    l = loss_on(special, table)\n    l.backward()\n    optimizer.step()\n"
            "after = loss_on(general, table).item()",
        ),
        (
            "after = loss_on(general, table).item()",
            "train(fresh, special, 60)\nafter = loss_on(general, fresh).item()",
        ),
    ),
    ("1-pretraining", 2): (
        (
            "drop.eval()\nwith torch.no_grad():\n    off = drop(activations)\nprint(off)",
            "drop.training = False\noff = drop.forward(activations)",
        ),
        ("drop.eval\noff = drop(activations)", "drop.eval()\noff = kept"),
    ),
    ("2-tensors", 0): (
        (
            "red = green = blue = torch.zeros(4, 5)\nimage = torch.stack([red, green, blue])",
            "image = torch.zeros(size=(3, 4, 5), dtype=torch.int64)\nprint(image.shape)",
        ),
        ("image = [[[0] * 5] * 4] * 3", "image = torch.zeros(1, 3, 4, 5)"),
    ),
    ("2-tensors", 1): (
        (
            "per_token = torch.zeros(2, 6)\nfor i in range(2):\n    for j in range(6):\n"
            "        per_token[i, j] = features[i, j].max()",
            "per_token = torch.stack([torch.stack([token.max() for token in one]) for one in features])",
        ),
        ("per_token = features.max()", "per_token = [[max(token) for token in one] for one in features]"),
    ),
    ("2-tensors", 2): (
        (
            "number = 70000.0\ntoo_large = torch.tensor(number).half()\nprint(too_large)",
            "too_large = torch.full((), 70000.0).to(dtype=torch.half)",
        ),
        ("too_large = 70000", "too_large = torch.tensor(7000.0, dtype=torch.float16)"),
    ),
    ("2-tensors", 3): (
        (
            "x = torch.arange(12)\npairs = x.reshape(-1, 2)\nprint(pairs)",
            "pairs = torch.tensor([[i, i + 1] for i in range(0, 12, 2)])",
        ),
        ("torch.arange(12).reshape(-1, 2)\npairs = torch.arange(12)", "pairs = [[i, i + 1] for i in range(0, 12, 2)]"),
    ),
    ("2-tensors", 4): (
        (
            "x = torch.arange(6144).view(8, 12, 64)\nswapped = torch.stack([x[:, i] for i in range(12)])",
            "swapped = torch.swapaxes(torch.arange(6144).view(8, 12, 64), 1, 0)",
        ),
        (
            "swapped = torch.arange(6144).view(8, 12, 64).mT",
            "swapped = torch.arange(6144).view(8, 12, 64)\nswapped.transpose(0, 1)",
        ),
    ),
    ("2-tensors", 5): (
        (
            "x = torch.ones(5, 3)\nW = torch.rand(3, 2, requires_grad=True)\ny = x.matmul(W)\nprint(y)",
            "x = torch.ones(5, 3)\nW = torch.ones(3, 2)\ny = torch.zeros(5, 2)\nfor i in range(5):\n"
            "    for j in range(2):\n        y[i, j] = (x[i] * W[:, j]).sum()",
        ),
        ("x = torch.ones(5, 3)\nW = torch.ones(3, 2)\ny = W", "x = torch.ones(5, 3)\nW = 2\ny = x * W"),
    ),
    ("2-tensors", 6): (
        ("numbers = w.data.numpy()\nprint(numbers)", "v = w.clone().detach()\nnumbers = v.numpy()"),
        ("w.requires_grad_(False)\nnumbers = w.numpy()", "numbers = w.tolist()"),
    ),
    ("3-autograd", 0): (
        (
            "x.grad = None\ny = 3 * x ** 2 + 1\nz = 10 * y\nz.backward()\nprint(x.grad)",
            "x.grad = None\na = x ** 2\nb = 3 * a + 1\nz = b * 10\ntorch.autograd.backward(z)",
        ),
        ("z = 120", "x.grad.zero_()\nz = 10 * 3 * x ** 2 + 1\nz = z * 10\nz.backward()"),
    ),
    ("3-autograd", 1): (
        (
            "rate = 0.1\nwith torch.no_grad():\n    w -= rate * w.grad\nout = w * x\nerror = out - target\n"
            "new_loss = (error ** 2).sum() / 3\nprint(new_loss)",
            "with torch.no_grad():\n    w.copy_(w - 0.1 * w.grad)\nnew_loss = torch.mean((w * x - target) ** 2)",
        ),
        (
            "with torch.no_grad():\n    w -= 0.1 * w.grad\nnew_loss = loss",
            "with torch.no_grad():\n    w -= 0.1 * w.grad\nnew_loss = (w * x - target) ** 2",
        ),
    ),
    ("3-autograd", 2): (
        (
            "unused = torch.rand(4)\nunused.requires_grad = True\nprint(unused.grad)",
            "unused = torch.tensor([1.0, 2.0], requires_grad=True)\nother = unused * 2",
        ),
        ("unused = 1.0", "unused = torch.tensor(1.0, requires_grad=True) * 2"),
    ),
    ("3-autograd", 3): (
        (
            "again = w * 3\nloss2 = torch.sum(again)\nloss2.backward()\nprint(w.grad)",
            "total = 0\nfor number in w * 3:\n    total = total + number\ntotal.backward()",
        ),
        ("(w * 3).sum().backward()\n(w * 3).sum().backward()", "w.sum().backward()"),
    ),
    ("3-autograd", 4): (
        (
            "w.grad = None\nh = w * 2\nloss = torch.sum(h * v)\nloss.backward()\nprint(w.grad)",
            "h = w + w\nloss = h[0] * v[0] + h[1] * v[1]\nloss.backward()",
        ),
        ("h = w * 2\nloss = (h * v).sum()", "w.grad = torch.tensor([6.0, 9.0])"),
    ),
    ("3-autograd", 5): (
        (
            "eps = 1e-6\nup = w.detach().clone()\ndown = w.detach().clone()\nup[0] = up[0] + eps\n"
            "down[0] = down[0] - eps\nslope = (f(up).item() - f(down).item()) / (2 * eps)\nprint(slope)",
            "slopes = []\nfor i in range(3):\n    e = torch.zeros(3, dtype=torch.float64)\n    e[i] = 1e-6\n"
            "    slopes.append((f(w.detach() + e) - f(w.detach() - e)) / 2e-6)\nslope = slopes[0]",
        ),
        (
            "eps = 1e-6\nup = w.detach().clone()\nup[0] += eps\nslope = f(up) - f(w.detach())",
            "slopes = []\nfor i in range(3):\n    e = torch.zeros(3, dtype=torch.float64)\n    e[i] = 1e-6\n"
            "    slopes.append((f(w.detach() + e) - f(w.detach() - e)) / 2e-6)\nslope = torch.stack(slopes)",
        ),
    ),
    ("4-neuron", 0): (
        (
            "b = torch.tensor([-2.42])\nz = w * x + b\na = torch.sigmoid(z)\nprint(a)",
            "b.data = torch.tensor([-2.42])\nz = w * x + b\na = z.sigmoid()",
        ),
        ("a = torch.tensor([0.5])", "b = -2.42"),
    ),
    ("4-neuron", 1): (
        (
            "y0 = torch.tensor([0.0])\nother = F.binary_cross_entropy(a, y0)\nprint(other.item())",
            "import math\nother = -math.log(1 - a.item())",
        ),
        ("other = F.binary_cross_entropy(a, torch.tensor([0.5]))", "other = -loss"),
    ),
    ("4-neuron", 2): (
        (
            "a2 = a.detach()\nby_hand = (a2 - y) * x\nprint(by_hand, w.grad)",
            "by_hand = (torch.sigmoid(w * x + b).item() - 1) * 1.1",
        ),
        ("by_hand = ((a.detach() - y) * x).abs()", "by_hand = -0.09"),
    ),
    ("4-neuron", 3): (
        (
            "dw, db = grad(loss, [w, b])\nboth = [dw, db]\nprint(both)",
            "both = grad((loss,), (w, b), retain_graph=True)",
        ),
        ("both = grad(loss, w)", "both = (grad_w, grad_b)"),
    ),
    ("4-neuron", 4): ((_NEURON, _FORGETS + "loss = my_loss"), (_FORGETS, "loss = 0.5 * loss")),
    ("5-network", 0): (
        (
            "layers = [nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1)]\n"
            "deeper = nn.Sequential(*layers)\nn = 0\nfor p in deeper.parameters():\n    n += p.numel()\nprint(n)",
            "deeper = nn.Sequential()\ndeeper.append(nn.Linear(2, 8))\ndeeper.append(nn.Sigmoid())\n"
            "deeper.append(nn.Linear(8, 8))\ndeeper.append(nn.Sigmoid())\ndeeper.append(nn.Linear(8, 1))\n"
            "n = (2 * 8 + 8) + (8 * 8 + 8) + (8 * 1 + 1)",
        ),
        (
            "deeper = [nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1)]\nn = 105",
            "deeper = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))\nn = 33",
        ),
    ),
    ("5-network", 1): (
        (
            f"for i in range(2000):\n    optimizer.zero_grad()\n    loss = {_XOR_LOSS}\n    loss.backward()\n"
            "    optimizer.step()\n    if i % 100 == 0: print(i, loss.item())",
            "optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)\nsteps = 0\nwhile loss.item() >= 0.05:\n"
            f"    loss = {_XOR_LOSS}\n    optimizer.zero_grad()\n    loss.backward()\n    optimizer.step()\n"
            "    steps += 1",
        ),
        (
            f"for i in range(600):\n    loss = {_XOR_LOSS}\n    optimizer.zero_grad()\n    loss.backward()",
            "loss = torch.tensor(0.01)",
        ),
    ),
    ("5-network", 2): (
        (
            _AGAIN.replace("KEPT", "losses").replace("ZERO", "optimizer.zero_grad(set_to_none=False)"),
            _AGAIN.replace("KEPT", "losses").replace("ZERO", "for p in model.parameters():\n        p.grad = None"),
        ),
        (
            _AGAIN.replace("KEPT", "my_losses").replace("ZERO", "optimizer.zero_grad()"),
            _AGAIN.replace("KEPT", "losses").replace("ZERO", "optimizer.zero_grad"),
        ),
    ),
    ("5-network", 3): (
        ("rate = 4 / 8\nbest = learn(rate)\nprint(best)", "best = learn(rate=0.5)"),
        ("best = 0.5", "best = learn(0.05)"),
    ),
    ("5-network", 4): (
        (
            "g = torch.tensor([100.0, 1.0])\nv = g * g\nstep = 0.1 * g / v ** 0.5\nby_hand = 1 - step\nprint(by_hand)",
            "by_hand = torch.tensor([1 - 0.1 * 100 / 100, 1 - 0.1 * 1 / 1])",
        ),
        ("by_hand = 0.9", "g = torch.tensor([100.0, 1.0])\nby_hand = 1 + 0.1 * g / (g ** 2).sqrt()"),
    ),
    ("5-network", 5): (
        (
            "model.eval()\nwith torch.no_grad():\n    third = model(x)\n    fourth = model(x)\nprint(third == fourth)",
            "model.eval()\nfor p in model.parameters():\n    p.requires_grad = False\n"
            "third = model(x)\nfourth = model(x)",
        ),
        (
            "model.eval\nwith torch.no_grad():\n    third, fourth = model(x), model(x)",
            "model.eval()\nthird = fourth = model(x).item()",
        ),
    ),
    ("6-gpt2", 0): (
        (
            "back = ''\nfor i in range(len(tokens)):\n    back = back + alphabet[tokens[i]]\nprint(back)",
            "found = []\nfor t in tokens:\n    for letter, number in number_of.items():\n"
            "        if number == t: found.append(letter)\nback = ''.join(found)",
        ),
        ("back = alphabet", "back = ''.join(str(int(t)) for t in tokens)"),
    ),
    ("6-gpt2", 1): (
        (
            "one, two = x[0][2], x[0][5]\ngap = max(abs(one - two)).item()\nprint(gap)",
            "gap = 0\nfor p, q in zip(x[0, 2], x[0, 5]):\n    gap = max(gap, abs(p.item() - q.item()))",
        ),
        ("gap = (x[0, 2] - x[0, 5]).abs().mean()", "gap = x[0, 2] - x[0, 5]"),
    ),
    ("6-gpt2", 2): (
        (
            "average = torch.zeros(T, C)\nfor t in range(T):\n    average[t] = value[:t + 1].sum(0) / (t + 1)",
            "average = torch.stack([torch.mean(value[:i + 1], dim=0) for i in range(T)])\nprint(average)",
        ),
        ("average = value.mean(0)", "average = [value[:t].mean(0) for t in range(T)]"),
    ),
    ("6-gpt2", 3): (
        (
            "with torch.no_grad():\n    norm.weight[0] = 3.0\nz = norm(x)\nprint(z)",
            "norm.weight = nn.Parameter(torch.tensor([3.0, 1, 1, 1, 1, 1]))\nz = norm(x)",
        ),
        ("norm.weight[0] = 3.0\nz = norm(x)", "with torch.no_grad():\n    norm.weight[0] = 3.0\nz = norm(y) * 3"),
    ),
    ("6-gpt2", 4): (
        (
            "nn.init.normal_(model.head.weight, std=1)\nout = model(tokens[:, :-1])\n"
            "bad_loss = nn.functional.cross_entropy(out.reshape(-1, V), tokens[:, 1:].reshape(-1))\nprint(bad_loss)",
            "model.head.weight.data = torch.randn(V, C)\nlogits = model(tokens[:, :-1])\n"
            "bad_loss = nn.CrossEntropyLoss()(logits.reshape(-1, V), tokens[:, 1:].reshape(-1)).item()",
        ),
        (
            "nn.init.normal_(model.head.weight, std=1)",
            "nn.init.normal_(model.head.weight, std=1)\nbad_loss = loss.item()",
        ),
    ),
    ("6-gpt2", 5): (
        (
            "sure = torch.tensor([[10.0, 0, 0, 0], [0, 0, 0, 10.0], [10.0, 0, 0, 0]])\nprint(sure)",
            "sure = torch.zeros(3, 4)\nsure[0, 0] = 50\nsure[1, 3] = 50\nsure[2, 0] = 50",
        ),
        ("sure = p", "sure = 10.0"),
    ),
    ("6-gpt2", 6): (
        (
            "best = logits[:2]\nprobabilities = torch.softmax(best, dim=0)\n"
            "top2 = torch.tensor([probabilities[0], probabilities[1], 0, 0])\nprint(top2)",
            "kept = logits.clone()\nkept[2] = kept[3] = float('-inf')\ntop2 = kept.softmax(dim=0)",
        ),
        ("top2 = torch.softmax(logits, dim=0)[:2]", "top2 = [0.7311, 0.2689, 0, 0]"),
    ),
    ("7-gradients", 0): (
        (
            _DEEP_LIST
            + _DEEP_LOSS
            + "ratio = better[0].weight.grad.norm() / better[18].weight.grad.norm()\nprint(ratio)",
            _DEEP_LIST + _DEEP_LOSS + "linears = [p for p in better if isinstance(p, nn.Linear)]\n"
            "norms = [p.weight.grad.pow(2).sum().sqrt().item() for p in linears]\nratio = norms[0] / norms[-1]",
        ),
        (_DEEP_LIST + "ratio = 1.0", _DEEP_LIST + _DEEP_LOSS + "ratio = first / last"),
    ),
    ("7-gradients", 1): (
        (
            "before = W.grad.norm().item()\ntorch.nn.utils.clip_grad_norm_([W], 1)\nprint(before, W.grad.norm())",
            "n = torch.sqrt((W.grad ** 2).sum())\nbefore = n.clone()\nW.grad = W.grad / n",
        ),
        ("before = torch.nn.utils.clip_grad_value_([W], 1.0)", "before = W.grad.norm()"),
    ),
    ("7-gradients", 2): (
        (
            "model[0].weight.grad = None\nact = nn.LeakyReLU()\nout = model[2](act(model[0](x)))\n"
            "my_loss = (out ** 2).mean()\nmy_loss.backward()\nalive = 0\nfor row in model[0].weight.grad:\n"
            "    if row.abs().sum() > 0: alive += 1\ngrad_alive = alive == 32",
            "model[1] = nn.LeakyReLU(0.1)\nmodel.zero_grad()\nmodel(x).pow(2).mean().backward()\n"
            "grad_alive = (model[0].weight.grad != 0).any(1).all()",
        ),
        (
            "model[1] = nn.LeakyReLU()\ngrad_alive = (model[0].weight.grad != 0).any(dim=1).all()",
            "model[1] = nn.Identity()\ngrad_alive = dead",
        ),
    ),
    ("7-gradients", 3): (
        (
            "safe = 0\nfor q in p:\n    if q > 0: safe = safe - q * torch.log(q)\nprint(safe)",
            "safe = -(p * torch.log(torch.where(p > 0, p, 1.0))).sum()",
        ),
        ("safe = 0.5004", "safe = -torch.xlogy(p, p).sum()"),
    ),
    ("7-gradients", 4): (
        (
            "parts = []\nfor number in x:\n    parts.append(torch.sqrt(number) if number > 0 else number * 0)\n"
            "fixed = torch.stack(parts)\nprint(fixed)",
            "inside = torch.where(x > 0, x, 1.0)\nfixed = torch.where(x > 0, inside ** 0.5, 0.0)",
        ),
        ("fixed = torch.tensor([2.0, 0.0])", "fixed = [2.0, 0.0]"),
    ),
}
