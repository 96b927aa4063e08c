# Causal attention, from queries, keys and values to the mean of what each token may see.
import math

import torch

torch.manual_seed(0)
n_tokens, n_channels = 6, 8
x = torch.randn(n_tokens, n_channels)
Wq, Wk, Wv = (torch.randn(n_channels, n_channels, requires_grad=True) for _ in range(3))

q, k, v = x @ Wq, x @ Wk, x @ Wv
scores = q @ k.T / math.sqrt(n_channels)
mask = torch.ones(n_tokens, n_tokens, dtype=torch.bool).tril()
weights = scores.masked_fill(~mask, float("-inf")).softmax(dim=-1)
out = weights @ v
loss = out.square().mean()
loss.backward()
