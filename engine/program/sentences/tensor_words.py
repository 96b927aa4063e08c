"""What PyTorch says of tensors: their shapes, indices, numbers and calls.

Templates as those of `torch_words`.
"""

from __future__ import annotations

TEMPLATES = (
    "{name}(): argument '{argument}' failed to unpack the object at pos {place} with error \"type must be tuple of "
    'ints,but got {found}"',
    "{name}(): argument '{argument}' (position {place}) must be {wanted}, but found element of type {found} at pos "
    "{at}",
    "{name}(): argument '{argument}' must be {wanted}, not {found}",
    "expected {wanted} as element {place} in argument {argument}, but got {found}",
    "must be real number, not {found}",
    "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired "
    "ordering of dimensions i.e. input.dim() = {n_axes} is not equal to len(dims) = {found}",
    "permute(): duplicate dims are not allowed",
    "expand({kind}, size={size}): the number of sizes provided ({found}) must be greater or equal to the number of "
    "dimensions in the tensor ({n_axes})",
    "torch.cat(): expected a non-empty list of Tensors",
    "stack expects a non-empty TensorList",
    "only integer tensors of a single element can be converted to an index",
    "Boolean value of Tensor with no values is ambiguous",
    "Boolean value of Tensor with more than one value is ambiguous",
    "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices (got {found})",
    "step must be greater than zero",
    "shape mismatch: indexing tensors could not be broadcast together with shapes {shapes}",
    "shape mismatch: value tensor of shape {found} cannot be broadcast to indexing result of shape {wanted}",
    "index out of range in self",
    "index_select(): Index is supposed to be a vector",
    "scatter(): Expected self.dtype to be equal to src.dtype",
    "masked_fill_ only supports boolean masks, but got mask with dtype {kind}",
    "masked_select: expected BoolTensor for mask",
    "where expected condition to be a boolean tensor, but got a tensor with dtype {kind}",
    "out of range: tried to access index {place} on a tensor of {size} elements",
    "select(): index {place} out of range for tensor of size {shape} at dimension {axis}",
    "start ({start}) + length ({length}) exceeds dimension size ({size})",
    "split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at dimension {axis}), but "
    "got split_sizes={sizes}",
    "only one dimension can be inferred",
    "diagonal dimensions cannot be identical {one}, {other}",
    "fill_ only supports 0-dimension value tensor but got tensor with {n_axes} dimensions",
    "torch.clamp: At least one of 'min' or 'max' must not be None",
    "{name} must be a matrix",
    "outer: Expected 1-D argument {argument}, but got {found}-D",
    "no dimension of size 3 in input",
    "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {found}",
    "torch.linalg.solve: The solver failed because the input matrix is singular",
    "{name}: The input tensor {argument} must have at least {n_axes} dimensions",
    "{name}: Expected a floating point or complex tensor as input. Got {kind}",
    "std and var only support floating point and complex dtypes",
    "step must be nonzero",
    "number of steps must be non-negative",
    "random_ expects 'from' to be less than 'to', but got from={low} >= to={high}",
    "{name} must be greater or equal to 0, got {found}",
    "invalid type: '{kind}'",
    "result type {kind} can't be cast to the desired output type {wanted}",
    "\"{name}\" not implemented for '{kind}'",
    "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the "
    "'dim' argument",
    "{name}(): Expected reduction dim to be specified for input.numel() == 0",
    "{name}(): Expected reduction dim {axis} to have non-zero size",
    "only floating-point types are supported as the default type",
    "bincount only supports 1-d non-negative integral inputs",
    "cannot sample n_sample > prob_dist.size(-1) samples without replacement",
    "quantile() q must be in the range [0, 1] but got {found}",
    "index {place} out of range for storage of size {size}",
    "einsum(): fewer operands were provided than specified in the equation",
    "einsum(): more operands were provided than specified in the equation",
    "einsum(): output subscript {letter} does not appear in the equation for any input operand",
    "einsum(): invalid subscript given at index {place} in the equation string, subscripts must be in [a-zA-Z]",
    "einsum(): output subscript {letter} appears more than once in the output",
    "einsum(): subscript {letter} is repeated for operand {place} but the sizes don't match, {one} != {other}",
    "einsum(): found '.' for operand {place} that is not part of any ellipsis",
    "Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running "
    "on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your storages to the "
    "CPU",
    "Parent directory {name} does not exist",
)
