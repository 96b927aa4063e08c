"""A recorded pass is exported as an animation or as pictures: read back, every frame shows its moment."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject

from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.protocol.graph_values import Graph
from tests.named_targets import check_refuses, check_writes
from tests.visualizer.graph_demo import card, gpt2_graph, lesson_graph
from visualizer.backprop.graph.color_by import NO_VALUE
from visualizer.backprop.graph.export.choice import FRAMES, ExportChoice
from visualizer.backprop.graph.export.dialog import ExportDialog
from visualizer.backprop.graph.export.encoder import Encoder
from visualizer.backprop.graph.export.encoding import EncodingRequest, pack
from visualizer.backprop.graph.export.film import Film, frame_size, span
from visualizer.backprop.graph.export.gif_writer import palette_of
from visualizer.backprop.graph.panel import GraphPanel
from visualizer.look import theme
from visualizer.look.spoken import use_language
from visualizer.look.tokens import TOKENS
from visualizer.model.history import BackwardHistory
from visualizer.model.recording import Recording

NEAR = 6  # of 255: as far as a palette or a video may be from a colour


def recorded(nodes: list[int], graph: int = 1) -> Recording:
    """A finished pass that ran these nodes."""
    history = BackwardHistory()
    steps = tuple(BackwardStep(place, node, 1.0 + place) for place, node in enumerate(nodes))
    history.take(BackwardState(1, graph, "finished", "loss.backward()", n_needed=len(nodes)), steps)
    recording = history.recording
    assert recording is not None
    return recording


def show(qtbot, panel: GraphPanel, graph: Graph, *, answers: bool = True) -> None:
    """The graph, laid out, before something that answers what its cards ask for."""
    nodes = {node.id: node for node in graph.nodes}
    if answers:
        panel.cards_wanted.connect(lambda _graph, ids, _slots: panel.set_cards(tuple(card(nodes[i]) for i in ids)))
    panel._selection.set_graph(graph)
    panel.set_graph(graph)
    qtbot.waitUntil(lambda: panel.canvas.scene is not None and panel.canvas.scene.shown.graph is graph)


@pytest.fixture
def recording() -> Recording:
    return recorded(list(range(1, 10)))


@pytest.fixture
def lesson(qtbot, panel: GraphPanel, recording: Recording) -> GraphPanel:
    """The lesson's graph at the end of its pass."""
    show(qtbot, panel, lesson_graph())
    panel.set_backward(recording.view(recording.newest))
    return panel


def export(qtbot, panel: GraphPanel, path: Path, recording: Recording, **chosen) -> str:
    """What is said once it has ended."""
    choice = ExportChoice(**{"what": "pass", **chosen})
    with qtbot.waitSignal(panel.status) as said:
        panel.export(path, choice, recording)
    return said.args[0]()


def gif(path: Path) -> tuple[list[np.ndarray], list[int]]:
    """Frames (height, width, 3), and how long each is shown in ms."""
    frames, durations_ms = [], []
    with Image.open(path) as image:
        assert image.info["loop"] == 0
        for number in range(image.n_frames):
            image.seek(number)
            frames.append(np.asarray(image.convert("RGB")))
            durations_ms.append(image.info["duration"])
    return frames, durations_ms


