"""What leaves the plots: pictures, a table of their numbers, and what differs between the chosen runs."""

import csv
import math
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QProgressDialog, QWidget

from tests.named_targets import check_refuses, check_writes
from tests.visualizer.test_training_plots import curves
from tests.visualizer.training_folders import TINY, write_run
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.pretraining.comparison import ComparisonDialog, differing
from visualizer.pretraining.curves import Overlay
from visualizer.pretraining.formatting import exact_loss
from visualizer.pretraining.plots import table
from visualizer.pretraining.plots.exporter import PlotsExport
from visualizer.pretraining.plots.panel import TrainingPlots
from visualizer.pretraining.workspace import PretrainingWorkspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the offscreen platform of any window


@pytest.fixture
def plots(qtbot):
    theme.current().set_mode("light")
    made = TrainingPlots()
    qtbot.addWidget(made)
    made.resize(920, 780)
    made.show()
    qtbot.waitExposed(made)
    loss = curves().loss.copy()
    loss[99] = np.nan
    changes = {"loss": loss, "val_step": np.array([0.0, 100.0]), "val_tokens": np.array([0.0, 51200.0])}
    changes["val_loss"] = np.array([10.8, 5.5])
    made.show_curves(curves("run, one", **changes), (Overlay(curves("two", 500), "cat.reduction"),))
    return made


@pytest.fixture
def export(plots):
    made = PlotsExport(plots, plots)
    yield made
    made.close()


def test_a_png_has_twice_the_pixels_and_the_colours_of_every_run(plots, export, tmp_path):
    with_said = []
    export.said.connect(lambda say: with_said.append(say()))
    export.write(tmp_path / "plots.png", ".png")
    image = QImage(str(tmp_path / "plots.png"))
    assert (image.width(), image.height()) == (1840, 1560) and with_said == [
        f"The plots are in {tmp_path / 'plots.png'}."
    ]
    seen = {image.pixel(x, y) for x in range(0, 1840, 2) for y in range(0, 1560, 2)}
    assert theme.current().color("cat.reduction").rgb() in seen and theme.current().color("accent.line").rgb() in seen


def test_an_svg_holds_lines_and_words(plots, export, tmp_path):
    export.write(tmp_path / "plots.svg", ".svg")
    text = (tmp_path / "plots.svg").read_text()
    root = ElementTree.fromstring(text)
    assert root.attrib["viewBox"].split()[2:] == ["920", "780"]
    for words in ("run, one", "Gradient norm", "two", "validation"):
        assert words in text
    assert "<image" not in text
    assert "text[font-family='Inter']{font-family:'Inter','Helvetica Neue',Arial" in text
    widths = dict(re.findall(r'textLength="([\d.]+)"[^>]*>([^<]+)<', text)).items()
    assert len(re.findall("<text ", text)) == len(re.findall("textLength", text))
    assert any(words == "Gradient norm" and 60 < float(width) < 120 for width, words in widths)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_picture_has_its_legend_and_its_size_however_small_the_window_is(plots, export, tmp_path, scale):
    theme.current().install(QApplication.instance(), mode="dark", scale=scale)
    try:
        plots.resize(400, 300)
        plots.axis.set_log(True)
        plots.loss.set_log_y(True)
        plots.loss.set_without_outliers(True)
        plots.log_norm.setChecked(True)
        plots.axis.zoom(10, 100)
        export.write(tmp_path / "plots.svg", ".svg")
        export.write(tmp_path / "plots.png", ".png")
        text, image = (tmp_path / "plots.svg").read_text(), QImage(str(tmp_path / "plots.png"))
        for words in (
            "run, one · loss in nats per token",
            "two",
            "validation",
            "train, smoothed 0.95",
            "Gradient norm",
        ):
            assert words in text
        assert image.width() >= 1800 * scale and image.height() >= 1400 * scale
        rendered, painted = QSvgRenderer(str(tmp_path / "plots.svg")), QImage(image.size(), image.format())
        painter = QPainter(painted)
        rendered.render(painter)
        painter.end()
        assert rendered.isValid() and image.pixelColor(2, 2) == painted.pixelColor(2, 2)
        assert image.pixelColor(2, 2) == theme.current().color("bg.panel")
        assert plots.axis.range == (10, 100) and plots.loss.is_log_y  # the window shows what it did
    finally:
        theme.current().install(QApplication.instance(), mode="light", scale=1.0)


