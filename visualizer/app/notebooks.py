"""A Jupyter notebook as a program: its cells between lines `# %%`, its words as comments, without what they put out.

The format is nbformat's, versions 3 and 4 (https://nbformat.readthedocs.io/en/latest/format_description.html), the
lines between cells are Jupytext's, Spyder's and VS Code's. What IPython adds to Python (`%matplotlib inline`,
`!pip install`) is commented out. No widgets.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from engine.protocol.errors import EngineError
from engine.shared.disk_errors import read_reason
from engine.shared.regular_files import read_file
from engine.shared.syntax import tree_of

SUFFIX = ".ipynb"
_MAX_BYTES = 500 << 20  # with all the pictures that its cells have put out
# Cells that begin with these are Python below that line.
_OF_PYTHON = frozenset({"time", "timeit", "capture", "prun", "debug"})
_MAGIC = re.compile(r"\s*(?:%{1,2}[A-Za-z]|!|\?)|.*\?{1,2}\s*$|\s*[A-Za-z_][\w, ]*=\s*[%!]")
_OTHER = re.compile(r"%%(\w+)")


class _Cell(msgspec.Struct):
    cell_type: str = "code"
    source: str | list[str] = ""
    input: str | list[str] = ""  # as version 3 calls a program's


class _Sheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Language(msgspec.Struct):
    name: str = ""
    language: str = ""


class _Metadata(msgspec.Struct):
    kernelspec: _Language = msgspec.field(default_factory=_Language)
    language_info: _Language = msgspec.field(default_factory=_Language)


class _Notebook(msgspec.Struct):
    nbformat: int
    cells: list[_Cell] = []
    worksheets: list[_Sheet] = []
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)


def read_notebook(path: Path) -> str:
    """The program of a notebook. Raises EngineError with one sentence for what is none of Python's."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise EngineError(
                "notebook.too_large",
                "{name} is larger than {n_megabytes} MB, which is no notebook.",
                name=path.name,
                n_megabytes=_MAX_BYTES >> 20,
            )
        data = read_file(path)
    except OSError as error:
        raise EngineError(
            "file.not_read", "{path} could not be read: {reason}.", path=path, reason=read_reason(error)
        ) from error
    try:
        notebook = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Notebook)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EngineError(
            "notebook.not_read", "{name} is no Jupyter notebook: {reason}.", name=path.name, reason=error
        ) from error
    of = notebook.metadata
    language = of.language_info.name or of.kernelspec.language or "python"
    if language.lower() not in ("python", "ipython"):
        raise EngineError(
            "notebook.other_language",
            "{name} is a notebook in {language}; programs here are Python.",
            name=path.name,
            language=language,
        )
    cells = [*notebook.cells, *(cell for sheet in notebook.worksheets for cell in sheet.cells)]
    return "\n".join(filter(None, map(_written, cells)))


def _written(cell: _Cell) -> str:
    """One cell, with the line that begins it; nothing of an empty one."""
    source = cell.source or cell.input
    text = (source if isinstance(source, str) else "".join(source)).replace("\r\n", "\n").strip("\n")
    if not text.strip():
        return ""
    if cell.cell_type == "code":
        return f"# %%\n{_python(text)}\n"
    kind = "raw" if cell.cell_type == "raw" else "markdown"
    return f"# %% [{kind}]\n{_commented(text)}\n"


def _python(text: str) -> str:
    """Without what is IPython's: that is commented out, line by line, until the rest is Python."""
    first, newline, rest = text.partition("\n")
    other = _OTHER.match(first)
    if other is not None:
        below = _python(rest) if other[1] in _OF_PYTHON else _commented(rest)
        return f"# {first}{newline}{below if rest else ''}"
    lines = text.split("\n")
    for _ in range(len(lines)):
        try:
            tree_of("\n".join(lines))
            break
        except SyntaxError as error:
            number = (error.lineno or 0) - 1
            if not 0 <= number < len(lines) or not _MAGIC.match(lines[number]):
                break
            line = lines[number]
            indent = line[: len(line) - len(line.lstrip())]
            lines[number] = f"{indent}pass  # {line.lstrip()}" if indent else f"# {line}"
        except (ValueError, RecursionError):
            break
    return "\n".join(lines)


def _commented(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))
