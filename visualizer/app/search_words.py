"""What people call a command that says it in other words: the palette finds it by these, too, and shows none."""

from __future__ import annotations

from engine.shared.language import mark

WORDS = {
    "open": mark("load file notebook csv dataset picture reopen"),
    "open_tensor": mark("open load data dataset csv npy image"),
    "save_tensor": mark("export numbers csv npy"),
    "export": mark("save picture image screenshot drawing video film"),
    "settings": mark("preferences options configuration"),
    "quit": mark("exit close"),
    "undo": mark("take back deletion"),
    "redo": mark("repeat"),
    "find": mark("search"),
    "replace": mark("substitute search"),
    "go_to_line": mark("goto jump number"),
    "cursor_next": mark("multiple multi occurrences"),
    "cursor_all": mark("multiple multi occurrences"),
    "cursor_above": mark("multiple multi column"),
    "cursor_below": mark("multiple multi column"),
    "describe": mark("documentation help docstring hover"),
    "parameters": mark("signature arguments help"),
    "definition": mark("jump declaration source"),
    "tensor_large": mark("maximise big whole"),
    "compare": mark("difference two"),
    "histogram": mark("distribution spread plot"),
    "larger": mark("zoom in font size bigger"),
    "smaller": mark("zoom out font size"),
    "large_panel": mark("maximise full screen zoom"),
    "present": mark("presentation projector beamer full screen classroom slides"),
    "pointer": mark("mouse highlight presentation"),
    "legend": mark("key colours meaning"),
    "reset_layout": mark("default panels windows docks restore"),
    "run": mark("execute start all"),
    "step_through": mark("debug debugger backward"),
    "run_part": mark("cell line execute"),
    "arguments": mark("argv command line working directory"),
    "stop": mark("kill interrupt cancel abort"),
    "build_tensor": mark("new create make"),
    "restart_engine": mark("kernel memory variables clear python"),
    "step": mark("next forward backward node"),
    "back": mark("previous undo step"),
    "play": mark("animate automatically"),
    "toggle_breakpoint": mark("stop pause line"),
    "why": mark("zero vanish missing None cut"),
    "health": mark("vanishing exploding dead neurons"),
    "train_start": mark("pretrain gpt language model fit learn"),
    "pretraining": mark("train gpt language model learning rate dropout loss curve runs"),
    "train_change": mark("learning rate dropout longer steps"),
    "train_branch": mark("fork checkpoint"),
    "train_ask": mark("chat generate sample text prompt talk"),
    "train_export": mark("save hugging face huggingface download model"),
    "lessons": mark("tutorial learn course teach begin"),
    "shortcuts": mark("keyboard keys help hotkeys"),
    "about": mark("version licence"),
}  # fmt: skip
EXAMPLE = mark("open example sample demo")  # of each of them
_SMALL = (
    "a an the of to my how do does is are i it in on at with for and or",
    "o os as um uma de do da dos das no na em e ou que como meu minha para por",
)
SMALL = frozenset(word for words in _SMALL for word in words.split())  # which say nothing of a command
