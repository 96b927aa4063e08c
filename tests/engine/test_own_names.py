"""The person's names win: what lies beside a program is what it imports, as in plain Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.protocol import messages as m
from engine.protocol.until import UntilEnd
from tests.engine.client import ROOT, Client, printed, results

ENGINE = """class Value:
    def __init__(self, data, parents=()):
        self.data, self.grad, self._parents = data, 0.0, parents
    def __mul__(self, other):
        return Value(self.data * other.data, (self, other))
    def __repr__(self):
        return f"Value({self.data})"
"""
PROGRAM = """import pickle
import torch
from engine import Value
from visualizer.pictures import draw
product = Value(2.0) * Value(3.0)
draw(pickle.loads(pickle.dumps(product)))
weight = torch.ones(3, requires_grad=True)
loss = (weight * 2).sum()
loss.backward()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("person")
    (folder / "engine.py").write_text(ENGINE)
    (folder / "visualizer").mkdir()
    (folder / "visualizer" / "__init__.py").write_text("")
    (folder / "visualizer" / "pictures.py").write_text("def draw(value): return f'a picture of {value}'")
    (folder / "program.py").write_text(PROGRAM)
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Client]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("GOMP_SPINCOUNT", raising=False)
        client = Client(cwd=folder, path=str(folder / "program.py"), fresh=True)
    with client:
        yield client


@pytest.mark.parametrize("attempt", ["first", "again"])
def test_an_engine_and_a_visualizer_beside_the_program_are_its_own(engine: Client, attempt: str) -> None:
    events = engine.run(PROGRAM)
    assert events[-1].error is None, events[-1].error
    assert results(events)[6] == "'a picture of Value(6.0)'"
    rows = {row.name: row for row in engine.ask(m.AskVariables()).rows}
    assert rows["product"].text == "Value(6.0)" and rows["weight"].grad.maximum == 2


def test_stepping_keeps_them(engine: Client) -> None:
    engine.start(PROGRAM, step=True)
    engine.wait(m.BackwardProgress, where=lambda event: event.state.status == "paused")
    engine.send(m.Step(until=UntilEnd()))
    assert engine.wait(m.Finished).error is None


def test_an_error_names_the_line_of_the_persons_engine(engine: Client) -> None:
    error = engine.run("from engine import Value\nValue(1) * 2")[-1].error
    assert error is not None and error.place is not None and error.place.line == 2
    assert "engine.py" in error.traceback and "__mul__" in error.traceback


def test_a_warning_of_the_persons_engine_is_placed_there(engine: Client, folder: Path) -> None:
    text = "import engine, warnings\nexec(compile('warnings.warn(\"odd\")', engine.__file__, 'exec'))"
    assert "engine.py:1: UserWarning: odd" in printed(engine.run(text), "stderr")


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_child_processes_find_them_too(engine: Client, folder: Path, method: str) -> None:
    text = f"""import multiprocessing
from engine import Value
def double(x): return Value(x) * Value(2)
if __name__ == "__main__":
    with multiprocessing.get_context("{method}").Pool(1) as pool:
        print(pool.map(double, [1, 2]))
"""
    events = engine.run(text, path=str(folder / f"{method}.py"))
    assert events[-1].error is None, events[-1].error
    assert printed(events) == "[Value(2), Value(4)]\n"


def test_an_import_of_the_engines_own_never_takes_them(engine: Client, tmp_path: Path) -> None:
    for name in ("resource", "queue", "json", "msgspec", "difflib", "tracemalloc", "plumbing"):
        (tmp_path / f"{name}.py").write_text(f"print('the {name} of the person')")
    path = str(tmp_path / "program.py")
    events = engine.run("import plumbing\n" + PROGRAM.split("product")[0] + "torch.ones(2) + torch.ones(3)", path=path)
    assert "do not broadcast" in events[-1].error.sentence
    assert printed(events) == "the plumbing of the person\n"
    assert engine.run("weight.grad", path=path)[-1].error is None


def test_without_such_a_file_it_is_the_installed_package(tmp_path: Path) -> None:
    with Client(cwd=tmp_path, bare=True) as engine:
        assert results(engine.run("import engine.protocol.errors as errors\nerrors.EngineError.__name__"))[2] == (
            "'EngineError'"
        )
        assert engine.run("import torch\ntorch.ones(2, requires_grad=True).sum().backward()")[-1].error is None


def test_the_program_sees_no_setting_that_the_person_did_not_make(engine: Client) -> None:
    text = "import os, subprocess\n'GOMP_SPINCOUNT' in os.environ, subprocess.getoutput('echo $GOMP_SPINCOUNT')"
    assert results(engine.run(text))[2] == "(False, '')"


# Of modules that a program may patch while a thread of the engine calls them.
PATCHABLE = {
    *("time.monotonic", "time.perf_counter", "time.sleep", "threading.get_ident"),
    *("os.getpid", "os.read", "os.write", "signal.getsignal", "signal.pthread_kill"),
}


_IMPORTED = re.compile(r"^[ \t]*(?:from ([\w.]+) import (\([^)]*\)|.*)|import (.*))", re.MULTILINE)
_IMPORTED_LATE = re.compile(r"(?:^[ \t]+|[:;][ \t]*)(?:from [\w.]+ import|import) ", re.MULTILINE)


@pytest.fixture(scope="module")
def serving() -> dict[str, str]:
    """The texts of the modules that serve, by file: those that the server's import each other, read and not run."""
    found: dict[str, str] = {}
    waiting = ["engine.serve.server", "engine.serve.ready", "engine.serve.workspace"]
    while waiting:
        name = waiting.pop()
        path = ROOT / Path(*name.split("."))
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if str(file) not in found and file.is_file():
            found[str(file)] = file.read_text()
            waiting += [*imported(found[str(file)]), name.rpartition(".")[0]]
    assert {"server.py", "recorder.py", "gate.py", "native.py"} <= {Path(file).name for file in found}
    return found


def imported(text: str) -> Iterator[str]:
    """The names of the modules that its statements import, and of what they take from these, which may be modules; a
    line of a docstring that begins like one may add a name that nothing has."""
    assert not re.search(r"^[ \t]*from \.", text, re.MULTILINE), "by its whole name"
    for module, taken, modules in _IMPORTED.findall(text):
        yield from re.findall(r"[\w.]+", modules)
        if module:
            yield module
            yield from (f"{module}.{name}" for name in re.findall(r"\w+", taken))


def functions(text: str) -> Iterator[ast.AST]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_what_serves_imports_nothing_late(serving: dict[str, str]) -> None:
    """A late import would find what lies beside the program."""
    for file, text in serving.items():
        for function in functions(text) if _IMPORTED_LATE.search(text) else ():
            late = [node.lineno for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not late, f"{file}: imports in lines {late}"


def test_what_serves_keeps_the_functions_that_its_threads_call(serving: dict[str, str]) -> None:
    for file, text in serving.items():
        for function in functions(text) if any(name in text for name in PATCHABLE) else ():
            read = {
                f"{node.value.id}.{node.attr}"
                for node in ast.walk(function)
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
            }
            assert not read & PATCHABLE, file
