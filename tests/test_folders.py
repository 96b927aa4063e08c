"""A person's files stay where they are, and are found where the environment says."""

from pathlib import Path

import pytest

from engine.shared import folders


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("VISUALIZER_RUNS", "VISUALIZER_STATE", "VISUALIZER_SETTINGS", "VISUALIZER_CACHE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.skipif("sys.platform != 'linux'", reason="each system has its own customs")
def test_on_linux_the_folders_are_those_of_the_desktop(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folders.runs_folder() == home / ".local/share/visualizer/runs"
    assert folders.state_folder() == home / ".local/state/visualizer"
    assert folders.settings_file() == home / ".config/visualizer/visualizer.ini"
    assert folders.cache_folder() == home / ".cache/visualizer"
    for name in ("data", "state", "config", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(home / "elsewhere" / name))
    assert folders.runs_folder() == home / "elsewhere/data/visualizer/runs"
    assert folders.state_folder() == home / "elsewhere/state/visualizer"
    assert folders.cache_folder() == home / "elsewhere/cache/visualizer"
    assert folders.settings_file() == home / "elsewhere/config/visualizer/visualizer.ini"


def test_a_variable_of_the_program_names_another_place(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUALIZER_RUNS", str(home / "runs"))
    monkeypatch.setenv("VISUALIZER_STATE", str(home / "state"))
    monkeypatch.setenv("VISUALIZER_CACHE", str(home / "cache"))
    monkeypatch.setenv("VISUALIZER_SETTINGS", str(home / "settings.ini"))
    assert (folders.runs_folder(), folders.state_folder()) == (home / "runs", home / "state")
    assert folders.cache_folder() == home / "cache"
    assert folders.settings_file() == home / "settings.ini"
