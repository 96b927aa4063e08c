import torch, torch.nn.functional as F
torch.manual_seed(0)
x = torch.randn(4, 3)
y = torch.tensor([0, 1, 2, 1])
W1 = torch.randn(3, 5, requires_grad=True)
b1 = torch.zeros(5, requires_grad=True)
W2 = torch.randn(5, 3, requires_grad=True)
h = torch.tanh(x @ W1 + b1)
logits = h @ W2
loss = F.cross_entropy(logits, y)
loss.backward()
