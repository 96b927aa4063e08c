"""The protocol between window and engine: requests one way, events the other."""

from __future__ import annotations

from typing import Literal

from engine.protocol.accounts import AccountShown, AskAccount
from engine.protocol.backward_values import BackwardState, BackwardStep
from engine.protocol.breakpoints import SetBreakpoints
from engine.protocol.budgets import SetBudgets
from engine.protocol.card_parts import CardParts
from engine.protocol.cell_changes import AskCellChanges, CellChanges
from engine.protocol.cells import AskCell, CellShown
from engine.protocol.covered import AskCovered, CoveredShown
from engine.protocol.differences import CancelDifferences, CheckDifferences, DifferencesProgress, DifferencesShown
from engine.protocol.experiments import (
    AskCompared,
    CancelTrial,
    ComparedShown,
    DropExperiment,
    ExperimentTried,
    KeepExperiment,
    TrialProgress,
    TryGradient,
    TryValue,
)
from engine.protocol.facts import AskFacts, Facts, NodeTime
from engine.protocol.flow import AskFlow, FlowShown
from engine.protocol.graph_values import Card, Graph
from engine.protocol.health import AskHealth, HealthShown
from engine.protocol.hints import AskCall, AskHint, CallShown, HintShown
from engine.protocol.invocation import Invocation
from engine.protocol.jacobians import AskJacobian, JacobianShown
from engine.protocol.keys import TensorKey
from engine.protocol.lessons import CheckExercise, ExerciseChecked, GuessJudged, JudgeGuess
from engine.protocol.message import Event, Request
from engine.protocol.not_finite import AskFirstNotFinite, FirstNotFinite, Held, PauseOnNan
from engine.protocol.number_types import AskNumberType, NumberTypeShown
from engine.protocol.operations import AskOperation, AskSources, OperationSeen, OperationShown, SourcesShown
from engine.protocol.origin import AskOrigin, HookedNode, OriginShown
from engine.protocol.parts import Part
from engine.protocol.passes import PassMark
from engine.protocol.predictions import (
    AskQuestion,
    AskVerdicts,
    EnterPrediction,
    PredictionTaken,
    QuestionShown,
    VerdictsShown,
)
from engine.protocol.program_values import Completion, LineResult, Notice, ProgramError, Variable
from engine.protocol.rules import AskRule, RuleShown
from engine.protocol.saved import AskSaved, SavedShown
from engine.protocol.sentence import Arguments, Sentence
from engine.protocol.storage import AskStorage, StorageShown
from engine.protocol.subtraction import AskSubtraction, SubtractionShown
from engine.protocol.tensor_files import SaveTensor, TensorSaved
from engine.protocol.tensor_values import TensorDetails, TensorRectangle, TensorSummary
from engine.protocol.tiles import AskTiles, TilesShown
from engine.protocol.unfolding import UnfoldVariables
from engine.protocol.until import Until, UntilNext
from engine.protocol.views import AskViews, ViewsShown
from engine.protocol.why import AskWhy, WhyShown


class Hello(Request, frozen=True, tag="hello", kw_only=True):
    """The window's first frame. No version may change its fields, nor the name of the one in Ready."""

    protocol: int


class RunProgram(Request, frozen=True, tag="run", kw_only=True):
    """Run `text` in the live namespace. `step`: pause inside every backward that it calls. `lines`: the first and the
    last; of the statements at the top those alone run that touch them, and None is all."""

    text: str
    path: str  # of the file that holds the text; the program's __file__
    step: bool = False
    pause_on_nan: bool = False  # hold it where a number turns NaN or infinite, forward or backward
    fresh: bool = False  # the variables of the programs before are let go first
    lines: tuple[int, int] | None = None
    invocation: Invocation = Invocation()


class AnswerInput(Request, frozen=True, tag="answer_input", kw_only=True):
    text: str


class Interrupt(Request, frozen=True, tag="interrupt"):
    """Raise KeyboardInterrupt in the program; answered by `Interrupted` as soon as it was delivered."""


class ShowGraph(Request, frozen=True, tag="show_graph", kw_only=True):
    """The graph behind a variable; an empty name lets the engine choose the newest scalar loss."""

    output: str = ""


