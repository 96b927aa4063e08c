"""A program with what GPT-2, BERT, a ResNet, an LSTM and a U-Net are made of, small, and one pass over all of it."""

MODELS = """import torch, torch.nn as nn, torch.nn.functional as F
torch.manual_seed(0)
torch.set_num_threads(1)


def attention(x, fused):
    q, k, v = (part.view(2, 6, 2, 8).transpose(1, 2) for part in nn.Linear(16, 48)(x).split(16, -1))
    if fused:
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    else:
        scores = (q @ k.transpose(-2, -1) / 8**0.5).masked_fill(torch.ones(6, 6).triu(1).bool(), -torch.inf)
        y = F.dropout(torch.softmax(scores, -1), 0.1) @ v
    return x + nn.Linear(16, 16)(y.transpose(1, 2).contiguous().view(2, 6, 16))


tokens = torch.randint(0, 20, (2, 6))
x = nn.Embedding(20, 16)(tokens) + nn.Embedding(6, 16)(torch.arange(6))
for fused, activation in ((True, nn.GELU("tanh")), (False, nn.GELU())):
    x = attention(nn.LayerNorm(16)(x), fused)
    x = x + nn.Sequential(nn.LayerNorm(16), nn.Linear(16, 32), activation, nn.Linear(32, 16))(x)
language = F.cross_entropy(nn.Linear(16, 20, bias=False)(x).view(-1, 20), tokens.view(-1))
pooled = torch.tanh(nn.Linear(16, 16)(x[:, 0])).mean()

image = torch.randn(2, 3, 16, 16)
stem = nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU(inplace=True), nn.MaxPool2d(2))
y = stem(image)
y = y + nn.Sequential(nn.Conv2d(4, 4, 3, 1, 1), nn.BatchNorm2d(4))(y)
classes = nn.Sequential(nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))(y)
vision = F.cross_entropy(classes, torch.tensor([0, 2]))

down = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.GroupNorm(2, 4), nn.SiLU(), nn.LeakyReLU())(image)
up = nn.ConvTranspose2d(4, 4, 2, 2)(F.avg_pool2d(down, 2))
joined = torch.cat([up, F.interpolate(F.max_pool2d(down, 2), scale_factor=2, mode="bilinear")], 1)
mask = torch.sigmoid(nn.Conv2d(8, 1, 1)(F.pad(joined, (1, 1, 1, 1))[:, :, 1:-1, 1:-1]))
wanted = (torch.rand_like(mask) > 0.5).float()
segments = F.binary_cross_entropy(mask, wanted) - 2 * (mask * wanted).sum() / (mask.sum() + wanted.sum())

out, (h, c) = nn.LSTM(4, 5, batch_first=True)(torch.randn(2, 3, 4))
h, c = nn.LSTMCell(5, 5)(out[:, -1], (h[0], c[0]))
recurrent = F.mse_loss(h, torch.zeros(2, 5)) + c.pow(2).sum().sqrt() + nn.GRU(4, 2)(torch.randn(3, 1, 4))[0].std()

loss = language + pooled + vision + segments + recurrent
loss.backward()
"""
