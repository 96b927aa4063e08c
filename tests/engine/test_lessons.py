"""Every page of every lesson that ships: its program runs, its guesses have answers, its exercises wait to be done."""

from __future__ import annotations

import contextlib
import io
import signal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from engine.program import exercises, time_limit
from engine.program.exercises import check, guess
from engine.program.guesses import agrees, truth
from engine.protocol.errors import EngineError
from engine.protocol.lessons import CheckExercise, JudgeGuess
from engine.protocol.messages import Finished, Output, RunProgram
from tests.engine.client import Client
from tests.written_lesson import example_of
from visualizer.lessons.book import LANGUAGES, SHIPPED, read_lessons
from visualizer.lessons.parser import parse
from visualizer.lessons.parts import Exercise, Guess, Lesson, Page

_KINDS = (IndexError, RuntimeError, ValueError, ZeroDivisionError, TypeError)


@cache
def _lessons(language: str) -> list[Lesson]:
    lessons, refused = read_lessons(SHIPPED / language)
    assert not refused
    return lessons


DOCS = Path(__file__).parents[2] / "docs" / "lessons.md"
PAGES = [
    pytest.param(page, id=f"{language}-{lesson.key}-{number}")
    for language in LANGUAGES
    for lesson in _lessons(language)
    for number, page in enumerate(lesson.pages, start=1)
]
PAGES += [pytest.param(page, id="docs") for page in parse(example_of(DOCS.read_text()), "slopes", DOCS).pages]