class AskCards(Request, frozen=True, tag="ask_cards", kw_only=True):
    """`slots`: the output that each node's card shows; the first of every node where it is empty. `parts`: what is to
    be read for each; everything where it is empty."""

    graph: int
    nodes: tuple[int, ...]
    slots: tuple[int, ...] = ()
    parts: tuple[CardParts, ...] = ()


class AskVariables(Request, frozen=True, tag="ask_variables", kw_only=True):
    """`counting` of large tensors: "anew", "later" where it is not known, or "rest": for a turn, what is not known yet
    since the program has run. Asked again, it goes on."""

    counting: Literal["anew", "later", "rest"] = "anew"


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
    color_axis: int | None = None  # of 3 or 4 channels, RGB or RGBA; its place in `index` counts for nothing


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


class LinesRan(Event, frozen=True, tag="lines_ran", kw_only=True):
    """What the lines of a statement with a body, from the first to the last, have left so far: it is over, has failed,
    or is held. Of no line is there anything but what stands here."""

    line: int
    end_line: int
    results: tuple[LineResult, ...]


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
    """The program ended; `error` is None when it ran to its end. `failed`: the call on tensors that raised it."""

    error: ProgramError | None = None
    failed: OperationSeen | None = None
    interrupted: bool = False
    notices: tuple[Notice, ...] = ()  # of a run without an error
    dt_ms: float = 0.0  # without the time that it waited for the person: held in a backward pass, or for input
    made_graph: bool = True  # whether any node of autograd was made, or a pass ran, while it ran


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


class PassOpened(Event, frozen=True, tag="pass_opened", kw_only=True):
    """A pass that has run, as OpenPass asked for it. What has no values any more has none in `graph`."""

    graph: Graph
    state: BackwardState
    steps: tuple[BackwardStep, ...]
    times: tuple[NodeTime, ...]
    hooked: tuple[HookedNode, ...] = ()


class Failed(Event, frozen=True, tag="failed", kw_only=True):
    """A request that could not be served, in one sentence of English; `code` and `arguments` are those of Sentence."""

    sentence: str
    code: str = ""
    arguments: Arguments = {}

    @classmethod
    def of(cls, request_id: int, said: Sentence) -> Failed:
        """The answer to a request; 0 where nobody asked."""
        return cls(request_id, sentence=said.text, code=said.code, arguments=said.arguments)

    @property
    def said(self) -> Sentence:
        """The sentence as data."""
        return Sentence(self.code, self.sentence, self.arguments)


REQUESTS = (
    Hello | RunProgram | AnswerInput | Interrupt | ShowGraph | AskCards | AskFacts | AskRule | AskFlow | AskVariables
    | AskViews | AskStorage
    | AskDetails | AskRectangle | AskText | AskCompletions | Preview | StepOutput | Step | AbortBackward | ResetBackward
    | KeepGradients | SetBreakpoints | OpenPass | AskWhy | AskAccount | PauseOnNan | AskSaved
    | TryGradient | TryValue | DropExperiment | KeepExperiment | AskCompared
    | AskCell | AskCellChanges | AskFirstNotFinite | AskHealth | AskJacobian
    | AskOrigin | CheckDifferences | CancelDifferences | CancelTrial | AskOperation | AskSources
    | AskHint | AskCall
    | AskQuestion | EnterPrediction | AskVerdicts | CheckExercise | JudgeGuess | SaveTensor | AskTiles
    | SetBudgets | AskSubtraction | AskNumberType | AskCovered | UnfoldVariables
)  # fmt: skip
EVENTS = (
    Ready | Started | StatementDone | LinesRan | StatementRunning | Output | InputWanted | Finished | Interrupted
    | Variables
    | GraphShown | Cards | Facts | RuleShown | FlowShown | NumberTypeShown
    | Details | Rectangle | Text | Completions | Previewed
    | ViewsShown | StorageShown
    | BackwardProgress | Passes | PassOpened | WhyShown | AccountShown | Held | SavedShown | CellShown
    | ExperimentTried | ComparedShown
    | CellChanges | FirstNotFinite | HealthShown | JacobianShown | OriginShown
    | DifferencesProgress | DifferencesShown | TrialProgress | OperationShown | SourcesShown | Failed
    | HintShown | CallShown
    | QuestionShown | PredictionTaken | VerdictsShown | ExerciseChecked | GuessJudged | TensorSaved
    | TilesShown | SubtractionShown | CoveredShown | Part
)  # fmt: skip
