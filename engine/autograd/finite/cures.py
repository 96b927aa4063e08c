"""The usual cures of numbers that are not finite."""

from __future__ import annotations

from engine.protocol.sentence import Sentence

EPSILON = Sentence.of(
    "cure.log_of_zero",
    "Add a small number first, as in torch.log(x + 1e-8), or use F.log_softmax or F.logsigmoid instead.",
)
POSITIVE = Sentence.of(
    "cure.log_of_negative",
    "Clamp it first, as in torch.log(x.clamp(min=1e-8)), or let what makes it give positive numbers, as F.softplus and "
    "F.softmax do.",
)
KL_TARGET = Sentence.of(
    "cure.kl_target",
    "Give it probabilities as target, as F.softmax makes them; where they are logarithms, say log_target=True.",
)
DENOMINATOR = Sentence.of(
    "cure.division", "Keep the denominator away from 0: x / (y + 1e-8), or y.clamp(min=1e-8) where it is positive."
)
ROOT = Sentence.of("cure.root", "Clamp it first, as in torch.sqrt(x.clamp(min=0) + 1e-8).")
EXPONENT = Sentence.of(
    "cure.exp", "Subtract the maximum before, or use torch.logsumexp, F.softmax or F.log_softmax, which do that."
)
POWER = Sentence.of("cure.power", "Clamp the base to positive numbers first, as in x.clamp(min=1e-8) ** p.")
DOMAIN = Sentence.of("cure.domain", "Clamp the argument to where the function is defined, with a margin of 1e-6.")
ROW = Sentence.of(
    "cure.masked_row",
    "Leave each row at least one position that is not masked, or mask with a large finite number, as "
    "torch.finfo(x.dtype).min.",
)
HALF = Sentence.of(
    "cure.half_overflow",
    "Use bfloat16, which has the range of float32, or scale before: divide by sqrt(d), use torch.amp.GradScaler.",
)
RATE = Sentence.of(
    "cure.rate",
    "Make the learning rate smaller, or clip with torch.nn.utils.clip_grad_norm_; look at the passes before, where the "
    "numbers grew.",
)
RANGE = Sentence.of(
    "cure.range",
    "Scale the operands down first, or compute with their logarithms; keep them away from a point like that.",
)
EMPTY = Sentence.of("cure.empty", "See that something is left to average, as with mask.sum().clamp(min=1).")
FEW = Sentence.of("cure.few", "A spread of one number is 0 / 0: give correction=0, or more than one element.")
IGNORED = Sentence.of("cure.ignored", "Leave a batch out whose targets are all ignored, or use reduction='sum'.")
DATA = Sentence.of(
    "cure.data", "Look where the data comes from: torch.isnan(x).any(); fill or leave out what is missing."
)
UNFILLED = Sentence.of(
    "cure.unfilled", "torch.empty fills nothing in: use torch.zeros, or an initialiser of torch.nn.init."
)
INFINITE = Sentence.of("cure.infinities", "Infinities cancel to NaN: mask with a large finite number instead of them.")
INFINITE_ANGLE = Sentence.of(
    "cure.infinite_angle",
    "Make infinite arguments finite before, also where torch.where does not take the result: its gradient is NaN then.",
)
WHERE = Sentence.of(
    "cure.where",
    "Keep the argument off that point before, as in torch.sqrt(x + 1e-8). Behind torch.where, which sends a gradient "
    "of 0 into the branch that it does not take: f(torch.where(m, x, 1.0)).",
)
EDGE = Sentence.of(
    "cure.edge",
    "Keep the argument off the edge: x.clamp(-1 + 1e-6, 1 - 1e-6). Clamping to the edge itself leaves values there.",
)
EQUAL = Sentence.of(
    "cure.equal_eigenvalues",
    "The values alone have a gradient there (torch.linalg.eigvalsh, svdvals); the vectors have one once no two values "
    "are equal, as with torch.diag(1e-6 * torch.arange(n)) added.",
)
UNDEFINED = Sentence.of(
    "cure.undefined", "Keep the operands away from such a point: clamp them, or add a small number, before."
)
GRADIENT = Sentence.of(
    "cure.gradient", "Clip with torch.nn.utils.clip_grad_norm_ and look at the passes before, where the norms grew."
)
VALUES = Sentence.of("cure.values", "The gradient is as its values are: look for the first of them that is not finite.")
POLE = Sentence.of("cure.pole", "Keep the argument above 0, as with x.clamp(min=1e-6), or F.softplus(x) + 1e-6.")
SINGULAR = Sentence.of(
    "cure.singular",
    "Add a little to the diagonal, as in A + 1e-6 * torch.eye(n); where the rank is meant to be lower, use "
    "torch.linalg.pinv or lstsq.",
)
NORMALISER = Sentence.of("cure.normaliser", "Leave its eps above 0, as it is by default.")
SHORT = Sentence.of(
    "cure.ctc",
    "Make the input longer than its target, by one more for each label that follows an equal one, or give "
    "zero_infinity=True.",
)
TARGET = Sentence.of("cure.masked_target", "Leave the right answer out of the mask, or ignore such rows: ignore_index.")
