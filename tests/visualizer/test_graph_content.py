"""What a card says is true of the moment on show, and is asked for once."""

from __future__ import annotations

from dataclasses import replace as replaced
from functools import partial

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QRegion

from engine.protocol.backward_values import BackwardState, BackwardStep, Waiting
from engine.protocol.card_parts import CardParts
from engine.protocol.graph_values import Card, Graph, Node, NodeOutput
from engine.protocol.notes import Changed, NotRecorded
from engine.protocol.source import Source
from engine.shared.backward_model import CURRENT, DONE, FAILED, NOT_NEEDED, NOT_REACHED, READY, WAITING, BackwardView
from tests.visualizer.graph_demo import card, gpt2_graph, lesson_graph, summary
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.card_content import CardContent, Slot
from visualizer.backprop.graph.card_requests import CardWishes
from visualizer.backprop.graph.cards import PAGER, CardArtist
from visualizer.backprop.graph.content import ContentBook
from visualizer.backprop.graph.edges import EdgeArtist
from visualizer.backprop.graph.folding import Frame, visible_graph
from visualizer.backprop.graph.frames import FrameArtist
from visualizer.backprop.graph.glyphs import elide
from visualizer.backprop.graph.layout import layout_request
from visualizer.backprop.graph.layout_process.serving import answer
from visualizer.backprop.graph.layout_values import SLIM_WIDTH
from visualizer.backprop.graph.naming import Namer, called_as
from visualizer.backprop.graph.opening import start_folded
from visualizer.backprop.graph.scene import Scene
from visualizer.backprop.graph.states import ARRIVING, IDLE, NO_GRADIENT, PASSED, States
from visualizer.backprop.graph.tooltips import card_tooltip
from visualizer.look import theme
from visualizer.model.history import BackwardHistory
from visualizer.model.region_builder import regions_of

RGB = QImage.Format.Format_RGB32
NLL, SOFTMAX, LOGITS, TANH, ADD, MM, W1, B1, W2, X, Y = range(1, 12)
PAUSED = BackwardView(
    done=frozenset({NLL, SOFTMAX, LOGITS}), current=TANH, ready=(W2,), waiting={ADD: (1, 2)}, not_needed=frozenset({B1})
)


@pytest.fixture
def scene(qapp) -> Scene:
    return scene_of(lesson_graph())


def scene_of(graph, folded=None) -> Scene:
    tree = regions_of(graph)
    visible = visible_graph(graph, tree, start_folded(graph, tree) if folded is None else folded)
    return Scene(visible, answer(layout_request(visible)))


def content_of(scene: Scene, view: BackwardView | None, node: int, *cards: Card):
    book = ContentBook()
    book.add(cards)
    return book.content(scene, States(scene, view), node - 1)


def test_every_card_has_the_state_of_its_node(scene) -> None:
    states = States(scene, PAUSED).cards
    expected = {NLL: DONE, LOGITS: DONE, TANH: CURRENT, W2: READY, ADD: WAITING, B1: NOT_NEEDED, MM: NOT_REACHED}
    assert {node: states[node - 1] for node in expected} == expected
    failed = States(scene, BackwardView(done=PAUSED.done, error_node=TANH, error_text="boom"))
    assert failed.cards[TANH - 1] == FAILED


def test_links_say_where_gradients_have_been(scene) -> None:
    states = States(scene, PAUSED)
    of = {(link.source + 1, link.target + 1): states.links[i] for i, link in enumerate(scene.shown.links)}
    assert of[NLL, SOFTMAX] == of[SOFTMAX, LOGITS] == of[LOGITS, W2] == PASSED
    assert of[LOGITS, TANH] == ARRIVING
    assert of[TANH, ADD] == of[ADD, MM] == IDLE
    assert of[MM, X] == of[NLL, Y] == NO_GRADIENT


def test_a_gradient_is_shown_only_when_the_moment_has_it(scene) -> None:
    nodes = lesson_graph().nodes
    full = tuple(card(node) for node in nodes)
    shown = {node: not content_of(scene, PAUSED, node, *full).gradient.is_empty for node in range(1, 12)}
    assert [node for node, has in shown.items() if has] == [NLL, SOFTMAX, LOGITS, TANH, W2]
    assert content_of(scene, None, NLL, *full).gradient.is_empty
    assert content_of(scene, PAUSED, ADD, card(nodes[ADD - 1], partial=True)).gradient.image is not None


