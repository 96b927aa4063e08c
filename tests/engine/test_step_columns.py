"""The columns of a run's steps are those of its records, whatever lies in the file that is kept of them."""

from __future__ import annotations

import random
import resource
from pathlib import Path

import msgspec
import numpy as np
import pytest

from engine.runs import step_columns
from engine.runs.config import PRESETS
from engine.runs.run_folder import StepRecord, new_folder
from engine.runs.step_columns import COLUMNS_FILE, STEP_COLUMNS, StepColumns
from engine.train.journal import Journal

PART = 20_000  # bytes, so that a thousand records make a dozen blocks


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_columns, "_BLOCK_BYTES", PART // 2)


def record(step: int) -> StepRecord:
    return StepRecord(
        step=step, tokens=64 * step, loss=None if step % 97 == 0 else 4 / step, learning_rate=1e-3 / step,
        gradient_norm=None if step % 89 == 0 else 0.1 * step, tokens_per_second=9000.5, dt_ms=50 + step / 7,
        memory_gib=0.36, time=1.7e9 + step,
    )  # fmt: skip


def record_line(step: int) -> bytes:
    return msgspec.json.encode(record(step)) + b"\n"


def written(folder: Path, steps: range, mode: str = "ab") -> None:
    with (folder / "records.jsonl").open(mode) as file:
        file.write(b"".join(map(record_line, steps)))


def expected(steps: range) -> np.ndarray:
    rows = [[getattr(record(step), name) for name in STEP_COLUMNS] for step in steps]
    return np.array(rows, dtype=np.float64).T


def everything(source: StepColumns) -> np.ndarray:
    parts = [source.read(PART)]
    while source.has_more:
        parts.append(source.read(PART))
    return np.concatenate(parts, axis=1)


def check(folder: Path, steps: range) -> None:
    """What is read first, what is read of what was kept then, and what grows behind it."""
    for _ in range(2):
        np.testing.assert_array_equal(everything(StepColumns(folder)), expected(steps))


def test_columns_are_the_records_bit_for_bit_and_are_parsed_once(tmp_path: Path, monkeypatch) -> None:
    written(tmp_path, range(1, 1001))
    check(tmp_path, range(1, 1001))
    n_parsed = []
    parse = step_columns.parsed
    monkeypatch.setattr(step_columns, "parsed", lambda lines: n_parsed.append(len(lines)) or parse(lines))
    everything(StepColumns(tmp_path))
    assert sum(n_parsed) < PART  # the part that fills no block


def test_a_trainer_that_ends_leaves_the_columns_of_its_run(tmp_path: Path) -> None:
    written(tmp_path, range(1, 1001))
    step_columns.keep(tmp_path)
    assert StepColumns(tmp_path).has_more and (tmp_path / COLUMNS_FILE).stat().st_size > 60_000
    check(tmp_path, range(1, 1001))


def test_a_run_that_grows_is_read_on_and_kept_on(tmp_path: Path) -> None:
    source, found = StepColumns(tmp_path), []
    for first in range(1, 1001, 10):
        written(tmp_path, range(first, first + 10))
        found.append(everything(source))
    np.testing.assert_array_equal(np.concatenate(found, axis=1), expected(range(1, 1001)))
    kept = (tmp_path / COLUMNS_FILE).stat().st_size
    assert kept > 0.9 * 1000 * 8 * len(STEP_COLUMNS)
    check(tmp_path, range(1, 1001))
    assert (tmp_path / COLUMNS_FILE).stat().st_size == kept


def test_steps_that_were_taken_back_and_made_anew_are_not_those_that_were_kept(tmp_path: Path) -> None:
    written(tmp_path, range(1, 1001))
    check(tmp_path, range(1, 1001))
    (tmp_path / "records.jsonl").unlink()
    written(tmp_path, range(1, 501))
    check(tmp_path, range(1, 501))
    written(tmp_path, range(2001, 2501))
    found = everything(StepColumns(tmp_path))
    np.testing.assert_array_equal(found, np.concatenate((expected(range(1, 501)), expected(range(2001, 2501))), axis=1))


def test_a_record_that_was_edited_in_place_is_the_record(tmp_path: Path) -> None:
    written(tmp_path, range(1, 1001))
    check(tmp_path, range(1, 1001))
    path = tmp_path / "records.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"tokens":32000,', b'"tokens":99999,'))  # of the same length
    for _ in range(2):
        assert everything(StepColumns(tmp_path))[1, 499] == 99999


