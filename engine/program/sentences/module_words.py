"""What PyTorch says of modules, losses and functions of torch.nn, and of autograd.

Templates as those of `torch_words`.
"""

from __future__ import annotations

TEMPLATES = (
    "Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of "
    "{found} and output size of {size}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and output "
    "size in (o1, o2, ...,oK) format",
    "Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions "
    "of {found} and scale_factor of shape {size}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and "
    "scale_factor in (s1, s2, ...,sK) format",
    "Got {found}D input, but {mode} mode needs {wanted}D input",
    "either size or scale_factor should be defined",
    "only one of size or scale_factor should be defined",
    "Input Error: Only 3D, 4D and 5D input Tensors supported (got {found}D) for the modes: {modes} (got {mode})",
    "align_corners option can only be set with the interpolating modes: {modes}",
    "{name} must be divisible by {other}",
    "expected {name} to be a single integer value or a list of {n_axes} values to match the convolution dimensions, "
    "but got {found}",
    "non-positive stride is not supported",
    "negative padding is not supported",
    "padding='same' is not supported for strided convolutions",
    "padding_mode must be one of {modes}, but got padding_mode='{mode}'",
    "Given input size: ({input}). Calculated output size: ({output}). Output size is too small",
    "pad should be at most half of effective kernel size, but got pad={pad}, kernel_size={kernel} and "
    "dilation={dilation}",
    "stride should not be zero",
    "{name}(): Expected 3D or 4D tensor, but got {shape}",
    "{name} should contain {wanted} elements not {found}",
    "expected {one} or {other} input (got {found} input)",
    "expected {wanted} input (got {found} input)",
    "num_channels ({channels}) must be divisible by num_groups ({groups})",
    "Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape "
    "{weight} and input of shape {shape}",
    "Expected {name} to be of same shape as normalized_shape, but got {name} of shape {found} and normalized_shape "
    "= {wanted}",
    "Padding_idx must be within num_embeddings",
    "{kind} is not a Module subclass",
    "ModuleList.extend should be called with an iterable, but got {kind}",
    "0D or 1D target tensor expected, multi-target not supported",
    "Expected floating point type for target with class probabilities, got {kind}",
    "weight tensor should be defined either for all {n} classes or no classes but got weight tensor of shape: {found}",
    "label_smoothing must be between 0.0 and 1.0. Got: {found}",
    "Target size (torch.Size({target})) must be the same as input size (torch.Size({input}))",
    "{found} is not a valid value for reduction",
    "Class values must be non-negative",
    "Padding length should be less than or equal to two times the input dimension but got padding length {length} "
    "and input of dimension {n_axes}",
    "Argument #{place}: Padding size should be less than the corresponding input dimension, but got: padding "
    "({padding}) at dimension {axis} of input {shape}",
    "Expected size for first two dimensions of batch2 tensor to be: {wanted} but got: {found}",
    "was expecting embedding dimension of {wanted}, but got {found}",
    "query should be unbatched 2D or batched 3D tensor but received {found}-D query tensor",
    "{name}: Expected input to be 2D or 3D, got {found}D instead",
    "Expected {name} size {wanted}, got {found}",
    "{name} must be greater than zero",
    "Unknown nonlinearity '{found}'. Select from 'tanh' or 'relu'",
    "dropout should be a number in range [0, 1] representing the probability of an element being zeroed",
    "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass "
    "`enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not "
    "need ONNX exportability",
    "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0",
    "unflatten: Provided sizes {sizes} don't multiply up to the size of dim {axis} ({size}) in the input tensor",
    "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions",
    "Halving dimension must be even, but dimension {axis} is size {size}",
    "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but "
    "input.size(-3)={channels} is not divisible by {square}",
    "grid_sampler(): expected grid to have size {wanted} in last dimension, but got grid with sizes {shape}",
    "cannot assign '{found}' object to parameter '{name}' (torch.nn.Parameter or None required)",
    "cannot assign parameters before Module.__init__() call",
    "Expected state_dict to be dict-like, got {kind}",
    "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a "
    "subgraph that doesn't require differentiation use var_no_grad = var.detach()",
    "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in "
    "computation tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it "
    "in autograd, or use `torch.no_grad()` instead of `torch.inference_mode()`",
    "Output {place} of {name} is a view and is being modified inplace. This view is the output of a function that "
    "returns multiple views. Such functions do not allow the output views to be modified inplace. You should "
    "replace the inplace operation by an out-of-place one",
    "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol at the moment.  If "
    "you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm usage, see "
    "{address}",
    "vmap({name}, in_dims={axes}, ...)(<inputs>): Got in_dim={axis} for an input but the input is of type {kind}. "
    "We cannot vmap over non-Tensor arguments, please use None as the respective in_dim",
    "grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor with {n_axes} dims. Maybe "
    "you wanted to use the vjp or jacrev APIs instead?",
    "attribute '{name}' already exists",
    '{what} name can\'t contain "."',
)