def test_a_table_has_the_visible_records_of_every_run_and_every_validation(qtbot, plots, export, tmp_path):
    plots.axis.zoom(0, 150)
    with qtbot.waitSignal(export.said):
        export.write(tmp_path / "plots.csv", ".csv")
    with (tmp_path / "plots.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    one = [row for row in rows if row["run"] == "run, one"]
    assert [int(row["step"]) for row in one] == [*range(1, 151), 0]
    assert one[-1]["validation_loss"] == "10.8" and one[-1]["loss"] == ""
    assert one[99]["validation_loss"] == "5.5" and math.isnan(float(one[99]["loss"]))
    run, smoothed = plots.shown.run, plots.shown.smoothed(plots.shown.run).values
    assert float(one[41]["loss"]) == run.loss[41] and float(one[41]["loss_smoothed_0.95"]) == smoothed[41]
    assert float(one[41]["hours"]) == run.hours[41]
    assert len([row for row in rows if row["run"] == "two"]) == 150
    assert [path.name for path in tmp_path.iterdir()] == ["plots.csv"]


def test_a_table_that_is_cancelled_leaves_nothing(qtbot, plots, export, tmp_path):
    assert table.n_parts(plots.shown, 0, 3000) == 3
    export.write(tmp_path / "plots.csv", ".csv")
    dialog = plots.findChild(QProgressDialog, "plots_export")
    assert dialog.maximum() == 3
    dialog.canceled.emit()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".png", ".svg", ".csv"])
def test_what_cannot_be_written_is_said(plots, export, tmp_path, suffix):
    export.write(tmp_path / "gone" / f"plots{suffix}", suffix)
    box = plots.findChild(QMessageBox, "complaint")
    assert "could not be written" in box.text()
    box.close()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".csv"])
def test_links_stay_and_what_is_protected_or_no_file_is_left_alone(qtbot, plots, export, tmp_path, suffix):
    def write(path: Path) -> None:
        with qtbot.waitSignal(export.said):
            export.write(path, suffix)

    def refused(path: Path) -> str:
        export.write(path, suffix)
        box = plots.findChild(QMessageBox, "complaint")
        words = box.text()
        box.close()
        box.setParent(None)
        return words

    for name, check, act in (("written", check_writes, write), ("refused", check_refuses, refused)):
        (tmp_path / name).mkdir()
        check(tmp_path / name, suffix, act)


def test_the_button_asks_where_and_in_which_format(qtbot, plots, export, tmp_path):
    plots.export_wanted.connect(export.ask)
    shown = [action for action in plots.controls.export.menu().actions() if action.isVisible()]
    actions = {action.text(): action for action in shown}
    assert list(actions) == ["PNG picture…", "SVG drawing…", "CSV table…"]
    actions["SVG drawing…"].trigger()
    dialog = plots.findChild(QFileDialog)
    assert dialog.defaultSuffix() == "svg"
    dialog.fileSelected.emit(str(tmp_path / "chosen.svg"))
    assert (tmp_path / "chosen.svg").exists()
    dialog.reject()


