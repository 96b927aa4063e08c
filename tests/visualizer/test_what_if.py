"""In the window: another gradient enters a node on trial, is compared on every card, undone or kept; a sign says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPushButton, QToolButton

from engine.protocol.backward_values import Edit
from engine.protocol.experiments import TrialProgress
from engine.protocol.keys import NodeGradKey, TriedGradKey
from tests.visualizer import window as w
from visualizer.backprop.graph.experiment_sign import ExperimentSign
from visualizer.backprop.graph.export.dialog import ExportDialog
from visualizer.backprop.inspector.rule_section import RuleSection
from visualizer.backprop.timeline.pass_words import pass_words
from visualizer.look.spoken import use_language
from visualizer.model.edits import CHOICES, change_words, edit_of
from visualizer.model.selection import SelectedNode

TEXT = """import torch
x = torch.tensor([[1.0, -2.0], [0.5, 3.0]])
p = torch.tensor([[0.5, 1.0], [-1.0, 2.0]], requires_grad=True)
h = torch.tanh(x @ p)
loss = (h * h).sum() + p.sum()
loss.backward()
"""
LOOP = """import torch
p = torch.tensor([1.0, 2.0], requires_grad=True)
for i in range(50):
    h = p * 3
    loss = (h * h).sum()
    loss.backward()
    p.grad = None
