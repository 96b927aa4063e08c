"""A pass of the run in words: for the strip's tool tip, the transport and a screen reader."""

from __future__ import annotations

from engine.shared.local_numbers import compact, scaled
from engine.shared.numbers import count
from visualizer.model.passes import PassBook

_UNITS = ("B", "KiB", "MiB", "GiB")
_STATUS = {"running": "held", "aborted": "stopped", "failed": "failed"}


def pass_words(book: PassBook, index: int) -> str:
    """ "Pass 37 of 50: loss.backward(), line 6, loss 0.31, norm 1.2e-3; values and gradients are kept"."""
    mark = book.marks[index - 1]
    parts = [mark.origin]
    if mark.line:
        parts.append(f"line {mark.line}")
    if mark.loss is not None:
        parts.append(f"{mark.root if mark.root.isidentifier() else 'root'} {compact(mark.loss)}")
    if mark.norm is not None:
        parts.append(f"norm of its gradients {compact(mark.norm)}")
    elif not mark.is_measured:
        parts.append("its norm was left out for speed")
    if mark.n_kept:
        parts.append(f"with {count(mark.n_kept, 'gradient', 'gradients')} that you changed")
    if mark.status in _STATUS:
        parts.append(f"{_STATUS[mark.status]}{f' with {mark.error}' if mark.status == 'failed' else ''}")
    kept = "values and gradients are kept" if index in book.whole else "of its values nothing is kept"
    kept = "" if mark.status == "running" else f"; {kept}"
    return f"Pass {index} of {len(book)}: {', '.join(parts)}{kept}"


def position_of_pass(book: PassBook) -> str:
    """ "pass 37 of 50 so far"; "" in a run of one."""
    if len(book) < 2 or not book.shown:
        return ""
    earlier = "earlier " if book.opened else ""
    return f"{earlier}pass {book.shown} · {len(book)} so far"


def room_words(book: PassBook) -> str:
    """What the passes that open with their values take of what they may."""
    taken, room = (scaled(n_bytes, _UNITS, 1024) for n_bytes in (book.kept_bytes, book.budget_bytes))
    return f"Values and gradients of {len(book.whole):,} of {count(len(book), 'pass', 'passes')}: {taken} of {room}"
