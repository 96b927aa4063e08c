"""What is remembered between two starts, and what a damaged settings file does."""

from __future__ import annotations

import inspect
import os
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QWidget

from engine.protocol.invocation import Invocation
from visualizer.app.settings import MOST_BUDGET, Settings
from visualizer.app.settings_trouble import SettingsTrouble
from visualizer.backprop.graph.export.choice import ExportChoice
from visualizer.backprop.workspace import BackpropWorkspace
from visualizer.model.engine_process import DEFAULT_COMMAND

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VISUALIZER_SETTINGS", str(tmp_path / "settings.ini"))
    return tmp_path / "settings.ini"


def reopened(settings: Settings) -> Settings:
    settings._store.sync()
    return Settings()


def test_a_first_start_has_defaults(path):
    settings = Settings()
    assert (settings.theme_mode, settings.scale, settings.workspace) == ("system", 1.0, 0)
    assert settings.last_file is None
    assert settings.engine_command == DEFAULT_COMMAND
    assert settings.state("geometry") is None
    assert settings.lights_way


def test_the_language_is_the_chosen_one_else_the_systems_else_english(path, monkeypatch):
    settings = Settings()
    assert settings.language == "en"
    monkeypatch.setenv("LC_ALL", "pt_PT.UTF-8")
    assert settings.language == "pt_BR"
    settings.language = "en"
    assert reopened(settings).language == "en"
    settings.language = "xx"
    assert reopened(settings).language == "pt_BR"


def test_everything_comes_back(path):
    settings = Settings()
    settings.theme_mode, settings.scale, settings.workspace = "light", 1.5, 1
    settings.last_file = Path("/a folder/naïve program.py")
    settings.set_state("docks", QByteArray(bytes(range(256))))
    settings.lights_way = False
    settings.contrast, settings.orders_signs = "high", True
    again = reopened(settings)
    assert not again.lights_way
    assert again.contrast == "high" and again.orders_signs
    assert (again.theme_mode, again.scale, again.workspace) == ("light", 1.5, 1)
    assert again.last_file == Path("/a folder/naïve program.py")
    assert again.state("docks").data() == bytes(range(256))
    again.last_file = None
    assert reopened(again).last_file is None


def test_the_engine_may_be_started_by_another_command(path):
    path.write_text("[General]\nengine_command=\"ssh gpu-box 'my python' -P -m engine serve\"\n")
    assert Settings().engine_command == ("ssh", "gpu-box", "my python", "-P", "-m", "engine", "serve")


@pytest.mark.parametrize(
    "text",
    [
        "[General]\ntheme_mode=purple\ncontrast=7\nscale=large\nworkspace=7\nengine_command=\nlast_file=\n[state]\ndocks=5\n",
        "[General\nscale=\n=\n",
        "\x00\x01\x02 no settings at all",
    ],
)
def test_a_damaged_file_means_defaults(path, text):
    path.write_text(text)
    settings = Settings()
    assert (settings.theme_mode, settings.scale, settings.workspace) == ("system", 1.0, 0)
    assert settings.engine_command == DEFAULT_COMMAND
    assert settings.state("docks") is None and settings.last_file is None
    assert settings.contrast == "system" and not settings.orders_signs


@pytest.mark.parametrize("text", ["nan", "inf", "-3", "0", "1e9"])
def test_no_scale_makes_the_window_unusable(path, text):
    path.write_text(f"[General]\nscale={text}\n")
    assert 0.75 <= Settings().scale <= 2.5


def test_an_engine_command_with_an_open_quote_is_ignored(path):
    path.write_text("[General]\nengine_command=python -c 'print\n")
    assert Settings().engine_command == DEFAULT_COMMAND


@pytest.mark.parametrize("saved", [b"", b"nonsense", bytes(range(256)) * 4])
def test_a_damaged_layout_is_the_first_layout(qtbot, saved):
    panels = _panels()
    workspace = BackpropWorkspace(QWidget(), panels)
    qtbot.addWidget(workspace)
    workspace.resize(1200, 800)
    workspace.restore_layout(QByteArray(saved))
    workspace.show()
    qtbot.waitUntil(lambda: panels["program"].width() > 300)
    hidden = {name for name, panel in panels.items() if not panel.isVisible()}
    assert hidden == {"outline", "health", "breakpoints", "predict"}, "that open when they are wanted"


def test_a_layout_comes_back(qtbot):
    first, second = (BackpropWorkspace(QWidget(), _panels()) for _ in range(2))
    for workspace in (first, second):
        qtbot.addWidget(workspace)
        workspace.resize(1200, 800)
    first.show()
    qtbot.waitUntil(lambda: first.docks["program"].width() > 300)
    first.docks["queue"].close()
    second.restore_layout(first.save_layout())
    second.show()
    assert not second.docks["queue"].isVisible() and second.docks["program"].isVisible()


