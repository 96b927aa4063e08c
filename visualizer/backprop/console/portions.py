"""What waits to be written into the output: as much of it as is kept, and as much as is written at once."""

from __future__ import annotations

Piece = tuple[str, str]  # a stream, and what was printed there

_LINES, _LETTERS = 1_000, 200_000  # written in some ten milliseconds


def newest(pieces: list[Piece], n_lines: int) -> tuple[list[Piece], int]:
    """The last `n_lines` lines, and how many came before them."""
    n_left, kept = n_lines, []
    for place in range(len(pieces) - 1, -1, -1):
        stream, text = pieces[place]
        n_here = text.count("\n")
        if n_here > n_left:
            lines = text.split("\n")
            kept.append((stream, "\n".join(lines[-n_left - 1 :])))
            return kept[::-1], n_here - n_left + sum(older.count("\n") for _, older in pieces[:place])
        n_left -= n_here
        kept.append((stream, text))
    return kept[::-1], 0


def begun(pieces: list[Piece]) -> tuple[list[Piece], list[Piece]]:
    """The first lines, whole and at least one piece of one, and what comes after them."""
    now: list[Piece] = []
    n_lines = n_letters = 0
    for place, (stream, text) in enumerate(pieces):
        end = _end(text, _LINES - n_lines, _LETTERS - n_letters)
        if end < len(text):
            rest = [(stream, text[end:]), *pieces[place + 1 :]]
            return ([*now, (stream, text[:end])] if end else now), rest
        now.append((stream, text))
        n_lines, n_letters = n_lines + text.count("\n"), n_letters + len(text)
        if n_lines >= _LINES or n_letters >= _LETTERS:
            return now, pieces[place + 1 :]
    return now, []


def _end(text: str, n_lines: int, n_letters: int) -> int:
    """Where so much of it ends, behind a line; a longer line is taken whole."""
    end = 0
    while n_lines > 0 and end < n_letters:
        line_end = text.find("\n", end) + 1
        if not line_end:
            return len(text)
        end, n_lines = line_end, n_lines - 1
    return end