def _run(code: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    generator = torch.default_generator.get_state()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(*_KINDS):  # some pages fail on purpose
            exec(compile(code, "lesson.py", "exec", dont_inherit=True), namespace)
    finally:
        torch.default_generator.set_state(generator)
    return namespace


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_and_its_exercises_are_done_by_their_solutions_alone(page: Page) -> None:
    code = page.program.code if page.program is not None else ""
    namespace = _run(code)
    for one in page.blocks:
        if isinstance(one, Guess):
            is_right, text = guess(one.expression, "nothing like it", namespace)
            assert text and not is_right and guess(one.expression, text, namespace)[0]
        elif isinstance(one, Exercise):
            before = check(one.check, namespace)
            assert before is not None and before.code in ("lesson.not_yet", "lesson.no_name"), before
            assert one.solution and one.hints
            after = check(one.check, _run(f"{code}\n{one.solution}"))
            assert after is None, after.text


VALUES: list[tuple[Any, list[str], list[str]]] = [
    (torch.int64, ["torch.int64", "int64", " INT64 "], ["int32", "torch.float32", ""]),
    (torch.Size([2, 3]), ["(2, 3)", "[2,3]", "torch.Size([2, 3])", "2, 3"], ["(3, 2)", "6", "(2, 3, 1)"]),
    (torch.Size([4]), ["(4,)", "(4)", "[4]"], ["4", "(4, 1)", "(5,)"]),
    (torch.tensor(11), ["11", "11.0", "5 + 6"], ["12", "10.9", "(11, 11)", "nan"]),
    (torch.tensor(0.6931), ["0.6931", "0.69", "0,693", "6.931e-1", "2.0794 / 3"], ["0.7001", "1", "-0.69", "0"]),
    (torch.tensor([[1, 2], [3, 4]]), ["[[1, 2], [3, 4]]", "torch.tensor([[1,2],[3,4]])"], ["[1, 2, 3, 4]", "[[1, 2]]"]),
    (torch.tensor([0.5, 1.25]), ["[0.5, 1.25]", "(0.5, 1.25)", "[0,5; 1,25]"], ["[0.5, 1.4]", "0.5", "[0,5; 1,4]"]),
    (True, ["True", "true"], ["False", "1", "yes"]),
    (None, ["None", "none"], ["0", "False"]),
    (3, ["3", "1 + 2"], ["3.5", "three", "__import__('os')"]),
    (float("nan"), ["nan"], ["0", "inf"]),
    (torch.tensor(float("inf")), ["inf"], ["-inf", "nan", "1e30"]),
    ("cpu", ["cpu", "'cpu'"], ["cuda"]),
    ("não", ["não", "nao", "NÃO "], ["sim", "n"]),
    ("balança", ["balanca", "Balança"], ["desce"]),
    (np.float64(2.5), ["2.5"], ["2.4"]),
]


@pytest.mark.parametrize(("value", "right", "wrong"), VALUES, ids=lambda value: str(value)[:20])
def test_what_was_foretold_is_judged_as_it_is_meant(value: Any, right: list[str], wrong: list[str]) -> None:
    assert [text for text in right if not agrees(text, value)] == []
    assert [text for text in wrong if agrees(text, value)] == []
    assert agrees(truth(value), value)


def test_a_check_leaves_the_program_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    torch.manual_seed(3)
    state = torch.default_generator.get_state()
    namespace = {"x": torch.ones(2)}
    assert check("import torch\ny = torch.rand(2)\nx = y\nassert len(y) == 2", namespace) is None
    assert torch.equal(torch.default_generator.get_state(), state) and list(namespace) == ["x"]
    assert namespace["x"].sum() == 2
    assert check("print(x)\nassert x[0] == 1", namespace) is None and capsys.readouterr().out == ""


_SETS_UP = """import os, torch
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
torch.set_grad_enabled(False)
torch.set_anomaly_enabled(True)
torch.set_num_threads(torch.get_num_threads() + 1)
os.chdir("/")
"""


def test_what_a_check_sets_up_in_torch_goes_with_it() -> None:
    def found() -> tuple[object, ...]:
        asked = (torch.get_default_dtype, torch.is_grad_enabled, torch.is_anomaly_enabled, torch.get_num_threads)
        return (*(one() for one in asked), torch.zeros(1).device, Path.cwd())

    before = found()
    try:
        assert check(_SETS_UP, {}) is None and found() == before
        with pytest.raises(EngineError):
            guess("[torch.set_default_dtype(torch.float64), no_name]", "1", {"torch": torch})
        assert found() == before
    finally:
        torch.set_default_dtype(torch.float32)
        torch.set_default_device(None)
        torch.set_grad_enabled(True)
        torch.set_anomaly_enabled(False)


@pytest.mark.parametrize("kind", ["Exception", "BaseException"])
def test_a_check_that_lasts_is_given_up_whatever_it_catches(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exercises, "_TIMEOUT_S", 0.02)
    monkeypatch.setattr(time_limit, "_AGAIN_S", 0.02)
    before = signal.getsignal(signal.SIGALRM)
    found = check(f"x = 0\nwhile x >= 0:\n    try:\n        x += len('a')\n    except {kind}:\n        x = 0", {})
    assert found is not None and found.code == "lesson.given_up"
    of_program: dict[str, Any] = {"__file__": "mine.py"}
    exec(compile("def f():\n    while True:\n        pass", "mine.py", "exec"), of_program)
    found = check("assert f() == 1", of_program)
    assert found is not None and found.code == "lesson.given_up_in" and found.arguments["line"] in ("2", "3")
    assert signal.getsignal(signal.SIGALRM) == before and signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("assert x == 2, f'It is {x}.'", "It is 1."),
        ("assert x == 2", "Not yet."),
        ("assert z == 2", "The program that ran has no `z`: a line `z = …` makes it."),
        ("x[0]", "`x` is of type int, which does not fit here: 'int' object is not subscriptable."),
        ("[][0]", "This could not be checked: IndexError: list index out of range."),
        (
            "import torch\ntorch.equal(x, x)",
            "`x` is of type int, which does not fit here: equal(): argument 'input' "
            "(position 1) must be Tensor, not int.",
        ),
        (
            "def f(v):\n    return float(v)\nf(t)",
            "`t` is a tensor of shape (3,): one number alone is asked for here.",
        ),
        (
            "float(m)",
            "`m` is a function that was not called, `()` is missing, which does not fit here: float() argument must be "
            "a string or a real number, not 'builtin_function_or_method'.",
        ),
        (
            "g(m)",
            "`m` is a function that was not called, `()` is missing, which does not fit here: unsupported operand "
            "type(s) for +: 'builtin_function_or_method' and 'int'.",
        ),
        ("assert abs(float(q) - 2) < 1", "`q` is a text, '2.1': a number is written without quotation marks."),
        ("assert q < 3", "`q` is a text, '2.1': a number is written without quotation marks."),
        ("assert isinstance(q, str) and float(q) > 3, 'Larger.'", "Larger."),
        ("assert t == 0, 'None.'", "`t` is a tensor of shape (3,): one number alone is asked for here."),
        ("x.dim()", "`x` is of type int, and has no `.dim`: a tensor has."),
        ("len(nothing)", "`nothing` is None: the line that makes it gives it no value."),
        ("nothing.dim()", "`nothing` is None: the line that makes it gives it no value."),
        ("n.dim()", "`n` is NumPy's, ndarray: `torch.tensor(n)` makes a tensor of it."),
        ("import torch\ntorch.equal(n, t)", "`n` is NumPy's, ndarray: `torch.tensor(n)` makes a tensor of it."),
        ("assert t.grad.norm() > 1", "`t.grad` is None: nothing has given it a value."),
        ("k(x)", "`k` is the class dict itself: `dict(…)`, with parentheses, makes one."),
        ("exit(3)", "This could not be checked: SystemExit: 3."),
        ("raise KeyboardInterrupt", "This could not be checked: KeyboardInterrupt."),
        ("raise GeneratorExit('late')", "This could not be checked: GeneratorExit: late."),
        ("def", "This could not be checked: SyntaxError: Invalid syntax (<check>, line 1)."),
    ],
)
def test_what_is_not_done_is_said_in_a_sentence(code: str, said: str) -> None:
    values = {"x": 1, "q": "2.1", "t": torch.zeros(3), "m": torch.zeros(3).max, "g": lambda v: v + 1, "nothing": None}
    found = check(code, {**values, "n": np.zeros(3), "k": dict})
    assert found is not None and found.text == said


def test_a_page_after_another_begins_without_its_variables() -> None:
    with Client() as engine:
        engine.run("from __future__ import annotations\nleft = 3")
        engine.send(RunProgram(text="print('left' in globals(), __name__)", path="program.py", fresh=True))
        engine.wait(Finished)
        engine.run("print('left' in globals())\nx = 1")
        printed = "".join(event.text for event in engine.events if isinstance(event, Output))
        assert printed == "False __main__\nFalse\n"
        found = engine.ask(CheckExercise(code="assert x == 2, 'It is 1.'"))
        assert found.said.text == "It is 1."
        judged = engine.ask(JudgeGuess(expression="x", entered="1"))
        assert judged.is_right and judged.truth == "1"


def test_a_guess_about_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(EngineError, match="The program that ran has no `y`"):
        guess("y.shape", "(2,)", {})
