"""A pass of the run in words: for the strip's tool tip, the transport and a screen reader."""

from __future__ import annotations

from engine.shared.language import grouped, mark, said, tr, trn
from engine.shared.local_numbers import compact, scaled
from engine.shared.phrases import origin_words
from visualizer.model.passes import PassBook

_UNITS = ("B", "KiB", "MiB", "GiB")
_STATUS = {"running": mark("held"), "aborted": mark("stopped"), "failed": mark("failed")}


def pass_words(book: PassBook, index: int) -> str:
    """ "Pass 37 of 50: loss.backward(), line 6, loss 0.31, norm 1.2e-3; values and gradients are kept"."""
    mark = book.marks[index - 1]
    parts = [said(origin_words(mark.origin))]
    if mark.line:
        parts.append(tr("line {line}", line=mark.line))
    if mark.loss is not None:
        parts.append(f"{mark.root if mark.root.isidentifier() else tr('root')} {compact(mark.loss)}")
    if mark.norm is not None:
        parts.append(tr("norm of its gradients {norm}", norm=compact(mark.norm)))
    elif not mark.is_measured:
        parts.append(tr("its norm was left out for speed"))
    if mark.n_kept:
        parts.append(trn("with {n} gradient that you changed", "with {n} gradients that you changed", mark.n_kept))
    if mark.status in _STATUS:
        failed = tr("failed with {error}", error=mark.error)
        parts.append(failed if mark.status == "failed" else tr(_STATUS[mark.status]))
    kept = tr("values and gradients are kept") if index in book.whole else tr("of its values nothing is kept")
    kept = "" if mark.status == "running" else f"; {kept}"
    return tr("Pass {number} of {total}: {words}", number=index, total=len(book), words=", ".join(parts)) + kept


def position_of_pass(book: PassBook) -> str:
    """ "pass 37 of 50 so far"; "" in a run of one."""
    if len(book) < 2 or not book.shown:
        return ""
    if book.opened:
        return tr("earlier pass {number} · {total} so far", number=book.shown, total=len(book))
    return tr("pass {number} · {total} so far", number=book.shown, total=len(book))


def room_words(book: PassBook) -> str:
    """What the passes that open with their values take of what they may."""
    taken, room = (scaled(n_bytes, _UNITS, 1024) for n_bytes in (book.kept_bytes, book.budget_bytes))
    return trn(
        "Values and gradients of {kept} of {n} pass: {taken} of {room}",
        "Values and gradients of {kept} of {n} passes: {taken} of {room}",
        len(book),
        kept=grouped(len(book.whole)),
        taken=taken,
        room=room,
    )