def mp4(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        assert stream.pix_fmt == "yuv420p" and stream.width % 2 == stream.height % 2 == 0
        assert stream.codec_context.name in ("h264", "mpeg4")
        return [frame.to_ndarray(format="rgb24") for frame in file.decode(stream)]


def at_card(panel: GraphPanel, frame: np.ndarray, number: int) -> np.ndarray:
    """The colour of a card's ground, between its stripe and its left edge."""
    scene = panel.canvas.scene
    zoom = frame.shape[1] / scene.bounds.width()
    rect = scene.rect(number).translated(-scene.bounds.topLeft())
    return frame[round((rect.top() + 40) * zoom), round((rect.left() + 16) * zoom)].astype(int)


def is_near(color: np.ndarray, token: str, column: int = 0) -> bool:
    wanted = [int(TOKENS[token][column][place : place + 2], 16) for place in (1, 3, 5)]
    return bool(np.abs(color - wanted).max() <= NEAR)


def shows_every_moment(panel: GraphPanel, frames: list[np.ndarray], column: int = 0) -> None:
    """Before the first node, at each of the nine, and at the end: the card of the node that runs is the one marked."""
    assert len(frames) == 11 and len({frame.shape for frame in frames}) == 1
    for position, frame in enumerate(frames):
        marked = [number for number in range(9) if is_near(at_card(panel, frame, number), "flow.card", column)]
        assert marked == ([position - 1] if 1 <= position <= 9 else []), position
    assert (frames[0] != frames[-1]).any()


@pytest.mark.parametrize(("look", "column"), [("dark", 0), ("light", 1)])
def test_a_gif_shows_every_moment_of_the_pass_in_its_look(qtbot, lesson, recording, tmp_path, look, column) -> None:
    said = export(qtbot, lesson, tmp_path / "a.gif", recording, look=look, steps_per_second=4.0)
    assert said == f"Exported the pass to {tmp_path / 'a.gif'}, 11 frames."
    frames, durations_ms = gif(tmp_path / "a.gif")
    assert durations_ms == [250] * 10 + [1500], "the last is held before it begins again"
    assert max(frames[0].shape) == ExportChoice().longest_px
    shows_every_moment(lesson, frames, column)
    assert is_near(frames[0][2, 2].astype(int), "bg.canvas", column)
    assert [path.name for path in tmp_path.iterdir()] == ["a.gif"]


def test_an_mp4_shows_every_moment_of_the_pass_and_plays_anywhere(qtbot, lesson, recording, tmp_path) -> None:
    assert "11 frames" in export(qtbot, lesson, tmp_path / "a.mp4", recording, longest_px=640)
    shows_every_moment(lesson, mp4(tmp_path / "a.mp4"))
    data = (tmp_path / "a.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "it can play before all of it has come"


def test_pictures_are_numbered_in_a_folder_of_their_own(qtbot, lesson, recording, tmp_path) -> None:
    (tmp_path / "frames").mkdir()
    assert "11 frames" in export(qtbot, lesson, tmp_path / "frames", recording, film=FRAMES, longest_px=640)
    paths = sorted((tmp_path / "frames").iterdir())
    assert [path.name for path in paths] == [f"frame-{number:04d}.png" for number in range(1, 12)]
    frames = [np.asarray(Image.open(path)) for path in paths]
    shows_every_moment(lesson, frames)
    again = export(qtbot, lesson, tmp_path / "frames", recording, film=FRAMES)
    assert again == f"{tmp_path / 'frames'} is there already: choose a new or an empty folder."
    assert [path.name for path in tmp_path.iterdir()] == ["frames"]


def test_an_animation_leaves_window_and_pass_where_they_are(qtbot, lesson, recording, tmp_path) -> None:
    lesson.set_backward(recording.view(4))
    canvas = lesson.canvas
    before = canvas.camera.zoom, canvas.camera.x, canvas.states.version, canvas.states.view, canvas.scene
    export(qtbot, lesson, tmp_path / "a.gif", recording, look="light", is_following=True, longest_px=640)
    assert before == (canvas.camera.zoom, canvas.camera.x, canvas.states.version, canvas.states.view, canvas.scene)
    assert theme.current().is_dark


def test_an_animation_stays_in_the_language_in_which_it_began(qtbot, lesson, recording, tmp_path) -> None:
    export(qtbot, lesson, tmp_path / "a.gif", recording)
    words = lesson.overlays.exporting.words
    with qtbot.waitSignal(lesson.status) as said:
        lesson.export(tmp_path / "b.gif", ExportChoice(what="pass"), recording)
        qtbot.waitUntil(lambda: words.text().startswith("Exporting frame") and "frame 0" not in words.text())
        use_language("pt_BR")
    use_language("en")
    assert "b.gif" in said.args[0]()
    for one, other in zip(gif(tmp_path / "a.gif")[0], gif(tmp_path / "b.gif")[0], strict=True):
        assert np.array_equal(one, other)


def test_part_of_a_pass(qtbot, lesson, recording, tmp_path) -> None:
    export(qtbot, lesson, tmp_path / "a.gif", recording, first=2, last=4, longest_px=640)
    frames = gif(tmp_path / "a.gif")[0]
    assert len(frames) == 3
    assert all(is_near(at_card(lesson, frame, place), "flow.card") for place, frame in enumerate(frames, 1))


def test_without_thumbnails_no_frame_has_the_colours_of_values(lesson, recording) -> None:
    film = Film(lesson.canvas.scene, recording, ExportChoice(what="pass"), lambda position: None)
    n_colors = []
    for has_thumbnails in (True, False):
        film.begin(lesson._book, has_thumbnails=has_thumbnails)
        image = film.paint(5)
        n_colors.append(len({image.pixel(x, y) for x in range(0, 600, 3) for y in range(0, 600, 3)}))
    assert n_colors[0] > n_colors[1] + 20


def test_colours_by_gradient_norm_come_with_the_pass(qtbot, lesson, recording) -> None:
    lesson.colors.choose("norm")
    colors = lesson.colors.over(lesson.canvas.scene, recording)
    for position in (0, 3, 10, 1):  # in any order
        coloring = colors(position)
        assert coloring is not None
        known = [number for number in range(9) if coloring.shades[number] != NO_VALUE]
        assert known == list(range(min(position, 9))), position
    assert len(set(colors(10).shades[:9])) > 4
    lesson.colors.choose("category")
    assert lesson.colors.over(lesson.canvas.scene, recording)(5) is None


def test_an_animation_that_follows_has_the_current_card_well_inside(lesson, recording) -> None:
    scene = lesson.canvas.scene
    film = Film(scene, recording, ExportChoice(what="pass", is_following=True, longest_px=640), lambda position: None)
    film.begin(lesson._book, has_thumbnails=True)
    for position in range(film.first, film.last + 1):
        assert film.paint(position).size() == film.size
        step = recording.step(position)
        if step is not None:
            rect = film._camera.rect_to_widget(scene.rect(int(scene.shown.card_of[scene.index_of[step.node]])))
            assert film._frame.contains(rect), position


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(0, -1, (0, 10)), (3, 5, (3, 5)), (8, 99, (8, 10)), (7, 2, (2, 2))]
)
def test_a_range_stays_within_the_pass(recording, first, last, expected) -> None:
    assert span(recording, ExportChoice(what="pass", first=first, last=last)) == expected


