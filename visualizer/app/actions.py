"""The one table of what a person can do: it feeds menus, transport, command palette and the shortcut sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from engine.shared.language import mark, tr
from visualizer.app.typing_keys import is_moving, is_typed
from visualizer.look import icons, theme
from visualizer.look.spoken import say_again


@dataclass(frozen=True)
class ActionRow:
    """One action. `enabled_when` and `checked_when` name conditions of the window, `short` is the word under a
    transport icon, `submenu` one of its menu's."""

    id: str
    menu: str
    text: str
    shortcut: str = ""
    icon: str = ""
    enabled_when: str = "always"
    short: str = ""
    tip: str = ""
    checked_when: str = ""
    submenu: str = ""


MENUS = (
    *(mark("File"), mark("Edit"), mark("View"), mark("Program")),
    *(mark("Backward"), mark("Training"), mark("Help")),
)

TABLE: tuple[ActionRow, ...] = (
    ActionRow("new", "File", "New program", "Ctrl+N"),
    ActionRow("open", "File", "Open…", "Ctrl+O", "open"),
    ActionRow("open_run", "File", "Open run folder…"),
    ActionRow("example_two_layers", "File", mark("Two layers and a loss"), submenu=mark("Examples")),
    ActionRow("example_tensors", "File", mark("Tensors of rank 0 to 4"), submenu=mark("Examples")),
    ActionRow("example_neuron", "File", mark("One neuron, by hand and by backward()"), submenu=mark("Examples")),
    ActionRow("example_training_loop", "File", mark("A training loop"), submenu=mark("Examples")),
    ActionRow("example_attention", "File", mark("Causal attention"), submenu=mark("Examples")),
    ActionRow("example_recurrent", "File", mark("A recurrent network"), submenu=mark("Examples")),
    ActionRow("example_vanishing", "File", mark("Gradients that vanish"), submenu=mark("Examples")),
    ActionRow("example_not_a_number", "File", mark("A NaN that only backward has"), submenu=mark("Examples")),
    ActionRow("save", "File", "Save", "Ctrl+S", "save"),
    ActionRow("save_as", "File", "Save as…", "Ctrl+Shift+S"),
    ActionRow("open_tensor", "File", "Tensor from a file…", "Ctrl+Shift+O", "grid",
              tip="A line that reads .npy, .npz, .safetensors, .pt, .csv or a picture; or drop it on the program"),
    ActionRow("save_tensor", "File", "Save tensor…", "", "save", "tensor",
              tip="What the inspector shows, as .npy, .npz, .safetensors, .pt, .csv or .png"),
    ActionRow("export", "File", "Export graph or animation…", "Ctrl+E", "export", "graph",
              tip="Graph, selection or view as SVG, PDF, PNG or DOT, the pass as GIF, MP4 or pictures"),
    ActionRow("settings", "File", "Settings…", "Ctrl+,",
              tip="Language, look, text size, engine, memory, folders and keys"),
    ActionRow("quit", "File", "Quit", "Ctrl+Q"),
    ActionRow("undo", "Edit", "Undo", "Ctrl+Z", "undo", "can_undo"),
    ActionRow("redo", "Edit", "Redo", "Ctrl+Shift+Z", "redo", "can_redo"),
    ActionRow("cut", "Edit", "Cut", "Ctrl+X", "", "can_cut"),
    ActionRow("copy", "Edit", "Copy", "Ctrl+C", "copy", "can_copy"),
    ActionRow("paste", "Edit", "Paste", "Ctrl+V", "", "can_paste"),
    ActionRow("select_all", "Edit", "Select all", "Ctrl+A", "", "can_select_all"),
    ActionRow("find", "Edit", "Find", "Ctrl+F", "search",
              tip="A node, text while the editor has focus, or a run in Pretraining"),
    ActionRow("replace", "Edit", "Replace in the program", "Ctrl+H"),
    ActionRow("find_next", "Edit", "Next match", "F3", "", "findable",
              tip="The next that was found, in the program while the keyboard is there, else in the graph"),
    ActionRow("find_previous", "Edit", "Previous match", "Shift+F3", "", "findable",
              tip="The one before, in the program while the keyboard is there, else in the graph"),
    ActionRow("go_to_line", "Edit", "Go to line…", "Ctrl+G", "", "editing",
              tip="By its number. Alt+Left leads back"),
    ActionRow("comment", "Edit", "Comment lines out or in", "Ctrl+/", "", "editing"),
    ActionRow("cursor_next", "Edit", "Select the next that reads the same", "Ctrl+D", "", "editing",
              submenu=mark("Cursors"), tip="The name at the cursor, then its next place, for a cursor at each"),
    ActionRow("cursor_all", "Edit", "Select all that read the same", "Ctrl+Shift+L", "", "editing", submenu="Cursors",
              tip="A cursor at each place of what is selected, or of the name at the cursor"),
    ActionRow("cursor_above", "Edit", "Cursor in the line above", "Ctrl+Alt+Up", "", "editing", submenu="Cursors",
              tip="One more; a click with Alt puts one anywhere, Esc leaves one"),
    ActionRow("cursor_below", "Edit", "Cursor in the line below", "Ctrl+Alt+Down", "", "editing", submenu="Cursors",
              tip="One more; a click with Alt puts one anywhere, Esc leaves one"),
    ActionRow("lines_up", "Edit", "Move lines up", "Alt+Up", "", "editing", submenu=mark("Lines"),
              tip="The cursor's line, or those of the selection, above the line before"),
    ActionRow("lines_down", "Edit", "Move lines down", "Alt+Down", "", "editing", submenu="Lines",
              tip="The cursor's line, or those of the selection, below the line behind"),
    ActionRow("lines_twice", "Edit", "Duplicate lines", "Alt+Shift+Down", "", "editing", submenu="Lines",
              tip="The cursor's line, or those of the selection, once more below"),
    ActionRow("lines_away", "Edit", "Delete lines", "Ctrl+Shift+K", "", "editing", submenu="Lines",
              tip="The cursor's line, or those of the selection"),
    ActionRow("lines_joined", "Edit", "Join lines", "Ctrl+Shift+J", "", "editing", submenu="Lines",
              tip="The cursor's line and the next, or those of the selection, as one"),
    ActionRow("lines_deeper", "Edit", "Indent lines", "Ctrl+]", "", "editing", submenu="Lines",
              tip="The cursor's line, or those of the selection, one level deeper; Tab does it to a selection"),
    ActionRow("lines_shallower", "Edit", "Outdent lines", "Ctrl+[", "", "editing", submenu="Lines",
              tip="The cursor's line, or those of the selection, one level less deep; so does Shift+Tab"),
    ActionRow("fold_blocks", "Edit", "Fold all blocks", "Ctrl+Alt+[", "fold",
              tip="Functions, classes, loops, long statements and cells; Ctrl+Shift+[ folds the one at the cursor"),
    ActionRow("unfold_blocks", "Edit", "Unfold all blocks", "Ctrl+Alt+]", "unfold"),
    ActionRow("describe", "Edit", "What is this name?", "Ctrl+I", "info", "editing",
              tip="Its value, signature and documentation, as the mouse resting on it shows"),
    ActionRow("parameters", "Edit", "Parameters of this call", "Ctrl+Shift+Space", "", "editing",
              tip="How what is called at the cursor is called; shown by itself after ( and ,"),
    ActionRow("definition", "Edit", "Go to definition", "Ctrl+F12", "", "editing",
              tip="Where the name at the cursor got its value; or click it with Ctrl. Alt+Left leads back"),
    ActionRow("bracket", "Edit", "Go to the other bracket", "Ctrl+Shift+\\", "", "editing",
              tip="Of the pair at the cursor, else to the end of the brackets that it stands in"),
    ActionRow("rename", "Edit", "Rename…", "F2", "", "editing",
              tip="The name at the cursor, everywhere where it stands for the same"),
    ActionRow("line_result", "Edit", "Inspect what this line made", "Ctrl+Shift+I", "", "editing",
              tip="The tensor whose shape stands at the end of the line; or click that"),
    ActionRow("copy_tensor", "Edit", "Copy tensor as text", "Ctrl+Shift+C", "copy", "tensor"),
    ActionRow("deselect", "Edit", "Select nothing", "Esc", "", "inside",
              tip="Once nothing is selected, out of the presentation or the large panel"),
    ActionRow("backprop", "View", "Backprop workspace", "Ctrl+1", checked_when="in_backprop"),
    ActionRow("pretraining", "View", "Pretraining workspace", "Ctrl+2", checked_when="in_pretraining"),
    ActionRow("palette", "View", "Commands…", "Ctrl+K", "search"),
    ActionRow("fit", "View", "Fit graph", "Ctrl+0", "fit", "graph"),
    ActionRow("fold", "View", "Fold", "Ctrl+Shift+[", "fold", "findable", submenu=mark("Fold and unfold"),
              tip="The block at the cursor while the keyboard is in the program, else all modules of the graph"),
    ActionRow("unfold", "View", "Unfold", "Ctrl+Shift+]", "unfold", "findable", submenu="Fold and unfold",
              tip="The block at the cursor while the keyboard is in the program, else all modules of the graph"),
    ActionRow("fold_all", "View", "Fold all modules", "", "fold", "graph", submenu="Fold and unfold"),
    ActionRow("unfold_all", "View", "Unfold all modules", "", "unfold", "graph", submenu="Fold and unfold"),
    ActionRow("tensor_large", "View", "Tensor in the middle", "Ctrl+Alt+T", "grid", checked_when="tensor_large",
              tip="What is selected, large, in place of the graph; where there is no graph it stands there by itself"),
    ActionRow("see_operation", "View", "See the operation", "Ctrl+Alt+E", "grid", "in_backprop",
              tip="Operands and result side by side: of what is selected, or of the program at the text cursor"),
    ActionRow("compare", "View", "Compare with another tensor", "", "", "in_backprop",
              tip="One of the same shape beside what is selected, and how far the two are apart"),
    ActionRow("histogram", "View", "Histogram of the tensor", "", "", "in_backprop",
              tip="How its values are spread, with the least, the largest, mean and deviation"),
    ActionRow("color_category", "View", "Colour by category", "Alt+1", submenu="Colours",
              checked_when="color_category"),
    ActionRow("color_norm", "View", "Colour by gradient norm", "Alt+2", submenu="Colours", checked_when="color_norm"),
    ActionRow("color_range", "View", "Colour by value range", "Alt+3", submenu="Colours", checked_when="color_range"),
    ActionRow("color_ratio", "View", "Colour by gradient / value", "Alt+4", submenu="Colours",
              checked_when="color_ratio"),
    ActionRow("color_bytes", "View", "Colour by bytes saved", "Alt+5", submenu="Colours", checked_when="color_bytes"),
    ActionRow("color_time", "View", "Colour by time of backward", "Alt+6", submenu="Colours",
              checked_when="color_time"),
    ActionRow("legend", "View", "Legend", "Alt+L", checked_when="legend", tip="Show or close the graph's legend"),
    ActionRow("way", "View", "Light up the gradient's way", "", checked_when="way",
              tip="From the loss to what the mouse rests on or what is selected, and on to the leaves"),
    ActionRow("theme_system", "View", "Theme: follow the system", submenu=mark("Theme"), checked_when="theme_system"),
    ActionRow("theme_dark", "View", "Theme: dark", submenu="Theme", checked_when="theme_dark"),
    ActionRow("theme_light", "View", "Theme: light", submenu="Theme", checked_when="theme_light"),
    ActionRow("high_contrast", "View", "High contrast", submenu="Theme", checked_when="high_contrast"),
    ActionRow("larger", "View", "Larger text", "Ctrl++"),
    ActionRow("smaller", "View", "Smaller text", "Ctrl+-"),
    ActionRow("program_larger", "View", "Program larger", "Alt+Shift+.", "", "in_backprop",
              submenu=mark("Text of the program"), tip="Its text alone, as Ctrl and the wheel over it do"),
    ActionRow("program_smaller", "View", "Program smaller", "Alt+Shift+,", "", "in_backprop",
              submenu="Text of the program", tip="Its text alone, as Ctrl and the wheel over it do"),
    ActionRow("program_usual", "View", "Program as large as the rest", "Alt+Shift+0", "", "in_backprop",
              submenu="Text of the program", tip="The text of the program as large as that of the window"),
    ActionRow("next_panel", "View", "Next panel", "F6", tip="Put the keyboard into the next panel"),
    ActionRow("previous_panel", "View", "Previous panel", "Shift+F6", tip="Put the keyboard into the panel before"),
    ActionRow("large_panel", "View", "Panel large", "Ctrl+Shift+M", checked_when="large_panel",
              tip="The panel with the keyboard alone, and all of them again; F6 goes on to the next"),
    ActionRow("present", "View", "Present", "Ctrl+F11", checked_when="presenting",
              tip="The whole screen for one panel in large text; F6 goes on to the next"),
    ActionRow("pointer", "View", "Ring around the pointer", "Ctrl+Alt+H", checked_when="pointer"),
    ActionRow("panel_wider", "View", "Wider", "Ctrl+Alt+Shift+Right", submenu=mark("Size of the panel"),
              tip="The panel with the keyboard gets some of the width beside it"),
    ActionRow("panel_narrower", "View", "Narrower", "Ctrl+Alt+Shift+Left", submenu="Size of the panel",
              tip="The panel with the keyboard leaves some of its width to what is beside it"),
    ActionRow("panel_higher", "View", "Higher", "Ctrl+Alt+Shift+Up", submenu="Size of the panel",
              tip="The panel with the keyboard gets some of the height above or below it"),
    ActionRow("panel_lower", "View", "Lower", "Ctrl+Alt+Shift+Down", submenu="Size of the panel",
              tip="The panel with the keyboard leaves some of its height to what is above or below it"),
    ActionRow("reset_layout", "View", "Reset layout"),
    ActionRow("run", "Program", "Run", "Ctrl+Return", "run", "idle"),
    ActionRow("step_through", "Program", "Step through", "Ctrl+Shift+Return", "step", "idle",
              tip="Run, and pause inside every backward() that the program calls"),
    ActionRow("run_part", "Program", "Run selection or cell", "Shift+Return", "", "part",
              tip="The selected lines, else the cell between two lines # %%, else the statement at the cursor"),
    ActionRow("step_part", "Program", "Step through selection or cell", "Ctrl+Alt+Return", "", "part",
              tip="The same, pausing inside every backward() that it calls"),
    ActionRow("run_above", "Program", "Run the cells above", "Ctrl+Alt+Shift+Return", "", "part",
              tip="All that stands above the cursor's cell, or without cells above its statement"),
    ActionRow("restart_and_run", "Program", "Restart and run", "Ctrl+Shift+R", "restart",
              tip="In a fresh engine, where no variable is left"),
    ActionRow("arguments", "Program", "Arguments and folder…", "Ctrl+Alt+A",
              tip="What the program finds in sys.argv, and the folder that it begins in"),
    ActionRow("stop", "Program", "Stop", "Ctrl+.", "stop", "busy"),
    ActionRow("build_tensor", "Program", "Build a tensor…", "Ctrl+T", "grid"),
    ActionRow("restart_engine", "Program", "Restart engine", "", "restart", tip="Variables are lost, not the program"),
    ActionRow("step_output", "Backward", "Step this output", "F9", "step-over", "output",
              tip="Step the backward of the output on the canvas, without a backward() line"),
    ActionRow("retain_graph", "Backward", "Retain the graph (retain_graph=True)", checked_when="retains_graph",
              tip="Of an output that is stepped: without it the pass frees what its graph has saved"),
    ActionRow("start", "Backward", "To the start", "Shift+F5", "start", "behind", "To start"),
    ActionRow("back", "Backward", "Back", "Shift+F10", "back", "behind", "Back"),
    ActionRow("step", "Backward", "Step", "F10", "step", "ahead", "Step"),
    ActionRow("step_over", "Backward", "Step over the module", "F11", "step-over", "ahead", "Step over"),
    ActionRow("step_card", "Backward", "Step over what is on screen", "F12", "", "ahead",
              tip="A folded card is one step, and so is a card with its parameters"),
    ActionRow("run_to", "Backward", "Run to what is selected", "Ctrl+F10", "run-to", "ahead_selected", "Run to…",
              tip="The selected node, or the first of a folded card to run"),
    ActionRow("run_to_line", "Backward", "Run to the cursor's line", "Ctrl+Shift+F10", "", "ahead",
              tip="The next node that the line of the text cursor made"),
    ActionRow("back_to_change", "Backward", "Back to the last change", "Ctrl+Alt+F10", "", "behind_selected",
              tip="To where something last arrived at the selected node, or was added to its .grad"),
    ActionRow("play", "Backward", "Play", "F8", "play", "playable", "Play",
              tip="Step by itself. While it plays, or the pass runs on, hold at the next node"),
    ActionRow("predict", "Backward", "Predict, then reveal", "Ctrl+Alt+P", checked_when="predict", submenu="Predict",
              tip="Be asked at each held node what it will send on, before its step shows it"),
    ActionRow("reveal", "Backward", "Reveal without judging", "Ctrl+Alt+R", "", "predicting", submenu="Predict",
              tip="Step, whatever is entered"),
    ActionRow("slower", "Backward", "Play slower", "Shift+F8"),
    ActionRow("faster", "Backward", "Play faster", "Ctrl+F8", tip="Up to 200 nodes a second"),
    ActionRow("end", "Backward", "To the end", "F5", "end", "ahead", "End"),
    ActionRow("toggle_breakpoint", "Backward", "Breakpoint at this line", "Ctrl+F9", submenu="Breakpoints",
              tip="Hold passes where they come to what the line of the cursor made, or no longer"),
    ActionRow("add_breakpoint", "Backward", "Add a breakpoint…", "Ctrl+Shift+F9", submenu="Breakpoints",
              tip="At an operation, a module, a parameter or a pass, or where a gradient meets a condition"),
    ActionRow("stop_at_nan", "Backward", "Stop where a gradient is NaN or Inf", "Ctrl+Alt+F9", submenu="Breakpoints",
              checked_when="stop_at_nan", tip="A breakpoint at any node that makes NaN or Inf of finite gradients"),
    ActionRow("first_nan", "Backward", "To the first NaN or Inf", "F7", "warning", submenu="NaN and Inf",
              tip="Forward or backward: go on to it, jump there as far as a run was kept, or run again to it"),
    ActionRow("pause_on_nan", "Backward", "Pause on NaN while stepping", "Shift+F7", "warning", short="On NaN",
              submenu="NaN and Inf", checked_when="pause_on_nan",
              tip="While a program is stepped, hold it where a number turns NaN or infinite, forward or backward"),
    ActionRow("previous_pass", "Backward", "Previous pass", "Alt+PgUp", "", "pass_before", submenu="Passes",
              tip="Open the pass that ran before"),
    ActionRow("next_pass", "Backward", "Next pass", "Alt+PgDown", "", "pass_after", submenu="Passes",
              tip="Open the pass that ran after; from the newest, run to the next"),
    ActionRow("run_to_pass", "Backward", "Run to pass…", "Ctrl+Shift+F5", "", "live_held", submenu="Passes",
              tip="Run on, and hold the pass of a number at its first node"),
    ActionRow("run_to_end", "Backward", "Run to the end of the program", "Ctrl+F5", "", "live_held", submenu="Passes",
              tip="Hold no more pass of this run"),
    ActionRow("newest_pass", "Backward", "Return to the newest pass", "Alt+End", "", "pass_opened", submenu="Passes",
              tip="From an earlier pass to where the engine is"),
    ActionRow("why", "Backward", "Why is there no gradient?", "Shift+F1", "", "selection",
              tip="Why it is None or zero: what cut the selected tensor off, on which line, and what to write instead"),
    ActionRow("check_differences", "Backward", "Check by finite differences", "Ctrl+F7", "", "node",
              tip="Compare the gradient at the selected node with central differences, in a copy of the engine"),
    ActionRow("health", "Backward", "Health of the pass", "F4", "pulse", short="Health",
              tip="Gradients that vanish, explode or cancel, dead and saturated units, parameters without a gradient"),
    ActionRow("what_if", "Backward", "What if another gradient entered here…", "Ctrl+Alt+I", "", "selection",
              submenu="What if", tip="Change the gradient that enters the selected node, beside the held pass"),
    ActionRow("what_if_view", "Backward", "Old, new or difference", "Ctrl+Alt+O", "", "experiment", submenu="What if",
              tip="Which of an experiment's gradients norms, timeline, colours and inspector show"),
    ActionRow("what_if_show", "Backward", "Leave the experiment, or show it again", "Ctrl+Alt+X", "", "experiments",
              submenu="What if", tip="The program's own gradients again, or those of the newest experiment"),
    ActionRow("reset", "Backward", "Reset", "Shift+F9", "restart", "owned", "Reset",
              tip="Forget this pass; every .grad is as it was before"),
    ActionRow("keep", "Backward", "Keep gradients", "", "check", "owned_done", "Keep",
              tip="Leave the .grad that this pass made in the program's tensors"),
    ActionRow("train_start", "Training", "Start training", "Ctrl+Shift+T", "run"),
    ActionRow("train_pause", "Training", "Pause or resume training", "", "pause", "training"),
    ActionRow("train_stop", "Training", "Stop training", "", "stop", "training"),
    ActionRow("train_change", "Training", "Change or extend run…"),
    ActionRow("train_branch", "Training", "Branch from a checkpoint…"),
    ActionRow("train_ask", "Training", "Ask the model…", "Ctrl+Shift+A",
              tip="Have a prompt answered by a run's weights or by those of a folder, token by token"),
    ActionRow("train_export", "Training", "Export weights…"),
    ActionRow("train_compare", "Training", "What differs between the chosen runs…"),
    ActionRow("plots_png", "Training", "Export plots as PNG…", submenu="Export plots",
              tip="A picture of what is shown"),
    ActionRow("plots_svg", "Training", "Export plots as SVG…", submenu="Export plots",
              tip="A drawing of what is shown"),
    ActionRow("plots_csv", "Training", "Export plots as CSV…", submenu="Export plots",
              tip="The numbers in the visible range of every shown run"),
    ActionRow("lessons", "Help", "Lessons", "Ctrl+L", "list", checked_when="lessons",
              tip="Tensors, gradients and a first GPT-2, page by page beside the panels"),
    ActionRow("lesson_next", "Help", "Next page of the lesson", "Ctrl+Alt+Right", "", "lesson_page"),
    ActionRow("lesson_back", "Help", "Page before", "Ctrl+Alt+Left", "", "lesson_page"),
    ActionRow("lesson_folder", "Help", "Open a folder of lessons…", "", "folder"),
    ActionRow("shortcuts", "Help", "Keyboard shortcuts", "F1"),
    ActionRow("about", "Help", "About"),
)  # fmt: skip

