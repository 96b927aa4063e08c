"""The protocol between window and engine: requests one way, events the other."""

from __future__ import annotations

from engine.protocol.accounts import GradAccount
from engine.protocol.breakpoints import Breakpoint
from engine.protocol.cell_changes import AskCellChanges, CellChanges
from engine.protocol.cells import CellExplained
from engine.protocol.differences import CancelDifferences, CheckDifferences, DifferencesProgress, DifferencesShown
from engine.protocol.experiments import (
    AskCompared,
    ComparedShown,
    DropExperiment,
    ExperimentTried,
    KeepExperiment,
    TryGradient,
    TryValue,
)
from engine.protocol.facts import NodeFacts, NodeTime
from engine.protocol.flow import NodeFlow
from engine.protocol.health import AskHealth, HealthShown
from engine.protocol.jacobians import AskJacobian, JacobianShown
from engine.protocol.keys import TensorKey
from engine.protocol.message import Event, Request
from engine.protocol.not_finite import Found
from engine.protocol.origin import AskOrigin, HookedNode, OriginShown
from engine.protocol.passes import PassMark
from engine.protocol.predictions import (
    AskQuestion,
    AskVerdicts,
    EnterPrediction,
    PredictionTaken,
    QuestionShown,
    VerdictsShown,
)
from engine.protocol.rules import NodeRule
from engine.protocol.saved import NodeSaved
from engine.protocol.sentence import Sentence
from engine.protocol.until import Until, UntilNext
from engine.protocol.values import (
    BackwardState,
    BackwardStep,
    Card,
    Completion,
    Graph,
    LineResult,
    Notice,
    ProgramError,
    TensorDetails,
    TensorRectangle,
    TensorSummary,
    Variable,
)
from engine.protocol.views import ViewFamily
from engine.protocol.why import GradientWhy


class Hello(Request, frozen=True, tag="hello", kw_only=True):
    """The window's first frame. No version may change its fields, nor the name of the one in Ready."""

    protocol: int


class RunProgram(Request, frozen=True, tag="run", kw_only=True):
    """Run `text` in the live namespace. `step`: pause inside every backward that it calls."""

    text: str
    path: str  # of the file that holds the text; the program's __file__
    step: bool = False
    pause_on_nan: bool = False  # hold it where a number turns NaN or infinite, forward or backward


class AnswerInput(Request, frozen=True, tag="answer_input", kw_only=True):
    text: str


class Interrupt(Request, frozen=True, tag="interrupt"):
    """Raise KeyboardInterrupt in the program; answered by `Interrupted` as soon as it was delivered."""


class ShowGraph(Request, frozen=True, tag="show_graph", kw_only=True):
    """The graph behind a variable; an empty name lets the engine choose the newest scalar loss."""

    output: str = ""


class AskCards(Request, frozen=True, tag="ask_cards", kw_only=True):
    """`slots`: the output that each node's card shows; the first of every node where it is empty."""

    graph: int
    nodes: tuple[int, ...]
    slots: tuple[int, ...] = ()


class AskFacts(Request, frozen=True, tag="ask_facts", kw_only=True):
    """The facts of nodes of the graph on screen, those first that are needed first.

    The answer has as many of them, from the first on, as could be had in a few milliseconds, maybe none; what is
    missing is asked for again.
    """

    graph: int
    nodes: tuple[int, ...]


class AskRule(Request, frozen=True, tag="ask_rule", kw_only=True):
    """The rule of a node of the graph on screen. `cell`: of which its numbers are to be, where an operand has it."""

    graph: int
    node: int
    cell: tuple[int, ...] | None = None


class AskSaved(Request, frozen=True, tag="ask_saved", kw_only=True):
    """What a node of the graph on screen holds for backward."""

    graph: int
    node: int


class AskViews(Request, frozen=True, tag="ask_views", kw_only=True):
    """What shares a storage with the tensor of a node of the graph on screen, or, with a name, of a variable."""

    graph: int = 0
    node: int = -1
    name: str = ""


class AskWhy(Request, frozen=True, tag="ask_why", kw_only=True):
    """Why there is no gradient: at an output of a node of a graph, or, with a name, in a variable's `.grad`."""

    graph: int = 0
    node: int = -1
    slot: int = 0
    name: str = ""


class AskAccount(Request, frozen=True, tag="ask_account", kw_only=True):
    """What the passes of this run have added to the `.grad` of a leaf of the graph on screen."""

    graph: int
    node: int


class AskFlow(Request, frozen=True, tag="ask_flow", kw_only=True):
    """What comes to a node of the graph on screen and what it sends on."""

    graph: int
    node: int