def test_going_back_hides_what_had_not_arrived_yet(scene) -> None:
    book = ContentBook()
    book.add(tuple(card(node) for node in lesson_graph().nodes))
    now, before = States(scene, PAUSED), States(scene, BackwardView(current=NLL))
    assert book.content(scene, now, LOGITS - 1).gradient.image is not None
    book.forget_contents()
    assert book.content(scene, before, LOGITS - 1).gradient.is_empty


def test_words_and_pills(scene) -> None:
    assert content_of(scene, PAUSED, W2).pill == "queue 1"
    assert content_of(scene, PAUSED, ADD).pill == "1 of 2"
    assert content_of(scene, PAUSED, B1).pill == "not needed"
    assert content_of(scene, None, TANH).subtitle == "h" and content_of(scene, None, TANH).is_variable
    assert content_of(scene, None, MM).subtitle == "x @ W1"
    assert content_of(scene, None, SOFTMAX).subtitle == "log_softmax"
    loss = content_of(scene, PAUSED, NLL, card(lesson_graph().nodes[0]))
    assert (loss.shape, loss.dtype, loss.gradient.text) == ("()", "f32", "1.0000")


def test_the_leafs_grad_appears_when_its_node_has_run(scene) -> None:
    leaf = card(lesson_graph().nodes[W2 - 1])
    assert content_of(scene, PAUSED, W2, leaf).grad is None
    done = BackwardView(done=PAUSED.done | {W2}, current=TANH)
    assert content_of(scene, done, W2, leaf).grad is not None


def test_marks_for_nan_for_writes_and_for_what_was_not_recorded(scene) -> None:
    broken = summary(np.array([[1.0, np.nan]]))
    assert content_of(scene, None, TANH, Card(TANH, value=broken)).value.mark == "nan"
    changed = Card(TANH, value=summary(np.ones((2, 2))), value_note=Changed(3))
    assert content_of(scene, None, TANH, changed).value.mark == "changed"
    missing = content_of(scene, None, TANH, Card(TANH, value_note=NotRecorded()))
    assert missing.value.is_empty and missing.value.note == "not recorded"


def test_outputs_page() -> None:
    scene = scene_of(gpt2_graph(1), frozenset())
    index = next(i for i, node in enumerate(scene.shown.graph.nodes) if node.name == "SplitBackward0")
    book, states = ContentBook(), States(scene, None)
    assert book.content(scene, states, index).page == (1, 3)
    book.slots[scene.shown.graph.nodes[index].id] = 2
    book.forget_contents()
    assert book.content(scene, states, index).page == (3, 3)


def test_a_folded_module_counts_its_done_nodes(qapp) -> None:
    scene = scene_of(gpt2_graph())
    place = next(i for i, slot in enumerate(scene.shown.cards) if slot.stack == 12)
    nodes = [scene.shown.graph.nodes[i].id for i in scene.shown.cards[place].nodes]
    view = BackwardView(done=frozenset(nodes[:252]), current=nodes[252])
    content = ContentBook().content(scene, States(scene, view), place)
    assert content.progress == (252, 516) and content.state == CURRENT


def test_equal_contents_stay_the_same_object_so_that_their_picture_is_kept(scene) -> None:
    book, states = ContentBook(), States(scene, PAUSED)
    before = book.content(scene, states, MM - 1)
    book.forget_contents()
    assert book.content(scene, States(scene, PAUSED), MM - 1) is before


def test_numbers_keep_to_their_room(scene) -> None:
    def shown(text: str) -> str:
        loss = Card(NLL, value=replace(summary(np.float32(0)), scalar=text))
        return content_of(scene, None, NLL, loss).value.text

    assert [shown(text) for text in ("3.1803", "-1.235e-07", "197531", "-9223372036854775808", "True", "nan")] == [
        "3.1803", "-1.23e-7", "197531", "-9.22e18", "True", "nan",
    ]  # fmt: skip


