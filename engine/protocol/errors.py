"""The failures a person can act on; everything else is a defect and goes to the crash path."""

from __future__ import annotations

from typing import Self

from engine.protocol.sentence import Sentence


class EngineError(Exception):
    """One sentence that the person can act on. Nothing the person made is lost when it is raised.

    `str` of it is the sentence in English; `code`, `template` and `arguments` are those of Sentence.of.
    """

    def __init__(self, code: str, template: str, /, **arguments: object) -> None:
        self.sentence = Sentence.of(code, template, **arguments)
        super().__init__(self.sentence.text)

    @classmethod
    def saying(cls, sentence: Sentence) -> Self:
        """The error whose sentence is there already."""
        error = cls.__new__(cls, sentence.text)
        error.sentence = sentence
        return error
