"""A tensor as a person describes it, turned into the line of Python that makes it. No widgets, no torch."""

from __future__ import annotations

import ast
import builtins
import keyword
import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from engine.protocol.errors import EngineError

FILLS = ("zeros", "ones", "full", "arange", "linspace", "eye", "rand", "randn")
# Bytes an element; the order is the one of the list to choose from.
DTYPES = {
    "float32": 4, "float64": 8, "float16": 2, "bfloat16": 2, "int64": 8, "int32": 4, "int16": 2, "int8": 1, "uint8": 1,
    "bool": 1, "complex64": 8, "complex128": 16,
}  # fmt: skip
DIFFERENTIABLE = {"float32", "float64", "float16", "bfloat16", "complex64", "complex128"}
_MAX_BYTES = 1 << 31
_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB", "EB")
_TAKEN = {"torch", "nn", "F", "np"}


@dataclass(frozen=True)
class Description:
    """What the dialog holds. `way` is "values", "grid" or "fill"; the fields of the other ways are not looked at."""

    name: str
    way: str
    literal: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    fill: str = "zeros"
    shape: str = ""
    arguments: dict[str, str] = field(default_factory=dict)  # value, start, end, step, steps, n, m, seed
    dtype: str = ""  # "" lets torch infer it
    device: str = "cpu"
    requires_grad: bool = False


def name_warning(name: str, used: Collection[str] = ()) -> str:
    """What a person should know about a name that is allowed; "" when there is nothing."""
    if name in used:
        return f"{name} is a variable already; this line gives it another value."
    if name in _TAKEN or hasattr(builtins, name):
        return f"{name} already means something else; the program loses that meaning."
    return ""


def check_name(name: str) -> None:
    """Raises EngineError with one sentence when Python would not take the name."""
    if not name:
        raise EngineError("Give the tensor a name.")
    if not name.isidentifier():
        raise EngineError(f"“{name}” is no name: use letters, digits and _, and do not begin with a digit.")
    if keyword.iskeyword(name):
        raise EngineError(f"“{name}” is a word of Python itself; choose another name.")


def expression(description: Description) -> str:
    """The expression that makes the tensor. Raises EngineError with one sentence for what cannot be made."""
    makers = {"values": _from_literal, "grid": _from_grid, "fill": _from_fill}
    return makers[description.way](description)


def line(description: Description) -> str:
    """The whole line: name, equals sign, expression."""
    check_name(description.name)
    return f"{description.name} = {expression(description)}"


def parse_shape(text: str) -> tuple[int, ...]:
    """ "4, 3", "4x3" or "(4, 3)" as numbers; empty is a scalar. Raises EngineError."""
    inner = text.strip().strip("()[]").strip().rstrip(",")
    if not inner:
        return ()
    parts = re.split(r"\s*[,x×]\s*|\s+", inner)
    if not all(part.isdigit() for part in parts):
        raise EngineError(f"“{text.strip()}” is no shape: write whole numbers such as 4, 3.")
    return tuple(int(part) for part in parts)


def size_words(n_bytes: int) -> str:
    """ "40 TB"."""
    power = min(int(math.log(max(n_bytes, 1), 1000)), len(_UNITS) - 1)
    return f"{n_bytes / 1000**power:,.3g} {_UNITS[power]}"


def _from_literal(description: Description) -> str:
    text = description.literal.strip()
    if not text:
        raise EngineError("Write the values, for example [[1, 2], [3, 4]].")
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        place = f" near column {error.offset}" if isinstance(error, SyntaxError) and error.offset else ""
        raise EngineError(
            f"The values cannot be read{place}: write numbers in brackets, as [[1, 2], [3, 4]]."
        ) from error
    _shape_of(value, "the values")
    kind = _inferred(value)
    return f"torch.tensor({' '.join(text.split())}{_keywords(description, kind)})"


def _from_grid(description: Description) -> str:
    rows = [
        [_number(cell, row, column) for column, cell in enumerate(cells)] for row, cells in enumerate(description.cells)
    ]
    if not rows or not rows[0]:
        raise EngineError("The grid has no cells.")
    value = [[ast.literal_eval(cell) for cell in row] for row in rows]
    text = ", ".join(f"[{', '.join(row)}]" for row in rows)
    return f"torch.tensor([{text}]{_keywords(description, _inferred(value))})"


