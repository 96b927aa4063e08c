"""A program runs statement by statement in a live namespace, and real Python stays real."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.protocol import messages as m
from tests.engine.client import Client, of_kind, printed, results


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def error_of(events: list[m.Event]) -> object:
    assert isinstance(events[-1], m.Finished)
    return events[-1].error


def test_each_line_shows_its_result(engine: Client) -> None:
    text = """import torch
x = torch.arange(12.).reshape(4, 3)
n = 7
a, b = x.sum(), "text"
n += 1
y: float = 2 / 3
x
x.mean()
print("only printed")
None
"shown"
x[0] = 5.0
first, *rest = [x, n]
{"weights": x, "n": [1, 2]}
class Strange:
    def __repr__(self): raise ValueError("no")
Strange()
[0] * 1_000_000
10 ** 1000
def f(): pass
m = torch.nn.Linear(3, 2)
torch.ones(3, dtype=torch.int64)
for i in range(3):
    z = i
"""
    shown = results(engine.run(text))
    assert shown[1] == ""
    assert shown[2] == "f32 (4, 3)"
    assert shown[3] == "7"
    assert shown[4].startswith("66")
    assert shown[5] == "8"
    assert shown[6] == "0.6667"
    assert shown[7] == "f32 (4, 3)"
    assert shown[8].startswith("5.5")
    assert shown[9] == shown[10] == ""
    assert shown[11] == "'shown'"
    assert shown[12] == shown[13] == "f32 (4, 3)"
    assert shown[14] == "{'weights': f32 (4, 3), 'n': [1, 2]}"
    assert shown[17] == "Strange whose __repr__ raises ValueError"
    assert shown[18] == "[0, 0, 0, 0, 0, 0, 0, 0, … 1,000,000 in all]"
    assert shown[19] == "int of 3,322 bits"
    assert shown[20] == ""
    assert shown[21] == "Linear"
    assert shown[22] == "i64 (3,)"
    assert shown[23] == ""


def test_a_result_names_its_variable_and_summarizes_a_tensor(engine: Client) -> None:
    events = engine.run("import torch\nh = torch.tensor([[1., 2.], [3., 4.]])")
    result = of_kind(events, m.StatementDone)[-1].result
    assert (result.line, result.end_line, result.name) == (2, 2, "h")
    assert result.summary is not None
    assert result.summary.shape == (2, 2) and result.summary.maximum == 4


def test_a_statement_over_several_lines_is_shown_at_its_first(engine: Client) -> None:
    events = engine.run("v = [\n    1,\n    2,\n]\n@staticmethod\ndef g():\n    pass\n")
    lines = [(event.result.line, event.result.end_line) for event in of_kind(events, m.StatementDone)]
    assert lines == [(1, 4), (5, 7)]


def test_variables_live_on_in_the_next_run(engine: Client) -> None:
    engine.run("kept = 41")
    assert results(engine.run("kept + 1"))[1] == "42"


def test_what_ran_before_an_error_stays(engine: Client) -> None:
    events = engine.run("early = 1\nearly / 0\nlate = 2")
    assert error_of(events).type_name == "ZeroDivisionError"
    assert results(engine.run("early, 'late' in globals()"))[1] == "(1, False)"


def test_future_imports_carry_over_to_later_statements_and_runs(engine: Client) -> None:
    text = "from __future__ import annotations\ndef f(x: Undefined) -> Missing: pass\nf.__annotations__['x']"
    assert results(engine.run(text))[3] == "'Undefined'"
    assert results(engine.run("def g(x: Undefined): pass\ng.__annotations__['x']"))[2] == "'Undefined'"


def test_a_future_import_in_the_wrong_place_is_a_syntax_error(engine: Client) -> None:
    error = error_of(engine.run("x = 1\nfrom __future__ import annotations"))
    assert error.type_name == "SyntaxError"
    assert "beginning of the file" in error.sentence


def test_the_source_of_functions_and_classes_is_found(engine: Client) -> None:
    text = '''import inspect
def double(x):
    """Twice."""
    return 2 * x

class Cell:
    size = 3

print(inspect.getsource(double))
print(inspect.getsource(Cell))
print(inspect.getsource(Cell).splitlines()[0], inspect.getsourcelines(double)[1])
'''
    output = printed(engine.run(text))
    assert "def double(x):\n" in output and "return 2 * x\n" in output
    assert "class Cell:\n    size = 3\n" in output
    assert output.endswith("class Cell: 2\n")


def test_it_is_a_real_main_module(engine: Client, tmp_path: Path) -> None:
    path = tmp_path / "my program.py"
    text = """import pickle, sys, __main__
class Point:
    def __init__(self, x): self.x = x
if __name__ == "__main__":
    __file__, sys.argv, __main__.__file__
