"""Formulas of records filled with the names or the numbers of a node."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from engine.shared.numbers import number

SYMBOL = re.compile(r"@([A-Za-z]+)(\\cdot )?")  # with `\cdot` close by, a factor that is left out where it is 1
_DEFAULTS = {
    "p": "x_1", "q": "x_2", "alpha": r"\alpha", "beta": r"\beta", "lambda": r"\lambda", "scale": "s", "value": "k",
    "low": "a", "high": "b",
}  # fmt: skip
_OTHERS = ("u", "v", "r", "q", "m")  # where a letter of a record is a variable of the program
_LETTER_AND_DIGITS = re.compile(r"([A-Za-z])_?(\d{1,3})")
_PLAIN_NAME = re.compile(r"[A-Za-z_][\w.\[\]]{0,23}", re.ASCII)
_OPENING = "({[=|"
_MINUS = "{-}"  # which binds to what follows; a bare one would stand apart, as between two terms
_MOST_WHOLE = 1e6  # a larger one is written as the others are


def name_of(name: str) -> str:
    """A variable as it is written in a formula; "" of a name that is too long, or of letters that a formula lacks."""
    numbered = _LETTER_AND_DIGITS.fullmatch(name)
    if numbered:
        return f"{numbered[1]}_{{{numbered[2]}}}"
    if len(name) == 1 and name.isalpha():
        return name
    return rf"\mathrm{{{name}}}".replace("_", r"\_") if _PLAIN_NAME.fullmatch(name) else ""


def symbols_of(names: Mapping[str, str], symbols: Set[str], variables: Set[str] = frozenset()) -> dict[str, str]:
    """How each symbol is written: by the variable's name, else by a letter that is no variable's here. `variables`:
    all that the program has."""
    found = {symbol: name_of(name) for symbol, name in names.items() if name_of(name)}
    taken = {*found.values(), *map(name_of, variables)}
    for symbol in sorted(symbols - found.keys()):
        letter = _DEFAULTS.get(symbol, symbol)
        found[symbol] = next((one for one in (letter, *_OTHERS) if one not in taken), f"{letter}'")
        taken.add(found[symbol])
    return found


def partial(name: str) -> str:
    """The gradient with respect to what is written as `name`."""
    return rf"\frac{{\partial L}}{{\partial {name}}}"


def at(name: str, cell: tuple[int, ...]) -> str:
    """A cell of a tensor, counted from 0."""
    return f"{{{name}}}_{{[{', '.join(map(str, cell))}]}}" if cell else name


def number_of(value: float | int | bool | complex) -> str:
    """A number as the rest of the window writes it, with powers of ten."""
    if isinstance(value, bool):
        return r"\text{true}" if value else r"\text{false}"
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < _MOST_WHOLE
    text = str(int(value.real)) if is_whole else number(value)
    if "nan" in text:
        return r"\mathrm{NaN}"
    if "inf" in text:
        return signed(text.replace("inf", r"\infty"))
    mantissa, e, exponent = text.partition("e")
    text = rf"{mantissa} \times 10^{{{int(exponent)}}}" if e else text
    return signed(text)


def signed(text: str) -> str:
    """What begins a term: a minus stands close to it."""
    return f"{_MINUS}{text[1:]}" if text.startswith("-") else text


def added(text: str) -> str:
    """A further term of a sum, with its sign."""
    return f"{{}} - {text.removeprefix(_MINUS)}" if text.startswith(_MINUS) else f"{{}} + {text}"


def fill(template: str, texts: Mapping[str, str], left_out: Set[str] = frozenset()) -> str:
    """Symbols replaced; a negative number in parentheses where something stands before it."""
    template = SYMBOL.sub(lambda found: "" if found[2] and found[1] in left_out else found[0], template)

    def put(found: re.Match[str]) -> str:
        factor, text = found[2] or "", texts[found[1]]
        before, after = template[: found.start()].rstrip(), template[found.end() :]
        is_first = not before or before[-1] in _OPENING
        is_raised = not factor and after[:1] in ("^", "_")
        if (text.startswith(_MINUS) and not (is_first and not is_raised)) or (is_raised and r"\times" in text):
            text = f"({text})"
        elif is_raised and ("_" in text or "^" in text):
            text = f"{{{text}}}"
        return text + factor

    return SYMBOL.sub(put, template)


def pieces(formula: str) -> tuple[str, ...]:
    """Where a line may break: at wide spaces."""
    return tuple(piece.strip() for piece in formula.split(r"\quad") if piece.strip())
