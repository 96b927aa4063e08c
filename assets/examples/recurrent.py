# The same cell at twelve time steps: its nodes are one card, "lines 12–13 × 12"; PageDown opens them one by one.
import torch

torch.manual_seed(0)
n_steps, n_hidden = 12, 8
inputs = torch.randn(n_steps, 4)
W = torch.randn(4, n_hidden, requires_grad=True)
U = (0.5 * torch.randn(n_hidden, n_hidden)).requires_grad_()

h = torch.zeros(n_hidden)
for x in inputs:
    a = x @ W + h @ U
    h = torch.tanh(a)
loss = h.sum()
loss.backward()