class AskCell(Request, frozen=True, tag="ask_cell", kw_only=True):
    """What made a cell of the gradient and of the value of a node's output; without a cell, that which is largest."""

    graph: int
    node: int
    slot: int = 0
    cell: tuple[int, ...] | None = None


class AskVariables(Request, frozen=True, tag="ask_variables"):
    pass


class AskDetails(Request, frozen=True, tag="ask_details", kw_only=True):
    key: TensorKey


class AskRectangle(Request, frozen=True, tag="ask_rectangle", kw_only=True):
    key: TensorKey
    index: tuple[int, ...] = ()
    row_axis: int = -2  # negative counts from the last
    column_axis: int = -1
    first_row: int = 0
    first_column: int = 0
    n_rows: int = 64  # elements wanted, in the tensor's own units
    n_columns: int = 64
    step: int = 1


class AskText(Request, frozen=True, tag="ask_text", kw_only=True):
    """The tensor as text, for the clipboard."""

    key: TensorKey


class AskCompletions(Request, frozen=True, tag="ask_completions", kw_only=True):
    text: str
    line: int
    column: int


class Preview(Request, frozen=True, tag="preview", kw_only=True):
    """Evaluate one tensor-building expression aside: neither namespace nor random state change."""

    expression: str


class StepOutput(Request, frozen=True, tag="step_output", kw_only=True):
    """Start a backward pass of a variable without a line in the program; `gradient` is an expression for the root."""

    output: str
    gradient: str = ""
    retain_graph: bool = True


class Step(Request, frozen=True, tag="step", kw_only=True):
    """Go on from a held node."""

    until: Until = UntilNext()


class SetBreakpoints(Request, frozen=True, tag="set_breakpoints", kw_only=True):
    """All breakpoints that are switched on, in place of those before: for the pass that is held and all to come."""

    breakpoints: tuple[Breakpoint, ...]


class PauseOnNan(Request, frozen=True, tag="pause_on_nan", kw_only=True):
    """Whether the program that runs is held, from here on, where a number turns NaN or infinite."""

    is_on: bool


class AskFirstNotFinite(Request, frozen=True, tag="ask_first_not_finite", kw_only=True):
    """Where in a graph that was kept a value, else a gradient, first is not finite; answered by FirstNotFinite."""

    graph: int


class OpenPass(Request, frozen=True, tag="open_pass", kw_only=True):
    """Show a pass of the program's run that has ended; answered by PassOpened."""

    index: int


class AbortBackward(Request, frozen=True, tag="abort_backward"):
    pass


class ResetBackward(Request, frozen=True, tag="reset_backward"):
    """Forget an owned pass and restore the `.grad`s that it found."""


class KeepGradients(Request, frozen=True, tag="keep_gradients"):
    """Commit the `.grad`s of an owned, finished pass."""


class Ready(Event, frozen=True, tag="ready", kw_only=True):
    protocol: int
    pid: int
    torch_version: str
    python_version: str
    devices: tuple[str, ...]
    n_threads: int


class Started(Event, frozen=True, tag="started"):
    """The program with this id began."""


class StatementDone(Event, frozen=True, tag="statement_done", kw_only=True):
    result: LineResult


class StatementRunning(Event, frozen=True, tag="statement_running", kw_only=True):
    """`at_line`: the innermost line of the program's text that was found running, inside a loop or a function."""

    line: int
    end_line: int
    at_line: int


class Output(Event, frozen=True, tag="output", kw_only=True):
    """What the program, its child processes and C code wrote. `dropped` counts lines left out of a flood."""

    stream: str  # "stdout" | "stderr"
    text: str
    dropped: int = 0


class InputWanted(Event, frozen=True, tag="input_wanted", kw_only=True):
    prompt: str


class Finished(Event, frozen=True, tag="finished", kw_only=True):
    """The program ended; `error` is None when it ran to its end."""

    error: ProgramError | None = None
    interrupted: bool = False
    notices: tuple[Notice, ...] = ()  # of a run without an error
    dt_ms: float = 0.0  # without the time that it waited for the person: held in a backward pass, or for input


class Interrupted(Event, frozen=True, tag="interrupted"):
    """The KeyboardInterrupt was delivered to the main thread (a program may still swallow it)."""


class Variables(Event, frozen=True, tag="variables", kw_only=True):
    rows: tuple[Variable, ...]
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class GraphShown(Event, frozen=True, tag="graph", kw_only=True):
    graph: Graph


class Cards(Event, frozen=True, tag="cards", kw_only=True):
    graph: int
    cards: tuple[Card, ...]
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class Facts(Event, frozen=True, tag="facts", kw_only=True):
    graph: int  # on screen, maybe another one by now than the one that was asked about: then there are no facts
    facts: tuple[NodeFacts, ...] = ()


