"""Programs whose classes, containers and tensors refuse to be looked at, count who looks, or have nothing to show.

Parts after a line "#---" run in the same namespace; what a program prints is what plain Python has to print.
"""

HEAD = """\
import torch
from torch import nn
torch.manual_seed(0)
"""
PROGRAMS = {
    "stale split": """\
a = torch.randn(4, requires_grad=True)
x = a * 1
p, q = x.split(2)
x.add_(1)
loss = x.sum()
loss.backward()
print(a.grad)
#---
b = a * 2
l2 = b.sum()
l2.backward()
print(a.grad)
#---
print(1)
""",
    "stale unbind": """\
a = torch.randn(4, requires_grad=True)
x = a * 1
u = x.unbind()
p = u[0]
x.mul_(2)
loss = x.sum()
loss.backward()
print(a.grad)
#---
try: p.grad_fn
except RuntimeError as e: print(e)
""",
    "stale no_grad view": """\
a = torch.randn(4, requires_grad=True)
x = a * 1
with torch.no_grad():
    v = x[:2]
x.add_(1)
v2 = x * 2
def g():
    with torch.no_grad():
        w = x.view(2, 2)
    x.mul_(3)
    loss = x.sum()
    loss.backward()
    return loss
loss = g()
print(a.grad)
""",
    "stale leaf view no_grad": """\
a = torch.zeros(4)
with torch.no_grad():
    v = a[:2]
w = torch.randn(4, requires_grad=True)
a.add_(w)
loss = a.sum()
loss.backward()
print(w.grad)
try: print(v.requires_grad, v.grad_fn)
except RuntimeError as e: print(e)
try: v.mul_(2)
except RuntimeError as e: print(e)
""",
    "stale custom function view": """\
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, t): return t.view(-1)
    @staticmethod
    def backward(ctx, g): return g.view(2, 2)
a = torch.randn(2, 2, requires_grad=True)
x = a * 1
v = F.apply(x)
try: v.add_(1)
except RuntimeError as e: print(e)
x.add_(1)
loss = x.sum()
loss.backward()
print(a.grad)
try: print(v.grad_fn)
except RuntimeError as e: print(e)
""",
    "stale multi-output in no_grad arithmetic": """\
a = torch.randn(4, requires_grad=True)
x = a * 1
p, q = x.split(2)
with torch.no_grad():
    x.add_(1)
for t in (p, q):
    try: t.mul_(2)
    except RuntimeError as e: print(e)
    try: y = (t * 2).sum(); y.backward(retain_graph=True)
    except RuntimeError as e: print(e)
x.add_(1)
for t in (p, q):
    try: y = (t * 2).sum(); y.backward(retain_graph=True); print(a.grad)
    except RuntimeError as e: print(e)
""",
    "dtype float8_e4m3fn": """\
w = torch.rand(4, requires_grad=True)
h = w.to(torch.float8_e4m3fn)
h.retain_grad()
try:
    loss = h.float().sum()
    loss.backward()
except Exception as e: print(type(e), e)
print(w.grad, h.grad)
try: (h.clone().to(torch.float32)).sum().backward()
except Exception as e: print(type(e), e)
v = h.view(2, 2).t()
""",
    "dtype float8_e8m0fnu": """\
w = torch.rand(4, requires_grad=True)
h = w.to(torch.float8_e8m0fnu)
h.retain_grad()
try:
    loss = h.float().sum()
    loss.backward()
except Exception as e: print(type(e), e)
print(w.grad, h.grad)
try: (h.clone().to(torch.float32)).sum().backward()
except Exception as e: print(type(e), e)
v = h.view(2, 2).t()
""",
    "float8 leaf fan-in": """\
w = torch.rand(4).to(torch.float8_e4m3fn).requires_grad_()
a, b = w.float(), w.double()
try:
    loss = a.sum() + b.sum()
    loss.backward()
except Exception as e: print(type(e), e)
print(w.grad)
""",
    "dtypes all": """\
ts = {}
for n in dir(torch):
    d = getattr(torch, n)
    if isinstance(d, torch.dtype):
        for shape in ((2, 3), (), (0,)):
            try: ts[n, shape] = torch.empty(shape, dtype=d)
            except Exception as e: print(n, e)
            else: globals()[f'{n}_{len(shape)}{sum(shape)}'] = ts[n, shape]
print(len(ts))
""",
    "sparse": """\
i = torch.tensor([[0, 1, 1], [2, 0, 2]])
v = torch.tensor([3., 4., 5.], requires_grad=True)
s = torch.sparse_coo_tensor(i, v, (2, 3))
d = torch.sparse.mm(s, torch.ones(3, 2)).sum()
d.backward()
print(v.grad)
csr = torch.eye(3).to_sparse_csr().requires_grad_()
r = (csr @ torch.ones(3, 2)).sum()
try:
    r.backward(); print(csr.grad)
except Exception as e: print(type(e), e)
csc = torch.eye(3).to_sparse_csc()
bsr = torch.eye(4).to_sparse_bsr((2, 2))
semi = None
emb = nn.Embedding(5, 3, sparse=True)
l = emb(torch.tensor([1, 1])).sum()
l.backward()
print(emb.weight.grad)
half = torch.eye(3).half().to_sparse().requires_grad_()
lh = half.to_dense().sum(); lh.backward(); print(half.grad)
empty = torch.sparse_coo_tensor(size=(0, 3))
unco = torch.sparse_coo_tensor(torch.zeros(1, 3, dtype=torch.long), torch.ones(3), (2,))
print(unco.is_coalesced())
""",
    "sparse float8 grads": """\
v = torch.rand(3).requires_grad_()
s = torch.sparse_coo_tensor(torch.tensor([[0, 1, 2]]), v, (3,))
try:
    h = s.to(torch.float8_e4m3fn).to(torch.float32)
    l = h.to_dense().sum(); l.backward(); print(v.grad)
except Exception as e: print(type(e), str(e)[:100])
b = s.to(torch.bfloat16)
l = b.to_dense().float().sum(); l.backward(); print(v.grad)
""",
    "nested": """\
a, b = torch.randn(2, 3, requires_grad=True), torch.randn(4, 3, requires_grad=True)
n = torch.nested.as_nested_tensor([a, b])
y = torch.nested.to_padded_tensor(n * 2, 0.0)
loss = y.sum()
loss.backward()
print(a.grad)
j = torch.nested.nested_tensor([torch.ones(2, 3), torch.ones(1, 3)], layout=torch.jagged, requires_grad=True)
k = (j * 2)
l2 = k.values().sum()
l2.backward()
print(j.grad.values() if j.grad is not None else None)
s = torch.nested.nested_tensor([torch.ones(2, 3), torch.ones(1, 3)], layout=torch.strided)
""",
    "fake": """\
from torch._subclasses.fake_tensor import FakeTensorMode
mode = FakeTensorMode()
with mode:
    w = torch.randn(3, 4, requires_grad=True)
    y = (w * 2).sum()
    y.backward()
print(type(w).__name__, w.grad.shape)
z = w + 1
print(type(z).__name__)
""",
    "freed storage then written": """\
w = torch.randn(4, requires_grad=True)
h = w * 2
loss = (h * 3).sum()
n = h.untyped_storage().nbytes()
h.untyped_storage().resize_(0)
h.untyped_storage().resize_(n)
with torch.no_grad(): h.copy_(torch.ones(4))
loss.backward()
print(w.grad)
q = torch.ones(6); r = q.view(2, 3); s = r.t()
q.untyped_storage().resize_(4)
with torch.no_grad():
    q2 = torch.ones(1)
    q2.set_(q.untyped_storage(), 0, (1,), (1,))
    q2.add_(1)
print(q2)
""",
    "lazy modules": """\
m = nn.LazyLinear(4)
p = m.weight
b = m.bias
net = nn.Sequential(nn.LazyConv2d(3, 2), nn.LazyBatchNorm2d(), nn.ReLU())
up = nn.parameter.UninitializedParameter()
ub = nn.parameter.UninitializedBuffer()
y = m(torch.ones(2, 3)).sum()
y.backward()
print(m.weight.grad)
o = net(torch.ones(1, 1, 4, 4)).sum()
o.backward()
""",
    "logging subclass": """\
calls = []
class T(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        calls.append(getattr(func, '__name__', str(func)))
        return super().__torch_function__(func, types, args, kwargs or {})
w = torch.randn(3).as_subclass(T).requires_grad_()
x = torch.ones(3).as_subclass(T)
y = (w * x).exp()
loss = y.sum()
loss.backward()
g = w.grad
print(type(g).__name__, type(loss).__name__)
z = torch.nn.functional.mse_loss(w, x)
z.backward()
p = nn.Parameter(torch.ones(2).as_subclass(T))
q = [w, x]; d = {'w': w}
w.data = torch.zeros(3).as_subclass(T)
v = w[0]
#---
print(len(calls), calls)
""",
    "refusing subclass": """\
class R(torch.Tensor):
    refuse = False
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        name = getattr(func, '__name__', '')
        if R.refuse and name not in ('mul', '__mul__', 'sum', 'backward'):
            raise ValueError('do not look: ' + name)
        return super().__torch_function__(func, types, args, kwargs or {})
w = torch.randn(3).as_subclass(R).requires_grad_()
x = torch.ones(3).as_subclass(R)
R.refuse = True
y = w * x
loss = torch.sum(y)
torch.autograd.backward([loss], [torch.ones(())])
#---
R.refuse = False
print(w.grad, type(loss).__name__)
""",
    "duck wrapper": """\
calls = []
class Wrap:
    def __init__(self, t): self.t = t
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        calls.append(func.__name__)
        un = lambda a: a.t if isinstance(a, Wrap) else a
        out = func(*[un(a) for a in args], **{k: un(v) for k, v in (kwargs or {}).items()})
        return Wrap(out) if isinstance(out, torch.Tensor) else out
    def __getattr__(self, name):
        calls.append('getattr ' + name)
        raise AttributeError(name)
    def __len__(self): calls.append('len'); return 3
    def __repr__(self): return 'Wrap'
    def __eq__(self, o): calls.append('eq'); return self is o
    def __hash__(self): calls.append('hash'); return 1
    def __bool__(self): calls.append('bool'); return True
    def __iter__(self): calls.append('iter'); return iter([])
w = torch.ones(3, requires_grad=True)
a = Wrap(w)
b = torch.exp(a)
c = torch.add(b, 2)
d = torch.stack([a.t, c.t])
loss = torch.sum(c)
loss.t.backward()
print(w.grad)
#---
print(calls)
""",
    "duck wrapper list": """\
calls = []
class L(list):
    def __len__(self): calls.append('len'); return super().__len__()
    def __getitem__(self, i): calls.append('getitem'); return super().__getitem__(i)
    def __iter__(self): calls.append('iter'); return super().__iter__()
class Tup(tuple):
    def __len__(self): calls.append('tlen'); return super().__len__()
    def __getitem__(self, i): calls.append('tgetitem'); return super().__getitem__(i)
    def __iter__(self): calls.append('titer'); return super().__iter__()
class D(dict):
    def values(self): calls.append('values'); return super().values()
    def items(self): calls.append('items'); return super().items()
    def __iter__(self): calls.append('diter'); return super().__iter__()
    def __len__(self): calls.append('dlen'); return super().__len__()
w = torch.ones(3, requires_grad=True)
s = torch.stack(L([w, w * 2]))
c = torch.cat(Tup((w, w)))
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, l, d, t): return x * 2
    @staticmethod
    def backward(ctx, g): return g * 2, None, None, None
f = F.apply(w, L([w]), D(a=w), Tup((w,)))
class M(nn.Module):
    def forward(self, d, l): return D(out=d['x'] * 2), L([w * 1]), Tup((w * 3,))
o = M()(D(x=w), L([w]))
loss = f.sum() + s.sum()
loss.backward()
print(w.grad)
out = calls[:]
print(sum(c in ('getitem', 'values', 'items') for c in out))
print(out)
""",
    "raising containers": """\
class L(list):
    armed = False
    def __len__(self):
        if L.armed: raise KeyError('len')
        return super().__len__()
    def __getitem__(self, i):
        if L.armed: raise KeyError('getitem')
        return super().__getitem__(i)
    def __iter__(self):
        if L.armed: raise KeyError('iter')
        return super().__iter__()
class D(dict):
    def values(self): raise KeyError('values')
    def items(self): raise KeyError('items')
w = torch.ones(3, requires_grad=True)
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, l, d): return x * 2
    @staticmethod
    def backward(ctx, g): return g * 2, None, None
L.armed = True
f = F.apply(w, L([w]), D(a=w))
class M(nn.Module):
    def forward(self, x): return L([x * 2])
class N(nn.Module):
    def forward(self, x): return D(a=x * 2)
o = M()(w)
n = N()(w)
L.armed = False
loss = f.sum() + o[0].sum()
loss.backward()
print(w.grad)
""",
    "dispatch wrapper": """\
from torch.utils._pytree import tree_map
calls = []
class W(torch.Tensor):
    @staticmethod
    def __new__(cls, t, requires_grad=False):
        return torch.Tensor._make_wrapper_subclass(cls, t.shape, dtype=t.dtype, requires_grad=requires_grad)
    def __init__(self, t, requires_grad=False): self.t = t
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        calls.append(str(func))
        un = lambda a: a.t if isinstance(a, W) else a
        wr = lambda a: W(a) if isinstance(a, torch.Tensor) else a
        return tree_map(wr, func(*tree_map(un, args), **tree_map(un, kwargs or {})))
    def __repr__(self): return 'W()'
w = W(torch.ones(3), requires_grad=True)
y = w * 2
z = y.exp()
loss = z.sum()
loss.backward()
g = w.grad
print(type(g).__name__, g.t)
a = torch.ones(3, requires_grad=True)
b = (a * W(torch.ones(3))).sum()
b.backward()
print(type(a.grad).__name__)
n = calls[:]
#---
print(len(calls), calls)
""",
    "dispatch subclass own data": """\
calls = []
class S(torch.Tensor):
    @staticmethod
    def __new__(cls, t): return torch.Tensor._make_subclass(cls, t, t.requires_grad)
    __torch_function__ = torch._C._disabled_torch_function_impl
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        calls.append(str(func))
        with torch._C._DisableTorchDispatch() if hasattr(torch._C, '_DisableTorchDispatch') else torch.no_grad():
            return func(*args, **(kwargs or {}))
w = S(torch.ones(3)).requires_grad_()
y = (w * 2)
loss = y.sum()
loss.backward()
k = [w, {'y': y}]
print(w.grad)
#---
print(len(calls), calls)
""",
    "refusing dispatch": """\
from torch.utils._pytree import tree_map
calls = []
REFUSED = 'detach clone alias linalg_vector_norm norm isfinite _to_copy view'.split()
class W(torch.Tensor):
    refuse = False
    @staticmethod
    def __new__(cls, t, requires_grad=False):
        return torch.Tensor._make_wrapper_subclass(cls, t.shape, dtype=t.dtype, requires_grad=requires_grad)
    def __init__(self, t, requires_grad=False): self.t = t
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        calls.append(str(func))
        if W.refuse and str(func).split('.')[1] in REFUSED: raise ValueError('refused ' + str(func))
        un = lambda a: a.t if isinstance(a, W) else a
        wr = lambda a: W(a) if isinstance(a, torch.Tensor) else a
        return tree_map(wr, func(*tree_map(un, args), **tree_map(un, kwargs or {})))
    def __repr__(self): return 'W()'
w = W(torch.ones(3), requires_grad=True)
W.refuse = True
y = w * 2
loss = y.sum()
loss.backward()
W.refuse = False
print(type(w.grad).__name__)
W.refuse = True
h = w * 3
h2 = h * h
l2 = (h + h2).sum()
l2.backward(gradient=W(torch.ones(())))
#---
print(len(calls), calls)
""",
    "dispatch strides layout": """\
calls = []
class V(torch.Tensor):
    @staticmethod
    def __new__(cls, t, requires_grad=False):
        how = dict(dispatch_sizes_strides_policy='sizes', dispatch_device=True, dispatch_layout=True)
        return torch.Tensor._make_wrapper_subclass(cls, t.shape, dtype=t.dtype, requires_grad=requires_grad, **how)
    def __init__(self, t, requires_grad=False): self.t = t
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        calls.append(str(func))
        kwargs = kwargs or {}
        if func is torch.ops.prim.layout.default: return args[0].t.layout
        from torch.utils._pytree import tree_map
        un = lambda a: a.t if isinstance(a, V) else a
        wr = lambda a: V(a) if isinstance(a, torch.Tensor) else a
        return tree_map(wr, func(*tree_map(un, args), **tree_map(un, kwargs)))
    def __repr__(self): return 'V()'
w = V(torch.ones(3), requires_grad=True)
y = w * 2
loss = y.sum()
loss.backward()
g = w.grad
#---
print(len(calls), calls)
""",
    "class property lies": """\
calls = []
class C:
    @property
    def __class__(self):
        calls.append('class')
        return torch.Tensor
c = C()
class D:
    @property
    def __class__(self):
        calls.append('class')
        raise ValueError('no class')
d = D()
l = [c, d]
w = torch.ones(2, requires_grad=True)
y = (w * 2).sum()
y.backward()
try: torch.stack([w, d])
except Exception as e: print(type(e), e)
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, o): return x * 2
    @staticmethod
    def backward(ctx, g): return g * 2, None
f = F.apply(w, d)
f = F.apply(w, c)
class M(nn.Module):
    def forward(self, x): return d
M()(w)
class N(nn.Module):
    def forward(self, x): return c, d
N()(w)
print(w.grad)
#---
print(calls)
""",
    "module raises": """\
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.ModuleDict({'a': nn.Linear(2, 2)})
    def named_parameters(self, *a, **k): raise ValueError('np')
    def parameters(self, *a, **k): raise ValueError('p')
    def named_modules(self, *a, **k): raise ValueError('nm')
    def modules(self): raise ValueError('m')
    def __repr__(self): raise ValueError('r')
    def get_submodule(self, t): raise ValueError('g')
    def forward(self, x): return self.inner['a'](x)
m = M()
y = m(torch.ones(1, 2)).sum()
y.backward()
print(m.inner['a'].weight.grad)
class O(nn.Module):
    def __init__(self):
        super().__init__()
        self.m = m
    def forward(self, x): return self.m(x) * 2
o = O()
l = o(torch.ones(1, 2)).sum()
l.backward()
""",
    "half-built module": """\
class M(nn.Module):
    def __init__(self): pass
    def forward(self, x): return x
m = M()
class K(nn.Module):
    def __init__(self): self.__dict__['_parameters'] = None; self.__dict__['_modules'] = 3
k = K()
n = nn.Linear(2, 2); n._parameters = {'weight': 3}
class P(nn.Module):
    _parameters = property(lambda s: 1/0)
p = P.__new__(P)
w = torch.ones(2, requires_grad=True)
y = (w * 2).sum()
y.backward()
print(w.grad)
""",
    "objects odd": """\
calls = []
class A:
    def __getattr__(self, n): calls.append(n); raise RuntimeError(n)
class B:
    @property
    def __dict__(self): calls.append('dict'); raise RuntimeError('no dict')
class C:
    __slots__ = ('x',)
class D(dict):
    def items(self): raise RuntimeError('items')
    def __len__(self): raise RuntimeError('len')
class E:
    def __call__(self): pass
    def __getattribute__(self, n):
        if n == '__dict__': calls.append('getdict'); raise RuntimeError('gd')
        return object.__getattribute__(self, n)
class L(list):
    def __getitem__(self, i): raise RuntimeError('item')
class K:
    def __hash__(self): raise RuntimeError('hash')
    def __repr__(self): raise RuntimeError('repr')
class KK:
    def __repr__(self): raise RuntimeError('repr')
a, b, c, d, e, l, k = A(), B(), C(), D(x=1), E(), L([torch.ones(1)]), K()
dd = {KK(): torch.ones(1)}
w = torch.ones(2, requires_grad=True)
y = (w * 2).sum()
y.backward()
print(w.grad)
#---
print(calls)
""",
    "functorch leak": """\
saved = []
def f(x):
    saved.append(x)
    return (x * 2).sum()
x = torch.ones(3)
g = torch.func.grad(f)(x)
v = torch.vmap(f)(torch.ones(2, 3))
leaked_grad, leaked_vmap = saved[:2]
w = torch.ones(3, requires_grad=True)
l = (w * 2).sum()
l.backward()
print(w.grad, g, v)
#---
print(1)
""",
    "custom odd outputs": """\
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2, None, 'text', (x * 3).long(), x.detach().clone()
    @staticmethod
    def backward(ctx, a, b, c, d, e): return a * 2
w = torch.ones(3, requires_grad=True)
o = F.apply(w)
o[0].sum().backward()
print(w.grad, len(o))
class G(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return [x * 2, x * 3]
    @staticmethod
    def backward(ctx, *g): return g[0]
try:
    r = G.apply(w); print(type(r))
except Exception as e: print(type(e), e)
class H(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): ctx.set_materialize_grads(False); return x * 2, x * 3
    @staticmethod
    def backward(ctx, a, b): print(a is None, b is None); return a * 2
h, k = H.apply(w)
h.sum().backward()
class I(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): ctx.mark_dirty(x); return x.mul_(2)
    @staticmethod
    def backward(ctx, a): return a * 2
z = w * 1
i = I.apply(z)
i.sum().backward()
class J(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x
    @staticmethod
    def backward(ctx, a): return a
j = J.apply(w)
j.sum().backward()
class K(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        n = (x > 0)
        ctx.mark_non_differentiable(n)
        return x * 2, n
    @staticmethod
    def backward(ctx, a, b): print(b); return a
k1, k2 = K.apply(w)
k1.sum().backward()
class N(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, a): raise KeyError('mine')
try: N.apply(w).sum().backward()
except KeyError as e: print(repr(e))
class O(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x.to_sparse()
    @staticmethod
    def backward(ctx, a): return a.to_dense() if a.is_sparse else a
o2 = O.apply(w)
o2.to_dense().sum().backward()
class Q(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, a): return torch.ones(7)
try: Q.apply(w).sum().backward()
except RuntimeError as e: print(e)
class R(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return None
    @staticmethod
    def backward(ctx, a): return a
print(R.apply(w))
print(w.grad)
""",
    "masked tensor": """\
import warnings
warnings.simplefilter('ignore')
from torch.masked import masked_tensor
m = masked_tensor(torch.ones(3), torch.tensor([True, False, True]), requires_grad=True)
y = m * 2
s = y.sum()
try:
    s.backward(); print(m.grad)
except Exception as e: print(type(e), e)
""",
    "function mode": """\
from torch.overrides import TorchFunctionMode
calls = []
class Log(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        calls.append(getattr(func, '__name__', str(func)))
        return func(*args, **(kwargs or {}))
w = torch.ones(3, requires_grad=True)
with Log():
    y = (w * 2).exp()
    l = y.sum()
    l.backward()
    s = w.shape
mode = Log(); mode.__enter__()
z = w * 2
k = z.sum()
k.backward()
mode.__exit__(None, None, None)
print(calls)
""",
    "dispatch mode": """\
from torch.utils._python_dispatch import TorchDispatchMode
calls = []
class Log(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        calls.append(str(func))
        return func(*args, **(kwargs or {}))
w = torch.ones(3, requires_grad=True)
with Log():
    y = (w * 2).exp()
    l = y.sum()
    l.backward()
mode = Log(); mode.__enter__()
z = w * 2
k = z.sum()
k.backward()
r = w.repeat(20000)
mode.__exit__(None, None, None)
print(calls)
""",
    "fan-in of wrappers": """\
from torch.utils._pytree import tree_map
calls = []
class W(torch.Tensor):
    @staticmethod
    def __new__(cls, t, requires_grad=False):
        return torch.Tensor._make_wrapper_subclass(cls, t.shape, dtype=t.dtype, requires_grad=requires_grad)
    def __init__(self, t, requires_grad=False): self.t = t
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        calls.append(str(func))
        un = lambda a: a.t if isinstance(a, W) else a
        wr = lambda a: W(a) if isinstance(a, torch.Tensor) else a
        return tree_map(wr, func(*tree_map(un, args), **tree_map(un, kwargs or {})))
    def __repr__(self): return 'W()'
w = W(torch.ones(3), requires_grad=True)
h = w * 2
l = (h.exp() + h.sin() + h).sum()
l.backward()
print(w.grad.t)
#---
print(len(calls), calls)
""",
    "slow tf": """\
import time
class T(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        n = getattr(func, '__name__', '')
        if n in ('__get__', 'detach', 'clone', 'dim', 'numel', 'size'): time.sleep(3)
        return super().__torch_function__(func, types, args, kwargs or {})
w = torch.ones(3).as_subclass(T)
torch._C.TensorBase.requires_grad_(w)
y = torch.mul(w, 2)
l = torch.sum(y)
torch.autograd.backward(l, torch.ones(()))
print(1)
""",
    "anomaly mid": """\
torch.autograd.set_detect_anomaly(True)
import warnings
warnings.simplefilter('ignore')
w = torch.zeros(3, requires_grad=True)
h = w * 1
l = (h.sqrt() * 0).sum()
l.backward()
""",
    "properties that raise": """\
calls = []
def refusing(name):
    def read(self):
        calls.append(name)
        raise ValueError('no ' + name)
    return property(read)
ATTRIBUTES = (
    'grad shape data dtype grad_fn requires_grad is_leaf device layout ndim '
    '_version _base output_nr retains_grad is_nested is_quantized is_sparse is_meta T real'
).split()
for index, name in enumerate(ATTRIBUTES):
    kind = type('Odd' + str(index), (torch.Tensor,), {name: refusing(name)})
    w = torch.randn(3).as_subclass(kind)
    torch._C.TensorBase.requires_grad_(w)
    y = w * 2
    loss = torch.sum(torch.exp(y))
    calls.append('backward')
    if index % 5 == 0:
        torch.autograd.backward(loss, torch.ones(()))
    globals().update({'w%d' % index: w, 'y%d' % index: y})
#---
print(calls)
""",
    "attributes of ctx": """\
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.name = 'mine'
        ctx.variable = x
        ctx.register_hook = ctx.register_prehook = 3
        return x * 2
    @staticmethod
    def backward(ctx, g): return g * 2
w = torch.ones(3, requires_grad=True)
y = F.apply(w * 1)
loss = y.sum()
loss.backward()
print(w.grad)
""",
    "gradient edges": """\
from torch.autograd.graph import get_gradient_edge
w = torch.ones(3, requires_grad=True)
h = w * 2
loss = (h * h).sum()
print(torch.autograd.grad(loss, [get_gradient_edge(h), get_gradient_edge(w)], retain_graph=True))
torch.autograd.backward(get_gradient_edge(loss), torch.ones(()), inputs=[w])
print(w.grad)
""",
    "names that are no plain text": """\
class B:
    pass
b = B()
b.__dict__['x'] = torch.ones(2)
b.__dict__[3] = torch.ones(2)
class S(str):
    def __hash__(self): return 1
    def startswith(self, *a): raise RuntimeError('sw')
globals()[S('odd')] = torch.ones(2)
w = torch.ones(2, requires_grad=True)
y = (w * 2).sum()
y.backward()
print(w.grad)
""",
}
