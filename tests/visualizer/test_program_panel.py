"""Programs in the whole window: typed, run, failed, asked, printed; one live namespace, as the engine keeps it."""

from __future__ import annotations

from html import unescape

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from tests.engine.test_program_lesson import BLOCKS
from tests.visualizer.window import (
    answer,
    click,
    main_window,
    press,
    run,
    said,
    set_program,
    standing_still,
    start,
    type_text,
    until,
    value,
    widget,
)
from visualizer.app.main_window import MainWindow
from visualizer.backprop.program import line_results
from visualizer.backprop.program.paste import stripped
from visualizer.backprop.tensor_builder.dialog import TensorBuilder
from visualizer.look.spoken import use_language


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with main_window(tmp_path_factory.mktemp("window")) as window:
        yield window


@pytest.fixture
def window(opened: MainWindow) -> MainWindow:
    """The shared window, with an empty console and program and nothing running."""
    if opened.session.is_busy:
        opened.session.start_engine()
    until(lambda: opened.session.state == "ready", "the engine is ready")
    opened.stack.setCurrentIndex(0)
    opened.console.clear()
    set_program(opened, "")
    return opened


def names_offered(window: MainWindow) -> list[str]:
    offered = window.program.editor.completions
    return [offered.item(row).text() for row in range(offered.count())] if offered.isVisible() else []


def marked(window: MainWindow) -> list[str]:
    """The underlined sub-expressions."""
    return [text for mark in window.program.editor.extraSelections() if (text := mark.cursor.selectedText())]


def test_a_typed_program_runs_and_each_line_shows_its_result(window: MainWindow) -> None:
    type_text(
        window.program.editor, "import torch\nn = 3\nx = torch.ones(2, n)\ns = (x * 2).sum()\nprint('hello', n)\ns\n"
    )
    assert run(window).error is None
    shown = [window.program.result_text(line) for line in range(1, 7)]
    assert shown[1:4] == ["3", "f32 (2, 3)", "12.000"] and shown[5] == "12.000", shown
    assert window.console.text() == "hello 3\n"
    assert said(window).startswith("Ran in ")


def test_lines_inside_a_loop_show_what_they_left_last_until_one_of_them_changes(window: MainWindow) -> None:
    editor, results = window.program.editor, window.program.editor.results
    loop = "for i in range(12):\n    total += i\n    if i % 4 == 0:\n        j = i\n"
    run(window, f"total = 0\n{loop}if total:\n    k = 1")
    shown = [window.program.result_text(line) for line in range(1, 8)]
    assert shown == ["0", "12 times, i = 11", "66", "3 of 12 times", "8", "True", "1"]
    use_language("pt_BR")
    words = window.program.result_text(2), line_results.tip(results.shown[2])
    use_language("en")
    assert words[0] == "12 vezes, i = 11" and "última vez" in words[1]
    cursor = QTextCursor(editor.document().findBlockByNumber(2))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    editor.setTextCursor(cursor)
    type_text(editor, " * 2")
    until(lambda: {line for line, one in results.shown.items() if one.is_stale} == set(range(1, 7)), "they are stale")
    for _ in range(4):
        press(window, "Backspace")
    until(lambda: not any(one.is_stale for one in results.shown.values()), "they are as they ran")


def test_names_come_from_the_live_namespace(window: MainWindow) -> None:
    assert (
        run(window, "import torch\nweights_of_layer = torch.zeros(4, 2)\nwei\nweights_of_layer.req").error is not None
    )
    press(window, "Ctrl+End")
    set_program(window, "")
    type_text(window.program.editor, "y = wei")
    until(lambda: "weights_of_layer" in names_offered(window), "the engine's names are offered")
    press(window, "Tab")
    assert window.program.text() == "y = weights_of_layer"
    type_text(window.program.editor, ".requires")
    until(lambda: "requires_grad_" in names_offered(window), "attributes are offered")
    assert set(names_offered(window)) == {"requires_grad", "requires_grad_"}
    press(window, "Down")
    press(window, "Return")
    assert window.program.text() == "y = weights_of_layer.requires_grad_"
    type_text(window.program.editor, "()\n")
    type_text(window.program.editor, "torch.nn.functional.cross_en")
    until(lambda: "cross_entropy" in names_offered(window), "functions of torch are offered")
    press(window, "Escape")


