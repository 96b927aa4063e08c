"""The language in which the window speaks: English stands in the code, the others in Qt's translation files.

`assets/translations/LANGUAGE/*.ts` holds one language, each file the words of one part; Qt Linguist opens them, and a
further language is a further folder. A message is found by its English source, one of a `Sentence` by its code, which
is the message's id. The engine never chooses a language: it sends sentences as data, and the window says them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from engine.protocol.sentence import Sentence
from engine.shared.assets import asset

ENGLISH = "en"
_OWN_NAME = "English"  # the message whose translation is the name of a language in itself


@dataclass(frozen=True)
class Catalog:
    """The words of one language. Empty of English, which needs none."""

    language: str
    by_source: dict[str, str] = field(default_factory=dict)
    by_code: dict[str, str] = field(default_factory=dict)
    by_count: dict[str, tuple[str, ...]] = field(default_factory=dict)  # (of one, of several), by the English plural


def _read(language: str) -> Catalog:
    """Raises ElementTree.ParseError for a damaged file."""
    catalog = Catalog(language)
    for file in sorted((asset("translations") / language).glob("*.ts")):
        for message in ElementTree.parse(file).iter("message"):
            source, said = message.findtext("source") or "", message.find("translation")
            if said is None or said.get("type") in ("unfinished", "vanished", "obsolete"):
                continue
            if message.get("numerus") == "yes":
                catalog.by_count[source] = tuple(form.text or "" for form in said.iter("numerusform"))
            elif code := message.get("id"):
                catalog.by_code[code] = said.text or ""
            else:
                catalog.by_source[source] = said.text or ""
    return catalog


_spoken = Catalog(ENGLISH)
_known: dict[str, Catalog] = {ENGLISH: _spoken}


def languages() -> dict[str, str]:
    """Every language that the program speaks, and its name in itself: {"en": "English", "pt_BR": "Português"}."""
    folders: list[Path] = sorted(folder for folder in asset("translations").iterdir() if any(folder.glob("*.ts")))
    return {ENGLISH: "English"} | {one.name: _catalog(one.name).by_source.get(_OWN_NAME, one.name) for one in folders}


def _catalog(language: str) -> Catalog:
    if language not in _known:
        _known[language] = _read(language)
    return _known[language]


def use(language: str) -> None:
    """Speak this one from here on; English where it is not known. Only the window's main thread may call."""
    global _spoken
    _spoken = _catalog(language if language in languages() else ENGLISH)


def spoken() -> str:
    """The language in use, "pt_BR"."""
    return _spoken.language


def tr(source: str, /, **values: object) -> str:
    """A text in the language in use, its placeholders filled. `source` is a literal: a test looks for it in every
    translation. Without values its braces stay as they are. Any thread may call."""
    text = _spoken.by_source.get(source, source)
    return text.format(**values) if values else text


def trn(one: str, several: str, n: int, /, **values: object) -> str:
    """A text that counts, of one and of several, with `{n}` in it: trn("{n} node", "{n} nodes", 3)."""
    forms = _spoken.by_count.get(several)
    text = (one if n == 1 else several) if forms is None else forms[0 if n == 1 else -1]
    return text.format(n=grouped(n), **values)


def mark(source: str) -> str:
    """A literal that a constant holds and `tr` says later: only marks it for the translations."""
    return source


def said(sentence: Sentence) -> str:
    """A sentence of the engine in the language in use; as the engine wrote it where that has no words for it."""
    template = _spoken.by_code.get(sentence.code)
    return sentence.text if template is None else template.format(**sentence.arguments)


def grouped(n: int) -> str:
    """ "12,345" as the language in use writes it."""
    return f"{n:,}" if _spoken.language == ENGLISH else f"{n:,}".replace(",", ".")