def test_only_what_differs_is_listed_and_the_equal_ones_are_counted():
    rows, n_equal = differing([{"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "4"}])
    assert rows == [("b", ("2", "4")), ("c", ("3", "–"))] and n_equal == 1


@pytest.mark.parametrize("n_runs", [2, 13])
def test_every_number_of_a_comparison_is_whole_however_many_runs_there_are(qtbot, n_runs: int) -> None:
    names = [f"shakespeare-nano-{place}" for place in range(n_runs)]
    runs = [{"corpus": "tiny-shakespeare", "learning_rate": f"{place}e-4"} for place in range(n_runs)]
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ComparisonDialog(parent, names, lambda: runs, lambda: [{"tokens": "1,234,567,890"}] * n_runs)
    dialog.show()
    qtbot.waitExposed(dialog)
    table, header = dialog.table, dialog.table.horizontalHeader()
    for column in range(table.columnCount()):
        assert table.columnWidth(column) >= max(table.sizeHintForColumn(column), header.sectionSizeHint(column))
    assert (table.horizontalScrollBar().maximum() == 0) == (n_runs == 2)
    if n_runs == 2:  # and all the room is theirs
        assert header.length() == table.viewport().width()


def test_long_words_of_one_run_do_not_take_the_numbers_of_another_out_of_sight(qtbot) -> None:
    names = ["shakespeare-custom-1-at-200", "shakespeare-custom-1"]
    runs = [{"origin": "branch of shakespeare-custom-1 at step 200", "n": "1,234,567,890"}, {"origin": "–", "n": "2"}]
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ComparisonDialog(parent, names, lambda: runs)
    dialog.show()
    qtbot.waitExposed(dialog)
    table = dialog.table
    assert table.horizontalScrollBar().maximum() == 0
    number = QFontMetrics(table.item(1, 1).font()).horizontalAdvance("1,234,567,890")
    assert all(table.columnWidth(at) > number + 24 for at in (1, 2))
    assert table.item(0, 1).toolTip().endswith("branch of shakespeare-custom-1 at step 200")
    assert table.horizontalHeaderItem(1).toolTip() == names[0]
    dialog.reject()


def test_chosen_runs_are_compared_in_a_table_that_can_be_copied(qtbot, tmp_path: Path):
    other = msgspec.structs.replace(TINY, learning_rate=3e-4, batch_size=4)
    for name, config in (("first", TINY), ("second", other)):
        write_run(tmp_path / name, 20, config=config)
    window = PretrainingWorkspace(root=tmp_path)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.open_run(tmp_path / "first")
    qtbot.waitUntil(lambda: window.plots.shown is not None)
    assert not window.plots.controls.compare.isVisible()
    window.plots.comparison_wanted.emit()
    alone = window.findChild(ComparisonDialog)
    assert alone.findChild(QLabel, "comparison_words").text().startswith("Lay another run over the plots first")
    alone.reject()
    QApplication.sendPostedEvents(alone, 0)
    qtbot.waitUntil(lambda: window.findChild(ComparisonDialog) is None)
    window.runs.set_overlay(tmp_path / "second", True)
    qtbot.waitUntil(lambda: window.plots.controls.compare.isVisible())
    qtbot.mouseClick(window.plots.controls.compare, Qt.MouseButton.LeftButton)
    dialog = window.findChild(ComparisonDialog)
    results = dict(dialog.rows[:8])
    assert list(results)[:2] == ["best validation loss", "at step"]
    for place, run in enumerate(each.curves for each in window.runs.chosen()):
        assert results["newest training loss"][place] == exact_loss(run.loss[-1])
        assert results["steps"][place] == str(int(run.step[-1]))
        best = int(run.val_loss.argmin()) if len(run.val_loss) else -1
        assert results["best validation loss"][place] == ("–" if best < 0 else exact_loss(run.val_loss[best]))
        assert results["at step"][place] == ("–" if best < 0 else str(int(run.val_step[best])))
    assert dialog.rows[8:] == [
        ("learning_rate", ("6e-4", "3e-4")),
        ("batch_size", ("2", "4")),
        ("tokens per step", ("32", "64")),
    ]
    assert dialog.words.text().endswith("other settings are equal.")
    next(each for each in dialog.findChildren(type(window.header.start_button)) if each.text() == "Copy").click()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [
        "result or setting\tfirst\tsecond",
        "\t".join(("best validation loss", *results["best validation loss"])),
    ]
    assert "learning_rate\t6e-4\t3e-4" in QGuiApplication.clipboard().text().splitlines()
    dialog.reject()
    window.close()


def test_a_spreadsheet_with_a_decimal_comma_has_a_table_of_its_own_where_the_language_writes_one(
    qtbot, plots, export, tmp_path
):
    actions = plots.controls.export.menu().actions()
    assert [action.isVisible() for action in actions] == [True, True, True, False]
    use_language("pt_BR")
    try:
        assert all(action.isVisible() for action in actions)
        for suffix in (".csv", ";.csv"):
            with qtbot.waitSignal(export.said):
                export.write(tmp_path / f"{len(suffix)}.csv", suffix)
    finally:
        use_language("en")
    plain = list(csv.reader((tmp_path / "4.csv").open(encoding="utf-8")))
    text = (tmp_path / "5.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")  # by which a spreadsheet knows UTF-8
    local = list(csv.reader(text.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert local[0] == plain[0] and local[1][0] == "run, one"
    assert [[cell.replace(",", ".") for cell in row[1:]] for row in local] == [row[1:] for row in plain]
    assert "," in local[1][4] and "." not in local[1][4]
