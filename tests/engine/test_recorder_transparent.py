"""Watching changes nothing that a program can see."""

import warnings
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from engine.autograd.recorder import Recorder
from tests.engine.models import GPT
from tests.engine.watched import PATH, watch


def gpt():
    model = GPT(vocabulary=60, dropout=0.1)
    loss = model(torch.arange(32).view(2, 16), torch.arange(32).view(2, 16))
    loss.backward()
    return [loss, *(p.grad for p in model.parameters())]


def training():
    model = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.ReLU(True), nn.Dropout(), nn.Linear(16, 4))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
    losses = []
    for _ in range(10):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(torch.randn(6, 8)), torch.randint(0, 4, (6,)))
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        losses.append(loss)
    return [*losses, *model.parameters(), *model.buffers()]


def recurrent():
    lstm, gru = nn.LSTM(5, 6, 2), nn.GRU(5, 6)
    x = torch.randn(7, 3, 5)
    return [lstm(x)[0], gru(x)[0], nn.RNN(5, 6)(x)[0]]


def transformer_in_training():
    layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True)
    x = torch.randn(2, 5, 16)
    return [layer(x), nn.MultiheadAttention(16, 4)(x, x, x)[0]]


def linear_and_einsum():
    a, b, c = torch.randn(2, 3, 4, requires_grad=True), torch.randn(4, 5), torch.randn(5)
    return [nn.functional.linear(a, b.T, c), torch.einsum("bij,jk->bk", a, b), a @ b + c, torch.tensordot(a, b, 1)]


def convolutions():
    x = torch.randn(2, 3, 16, 16)
    net = nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), nn.GroupNorm(2, 8), nn.SiLU(), nn.AvgPool2d(2), nn.ConvTranspose2d(8, 3, 2)
    )
    return [net(x), nn.functional.interpolate(x, scale_factor=2, mode="bilinear")]


def transforms():
    w = torch.randn(4, 4)
    f = lambda t: (t @ t).sin().sum()  # noqa: E731
    return [
        torch.func.grad(f)(w),
        torch.vmap(f)(torch.randn(3, 4, 4)),
        torch.func.jacrev(lambda t: t.exp())(w[0]),
        torch.func.hessian(f)(w),
        torch.func.jvp(f, (w,), (w,))[1],
        torch.autograd.functional.hessian(f, w),
    ]


@pytest.mark.parametrize(
    "work", [gpt, training, recurrent, transformer_in_training, linear_and_einsum, convolutions, transforms]
)
def test_values_gradients_and_random_state_are_the_unobserved_run_s(work):
    torch.manual_seed(7)
    plain, state = work(), torch.get_rng_state()
    torch.manual_seed(7)
    with Recorder().watching():
        watched = work()
    assert torch.equal(state, torch.get_rng_state())
    assert len(plain) == len(watched)
    for a, b in zip(plain, watched, strict=True):
        assert torch.equal(a, b)


def test_a_fused_layer_is_taken_as_ever_and_is_one_call():
    recorder, namespace = watch(
        "layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True).eval()\nx = torch.randn(2, 5, 16)\n"
        "with torch.no_grad():\n    y = layer(x)\n"
    )
    with torch.no_grad():
        assert torch.equal(namespace["layer"](namespace["x"]), namespace["y"])
    reason = recorder.graph(namespace["y"], "y", namespace).reason
    assert "layer(x) at line 4 ran under torch.no_grad()" in reason.text


