"""An MP4 that browsers play: H.264 where this PyAV has an encoder for it, else MPEG-4; yuv420p, the index in front."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from visualizer.backprop.graph.export.encoding import EncodingRequest, serve

_ENCODERS = {  # the best first, and how well each is to encode lines and letters
    "libx264": {"crf": "16", "preset": "medium", "tune": "animation"},
    "libopenh264": {"b": "6M"},
    "mpeg4": {"q:v": "2"},
}
_BT709 = 1  # primaries, transfer and matrix, as players take them to be


class Mp4Writer:
    """One frame a step."""

    def __init__(self, request: EncodingRequest, samples: list[np.ndarray]) -> None:
        name = encoder_name()
        self._file = av.open(request.path, "w", format="mp4", options={"movflags": "+faststart"})
        rate = Fraction(request.steps_per_second).limit_denominator(100)
        stream = self._file.add_stream(name, rate=rate, options=_ENCODERS[name])
        assert isinstance(stream, av.VideoStream)
        self._stream = stream
        self._stream.width, self._stream.height, self._stream.pix_fmt = request.width, request.height, "yuv420p"
        codec = self._stream.codec_context
        codec.colorspace = codec.color_primaries = codec.color_trc = _BT709
        codec.color_range = ColorRange.MPEG

    def add(self, frame: np.ndarray) -> None:
        """One more."""
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
        picture = picture.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG)
        self._file.mux(self._stream.encode(picture))

    def close(self) -> None:
        """What the encoder has kept back, and the index."""
        self._file.mux(self._stream.encode(None))
        self._file.close()


def encoder_name() -> str:
    """The best that there is. Raises RuntimeError without any."""
    for name in _ENCODERS:
        if name in av.codecs_available and av.codec.Codec(name, "w").is_encoder:
            return name
    raise RuntimeError("PyAV has no encoder for MP4 here; export it as a GIF")


if __name__ == "__main__":
    serve(Mp4Writer)