def test_typing_goes_on_while_the_program_runs_and_names_come_then_too(window: MainWindow) -> None:
    finished = start(window, "known_name = 1\nimport time\nwhile True: time.sleep(0.01)\n")
    until(lambda: window.program.result_text(1), "the first line has run")
    press(window, "Ctrl+End")
    type_text(window.program.editor, "know")
    until(lambda: "known_name" in names_offered(window), "names are offered while the program runs")
    press(window, "Escape")
    press(window, "Ctrl+.")
    until(lambda: finished, "it ends")


@pytest.mark.parametrize(
    ("before", "line", "expression", "words"),
    [
        (
            "h = torch.ones(4, 5)\nW3 = torch.ones(4, 2)\n",
            "bad = torch.relu(h @ W3)",
            "h @ W3",
            ("(4, 5)", "(4, 2)", "h @ W3"),
        ),
        (
            "a = torch.ones(2, 3)\nb = torch.ones(4)\n",
            "ação = '😀'; c = torch.tanh(a + b)",
            "a + b",
            ("(2, 3)", "(4,)", "a + b"),
        ),
        ("", "x = [1, 2][5]", "[1, 2][5]", ("IndexError", "out of range")),
        ("", "größe = undefined_name + 1", "undefined_name", ("undefined_name",)),
    ],
)
def test_an_error_underlines_the_columns_and_what_ran_before_stays(
    window: MainWindow, before: str, line: str, expression: str, words: tuple[str, ...]
) -> None:
    text = f"import torch\nkept = 41\n{before}{line}\nafter = 1\n"
    error = run(window, text).error
    assert error is not None
    assert marked(window) == [expression]
    assert all(word in window.program.error_bar.sentence for word in words), window.program.error_bar.sentence
    assert window.program.error_bar.isVisible() and said(window) == error.sentence
    assert value(window, "kept") == "41" and not value(window, "after")
    place = window.program.findChild(QPushButton, "error_place")
    column = line.encode("utf-16-le").index(expression.encode("utf-16-le")) // 2
    press(window, "Ctrl+Home")
    click(place)
    cursor = window.program.editor.textCursor()
    assert (cursor.block().text(), cursor.positionInBlock()) == (line, column)
    assert run(window, "kept += 1").error is None
    assert value(window, "kept") == "42" and not window.program.error_bar.isVisible() and marked(window) == []


@pytest.mark.parametrize("keys", ["Delete", "Shift+Down", "x"])
def test_the_sentence_of_an_error_goes_with_its_line(window: MainWindow, keys: str) -> None:
    error = run(window, "a = 1\nb = missing + 1\nc = 2\n").error
    bar, place = window.program.error_bar, window.program.findChild(QPushButton, "error_place")
    assert error is not None and place.text() == "line 2, columns 5–11"
    press(window, "Ctrl+Home", window.program.editor)
    type_text(window.program.editor, "# above\n")
    assert bar.isVisible() and place.text() == "line 3, columns 5–11"
    assert marked(window) == ["missing"]
    click(place)
    press(window, "Home")
    if keys == "Shift+Down":  # the whole line
        press(window, keys)
        press(window, "Delete")
    else:
        press(window, keys)
    assert not bar.isVisible() and bar.sentence == "" and marked(window) == []


def test_another_line_may_be_edited_while_an_error_is_read(window: MainWindow) -> None:
    run(window, "a = 1\nb = missing + 1\nc = 2\n")
    press(window, "Ctrl+End", window.program.editor)
    type_text(window.program.editor, "d = 3")
    assert window.program.error_bar.isVisible() and marked(window) == ["missing"]


