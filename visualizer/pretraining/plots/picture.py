"""The plots as they are shown, as the bytes of a PNG or an SVG."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QLabel, QWidget

from engine.shared.language import tr
from visualizer.look import theme
from visualizer.look.elision import elided
from visualizer.look.labels import ElidedLabel
from visualizer.pretraining.plots.panel import TrainingPlots

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PNG_RATIO = 2  # pixels of the file to one of the screen
_DOTS_PER_INCH = 96


def png(panel: TrainingPlots) -> bytes:
    """At twice the size of the screen."""
    image = QImage(panel.splitter.size() * _PNG_RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_PNG_RATIO)
    painter = QPainter(image)
    draw_panel(panel, painter)
    painter.end()
    data, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(data.data())


def svg(panel: TrainingPlots) -> bytes:
    """Lines and words, at the size of the screen."""
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS_PER_INCH)
    generator.setSize(panel.splitter.size())
    generator.setViewBox(QRect(QPoint(0, 0), panel.splitter.size()))
    generator.setTitle(tr("Plots of a training run"))
    painter = QPainter(generator)
    draw_panel(panel, painter)
    painter.end()
    buffer.close()
    return bytes(data.data())


PICTURES: Mapping[str, Callable[[TrainingPlots], bytes]] = {".png": png, ".svg": svg}


def draw_panel(panel: TrainingPlots, painter: QPainter) -> None:
    """Every plot with its title, and the legend, where they stand; no buttons."""
    look = theme.current()
    painter.fillRect(QRectF(QPointF(0, 0), panel.splitter.size().toSizeF()), look.color("bg.panel"))
    name = panel.shown.run.name if panel.shown is not None else ""
    painter.setFont(look.font(13, 600))
    painter.setPen(look.color("text.primary"))
    head = _box(panel, panel.controls)
    head.setHeight(min(head.height(), painter.fontMetrics().height() + look.px(6)))
    painter.drawText(head, _LEFT, tr("{run} · loss in nats per token", run=name) if name else "")
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


def _draw_words(panel: TrainingPlots, label: QLabel | ElidedLabel, painter: QPainter, token: str) -> None:
    if label.isVisible() and label.text():
        look = theme.current()
        painter.setFont(look.font(10.5))
        painter.setPen(look.color(token))
        painter.drawText(_box(panel, label), _LEFT | Qt.TextFlag.TextDontClip, label.text())


def _box(panel: TrainingPlots, widget: QWidget) -> QRectF:
    return QRectF(QPointF(widget.mapTo(panel.splitter, QPoint(0, 0))), QSize(widget.size()).toSizeF())


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer
