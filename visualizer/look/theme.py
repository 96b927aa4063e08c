"""The look: colours by token, fonts, sizes, and the style sheet made of them. Follows the system's dark or light."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from engine.shared.assets import asset
from visualizer.look.high_contrast import HIGH
from visualizer.look.style_sheet import style_sheet
from visualizer.look.tokens import TOKENS

_FONTS = (
    "Inter-Regular.otf",
    "Inter-Medium.otf",
    "Inter-SemiBold.otf",
    "JetBrainsMono-Regular.ttf",
    "JetBrainsMono-Medium.ttf",
)


class Theme(QObject):
    """Colours, fonts and sizes. `changed` fires after any of them did; widgets then repaint."""

    changed = Signal()

    def __init__(self, mode: str = "system", contrast: str = "system") -> None:
        super().__init__()
        self.mode = mode  # "system" | "dark" | "light"
        self.contrast = contrast  # "system" | "usual" | "high"
        self.scale = 1.0  # 2.0 is 200 % text
        self.is_dark = True
        self.is_high = False  # in contrast
        self._is_installed = False
        self._colors: dict[str, QColor] = {}
        self._resolve()

    def color(self, token: str) -> QColor:
        """The colour of a token such as "bg.panel"; the theme's own, so that who changes it takes a copy.

        Raises KeyError for a token that does not exist.
        """
        return self._colors[token]

    def px(self, size: float) -> int:
        """A length given in pixels at 100 %, at today's scale."""
        return round(size * self.scale)

    def font(self, px: float, weight: int = 400) -> QFont:
        """The UI font, Inter, with tabular figures."""
        return _font("Inter", self.px(px), weight)

    def mono(self, px: float, weight: int = 400) -> QFont:
        """The font of code and numbers, JetBrains Mono, without ligatures."""
        return _font("JetBrains Mono", self.px(px), weight)

    def install(self, application: QApplication, *, mode: str, scale: float, contrast: str = "system") -> None:
        """Load the fonts that ship, dress the application, and follow the system from now on. Once."""
        if not self._is_installed:
            self._is_installed = True
            load_fonts()
            application.setStyle("Fusion")
            hints = QGuiApplication.styleHints()
            hints.colorSchemeChanged.connect(self._follow_system)
            if hasattr(hints, "accessibility"):
                hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
            self.mode, self.scale, self.contrast = mode, scale, contrast
            self._apply()
        self.set_mode(mode)
        self.set_contrast(contrast)
        self.set_scale(scale)

    def set_mode(self, mode: str) -> None:
        """ "system", "dark" or "light"."""
        before, was_dark, self.mode = self.mode, self.is_dark, mode
        if self.mode != before:
            self._resolve()
            if self.is_dark != was_dark:
                self._apply()
            else:  # where the system is dark, dark is no other look, and to dress a full window takes long
                self.changed.emit()

    def set_contrast(self, contrast: str) -> None:
        """ "system", "usual" or "high"."""
        before, self.contrast = self.contrast, contrast
        if self.contrast != before:
            self._apply()

    def set_scale(self, scale: float) -> None:
        """The size of text, 0.75 to 2.5; 1.0 is 100 %."""
        before, self.scale = self.scale, min(max(scale, 0.75), 2.5)
        if self.scale != before:  # every widget is dressed anew
            self._apply()

    @contextmanager
    def dressing_at_once(self) -> Iterator[None]:
        """What is made within has no style sheet until the end: it would be dressed anew in each place that it is put
        into, with all that lies in it."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        sheet = application.styleSheet()
        application.setStyleSheet("")
        try:
            yield
        finally:
            application.setStyleSheet(sheet)
        self.changed.emit()  # who asked how large something is was told so without the sheet

    def _follow_system(self) -> None:
        if "system" in (self.mode, self.contrast):
            self._apply()

    def _apply(self) -> None:
        self._resolve()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._dress(application)
        self.changed.emit()

    def _resolve(self) -> None:
        self.is_dark = self.mode == "dark" or (self.mode == "system" and _system_is_dark())
        self.is_high = self.contrast == "high" or (self.contrast == "system" and _system_wants_contrast())
        tokens = HIGH if self.is_high else TOKENS
        self._colors = {name: QColor(pair[0 if self.is_dark else 1]) for name, pair in tokens.items()}

    def _dress(self, application: QApplication) -> None:
        application.setFont(self.font(12))
        application.setPalette(self._palette())
        # Over another sheet Qt dresses each widget once for itself and once for each one that it lies in: that takes
        # three times as long as to take off one and put on the next.
        application.setStyleSheet("")
        application.setStyleSheet(style_sheet(self.color, self.px, is_dark=self.is_dark, is_high=self.is_high))

    def _palette(self) -> QPalette:
        palette = QPalette()
        roles = {
            QPalette.ColorRole.Window: "bg.panel",
            QPalette.ColorRole.WindowText: "text.primary",
            QPalette.ColorRole.Base: "bg.panel",
            QPalette.ColorRole.AlternateBase: "bg.raised",
            QPalette.ColorRole.Text: "text.primary",
            QPalette.ColorRole.PlaceholderText: "text.muted",
            QPalette.ColorRole.Button: "bg.control",
            QPalette.ColorRole.ButtonText: "text.primary",
            QPalette.ColorRole.Highlight: "accent.tint",
            QPalette.ColorRole.HighlightedText: "text.primary",
            QPalette.ColorRole.ToolTipBase: "bg.raised",
            QPalette.ColorRole.ToolTipText: "text.primary",
            QPalette.ColorRole.Link: "accent.text",
        }
        for role, token in roles.items():
            palette.setColor(role, self.color(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text.muted"))
        return palette


def current() -> Theme:
    """The theme of the window; within `drawing_in` another one."""
    return _drawn_in[-1] if _drawn_in else _of_window()


@contextmanager
def drawing_in(look: Theme) -> Iterator[None]:
    """What is painted within is in these colours, whatever the window's are. For painting alone, on the window's
    thread."""
    _drawn_in.append(look)
    try:
        yield
    finally:
        _drawn_in.pop()


@lru_cache(maxsize=2)
def fixed(is_dark: bool) -> Theme:
    """The dark or the light look at 100 %, which nothing changes."""
    return Theme("dark" if is_dark else "light", "usual")


_drawn_in: list[Theme] = []


@lru_cache(maxsize=1)
def _of_window() -> Theme:
    return Theme()


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Register the shipped fonts, so that the window looks the same everywhere."""
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(asset(f"fonts/{name}")))


@lru_cache(maxsize=256)
def _cached_font(family: str, px: int, weight: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(px, 6))
    font.setWeight(QFont.Weight(weight))
    if family == "Inter":
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setStyleHint(QFont.StyleHint.SansSerif)
    else:
        for tag in ("liga", "calt"):
            font.setFeature(QFont.Tag(tag), 0)
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setFixedPitch(True)
    return font


def _font(family: str, px: int, weight: int) -> QFont:
    load_fonts()
    return QFont(_cached_font(family, px, weight))


def _system_wants_contrast() -> bool:
    """Qt asks it from 6.10 on."""
    if QGuiApplication.instance() is None:
        return False
    hints = QGuiApplication.styleHints()  # which Python must hold as long as what it gives
    if not hasattr(hints, "accessibility"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def _system_is_dark() -> bool:
    application = QGuiApplication.instance()
    if application is None:
        return True
    return QGuiApplication.styleHints().colorScheme() != Qt.ColorScheme.Light