_ALTERNATES = {
    "larger": "Ctrl+=",
    "redo": "Ctrl+Y",
    "start": "Shift+Home",  # where the keyboard is in no text, which selects with it
}
_REPEATING = (
    "back",
    "undo",
    "redo",
    "lines_up",
    "lines_down",
    "cursor_next",
    "cursor_above",
    "cursor_below",
    "larger",
    "smaller",
    "program_larger",
    "program_smaller",
    "next_panel",
    "previous_panel",
    "panel_wider",
    "panel_narrower",
    "panel_higher",
    "panel_lower",
    "find_next",
    "find_previous",
)  # while the key is held down
TRANSPORT = ("start", "back", "step", "step_over", "run_to", "play", "end")
TRANSPORT_EXTRA = ("health", "pause_on_nan", "reset", "keep")


_chosen_keys: dict[str, str] = {}  # by id, what a person gave in place of the table's


def first_shortcuts(row: ActionRow) -> list[QKeySequence]:
    """The keys that the table gives an action, the one that menus show first: what most keyboards call Enter is Return
    to Qt, and its Enter is among the digits."""
    alternate = _ALTERNATES.get(row.id, "")
    keys = (row.shortcut.replace("Return", "Enter"), row.shortcut, alternate)
    return [QKeySequence(key) for key in dict.fromkeys(keys) if key]