def test_a_recording_does_not_grow_with_its_pass() -> None:
    history = BackwardHistory()
    history.take(BackwardState(1, 1, "paused", "loss.backward()", n_needed=2), (BackwardStep(0, 1, 1.0),))
    recording = history.recording
    history.take(BackwardState(1, 1, "finished", "loss.backward()", n_needed=2), (BackwardStep(1, 2, 1.0),))
    assert recording.newest == 1 and recording.step(2) is None and history.recording.newest == 3
    history.clear()
    assert recording.view(1).current == 1


def test_a_frame_has_even_sides_and_never_is_a_thread(lesson) -> None:
    scene = lesson.canvas.scene
    for longest_px in (641, 963):
        size = frame_size(scene, ExportChoice(what="pass", longest_px=longest_px))
        assert size.width() % 2 == size.height() % 2 == 0
    scene.bounds.setWidth(40)
    size = frame_size(scene, ExportChoice(what="pass", longest_px=640))
    assert size.width() >= 0.29 * size.height()


def test_it_can_be_cancelled_and_an_old_file_stays(qtbot, panel, tmp_path) -> None:
    graph = gpt2_graph(2, number=1002)
    show(qtbot, panel, graph)
    (tmp_path / "a.mp4").write_bytes(b"old")
    said: list[str] = []
    panel.status.connect(lambda say: said.append(say()))
    panel.export(
        tmp_path / "a.mp4", ExportChoice(what="pass"), recorded([node.id for node in graph.nodes if not node.is_input])
    )
    qtbot.waitUntil(lambda: panel.overlays.exporting.words.text().startswith("Exporting frame"))
    qtbot.waitUntil(panel.overlays.exporting.isVisible)
    panel.overlays.exporting.button.click()
    assert said == ["The export was cancelled: nothing was written."]
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp4"] and (tmp_path / "a.mp4").read_bytes() == b"old"


@pytest.mark.parametrize(("what", "suffix"), [("pass", ".gif"), ("graph", ".svg")])
def test_links_stay_and_what_is_protected_or_no_file_is_left_alone(
    qtbot, lesson, recording, tmp_path, what, suffix
) -> None:
    for name, check in (("written", check_writes), ("refused", check_refuses)):
        (tmp_path / name).mkdir()
        check(tmp_path / name, suffix, lambda path: export(qtbot, lesson, path, recording, what=what, last=2))


