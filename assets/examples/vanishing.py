# Twelve layers of sigmoids: Health (F4) says where the gradient vanishes. Then try nn.ReLU.
import torch
from torch import nn

torch.manual_seed(0)
layers = []
for _ in range(12):
    layers += [nn.Linear(16, 16), nn.Sigmoid()]
model = nn.Sequential(*layers, nn.Linear(16, 1))

x, y = torch.randn(32, 16), torch.randn(32, 1)
loss = nn.functional.mse_loss(model(x), y)
loss.backward()
