"""The colour tokens keep their contrast, and the maps say what they promise."""

import re
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QSlider, QVBoxLayout, QWidget

from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.backprop.tensor_view.cell_painter import dark_ink
from visualizer.backprop.tensor_view.matrix_map import MatrixMap
from visualizer.look import color_maps, icons, motion, theme
from visualizer.look.high_contrast import HIGH
from visualizer.look.style_sheet import wear
from visualizer.look.tokens import TOKENS

_SURFACES = ("bg.window", "bg.canvas", "bg.panel", "bg.raised", "bg.control")
_TEXT = [name for name in TOKENS if name.split(".")[0] in {"cat", "syntax", "state"} or name.endswith(".text")]
_TEXT += ["text.primary", "text.secondary", "text.muted"]
_GRAPHICS = ["line.control", "accent.line", "flow.line", "flow.trail", "nan", "inf"]
_TINTS = [
    ("accent.text", "accent.tint"),
    ("text.primary", "accent.tint"),
    ("flow.text", "flow.tint"),
    ("text.primary", "flow.tint"),
    ("state.waiting", "waiting.tint"),
    ("text.primary", "flow.mark"),
    ("ok.text", "ok.tint"),
    ("warn.text", "warn.tint"),
    ("error.text", "error.tint"),
    ("text.on_accent", "accent.fill"),
    ("text.on_accent", "accent.hover"),
    ("text.on_accent", "accent.pressed"),
    ("text.muted", "accent.tint"),
    ("text.secondary", "accent.tint"),
    ("text.muted", "flow.tint"),
    ("text.primary", "error.tint"),
    ("accent.text", "error.tint"),
    ("text.primary", "bg.hover"),
    ("text.primary", "bg.pressed"),
    ("syntax.number", "flow.mark"),
    ("flow.text", "flow.card"),
]


