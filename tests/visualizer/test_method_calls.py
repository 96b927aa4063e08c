"""Parameters of methods are renamed in the calls that give them by their names, where these can be told."""

from __future__ import annotations

import pytest

from visualizer.backprop.program.rename import Rename, RenameError

TEXT = """\
from functools import partial
from torch import nn
from torch.utils.checkpoint import checkpoint
class Attention(nn.Module):
    def __init__(self, width, *, heads=1):
        super().__init__()
        self.out = nn.Linear(width, width, bias=False)
    def forward(self, x, mask=None):
        return self.out(x) if mask is None else self.out(x * mask)
class Block(nn.Module):
    def __init__(self, width, heads=2):
        super().__init__()
        self.attention = Attention(width, heads=heads)
    def forward(self, x, mask=None):
        return x + self.attention(x, mask=mask)
class Wide(Block):
    def __init__(self, width):
        super().__init__(width=2 * width, heads=4)
class Net(nn.Module):
    def __init__(self, depth, width):
        super().__init__()
        self.blocks = nn.ModuleList([Wide(width=width) for _ in range(depth)])
        self.head = nn.Linear(width, 2)
    def forward(self, x, mask=None, *, scale=1.0):
        for number, block in enumerate(self.blocks):
            x = block(x, mask=mask)
        return self.head(self.blocks[0](x, mask=mask)) * scale
net = Net(depth=2, width=4).to(device="cpu")
out = net(x, mask=m, scale=2)
print(Net.forward(net, x, mask=m), dict(scale=1))
"""


def places(text: str, line: int, word: str) -> dict[int, int]:
    """How often each line has what is renamed with the name that stands there."""
    rename = Rename(text, line, text.split("\n")[line - 1].index(word) + 1)
    rename.check("renamed")
    compile(rename.renamed("renamed"), "", "exec")
    lines = [place.line for place in rename.places]
    return {line: lines.count(line) for line in sorted(set(lines))}


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        (8, "mask", {8: 1, 9: 2, 15: 1}),
        (15, "mask=", {8: 1, 9: 2, 15: 1}),
        (14, "mask", {14: 1, 15: 1, 26: 1, 27: 1}),
        (26, "mask=", {14: 1, 15: 1, 26: 1, 27: 1}),
        (24, "mask", {24: 1, 26: 1, 27: 1, 29: 1, 30: 1}),
        (29, "scale", {24: 1, 27: 1, 29: 1}),
        (5, "heads", {5: 1, 13: 1}),
        (11, "heads", {11: 1, 13: 1, 18: 1}),
        (11, "width", {11: 1, 13: 1, 18: 1}),
        (17, "width", {17: 1, 18: 1, 22: 1}),
        (28, "depth", {20: 1, 22: 1, 28: 1}),
    ],
)
def test_a_parameter_of_a_method_is_renamed_where_its_calls_give_it(line: int, word: str, expected: dict) -> None:
    assert places(TEXT, line, word) == expected


@pytest.mark.parametrize(
    ("more", "line", "word"),
    [
        ("made_elsewhere(x)(x, mask=m)", 24, "mask"),
        ("net(x, **given)", 24, "mask"),
        ("half = partial(net.forward, mask=m)", 24, "mask"),
        ("checkpoint(net, x, mask=m)", 24, "mask"),
        ("halves = partial(Net, depth=2)", 20, "depth"),
        ("class Other(Net):\n    def forward(self, x, mask=1): return x", 24, "mask"),
        ("net.blocks.append(made_elsewhere())", 14, "mask"),
        ("net.blocks[0] = made_elsewhere()", 14, "mask"),
    ],
)
def test_where_a_call_may_give_it_that_is_said(more: str, line: int, word: str) -> None:
    with pytest.raises(RenameError, match=rf"“{word}” on line \d+ may be this name"):
        places(TEXT + more, line, word)


def test_names_that_are_unpacked_into_a_function_may_be_its_parameters() -> None:
    with pytest.raises(RenameError, match="“dim” on line 3 may be this name"):
        places("def f(dim=1):\n    return dim\nf(**given)\n", 1, "dim")
