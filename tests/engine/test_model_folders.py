"""Weights go out as a Hugging Face folder and come in from one: the same logits, the same bits, or one sentence."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import signal
import struct
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import pytest
import torch
from safetensors.torch import load_file, save_file

from engine.protocol.errors import EngineError
from engine.runs.config import RunConfig
from engine.runs.model_folder import check_beginning, read_folder
from engine.runs.tokenizer_files import write_files
from engine.train import export as export_module
from engine.train.export import main as export_command
from engine.train.foreign_weights import load_weights
from engine.train.model import GPT2
from tests.engine.exported import ALPHABET, MODEL, exported, run_with_checkpoint
from tests.engine.published_gpt2 import as_openai, as_shards, logits

_DEEP = "[" * 100_000


def _imported(folder: Path) -> GPT2:
    found = read_folder(folder)
    model = GPT2(found.model).eval()
    load_weights(found, model)
    return model


def _tokens(n: int = len(ALPHABET)) -> torch.Tensor:
    return torch.randint(n, (2, 16), generator=torch.Generator().manual_seed(1))


def _is_same(one: GPT2, other: GPT2) -> bool:
    theirs = dict(other.named_parameters())
    mine = dict(one.named_parameters())
    return mine.keys() == theirs.keys() and all(torch.equal(mine[name], theirs[name]) for name in mine)


@pytest.mark.parametrize("tied", [True, False])
@pytest.mark.parametrize("qkv_bias", [True, False])
def test_an_exported_folder_has_the_logits_of_the_run_and_comes_back_with_the_same_bits(
    tied: bool, qkv_bias: bool, tmp_path: Path
) -> None:
    folder, ours = exported(tmp_path, msgspec.structs.replace(MODEL, tied=tied, qkv_bias=qkv_bias))
    with torch.no_grad():
        torch.testing.assert_close(logits(folder, _tokens()), ours(_tokens()), rtol=0, atol=1e-5)
    back = _imported(folder)
    assert back.config == ours.config and _is_same(back, ours)
    found = read_folder(folder)
    assert (found.tokenizer, found.alphabet) == ("characters", ALPHABET)


def test_the_rows_that_pad_a_vocabulary_are_notexported(tmp_path: Path) -> None:
    folder, ours = exported(tmp_path, msgspec.structs.replace(MODEL, vocab_size=64))
    with torch.no_grad():
        torch.testing.assert_close(logits(folder, _tokens()), ours(_tokens())[..., :7], rtol=0, atol=1e-5)
    assert read_folder(folder).model.vocab_size == 7


@pytest.mark.parametrize("rewritten", [as_openai, as_shards])
def test_openais_own_form_and_shards_are_the_same_weights(rewritten: Callable[[Path], None], tmp_path: Path) -> None:
    folder, ours = exported(tmp_path)
    rewritten(folder)
    assert _is_same(_imported(folder), ours)


def _config(folder: Path, **changes: object) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _tensor(folder: Path, name: str, tensor: torch.Tensor | None) -> None:
    path = folder / "model.safetensors"
    tensors = load_file(path)
    tensors.pop(name, None)
    save_file(tensors | ({} if tensor is None else {name: tensor}), path)


def _as_index(folder: Path, text: str) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "model.safetensors.index.json").write_text(text)
    os.mkfifo(folder / "pipe")


def _offsets(folder: Path, offsets: tuple[int, int]) -> None:
    """Of the first tensor in the file, said to be others."""
    path = folder / "model.safetensors"
    n_bytes = struct.unpack("<Q", path.read_bytes()[:8])[0]
    header = json.loads(path.read_bytes()[8 : 8 + n_bytes])
    next(entry for name, entry in header.items() if name != "__metadata__")["data_offsets"] = offsets
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + path.read_bytes()[8 + n_bytes :])


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4])


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda at: (at / "config.json").unlink(), "{at} is no folder of a model: it has no config.json."),
        (lambda at: (at / "config.json").write_text("{"), "config.json in {at} cannot be read: "),
        (lambda at: _config(at, n_embd="wide"), "config.json in {at} cannot be read: "),
        (lambda at: _config(at, model_type="llama"), "{at} holds a model of the type 'llama'; only 'gpt2' is read."),
        (
            lambda at: _config(at, activation_function="gelu"),
            "{at} says activation_function 'gelu' in its config.json; the GPT-2 here computes something else.",
        ),
        (lambda at: _config(at, layer_norm_epsilon=1e-6), "{at} says layer_norm_epsilon 1e-06 in its config.json;"),
        (lambda at: _config(at, n_head=5), "n_heads 5 does not divide emb_dim 12"),
        (
            lambda at: _config(at, n_positions=32),
            "wpe.weight in {at} has the shape (16, 12); its config.json asks for (32, 12).",
        ),
        (lambda at: _config(at, n_layer=3), "{at} lacks h.2.ln_1.weight, a tensor that its config.json asks for."),
        (lambda at: _config(at, n_layer=10**4), "{at} lacks h.9999.ln_1.weight, a tensor that its config.json"),
        (lambda at: _config(at, n_layer=10**8), "n_layers is 100,000,000; it must be a whole number from 1 to 10,000."),
        (lambda at: _config(at, tie_word_embeddings=False), "{at} lacks lm_head.weight, a tensor"),
        (lambda at: _tensor(at, "transformer.ln_f.bias", None), "{at} lacks ln_f.bias, a tensor"),
        (lambda at: _tensor(at, "score.weight", torch.ones(2, 12)), "{at} holds score.weight, which GPT-2 does not"),
        (
            lambda at: _tensor(at, "transformer.ln_f.bias", torch.ones(12, dtype=torch.int8)),
            "ln_f.bias in {at} is stored as I8; only F64, F32, F16, BF16 are read.",
        ),
        (lambda at: _cut(at / "model.safetensors"), "model.safetensors in {at} is truncated or damaged."),
        (lambda at: (at / "model.safetensors").write_bytes(b"\xff" * 64), "model.safetensors in {at} is truncated"),
        (lambda at: (at / "model.safetensors").write_bytes(b""), "model.safetensors in {at} is truncated"),
        (lambda at: _offsets(at, (0, 8)), "model.safetensors in {at} is truncated or damaged."),
        (lambda at: _offsets(at, (0, 10**18)), "model.safetensors in {at} is truncated or damaged."),
        (lambda at: (at / "model.safetensors").unlink(), "{at} has neither model.safetensors nor pytorch_model.bin."),
        (lambda at: (at / "model.safetensors").rename(at / "pytorch_model.bin"), "pytorch_model.bin in {at} is trunc"),
        (lambda at: (at / "tokenizer.json").write_text("[]"), "tokenizer.json in {at} cannot be read as a tokenizer."),
        (
            lambda at: (at / "vocab.json").write_text('{"the": 0, "cat": 1}'),
            "{at} has a tokenizer of its own with 2 tokens; only GPT-2's, bytes, and characters are read.",
        ),
        (
            lambda at: (at / "config.json").write_text(_DEEP),
            "config.json in {at} cannot be read: it is nested",
        ),
        (lambda at: (at / "config.json").write_text("[]"), "config.json in {at} cannot be read: it is no dictionary."),
        (lambda at: (at / "tokenizer.json").write_text(_DEEP), "tokenizer.json in {at} cannot be read as a tokenizer."),
        (lambda at: _as_index(at, _DEEP), "model.safetensors.index.json in {at} is truncated or damaged."),
        (lambda at: _as_index(at, '{"weight_map": {"a": "pipe"}}'), "pipe in {at} is truncated or damaged."),
        (
            lambda at: (at / "model.safetensors").write_bytes(struct.pack("<Q", len(_DEEP)) + _DEEP.encode()),
            "model.safetensors in {at} is truncated or damaged.",
        ),
        (
            lambda at: _tensor(at, "wpe.weight", torch.ones(16, 12)),
            "{at} holds wpe.weight twice: which of the two is meant cannot be told.",
        ),
        (lambda at: (at / "tokenizer.json").unlink(), "{at} has no tokenizer files, and its vocabulary of 7 is"),
    ],
)
def test_a_folder_that_is_no_gpt2_of_ours_gets_one_sentence(
    harm: Callable[[Path], object], sentence: str, tmp_path: Path
) -> None:
    folder, _ = exported(tmp_path)
    harm(folder)
    with pytest.raises(EngineError) as refused:
        read_folder(folder)
    assert str(refused.value).startswith(sentence.format(at=folder)), refused.value


def _as_bin(folder: Path, *, is_old: bool = False, n_files: int = 1) -> None:
    """The folder's weights again as torch saves a state_dict, with a head that shares the table's memory."""
    tensors = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    tensors["lm_head.weight"] = tensors["transformer.wte.weight"]
    names = list(tensors)
    files = ["pytorch_model.bin"] if n_files == 1 else [f"pytorch_model-{part}.bin" for part in range(n_files)]
    for part, file in enumerate(files):
        table = OrderedDict((name, tensors[name]) for name in names[part::n_files])
        torch.save(table, folder / file, _use_new_zipfile_serialization=not is_old)
    if n_files > 1:
        places = {name: files[at % n_files] for at, name in enumerate(names)}
        (folder / "pytorch_model.bin.index.json").write_text(json.dumps({"weight_map": places}))


@pytest.mark.parametrize("way", [{}, {"is_old": True}, {"n_files": 3}])
def test_a_state_dict_of_torch_is_the_same_weights(way: dict, tmp_path: Path) -> None:
    folder, ours = exported(tmp_path)
    _as_bin(folder, **way)
    assert _is_same(_imported(folder), ours)


@pytest.mark.parametrize("is_old", [False, True])
def test_a_bin_is_read_without_running_it_and_refused_where_it_is_more_than_tensors(
    is_old: bool, tmp_path: Path
) -> None:
    folder, _ = exported(tmp_path)
    _as_bin(folder, is_old=is_old)
    file = folder / "pytorch_model.bin"
    whole = file.read_bytes()
    for n in (0, 3, 100, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:n])
        with pytest.raises(EngineError, match=r"pytorch_model\.bin in .* is truncated or damaged"):
            read_folder(folder)
    random = Random(1)
    for _ in range(100):  # a file that anything has happened to is read, or refused in one sentence
        at = random.randrange(len(whole) - 1)
        file.write_bytes(whole[:at] + random.randbytes(2) + whole[at + 2 :])
        with contextlib.suppress(EngineError):
            read_folder(folder)
    torch.save({"transformer.wte.weight": _Harm()}, file, _use_new_zipfile_serialization=not is_old)
    with pytest.raises(
        EngineError, match=r"asks for (posix|nt)\.mkdir, where only tensors are read: nothing of it was"
    ):
        read_folder(folder)
    assert not Path(_Harm.path).exists()


class _Harm:
    """What is unpickled by calling a function."""

    path = "/nowhere/of-a-pickle"

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.path,)


def test_a_head_that_is_not_the_table_it_should_be_is_no_tied_one(tmp_path: Path) -> None:
    folder, ours = exported(tmp_path)
    table = load_file(folder / "model.safetensors")["transformer.wte.weight"]
    _tensor(folder, "lm_head.weight", table.clone())
    assert _is_same(_imported(folder), ours)
    _tensor(folder, "lm_head.weight", table + 1)
    with pytest.raises(EngineError, match=r"its lm_head\.weight is not its wte\.weight: with false"):
        _imported(folder)
    _config(folder, tie_word_embeddings=False)
    assert torch.equal(_imported(folder).head.weight, table + 1)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_weights_that_are_not_finite_are_refused_and_named(value: float, tmp_path: Path) -> None:
    folder, _ = exported(tmp_path)
    bias = load_file(folder / "model.safetensors")["transformer.ln_f.bias"]
    bias[3] = value
    _tensor(folder, "transformer.ln_f.bias", bias)
    with pytest.raises(EngineError, match=r"ln_f\.bias in .* holds NaN or infinity: nothing can be learnt or drawn"):
        _imported(folder)


def test_a_shard_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder, _ = exported(tmp_path)
    as_shards(folder)
    (folder / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(EngineError, match=r"lacks model-00002-of-00002\.safetensors, one of the files of its weights"):
        read_folder(folder)


def test_a_run_that_does_not_fit_the_weights_it_begins_with_is_refused_beside_the_field(tmp_path: Path) -> None:
    folder, _ = exported(tmp_path)
    text = tmp_path / "text.txt"
    text.write_text("hello " * 40)
    fitting = RunConfig(model=MODEL, tokenizer="characters", corpus=str(text), init_from=str(folder))
    check_beginning(fitting)
    check_beginning(msgspec.structs.replace(fitting, model=msgspec.structs.replace(MODEL, drop_rate=0.0)))
    others = {
        "n_heads": msgspec.structs.replace(fitting, model=msgspec.structs.replace(MODEL, n_heads=4)),
        "tokenizer": msgspec.structs.replace(fitting, tokenizer="gpt2"),
    }
    for field, run in others.items():
        with pytest.raises(EngineError) as refused:
            check_beginning(run)
        assert getattr(refused.value, "field", "") == field
    text.write_text("hello you " * 40)
    with pytest.raises(EngineError, match=r"The corpus has 2 characters that the weights in .* do not know, such as "):
        check_beginning(fitting)


def test_gpt2s_tokenizer_files_are_openais_own(tmp_path: Path) -> None:
    write_files(tmp_path, "gpt2", "", 1024)
    hashes = {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in ("vocab.json", "merges.txt")}
    assert hashes == {
        "vocab.json": "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783",
        "merges.txt": "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5",
    }


def test_an_export_that_is_interrupted_leaves_nothing_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, _ = run_with_checkpoint(tmp_path / "run")
    monkeypatch.setattr(export_module, "write_files", lambda *_: signal.raise_signal(signal.SIGINT))
    with pytest.raises(SystemExit) as ended:
        export_command([str(run.path), str(tmp_path / "out")])
    assert ended.value.code == 128 + signal.SIGINT
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_command_says_where_the_folder_is_and_refuses_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, _ = run_with_checkpoint(tmp_path / "run")
    target = tmp_path / "deep" / "out"
    assert export_command([str(run.path), str(target), "--step", "3"]) == 0
    assert capsys.readouterr().out == f"run at step 3 is exported to {target}.\n"
    assert sorted(path.name for path in target.parent.iterdir()) == ["out"]
    refusals = {
        (run.path, target): f"{target} is there already; nothing was written.",
        (run.path, tmp_path / "b", "--step", "4"): "run has no checkpoint of step 4; there are those of 3.",
        (tmp_path, tmp_path / "c"): f"{tmp_path} is not the folder of a training run: run.json could not be read.",
        (run.path, run.alphabet / "d"): f"{run.alphabet / 'd'} could not be written: it is no folder, or lies in none.",
    }
    for arguments, sentence in refusals.items():
        assert export_command([str(argument) for argument in arguments]) == 1
        assert capsys.readouterr().err == f"{sentence}\n"
    shutil.rmtree(run.path / "checkpoint-00000003")
    assert export_command([str(run.path), str(tmp_path / "e")]) == 1
    assert capsys.readouterr().err == "run has no checkpoint yet.\n"