def test_defaults_modes_and_patches_are_what_they_were():
    patched = [(nn.Module, "__call__"), (torch.autograd.Function, "apply"), (torch.Tensor, "__new__")]
    patched += [(torch.overrides, "has_torch_function"), (torch.utils, "swap_tensors"), (torch.export, "export")]
    found = [vars(owner).get(name) for owner, name in patched]
    before = torch.get_default_dtype(), torch.get_default_device(), torch.is_grad_enabled()
    recorder = Recorder()
    with pytest.raises(ZeroDivisionError), recorder.watching(), torch.no_grad():
        assert not torch.is_grad_enabled()
        nn.Linear(2, 2)(torch.ones(2)) / (1 // 0)
    assert before == (torch.get_default_dtype(), torch.get_default_device(), torch.is_grad_enabled())
    assert [vars(owner).get(name) for owner, name in patched] == found
    assert torch._C._len_torch_function_stack() == torch._C._len_torch_dispatch_stack() == 0
    assert not (torch.ones(2, requires_grad=True) * 2).grad_fn.metadata


def test_what_a_program_can_see_of_the_recorder_is_this_and_no_more():
    _, seen = watch(
        "import inspect, weakref\nfrom torch.overrides import _get_current_function_mode_stack as modes\n"
        "w = torch.ones(2, requires_grad=True)\nh = w * 2\n"
        "n_references, n_modes = len(weakref.getweakrefs(w)), len(modes())\n"
        "n_dispatch_modes = torch._C._len_torch_dispatch_stack()\n"
        "class Net(nn.Module):\n    def forward(self):\n        return [frame.filename for frame in inspect.stack()]\n"
        "files = Net()()\n"
    )
    assert (seen["n_references"], seen["n_modes"], seen["n_dispatch_modes"]) == (1, 1, 0)
    assert [Path(file).name for file in seen["files"] if "/engine/autograd/" in file] == ["modules.py"]


def test_the_program_may_set_its_own_default_device_and_dtype():
    try:
        _, namespace = watch(
            "torch.set_default_dtype(torch.float64)\ntorch.set_default_device('meta')\na = torch.ones(2)\n"
            "w = torch.ones(2, requires_grad=True)\nb = w * 2\n"
        )
        assert namespace["b"].device.type == "meta" and namespace["b"].dtype == torch.float64
        assert torch.ones(1).device.type == "meta"
    finally:
        torch.set_default_device(None)
        torch.set_default_dtype(torch.float32)


def test_no_warning_is_added():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        recorder, namespace = watch(
            "model = nn.Sequential(nn.Linear(4, 4), nn.ReLU(True))\nloss = model(torch.ones(2, 4)).sum()\n"
            "loss.backward()\n"
            "g = loss.grad_fn.next_functions\nhalf = model[0].weight.grad.clone()\n"
        )
        recorder.graph(namespace["loss"], "loss", namespace)


def test_errors_are_the_program_s_own():
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied"):
        watch("a = torch.ones(2, 3) @ torch.ones(2, 3)\n")
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        watch("w = torch.ones(3, requires_grad=True)\nh = w.exp()\nh.mul_(2)\nh.sum().backward()\n")
    with pytest.raises(RuntimeError, match="leaf Variable that requires grad"):
        watch("w = torch.ones(3, requires_grad=True)\nw += 1\n")


def test_after_an_error_the_next_program_is_recorded_as_ever():
    recorder = Recorder()
    with pytest.raises(RuntimeError):
        watch(
            "w = torch.ones(2, 3, requires_grad=True)\nclass M(nn.Module):\n    def forward(self, t):\n"
            "        return t @ t\nM()(w)\n",
            recorder,
        )
    _, namespace = watch("w = torch.ones(3, requires_grad=True)\nloss = (w * 2).sum()\n", recorder)
    graph = recorder.graph(namespace["loss"], "loss", namespace)
    assert graph.n_not_recorded == 0 and graph.nodes[0].module == ""


def test_compiled_functions_run():
    _, namespace = watch(
        "f = torch.compile(lambda t: (t * 2).sin().sum(), backend='eager')\n"
        "w = torch.ones(3, requires_grad=True)\nloss = f(w)\nloss.backward()\n"
    )
    assert torch.allclose(namespace["w"].grad, 2 * torch.cos(torch.tensor(2.0)).expand(3))


@pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")
def test_traced_and_symbolic_modules_are_made():
    watch(
        "import torch.fx\nm = nn.Sequential(nn.Linear(3, 3), nn.ReLU())\nt = torch.jit.trace(m, torch.ones(1, 3))\n"
        "s = torch.fx.symbolic_trace(m)\nassert torch.equal(t(torch.ones(1, 3)), s(torch.ones(1, 3)))\n"
        "from torch._subclasses.fake_tensor import FakeTensorMode\nwith FakeTensorMode():\n"
        "    f = nn.Linear(3, 3)(torch.ones(2, 3))\n"
        "assert f.shape == (2, 3)\n"
        "from torch.utils.flop_counter import FlopCounterMode\n"
        "with FlopCounterMode(display=False) as c:\n    m(torch.ones(1, 3))\n"
        "assert c.get_total_flops() == 18\n"
    )


@pytest.mark.filterwarnings("ignore:torch.quantize_per_tensor")
def test_subclasses_sparse_quantized_and_nested_tensors_are_left_alone():
    recorder, namespace = watch(
        "class Mine(torch.Tensor):\n    pass\nw = torch.eye(3, requires_grad=True)\nm = (w.as_subclass(Mine) * 2)\n"
        "s = torch.sparse.mm(torch.eye(3).to_sparse(), w)\n"
        "n = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged)\n"
        "n2 = n * 2\nq = torch.quantize_per_tensor(torch.ones(3), 0.1, 0, torch.qint8).dequantize()\n"
        "z = torch.zeros(2, 0, requires_grad=True) * 2\n"
    )
    assert type(namespace["m"]).__name__ == "Mine"
    for name in ("m", "s", "z"):
        assert recorder.graph(namespace[name], name, namespace).nodes


def test_the_workers_of_a_data_loader_are_not_watched():
    loader = DataLoader(TensorDataset(torch.arange(8.0)), batch_size=2, num_workers=2)
    _, namespace = watch("batches = [b[0].sum() for b in loader]\n", loader=loader)
    assert [b.item() for b in namespace["batches"]] == [1, 5, 9, 13]


def test_a_function_kept_by_the_program_works_after_the_watch():
    _, namespace = watch(
        "class Twice(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        return x * 2\n"
        "    @staticmethod\n    def backward(ctx, g):\n        return g * 2\ntwice = Twice.apply\n"
        "call = nn.Linear(2, 2).__call__\n"
    )
    w = torch.ones(2, requires_grad=True)
    namespace["twice"](namespace["call"](w)).sum().backward()
    assert w.grad is not None


def test_a_watch_inside_a_watch_is_one():
    recorder = Recorder()
    recorder.program_paths.add(PATH)
    with recorder.watching():
        with recorder.watching():
            pass
        assert torch._C._len_torch_function_stack() == 1
        h = torch.ones(2, requires_grad=True) * 2
    assert recorder.graph(h, "h", {}).n_not_recorded == 0
