"""The training loop: steps, validations, samples, checkpoints. It pauses, stops, resumes, and waits for no reader."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Mapping

import msgspec
import torch
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.protocol.sentence import Sentence
from engine.runs.between_steps import BetweenSteps
from engine.runs.changes import Change
from engine.runs.checkpoint_names import checkpoint_name, step_of
from engine.runs.facts_copies import FACTS
from engine.runs.kept_checkpoints import Improvement, Progress
from engine.runs.meter import Meter
from engine.runs.model_folder import read_folder
from engine.runs.run_facts import FACTS_FOREIGN, FACTS_LOST, encoded
from engine.runs.run_folder import Evaluation, Sample, StepRecord
from engine.runs.schedule import learning_rate
from engine.runs.step_way import StepWay
from engine.shared.regular_files import set_aside
from engine.train import checkpoint, device
from engine.train.batches import Batches
from engine.train.control_socket import ControlSocket
from engine.train.corpus_facts import with_corpus, write_known
from engine.train.data import prepare
from engine.train.finite import not_finite_name
from engine.train.foreign_weights import load_weights
from engine.train.gradients import Gradients
from engine.train.journal import Journal
from engine.train.last_weights import keep_last
from engine.train.live_answers import LiveAnswers
from engine.train.micro_batches import Split, plan
from engine.train.model import GPT2
from engine.train.optimizer import make_optimizer
from engine.train.random_states import put_back, random_states
from engine.train.righted import named_again
from engine.train.sampling import sample
from engine.train.sentences import (
    beginning_not_finite,
    ended_early,
    evaluation_not_finite,
    folder_gone,
    lines_lost,
    no_socket,
    not_finite,
    older_checkpoint,
    weights_not_finite,
    without_beginning,
    without_checkpoint,
)
from engine.train.steering import Steering
from engine.train.update import update

_FLUSH_STEPS = 10  # on an accelerator the losses of this many steps are fetched at once, without a wait in between
_FLUSH_INTERVAL_S = 0.25


class Trainer:
    """One run in one process. `report` is called with each record and Change after it was written, `meter` is told how
    far its corpus is prepared. `run` is what holds for the next step."""

    def __init__(
        self,
        journal: Journal,
        report: Callable[[StepRecord | Evaluation | Sample | Change | StepWay | BetweenSteps], None],
        meter: Meter = Meter(),
    ) -> None:
        self.journal = journal
        self.folder = folder = journal.folder
        self.report = report
        facts = folder.facts()
        self.run = run = facts.config
        run.check()
        self.steering = Steering(folder, run, self.journal, report)
        self.device = device.choose(run.device)
        self.tokens, self.tokenizer = prepare(run, folder, facts.hashes, meter)
        self.facts = with_corpus(facts, folder, self.tokens, self.tokenizer.size, meter)
        torch.manual_seed(run.seed)
        self.model = GPT2(run.model, pads_vocabulary=self.device.type == "cuda")
        self.model.initialise(torch.Generator().manual_seed(run.seed))
        self.model.to(self.device)
        self.optimizer = make_optimizer(self.model, run, self.device)
        self.batches = Batches(self.tokens.train, run, self.device, run.seed + 1)
        self.gradients = Gradients(
            self.model, self.batches, plan(run, device.free_bytes(self.device)), self.device, self._told
        )
        self.step = 0
        self.elapsed_s = 0.0
        self.validation_loss: float | None = None
        self.improvement = Improvement()
        self._unread: list[tuple[int, Tensor, Tensor]] = []
        self._window_start = self._dt_s = 0.0  # of the newest step
        self._validated_step = -1

    # -- the whole run

    def resume(self, settings: Mapping[str, int | float] = {}) -> None:
        """Go on from the newest checkpoint that is whole, perhaps with other settings; without one, from the start.
        Raises EngineError where all are damaged, where the settings cannot be, and where the disk is full."""
        checkpoint.clear_leftovers(self.folder.path)
        renamed = named_again(self.folder.path)
        found = checkpoint.load_newest(self.folder.path, self.model, self.optimizer)
        step = 0 if found is None else found.progress.step
        self.steering.change(step, settings)
        self.run = self.steering.after(step)
        if found is None:
            if self.facts.parent:
                raise without_beginning(self.facts.parent_step)
            self.journal.take_back(-1)  # its first evaluation, too, is made again
            return
        self.step, self.elapsed_s = found.progress.step, found.progress.elapsed_s
        put_back(found.random, self.batches, self.device)
        self.gradients.limit(found.progress.micro_batch)
        self.improvement = found.progress.improvement
        self.validation_loss = found.progress.last_validation_loss
        is_at_beginning = self.step == self.facts.parent_step  # the first evaluation is made again
        lost = self.journal.take_back(-1 if is_at_beginning else self.step, found.progress.lines)
        for one in found.damaged:
            checkpoint.set_aside(one.path)
        altered = found.progress.altered | ({} if is_at_beginning else dict.fromkeys(lost, self.step))
        self.journal.say(None, urgent=True, checkpoint_step=self.step, step=self.step, altered=altered)
        said = [self.journal.first, self._facts_again(), self.steering.said, self.tokens.said, renamed]
        said += [lines_lost(lost, self.step)] if lost and not is_at_beginning else []
        said += [older_checkpoint(found.damaged[0].error, self.step)] if found.damaged else []
        for sentence in filter(None, said):  # the worst stays in the status
            self.journal.say(sentence, urgent=True)

    def _facts_again(self) -> Sentence | None:
        """Into run.json where it was lost or another run's, beside what lies there; what is to be said of them."""
        said = self.folder.edited()
        if said is not None and said.code in (FACTS_LOST, FACTS_FOREIGN):
            set_aside(self.folder.path / FACTS)
            write_known(self.facts, self.folder)
        return said

    def train(self, control: ControlSocket) -> None:
        """Train to `max_steps` or until a stop is asked for. Raises EngineError at the first non-finite step."""
        self.journal.set(
            state="training",
            step=self.step,
            device=device.describe(self.device),
            peak_flops=device.peak_flops(self.device),
            socket=control.address,
        )
        if control.failure:
            self.journal.say(no_socket(control.failure), urgent=True)
        self.model.train()
        # The collector's pauses reach half a second; what exists now lives as long as the run.
        gc.collect()
        gc.freeze()
        self.gradients.begin(self.step + 1)
        answers = LiveAnswers(control.prompts, self.model, self.tokenizer, self.folder.name)
        control.prompts.open()
        if self.step == self.facts.parent_step and not control.wants_stop:
            self._begin()
        self._window_start = time.perf_counter()
        try:
            while self._goes_on(control):
                self.one_step()
                self._between_steps(control, answers)
        finally:
            answers.end()
        self._read_losses()
        if "sample" in control.once:  # asked for at the very end
            self._sample()
        control.once.clear()
        if self.step:
            keep_last(self.journal, control, self.step, self._save)
        if self._is_over and self.step < self.run.max_steps:
            self.journal.say(ended_early(self.step, self.improvement))
        state = "finished" if self._is_over else "stopped"
        self.journal.set(urgent=True, state=state, step=self.step, elapsed_s=self.elapsed_s)

    @property
    def _is_over(self) -> bool:
        return self.step >= self.run.max_steps or self.improvement.is_over(self.run.patience)

    def _goes_on(self, control: ControlSocket) -> bool:
        """Whether there is another step, with the settings that hold for it. Raises EngineError where nothing of it
        could be kept."""
        if self.folder.is_gone:
            raise folder_gone(self.step)
        self.run = self.steering.take(control.live, self.step)
        if not self._is_over and not control.wants_stop:
            return True
        return not control.live.end() and self._goes_on(control)

    def _begin(self) -> None:
        """Foreign weights are kept as a checkpoint, so that the run needs their folder no more, and heard at once."""
        if self.run.init_from and not self.folder.has_checkpoint:
            load_weights(read_folder(self.run.init_from), self.model)
            self._timed("checkpoint_s", self._checkpoint)
        self._timed("evaluation_s", self._evaluate)
        if self.run.init_from and self.run.sample_every:
            self._timed("sample_s", self._sample)

    def _timed(self, what: str, act: Callable[[], None]) -> None:
        start_s = time.perf_counter()
        act()
        took = {what: time.perf_counter() - start_s}
        between = msgspec.structs.replace(self.journal.status.between_steps, **took)
        self.journal.set(between_steps=between)
        self.report(between)

    def _told(self, way: StepWay, said: Sentence | None) -> None:
        self.journal.add(way)
        if said is not None:
            self.journal.say(said, urgent=True)
        self.journal.set(urgent=True, way=way)
        self.report(way)

    # -- one step

    def one_step(self) -> None:
        """One optimizer step; its record goes to the journal."""
        step = self.step + 1
        rate = learning_rate(self.run, step)
        total, norm = update(self.gradients, self.optimizer, step, rate, self.run.grad_clip)
        self.step = step
        self._unread.append((self.step, total, norm))
        if self.device.type == "cpu" or len(self._unread) >= _FLUSH_STEPS:
            self._read_losses()

    def _read_losses(self) -> None:
        if not self._unread:
            return
        losses = torch.stack([item[1] for item in self._unread]).tolist()
        norms = torch.stack([item[2] for item in self._unread]).tolist()
        now = time.perf_counter()
        dt_s = self._dt_s = (now - self._window_start) / len(self._unread)
        self._window_start = now
        memory_gib = device.memory_gib(self.device)
        for (step, _, _), loss, norm in zip(self._unread, losses, norms, strict=True):
            self.elapsed_s += dt_s
            finite = math.isfinite(loss) and math.isfinite(norm)
            record = StepRecord(
                step=step,
                tokens=self.facts.tokens_at(step),
                loss=loss if math.isfinite(loss) else None,
                learning_rate=self.steering.course.learning_rate(step),
                gradient_norm=norm if math.isfinite(norm) else None,
                tokens_per_second=self.run.tokens_per_step / dt_s,
                dt_ms=dt_s * 1000,
                memory_gib=memory_gib,
                time=time.time(),
            )
            self.journal.add(record)
            self.report(record)
            if not finite:
                self.journal.flush()
                if step == self.facts.parent_step + 1:
                    raise beginning_not_finite(step - 1)
                self._set_dead_checkpoint_aside(step)
                raise not_finite(step, loss, self.journal.status.checkpoint_step)
        self._unread.clear()

    def _set_dead_checkpoint_aside(self, step: int) -> None:
        """The loss of a step is that of the weights before it: where it is not finite, it will not be with any other
        rate, and no run goes on from a checkpoint of these."""
        before = step - 1
        if self.journal.status.checkpoint_step == before:
            checkpoint.set_aside(self.folder.path / checkpoint_name(before))
            newest = checkpoint.newest(self.folder.path)
            self.journal.set(checkpoint_step=0 if newest is None else step_of(newest))

    # -- between steps

    def _between_steps(self, control: ControlSocket, answers: LiveAnswers) -> None:
        run, step = self.run, self.step
        evaluate = step % run.eval_every == 0 or step == run.max_steps
        write = bool(run.sample_every) and (step % run.sample_every == 0 or step == run.max_steps)
        save = step % run.checkpoint_every == 0 and step < run.max_steps  # the last one is written, or waited for
        with control.changed:
            asked, control.once = control.once, set()
        if not (evaluate or write or save or asked or control.wants_pause or answers.is_due):
            if self.journal.age_s > _FLUSH_INTERVAL_S:
                self.journal.flush()
                self.journal.set(step=step, elapsed_s=self.elapsed_s)
            return
        self._read_losses()
        if evaluate:
            self._timed("evaluation_s", self._evaluate)
        if write or "sample" in asked:
            self._timed("sample_s", self._sample)
        is_best = evaluate and self.improvement.step == step
        if save or "checkpoint" in asked or (run.patience and is_best):
            self._timed("checkpoint_s", self._checkpoint)
        self.journal.flush()
        if answers.is_due:
            answers.go_on(step, self._dt_s)
        if control.wants_pause and not control.wants_stop:
            self._pause(control, answers)
        device.synchronize(self.device)
        self._window_start = time.perf_counter()

    def _pause(self, control: ControlSocket, answers: LiveAnswers) -> None:
        self.journal.set(state="paused", step=self.step, elapsed_s=self.elapsed_s)
        while control.wants_pause and not control.wants_stop:
            if answers.is_due:
                answers.go_on(self.step, self._dt_s)
            else:
                control.wait(0.2)
            self.journal.keep_status()
            self.steering.take(control.live, self.step)
        self.journal.set(state="training")

    @torch.no_grad()
    def _evaluate(self) -> None:
        self.model.eval()
        losses = []
        for tokens in (self.tokens.train, self.tokens.validation):
            batches = Batches(tokens, self.run, self.device, self.run.seed + 2)  # the same batches every time
            parts = Split.of(self.run.batch_size, self.gradients.eager.n_sequences)
            n_parts = parts.n_parts * self.run.eval_batches
            total = torch.zeros((), device=self.device)
            for _ in range(n_parts):
                with device.autocast(self.device):
                    total += self.model(*batches.next(parts.n_sequences))
            losses.append(float(total) / n_parts)
        self.model.train()
        if not all(map(math.isfinite, losses)):
            if self.step == self.facts.parent_step:
                raise beginning_not_finite(self.step)
            raise evaluation_not_finite(self.step, self.journal.status.checkpoint_step)
        self.validation_loss, self._validated_step = losses[1], self.step
        self.improvement = self.improvement.after(self.step, losses[1])
        tokens = self.facts.tokens_at(self.step)
        evaluation = Evaluation(step=self.step, tokens=tokens, train_loss=losses[0], validation_loss=losses[1])
        self.journal.add(evaluation)
        self.journal.flush()
        self.report(evaluation)

    def _sample(self) -> None:
        prompt = self.tokenizer.decode(self.tokenizer.encode(self.run.sample_prompt).tolist())  # as the model sees it
        text = sample(self.model, self.tokenizer, prompt, self.run.sample_tokens, seed=self.run.seed + self.step)
        written = Sample(step=self.step, prompt=prompt, text=text, validation_loss=self.validation_loss)
        self.journal.add(written)
        self.report(written)

    def _checkpoint(self) -> None:
        """Training goes on without one that could not be written."""
        reason = self._save()
        if reason:
            self.journal.say(without_checkpoint(self.step, self.journal.status.checkpoint_step, reason), urgent=True)

    def _save(self) -> str:
        """Why the checkpoint could not be written, "" once it is. Raises EngineError for weights that are none."""
        if wrong := not_finite_name(self.model.own_parameters()):
            raise weights_not_finite(self.step, self.journal.status.checkpoint_step, wrong)
        lines = self.journal.secure()
        random, progress = random_states(self.batches, self.device), self._progress(lines)
        budget = self.run.keep_gb * 1e9
        try:
            checkpoint.save(self.folder.path, self.model, self.optimizer, random, progress, budget, encoded(self.facts))
        except EngineError as error:
            return str(error.sentence.arguments["reason"])
        self.journal.say(None, urgent=True, checkpoint_step=self.step, step=self.step)
        return ""

    def _progress(self, lines: dict[str, str]) -> Progress:
        run = self.run
        return Progress(
            step=self.step,
            tokens=self.facts.tokens_at(self.step),
            elapsed_s=self.elapsed_s,
            validation_loss=self.validation_loss if self._validated_step == self.step else None,
            last_validation_loss=self.validation_loss,
            is_milestone=run.keep_every > 0 and self.step % (run.checkpoint_every * run.keep_every) == 0,
            improvement=self.improvement,
            micro_batch=self.gradients.eager.n_sequences,
            changes=self.steering.course.changes,
            lines=lines,
            altered=self.journal.status.altered,
        )