def test_failures_are_one_sentence_and_leave_nothing(qtbot, lesson, recording, tmp_path, monkeypatch) -> None:
    assert "GIF" not in export(qtbot, lesson, tmp_path / "a.webp", recording)
    missing = export(qtbot, lesson, tmp_path / "no" / "a.gif", recording)
    assert missing == f"{tmp_path / 'no' / 'a.gif'} could not be written: its folder is not there."
    (tmp_path / "file").touch()
    assert "a.mp4 could not be written: it is no folder, or lies in none." in export(
        qtbot, lesson, tmp_path / "file" / "a.mp4", recording
    )
    (tmp_path / "file").unlink()
    assert "its name or its path is too long." in export(qtbot, lesson, tmp_path / f"{'n' * 300}.gif", recording)
    (tmp_path / "stand_in").mkdir()
    (tmp_path / "stand_in" / "av.py").write_text("raise ImportError('no encoder in this build')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "stand_in"), prepend=":")
    said = export(qtbot, lesson, tmp_path / "a.mp4", recording)
    assert said.startswith(f"{tmp_path / 'a.mp4'} could not be written: its encoder does not run, ")
    assert "no encoder in this build" in said and said.count(".\n") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["stand_in"]


@pytest.mark.parametrize("kind", [".gif", ".mp4", FRAMES])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(qtbot, lesson, recording, tmp_path, kind) -> None:
    """Stood in for by a limit on the size of files, under which the encoder's process starts."""
    parent, path = QObject(), tmp_path / f"a{kind}"
    encoder = Encoder(path, kind, parent)
    film = Film(lesson.canvas.scene, recording, ExportChoice(what="pass"), lambda position: None)
    film.begin(lesson._book, has_thumbnails=True)
    encoder.ready.connect(lambda: encoder.add(film.paint(1)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with qtbot.waitSignal(encoder.failed) as failed:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            encoder.start(film.size.width(), film.size.height(), 2.0, film.n_frames)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert failed.args[0]() == f"{path} could not be written: the file would be larger than this system allows."
    assert not list(tmp_path.iterdir())


def test_the_pass_is_greyed_where_none_is_over_this_graph(qtbot, lesson, recording) -> None:
    other = recorded([700, 701])
    dialogs = [
        ExportDialog(lesson.to_export(each), ExportChoice(what="pass"), lesson) for each in (None, other, recording)
    ]
    for dialog in dialogs:
        dialog.open()
    assert [dialog.radios["pass"].isEnabled() for dialog in dialogs] == [False, False, True]
    assert dialogs[1]._why_not["pass"].text == "the recorded pass is over another graph"
    for dialog in dialogs:
        dialog.reject()


def test_the_dialog_counts_frames_and_seconds_as_they_are_chosen(qtbot, lesson, recording) -> None:
    dialog = ExportDialog(lesson.to_export(recording), ExportChoice(), lesson)
    dialog.open()
    assert not dialog.film.isVisible()
    dialog.radios["pass"].click()
    assert dialog.film.isVisible() and dialog.words.text().startswith("11 frames of ")
    dialog.film.first.setValue(4)
    dialog.film.last.setValue(7)
    dialog.film.speed.setValue(0.5)
    dialog.film.size.setCurrentIndex(dialog.film.size.findData(1280))
    assert dialog.words.text().startswith("4 frames of ") and dialog.words.text().endswith(" pixels, 8 s")
    dialog.film.view.setCurrentIndex(1)
    assert "1,280 × 800" in dialog.words.text()
    dialog.format.setCurrentIndex(dialog.format.findData(".mp4"))
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.export_button.click()
    choice = chosen.args[0]
    assert (choice.what, choice.film, choice.first, choice.last) == ("pass", ".mp4", 4, 7)
    assert (choice.longest_px, choice.steps_per_second, choice.is_following) == (1280, 0.5, True)


def test_a_palette_has_the_commonest_colours_themselves() -> None:
    random = np.random.default_rng(0)
    many = random.integers(0, 256, (100, 100, 3), dtype=np.uint8)
    many[:50] = (17, 34, 51)
    palette = palette_of([many])
    assert palette.shape == (255, 3) and (palette[0] == (17, 34, 51)).all()
    assert (palette_of([many], (0x112233, 0xF2B03D))[:2] == [(17, 34, 51), (242, 176, 61)]).all(), "whatever is common"
    few = np.zeros((4, 4, 3), dtype=np.uint8)
    few[0, 0] = 9
    assert palette_of([few]).tolist() == [[0, 0, 0], [9, 9, 9]]


@pytest.mark.parametrize("name", ["gif", "mp4", "frames"])
def test_an_encoder_whose_window_has_died_leaves_nothing(tmp_path, name) -> None:
    path = tmp_path / f"a.{name}"
    command = [sys.executable, "-P", "-m", f"visualizer.backprop.graph.export.{name}_writer"]
    n_samples = 1 if name == "gif" else 0
    request = EncodingRequest(str(path), 32, 16, 2.0, n_samples, 5)
    sent = pack(request) + bytes(32 * 16 * 4) * (n_samples + 2)
    done = subprocess.run(command, input=sent, capture_output=True)
    assert done.returncode == 1 and done.stdout == b'"the frames ended early"\n' and not done.stderr
    assert not list(tmp_path.iterdir())
