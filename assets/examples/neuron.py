# One neuron, its gradient by hand, by autograd.grad and by backward(): step it with Ctrl+Shift+Enter, then F10.
import torch

x, y = torch.tensor([1.5, -0.5]), torch.tensor(1.0)
w = torch.tensor([0.2, 0.8], requires_grad=True)
b = torch.tensor(0.1, requires_grad=True)

p = torch.sigmoid(w @ x + b)
loss = -(y * p.log() + (1 - y) * (1 - p).log())  # binary cross-entropy

by_hand = (p - y).detach() * x
(by_grad,) = torch.autograd.grad(loss, w, retain_graph=True)
loss.backward()
print("by hand    ", by_hand)
print("by grad    ", by_grad)
print("by backward", w.grad)
