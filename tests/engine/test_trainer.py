"""Real trainer processes: they learn, resume exactly, obey, survive kill -9, and say what is wrong in one sentence."""

import json
import math
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import torch

from engine.protocol.errors import EngineError
from engine.runs.between_steps import BetweenSteps
from engine.runs.changes import Change
from engine.runs.config import PRESETS, GPTConfig, RunConfig
from engine.runs.control import TrainerRefusedError, control, start_detached
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder, StepRecord
from engine.runs.run_reader import RunReader
from engine.train import checkpoint
from engine.train.export import export
from engine.train.journal import Journal
from engine.train.model import GPT2
from engine.train.optimizer import make_optimizer
from engine.train.progress import Progress
from tests.patience import PATIENCE_S, until
from tests.warm import run, warm_trainers

TINY = msgspec.structs.replace(
    PRESETS["nano"],
    model=GPTConfig(vocab_size=65, emb_dim=32, n_heads=2, n_layers=2, context_length=32, drop_rate=0.1),
    max_steps=20, eval_every=10, eval_batches=2, sample_every=10, sample_tokens=8, checkpoint_every=10, warmup_steps=2,
)  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


def _folder(path: Path, run: RunConfig = TINY) -> RunFolder:
    folder = RunFolder(path)
    folder.write_facts(RunFacts(config=run, created=time.time()))
    return folder


def _train(folder: RunFolder, *more: str) -> subprocess.CompletedProcess:
    return run("train", *(more or ("--run-folder", folder.path, "--prepared")))


def _losses(folder: RunFolder) -> list[float | None]:
    return [record.loss for record in RunReader(folder).poll().records]