def test_two_numbers_of_a_card_stand_apart(scene, qapp) -> None:
    """Or "-0.0898-0.0898" would read as a subtraction."""
    for text in ("-0.0898", "-1.235e-07", "1"):
        number = replace(summary(np.float32(0)), scalar=text)
        made = content_of(scene, BackwardView(done=frozenset({W1})), W1, Card(W1, gradient=number, grad=number))
        picture = picture_of(made)
        ground = theme.current().color("bg.raised").rgb()
        inked = [any(picture.pixel(x, y) != ground for y in range(52, 64)) for x in range(60, 230)]
        parts = "".join("x" if ink else " " for ink in inked).split(" " * 10)
        assert len([part for part in parts if part.strip()]) == 3, text  # the check, the gradient and the .grad


@pytest.mark.parametrize("text", ["", "-0.12345"])
def test_the_pages_of_a_card_leave_the_tensors_of_an_experiment_free(qapp, text) -> None:
    """Of a node with several outputs: old, new and their difference."""
    old, new, difference = (Slot(None if text else QImage(4, 4, RGB), text, tag=tag) for tag in ("old", "new", "diff"))
    made = CardContent("SplitBackward0", state=DONE, value=old, gradient=new, grad=difference)
    plain, paged = (picture_of(replaced(made, page=page)) for page in (None, (1, 2)))
    below = QRect(0, 41, 236, 37)
    assert plain.copy(below) == paged.copy(below)
    artist = CardArtist()
    place = artist.pager(replaced(made, page=(1, 2))).toAlignedRect()
    bare = picture_of(replaced(made, title="", page=(1, 2)))
    assert plain.copy(place) != paged.copy(place) == bare.copy(place)
    assert artist.pager(replaced(made, grad=None, page=(1, 2))) == PAGER


def picture_of(content: CardContent) -> QImage:
    """A card on its ground."""
    picture = QImage(236, 78, RGB)
    picture.fill(0)
    painter = QPainter(picture)
    CardArtist().draw(painter, content)
    painter.end()
    return picture


def second_line_of(*nodes: Node) -> list[str]:
    namer = Namer(Graph(1, "loss", nodes))
    return [namer.second_line(node)[0] for node in nodes]


def node_at(number: int, name: str, text: str, **fields) -> Node:
    fields.setdefault("kind", "backward")
    source = Source("a.py", 1, 0, 1, len(text), text)
    return Node(number, name, fields.pop("kind"), "view", number, source=source, **fields)


def test_without_a_variable_the_sub_expression_names_a_card() -> None:
    assert second_line_of(node_at(1, "MmBackward0", "h @ W")) == ["h @ W"]
    loop = [node_at(number, "MmBackward0", "h @ W", call=number) for number in (1, 2, 3)]
    assert second_line_of(*loop) == ["h @ W"] * 3


def test_inside_of_a_module_the_operation_names_it_not_the_call_of_the_module() -> None:
    relu = node_at(1, "ReluBackward0", "model(x)", operation="F.relu", call=1)
    linear = [node_at(i, name, "model(x)", operation="F.linear", call=2)
              for i, name in ((2, "AddmmBackward0"), (3, "TBackward0"))]  # fmt: skip
    assert second_line_of(relu, *linear) == ["F.relu", "addmm", "t"]


def test_a_ghost_of_an_operation_alone_says_its_line_and_not_its_name_twice() -> None:
    softmax = node_at(1, "SoftmaxBackward0", "dist.sample()", operation="F.softmax", call=1)
    ghost = node_at(2, "Tensor.reshape", "dist.sample()", operation="Tensor.reshape", kind="ghost")
    assert second_line_of(softmax, ghost)[1] == "line 1"
    assert second_line_of(node_at(3, "Tensor.reshape", "x.reshape(3)", kind="ghost")) == ["x.reshape(3)"]


def test_what_a_library_made_for_a_call_is_named_by_both() -> None:
    made = node_at(1, "SoftmaxBackward0", "dist.sample()", operation="F.softmax", call=1, is_own=False)
    assert second_line_of(made) == ["dist.sample() · softmax"]


def test_a_frame_is_called_as_the_public_function() -> None:
    parts = [node_at(i, "T", "dist.entropy()", operation=name) for i, name in ((1, "Tensor.neg"), (2, "Tensor.sum"))]
    assert called_as(parts) == "dist.entropy"
    assert called_as([node_at(1, "T", "model(x)", operation="F.linear")]) == "F.linear"
    assert called_as([node_at(1, "T", "tools.mix(x)")]) == "tools.mix"
    assert called_as([node_at(1, "T", "x @ y")]) == "one call"


