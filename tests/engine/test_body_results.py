"""What stands beside the lines of a statement with a body: values that the lines left last, and how often they ran."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.program_values import LineResult
from tests.engine.client import Client, of_kind, printed

LOOP = """import torch
w = torch.ones(3, requires_grad=True)
total = 0
for step in range(30):
    x = torch.full((3,), float(step))
    loss = (w * x).sum()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
    w.grad.zero_()
    total += step
    if step % 3 == 0:
        seen = step
    elif step > 1000:
        never = 1
    else:
        other = step
"""
SCRIPT = """old = 1
if __name__ == "__main__":
    a = 1
    try:
        old = int("no number")
        after = 1
    except ValueError as error:
        caught = str(error)
    while a < 10:
        a += 1
        if a == 5: continue
        if a == 8: break
        d = a
    for k, v in {"x": 1}.items(): pass
    for nothing in []: old = 2
    match a:
        case 8: z = "eight"
        case _: z = "other"
    if []:
        y = 1
    p = 0
    q = [p for p in range(3)]
    def f():
        global g
        g = 2
    g = 1
    f()
"""
FAILS = """u = 7
for i in range(5):
    a = i
    if i == {fails_at}: 1 / 0
    u = i
    for j in range(3): v = j
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def inside(events: list[m.Event]) -> dict[int, LineResult]:
    """What is told last, by its lines."""
    return {result.line: result for result in of_kind(events, m.LinesRan)[-1].results}


def told(events: list[m.Event]) -> dict[int, tuple[str, str]]:
    return {line: (result.name, result.text) for line, result in inside(events).items() if result.name}


def counts(events: list[m.Event]) -> dict[int, tuple[int, int]]:
    return {line: (one.n_times, one.n_of) for line, one in inside(events).items() if one.n_times >= 0}


def test_lines_of_a_loop_show_what_they_left_last_and_how_often_they_ran(engine: Client) -> None:
    events = engine.run(LOOP)
    assert told(events) == {
        4: ("step", "29"),
        5: ("x", "f32 (3,)"),
        6: ("loss", told(events)[6][1]),
        9: ("w", "f32 (3,)"),
        11: ("total", "435"),
        13: ("seen", "27"),
        17: ("other", "29"),
    }
    assert counts(events) == {4: (30, -1), 12: (10, 30), 14: (0, 20)}
    summary = inside(events)[5].summary
    assert summary is not None and summary.maximum == 29 and inside(events)[5].is_last
    assert not any(kind.result.text for kind in of_kind(events, m.StatementDone) if kind.result.line == 4)


def test_a_line_shows_only_a_value_that_it_has_given_itself(engine: Client) -> None:
    """Not what an earlier line, a function, or another name for it gave."""
    events = engine.run(SCRIPT)
    assert told(events) == {
        8: ("caught", """"invalid literal for int() with base 10: 'no number'\""""),
        10: ("a", "8"),
        13: ("d", "7"),
        14: ("k", "'x'"),
        17: ("z", "'eight'"),
        21: ("p", "0"),
        22: ("q", "[0, 1, 2]"),
    }


@pytest.mark.parametrize("fails_at", [0, 1])
def test_where_a_loop_failed_its_lines_show_how_far_it_came(engine: Client, fails_at: int) -> None:
    events = engine.run(FAILS.format(fails_at=fails_at))
    begun = {2: ("i", str(fails_at)), 3: ("a", str(fails_at))}
    assert told(events) == begun | ({5: ("u", "0"), 6: ("v", "2")} if fails_at else {})
    assert counts(events)[2] == (fails_at + 1, -1) and counts(events)[4] == (1, fails_at + 1)


def test_a_loop_that_is_held_shows_how_far_it_is_and_the_program_sees_no_mark(engine: Client) -> None:
    engine.run("")
    start = len(engine.events)
    engine.start(LOOP, step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    events = engine.waited_for(start)
    assert told(events).keys() == {4, 5, 6} and counts(events) == {4: (1, -1)}
    engine.send(m.Interrupt())
    engine.wait(m.Finished)
    seen = engine.run(
        "before = {*globals(), 'before'}\nfor i in range(2):\n    a, a = 1, 2\nprint(*{*globals()} - before)"
    )
    assert set(printed(seen).split()) <= {"a", "i"}
