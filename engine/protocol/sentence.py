"""A sentence as data, so that the window can say it in another language than English."""

from __future__ import annotations

import msgspec


class Sentence(msgspec.Struct, frozen=True):
    """A template filled with arguments. A test holds every code to one template, for good."""

    code: str  # of the template, "tensor.no_gradient_yet"
    text: str  # in English
    arguments: dict[str, str] = {}  # what fills the template, numbers without thousands separators

    @classmethod
    def of(cls, code: str, template: str, /, **arguments: object) -> Sentence:
        """Fill a template, which names each argument in braces and is a whole sentence."""
        return cls(code, template.format(**arguments), {name: str(value) for name, value in arguments.items()})
