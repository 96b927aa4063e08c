"""A tensor as a person describes it, turned into the line of Python that makes it. No widgets, no torch."""

from __future__ import annotations

import ast
import builtins
import keyword
import math
from collections.abc import Collection
from dataclasses import dataclass, field

from engine.protocol.errors import EngineError
from engine.shared.language import tr
from engine.shared.local_numbers import scaled
from visualizer.backprop.tensor_builder.reading import cell, count, inferred, literal, number, parse_shape

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
        return tr("{name} is a variable already; this line gives it another value.", name=name)
    if name in _TAKEN or hasattr(builtins, name):
        return tr("{name} already means something else; the program loses that meaning.", name=name)
    return ""


def check_name(name: str) -> None:
    """Raises EngineError with one sentence when Python would not take the name."""
    if not name:
        raise EngineError("builder.name_missing", "Give the tensor a name.")
    if not name.isidentifier():
        raise EngineError(
            "builder.no_name",
            "“{name}” is no name: use letters, digits and _, and do not begin with a digit.",
            name=name,
        )
    if keyword.iskeyword(name):
        raise EngineError("builder.keyword", "“{name}” is a word of Python itself; choose another name.", name=name)


def expression(description: Description) -> str:
    """The expression that makes the tensor. Raises EngineError with one sentence for what cannot be made."""
    makers = {"values": _from_literal, "grid": _from_grid, "fill": _from_fill}
    return makers[description.way](description)


def line(description: Description) -> str:
    """The whole line: name, equals sign, expression."""
    check_name(description.name)
    return f"{description.name} = {expression(description)}"


def size_words(n_bytes: int) -> str:
    """ "40 TB"."""
    return scaled(n_bytes, _UNITS)


def _from_literal(description: Description) -> str:
    text = description.literal.strip()
    if not text:
        raise EngineError("builder.values_missing", "Write the values, for example [[1, 2], [3, 4]].")
    kind = inferred(literal(text))
    return f"torch.tensor({' '.join(text.split())}{_keywords(description, kind)})"


def _from_grid(description: Description) -> str:
    rows = [
        [cell(text, row, column) for column, text in enumerate(cells)] for row, cells in enumerate(description.cells)
    ]
    if not rows or not rows[0]:
        raise EngineError("builder.grid_empty", "The grid has no cells.")
    value = [[ast.literal_eval(cell) for cell in row] for row in rows]
    text = ", ".join(f"[{', '.join(row)}]" for row in rows)
    return f"torch.tensor([{text}]{_keywords(description, inferred(value))})"


def _from_fill(description: Description) -> str:
    fill, given = description.fill, description.arguments
    if fill in ("arange", "linspace", "eye"):
        return _from_range(description)
    shape = parse_shape(description.shape)
    dtype = description.dtype or "float32"
    _refuse_too_large(math.prod(shape), dtype)
    sizes = ", ".join(str(length) for length in shape) if shape else "()"
    if fill == "full":
        value = number(given.get("value", ""), "value")
        kind = inferred(ast.literal_eval(value))
        if not shape:
            sizes = "()"
            return f"torch.full({sizes}, {value}{_keywords(description, kind)})"
        one = f"({sizes},)" if len(shape) == 1 else f"({sizes})"
        return f"torch.full({one}, {value}{_keywords(description, kind)})"
    generator = ""
    if fill in ("rand", "randn"):
        if dtype not in DIFFERENTIABLE:
            raise EngineError(
                "builder.not_random",
                "{fill} makes floating-point numbers only; {dtype} is not one of them.",
                fill=fill,
                dtype=dtype,
            )
        seed = given.get("seed", "").strip()
        if seed:
            if not seed.isdecimal():
                raise EngineError("builder.no_seed", "The seed “{seed}” is no whole number.", seed=seed)
            where = "" if description.device == "cpu" else f'"{description.device}"'
            # A generator of its own: the program's random state stays untouched.
            generator = f", generator=torch.Generator({where}).manual_seed({seed})"
    return f"torch.{fill}({sizes}{generator}{_keywords(description, 'float32')})"


def _from_range(description: Description) -> str:
    given = description.arguments
    if description.fill == "eye":
        n = count(given.get("n", ""), _rows_missing())
        m = given.get("m", "").strip()
        columns = count(m, _columns_missing()) if m else n
        _refuse_too_large(n * columns, description.dtype or "float32")
        return f"torch.eye({n}{f', {columns}' if m else ''}{_keywords(description, 'float32')})"
    start, end = number(given.get("start", "") or "0", "start"), number(given.get("end", ""), "end")
    first, last = ast.literal_eval(start), ast.literal_eval(end)
    if description.fill == "linspace":
        steps = count(given.get("steps", ""), _steps_missing())
        _refuse_too_large(steps, description.dtype or "float32")
        return f"torch.linspace({start}, {end}, {steps}{_keywords(description, 'float32')})"
    step = number(given.get("step", "") or "1", "step")
    by = ast.literal_eval(step)
    n_steps = _n_steps(first, last, by)
    if n_steps is None:
        raise EngineError(
            "builder.never_arrives",
            "From {start} to {end} in steps of {step} never arrives.",
            start=start,
            end=end,
            step=step,
        )
    kind = "int64" if all(isinstance(value, int) for value in (first, last, by)) else "float32"
    _refuse_too_large(n_steps, description.dtype or kind)
    return f"torch.arange({start}, {end}, {step}{_keywords(description, kind)})"


def _n_steps(first: float, last: float, by: float) -> int | None:
    """How many numbers a range has; None where it goes the wrong way or does not end."""
    try:
        return math.ceil((last - first) / by) if by and (last - first) * by >= 0 else None
    except OverflowError:
        return None


def _keywords(description: Description, inferred: str) -> str:
    dtype = description.dtype or inferred
    if description.requires_grad and dtype not in DIFFERENTIABLE:
        raise EngineError(
            "builder.not_differentiable",
            "Only floating-point and complex tensors can require a gradient; this one is {dtype}.",
            dtype=dtype,
        )
    parts = []
    if description.dtype:
        parts.append(f"dtype=torch.{description.dtype}")
    if description.device != "cpu":
        parts.append(f'device="{description.device}"')
    if description.requires_grad:
        parts.append("requires_grad=True")
    return "".join(f", {part}" for part in parts)


def _rows_missing() -> EngineError:
    return EngineError("builder.rows_missing", "Give the number of rows as a whole number.")


def _columns_missing() -> EngineError:
    return EngineError("builder.columns_missing", "Give the number of columns as a whole number.")


def _steps_missing() -> EngineError:
    return EngineError("builder.steps_missing", "Give the number of steps as a whole number.")


def _refuse_too_large(n_elements: int, dtype: str) -> None:
    n_bytes = n_elements * DTYPES[dtype]
    if n_bytes > _MAX_BYTES:
        raise EngineError(
            "builder.too_large",
            "This tensor would need {needed}; the builder makes up to {most}.",
            needed=size_words(n_bytes),
            most=size_words(_MAX_BYTES),
        )
