"""A person who types faster than the engine answers waits for the newest answer alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.protocol.hints import AskCall
from engine.protocol.message import Request
from engine.protocol.messages import AskCompletions
from tests.visualizer.window import main_window, run, set_program, standing_still, type_text, until
from visualizer.app.main_window import MainWindow


@pytest.fixture
def window(tmp_path: Path) -> Iterator[MainWindow]:
    with main_window(tmp_path) as made:
        yield made


_LINE = "optimizer = torch.optim.AdamW(model.parameters(), weight_decay=0.1, "


def test_an_engine_that_is_slow_is_asked_the_newest_question_only(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, sent = window.session.engine, list[Request]()
    send = engine.send
    monkeypatch.setattr(engine, "send", lambda request: sent.append(request) or send(request))
    set_program(window, "import torch\n")
    editor = window.program.editor
    editor.go_to(2, 0)
    with standing_still(window):
        type_text(editor, _LINE)
        for kind in (AskCompletions, AskCall):
            assert len([one for one in sent if isinstance(one, kind)]) == 1, kind
    until(lambda: "<u>" in editor.hints.card.words, "the card tells of the parameter that is being written")
    asked = [one for one in sent if isinstance(one, AskCall)]
    assert len(asked) == 2 and asked[-1].text.endswith(f"{_LINE})")
    assert "AdamW" in editor.hints.card.words


def test_the_next_engine_is_asked_though_the_last_one_owes_an_answer(window: MainWindow) -> None:
    set_program(window, "import torch\n")
    editor = window.program.editor
    editor.go_to(2, 0)
    with standing_still(window):
        type_text(editor, "torch.zeros(")
    window.session.engine.kill()
    until(lambda: window.session.state == "ended", "the engine has ended")
    window.do("restart_engine")
    until(lambda: window.session.state == "ready", "another engine is ready")
    type_text(editor, "2, ")
    until(lambda: "torch.zeros" in editor.hints.card.words, "the card tells of the call")


def test_names_that_come_late_are_not_offered_behind_another_dot(window: MainWindow) -> None:
    assert run(window, "import torch\nrows = [1, 2]\n").error is None
    editor = window.program.editor
    with standing_still(window):
        editor.go_to(3, 0)
        type_text(editor, "torch.")
        window.program.set_text("import torch\nrows = [1, 2]\nrows.")
        editor.go_to(3, 5)
    answered: list[object] = []
    window.session.engine.ask(AskCompletions(text="", line=1, column=0), answered.append)
    until(lambda: answered, "the engine has answered what came later")
    assert editor.completions.isHidden()
