"""A Jupyter notebook is read as a program. No widgets."""

from __future__ import annotations

from pathlib import Path

import msgspec

from engine.protocol.errors import EngineError
from engine.shared.disk_errors import read_reason
from engine.shared.regular_files import read_file
from visualizer.backprop.program.notebook_text import notebook

SUFFIX = ".ipynb"
_MAX_BYTES = 500 << 20  # with all the pictures that its cells have put out


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
        found = notebook(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EngineError(
            "notebook.not_read", "{name} is no Jupyter notebook: {reason}.", name=path.name, reason=error
        ) from error
    if not found.is_python:
        raise EngineError(
            "notebook.other_language",
            "{name} is a notebook in {language}; programs here are Python.",
            name=path.name,
            language=found.language,
        )
    return found.program