class RuleShown(Event, frozen=True, tag="rule", kw_only=True):
    rule: NodeRule
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class SavedShown(Event, frozen=True, tag="saved", kw_only=True):
    saved: NodeSaved


class ViewsShown(Event, frozen=True, tag="views", kw_only=True):
    family: ViewFamily


class WhyShown(Event, frozen=True, tag="why", kw_only=True):
    why: GradientWhy


class AccountShown(Event, frozen=True, tag="account", kw_only=True):
    account: GradAccount
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class FlowShown(Event, frozen=True, tag="flow", kw_only=True):
    flow: NodeFlow
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class CellShown(Event, frozen=True, tag="cell", kw_only=True):
    explained: CellExplained
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class Details(Event, frozen=True, tag="details", kw_only=True):
    details: TensorDetails
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class Rectangle(Event, frozen=True, tag="rectangle", kw_only=True):
    rectangle: TensorRectangle
    age_ms: float = 0.0  # of what was last known, while the program is inside one operation


class Text(Event, frozen=True, tag="text", kw_only=True):
    text: str


class Completions(Event, frozen=True, tag="completions", kw_only=True):
    completions: tuple[Completion, ...]
    prefix: str = ""


class Previewed(Event, frozen=True, tag="previewed", kw_only=True):
    summary: TensorSummary


class BackwardProgress(Event, frozen=True, tag="backward", kw_only=True):
    """News of a backward pass: the steps since the last news, oldest first, and where it stands.

    `times` are of the nodes that have run to their end since then. `hooked`: all nodes with hooks of the program.
    """

    state: BackwardState
    steps: tuple[BackwardStep, ...] = ()
    times: tuple[NodeTime, ...] = ()
    hooked: tuple[HookedNode, ...] = ()


class Passes(Event, frozen=True, tag="passes", kw_only=True):
    """Passes of the program's run that have begun or ended since the last news, those known replaced.

    `whole`: the numbers of all that can be opened with their values and gradients, which take `kept_bytes`.
    """

    marks: tuple[PassMark, ...]
    whole: tuple[int, ...] = ()
    kept_bytes: int = 0
    budget_bytes: int = 0


class FirstNotFinite(Event, frozen=True, tag="first_not_finite", kw_only=True):
    """`node` is -1 where what led there is not kept, or nothing is there."""

    graph: int
    node: int
    direction: str = "forward"  # "forward" | "backward"


class Held(Event, frozen=True, tag="held", kw_only=True):
    """The program is held where a number turned NaN or infinite, until a Step; None: it goes on, or was stopped."""

    found: Found | None


class PassOpened(Event, frozen=True, tag="pass_opened", kw_only=True):
    """A pass that has run, as OpenPass asked for it. What has no values any more has none in `graph`."""

    graph: Graph
    state: BackwardState
    steps: tuple[BackwardStep, ...]
    times: tuple[NodeTime, ...]


class Failed(Event, frozen=True, tag="failed", kw_only=True):
    """A request that could not be served, in one sentence of English; `code` and `arguments` are those of Sentence."""

    sentence: str
    code: str = ""
    arguments: dict[str, str] = {}

    @classmethod
    def of(cls, request_id: int, said: Sentence) -> Failed:
        """The answer to a request; 0 where nobody asked."""
        return cls(request_id, sentence=said.text, code=said.code, arguments=said.arguments)


REQUESTS = (
    Hello | RunProgram | AnswerInput | Interrupt | ShowGraph | AskCards | AskFacts | AskRule | AskFlow | AskVariables
    | AskViews
    | AskDetails | AskRectangle | AskText | AskCompletions | Preview | StepOutput | Step | AbortBackward | ResetBackward
    | KeepGradients | SetBreakpoints | OpenPass | AskWhy | AskAccount | PauseOnNan | AskSaved
    | TryGradient | TryValue | DropExperiment | KeepExperiment | AskCompared
    | AskCell | AskCellChanges | AskFirstNotFinite | AskHealth | AskJacobian
    | AskOrigin | CheckDifferences | CancelDifferences
    | AskQuestion | EnterPrediction | AskVerdicts
)  # fmt: skip
EVENTS = (
    Ready | Started | StatementDone | StatementRunning | Output | InputWanted | Finished | Interrupted | Variables
    | GraphShown | Cards | Facts | RuleShown | FlowShown | Details | Rectangle | Text | Completions | Previewed
    | ViewsShown
    | BackwardProgress | Passes | PassOpened | WhyShown | AccountShown | Held | SavedShown | CellShown
    | ExperimentTried | ComparedShown
    | CellChanges | FirstNotFinite | HealthShown | JacobianShown | OriginShown
    | DifferencesProgress | DifferencesShown | Failed
    | QuestionShown | PredictionTaken | VerdictsShown
)  # fmt: skip
