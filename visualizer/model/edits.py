"""What can be done to a gradient on trial: the kinds, what a person writes for each, and their words."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from engine.protocol.backward_values import Edit, EditKind
from engine.protocol.graph_values import Node
from engine.shared.language import mark, pythonic, tr

Of = Literal["gradient", "value"]


class EditChoice(NamedTuple):
    """One kind. `field` says what is to be written beside it, "" where nothing is; `first` stands there at first."""

    kind: EditKind
    words: str
    field: str = ""
    first: str = ""

    def field_words(self, name: str, cell: tuple[int, ...] | None) -> str:
        """What is to be written, in the language in use; `name` stands for what is changed in an expression."""
        place = tr("no cell is selected") if cell is None else tr("cell {place}", place=list(cell))
        return tr(self.field, name=name, cell=place) if self.field else ""


CHOICES = (
    EditChoice("scale", mark("Scale by"), mark("a number"), "2"),
    EditChoice(
        "replace", mark("Replace by"), mark("a number, or an expression of the program's names and {name}"), "0"
    ),
    EditChoice("clip_norm", mark("Clip to a norm of"), mark("the largest norm"), "1"),
    EditChoice("clip_value", mark("Clip each cell to ±"), mark("the largest magnitude"), "1"),
    EditChoice("perturb", mark("Add to a cell"), mark("a number; {cell}"), "0.01"),
    EditChoice("negate", mark("Negate")),
    EditChoice("zero", mark("Zero")),
)


def edit_of(kind: EditKind, text: str, cell: tuple[int, ...] | None) -> Edit | str:
    """What is to be done, or why that is not known, in a sentence."""
    text = text.strip()
    if kind == "replace":
        return Edit(kind, expression=text) if text else tr("Write a number, or an expression such as torch.ones(3).")
    if kind in ("zero", "negate"):
        return Edit(kind)
    try:
        amount = float(pythonic(text))
    except ValueError:
        return tr("“{text}” is not a number.", text=text) if text else tr("Write a number.")
    if kind in ("clip_norm", "clip_value") and not (amount >= 0 and math.isfinite(amount)):
        return tr("A gradient is clipped to a number from 0 on.")
    if kind == "perturb":
        return Edit(kind, amount, cell) if cell is not None else tr("Select a cell of the gradient or the value first.")
    return Edit(kind, amount)


def subject_of(node: Node | None, slot: int = 0, of: Of = "gradient") -> str:
    """What a person calls the gradient that enters a node, or the value of a leaf: "grad of h", "value of w"."""
    named = "" if node is None or slot >= len(node.outputs) else node.outputs[slot].variable
    name = tr("a node outside of the graph") if node is None else named or node.variable or node.name
    return tr("value of {name}", name=name) if of == "value" else tr("grad of {name}", name=name)


def change_words(edit: Edit, subject: str) -> str:
    """ "grad of h × 2"."""
    amount = format(edit.amount, "g")
    if edit.kind == "perturb":
        sign = "+" if edit.amount >= 0 else "−"
        return f"{subject}{list(edit.cell)} {sign} {format(abs(edit.amount), 'g')}"
    return {
        "scale": f"{subject} × {amount}",
        "replace": f"{subject} = {edit.expression}",
        "clip_norm": tr("{subject} clipped to norm {amount}", subject=subject, amount=amount),
        "clip_value": tr("{subject} clipped to ±{amount}", subject=subject, amount=amount),
        "negate": f"−{subject}",
        "zero": f"{subject} = 0",
    }[edit.kind]
