"""Programs on disk, without widgets: what is read, how it is written, what a crash leaves to be found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.protocol.errors import EngineError
from tests.named_targets import check_refuses, check_writes
from visualizer.app import documents
from visualizer.app.documents import Document, Recovery, clear_scratch, lost, read_program, scratch_path, write_program


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("VISUALIZER_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def dead() -> int:
    """The id of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_text_comes_back_as_it_was_written(tmp_path) -> None:
    text = "é = 'a\u00a0b'  # 😀\n\tx\n\n"
    write_program(tmp_path / "new" / "a.py", text)
    assert read_program(tmp_path / "new" / "a.py") == text
    assert os.listdir(tmp_path / "new") == ["a.py"]


def test_a_mark_at_the_start_and_windows_line_ends_are_no_text(tmp_path) -> None:
    (tmp_path / "a.py").write_bytes(b"\xef\xbb\xbfx = 1\r\ny = 2\r\n")
    assert read_program(tmp_path / "a.py") == "x = 1\ny = 2\n"


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfx = 1\r\ny = 2\r\n",
        b"x = 1\r\n\r\n\ty = 2",
        b"x = 1\ry = 2\r",
        "# -*- coding: latin-1 -*-\r\nname = 'ção'\r\n".encode("latin-1"),
        "#!/usr/bin/env python\n# vim: set fileencoding=cp1252 :\nprice = '3 €'\n".encode("cp1252"),
        "# coding: no-such\nx = 'é'\n".encode(),
        b"",
    ],
)
def test_a_file_that_is_saved_is_the_same_to_the_byte(tmp_path, data: bytes) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(data)
    text = read_program(file)
    assert "\r" not in text and not text.startswith("\ufeff")
    write_program(file, text)
    assert file.read_bytes() == data
    write_program(tmp_path / "as.py", text, like=file)
    assert (tmp_path / "as.py").read_bytes() == data


