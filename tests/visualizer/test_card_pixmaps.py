"""Pictures of cards stay while there is room, whatever their size."""

from PySide6.QtGui import QFont, QFontMetricsF, QPixmap

from visualizer.backprop.graph.card_content import CardContent
from visualizer.backprop.graph.card_pixmaps import _KEPT_BYTES, CardPixmaps
from visualizer.backprop.graph.cards import fitting_title

LARGE, SMALL = (1500, 480), (190, 60)


def contents(count: int) -> list[CardContent]:
    return [CardContent.__new__(CardContent) for _ in range(count)]


def test_large_pictures_leave_when_there_is_no_room(qapp) -> None:
    pixmaps = CardPixmaps()
    for content in contents(100):
        pixmaps.get(content, (4.0,), lambda: QPixmap(*LARGE))
        assert pixmaps.n_bytes <= _KEPT_BYTES
    assert pixmaps.n_bytes > _KEPT_BYTES // 2


def test_a_picture_is_drawn_once_while_it_is_kept(qapp) -> None:
    pixmaps, drawn = CardPixmaps(), []

    def render() -> QPixmap:
        drawn.append(1)
        return QPixmap(*SMALL)

    many = contents(1000)
    for _ in range(2):
        for content in many:
            pixmaps.get(content, (1.0,), render)
    assert len(drawn) == 1000


def test_what_was_drawn_last_stays(qapp) -> None:
    pixmaps = CardPixmaps()
    first, *others = contents(100)
    picture = pixmaps.get(first, (4.0,), lambda: QPixmap(*LARGE))
    for content in others:
        pixmaps.get(content, (4.0,), lambda: QPixmap(*LARGE))
        assert pixmaps.get(first, (4.0,), lambda: QPixmap(*LARGE)) is picture


def test_a_title_without_room_leaves_out_what_all_have(qapp) -> None:
    metrics, title = QFontMetricsF(QFont()), "MkldnnRnnLayerBackward0"
    room = metrics.horizontalAdvance(title)
    assert [fitting_title(metrics, title, one) for one in (room, room - 1)] == [title, "MkldnnRnnLayer"]
