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
)
