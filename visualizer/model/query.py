"""The language of Find: "op:mm norm>1e3 -module:h.3". Text becomes terms here; node_index and search answer them.

Numbers are read as the language in use writes them, "norm>0,5" in Portuguese; a point is understood there, too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from engine.shared.language import mark, pythonic, tr

TEXT_FIELDS = ("op", "name", "module", "source", "dtype", "file")
FACTS = {  # what can be compared, and an example of it
    "norm": "norm>1e3",
    "ratio": "ratio<1e-3",
    "min": "min<0",
    "max": "max>100",
    "zeros": "zeros>0.9",
    "bytes": "bytes>1M",
    "time": "time>1ms",
}
HELP = (  # every form, and what it finds
    ("tanh", mark("all that is written on or behind a card")),
    ('"x @ W"', mark("exactly this text")),
    ("op:mm", mark("an operation; op:*mm is addmm and bmm, too")),
    ("name:logits", mark("a variable or parameter")),
    ("module:h.3.attn", mark("a module and what is in it, by path or by type")),
    ("shape:(…,768)", mark("a shape; * is any one size, … any number of them")),
    ("dtype:bf16", mark("a type of elements")),
    ("line:14-17", mark("lines of the program; file:model.py, source:gelu")),
    ("nan", mark("NaN in the values or the gradient; inf likewise")),
    ("norm>1e3", mark("the gradient's norm; ratio: over that of the values")),
    ("zeros>0.9", mark("the share of zeros; min, max: of the values")),
    ("bytes>1M", mark("memory saved for backward; k, M, G, KiB, MiB, GiB")),
    ("time>1ms", mark("how long the node's backward ran")),
    ("-op:add", mark("without these; several terms must all hold")),
)


class QueryError(ValueError):
    """A term that cannot be understood, in one sentence."""


@dataclass(frozen=True)
class Words:
    """Text that is written on or behind a card. In lower case."""

    text: str


@dataclass(frozen=True)
class Field:
    """A pattern in one of TEXT_FIELDS; `*` stands for any letters. In lower case."""

    name: str
    pattern: str


@dataclass(frozen=True)
class Shape:
    """`sizes` holds numbers, "*" for any one size and "…" for any number of them."""

    sizes: tuple[str, ...]

    def matches(self, shape: tuple[int, ...]) -> bool:
        """Whether a shape is one: `*` stands for one size, `…` for any number of them."""
        parts = {"*": r"\d+,", "…": r"(?:\d+,)*"}
        pattern = "".join(parts.get(size, f"{size},") for size in self.sizes)
        return re.fullmatch(pattern, "".join(f"{size}," for size in shape)) is not None


@dataclass(frozen=True)
class Lines:
    """Lines of a program, from 1, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Comparison:
    """One of FACTS against a number: `relation` is > < >= <= or =; bytes in bytes, time in ms, zeros as a share."""

    fact: str
    relation: str
    value: float


@dataclass(frozen=True)
class Bad:
    """Elements that are "nan" or "inf"."""

    kind: str


Condition = Words | Field | Shape | Lines | Comparison | Bad


@dataclass(frozen=True)
class Term:
    """One condition, or its opposite."""

    condition: Condition
    is_excluded: bool = False


