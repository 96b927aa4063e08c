"""What an export can be, and what a person has chosen of it."""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Literal

import msgspec

from engine.protocol.errors import EngineError
from engine.shared.language import mark
from engine.shared.stored_json import decode

GRAPH, SELECTION, VIEW, PASS = "graph", "selection", "view", "pass"
FRAMES = "frames"  # in place of a suffix: a folder of pictures
DRAWINGS = {
    ".svg": mark("SVG drawing"),
    ".pdf": mark("PDF document"),
    ".png": mark("PNG picture"),
    ".dot": mark("DOT structure"),
}
FILMS = {".gif": mark("GIF animation"), ".mp4": mark("MP4 video"), FRAMES: mark("Folder of PNG pictures")}
LOOKS = {"window": mark("As the window"), "dark": mark("Dark"), "light": mark("Light")}
WIDTHS_PX = (640, 960, 1280, 1920)
LEAST_SPEED, MOST_SPEED = 0.2, 25.0  # steps per second: a GIF counts in hundredths, and browsers slow faster ones down


class ExportChoice(msgspec.Struct, frozen=True):
    """`what` is GRAPH, SELECTION, VIEW or PASS; `drawing` and `film` are the format of each kind. `first` and `last`
    are positions in the recorded pass, -1 its newest. `longest_px` is the longer side of a frame."""

    what: Literal["graph", "selection", "view", "pass"] = GRAPH  # type: ignore[assignment]
    drawing: Literal[".svg", ".pdf", ".png", ".dot"] = ".svg"
    film: Literal[".gif", ".mp4", "frames"] = ".gif"
    look: Literal["window", "dark", "light"] = "window"
    has_thumbnails: bool = True
    longest_px: Annotated[int, msgspec.Meta(ge=64, le=4096)] = 960
    steps_per_second: Annotated[float, msgspec.Meta(ge=LEAST_SPEED, le=MOST_SPEED)] = 2.0
    is_following: bool = False
    first: Annotated[int, msgspec.Meta(ge=0)] = 0
    last: int = -1
    folder: str = ""

    @property
    def format(self) -> str:
        """A suffix, or FRAMES."""
        return self.film if self.what == PASS else self.drawing

    def is_dark(self, window_is_dark: bool) -> bool:
        """In which colours it is drawn."""
        return window_is_dark if self.look == "window" else self.look == "dark"

    def for_path(self, path: PurePath) -> ExportChoice:
        """With the format that a path names. Raises EngineError where it names none of its kind."""
        suffix, known = path.suffix.lower(), FILMS if self.what == PASS else DRAWINGS
        if self.format == FRAMES:
            return self
        if suffix in known:
            return msgspec.structs.replace(self, **{"film" if self.what == PASS else "drawing": suffix})
        thing = "A pass" if self.what == PASS else "A graph"
        names = ", ".join(name for name in known if name != FRAMES)
        if not suffix:
            raise EngineError(
                "export.no_suffix", "{thing} is exported as {known}, not as a file without a suffix.",
                thing=thing, known=names,
            )  # fmt: skip
        raise EngineError(
            "export.no_format", "{thing} is exported as {known}, not as {suffix}.",
            thing=thing, known=names, suffix=suffix,
        )  # fmt: skip


def encode_choice(choice: ExportChoice) -> str:
    """As text for the settings; the range is one of the pass at hand, and not kept."""
    return msgspec.json.encode(msgspec.structs.replace(choice, first=0, last=-1)).decode()


def decode_choice(text: str) -> ExportChoice:
    """The choice in a text of settings, the default where it holds none."""
    try:
        return decode(text.encode(errors="replace"), ExportChoice)
    except msgspec.MsgspecError:
        return ExportChoice()
