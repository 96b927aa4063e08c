"""A peer that speaks frames of any protocol, or none: `stranger.py SCRIPT`, a JSON list of messages and of raw text.

It keeps its pipe open until its stdin closes, as an engine does.
"""

import json
import struct
import sys

import msgspec

for item in json.loads(sys.argv[1]):
    if isinstance(item, str):
        data = item.encode("latin-1")
    else:
        body = msgspec.msgpack.encode(item)
        data = struct.pack("<I", len(body)) + body
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
sys.stdin.buffer.read()
