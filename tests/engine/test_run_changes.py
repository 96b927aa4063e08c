"""A run goes on with other settings, ended or while it trains, and every change is made again where it resumes."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine.protocol.errors import EngineError
from engine.runs.changes import Change, Course, checked, read_changes, write_changes
from engine.runs.config import RunConfig
from engine.runs.config_rules import ConfigError
from engine.runs.control import TrainerRefusedError, control, start_detached
from engine.runs.run_folder import RunFolder, Status
from engine.runs.run_reader import RunReader
from engine.runs.spent_schedule import spent_schedule
from engine.shared.language import said, use
from engine.train.command import lock
from engine.train.control_socket import ControlSocket
from engine.train.live_changes import LiveChanges
from tests.engine.small_runs import TINY, begun, edit_config
from tests.patience import PATIENCE_S, until
from tests.warm import run, warm_trainers


@pytest.fixture(autouse=True, scope="module")
def trainers_are_warm() -> Iterator[None]:
    with warm_trainers():
        yield


def losses(folder: RunFolder) -> list[float | None]:
    return [record.loss for record in RunReader(folder).poll().records]


def rates(folder: RunFolder) -> list[float]:
    return [record.learning_rate for record in RunReader(folder).poll().records]


# -- what a change means


def test_another_rate_scales_what_is_left_of_the_schedule() -> None:
    settings = checked(TINY, 3, {"learning_rate": TINY.learning_rate / 10})
    course = Course(TINY).changed(3, settings)
    for step in range(1, 7):
        factor = 1.0 if step <= 3 else 0.1
        assert course.learning_rate(step) == pytest.approx(factor * Course(TINY).learning_rate(step), rel=1e-12)


def test_a_longer_run_goes_on_at_the_end_of_its_cosine_and_its_rate_never_jumps_up() -> None:
    course = Course(TINY).changed(6, checked(TINY, 6, {"max_steps": 60}))
    assert [course.learning_rate(step) for step in range(1, 7)] == [Course(TINY).learning_rate(s) for s in range(1, 7)]
    assert {course.learning_rate(step) for step in range(7, 61)} == {TINY.min_learning_rate}
    asked = checked(TINY, 6, {"max_steps": 60, "decay_steps": 60})
    assert Course(TINY).changed(6, asked).learning_rate(7) > TINY.min_learning_rate  # only where it is asked for


def told(step: int, before: RunConfig = TINY, **others: float) -> str:
    spent = spent_schedule(msgspec.structs.replace(before, **others), step, before)
    return "" if spent is None else str(spent)


def test_a_rate_that_nothing_is_trained_with_is_told_with_what_gives_it_more() -> None:
    run = msgspec.structs.replace(TINY, max_steps=60, decay_steps=6)
    assert {Course(run).learning_rate(step) for step in range(7, 61)} == {TINY.min_learning_rate}
    assert told(6, max_steps=60, decay_steps=6, learning_rate=0.5) == (
        "Trains at 1e-4 at most, not at 0.5: the cosine of the rate ends at step 6 (decay_steps). With decay_steps 60 "
        "it begins at 0.491 and falls to the last step."
    )
    assert "at 1e-4 at most, not at 1e-3" in told(6, max_steps=60, decay_steps=6)  # as its parent, and longer
    assert told(5, learning_rate=0.5) == (
        "Trains at 1e-4 at most, not at 0.5: the cosine of the rate ends at step 6. More max_steps, and decay_steps as "
        "many, leave more of it."
    )


def test_a_rate_that_is_trained_with_or_was_not_touched_is_not_told() -> None:
    assert not told(5)  # nothing is changed: the last step is its parent's
    assert not told(3, learning_rate=0.5)  # half of the cosine is left
    assert not told(6, max_steps=60, decay_steps=60, learning_rate=0.5)
    assert not told(6, max_steps=60, decay_steps=6, learning_rate=5e-5)  # below the lowest rate: that one holds
    assert not told(6, max_steps=60, decay_steps=6, warmup_steps=50, learning_rate=0.5)  # it still rises


def test_a_later_change_gives_way_to_the_same_settings_given_earlier_and_other_ones_stay() -> None:
    course = Course(TINY).changed(4, {"learning_rate": 0.5, "eval_every": 1}).changed(2, {"learning_rate": 0.25})
    assert course.changes == (
        Change(step=2, settings={"learning_rate": 0.25}),
        Change(step=4, settings={"eval_every": 1}),
    )
    assert course.after(1) == TINY and course.newest.learning_rate == 0.25 and course.newest.eval_every == 1


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"seed": 1}, r"seed belongs to the run as it was begun; these can change: learning_rate, .*"),
        ({"learning_rate": float("inf")}, "learning_rate is inf; it must be above 0 and at most 1,000."),
        ({"learning_rate": 0.0}, "learning_rate is 0; it must be above 0 and at most 1,000."),
        ({"eval_every": 0}, "eval_every is 0; it must be a whole number from 1 to 1,000,000,000."),
        ({"eval_every": 1.5}, "eval_every needs a whole number, not 1.5."),
        ({"max_steps": 3}, "max_steps 3 lies behind the 3 steps that are made."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(asked: dict[str, float], sentence: str) -> None:
    with pytest.raises(ConfigError, match=f"^{sentence}$"):
        checked(TINY, 3, asked)


def test_changes_that_are_damaged_are_said(tmp_path: Path) -> None:
    assert read_changes(tmp_path) == ()
    write_changes(tmp_path, (Change(step=1, settings={"eval_every": 2}),))
    (tmp_path / "changes.json").write_bytes(b'[{"step":')
    with pytest.raises(EngineError, match=r"changes\.json of its folder, what was changed of it, is damaged"):
        read_changes(tmp_path)


def test_settings_are_taken_until_the_run_is_at_its_end() -> None:
    live = LiveChanges()
    assert '"The run takes no changes' in live.offer("{}")
    live.now(TINY, 2)
    assert live.offer('{"eval_every":2}') == "ok"
    assert '"These are no settings' in live.offer("nonsense")
    assert '"max_steps 2 lies behind the 2 steps that are made."' in live.offer('{"max_steps":2}')
    assert not live.end()  # something is left to be taken
    assert live.take() == [{"eval_every": 2}] and live.end()
    assert '"The run takes no changes' in live.offer('{"eval_every":2}')


def test_what_a_trainer_refuses_is_said_in_the_language_of_who_asks(tmp_path: Path) -> None:
    made = ControlSocket(tmp_path)
    folder = RunFolder(tmp_path)
    folder.write_status(Status(state="training", socket=made.address))
    made.live.now(TINY, 2)
    reasons = []
    for command in ("change nonsense", 'change {"max_steps":2}', "tidy"):
        with pytest.raises(TrainerRefusedError) as refused:
            control(folder, command, PATIENCE_S)
        reasons.append(refused.value.sentence)
    assert [str(one)[:12] for one in reasons] == ["These are no", "max_steps 2 ", "The trainer "]
    use("pt_BR")
    try:
        assert said(reasons[1]) == "max_steps 2 fica atrás dos 2 passos já feitos."
        assert said(reasons[2]) == "O treinador não conhece o comando tidy."
        assert said(reasons[0]).startswith("Isto não são configurações: ")
    finally:
        use("en")
        made.close()


# -- runs that have ended


def test_a_finished_run_is_extended_as_if_it_had_been_begun_longer(finished: RunFolder, tmp_path: Path) -> None:
    done = run("train", "--resume", finished.path, "--max-steps", 9)
    assert " to 9 in " in done.stdout and "9/9" in done.stdout  # what is told counts to the new end
    assert done.returncode == 0, done.stderr
    assert "From step 7 on: max_steps 9, decay_steps 6" in done.stdout
    assert finished.status().step == 9 and finished.status().state == "finished"
    longer = begun(tmp_path)
    facts = longer.facts()
    config = msgspec.structs.replace(facts.config, max_steps=9, decay_steps=6)
    longer.write_facts(msgspec.structs.replace(facts, config=config))
    assert run("train", "--run-folder", longer.path, "--prepared").returncode == 0
    assert losses(finished) == losses(longer) and rates(finished) == rates(longer)
    for step in (6, 9):
        shutil.rmtree(finished.path / f"checkpoint-0000000{step}")
    assert run("train", "--resume", finished.path).returncode == 0  # from the start, and longer again at step 6
    assert losses(finished) == losses(longer)


def test_a_run_that_ended_at_nan_goes_on_from_its_checkpoint_with_another_rate(finished: RunFolder) -> None:
    facts = finished.facts()
    rate = {"learning_rate": 1000.0, "min_learning_rate": 1000.0, "weight_decay": 1000.0}
    wild = msgspec.structs.replace(facts.config, max_steps=20, checkpoint_every=100, grad_clip=0.0, **rate)
    edit_config(finished, wild)
    failed = run("train", "--resume", finished.path)
    assert failed.returncode == 1
    status = finished.status()
    assert status.sentence.endswith("the run can go on with another one from step 6.")
    command = f"visualizer train --resume {finished.path} --learning-rate 100 goes on with a tenth of the rate"
    assert failed.stdout.splitlines()[-1] == command
    assert run("train", "--resume", finished.path).returncode == 1  # as it was, it ends there again
    assert finished.status() == msgspec.structs.replace(status, **volatile(finished))
    done = run("train", "--resume", finished.path, "--learning-rate", 1e-4)
    assert done.returncode == 0, done.stderr
    assert (finished.status().state, finished.status().step) == ("finished", 20)
    assert None not in losses(finished) and max(rates(finished)[6:]) == 1e-4


def test_a_rate_that_led_to_nan_after_the_checkpoint_gives_way_to_that_of_the_checkpoint(finished: RunFolder) -> None:
    facts = finished.facts()
    longer = msgspec.structs.replace(facts.config, max_steps=20, decay_steps=6, checkpoint_every=100, grad_clip=0.0)
    edit_config(finished, longer)
    wild = {"learning_rate": 1000.0, "min_learning_rate": 1000.0}
    write_changes(finished.path, (Change(step=8, settings=wild | {"eval_every": 2}),))
    assert run("train", "--resume", finished.path).returncode == 1
    status = finished.status()
    assert status.is_not_finite and status.checkpoint_step == 6
    done = run("train", "--resume", finished.path, "--learning-rate", longer.learning_rate)
    assert done.returncode == 0, done.stderr
    assert None not in losses(finished) and set(rates(finished)[6:]) == {longer.min_learning_rate}
    kept_rate = {"learning_rate": longer.learning_rate, "min_learning_rate": longer.min_learning_rate}
    assert read_changes(finished.path) == (
        Change(step=6, settings=kept_rate),
        Change(step=8, settings={"eval_every": 2}),
    )


def test_a_checkpoint_whose_next_loss_is_not_finite_at_any_rate_is_none_to_go_on_from(finished: RunFolder) -> None:
    facts = finished.facts()
    rate = {"learning_rate": 1000.0, "min_learning_rate": 1000.0, "weight_decay": 1000.0}
    wild = msgspec.structs.replace(
        facts.config, max_steps=20, checkpoint_every=1, grad_clip=0.0, eval_every=100, **rate
    )
    edit_config(finished, wild)
    assert run("train", "--resume", finished.path).returncode == 1
    status = finished.status()
    assert status.is_not_finite and status.checkpoint_step == status.step - 2  # that of the step before is set aside
    assert run("train", "--resume", finished.path, "--learning-rate", 1e-4).returncode == 0
    assert None not in losses(finished)


def test_weights_that_give_no_finite_loss_end_a_run_and_are_not_kept(finished: RunFolder) -> None:
    facts = finished.facts()
    rate = {"learning_rate": 1000.0, "min_learning_rate": 1000.0, "weight_decay": 1000.0}
    wild = msgspec.structs.replace(facts.config, max_steps=20, checkpoint_every=1, grad_clip=0.0, eval_every=1, **rate)
    edit_config(finished, wild)
    assert run("train", "--resume", finished.path).returncode == 1
    status = finished.status()
    assert status.code == "training.evaluation_not_finite" and status.is_not_finite
    assert status.checkpoint_step == status.step - 1
    assert RunReader(finished).poll().damaged == ()


def test_a_change_for_a_run_that_has_said_how_it_ended_waits_until_its_trainer_is_gone(finished: RunFolder) -> None:
    with lock(finished):  # as its trainer still has it
        pid = start_detached(finished, resume=True, settings={"max_steps": 9})
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0, finished.log_tail()
    assert finished.status().step == 9 and read_changes(finished.path)[0].settings["max_steps"] == 9


def test_what_is_asked_of_a_run_that_fails_is_not_lost_without_a_word() -> None:
    live = LiveChanges()
    live.now(TINY, 2)
    assert live.offer('{"eval_every":2}') == "ok"
    assert live.give_up() == [{"eval_every": 2}]
    assert '"The run takes no changes' in live.offer('{"eval_every":2}')


def volatile(folder: RunFolder) -> dict[str, object]:
    status = folder.status()
    return {name: getattr(status, name) for name in ("pid", "started", "elapsed_s", "updated", "socket")}


# -- runs that train


def test_a_run_that_is_killed_after_a_change_goes_on_as_one_that_was_not(tmp_path: Path) -> None:
    folder = begun(tmp_path)
    facts = folder.facts()
    folder.write_facts(msgspec.structs.replace(facts, config=msgspec.structs.replace(facts.config, max_steps=10**6)))
    pid = start_detached(folder)
    until(lambda: folder.status().step >= 4, "some steps")
    assert control(folder, "pause", PATIENCE_S) == "ok"
    until(lambda: folder.status().state == "paused", "it is paused")
    changed = run("change", folder.path, "--learning-rate", 1e-4, "--eval-every", 2)
    assert (changed.returncode, changed.stdout) == (0, "run goes on with it.\n"), changed.stderr
    until(lambda: read_changes(folder.path), "the change is on the disk")
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    at = read_changes(folder.path)[0].step
    refused = run("change", folder.path, "--eval-every", 2)
    assert refused.returncode == 1 and "visualizer train --resume goes on with it" in refused.stderr
    assert run("train", "--resume", folder.path, "--max-steps", at + 6).returncode == 0
    (tmp_path / "other").mkdir()
    other = begun(tmp_path / "other")
    other.write_facts(msgspec.structs.replace(folder.facts(), config=folder.facts().config))
    write_changes(other.path, read_changes(folder.path))
    assert run("train", "--run-folder", other.path, "--prepared").returncode == 0
    assert len(losses(other)) == at + 6 and losses(folder) == losses(other) and rates(folder) == rates(other)
    assert rates(folder)[at] < rates(folder)[at - 1] / 5
    found, expected = (RunReader(each).poll().evaluations for each in (folder, other))
    assert found == expected and at + 2 - at % 2 in [evaluation.step for evaluation in found]