def shortcuts(row: ActionRow) -> list[QKeySequence]:
    """The keys of an action: those that the person chose, else the table's."""
    if row.id not in _chosen_keys:
        return first_shortcuts(row)
    return [QKeySequence(_chosen_keys[row.id])] if _chosen_keys[row.id] else []


def choose_keys(keys: Mapping[str, str], actions: Mapping[str, QAction]) -> None:
    """Give actions other keys than the table's, by id; those that are not named have the table's, and those whose keys
    would be taken from every field, whoever has written them."""
    _chosen_keys.clear()
    wanted = {name: QKeySequence(text) for name, text in keys.items()}
    taken = {name for name, each in wanted.items() if is_typed(each) or is_moving(each)}
    _chosen_keys.update({name: text for name, text in keys.items() if name not in taken})
    for row in TABLE:
        actions[row.id].setShortcuts(shortcuts(row))
        _say(actions[row.id], row)


def build(parent: QObject, run: Callable[[str], None]) -> dict[str, QAction]:
    """Every row as a QAction that calls `run(id)`. The rows' data travel as dynamic properties."""
    made = {}
    for row in TABLE:
        action = QAction(parent)
        action.setObjectName(row.id)
        action.setShortcuts(shortcuts(row))
        action.setCheckable(bool(row.checked_when))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(row.id in _REPEATING)
        action.setProperty("icon_name", row.icon)
        say_again(action, partial(_say, action, row))
        action.triggered.connect(lambda checked=False, name=row.id: run(name))
        made[row.id] = action
    dress(made)
    return made


