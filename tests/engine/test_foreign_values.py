"""Values whose own code sleeps, loops, raises or lies: bounded in time and size, and none hides another."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from engine.protocol import messages as m
from engine.protocol.keys import VariableKey
from engine.protocol.program_values import Variable
from tests.engine.asking import line_of
from tests.engine.client import Client, of_kind, printed, results

START = """import time, threading, torch
from dataclasses import dataclass
from torch import nn
plain = torch.arange(3.)
held = threading.Lock()
held.acquire()
def forever():
    while True: pass
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        assert client.run(START)[-1].error is None
        yield client


def rows(engine: Client) -> dict[str, Variable]:
    """The table, which waits for no value."""
    found = {row.name: row for row in engine.ask(m.AskVariables()).rows}
    assert found["plain"].summary.maximum == 2
    return found


def shown(engine: Client, definition: str, value: str = "Odd()") -> tuple[str, str]:
    """What stands beside the line of a value and in its row."""
    events = engine.run(f"{definition}\nodd = {value}\nafter = 6 * 7\n")
    assert events[-1].error is None, events[-1].error
    assert not of_kind(events, m.Failed)
    lines = results(events)
    last = max(lines)
    assert lines[last] == "42"
    row = rows(engine)["odd"]
    return lines[last - 1], line_of(row)


def of_class(*methods: str, base: str = "") -> str:
    return f"class Odd({base}):\n" + "\n".join(f"    {method}" for method in methods)


SLOW = {
    "sleeps": "time.sleep(1e6)",
    "loops": "forever()",
    "waits for a lock": "held.acquire()",
    "asks for input": "input()",
    "swallows what ends it": "\n".join(
        ["while True:", "            try: forever()", "            except ValueError: pass"]
    ),
}


@pytest.mark.parametrize("how", SLOW)
def test_a_repr_that_takes_too_long_is_said_to(engine: Client, how: str) -> None:
    text = of_class(f"def __repr__(self):\n        {SLOW[how]}\n        return 'x'")
    assert shown(engine, text) == ("Odd whose __repr__ takes too long",) * 2


def test_what_is_around_a_slow_value_is_shown(engine: Client) -> None:
    text = of_class("def __repr__(self): time.sleep(1e6)")
    found = shown(engine, text, "[1, Odd(), {'a': Odd()}, plain]")
    assert found[1] == "[1, Odd whose __repr__ takes too long, {'a': Odd whose __repr__ takes too long}, f32 (3,)]"


def test_a_table_of_many_slow_types_does_not_wait_a_tenth_of_a_second_for_each(engine: Client) -> None:
    text = "many = {}\nfor i in range(100):\n"
    text += "    globals()[f'slow{i}'] = type(f'Slow{i}', (), {'__repr__': lambda self: time.sleep(1e6)})()"
    start = time.monotonic()
    assert engine.run(text)[-1].error is None
    assert rows(engine)["slow7"].text == "Slow7 whose __repr__ takes too long"
    assert time.monotonic() - start < 100 * 0.1
    engine.run("for i in range(100): del globals()[f'slow{i}']")


def test_it_is_asked_again_in_the_next_run(engine: Client) -> None:
    text = (
        "import time\nclass First:\n    def __repr__(self):\n        if wait: time.sleep(1e6)\n        return 'soon'\n"
    )
    assert results(engine.run(text + "wait = True\nodd = First()"))[7].endswith("takes too long")
    assert results(engine.run("wait = False\nodd"))[2] == "soon"