def test_the_tooltip_escapes_and_tells_all(scene) -> None:
    text = card_tooltip(scene, States(scene, PAUSED), ContentBook(), TANH - 1)
    for words in ("TanhBackward0", "torch.tanh(x @ W1 + b1)", "line 8, columns 4–27", "(4, 5) float32", "current"):
        assert words in text
    odd = Node(1, "<Mul>", "backward", "elementwise", 1, variable="a<b", outputs=(NodeOutput((1,), "float32"),))
    graph = Graph(5, "a<b", (odd,))
    assert "&lt;Mul&gt;" in card_tooltip(scene_of(graph), States(scene_of(graph), None), ContentBook(), 0)


# -- what is asked for


def test_a_visible_card_is_asked_for_once() -> None:
    wishes, book = CardWishes(), ContentBook()
    assert wishes.wanted([1, 2], None, book) == (1, 2)
    assert wishes.wanted([1, 2, 3], None, book) == (3,)


def test_a_step_asks_for_the_cards_whose_gradient_is_new() -> None:
    nodes = lesson_graph().nodes
    wishes, book, ids = CardWishes(), ContentBook(), range(1, 12)
    wishes.wanted(ids, None, book)
    book.add(tuple(card(node, gradient=False) for node in nodes))
    assert wishes.wanted(ids, PAUSED, book) == (NLL, SOFTMAX, LOGITS, TANH, ADD, W2)
    book.add(tuple(card(nodes[i - 1], partial=i == ADD) for i in (NLL, SOFTMAX, LOGITS, TANH, ADD, W2)))
    assert wishes.wanted(ids, PAUSED, book) == ()
    later = BackwardView(done=PAUSED.done | {W2, TANH}, current=ADD)
    assert wishes.wanted(ids, later, book) == (TANH, ADD, W2)


def test_a_step_has_only_that_read_which_it_may_have_changed() -> None:
    wishes, book, node = CardWishes(), ContentBook(), lesson_graph().nodes[W2 - 1]
    wishes.wanted((W2,), None, book)
    assert wishes.parts((W2, 0)) == CardParts.ALL
    book.add((card(node, gradient=False),))
    for view, parts in (
        (BackwardView(ready=(W2,)), CardParts.GRADIENT | CardParts.GRAD),
        (BackwardView(current=W2), CardParts.GRADIENT),
        (BackwardView(done=frozenset({W2})), CardParts.GRAD),
    ):
        assert wishes.wanted((W2,), view, book) == (W2,) and wishes.parts((W2, 0)) == parts
        book.add((replace(card(node), grad=None),))


def test_what_was_not_read_again_stays_unless_its_note_says_that_it_is_another() -> None:
    whole = Card(1, value=summary(3, 4), gradient=summary(3, 4), sent=(1.0,))
    book, step = ContentBook(), Card(1, gradient=summary(2, 2), sent=(2.0,), parts=CardParts.GRADIENT)
    assert book.add((step,)) == [(1, 0)] and book.card(1) is None
    book.add((whole,))
    assert book.add((step,)) == [] and book.card(1) == replace(whole, gradient=summary(2, 2), sent=(2.0,))
    assert book.add((replace(step, value_note=Changed(2)),)) == [(1, 0)]
    assert book.add((Card(1, gradient_note=Changed(1), parts=CardParts.GRAD),)) == [(1, 0)]


def test_what_a_tensor_s_hooks_make_of_a_gradient_is_asked_for_when_its_node_runs() -> None:
    wishes, book = CardWishes(), ContentBook()
    wishes.wanted((W2,), None, book)
    assert wishes.wanted((W2,), BackwardView(ready=(W2,)), book) == (W2,)
    book.add((card(lesson_graph().nodes[W2 - 1]),))
    assert wishes.wanted((W2,), BackwardView(ready=(W2,), current=TANH), book) == ()
    assert wishes.wanted((W2,), BackwardView(current=W2), book) == (W2,)


