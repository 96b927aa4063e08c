"""Programs that ask of torch what it does otherwise where somebody looks on: fast paths, modes, traces, subclasses."""

HEAD = """\
import torch, torch.nn.functional as F
from torch import nn
torch.manual_seed(0)
"""

PROGRAMS = {
    "fused encoder with a padding mask": """\
enc = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2).eval()
x = torch.randn(2, 5, 8)
mask = torch.tensor([[False, False, False, True, True], [False, False, False, False, True]])
with torch.no_grad():
    y = enc(x, src_key_padding_mask=mask)
with torch.inference_mode():
    z = enc(x)
total = float(y[mask].abs().sum())
""",
    "fused encoder layer": """\
layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, norm_first=True, activation="gelu").eval()
x = torch.randn(2, 5, 16)
with torch.no_grad():
    y = layer(x)
w = layer(x.requires_grad_())
w.sum().backward()
""",
    "attention in eval keeps its strides": """\
attention = nn.MultiheadAttention(16, 4, batch_first=True).eval()
x = torch.randn(2, 5, 16)
with torch.no_grad():
    y, weights = attention(x, x, x)
    z, no_weights = attention(x, x, x, need_weights=False)
try:
    flat = y.view(-1)
except RuntimeError as error:
    said = str(error)
""",
    "the whole transformer": """\
model = nn.Transformer(16, 4, 2, 2, 32, batch_first=True, dropout=0.0)
x, t = torch.randn(2, 5, 16), torch.randn(2, 3, 16)
y = model(x, t, tgt_mask=nn.Transformer.generate_square_subsequent_mask(3))
y.sum().backward()
model.eval()
with torch.no_grad():
    z = model(x, t)
""",
    "prod": """\
v = torch.randn(50, requires_grad=True)
v.prod().backward()
w = torch.randn(4, 5, requires_grad=True)
y = w.prod(dim=1).sum() + torch.tensor([0.0, 1.0, 2.0], requires_grad=True).prod()
y.backward()
""",
    "reshape of what is not contiguous": """\
x = torch.randn(4, 6, requires_grad=True)
y = x.t().reshape(24)
z = x.reshape(2, 12)
u = (x * 1).expand(3, 4, 6).flatten()
v = torch.flatten(x.permute(1, 0)).unflatten(0, (3, 8))
loss = y.sum() + z.sum() + u.sum() + v.sum()
loss.backward()
""",
    "ctc": """\
logits = torch.randn(20, 3, 6, requires_grad=True)
loss = F.ctc_loss(logits.log_softmax(2), torch.randint(1, 6, (3, 5)), torch.full((3,), 20), torch.full((3,), 5))
loss.backward()
tuples = nn.CTCLoss(reduction="sum")(logits.log_softmax(2), torch.randint(1, 6, (15,)), (20, 20, 20), (5, 5, 5))
""",
    "cumulative products and extremes": """\
x = torch.randn(5, 5, requires_grad=True)
x0 = torch.where(x.detach() > 1, 0.0, x.detach()).requires_grad_()
loss = x0.cumprod(1).sum() + x.cummax(0)[0].sum() + x.logcumsumexp(1).sum() + x.amax() + x.median() + x.std()
loss.backward()
""",
    "linear algebra": """\
a = torch.randn(4, 4, requires_grad=True)
b = torch.randn(4, 2, requires_grad=True)
s = a @ a.T + 4 * torch.eye(4)
loss = torch.linalg.solve(s, b).sum() + torch.linalg.det(s) + torch.linalg.cholesky(s).sum() + torch.linalg.inv(s).sum()
loss = loss + torch.linalg.svdvals(s).sum() + torch.linalg.eigvalsh(s).sum() + torch.linalg.slogdet(s)[1]
loss = loss + torch.linalg.matrix_exp(a / 4).sum() + torch.linalg.norm(a) + torch.linalg.lstsq(s, b)[0].sum()
loss.backward()
""",
    "indexing": """\
x = torch.randn(6, 5, requires_grad=True)
i = torch.tensor([0, 2, 2])
y = x[i] * 2 + x[i, :].sum() + x[x > 0].sum() + x.gather(1, torch.zeros(6, 1, dtype=torch.long)).sum()
z = x.clone()
z[1] = 3
z[i, 0] = x[0, 0]
z.index_put_((i,), torch.ones(3, 5), accumulate=True)
w = z.scatter(0, torch.zeros(1, 5, dtype=torch.long), 7.0).masked_fill(x > 1, 0.5).index_add(0, i, torch.ones(3, 5))
loss = y.sum() + w.sum() + torch.take(x, i).sum() + x.index_select(1, i).sum()
loss.backward()
""",
    "writes in place": """\
x = torch.randn(4, 4, requires_grad=True)
h = x * 1
h[0] += 1
h.t()[1].mul_(2)
h.diagonal().copy_(torch.ones(4))
h.relu_()
h = h * 1
h.view(2, 8)[0, :3] = x[0, :3]
buffer = torch.zeros(4, 4)
torch.mul(x.detach(), 2, out=buffer)
a, b = h.split(2)
loss = h.sum() + (h * 2).clamp_(max=1).sum() + F.dropout(h, 0.5, inplace=False).sum()
loss.backward()
""",
    "storages": """\
x = torch.zeros(3)
x.resize_(10).fill_(1)
y = torch.arange(12.0)
before = y.untyped_storage().resizable()
y.untyped_storage().resize_(0)
del y
z = torch.ones(2, 3)
z.set_(torch.arange(6.0).untyped_storage())
z.resize_as_(torch.ones(1, 2))
p = nn.Parameter(torch.ones(3))
p.data = torch.zeros(5)
shared = torch.ones(3).share_memory_()
""",
    "convolutions": """\
x = torch.randn(2, 3, 12, 12, requires_grad=True)
net = nn.Sequential(nn.Conv2d(3, 4, 3, padding="same", padding_mode="circular"), nn.BatchNorm2d(4), nn.ReLU(True),
    nn.MaxPool2d(2), nn.ConvTranspose2d(4, 3, 2), nn.AdaptiveAvgPool2d(3), nn.PixelShuffle(1), nn.Flatten())
y = net(x.to(memory_format=torch.channels_last))
loss = y.pow(2).sum() + F.interpolate(x, scale_factor=2, mode="bilinear").sum() + F.unfold(x, 3).sum()
loss = loss + F.grid_sample(x, F.affine_grid(torch.eye(2, 3).expand(2, 2, 3), (2, 3, 4, 4)), align_corners=False).sum()
loss.backward()
""",
    "recurrent nets": """\
lstm, gru = nn.LSTM(5, 6, 2, bidirectional=True, dropout=0.3), nn.GRU(5, 6)
x = torch.randn(7, 3, 5, requires_grad=True)
y, (h, c) = lstm(x)
packed = nn.utils.rnn.pack_padded_sequence(x, torch.tensor([7, 4, 2]))
out, lengths = nn.utils.rnn.pad_packed_sequence(gru(packed)[0])
cell = nn.LSTMCell(5, 6)(x[0])
loss = y.sum() + out.sum() + cell[0].sum() + nn.RNN(5, 6)(x)[0].sum()
loss.backward()
with torch.no_grad():
    quiet = lstm.eval()(x)[0]
""",
    "losses": """\
x = torch.randn(6, 5, requires_grad=True)
t = torch.randint(0, 5, (6,))
losses = [F.cross_entropy(x, t, label_smoothing=0.1), F.nll_loss(x.log_softmax(1), t), F.multi_margin_loss(x, t),
    F.mse_loss(x, torch.ones(6, 5)), F.huber_loss(x, torch.ones(6, 5)),
    F.binary_cross_entropy_with_logits(x, (x > 0).float()),
    F.kl_div(x.log_softmax(1), x.detach().softmax(1), reduction="batchmean"), F.cosine_similarity(x, x + 1).sum(),
    F.triplet_margin_loss(x, x + 1, x - 1), F.poisson_nll_loss(x, x.detach().exp()),
    F.gaussian_nll_loss(x, x * 0, x.detach() ** 2)]
loss = sum(losses)
loss.backward()
""",
    "a training loop": """\
net = nn.Sequential(nn.Linear(8, 16), nn.BatchNorm1d(16), nn.GELU(), nn.Dropout(0.2), nn.Linear(16, 4))
optimizer = torch.optim.AdamW(net.parameters(), lr=0.1)
schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 5)
losses = []
for step in range(5):
    optimizer.zero_grad()
    loss = F.cross_entropy(net(torch.randn(6, 8)), torch.randint(0, 4, (6,)))
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    losses.append(loss.item())
state = {k: v for s in optimizer.state.values() for k, v in s.items()}
""",
    "every optimizer": """\
found = {}
for kind in ("SGD", "Adam", "Adagrad", "RMSprop", "NAdam", "RAdam", "Adadelta", "Adamax", "ASGD", "Rprop"):
    for foreach in (False, True):
        w = nn.Parameter(torch.linspace(-1, 1, 4))
        optimizer = getattr(torch.optim, kind)([w], lr=0.1, foreach=foreach)
        for _ in range(3):
            optimizer.zero_grad()
            (w.sin() * w).sum().backward()
            optimizer.step()
        found[kind, foreach] = w.detach()
fused = nn.Parameter(torch.linspace(-1, 1, 4))
optimizer = torch.optim.AdamW([fused], fused=True)
(fused * fused).sum().backward()
optimizer.step()
""",
    "gradient scaler and autocast": """\
net = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.LayerNorm(8), nn.Linear(8, 2))
x = torch.randn(4, 8)
with torch.autocast("cpu", dtype=torch.bfloat16):
    y = net(x)
    attended = F.scaled_dot_product_attention(y[None, None], y[None, None], y[None, None])
    loss = F.mse_loss(y.float(), torch.zeros(4, 2))
loss.backward()
dtype = y.dtype
""",
    "checkpoints": """\
from torch.utils.checkpoint import checkpoint, checkpoint_sequential
net = nn.Sequential(nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 4), nn.Tanh())
x = torch.randn(3, 4, requires_grad=True)
a = checkpoint(net, x, use_reentrant=False)
b = checkpoint(net, x, use_reentrant=True)
c = checkpoint_sequential(net, 2, x, use_reentrant=False)
loss = a.sum() + b.sum() + c.sum()
loss.backward()
""",
    "torch.func": """\
w, x = torch.randn(4, 4), torch.randn(3, 4)
f = lambda w, x: (x @ w).tanh().sum()
g = torch.func.grad(f)(w, x)
v = torch.vmap(torch.func.grad(f), (None, 0))(w, x[:, None])
j = torch.func.jacrev(lambda t: t.exp() * t.sum())(x[0])
k = torch.func.jacfwd(lambda t: t.exp() * t.sum())(x[0])
h = torch.func.hessian(lambda t: t.prod())(x[0])
o, t = torch.func.jvp(lambda w: f(w, x), (w,), (w,))
r = torch.vmap(lambda x: x + torch.randn(2), randomness="different")(torch.zeros(3, 2))
net = nn.Linear(4, 2)
y = torch.func.functional_call(net, {"weight": torch.ones(2, 4), "bias": torch.zeros(2)}, x)
stacked = torch.func.stack_module_state([nn.Linear(4, 2), nn.Linear(4, 2)])[0]
d = torch.autograd.functional.hessian(lambda t: t.prod(), x[0])
""",
    "double backward": """\
x = torch.randn(5, requires_grad=True)
y = (x ** 3).sum() + x.prod()
g, = torch.autograd.grad(y, x, create_graph=True)
(g * g).sum().backward()
w = torch.randn(3, 3, requires_grad=True)
hvp = torch.autograd.grad(torch.autograd.grad(w.matrix_power(3).sum(), w, create_graph=True)[0].sum(), w)[0]
batched = torch.autograd.grad((w * w).sum(0), w, torch.eye(3), is_grads_batched=True)[0]
""",
    "forward mode": """\
import torch.autograd.forward_ad as forward_ad
p, t = torch.randn(3), torch.randn(3)
with forward_ad.dual_level():
    d = forward_ad.make_dual(p, t)
    out = forward_ad.unpack_dual(d.sin() * d.prod())
    primal, tangent = out.primal.clone(), out.tangent.clone()
""",
    "custom Functions": """\
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, n):
        ctx.save_for_backward(x)
        ctx.n = n
        y = x ** n
        return y, (x > 0)
    @staticmethod
    def backward(ctx, g, _):
        x, = ctx.saved_tensors
        return g * ctx.n * x ** (ctx.n - 1), None
x = torch.randn(4, requires_grad=True)
y, positive = Cube.apply(x, 3)
y.sum().backward()
class InPlace(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.mark_dirty(x)
        return x.mul_(2)
    @staticmethod
    def backward(ctx, g):
        return 2 * g
z = InPlace.apply(x * 1)
z.sum().backward()
""",
    "hooks": """\
seen = []
net = nn.Sequential(nn.Linear(3, 3), nn.Tanh())
net[0].register_forward_hook(lambda m, i, o: o * 2)
net.register_full_backward_hook(lambda m, i, o: seen.append([g.sum().item() for g in o]))
net[0].weight.register_post_accumulate_grad_hook(lambda p: seen.append(p.grad.norm().item()))
x = torch.randn(2, 3, requires_grad=True)
y = net(x)
y.register_hook(lambda g: g * 3)
y.grad_fn.register_prehook(lambda g: seen.append(len(g)))
y.sum().backward()
pack = lambda t: t if t.requires_grad else t.numpy().copy()
unpack = lambda n: n if isinstance(n, torch.Tensor) else torch.from_numpy(n)
with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    z = (x * x.detach()).sum()
z.backward()
""",
    "parametrizations and pruning": """\
from torch.nn.utils import parametrize, parametrizations, prune
class Symmetric(nn.Module):
    def forward(self, w):
        return w.triu() + w.triu(1).transpose(-1, -2)
a = nn.Linear(3, 3)
parametrize.register_parametrization(a, "weight", Symmetric())
b = parametrizations.spectral_norm(nn.Linear(3, 3))
c = parametrizations.weight_norm(nn.Linear(3, 3))
d = prune.l1_unstructured(nn.Linear(3, 3), "weight", 0.5)
e = parametrizations.orthogonal(nn.Linear(3, 3))
x = torch.randn(2, 3)
with parametrize.cached():
    y = e(d(c(b(a(a(x))))))
y.sum().backward()
""",
    "subclasses": """\
import numpy as np
class Mine(torch.Tensor):
    calls = []
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        cls.calls.append(func.__name__)
        return super().__torch_function__(func, types, args, kwargs or {})
a, b, c = Mine([1.0, 2.0]), Mine(np.array([1.0, 2.0])), Mine(torch.ones(3))
d = torch.randn(3, requires_grad=True).as_subclass(Mine)
e = (d * c).sum() + F.softmax(d, 0)[0]
e.backward()
f = nn.Parameter(torch.ones(2).as_subclass(Mine))
g = a.new_zeros(2)
calls = list(Mine.calls)
h = torch.Tensor([1, 2]), torch.Tensor(2, 3).shape, torch.FloatTensor([1.0]), torch.LongTensor([1])
""",
    "wrapper subclass": """\
from torch.utils._pytree import tree_map_only
class Wrapper(torch.Tensor):
    seen = []
    @staticmethod
    def __new__(cls, inner):
        own = {"dtype": inner.dtype, "requires_grad": inner.requires_grad}
        made = torch.Tensor._make_wrapper_subclass(cls, inner.shape, **own)
        made.inner = inner
        return made
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        cls.seen.append(str(func))
        unwrap = lambda t: t.inner
        args, kwargs = tree_map_only(Wrapper, unwrap, args), tree_map_only(Wrapper, unwrap, kwargs or {})
        return tree_map_only(torch.Tensor, Wrapper, func(*args, **kwargs))
w = Wrapper(torch.randn(3, 3, requires_grad=True))
y = (w @ w).relu().reshape(9).prod()
y.backward()
seen = list(Wrapper.seen)
inner = w.grad.inner
""",
    "modes of the program": """\
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
above, below = [], []
class Above(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        above.append(getattr(func, "__name__", str(func)))
        return func(*args, **(kwargs or {}))
class Below(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        below.append(str(func))
        return func(*args, **(kwargs or {}))
x = torch.randn(3, 4, requires_grad=True)
with Above(), Below(), Below():
    y = F.linear(x, torch.ones(2, 4)).reshape(6).prod()
    y.backward()
""",
    "fake tensors and flops": """\
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils.flop_counter import FlopCounterMode
with FakeTensorMode():
    fake = nn.Linear(3, 4)(torch.ones(2, 3))
shape = tuple(fake.shape)
del fake
with FlopCounterMode(display=False) as counter:
    y = nn.Linear(3, 4)(torch.ones(2, 3))
flops = counter.get_total_flops()
with torch.device("meta"):
    empty = nn.Linear(1000, 1000)
kind = empty.weight.device.type
del empty, counter
""",
    "masked, nested, sparse": """\
import warnings; warnings.simplefilter("ignore")
x = torch.randn(3, 4, requires_grad=True)
n = torch.nested.nested_tensor([torch.ones(2, 4), torch.ones(3, 4)], layout=torch.jagged)
padded = (n * 2).to_padded_tensor(0.0)
old = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)])
old_sum = (old * 2).to_padded_tensor(0.0)
s = torch.eye(3).to_sparse()
y = torch.sparse.mm(s, x)
z = (torch.sparse_coo_tensor([[0, 1], [1, 0]], [1.0, 2.0], (3, 3), requires_grad=True) @ x).sum()
table = nn.Embedding(7, 3, sparse=True)
e = table(torch.tensor([1, 1, 5])).sum()
(y.sum() + z + e).backward()
g = table.weight.grad.to_dense()
m = torch.masked.masked_tensor(x.detach(), x.detach() > 0).sum().get_data()
del n, old, s
""",
    "quantized": """\
import warnings; warnings.simplefilter("ignore")
q = torch.quantize_per_tensor(torch.randn(4), 0.1, 0, torch.qint8)
d = q.dequantize()
i = q.int_repr()
half = torch.randn(4, 4).half()
eight = torch.randn(4).to(torch.float8_e4m3fn)
back = eight.float()
w = torch.randn(4, requires_grad=True)
w.to(torch.float8_e4m3fn).float().sum().backward()
""",
    "scripts": """\
import warnings; warnings.simplefilter("ignore")
class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(8, 2, batch_first=True)
        self.linear = nn.Linear(8, 8)
    def forward(self, x):
        if x.sum() > 0:
            x = x * 2
        y, _ = self.attention(x, x, x)
        return self.linear(y).relu()
block = torch.jit.script(Block())
x = torch.randn(2, 3, 8, requires_grad=True)
y = block(x)
y.sum().backward()
@torch.jit.script
def scaled(a, n: int):
    for i in range(n):
        a = a * 1.5 + i
    return a
z = scaled(x, 3)
traced = torch.jit.trace(nn.Sequential(nn.Linear(8, 4), nn.Tanh()), torch.ones(1, 8))
t = traced(x)
code = traced.code
layer = torch.jit.script(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True).eval())
with torch.no_grad():
    fused = layer(x.detach())
""",
    "symbolic traces": """\
import torch.fx
from torch.fx.experimental.proxy_tensor import make_fx
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)
    def forward(self, x):
        return F.relu(self.linear(x)).reshape(-1).prod()
net = Net()
code = torch.fx.symbolic_trace(net).code
aten = make_fx(lambda x: (x.sin() * x).reshape(-1).prod())(torch.randn(2, 3)).code
symbolic = make_fx(lambda x: torch.func.grad(lambda t: t.prod())(x), tracing_mode="symbolic")(torch.randn(3)).code
""",
    "exported": """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)
    def forward(self, x):
        return self.linear(x).relu().reshape(-1)
net = Net().eval()
program = torch.export.export(net, (torch.randn(2, 3),))
code = str(program.graph)
y = program.module()(torch.ones(2, 3))
strict = str(torch.export.export(net, (torch.randn(2, 3),), strict=True).graph)
""",
    "compiled": """\
calls = []
def backend(module, inputs):
    calls.append(str(module.graph))
    return module.forward
@torch.compile(backend=backend)
def f(x):
    return (x.sin() * 2).sum()
w = torch.randn(4, requires_grad=True)
y = f(w)
y.backward()
f(w).backward()
n_calls = len(calls)
torch._dynamo.reset()
""",
    "compiled ahead of time": """\
net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 2))
compiled = torch.compile(net, backend="aot_eager", fullgraph=True)
x = torch.randn(3, 4)
y = compiled(x)
loss = (y * 2).sum()
loss.backward()
with torch.no_grad():
    z = compiled(x)
net.compile(backend="aot_eager")
u = net(x)
torch._dynamo.reset()
""",
    "compiled with a break": """\
@torch.compile(backend="aot_eager")
def f(x):
    y = x * 2
    torch._dynamo.graph_break()
    return y.sin().sum()
@torch.compiler.disable
def outside(x):
    return x.cos()
@torch.compile(backend="aot_eager")
def g(x):
    return outside(x * 2) + 1
class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x
    @staticmethod
    def backward(ctx, g):
        return 2 * g * ctx.saved_tensors[0]
@torch.compile(backend="aot_eager", fullgraph=True)
def h(x):
    return Square.apply(x).sum()
w = torch.randn(3, requires_grad=True)
a, b, c = f(w), g(w), h(w)
(a + b.sum() + c).backward()
torch._dynamo.reset()
""",
    "a compiled optimizer": """\
w = nn.Parameter(torch.randn(3))
optimizer = torch.optim.SGD([w], lr=0.1)
@torch.compile(backend="aot_eager")
def step():
    optimizer.step()
for _ in range(3):
    optimizer.zero_grad()
    (w * w).sum().backward()
    step()
torch._dynamo.reset()
""",
    "control flow operators": """\
from functorch.experimental.control_flow import map as torch_map
w = torch.randn(3, requires_grad=True)
y = torch.cond(w.sum() > 0, lambda x: x.sin(), lambda x: x.cos(), (w,))
y.sum().backward()
z = torch_map(lambda row, b: row * b, torch.randn(4, 3), w.detach())
with torch.no_grad():
    q = torch.cond(torch.tensor(True), lambda x: x * 2, lambda x: x.clone(), (w,))
torch._dynamo.reset()
""",
    "flexible attention": """\
import warnings; warnings.simplefilter("ignore")
from torch.nn.attention.flex_attention import flex_attention, create_block_mask
q, k, v = (torch.randn(1, 2, 16, 16) for _ in range(3))
y = flex_attention(q, k, v, score_mod=lambda s, b, h, i, j: s + (i - j) * 0.1)
mask = create_block_mask(lambda b, h, i, j: i >= j, 1, 1, 16, 16, device="cpu")
with torch.no_grad():
    z = flex_attention(q, k, v, block_mask=mask)
del mask
torch._dynamo.reset()
""",
    "attention backends": """\
from torch.nn.attention import sdpa_kernel, SDPBackend
q, k, v = (torch.randn(1, 2, 6, 8, requires_grad=True) for _ in range(3))
y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
with sdpa_kernel(SDPBackend.MATH):
    z = F.scaled_dot_product_attention(q, k, v, is_causal=True)
m = F.scaled_dot_product_attention(q, k, v, attn_mask=torch.ones(6, 6, dtype=torch.bool).tril())
d = F.scaled_dot_product_attention(q, k, v, dropout_p=0.3)
(y + z + m + d).sum().backward()
""",
    "a library of the program's own": """\
@torch.library.custom_op("everyday::scaled", mutates_args=())
def scaled(x: torch.Tensor, n: float) -> torch.Tensor:
    return x.clone() * n
@scaled.register_fake
def _(x, n):
    return torch.empty_like(x)
def setup(ctx, inputs, output):
    ctx.n = inputs[1]
scaled.register_autograd(lambda ctx, g: (g * ctx.n, None), setup_context=setup)
w = torch.randn(3, requires_grad=True)
y = scaled(w, 2.5)
y.sum().backward()
compiled = torch.compile(lambda x: scaled(x, 2.0).sum(), backend="aot_eager", fullgraph=True)
z = compiled(w)
torch._dynamo.reset()
""",
    "copies and files": """\
import copy, io, pickle
net = nn.Sequential(nn.Linear(3, 3), nn.LayerNorm(3))
twin = copy.deepcopy(net)
file = io.BytesIO()
torch.save(net.state_dict(), file)
file.seek(0)
loaded = torch.load(file)
again = pickle.loads(pickle.dumps(net))
other = nn.Sequential(nn.Linear(3, 3), nn.LayerNorm(3))
other.load_state_dict(loaded, assign=True)
a, b = torch.ones(2), torch.zeros(2)
torch.utils.swap_tensors(a, b)
torch.__future__.set_swap_module_params_on_conversion(True)
net.double()
torch.__future__.set_swap_module_params_on_conversion(False)
y = net(torch.ones(2, 3, dtype=torch.double)).sum()
y.backward()
del file
""",
    "data loaders and threads": """\
import threading
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.randn(8, 3), torch.arange(8))
batches = [(x.sum(), t) for x, t in DataLoader(data, batch_size=3, shuffle=True)]
enc = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True).eval()
x, out = torch.randn(2, 3, 8), {}
w = torch.randn(5, requires_grad=True)
def work():
    with torch.no_grad():
        out["eval"] = enc(x)
    out["prod"] = torch.autograd.grad(w.prod(), w)[0]
    out["reshape"] = w.expand(2, 5).t().reshape(10)
    out["compiled"] = torch.compile(lambda t: t.sin().sum(), backend="aot_eager", fullgraph=True)(w)
thread = threading.Thread(target=work)
thread.start()
thread.join()
torch._dynamo.reset()
del thread, data
""",
    "defaults": """\
torch.set_default_dtype(torch.float64)
a = torch.ones(2) / 3
torch.set_default_dtype(torch.float32)
torch.set_default_device("cpu")
b = torch.randn(3)
torch.set_default_device(None)
with torch.device("cpu"):
    c = torch.randn(2)
torch.use_deterministic_algorithms(True)
d = torch.randn(4, requires_grad=True)
d[torch.tensor([0, 0, 1])].sum().backward()
torch.use_deterministic_algorithms(False)
with torch.random.fork_rng():
    torch.manual_seed(5)
    e = torch.rand(2)
f = torch.distributions.Normal(torch.zeros(2), 1.0).rsample()
""",
    "what a program asks of torch": """\
from torch.overrides import has_torch_function, is_tensor_like, get_overridable_functions
from torch.utils._python_dispatch import is_in_torch_dispatch_mode
x = torch.ones(2)
answers = [has_torch_function((x,)), is_tensor_like(x), torch._C._len_torch_dispatch_stack()]
answers += [is_in_torch_dispatch_mode(), torch.compiler.is_compiling(), torch.jit.is_tracing(), torch._C._is_tracing()]
keys = str(torch._C._dispatch_keys(x))
""",
    "complex and odd dtypes": """\
z = torch.randn(4, dtype=torch.complex64, requires_grad=True)
y = (z * z.conj()).real.sum() + torch.fft.fft(z).abs().sum() + torch.view_as_real(z).sum() + z.imag.sum()
y.backward()
h = torch.randn(3, dtype=torch.bfloat16, requires_grad=True)
(h.float() * 2).sum().backward()
u = torch.arange(5, dtype=torch.uint8) + 250
w = torch.tensor(3) / 2, torch.tensor([True, False]).sum(), torch.tensor(2) ** torch.tensor(0.5)
n = -z.detach().conj() + z.detach().conj().imag
""",
    "a profile": """\
from torch.profiler import profile, ProfilerActivity
net = nn.Sequential(nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 2))
x = torch.randn(3, 4)
with profile(activities=[ProfilerActivity.CPU]) as taken:
    loss = net(x).sum()
    loss.backward()
counts = {event.key: event.count for event in taken.key_averages() if event.key.startswith("aten")}
del taken
""",
    "checkpoints by a policy": """\
from functools import partial
from torch.utils.checkpoint import checkpoint, create_selective_checkpoint_contexts, CheckpointPolicy
seen = []
def policy(ctx, operation, *args, **kwargs):
    seen.append(str(operation))
    is_kept = operation == torch.ops.aten.mm.default
    return CheckpointPolicy.MUST_SAVE if is_kept else CheckpointPolicy.PREFER_RECOMPUTE
w, x = torch.randn(4, 4, requires_grad=True), torch.randn(4, 4, requires_grad=True)
f = lambda x: torch.tanh(torch.mm(x, w)).reshape(-1).prod()
y = checkpoint(f, x, use_reentrant=False, context_fn=partial(create_selective_checkpoint_contexts, policy))
y.backward()
""",
    "a custom Function under torch.func": """\
class Cube(torch.autograd.Function):
    generate_vmap_rule = True
    @staticmethod
    def forward(x):
        return x ** 3
    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(inputs[0])
        ctx.save_for_forward(inputs[0])
    @staticmethod
    def backward(ctx, g):
        return g * 3 * ctx.saved_tensors[0] ** 2
    @staticmethod
    def jvp(ctx, t):
        return t * 3 * ctx.saved_tensors[0] ** 2
x, w = torch.randn(4), torch.randn(4, requires_grad=True)
a = torch.func.grad(lambda t: Cube.apply(t).sum())(x)
b = torch.vmap(torch.func.grad(lambda t: Cube.apply(t)))(x)
c = torch.func.jvp(Cube.apply, (x,), (x,))[1]
d = torch.vmap(Cube.apply)(w)
d.sum().backward()
""",
    "a compiled module of the program's own": """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)
        self.register_buffer("n_calls", torch.zeros(()))
    def forward(self, x):
        self.n_calls += 1
        return F.dropout(self.linear(x), 0.5)
net = torch.compile(Net(), backend="aot_eager")
out = net(torch.ones(2, 3))
out.sum().backward()
n_calls = net.n_calls
@torch.compile(backend="aot_eager", dynamic=True)
def f(x, n):
    return x[:n].cumsum(0).sum()
w = torch.randn(6, requires_grad=True)
for n in (2, 3, 4):
    f(w, n).backward()
torch._dynamo.reset()
""",
    "views": """\
x = torch.randn(4, 6, requires_grad=True)
y = [x.view(24), x.view(torch.int32), x.unfold(1, 2, 2), x.as_strided((2, 2), (1, 2)), x.narrow(0, 1, 2), x.mT]
y += [x.movedim(0, 1), x.ravel(), x.squeeze(), *x.chunk(3, 1), *x.tensor_split(3), *x.unbind(1), x.diagonal()]
y += [torch.atleast_3d(x), x.roll(1), x.flip(0), x.rot90(), x.tile(2, 1), x.repeat_interleave(2, 0), x.contiguous()]
y += [torch.broadcast_to(x, (2, 4, 6)), x.to(torch.float32), x.to(torch.float64), x.type_as(x), x.expand_as(x)]
y += [x.swapaxes(0, 1), *torch.meshgrid(x[0], x[1], indexing="ij"), torch.block_diag(x, x), *torch.hsplit(x, 2)]
y += [torch.cartesian_prod(x[0], x[1]), torch.combinations(x[0]), torch.column_stack((x, x)), x[None, ..., ::2]]
""",
    "errors": """\
said = []
def attempt(work):
    try:
        work()
    except Exception as error:
        said.append(f"{type(error).__name__}: {error}")
w = torch.randn(3, 4, requires_grad=True)
attempt(lambda: w @ w)
attempt(lambda: w.backward())
attempt(lambda: w.view(5))
attempt(lambda: w.add_(1))
attempt(lambda: w.numpy())
attempt(lambda: torch.cat([w, torch.ones(2)]))
attempt(lambda: F.cross_entropy(w, torch.ones(3)))
attempt(lambda: nn.Linear(3, 3)(w))
attempt(lambda: torch.zeros(2).expand(3, 2).add_(1))
attempt(lambda: torch.add(1, 2, 3, 4))
attempt(lambda: torch.Tensor(1.5))
attempt(lambda: torch.add(w, "a"))
attempt(lambda: torch.linalg.inv(torch.zeros(2, 2)))
attempt(lambda: torch.vmap(lambda x: x.item())(torch.ones(2)))
z = w.exp()
z.mul_(2)
attempt(lambda: z.sum().backward())
""",
}
