"""What PyTorch and NumPy say of everyday mistakes for which no rule has a better sentence, as words that another
language has, too.

Templates are PyTorch's own words, of 2.11 to 2.13, and those of NumPy 2; what fits none of them stays as they say it.
A placeholder that begins one is a single word, so that a program's own sentence is hardly taken for one of these.
"""

from __future__ import annotations

import functools
import re

from engine.program.sentences import array_words, module_words, numpy_words, tensor_words, training_words
from engine.protocol.sentence import Sentence

# Whose last argument is a list, often a long one.
_STATE = "Error(s) in loading state_dict for {kind}:{lines}"
_OVERLOADS = "{name}() received an invalid combination of arguments - got ({got}), but expected one of:{ways}"
_BACKEND = "Could not run '{operation}' with arguments from the '{backend}' backend. {reasons}"
# What a process that loads data could not do; its traceback stands whole.
_WORKER = (
    "Caught {kind} in DataLoader worker process {place}.\nOriginal Traceback (most recent call last):\n{traceback}"
)
LISTS = ("lines", "ways")  # of lines that have words themselves
# One of its lines.
LINES = (
    "Missing key(s) in state_dict: {keys}",
    "Unexpected key(s) in state_dict: {keys}",
    "size mismatch for {name}: copying a param with shape torch.Size({found}) from checkpoint, the shape in current "
    "model is torch.Size({wanted})",
    'While copying the parameter named "{name}", expected torch.Tensor or Tensor-like object from checkpoint but '
    "received {kind}",
    "didn't match because some of the arguments have invalid types: {kinds}",
    "didn't match because some of the keywords were incorrect: {names}",
    "Mismatched elements: {n} / {whole} ({percent}%)",
    "Greatest absolute difference: {difference} at index {index} (up to {most} allowed)",
    "Greatest relative difference: {difference} at index {index} (up to {most} allowed)",
    "- {one} or {other} input: padding size = {n} (pads last dimension)",
    "- {one} or {other} input: padding size = {n} (pads last {n_axes} dimensions)",
)

# What an argument, or a text as JSON has it, has to be.
KINDS = (
    "tuple of ints", "tuple of floats", "tuple of Tensors", "Number",
    "value", "property name enclosed in double quotes", "',' delimiter", "':' delimiter",
)  # fmt: skip

