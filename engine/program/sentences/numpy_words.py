"""What NumPy says of everyday mistakes.

Templates as those of `torch_words`.
"""

from __future__ import annotations

TEMPLATES = (
    "matmul: Input operand {place} has a mismatch in its core dimension {axis}, with gufunc signature {signature} "
    "(size {found} is different from {wanted})",
    "operands could not be broadcast together with shapes {shapes}",
    "non-broadcastable output operand with shape {found} doesn't match the broadcast shape {wanted}",
    "could not broadcast input array from shape {found} into shape {wanted}",
    "cannot reshape array of size {size} into shape {shape}",
    "all the input array dimensions except for the concatenation axis must match exactly, but along dimension "
    "{axis}, the array at index {one} has size {first} and the array at index {other} has size {second}",
    "all the input arrays must have same number of dimensions, but the array at index {one} has {first} "
    "dimension(s) and the array at index {other} has {second} dimension(s)",
    "need at least one array to {name}",
    "all input arrays must have the same shape",
    "setting an array element with a sequence. The requested array has an inhomogeneous shape after {n_axes} "
    "dimensions. The detected shape was {shape} + inhomogeneous part",
    "setting an array element with a sequence",
    "This file contains pickled (object) data. If you trust the file you can load it unsafely using the "
    "`allow_pickle=` keyword argument or `pickle.load()`",
    "Object arrays cannot be loaded when allow_pickle=False",
    "No data left in file",
    "index {place} is out of bounds for axis {axis} with size {size}",
    "too many indices for array: array is {n_axes}-dimensional, but {found} were indexed",
    "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid "
    "indices",
    "boolean index did not match indexed array along axis {axis}; size of axis is {size} but size of corresponding "
    "boolean axis is {found}",
    "shape mismatch: indexing arrays could not be broadcast together with shapes {shapes}",
    "can't convert np.ndarray of type {kind}. The only supported types are: {kinds}",
    "At least one stride in the given numpy array is negative, and tensors with negative strides are not currently "
    "supported. (You can probably work around this by making a copy of your array  with array.copy().)",
    "ufunc '{name}' did not contain a loop with signature matching types {kinds}",
    "negative dimensions are not allowed",
    "Singular matrix",
    "Last 2 dimensions of the array must be square",
    "axis {axis} is out of bounds for array of dimension {n_axes}",
    "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
    "axes don't match array",
    "data type '{kind}' not understood",
    "only 0-dimensional arrays can be converted to Python scalars",
    "Cannot take a larger sample than population when 'replace=False'",
    "zero-size array to reduction operation {name} which has no identity",
    "could not convert string '{text}' to {dtype} at row {row}, column {column}",
    "{name} not found",
    "Failed to interpret file {name} as a pickle",
    "buffer size must be a multiple of element size",
    "shapes {one} and {other} not aligned: {n} (dim {axis}) != {m} (dim {other_axis})",
    "matmul: Input operand {place} does not have enough dimensions (has {found}, gufunc core with signature "
    "{signature} requires {wanted})",
    "array split does not result in an equal division",
    "can only specify one unknown dimension",
    "cannot select an axis to squeeze out which has size not equal to one",
    "{name}: axis {axis} is out of bounds for array of dimension {n_axes}",
    "repeated axis in transpose",
    "operands could not be broadcast together with remapped shapes [original->remapped]: {one} and requested shape "
    "{wanted}",
    "operands could not be broadcast together with remapped shapes [original->remapped]: {shapes}",
    "arrays used as indices must be of integer (or boolean) type",
    "attempt to get {name} of an empty sequence",
    "the resolved dtypes are not compatible with {name}. Resolved {dtypes}",
    "The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to "
    "multiply strings without specifying 'out'",
    "low >= high",
    "scale < 0",
    "'a' cannot be empty unless no samples are taken",
    "'a' and 'p' must have same size",
    "probabilities do not sum to 1",
    "Cannot cast scalar from {one} to {other} according to the rule '{rule}'",
    "Seed must be between 0 and 2**32 - 1",
    "Number of samples, {n}, must be non-negative",
    "arange() requires stop to be specified",
    "either both or neither of x and y should be given",
    "{n_axes}-dimensional array given. Array must be at least two-dimensional",
    "Matrix is not positive definite",
    "module 'numpy' has no attribute '{name}'.\n`np.{name}` was a deprecated alias for the builtin `{name}`. {hint}",
    "Cannot interpret '{found}' as a data type",
    "Python integer {n} out of bounds for {dtype}",
    "no field of name {name}",
    "could not convert string to float: np.str_({text})",
)
