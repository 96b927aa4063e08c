"""The Qt style sheet, made from the colour tokens."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor

from engine.shared.assets import asset


def style_sheet(color: Callable[[str], QColor], px: Callable[[float], int], *, is_dark: bool) -> str:
    """The style sheet of the whole application for one theme and one scale."""
    mode = "dark" if is_dark else "light"
    down, up = (asset(f"icons/chevron-{way}-{mode}.svg").as_posix() for way in ("down", "up"))
    check = asset("icons/check.svg").as_posix()

    def c(token: str) -> str:
        return color(token).name()

    return f"""
QMainWindow, QMainWindow > QWidget#central {{ background: {c("bg.window")}; }}
QWidget {{ color: {c("text.primary")}; }}
QMainWindow::separator {{ background: {c("bg.window")}; width: 1px; height: 1px; }}
QSplitter::handle {{ background: {c("bg.window")}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QMenuBar {{ background: {c("bg.panel")}; font-size: {px(13)}px; padding: {px(4)}px {px(8)}px; }}
QMenuBar::item {{ padding: {px(6)}px {px(10)}px; border-radius: {px(5)}px; background: transparent; }}
QMenuBar::item:selected {{ background: {c("bg.hover")}; }}
QMenu {{ background: {c("bg.raised")}; border: 1px solid {c("line.default")}; padding: {px(4)}px; }}
QMenu::item {{ padding: {px(6)}px {px(24)}px {px(6)}px {px(12)}px; border-radius: {px(4)}px; }}
QMenu::item:selected {{ background: {c("accent.tint")}; }}
QMenu::item:disabled {{ color: {c("text.muted")}; }}
QMenu::separator {{ height: 1px; background: {c("line.subtle")}; margin: {px(4)}px {px(8)}px; }}
QMenu::icon {{ padding-left: {px(8)}px; }}
QStatusBar {{ background: {c("bg.window")}; color: {c("text.muted")}; font-size: {px(11)}px; }}
QStatusBar QLabel {{ color: {c("text.muted")}; font-size: {px(11)}px; padding: 0 {px(8)}px; }}
QStatusBar::item {{ border: none; }}
QToolTip {{ background: {c("bg.raised")}; color: {c("text.primary")}; border: 1px solid {c("line.default")};
  padding: {px(6)}px; font-size: {px(12)}px; }}
QPushButton, QToolButton[kind="button"] {{ background: {c("bg.control")}; border: none; border-radius: {px(5)}px;
  padding: {px(4)}px {px(12)}px; min-height: {px(20)}px; font-size: {px(12)}px; }}
QPushButton:hover, QToolButton[kind="button"]:hover {{ background: {c("bg.hover")}; }}
QPushButton:pressed {{ background: {c("line.default")}; }}
QPushButton:focus, QToolButton:focus {{ outline: none; border: 1px solid {c("accent.line")}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c("text.muted")}; }}
QPushButton[kind="primary"], QToolButton[kind="primary"] {{ background: {c("accent.fill")}; 
  color: {c("text.on_accent")}; font-weight: 600; }}
QPushButton[kind="primary"]:disabled, QToolButton[kind="primary"]:disabled {{ background: {c("bg.control")};
  color: {c("text.muted")}; }}
QPushButton[kind="stop"] {{ color: {c("error.text")}; }}
QPushButton[kind="stop"]:disabled {{ color: {c("text.muted")}; }}
QPushButton[kind="link"], QToolButton[kind="link"] {{ background: transparent; color: {c("accent.text")}; padding: 0;
  text-align: left; }}
QToolButton {{ background: transparent; border: none; border-radius: {px(5)}px; padding: {px(4)}px; }}
QToolButton:hover {{ background: {c("bg.hover")}; }}
QToolButton:checked {{ background: {c("accent.tint")}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit[kind="field"], QTextEdit[kind="field"] {{
  background: {c("bg.control")}; border: 1px solid {c("line.default")}; border-radius: {px(4)}px;
  padding: {px(3)}px {px(8)}px; min-height: {px(20)}px; selection-background-color: {c("accent.fill")};
  selection-color: {c("text.on_accent")}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{ border-color: {c("accent.line")}; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{ color: {c("text.muted")};
  background: {c("bg.raised")}; }}
QLineEdit[invalid="true"] {{ border-color: {c("error.text")}; }}
QComboBox::drop-down {{ border: none; width: {px(22)}px; }}
QComboBox::down-arrow {{ image: url({down}); width: {px(12)}px; height: {px(12)}px; }}
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {{
  background: transparent; border: none; width: {px(16)}px; }}
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {{ image: url({up}); width: {px(9)}px; height: {px(9)}px; }}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {{ image: url({down}); width: {px(9)}px; height: {px(9)}px; }}
QComboBox QAbstractItemView {{ background: {c("bg.raised")}; border: 1px solid {c("line.default")};
  selection-background-color: {c("accent.tint")}; selection-color: {c("text.primary")}; outline: none; }}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; }}
QCheckBox::indicator, QTreeView::indicator {{
  width: {px(14)}px; height: {px(14)}px; border: 1px solid {c("line.control")};
  border-radius: {px(3)}px; background: {c("bg.panel")}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked {{
  background: {c("accent.fill")}; border-color: {c("accent.fill")};
  image: url({check}); }}
QRadioButton::indicator {{ width: {px(14)}px; height: {px(14)}px; border: 1px solid {c("line.control")};
  border-radius: {px(14) // 2 + 1}px; background: {c("bg.panel")}; }}
QRadioButton::indicator:checked {{ width: {px(14) - 2 * px(4) + 2}px; height: {px(14) - 2 * px(4) + 2}px;
  border: {px(4)}px solid {c("accent.fill")}; background: {c("text.on_accent")}; }}
QRadioButton::indicator:disabled {{ border-color: {c("line.default")}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {c("text.muted")}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c("accent.text")}; }}
QTableView, QListView, QTreeView, QListWidget, QTableWidget {{ background: {c("bg.panel")}; border: none; outline: none;
  gridline-color: {c("line.subtle")}; selection-background-color: {c("accent.tint")};
  selection-color: {c("text.primary")}; }}
QHeaderView {{ background: {c("bg.panel")}; }}
QHeaderView::section {{ background: {c("bg.panel")}; color: {c("text.muted")}; border: none;
  border-bottom: 1px solid {c("line.subtle")}; padding: {px(4)}px {px(6)}px; font-size: {px(11)}px; }}
QTableCornerButton::section {{ background: {c("bg.panel")}; border: none; }}
QScrollArea {{ border: none; background: {c("bg.panel")}; }}
QScrollArea > QWidget > QWidget {{ background: {c("bg.panel")}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {px(10)}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {px(10)}px; margin: 0; }}
QScrollBar::handle {{ background: {c("line.default")}; border-radius: {px(3)}px; margin: {px(2)}px; }}
QScrollBar::handle:vertical {{ min-height: {px(24)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(24)}px; }}
QScrollBar::handle:hover {{ background: {c("line.control")}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
  border: none; width: 0; height: 0; }}
QSlider::groove:horizontal {{ height: {px(4)}px; background: {c("bg.control")}; border-radius: {px(2)}px; }}
QSlider::handle:horizontal {{ background: {c("text.secondary")}; width: {px(12)}px; margin: -{px(4)}px 0;
  border-radius: {px(6)}px; }}
QSlider::sub-page:horizontal {{ background: {c("accent.line")}; border-radius: {px(2)}px; }}
QProgressBar {{ background: {c("bg.control")}; border: none; border-radius: {px(2)}px; max-height: {px(4)}px; }}
QProgressBar::chunk {{ background: {c("accent.line")}; border-radius: {px(2)}px; }}
QDialog {{ background: {c("bg.panel")}; }}
QTabWidget::pane {{ border: none; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {c("text.secondary")}; padding: {px(6)}px {px(12)}px; border: none;
  border-bottom: 2px solid transparent; }}
QMainWindow > QTabBar {{ background: {c("bg.panel")}; qproperty-drawBase: 0; }}
QDockWidget {{ background: {c("line.default")}; }}
QTabBar::tab:selected {{ color: {c("text.primary")}; border-bottom-color: {c("accent.line")}; }}
*[role="panel"] {{ background: {c("bg.panel")}; }}
*[role="raised"] {{ background: {c("bg.raised")}; border-radius: {px(6)}px; }}
*[role="caption"] {{ color: {c("text.muted")}; font-size: {px(11)}px; }}
*[role="secondary"] {{ color: {c("text.secondary")}; }}
*[role="title"] {{ font-weight: 600; font-size: {px(12.5)}px; }}
*[role="error"] {{ color: {c("error.text")}; }}
*[role="warning"] {{ color: {c("warn.text")}; }}
"""