TEMPLATES = (
    # shapes
    "Expected {one} (unbatched) or {other} (batched) input to {name}, but got input of size: {size}",
    "Given normalized_shape={wanted}, expected input with shape {shape}, but got input of size{size}",
    "Calculated padded input size per channel: ({input}). Kernel size: ({kernel}). "
    "Kernel size can't be greater than actual input size",
    "non-empty {one} or {other} (batch mode) tensor expected for input",
    "Expected more than 1 value per channel when training, got input size torch.Size({size})",
    "input.size(-1) must be equal to input_size. Expected {wanted}, got {found}",
    "expected sequence of length {wanted} at dim {axis} (got {found})",
    "1D tensors expected, but got {one} and {other} tensors",
    "{name} must be a 3D tensor",
    "The shape of the mask {mask} at index {axis} does not match the shape of the indexed tensor {shape} at index "
    "{axis}",
    "Index tensor must have the same number of dimensions as input tensor",
    "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
    "selected index k out of range",
    "maximum size for tensor at dimension {axis} is {most} but size is {size}",
    "X1 and X2 must have the same number of columns. X1: {one} X2: {other}",
    "einsum(): subscript {letter} has size {size} for operand {place} which does not broadcast with previously seen "
    "size {before}",
    "einsum(): the number of subscripts in the equation ({n}) does not match the number of dimensions ({n_axes}) for "
    "operand {place} and no ellipsis was given",
    "Padding length must be divisible by 2",
    "split_size can only be 0 if dimension size is 0, but got dimension size of {size}",
    "chunk expects `chunks` to be greater than 0, got: {n}",
    "Trying to create tensor with negative dimension {size}: {shape}",
    "zeros: Dimension size must be non-negative",
    # values and dtypes
    "all elements of input should be between 0 and 1",
    "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {kind}",
    "mean(): could not infer output dtype. Optional dtype must be either a floating point or complex dtype. "
    "Got: {kind}",
    "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator "
    "instead",
    "new(): invalid data type '{kind}'",
    "Could not infer dtype of {kind}",
    "upper bound and lower bound inconsistent with step sign",
    "Class values must be smaller than num_classes",
    "one_hot is only applicable to index tensor of type LongTensor",
    "invalid multinomial distribution (sum of probabilities <= 0)",
    "probability tensor contains either `inf`, `nan` or element < 0",
    "normal expects std >= 0.0, but found std {found}",
    "data set to a tensor that requires gradients must be floating point or complex dtype",
    "expected np.ndarray (got {kind})",
    "linalg.inv: The diagonal element {place} is zero, the inversion could not be completed because the input matrix "
    "is singular",
    "linalg.cholesky: The factorization could not be completed because the input is not positive-definite (the leading "
    "minor of order {n} is not positive-definite)",
    "{name}: A must be batches of square matrices, but they are {rows} by {columns} matrices",
    # calls
    "{name}(): argument '{argument}' (position {place}) must be {wanted}, not {found}",
    _OVERLOADS,
    "Torch not compiled with CUDA enabled",
    "Expected one of {devices} device type at start of device string: {found}",
    # modules and optimizers
    'Module [{kind}] is missing the required "forward" function',
    "cannot assign module before Module.__init__() call",
    "cannot assign '{found}' as parameter '{name}' (torch.nn.Parameter or None expected)",
    "embed_dim must be divisible by num_heads",
    "dropout probability has to be between 0 and 1, but got {p}",
    "optimizer got an empty parameter list",
    "Invalid learning rate: {rate}",
    "can't optimize a non-leaf Tensor",
    "batch_size should be a positive integer value, but got batch_size={size}",
    _STATE,
    _BACKEND,
    _WORKER,
    "Padding size {n} is not supported for {shape} input tensor.\n"
    "Supported combinations for non-constant padding:\n{lines}",
    *tensor_words.TEMPLATES,
    *module_words.TEMPLATES,
    *training_words.TEMPLATES,
    *numpy_words.TEMPLATES,
    *array_words.TEMPLATES,
)


LONG = (
    _STATE,
    _OVERLOADS,
    _BACKEND,
    _WORKER,
    training_words.OPTIONS,
)  # whose texts may be longer than all that is told


def match(template: str, text: str) -> re.Match[str] | None:
    """How a text fits a template, if it does.

    Patterns are made where all that stands around the placeholders is in the text: of hundreds it would take long.
    """
    is_near = all(part in text for part in _around(template))
    return _pattern(template).fullmatch(text) if is_near else None


@functools.cache
def _around(template: str) -> tuple[str, ...]:
    return tuple(re.split(r"\{\w+\}", template))


@functools.cache
def _pattern(template: str) -> re.Pattern[str]:
    """What fits a template; the same name twice is the same text."""
    seen: set[str] = set()

    def group(found: re.Match[str]) -> str:
        is_again = found[1] in seen
        seen.add(found[1])
        text = r"\S+?" if found.start() == 0 else ".*?" if found[1] == "got" else ".+?"
        return f"(?P={found[1]})" if is_again else f"(?P<{found[1]}>{text})"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", group, re.escape(template)), re.DOTALL)


def lines(text: str) -> Sentence | str:
    """A list of which each line that is known has words; a text where none is."""
    said = [_line(line) for line in text.split("\n")]
    return _stacked(said) if any(isinstance(line, Sentence) for line in said) else text


def _line(line: str) -> Sentence | str:
    body = line.strip().removesuffix(".")
    for template in LINES:
        if fits := match(template, body):
            before, _, after = line.partition(body)
            words = Sentence.row(template, **fits.groupdict())
            return Sentence.phrase("words.of_list", "{before}{words}{after}", before=before, words=words, after=after)
    return line


def _stacked(said: list[Sentence | str]) -> Sentence | str:
    """Halved again and again, as a chain of many would be too deep to be read."""
    if len(said) == 1:
        return said[0]
    half = len(said) // 2
    above, below = _stacked(said[:half]), _stacked(said[half:])
    return Sentence.phrase("words.two_lines", "{above}\n{below}", above=above, below=below)