def _panels() -> dict[str, QWidget]:
    names = "program variables outline health console inspector queue breakpoints predict timeline"
    return {name: QWidget() for name in names.split()}


def test_an_export_is_remembered_but_not_from_where_to_where_it_went(path):
    settings = Settings()
    choice = ExportChoice(what="pass", film=".mp4", look="light", has_thumbnails=False, last=9, folder="/a/ä")
    settings.export_choice = choice
    assert reopened(settings).export_choice == structs.replace(choice, first=0, last=-1)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"what": "moon"}', '{"longest_px": -4}', '{"look": 3}'])
def test_a_damaged_export_is_the_default(path, text):
    settings = Settings()
    settings._store.setValue("export", text)
    assert reopened(settings).export_choice == ExportChoice()


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"a.py":"b"}', '{"a.py":[1000000000000,3]}', '{"a.py":[-5,3]}', '{"a.py":' + "[" * 100_000]
)
def test_a_damaged_place_of_a_cursor_is_the_start(path, text):
    settings = Settings()
    settings._store.setValue("carets", text)
    assert settings.caret(Path("a.py")) == (0, 0)
    settings.set_caret(Path("a.py"), (3, 4))
    assert settings.caret(Path("a.py")) == (3, 4)


def test_a_file_whose_name_is_no_text_is_remembered(path):
    settings, strange = Settings(), Path(os.fsdecode(b"/tmp/\xff \xe9.py"))
    settings.last_file = settings.runs_folder = strange
    settings.set_caret(strange, (3, 4))
    settings.set_invocation(strange, Invocation(arguments=("a",)))
    again = reopened(settings)
    assert again.last_file == again.runs_folder == again.recent_files[0] == strange
    assert again.caret(strange) == (3, 4) and again.invocation(strange) == Invocation(arguments=("a",))


ABSURD = (
    "", "[", "{}", "[1]", "null", '"', "@Invalid()", "@ByteArray(\\xff)", "a, b", "9" * 30, "9" * 5000, "-1e999", "nan",
    "[" * 100_000, '{"a":' * 10_000, '{"run": "\\ud800"}',
)  # fmt: skip


@pytest.mark.parametrize("absurd", ABSURD, ids=lambda text: text[:12])
def test_whatever_a_hand_writes_for_a_setting_is_one_or_as_at_first(path, absurd):
    """Of each: it can be read, what is read can be set, and it comes back."""
    for name, one in inspect.getmembers(Settings, lambda member: isinstance(member, property)):
        for key in ("recorded_bytes", "passes_bytes") if name == "budgets" else (KEYS.get(name, name),):
            path.write_text(f"[General]\n{key}={absurd}\n")
            settings = Settings()
            read = getattr(settings, name)
            if one.fset is not None and name != "export_choice":
                setattr(settings, name, read)
                assert getattr(reopened(settings), name) == read, name
    assert Settings().budgets.recorded_bytes <= MOST_BUDGET


KEYS = {"export_choice": "export", "engine_command_text": "engine_command", "system_language": "language"}


def test_of_a_file_that_a_later_version_has_written_what_is_known_holds_and_the_rest_stays(path):
    path.write_text(
        '[General]\ntheme_mode=sepia\nscale=1.25\nshows_dreams=true\nkeys={"dream": "F3"}\n[dreams]\ndepth=3\n'
    )
    settings = Settings()
    assert (settings.theme_mode, settings.scale) == ("system", 1.25)
    settings.contrast = "high"
    assert reopened(settings).contrast == "high"
    assert {"shows_dreams=true", "[dreams]", "depth=3"} <= set(path.read_text().splitlines())


def test_a_file_that_cannot_be_written_or_read_is_said_once(qtbot, path):
    path.mkdir(parents=True)
    parent, said = QObject(), []
    settings = Settings()
    SettingsTrouble(settings, lambda words: said.append(words()), parent)
    assert said == [f"{path} cannot be written: what you choose holds until the window closes."]
    settings.theme_mode = "light"
    assert settings.theme_mode == "light"
    path.rmdir()
    path.write_text("theme_mode=dark\n===\n[[[\n")
    settings = Settings()
    SettingsTrouble(settings, lambda words: said.append(words()), parent)
    assert said[1:] == [f"{path} is damaged: what cannot be read of it is as at first."]
    path.unlink()
    settings = Settings()
    watched = SettingsTrouble(settings, lambda words: said.append(words()), parent)
    assert len(said) == 2
    path.unlink(missing_ok=True)
    path.mkdir()
    settings.scale = 1.5
    qtbot.waitUntil(lambda: len(said) == 3)
    assert "cannot be written" in said[2]
    settings.scale = 1.25
    watched.look()
    assert len(said) == 3