@pytest.mark.parametrize(
    ("definition", "value", "expected"),
    [
        (of_class("def __len__(self): time.sleep(1e6)", base="list"), "Odd([1])", "[1]"),
        (of_class("def __iter__(self): time.sleep(1e6)", base="list"), "Odd([1])", "[1]"),
        (of_class("def items(self):\n        while True: yield 1, 2", base="dict"), "Odd(a=1)", "{'a': 1}"),
        (of_class("def items(self): time.sleep(1e6)", base="dict"), "Odd(a=1)", "{'a': 1}"),
        (of_class("def __len__(self): return -1", base="list"), "Odd([1])", "[1]"),
        (of_class("def __bool__(self): 1 / 0", base="list"), "Odd([1])", "[1]"),
        (of_class("def __repr__(self): return 'x' * 10_000_000"), "Odd()", "xxxx"),
        (of_class("def __repr__(self): return 'x' * 200_000_000"), "Odd()", ""),
        (of_class("def __repr__(self): return None"), "Odd()", "Odd whose __repr__ raises TypeError"),
        (of_class("def __repr__(self): raise SystemExit"), "Odd()", "Odd whose __repr__ raises SystemExit"),
        (of_class("def __repr__(self): raise KeyboardInterrupt"), "Odd()", "raises KeyboardInterrupt"),
        (of_class("def __repr__(self): return repr(self)"), "Odd()", "Odd whose __repr__ raises RecursionError"),
        (of_class("def __getattr__(self, name): return Odd()"), "Odd()", "Odd object"),
        (of_class("def __getattribute__(self, name): time.sleep(1e6)"), "Odd()", "Odd object"),
        (of_class("__class__ = property(lambda self: 1 / 0)"), "Odd()", "Odd"),
        (of_class("__class__ = property(lambda self: time.sleep(1e6))"), "Odd()", "Odd object"),
        (of_class("__class__ = property(lambda self: torch.Tensor)"), "Odd()", "Odd"),
        (of_class("def __eq__(self, other): time.sleep(1e6)", "def __hash__(self): return 1"), "Odd()", "Odd object"),
        (of_class("def __hash__(self): 1 / 0"), "Odd()", "Odd object"),
        (of_class("def __del__(self): 1 / 0"), "Odd()", "Odd object"),
        (of_class("shape = property(lambda self: time.sleep(1e6))", "dtype = shape"), "Odd()", "Odd object"),
        (
            "class Meta(type):\n    __name__ = property(lambda self: 1 / 0)\nclass Odd(metaclass=Meta): pass",
            "Odd()",
            "Odd",
        ),
        ("@dataclass\nclass Odd:\n    me: object = None", "Odd()\nodd.me = odd", "Odd(me="),
        (
            of_class("def __repr__(self): return Text('y')") + "\nclass Text(str):\n    split = encode = None",
            "Odd()",
            "y",
        ),
        ("", "[[]]\nodd[0].append(odd)", "[[[…]]]"),
        ("", "10 ** 200_000", "int of 664,386 bits"),
        ("", "'z' * 100_000_000", "'zzz"),
        (of_class("def parameters(self): time.sleep(1e6)", base="nn.Module"), "Odd()", "0 parameters"),
        (of_class("def parameters(self): 1 / 0", base="nn.Module"), "Odd()", "0 parameters"),
        (
            of_class(
                "@classmethod\n    def __torch_dispatch__(cls, func, types, args=(), kwargs=None): time.sleep(1e6)",
                "@staticmethod\n    def __new__(cls, t): return torch.Tensor._make_subclass(cls, t)",
                base="torch.Tensor",
            ),
            "Odd(torch.ones(3))",
            "x∈[1, 1]",
        ),
        (
            of_class(
                "shape = property(lambda self: time.sleep(1e6))",
                base="torch.Tensor",
            ),
            "torch.Tensor._make_subclass(Odd, torch.ones(3))",
            "x∈[1, 1]",
        ),
    ],
)
def test_a_value_that_lies_hides_no_other(engine: Client, definition: str, value: str, expected: str) -> None:
    line, row = shown(engine, definition, value)
    assert expected in row
    assert len(row) <= 130 and len(line) <= 130


def test_an_error_whose_message_takes_too_long_is_told_without_it(engine: Client) -> None:
    text = "class Odd(Exception):\n    def __str__(self): time.sleep(1e6)\nraise Odd('x')"
    error = engine.run(text)[-1].error
    assert error.sentence == "Odd: its message takes too long to read."
    assert error.place.line == 3 and "line 3" in error.traceback


def test_an_error_that_came_from_one_whose_message_takes_too_long(engine: Client) -> None:
    text = "try: raise Odd()\nexcept Odd: raise ValueError('after')"
    error = engine.run(text)[-1].error
    assert error.sentence == "ValueError: after."


def test_completion_waits_for_no_one(engine: Client) -> None:
    engine.run(of_class("def __dir__(self): time.sleep(1e6)", "def __repr__(self): time.sleep(1e6)") + "\nodd = Odd()")
    for text in ("odd.", "od", "odd.x.y"):
        assert isinstance(engine.ask(m.AskCompletions(text=text, line=1, column=len(text))), m.Completions)


def test_the_program_goes_on_while_a_value_is_waited_for(engine: Client) -> None:
    text = of_class("def __repr__(self): time.sleep(1e6)") + "\nodd = Odd()\nwhile True: plain = plain * 1"
    engine.start(text)
    engine.wait(m.StatementRunning, where=lambda event: event.line == 4)
    assert rows(engine)["odd"].text == "Odd whose __repr__ takes too long"
    assert engine.ask(m.AskText(key=VariableKey("plain"))).text.startswith("[")
    engine.send(m.Interrupt())
    assert engine.wait(m.Finished).interrupted


def test_no_thread_is_left_spinning(engine: Client) -> None:
    text = "time.sleep(0.2)\nstart = time.process_time()\ntime.sleep(0.3)\ntime.process_time() - start < 0.2"
    assert results(engine.run(text))[4] == "True"
    assert printed(engine.run("print('here')")) == "here\n"
