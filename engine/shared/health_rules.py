"""When a pass is called ill: the thresholds by which findings are ranked, and where each comes from.

They are set so that the usual networks at their usual start have no finding; the tests hold them to that.
"""

from __future__ import annotations

from engine.shared.language import local, mark
from engine.shared.local_numbers import brief, percent

# Of the gradient from layer to layer. Under one learning rate a layer whose gradient is a thousand times smaller learns
# a thousand times slower; float32 has 24 bits, 1.7e7: a step a million times smaller is nearly lost when it is added.
NOTABLE_FACTOR, SERIOUS_FACTOR = 1e3, 1e6
FEWEST_LAYERS = 3
RECENT_LAYERS = 8  # a tensor that waits longer for its use is no part of the way through the layers in between

# Of units. At a usual start a rectified unit is 0 for half of its inputs, and 3 of 8 are 0 for all where the one input
# is positive; Stanford's CS231n calls 40 % of dead units the sign of a rate that is too high.
NOTABLE_DEAD, SERIOUS_DEAD = 0.5, 0.9
FEWEST_INPUTS = 32  # each sample at each place; with fewer a unit may be 0 by chance
MOST_PASSES = 16

# Of results. Beyond 0.97 the derivative of tanh is below 6 % of its largest, as Karpathy's makemore counts it; sigmoid
# is there at 0.015 and 0.985.
TANH_LIMIT, SIGMOID_LIMIT, SOFTMAX_LIMIT = 0.97, 0.985, 0.99
NOTABLE_SATURATED, SERIOUS_SATURATED = 0.5, 0.9
FEWEST_CHOICES = 4  # of a softmax; one among two or three is soon nearly 1

# Of what meets, against the root of the sum of the squares: of parts that have nothing to do with each other it is 1.
NOTABLE_LEFT, SERIOUS_LEFT = 1e-2, 1e-4
FEWEST_CELLS = 4  # fewer numbers may cancel by chance

RULES = {
    "exploding": mark(
        "grows by {factor} or more through the layers on its way back (serious from {serious_factor}), or is not finite"
    ),
    "vanishing": mark(
        "falls by {factor} or more through the layers on its way back (serious from {serious_factor}): under one "
        "learning rate they learn as much slower, and float32 has room for 1.7e7"
    ),
    "dead": mark(
        "{dead} of a layer's units or more are 0 for every input (serious from {serious_dead}), of at least {inputs} "
        "inputs in up to {passes} passes; CS231n warns of 40 %"
    ),
    "saturated": mark(
        "{saturated} of the results or more (serious from {serious_saturated}) lie where the derivative is below 6 % "
        "of its largest: |tanh| > {tanh}, sigmoid outside of {sigmoid_low} to {sigmoid_high}; of a softmax "
        "{serious_saturated} of the rows with one entry above {softmax}"
    ),
    "cancelling": mark(
        "what meets leaves less than {left} of what parts without relation would (serious below {serious_left})"
    ),
    "no_gradient": mark("no pass of the run has reached a parameter of a module of which it reached others"),
}


def limits() -> dict[str, str]:
    """What fills the templates of RULES, in the language in use."""
    return {
        "factor": brief(NOTABLE_FACTOR),
        "serious_factor": brief(SERIOUS_FACTOR),
        "dead": percent(NOTABLE_DEAD),
        "serious_dead": percent(SERIOUS_DEAD),
        "inputs": str(FEWEST_INPUTS),
        "passes": str(MOST_PASSES),
        "saturated": percent(NOTABLE_SATURATED),
        "serious_saturated": percent(SERIOUS_SATURATED),
        "tanh": local(str(TANH_LIMIT)),
        "sigmoid_low": brief(1 - SIGMOID_LIMIT),
        "sigmoid_high": local(str(SIGMOID_LIMIT)),
        "softmax": local(str(SOFTMAX_LIMIT)),
        "left": percent(NOTABLE_LEFT),
        "serious_left": percent(SERIOUS_LEFT, 2),
    }