def test_no_damage_of_the_kept_columns_reaches_the_plots(tmp_path: Path) -> None:
    written(tmp_path, range(1, 401))
    check(tmp_path, range(1, 401))
    kept, chance = tmp_path / COLUMNS_FILE, random.Random(0)
    whole = kept.read_bytes()
    for _ in range(60):
        damaged = bytearray(whole)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        elif chance.random() < 0.3:
            damaged[12:12] = bytes(chance.randrange(64))
        else:
            at = chance.choice((chance.randrange(32), chance.randrange(len(damaged))))
            damaged[at : at + 8] = chance.randbytes(8)
        kept.write_bytes(damaged)
        check(tmp_path, range(1, 401))
        assert kept.read_bytes() == whole


def test_two_windows_may_read_the_same_run_at_once(tmp_path: Path) -> None:
    sources, found = (StepColumns(tmp_path), StepColumns(tmp_path)), ([], [])
    for first in range(1, 1001, 50):
        written(tmp_path, range(first, first + 50))
        for source, parts in zip(sources, found, strict=True):
            parts.append(everything(source))
    for parts in found:
        np.testing.assert_array_equal(np.concatenate(parts, axis=1), expected(range(1, 1001)))
    check(tmp_path, range(1, 1001))


def test_a_folder_that_takes_nothing_is_read_all_the_same(tmp_path: Path) -> None:
    written(tmp_path, range(1, 1001))
    (tmp_path / COLUMNS_FILE).mkdir()  # no file can be opened under this name, whoever runs the test
    check(tmp_path, range(1, 1001))


def test_a_full_disk_leaves_nothing_that_could_be_taken_for_columns(tmp_path: Path) -> None:
    written(tmp_path, range(1, 1001))
    (tmp_path / COLUMNS_FILE).symlink_to("/dev/full")
    check(tmp_path, range(1, 1001))


def test_a_disk_that_is_full_in_the_middle_of_a_block_keeps_the_room_for_records(tmp_path: Path) -> None:
    written(tmp_path, range(1, 1001))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    n_block = step_columns._HEAD.size + step_columns._HASH.size + 8 * len(STEP_COLUMNS) * PART // len(record_line(1000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 * n_block // 2, before[1]))  # as if the disk took no more
    try:
        np.testing.assert_array_equal(everything(StepColumns(tmp_path)), expected(range(1, 1001)))
        size = (tmp_path / COLUMNS_FILE).stat().st_size
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert 0 < size < 3 * n_block // 2  # whole blocks alone
    kept, n_kept = StepColumns(tmp_path), 0
    while kept._kept.next() is not None:
        n_kept = kept._kept._end
    assert n_kept == size
    check(tmp_path, range(1, 1001))


def test_torn_lines_are_left_out_and_those_behind_them_are_not(tmp_path: Path) -> None:
    written(tmp_path, range(1, 301))
    with (tmp_path / "records.jsonl").open("ab") as file:
        file.write(b'{"step":301,"tok\n')
    written(tmp_path, range(302, 601))
    for _ in range(2):
        assert everything(StepColumns(tmp_path))[0].tolist() == [*range(1, 301), *range(302, 601)]


def test_who_writes_the_records_keeps_their_columns_while_they_grow(tmp_path: Path, monkeypatch) -> None:
    writer = StepColumns(tmp_path)
    for first in range(1, 2001, 10):
        written(tmp_path, range(first, first + 10))
        writer.keep_up()
    n_parsed = []
    parse = step_columns.parsed
    monkeypatch.setattr(step_columns, "parsed", lambda lines: n_parsed.append(len(lines)) or parse(lines))
    np.testing.assert_array_equal(everything(StepColumns(tmp_path)), expected(range(1, 2001)))
    assert sum(n_parsed) < PART
    (tmp_path / "fewer").write_bytes(b"".join((tmp_path / "records.jsonl").read_bytes().splitlines(True)[:900]))
    (tmp_path / "fewer").rename(tmp_path / "records.jsonl")  # as a trainer takes steps back
    for _ in range(200):
        writer.keep_up()
    np.testing.assert_array_equal(everything(StepColumns(tmp_path)), expected(range(1, 901)))


def test_lines_that_are_no_records_are_known_of_the_kept_columns_too(tmp_path: Path) -> None:
    written(tmp_path, range(1, 301))
    with (tmp_path / "records.jsonl").open("ab") as file:
        file.write(b'{"step":301,"tok\n')
    written(tmp_path, range(302, 1001))
    for _ in range(2):
        source = StepColumns(tmp_path)
        everything(source)
        assert source.is_damaged


def test_a_trainer_that_is_killed_has_left_the_columns_of_its_records(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, PRESETS["nano"], "nano")
    journal = Journal(folder)
    for step in range(1, 501):
        journal.add(record(step))
        if step % 10 == 0:
            assert journal.flush()
    kept = (folder.path / COLUMNS_FILE).stat().st_size
    assert kept > 0.8 * 500 * 8 * len(STEP_COLUMNS)
    check(folder.path, range(1, 501))
