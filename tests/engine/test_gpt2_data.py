"""Tokens, batches and the learning rate."""

import math
import random
from pathlib import Path

import msgspec
import numpy as np
import pytest
import tiktoken
import torch

from engine.protocol.errors import EngineError
from engine.runs import corpus
from engine.runs.config import PRESETS
from engine.runs.run_folder import RunFolder
from engine.runs.schedule import learning_rate
from engine.train import tokenizer
from engine.train.data import Batches, prepare
from engine.train.tokenizer import chunks, make_tokenizer

NANO = PRESETS["nano"]


def test_gpt2_tokens_are_tiktokens_and_every_tokenizer_decodes_what_it_encodes() -> None:
    text = "Hello, wörld! 你好 🙂\n\n  def f(x):\n    return x ** 2\n"
    for name, alphabet in (("gpt2", ""), ("bytes", ""), ("characters", "".join(sorted(set(text))))):
        made = make_tokenizer(name, alphabet)
        assert made.decode(made.encode(text).tolist()) == text
        assert made.encode(text).max() < made.size
    # GPT-2's published encoding of this sentence.
    assert make_tokenizer("gpt2", "").encode("Hello, I am").tolist() == [15496, 11, 314, 716]
    assert isinstance(make_tokenizer("gpt2", "")._encoding, tiktoken.Encoding)  # type: ignore[attr-defined]


def test_a_long_text_in_pieces_gives_the_same_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "_CHUNK_CHARACTERS", 50)
    pick = random.Random(0)
    text = "".join(pick.choice(["word", " ", "\n", "\n\n", "\t", "  ", "x1", "'s", "."]) for _ in range(3000))
    made = make_tokenizer("gpt2", "")
    pieces = list(chunks(text))
    assert len(pieces) > 10 and "".join(pieces) == text
    assert np.concatenate([made.encode(piece) for piece in pieces]).tolist() == made.encode(text).tolist()


def test_batches_are_windows_whose_targets_follow_and_leave_the_global_generator_alone(tmp_path: Path) -> None:
    tokens, _ = prepare(NANO, RunFolder(tmp_path))
    before = torch.get_rng_state()
    batches = Batches(tokens.train, NANO, torch.device("cpu"), seed=3)
    inputs, targets = batches.next()
    assert inputs.shape == targets.shape == (12, 64) and inputs.dtype == torch.int64
    assert torch.equal(inputs[:, 1:], targets[:, :-1])
    assert torch.equal(before, torch.get_rng_state())
    again = Batches(tokens.train, NANO, torch.device("cpu"), seed=3)
    assert torch.equal(again.next()[0], inputs)
    assert len(tokens.validation) == round(0.1 * (len(tokens.train) + len(tokens.validation)))


def test_unigram_entropy_of_the_shipped_corpus(tmp_path: Path) -> None:
    tokens, made = prepare(NANO, RunFolder(tmp_path))
    counts = np.bincount(tokens.train, minlength=made.size)
    share = counts / counts.sum()
    assert tokens.entropy(65) == pytest.approx(-(share[share > 0] * np.log(share[share > 0])).sum())
    assert tokens.entropy(65) < math.log(65)
    assert len(corpus.characters("tiny-shakespeare")) == 65


def test_a_corpus_shorter_than_the_context_is_refused_with_its_length(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("word " * 20)
    with pytest.raises(EngineError, match="100 tokens; context_length 64 needs at least 130"):
        prepare(msgspec.structs.replace(NANO, corpus=str(text)), RunFolder(tmp_path))


def test_a_run_that_has_its_tokens_needs_its_corpus_no_more(tmp_path: Path) -> None:
    text = tmp_path / "mine.txt"
    text.write_text("abc déf\n" * 200, encoding="utf-8")
    run = msgspec.structs.replace(NANO, corpus=str(text))
    (tmp_path / "run").mkdir()
    first, _ = prepare(run, RunFolder(tmp_path / "run"))
    text.unlink()
    again, made = prepare(run, RunFolder(tmp_path / "run"))
    assert np.array_equal(again.train, first.train) and made.decode(again.train[:4].tolist()) == "abc "
    (tmp_path / "run" / "tokens.bin").unlink()
    with pytest.raises(EngineError, match="There is no corpus at"):
        prepare(run, RunFolder(tmp_path / "run"))


def test_the_learning_rate_warms_up_and_falls_along_half_a_cosine() -> None:
    rates = [learning_rate(NANO, step) for step in range(1, NANO.max_steps + 1)]
    assert rates[0] == pytest.approx(NANO.learning_rate / NANO.warmup_steps)
    assert rates[NANO.warmup_steps - 1] == NANO.learning_rate == max(rates)
    assert rates[-1] == pytest.approx(NANO.min_learning_rate)
    middle = (NANO.warmup_steps + NANO.max_steps) // 2
    assert rates[middle - 1] == pytest.approx((NANO.learning_rate + NANO.min_learning_rate) / 2, rel=1e-3)