def _luminance(color: str) -> float:
    channel = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)
    return float(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(a: str, b: str) -> float:
    low, high = sorted((_luminance(a), _luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("index", [0, 1], ids=["dark", "light"])
def test_text_and_graphics_are_readable_on_every_surface(index: int) -> None:
    for names, least in ((_TEXT, 4.5), (_GRAPHICS, 3.0)):
        for name in names:
            for surface in _SURFACES:
                assert _contrast(TOKENS[name][index], TOKENS[surface][index]) >= least - 0.05, (name, surface)
    for text, tint in _TINTS:
        assert _contrast(TOKENS[text][index], TOKENS[tint][index]) >= 4.5, (text, tint)


@pytest.mark.parametrize("index", [0, 1], ids=["dark", "light"])
@pytest.mark.parametrize("colors", [TOKENS, HIGH], ids=["usual", "high"])
def test_a_button_is_seen_to_be_pressed_and_not_only_hovered(colors: dict[str, tuple[str, str]], index: int) -> None:
    steps = [colors[name][index] for name in ("bg.control", "bg.hover", "bg.pressed")]
    assert _contrast(*steps[:2]) >= 1.1 and _contrast(*steps[1:]) >= 1.15
    assert _contrast(colors["text.secondary"][index], steps[2]) >= 4.5  # an icon that it has


@pytest.mark.parametrize("index", [0, 1], ids=["dark", "light"])
def test_in_high_contrast_every_text_has_seven(index: int) -> None:
    assert HIGH.keys() == TOKENS.keys()
    for names, least in ((_TEXT, 7.0), (_GRAPHICS, 4.0), (["line.default"], 3.0), (["line.subtle"], 1.7)):
        for name in names:
            for surface in (*_SURFACES, "bg.hover") if names is _TEXT else _SURFACES:
                assert _contrast(HIGH[name][index], HIGH[surface][index]) >= least, (name, surface)
    for text, tint in _TINTS:
        assert _contrast(HIGH[text][index], HIGH[tint][index]) >= 7.0, (text, tint)


def test_high_contrast_follows_the_system_until_it_is_chosen(monkeypatch) -> None:
    look = theme.Theme("dark")
    assert not look.is_high
    monkeypatch.setattr(theme, "_system_wants_contrast", lambda: True)
    for contrast, is_high in (("usual", False), ("system", True), ("high", True)):
        look.set_contrast(contrast)
        assert look.is_high == is_high
        assert look.color("text.primary").name() == ("#ffffff" if is_high else TOKENS["text.primary"][0].lower())
    assert not theme.fixed(True).is_high


def test_signs_without_colours_are_darker_below_zero_at_every_step(monkeypatch) -> None:
    numbers = np.linspace(-1, 1, 101)[None]
    for is_dark in (True, False):
        hue = _lightness(color_maps.colorize(numbers, "gradient", is_dark=is_dark))
        assert abs(hue[0] - hue[-1]) < 0.25  # by its lightness nobody knows the sign
    monkeypatch.setattr(color_maps, "_looks", {"orders_signs": True})
    shades = _lightness(color_maps.colorize(numbers, "gradient", is_dark=True))
    assert (np.diff(shades) > 0).all() and shades[0] < 0.03 and shades[-1] > 0.8
    table = color_maps.diverging(True)
    for color, is_black in zip(table, dark_ink(table), strict=True):
        assert (
            _contrast("#000000" if is_black else "#FFFFFF", "#" + "".join(f"{part:02x}" for part in color[:3])) >= 4.5
        )


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_a_cell_below_zero_has_a_dash_where_there_is_no_room_for_its_number(qtbot, mode: str) -> None:
    theme.current().set_mode(mode)
    heat_map = MatrixMap("signed")
    qtbot.addWidget(heat_map)
    numbers = np.random.default_rng(0).normal(size=(16, 30))
    heat_map.resize(500, 200)
    heat_map.show()
    heat_map.set_numbers(numbers, (16,), (30,), ("z", "a"))
    camera, area = heat_map.camera, heat_map.area()
    assert heat_map.is_complete and not camera.shows_numbers and camera.cell_height > 9
    image = heat_map.grab().toImage()
    for (row, column), value in np.ndenumerate(numbers):
        x = round(area.left() + (column + 0.5) * camera.cell_width)
        top = round(area.top() + row * camera.cell_height)
        seen = {image.pixelColor(x, y).name() for y in range(top + 3, top + round(camera.cell_height) - 3)}
        if abs(value) > 1e-3:
            assert len(seen) == (2 if value < 0 else 1), (row, column, value)


def _lightness(image: np.ndarray) -> np.ndarray:
    return np.array([_luminance("#" + "".join(f"{part:02x}" for part in color[:3])) for color in image[0]])


@pytest.mark.parametrize("kind", ["value", "gradient"])
@pytest.mark.parametrize("is_dark", [True, False])
def test_the_number_in_a_cell_is_readable_along_the_whole_map(kind: str, is_dark: bool) -> None:
    table = color_maps.diverging(is_dark) if kind == "gradient" else color_maps.VIRIDIS
    for (red, green, blue, _), is_black in zip(table, dark_ink(table), strict=True):
        cell = f"#{red:02x}{green:02x}{blue:02x}"
        assert _contrast("#000000" if is_black else "#FFFFFF", cell) >= 4.5


def test_zero_recedes_into_the_card_and_nan_and_inf_have_colours_of_their_own() -> None:
    image = color_maps.colorize(np.array([[-1.0, 0.0, 1.0, np.nan, np.inf]]), "gradient", is_dark=True)
    hexes = ["#" + "".join(f"{channel:02X}" for channel in pixel[:3]) for pixel in image[0]]
    assert _contrast(hexes[1], TOKENS["bg.raised"][0]) < 1.02
    assert hexes[3] == TOKENS["nan"][0] and hexes[4] == TOKENS["inf"][0]
    assert len(set(hexes)) == 5


def test_every_icon_draws_something(qtbot) -> None:
    for name in icons.names():
        image = icons.icon(name).pixmap(16, 16).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), name


def test_the_shipped_fonts_are_found(qtbot) -> None:
    look = theme.current()
    assert QFontInfo(look.font(12)).family() == "Inter"
    assert QFontInfo(look.mono(12)).family() == "JetBrains Mono"


class _Counting(QLabel):
    """How often it was dressed anew."""

    n_dressed = 0

    def changeEvent(self, event: QEvent) -> None:
        self.n_dressed += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def test_what_lies_deep_in_a_window_is_dressed_as_seldom_as_what_lies_in_none(qtbot, qapp) -> None:
    look = theme.current()
    look.install(qapp, mode="dark", scale=1.0)
    window = QWidget()
    qtbot.addWidget(window)
    inmost = window
    for _ in range(12):
        column = QVBoxLayout(inmost)
        inmost = QWidget()
        column.addWidget(inmost)
    label = _Counting("deep", inmost)
    window.show()
    for change in (lambda: look.set_mode("light"), lambda: look.set_scale(2.0)):
        label.n_dressed = 0
        change()
        assert 1 <= label.n_dressed <= 3
    assert label.palette().windowText().color() == look.color("text.primary")


def test_what_is_put_into_one_thing_after_another_is_dressed_once(qtbot, qapp) -> None:
    look = theme.current()
    look.install(qapp, mode="dark", scale=1.0)
    label = _Counting("deep")
    inmost: QWidget = label
    heard: list[None] = []
    look.changed.connect(lambda: heard.append(None))
    with look.dressing_at_once():
        for _ in range(12):
            around = QWidget()
            QVBoxLayout(around).addWidget(inmost)
            inmost = around
        label.n_dressed = 0
    qtbot.addWidget(inmost)
    assert label.n_dressed == 1 and heard and qapp.styleSheet()
    inmost.show()
    assert label.palette().windowText().color() == look.color("text.primary")


def test_a_sheet_that_a_widget_wears_is_not_put_on_again(qtbot, qapp) -> None:
    look = theme.current()
    look.install(qapp, mode="dark", scale=1.0)
    label = _Counting("worn")
    qtbot.addWidget(label)
    label.show()
    wear(label, "color: #112233;")
    label.n_dressed = 0
    wear(label, "color: #112233;")
    assert label.n_dressed == 0
    wear(label, "color: #445566;")
    assert label.n_dressed >= 1 and label.palette().windowText().color().name() == "#445566"


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_what_an_empty_field_says_is_painted_readably(qtbot, mode: str) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.current().install(app, mode=mode, scale=1.0)
    fields = [QLineEdit(), CodeEditor()]
    for field in fields:
        qtbot.addWidget(field)
        field.setPlaceholderText("MMMM")
        field.resize(200, 60)
        field.show()
        inner = field.grab(field.rect().adjusted(4, 4, -4, -4)).toImage()
        colors = [inner.pixelColor(x, y).name() for x in range(inner.width()) for y in range(inner.height())]
        ground = max(set(colors), key=colors.count)
        assert max(_contrast(color, ground) for color in set(colors)) >= 4.5, (type(field).__name__, mode)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_handle_of_a_slider_is_as_high_as_it_is_wide(qtbot, scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.current().install(app, mode="light", scale=scale)
    try:
        slider = QSlider(Qt.Orientation.Horizontal)
        qtbot.addWidget(slider)
        slider.setValue(50)
        slider.resize(300, slider.sizeHint().height())
        image, handle = slider.grab().toImage(), theme.current().color("text.secondary").name()
        dark = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).name() == handle
        ]
        width, height = (max(places) - min(places) + 1 for places in zip(*dark, strict=True))
        assert abs(width - height) <= 1 and width >= theme.current().px(12) - 3  # its edge is blended
    finally:
        theme.current().install(app, mode="light", scale=1.0)


def test_less_motion_is_taken_back_to_what_the_desktop_has(qapp, monkeypatch) -> None:
    every, fade, slide = Qt.UIEffect.UI_General, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo
    had = [(effect, qapp.isEffectEnabled(effect)) for effect in (fade, slide, every)]
    monkeypatch.setattr(motion, "_first", [])
    qapp.setEffectEnabled(every, True)
    qapp.setEffectEnabled(fade, False)
    qapp.setEffectEnabled(slide, True)
    for is_wanted in (False, True, False):
        motion.reduce(is_wanted)
        assert (qapp.isEffectEnabled(fade), qapp.isEffectEnabled(slide)) == (False, not is_wanted)
    for effect, was_on in had:
        qapp.setEffectEnabled(effect, was_on)


def test_nothing_moves_by_itself_but_what_asks_whether_it_may() -> None:
    moving = re.compile(r"Q(Property|Variant|Sequential\w*|Parallel\w*)Animation|QTimeLine|QMovie|setRange\(0, 0\)")
    of_window = Path(motion.__file__).parents[1].rglob("*.py")
    texts = {path.name: path.read_text(encoding="utf-8") for path in of_window}
    assert not [name for name, text in texts.items() if moving.search(text) and "motion.is_reduced" not in text]


def test_a_mode_that_looks_as_the_one_before_is_told_and_dresses_nothing(qapp: QApplication, monkeypatch) -> None:
    look, dressed, told = theme.current(), [], []
    look.set_mode("system")
    alike, other = ("dark", "light") if look.is_dark else ("light", "dark")
    monkeypatch.setattr(look, "_dress", dressed.append)
    look.changed.connect(tell := lambda: told.append(look.mode))
    for mode in (alike, other, other, "system"):
        look.set_mode(mode)
    look.changed.disconnect(tell)
    assert told == [alike, other, "system"] and len(dressed) == 2


def test_the_line_that_is_shown_stays_in_view_when_letters_grow(qtbot):
    editor = CodeEditor()
    qtbot.addWidget(editor)
    editor.setPlainText("\n".join(f"x{line} = {line}" for line in range(60)))
    editor.resize(400, 300)
    editor.show()
    editor.held.show(30)
    block = editor.document().findBlockByNumber(29)
    for scale in (1.0, 2.0, 1.5):
        theme.current().set_scale(scale)
        row = editor.row_of(block)
        assert row.top() >= 0 and row.bottom() <= editor.viewport().height(), scale
