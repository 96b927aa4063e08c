"""The language in which the window speaks: English stands in the code, the others in Qt's translation files.

`assets/translations/LANGUAGE/*.ts` holds one language, each file the words of one part; Qt Linguist opens them, and a
further language is a further folder. A message is found by its English source, one of a `Sentence` by its code, which
is the message's id. How the language is called, counts, and writes a number are messages, too: of "English", of
"n != 1" (which of the plural forms, as in gettext) and of "1,234.5". The engine never chooses a language: it sends
sentences as data, and the window says them.
"""

from __future__ import annotations

import contextlib
import re
import string
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from gettext import c2py
from pathlib import Path
from threading import get_ident
from typing import Any
from xml.etree import ElementTree

from engine.protocol.sentence import Sentence
from engine.shared.assets import asset

ENGLISH = "en"
_MEANING = "##"
# Messages whose translations say what the language is.
OF_THE_LANGUAGE = _OWN_NAME, _PLURAL, _NUMBER = "English", "n != 1", "1,234.5"
_FIRST_FROM_THE_RIGHT = "\u0590"  # of the block of Hebrew: no letter before it is written from the right to the left
_FILLED = re.compile(r"\{[^{}]+\}|`[^`]*`")
_NUMERIC = re.compile(r"[<+-]?\d[\d,]*(\.\d+)?(e[+-]?\d+)?( [A-Za-z%]+)?")  # a number, perhaps with its unit


@dataclass(frozen=True)
class Catalog:
    """The words of one language. Empty of English, which needs none."""

    language: str
    by_source: dict[str, str] = field(default_factory=dict)
    by_code: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what counts has several forms
    by_count: dict[str, tuple[str, ...]] = field(default_factory=dict)  # every form, by the English plural

    @cached_property
    def punctuation(self) -> dict[int, str]:
        """What it writes for the comma and the point of an English number."""
        written = self.by_source.get(_NUMBER, _NUMBER)
        written = written if len(written) >= len("1234.5") else _NUMBER
        return {ord(","): written[1:-5], ord("."): written[-2]}

    @cached_property
    def form_of(self) -> Callable[[int], int]:
        """Which plural form a number takes; as in English for a rule that is none."""
        try:
            rule: Callable[[int], int] = c2py(self.by_source.get(_PLURAL, _PLURAL))
        except ValueError:
            rule = c2py(_PLURAL)
        return rule

    def form(self, forms: tuple[str, ...], n: int) -> str:
        """The one of them that a number takes."""
        return forms[min(int(self.form_of(n)), len(forms) - 1)]


def _read(language: str) -> Catalog:
    """What cannot be said is left out, and English stands there: a file that is damaged, a message with placeholders
    of its own."""
    catalog = Catalog(language)
    for file in sorted((asset("translations") / language).glob("*.ts")):
        for message in _messages(file):
            source, said = message.findtext("source") or "", message.find("translation")
            if said is None or said.get("type") in ("unfinished", "vanished", "obsolete"):
                continue
            counted = tuple(form.text or "" for form in said.iter("numerusform"))
            texts = counted or (said.text or "",)
            if not all(_fits(text, source) for text in texts):
                continue
            forms = texts if source in OF_THE_LANGUAGE else tuple(map(_directed, texts))
            if code := message.get("id"):
                catalog.by_code[code] = forms
            elif counted:
                catalog.by_count[source] = forms
            else:
                catalog.by_source[source] = forms[0]
    return catalog


def _directed(text: str) -> str:
    """One that is written from the right to the left is so in a window that is not, and what fills it has its own
    direction: a shape stays "(4, 3)". What Qt reads, as the names of files, stays as it is."""
    if max(text, default="") < _FIRST_FROM_THE_RIGHT or "(*" in text:
        return text  # which each of thousands of texts is while the window begins, in nearly every language
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return text
    return f"\u2067{_FILLED.sub(lambda found: f'{chr(0x2068)}{found[0]}{chr(0x2069)}', text)}\u2069"


def _messages(file: Path) -> list[ElementTree.Element]:
    try:
        return list(ElementTree.parse(file).iter("message"))
    except (ElementTree.ParseError, OSError) as error:
        print(f"The translation {file} cannot be read and is left out: {error}.", file=sys.stderr)
        return []


def _fits(text: str, source: str) -> bool:
    """Whether what fills the source fills the text."""
    if "{" not in text and "}" not in text:
        return True
    try:
        names, known = ({name for _, name, _, _ in string.Formatter().parse(one)} for one in (text, source))
    except ValueError:  # braces that do not pair
        return False
    return names <= known | {None}


_spoken = Catalog(ENGLISH)
_painted: list[tuple[int, Catalog]] = []  # by thread, the innermost last
_known: dict[str, Catalog] = {ENGLISH: _spoken}


def languages() -> dict[str, str]:
    """Every language that the program speaks, and its name in itself: {"en": "English", "pt_BR": "Português"}."""
    folders: list[Path] = sorted(folder for folder in asset("translations").iterdir() if any(folder.glob("*.ts")))
    return {ENGLISH: "English"} | {one.name: _catalog(one.name).by_source.get(_OWN_NAME, one.name) for one in folders}


