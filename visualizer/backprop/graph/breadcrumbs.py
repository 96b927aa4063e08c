"""The modules that the view is inside of, at its upper edge: their own titles are out of sight."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QWidget

from visualizer.backprop.graph.scene import Scene
from visualizer.look import theme
from visualizer.look.spoken import speak


class Breadcrumbs(QWidget):
    """Outermost first; a click shows all of that frame. Emits `wanted(number of the frame)`."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("graph_breadcrumbs")
        speak(self.setAccessibleName, "Modules around what is in view")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # long ones make no canvas wider
        self._shown: tuple[tuple[int, str], ...] = ()
        self.hide()

    def follow(self, scene: Scene | None, view: QRectF) -> None:
        """The camera shows this part of the scene."""
        crumbs = frames_above(scene, view) if scene is not None else ()
        if crumbs == self._shown:
            return
        self._shown = crumbs
        while (item := self._row.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        for place, (number, title) in enumerate(crumbs):
            if place:
                self._add(QLabel("›", self))
            button = QToolButton(self, objectName=f"crumb_{number}")
            button.setText(title)
            speak(button.setToolTip, "Show all of {title}", title=title)
            button.clicked.connect(lambda _checked=False, number=number: self.wanted.emit(number))
            self._add(button)
        self.place()
        self.setVisible(bool(crumbs))

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        widget.show()  # a layout shows it later, and takes no room for it before

    def place(self) -> None:
        """All along the upper edge of the canvas: a card below it ends as at the edge of the canvas, and is not struck
        out by a sign in the middle of its name."""
        look = theme.current()
        self._row.setContentsMargins(look.px(8), look.px(2), look.px(8), look.px(2))
        self.setGeometry(0, 0, self.parentWidget().width(), self._row.sizeHint().height())


def frames_above(scene: Scene, view: QRectF) -> tuple[tuple[int, str], ...]:
    """Number and title of every module's frame that the middle of the view is in while its title is out of it."""
    found: list[tuple[int, str]] = []
    around: list[str] = []
    for number, frame in enumerate(scene.shown.frames):
        if not frame.fold or not scene.layout.frames[number]:
            continue
        box = QRectF(*scene.layout.frames[number])
        head = QRectF(box.left(), box.top(), min(box.width(), view.width() / 3), scene.layout.heads[number])
        if box.contains(view.center()) and not view.contains(head):
            known = max((len(title) + 1 for title in around if frame.title.startswith(f"{title}.")), default=0)
            title = frame.title[known:]
            found.append((number, f"{title} {frame.subtitle}" if title.isdecimal() else title))  # as it is in a list
            around.append(frame.title)
    return tuple(found)
