"""An error is one sentence that names the sub-expression and holds the shapes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from engine.program.sentences.catalogue import sentence_for
from engine.program.sentences.failing_call import FailingCall
from engine.protocol.program_values import ProgramError
from tests.engine.client import Client, results

PREAMBLE = """import torch, torch.nn as nn, torch.nn.functional as F
x = torch.ones(4, 3); W = torch.ones(5, 2); v = torch.ones(5); ids = torch.tensor([0, 1, 2])
fc = nn.Linear(3, 2); conv = nn.Conv2d(3, 4, 3); table = nn.Embedding(10, 3)
w = torch.ones(3, requires_grad=True)
many = torch.ones(4, 3).double(); far = nn.Linear(3, 2, device="meta")
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(5, 2)
        self.W = nn.Parameter(torch.ones(5, 2))
    def forward(self, batch):
        hidden = self.first(batch)
        return self.second(hidden)
    def product(self, batch):
        return batch @ self.W
net = Net()
model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(5, 2))
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        assert client.run(PREAMBLE)[-1].error is None
        yield client


def error_of(engine: Client, text: str) -> ProgramError:
    error = engine.run(text)[-1].error
    assert error is not None, text
    return error


FUNCTION = """class Own(torch.autograd.Function):
    forward, backward = staticmethod(lambda ctx, x, n: {}), staticmethod(lambda ctx, g: {})
y = Own.apply(w * 1, 2)
"""
BACKWARD = "y.sum().backward()"
OF_OWN = "y.sum().backward(), at the backward of Own.apply(w * 1, 2) (line 3):"
SENTENCES = [
    (
        "q = torch.randn(1, 1, 4, 2, requires_grad=True)\n"
        "g, = torch.autograd.grad(F.scaled_dot_product_attention(q, q, q).sum(), q, create_graph=True)\n"
        "g.sum().backward()",
        "g.sum().backward(): fused attention (_scaled_dot_product_flash_attention_for_cpu_backward) has a gradient, "
        "but none of its gradient. Compute it where a second backward follows under "
        "`with torch.nn.attention.sdpa_kernel(torch.nn.attention.SDPBackend.MATH):`.",
    ),
    ("h = x @ W", "x @ W: shapes (4, 3) and (5, 2) do not fit: the inner dimensions are 3 and 5."),
    (
        "h = torch.sigmoid(x @ W + 1)",
        "x @ W: shapes (4, 3) and (5, 2) do not fit: the inner dimensions are 3 and 5.",
    ),
    ("x.matmul(W)", "x.matmul(W): shapes (4, 3) and (5, 2) do not fit: the inner dimensions are 3 and 5."),
    ("torch.mm(x, W)", "torch.mm(x, W): shapes (4, 3) and (5, 2) do not fit: the inner dimensions are 3 and 5."),
    ("x @ v", "x @ v: shapes (4, 3) and (5,) do not fit: the inner dimensions are 3 and 5."),
    ("v @ ids.float()", "v @ ids.float(): shapes (5,) and (3,) do not fit: the inner dimensions are 5 and 3."),
    (
        "torch.ones(2, 4, 3) @ torch.ones(3, 3, 2)",
        "torch.ones(2, 4, 3) @ torch.ones(3, 3, 2): shapes (2, 4, 3) and (3, 3, 2) do not fit: the batch dimensions "
        "are (2,) and (3,).",
    ),
    (
        "torch.bmm(torch.ones(2, 4, 3), torch.ones(2, 5, 2))",
        "torch.bmm(torch.ones(2, 4, 3), torch.ones(2, 5, 2)): shapes (2, 4, 3) and (2, 5, 2) do not fit: the inner "
        "dimensions are 3 and 5.",
    ),
    ("x + v", "x + v: shapes (4, 3) and (5,) do not broadcast: the last axes have sizes 3 and 5."),
    (
        "(x * 2) - torch.ones(2, 3)",
        "(x * 2) - torch.ones(2, 3): shapes (4, 3) and (2, 3) do not broadcast: axes -2 have sizes 4 and 2.",
    ),
    ("x += v", "x += v: shapes (4, 3) and (5,) do not broadcast: the last axes have sizes 3 and 5."),
    (
        "fc(W)",
        "fc(W), in Linear(in_features=3, out_features=2, bias=True): the input of shape (5, 2) has 2 features, but the "
        "weight of shape (2, 3) takes 3.",
    ),
    ("F.linear(W, fc.weight)", "F.linear(W, fc.weight): the input of shape (5, 2) has 2 features, but the weight of "
     "shape (2, 3) takes 3."),
    (
        PREAMBLE + "net(x)",
        "self.second(hidden), in Linear(in_features=5, out_features=2, bias=True): the input of shape (4, 4) has 4 "
        "features, but the weight of shape (2, 5) takes 5.",
    ),
    (
        "model(x)",
        "model(x), in Linear(in_features=5, out_features=2, bias=True): the input of shape (4, 4) has 4 features, but "
        "the weight of shape (2, 5) takes 5.",
    ),
    ("x.view(5, 3)", "x.view(5, 3): a tensor of shape (4, 3) with 12 elements cannot be given shape (5, 3), "
     "which takes 15."),
    ("x.reshape(-1, 5)", "x.reshape(-1, 5): a tensor of shape (4, 3) with 12 elements cannot be given shape (-1, 5): "
     "12 is not a multiple of 5."),
    ("x.T.view(12)", "x.T.view(12): this tensor of shape (3, 4) has strides (1, 3), so that its elements do not lie "
     "one after another: a step along axis 0 is 1, and would have to be 12 for axes 0 and 1 to be read as one, "),
    ("torch.cat([x, W])", "torch.cat([x, W]): shapes (4, 3) and (5, 2) must be equal on every axis but 0."),
    ("torch.cat([x, v])", "torch.cat([x, v]): shapes (4, 3) and (5,) must have the same number of axes."),
    ("torch.stack([x, W])", "torch.stack([x, W]): shapes (4, 3) and (5, 2) must be equal."),
    ("torch.cat([x, x, x, W, x], -1)", "torch.cat([x, x, x, W, x], -1): of 5 tensors number 3, counted from 0, has "
     "shape (5, 2), and the first (4, 3); they must be equal on every axis but -1."),
    ("torch.stack([x] * 4 + [W])", "torch.stack([x] * 4 + [W]): of 5 tensors number 4, counted from 0, has "
     "shape (5, 2), and the first (4, 3); they must be equal."),
    ("x.expand(5, 3)", "x.expand(5, 3): shape (4, 3) cannot be expanded to (5, 3): only axes of size 1 can grow."),
    ("x[0] = v", "x[0]: a value of shape (5,) does not fit into the place of shape (3,)."),
    ("x[7]", "x[7]: index 7 is out of range: axis 0 of a tensor of shape (4, 3) has 4 elements, 0 to 3."),
    ("x[:1][2]", "x[:1][2]: index 2 is out of range: axis 0 of a tensor of shape (1, 3) has 1 element, at index 0."),
    ("x[:, 5]", "x[:, 5]: index 5 is out of range: axis 1 of a tensor of shape (4, 3) has 3 elements, 0 to 2."),
    ("x[0, 0, 0]", "x[0, 0, 0]: more indices than the tensor has axes, which is 2, shape (4, 3)."),
    ("x.sum(2)", "x.sum(2): axis 2 does not exist: the tensor of shape (4, 3) takes -2 to 1."),
    (
        "table(torch.tensor([3, 12]))",
        "table(torch.tensor([3, 12])), in Embedding(10, 3): index 12 is out of range: the table has 10 rows, 0 to 9.",
    ),
    ("F.cross_entropy(x, ids)", "F.cross_entropy(x, ids): the input of shape (4, 3) and the target of "
     "shape (3,) must have equally many rows, and have 4 and 3."),
    (
        "F.cross_entropy(x, torch.tensor([0, 1, 2, 3]))",
        "F.cross_entropy(x, torch.tensor([0, 1, 2, 3])): class 3 is out of range: the input of shape (4, 3) has 3 "
        "classes, 0 to 2.",
    ),
    ("F.cross_entropy(x, torch.ones(4))", "F.cross_entropy(x, torch.ones(4)): a target of class numbers must be i64"),
    (
        "nn.BCELoss()(x, v)",
        "nn.BCELoss()(x, v), in BCELoss(): the input has shape (4, 3) and the target (5,); they have to be equal.",
    ),
    ("x @ torch.ones(3, 2).double()", "x @ torch.ones(3, 2).double(): dtypes f32 and f64 do not go together"),
    ("fc(x.long())", "fc(x.long()), in Linear(in_features=3, out_features=2, bias=True): dtypes i64 and f32 do not go"),
    ("conv(torch.ones(1, 1, 8, 8))", "conv(torch.ones(1, 1, 8, 8)), in Conv2d(3, 4, kernel_size=(3, 3), stride=(1, 1)"
     "): the channels of the input of shape (1, 1, 8, 8) number 1, but the weight of shape (4, 3, 3, 3) takes 3."),
    ("if x > 0: pass", "x > 0: a tensor of shape (4, 3) is neither true nor false; say .any() or .all()"),
    ("x.item()", "x.item(): a tensor of shape (4, 3) is not one number"),
    ("loss = (w ** 2).sum()\nloss.backward()\nloss.backward()", "loss.backward(): loss.backward() at line 2 has gone "
     "back through this graph already and freed what it had saved; pass retain_graph=True to that one, or compute the "
     "output anew."),
    ("(w * 2).backward()", "(w * 2).backward(): an output of shape (3,) is not one number, so it needs a gradient"),
    ("x.sum().backward()", "No tensor that x.sum() depends on requires a gradient"),
    ("(w * 2).backward(torch.ones(4))", "(w * 2).backward(torch.ones(4)): the gradient has shape (4,), but the output "
     "has (3,); they have to be equal."),
    ("w.add_(1)", "w.add_(1): a leaf that requires a gradient cannot be changed in place"),
    ("y = w.expand(2, 3)\ny += 1", "y += 1: y is a view of w, a leaf that requires a gradient, and what is written "
     "into it would change that leaf in place; do it under torch.no_grad(), or write into y.clone()."),
    ("w.view(3, 1).mul_(2)", "w.view(3, 1).mul_(2): a leaf that requires a gradient cannot be changed in place"),
    ("cold = nn.Linear(3, 2)\nfor p in cold.parameters(): p.requires_grad = False\nloss = cold(x).sum()\n"
     "loss.backward()", "No tensor that loss depends on requires a gradient, and p.requires_grad at line 2 was the "
     "last to switch one off; what is to be trained has to keep requires_grad=True."),
    ("cold = nn.Linear(3, 2).requires_grad_(False)\nloss = cold(x).sum()\nloss.backward()", "No tensor that loss "
     "depends on requires a gradient, and nn.Linear(3, 2).requires_grad_(False) at line 1 was the last to switch"),
    ("w.numpy()", "w.numpy(): numpy keeps no gradients, and this tensor requires one; say .detach().numpy()."),
    ("y = w.exp()\ny.add_(1)\ny.sum().backward()", "y.sum().backward(): backward of Tensor.exp (line 1) needs its own "
     "result y, which y.add_(1) at line 2 changed in place; compute a new tensor there, or write into y.clone()."),
    ("torch.tensor([1, 2], requires_grad=True)", "torch.tensor([1, 2], requires_grad=True): only floating-point and"),
    ("ids.requires_grad_()", "ids.requires_grad_(): only floating-point and complex tensors can require a gradient, "
     "and this one is i64; convert it first, with .float()."),
    ("fc(x.double())", "fc(x.double()), in Linear(in_features=3, out_features=2, bias=True): dtypes f64 and f32 do not "
     "go together (shapes (4, 3) and (2, 3) and (2,)); convert the f64 one of shape (4, 3) with .to(torch.float32)."),
    ("fc(many)", "fc(many), in Linear(in_features=3, out_features=2, bias=True): dtypes f64 and f32 do not go together "
     "(shapes (4, 3) and (2, 3) and (2,)); many is f64: convert it with many.to(torch.float32)."),
    ("conv(many)", "conv(many), in Conv2d"),
    ("F.binary_cross_entropy(v, v.long())", "F.binary_cross_entropy(v, v.long()): the input is f32, but the target of "
     "shape (5,) is i64: convert it with .to(torch.float32)."),
    ("F.binary_cross_entropy_with_logits(v, v > 0)", "F.binary_cross_entropy_with_logits(v, v > 0): the input is f32, "
     "but the target of shape (5,) is bool: convert it with .to(torch.float32)."),
    ("x[v]", "x[v]: an index is made of whole numbers, and v is f32: say v.long()."),
    ("v.gather(0, v)", "v.gather(0, v): an index is made of whole numbers, and v is f32: say v.long()."),
    ("table(v)", "table(v), in Embedding(10, 3): an index is made of whole numbers, and v is f32: say v.long()."),
    ("table(v.double())", "table(v.double()), in Embedding(10, 3): an index is made of whole numbers, and this one of "
     "shape (5,) is f64: convert it with .long()."),
    ("far(x)", "far(x), in Linear(in_features=3, out_features=2, bias=True): the tensors are on cpu and meta; x is on "
     "cpu: move it with x.to('meta')."),
    ("torch.dot(v, ids.float())", "torch.dot(v, ids.float()): shapes (5,) and (3,) do not fit: the inner dimensions "
     "are 5 and 3."),
    ("torch.einsum('ij,jk->ik', x, W)", "torch.einsum('ij,jk->ik', x, W), with f32 (4, 3), f32 (5, 2): einsum(): "
     "subscript j has size 5 for operand 1 which does not broadcast with previously seen size 3."),
    ("x.expand(2, 4, 3)[:, 0] += 1", "x.expand(2, 4, 3)[:, 0] += 1: several elements of what is written into lie at "
     "one place of its memory, as .expand() makes them; write into its .clone()."),
    ("y = w * 2\ny.requires_grad = False",
     "y.requires_grad: whether a gradient is required is set of leaves alone, and "
     "this tensor was computed from one that requires it; its .detach() does not."),
    ("with torch.inference_mode(): i = torch.ones(1, 3)\nfc(i)", "fc(i), in Linear(in_features=3, out_features=2, "
     "bias=True): i was made under torch.inference_mode() and cannot be kept for backward; make it under "
     "torch.no_grad() instead, or take i.clone() here."),
    ("with torch.inference_mode(): i = torch.ones(3)\ni.add_(1)", "i.add_(1): what torch.inference_mode() made is "
     "changed in place only inside of it; write into a .clone()."),
    ("with torch.inference_mode(): i = torch.ones(3)\ni.requires_grad_()", "i.requires_grad_(): what "
     "torch.inference_mode() made never requires a gradient outside of it; its .clone() can."),
    ("with torch.no_grad(): part = w[:1]\npart.mul_(2)",
     "part.mul_(2): this view was made under torch.no_grad(), and is "
     "changed in place outside of it; do both in there, which no gradient sees, or make the view outside, too."),
    ("fc.register_full_backward_hook(lambda *_: None)\ny = fc(x)\ny += 1", "y += 1: what a module with a backward hook "
     "takes or returns cannot be changed in place; compute a new tensor instead, as in y = y + 1."),
    (FUNCTION.format("x.view(-1)", "g") + "y.mul_(2)",
     "y.mul_(2): this is a view that Own.forward returned, and changed in place it would no longer have the gradient "
     "of Own.backward; compute a new tensor instead, or let forward "
     "return a .clone()."),
    (FUNCTION.format("x * n", "g") + BACKWARD, f"{OF_OWN} Own.backward has to return as many gradients as Own.forward "
     "takes inputs after ctx, in their order, and None for one that has none; it takes 2 and returned 1."),
    (FUNCTION.format("x * n", "(g[:1].expand(7), None)") + BACKWARD, f"{OF_OWN} a gradient has the shape of its input, "
     "and of input number 0 Own.backward returned one of shape (7,) where"),
    (FUNCTION.format("x * n",
     "(3, None)") + BACKWARD, f"{OF_OWN} what a custom Function's backward returns is a tensor "
     "for each input, or None; here it was of type int."),
    (FUNCTION.format("ctx.save_for_backward(x, n)", "g"), "Own.apply(w * 1, 2): ctx.save_for_backward keeps tensors "
     "alone, and argument 1 is of type int; keep that as an attribute, as in ctx.n = n."),
    ("y = w * 2\ny.register_hook(lambda g: g.sum())\ny.sum().backward()",
     "y.sum().backward(), at the backward of w * 2 "
     "(line 1): the hook <lambda> returned a gradient of another shape than the one that it got, and has to keep"),
    ("y = w * 2\ny.register_hook(lambda g: 3)\ny.sum().backward()", "y.sum().backward(), at the backward of w * 2 "
     "(line 1): a hook returns a gradient, which is a tensor, or nothing; this one returned a value of type int."),
    ("(w // 2).sum().backward()",
     "(w // 2).sum().backward(): PyTorch has no derivative of floor_divide, and a gradient "
     "arrived at its result; say .detach() of that, or compute it otherwise."),
    ("(w * 1j).sum().backward()",
     "(w * 1j).sum().backward(): an output of complex numbers needs a gradient of its own: "
     "pass one, or make a real number of it first, e.g. with .abs()."),
    ("F.scaled_dot_product_attention(x[None], x[None], x[None], torch.ones(2, 2))", "F.scaled_dot_product_attention: a "
     "mask of shape (2, 2) does not fit scores of shape (1, 4, 4), a row for each query and a column for each key."),
    ("torch.where(x > 0, x, torch.ones(5))", "torch.where(x > 0, x, torch.ones(5)): shapes (4, 3), (4, 3) and (5,) do "
     "not broadcast: the last axes have sizes 3 and 5."),
    ("torch.lerp(v, torch.ones(4), torch.tensor(1.0))", "torch.lerp(v, torch.ones(4), torch.tensor(1.0)): shapes (5,) "
     "and (4,) do not broadcast: the last axes have sizes 5 and 4."),
    ("nn.LayerNorm(5)(x)", f"nn.LayerNorm(5)(x), in {torch.nn.LayerNorm(5)}, "
     "with f32 (4, 3), f32 (5,), f32 (5,): Given normalized_shape=[5], expected input with shape [*, 5], but got input "
     "of size[4, 3]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_mistake_with_tensors_gets_a_helpful_sentence(engine: Client, text: str, sentence: str) -> None:
    found = error_of(engine, text).sentence
    assert found.startswith(sentence), found
    assert "\n" not in found and len(found) <= 400


def test_an_input_that_was_not_used_is_told_by_the_number_that_torch_gives_it(engine: Client) -> None:
    found = error_of(engine, "torch.autograd.grad((w * 2).sum(), torch.ones(1, requires_grad=True))").sentence
    which = "input number 0" if "input number" in found else "one of the inputs"  # torch up to 2.11 gives none
    assert found.startswith(f"torch.autograd.grad: {which} was not used to compute the output; pass allow_unused=True")


WHOLE = [
    (
        "torch.add(w, 1, out=torch.ones(3))",
        "add(): functions with out=... arguments don't support automatic differentiation, but one of the arguments "
        "requires grad.",
    ),
    ("x - (x > 0)", "If you are trying to invert a mask, use the `~` or `logical_not()` operator instead."),
    ("fc.load_state_dict({})", 'for Linear:\n\tMissing key(s) in state_dict: "weight", "bias".'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WHOLE, ids=[text for text, _ in WHOLE])
def test_where_no_rule_fits_torchs_words_are_whole(engine: Client, text: str, words: str) -> None:
    found = error_of(engine, text)
    assert found.sentence.endswith(words), found.sentence
    assert words.rstrip(".") in found.traceback.replace(" \n", "\n")


def test_the_place_is_the_failing_sub_expression(engine: Client) -> None:
    place = error_of(engine, "ö = '🎉'; h = torch.sigmoid(x @ W + 1)").place
    assert place is not None
    assert (place.line, place.column, place.end_line, place.end_column) == (1, 28, 1, 33)
    assert place.text == "x @ W"


def test_the_innermost_place_in_the_program_is_named(engine: Client) -> None:
    error = error_of(engine, PREAMBLE + "net.product(x)")
    assert error.place is not None and error.place.text == "batch @ self.W"
    assert error.sentence.startswith("batch @ self.W: shapes (4, 3) and (5, 2) do not fit")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{}['a']", "KeyError: there is no key 'a'."),
        ("undefined_thing", "NameError: name 'undefined_thing' is not defined."),
        ("lenght = 1\nlength", "NameError: name 'length' is not defined. Did you mean lenght?"),
        ("torch.sigmiod(x)", "AttributeError: module 'torch' has no attribute 'sigmiod'. Did you mean sigmoid?"),
        ("x.reshap(3)", "AttributeError: 'Tensor' object has no attribute 'reshap'. Did you mean reshape?"),
        ("1 / 0", "ZeroDivisionError: division by zero."),
        ("assert x.shape == W.shape", "AssertionError: x.shape == W.shape does not hold."),
        ("raise ValueError('two\\nlines')", "ValueError: two\nlines."),
        ("import missing_package", "ModuleNotFoundError: No module named 'missing_package'."),
        ("x.sum(dim=1.5)", "TypeError: sum() received an invalid combination of arguments"),
        ("open('/missing/file')", "FileNotFoundError: [Errno 2] No such file or directory: '/missing/file'."),
        (
            "class Odd(Exception):\n    def __str__(self): raise ValueError\nraise Odd",
            "Odd: its message cannot be shown",
        ),
        ("def f(): f()\nf()", "RecursionError: maximum recursion depth exceeded"),
        ("raise KeyboardInterrupt", "Stopped at line 1."),
        ("raise SystemExit('bye')", "The program ended itself with exit status 'bye'."),
        ("raise BaseException", "BaseException: no message."),
    ],
)
def test_other_errors_keep_pythons_own_words(engine: Client, text: str, sentence: str) -> None:
    assert error_of(engine, text).sentence.startswith(sentence), error_of(engine, text).sentence


def test_explaining_runs_none_of_the_programs_code(engine: Client) -> None:
    text = """
class Holder:
    n = 0
    @property
    def tensor(self):
        Holder.n += 1
        return x
holder = Holder()
holder.tensor @ W
"""
    assert error_of(engine, text).sentence.startswith("holder.tensor @ W: shapes (4, 3) and (5, 2) do not fit")
    assert results(engine.run("Holder.n"))[1] == "1"


def test_an_error_in_a_thread_lands_in_the_console(engine: Client) -> None:
    events = engine.run("import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()")
    assert events[-1].error is None
    assert any("ZeroDivisionError" in getattr(event, "text", "") for event in events)


def test_chained_errors_show_in_the_traceback(engine: Client) -> None:
    error = error_of(engine, "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('outer') from e")
    assert error.type_name == "ValueError" and error.place is not None and error.place.line == 4
    assert "direct cause" in error.traceback and "ZeroDivisionError" in error.traceback


@pytest.mark.parametrize(
    ("said_in", "words", "told"),
    [
        ("_inductor/exc.py", "No working C++ compiler found", "C++, and no working compiler was found"),
        ("_inductor/exc.py", "Cannot find a working triton installation", "Triton for this device"),
        ("", "fatal error: Python.h: No such file or directory", "needs Python's headers"),
    ],
)
def test_what_a_compilation_lacks_is_one_sentence(said_in: str, words: str, told: str) -> None:
    source = Path(torch.__file__).parent / said_in
    assert not said_in or words in source.read_text(), "as torch says it"
    said = sentence_for(RuntimeError(words), f"CppCompileError: {words} in (None, 'g++')", FailingCall(None, None))
    assert said is not None and told in said.text and 'backend="aot_eager"' in said.text