@dataclass(frozen=True)
class Query:
    """Terms that all have to hold. Without one, nothing is searched."""

    terms: tuple[Term, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it asks for, each once, in its order: names of FACTS, "nan", "inf"."""
        conditions = [term.condition for term in self.terms]
        found = [c.fact if isinstance(c, Comparison) else c.kind for c in conditions if isinstance(c, Comparison | Bad)]
        return tuple(dict.fromkeys(found))

    @property
    def repeated(self) -> str:
        """The first field that is asked for twice, "" without one: a node has to be both."""
        kinds = [_field(term.condition) for term in self.terms if not term.is_excluded]
        return next((kind for place, kind in enumerate(kinds) if kind and kind in kinds[:place]), "")


def parse(text: str) -> Query:
    """The terms of a text, in its order. Raises QueryError with a sentence about the first that is none."""
    terms, place = [], 0
    while match := _GAP.match(text, place):
        place = match.end()
        if place == len(text):
            break
        sign = _MINUS.match(text, place)
        start = sign.end() if sign else place
        _check_signs(text, place)
        condition, place = _condition(text, start)
        terms.append(Term(condition, sign is not None))
    return Query(tuple(terms))


def _check_signs(text: str, place: int) -> None:
    """Refuse a term that is only a sign, or that begins with one too many."""
    if lone := _LONE_MINUS.match(text, place):
        _refuse(tr("“{term}” waits for what is to be left out, as in -op:add", term=lone[1]), lone[1])
    if double := _TWO_SIGNS.match(text, place):
        _refuse(tr("“{term}” has two signs, and one leaves out already", term=double[0]), double[0])
    if bare := _NOTHING_COMPARED.match(text, place):
        _refuse(tr("“{term}” lacks what is compared, as in norm>1e3", term=bare[0]), bare[0])


_GAP = re.compile(r"\s*")
_MINUS = re.compile(r"-(?=\S)")
_LONE_MINUS = re.compile(r"(-)\s*\Z")  # with more behind it is a word: "x - y"
_TWO_SIGNS = re.compile(r"--+(?=\S)\S*")
_NOTHING_COMPARED = re.compile(r"-?(?:>=|<=|≥|≤|>|<|==?)[-+]?\.?\d\S*")
_COMPARED = re.compile(r"([a-z_]+)\s*(>=|<=|≥|≤|>|<|==?)\s*([^\s=]\S*)?", re.IGNORECASE)
_UNKNOWN_FACT = re.compile(r"([a-z_]+)[<>]=?[-+.\d]\S*", re.IGNORECASE)
_KEYED = re.compile(r"([a-z_]+):", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]*)"?')
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_BARE = re.compile(r"\S+")
_RELATIONS = {"≥": ">=", "≤": "<=", "==": "="}
_SIZE = re.compile(r"\*|…|[0-9]{1,18}")


def _condition(text: str, start: int) -> tuple[Condition, int]:
    """The condition that begins there, and where it ends."""
    compared = _COMPARED.match(text, start)
    if compared and compared[1].casefold() in FACTS:
        return _comparison(compared), compared.end()
    if unknown := _UNKNOWN_FACT.match(text, start):
        _refuse(
            tr("“{term}” is nothing to compare: there are {known}", term=unknown[1], known=", ".join(FACTS)), unknown[0]
        )
    if keyed := _KEYED.match(text, start):
        value, end = _value(text, keyed.end())
        return _keyed(keyed[1].casefold(), value, text[start:end]), end
    if quoted := _QUOTED.match(text, start):
        if not quoted[1]:
            raise QueryError(tr('Quotation marks wait for the text between them, as in "x @ W".'))
        return Words(quoted[1].casefold()), quoted.end()
    bracketed = _BRACKETED.match(text, start)
    if bracketed and (sizes := _sizes(bracketed[0])) is not None:
        return Shape(sizes), bracketed.end()
    bare = _BARE.match(text, start)
    assert bare is not None
    word = bare[0].casefold()
    return (Bad(word) if word in ("nan", "inf") else Words(word)), bare.end()


def _field(condition: Condition) -> str:
    """As it is written, "op:"."""
    names = {Shape: "shape:", Lines: "line:"}
    return f"{condition.name}:" if isinstance(condition, Field) else names.get(type(condition), "")


def _value(text: str, start: int) -> tuple[str, int]:
    """What follows a colon: quoted, in brackets, or up to the next blank."""
    for pattern in (_QUOTED, _BRACKETED, _BARE):
        if match := pattern.match(text, start):
            return (match[1] if pattern is _QUOTED else match[0]), match.end()
    return "", start


def _keyed(key: str, value: str, term: str) -> Condition:
    if key in FACTS:
        _refuse(tr("“{term}” is compared, as in {example}", term=key, example=FACTS[key]), term)
    makers: dict[str, Callable[[str, str], Condition]] = {"shape": _shape, "line": _lines}
    if key not in TEXT_FIELDS and key not in makers:
        _refuse(
            tr("“{term}:” is no field: there are {known}", term=key, known=", ".join((*TEXT_FIELDS, *makers))), term
        )
    if not value:
        raise QueryError(tr("“{term}:” waits for what to find.", term=key))
    inner = _KEYED.match(value)
    if inner and inner[1].casefold() in (*TEXT_FIELDS, *makers) and '"' not in term:
        _refuse(
            tr(
                "“{term}” has a field in a field: write {right}",
                term=term,
                right=f"{key}:{value[inner.end() :] or 'mm'}",
            ),
            term,
        )
    return makers[key](value, term) if key in makers else Field(key, value.casefold())


def _shape(value: str, term: str) -> Shape:
    sizes = _sizes(value)
    if sizes is None:
        raise QueryError(tr("“{term}” is no shape: write (4, 5), (…,768) or (*, 768).", term=value))
    return Shape(sizes)


def _sizes(text: str) -> tuple[str, ...] | None:
    inner = text[1:-1] if text[:1] in ("(", "[") and text[-1:] in (")", "]") else text
    parts = [part.strip().replace("...", "…") for part in inner.split(",")]
    if parts[-1] == "":  # "(5,)", "()"
        parts.pop()
    if not all(_SIZE.fullmatch(part) for part in parts):
        return None
    return tuple(part if part in ("*", "…") else str(int(part)) for part in parts)


def _lines(value: str, term: str) -> Lines:
    match = re.fullmatch(r"(\d{1,9})(?:[-–:](\d{1,9}))?", value)
    if match is None:
        raise QueryError(tr("“{term}” is no line: write line:31 or line:14-17.", term=value))
    ends = int(match[1]), int(match[2] or match[1])
    if not min(ends):
        raise QueryError(tr("“{term}” is no line: they count from 1.", term=value))
    return Lines(min(ends), max(ends))


def _comparison(match: re.Match[str]) -> Comparison:
    fact, relation, text = match[1].casefold(), _RELATIONS.get(match[2], match[2]), match[3] or ""
    if not text:
        raise QueryError(tr("“{term}” waits for a number, as in {example}.", term=fact, example=FACTS[fact]))
    number = re.fullmatch(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([a-zµμ%]*)", pythonic(text), re.IGNORECASE)
    factor = _UNITS_OF.get(fact, _COUNTS).get(number[2].casefold()) if number else None
    if number is None or factor is None:
        raise QueryError(
            tr(
                "“{term}” is no number that “{fact}” can be compared with: write {example}.",
                term=text,
                fact=fact,
                example=FACTS[fact],
            )
        )
    value = float(number[1]) * factor
    if math.isinf(value) or (not value and re.search("[1-9]", number[1].casefold().partition("e")[0])):
        raise QueryError(
            tr("“{term}” is out of the range of numbers: write {example}.", term=text, example=FACTS[fact])
        )
    return Comparison(fact, relation, value)


_COUNTS = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12}
_BYTES = _COUNTS | {f"{unit}b": factor for unit, factor in _COUNTS.items()}
_BYTES |= {f"{unit}i{b}": 1024.0**power for power, unit in enumerate("kmgt", start=1) for b in ("", "b")}
_TIMES_MS = {"": 1.0, "ms": 1.0, "s": 1e3, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ns": 1e-6}
_UNITS_OF = {"bytes": _BYTES, "time": _TIMES_MS, "zeros": {"": 1.0, "%": 0.01}}


def _refuse(why: str, term: str) -> NoReturn:
    if '"' in term:
        raise QueryError(tr("{why}; to find it as text, write quotation marks.", why=why))
    raise QueryError(tr("{why}; to find it as text, write {quoted}.", why=why, quoted=f'"{term}"'))