def test_going_back_asks_for_nothing() -> None:
    nodes = lesson_graph().nodes
    wishes, book, ids = CardWishes(), ContentBook(), (LOGITS, TANH)
    wishes.wanted(ids, None, book)
    view = BackwardView(done=frozenset({LOGITS}), current=TANH)
    wishes.wanted(ids, view, book)
    book.add((card(nodes[LOGITS - 1]), card(nodes[TANH - 1])))
    assert wishes.wanted(ids, BackwardView(current=LOGITS), book) == ()


@pytest.mark.parametrize("folded", [False, True], ids=["unfolded", "folded"])
def test_states_that_move_are_those_that_are_made_anew(qapp, folded) -> None:
    graph = gpt2_graph()
    scene = scene_of(graph, folded=None if folded else frozenset())
    history, order = BackwardHistory(), [node.id for node in graph.nodes if node.kind != "input"]
    history.set_graph(graph)
    steps = tuple(
        BackwardStep(index, node, 1.0, tuple(order[index + 1 : index + 4]), (Waiting(order[index - 20], 1, 2),))
        for index, node in enumerate(order)
    )
    history.take(BackwardState(1, graph.id, "finished", "loss.backward()", n_needed=len(order)), steps)
    history.move(1)
    moving, links = States(scene, history.view()), 0
    for position in (2, 3, 4, 40, 39, 120, len(order), len(order) + 1, 7, 0, 1):
        history.move(position)
        before = moving.cards.copy(), moving.links.copy()
        change, fresh = moving.move(history.view()), States(scene, history.view())
        assert change is not None
        for name in ("cards", "links", "done", "needed"):
            assert np.array_equal(getattr(moving, name), getattr(fresh, name)), (name, position)
        assert set(np.flatnonzero(before[0] != moving.cards)) <= set(change.cards)
        assert set(np.flatnonzero(before[1] != moving.links)) == set(change.links)
        links += len(change.links)
    assert links and moving.move(BackwardView(pass_id=2)) is None


@pytest.mark.parametrize("zoom", [1.0, 0.4, 0.1])
def test_a_part_that_is_drawn_anew_fits_into_the_picture(qapp, zoom) -> None:
    graph, parts = gpt2_graph(), []

    class Canvas(GraphCanvas):
        def update(self, *part) -> None:
            parts.extend(part or [self.rect()])

    scene, nodes = scene_of(graph, folded=frozenset()), [node.id for node in graph.nodes if node.kind != "input"]
    history = BackwardHistory()
    history.set_graph(graph)
    steps = tuple(BackwardStep(index, node, 1.0, (node + 1,)) for index, node in enumerate(nodes))
    history.take(BackwardState(1, graph.id, "finished", "loss.backward()", n_needed=len(nodes)), steps)
    history.move(20)
    book = ContentBook()
    book.add(tuple(card(node) for node in graph.nodes))
    canvas = Canvas(book)
    canvas.resize(700, 500)
    canvas.set_scene(scene, States(scene, history.view()))
    canvas.camera.zoom_at(QPointF(0, 0), zoom)
    canvas.center_on(scene.rect(scene.shown.card_of[scene.index_of[nodes[20]]]).center())
    canvas.set_selected(int(scene.shown.card_of[scene.index_of[nodes[19]]]))
    picture = drawn(canvas, QImage(canvas.size(), QImage.Format.Format_RGB32), [canvas.rect()])
    parts.clear()
    history.move(21)
    canvas.show_change(canvas.states.move(history.view()))
    canvas.set_selected(int(scene.shown.card_of[scene.index_of[nodes[20]]]))
    assert parts and canvas.rect() not in parts
    again = drawn(canvas, QImage(canvas.size(), QImage.Format.Format_RGB32), [canvas.rect()])
    assert picture != again
    assert difference(drawn(canvas, picture, parts), again) <= 2  # of 255: a line that is cut is rounded anew
    canvas.deleteLater()


def drawn(canvas, image, parts):
    """The image with these parts of the canvas painted over it, as a paint event does it."""
    region = QRegion()
    for part in parts:
        region |= QRegion(part)
    painter = QPainter(image)
    painter.setClipRegion(region)
    canvas.paint(painter, part=QRectF(region.boundingRect()))
    painter.end()
    return image


def difference(one, other):
    """The largest of all colour channels of all pixels."""
    first, second = (np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (one, other))
    return int(np.abs(first - second).max())


