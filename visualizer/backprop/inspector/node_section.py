"""A part of the inspector about what is selected: it folds, and asks the engine only while open and on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.protocol.graph_values import Node
from engine.protocol.messages import Request
from engine.protocol.program_values import Variable
from engine.shared.language import mark, tr
from visualizer.look import icons, spoken, theme
from visualizer.look.labels import ElidedLabel, Hairline
from visualizer.look.painting import guarded
from visualizer.look.spoken import Words, speak
from visualizer.look.wrapped_label import WrappedLabel

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse
NO_NODE = -1
CONCEALED = mark(
    "A prediction is open, and this would show the answer. Step with it (F10), reveal it without judging (Ctrl+Alt+R), "
    "or switch Predict off (Ctrl+Alt+P)."
)
_PACE_MS = 150  # between two questions: a held key steps on without them


class NodeSection(QWidget):
    """A kind of section has a `title`, says which nodes it is about (`applies_to`) and what it asks of one
    (`request_about`), and shows what came (`show_answer`, `show_failure`) in `body`. What is on screen stays until the
    answer about the next node is there (`is_behind`). One that is about variables, too, says so
    (`applies_to_variable`): a variable is known by its name, a node by its id.

    Signals: `wanted(Request)`: of a node of the graph on screen, whose id is filled in by who sends it;
    `answer_shown()`; `node_chosen(node)`: a link to another node was followed; `folded()`: by the person, or opened.
    """

    accessible_role = QAccessible.Role.Grouping

    title = ""
    comes_with_answer = False  # hidden until there is one that is worth its room
    is_of_pass = False  # it tells gradients of the pass itself, whatever experiment is on screen
    wanted = Signal(object)
    answer_shown = Signal()
    node_chosen = Signal(int)
    folded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it never widens the panel
        self._node: int | str = NO_NODE
        self.slot = 0  # of the outputs of the node, that which is looked at
        self._cell: tuple[int, ...] | None = None
        self._is_stale = False
        self._asked: int | str = NO_NODE  # the node whose answer is awaited
        self._shown: int | str = NO_NODE  # the node that the words on screen are of
        self.shown_name = ""
        self._conceals: Callable[[int], bool] = lambda node: False
        self._tell: Callable[[], None] = lambda: None  # again what it was told last, in the language of now
        self._nodes: dict[int | str, Node | Variable] = {}  # that which is selected, and that whose answer is awaited
        self._pace = QTimer(self, singleShot=True, interval=_PACE_MS)
        self._pace.timeout.connect(self._look)
        self.body = QWidget(self)
        self.column = QVBoxLayout(self.body)
        self._build_head()
        theme.current().changed.connect(self._on_scale)
        self._on_scale()
        spoken.current().changed.connect(self._say_again)
        self.hide()

    def _build_head(self) -> None:
        self._fold = QToolButton(self)
        self._fold.clicked.connect(self._on_fold)
        self._title = ElidedLabel(12.5, "text.primary", weight=600, whole=True, parent=self)
        self._speak_title()
        self.subject = ElidedLabel(12, "text.secondary", mono=True, parent=self)
        self._head = QHBoxLayout()
        self._head.addWidget(self._fold)
        self._head.addWidget(self._title)
        self._head.addWidget(self.subject, 1)
        self._head.addStretch(0)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(Hairline(self))
        self._outer.addLayout(self._head)
        self.caption = text_label(self, "section_caption", "caption")
        self.caption.hide()
        self._outer.addWidget(self.caption)
        self._outer.addWidget(self.body)

    def _speak_title(self) -> None:
        for name_it in (self._title.set_text, self.setAccessibleName):
            speak(name_it, self.title)

    def set_title(self, title: str) -> None:
        """By what it says now."""
        if title != self.title:
            self.title = title
            self._speak_title()
            self._show_fold()

    def _on_fold(self) -> None:
        self.folded.emit()
        self.set_open(is_open=self.body.isHidden())

    def _on_scale(self) -> None:
        look = theme.current()
        self._outer.setSpacing(look.px(4))
        self._head.setContentsMargins(0, look.px(4), 0, 0)
        self._head.setSpacing(look.px(6))
        self.column.setContentsMargins(0, look.px(2), 0, look.px(10))
        self.column.setSpacing(look.px(6))
        self._fold.setIconSize(QSize(look.px(12), look.px(12)))
        self._show_fold()

    def _show_fold(self) -> None:
        is_open = not self.body.isHidden()
        self._fold.setIcon(icons.icon("chevron-down" if is_open else "chevron-right"))
        name = tr(self.title)
        words = tr("Fold “{name}”", name=name) if is_open else tr("Open “{name}”", name=name)
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)
        self.caption.setVisible(is_open and bool(self.caption.text()))

    def _say_again(self) -> None:
        self._show_fold()
        self._tell()

    def set_caption(self, words: str) -> None:
        """What holds of all that it says; "" for nothing."""
        self.caption.setText(words)
        self._show_fold()

    def set_open(self, *, is_open: bool) -> None:
        """Show what it says of a node, or only its head."""
        self.body.setVisible(is_open)
        self._show_fold()
        self.refresh()

    # -- what a kind of section says

    def applies_to(self, node: Node) -> bool:
        """Whether there is something to say of such a node."""
        return not node.is_input

    def applies_to_variable(self, variable: Variable) -> bool:
        """Whether there is something to say of such a variable."""
        return False

    def applies_to_module(self) -> bool:
        """Whether there is something to say of a module that a variable holds."""
        return False

    def request_about(self, node: Any, cell: tuple[int, ...] | None) -> Request:
        """What to ask; `cell` is the one that is selected."""
        raise NotImplementedError

    def show_answer(self, node: Any, answer: Any) -> None:
        """What the engine said of it."""
        raise NotImplementedError

    def show_failure(self, node: Any, sentence: str) -> None:
        """The engine could not answer."""
        raise NotImplementedError

    def forget(self) -> None:
        """There is no node any more that it could be about."""

    # -- what is shown

    def conceal_where(self, conceals: Callable[[int], bool]) -> None:
        """Of which nodes it must not tell what a learner is to predict: it says so in place of its answer."""
        self._conceals = conceals
        self.refresh()

    def show_node(self, node: Node, slot: int = 0) -> None:
        """An output of another node, or of the same one anew: what is on screen stays until its answer comes."""
        if self.applies_to(node):
            self._show_subject(node.id, node, slot)
        else:
            self.show_nothing()

    def show_variable(self, variable: Variable) -> None:
        """As `show_node`, of a variable."""
        if self.applies_to_variable(variable):
            self._show_subject(variable.name, variable)
        else:
            self.show_nothing()

    def show_module(self, module: Variable) -> None:
        """As `show_node`, of a module by the variable that holds it."""
        if self.applies_to_module():
            self._show_subject(module.name, module)
        else:
            self.show_nothing()

    def _show_subject(self, key: int | str, subject: Node | Variable, slot: int = 0) -> None:
        known = self._nodes.get(self._asked)
        self._nodes = ({} if known is None else {self._asked: known}) | {key: subject}
        if (key, slot) != (self._node, self.slot):
            self._node, self.slot, self._cell = key, slot, None
            if self.body.isHidden():
                self.subject.set_text("")  # of the node before; this one is not asked about
        if self.isHidden() and not self.comes_with_answer:
            self.show()
        self.refresh()

    def show_nothing(self) -> None:
        """There is no node that it could be about."""
        self._node, self._asked, self._tell = NO_NODE, NO_NODE, lambda: None
        self.forget()
        self.hide()

    def show_cell(self, cell: tuple[int, ...]) -> None:
        """Of which cell it may say more."""
        if cell != self._cell:
            self._cell = cell
            self.refresh()

    def refresh(self) -> None:
        """The numbers may have changed: they are asked for when they are on screen."""
        if self._node != NO_NODE:
            self._is_stale = True
            self._look()

    def _look(self) -> None:
        """Ask if it is on screen; one that comes with its answer, if what is around it is."""
        self.update()
        if self._comes_soon and self._is_due and not self._pace.isActive():
            QTimer.singleShot(0, self, self._ask)

    @property
    def _comes_soon(self) -> bool:
        around = self.parentWidget()
        return self.comes_with_answer and self.isHidden() and around is not None and around.isVisible()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is on screen is painted."""
        if self._is_due and not self._pace.isActive():
            QTimer.singleShot(0, self, self._ask)

    @property
    def _is_due(self) -> bool:
        return self._is_stale and self._asked == NO_NODE and self._node != NO_NODE and not self.body.isHidden()

    def _ask(self) -> None:
        if self._is_due:
            self._is_stale, self._asked = False, self._node
            self._pace.start()
            self.wanted.emit(self.request_about(self._node, self._cell))

    def is_behind(self, node: int | str | None = None) -> bool:
        """Whether it says something of another node than the one it is about, or is soon to be about."""
        is_shown = self._shown != NO_NODE and not self.isHidden() and not self.body.isHidden()
        return is_shown and self._shown != (self._node if node is None else node)

    @property
    def is_awaited(self) -> bool:
        """Whether it is on screen, and what it says there is still to be asked for or to come."""
        is_seen = self._comes_soon or not self.visibleRegion().isEmpty()
        return is_seen and (self._is_due or self._asked != NO_NODE)

    def head_rect(self) -> QRect:
        """Where its title stands."""
        return self._head.geometry()

    def beside_title(self) -> QRect:
        """What the title leaves of it."""
        title = self._title.geometry()
        return self.head_rect().adjusted(title.right() + self._head.spacing() - self.head_rect().left(), 0, 0, 0)

    # -- answers

    def answered(self, node: int | str, answer: Any) -> None:
        """What the engine answered."""
        known = self._received(node)
        if known is not None and isinstance(node, int) and self._conceals(node):
            self._tell = lambda: self.show_failure(known, tr(CONCEALED))
        elif known is not None:
            self._tell = lambda: self.show_answer(known, answer)
        if known is not None:
            self._tell()
        if self._is_stale:
            self._look()

    def failed(self, node: int | str, why: Words) -> None:
        """The engine could not answer."""
        known = self._received(node)
        if known is not None:
            self._tell = lambda: self.show_failure(known, why())
            self._tell()

    def _received(self, node: int | str) -> Node | Variable | None:
        if node == self._asked:
            self._asked = NO_NODE
        known = self._nodes.get(node) if self._node != NO_NODE else None
        if known is not None:
            self._shown, self.shown_name = node, known.name
            self.answer_shown.emit()
        return known


def text_label(parent: QWidget, name: str, role: str) -> QLabel:
    """Words that wrap and can be copied."""
    label = WrappedLabel(parent, name=name)
    label.setProperty("role", role)
    label.setTextInteractionFlags(label.textInteractionFlags() | _SELECTABLE)
    return label


def say(label: QLabel, text: str) -> None:
    """Empty words take no room."""
    label.setText(text)
    label.setVisible(bool(text))
