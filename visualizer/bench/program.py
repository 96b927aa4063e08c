"""A GPT-2, a recurrent network and a NaN as programs of a person's own: what the benchmark and the tour run."""

_MODEL = """\
import torch
from torch import nn
import torch.nn.functional as F
torch.manual_seed(0)
class Block(nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.h = h
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.qkv, self.proj = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.up, self.down = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
    def forward(self, x):
        B, T, C = x.shape
        q, k, v = self.qkv(self.norm1(x)).split(C, dim=2)
        q, k, v = (t.view(B, T, self.h, C // self.h).transpose(1, 2) for t in (q, k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.proj(y.transpose(1, 2).reshape(B, T, C))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate="tanh"))
class GPT2(nn.Module):
    def __init__(self, vocab=50257, context=1024, d=768, h=12, layers=12):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(vocab, d), nn.Embedding(context, d)
        self.h = nn.ModuleList(Block(d, h) for _ in range(layers))
        self.norm = nn.LayerNorm(d)
        self.head = nn.Linear(d, vocab, bias=False)
        self.head.weight = self.wte.weight
        for name, parameter in self.named_parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02)
    def forward(self, tokens, targets):
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1]))
        for block in self.h:
            x = block(x)
        return F.cross_entropy(self.head(self.norm(x)).flatten(0, 1), targets.flatten())
"""

GPT2_124M = (
    _MODEL
    + """\
model = GPT2()
tokens = torch.randint(0, 50257, (1, 65))
loss = model(tokens[:, :-1], tokens[:, 1:])
"""
)

GPT2_SMALL = (
    _MODEL
    + """\
model = GPT2(vocab=128, context=32, d=64, h=4, layers=4)
tokens = torch.randint(0, 128, (2, 17))
loss = model(tokens[:, :-1], tokens[:, 1:])
loss.backward()
"""
)
RECURRENT = """\
import torch
torch.manual_seed(0)
W = torch.randn(16, 16).mul(0.2).requires_grad_()
U = torch.randn(8, 16).mul(0.3).requires_grad_()
x, h = torch.randn(500, 4, 8), torch.zeros(4, 16)
heard = []
for t in range(500):
    z = x[t] @ U + h @ W
    h = torch.tanh(z)
    if t % 100 == 99:
        heard.append(h)
loss = torch.stack(heard).square().mean()
"""

WITH_NAN = """\
import torch
torch.manual_seed(0)
x = torch.randn(8, 3)
W = torch.randn(3, 4, requires_grad=True)
h = (x @ W).relu()
p = h / h.sum(dim=1, keepdim=True)
entropy = p * p.log()
loss = -entropy.sum()
loss.backward()
"""
