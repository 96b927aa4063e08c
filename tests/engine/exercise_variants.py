"""Each exercise of the lessons done by several hands: three ways that are right, and three that are not.

By lesson and number of the exercise in it; a way is what stands below the program of its page.
"""

from __future__ import annotations

_MULTINOMIAL = "letters[int(torch.multinomial(probabilities[index[written[-1]]], 1))]"
_BEGIN = "written = 'r' if text[0] == 'o' else 't'"
_XOR_LOSS = "nn.functional.binary_cross_entropy_with_logits(model(x), y)"
_LOOP = """
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
losses = []
for step in range(60):
    loss = nn.functional.mse_loss(model(x), y)
    FIRST
    loss.backward()
    optimizer.step()
    LAST
    losses.append(loss.item())
"""
_DEEP = """
layers = []
for _ in range(10):
    linear = nn.Linear(16, 16)
    INIT
    layers += [linear, nn.ACTIVATION()]
better = nn.Sequential(*layers)
better(x).pow(2).mean().backward()
one, other = better[0].weight.grad.norm(), better[-2].weight.grad.norm()
"""
_KAIMING = "nn.init.kaiming_normal_(linear.weight)"
_ALIVE = """
model[0].weight.grad = None
model[2](nn.functional.KIND(model[0](x))).pow(2).mean().backward()
"""
_STEP = """
for step in range(N):
    a = torch.sigmoid(w * x + b)
    loss = F.binary_cross_entropy(a, y)
    loss.backward()
    with torch.no_grad():
        w -= RATE * w.grad
        b -= RATE * b.grad
    w.grad = b.grad = None
"""
_TOP = "torch.zeros(4).scatter(0, torch.tensor([0, 1]), torch.softmax(logits[:2], dim=0))"


def _loop(rate: float, first: str = "pass", last: str = "pass") -> str:
    return _LOOP.replace("RATE", str(rate)).replace("FIRST", first).replace("LAST", last)


def _deep(ratio: str, init: str = _KAIMING, activation: str = "ReLU") -> str:
    return _DEEP.replace("INIT", init).replace("ACTIVATION", activation) + f"ratio = {ratio}"


def _steps(n: int, rate: float) -> str:
    return _STEP.replace("RATE", str(rate)).replace("N", str(n), 1)


