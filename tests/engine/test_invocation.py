"""The command line and the folder that a program is given: what it finds, what is said where something is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.protocol import messages as m
from engine.protocol.differences import CheckDifferences
from engine.protocol.invocation import OWN_FOLDER, Invocation
from engine.protocol.program_values import ProgramError
from tests.engine.client import Client

LOOK = "import os, sys\nprint(sys.argv[1:], os.getcwd())\n"


@pytest.fixture(scope="module")
def engine() -> Iterator[Client]:
    with Client() as client:
        yield client


def run(
    engine: Client,
    text: str,
    invocation: Invocation,
    path: str = "program.py",
    lines: tuple[int, int] | None = None,
    *,
    fresh: bool = False,
) -> tuple[str, ProgramError | None]:
    """What it printed, and its error."""
    start = len(engine.events)
    request = engine.send(m.RunProgram(text=text, path=path, lines=lines, fresh=fresh, invocation=invocation))
    finished = engine.wait(m.Finished, where=lambda event: event.id == request)
    printed = [event.text for event in engine.waited_for(start) if isinstance(event, m.Output)]
    return "".join(printed), finished.error


def test_a_program_has_its_arguments_and_its_folder(engine: Client, tmp_path: Path) -> None:
    folder = str(tmp_path.resolve())
    printed, error = run(engine, LOOK, Invocation(("--name", "two words", ""), folder))
    assert (printed, error) == (f"['--name', 'two words', ''] {folder}\n", None)
    assert run(engine, LOOK, Invocation())[0] == f"[] {os.getcwd()}\n"  # and none of those of the run before


def test_its_own_folder_is_that_of_its_file_where_the_engine_has_that(engine: Client, tmp_path: Path) -> None:
    file = tmp_path.resolve() / "sub" / "program.py"
    assert run(engine, LOOK, Invocation((), OWN_FOLDER), str(file))[0] == f"[] {os.getcwd()}\n"
    file.parent.mkdir()
    file.write_text(LOOK, encoding="utf-8")
    assert run(engine, LOOK, Invocation((), OWN_FOLDER), str(file))[0] == f"[] {file.parent}\n"


def test_a_run_begins_where_it_is_to_begin_and_a_part_where_the_rest_has_gone(engine: Client, tmp_path: Path) -> None:
    below = tmp_path.resolve() / "below"
    below.mkdir()
    text = "import os\nos.chdir('below')\nprint(os.getcwd())\n"
    invocation = Invocation((), str(tmp_path))
    for _ in range(2):  # a second run finds no `below` in `below`
        assert run(engine, text, invocation) == (f"{below}\n", None)
    assert run(engine, text, invocation, lines=(3, 3)) == (f"{below}\n", None)
    assert run(engine, text, invocation, lines=(1, 1), fresh=True) == ("", None)
    assert run(engine, text, invocation, lines=(3, 3))[0] == f"{below.parent}\n"


def test_without_its_folder_nothing_runs_and_the_sentence_names_it(engine: Client, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    for folder, reason in ((tmp_path / "gone", "it is not there"), (file, "it is not there")):
        printed, error = run(engine, LOOK, Invocation((), str(folder)))
        assert printed == "" and error is not None
        assert error.sentence.startswith(f"The program cannot begin in {folder}: {reason}. Program ▸ ")
    assert run(engine, LOOK, Invocation())[1] is None


ARGPARSE = """\
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, required=True)
epochs = parser.parse_args().epochs
"""


def test_what_argparse_refuses_is_said_with_what_it_was_given(engine: Client) -> None:
    _, error = run(engine, ARGPARSE, Invocation())
    assert error is not None and error.place is not None and error.place.line == 4
    assert error.sentence == (
        "The program's argparse ended it: the following arguments are required: --epochs. It was given no arguments; "
        "Program ▸ Arguments and folder… gives it others."
    )
    _, error = run(engine, ARGPARSE, Invocation(("--epochs", "many")))
    assert error is not None and "invalid int value: 'many'. It was given --epochs many;" in error.sentence
    assert run(engine, ARGPARSE, Invocation(("--epochs", "3")))[1] is None
    assert run(engine, ARGPARSE, Invocation(("--help",)))[1] is None  # which ends it with status 0


@pytest.mark.parametrize("text", ["import sys\nname = sys.argv[1]\n", "from sys import argv\nname = argv[1]\n"])
def test_an_argument_that_is_missing_is_no_index_of_a_list(engine: Client, text: str) -> None:
    _, error = run(engine, text, Invocation())
    assert error is not None
    assert error.sentence.endswith("argv[1]: the program was given no arguments; Program ▸ Arguments and folder… gives "
                                   "it others.")  # fmt: skip
    assert run(engine, text, Invocation(("here",)))[1] is None
    _, error = run(engine, "words = []\nwords[1]\n", Invocation())
    assert error is not None and "arguments" not in error.sentence


def test_a_file_that_is_elsewhere_is_said_with_the_folder_that_was_looked_in(engine: Client, tmp_path: Path) -> None:
    here, there = tmp_path.resolve() / "here", tmp_path.resolve() / "there"
    here.mkdir()
    there.mkdir()
    (here / "data.txt").write_text("1", encoding="utf-8")
    file = here / "program.py"
    text = "open('data.txt').read()\n"
    file.write_text(text, encoding="utf-8")
    _, error = run(engine, text, Invocation((), str(there)), str(file))
    assert error is not None
    assert f"There is no data.txt in {there}, where the program runs, but there is one beside" in error.sentence
    assert run(engine, text, Invocation((), OWN_FOLDER), str(file))[1] is None
    _, error = run(engine, "open('other.txt')\n", Invocation((), OWN_FOLDER), str(file))
    assert error is not None and f"There is no other.txt in {here}, where the program runs. " in error.sentence
    _, error = run(engine, f"open({str(here / 'other.txt')!r})\n", Invocation(), str(file))
    assert error is not None and "where the program runs" not in error.sentence


def test_a_command_that_is_missing_is_no_file_of_the_folder(engine: Client, tmp_path: Path) -> None:
    _, error = run(engine, "import subprocess\nsubprocess.run(['no-such-command', '-L'])\n", Invocation())
    assert error is not None
    assert error.sentence == "This machine has no command no-such-command: PATH names no folder with it."
    for call in (f"['true'], cwd={str(tmp_path / 'none')!r}", f"[{str(tmp_path / 'none')!r}]"):
        _, error = run(engine, f"import subprocess\nsubprocess.run({call})\n", Invocation())
        assert error is not None and "no command" not in error.sentence and "none" in error.sentence


def test_a_pass_that_is_made_again_begins_with_the_same_arguments_in_the_same_folder(
    engine: Client, tmp_path: Path
) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "scale.txt").write_text("3", encoding="utf-8")
    text = (
        "import os, sys, torch\nscale = float(open('scale.txt').read()) * float(sys.argv.pop())\nos.chdir('below')\n"
        "w = torch.ones(2, dtype=torch.float64, requires_grad=True)\nloss = (scale * w).sin().sum()\nloss.backward()\n"
    )
    assert run(engine, text, Invocation(("2",), str(tmp_path)))[1] is None
    graph = [event.graph for event in engine.events if isinstance(event, m.GraphShown)][-1]
    node = next(one.id for one in graph.nodes if one.name == "SinBackward0")
    found = engine.ask(CheckDifferences(graph=graph.id, node=node)).found
    assert found.status == "agrees" and found.n_compared == 2, found
