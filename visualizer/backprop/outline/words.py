"""A row of the outline in words: its title, what stands behind it, and all that is known of it."""

from __future__ import annotations

from engine.protocol.graph_values import Node
from engine.protocol.kind_names import without_backward
from engine.protocol.tensor_values import short_dtype
from engine.shared.language import tr, trn
from visualizer.backprop.outline.columns import Column, numbers_tip
from visualizer.backprop.outline.rows import TOP, Outline
from visualizer.backprop.outline.table import FactTable


def title(outline: Outline, row: int, *, is_flat: bool) -> tuple[str, str]:
    """The title of a row and the muted words behind it. In a flat list a node says what it is in."""
    branch, node = outline.branch(row), outline.node(row)
    if branch is not None:
        return branch.title, branch.subtitle
    assert node is not None
    if node.kind == "backward" or node.is_ghost:
        name, words = without_backward(node.name), node.variable or node.expression
    else:
        variable = node.variable if is_flat else node.variable.rpartition(".")[2]
        name, words = (variable, node.name) if variable else (node.name, "")
    around = _around(outline, row) if is_flat and node.kind == "backward" else ""
    behind = tr("behind a cut") if node.is_ghost else ""
    return name, " · ".join(part for part in (around, words, behind) if part)


def _around(outline: Outline, row: int) -> str:
    """The module that a node is in, else what else it is under."""
    found = ""
    while (row := outline.parent(row)) != TOP:
        branch = outline.branch(row)
        if branch is not None and branch.path:
            return branch.path
        if branch is not None and not branch.is_part:
            found = found or branch.title
    return found


def accessible(outline: Outline, row: int, column: Column, text: str) -> str:
    """A cell for who hears it."""
    name, words = title(outline, row, is_flat=True)
    return f"{name} {words}".strip() if not column.of_branch else f"{name}, {tr(column.title)} {text or tr('unknown')}"


def tip(outline: Outline, table: FactTable, row: int) -> str:
    """All that is known of a row, a line each."""
    branch, node = outline.branch(row), outline.node(row)
    if branch is not None:
        lines = [f"{branch.path or branch.title}  {branch.subtitle}".strip()]
        lines.append(trn("{n} node", "{n} nodes", table.row(row).n_nodes))
        return "\n".join(lines + numbers_tip(table.row(row), None, is_branch=True))
    assert node is not None
    return "\n".join([*_of_node(node), *numbers_tip(table.row(row), table.of(node), is_branch=False)])


def _of_node(node: Node) -> list[str]:
    lines = [f"{node.name}  {node.variable}".strip()]
    lines += [f"{output.shape} {short_dtype(output.dtype)}" for output in node.outputs[:4] if output.shape is not None]
    lines += [tr("in {module}", module=node.module)] if node.module else []
    lines += (
        [tr("line {line}: {text}", line=node.source.line, text=_first_line(node))] if node.source is not None else []
    )
    return lines


def _first_line(node: Node) -> str:
    return node.source.text.partition("\n")[0] if node.source is not None else ""