@pytest.mark.parametrize("is_slim", [False, True])
@pytest.mark.parametrize(
    ("title", "other", "is_same"),
    [
        ("TanhBackward0", "Tanh", True),
        ("LinalgSolveExBackward1", "LinalgSolveEx", True),
        ("line 9 × 500", "line 9 × 50", False),
        ("h.10", "h.1", False),
    ],
)
def test_a_card_from_afar_has_its_name_without_backward_and_with_every_digit(qtbot, title, other, is_same, is_slim):
    def picture(words: str) -> QImage:
        image = QImage(240, 80, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        draw = CardArtist().draw if is_slim else partial(CardArtist().draw_small, scale=0.5)
        draw(painter, CardContent(words, is_slim=is_slim))
        painter.end()
        return image

    assert (picture(title) == picture(other)) == is_same


def test_a_frame_says_of_itself_whole_parts_and_as_many_as_fit(qtbot) -> None:
    artist, frame = FrameArtist(), Frame((), -1, "F.cross_entropy", "line 10 · 1 call, 2 nodes")
    seen = list(dict.fromkeys(artist._now.head(frame, room).subtitle for room in range(400, 60, -1)))
    assert seen == ["line 10 · 1 call, 2 nodes", "line 10 · 1 call", "line 10", ""]


@pytest.mark.parametrize(
    ("text", "letters", "seen"),
    [
        ("model.embedding.weight", 22, "model.embedding.weight"),
        ("model.embedding.weight", 20, "…embedding.weight"),  # and not "…l.embedding.weight"
        ("tok_emb.weight", 10, "…mb.weight"),  # of two names no whole one says which it is
        ("TransformerEncoderLayer × 12", 20, "TransformerEnc… × 12"),
        ("TransformerEncoderLayer × 12", 5, "Tran…"),
        ("F.relu(self.bn1(x))", 8, "F.relu(…"),
    ],
)
def test_a_name_without_room_keeps_what_tells_it_from_others(qtbot, text, letters, seen) -> None:
    metrics = QFontMetricsF(theme.current().mono(11))
    assert elide(metrics, text, letters * metrics.horizontalAdvance("m") + 0.5) == seen


def test_a_frame_in_another_is_called_by_its_own_name_where_its_path_has_no_room(qtbot) -> None:
    artist, frame = FrameArtist(), Frame((), -1, "layer2.0.shortcut", "Sequential")
    seen = dict.fromkeys(artist._now.head(frame, room).title for room in range(300, 50, -1))
    assert list(seen)[:2] == ["layer2.0.shortcut", "shortcut"]


def test_a_views_name_that_has_no_room_is_smaller_and_whole(qtbot) -> None:
    def ink(title: str) -> np.ndarray:
        image = QImage(160, 40, RGB)
        image.fill(0)
        painter = QPainter(image)
        CardArtist().draw(painter, CardContent(title, is_slim=True, state=DONE))
        painter.end()
        return np.frombuffer(image.constBits(), np.uint8).reshape(40, 160, 4).astype(int)

    face, letters = QFontMetricsF(CardArtist()._look.title), "E"
    while face.horizontalAdvance(letters + "E") <= SLIM_WIDTH - 22 - 8 - 16:  # stripe, inset and check
        letters += "E"
    assert np.abs(ink(f"{letters}E") - ink(f"{letters}F")).max() > 60  # its last letter is seen


def test_arrow_heads_that_end_at_one_place_do_not_take_each_other_out(scene) -> None:
    states, artist = States(scene, None), EdgeArtist()

    def drawn_links(links: list[int]) -> QImage:
        picture = QImage(scene.bounds.size().toSize(), RGB)
        picture.fill(0)
        painter = QPainter(picture)
        painter.translate(-scene.bounds.topLeft())
        artist.draw(painter, scene, states, links)
        painter.end()
        return picture

    assert drawn_links([0, 0]) == drawn_links([0])


def test_the_pill_of_a_gradient_that_arrives_stays_inside_of_the_graph_as_in_a_film_of_it(scene) -> None:
    artist, text = EdgeArtist(), "∂L/∂encoder.layers.12.self_attn.weight 0.324"
    placed = [number for number, at in enumerate(scene.layout.labels) if at is not None]
    boxes = [next(artist._boxes(scene, number, text)) for number in placed]
    assert boxes and all(scene.bounds.contains(box) for box in boxes)
