"""What PyTorch says of optimizers, schedulers, data and files, and Python of pickles.

Templates as those of `torch_words`.
"""

from __future__ import annotations

# Whose list is longer than all that is told.
OPTIONS = "Unexpected optimization option {name}, known options are {names}"

TEMPLATES = (
    "params argument given to the optimizer should be an iterable of Tensors or dicts, but got {kind}",
    "optimizer can only optimize Tensors, but one of the params is {kind}",
    "Invalid {name} value: {found}",
    "Nesterov momentum requires a momentum and zero dampening",
    "some parameters appear in more than one parameter group",
    "Invalid beta parameter at index {place}: {found}",
    "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
    "loaded state dict has a different number of parameter groups",
    "{kind} is not an Optimizer",
    "You must define either total_steps OR (epochs AND steps_per_epoch)",
    "mode {mode} is unknown!",
    "Expected {wanted} lr_lambdas, but got {found}",
    "Tried to step {found} times. The specified number of total steps is {wanted}",
    "The total norm of order {order} for gradients from `parameters` is non-finite, so it cannot be clipped. To "
    "disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`",
    "num_samples should be a positive integer value, but got num_samples={found}",
    "num_workers option should be non-negative; use num_workers=0 to disable multiprocessing",
    "sampler option is mutually exclusive with shuffle",
    "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last",
    "batch_size=None option disables auto-batching and is mutually exclusive with drop_last",
    "timeout option should be non-negative",
    "prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable "
    "multiprocessing, otherwise set prefetch_factor to None",
    "persistent_workers option needs num_workers > 0",
    "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {kind}",
    "each element in list of batch should be of equal size",
    "Subclasses of Dataset should implement __getitem__",
    "DataLoader with IterableDataset: expected unspecified {name} option, but got {name}={found}",
    "Size mismatch between tensors",
    "Sum of input lengths does not equal the length of the input dataset!",
    "datasets should not be an empty iterable",
    "Ran out of input",
    "cannot pickle '{kind}' object",
    "Expecting {wanted}: line {line} column {column} (char {place})",
    "Expected parameter {name} ({kind} of shape {shape}) of distribution {found} to satisfy the constraint "
    "{wanted}, but found invalid values:\n{values}",
    "expected torch.Tensor, but got: {kind}",
    "received an empty list of sequences",
    "Expected `len(lengths)` to be equal to batch_size, but got {found} (batch_size={wanted})",
    "Tensor lr must be 1-element",
    "Invalid eta values: {one}, {other}",
    "LBFGS doesn't support per-parameter options (parameter groups)",
    "Muon only supports 2D parameters whereas we found a parameter with size: {size}",
    "param_group must be a dict, but got {kind}",
    "mode is invalid and scale_fn is None",
    "Expected float between 0 and 1 pct_start, but got {found}",
    "Expected positive integer {name}, but got {found}",
    "Factor should be < 1.0",
    "threshold mode {mode} is unknown!",
    "Starting multiplicative factor expected to be greater than 0 and less or equal to 1",
    "Constant multiplicative factor expected to be between 0 and 1",
    "{name} expects at least one scheduler to be chained, but got no scheduler",
    "{name} expects at least one scheduler, but got no scheduler",
    "multiprocessing_context option should specify a valid start method in {names}, but got "
    "multiprocessing_context={name}",
    "drop_last should be a boolean value, but got drop_last={found}",
    "replacement should be a boolean value, but got replacement={found}",
    "weights should be a 1d sequence but given weights have shape {shape}",
    "Size mismatch between datasets",
    "At least one dataset should be passed",
    "'{kind}' object has no attribute 'seek'. You can only torch.load from a file that is seekable. Please pre-load "
    "the data into a buffer like io.BytesIO and try to load from it instead",
    "expected 'f' to be string, path, or a file-like object with a 'write' attribute",
    "Unknown encoding {name}.\nPlugins found: {found}\ntiktoken version: {version} (are you on latest?)",
    "Expected a string in get_encoding, got {kind}",
    "multiprocessing_context can only be used with multi-process loading (num_workers > 0), but got num_workers={n}",
    "absolute value of index should not exceed dataset length",
    "{name} attribute should not be set after {kind} is initialized",
    "Default process group has not been initialized, please make sure to call init_process_group",
    "Error initializing torch.distributed using {scheme} rendezvous: environment variable {name} expected, but not set",
    "Process group cannot be None",
    "Invalid rank {rank}, rank should be in the interval [0, {last}]",
    "A callable function is expected, but {kind} is provided",
    "Unrecognized mode={mode}, should be one of: {modes}",
    "Either mode or options can be specified, but both can't be specified at the same time",
    OPTIONS,
    "Invalid backend: {name}, see `torch._dynamo.list_backends()` for available backends",
    "Expected `device_type` of type `str`, got: `{kind}`",
    "Attempted {name} but _scale is None.  This may indicate your script did not use scaler.scale(loss or outputs) "
    "earlier in the iteration",
    "The growth factor must be > 1.0",
    "The backoff factor must be < 1.0",
    "unscale_() has already been called on this optimizer since the last update()",
    "step() has already been called since the last update()",
    "No inf checks were recorded for this optimizer",
    "Can't get source for {what}. TorchScript requires source access in order to carry out compilation, make sure "
    "original .py files are available",
    "Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone "
    "points, but got number of schedulers {n_schedulers} and the number of milestones to be equal to {n_milestones}",
    "Cannot get CUDA generator without ATen_cuda library. {advice}",
    "PyTorch is not linked with support for {device} devices",
    "Cannot access accelerator device when none is available",
)
