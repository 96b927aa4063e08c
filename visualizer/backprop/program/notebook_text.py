"""The text of a Jupyter notebook as a program: its cells between lines `# %%`, its words as comments, without what they
put out.

The format is nbformat's, versions 3 and 4 (https://nbformat.readthedocs.io/en/latest/format_description.html), the
lines between cells are Jupytext's, Spyder's and VS Code's. What IPython adds to Python (`%matplotlib inline`,
`!pip install`) is commented out. No widgets.
"""

from __future__ import annotations

import re

import msgspec

from engine.shared.syntax import tree_of

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


class Notebook(msgspec.Struct):
    """What is read of one; the rest is what its cells have put out."""

    nbformat: int
    cells: list[_Cell] = []
    worksheets: list[_Sheet] = []
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)

    @property
    def language(self) -> str:
        """Python where it names none."""
        of = self.metadata
        return of.language_info.name or of.kernelspec.language or "python"

    @property
    def is_python(self) -> bool:
        """Whether its cells are Python's, or IPython's."""
        return self.language.lower() in ("python", "ipython")

    @property
    def program(self) -> str:
        """Its cells."""
        cells = [*self.cells, *(cell for sheet in self.worksheets for cell in sheet.cells)]
        return "\n".join(filter(None, map(_written, cells)))


def notebook(data: bytes) -> Notebook:
    """Raises msgspec.DecodeError, and UnicodeDecodeError, for what is none."""
    return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Notebook)


def notebook_in(text: str) -> Notebook | None:
    """What was copied out of a file, where that is one of Python's."""
    if not text.lstrip().startswith("{") or '"nbformat"' not in text:
        return None
    try:
        found = notebook(text.strip().encode())
    except (msgspec.DecodeError, UnicodeError):
        return None
    return found if found.is_python and found.program else None


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
