# Two moons of points, told apart by a small network. What happens without the line zero_grad?
import torch
from torch import nn

torch.manual_seed(0)
angle = torch.rand(200) * torch.pi
label = torch.arange(200) % 2
side = 1 - 2 * label
points = torch.stack([angle.cos() + label, side * angle.sin() + 0.3 * label], dim=1) + 0.1 * torch.randn(200, 2)

model = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
for step in range(60):
    logits = model(points)
    loss = nn.functional.cross_entropy(logits, label)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

accuracy = (logits.argmax(dim=1) == label).float().mean()
print(f"loss {loss.item():.3f}, accuracy {accuracy.item():.0%}")