def test_a_syntax_error_is_placed_and_nothing_runs(window: MainWindow) -> None:
    error = run(window, "ran = 1\né = (1 +\n").error
    assert error is not None and error.type_name == "SyntaxError"
    assert not value(window, "ran") and window.program.error_bar.isVisible()
    assert error.place.line == 2


def test_run_continues_and_restart_and_run_clears(window: MainWindow) -> None:
    assert run(window, "count = 1").error is None
    assert run(window, "count += 1").error is None
    assert value(window, "count") == "2"
    finished = start(window, "fresh = 'count' not in globals()", "Ctrl+Shift+R")
    until(lambda: finished, "it runs in a fresh engine")
    assert value(window, "fresh") == "True" and not value(window, "count")


def test_the_lesson_runs_block_by_block_in_one_session(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(BLOCKS[0])
    press(window, "Ctrl+V")
    assert window.program.banner.isVisible()
    answer(window.program.banner, "Strip it")
    assert window.program.text() == stripped(BLOCKS[0])
    for number, block in enumerate(BLOCKS):
        finished = run(window, None if number == 0 else block)
        assert finished.error is None, finished.error
    printed = [line for line in window.console.text().splitlines() if not line.startswith("▶ ")]  # when each run began
    assert printed == ["torch.int64", "torch.float32", "torch.Size([2, 2])"]
    assert window.program.result_text(1) == "i64 (2, 2)"
    assert "requires" in window.session.graph.reason.text


def test_a_pasted_configuration_opens_in_the_form(window: MainWindow) -> None:
    text = """GPT_CONFIG_124M = {
"vocab_size": 50257, // Vocabulary size of the BPE tokenizer
"context_length": 256, // Context length
"emb_dim": 96, // Embedding dimension
"n_heads": 6, // Number of attention heads
"n_layers": 3, // Number of layers
"drop_rate": 0.1, // Dropout rate: 10%
"qkv_bias": False // Query-Key-Value bias
}"""
    QGuiApplication.clipboard().setText(text)
    press(window, "Ctrl+V")
    until(window.program.banner.isVisible, "the configuration is recognised")
    assert "GPT configuration" in widget(window, QLabel, "banner_text").text()
    assert run(window).error is not None  # it is no Python
    answer(window.program.banner, "Open in Pretraining")
    assert window.stack.currentIndex() == 1
    until(lambda: window.pretraining.draft.config is not None, "the form has read it")
    model = window.pretraining.draft.config.model
    assert (model.context_length, model.emb_dim, model.n_heads, model.n_layers) == (256, 96, 6, 3)
    window.stack.setCurrentIndex(0)
    assert window.program.text() == text


def test_input_asks_in_the_console(window: MainWindow) -> None:
    finished = start(window, "name = input('Wie heißt du? ')\nprint(f'Hallo, {name}!')\nagain = input()\n")
    until(lambda: window.session.state == "input", "it asks")
    assert window.console.text() == "Wie heißt du? "
    field = window.console.field
    assert field.isVisible() and QGuiApplication.focusObject() is field
    type_text(field, "Ada ✓\n")
    until(lambda: window.session.state == "input" and "Hallo" in window.console.text(), "it asks again")
    assert window.console.text() == "Wie heißt du? Ada ✓\nHallo, Ada ✓!\n"
    type_text(field, "42\n")
    until(lambda: finished, "it ends")
    assert finished[0].error is None and (value(window, "name"), value(window, "again")) == ("'Ada ✓'", "'42'")
    assert not field.isVisible()


def test_a_question_goes_with_its_engine(window: MainWindow) -> None:
    start(window, "input('Still there? ')")
    until(window.console.field.isVisible, "it asks")
    window.actions_by_id["restart_engine"].trigger()
    assert not window.console.field.isVisible()


def test_children_and_c_code_write_to_the_console(window: MainWindow) -> None:
    text = """import ctypes, os, subprocess, sys
os.system("echo from the shell")
subprocess.run([sys.executable, "-c", "import sys; print('from a child', file=sys.stderr)"])
ctypes.CDLL(None).puts(b"from C")
os.write(1, b"raw\\n")
"""
    assert run(window, text).error is None
    text = window.console.text()  # line ends of the two streams may mix, as on a terminal
    assert all(words in text for words in ("from the shell", "from a child", "from C", "raw\n"))


def test_a_million_lines_leave_the_console_bounded(window: MainWindow) -> None:
    finished = start(window, "for i in range(1_000_000): print(i)\nlast = i\n")
    until(lambda: finished, "all of them are printed")
    text = window.console.text()
    assert finished[0].error is None and value(window, "last") == "999999"
    assert text.endswith("\n999998\n999999\n")
    assert widget(window, QPlainTextEdit, "console_text").blockCount() <= 20_000
    assert "1,000,000 lines" in window.console.state_text()


def test_real_python_stays_real(window: MainWindow) -> None:
    text = """from __future__ import annotations
import inspect, torch
from torch.utils.data import DataLoader, Dataset

class Squares(Dataset):
    def __len__(self): return 8
    def __getitem__(self, i: NotDefinedAnywhere) -> int: return i * i

source = inspect.getsource(Squares)
total = int(sum(batch.sum() for batch in DataLoader(Squares(), batch_size=2, num_workers=2)))
named = __name__
"""
    assert run(window, text).error is None
    assert value(window, "total") == "140" and value(window, "named") == "'__main__'"
    assert run(window, "def later(x: AlsoNotDefined): return x\nok = later(3)").error is None
    assert value(window, "ok") == "3"


def test_run_is_refused_in_one_sentence_while_a_program_runs(window: MainWindow) -> None:
    finished = start(window, "import time\nwhile True: time.sleep(0.01)")
    until(lambda: window.session.state == "running", "it runs")
    assert not window.program.run_button.isEnabled() and window.program.stop_button.isEnabled()
    press(window, "Ctrl+Return")
    assert window.program.text() == "import time\nwhile True: time.sleep(0.01)"
    click(window.program.stop_button)
    until(lambda: finished, "it ends")
    assert window.program.run_button.isEnabled() and finished[0].interrupted


def test_run_button_and_key_do_the_same(window: MainWindow) -> None:
    set_program(window, "clicked = 7")
    finished = []
    window.session.program_finished.connect(finished.append)
    QTest.mouseClick(window.program.run_button, Qt.MouseButton.LeftButton)
    until(lambda: finished, "it runs")
    assert value(window, "clicked") == "7" and window.program.text() == "clicked = 7"


def test_what_a_run_did_without_a_word_stands_under_it_until_the_next(window: MainWindow) -> None:
    text = """import torch
x = torch.tensor(2.0, requires_grad=True)
y = x * 3
y.register_hook(lambda g: g * 0)
(y ** 2).backward()"""
    assert run(window, text).error is None
    assert window.program.notice_bar.sentences == [
        "The hook y.register_hook(lambda g: g * 0) changed the gradient that arrived: its norm was 12.000 and became 0."
    ]
    window.program.editor.go_to(1, 0)
    click(widget(window, QPushButton, "notice_place_0"))
    assert window.program.editor.textCursor().blockNumber() == 3
    run(window, "x = 1")
    assert window.program.notice_bar.sentences == []


def test_an_error_of_many_lines_is_whole_and_leaves_room_for_the_program(window: MainWindow) -> None:
    text = """import torch
net = torch.nn.TransformerEncoder(torch.nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 3)
net.load_state_dict({"bogus": torch.ones(1)})"""
    assert run(window, text).error is not None
    label = widget(window, QLabel, "error_text")
    assert label.text().endswith('Unexpected key(s) in state_dict: "bogus".')
    until(lambda: label.height() >= label.heightForWidth(label.width()), "the label has room for its text")
    editor = window.program.editor
    assert editor.viewport().height() >= 5 * editor.fontMetrics().lineSpacing()
    assert "\n" not in said(window)
    run(window, "1 / 0")
    assert label.parentWidget().height() <= 2 * label.fontMetrics().lineSpacing()


def test_lines_that_read_a_file_bring_the_imports_that_are_missing_and_go_with_one_undo(window):
    panel = window.program
    panel.set_text("import torch  # first\nx = 1")
    panel.editor.moveCursor(QTextCursor.MoveOperation.End)
    panel.insert_lines(("a = np.load('a')", "b = torch.from_numpy(a)"), ("import numpy as np", "import torch"))
    assert panel.text() == "import numpy as np\nimport torch  # first\nx = 1\na = np.load('a')\nb = torch.from_numpy(a)"
    panel.insert_lines(("c = np.load('c')",), ("import numpy as np",))
    assert panel.text().count("import numpy as np") == 1 and panel.text().endswith("c = np.load('c')")
    panel.editor.undo()
    panel.editor.undo()
    assert panel.text() == "import torch  # first\nx = 1"


def rest_mouse_on(window: MainWindow, word: str) -> None:
    """As Qt tells of a mouse that rests on the first place of a word."""
    editor = window.program.editor
    cursor = editor.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 1)
    place = editor.cursorRect(cursor).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, editor.viewport().mapToGlobal(place))
    QApplication.sendEvent(editor.viewport(), event)


