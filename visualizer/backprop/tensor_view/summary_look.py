"""What a summary tells of how a tensor is drawn: whether it has cells, the range of their colours, their width."""

from __future__ import annotations

from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import SHAPELESS, TensorSummary
from engine.shared.language import said, tr

FLOAT_DIGITS = len("-0.0000")
MOST_DIGITS = 24
_FEWEST_DIGITS = 3


def is_readable(summary: TensorSummary) -> bool:
    """Whether the tensor has cells to ask for."""
    return summary.n_elements > 0 and (summary.minimum is not None or summary.n_nan + summary.n_inf > 0)


def shape_of(summary: TensorSummary) -> str:
    """ "(4, 5)", "ragged", "uninitialized"."""
    if summary.layout in SHAPELESS:
        return tr("ragged") if summary.layout == "nested" else tr("uninitialized")
    return str(summary.shape)


def kind_of(summary: TensorSummary) -> str:
    """ "(4, 5)  float32  sparse_coo  on cpu": what it is, in words apart."""
    device = tr("on {device}", device=summary.device) if summary.device else ""
    layout = summary.layout if summary.layout != "uninitialized" else ""
    device = tr("NumPy array") if summary.is_array else device
    return "  ".join(word for word in (shape_of(summary), summary.dtype, layout, device) if word)


def why_unreadable(summary: TensorSummary) -> str:
    """Of a tensor without cells to ask for."""
    if isinstance(summary.why, Sentence) or summary.why:
        why = said(summary.why) if isinstance(summary.why, Sentence) else summary.why
        return tr("Its elements cannot be shown: {reason}", reason=why)
    return tr("It has no elements.")


def limits_of(summary: TensorSummary, kind: str) -> tuple[float, float] | None:
    """The range of the colours: all finite elements of a value, ±max |x| of a gradient."""
    if summary.minimum is None or summary.maximum is None:
        return None
    if kind == "value":
        return summary.minimum, summary.maximum
    bound = max(abs(summary.minimum), abs(summary.maximum)) or 1.0
    return -bound, bound


def digits_of(summary: TensorSummary) -> int:
    """How many characters the number in a cell takes, as far as the summary tells."""
    if summary.dtype == "bool":
        return len("False")
    if summary.minimum is None or summary.maximum is None or summary.dtype.startswith(("float", "bfloat", "complex")):
        return FLOAT_DIGITS
    widest = max(len(str(int(number))) for number in (summary.minimum, summary.maximum))
    return min(max(_FEWEST_DIGITS, widest), MOST_DIGITS)
