"""Words that stand inside of sentences in several rooms, as data."""

from __future__ import annotations

from collections.abc import Sequence

from engine.protocol.sentence import Sentence

STEPPING = "stepping "  # begins the origin of a pass that the window started


def both(names: Sequence[object]) -> Sentence | str:
    """ "a, b and c"."""
    if len(names) < 2:
        return "".join(map(str, names))
    return Sentence.phrase("words.both", "{most} and {last}", most=", ".join(map(str, names[:-1])), last=names[-1])


def every(names: Sequence[object]) -> Sentence | str:
    """ "a and b and c"."""
    said: object = names[0] if names else ""
    for name in names[1:]:
        said = Sentence.phrase("words.both", "{most} and {last}", most=said, last=name)
    return said if isinstance(said, Sentence) else str(said)


def parted(parts: Sequence[Sentence]) -> Sentence | str:
    """ "a; b; c"."""
    said: Sentence | str = parts[0] if parts else ""
    for part in parts[1:]:
        said = Sentence.phrase("words.parted", "{most}; {last}", most=said, last=part)
    return said


def with_more(names: str, n_more: int) -> Sentence | str:
    """ "a, b and 3 more"."""
    return Sentence.phrase("words.with_more", "{names} and {n:,} more", names=names, n=n_more) if n_more > 0 else names


def at_line(name: str | Sentence, line: int) -> Sentence:
    """ "h.7 (line 14)"."""
    return Sentence.phrase("words.at_line", "{name} (line {line})", name=name, line=line)


def line_words(line: int) -> Sentence:
    """ "line 14"."""
    return Sentence.phrase("words.line", "line {line}", line=line)


def passes(n: int) -> Sentence:
    """ "1 pass", "3 passes"."""
    return Sentence.counted("count.passes", "{n} pass", "{n:,} passes", n)


def origin_words(origin: str) -> Sentence | str:
    """Who runs a pass: the program's own call, or the window that steps an output, "stepping loss"."""
    if not origin.startswith(STEPPING):
        return origin
    return Sentence.phrase("words.stepping", "stepping {label}", label=origin.removeprefix(STEPPING))
