"""A program twice as long takes twice the work, not four times: of the recorder, and of the graph made of it."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

import engine
from engine.program import sources
from engine.program.control_flow import ControlFlow
from tests.engine.watched import graph_of

ENGINE = str(Path(engine.__file__).parent)
LEAF = "h = torch.rand(3, requires_grad=True)\n"
PROGRAMS: dict[str, Callable[[int], str]] = {
    "lines": lambda n: "h = torch.sin(h)\n" * n,
    "lines that are made": lambda n: (
        f"s = {{'h': h, 'torch': torch}}\nexec('h = torch.sin(h);' * {n}, s)\nh = s['h']\n"
    ),
    "operations on a line": lambda n: f"h = {' + '.join('h' for _ in range(n))}\n",
    "loops": lambda n: "for i in range(2):\n    h = torch.sin(h)\n" * n,
    "loops over what a method gives": lambda n: "for i in 'ab'.upper():\n    h = torch.sin(h)\n" * n,
    "a long body": lambda n: "for i in range(2):\n" + "    h = torch.sin(h)\n" * n,
    "handlers": lambda n: "try:\n    h = torch.sin(h)\nexcept ValueError:\n    h = h + 1\n" * n,
    "branches": lambda n: "if i < 0:\n    h = h * 2\nelse:\n    h = torch.sin(h)\n" * n,
    "functions": lambda n: "".join(f"def f{k}(h):\n    return torch.sin(h)\nh = f{k}(h)\n" for k in range(n)),
    "hooks": lambda n: f"for i in range({n}):\n    h.register_hook(lambda g: None)\nh = h + 1\n",
}


class Lines:
    """Counts the lines of the engine that run inside, also those of a loop that is written on one line."""

    def __init__(self) -> None:
        self.n = 0

    def __enter__(self) -> Lines:
        self._before = sys.gettrace()
        sys.settrace(self._on)
        return self

    def __exit__(self, *exception: object) -> None:
        sys.settrace(self._before)

    def _on(self, frame: FrameType, event: str, _what: object) -> Callable[..., object] | None:
        if not frame.f_code.co_filename.startswith(ENGINE):
            return None
        self.n += event == "line"
        return self._on


def work(text: str) -> int:
    with Lines() as lines:
        graph_of("i = 1\n" + LEAF + text, "h")
    return lines.n


@pytest.mark.parametrize("kind", PROGRAMS)
def test_the_work_grows_with_the_program(kind: str) -> None:
    program = PROGRAMS[kind]
    work(program(10))  # what is read once
    small, large = work(program(100)), work(program(200))
    assert large < 2.2 * small


@pytest.mark.parametrize("letter", "aé")
def test_of_a_long_line_only_what_is_asked_for_is_read(letter: str) -> None:
    text = f"{letter} = 1; y = x @ x; s = '{letter * 1_000_000}'\n"
    code = compile(text, "<long line>", "exec")
    sources.register("<long line>", text)
    tracemalloc.start()
    found = (sources.locate(code, 2 * unit) for unit in range(len(code.co_code) // 2))
    product = next(place for place in found if place is not None and place.text == "x @ x")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (product.column, product.end_column) == (11, 16)
    assert peak_bytes < len(text) // 3  # other threads allocate, too


HANDLED = """
def f(x, g):
    for _ in range(9):
        try:
            x = g(x)
            raise ValueError
        except ValueError:
            x = -x
        x = x + 1
    while x:
        x = x - 1
    return x
"""


@pytest.mark.parametrize("text", [HANDLED, Path(sources.__file__).read_text(), Path(__file__).read_text()])
def test_what_follows_on_what_is_what_a_way_leads_to(text: str) -> None:
    code = compile(text, "<flow>", "exec")
    for one in (code, *(inner for inner in code.co_consts if isinstance(inner, type(code)))):
        flow = ControlFlow(one)
        for before in range(len(flow._offsets)):
            reached, ahead = {before}, [before]
            while ahead:
                further = {number for number in flow._after[ahead.pop()] if number > before} - reached
                reached |= further
                ahead += further
            follows = {number for number in range(len(flow._offsets)) if flow.follows(before, number)}
            assert follows == reached - {before}
            assert flow.around(before) == tuple(loop for loop in flow.loops if loop.holds(before))
