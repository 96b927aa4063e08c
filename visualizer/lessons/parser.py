"""The text of a lesson, read into its parts; what is wrong with it is said with its line."""

from __future__ import annotations

from pathlib import Path

from engine.protocol.errors import EngineError
from visualizer.lessons.outline import Outline
from visualizer.lessons.page_blocks import PageBlocks
from visualizer.lessons.parts import Fault, Lesson, Page


def parse(text: str, key: str, path: Path) -> Lesson:
    """The lesson that a text is. Raises EngineError with the first thing that is wrong with it."""
    lesson = read(text, key, path)
    if lesson.faults:
        raise EngineError.saying(lesson.faults[0].said)
    return lesson


def read(text: str, key: str, path: Path) -> Lesson:
    """As much of a lesson as the text is, with its faults: those of the file, then those of each page. Raises
    EngineError where nothing of it can be read as one."""
    outline = Outline(text, path.name)
    if outline.title is None or not outline.pages:
        raise EngineError(
            "lesson.no_pages", "{name} is no lesson: it needs a line “# Title”, and “## Title” for each page.",
            name=path.name,
        )  # fmt: skip
    pages = tuple(
        Page(place.title, tuple(PageBlocks(path.name, place).read()), place.line, path.parent)
        for place in outline.pages
    )
    of_blocks = (block for page in pages for block in page.blocks if isinstance(block, Fault))
    about = "\n".join(outline.about).strip()
    return Lesson(key, outline.title, about, pages, path.name, (*outline.faults, *of_blocks))
