"""What classes that others are made of call by its name: public members of PyTorch's and Python's own, no torch needed.

A test holds the names of PyTorch's against PyTorch.
"""

from __future__ import annotations

_MODULE = """add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval
extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia
named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer
register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook
register_load_state_dict_post_hook
register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook
register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train
training type xpu zero_grad T_destination"""
_FUNCTION = """apply backward boxed_grads_call clear_saved_tensors_on_access dirty_tensors forward generate_vmap_rule
jvp mark_dirty mark_non_differentiable mark_shared_storage materialize_grads maybe_clear_saved_tensors metadata name
needs_input_grad next_functions non_differentiable register_hook register_prehook requires_grad save_for_backward
save_for_forward saved_for_forward saved_tensors saved_variables set_materialize_grads setup_context
to_save vjp vmap"""
_OPTIMIZER = """OptimizerPostHook OptimizerPreHook add_param_group defaults load_state_dict param_groups
profile_hook_step register_load_state_dict_post_hook register_load_state_dict_pre_hook register_state_dict_post_hook
register_state_dict_pre_hook register_step_post_hook register_step_pre_hook state state_dict step zero_grad"""

_ERROR = frozenset({"add_note", "args", "with_traceback"})
FOREIGN: dict[str, frozenset[str]] = {
    "Module": frozenset(_MODULE.split()),
    "Function": frozenset(_FUNCTION.split()),
    "Optimizer": frozenset(_OPTIMIZER.split()),
    **dict.fromkeys(("object", "ABC", "Generic", "Protocol", "Dataset", "IterableDataset"), frozenset[str]()),
    **dict.fromkeys(("Exception", "ValueError", "RuntimeError", "TypeError", "KeyError"), _ERROR),
    "Enum": frozenset({"name", "value"}),
    "NamedTuple": frozenset({"count", "index"}),
}
