"""Who answers what a person asks of a program, its graphs and its passes: a book for each room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from engine.autograd.bound import Bound
from engine.autograd.passes.controller import BackwardController
from engine.autograd.recorder import Recorder
from engine.program.living_ids import LivingIds
from engine.program.runner import Runner
from engine.protocol import messages as m
from engine.protocol.budgets import SetBudgets
from engine.protocol.cell_changes import AskCellChanges
from engine.protocol.covered import AskCovered
from engine.protocol.differences import CancelDifferences, CheckDifferences
from engine.protocol.health import AskHealth
from engine.protocol.hints import AskCall, AskHint
from engine.protocol.number_types import AskNumberType
from engine.protocol.operations import AskOperation, AskSources
from engine.protocol.origin import AskOrigin
from engine.protocol.sentence import Sentence
from engine.protocol.storage import AskStorage
from engine.protocol.subtraction import AskSubtraction
from engine.protocol.tensor_files import SaveTensor
from engine.protocol.tiles import AskTiles
from engine.protocol.unfolding import UnfoldVariables
from engine.serve.accounts import AccountBook
from engine.serve.answers import Reading
from engine.serve.cell_changes import ChangeBook
from engine.serve.cells import CellBook
from engine.serve.differences import DifferencesBook
from engine.serve.experiments import ExperimentDesk
from engine.serve.facts import FactBook
from engine.serve.first_not_finite import KeptValues
from engine.serve.flow import FlowBook
from engine.serve.health import HealthBook
from engine.serve.hints import HintDesk
from engine.serve.jacobians import JacobianBook
from engine.serve.number_types import NumberTypeBook
from engine.serve.operations import OperationDesk
from engine.serve.origin import OriginBook
from engine.serve.predictions import PredictionBook
from engine.serve.pyramids import PyramidBook
from engine.serve.rules import RuleBook
from engine.serve.saved import SavedBook
from engine.serve.storage import StorageBook
from engine.serve.subjects import Subjects
from engine.serve.value_experiments import ValueDesk
from engine.serve.views import ViewBook
from engine.serve.why import WhyBook
from engine.tensors.arrays import ARRAYS

CHANGING: frozenset[type] = frozenset(
    {CheckDifferences, m.TryValue, m.DropExperiment, m.KeepExperiment, m.EnterPrediction, m.AskVerdicts}
)
Handlers: TypeAlias = dict[type, Callable[[Any], m.Event | None]]


class Live(NamedTuple):
    """What the answers are read from. `ids_before`: of the variables' values when the newest run began."""

    runner: Runner
    recorder: Recorder
    controller: BackwardController
    bound: Bound
    ids_before: Callable[[], LivingIds]
    emit: Callable[[m.Event], None]
    failed: Callable[[int, Exception], m.Failed]
    report: Callable[[Exception], Sentence]


class Questions:
    """`at_once` are answered wherever they are asked, `at_safepoint` only where nothing that they read is written;
    those of `CHANGING` are no answers for looking, and give way to no step."""

    def __init__(self, live: Live) -> None:
        runner, recorder, controller = live[:3]

        def n_runs() -> int:
            return runner.n_ended

        namespace, scope = runner.namespace, runner.scope
        self.experiments = desk = ExperimentDesk(recorder, controller, live.emit, live.failed)
        operations, hints = OperationDesk(scope, recorder), HintDesk(namespace)
        self.reading = Reading(scope, recorder, controller, desk.tensor, operations.tensor, n_runs, live.bound)
        self.facts = FactBook(recorder, controller)
        subjects = Subjects(recorder, controller)
        differences = DifferencesBook(runner, recorder, controller, live.emit, live.report)
        values = ValueDesk(runner, recorder, controller, desk, live.emit)
        self.at_once: Handlers = {
            SetBudgets: controller.set_budgets,
            CancelDifferences: differences.cancel,
            m.CancelTrial: values.cancel,
            m.TryGradient: desk.try_gradient,
        }
        self.at_safepoint: Handlers = {
            **_of_tensors(self.reading, n_runs),
            **_of_nodes(live, subjects),
            **_of_predictions(PredictionBook(namespace, subjects, controller)),
            m.AskFacts: self.facts.facts,
            AskOperation: operations.operation,
            AskSources: operations.sources,
            AskHint: hints.hint,
            AskCall: hints.call,
            m.AskCompletions: hints.completions,
            AskHealth: HealthBook(namespace, recorder, controller, live.ids_before).health,
            m.AskFirstNotFinite: KeptValues(recorder, controller).first_not_finite,
            CheckDifferences: differences.check,
            m.AskCompared: desk.compared,
            m.TryValue: values.try_value,
            m.DropExperiment: desk.drop,
            m.KeepExperiment: desk.keep,
        }


def _of_tensors(reading: Reading, n_runs: Callable[[], int]) -> Handlers:
    pyramids = PyramidBook(reading.tensor, n_runs)

    def variables(request: m.AskVariables) -> m.Variables:
        ARRAYS.forget_gone()
        pyramids.forget_gone()  # the program has run, or runs: of a tensor that is gone nothing stays
        return reading.variables(request)

    return {
        AskTiles: pyramids.tiles,
        AskSubtraction: reading.subtractions.subtraction,
        m.AskCards: reading.cards,
        m.AskVariables: variables,
        UnfoldVariables: reading.unfold,
        m.AskDetails: reading.details,
        m.AskRectangle: reading.rectangle,
        m.AskText: reading.text,
        AskCovered: reading.covered,
        SaveTensor: reading.save,
    }


def _of_nodes(live: Live, subjects: Subjects) -> Handlers:
    """The sections of the inspector."""
    namespace, recorder, controller = live.runner.scope, live.recorder, live.controller
    return {
        m.AskRule: RuleBook(recorder, subjects).rule,
        m.AskCell: CellBook(subjects, live.recorder, live.controller).cell,
        AskCellChanges: ChangeBook(recorder, controller.values).changes,
        m.AskJacobian: JacobianBook(recorder, subjects).jacobian,
        m.AskSaved: SavedBook(live.runner.namespace, recorder, controller).saved,
        m.AskViews: ViewBook(namespace, recorder).views,
        AskStorage: StorageBook(namespace, recorder).storage,
        m.AskWhy: WhyBook(namespace, recorder, controller).why,
        m.AskAccount: AccountBook(namespace, recorder, controller).account,
        AskOrigin: OriginBook(recorder, controller).origin,
        AskNumberType: NumberTypeBook(namespace, recorder, subjects).number_type,
        m.AskFlow: FlowBook(recorder, controller.values).flow,
    }


def _of_predictions(predictions: PredictionBook) -> Handlers:
    return {
        m.AskQuestion: predictions.question,
        m.EnterPrediction: predictions.enter,
        m.AskVerdicts: predictions.verdicts,
    }
