"""What every visible card says: its words, thumbnails and state, kept until something of it changes."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import replace

from engine.protocol.experiments import Compared
from engine.protocol.graph_values import Card, Edge, Graph
from engine.protocol.keys import NodeGradKey, NodeValueKey
from engine.protocol.kind_names import snake
from engine.protocol.tensor_values import short_dtype
from engine.shared.backward_model import DONE, NodeState
from engine.shared.language import tr
from visualizer.backprop.graph.card_content import CardContent, RowContent, Slot, without_pictures
from visualizer.backprop.graph.card_merging import completed
from visualizer.backprop.graph.color_by import Coloring
from visualizer.backprop.graph.folding import CardSlot, shape_text
from visualizer.backprop.graph.leaf_rows import MOST_ROWS, LeafRow
from visualizer.backprop.graph.lit_cells import Lit, shares
from visualizer.backprop.graph.naming import Namer, words_in
from visualizer.backprop.graph.scene import CATEGORIES, Scene, is_slim
from visualizer.backprop.graph.signs import sign_words
from visualizer.backprop.graph.slots import gradient_slot, pill_words, slot_of, tried_slots, value_slot
from visualizer.backprop.graph.states import States
from visualizer.model.differences import DIFFERS


class ContentBook:
    """Cards by (node, slot) as they came from the engine, and contents by visible card. `norm_of` gives the norm of the
    gradient that has reached a node."""

    def __init__(self, norm_of: Callable[[int], float | None] = lambda node: None) -> None:
        self._norm_of = norm_of
        self._cards: dict[tuple[int, int], Card] = {}
        self._contents: dict[int, CardContent] = {}
        self._before: dict[int, CardContent] = {}
        self._names: Namer | None = None
        self.slots: dict[int, int] = {}  # node -> the output that its card shows
        self.coloring: Coloring | None = None  # of the cards; None by category
        self.has_thumbnails = True
        self.badges: dict[int, str] = {}  # by node: what a check of its gradient found
        self._lit: Lit = {}
        self._view = ""  # of the experiment on screen, "" without one
        self._compared: dict[tuple[int, int], Compared] = {}

    def copy(self, scene: Scene) -> ContentBook:
        """What it holds for a scene now, whatever comes later; in the colours of categories."""
        outputs = [node for slot in scene.shown.cards for node in slot.outputs]
        return self.copy_with({node: self._norm_of(node) for node in outputs}.get)

    def copy_with(self, norm_of: Callable[[int], float | None]) -> ContentBook:
        """The same cards with norms of another moment."""
        made = ContentBook(norm_of)
        made._cards, made.slots = dict(self._cards), dict(self.slots)
        return made

    def keep(self, nodes: Container[int]) -> None:
        """Another graph is shown: only what is in it is kept. A node that was shown before has kept its id."""
        self._cards = {key: card for key, card in self._cards.items() if card.node in nodes}
        self.slots = {node: slot for node, slot in self.slots.items() if node in nodes}
        self._contents.clear()
        self._before.clear()

    def forget_contents(self) -> None:
        """Make every content anew: state, folding or theme changed. Equal ones stay the same object, and so does
        their picture."""
        self._before.update(self._contents)
        self._contents.clear()

    def forget(self, cards: Iterable[int]) -> None:
        """Make the contents of these anew."""
        for card in cards:
            if card in self._contents:
                self._before[card] = self._contents.pop(card)

    def forget_gradients(self) -> None:
        """Another pass: what the last one left is not this one's."""
        bare = {key: Card(card.node, card.slot, card.value, card.value_note) for key, card in self._cards.items()}
        self._cards = bare
        self.forget_contents()

    def add(self, cards: tuple[Card, ...]) -> list[tuple[int, int]]:
        """Newer data for some nodes, for contents that are made from now on. Returns the outputs of which it is not
        enough: what was not read again is no longer here, or no longer true."""
        odd = []
        for card in cards:
            output = card.node, card.slot
            whole = completed(card, self._cards.get(output))
            if whole is None:
                odd.append(output)
            else:
                self._cards[output] = whole
        return odd

    def show_tried(self, view: str, *, keeps: bool) -> None:
        """Contents that are made from now on have what an experiment has; what is known of it stays if it `keeps`."""
        self._view, self._compared = view, self._compared if keeps else {}
        self.forget_contents()

    def add_compared(self, compared: dict[tuple[int, int], Compared]) -> None:
        """What the experiment on screen has for some outputs."""
        self._compared.update(compared)

    def light(self, lit: Lit) -> None:
        """The elements that took part in what is explained."""
        self._lit = lit
        self.forget_contents()

    def card(self, node: int, slot: int = 0) -> Card | None:
        """The data of one output, None before it came."""
        return self._cards.get((node, slot))

    def norm_sent(self, edge: Edge) -> float | None:
        """Of what a node sent on along an edge, where its card has come since it ran; None while an experiment is
        shown, which knows what arrives, and not along which edge."""
        if self._view:
            return None
        card = self._cards.get((edge.source, self.slots.get(edge.source, 0)))
        return card.sent[edge.source_slot] if card is not None and edge.source_slot < len(card.sent) else None

    def content(self, scene: Scene, states: States, number: int) -> CardContent:
        """Of one visible card."""
        if number not in self._contents:
            slot = scene.shown.cards[number]
            make = self._folded if slot.fold else self._single
            made, before = make(scene, states, number), self._before.pop(number, None)
            if self.coloring is not None:
                made = replace(made, stripe=self.coloring.color(number))
            if not self.has_thumbnails:
                made = without_pictures(made)
            self._contents[number] = before if before == made and before is not None else made
        return self._contents[number]

    def _namer(self, graph: Graph) -> Namer:
        if self._names is None or self._names.graph is not graph:
            self._names = Namer(graph)
        return self._names

    def _folded(self, scene: Scene, states: States, number: int) -> CardContent:
        slot = scene.shown.cards[number]
        has_pass = states.view is not None
        total = int(states.needed[number]) if has_pass else scene.shown.n_nodes(number)
        return CardContent(
            slot.title,
            slot.subtitle,
            category="module",
            state=NodeState(states.cards[number]) if has_pass else None,
            stack=slot.stack,
            progress=(int(states.done[number]), total),
            strip=self.norms(slot) if has_pass and slot.stack > 1 else (),
        )

    def norms(self, slot: CardSlot) -> tuple[float | None, ...]:
        """By member of a folded series: the norm of the gradient that has reached it."""
        return tuple(map(self._norm_of, slot.outputs))

    def _single(self, scene: Scene, states: States, number: int) -> CardContent:
        node = scene.shown.graph.nodes[scene.shown.cards[number].nodes[0]]
        page = min(self.slots.get(node.id, 0), max(len(node.outputs) - 1, 0))
        card = self._cards.get((node.id, page))
        output = node.outputs[page] if node.outputs else None
        shape = output.shape if output is not None else None
        flat = shape is not None and len(shape) == 1
        is_input = node.is_input
        has_pass = states.view is not None and not is_input
        state = NodeState(states.cards[number]) if has_pass else None
        subtitle, is_variable = self._namer(scene.shown.graph).second_line(node)
        subtitle = words_in(scene.module_around(number), node.module, subtitle)
        value = self._marked(value_slot(card, node, flat), NodeValueKey(node.id, page), shape)
        gradient = self._marked(gradient_slot(card, states.view, node.id, flat), NodeGradKey(node.id, page), shape)
        grad = None
        if card is not None and card.grad is not None and state == DONE:
            grad = slot_of(card.grad, "gradient", flat)
        slim = is_slim(scene.shown, number)
        tried = tried_slots(self._compared.get((node.id, page)), flat) if self._view else None
        if tried is not None and slim:
            gradient = replace(tried[self._view], tag="")
        elif tried is not None:
            value, gradient, grad = tried["old"], tried["new"], tried["difference"]
        return CardContent(
            node.name,
            subtitle,
            is_variable,
            shape_text(shape),
            short_dtype(output.dtype) if output is not None else "",
            node.category if node.category in CATEGORIES else "view",
            state,
            pill_words(state, states.view, node.id),
            is_input,
            node.is_ghost,
            value,
            gradient,
            grad,
            (page + 1, len(node.outputs)) if len(node.outputs) > 1 else None,
            is_slim=slim,
            rows=self._rows(scene, states, number),
            sign=self._with_badge(sign_words(node, card), node.id),
            is_wrong=self.badges.get(node.id) == tr(DIFFERS),
        )

    def _with_badge(self, words: str, node: int) -> str:
        return " · ".join(part for part in (words, self.badges.get(node, "")) if part)

    def _marked(self, slot: Slot, key: NodeValueKey | NodeGradKey, shape: tuple[int, ...] | None) -> Slot:
        cells = self._lit.get(key)
        return slot if not cells or shape is None or slot.is_empty else replace(slot, lit=shares(cells, shape))

    def _rows(self, scene: Scene, states: States, number: int) -> tuple[RowContent, ...]:
        rows = scene.shown.cards[number].rows
        shown = rows if len(rows) <= MOST_ROWS else rows[: MOST_ROWS - 1]
        module = scene.module_around(number)
        made = tuple(self._row(scene, states, row, module) for row in shown)
        return made if len(shown) == len(rows) else (*made, RowContent(n_more=len(rows) - len(shown)))

    def _row(self, scene: Scene, states: States, row: LeafRow, module: str) -> RowContent:
        node = scene.shown.graph.nodes[row.node]
        output = node.outputs[0] if node.outputs else None
        shape = output.shape if output is not None else None
        flat = shape is not None and len(shape) == 1
        card, view = self._cards.get((node.id, 0)), states.view
        state = states.of_node(row.node) if view is not None and not node.is_input else None
        gradient = None
        if not node.is_input:
            gradient = self._marked(gradient_slot(card, view, node.id, flat), NodeGradKey(node.id), shape)
            if card is not None and card.grad is not None and state == DONE:
                gradient = slot_of(card.grad, "gradient", flat)
        words = f"{shape_text(shape)} {short_dtype(output.dtype)}" if output is not None else ""
        words = self.badges.get(node.id, words)  # there is no room for both
        name = node.variable or self._namer(scene.shown.graph).second_line(node)[0] or node.name
        if node.kind == "backward" and node.variable:
            name = f"{snake(node.name)} · {name}"
        _before, inside, short = name.rpartition(f"{module}.")  # the frame around says where that is
        name = short if module and inside else name
        category = {"accumulate": "accumulate", "backward": "view"}.get(node.kind, "leaf")
        n_uses = row.n_uses if row.n_uses > 1 else 0
        value, stripe = (
            self._marked(value_slot(card, node, flat), NodeValueKey(node.id), shape),
            self.coloring.node_color(row.node) if self.coloring else "",
        )
        difference = None
        tried = tried_slots(self._compared.get((node.id, 0)), flat) if self._view else None
        if tried is not None:
            value, gradient, difference = (replace(tried[view], tag="") for view in ("old", "new", "difference"))
        return RowContent(row.node, name, words, category, state, value, gradient, difference, n_uses, stripe=stripe)
