"""A tensor of 10^8 elements on the stage: its first picture, and frames while it is panned and zoomed.

A frame is all that the window's thread does in a sixtieth of a second: what has come is read and coloured, and the view
is painted. With a real window and engine.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from engine.protocol.keys import VariableKey
from engine.protocol.messages import RunProgram
from engine.shared.measurement import Measurement
from visualizer.app.main_window import MainWindow
from visualizer.backprop.tensor_view.heat_map import HeatMap
from visualizer.bench.opened import opened_window
from visualizer.bench.waiting import run_events, until, until_true

_FRAME_S = 1 / 60
_N_FRAMES = 180
_PROGRAM = """\
import time, torch
x = torch.randn(10_000, 10_000)
def numpy_ms():
    start = time.perf_counter()
    x.numpy().min(), x.numpy().max()
    return 1000 * (time.perf_counter() - start)
plain_ms = sorted(numpy_ms() for _ in range(5))[2]
def made():
    result = x + 1
    return time.monotonic_ns(), result
end_ns, y = made()
"""


def tensor_frames() -> list[Measurement]:
    """The 95th percentile of frames in the thread's own time, the bytes that come in one, and the first picture."""
    window = opened_window()
    name = "tensor of 10^8 elements"
    first_ms, plain_ms = _first_picture(window)
    heat_map = window.panels.stage.sheets.sheets[0].heat_map
    n_bytes = _counting(window)
    found = [
        Measurement(
            name=f"{name}: from the end of the program to its first picture",
            ours=first_ms,
            other=plain_ms,
            against="`numpy.min` and `numpy.max`",
            aim="≤ 1.5 ×",
        )
    ]
    for what, move in (("panning", _pan), ("zooming", _zoom)):
        before, frames_ms = sum(n_bytes), _frames(heat_map, move)
        found.append(
            Measurement(
                name=f"{name}: a frame while {what}, 95th percentile",
                ours=statistics.quantiles(frames_ms, n=20)[-1],
                other=1000 * _FRAME_S,
                against="a frame",
                aim="≤ 16.7 ms",
            )
        )
        kilobytes = (sum(n_bytes) - before) / len(frames_ms) / 1000
        found.append(Measurement(name=f"{name}: over the pipe, a frame while {what}", ours=kilobytes, unit="kB"))
    window.close()
    return found


def _first_picture(window: MainWindow) -> tuple[float, float]:
    """By the clock of both processes: from when the last operation of the program has made the tensor until it is
    painted, and the median of what numpy took in the program."""
    stage, painted_ns = window.panels.stage.sheets, list[int]()

    def paint() -> None:
        if _is_complete(stage.sheets[0].heat_map):
            stage.sheets[0].heat_map.repaint()
            painted_ns.append(time.monotonic_ns())

    stage.pictured.connect(paint)
    window.engine.send(RunProgram(text=_PROGRAM, path="tensor_bench.py"))
    until(window.session.program_finished)
    known = {row.name: row.text for row in window.session.variables}
    until_true(lambda: bool(painted_ns))
    stage.pictured.disconnect(paint)
    return (painted_ns[0] - int(known["end_ns"])) / 1e6, float(known["plain_ms"])


def _is_complete(heat_map: HeatMap) -> bool:
    feed = heat_map.feed
    return feed.key == VariableKey("y") and feed.tiles.is_complete(heat_map.visible())


def _counting(window: MainWindow) -> list[int]:
    """The sizes of all that comes from the engine from here on."""
    sizes: list[int] = []
    incoming = window.engine._incoming
    feed = incoming.feed

    def count(data: bytes) -> None:
        sizes.append(len(data))
        feed(data)

    incoming.feed = count  # type: ignore[method-assign]
    return sizes


def _frames(heat_map: HeatMap, move: Callable[[HeatMap, int], None]) -> list[float]:
    took_ms = []
    for frame in range(_N_FRAMES):
        end_s = time.perf_counter() + _FRAME_S
        start_s = time.thread_time()
        move(heat_map, frame)
        run_events(max(end_s - time.perf_counter(), 0.0))
        took_ms.append(1000 * (time.thread_time() - start_s))
    return took_ms


def _pan(heat_map: HeatMap, frame: int) -> None:
    """Diagonally, at two pixels an element."""
    area, camera = heat_map.area(), heat_map.camera
    if not frame:
        camera.zoom_by(2 / camera.cell_width, 0, 0, area.width(), area.height())
    camera.scroll_to(camera.x + 24, camera.y + 16, area.width(), area.height())


def _zoom(heat_map: HeatMap, frame: int) -> None:
    """Out to the whole and in again, at a place in the middle."""
    area = heat_map.area()
    factor = 1 / 1.06 if frame < _N_FRAMES // 2 else 1.06
    heat_map.camera.zoom_by(factor, area.width() / 2, area.height() / 2, area.width(), area.height())
