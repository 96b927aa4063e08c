"""What a kind of name is called on the screen; what is Python's own word, as a type or `nn.Module`, stays."""

from __future__ import annotations

from engine.shared.language import mark, tr

_WORDS = {
    "attribute": mark("attribute"),
    "class": mark("class"),
    "function": mark("function"),
    "key": mark("key"),
    "keyword": mark("keyword"),
    "method": mark("method"),
    "module": mark("module"),
    "name": mark("name"),
    "parameter": mark("parameter"),
    "property": mark("property"),
    "variable": mark("variable"),
}


def kind_word(kind: str) -> str:
    """Of a completion or a hint."""
    return tr(_WORDS[kind]) if kind in _WORDS else kind
