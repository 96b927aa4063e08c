"""What the canvas keeps of the last frame looks as if all of it had been painted anew."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest

from tests.visualizer.graph_demo import card, gpt2_graph
from tests.visualizer.test_graph_content import difference, scene_of
from visualizer.backprop.graph.backing import Backing
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.frames import FrameArtist
from visualizer.backprop.graph.scene_view import REST_MS
from visualizer.backprop.graph.states import States
from visualizer.look import theme

_CUT_PIXELS = 20  # of 350,000: a line that ends at the edge of a picture is rounded anew
MIDDLE = QPointF(350, 250)


@pytest.fixture(scope="module")
def scene():
    """Laid out once: what is seen, at which zoom and text size, changes nothing of it."""
    return scene_of(gpt2_graph(), folded=frozenset())


@pytest.fixture(scope="module")
def cards(scene):
    return tuple(card(node) for node in scene.shown.graph.nodes)


@pytest.fixture
def canvas(qtbot, scene, cards):
    book = ContentBook()
    book.add(cards)
    made = GraphCanvas(book)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.set_scene(scene, States(scene, None))
    made.center_on(scene.rect(len(scene.rects) // 2).center())
    with qtbot.waitExposed(made):
        made.show()
    return made


def look_at(canvas, zoom):
    """At a zoom, sharply."""
    canvas.zoom_to(zoom, MIDDLE)
    wait_for_rest(canvas)
    return picture(canvas)


def wait_for_rest(canvas):
    while canvas._rest.isActive():
        QTest.qWait(REST_MS // 4)


def picture(canvas):
    return canvas.grab().toImage()


def anew(canvas):
    canvas.redraw()
    return picture(canvas)


@pytest.mark.parametrize("zoom", [1.0, 0.4, 0.1])
def test_a_frame_after_panning_is_the_one_painted_anew(canvas, zoom) -> None:
    before = look_at(canvas, zoom)
    for dx, dy in ((7, -3), (-120, 40), (0.4, 90.6), (2000, 0)):
        canvas.pan(dx, dy)
        assert n_different(picture(canvas), anew(canvas)) <= _CUT_PIXELS, (dx, dy)
    assert picture(canvas) != before


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
def test_a_frame_that_was_moved_is_sharp_or_painted_anew_once_it_rests(canvas, ratio) -> None:
    canvas.resize(701, 499)
    for zoom in (1.0, 0.4, 0.1):
        look_at(canvas, zoom)
        kept = Backing()
        frame_of(kept, canvas, ratio)
        for dx, dy in ((4, -8), (-120, 40), (36, 12), (8, 0)):
            canvas.camera.x, canvas.camera.y = canvas.camera.x + dx, canvas.camera.y + dy
            moved = frame_of(kept, canvas, ratio)
            if not kept.is_sharp:
                kept.forget()
                moved = frame_of(kept, canvas, ratio)
            assert kept.is_sharp and n_different(moved, frame_of(Backing(), canvas, ratio)) <= _CUT_PIXELS


def frame_of(backing, canvas, ratio):
    """What a canvas shows on a screen of so many pixels each of its own."""
    paint = lambda painter, part: canvas.paint(painter, part=part)  # noqa: E731
    return backing.frame(canvas.size(), ratio, canvas.camera, paint, may_scale=False).toImage()


def test_while_zooming_goes_on_cards_are_scaled_and_they_are_sharp_once_it_rests(canvas, qtbot) -> None:
    look_at(canvas, 0.4)
    painted = []
    paint = canvas.paint
    canvas.paint = lambda painter, **how: (painted.append(how["part"]), paint(painter, **how))
    for zoom in (0.41, 0.42, 0.43):
        canvas.zoom_to(zoom, MIDDLE)
        scaled = picture(canvas)
    assert len(painted) == 1, "the first frame was painted, the others show the same parts"
    assert difference(scaled, anew(canvas)) > 2
    canvas.zoom_to(0.44, MIDDLE)
    picture(canvas)
    wait_for_rest(canvas)
    sharp = picture(canvas)
    assert difference(sharp, anew(canvas)) == 0


def test_zooming_out_paints_what_comes_into_view_without_words_until_it_rests(canvas) -> None:
    look_at(canvas, 0.6)
    for zoom in (0.58, 0.5, 0.4):
        canvas.zoom_to(zoom, MIDDLE)
        scaled = picture(canvas)
    draft = draft_of(canvas)
    wait_for_rest(canvas)
    sharp = picture(canvas)
    came = [QRect(x, 0, 66, canvas.height()) for x in (0, canvas.width() - 66)]  # at the left and at the right
    of_draft, of_sharp = (sum(n_different(scaled.copy(p), other.copy(p)) for p in came) for other in (draft, sharp))
    assert of_draft < 100 < of_sharp, "but for lines that end there"
    assert difference(sharp, anew(canvas)) == 0


def draft_of(canvas):
    drawn = QPixmap(canvas.size())
    painter = QPainter(drawn)
    canvas.paint(painter, is_draft=True)
    painter.end()
    return drawn.toImage()


def test_a_draft_has_the_boxes_of_cards_in_their_places(canvas) -> None:
    look_at(canvas, 0.5)
    draft, whole = draft_of(canvas), anew(canvas)
    assert 0 < n_different(draft, whole) < 0.2 * draft.width() * draft.height(), "only words and pictures are missing"
    seen = canvas.scene.cards_in(canvas.camera.visible(canvas.size().toSizeF())).tolist()
    places = [canvas.camera.to_widget(canvas.scene.rect(n).topLeft() + QPointF(5, 16)).toPoint() for n in seen]
    for beside_stripe in filter(draft.rect().contains, places):
        assert draft.pixel(beside_stripe) == whole.pixel(beside_stripe)


def test_few_cards_are_sharp_while_zooming_and_a_long_way_is_not_blurred(canvas) -> None:
    look_at(canvas, 2.0)
    for zoom in (2.1, 2.2):
        canvas.zoom_to(zoom, MIDDLE)
        assert difference(picture(canvas), anew(canvas)) == 0
    look_at(canvas, 0.3)
    canvas.zoom_to(0.31, MIDDLE)
    picture(canvas)
    canvas.zoom_to(0.7, MIDDLE)
    assert difference(picture(canvas), anew(canvas)) == 0


def test_what_changes_in_a_scaled_frame_is_painted(canvas) -> None:
    look_at(canvas, 0.4)
    for zoom in (0.41, 0.42):
        canvas.zoom_to(zoom, MIDDLE)
        before = picture(canvas)
    chosen = canvas.card_at(MIDDLE)
    chosen = chosen if chosen >= 0 else int(canvas.scene.cards_in(canvas.camera.visible(canvas.size().toSizeF()))[0])
    canvas.set_selected(chosen)
    assert picture(canvas) != before


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("zoom", [0.5, 0.2, 0.1, 0.05])
def test_the_titles_of_the_outermost_frames_can_be_read_at_any_zoom(scene, zoom, text_scale) -> None:
    look = theme.current()
    look.set_scale(text_scale)
    try:
        sizes = titles_at(scene, zoom)
    finally:
        look.set_scale(1.0)
    assert sizes["transformer"] == sizes["Block × 12"] == pytest.approx(11 * text_scale, abs=0.2)
    name = "transformer.h.0" if "transformer.h.0" in sizes else "h.0"
    has_room = 0.1 * text_scale <= zoom  # of 64 pixels for what takes 11 of them at 100 % text
    assert not has_room or sizes[name] == pytest.approx(11 * text_scale, abs=0.2), "and of the blocks in them"


def test_a_name_that_has_no_room_has_smaller_letters_that_can_be_read(scene) -> None:
    sizes = titles_at(scene, 0.04)
    blocks = [sizes.get(f"h.{number}", 0.0) for number in range(12)]
    assert all(7 <= size < 11 for size in blocks), blocks


def test_titles_that_cards_are_drawn_over_stay_in_their_heads_in_large_text(scene) -> None:
    look = theme.current()
    heads = {frame.title: head for frame, head in zip(scene.shown.frames, scene.layout.heads, strict=True)}
    look.set_scale(2.0)
    try:
        sizes = titles_at(scene, 0.42, is_under_cards=True)
    finally:
        look.set_scale(1.0)
    written = heads.keys() & sizes.keys()
    assert min(heads[title] for title in written) == min(heads.values()), "the lowest heads have theirs"
    assert all(sizes[title] < 0.42 * heads[title] for title in written)


def titles_at(scene, zoom, *, is_under_cards=False):
    """What is written into the frames, and in how many pixels of the screen."""
    written = QBuffer()
    drawing = QSvgGenerator()
    drawing.setResolution(72)
    drawing.setOutputDevice(written)
    painter = QPainter(drawing)
    painter.scale(zoom, zoom)
    FrameArtist().draw_titles(painter, scene, scene.bounds, zoom, is_under_cards=is_under_cards)
    painter.end()
    texts = re.findall(r'font-size="([\d.]+)"[^>]*>([^<]*)</text>', bytes(written.data()).decode())
    return {text.strip(): float(size) * zoom for size, text in texts}


def n_different(one, other):
    first, second = pixels(one), pixels(other)
    return int((np.maximum(first, second) - np.minimum(first, second) > 2).any(axis=2).sum())


def pixels(image):
    """uint8 (height, width, 4)"""
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)


@pytest.mark.parametrize("zoom", [0.115, 0.16, 0.2, 0.26])
def test_no_title_lies_over_a_card_at_any_zoom(scene, zoom) -> None:
    size = scene.bounds.size() * zoom
    image = QImage(int(size.width()) + 1, int(size.height()) + 1, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(zoom, zoom)
    painter.translate(-scene.bounds.topLeft())
    FrameArtist().draw_titles(painter, scene, scene.bounds, zoom)
    painter.end()
    drawn = pixels(image)[..., 3] > 0
    assert drawn.any()
    for number in range(len(scene.rects)):
        rect = scene.rect(number).translated(-scene.bounds.topLeft())
        left, top = int(rect.left() * zoom) + 1, int(rect.top() * zoom) + 1
        right, bottom = int(rect.right() * zoom) - 1, int(rect.bottom() * zoom) - 1
        assert not drawn[top:bottom, left:right].any(), scene.shown.cards[number]
