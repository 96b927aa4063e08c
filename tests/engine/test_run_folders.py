"""Run folders as two processes share them: written in any pieces, made at the same time, listed among foreign ones."""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.protocol.errors import EngineError
from engine.runs.config import PRESETS
from engine.runs.control import control
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder, Sample, StepRecord, list_runs, new_folder
from engine.runs.run_reader import RunReader

NANO = PRESETS["nano"]


@settings(max_examples=50)
@given(texts=st.lists(st.text(max_size=20), max_size=8), data=st.data())
def test_however_a_file_grows_each_line_is_read_once_and_whole(texts: list[str], data: st.DataObject) -> None:
    samples = [Sample(step=step, prompt="", text=text) for step, text in enumerate(texts)]
    written = b"".join(msgspec.json.encode(sample) + b"\n" for sample in samples)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(written)), max_size=6)))
    with tempfile.TemporaryDirectory() as path:
        folder = RunFolder(Path(path))
        reader = RunReader(folder)
        found: list[Sample] = []
        for start, end in zip([0, *cuts], [*cuts, len(written)], strict=True):
            with (folder.path / "samples.jsonl").open("ab") as file:
                file.write(written[start:end])
            found += reader.poll().samples
    assert found == samples


def _written(path: Path, losses: list[float]) -> None:
    """Into the file that is there, if one is."""
    rest = {"gradient_norm": 1.0, "tokens_per_second": 1.0, "dt_ms": 1.0, "memory_gib": 1.0, "time": 1.0}
    records = [
        StepRecord(step=step, tokens=step, loss=loss, learning_rate=0.1, **rest) for step, loss in enumerate(losses)
    ]
    path.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in records))


@pytest.mark.parametrize("in_columns", [False, True])
@pytest.mark.parametrize("n_after", [2, 5, 9])
@pytest.mark.parametrize("is_seen_gone", [False, True])
def test_records_that_another_hand_wrote_anew_are_read_from_the_first(
    tmp_path: Path, in_columns: bool, n_after: int, is_seen_gone: bool
) -> None:
    path = tmp_path / "records.jsonl"
    reader = RunReader(RunFolder(tmp_path), in_columns=in_columns)

    def losses() -> list[float]:
        news = reader.poll()
        return news.steps[2].tolist() if in_columns else [record.loss for record in news.records]

    _written(path, [0.5] * 5)
    assert losses() == [0.5] * 5 and losses() == []
    if is_seen_gone:
        path.unlink()
        assert losses() == []
    _written(path, [0.25] * n_after)
    os.utime(path, (1, 1))  # however coarse the clock of the file system is
    assert losses() == [0.25] * n_after and losses() == []


def test_records_that_grow_are_not_taken_for_others(tmp_path: Path) -> None:
    reader = RunReader(RunFolder(tmp_path))
    for n in range(1, 6):
        _written(tmp_path / "records.jsonl", [0.5] * n)
        news = reader.poll()
        assert not news.restarted and [record.step for record in news.records] == [n - 1]


def test_runs_that_begin_at_the_same_time_have_folders_of_their_own(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: new_folder(tmp_path, NANO, "nano"), range(16)))
    assert sorted(folder.name for folder in made) == sorted(f"shakespeare-nano-{number}" for number in range(1, 17))
    assert all(folder.facts().config == NANO for folder in made)


def test_runs_are_listed_by_name_whenever_their_files_were_written_and_what_is_no_run_is_left_out(
    tmp_path: Path,
) -> None:
    for age, name in ((2, "newest"), (0, "older"), (1, "oldest")):
        RunFolder(tmp_path / name).write_facts(RunFacts(config=NANO, created=0.0))
        os.utime(tmp_path / name / "run.json", (1e9 - age, 1e9 - age))
    (tmp_path / "photos").mkdir()
    (tmp_path / "notes.txt").write_text("no run")
    assert [run.name for run in list_runs(tmp_path)] == ["newest", "older", "oldest"]
    assert list_runs(tmp_path / "nowhere") == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"config": 1}', b"\xff\xfe", b"null"])
def test_a_folder_with_a_foreign_run_json_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.json").write_bytes(content)
    with pytest.raises(EngineError, match=r"is not the folder of a training run: run\.json is damaged or foreign"):
        RunFolder(tmp_path).facts()


def test_a_run_whose_process_number_belongs_to_another_now_is_not_alive(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, NANO)
    with pytest.raises(EngineError, match="does not answer"):
        control(folder, "stop")
    host = os.uname().nodename
    folder.write_status(msgspec.structs.replace(folder.status(), pid=os.getpid(), started=1, host=host))
    assert not folder.is_alive()


@pytest.mark.parametrize("step_s", [-365 * 86400.0, -3600.0, 86400.0])
def test_runs_are_in_the_order_in_which_they_were_made_wherever_the_clock_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step_s: float
) -> None:
    first = new_folder(tmp_path, NANO, "nano")
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + step_s)
    later = [new_folder(tmp_path, NANO, "nano") for _ in range(2)]
    monkeypatch.undo()
    later.append(new_folder(tmp_path, NANO, "nano"))
    places = [folder.facts().place for folder in (first, *later)]
    assert places == sorted(set(places))
    assert abs(later[0].facts().created - now - step_s) < 60  # which is when, as people read it
