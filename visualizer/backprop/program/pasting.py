"""What is copied where nothing is selected, and how deep stands what is pasted."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor, QTextDocumentFragment

from engine.shared.language import tr
from visualizer.backprop.program import indentation
from visualizer.look.document_text import as_written

MOST = 2 << 20  # characters, as of a file that is opened


def too_large() -> str:
    """Why a text is not pasted."""
    return tr("What would be pasted is larger than {n_megabytes} MB, which is no program.", n_megabytes=MOST >> 20)


def text_in(source: QMimeData) -> str:
    """What is pasted or dropped, as text: of a web page that brings none, its words."""
    if source.hasText() or not source.hasHtml():
        return source.text()
    return QTextDocumentFragment.fromHtml(source.html()).toPlainText()


def line_of(cursor: QTextCursor) -> str:
    """All of its line, with an end."""
    return as_written(cursor.block().text()) + "\n"


def as_deep_as(cursor: QTextCursor, text: str) -> str:
    """A pasted text as deep as the blank line begins that the caret stands in, its lines among each other as they were;
    as it is in the midst of a line, in a long string, and in the first column where a block may go on."""
    at = QTextCursor(cursor)
    at.setPosition(cursor.selectionStart())
    before = indentation.before(at)
    lines = text.replace("\r\n", "\n").split("\n")
    if before.strip() or indentation.state_at(at.block()) or not lines[0].strip():
        return text
    if not before and (not indentation.of(lines[0]) or _is_in_block(at)):
        return text
    base = indentation.common(line for line in lines if line.strip())
    first, *rest = (line.removeprefix(base) for line in lines)
    told = [line for line in rest if line.strip()]
    if not base and not indentation.of(first) and not _opens(first) and all(map(indentation.of, told)):
        base = indentation.common(told)  # the first was copied from behind its indentation
        rest = [line.removeprefix(base) for line in rest]
    unit = indentation.unit(at.document())
    rest = [_with_spaces(line, unit) for line in rest] if "\t" not in before + unit else rest
    return "\n".join([first, *(before + line if line.strip() else line.strip() for line in rest)])


def _with_spaces(line: str, unit: str) -> str:
    """Its tabs as the text around it indents."""
    before = indentation.of(line)
    return before.replace("\t", unit) + line[len(before) :]


def _is_in_block(cursor: QTextCursor) -> bool:
    """Whether what stands above may go on deeper than the first column."""
    block = cursor.block().previous()
    while block.isValid() and not block.text().strip():
        block = block.previous()
    return block.isValid() and (bool(indentation.of(block.text())) or _opens(block.text()))


def _opens(line: str) -> bool:
    code = line.partition("#")[0].rstrip()
    return code.endswith((":", "\\")) or indentation.opened(code) > 0
