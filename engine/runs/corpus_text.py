"""The text of one file, a block at a time: its encoding, and what keeps it from being text. No torch."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from engine.protocol.sentence import Sentence
from engine.runs.config_rules import ConfigError
from engine.runs.meter import Meter
from engine.runs.seven_bits import Seen, seven_bits
from engine.shared.disk_errors import read_reason

_HEAD_BYTES = 1 << 16
_BLOCK_BYTES = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ZEROS = 0.4  # of every second byte, in text of European letters in UTF-16

_OLDER = Sentence.phrase(
    "words.older_encoding", " Is it in an older encoding, as Latin-1 or Windows-1252? Save it as UTF-8."
)
_CUT = Sentence.phrase("words.cut_character", " The file ends inside of its last character: it was cut there.")
_DAMAGED = Sentence.phrase("words.damaged_byte", " What is around it is UTF-8: this byte is damaged.")
_LOST = "\ufffd"  # what stands for a byte that does not decode


def encoding_of(path: Path) -> str:
    """Python's name of a file's encoding, "" of what is no text. Raises ConfigError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return _encoding(file.read(_HEAD_BYTES))
    except OSError as error:
        raise not_read(path, error) from error


def seven_bits_of(path: Path) -> Seen | None:
    """What a file that decodes looks like if it is in an encoding of ASCII characters; None also of one that cannot be
    read."""
    try:
        with path.open("rb") as file:
            return seven_bits(file.read(_HEAD_BYTES))
    except OSError:
        return None


def blocks(path: Path, meter: Meter = Meter()) -> Iterator[str]:
    """The text of a file. Raises ConfigError for one that is no text, or cannot be read."""
    encoding = encoding_of(path)
    if not encoding:
        raise ConfigError("corpus.binary", "{path} is a binary file, not text.", field="corpus", path=path)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            data = file.read(_BLOCK_BYTES)
            while data:
                start = file.tell() - len(data) - len(decoder.getstate()[0])
                following = file.read(_BLOCK_BYTES)
                yield _decoded(path, decoder, data, start, is_last=not following)
                meter.read(len(data))
                data = following
    except OSError as error:
        raise not_read(path, error) from error


def not_read(path: Path | str, error: OSError) -> ConfigError:
    """A file of the corpus that the system does not give."""
    return ConfigError(
        "corpus.not_read", "{path} could not be read: {reason}.", field="corpus", path=path, reason=read_reason(error)
    )


def _encoding(head: bytes) -> str:
    found = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
    if found or b"\0" not in head:
        return found or "utf-8"
    n_pairs = len(head) // 2
    first, second = (head[place : 2 * n_pairs : 2].count(0) for place in (0, 1))
    if n_pairs and not first and second >= _ZEROS * n_pairs:
        return "utf-16-le"
    return "utf-16-be" if n_pairs and not second and first >= _ZEROS * n_pairs else ""


def _hint(error: UnicodeDecodeError, *, is_last: bool) -> Sentence | str:
    """Why it may be that a byte does not decode."""
    is_utf_8 = error.encoding == "utf-8"
    around = error.object.decode(error.encoding, "replace")
    n_lost = around.count(_LOST)
    n_foreign = sum(not character.isascii() for character in around) - n_lost
    is_certain = not is_utf_8 or (n_lost == 1 and (n_foreign > 0 or error.end - error.start > 1))
    if is_last and error.end == len(error.object) and is_certain:  # one byte by itself may be Latin-1
        return _CUT
    if not is_utf_8:
        return ""
    return _DAMAGED if n_foreign > n_lost else _OLDER


def _decoded(path: Path, decoder: codecs.IncrementalDecoder, data: bytes, start: int, *, is_last: bool) -> str:
    """`start`: of the bytes that are decoded now, in the file."""
    try:
        text = decoder.decode(data, is_last)
    except UnicodeDecodeError as error:
        name = error.encoding.upper()
        raise ConfigError(
            "corpus.does_not_decode",
            "{path} is not {encoding} text: the byte at {position:,} does not decode.{hint}",
            field="corpus",
            path=path,
            encoding=name,
            position=start + error.start,
            hint=_hint(error, is_last=is_last),
        ) from error
    if "\0" in text:
        raise ConfigError(
            "corpus.zero_byte",
            "{path} is no text: it has a zero byte near {position:,}.",
            field="corpus",
            path=path,
            position=start + max(data.find(b"\0"), 0),
        )
    return text
