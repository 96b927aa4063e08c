"""What a person types into the builder, as shapes and numbers: read as text of Python, nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.protocol.errors import EngineError
from engine.shared.literals import read_literal

_MOST_DIGITS = 18  # of a length; no memory holds more


def parse_shape(text: str) -> tuple[int, ...]:
    """ "4, 3", "4x3" or "(4, 3)" as numbers; empty is a scalar. Raises EngineError."""
    inner = text.strip().strip("()[]").strip().rstrip(",")
    if not inner:
        return ()
    parts = re.split(r"\s*[,x×]\s*|\s+", inner)
    if not all(_is_length(part) for part in parts):
        raise EngineError(
            "builder.no_shape", "“{text}” is no shape: write whole numbers such as 4, 3.", text=text.strip()
        )
    return tuple(int(part) for part in parts)


def literal(text: str) -> object:
    """Nested lists of numbers. Raises EngineError for any other text."""
    try:
        value = read_literal(text)
    except SyntaxError as error:
        raise _unreadable(error.offset) from error
    except ValueError as error:
        raise _unreadable(None) from error
    _shape_of(value, "")
    return value


def _unreadable(column: int | None) -> EngineError:
    if not column:
        return EngineError(
            "builder.values_not_read",
            "The values cannot be read: write numbers in brackets, as [[1, 2], [3, 4]].",
        )
    return EngineError(
        "builder.values_not_read_near",
        "The values cannot be read near column {column}: write numbers in brackets, as [[1, 2], [3, 4]].",
        column=column,
    )


def _shape_of(value: object, place: str) -> tuple[int, ...]:
    """The shape of what lies at `place` in the values, "[0][1]". Raises EngineError where there is none."""
    if isinstance(value, list | tuple):
        shapes = [_shape_of(item, f"{place}[{index}]") for index, item in enumerate(value)]
        for index, shape in enumerate(shapes):
            if shape != shapes[0]:
                raise EngineError(
                    "builder.rows_differ",
                    "Rows differ: the values{place}[{index}] has the shape {shape}, the values{place}[0] has {first}.",
                    place=place,
                    index=index,
                    shape=shape,
                    first=shapes[0],
                )
        return (len(value), *(shapes[0] if shapes else ()))
    if isinstance(value, bool | int | float | complex):
        return ()
    raise EngineError(
        "builder.value_no_number", "the values{place} is {value!r}, which is no number.", place=place, value=value
    )


def inferred(value: object) -> str:
    """The dtype that torch gives to these numbers."""
    numbers = list(_flat(value))
    if any(isinstance(number, complex) for number in numbers):
        return "complex64"
    if any(isinstance(number, float) for number in numbers) or not numbers:
        return "float32"
    return "bool" if all(isinstance(number, bool) for number in numbers) else "int64"


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    else:
        yield value


def cell(text: str, row: int, column: int) -> str:
    """The number in a cell of the grid, as it was typed; an empty one is 0. Raises EngineError."""
    if not _is_number(text or "0"):
        raise EngineError(
            "builder.cell_no_number",
            "The cell in row {row}, column {column} holds “{text}”, which is no number.",
            row=row,
            column=column,
            text=text,
        )
    return (text or "0").strip()


def number(text: str, parameter: str) -> str:
    """A parameter of a torch function, as it was typed. Raises EngineError."""
    text = text.strip()
    if not text:
        raise EngineError("builder.number_missing", "Give {parameter} a number.", parameter=parameter)
    if not _is_number(text):
        raise EngineError(
            "builder.no_number", "{parameter} “{text}” is no number.", parameter=parameter.capitalize(), text=text
        )
    return text


def _is_number(text: str) -> bool:
    try:
        return isinstance(read_literal(text.strip()), bool | int | float)
    except (ValueError, SyntaxError):
        return False


def _is_length(text: str) -> bool:
    return text.isdecimal() and len(text) <= _MOST_DIGITS


def count(text: str, missing: EngineError) -> int:
    """A whole number. Raises `missing` where there is none."""
    if not _is_length(text.strip()):
        raise missing
    return int(text)
