"""The canvas as SVG, PDF or PNG, and the graph's structure as DOT."""

from __future__ import annotations

from pathlib import Path

import graphviz
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from engine.protocol.errors import EngineError
from engine.protocol.values import Graph, Node
from visualizer.backprop.graph.canvas import GraphCanvas
from visualizer.backprop.graph.folding import shape_text
from visualizer.backprop.graph.naming import Namer

FORMATS = (".svg", ".pdf", ".png", ".dot")
_PNG_RATIO = 2
_DOTS_PER_INCH = 96
_POINTS_PER_INCH = 72


def export(path: Path, canvas: GraphCanvas, graph: Graph) -> None:
    """Write the file that the suffix names. Raises EngineError when it cannot be written."""
    writers = {".svg": _svg, ".pdf": _pdf, ".png": _png}
    suffix = path.suffix.lower()
    if suffix == ".dot":
        data = dot_text(graph).encode()
    elif suffix in writers:
        data = writers[suffix](canvas)
    else:
        raise _no_format(suffix)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EngineError(
            "file.not_written", "{path} could not be written: {reason}.", path=path, reason=error.strerror or error
        ) from error


def _no_format(suffix: str) -> EngineError:
    known = ", ".join(FORMATS)
    if not suffix:
        return EngineError(
            "export.no_suffix", "A graph is exported as {known}, not as a file without a suffix.", known=known
        )
    return EngineError(
        "export.no_format", "A graph is exported as {known}, not as {suffix}.", known=known, suffix=suffix
    )


def dot_text(graph: Graph) -> str:
    """Every node and edge of the graph, folded or not, with modules as clusters."""
    drawing = graphviz.Digraph("graph", graph_attr={"rankdir": "BT"}, node_attr={"shape": "box"})
    namer = Namer(graph)
    by_module: dict[str, list[Node]] = {}
    for node in graph.nodes:
        by_module.setdefault(node.module, []).append(node)
    for module, nodes in by_module.items():
        if not module:
            _dot_nodes(drawing, nodes, namer)
            continue
        with drawing.subgraph(name=f"cluster_{module}") as cluster:
            cluster.attr(label=graphviz.escape(module))
            _dot_nodes(cluster, nodes, namer)
    for edge in graph.edges:
        style = {} if edge.gradient else {"style": "dashed"}
        drawing.edge(str(edge.source), str(edge.target), label=graphviz.escape(shape_text(edge.shape)), **style)
    return drawing.source


def _dot_nodes(drawing: graphviz.Digraph, nodes: list[Node], namer: Namer) -> None:
    for node in nodes:
        output = node.outputs[0] if node.outputs else None
        shape = f"{shape_text(output.shape)} {output.dtype}" if output is not None else ""
        lines = [node.name, namer.second_line(node)[0], shape]
        drawing.node(str(node.id), "\\n".join(graphviz.escape(line) for line in lines if line.strip()))


def _png(canvas: GraphCanvas) -> bytes:
    image = QImage(canvas.size() * _PNG_RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_PNG_RATIO)
    painter = QPainter(image)
    canvas.paint(painter, as_vectors=True)
    painter.end()
    data, buffer = _buffer()
    image.save(buffer, "PNG")
    buffer.close()
    return data.data()


def _svg(canvas: GraphCanvas) -> bytes:
    data, buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(_DOTS_PER_INCH)
    generator.setSize(QSize(canvas.width(), canvas.height()))
    generator.setViewBox(QRectF(0, 0, canvas.width(), canvas.height()))
    generator.setTitle("Autograd graph")
    _paint(generator, canvas)
    buffer.close()
    return data.data()


def _pdf(canvas: GraphCanvas) -> bytes:
    data, buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    points = QSizeF(canvas.size()) * (_POINTS_PER_INCH / _DOTS_PER_INCH)
    page = QPageSize(points, QPageSize.Unit.Point, "canvas", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    _paint(writer, canvas)
    buffer.close()
    return data.data()


def _paint(device: QSvgGenerator | QPdfWriter, canvas: GraphCanvas) -> None:
    painter = QPainter(device)
    painter.setClipRect(QRectF(0, 0, canvas.width(), canvas.height()))
    canvas.paint(painter, as_vectors=True)
    painter.end()


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer
