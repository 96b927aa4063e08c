"""Words in the middle of a room have lines that are about equally long."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QTextDocument
from pytestqt.qtbot import QtBot

from visualizer.look.balanced_label import BalancedLabel, narrowest

FIRST = "Escolha uma predefinição e aperte Iniciar. nano aprende em dois minutos."
REST = "Ou preencha o formulário com um GPT_CONFIG_124M = {…} copiado, com Ctrl+V, ou escolha uma execução à direita."


@pytest.mark.parametrize("width", [410, 560, 700, 1200])
def test_no_last_line_is_a_word_alone_where_others_are_long(qtbot: QtBot, width: int) -> None:
    label = BalancedLabel(name="words")
    qtbot.addWidget(label)
    label.say(FIRST, REST)
    label.resize(width, 400)
    label.show()
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0)
    document.setHtml(label.text())
    document.setTextWidth(width)
    assert document.size().height() > 0  # laid out now
    block = document.begin()
    while block.isValid():
        lines = [block.layout().lineAt(n).naturalTextWidth() for n in range(block.layout().lineCount())]
        assert len(lines) == 1 or lines[-1] > 0.4 * max(lines), (width, lines)
        block = block.next()
    assert label.minimumSizeHint().width() == 0 and label.heightForWidth(width) >= document.size().height()


def test_words_take_no_more_lines_than_in_the_whole_room_and_a_name_in_them_is_text(qtbot: QtBot) -> None:
    label = BalancedLabel(name="words")
    qtbot.addWidget(label)
    metrics = QFontMetrics(label.font())

    def height(width: int) -> int:
        return metrics.boundingRect(0, 0, width, 1 << 20, Qt.TextFlag.TextWordWrap, REST).height()

    for room in (100, 300, 5000):
        assert height(narrowest(REST, metrics, room)) == height(room)
    tied = "GPT_CONFIG_124M\u00a0=\u00a0{…}"
    widest = metrics.horizontalAdvance(tied)
    assert narrowest(f"a {tied} b", metrics, widest + 20) >= widest
    label.say("<b> & so on", "")
    assert "&lt;b&gt; &amp; so on" in label.text()


def test_a_height_that_is_asked_for_again_is_of_the_words_and_the_font_of_now(qtbot: QtBot) -> None:
    label = BalancedLabel(name="words")
    qtbot.addWidget(label)
    label.say(FIRST)
    low = label.heightForWidth(300)
    assert label.heightForWidth(300) == low
    label.say(FIRST, REST)
    more = label.heightForWidth(300)
    font = label.font()
    font.setPixelSize(2 * max(font.pixelSize(), 16))
    label.setFont(font)
    assert low < more < label.heightForWidth(300)
