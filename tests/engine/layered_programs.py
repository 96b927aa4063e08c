"""Programs in which gradients have gradients, parts of a graph run again, hooks look on and torch.func transforms."""

PROGRAMS = {
    "double backward": """\
x = torch.tensor([1., 2., 3.], requires_grad=True)
y = (x ** 3).sum()
y.backward(create_graph=True)
z = (x.grad ** 2).sum()
z.backward()
""",
    "grad create_graph": """\
x = torch.tensor([1., 2., 3.], requires_grad=True)
y = (x.sin() * x).sum()
(g,) = torch.autograd.grad(y, x, create_graph=True)
z = (g ** 2).sum()
z.backward()
""",
    "wgan-gp": """\
critic = nn.Sequential(nn.Linear(4, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1))
real, fake = torch.randn(6, 4), torch.randn(6, 4)
mix = torch.rand(6, 1)
between = (mix * real + (1 - mix) * fake).requires_grad_()
score = critic(between)
(slope,) = torch.autograd.grad(score, between, torch.ones_like(score), create_graph=True)
penalty = ((slope.norm(2, dim=1) - 1) ** 2).mean()
loss = critic(fake).mean() - critic(real).mean() + 10 * penalty
loss.backward()
""",
    "hvp": """\
x = torch.tensor([1., 2.], requires_grad=True)
v = torch.tensor([0.5, -1.])
y = (x ** 3).prod()
(g,) = torch.autograd.grad(y, x, create_graph=True)
(hv,) = torch.autograd.grad(g, x, v)
""",
    "maml": """\
w = torch.randn(3, 1, requires_grad=True)
xs, ys = torch.randn(5, 3), torch.randn(5, 1)
xq, yq = torch.randn(5, 3), torch.randn(5, 1)
fast = w
for step in range(2):
    inner = F.mse_loss(xs @ fast, ys)
    (g,) = torch.autograd.grad(inner, fast, create_graph=True)
    fast = fast - 0.1 * g
outer = F.mse_loss(xq @ fast, yq)
outer.backward()
""",
    "func.grad": """\
x = torch.tensor([1., 2.], requires_grad=True)
f = lambda t: (t ** 3).sum()
g = torch.func.grad(f)(x)
loss = (g ** 2).sum()
loss.backward()
""",
    "func.grad constant": """\
x = torch.tensor([1., 2.])
f = lambda t: (t ** 3).sum()
g = torch.func.grad(f)(x)
""",
    "grad of grad": """\
x = torch.tensor(2., requires_grad=True)
f = lambda t: t ** 4
h = torch.func.grad(torch.func.grad(f))(x)
h.backward()
""",
    "vmap(grad)": """\
w = torch.tensor([1., 2.], requires_grad=True)
xs = torch.randn(3, 2)
def f(w, x):
    return (w * x).sin().sum()
per = torch.vmap(torch.func.grad(f), (None, 0))(w, xs)
loss = per.pow(2).sum()
loss.backward()
""",
    "jacrev": """\
x = torch.tensor([1., 2.], requires_grad=True)
J = torch.func.jacrev(lambda t: t.exp() * t.sum())(x)
J.sum().backward()
""",
    "jacfwd": """\
x = torch.tensor([1., 2.], requires_grad=True)
J = torch.func.jacfwd(lambda t: t.exp() * t.sum())(x)
J.sum().backward()
""",
    "hessian": """\
x = torch.tensor([1., 2.])
H = torch.func.hessian(lambda t: (t ** 3).prod())(x)
""",
    "checkpoint": """\
from torch.utils.checkpoint import checkpoint
block = nn.Sequential(nn.Linear(4, 4), nn.Tanh())
x = torch.randn(2, 4, requires_grad=True)
h = checkpoint(block, x, use_reentrant=False)
loss = h.sum()
loss.backward()
""",
    "nested checkpoints": """\
from torch.utils.checkpoint import checkpoint
a, b = nn.Linear(4, 4), nn.Linear(4, 4)
def inner(x):
    return b(x).tanh()
def outer(x):
    return checkpoint(inner, a(x).relu(), use_reentrant=False).sin()
x = torch.randn(2, 4)
h = checkpoint(outer, x, use_reentrant=False)
loss = h.sum()
loss.backward()
""",
    "several roots": """\
x = torch.tensor([1., 2.], requires_grad=True)
h = x.exp()
a = h.sum()
b = (h * 2).prod()
torch.autograd.backward([a, b])
""",
    "grad_outputs": """\
x = torch.tensor([1., 2., 3.], requires_grad=True)
y = x ** 2
(g,) = torch.autograd.grad(y, x, grad_outputs=torch.tensor([1., 0., 2.]))
""",
    "hooks": """\
lin = nn.Linear(3, 3)
x = torch.randn(2, 3, requires_grad=True)
def double(grad):
    return grad * 2
def watch(grad_outputs):
    return None
def clip(grad_inputs, grad_outputs):
    return tuple(None if g is None else g.clamp(-0.1, 0.1) for g in grad_inputs)
def module_hook(module, grad_input, grad_output):
    return tuple(None if g is None else g * 3 for g in grad_input)
def after(param):
    param.grad *= 10
h = lin(x)
h.register_hook(double)
y = h.tanh()
y.grad_fn.register_prehook(watch)
y.grad_fn.register_hook(clip)
lin.register_full_backward_hook(module_hook)
lin.weight.register_post_accumulate_grad_hook(after)
z = lin(y).sum()
z.backward()
""",
    "saved_tensors_hooks": """\
x = torch.tensor([1., 2.], requires_grad=True)
def pack(t):
    return t.numpy() if not t.requires_grad else t.detach().numpy()
def unpack(a):
    return torch.from_numpy(a)
with torch.autograd.graph.saved_tensors_hooks(pack, unpack):
    y = (x * x).sin()
loss = y.sum()
loss.backward()
""",
    "custom double backward": """\
class CubeGrad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, g):
        ctx.save_for_backward(x, g)
        return 3 * x * x * g
    @staticmethod
    def backward(ctx, gg):
        x, g = ctx.saved_tensors
        return 6 * x * g * gg, 3 * x * x * gg
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return CubeGrad.apply(x, g)
x = torch.tensor([1., 2.], requires_grad=True)
y = Cube.apply(x).sum()
(g,) = torch.autograd.grad(y, x, create_graph=True)
z = g.pow(2).sum()
z.backward()
""",
    "backward inside backward": """\
class Inner(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.sin()
    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        with torch.enable_grad():
            t = x.detach().requires_grad_()
            y = t.sin()
            (d,) = torch.autograd.grad(y, t, g)
        return d
x = torch.tensor([1., 2.], requires_grad=True)
loss = Inner.apply(x * 2).sum()
loss.backward()
""",
    "third order": """\
x = torch.tensor(2., requires_grad=True)
y = x ** 4
(g1,) = torch.autograd.grad(y, x, create_graph=True)
(g2,) = torch.autograd.grad(g1, x, create_graph=True)
(g3,) = torch.autograd.grad(g2, x, create_graph=True)
g3.backward()
""",
    "several orders": """\
x = torch.tensor(0.5, requires_grad=True)
y = x.sin().exp() * x
(g1,) = torch.autograd.grad(y, x, create_graph=True)
(g2,) = torch.autograd.grad(g1, x, create_graph=True)
(g3,) = torch.autograd.grad(g2, x, create_graph=True)
(g1 + g2 + g3).backward()
""",
    "is_grads_batched": """\
x = torch.tensor([1., 2.], requires_grad=True)
y = x.exp() * x.sum()
(J,) = torch.autograd.grad(y, x, torch.eye(2), is_grads_batched=True)
""",
    "functional.jacobian": """\
x = torch.tensor([1., 2.], requires_grad=True)
J = torch.autograd.functional.jacobian(lambda t: t.exp() * t.sum(), x, create_graph=True)
J.pow(2).sum().backward()
""",
    "no create_graph": """\
x = torch.tensor([1., 2.], requires_grad=True)
y = (x ** 3).sum()
(g,) = torch.autograd.grad(y, x)
""",
}
PROGRAMS["checkpoint, reentrant"] = PROGRAMS["checkpoint"].replace("use_reentrant=False", "use_reentrant=True")
