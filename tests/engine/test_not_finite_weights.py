"""Weights that hold NaN or Inf are none to go on from, and no other learning rate is advised where none would help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.runs.checkpoint_names import kept
from engine.runs.kept_checkpoints import read_progress, write_progress
from engine.runs.run_folder import NONE_WHOLE, RunFolder, StepRecord
from engine.runs.run_reader import RunReader
from engine.shared.file_hashes import hash_of
from engine.train.control_socket import ControlSocket
from engine.train.journal import Journal
from engine.train.trainer import Trainer
from tests.engine.small_runs import begun, trained
from tests.warm import run, warm_trainers

UNMET = 64  # a token that the text has not, so that no loss of training meets its embedding


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


def of_two_heads(path: Path) -> RunFolder:
    """A run that has not begun, whose output head has weights of its own."""
    made = begun(path)
    facts = made.facts()
    model = msgspec.structs.replace(facts.config.model, tied=False)
    made.write_facts(msgspec.structs.replace(facts, config=msgspec.structs.replace(facts.config, model=model)))
    return made


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return trained(of_two_heads(tmp_path_factory.mktemp("whole")))


def rewrite(checkpoint: Path, file: str, change: Callable[[dict[str, Tensor]], object]) -> None:
    """As another program would that knows the format."""
    tensors = load_file(checkpoint / file)
    change(tensors)
    save_file(tensors, checkpoint / file)
    progress = read_progress(checkpoint)
    hashes = progress.hashes | {file: hash_of(checkpoint / file)}
    write_progress(checkpoint, msgspec.structs.replace(progress, hashes=hashes))


def put(name: str, value: float) -> Callable[[dict[str, Tensor]], object]:
    return lambda tensors: tensors[name].view(-1)[-1:].fill_(value)


def losses(folder: RunFolder) -> list[tuple[int, float | None]]:
    return [(record.step, record.loss) for record in RunReader(folder).poll().records]


@pytest.mark.parametrize(
    ("file", "name", "value", "words"),
    [
        ("model.safetensors", "wte.weight", float("nan"), "wte.weight of checkpoint-00000006 holds NaN"),
        ("model.safetensors", "head.weight", -torch.inf, "head.weight of checkpoint-00000006 holds NaN"),
        ("optimizer.safetensors", "exp_avg/wpe.weight", float("nan"), "exp_avg/wpe.weight of checkpoint-"),
        ("optimizer.safetensors", "step/wpe.weight", float("inf"), "step/wpe.weight of checkpoint-"),
        ("optimizer.safetensors", "exp_avg_sq/norm_f.bias", -1.0, "exp_avg_sq/norm_f.bias of checkpoint-"),
        ("optimizer.safetensors", "exp_avg_sq/norm_f.bias", float("nan"), "where squares should be"),
    ],
)
def test_a_checkpoint_that_holds_nan_gives_way_to_the_one_before_it(
    finished: RunFolder, file: str, name: str, value: float, words: str
) -> None:
    before = losses(finished)
    rewrite(finished.path / "checkpoint-00000006", file, put(name, value))
    done = run("train", "--resume", finished.path)
    assert done.returncode == 0, done.stderr
    assert words in done.stdout and "Training goes on from the checkpoint of step 3." in done.stdout
    assert losses(finished) == before and finished.status().state == "finished"
    assert [path.name for path in kept(finished.path)] == ["checkpoint-00000003", "checkpoint-00000006"]


def test_where_every_checkpoint_holds_nan_no_rate_is_advised(finished: RunFolder) -> None:
    for checkpoint in kept(finished.path):
        rewrite(checkpoint, "model.safetensors", put("wte.weight", float("nan")))
    done = run("train", "--resume", finished.path, "--max-steps", 9, "--eval-every", 1)
    status = finished.status()
    assert done.returncode == 1 and status.code == NONE_WHOLE and status.cannot_go_on
    assert "checkpoint-00000006 holds NaN" in status.sentence and "begin a new run with its settings" in status.sentence
    assert "at whatever learning_rate" in done.stdout and "a tenth of the rate" not in done.stdout
    assert len(kept(finished.path)) == 2


def test_weights_that_become_infinite_unseen_by_the_loss_are_never_kept(tmp_path: Path) -> None:
    folder = of_two_heads(tmp_path)
    ear = ControlSocket(folder.path)

    def overflow(record: object) -> None:
        if isinstance(record, StepRecord) and record.step == 5:
            trainer.model.wte.weight.data[UNMET] = torch.inf

    trainer = Trainer(Journal(folder), overflow)
    try:
        trainer.resume()
        with pytest.raises(EngineError) as stopped:
            trainer.train(ear)
    finally:
        trainer.gradients.close()
        ear.close()
    sentence = stopped.value.sentence
    assert sentence.code == "training.weights_not_finite"
    assert sentence.arguments == {"name": "wte.weight", "step": "6", "kept": "3"}
    assert [path.name for path in kept(folder.path)] == ["checkpoint-00000003"]


def test_where_the_very_weights_that_a_branch_begins_with_give_no_loss_no_rate_is_advised(finished: RunFolder) -> None:
    rewrite(finished.path / "checkpoint-00000006", "model.safetensors", put("head.weight", 3e38))
    rewrite(finished.path / "checkpoint-00000006", "model.safetensors", lambda found: found["norm_f.bias"].fill_(3e38))
    branch = RunFolder(finished.path.parent / "branch")
    done = run("train", "--branch-from", finished.path, "--run-folder", branch.path, "--max-steps", 9)
    status = branch.status()
    assert done.returncode == 1 and status.code == "training.beginning_not_finite" and status.cannot_go_on
    assert "No learning_rate changes that" in status.sentence and "a tenth of the rate" not in done.stdout