print(__file__, sys.argv)
print(pickle.loads(pickle.dumps(Point(3))).x, Point.__module__, sys.modules["__main__"].Point is Point)
"""
    path.write_text(text)
    assert printed(engine.run(text, path=str(path))) == f"{path} ['{path}']\n3 __main__ True\n"


def test_a_program_without_a_file_gets_one(engine: Client) -> None:
    text = "import os\nos.path.isfile(__file__), open(__file__).read()[:9]"
    assert results(engine.run(text, path="untitled.py"))[2] == "(True, 'import os')"


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_data_loader_with_two_workers(engine: Client, tmp_path: Path, method: str) -> None:
    path = tmp_path / "loader.py"
    text = f"""import torch
from torch.utils.data import DataLoader, Dataset

class Squares(Dataset):
    def __len__(self): return 8
    def __getitem__(self, i):
        print("worker makes", i, flush=True)
        return torch.tensor(float(i * i))

def keep(batch): return torch.stack(batch)

if __name__ == "__main__":
    loader = DataLoader(Squares(), batch_size=2, num_workers=2, collate_fn=keep, multiprocessing_context={method!r})
    batches = [batch.tolist() for batch in loader]
    print(batches)
"""
    path.write_text(text)
    events = engine.run(text, path=str(path))
    assert events[-1].error is None, events[-1].error
    assert "[[0.0, 1.0], [4.0, 9.0], [16.0, 25.0], [36.0, 49.0]]\n" in printed(events)
    assert printed(events).count("worker makes") == 8


def test_warnings_come_anew_in_each_run(engine: Client) -> None:
    text = "import warnings\nwarnings.warn('careful')"
    for _ in range(2):
        assert "program.py:2: UserWarning: careful" in printed(engine.run(text), "stderr")


def test_a_warning_of_torch_names_the_line_of_the_program(engine: Client) -> None:
    text = "import torch\nh = torch.ones(3, requires_grad=True) * 2\nh.grad\ntorch.nn.functional.softmax(h)\n"
    written = printed(engine.run(text), "stderr")
    assert f"{engine.path}:3: UserWarning: The .grad attribute" in written and "\n  h.grad\n" in written
    assert f"{engine.path}:4: UserWarning: Implicit dimension choice for softmax" in written


def test_a_syntax_warning_comes_once(engine: Client) -> None:
    assert printed(engine.run("1 is 1"), "stderr").count("Warning") == 1
    escape = printed(engine.run("pattern = '\\d'"), "stderr").count("Warning")
    assert escape == (1 if sys.version_info >= (3, 12) else 0)


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("x = 1\ny = (2,\n", (2, 4, 2, 5), "'(' was never closed"),
        ("x = = 2", (1, 4, 1, 5), "Invalid syntax"),
        ("été = 'ü'; x = = 2", (1, 15, 1, 16), "Invalid syntax"),
        ("a = '🎉'; x = = 2", (1, 14, 1, 15), "Invalid syntax"),
        ("def f():\nreturn 1", (2, 0, 2, 6), "expected an indented block"),
        ("é = 1; return é", (1, 7, 1, 15), "'return' outside function"),
        ("🎉 = 1", (1, 0, 1, 2), "Invalid character"),
        ("s = 'open", (1, 4, 1, 5), "Unterminated string literal"),
        ("for i in range(3) print(i)", (1, 18, 1, 23), "Invalid syntax"),
        ("n = {\n'a': 1, // one\n}", (2, 8, 2, 10), "Invalid syntax (line 2): in Python a comment begins with #"),
        ("n = 7 // 2 3", (1, 11, 1, 12), "Invalid syntax (line 1)."),
    ],
)
def test_a_syntax_error_has_exact_columns_and_nothing_runs(
    engine: Client, text: str, place: tuple[int, ...], words: str
) -> None:
    events = engine.run(f"{text}")
    error = error_of(events)
    assert error.type_name in ("SyntaxError", "IndentationError")
    assert words.lower() in error.sentence.lower()
    found = error.place
    assert (found.line, found.column) == place[:2]
    assert not of_kind(events, m.StatementDone)


def test_nothing_runs_before_a_syntax_error_at_the_end(engine: Client) -> None:
    engine.run("print('ran')\nx = 1\ny = (")
    assert error_of(engine.run("print('ran')\ny = (")).type_name == "SyntaxError"
    assert printed(engine.run("y = (")) == ""


@pytest.mark.parametrize("text", ["a\0b", "(" * 5000 + ")" * 5000, "x = '\ud800'"])
def test_text_that_python_cannot_even_read_gives_a_sentence(engine: Client, text: str) -> None:
    try:
        events = engine.run(text)
    except UnicodeEncodeError:
        pytest.skip("a lone surrogate does not cross the pipe")
    assert error_of(events) is not None
    assert engine.run("1")[-1].error is None


def test_an_error_underlines_the_exact_columns_behind_accents(engine: Client) -> None:
    error = error_of(engine.run("import torch\nñandú = '🎉é'; z = torch.ones(2) + undefined_name"))
    assert error.place.text == "undefined_name"
    line = "ñandú = '🎉é'; z = torch.ones(2) + undefined_name"
    start = len(line[: line.index("undefined_name")].encode("utf-16-le")) // 2
    assert (error.place.line, error.place.column, error.place.end_column) == (2, start, start + 14)


def test_a_traceback_shows_the_program_and_not_the_engine(engine: Client) -> None:
    text = "def inner(x):\n    return x.missing\n\ndef outer(x):\n    return inner(x)\n\nouter(3)\n"
    error = error_of(engine.run(text))
    assert error.place.line == 2 and error.place.text == "x.missing"
    assert error.traceback.count("program.py") == 3
    assert "engine/" not in error.traceback and "overrides.py" not in error.traceback
    assert error.traceback.rstrip().endswith("AttributeError: 'int' object has no attribute 'missing'")


def test_a_running_statement_is_announced_once_it_takes_longer(engine: Client) -> None:
    text = "import time\nbegin = time.monotonic()\nx = 1\ntook = time.monotonic() - begin\ntime.sleep(0.3)\ntook < 0.03"
    events = engine.run(text)
    running = [event.line for event in of_kind(events, m.StatementRunning)]
    assert running.count(5) == 1
    assert 3 not in running or results(events)[6] == "False"


def test_the_line_that_runs_is_told_inside_a_loop_and_a_function(engine: Client, tmp_path: Path) -> None:
    gates = [tmp_path / name for name in ("loop", "function")]
    text = f"""import os, time