def test_lines_that_end_in_several_ways_end_as_most_of_them(tmp_path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\r\ny = 2\nz = 3\r\n")
    write_program(tmp_path / "a.py", read_program(tmp_path / "a.py"))
    assert (tmp_path / "a.py").read_bytes() == b"x = 1\r\ny = 2\r\nz = 3\r\n"


def test_what_the_declared_encoding_has_not_is_named_and_the_file_stays(tmp_path) -> None:
    data = "# coding: latin-1\nx = 'é'\n".encode("latin-1")
    (tmp_path / "a.py").write_bytes(data)
    with pytest.raises(EngineError, match="“→” in the program is no character of "):
        write_program(tmp_path / "a.py", "# coding: latin-1\nx = '→'\n")
    assert (tmp_path / "a.py").read_bytes() == data


def test_a_write_protected_file_is_not_overwritten(tmp_path) -> None:
    file = tmp_path / "a.py"
    write_program(file, "old")
    file.chmod(0o444)
    with pytest.raises(EngineError, match="is write-protected"):
        write_program(file, "new")
    assert file.read_text() == "old" and os.listdir(tmp_path) == ["a.py"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x7fELF\0\0\1", "a.py is a binary file, not a program."),
        ("x = 1".encode("utf-16"), "a.py is UTF-16 text, which Python does not run: save it as UTF-8."),
        ("é = 1".encode("latin-1"), "a.py is not UTF-8 text: the byte at 0 does not decode."),
        (b"#" * ((2 << 20) + 1), "a.py is larger than 2 MB, which is no program."),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path, content: bytes, words: str) -> None:
    (tmp_path / "a.py").write_bytes(content)
    with pytest.raises(EngineError) as refused:
        read_program(tmp_path / "a.py")
    assert str(refused.value) == words


def test_what_is_not_there_or_no_file_is_refused(tmp_path) -> None:
    with pytest.raises(EngineError, match="there is no such file"):
        read_program(tmp_path / "none.py")
    with pytest.raises(EngineError, match="is a folder"):
        read_program(tmp_path)


def test_the_mode_and_the_link_stay(tmp_path) -> None:
    file, link = tmp_path / "a.py", tmp_path / "link.py"
    write_program(file, "old")
    file.chmod(0o755)
    link.symlink_to(file)
    write_program(link, "new")
    assert link.is_symlink() and file.read_text() == "new" and file.stat().st_mode & 0o777 == 0o755


def test_a_program_is_written_through_links_and_over_files_alone(tmp_path) -> None:
    def refused(path: Path) -> str:
        with pytest.raises(EngineError) as error:
            write_program(path, "new")
        return str(error.value)

    for name, check, write in (
        ("written", check_writes, lambda path: write_program(path, "new")),
        ("refused", check_refuses, refused),
    ):
        (tmp_path / name).mkdir()
        check(tmp_path / name, ".py", write)


def test_a_disk_that_refuses_leaves_the_old_file(tmp_path, monkeypatch) -> None:
    file = tmp_path / "a.py"
    write_program(file, "old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(documents.os, "fsync", full)  # a disk that is full says so here at the latest
    with pytest.raises(EngineError, match="no space left on the device"):
        write_program(file, "new")
    assert file.read_text() == "old" and os.listdir(tmp_path) == ["a.py"]


def test_half_a_character_is_named_by_its_line(tmp_path) -> None:
    with pytest.raises(EngineError, match="Line 2 holds half a character"):
        write_program(tmp_path / "a.py", "x = 1\ny = '\ud83d'\n")
    assert not (tmp_path / "a.py").exists()


def test_a_living_window_s_text_is_not_lost(state) -> None:
    recovery = Recovery()
    recovery.save(None, "mine")
    assert lost() == []
    recovery.clear()
    assert os.listdir(state) == []


def test_texts_of_dead_windows_are_found_newest_first(state, dead: int) -> None:
    state.mkdir()
    for number, when in enumerate((10.0, 30.0, 20.0)):
        content = {
            "pid": dead,
            "started": 1,
            "path": "/tmp/a.py" if number else None,
            "text": str(number),
            "when": when,
        }
        (state / f"recovery-{number}.json").write_text(json.dumps(content))
    (state / "recovery-9.json").write_text('{"pid": ')  # a machine that went down
    found = lost()
    assert [program.text for program in found] == ["1", "2", "0"]
    assert found[0].path == Path("/tmp/a.py") and found[2].path is None
    found[0].discard()
    assert [program.text for program in lost()] == ["2", "0"]


def test_a_process_that_got_a_dead_window_s_number_hides_nothing(state) -> None:
    state.mkdir()
    content = {"pid": os.getpid(), "started": 1, "path": None, "text": "lost", "when": 1.0}
    (state / "recovery-1.json").write_text(json.dumps(content))
    assert [program.text for program in lost()] == ["lost"]


def test_a_text_of_a_dead_window_with_the_same_number_outlives_what_this_one_keeps(state, monkeypatch) -> None:
    """As in a container, where every window may have the same."""
    monkeypatch.setattr(documents, "process_start", lambda pid: 1)
    Recovery().save(None, "lost")
    monkeypatch.setattr(documents, "process_start", lambda pid: 2)
    recovery = Recovery()
    recovery.clear()
    (found,) = lost()
    assert found.text == "lost"
    recovery.save(None, "lost")
    found.discard()  # shown here, and kept by this window from now on
    assert recovery.file.exists()


def test_scratch_of_dead_windows_goes_and_that_of_living_ones_stays(state, dead: int) -> None:
    parent = os.getppid()
    for pid in (dead, parent, os.getpid()):
        (state / f"scratch-{pid}").mkdir(parents=True)
    write_program(scratch_path(), "x = 1")
    clear_scratch()
    assert os.listdir(state) == [f"scratch-{parent}"]


def test_the_program_of_a_lessons_page_is_offered_a_name_of_a_file() -> None:
    page = Document(page=("2-tensors", 0, "en"), name="One number, a row: a table?")
    assert (page.title, page.offered_name) == ("One number, a row: a table?", "one-number-a-row-a-table.py")
    assert Document().offered_name == "untitled.py"