def menu_title(name: str) -> str:
    """Of one of MENUS, in the language in use."""
    return tr(name).replace("&", "")


def menu_letter(name: str) -> str:
    """Which opens it together with Alt: its first, or what a language marks, "A&juda"."""
    before, mark, behind = tr(name).partition("&")
    return next((letter for letter in (behind if mark else before) if letter.isalnum()), "").upper()


def _say(action: QAction, row: ActionRow) -> None:
    action.setProperty("short_text", tr(row.short))
    shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    tip = row.tip or row.text
    action.setToolTip(" — ".join(part for part in (tr(tip), shortcut) if part))
    action.setText(tr(row.text))  # the last: it is this that buttons hear


def dress(actions: dict[str, QAction]) -> None:
    """Give every action its icon in today's colours."""
    color = theme.current().color("text.secondary")
    for row in TABLE:
        if row.icon:
            actions[row.id].setIcon(icons.icon(row.icon, color))


def enable(actions: dict[str, QAction], conditions: set[str]) -> None:
    """Enable and check exactly the actions whose conditions hold."""
    for row in TABLE:
        if row.checked_when:
            actions[row.id].setChecked(row.checked_when in conditions)
        actions[row.id].setEnabled(row.enabled_when == "always" or row.enabled_when in conditions)
