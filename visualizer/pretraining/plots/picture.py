"""The plots as they are shown, as the bytes of a PNG or an SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from engine.shared.language import tr
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.labels import ElidedLabel
from visualizer.look.svg_text import with_families, with_widths
from visualizer.pretraining.plots.panel import TrainingPlots

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PNG_RATIO = 2  # pixels of the file to one of the screen
_DOTS_PER_INCH = 96
_LEAST_WIDTH, _LEAST_HEIGHT = 900, 700  # pixels at 100 %


def png(panel: TrainingPlots) -> bytes:
    """At twice the size of the screen."""
    with _with_room(panel) as drawn:
        image = QImage(drawn.splitter.size() * _PNG_RATIO, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_PNG_RATIO)
        painter = QPainter(image)
        draw_panel(drawn, painter)
        painter.end()
    data, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())


def svg(panel: TrainingPlots) -> bytes:
    """Lines and words, at the size of the screen: as wide in whatever fonts a reader has."""
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS_PER_INCH)
    generator.setTitle(tr("Plots of a training run"))
    with _with_room(panel) as drawn:
        generator.setSize(drawn.splitter.size())
        generator.setViewBox(QRect(QPoint(0, 0), drawn.splitter.size()))
        painter = QPainter(generator)
        draw_panel(drawn, painter)
        painter.end()
    buffer.close()
    return with_widths(with_families(bytes(data.data())))


PICTURES: Mapping[str, Callable[[TrainingPlots], bytes]] = {".png": png, ".svg": svg}


@contextmanager
def _with_room(panel: TrainingPlots) -> Iterator[TrainingPlots]:
    """The same plots in a panel that no one sees, with room for legend and captions however small the window is."""
    shown, axis, look = panel.shown, panel.axis, theme.current()
    made = TrainingPlots()
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    try:
        made.resize(panel.splitter.size().expandedTo(QSize(look.px(_LEAST_WIDTH), look.px(_LEAST_HEIGHT))))
        if shown is not None:
            made.set_weight(shown.weight)
            made.set_unit(shown.unit)
            made.show_curves(shown.run, shown.overlays)
        made.loss.set_log_y(panel.loss.is_log_y)
        made.norm.set_log_y(panel.norm.is_log_y)
        made.loss.set_without_outliers(panel.loss.leaves_outliers_out)
        made.axis.take(axis)
        made.show()
        made.note.say(panel.note.text())
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        yield made
    finally:
        made.hide()
        made.deleteLater()


def draw_panel(panel: TrainingPlots, painter: QPainter) -> None:
    """Every plot with its title, and the legend, where they stand; no buttons."""
    look = theme.current()
    painter.fillRect(QRectF(QPointF(0, 0), panel.splitter.size().toSizeF()), look.color("bg.panel"))
    name = panel.shown.run.name if panel.shown is not None else ""
    painter.setFont(look.font(13, 600))
    painter.setPen(look.color("text.primary"))
    head = _box(panel, panel.controls)
    head.setHeight(min(head.height(), painter.fontMetrics().height() + look.px(6)))
    words = tr("{run} · loss in nats per token", run=name) if name else ""
    painter.drawText(head, _LEFT, elided(painter.fontMetrics(), words, head.width()))
    _draw_words(panel, panel.findings, painter, "text.primary", 11.5)
    _draw_at(panel, panel.legend, painter, panel.legend.draw_on)
    _draw_words(panel, panel.note, painter, "warn.text")
    _draw_at(panel, panel.loss, painter, panel.loss.draw_on)
    for small in panel.small:
        _draw_at(panel, small.plot, painter, small.plot.draw_on)
        box = _box(panel, small)
        box.setHeight(_box(panel, small.plot).top() - box.top())
        painter.setFont(look.font(11.5, 600))
        painter.setPen(look.color("text.primary"))
        value = painter.fontMetrics().horizontalAdvance(small.value.text()) + look.px(8)
        title = elided(painter.fontMetrics(), tr(small.title), round(box.width() - value), Qt.TextElideMode.ElideRight)
        painter.drawText(box, _LEFT, title)
        painter.drawText(box, _RIGHT, small.value.text())
        _draw_words(panel, small.caption, painter, "flow.text")


def _draw_at(panel: TrainingPlots, widget: QWidget, painter: QPainter, draw: Callable[[QPainter], None]) -> None:
    if widget.isVisible():
        painter.save()
        painter.translate(_box(panel, widget).topLeft())
        draw(painter)
        painter.restore()


def _draw_words(
    panel: TrainingPlots, label: QLabel | ElidedLabel, painter: QPainter, token: str, px: float = 10.5
) -> None:
    if label.isVisible() and label.text():
        look = theme.current()
        painter.setFont(look.font(px))
        painter.setPen(look.color(token))
        flags = _LEFT | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextWordWrap
        painter.drawText(_box(panel, label), flags, label.text())


def _box(panel: TrainingPlots, widget: QWidget) -> QRectF:
    return QRectF(QPointF(widget.mapTo(panel.splitter, QPoint(0, 0))), QSize(widget.size()).toSizeF())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer
