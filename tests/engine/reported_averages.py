"""Numbers that go missing in a detour, weights and averages over what was not meant, each with what mends it."""

from __future__ import annotations

from tests.engine.reported_mistakes import Mistake

DETOUR = """\
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Linear(4, 6), nn.Linear(6, 1)
    def forward(self, x):
        f = torch.tanh(self.first(x))
        f = torch.tensor(f.tolist())
        return self.second(f)
net = Net()
opt = torch.optim.Adam(net.parameters(), lr=1e-2)
x, y = torch.randn(8, 4), torch.randn(8, 1)
for _ in range(2):
    loss = F.mse_loss(net(x), y)
    opt.zero_grad(); loss.backward(); opt.step()
"""
ATTENTION = """\
q, k, v = torch.randn(3, 2, 5, 4)
wq, wv = (torch.randn(4, 4, requires_grad=True) for _ in range(2))
a = F.softmax((q @ wq) @ k.transpose(-2, -1), dim=-2)
loss = (a @ (v @ wv)).pow(2).mean()
loss.backward()
"""
PADDED = """\
emb, head = nn.Embedding(9, 4, padding_idx=0), nn.Linear(4, 9)
t = torch.tensor([[1, 2, 0, 0], [3, 4, 5, 0]])
loss = F.cross_entropy(head(emb(t)).flatten(0, 1), t.flip(1).flatten())
loss.backward()
"""
MASKED = """\
head = nn.Linear(4, 9)
t = torch.tensor([[1, 2, 0, 0], [3, 4, 5, 0]])
losses = F.cross_entropy(head(torch.randn(2, 4, 4)).transpose(1, 2), t, reduction="none")
mask = (t != 0).float()
loss = (losses * mask).mean()
loss.backward()
"""
MISTAKES = {
    "a detour through a list": Mistake(
        DETOUR, "torch.tensor(f.tolist())", "f * 1", "notice.numbers_before", 11,
        "f.tolist() at line 11 took numbers of shape (8, 6) out of a graph, as self.second(f) (line 12) gets them",
    ),
    "a detour through NumPy": Mistake(
        DETOUR.replace("torch.tensor(f.tolist())", "torch.from_numpy(f.detach().numpy())"),
        "torch.from_numpy(f.detach().numpy())", "f * 1", "notice.numbers_before", 11,
        "f.detach().numpy() at line 11 took numbers of shape (8, 6)",
    ),
    "attention that is normalised along its queries": Mistake(
        ATTENTION, "dim=-2", "dim=-1", "notice.weights_of_another_axis", 7,
        "a @ (v @ wv) adds up along the last axis of its weights, and",
    ),
    "a loss of padding": Mistake(
        PADDED, "t.flip(1).flatten())", "t.flip(1).flatten(), ignore_index=0)", "notice.padded_targets", 7,
        "averages over 8 targets, of which 3 are 0, the padding of emb(t) (line 7)",
    ),
    "a mean over what is masked": Mistake(
        MASKED, "(losses * mask).mean()", "(losses * mask).sum() / mask.sum()", "notice.masked_mean", 9,
        "(losses * mask).mean() divides by all 8 places, of which the mask leaves 5",
    ),
}  # fmt: skip
FINE = {
    "weights that are normalised by slots, and anew before they add up": ATTENTION.replace(
        "loss =", "a = a / a.sum(-1, keepdim=True)\nloss ="
    ),
    "pooling by clusters": ATTENTION.replace("dim=-2)", "dim=-1)").replace("a @ (v", "a.transpose(-2, -1) @ (v"),
    "a network without padding": PADDED.replace(", padding_idx=0", ""),
    "classes of texts, as many as there are words but one": PADDED.replace("nn.Linear(4, 9)", "nn.Linear(4, 8)"),
    "data of 0 and 1": "w = torch.randn(6, requires_grad=True)\nx = torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0, 1.0])\n"
    "loss = (w * x).mean()\nloss.backward()\n",
    "numbers that are noted beside a part that stays as it is": DETOUR.replace(
        "f = torch.tensor(f.tolist())", "f = f * 1"
    ).replace("    opt.zero_grad()", "    seen = net(x).tolist(); opt.zero_grad()"),
}
