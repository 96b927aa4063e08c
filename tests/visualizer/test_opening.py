"""`visualizer FILE`: what the window does with the file or folder that it was given."""

from __future__ import annotations

from pathlib import Path

from engine.runs.config import PRESETS
from engine.runs.run_folder import new_folder
from tests.visualizer.window import answer, box, main_window, until


def test_the_folder_of_a_run_opens_in_the_pretraining_workspace(tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "elsewhere", PRESETS["nano"], "nano")
    with main_window(tmp_path, file=folder.path, is_ready=False) as window:
        until(lambda: window.pretraining.runs.selected is not None, "the run is selected")
        assert window.pretraining.isVisible()
        assert window.pretraining.runs.selected == folder.path.resolve()
        assert window.program.text()  # the editor has its example all the same


def test_another_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    with main_window(tmp_path, file=tmp_path / "photos", is_ready=False) as window:
        complaint = box(window, "complaint")
        folder = tmp_path / "photos"
        assert complaint.text() == f"{folder} is not the folder of a training run: run.json could not be read."
        answer(complaint, "OK")


def test_a_binary_file_is_refused_and_the_example_is_there(tmp_path: Path) -> None:
    file = tmp_path / "weights.py"
    file.write_bytes(b"\0\1\2" * 100)
    with main_window(tmp_path, file=file, is_ready=False) as window:
        complaint = box(window, "complaint")
        assert complaint.text() == "weights.py is a binary file, not a program."
        answer(complaint, "OK")
        assert "import torch" in window.program.text() and window.files.document.path is None
