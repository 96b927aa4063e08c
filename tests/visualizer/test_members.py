"""Another name for an attribute or a method: every place of it, by classes of the text and what a run has left."""

from __future__ import annotations

import pytest

from visualizer.backprop.program.rename import Rename, RenameError

TEXT = """\
import torch
from torch import nn
from dataclasses import dataclass
@dataclass
class Config:
    width: int = 4
    rate: float = 0.1
class Block(nn.Module):
    scale = 2
    twice = scale * 2
    def __init__(self, config: Config):
        super().__init__()
        self.proj = nn.Linear(config.width, 4)
    def forward(self, x, scale=1):
        return self.mix(self.proj(x)) * self.scale
    def mix(self, x):
        return getattr(x, "grad"), x.data
class Deep(Block):
    def mix(self, x):
        return super().mix(x), self.proj.bias
class Net(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.block = Deep(config)
        self.width = config.width
    def forward(self, x):
        print(f"proj é {self.block.proj.weight}", "proj")  # proj
        return self.block.mix(x), [layer.weight for layer in self.children()]
net = Net(Config(width=3)).to("cpu")
net.block.proj.weight.data *= 2
mix = 3
def f(mix=2, width=1): return mix, torch.width
f(mix=1, width=2)
held = made_elsewhere()
held.twice, held.block
"""


def column(line: int, word: str) -> int:
    return TEXT.split("\n")[line - 1].index(word) + 1


@pytest.mark.parametrize(
    ("at", "new", "lines"),
    [
        ((13, "proj"), "linear", {13, 15, 20, 27, 30}),
        ((30, "proj"), "linear", {13, 15, 20, 27, 30}),
        ((16, "mix"), "blend", {15, 16, 19, 20, 28}),
        ((20, "mix"), "blend", {15, 16, 19, 20, 28}),
        ((9, "scale"), "factor", {9, 10, 15}),
        ((6, "width"), "size", {6, 13, 25, 29}),
        ((29, "width"), "size", {6, 13, 25, 29}),
        ((25, "width"), "size", {25}),
        ((7, "rate"), "learning_rate", {7}),
    ],
)
def test_a_member_is_renamed_wherever_an_object_of_its_classes_has_it(at, new: str, lines: set[int]) -> None:
    line, word = at
    rename = Rename(TEXT, line, column(line, word))
    rename.check(new)
    before, after = TEXT.split("\n"), rename.renamed(new).split("\n")
    assert {n for n, (text, was) in enumerate(zip(after, before, strict=True), 1) if text != was} == lines
    assert all(
        text in (was, was.replace(word, new)) or n in (10, 25, 27)
        for n, (text, was) in enumerate(zip(after, before, strict=True), 1)
    )
    compile("\n".join(after), "", "exec")


def test_words_comments_and_names_of_others_stay() -> None:
    after = Rename(TEXT, 13, column(13, "proj")).renamed("linear").split("\n")
    assert after[26] == '        print(f"proj é {self.block.linear.weight}", "proj")  # proj'
    after = Rename(TEXT, 25, column(25, "width")).renamed("size").split("\n")
    assert after[24] == "        self.size = config.width" and after[32] == "f(mix=1, width=2)"
    after = Rename(TEXT, 9, column(9, "scale")).renamed("factor").split("\n")
    assert after[8:10] == ["    factor = 2", "    twice = factor * 2"]
    assert after[13:15] == [
        "    def forward(self, x, scale=1):",
        "        return self.mix(self.proj(x)) * self.factor",
    ]


@pytest.mark.parametrize(
    ("at", "new", "reason"),
    [
        ((13, "proj"), "mix", "“mix” stands for something else here already."),
        ((13, "proj"), "forward", "“forward” stands for something else here already."),
        ((24, "block"), "inner", "“block” on line 35 may be this name, which cannot be told."),
        ((10, "twice"), "double", "“twice” on line 35 may be this name, which cannot be told."),
        ((14, "forward"), "go", "“forward” is what Module calls it by."),
        ((11, "__init__"), "init", "“__init__” is what Python calls it by."),
        ((32, "torch.width"), "w", "“torch” is imported by that name"),
        ((30, "weight"), "w", "“weight” is not made by this program: its name is another's."),
        ((13, "Linear"), "L", "“Linear” is not made by this program: its name is another's."),
    ],
)
def test_why_a_member_cannot_be_renamed_is_said(at, new: str, reason: str) -> None:
    line, word = at
    with pytest.raises(RenameError) as caught:
        Rename(TEXT, line, column(line, word)).check(new)
    assert str(caught.value).startswith(reason)


def test_what_a_run_has_left_tells_whose_members_they_are() -> None:
    at = 24, column(24, "block")
    rename = Rename(TEXT, *at, {"held": "Net"})
    rename.check("inner")
    assert [place.line for place in rename.places] == [24, 27, 28, 30, 35]
    rename = Rename(TEXT, *at, {"held": "Tensor"})
    assert [place.line for place in rename.places] == [24, 27, 28, 30]


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ('print(getattr(net, "block"))', 36),
        ("match net:\n    case Net(block=b): pass", 37),
        ("class Net:\n    pass", 24),
    ],
)
def test_where_python_finds_a_member_by_words_it_is_not_renamed(more: str, line: int) -> None:
    with pytest.raises(RenameError, match=f"on line {line} may be this name"):
        Rename(TEXT.replace("held.twice, held.block\n", "\n") + more, 24, column(24, "block"))


def test_a_class_of_an_unknown_base_may_have_the_name_from_there() -> None:
    with pytest.raises(RenameError, match="“run” may be a name of Task, which is not made here"):
        Rename("from tasks import Task\nclass Mine(Task):\n    def run(self): pass\n", 3, 9)
