"""What students write who are near: each exercise with what they changed, and words of what they are then told.

A way is what stands below the program of its page, or a line of it and what it was changed to. None: it is right.
"""

from __future__ import annotations

_STEP = "with torch.no_grad():\n    w -= 0.1 * w.grad\n"
_LEAKY = ("nn.ReLU()", "nn.LeakyReLU()")
_SUMMED = "(model[0].weight.grad != 0).any(dim=1).all()"
_CROSS_ENTROPY = "nn.functional.cross_entropy(logits.reshape(-1, V), tokens[:, 1:].reshape(-1))"
_HEAD = "logits = model(tokens[:, :-1])\nbad_loss = " + _CROSS_ENTROPY

STUDENTS: dict[tuple[str, int], tuple[tuple[str | tuple[str, ...], str | None], ...]] = {
    ("1-pretraining", 0): (
        ("written = 'the cat sat on the mat'", "stand in the text"),
        ("written = 'the'", "length of `written` is 3"),
    ),
    ("1-pretraining", 1): (
        ("after = forgotten", "as large as `forgotten`"),
        ("train(table, general, 60)\nafter = loss_on(general, table)", "train on `special`"),
        ("train(table, special, 6)\nafter = loss_on(general, table)", "How many were there?"),
    ),
    ("1-pretraining", 2): (
        ("off = drop(activations)\ndrop.eval()", "belongs below `drop.eval()`"),
        ("drop.eval()\noff = drop(activations).mean()", "has the shape ()"),
    ),
    ("2-tensors", 0): (("image = [[[0] * 5] * 4] * 3", "is of type list, and has no `.dim`: a tensor has"),),
    ("2-tensors", 1): (
        ("per_token = features.numpy().max(axis=2)", "`per_token` is NumPy's"),
        ("per_token = features.tolist()", "has no `.shape`"),
    ),
    ("2-tensors", 4): (("swapped = torch.arange(6144).view(8, 12, 64).transpose(0, 1).half()", "torch.float16 now"),),
    ("2-tensors", 5): (("x = torch.zeros(5, 3)\nW = torch.ones(3, 2)\ny = x @ W", "should be `torch.ones(5, 3)`"),),
    ("2-tensors", 6): (
        ("w = w.detach()\nnumbers = w.numpy()", "still ask for its gradient"),
        ("numbers = str(w.tolist())", "is of type str"),
        ("numbers = tensor.numpy()", "`w` is [1.0, 2.0, 3.0]"),
    ),
    ("3-autograd", 1): (
        ("", "the step is missing"),
        (_STEP + _STEP + "new_loss = 1", "taken twice"),
        (_STEP + "new_loss = ((output - target) ** 2).mean()", "computed anew"),
        (_STEP + "new_loss = ((w * x - target) ** 2).sum()", "the loss is 0.0467"),
    ),
    ("3-autograd", 2): (("unused = left", "was computed from another tensor"), ("unused = None", "`unused` is None")),
    ("3-autograd", 3): (
        (("h = w * 3", "h = w * 6"), "two passes are asked for"),
        ("w.grad = None", "the second add to it"),
        (("loss.backward()", "loss.backward(retain_graph=True)\nloss.backward()"), None),
    ),
    ("3-autograd", 5): (
        ("slope = w.grad[0]", "the gradient itself"),
        ("slope = w.grad", "of shape (3,): one number alone"),
    ),
    ("4-neuron", 0): (("b = torch.tensor([-2.42])\nz = w * x + b", "compute `z` and `a` anew"),),
    ("4-neuron", 1): (
        ("other = (-torch.log(1 - a)).detach().numpy()", None),
        ("other = z.detach()", "is 2.4200. With"),
    ),
    ("4-neuron", 2): (
        ("by_hand = w.grad", "`w.grad` itself"),
        ("by_hand = ((a - y) * x).detach().numpy()", None),
    ),
    ("4-neuron", 3): (
        ("both = [grad_w, grad_b]", "two calls"),
        ("both = loss.backward()", "`both` is None"),
        ("both = grad(loss, [b, w])", "the gradient of `w` is -0.0898"),
    ),
    ("4-neuron", 4): ((("y = torch.tensor([1.0])", "y = torch.tensor([0.0])"), "Leave `x` and `y`"),),
    ("5-network", 0): (("n = 105\ndeeper = nn.Sequential", "`deeper` is the class Sequential itself"),),
    ("5-network", 1): ((("[1.], [1.], [0.]]", "[0.], [0.], [0.]]"), "Leave `x` and `y`"),),
    ("5-network", 2): (
        (("    optimizer.step()", "    optimizer.zero_grad()\n    optimizer.step()"), "deletes what `step()` needs"),
        (("range(60):\n", "range(1000):\n    optimizer.zero_grad()\n"), None),
    ),
    ("5-network", 3): (("best = torch.tensor([4.0, 0.0])", "`learn(…)` gives 5 numbers"),),
    ("5-network", 4): (
        ("by_hand = torch.ones(2) - 0.1 * steep", "a step of SGD"),
        ("by_hand = adam", "the shape (6, 2)"),
    ),
    ("5-network", 5): (
        ("model.eval()\nwith torch.no_grad():\n    third, fourth = model(x), model(2 * x)", "`model(x)` is asked for"),
    ),
    ("6-gpt2", 0): (("back = text", "That is `text` itself"),),
    ("6-gpt2", 1): (
        ("gap = (x[0, 2] - x[0, 5]).max()", "of either sign"),
        (("3, 0, 1, 2, 0]]", "3, 0, 1, 2, 4]]", "gap = (x[0, 2] - x[0, 5]).abs().max()"), "Leave `tokens`"),
    ),
    ("6-gpt2", 2): (("average = torch.ones(T, T).tril() @ value", "the mean of `value[:2]`"),),
    ("6-gpt2", 3): (("with torch.no_grad():\n    norm.weight[0] = 3.0\nz = norm(y * x)", "should be `norm(x)`"),),
    ("6-gpt2", 4): (
        ("nn.init.normal_(model.head.weight, std=0.1)\n" + _HEAD, "is 0.10; it should be 1"),
        ("nn.init.normal_(model.head.weight, std=1)\nbad_loss = " + _CROSS_ENTROPY, "computed anew"),
    ),
    ("6-gpt2", 5): (("sure = right.float()", "could be probabilities"),),
    ("6-gpt2", 6): (("top2 = torch.softmax(logits[:2], dim=0)", "has the shape (2,)"),),
    ("7-gradients", 1): (("before = W.grad.norm()\nW.grad = None", "`W.grad` is None"),),
    ("7-gradients", 2): (
        ((*_LEAKY, "grad_alive = 20"), "is of type int"),
        ((*_LEAKY, "grad_alive = False"), "says false"),
        ((*_LEAKY, "grad_alive = model[0].weight.grad != 0"), "of shape (32, 8): one number alone"),
        (("-= 20.0", "-= 0.0", f"grad_alive = {_SUMMED}"), "Leave the biases"),
    ),
    ("7-gradients", 3): (
        ("safe = -(p * torch.log(p.clamp(min=1e-8)))", "of shape (3,): one number alone"),
        (("torch.log(p)", "torch.log(p.clamp(min=1e-8))", "safe = entropy"), None),
        ("safe = torch.tensor(0.5004, requires_grad=True)", "`safe` does not depend on `p`"),
    ),
    ("7-gradients", 4): (
        (("torch.sqrt(x)", "torch.sqrt(torch.where(x > 0, x, torch.ones_like(x)))", "fixed = root"), None),
        ("fixed = root", "Its graph is freed"),
        ("fixed = torch.tensor([2.0, 0.0], requires_grad=True)", "`fixed` does not depend on `x`"),
    ),
}
