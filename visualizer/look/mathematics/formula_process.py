"""The typesetting process: a line of LaTeX in on stdin, a typeset formula out on stdout. It ends with its stdin.

A formula takes ziamath 5 to 40 ms of the interpreter's lock, so this cannot be a thread of the window.
"""

from __future__ import annotations

import sys
from typing import BinaryIO

import ziamath
from ziamath.config import config

from visualizer.look.mathematics.formula_values import INK, SIZE, Formula, decode_request, encode


def typeset(latex: str) -> Formula:
    """One formula; what ziamath cannot set comes back without a picture."""
    try:
        made = ziamath.Latex(latex, size=SIZE, color=INK)
        svg, (width, height) = made.svg(), made.getsize()
        return Formula(latex, svg, width, height, -made.getyofst())
    except Exception as error:  # whatever a parser of formulas raises, the window must hear of it
        return Formula(latex, failure=f"{type(error).__name__}: {error}")


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the end of `requests`."""
    for line in requests:
        answers.write(encode(typeset(decode_request(line))))
        answers.flush()


def main() -> None:
    """Qt's SVG knows no symbols, which are SVG 2."""
    config.svg2 = False
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