VARIANTS: dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("1-pretraining", 0): (
        (
            f"{_BEGIN}\nfor _ in range(19):\n    written += {_MULTINOMIAL}",
            f"{_BEGIN}\nwhile len(written) < 30: written += {_MULTINOMIAL}",
            f"{_BEGIN}\nfor _ in range(25):\n    row = probabilities[index[written[-1]]]\n"
            "    written = written + letters[torch.multinomial(row, 1).item()]",
        ),
        (
            "written = 't' * 20 if text[0] == 't' else 'r' * 20",
            "written = ' ' + text[:30]",
            f"{_BEGIN}\nwritten += 'he zebra of a text so long'",
        ),
    ),
    ("1-pretraining", 1): (
        (
            "train(table, special, 60)\nafter = loss_on(general, table)",
            "for _ in range(60): train(table, special, 1)\nafter = float(loss_on(general, table))",
            "train(table, special, steps=60)\nwith torch.no_grad(): after = loss_on(general, table).item()",
        ),
        (
            "train(table, special, 60)\nafter = loss_on(special, table).item()",
            "after = forgotten",
            "train(table, special, 60)\nafter = 10.0",
        ),
    ),
    ("1-pretraining", 2): (
        (
            "drop.eval()\noff = drop(activations)",
            "drop.train(False)\noff = drop(activations)",
            "off = drop.eval()(activations)",
        ),
        ("off = drop(activations)", "off = activations.clone()", "drop.eval()\noff = drop(activations) * 0.8"),
    ),
    ("2-tensors", 0): (
        (
            "image = torch.zeros((3, 4, 5))",
            "image = torch.full((3, 4, 5), 0)",
            "image = torch.tensor([[[0] * 5] * 4] * 3)",
        ),
        ("image = torch.zeros(4, 5, 3)", "image = torch.zeros(3, 20)", "image = torch.ones(3, 4, 5)"),
    ),
    ("2-tensors", 1): (
        (
            "per_token = features.max(dim=2).values",
            "per_token, _ = torch.max(features, -1)",
            "per_token = features.sort(dim=2)[0][:, :, -1]",
        ),
        (
            "per_token = features.max(dim=2)",
            "per_token = features.mean(dim=2)",
            "per_token = features.amax(dim=-1, keepdim=True)",
        ),
    ),
    ("2-tensors", 2): (
        (
            "too_large = torch.tensor(70000.0, dtype=torch.float16)",
            "too_large = torch.tensor([70000]).half()",
            "too_large = torch.tensor(7e4).type(torch.float16)",
        ),
        (
            "too_large = torch.tensor(70000.0)",
            "too_large = torch.tensor(70000.0).to(torch.bfloat16)",
            "too_large = torch.tensor(-70000.0).half()",
        ),
    ),
    ("2-tensors", 3): (
        (
            "pairs = torch.arange(12).view(-1, 2)",
            "pairs = torch.arange(0, 12).reshape((-1, 2))",
            "pairs = torch.stack([torch.arange(0, 12, 2), torch.arange(1, 12, 2)], dim=1)",
        ),
        (
            "pairs = torch.arange(12).reshape(-1, 6)",
            "pairs = torch.arange(12).reshape(2, 6).T",
            "pairs = torch.arange(1, 13).reshape(-1, 2)",
        ),
    ),
    ("2-tensors", 4): (
        (
            "swapped = torch.arange(6144).view(8, 12, 64).permute(1, 0, 2)",
            "swapped = torch.arange(6144).view(8, 12, 64).transpose(0, 1).contiguous()",
            "swapped = torch.arange(6144).view(8, 12, 64).movedim(0, 1)",
        ),
        (
            "swapped = torch.arange(6144).view(8, 12, 64).reshape(12, 8, 64)",
            "swapped = torch.arange(6144).view(12, 64, 8).transpose(1, 2)",
            "swapped = torch.arange(6144).view(8, 12, 64).transpose(1, 2)",
        ),
    ),
    ("2-tensors", 5): (
        (
            "x = torch.ones(5, 3)\nW = torch.ones(3, 2)\ny = torch.matmul(x, W)",
            "x = torch.ones(5, 3)\nW = torch.tensor([[1.0, 2.0]] * 3)\ny = x.mm(W)",
            "x = torch.ones(5, 3)\nW = torch.zeros(2, 3).T\ny = x @ W",
        ),
        (
            "x = torch.ones(5, 3)\nW = torch.randn(2, 3)\ny = x @ W.T",
            "x = torch.ones(5, 3)\nW = torch.randn(3, 2)\ny = torch.zeros(5, 2)",
            "x = torch.ones(5, 3)\nW = torch.randn(3, 1)\ny = x @ W",
        ),
    ),
    ("2-tensors", 6): (
        ("numbers = w.detach().cpu().numpy()", "numbers = np.array(w.tolist())", "numbers = w.numpy(force=True)"),
        ("numbers = w.detach()", "numbers = array", "numbers = w.grad.numpy()"),
    ),
    ("3-autograd", 0): (
        (
            "x.grad = None\nu = x ** 2\ny = 3 * u + 1\nz = y * 10\nz.backward()",
            "x = torch.tensor(2.0, requires_grad=True)\nz = 10 * (3 * x * x + 1)\nz.backward()",
            "x.grad.zero_()\nz = 10 * (3 * x.pow(2) + 1)\nz.backward()",
        ),
        (
            "z = 10 * (3 * x ** 2 + 1)\nz.backward()",
            "z = 10 * y.item()",
            "x = torch.tensor(2.0, requires_grad=True)\nz = 10 * (3 * x ** 2 + 1)",
        ),
    ),
    ("3-autograd", 1): (
        (
            "with torch.no_grad():\n    w.sub_(0.1 * w.grad)\n    new_loss = ((w * x - target) ** 2).mean()",
            "w.data -= 0.1 * w.grad\nnew_loss = torch.nn.functional.mse_loss(w * x, target).item()",
            "torch.optim.SGD([w], lr=0.1).step()\nnew_loss = (w * x - target).pow(2).mean()",
        ),
        (
            "with torch.no_grad():\n    w = w - 0.1 * w.grad\nnew_loss = ((w * x - target) ** 2).mean()",
            "with torch.no_grad():\n    w -= 0.1 * w.grad\nnew_loss = torch.tensor(0.0)",
            "with torch.no_grad():\n    w += 0.1 * w.grad\nnew_loss = ((w * x - target) ** 2).mean()",
        ),
    ),
    ("3-autograd", 2): (
        (
            "unused = torch.ones(3, requires_grad=True)",
            "unused = torch.tensor([1.0]).requires_grad_()",
            "unused = torch.nn.Parameter(torch.zeros(2))",
        ),
        (
            "unused = torch.tensor(1.0)",
            "unused = x * 2",
            "unused = torch.tensor(1.0, requires_grad=True)\n(x + unused).backward()",
        ),
    ),
    ("3-autograd", 3): (
        (
            "h2 = w * 3\nh2.sum().backward()",
            "(3 * w).sum().backward()",
            "torch.autograd.backward((w * 3).sum())",
        ),
        ("(w * 3).sum()", "w.grad = None\n(w * 3).sum().backward()", "(w * 3).mean().backward()"),
    ),
    ("3-autograd", 4): (
        (
            "w.grad = None\nh = w * 2\nloss = (h * v).sum()\nloss.backward()",
            "h = 2 * w\nloss = h @ v\nloss.backward()",
            "loss = torch.dot(w * 2, v.detach())\nloss.backward()",
        ),
        (
            "h = (w * 2).detach().requires_grad_()\nloss = (h * v).sum()\nloss.backward()",
            "h = w.clone()\nloss = (h * v).sum()\nloss.backward()",
            "h = w * 2\nloss = (h * v).sum()",
        ),
    ),
    ("3-autograd", 5): (
        (
            "eps = 1e-5\nmove = torch.tensor([eps, 0, 0], dtype=torch.float64)\n"
            "slope = (f(w + move) - f(w - move)) / (2 * eps)",
            "eps = 1e-6\nup = torch.tensor([0.5 + eps, -1.0, 2.0], dtype=torch.float64)\n"
            "down = torch.tensor([0.5 - eps, -1.0, 2.0], dtype=torch.float64)\n"
            "slope = float(f(up) - f(down)) / 2 / eps",
            "eps = 1e-6\nwith torch.no_grad():\n    w[0] += eps\n    high = f(w)\n    w[0] -= 2 * eps\n    low = f(w)\n"
            "    w[0] += eps\nslope = (high - low) / (2 * eps)",
        ),
        (
            "eps = 1e-6\nup, down = w.detach().clone(), w.detach().clone()\nup[0] += eps\ndown[0] -= eps\n"
            "slope = (f(up) - f(down)) / eps",
            "eps = 1e-6\nslope = (f(w + eps) - f(w - eps)) / (2 * eps)",
            "eps = 0.5\nup, down = w.detach().clone(), w.detach().clone()\nup[0] += eps\ndown[0] -= eps\n"
            "slope = (f(up) - f(down)) / (2 * eps)",
        ),
    ),
    ("4-neuron", 0): (
        (
            "b = torch.tensor([-2.2 * 1.1], requires_grad=True)\na = torch.sigmoid(w * x + b)\nz = w * x + b",
            "with torch.no_grad(): b -= w * x\nz = w * x + b\na = torch.sigmoid(z)",
            "b = (-w * x).detach()\nz = w * x + b\na = 1 / (1 + torch.exp(-z))",
        ),
        (
            "w = torch.tensor([0.0])\nz = w * x + b\na = torch.sigmoid(z)",
            "b = torch.tensor([2.42])\nz = w * x + b\na = torch.sigmoid(z)",
            "b = torch.tensor([-2.42])",
        ),
    ),
    ("4-neuron", 1): (
        (
            "other = -torch.log(1 - a)",
            "other = F.binary_cross_entropy(a, 1 - y).item()",
            "other = F.binary_cross_entropy_with_logits(z, torch.zeros(1))",
        ),
        ("other = loss", "other = -torch.log(a)", "other = torch.log(1 - a)"),
    ),
    ("4-neuron", 2): (
        (
            "by_hand = (a.item() - y.item()) * x.item()",
            "with torch.no_grad(): by_hand = (a - y) * x",
            "by_hand = ((a - y) * x).detach()",
        ),
        ("by_hand = (a - y) * x", "by_hand = (a.detach() - y)", "by_hand = (y - a.detach()) * x"),
    ),
    ("4-neuron", 3): (
        (
            "both = grad(loss, (w, b))",
            "both = torch.autograd.grad(loss, [w, b], retain_graph=True)",
            "both = list(grad(outputs=loss, inputs=[w, b]))",
        ),
        ("both = grad(loss, [b, w])", "both = grad(loss, [w])", "both = grad(2 * loss, [w, b])"),
    ),
    ("4-neuron", 4): (
        (_steps(100, 1.0), _steps(20, 5.0), _steps(400, 0.3)),
        (_steps(3, 1.0), _steps(60, 0.01), _steps(60, -1.0)),
    ),
    ("5-network", 0): (
        (
            "deeper = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))\n"
            "n = sum(p.numel() for p in deeper.parameters())",
            "class Deeper(Network):\n    def __init__(self):\n        super().__init__()\n"
            "        self.more = nn.Linear(8, 8)\n"
            "    def forward(self, x):\n        return self.out(torch.tanh(self.more(torch.tanh(self.hidden(x)))))\n"
            "deeper = Deeper()\nn = sum(p.numel() for p in deeper.parameters())",
            "deeper = nn.Sequential(nn.Linear(2, 8), nn.GELU(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))\n"
            "n = sum([p.nelement() for p in deeper.parameters()])",
        ),
        (
            "deeper = nn.Sequential(nn.Linear(2, 8), nn.Linear(8, 8), nn.Linear(8, 1))\n"
            "n = sum(p.numel() for p in deeper.parameters())",
            "deeper = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))\nn = 105",
            "deeper = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))\n"
            "n = len(list(deeper.parameters()))",
        ),
    ),
    ("5-network", 1): (
        (
            f"optimizer = torch.optim.SGD(model.parameters(), lr=2)\nfor step in range(300):\n    loss = {_XOR_LOSS}\n"
            "    optimizer.zero_grad()\n    loss.backward()\n    optimizer.step()",
            "optimizer = torch.optim.Adam(model.parameters(), lr=0.05)\n"
            f"for step in range(400):\n    loss = {_XOR_LOSS}\n    model.zero_grad()\n    loss.backward()\n"
            "    optimizer.step()",
            f"while loss > 0.04:\n    loss = {_XOR_LOSS}\n    optimizer.zero_grad()\n    loss.backward()\n"
            "    optimizer.step()",
        ),
        (
            "loss = loss / 20",
            f"for step in range(5):\n    loss = {_XOR_LOSS}\n    optimizer.zero_grad()\n    loss.backward()\n"
            "    optimizer.step()",
            "optimizer.step()",
        ),
    ),
    ("5-network", 2): (
        (
            _loop(0.22, first="optimizer.zero_grad()"),
            _loop(0.22, last="model.zero_grad()"),
            _loop(0.2, first="for p in model.parameters(): p.grad = None"),
        ),
        (_loop(0.22), _loop(0.0005), "losses = sorted(losses, reverse=True)"),
    ),
    ("5-network", 3): (
        ("best = learn(0.5)", "best = learn(1 / 2)", "best = learn(4 / 8)"),
        ("best = learn(0.25)", "best = learn(0.3)", "best = learn(1.0)"),
    ),
    ("5-network", 4): (
        (
            "g = torch.tensor([100.0, 1.0])\nm, v = g, g ** 2\nby_hand = torch.ones(2) - 0.1 * m / torch.sqrt(v)",
            "g = torch.tensor([100.0, 1.0])\nby_hand = 1 - 0.1 * g.sign()",
            "by_hand = torch.ones(2)\nby_hand -= 0.1 * steep / (steep.square().sqrt() + 1e-8)",
        ),
        (
            "g = torch.tensor([100.0, 1.0])\nby_hand = 1 - 0.1 * g",
            "g = torch.tensor([100.0, 1.0])\nby_hand = 1 - 0.1 * g / g ** 2",
            "g = torch.tensor([100.0, 1.0])\nby_hand = 0.1 * g / (g ** 2).sqrt()",
        ),
    ),
    ("5-network", 5): (
        (
            "model.eval()\nwith torch.inference_mode():\n    third = model(x)\n    fourth = model(x)",
            "model.train(False)\nthird, fourth = model(x).detach(), model(x).detach()",
            "with torch.no_grad():\n    model.eval()\n    third, fourth = model(x), model(x)\n    model.train()",
        ),
        (
            "with torch.no_grad():\n    third, fourth = model(x), model(x)\n    fourth = third = third + 1",
            "model.eval()\nthird, fourth = model(x), model(x)",
            "model[2] = nn.Identity()\nwith torch.no_grad():\n    third, fourth = model(x), model(x)",
        ),
    ),
    ("6-gpt2", 0): (
        (
            "back = ''.join([alphabet[number] for number in tokens])",
            "back = ''\nfor number in tokens.tolist(): back += alphabet[number]",
            "letter_of = {number: letter for letter, number in number_of.items()}\n"
            "back = ''.join(letter_of[int(number)] for number in tokens)",
        ),
        (
            "back = ' '.join(alphabet[number] for number in tokens)",
            "back = ''.join(alphabet[number] for number in inputs)",
            "back = [alphabet[number] for number in tokens]",
        ),
    ),
    ("6-gpt2", 1): (
        (
            "gap = torch.max(torch.abs(x[0, 2] - x[0, 5])).item()",
            "gap = (x[:, 5, :] - x[:, 2, :]).abs().amax()",
            "gap = (position_table.weight[2] - position_table.weight[5]).abs().max()",
        ),
        (
            "gap = (x[0, 2] - x[0, 5]).max() - 1",
            "gap = (x[0, 2] - x[0, 5]).norm()",
            "gap = (x[0, 0] - x[0, 5]).abs().max()",
        ),
    ),
    ("6-gpt2", 2): (
        (
            "average = value.cumsum(0) / torch.arange(1, T + 1).unsqueeze(1)",
            "w = torch.tril(torch.ones(T, T))\naverage = (w / w.sum(1, keepdim=True)) @ value",
            "average = torch.softmax((scores * 0).masked_fill(mask, float('-inf')), -1) @ value",
        ),
        (
            "average = torch.softmax(torch.zeros(T, T), dim=-1) @ value",
            "average = torch.softmax(torch.zeros(T, T).masked_fill(~mask, float('-inf')), dim=-1) @ value",
            "average = torch.softmax(torch.zeros(T, T).masked_fill(mask, float('-inf')), dim=-1)",
        ),
    ),
    ("6-gpt2", 3): (
        (
            "with torch.no_grad():\n    norm.weight[0] = 3\nz = norm(x)",
            "norm.weight.data[0] = 3.0\nz = norm(x)",
            "with torch.no_grad():\n    norm.weight[0] *= 3\n    z = norm(x).clone()",
        ),
        (
            "z = norm(x)\nwith torch.no_grad():\n    norm.weight[0] = 3.0",
            "with torch.no_grad():\n    norm.weight[:] = 3.0\nz = norm(x)",
            "z = y.clone()\nz[:, 0] *= 3",
        ),
    ),
    ("6-gpt2", 4): (
        (
            "with torch.no_grad(): model.head.weight.normal_(0, 1)\n"
            "bad_loss = nn.functional.cross_entropy(model(tokens[:, :-1]).transpose(1, 2), tokens[:, 1:])",
            "nn.init.normal_(model.head.weight, mean=0.0, std=1.0)\nbad_loss = nn.functional.cross_entropy("
            "model(tokens[:, :-1]).reshape(-1, V), tokens[:, 1:].reshape(-1)).item()",
            "model.head.weight.data *= 50\n"
            "bad_loss = nn.functional.cross_entropy(model(tokens[:, :-1]).reshape(-1, V), tokens[:, 1:].flatten())",
        ),
        (
            "nn.init.normal_(model.head.weight, std=1)\nbad_loss = loss",
            "nn.init.normal_(model.head.weight, std=0.02)\n"
            "bad_loss = nn.functional.cross_entropy(model(tokens[:, :-1]).reshape(-1, V), tokens[:, 1:].reshape(-1))",
            "bad_loss = -loss",
        ),
    ),
    ("6-gpt2", 5): (
        (
            "sure = right * 20",
            "sure = torch.full((3, 4), -9.0)\nfor row, token in enumerate(targets):\n    sure[row, token] = 9.0",
            "sure = logits.detach() + 100.0 * right",
        ),
        ("sure = right.float()", "sure = 10.0 * (1 - right)", "sure = 10.0 * right[:2]"),
    ),
    ("6-gpt2", 6): (
        (
            f"top2 = {_TOP}",
            "top2 = plain.clone()\ntop2[2:] = 0\ntop2 = top2 / top2.sum()",
            "kept = logits.topk(2).values[-1]\ntop2 = logits.masked_fill(logits < kept, float('-inf')).softmax(0)",
        ),
        (
            "top2 = plain.clone()\ntop2[2:] = 0",
            "top2 = torch.tensor([0.5, 0.5, 0.0, 0.0])",
            "top2 = torch.softmax(torch.tensor([3.0, 2.0, 0.0, 0.0]), dim=0)",
        ),
    ),
    ("7-gradients", 0): (
        (
            _deep("one / other"),
            _deep("float(one) / float(other)", "nn.init.kaiming_normal_(linear.weight, nonlinearity='relu')"),
            _deep("(one / other).item()"),
        ),
        (_deep("other / one", "pass", "Sigmoid"), _deep("one / other", "pass", "Sigmoid"), _deep("torch.tensor(1.0)")),
    ),
    ("7-gradients", 1): (
        (
            "before = torch.nn.utils.clip_grad_norm_(W, 1.0)",
            "before = torch.nn.utils.clip_grad_norm_([W], max_norm=1).item()",
            "before = W.grad.norm()\nW.grad /= before",
        ),
        (
            "torch.nn.utils.clip_grad_norm_([W], 1.0)\nbefore = W.grad.norm()",
            "before = torch.nn.utils.clip_grad_norm_([W], 10.0)",
            "before = W.grad.norm()\nW.grad.clamp_(-1, 1)",
        ),
    ),
    ("7-gradients", 2): (
        (
            _ALIVE.replace("KIND", "leaky_relu") + "grad_alive = (model[0].weight.grad != 0).any(dim=1).all().item()",
            _ALIVE.replace("KIND", "elu") + "grad_alive = bool((model[0].weight.grad.abs().sum(1) > 0).all())",
            _ALIVE.replace("KIND", "softplus") + "grad_alive = all(bool(row.any()) for row in model[0].weight.grad)",
        ),
        (
            "grad_alive = True",
            "grad_alive = (model[0].weight.grad != 0).any()",
            _ALIVE.replace("KIND", "relu6") + "grad_alive = (model[0].weight.grad != 0).any(dim=1).all()",
        ),
    ),
    ("7-gradients", 3): (
        (
            "q = p[p > 0]\nsafe = -(q * q.log()).sum()",
            "safe = -(p * torch.log(p + 1e-9)).sum()",
            "safe = -(p * p.clamp(min=1e-6).log()).sum()\nsafe.backward(retain_graph=True)",
        ),
        (
            "safe = torch.special.entr(p).sum()",
            "safe = p.sum()",
            "safe = torch.nan_to_num(p * torch.log(p)).sum() * -1",
        ),
    ),
    ("7-gradients", 4): (
        (
            "fixed = torch.where(x > 0, torch.sqrt(x.clamp(min=1e-12)), 0.0)",
            "fixed = torch.zeros(2)\nfixed[x > 0] = x[x > 0].sqrt()",
            "fixed = torch.sqrt(torch.where(x > 0, x, 1.0)) * (x > 0)",
        ),
        (
            "fixed = torch.where(x > 0, torch.sqrt(x), torch.zeros_like(x))",
            "fixed = root.detach()",
            "fixed = torch.nan_to_num(torch.sqrt(x))",
        ),
    ),
}
