"""The words of the window stay in the language in use: each is said now, and again whenever the language changes.

`speak(button.setText, "Run")` is for a text that stands; one that comes with every event, or is painted, is said with
`tr` at that moment, and what shows it hears `current().changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from engine.shared import language
from engine.shared.language import tr, trn

# Buttons to which Qt gives a name as it makes them, and never another.
_NAMED_ONCE = {"ScrollLeftButton": "Scroll Left", "ScrollRightButton": "Scroll Right"}

Words = Callable[[], str]  # in the language in use when they are asked for
# Tells a person; what comes as a function is told again in another language.
Say = Callable[[Words], None]


class RefusedError(ValueError):
    """Why something is not done, in one sentence that is said again in another language."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    def __str__(self) -> str:
        return self.words()


class Language(QObject):
    """The language of the window. `changed` fires after every text that was spoken has been said again."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._owners: WeakKeyDictionary[QObject, None] = WeakKeyDictionary()
        self._wrappers: set[QObject] = set()  # of what Qt made by itself, which Python would forget
        self._words_of_qt: QTranslator | None = None
        self._used = ""  # the language in which all was said

    def keep(self, owner: QObject, key: object, act: Callable[[QObject], object]) -> None:
        """Do it to the owner at every change, as long as that lives; in place of what had the key before."""
        acts: dict[object, Callable[[QObject], object]] | None = getattr(owner, "_spoken", None)
        if acts is None:
            acts = owner._spoken = {}  # type: ignore[attr-defined]  # on the owner, so that it goes with it
            self._owners[owner] = None
            if not shiboken6.createdByPython(owner):
                self._wrappers.add(owner)
                owner.destroyed.connect(lambda: self._wrappers.discard(owner))
        acts[key] = act

    def use(self, code: str) -> None:
        """Speak this language from here on, Qt's own dialogs and fields too; English where it is not known. Nothing is
        said again in the language that it was said in."""
        before = language.spoken()
        language.use(code)
        if before == self._used == language.spoken():
            return
        self._used = language.spoken()
        locale = QLocale(language.spoken())
        if locale.zeroDigit() != "0":  # one number is not written with two kinds of digits
            locale = QLocale.c()
        QLocale.setDefault(locale)
        self._translate_qt(QLocale(language.spoken()))
        for widget in QApplication.topLevelWidgets() if isinstance(QApplication.instance(), QApplication) else ():
            widget.setLocale(locale)
        for owner in list(self._owners):
            if shiboken6.isValid(owner):
                for act in tuple(owner._spoken.values()):  # type: ignore[attr-defined]
                    act(owner)
        self.changed.emit()

    def _translate_qt(self, locale: QLocale) -> None:
        if self._words_of_qt is not None:
            QCoreApplication.removeTranslator(self._words_of_qt)
        self._words_of_qt = None
        words = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language.spoken() != language.ENGLISH and words.load(locale, "qtbase", "_", folder):
            QCoreApplication.installTranslator(words)
            self._words_of_qt = words
        for widget in QApplication.allWidgets() if isinstance(QApplication.instance(), QApplication) else ():
            if widget.objectName() in _NAMED_ONCE:
                name = QCoreApplication.translate("QTabBar", _NAMED_ONCE[widget.objectName()])
                widget.setAccessibleName(name)


@lru_cache(maxsize=1)
def current() -> Language:
    """The one of the window; only its main thread may ask."""
    return Language()


def use_language(code: str) -> None:
    """Speak this language, "pt_BR", from here on: every text that was spoken changes at once."""
    current().use(code)


def speak(setter: Callable[[str], object], source: str, /, **values: object) -> None:
    """`setter` is a bound method of a QObject, `button.setText`: it gets tr(source, **values) now and at every change
    of the language, until it is spoken to again or its object is gone. A text from elsewhere needs `speak_by`, too,
    where the setter was spoken to before."""
    speak_by(setter, lambda: tr(source, **values))


def speak_count(setter: Callable[[str], object], one: str, several: str, n: int, /, **values: object) -> None:
    """The same with `trn`."""
    speak_by(setter, lambda: trn(one, several, n, **values))


def speak_by(setter: Callable[[str], object], say: Words) -> None:
    """The same with a text that is made anew each time, as one with a number in it, or a name: lambda: name."""
    owner, name = _bound(setter)
    current().keep(owner, name, lambda it: getattr(it, name)(say()))
    setter(say())


def say_again(owner: QObject, act: Callable[[], object]) -> None:
    """Do it now and at every change of the language, as long as the owner lives: for items, headers and tabs, whose
    setters have an index. `act` is a function or method; the same one again takes its own place."""
    current().keep(owner, getattr(act, "__code__", act), lambda it: act())
    act()


def _bound(setter: Any) -> tuple[QObject, str]:
    owner = setter.__self__
    assert isinstance(owner, QObject), setter
    return owner, setter.__name__
