"""Jupyter notebooks open as programs: cells, words, and what is IPython's; what is none says so in one sentence."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path
from typing import Any

import pytest

from engine.protocol.errors import EngineError
from tests.visualizer.window import box, main_window, run, until
from visualizer.app.documents import read_program
from visualizer.app.notebooks import read_notebook

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")


def written(folder: Path, *cells: tuple[str, Any], **more: Any) -> Path:
    path = folder / "lesson.ipynb"
    made = [
        {"cell_type": kind, "source": source, "metadata": {}, "outputs": [{"text": "x" * 99}]} for kind, source in cells
    ]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made} | more))
    return path


def test_cells_stand_between_marks_and_words_are_comments(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ("markdown", ["# Title\n", "\n", "Some *words*."]),
        ("code", ["import torch\n", "x = torch.ones(2)"]),
        ("code", "   \n"),
        ("raw", "as it is"),
        ("code", "x + 1"),
    )
    assert read_notebook(path) == (
        "# %% [markdown]\n# # Title\n#\n# Some *words*.\n\n"
        "# %%\nimport torch\nx = torch.ones(2)\n\n"
        "# %% [raw]\n# as it is\n\n"
        "# %%\nx + 1\n"
    )


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%matplotlib inline\nx = 1", "# %matplotlib inline\nx = 1"),
        ("!pip install torch\nx = 7 % 2", "# !pip install torch\nx = 7 % 2"),
        ("if True:\n    !ls\n    x = 1", "if True:\n    pass  # !ls\n    x = 1"),
        ("%%time\ny = 2\n%load_ext autoreload", "# %%time\ny = 2\n# %load_ext autoreload"),
        ("%%bash\necho hello", "# %%bash\n# echo hello"),
        ("files = !ls\nx = 1", "# files = !ls\nx = 1"),
        ("torch.nn.Linear?", "# torch.nn.Linear?"),
        ("?print", "# ?print"),
        ('s = """\n%d and !x?\n"""', 's = """\n%d and !x?\n"""'),
        ("x = (\n 5\n %3\n)", "x = (\n 5\n %3\n)"),
        ("def broken(:", "def broken(:"),
    ],
)
def test_what_ipython_adds_is_commented_out_and_nothing_else(tmp_path: Path, cell: str, python: str) -> None:
    text = read_notebook(written(tmp_path, ("code", cell)))
    assert text == f"# %%\n{python}\n"
    if "broken" not in cell:
        ast.parse(text)


def test_a_notebook_of_version_3_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.ipynb"
    cells = [{"cell_type": "code", "input": ["x = 3\n", "y = x"]}, {"cell_type": "heading", "source": "Words"}]
    path.write_text(json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}], "metadata": {"name": ""}}))
    assert read_notebook(path) == "# %%\nx = 3\ny = x\n\n# %% [markdown]\n# Words\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "notebook.not_read"),
        (b"{}", "notebook.not_read"),
        (b"print('no notebook')", "notebook.not_read"),
        (b'{"nbformat": 4, "cells": [{"source": 3}]}', "notebook.not_read"),
        (b"\xff\xfe{}", "notebook.not_read"),
        (b'{"nbformat": 4, "metadata": {"language_info": {"name": "R"}}}', "notebook.other_language"),
    ],
)
def test_what_is_none_says_so(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "bad.ipynb"
    path.write_bytes(data)
    with pytest.raises(EngineError) as caught:
        read_notebook(path)
    assert caught.value.sentence.code == code


@pytest.mark.parametrize("name", ["program.py", "lesson.ipynb"])
def test_a_pipe_is_no_program_and_never_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(EngineError) as caught:
        (read_notebook if name.endswith("ipynb") else read_program)(tmp_path / name)
    assert "it is a pipe, a device or a socket, and no file" in caught.value.sentence.text


def test_in_the_window_it_is_a_program_without_a_file_and_the_notebook_stays_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, ("code", "%matplotlib inline\nx = 6 * 7"), ("code", "x"))
    before = path.read_bytes()
    with main_window(tmp_path / "state") as window:
        window.files.open_path(path, ask=True)
        assert window.program.text() == "# %%\n# %matplotlib inline\nx = 6 * 7\n\n# %%\nx\n"
        assert not window.files.is_modified and window.files.document.path is None
        assert (window.files.document.title, window.files.document.folder) == ("lesson.py", tmp_path)
        assert run(window).error is None
        assert window.program.result_text(6) == "42"
        assert path.read_bytes() == before
        assert window.settings.recent_files[0] == path, "it stands in File > Recent"
        path.write_bytes(b"{}")
        window.files.open_path(path, ask=True)
        until(lambda: "no Jupyter notebook" in box(window, "complaint").text(), "it says so")
        box(window, "complaint").close()
        assert window.program.text().endswith("x\n"), "and the program stays"
