"""The window beside an engine of another version, or something that is no engine: one sentence, and it stays usable."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from engine.protocol.handshake import PROTOCOL
from tests.visualizer.window import answer, box, boxes, main_window, run, said, set_program, value, wait_ready
from visualizer.app.main_window import MainWindow
from visualizer.model.engine_process import DEFAULT_COMMAND

READY = {"type": "ready", "pid": 1, "torch_version": "2", "python_version": "3", "devices": ["cpu"], "n_threads": 1}
NEWER, OLDER = PROTOCOL + 1, PROTOCOL - 1
NO_MESSAGE = f"A message that is not of protocol {PROTOCOL} came over the pipe"
NO_FRAMES = "The engine's pipe carries something that is not the protocol."


def stranger(script: list) -> tuple[str, ...]:
    """The command of a peer that says all this and then waits."""
    return sys.executable, str(Path(__file__).with_name("stranger.py")), json.dumps(script)


def mismatch(engine: int) -> str:
    return f"This engine speaks protocol {engine}, this window {PROTOCOL}: install the same version on both sides."


PEERS = {
    "older": ([READY | {"protocol": OLDER}], mismatch(OLDER)),
    "newer, and Ready has other fields": ([{"type": "ready", "protocol": NEWER, "torch": [2, 13]}], mismatch(NEWER)),
    "newer, after events that are unknown here": (
        [{"type": "weather", "is": "fine"}, {"type": "output", "stream": 1}, READY | {"protocol": NEWER}],
        mismatch(NEWER),
    ),
    "newer, and more follows": ([READY | {"protocol": NEWER}, {"type": "variables"}, "garbage"], mismatch(NEWER)),
    "a shell that greets": (["Welcome to gpu-box!\r\n"], NO_FRAMES),
    "a frame that is no message": (["\x03\0\0\0abc"], NO_MESSAGE),
    "a list": ([[1, 2]], NO_MESSAGE),
    "of our protocol, then not": ([READY | {"protocol": PROTOCOL}, {"type": "weather"}], NO_MESSAGE),
}


@pytest.fixture(scope="module")
def window(tmp_path_factory) -> Iterator[MainWindow]:
    with window_beside(tmp_path_factory.mktemp("window")) as opened:
        yield opened


def window_beside(folder: Path) -> AbstractContextManager[MainWindow]:
    """A window whose setting starts an engine that is a version ahead."""
    command = shlex.join(stranger([READY | {"protocol": NEWER}])).replace('"', '\\"')
    (folder / "settings.ini").write_text(f'[General]\nengine_command="{command}"\n')
    return main_window(folder, is_ready=False)


def test_after_a_mismatch_the_window_stays_usable_and_restarts(tmp_path: Path) -> None:
    with window_beside(tmp_path) as window:
        set_program(window, "kept = 5")
        told = box(window, "engine_ended")
        assert told.text() == said(window) == mismatch(NEWER)
        assert window.session.state == "ended" and window.program.text() == "kept = 5"
        window.engine.command = DEFAULT_COMMAND
        answer(told, "Restart")
        wait_ready(window)
        assert not boxes(window, "engine_ended")
        assert run(window).error is None and value(window, "kept") == "5"


@pytest.mark.parametrize("name", PEERS)
def test_an_engine_that_cannot_be_understood_is_ended_with_one_sentence(window: MainWindow, name: str) -> None:
    script, sentence = PEERS[name]
    window.engine.command = stranger(script)
    window.session.start_engine()
    told = box(window, "engine_ended")
    assert told.text().startswith(sentence) and said(window) == told.text()
    assert window.session.state == "ended" and not window.engine.is_alive
    answer(told, "Not now")


def test_what_an_engine_says_before_it_is_ready_is_shown_once_it_is(window: MainWindow) -> None:
    script = [{"type": "output", "id": 0, "stream": "stderr", "text": "early words\n"}, READY | {"protocol": PROTOCOL}]
    window.engine.command = stranger(script)
    window.session.start_engine()
    wait_ready(window)
    assert "early words" in window.console.text()
    window.session.close()