"""
STEP = "Ctrl+Shift+Return"


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    with w.main_window(tmp_path_factory.mktemp("window")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def ends(window):
    yield
    window.session.stop()
    w.until(lambda: not window.session.is_busy, "it has ended")


def hold(window, text=TEXT):
    finished = w.start(window, text, STEP)
    w.until(lambda: window.session.state == "paused", "the pass is held")
    w.until(lambda: is_drawn(window), "its graph is drawn")
    return finished


def is_drawn(window):
    scene = window.graph.canvas.scene
    return scene is not None and scene.shown.graph is window.session.graph


def node(window, name):
    return next(one for one in window.session.graph.nodes if name in (one.variable, one.name))


def open_section(window, name):
    window.selection.select(SelectedNode(node(window, name).id))
    w.press(window, "Ctrl+Alt+I", window.graph.canvas)


def try_it(window, kind, text=None, name="h"):
    """By hand: choose the kind, write, press Return."""
    open_section(window, name)
    w.widget(window, QComboBox, "what_if_kind").setCurrentIndex([choice.kind for choice in CHOICES].index(kind))
    field, before = w.widget(window, QLineEdit, "what_if_field"), window.session.experiments.all
    if text is not None:
        field.selectAll()
        w.type_text(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
    else:
        w.click(w.widget(window, QPushButton, "what_if_try"))
    w.until(
        lambda: window.session.experiments.all[-1:] != before[-1:] or window.session.experiments.failure,
        "the engine has answered",
    )


def card(window, name):
    """What the card of a node says."""
    canvas, index = window.graph.canvas, [one.id for one in window.session.graph.nodes].index(node(window, name).id)
    number = int(canvas.scene.shown.card_of[index])
    return canvas.book.content(canvas.scene, canvas.states, number)


def sign(window):
    shown = window.graph.sign
    return "" if shown.isHidden() else shown.words.text()


def said(window):
    label = w.widget(window, QLabel, "what_if_said")
    return "" if label.isHidden() else label.text()


def test_the_keyboard_stays_on_try_and_what_was_said_goes_once_it_is_corrected(window):
    hold(window)
    try_it(window, "scale", "3")
    field, button = w.widget(window, QLineEdit, "what_if_field"), w.widget(window, QPushButton, "what_if_try")
    field.selectAll()
    w.type_text(field, "three")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "is not a number" in said(window) and field.property("invalid")
    field.selectAll()
    w.type_text(field, "4")
    assert said(window) == "" and not field.property("invalid")
    button.setFocus()
    n_tried = len(window.session.experiments.all)
    QTest.keyClick(button, Qt.Key.Key_Space)
    w.until(lambda: len(window.session.experiments.all) > n_tried, "it was tried")
    assert button.hasFocus()


@pytest.mark.parametrize("width", [300, 900])
def test_the_sign_of_an_experiment_lies_over_no_card_and_has_its_words_and_views_at_every_width(window, width):
    hold(window)
    try_it(window, "scale", "3")
    shown, canvas = window.graph.sign, window.graph.canvas
    assert shown.geometry().bottom() < canvas.geometry().top() and shown.parentWidget() is canvas.parentWidget()
    alone = ExperimentSign(window)
    try:
        alone.show_words(shown.words.text(), 1)
        alone.resize(width, 10)
        alone.show()
        alone.resize(width, alone.heightForWidth(width))
        w.until(lambda: alone.views.isVisible(), "the views")
        for button in alone.views.findChildren(QToolButton):
            assert button.width() >= button.sizeHint().width()
            assert alone.rect().contains(button.mapTo(alone, button.rect().bottomRight()))
        assert alone.words.height() >= alone.words.heightForWidth(alone.words.width())
    finally:
        alone.deleteLater()


def test_a_gradient_is_changed_and_every_card_has_old_new_and_difference_side_by_side(window):
    hold(window)
    try_it(window, "scale", "3")
    assert sign(window) == "What if: grad of h × 3 · not the program's"
    w.until(lambda: card(window, "h").grad is not None, "the card has what was compared")
    shown = card(window, "h")
    assert [shown.value.tag, shown.gradient.tag, shown.grad.tag] == ["old", "new", "diff"]
    assert all(slot.image is not None for slot in (shown.value, shown.gradient, shown.grad))
    experiments = window.session.experiments
    leaf = node(window, "p").id
    old, new, difference = (dict(experiments._norms[view])[leaf] for view in ("old", "new", "difference"))
    assert new != old and difference > 0
    assert window.facts.gradient_norm(leaf) == new
    w.press(window, "Ctrl+Alt+O", window.graph.canvas)
    assert experiments.view == "difference" and window.facts.gradient_norm(leaf) == difference
    w.click(w.widget(window, QToolButton, "sign_view_old"))
    assert window.facts.gradient_norm(leaf) == old


def test_the_inspector_has_the_gradient_of_the_view_and_the_programs_own_once_it_is_left(window):
    hold(window)
    try_it(window, "scale", "3")
    experiment = window.session.experiments.shown.id
    gradient, mul = window.inspector.gradient, node(window, "h").id
    assert gradient.feed.key == TriedGradKey(experiment, "new", mul)
    w.until(lambda: gradient.details is not None, "its numbers are there")
    w.click(w.widget(window, QToolButton, "what_if_view_difference"))
    assert gradient.feed.key == TriedGradKey(experiment, "difference", mul)
    w.click(w.widget(window, QToolButton, "leave_experiment"))
    assert sign(window) == "" and window.session.experiments.shown is None
    assert gradient.feed.key is None  # nothing has arrived there yet
    w.press(window, "Ctrl+Alt+X", window.graph.canvas)
    assert window.session.experiments.shown.id == experiment
    window.session.experiments.show(0)
    w.press(window, "F5", window.graph.canvas)
    w.until(lambda: window.session.state == "ready", "it has ended")
    window.selection.select(SelectedNode(mul))
    assert gradient.feed.key == NodeGradKey(mul)


def test_what_an_experiment_does_not_reach_says_that_it_shows_the_programs_own(window):
    hold(window)
    try_it(window, "scale", "3")
    sections, edges = window.inspector.sections, window.session.graph.edges
    told = [section.title for section in sections._all if section.caption.text()]
    assert told == ["Arrives and leaves", ".grad account", "Cell", "Rule", "Jacobian", "Finite differences"]
    assert sections.get(RuleSection).caption.text().startswith("Of the pass as the program runs it")
    assert not any(window.graph._book.norm_sent(edge) for edge in edges)
    w.press(window, "Ctrl+E", window.graph.canvas)
    w.until(lambda: window.findChild(ExportDialog), "the dialog")
    assert window.session.experiments.shown is None and not sections.get(RuleSection).caption.text()
    window.findChild(ExportDialog).reject()


def test_experiments_have_names_and_are_renamed_removed_and_brought_back_by_the_usual_keys(window):
    hold(window)
    try_it(window, "negate")
    try_it(window, "zero")
    names = w.widget(window, QListWidget, "what_if_list")
    assert [names.item(row).text() for row in range(names.count())] == ["−grad of h", "grad of h = 0"]
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=names.visualItemRect(names.item(0)).center())
    assert sign(window).startswith("What if: −grad of h ·")
    names.setFocus()
    QTest.keyClick(names, Qt.Key.Key_F2)
    editor = names.findChild(QLineEdit)
    editor.selectAll()
    w.type_text(editor, "upside down")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    w.until(lambda: sign(window).startswith("What if: upside down ·"), "it has its new name")
    names.setFocus()
    QTest.keyClick(names, Qt.Key.Key_Delete)
    assert [one.name for one in window.session.experiments.all] == ["grad of h = 0"] and sign(window) == ""
    QTest.keyClick(names, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in window.session.experiments.all] == ["upside down", "grad of h = 0"]
    assert sign(window).startswith("What if: upside down ·")
    QTest.keyClick(names, Qt.Key.Key_Escape)
    assert sign(window) == ""


def test_what_is_kept_goes_down_to_the_programs_grad_and_stays_said(window):
    finished = hold(window)
    try_it(window, "replace", "0")
    keep = w.widget(window, QPushButton, "what_if_keep")
    w.until(lambda: keep.isVisible() and keep.isEnabled(), "it can be kept")
    keep.click()
    w.until(lambda: sign(window).endswith("the pass goes on with it"), "the sign says that it is kept")
    w.until(lambda: keep.text() == "Kept", "the section says so, too, after the frame")
    w.press(window, "F5", window.graph.canvas)
    w.until(lambda: finished, "the program ends")
    w.until(lambda: sign(window).endswith("the pass went on with it"), "the sign speaks of what was")
    w.until(lambda: grad_line(window).endswith("all 1"), "the gradient of p.sum() alone is in .grad")
    window.session.experiments.show(0)
    assert sign(window) == "This pass went on with grad of h = 0 · kept by you"
    assert window.session.passes.marks[0].n_kept == 1


def grad_line(window):
    row = next(row for row in window.session.variables if row.name == "p")
    summary = row.grad
    return "" if summary is None else f"all {summary.minimum:g}" if summary.minimum == summary.maximum else "mixed"


BAD = [
    ("scale", "two", "“two” is not a number."),
    ("replace", "nothing_here", "nothing_here"),
    ("replace", "torch.ones(7)", "shape (2, 2) is wanted"),
    ("clip_norm", "-1", "A gradient is clipped to a number from 0 on."),
]


@pytest.mark.parametrize(("kind", "text", "words"), BAD, ids=[text for _, text, _ in BAD])
def test_bad_input_is_said_in_a_sentence_and_nothing_is_shown(window, kind, text, words):
    hold(window)
    open_section(window, "h")
    choices = w.widget(window, QComboBox, "what_if_kind")
    choices.setCurrentIndex([choice.kind for choice in CHOICES].index(kind))
    field = w.widget(window, QLineEdit, "what_if_field")
    field.selectAll()
    w.type_text(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    w.until(lambda: words in said(window), "the sentence is there")
    assert window.session.experiments.all == () and sign(window) == ""


def test_a_cell_that_is_clicked_can_be_perturbed(window):
    hold(window)
    try_it(window, "scale", "1")  # the inspector has cells of a gradient that has not arrived yet
    heat_map = window.inspector.gradient.heat_map
    w.until(lambda: window.inspector.gradient.details is not None, "the cells are there")
    w.until(lambda: heat_map.isVisible() and heat_map.height() > 40, "the heat map has its place")
    window.inspector.pair.show_cell((1, 0))
    try_it(window, "perturb", "0.5")
    tried = window.session.experiments.all[-1].tried
    assert tried.edit == Edit("perturb", 0.5, (1, 0))
    assert max(filter(None, tried.difference)) > 0.49


def test_a_leaf_gets_another_value_and_what_comes_of_it_is_compared_but_not_kept(window):
    hold(window)
    open_section(window, "p")
    w.click(w.widget(window, QToolButton, "what_if_of_value"))
    field = w.widget(window, QLineEdit, "what_if_field")
    w.widget(window, QComboBox, "what_if_kind").setCurrentIndex(0)
    field.selectAll()
    w.type_text(field, "2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    experiments = window.session.experiments
    w.until(lambda: experiments.all or experiments.failure, "the program has run again")
    assert sign(window) == "What if: value of p × 2 · not the program's", experiments.failure
    assert "The root is " in w.widget(window, QLabel, "what_if_facts").text()
    assert w.widget(window, QPushButton, "what_if_keep").isHidden()
    assert max(filter(None, experiments.all[0].tried.difference)) > 0


def test_another_value_that_is_being_tried_is_cancelled_while_the_window_lives(window):
    waits = f"import os, threading\nif os.getpid() != {window.engine.pid}: threading.Event().wait()\n"
    hold(window, waits + TEXT)
    open_section(window, "p")
    w.click(w.widget(window, QToolButton, "what_if_of_value"))
    field, cancel = w.widget(window, QLineEdit, "what_if_field"), w.widget(window, QPushButton, "what_if_cancel")
    w.widget(window, QComboBox, "what_if_kind").setCurrentIndex(0)
    field.setText("2")
    assert cancel.isHidden()
    QTest.keyClick(field, Qt.Key.Key_Return)
    w.until(lambda: not cancel.isHidden(), "the copy runs")
    assert said(window).startswith("Running the program again, to this pass, in a copy of the engine")
    w.click(cancel)
    w.until(lambda: window.session.experiments.failure, "the engine has answered")
    assert said(window) == "The trial was cancelled." and cancel.isHidden() and not window.session.experiments.all
    open_section(window, "h")
    assert said(window) == ""  # that was of another node


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (TrialProgress(stage="without", n_done=7, n_nodes=12), "Beside the pass, without the change: 7 of 12 nodes…"),
        (TrialProgress(stage="with", n_done=1, n_nodes=1), "Beside the pass, with the change: 1 of 1 node…"),
        (TrialProgress(stage="backward", n_done=2, n_nodes=1200), "The pass runs in the copy: 2 of 1,200 nodes…"),
        (TrialProgress(stage="backward"), "The pass runs in the copy…"),
        (
            TrialProgress(stage="running", left_s=12.4),
            "Running the program again, to this pass, in a copy of the engine, about 12 s left…",
        ),
    ],
)
def test_how_far_a_trial_is_is_said_of_its_stage(window, progress, words):
    waits = f"import os, threading\nif os.getpid() != {window.engine.pid}: threading.Event().wait()\n"
    hold(window, waits + TEXT)
    open_section(window, "p")
    window.session.experiments.try_change(window.selection.node.id, 0, Edit("scale", 2.0), "value")
    w.until(lambda: window.session.experiments.progress is not None, "the copy runs")
    window.engine.event_arrived.emit(progress)
    assert said(window) == words
    w.click(w.widget(window, QPushButton, "what_if_cancel"))
    w.until(lambda: window.session.experiments.failure, "the engine has answered")


def test_what_says_that_an_experiment_is_shown_follows_the_language(window):
    hold(window)
    try_it(window, "scale", "2")
    use_language("pt_BR")
    assert "program's" not in window.graph.sign.words.text()
    captions = [label.text() for label in window.inspector.findChildren(QLabel, "section_caption") if label.text()]
    assert captions and not [text for text in captions if text.startswith("Of the pass")]


def test_without_a_held_pass_or_at_a_node_that_has_run_the_section_says_what_it_needs(window):
    finished = hold(window)
    w.press(window, "F10", window.graph.canvas)
    w.until(lambda: window.session.history.newest == 2, "one node has run")
    obstacle = w.widget(window, QLabel, "what_if_obstacle")
    first = window.session.history.steps[0].node
    window.selection.select(SelectedNode(first))
    w.press(window, "Ctrl+Alt+I", window.graph.canvas)
    w.until(lambda: "has run already" in obstacle.text(), "the node has run")
    assert w.widget(window, QPushButton, "what_if_try").isHidden() or not obstacle.isHidden()
    w.press(window, "F5", window.graph.canvas)
    w.until(lambda: finished, "the program ends")
    open_section(window, "h")
    w.until(lambda: "needs a held pass" in obstacle.text(), "no pass is held any more")


def test_in_a_loop_an_experiment_is_of_its_pass_and_an_earlier_pass_says_what_was_kept(window):
    hold(window, LOOP)
    try_it(window, "scale", "10")
    w.widget(window, QPushButton, "what_if_keep").click()
    w.until(lambda: window.session.history.state.kept, "it is kept")
    w.press(window, "F5", window.graph.canvas)
    w.until(lambda: window.session.passes.shown == 2 and window.session.state == "paused", "the next pass is held")
    assert sign(window) == "" and window.session.experiments.shown is None
    w.press(window, "Alt+PgUp", window.graph.canvas)
    w.until(lambda: window.session.passes.shown == 1, "the first is open")
    assert sign(window) == "This pass went on with grad of h × 10 · kept by you"
    assert "with 1 gradient that you changed" in pass_words(window.session.passes, 1)
    w.press(window, "Alt+End", window.graph.canvas)
    try_it(window, "zero")
    assert [one.name for one in window.session.experiments.all] == ["grad of h = 0"]


def test_each_kind_is_asked_for_in_its_words():
    assert edit_of("scale", " 2.5 ", None) == Edit("scale", 2.5)
    assert edit_of("perturb", "1", None) == "Select a cell of the gradient or the value first."
    assert change_words(Edit("perturb", -0.5, (1, 2)), "grad of h") == "grad of h[1, 2] − 0.5"
    assert change_words(Edit("clip_norm", 1.0), "grad of h") == "grad of h clipped to norm 1"


def test_where_the_keyboard_is_in_no_text_undo_takes_an_experiment_back(window):
    hold(window)
    experiments, text = window.session.experiments, window.program.text()
    try_it(window, "scale", "3")
    try_it(window, "negate")
    canvas = window.graph.canvas
    canvas.setFocus()
    w.press(window, "Ctrl+Z", canvas)
    assert [one.words for one in experiments.all] == ["grad of h × 3"] and experiments.shown is None
    w.press(window, "Ctrl+Shift+Z", canvas)
    assert experiments.shown is not None and experiments.shown.words == "−grad of h"
    w.press(window, "Ctrl+Z", canvas)
    w.press(window, "Ctrl+Z", canvas)
    assert experiments.all == () and sign(window) == "" and window.program.text() == text
    w.press(window, "Ctrl+Shift+Z", canvas)
    assert [one.words for one in experiments.all] == ["grad of h × 3"]


def test_one_that_was_removed_comes_back_before_another_is_taken_back(window):
    hold(window)
    experiments = window.session.experiments
    try_it(window, "scale", "3")
    try_it(window, "zero")
    first = experiments.all[0]
    experiments.remove(first.id)
    window.graph.canvas.setFocus()
    w.press(window, "Ctrl+Z", window.graph.canvas)
    assert experiments.shown is first and len(experiments.all) == 2
