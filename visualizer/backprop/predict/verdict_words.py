"""What is said of a prediction once its node has run."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from engine.protocol.predictions import Verdict
from engine.protocol.values import Node
from engine.shared.numbers import count
from visualizer.look import theme
from visualizer.look.labels import strong


def verdicts_html(node: Node, verdicts: Sequence[Verdict]) -> str:
    """Of a node: a paragraph for each prediction."""
    head = f"<p>{strong(escape(node.name))} has run.</p>"
    return head + "".join(f"<p>{_verdict(one)}</p>" for one in verdicts)


def _verdict(verdict: Verdict) -> str:
    name = f"∂L/∂{verdict.wanted.name}"
    if verdict.said is not None:
        return f"{escape(name)}: not judged. {escape(verdict.said.text)}"
    if verdict.is_right:
        cells = "" if verdict.n_cells == 1 else f", all {verdict.n_cells:,} cells"
        return f"{_colored('✓ Right', 'ok.text')}: {escape(name)} = {escape(verdict.text)}{cells}."
    return "<br>".join(part for part in (_wrong(name, verdict), _missing(verdict)) if part)


def _wrong(name: str, verdict: Verdict) -> str:
    head = f"{_colored('✗ Not yet', 'warn.text')}: {escape(name)}"
    if not verdict.yours:
        return f"{head} has the shape {verdict.wanted.shape}, which this has not."
    right = "" if verdict.n_cells == 1 else f" is right in {verdict.n_right:,} of {count(verdict.n_cells, 'cell')}"
    cell = f"[{', '.join(map(str, verdict.cell))}]" if verdict.cell else ""
    share = f" ({verdict.relative})" if verdict.relative else ""
    furthest = f"; furthest off at {cell}" if right and cell else f"{cell}" if cell else ""
    return (
        f"{head}{escape(right + furthest)}: you {escape(verdict.yours)}, PyTorch {escape(verdict.actual)}, "
        f"off by {escape(verdict.absolute + share)}."
    )


def _missing(verdict: Verdict) -> str:
    return _colored(" ".join(one.text for one in verdict.explained), "text.primary")


def _colored(text: str, token: str) -> str:
    return f'<span style="color:{theme.current().color(token).name()}">{strong(escape(text))}</span>' if text else ""