@pytest.fixture(scope="module")
def whole_run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = _folder(tmp_path_factory.mktemp("whole") / "run")
    done = _train(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_run_starts_at_ln_vocabulary_learns_and_leaves_everything_in_its_folder(whole_run: RunFolder) -> None:
    news = RunReader(whole_run).poll()
    assert [record.step for record in news.records] == list(range(1, 21))
    assert news.evaluations[0].step == 0
    assert news.evaluations[0].validation_loss == pytest.approx(math.log(65), abs=0.15)
    assert news.evaluations[-1].validation_loss < news.evaluations[0].validation_loss - 0.05
    assert [sample.step for sample in news.samples] == [10, 20] and len(news.samples[0].text) == 8
    assert (news.status.state, news.status.checkpoint_step) == ("finished", 20)
    assert news.status.way is not None and news.status.way.words == "12 × 1 sequences a step, eager"
    between = news.status.between_steps
    assert min(between.evaluation_s, between.sample_s, between.checkpoint_s) > 0
    facts = whole_run.facts()
    assert facts.vocabulary == 65 and 3 < facts.unigram_entropy < math.log(65)
    assert facts.n_parameters == sum(p.numel() for p in GPT2(TINY.model).parameters())


def test_the_time_that_is_left_counts_what_is_due_between_the_steps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = Progress(RunFolder(tmp_path))
    progress.begin(msgspec.structs.replace(TINY, max_steps=100, eval_every=30, sample_every=50), 0, 65)
    progress.report(BetweenSteps(evaluation_s=60.0, sample_s=600.0, checkpoint_s=0.0))
    record = StepRecord(
        step=40, tokens=1, loss=1.0, learning_rate=1e-3, gradient_norm=1.0, tokens_per_second=1.0, dt_ms=1000.0,
        memory_gib=1.0, time=0.0,
    )  # fmt: skip
    progress.report(record)
    assert "24 min 00 s left" in capsys.readouterr().out  # 60 steps, 3 validations, 2 samples
    progress.report(Change(step=40, settings={"eval_every": 100}))
    progress.report(msgspec.structs.replace(record, step=45))
    assert "21 min 55 s left" in capsys.readouterr().out


def test_a_run_that_is_killed_resumes_with_the_very_same_losses(whole_run: RunFolder, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "run", msgspec.structs.replace(TINY, max_steps=20))
    pid = start_detached(folder)
    until(lambda: folder.status().checkpoint_step >= 10, "the first checkpoint")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert not folder.is_alive()
    done = _train(folder, "--resume", str(folder.path))
    assert done.returncode == 0, done.stderr
    assert _losses(folder) == _losses(whole_run)


def test_a_run_that_resumes_between_a_validation_and_a_sample_writes_the_same_sample(tmp_path: Path) -> None:
    often = {"eval_every": 4, "sample_every": 11, "checkpoint_every": 5, "max_steps": 12}
    folder = _folder(tmp_path / "run", msgspec.structs.replace(TINY, **often))
    assert _train(folder).returncode == 0
    samples = (folder.path / "samples.jsonl").read_bytes()
    shutil.rmtree(folder.path / "checkpoint-00000012")  # it goes on from step 10, with the validation of step 8
    assert _train(folder, "--resume", folder.path).returncode == 0
    assert (folder.path / "samples.jsonl").read_bytes() == samples


def test_pause_resume_and_stop_through_the_run_folder(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "run", msgspec.structs.replace(TINY, max_steps=100_000, checkpoint_every=50_000))
    pid = start_detached(folder)
    until(lambda: folder.status().step >= 5, "some steps")
    assert folder.is_alive()
    assert control(folder, "pause", PATIENCE_S) == "ok"
    until(lambda: folder.status().state == "paused", "paused")
    held = folder.status().step
    with pytest.raises(TrainerRefusedError, match="knows no command nonsense"):
        control(folder, "nonsense", PATIENCE_S)
    assert control(folder, "resume", PATIENCE_S) == "ok"
    until(lambda: folder.status().step > held, "going on")
    assert control(folder, "stop", PATIENCE_S) == "ok"
    os.waitpid(pid, 0)
    status = folder.status()
    assert status.state == "stopped" and status.checkpoint_step == status.step
    with pytest.raises(EngineError, match="does not answer"):
        control(folder, "pause", PATIENCE_S)


def test_a_terminals_interrupt_stops_with_a_checkpoint(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "run", msgspec.structs.replace(TINY, max_steps=100_000))
    pid = start_detached(folder)
    until(lambda: folder.status().step >= 3, "some steps")
    os.kill(pid, signal.SIGHUP)
    os.kill(pid, signal.SIGINT)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert folder.status().state == "stopped" and checkpoint.newest(folder.path) is not None


def test_a_loss_that_is_not_finite_stops_the_run_at_that_step_with_whole_weights(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "run", msgspec.structs.replace(TINY, learning_rate=1000, warmup_steps=0, grad_clip=0))
    done = _train(folder)
    status = folder.status()
    assert done.returncode == 1 and status.state == "failed"
    assert "not finite" in status.sentence and "Traceback" not in done.stderr
    assert status.code in ("training.loss_not_finite", "training.gradient_not_finite")
    assert f"of step {int(status.arguments['step']):,} " in status.sentence
    bad = [record for record in RunReader(folder).poll().records if record.loss is None or record.gradient_norm is None]
    assert len(bad) == 1


@pytest.mark.parametrize("damage", ["truncate", "foreign", "other configuration"])
def test_a_damaged_or_foreign_checkpoint_gets_one_sentence(damage: str, tmp_path: Path) -> None:
    model = GPT2(TINY.model)
    optimizer = make_optimizer(model, TINY, torch.device("cpu"))
    random = {"torch": torch.get_rng_state(), "batches": torch.Generator().get_state()}
    path = checkpoint.save(tmp_path, model, optimizer, random, checkpoint.Progress(step=1, tokens=1, elapsed_s=0))
    weights = path / "model.safetensors"
    if damage == "truncate":
        weights.write_bytes(weights.read_bytes()[:1000])
    elif damage == "foreign":
        weights.write_bytes(b"not a checkpoint at all")
    else:
        model = GPT2(msgspec.structs.replace(TINY.model, emb_dim=64))
    before = [parameter.clone() for parameter in model.parameters()]
    with pytest.raises(EngineError, match=r"is damaged|another configuration"):
        checkpoint.load(path, model, make_optimizer(model, TINY, torch.device("cpu")))
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


def test_a_full_disk_during_a_checkpoint_says_so_and_leaves_the_older_one_whole(tmp_path: Path) -> None:
    model = GPT2(TINY.model)
    optimizer = make_optimizer(model, TINY, torch.device("cpu"))
    random = {"torch": torch.get_rng_state(), "batches": torch.Generator().get_state()}
    first = checkpoint.save(tmp_path, model, optimizer, random, checkpoint.Progress(step=1, tokens=1, elapsed_s=0))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(EngineError, match="The checkpoint at step 2 could not be written"):
            checkpoint.save(tmp_path, model, optimizer, random, checkpoint.Progress(step=2, tokens=2, elapsed_s=0))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert checkpoint.newest(tmp_path) == first
    assert list(tmp_path.glob(".*")) == []
    checkpoint.load(first, model, optimizer)


def test_a_reader_reads_only_what_is_new_and_never_half_a_line(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "run")
    journal, reader = Journal(folder), RunReader(folder)
    record = StepRecord(
        step=1, tokens=1, loss=1.0, learning_rate=1.0, gradient_norm=1.0, tokens_per_second=1.0, dt_ms=1.0,
        memory_gib=1.0, time=0.0,
    )  # fmt: skip
    journal.add(record)
    journal.flush()
    assert len(reader.poll().records) == 1 and reader.poll().records == ()
    line = json.dumps({**msgspec.to_builtins(record), "step": 2}).encode()
    with (folder.path / "records.jsonl").open("ab") as file:
        file.write(line[:20])
        file.flush()
        assert reader.poll().records == ()
        file.write(line[20:] + b"\n")
    assert [found.step for found in reader.poll().records] == [2]
    journal.take_back(1)
    news = reader.poll()
    assert news.restarted and [found.step for found in news.records] == [1]


def test_a_run_begins_with_exported_weights_and_soon_needs_their_folder_no_more(
    whole_run: RunFolder, tmp_path: Path
) -> None:
    newest = checkpoint.newest(whole_run.path)
    assert newest is not None
    weights, folder = tmp_path / "weights", RunFolder(tmp_path / "run")
    export(newest, weights)
    short = ("--max-steps", "4", "--eval-batches", "2", "--batch-size", "12", "--sample-tokens", "8")
    done = _train(folder, "--run-folder", folder.path, "--init-from", weights, *short)
    assert done.returncode == 0, done.stderr
    assert folder.facts().config.init_from == str(weights)
    first, parent = RunReader(folder).poll(), RunReader(whole_run).poll()
    assert first.evaluations[0].step == 0
    assert first.evaluations[0].validation_loss == parent.evaluations[-1].validation_loss
    assert first.samples[0].step == 0
    shutil.rmtree(weights)
    shutil.rmtree(folder.path / "checkpoint-00000004")
    assert _train(folder, "--resume", folder.path).returncode == 0
    again = RunReader(folder).poll()
    assert [record.loss for record in again.records] == [record.loss for record in first.records]
    assert again.evaluations == first.evaluations and again.samples == first.samples
