"""What at a place of the program made a tensor: a node of the graph, else a variable."""

from __future__ import annotations

import re
from collections.abc import Container

from PySide6.QtGui import QTextCursor

from engine.protocol.graph_values import Graph
from visualizer.backprop.graph.finder import nodes_at
from visualizer.backprop.program.code_editor import CodeEditor
from visualizer.model.selection import SelectedNode, SelectedVariable

_ASSIGNED = re.compile(r"\s*([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)")


def operation_at(
    editor: CodeEditor, graph: Graph | None, variables: Container[str]
) -> SelectedNode | SelectedVariable | None:
    """At the text cursor: the innermost sub-expression that made a node, what its word names, what its line assigns."""
    cursor = editor.textCursor()
    covers = editor.run_lines.covering(cursor.blockNumber() + 1, cursor.positionInBlock())
    if graph is not None and covers is not None:
        found = nodes_at(graph, covers)
        if found:
            return SelectedNode(max(graph.nodes[index].id for index in found))
    line = cursor.block().text()
    cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    assigned = _ASSIGNED.match(line)
    names = [cursor.selectedText(), "" if assigned is None else assigned[1]]
    return next((SelectedVariable(name) for name in names if name and name in variables), None)
