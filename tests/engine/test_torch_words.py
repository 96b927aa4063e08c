"""What PyTorch says of everyday mistakes is known as words that a language can have."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from engine.program.sentences.python_words import in_words
from engine.program.sentences.torch_words import TEMPLATES
from engine.protocol.sentence import Sentence
from engine.shared import language

# Each fails in its own way, so that every template is one that PyTorch has.
FAILING = r"""
nn.Conv2d(3, 4, 3)(torch.ones(8, 8))
nn.LayerNorm(4)(x)
nn.Conv2d(3, 4, 9)(torch.ones(1, 3, 5, 5))
nn.MaxPool2d(2)(torch.ones(3))
nn.BatchNorm1d(3)(torch.ones(1, 3))
nn.LSTM(3, 4)(torch.ones(2, 2, 5))
torch.tensor([[1, 2], [3]])
torch.dot(x, x)
torch.bmm(x, x)
x[torch.ones(3, dtype=torch.bool)]
x.gather(0, torch.tensor([0]))
x.repeat(2)
torch.topk(x, 9)
x.unfold(0, 9, 1)
torch.cdist(x, torch.ones(2, 7))
torch.einsum("ij,jk->ik", x, torch.ones(5, 2))
torch.einsum("ijk->i", x)
F.pad(x, (1,))
x.split(0)
x.chunk(0)
torch.ones(-1)
torch.zeros(-1)
F.binary_cross_entropy(torch.tensor([1.5]), torch.tensor([1.0]))
torch.tensor([1, 2]).mean()
x.mean(dtype=torch.int64)
torch.tensor([True]) - torch.tensor([False])
torch.tensor("a")
torch.tensor(None)
torch.arange(0, 5, -1)
F.one_hot(torch.tensor([5]), 3)
F.one_hot(torch.tensor([0.5]))
torch.multinomial(torch.tensor([0.0, 0.0]), 1)
torch.multinomial(torch.tensor([-1.0, 1.0]), 1)
torch.normal(0.0, -1.0, (2,))
fc.weight.data = torch.ones(2, 3).int()
torch.from_numpy([1, 2])
torch.inverse(torch.zeros(2, 2))
torch.linalg.cholesky(-torch.eye(2))
torch.linalg.inv(x)
torch.randn("3")
x.fill_("a")
torch.ones(2, device="gpu")
class N(nn.Module): pass¶N()(x)
class N(nn.Module):¶    def __init__(self): self.fc = nn.Linear(3, 2)¶N()
fc.weight = torch.ones(2, 3)
nn.MultiheadAttention(5, 2)
nn.Dropout(2)(x)
torch.optim.SGD([], lr=0.1)
torch.optim.SGD(fc.parameters(), lr=-1)
torch.optim.SGD([fc.weight * 2], lr=0.1)
torch.utils.data.DataLoader([], batch_size=0)
fc.load_state_dict({"a": x})
"""
_WITHOUT_CUDA = "Torch not compiled with CUDA enabled"


@pytest.fixture(autouse=True)
def english_again():
    yield
    language.use(language.ENGLISH)


def said(text: str) -> str:
    """What PyTorch says of it."""
    names = {"torch": torch, "nn": nn, "F": nn.functional, "x": torch.ones(4, 3), "fc": nn.Linear(3, 2)}
    with pytest.raises(Exception) as raised:
        exec(text.replace("¶", "\n"), names)
    return str(raised.value)


def test_each_of_pytorchs_everyday_sentences_is_known_as_words_and_stays_in_english_as_it_is() -> None:
    language.use("pt_BR")
    told = set()
    for text in FAILING.strip().split("\n"):
        message = said(text)
        words = in_words(message)
        assert isinstance(words, Sentence), (text, message)
        assert "".join(words.text.split()) == "".join(message.removesuffix(".").split()).removesuffix("."), text
        assert language.said(words) != words.text
        told.add(words.code)
    assert set(TEMPLATES) - told == {_WITHOUT_CUDA}  # which only a build without it says
    assert in_words(f"{_WITHOUT_CUDA}.") != f"{_WITHOUT_CUDA}."


def test_what_is_told_of_a_mistake_is_in_the_language_and_its_numbers_too() -> None:
    language.use("pt_BR")
    assert language.said(in_words(said("nn.Dropout(1.5)(x)"))) == (
        "a probabilidade do dropout tem de estar entre 0 e 1, e é 1,5"
    )
    assert language.said(in_words("Nobody knows this.")) == "Nobody knows this."
