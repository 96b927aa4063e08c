"""What is said of a prediction once its node has run."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from engine.protocol.graph_values import Node
from engine.protocol.predictions import Verdict
from engine.shared.language import grouped, mark, said, tr, trn
from visualizer.look import theme
from visualizer.look.labels import strong


def verdicts_html(node: Node, verdicts: Sequence[Verdict]) -> str:
    """Of a node: a paragraph for each prediction."""
    head = f"<p>{tr('{node} has run.', node=strong(escape(node.name)))}</p>"
    return head + "".join(f"<p>{_verdict(one)}</p>" for one in verdicts)


def _verdict(verdict: Verdict) -> str:
    name = f"∂L/∂{verdict.wanted.name}"
    if verdict.said is not None:
        return escape(tr("{name}: not judged. {reason}", name=name, reason=said(verdict.said)))
    if verdict.is_right:
        words = trn(
            "{name} = {value}.", "{name} = {value}, all {n} cells.", verdict.n_cells, name=name, value=verdict.text
        )
        return f"{_colored(tr('✓ Right'), 'ok.text')}: {escape(words)}"
    return "<br>".join(part for part in (_wrong(name, verdict), _missing(verdict)) if part)


def _wrong(name: str, verdict: Verdict) -> str:
    head = _colored(tr("✗ Not yet"), "warn.text")
    if not verdict.yours:
        shape = verdict.wanted.shape
        return f"{head}: {escape(tr('{name} has the shape {shape}, which this has not.', name=name, shape=shape))}"
    cell = f"[{', '.join(map(str, verdict.cell))}]" if verdict.cell else ""
    share = f" ({verdict.relative})" if verdict.relative else ""
    off = tr(_OFF, yours=verdict.yours, actual=verdict.actual, difference=verdict.absolute + share)
    return f"{head}: {escape(tr('{place}: {words}', place=_place(name, cell, verdict), words=off))}"


_OFF = mark("you {yours}, PyTorch {actual}, off by {difference}.")


def _place(name: str, cell: str, verdict: Verdict) -> str:
    """Of which gradient; of one of several cells how many are right, and which is furthest off."""
    if verdict.n_cells == 1:
        return f"{name}{cell}"
    right = trn(
        "{name} is right in {right} of {n} cell",
        "{name} is right in {right} of {n} cells",
        verdict.n_cells,
        name=name,
        right=grouped(verdict.n_right),
    )
    return tr("{words}; furthest off at {cell}", words=right, cell=cell) if cell else right


def _missing(verdict: Verdict) -> str:
    return _colored(" ".join(map(said, verdict.explained)), "text.primary")


def _colored(text: str, token: str) -> str:
    return f'<span style="color:{theme.current().color(token).name()}">{strong(escape(text))}</span>' if text else ""
