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
    "The outputs of the user-provided function given to {name} must be either a Tensor or a tuple of Tensors but "
    "the given outputs of the user-provided function has type {kind}",
    "The Tensor returned by the function given to hessian should contain a single element",
    "One of the differentiated Tensors does not require grad",
    "gradients can be either Tensors or None, but got {kind}",
    "can't retain_grad on Tensor that has requires_grad=False",
    "cannot register a hook on a tensor that doesn't require gradient",
    "hook '{name}' has changed the size of value",
    "expected Variable, but hook returned '{kind}'",
    "You must implement either the backward or vjp method for your custom autograd.Function to use it with backward "
    "mode AD",
    "function {name} returned an incorrect number of gradients (expected {wanted}, got {found})",
    "Function {name} returned an invalid gradient at index {place} - got [{found}] but expected shape compatible "
    "with [{wanted}]",
    "expected Variable or None (got {kind})",
    "save_for_backward can only save variables, but argument {place} is of type {kind}",
    "Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd function "
    "with static forward method. (Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)",
    "attempting to assign a gradient of size '[{found}]' to a tensor of size '[{wanted}]'. Please ensure that the "
    "gradient and the tensor are the same size",
    "assigned grad expected to be a Tensor or None but got grad of type {kind}",
    "attempting to assign a gradient with dtype '{found}' to a tensor with grad_dtype '{wanted}'. The gradient must "
    "match the tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype attribute "
    "with a specific dtype, or None to allow any dtype. {hint}",
    "requires_grad must be a bool",
    "attribute '{name}' of '{kind}' objects is not writable",
    "both arguments to linear need to be at least 1D, but they are {one}D and {other}D",
    "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}",
    "bilinear(): {name} size does not match weight size: got {found} but expected {wanted}",
    "offsets has to be a 1D Tensor but got {kind}",
    "Invalid padding string '{name}', should be one of {names}",
    "groups must be a positive integer",
    "output padding must be smaller than either stride or dilation, but got {numbers}",
    "requested an output size of {size}, but valid sizes range from {least} to {most} (for an input of {shape})",
    "{name}: Expected {one} or {other} (batch mode) tensor with optional 0 dim batch size for input, but got:[{shape}]",
    "{name}: internal error: output_size.size() must be {wanted}",
    "elements in indices should be type int64 but got: {dtype}",
    "Found an invalid max index: {index} (output volumes are of size {size})",
    "Expected more than 1 spatial element when training, got input size torch.Size([{size}])",
    "Expected at least {least} dimensions for input tensor but received {found}",
    "Expected 3D or higher dimensionality                          input (got {found} dimensions)",
    "Feature dropout requires at least {least} dimensions in the input",
    "Mismatch of parameter numbers and input channel size. Found parameter numbers = {one} and channel size = {other}",
    "approximate argument must be either none or tanh",
    "max_val ({most}) must be greater than min_val ({least})",
    "index {index} is out of range",
    "module name should be a string. Got {kind}",
    "ModuleDict update sequence element #{place} should be Iterable; is{kind}",
    "proj_size has to be smaller than hidden_size",
    "{name} should be of type int, got: {kind}",
    "RNN input dtype ({one}) does not match weight dtype ({other}). Convert input: {input}, or convert model: {model}",
    "input has inconsistent input_size: got {found} expected {wanted}",
    "Input batch size {one} doesn't match {name} batch size {other}",
    "key shape {one} does not match value shape {other}",
    "The shape of the {kind} attn_mask is {found}, but should be {wanted}",
    "Expected key_padded_mask.shape[{axis}] to be {wanted}, but got {found}",
    "Need attn_mask if specifying the is_causal hint. You may use the Transformer module method "
    "`generate_square_subsequent_mask` to create this mask",
    "activation should be relu/gelu, not {name}",
    "the batch number of src and tgt must be equal",
    "the feature number of src and tgt must be equal to d_model",
    "_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True",
    "For 1D input, 1D target must have size 1, but got target size: {found}",
    "cannot assign '{kind}' object to buffer '{name}' (torch Tensor or None required)",
    "smooth_l1_loss does not support negative values for beta",
    "huber_loss does not support non-positive values for delta",
    "Expected tensor to have size at least {least} at dimension {axis}, but got size {found} for argument #{place} "
    "'{name}' (while checking arguments for {function})",
    "var has negative entry/entries",
    "target out of range",
    "Can not infer total number of classes from empty tensor",
    "narrow(): length must be non-negative",
    "Unrecognised padding mode {mode}",
    "Given input with spatial size {input}, kernel_size={kernel}, dilation={dilation}, padding={padding}, "
    "calculated shape of the array of sliding blocks as {found}, but its components must be at least one",
    "Given output_size={output}, kernel_size={kernel}, dilation={dilation}, padding={padding}, stride={stride}, "
    "expected size of input's dimension {axis} to match the calculated number of sliding blocks {product} = "
    "{wanted}, but got input.size({axis})={found}",
    "Input and output sizes should be greater than 0, but got input ({input}) output ({output})",
    "Anti-alias option is restricted to {modes} modes and requires a 4-D tensor as input",
    "grid_sampler(): expected grid and input to have same batch size, but got input with sizes [{input}] and grid "
    "with sizes [{grid}]",
    "Expected a batch of 2D affine matrices of shape Nx2x3 for size {size}. Got {found}",
    "max_pool1d() Invalid computed output size: {size}",
    "{name}: elements of output_size must be greater than or equal to 0 but received {found}",
    "running_mean must be defined in evaluation mode",
    "Expected number of channels in input to be divisible by num_groups, but got input of shape [{shape}] and "
    "num_groups={n}",
    "Given weight of size [{weight}], expected bias to be 1-dimensional with {wanted} elements, but got bias of "
    "size [{found}] instead",
    "Given groups={n}, expected weight to be divisible by {n} at dimension 0, but got weight of size [{weight}] "
    "instead",
    "{name} expects {axis} to be divisible by downscale_factor, but input.size({place})={size} is not divisible by "
    "{factor}",
    "{kind} has no attribute `{name}`",
    "`{name}` is not an nn.Parameter",
    "`{name}` is not a buffer",
    "training mode is expected to be boolean",
    "vmap: Expected all tensors to have the same size in the mapped dimension, got sizes {sizes} for the mapped "
    "dimension",
    "vmap: It looks like you're calling .item() on a Tensor. We don't support vmap over calling .item() on a "
    "Tensor, please try to rewrite what you're doing with other operations. If error is occurring somewhere inside "
    "PyTorch internals, please file a bug report",
    "grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got {kind}",
    "vjp(f, *primals): expected f(*primals) to return only tensors, got unsupported type {kind}",
    "Either `probs` or `logits` must be specified, but not both",
    "Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified",
    "No KL(p || q) is implemented for p type {one} and q type {other}",
    "Only tensors with {least} or more dimensions are supported",
    "Only tensors with {n_axes} dimensions are supported",
    "Mode {mode} not supported, please use one of {modes}",
    "Unsupported nonlinearity {name}",
    "uniform_ expects to return a [from, to) range, but found from={begin} > to={end}",
    "amount={amount} should either be a float in the range [0, 1] or a non-negative integer",
    "amount={amount} should be smaller than the number of parameters to prune={most}",
    "Parameter '{name}' of module {kind} has to be pruned before pruning can be removed",
    "Module '{kind}' does not have a parameter, a buffer, or a parametrized element with name '{name}'",
    "only bool and floating types of {name} are supported",
    "For unbatched (2-D) `query`, expected `key` and `value` to be 2-D but found {key}-D and {value}-D tensors "
    "respectively",
    "For batched (3-D) `query`, expected `key` and `value` to be 3-D but found {key}-D and {value}-D tensors "
    "respectively",
    "For batched (3-D) `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found {found}-D tensor instead",
    "For unbatched (2-D) `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found {found}-D tensor instead",
    "For batched (3-D) `query`, expected `key_padding_mask` to be `None` or 2-D but found {found}-D tensor instead",
    "For unbatched (2-D) `query`, expected `key_padding_mask` to be `None` or 1-D but found {found}-D tensor instead",
    "embed_dim and num_heads must be greater than 0, got embed_dim={dim} and num_heads={heads} instead",
    "Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: {mask} and  "
    "query.dtype: {query} instead",
    "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: {query} key.dim: {key} "
    "and value.dim: {value} instead",
    "cannot assign buffer before Module.__init__() call",
    "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {n} dimension(s)",
    "torch.finfo() requires a floating point input type. Use torch.iinfo to handle '{name}'",
    "torch.iinfo() requires an integer input type. Use torch.finfo to handle '{name}'",
    "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got "
    "{found}",
    "{name}: output_size must be {n}",
    "Expected {name} to have value at most {most}, but got value {found} (while checking arguments for {function})",
    "{name} : All input tensors should have same dimension but got sizes: input1: torch.Size({first}), input2: "
    "torch.Size({second}), target: torch.Size({target})",
    "example_kwarg_inputs should be a dict",
    "vmap({name}, in_dims={dims}, ...)(<inputs>): Got in_dim={dim} for some input, but that input is a Tensor of "
    "dimensionality {n} so expected in_dim to satisfy {bounds}",
    "vmap: called random operation while in randomness error mode. Please either use the 'same' or 'different' "
    "randomness flags on vmap or perform the randomness operation out of vmap",
    "The cross KL-divergence between different exponential families cannot                             be computed "
    "using Bregman divergences",
    "gradcheck expects at least one input tensor to require gradient, but none of them have requires_grad=True",
)
