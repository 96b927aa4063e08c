"""What the window asks of the layout process, and what it answers. Lengths are pixels at 100 %; y grows downward."""

from __future__ import annotations

import struct

import msgspec

from engine.protocol.sentence import Sentence

CARD_WIDTH = 236
CARD_HEIGHT = 78
SLIM_WIDTH, SLIM_HEIGHT = 148, 40  # of a card that shows the same elements as the one before it in another shape
ROW_HEIGHT = 22  # of a leaf in the card of the node that uses it
ROWS_PAD = 5  # under the last of them
INPUT_WIDTH = 156
STACK_OFFSET, STACK_RISE = 5, 3  # of each sheet behind a folded card: to the right, and up, where a label stands
ROW_GAP = 42
COLUMN_GAP = 60
FRAME_PAD = 16
FRAME_HEAD = 26  # of a call's frame
# A frame around more cards than this has such a head at most: its title is to be read where the whole fits at 7 %.
_HEAD_PIXELS = 14.0  # of a head, where the whole fits
_HEADS = ((100, 190), (20, 150), (8, 54), (0, 34))
SCREEN = (1400.0, 900.0)  # what a whole graph is to fit on, where no canvas says otherwise
ROOMY = 0.5  # zoom at which all of a graph fits and nothing has to be wrapped
DOT_LIMIT = 600  # more items of one frame than this are laid out by igraph's Sugiyama
HEADER = struct.Struct("<I")


def head_height(n_cards: int, zoom: float = 0.0) -> float:
    """Of a module's frame around so many cards, in a graph that fits on the canvas at this zoom (0: not known)."""
    height = next(height for more_than, height in _HEADS if n_cards > more_than)
    return float(max(min(height, round(_HEAD_PIXELS / zoom)), _HEADS[-1][1]) if zoom else height)


class FrameShape(msgspec.Struct, frozen=True, array_like=True):
    """A box around cards. `side_label` is the width of a title that may stand outside, left of it; 0: in its head.
    `is_box`: it lays out its members by itself and is one block for what is around it."""

    members: tuple[int, ...]
    parent: int = -1
    side_label: float = 0.0
    is_box: bool = False


class LayoutRequest(msgspec.Struct, frozen=True, array_like=True):
    """Cards by width, links by card index (source nearer to the loss), frames with outer before inner.

    `labels` are the widths of the links' labels, 0 for none; `on_line[i]` puts label i on its link, not beside it.
    `heights` may be empty: all cards are CARD_HEIGHT high. `is_compact`: little room between cards.
    `is_plain`: at once, and without routes around cards. `screen` is the width and height that all of it is to fit on.
    """

    ticket: int
    widths: tuple[float, ...]
    links: tuple[tuple[int, int], ...]
    labels: tuple[float, ...]
    on_line: tuple[bool, ...]
    frames: tuple[FrameShape, ...] = ()
    heights: tuple[float, ...] = ()
    is_compact: bool = False
    is_plain: bool = False
    screen: tuple[float, float] = SCREEN


class LayoutReply(msgspec.Struct, frozen=True, array_like=True):
    """`centers[i]` of every card, every link's corners from source to target as x, y, x, y …, where its label stands
    (x of the left end and y of the middle, or None), and frames and their titles as x, y, width, height (empty: no
    room for that frame). `error` is one sentence where the layout failed, `note` one where another engine had to do it.
    """

    ticket: int
    centers: tuple[tuple[float, float], ...] = ()
    routes: tuple[tuple[float, ...], ...] = ()
    labels: tuple[tuple[float, float] | None, ...] = ()
    frames: tuple[tuple[float, ...], ...] = ()
    side_titles: tuple[bool, ...] = ()
    heads: tuple[float, ...] = ()  # by frame: the height of its head
    engine: str = ""
    dt_ms: float = 0.0
    error: Sentence | None = None
    note: str = ""


_encoder = msgspec.msgpack.Encoder()
_request = msgspec.msgpack.Decoder(LayoutRequest)
_reply = msgspec.msgpack.Decoder(LayoutReply)


def pack(message: LayoutRequest | LayoutReply) -> bytes:
    """One message as a frame: its length in 4 bytes, little-endian, then msgpack."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


def unpack_request(body: bytes) -> LayoutRequest:
    """A frame's body as a request."""
    return _request.decode(body)


def unpack_reply(body: bytes) -> LayoutReply:
    """A frame's body as an answer."""
    return _reply.decode(body)
