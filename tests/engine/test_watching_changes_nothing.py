"""Each program leaves the same behind when it is run plainly by Python, and when it is recorded and stepped here."""

from __future__ import annotations

import json

import pytest

from engine.protocol import messages as m
from engine.protocol.until import UntilEnd, UntilNext
from tests.engine.client import Client, printed
from tests.engine.everyday_programs import HEAD, PROGRAMS
from tests.engine.fingerprint import MARK
from tests.warm import run_plain

REPORT = "__import__('tests.engine.fingerprint', fromlist=['report']).report(globals())\n"
_N_STEPPED = 3  # nodes; the rest of a program's passes runs on


def _text(name: str) -> str:
    return HEAD + PROGRAMS[name] + REPORT


def _found(output: str) -> list[dict[str, str]]:
    return [json.loads(line.removeprefix(MARK)) for line in output.splitlines() if line.startswith(MARK)]


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, dict[str, str]]:
    """What plain Python leaves behind, by the program's name."""
    paths = []
    for index, name in enumerate(PROGRAMS):
        paths.append(tmp_path_factory.getbasetemp() / f"program_{index}.py")
        paths[-1].write_text(_text(name))
    run = run_plain("tests.engine.fingerprint", *paths)
    assert run.returncode == 0, run.stderr[-2000:]
    return dict(zip(PROGRAMS, _found(run.stdout), strict=True))


@pytest.fixture(scope="module")
def engine():
    with Client() as client:
        yield client


def _step_through(engine: Client, text: str) -> list[m.Event]:
    start = len(engine.events)
    request = engine.start(text, step=True, pause_on_nan=True)
    n_held = 0
    while True:
        event = engine.wait(m.Event, where=lambda e: _is_held(e) or (e.id == request and _is_over(e)))
        if _is_over(event):
            return engine.waited_for(start)
        n_held += 1
        engine.send(m.Step(until=UntilNext() if n_held < _N_STEPPED else UntilEnd()))


def _is_held(event: m.Event) -> bool:
    is_at_nan = isinstance(event, m.Held) and event.found is not None and event.found.direction == "forward"
    return is_at_nan or (isinstance(event, m.BackwardProgress) and event.state.status == "paused")


def _is_over(event: m.Event) -> bool:
    return isinstance(event, m.Finished | m.Failed)


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_leaves_behind_what_it_leaves_in_plain_python(name, plain, engine, tmp_path) -> None:
    path = tmp_path / "program.py"
    path.write_text(_text(name))
    engine.path = str(path)
    events = _step_through(engine, _text(name))
    finished = events[-1]
    assert isinstance(finished, m.Finished)
    assert finished.error is None, finished.error
    (watched,) = _found(printed(events))
    assert watched == plain[name]
