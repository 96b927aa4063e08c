"""A folded series shows how the norms of its members' gradients spread, while the pass goes through them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tests.visualizer import window as w
from visualizer.backprop.graph.strip import bar_heights, draw_strip, strip_words
from visualizer.backprop.graph.tooltips import card_tooltip
from visualizer.look import theme


def test_bars_stand_over_the_decades_from_the_smallest_norm_to_the_largest() -> None:
    heights = bar_heights((1e-4, 1e-2, 1.0, None, 0.0, math.nan, math.inf))
    assert heights == [pytest.approx(0.08), pytest.approx(0.54), pytest.approx(1.0), None, 0.08, 1.0, 1.0]


def test_norms_of_one_decade_do_not_fill_the_strip_with_their_noise() -> None:
    low, high = bar_heights((0.31, 0.33))
    assert low is not None and high is not None and high - low < 0.05


@pytest.mark.parametrize(
    ("norms", "words"),
    [
        ((None, None), ""),
        ((0.5, None, 2.0), "0.500 to 2 in 2 of 3"),
        ((0.5, math.nan), "0.500 to 0.500 in 2 of 2, 1 NaN or Inf"),
    ],
)
def test_the_tooltip_says_how_far_the_norms_are_apart(norms, words) -> None:
    assert strip_words(norms) == words


@pytest.mark.parametrize("n_members", [3, 60, 700])
def test_each_member_has_its_bar_in_the_order_of_the_forward_pass(qapp, n_members: int) -> None:
    picture = QImage(120, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("black"))
    painter = QPainter(picture)
    norms = tuple(10.0 ** (-4 * number / (n_members - 1)) for number in range(n_members))
    draw_strip(painter, norms, QRectF(0, 0, 120, 20))
    painter.end()
    wanted = theme.current().color("flow.line").rgb()
    tops = [next((y for y in range(20) if picture.pixel(x, y) == wanted), 20) for x in (1, 60, 118)]
    assert tops[0] < tops[1] < tops[2] <= 20


PROGRAM = """import torch
torch.manual_seed(0)
W = torch.eye(3).mul(0.5).requires_grad_()
h = torch.ones(2, 3)
for t in range(80):
    h = h @ W
    h = h + 1.0
loss = h.sum()
loss.backward()
"""


def test_while_a_pass_is_stepped_the_fold_gets_its_bars_and_its_progress_moves(qapp, tmp_path) -> None:
    with w.main_window(tmp_path) as window:
        finished = w.start(window, PROGRAM, "Ctrl+Shift+Return")
        w.until(lambda: window.session.state == "paused", "backward is held at its first node")
        canvas = window.graph.canvas
        w.until(lambda: canvas.scene is not None and window.graph.pass_picture.view is not None, "the graph is drawn")
        card = next(number for number, slot in enumerate(canvas.scene.shown.cards) if slot.outputs)
        assert canvas.scene.shown.cards[card].title == "lines 6–7 × 80"
        assert set(canvas.book.content(canvas.scene, canvas.states, card).strip) == {None}
        w.press(window, "F10")
        w.until(lambda: window.session.history.position == 2, "it is held at the second")
        strip = canvas.book.content(canvas.scene, canvas.states, card).strip
        assert strip[:-1] == (None,) * 79 and strip[-1] == pytest.approx(6**0.5)
        w.press(window, "F5")
        w.until(lambda: finished, "the program has ended")
        content = canvas.book.content(canvas.scene, canvas.states, card)
        assert len(content.strip) == 80 and content.progress == (160, 160)
        for earlier, later in pairwise(content.strip):
            assert earlier == pytest.approx(later / 2)  # W halves it at each step
        assert "in 80 of 80" in card_tooltip(canvas.scene, canvas.states, canvas.book, card)
