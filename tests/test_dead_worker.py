"""`make test` ends where one of its workers dies, and says in which test; it begins with what takes longest,
and each worker reads the tests from another place on, so that none compiles what another one has."""

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest
from tests.conftest import DEAREST, begun_at, pytest_collection_modifyitems
from tests.patience import PATIENCE_S
from tests.warm import ROOT


def test_a_worker_that_dies_ends_the_run_with_the_name_of_its_test(tmp_path: Path) -> None:
    found = re.search(r"-m pytest (.*)", (ROOT / "Makefile").read_text())
    assert found
    options = found[1].replace("$(WORKERS)", "2").split()
    (tmp_path / "test_dies.py").write_text("import os\ndef test_ends(): os._exit(3)\ndef test_follows(): pass\n")
    for name in "abc":
        (tmp_path / f"test_{name}.py").write_text("def test_one(): pass\ndef test_two(): pass\n")
    environment = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # which would import Qt
    command = [sys.executable, "-m", "pytest", "-p", "xdist.plugin", "-p", "no:cacheprovider", *options]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE_S
    )  # fmt: skip
    assert done.returncode != 0 and "crashed while running 'test_dies.py::test_ends'" in done.stdout


def test_files_that_take_longest_are_there_and_begun_first() -> None:
    assert {path.stem for path in (ROOT / "tests").rglob("test_*.py")} >= set(DEAREST)
    dearest, dear = max(DEAREST, key=DEAREST.__getitem__), min(DEAREST, key=DEAREST.__getitem__)
    items = [SimpleNamespace(path=Path(f"{name}.py")) for name in ("test_a", dear, "test_b", dearest)]
    pytest_collection_modifyitems(items)
    assert [item.path.stem for item in items] == [dearest, dear, "test_a", "test_b"]
    assert "--no-loadscope-reorder" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize("n_workers", [1, 2, 3, 5])
def test_workers_begin_to_read_far_from_each_other_and_all_come_to_one_order(monkeypatch, n_workers: int) -> None:
    monkeypatch.setattr(conftest, "_N_WORKERS", n_workers)
    files = [Path(f"{name}.py") for name in (*"abcdefg", max(DEAREST, key=DEAREST.__getitem__), *"hijk")]
    read = [begun_at(files, worker, n_workers) for worker in range(n_workers)]
    assert read[0] == files and all(set(one) == set(files) for one in read)
    firsts = [files.index(one[0]) for one in read]
    assert all(after - before >= len(files) // n_workers for before, after in pairwise([*firsts, len(files)]))
    orders = [[SimpleNamespace(path=path, nth=nth) for path in one for nth in (0, 1)] for one in read]
    for items in orders:
        pytest_collection_modifyitems(items)
    assert all(items == orders[0] for items in orders) and [item.nth for item in orders[0]] == [0, 1] * len(files)


def test_files_that_were_asked_for_keep_their_order_in_one_process(monkeypatch) -> None:
    monkeypatch.setattr(conftest, "_N_WORKERS", 1)
    items = [SimpleNamespace(path=Path(f"{name}.py")) for name in "cab"]
    pytest_collection_modifyitems(items)
    assert [item.path.stem for item in items] == [*"cab"]