def test_the_mouse_on_a_name_shows_its_value_and_on_a_function_how_it_is_called(window: MainWindow) -> None:
    run(window, "import torch\nweights = torch.arange(6.0).reshape(2, 3)")
    card = window.program.editor.hints.card
    rest_mouse_on(window, "weights")
    until(lambda: "(2, 3) f32" in card.words, "the value is shown")
    press(window, "Escape")
    assert card.isHidden()
    rest_mouse_on(window, "reshape")
    until(lambda: "*shape" in card.words and "same data" in card.words, "the signature and its words are shown")
    press(window, "Right")
    assert card.isHidden()


def test_a_parameter_and_a_name_in_a_formatted_string_are_told_of_in_the_language(window: MainWindow) -> None:
    set_program(window, 'def scaled(rows, times=2):\n    return rows * times\n\nprint(f"{scaled}")')
    use_language("pt_BR")
    card = window.program.editor.hints.card
    for name, words in (("rows", "parâmetro"), ("scaled}", "Só pelo texto: não tem valor agora.")):
        rest_mouse_on(window, name)
        until(lambda words=words: words in card.words, f"{name} is told of")
        press(window, "Escape")


def test_a_call_that_is_typed_shows_its_parameters_and_marks_the_one_that_is_due(window: MainWindow) -> None:
    set_program(window, "import torch\n")
    press(window, "Ctrl+End")
    card = window.program.editor.hints.card
    for typed, due in (("y = torch.cat(", "tensors"), ("[], ", "dim=0"), ("out=", "out=None")):
        type_text(window.program.editor, typed)
        until(lambda due=due: f"<b><u>{due}</u></b>" in card.words, f"{due} is marked")
    type_text(window.program.editor, "None)")
    until(card.isHidden, "the call is whole")
    press(window, "Left")
    press(window, "Ctrl+Shift+Space")
    until(lambda: "<b><u>out=None</u></b>" in card.words, "the key asks again")


