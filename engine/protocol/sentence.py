"""A sentence as data, so that the window can say it in another language than English."""

from __future__ import annotations

import msgspec


class Sentence(msgspec.Struct, frozen=True):
    """A template filled with arguments. A test holds every code to one template, for good.

    An argument is a name, a number or a text that no language changes, or words, which are a sentence of their own:
    made by `phrase`, or by `counted`.
    """

    code: str  # of the template, "tensor.no_gradient_yet"
    text: str  # in English
    arguments: dict[str, str | Sentence] = {}  # what fills the template, numbers without thousands separators

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of(cls, code: str, template: str, /, **arguments: object) -> Sentence:
        """Fill a template, which names each argument in braces and is a whole sentence."""
        kept = {name: value if isinstance(value, Sentence) else str(value) for name, value in arguments.items()}
        return cls(code, template.format(**arguments), kept)

    @classmethod
    def phrase(cls, code: str, template: str, /, **arguments: object) -> Sentence:
        """Words that stand inside of a sentence, as one of its arguments."""
        return cls.of(code, template, **arguments)

    @classmethod
    def row(cls, template: str, /, **arguments: object) -> Sentence:
        """A phrase of a table, whose code is the template itself. A test finds the tables' templates."""
        return cls.of(template, template, **arguments)

    @classmethod
    def counted(cls, code: str, one: str, several: str, n: int, /) -> Sentence:
        """A phrase with a number `{n}` in it: Sentence.counted("count.nodes", "{n} node", "{n:,} nodes", 3)."""
        return cls.of(code, one if n == 1 else several, n=n)


Arguments = dict[str, str | Sentence]
