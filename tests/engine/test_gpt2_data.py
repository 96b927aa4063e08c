"""Tokens, batches and the learning rate."""

import math
import quopri
import random
import re
import tracemalloc
from pathlib import Path

import msgspec
import numpy as np
import pytest
import tiktoken
import torch

from engine.protocol.errors import EngineError
from engine.runs import corpus, corpus_text
from engine.runs.config import CORPORA, PRESETS
from engine.runs.config_rules import ConfigError
from engine.runs.notices import notices
from engine.runs.run_folder import RunFolder
from engine.runs.schedule import learning_rate
from engine.train import tokenizer
from engine.train.batches import Batches
from engine.train.data import prepare
from engine.train.tokenizer import encoded, make_tokenizer

NANO = PRESETS["nano"]
NANO_OF_BYTES = msgspec.structs.replace(NANO.model, vocab_size=256)


def test_gpt2_tokens_are_tiktokens_and_every_tokenizer_decodes_what_it_encodes() -> None:
    text = "Hello, wörld! 你好 🙂\n\n  def f(x):\n    return x ** 2\n"
    for name, alphabet in (("gpt2", ""), ("bytes", ""), ("characters", "".join(sorted(set(text))))):
        made = make_tokenizer(name, alphabet)
        assert made.decode(made.encode(text).tolist()) == text
        assert made.encode(text).max() < made.size
    # GPT-2's published encoding of this sentence.
    assert make_tokenizer("gpt2", "").encode("Hello, I am").tolist() == [15496, 11, 314, 716]
    assert isinstance(make_tokenizer("gpt2", "")._encoding, tiktoken.Encoding)  # type: ignore[attr-defined]


@pytest.mark.parametrize("n_characters", [1, 7, 400])
def test_a_long_text_in_pieces_gives_the_same_tokens(monkeypatch: pytest.MonkeyPatch, n_characters: int) -> None:
    monkeypatch.setattr(tokenizer, "_CHUNK_CHARACTERS", 50)
    pick = random.Random(0)
    parts = ["word", " ", "\n", "\n\n", "\t", "  ", "x1", "'s", ".", "<|endoftext|>", "ü", " 你好", "…", " '"]
    text = "".join(pick.choice(parts) for _ in range(3000))
    made = make_tokenizer("gpt2", "")
    found = list(encoded(made, (text[i : i + n_characters] for i in range(0, len(text), n_characters))))
    assert len(found) > 10
    assert np.concatenate(found).tolist() == made.encode(text).tolist()
    assert made.decode(np.concatenate(found).tolist()) == text


def test_one_line_without_an_end_is_encoded_in_pieces(tmp_path: Path) -> None:
    line = "the cat sat on the mat and " * 400_000
    (tmp_path / "line.txt").write_text(line)
    tracemalloc.start()
    made = make_tokenizer("bytes", "")
    n_tokens = sum(len(part) for part in encoded(made, corpus.pieces(str(tmp_path / "line.txt"), "bytes")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n_tokens == len(line) and peak < 2.5 * len(line)  # all at once it is nine times the text, as int64 alone


def test_texts_are_parted_by_the_mark_that_the_tokenizer_has(tmp_path: Path) -> None:
    (tmp_path / "00.txt").write_text("The old sat.")
    (tmp_path / "01.txt").write_text("")
    (tmp_path / "02.txt").write_text("While the cat\n")
    (tmp_path / "03.txt").write_text("slept.<|endoftext|>End")
    name = str(tmp_path)
    assert "".join(corpus.pieces(name, "characters")) == "The old sat.\nWhile the cat\nslept.<|endoftext|>End"
    gpt2 = make_tokenizer("gpt2", "")
    (tokens,) = encoded(gpt2, corpus.pieces(name, "gpt2"))
    assert (tokens == 50_256).sum() == 3
    assert gpt2.encode("story one.<|endoftext|>story two.").tolist().count(50_256) == 1


def test_of_a_folder_what_is_hidden_or_no_text_is_left_out(tmp_path: Path) -> None:
    names = ("main.py", ".git/HEAD", ".git/index", ".ipynb_checkpoints/a-checkpoint.txt", ".cache/secret", "a/b.md")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1")
    (tmp_path / "weights").write_bytes(b"\x00\x01\x02" * 99)
    (tmp_path / "picture.png").write_bytes(b"\x00")
    found = corpus.files(str(tmp_path))
    assert [path.name for path in found.paths] == ["b.md", "main.py"] and found.n_left_out == 1
    under_hidden = tmp_path / ".cache"
    assert [path.name for path in corpus.files(str(under_hidden)).paths] == ["secret"]  # the person chose it
    with pytest.raises(ConfigError, match="is a binary file"):
        list(corpus.pieces(str(tmp_path / "weights"), "bytes"))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)  # those without a mark are known by their zeros
@pytest.mark.parametrize("block", [1, 3, 1 << 20])
def test_text_is_read_in_the_encoding_that_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, block: int
) -> None:
    monkeypatch.setattr(corpus_text, "_BLOCK_BYTES", block)
    text = "Größe, ação \U0001f642 and letters enough.\r\n" * 3
    (tmp_path / "t.txt").write_bytes(text.encode(encoding))
    assert "".join(corpus.pieces(str(tmp_path / "t.txt"), "characters")) == text