def waits():
    while not os.path.exists({str(gates[1])!r}): time.sleep(0.01)
for i in range(3):
    i + 1
    while not os.path.exists({str(gates[0])!r}): time.sleep(0.01)
    waits()
"""
    engine.start(text)
    told = engine.wait(m.StatementRunning, where=lambda event: event.at_line == 6)
    assert (told.line, told.end_line) == (4, 7)
    gates[0].touch()
    told = engine.wait(m.StatementRunning, where=lambda event: event.at_line == 3)
    assert (told.line, told.end_line) == (4, 7)
    gates[1].touch()
    engine.wait(m.Finished)


def test_a_huge_tensor_gives_one_sentence_and_the_engine_lives(engine: Client) -> None:
    error = error_of(engine.run("import torch\nx = torch.empty(10**13)"))
    assert error.sentence.startswith("torch.empty(10**13): this needs 36.4 TiB of memory at once; the machine has")
    error = error_of(engine.run("x = torch.empty(10**13, 10**13)"))
    assert "more elements than any memory can hold" in error.sentence
    assert engine.run("1")[-1].error is None


def test_a_thousand_statements_are_told_one_by_one(engine: Client) -> None:
    text = "\n".join(f"x{i} = {i}" for i in range(1000))
    events = engine.run(text)
    assert len(of_kind(events, m.StatementDone)) == 1000
    engine.run("for i in range(1000): del globals()[f'x{i}']")


def test_watching_touches_neither_random_state_nor_defaults(engine: Client) -> None:
    text = """import torch
torch.manual_seed(0)
a = torch.randn(3)
b = (a * 2).requires_grad_()
c = torch.rand(2)
c.tolist(), torch.get_default_dtype(), torch.initial_seed()
"""
    import torch

    torch.manual_seed(0)
    torch.randn(3)
    expected = torch.rand(2).tolist()
    assert results(engine.run(text))[6].startswith(f"([{expected[0]:.4f}, {expected[1]:.4f}]")


def test_text_that_is_no_unicode_breaks_nothing(engine: Client) -> None:
    text = """class Odd:
    def __repr__(self): return "\\ud800"
Odd()
print("\\ud801")
raise ValueError("\\ud802")
"""
    events = engine.run(text)
    assert results(events)[3] == "\\ud800"
    assert printed(events) == "\\ud801\n"
    assert error_of(events).sentence == "ValueError: \\ud802."


def test_an_error_keeps_no_tensor_alive(engine: Client) -> None:
    text = """import torch, weakref
alive = weakref.WeakSet()
class Big:
    pass
def fail():
    big = Big()
    alive.add(big)
    raise ValueError
fail()
"""
    engine.run("import gc\ngc.disable()")
    engine.run(text)
    assert results(engine.run("len(alive)\ngc.enable()"))[1] == "0"


def test_asyncio_runs_and_is_interrupted(engine: Client) -> None:
    assert results(engine.run("import asyncio\nasync def f(): return 42\nasyncio.run(f())"))[3] == "42"
    engine.start("asyncio.run(asyncio.sleep(1e6))")
    engine.wait(m.StatementRunning)
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


def test_top_level_names_of_modules_stay_apart_from_the_engine(engine: Client) -> None:
    shown = results(engine.run("import __main__\nsorted(n for n in vars(__main__) if 'runner' in n.lower())"))
    assert shown[2] == "[]"
