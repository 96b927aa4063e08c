"""The layout process: requests on stdin, answers on stdout, the first one (ticket 0) when it is ready. It ends at the
end of its stdin.

pygraphviz holds the interpreter's lock while dot works, so this cannot be a thread of the window. The window cancels by
killing it.
"""

from __future__ import annotations

import os
import sys
import time
from typing import BinaryIO

import msgspec

from engine.protocol.sentence import Sentence
from visualizer.backprop.graph.layout_process.nested_layout import lay_out
from visualizer.backprop.graph.layout_values import HEADER, LayoutReply, LayoutRequest, pack, unpack_request


def answer(request: LayoutRequest) -> LayoutReply:
    """Lay one graph out; what goes wrong becomes the answer's sentence."""
    began = time.perf_counter()
    try:
        reply = lay_out(request)
    except Exception as error:  # whatever Graphviz or igraph raise, the window must hear of it
        return LayoutReply(request.ticket, error=_failure(error))
    return msgspec.structs.replace(reply, dt_ms=(time.perf_counter() - began) * 1000)


def _failure(error: Exception) -> Sentence:
    return Sentence.of("layout.failed", "The graph could not be laid out: {reason}", reason=error)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the end of `requests`."""
    answers.write(pack(LayoutReply(0)))
    answers.flush()
    while header := _read(requests, HEADER.size):
        body = _read(requests, HEADER.unpack(header)[0])
        if body is None:
            return
        answers.write(pack(answer(unpack_request(body))))
        answers.flush()


def _read(stream: BinaryIO, size: int) -> bytes | None:
    data = stream.read(size)
    return data if data and len(data) == size else None


def main() -> None:
    """Keep the answers' pipe private: Graphviz prints to 1 and 2 as it likes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers)
