# The loss is finite and a gradient is not: F7 goes to the first NaN, and says why it is one.
import torch

x = torch.tensor([4.0, 1.0, 0.0, -1.0], requires_grad=True)
root = x.sqrt()
safe = torch.where(x > 0, root, torch.zeros_like(x))  # the value is masked, the derivative of the root is not
loss = safe.sum()
loss.backward()