def test_the_card_of_a_call_stays_where_its_next_line_scrolls_the_text(window: MainWindow) -> None:
    set_program(window, "import torch\n" + "x = 1\n" * 200)
    press(window, "Ctrl+End")
    card = window.program.editor.hints.card
    type_text(window.program.editor, "y = torch.cat(\n[],\n")
    until(lambda: "<b><u>dim=0</u></b>" in card.words, "the second parameter is marked")
    window.program.editor.verticalScrollBar().setValue(0)
    assert card.isHidden()


def test_arguments_and_keys_are_offered_by_their_names(window: MainWindow) -> None:
    assert run(window, "import torch\nkept = {'loss': 1, 'layers.0.weight': 2}\n").error is None
    editor = window.program.editor
    press(window, "Ctrl+End")
    type_text(editor, "torch.randn(3, requires")
    until(lambda: editor.completions.isVisible(), "names are offered")
    assert editor.completions.item(0).text() == "requires_grad="
    press(window, "Tab")
    type_text(editor, "True)\nkept['layers.0.we")
    until(lambda: editor.completions.isVisible(), "keys are offered")
    press(window, "Tab")
    assert editor.text().endswith("torch.randn(3, requires_grad=True)\nkept['layers.0.weight']")


def test_the_arrows_turn_to_other_ways_to_call_a_function(window: MainWindow) -> None:
    set_program(window, "import torch\n")
    press(window, "Ctrl+End")
    card = window.program.editor.hints.card
    type_text(window.program.editor, "y = torch.sum(")
    until(lambda: "1 of 2 ways to call it" in card.words, "the first of two ways")
    first = card.words
    press(window, "Down")
    assert "2 of 2 ways to call it" in card.words and "<b><u>input</u></b>" in card.words
    assert "keepdim=False" in card.words and window.program.editor.textCursor().blockNumber() == 1
    press(window, "Down")
    assert card.words == first
    press(window, "Up")
    type_text(window.program.editor, "x, ")
    until(lambda: "2 of 2" in card.words and "<b><u>dim</u></b>" in card.words, "the way that was turned to stays")
    press(window, "Escape")
    assert card.isHidden()