def _from_fill(description: Description) -> str:
    fill, given = description.fill, description.arguments
    if fill in ("arange", "linspace", "eye"):
        return _from_range(description)
    shape = parse_shape(description.shape)
    dtype = description.dtype or "float32"
    _refuse_too_large(math.prod(shape), dtype)
    sizes = ", ".join(str(length) for length in shape) if shape else "()"
    if fill == "full":
        value = _plain(given.get("value", ""), "value")
        inferred = _inferred(ast.literal_eval(value))
        if not shape:
            sizes = "()"
            return f"torch.full({sizes}, {value}{_keywords(description, inferred)})"
        one = f"({sizes},)" if len(shape) == 1 else f"({sizes})"
        return f"torch.full({one}, {value}{_keywords(description, inferred)})"
    generator = ""
    if fill in ("rand", "randn"):
        if dtype not in DIFFERENTIABLE:
            raise EngineError(f"{fill} makes floating-point numbers only; {dtype} is not one of them.")
        seed = given.get("seed", "").strip()
        if seed:
            if not seed.isdigit():
                raise EngineError(f"The seed “{seed}” is no whole number.")
            where = "" if description.device == "cpu" else f'"{description.device}"'
            # A generator of its own: the program's random state stays untouched.
            generator = f", generator=torch.Generator({where}).manual_seed({seed})"
    return f"torch.{fill}({sizes}{generator}{_keywords(description, 'float32')})"


def _from_range(description: Description) -> str:
    given = description.arguments
    if description.fill == "eye":
        n, m = _count(given.get("n", ""), "rows"), given.get("m", "").strip()
        columns = _count(m, "columns") if m else n
        _refuse_too_large(n * columns, description.dtype or "float32")
        return f"torch.eye({n}{f', {columns}' if m else ''}{_keywords(description, 'float32')})"
    start, end = _plain(given.get("start", "") or "0", "start"), _plain(given.get("end", ""), "end")
    first, last = ast.literal_eval(start), ast.literal_eval(end)
    if description.fill == "linspace":
        steps = _count(given.get("steps", ""), "steps")
        _refuse_too_large(steps, description.dtype or "float32")
        return f"torch.linspace({start}, {end}, {steps}{_keywords(description, 'float32')})"
    step = _plain(given.get("step", "") or "1", "step")
    by = ast.literal_eval(step)
    if by == 0 or (last - first) * by < 0:
        raise EngineError(f"From {start} to {end} in steps of {step} never arrives.")
    inferred = "int64" if all(isinstance(value, int) for value in (first, last, by)) else "float32"
    _refuse_too_large(math.ceil((last - first) / by), description.dtype or inferred)
    return f"torch.arange({start}, {end}, {step}{_keywords(description, inferred)})"


def _keywords(description: Description, inferred: str) -> str:
    dtype = description.dtype or inferred
    if description.requires_grad and dtype not in DIFFERENTIABLE:
        raise EngineError(f"Only floating-point and complex tensors can require a gradient; this one is {dtype}.")
    parts = []
    if description.dtype:
        parts.append(f"dtype=torch.{description.dtype}")
    if description.device != "cpu":
        parts.append(f'device="{description.device}"')
    if description.requires_grad:
        parts.append("requires_grad=True")
    return "".join(f", {part}" for part in parts)


def _shape_of(value: object, where: str) -> tuple[int, ...]:
    if isinstance(value, list | tuple):
        shapes = [_shape_of(item, f"{where}[{index}]") for index, item in enumerate(value)]
        for index, shape in enumerate(shapes):
            if shape != shapes[0]:
                raise EngineError(f"Rows differ: {where}[{index}] has the shape {shape}, {where}[0] has {shapes[0]}.")
        return (len(value), *(shapes[0] if shapes else ()))
    if isinstance(value, bool | int | float | complex):
        return ()
    raise EngineError(f"{where} is {value!r}, which is no number.")


def _inferred(value: object) -> str:
    numbers = list(_flat(value))
    if any(isinstance(number, complex) for number in numbers):
        return "complex64"
    if any(isinstance(number, float) for number in numbers) or not numbers:
        return "float32"
    return "bool" if all(isinstance(number, bool) for number in numbers) else "int64"


def _flat(value: object):
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    else:
        yield value


def _number(text: str, row: int, column: int) -> str:
    try:
        return _plain(text or "0", "cell")
    except EngineError as error:
        raise EngineError(f"The cell in row {row}, column {column} holds “{text}”, which is no number.") from error


def _plain(text: str, what: str) -> str:
    text = text.strip()
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError) as error:
        raise EngineError(
            f"{what.capitalize()} “{text}” is no number." if text else f"Give {what} a number."
        ) from error
    if not isinstance(value, bool | int | float):
        raise EngineError(f"{what.capitalize()} “{text}” is no number.")
    return text


def _count(text: str, what: str) -> int:
    if not text.strip().isdigit():
        raise EngineError(f"Give the number of {what} as a whole number.")
    return int(text)


def _refuse_too_large(n_elements: int, dtype: str) -> None:
    n_bytes = n_elements * DTYPES[dtype]
    if n_bytes > _MAX_BYTES:
        raise EngineError(
            f"This tensor would need {size_words(n_bytes)}; the builder makes up to {size_words(_MAX_BYTES)}."
        )
