"""What can be done to a gradient on trial: the kinds, what a person writes for each, and their words."""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from engine.protocol.values import Edit, EditKind, Node
from engine.shared.language import pythonic

Of = Literal["gradient", "value"]


class EditChoice(NamedTuple):
    """One kind. `field` says what is to be written beside it, "" where nothing is; `first` stands there at first."""

    kind: EditKind
    words: str
    field: str = ""
    first: str = ""


CHOICES = (
    EditChoice("scale", "Scale by", "a number", "2"),
    EditChoice("replace", "Replace by", "a number, or an expression of the program's names and {name}", "0"),
    EditChoice("clip_norm", "Clip to a norm of", "the largest norm", "1"),
    EditChoice("clip_value", "Clip each cell to ±", "the largest magnitude", "1"),
    EditChoice("perturb", "Add to a cell", "a number; the cell is that which is selected", "0.01"),
    EditChoice("negate", "Negate"),
    EditChoice("zero", "Zero"),
)


def edit_of(kind: EditKind, text: str, cell: tuple[int, ...] | None) -> Edit | str:
    """What is to be done, or why that is not known, in a sentence."""
    text = text.strip()
    if kind == "replace":
        return Edit(kind, expression=text) if text else "Write a number, or an expression such as torch.ones(3)."
    if kind in ("zero", "negate"):
        return Edit(kind)
    try:
        amount = float(pythonic(text))
    except ValueError:
        return f"“{text}” is not a number." if text else "Write a number."
    if kind in ("clip_norm", "clip_value") and not (amount >= 0 and math.isfinite(amount)):
        return "A gradient is clipped to a number from 0 on."
    if kind == "perturb":
        return Edit(kind, amount, cell) if cell is not None else "Select a cell of the gradient or the value first."
    return Edit(kind, amount)


def subject_of(node: Node | None, slot: int = 0, of: Of = "gradient") -> str:
    """What a person calls the gradient that enters a node, or the value of a leaf: "grad of h", "value of w"."""
    kind = "value" if of == "value" else "grad"
    if node is None:
        return f"{kind} of a node outside of the graph"
    named = node.outputs[slot].variable if slot < len(node.outputs) else ""
    return f"{kind} of {named or node.variable or node.name}"


def change_words(edit: Edit, subject: str) -> str:
    """ "grad of h × 2"."""
    amount = format(edit.amount, "g")
    if edit.kind == "perturb":
        sign = "+" if edit.amount >= 0 else "−"
        return f"{subject}{list(edit.cell)} {sign} {format(abs(edit.amount), 'g')}"
    return {
        "scale": f"{subject} × {amount}",
        "replace": f"{subject} = {edit.expression}",
        "clip_norm": f"{subject} clipped to norm {amount}",
        "clip_value": f"{subject} clipped to ±{amount}",
        "negate": f"−{subject}",
        "zero": f"{subject} = 0",
    }[edit.kind]