def test_what_is_looked_for_has_room_where_the_panel_is_low(window: MainWindow) -> None:
    set_program(window, "\n".join(f"line = {number}" for number in range(30)))
    size = window.size()
    window.resize(1000, 500)
    press(window, "Ctrl+H")
    large = window.backprop.large
    bar = window.program.find_bar
    until(lambda: large.name == "program" and bar.height() >= bar.sizeHint().height(), "the bar has its height")
    assert bar.field.hasFocus()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not large.name and window.program.editor.hasFocus()
    window.resize(size)


def test_names_are_answered_while_a_pass_is_held(window: MainWindow) -> None:
    text = "import torch\nwidth = torch.ones(3, requires_grad=True)\nloss = width.sum()\nloss.backward()"
    start(window, text, "Ctrl+Shift+Return")
    until(lambda: window.session.state == "paused", "the pass is held")
    window.program.editor.go_to(2, 1)
    press(window, "Ctrl+I")
    until(lambda: "(3,) f32" in window.program.editor.hints.card.words, "the value is shown")
    press(window, "F5")
    until(lambda: window.session.state == "ready", "the pass is done")


def test_a_tensor_builder_that_is_closed_before_its_preview_comes_hears_no_more_of_it(window: MainWindow) -> None:
    window.do("build_tensor")
    builder = window.findChild(TensorBuilder)
    assert builder is not None
    asked: list[str] = []
    builder.preview_wanted.connect(asked.append)
    with standing_still(window):
        widget(window, QLineEdit, "builder_shape").setText("2, 2")
        until(lambda: asked, "it asks, once typing has come to rest")
        builder.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert window.findChild(TensorBuilder) is None
    assert run(window, "x = 1").error is None


def test_values_are_told_in_the_language_and_those_of_python_as_python_writes_them(window: MainWindow) -> None:
    run(
        window,
        "import torch\nnet = torch.nn.Linear(3, 4)\nvalues = {'a': 1.5, 'b': [1, 2]}\nx = torch.tensor([0.25])\n",
    )
    use_language("pt_BR")
    card = window.program.editor.hints.card
    for name, words in (("net", "Linear, 16 parâmetros"), ("values", "{'a': 1.5000, 'b': [1, 2]}"), ("x", "0,2500")):
        rest_mouse_on(window, f"{name} =")
        until(lambda words=words: words in unescape(card.words), f"{name} is told of")
        press(window, "Escape")