def known_language(wanted: Iterable[str]) -> str:
    """The first of these that the program speaks, "pt_BR" also of "pt-PT"; English where it speaks none of them."""
    known = languages()
    for code in (one.replace("-", "_") for one in wanted if one):
        for same in (code, *(one for one in known if one.partition("_")[0] == code.partition("_")[0])):
            if same in known:
                return same
    return ENGLISH


def _catalog(language: str) -> Catalog:
    if language not in _known:
        _known[language] = _read(language)
    return _known[language]


def use(language: str, *, with_numbers: bool = True) -> None:
    """Speak this one from here on; English where it is not known. Numbers are written as it does, or as Python reads
    them. Only the window's main thread may call, and that of a command."""
    global _spoken
    _spoken = _catalog(language if language in languages() else ENGLISH)
    if not with_numbers:
        _spoken = replace(_spoken, by_source=_spoken.by_source | {_NUMBER: _NUMBER})


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """What this thread says within is in this language, whatever is in use: for a film, whose frames are painted while
    the window's may change. Only the window's main thread may call."""
    _painted.append((get_ident(), _catalog(language)))
    try:
        yield
    finally:
        _painted.pop()


def _here() -> Catalog:
    """In which this thread speaks."""
    return _painted[-1][1] if _painted and _painted[-1][0] == get_ident() else _spoken


def spoken() -> str:
    """The language in use, "pt_BR"."""
    return _here().language


def tr(source: str, /, **values: object) -> str:
    """A text in the language in use, its placeholders filled. `source` is a literal: a test looks for it in every
    translation. Without values its braces stay as they are. Any thread may call.

    "Start##training" is said as "Start", and is another text than "Start": what follows ## tells translators which of
    two meanings it has."""
    text = _here().by_source.get(source) or source.partition(_MEANING)[0]
    return text.format(**values) if values else text


def trn(one: str, several: str, n: int, /, **values: object) -> str:
    """A text that counts, of one and of several, with `{n}` in it: trn("{n} node", "{n} nodes", 3)."""
    forms = _here().by_count.get(several)
    text = (one if n == 1 else several) if forms is None else _here().form(forms, n)
    return text.format(n=grouped(n), **values)


def mark(source: str) -> str:
    """A literal that a constant holds and `tr` says later: only marks it for the translations."""
    return source


def said(sentence: Sentence | str) -> str:
    """A sentence of the engine in the language in use; as the engine wrote it where that has no words for it. A text,
    which is Python's, PyTorch's or the system's own, stays."""
    if isinstance(sentence, str):
        return sentence
    forms = _here().by_code.get(sentence.code) or _row(sentence.code)
    if forms is None:
        return sentence.text
    try:
        template = forms[0] if len(forms) == 1 else _here().form(forms, int(str(sentence.arguments["n"])))
        return _Filled().vformat(template, (), sentence.arguments)
    except (KeyError, ValueError):  # as another version of the program wrote it into a run's folder
        return sentence.text


def _row(template: str) -> tuple[str] | None:
    """Of a row of a table, whose code is its text."""
    words = _here().by_source.get(template)
    return None if words is None else (words,)


class _Filled(string.Formatter):
    """Fills a template with arguments in the language in use: words said by their code, numbers as it writes them.
    `{name!s}` stays as it is."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        if conversion == "s":
            return _AsItIs(value) if isinstance(value, str) else value
        return super().convert_field(value, conversion)

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Sentence):
            return said(value)
        if format_spec:
            return local(format(int(value) if format_spec == "," else float(value), format_spec))
        return str(value) if isinstance(value, _AsItIs) or not _NUMERIC.fullmatch(value) else local(value)


class _AsItIs(str):
    __slots__ = ()


def grouped(n: int) -> str:
    """ "12,345" as the language in use writes it."""
    return local(f"{n:,}")


def local(number: str) -> str:
    """A number as English and the engine write it, "1,234.5", in the language in use: "1.234,5"."""
    return number if _here().language == ENGLISH else number.translate(_here().punctuation)


def pythonic(text: str) -> str:
    """The way back: a number as the language in use writes it, as Python reads it, "1234.5". A single point that groups
    nothing, as in "0.001", stays one: people who write programs type it in any language. English stays as it is."""
    if _here().language == ENGLISH:
        return text
    group, point = _here().punctuation.values()
    return re.sub(rf"[\d{re.escape(group + point)}]+", lambda found: _pythonic(found[0], group, point), text)


def _pythonic(typed: str, group: str, point: str) -> str:
    whole, comma, decimals = typed.partition(point)
    is_grouped = group and re.fullmatch(rf"[1-9]\d{{0,2}}({re.escape(group)}\d{{3}})+", whole)
    return (whole.replace(group, "") if is_grouped else whole) + ("." if comma else "") + decimals
