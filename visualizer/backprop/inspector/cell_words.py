"""The arithmetic of a cell as rich text: each term on two lines, what it is made of and its numbers."""

from __future__ import annotations

from html import escape

from engine.protocol.cells import CellFactor, CellPlace, CellSum, CellTerm
from engine.shared.language import local, mark, said, tr, trn
from visualizer.look import theme

_BREAK = "&nbsp;· "


class CellWords:
    """Of one answer. `places`: where each link leads, by its number."""

    def __init__(self) -> None:
        self.places: list[CellPlace] = []

    def html(self, made: CellSum, *, is_gradient: bool) -> str:
        """All that is known of how a cell came about."""
        look = theme.current()
        token = "flow.text" if is_gradient else "text.primary"
        strong = look.color(token).name()
        parts = [
            f'<p style="margin:0"><b>{escape(made.name)}</b> = <b style="color:{strong}">{local(made.number)}</b></p>'
        ]
        parts += [self._term(term, strong) for term in made.terms]
        if made.n_more:
            muted, rest = look.color("text.muted").name(), f" = {local(made.rest)}" if made.rest else ""
            more = trn("+ {n} more, which is smaller", "+ {n} more, each smaller", made.n_more)
            parts.append(f'<p style="{_MARGIN}color:{muted}">{escape(more)}{rest}</p>')
        return "".join(parts)

    def _term(self, term: CellTerm, strong: str) -> str:
        names = _BREAK.join(self._name(factor) for factor in term.factors if factor.name)
        first, *others = (local(factor.text) for factor in term.factors)
        numbers = " · ".join([first, *(f"({text})" if text.startswith("-") else text for text in others)])
        equals = f" = {local(term.product)}" if others and term.product else ""
        return f'<p style="{_MARGIN}">{names}<br/><span style="color:{strong}">{numbers}{equals}</span></p>'

    def _name(self, factor: CellFactor) -> str:
        name = escape(said(factor.name))
        if factor.place is None:
            return name
        self.places.append(factor.place)
        color = theme.current().color("accent.text").name()
        return f'<a href="{len(self.places) - 1}" style="color:{color};text-decoration:none">{name}</a>'


_MARGIN = "margin:4px 0 0 10px;"
_DIFFERS = mark("the terms give {total}, PyTorch's number is {difference} from it")


def agreement(made: CellSum) -> tuple[str, str]:
    """Whether the terms add up to PyTorch's number, in a few words, and the token of their colour."""
    if made.difference:
        return tr(_DIFFERS, total=local(made.total), difference=local(made.difference)), "warn.text"
    if not made.total or len(made.terms) + made.n_more == 0 or made.said:
        return "", "text.muted"
    n_terms = len(made.terms) + made.n_more
    return trn("its one term is PyTorch's number", "its {n} terms add up to PyTorch's number", n_terms), "ok.text"