@pytest.mark.parametrize("tokenizer", ["characters", "bytes", "gpt2"])
def test_a_byte_that_does_not_decode_is_said_before_the_run_whatever_its_tokens_are(
    tmp_path: Path, tokenizer: str
) -> None:
    text = "coração, ação e pão. ".encode() * 40
    config = msgspec.structs.replace(PRESETS["nano"], corpus=str(tmp_path / "t.txt"), tokenizer=tokenizer)
    for data, hint in (
        (text[:301] + b"\xff" + text[301:], "What is around it is UTF-8: this byte is damaged."),
        (text + "ã".encode()[:1], "it was cut there."),
        (text.decode().encode("cp1252"), "Is it in an older encoding, as Latin-1 or Windows-1252?"),
    ):
        (tmp_path / "t.txt").write_bytes(data)
        with pytest.raises(ConfigError, match=re.escape(hint)):
            corpus.check(config)
    (tmp_path / "t.txt").write_bytes(text)
    corpus.check(config)


@pytest.mark.parametrize("block", [1, 5, 1 << 20])
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("caf\u00e9 au lait".encode("latin-1"), "not UTF-8 text: the byte at 3 does not decode. Is it in an older"),
        (b"abc" * 40_000 + b"\0" + b"def", "has a zero byte near 120,000"),
        ("text".encode("utf-16") + b"x", "not UTF-16-LE text: the byte at 10 does not decode."),
        (
            b"abc\xe4\xbd",
            "the byte at 3 does not decode. The file ends inside of its last character: it was cut there.",
        ),
        (
            "text".encode("utf-16-le") + b"x",
            "the byte at 8 does not decode. The file ends inside of its last character",
        ),
        ("abc caf\u00e9".encode("latin-1"), "the byte at 7 does not decode. Is it in an older encoding"),
    ],
)
def test_what_is_no_text_is_said_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, sentence: str, block: int
) -> None:
    monkeypatch.setattr(corpus_text, "_BLOCK_BYTES", block)
    (tmp_path / "t.txt").write_bytes(data)
    with pytest.raises(ConfigError) as refused:
        list(corpus.pieces(str(tmp_path / "t.txt"), "bytes"))
    assert sentence in str(refused.value) and refused.value.field == "corpus"


def test_a_prompt_with_characters_that_are_no_tokens_is_refused(tmp_path: Path) -> None:
    for prompt in ("Zürich ☃", "☃☃"):
        with pytest.raises(ConfigError, match=r"'☃'.*and so without a token") as refused:
            corpus.check(msgspec.structs.replace(NANO, sample_prompt=prompt))
        assert refused.value.field == "sample_prompt"
        with pytest.raises(ConfigError, match="'☃'"):
            prepare(msgspec.structs.replace(NANO, sample_prompt=prompt), RunFolder(tmp_path))
    (tmp_path / "one-line.txt").write_text("to be or not to be " * 99)
    on_one_line = msgspec.structs.replace(NANO, corpus=str(tmp_path / "one-line.txt"))
    corpus.check(on_one_line)  # a preset begins its samples with a new line, which is no token here
    corpus.check(msgspec.structs.replace(NANO, tokenizer="bytes", sample_prompt="☃", model=NANO_OF_BYTES))


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
    with pytest.raises(
        EngineError, match=r"100 bytes, fewer than the context of 64 .*: context_length 49 is the longest"
    ):
        prepare(msgspec.structs.replace(NANO, corpus=str(text)), RunFolder(tmp_path))
    text.write_text("wörd " * 17 + "é" * 15)  # in bytes it would be enough
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


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Olá, não há razão para temer: é só o começo da ação. 1+1=2\n", "utf-7", "UTF-7"),
        ("Привет, мир! Это просто текст. a+b\n", "utf-7", "UTF-7"),
        ("你好，世界。\n这是一个测试。\n是的。\n", "utf-7", "UTF-7"),
        ("你好，世界。\n这是一个测试。\n是的。\n", "hz", "HZ"),
        ("こんにちは世界。\nこれはテストです。\nはい。\n", "iso2022_jp", "ISO-2022"),
        ("Olá, não há ação: a=b\n", "quopri", "quoted-printable"),
    ],
)
def test_text_whose_encoding_looks_like_ascii_is_told_beside_the_corpus(
    tmp_path: Path, text: str, encoding: str, name: str
) -> None:
    path = tmp_path / "mine.txt"
    data = quopri.encodestring(text.encode()) if encoding == "quopri" else text.encode(encoding)
    for content, found in ((data, name), (text.encode(), "")):
        path.write_bytes(content)
        said = notices(msgspec.structs.replace(NANO, corpus=str(path))).get("corpus")
        assert (said.arguments["encoding"] if said else "") == found


def test_plain_text_looks_like_no_other_encoding(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    texts = (
        "x+abc-y and ~{~a~} a=3D\n", "q=a%20b&x=E9=E9=E9\n", "i++; j+=2; a+bcd-e; b += c;\n", "+4915112345678- 3+4=7\n",
        "\x1b[31mred\x1b[0m \x1b(B\n", "+REQUIRES, twice +REQUIRES,\n", "--prompt\t+MANPAGER a\n",
    )  # fmt: skip
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text * 40)
    assert "corpus" not in notices(msgspec.structs.replace(NANO, corpus=str(folder)))
    assert all("corpus" not in notices(msgspec.structs.replace(NANO, corpus=name)) for name in CORPORA)
