"""A prompt is answered by the model's own logits, token by token, and a run that trains does not notice."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import torch
from torch import Tensor

from engine.protocol.errors import EngineError
from engine.runs.ask_trainer import ask_trainer
from engine.runs.checkpoint_choice import NEWEST
from engine.runs.checkpoint_names import checkpoint_name, kept
from engine.runs.control import control, start_detached
from engine.runs.kept_checkpoints import read_progress, write_progress
from engine.runs.prompts import WARM, AnswerLine, Asked, Begun, Drawn, Ended, Loading, Prompt, Refused, read_line
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder, StepRecord
from engine.runs.weights import find_weights
from engine.train.answer import Answer
from engine.train.control_socket import ControlSocket
from engine.train.journal import Journal
from engine.train.loaded_model import LoadedModel
from engine.train.model import GPT2
from engine.train.sample_command import _answerer
from engine.train.sampling import Continuation
from engine.train.served_prompts import PYTORCH_STARTS, ServedPrompts
from engine.train.tokenizer import make_tokenizer
from engine.train.trainer import Trainer
from tests.engine.exported import ALPHABET, MODEL, exported, run_with_checkpoint
from tests.patience import PATIENCE_S, until
from tests.visualizer.training_folders import TINY
from tests.warm import PYTHONPATH, run, start, warm_trainers

START = [1, 2, 3, 4]


def _model(**changes: object) -> GPT2:
    model = GPT2(msgspec.structs.replace(MODEL, **changes))
    model.initialise(torch.Generator().manual_seed(0))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(8)  # so that some tokens are much more probable than others
    return model


def _plain_logits(model: GPT2, tokens: list[int]) -> Tensor:
    with torch.no_grad():
        return model.eval()(torch.tensor([tokens[-model.config.context_length :]]))[0, -1].double()


def _never() -> bool:
    return False


def _drawn(lines: list[AnswerLine]) -> list[Drawn]:
    return [line for line in lines if isinstance(line, Drawn)]


@pytest.mark.parametrize(("temperature", "top_k"), [(0.8, 3), (1.0, 0), (2.5, 12), (0.0, 3)])
def test_each_token_is_drawn_from_the_softmax_of_a_plain_loop_also_beyond_the_context(
    temperature: float, top_k: int
) -> None:
    model = _model(vocab_size=20)
    drawn = Continuation(model, list(START), Prompt(text="x", temperature=temperature, top_k=top_k, seed=5), 20)
    tokens, generator = list(START), torch.Generator().manual_seed(5)
    for _ in range(30):
        draw, logits = drawn.draw(), _plain_logits(model, tokens)
        order = logits.argsort(descending=True)
        chances = torch.zeros(20, dtype=torch.float64)
        if temperature:
            chances[order[: top_k or 20]] = torch.softmax(logits[order[: top_k or 20]] / temperature, 0)
        else:
            chances[order[0]] = 1
        tokens.append(int(torch.multinomial(chances, 1, generator=generator)))
        assert draw.token == tokens[-1] == order[draw.rank - 1]
        assert draw.best.tolist() == order[: max(top_k or 20, 10)].tolist()
        torch.testing.assert_close(draw.probabilities, torch.softmax(logits, 0), rtol=1e-4, atol=1e-9)
        torch.testing.assert_close(draw.chances, chances, rtol=1e-4, atol=1e-9)
    assert drawn.tokens == tokens and not model.training


def test_the_same_seed_gives_the_same_text_and_one_token_to_draw_among_is_greedy() -> None:
    model = _model(vocab_size=20)

    def text(**asked: object) -> list[int]:
        continuation = Continuation(model, list(START), Prompt(text="x", **asked), 20)  # type: ignore[arg-type]
        return [continuation.draw().token for _ in range(20)]

    assert text(seed=1) == text(seed=1) != text(seed=2)
    assert text(top_k=1, temperature=5.0) == text(temperature=0.0, seed=9) == text(temperature=1e-30)


def test_weights_that_change_between_two_tokens_are_those_that_draw_the_next() -> None:
    model = _model(vocab_size=20)
    drawn = Continuation(model, list(START), Prompt(text="x"), 20)
    drawn.draw()
    with torch.no_grad():
        model.wpe.weight.neg_()
    drawn.forget()
    torch.testing.assert_close(drawn.logits(), _plain_logits(model, drawn.tokens), rtol=1e-4, atol=1e-4)


def test_rows_that_pad_a_vocabulary_are_never_candidates_and_have_no_probability() -> None:
    answer = Answer(_model(vocab_size=64), make_tokenizer("characters", ALPHABET), Prompt(text="hello", top_k=0))
    (begun, drawn) = answer.begun("it"), answer.draw(3)
    assert [token.text for token in begun.prompt] == list("hello")
    assert {each.token.text for each in drawn.candidates} == set(ALPHABET) and drawn.step == 3
    assert sum(each.probability for each in drawn.candidates) == pytest.approx(1, abs=1e-12)


def test_a_text_grows_by_whole_characters_while_its_tokens_are_bytes() -> None:
    tokenizer, model = make_tokenizer("bytes", ""), _model(vocab_size=300)
    answer = Answer(model, tokenizer, Prompt(text="ñ", temperature=100, top_k=0, max_tokens=60))
    begun = answer.begun("it")
    assert [token.text for token in begun.prompt] == ["\\xc3", "\\xb1"] and begun.adds == ("", "ñ")
    drawn = [answer.draw(0) for _ in range(60)]
    assert "".join(each.adds for each in drawn) == tokenizer.decode([each.token.number for each in drawn])
    assert any(not each.adds for each in drawn)
    far = next(each for each in drawn if each.rank > 100)
    assert len(far.candidates) == 101 and far.candidates[-1].token == far.token
    assert sum(each.probability for each in far.candidates) + far.other_probability == pytest.approx(1, abs=1e-12)
    assert sum(each.chance for each in far.candidates) + far.other_chance == pytest.approx(1, abs=1e-12)


def test_the_bytes_of_gpt2s_tokens_are_those_of_the_text() -> None:
    tokenizer, text = make_tokenizer("gpt2", ""), "Zürich ☃ 日本<|endoftext|>"
    assert b"".join(map(tokenizer.bytes_of, tokenizer.encode(text).tolist())) == text.encode()


def test_a_prompt_longer_than_the_context_is_seen_from_its_end_and_said_so() -> None:
    begun = Answer(_model(), make_tokenizer("characters", ALPHABET), Prompt(text="hello " * 5)).begun("gpt2")
    assert "".join(token.text for token in begun.prompt) == ("hello " * 5)[-16:] and begun.n_unseen == 14
    assert begun.words == "gpt2. The model sees the last 16 of the prompt's 30 tokens: its context is full."


@pytest.mark.parametrize(
    ("prompt", "sentence"),
    [
        (Prompt(text=""), "The prompt is empty: type what the model shall go on from."),
        (Prompt(text="hü ☃"), "The prompt has 'ü', '☃', not in the corpus of the model, and so without a token"),
        (Prompt(text="h\udcff"), "The prompt is no text: its bytes are not UTF-8."),
        (Prompt(text="h" * 200_001), "The prompt has 200,001 characters; at most 200,000 are read."),
        (Prompt(text="h", temperature=-1), "temperature is -1; it must be at least 0 and at most 100."),
        (Prompt(text="h", max_tokens=0), "max_tokens is 0; it must be a whole number from 1 to 10,000."),
    ],
)
def test_a_prompt_that_cannot_be_answered_gets_one_sentence(prompt: Prompt, sentence: str) -> None:
    with pytest.raises(EngineError) as refused:
        Answer(_model(), make_tokenizer("characters", ALPHABET), prompt)
    assert str(refused.value).startswith(sentence)


def test_weights_that_are_not_finite_are_said_and_no_token_is_made_up(tmp_path: Path) -> None:
    folder, _ = run_with_checkpoint(tmp_path / "run")
    loaded = LoadedModel(find_weights(folder.path), lambda told: None)
    with torch.no_grad():
        loaded._model.norm_f.bias.fill_(torch.nan)
    *_, last = loaded.answer(Prompt(text="hello"), _never)
    assert isinstance(last, Refused)
    assert last.sentence == "The model answers with logits that are not finite: its weights hold NaN or infinity."
    with torch.no_grad():
        loaded._model.norm_f.bias.fill_(3e38)
    *_, last = loaded.answer(Prompt(text="hello"), _never)
    assert isinstance(last, Refused) and "are so large that products of them have no number" in str(last.sentence)


def test_a_checkpoint_and_the_folder_that_it_is_exported_to_answer_alike(tmp_path: Path) -> None:
    folder, _ = exported(tmp_path)
    answers = [
        list(LoadedModel(find_weights(path), lambda told: None).answer(Prompt(text="hello", max_tokens=20), _never))
        for path in (tmp_path / "run", folder)
    ]
    ours, theirs = ([each.token for each in _drawn(lines)] for lines in answers)
    assert ours == theirs and len(ours) == 20
    assert [str(lines[0].source) for lines in answers if isinstance(lines[0], Begun)] == ["run at step 3", "out"]


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda at: (at / "progress.json").write_text("{"), "checkpoint-00000003 is truncated or "),
        (lambda at: (at / "model.safetensors").write_bytes(b"x"), "checkpoint-00000003 is damaged: "),
        (lambda at: (at / "model.safetensors").unlink(), "checkpoint-00000003 is truncated or foreign"),
        (lambda at: (at.parent / "alphabet.txt").unlink(), "alphabet.txt of the run run is missing or damaged."),
        (lambda at: at.rename(at.with_name("other")), "run has no checkpoint yet."),
    ],
)
def test_damaged_weights_get_one_sentence(harm: object, sentence: str, tmp_path: Path) -> None:
    folder, _ = run_with_checkpoint(tmp_path / "run")
    harm(folder.path / "checkpoint-00000003")  # type: ignore[operator]
    with pytest.raises(EngineError) as refused:
        LoadedModel(find_weights(folder.path), lambda told: None)
    assert str(refused.value).startswith(sentence)


# -- a run that trains


DROPPING = msgspec.structs.replace(
    TINY,
    model=msgspec.structs.replace(TINY.model, drop_rate=0.2),
    max_steps=8, eval_every=4, sample_every=4, sample_tokens=4, checkpoint_every=3,
)  # fmt: skip
ASKED = Prompt(text="I had", max_tokens=5, top_k=0, seed=3)


def _folder(path: Path) -> RunFolder:
    folder = RunFolder(path)
    folder.write_facts(RunFacts(config=DROPPING, created=time.time()))
    return folder


def _trained(path: Path, links: list[socket.socket] | None = None) -> Trainer:
    """A whole run; with `links` a prompt comes at each of its steps, and its answer goes out over one of them."""
    folder = _folder(path)
    listening = ControlSocket(folder.path)

    def ask(record: object) -> None:
        if links is not None and isinstance(record, StepRecord):
            ours, theirs = socket.socketpair()
            links.append(ours)
            listening.prompts.hear(theirs, msgspec.json.encode(ASKED).decode())
            until(lambda: listening.prompts.is_waiting, "the prompt is heard")

    trainer = Trainer(Journal(folder), ask)
    trainer.train(listening)
    listening.close()
    return trainer


def test_a_run_that_answers_prompts_has_the_bits_of_one_that_does_not(tmp_path: Path) -> None:
    links: list[socket.socket] = []
    plain = _trained(tmp_path / "plain")
    random = torch.get_rng_state(), plain.batches.generator.get_state()
    answering = _trained(tmp_path / "answering", links)
    assert torch.equal(torch.get_rng_state(), random[0])
    assert torch.equal(answering.batches.generator.get_state(), random[1])
    theirs = dict(answering.model.named_parameters())
    assert all(torch.equal(own, theirs[name]) for name, own in plain.model.named_parameters())
    for name in ("evaluations.jsonl", "samples.jsonl"):
        assert (plain.folder.path / name).read_text() == (answering.folder.path / name).read_text()
    losses = [
        [json.loads(line)["loss"] for line in (each.folder.path / "records.jsonl").read_text().splitlines()]
        for each in (plain, answering)
    ]
    assert losses[0] == losses[1] and len(losses[0]) == 8
    answers = [[read_line(line) for line in link.makefile("rb")] for link in links]
    for link in links:
        link.close()
    assert [[type(told) for told in lines] for lines in answers] == [[Begun, *[Drawn] * 5, Ended]] * 8
    assert [{told.step for told in _drawn(lines)} for lines in answers] == [{step} for step in range(1, 9)]
    kept = LoadedModel(find_weights(answering.folder.path), lambda told: None)
    assert _drawn(list(kept.answer(ASKED, _never))) == _drawn(answers[-1])


@pytest.fixture
def training(tmp_path: Path) -> Iterator[RunFolder]:
    """A run in a process of its own, for as long as the test takes."""
    with warm_trainers():
        folder = RunFolder(tmp_path / "run")
        folder.write_facts(RunFacts(config=msgspec.structs.replace(DROPPING, max_steps=10**9), created=time.time()))
        pid = start_detached(folder)
        until(lambda: folder.status().step >= 2, "it trains")
        yield folder
        control(folder, "stop", PATIENCE_S)
        os.waitpid(pid, 0)


def test_the_live_weights_answer_over_the_socket_while_it_trains_and_while_it_is_paused(training: RunFolder) -> None:
    refused = list(ask_trainer(training, Prompt(text="☃"), _never))[-1]
    assert isinstance(refused, Refused) and refused.sentence.startswith(
        "The prompt has '☃', not in the corpus of the model"
    )
    live = run("sample", training.path, "--checkpoint", "live", "--prompt", "I had", "--max-tokens", 30)
    assert live.returncode == 0 and live.stdout.startswith("I had") and len(live.stdout) == len("I had") + 30 + 1
    assert ", its live weights." in live.stderr
    assert control(training, "pause", PATIENCE_S) == "ok"
    until(lambda: training.status().state == "paused", "it pauses")
    first, again = (_drawn(list(ask_trainer(training, ASKED, _never))) for _ in range(2))
    assert first == again and len(first) == 5
    long = ask_trainer(training, Prompt(text="I had", max_tokens=10_000), lambda: bool(heard))
    heard: list[AnswerLine] = []
    for told in long:
        if isinstance(told, Drawn | Ended):
            heard.append(told)
    assert isinstance(heard[-1], Ended) and heard[-1].is_stopped
    assert control(training, "resume", PATIENCE_S) == "ok"
    held = training.status().step
    until(lambda: training.status().step > held, "it goes on when nobody listens any more")


# -- the command


def test_a_prompt_that_comes_while_torch_is_still_starting_is_told_so_at_once(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ours, theirs = os.pipe()
    is_warm = threading.Event()
    with os.fdopen(ours) as stdin, os.fdopen(theirs, "wb", buffering=0) as person:
        monkeypatch.setattr("sys.stdin", stdin)
        served = ServedPrompts(lambda: is_warm.wait(PATIENCE_S))
        waiting = threading.Thread(target=lambda: found.append(served.next()))
        found: list[object] = []
        waiting.start()
        asked = msgspec.json.encode(Asked(path="run", which="newest", prompt=ASKED))
        person.write(WARM + b"\n" + asked + b"\n")  # typed and asked before it was up
        said: list[bytes] = []
        until(lambda: said.append(capfdbinary.readouterr().out) or any(said), "something is told")
        assert read_line(b"".join(said)) == Loading(PYTORCH_STARTS) and not found
        is_warm.set()
        waiting.join(PATIENCE_S)
        assert [one.prompt for one in found] == [ASKED]
        person.close()
        assert served.next() is None  # and its thread reads no more


def test_the_newest_checkpoint_is_that_of_when_it_is_read_and_read_again_when_there_is_another(tmp_path: Path) -> None:
    path = run_with_checkpoint(tmp_path / "run")[0].path

    def trains_on(step: int) -> None:
        """As a trainer drops its older checkpoints."""
        (old,) = kept(path)
        new = old.with_name(checkpoint_name(step))
        shutil.copytree(old, new)
        write_progress(new, msgspec.structs.replace(read_progress(old), step=step))
        shutil.rmtree(old)

    told: list[AnswerLine] = []
    answer = _answerer(path, NEWEST, lambda line: (trains_on(5), told.append(line)) if not told else None, None)
    for step in (5, 8):
        lines = list(answer(Prompt(text="hello", max_tokens=2), _never))
        begun = lines[0]
        assert isinstance(begun, Begun) and str(begun.source) == f"run at step {step}"
        assert [drawn.step for drawn in _drawn(lines)] == [step] * 2
        if step == 5:
            trains_on(8)
    with pytest.raises(EngineError, match="run has no checkpoint of step 5; there are those of 8"):
        _answerer(path, 5, lambda line: None, None)
    with pytest.raises(EngineError, match="checkpoint-00000005 is gone: its run keeps the newest"):
        read_progress(path / checkpoint_name(5))


def test_the_command_writes_the_text_alone_to_stdout_and_refuses_in_one_sentence(tmp_path: Path) -> None:
    folder, _ = exported(tmp_path)
    ran = tmp_path / "run"
    one = run("sample", ran, "--prompt", "hello", "--max-tokens", 12, "--seed", 4)
    assert (one.returncode, len(one.stdout)) == (0, 5 + 12 + 1) and one.stdout.startswith("hello")
    assert one.stderr == "run at step 3.\n"
    other = run("sample", folder, "--prompt", "hello", "--max-tokens", 12, "--seed", 4)
    assert (other.stdout, other.stderr) == (one.stdout, "out.\n")
    refusals = {
        (ran, "--prompt", "hé"): "The prompt has 'é', not in the corpus of the model, and so without a token.",
        (ran, "--prompt", ""): "The prompt is empty: type what the model shall go on from.",
        (ran, "--prompt", "h", "--temperature", "0,8"): "temperature needs a point before its decimals, not a comma: "
        "0.8, not “0,8”.",
        (ran, "--prompt", "h", "--checkpoint", "best"): "No checkpoint of run was validated, so none is known to be "
        "the best.",
        (ran, "--prompt", "h", "--checkpoint", "4"): "run has no checkpoint of step 4; there are those of 3.",
        (ran, "--prompt", "h", "--checkpoint", "last"): "There is no checkpoint 'last': name newest, best, live, or a "
        "step.",
        (ran, "--prompt", "h", "--checkpoint", "live"): "The run run is not being trained: ask one of its checkpoints.",
        (tmp_path / "no", "--prompt", "h"): f"There is no folder {tmp_path / 'no'}.",
        (tmp_path, "--prompt", "h"): f"{tmp_path} is neither the folder of a training run, with a run.json, nor that "
        "of a model, with a config.json.",
    }  # fmt: skip
    for arguments, sentence in refusals.items():
        done = run("sample", *arguments)
        assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{sentence}\n")


def test_one_process_answers_prompt_after_prompt_until_nobody_asks(tmp_path: Path) -> None:
    ran, _ = run_with_checkpoint(tmp_path / "run")
    folder, _ = exported(tmp_path)
    served = start("sample", "--served", cwd=tmp_path, environment=dict(os.environ))
    assert served.stdin is not None and served.stdout is not None

    def ask(prompt: Prompt, path: Path = ran.path, which: str | int = "newest") -> list[AnswerLine]:
        served.stdin.write(msgspec.json.encode(Asked(path=str(path), which=which, prompt=prompt)) + b"\n")
        told: list[AnswerLine] = []
        while not told or not isinstance(told[-1], Ended | Refused):
            told.append(read_line(served.stdout.readline()))
            if prompt.max_tokens == 10_000 and isinstance(told[-1], Drawn):
                served.stdin.write(b"stop\n")
        return told

    assert len(_drawn(ask(Prompt(text="hello", max_tokens=3)))) == 3
    assert isinstance(ask(Prompt(text="hello"), tmp_path / "no")[-1], Refused)
    assert isinstance(ask(Prompt(text="hello"), which="live")[-1], Refused)  # nobody trains it
    other = ask(Prompt(text="hello", max_tokens=3), folder)  # with the torch that is there
    waits = [each.words for each in other if isinstance(each, Loading)]
    assert len(_drawn(other)) == 3 and waits and "PyTorch starts." not in waits
    assert isinstance(ask(Prompt(text="é"))[-1], Refused)
    stopped = ask(Prompt(text="hello", max_tokens=10_000))[-1]
    assert isinstance(stopped, Ended) and stopped.is_stopped and 0 < stopped.n_tokens < 10_000
    served.stdin.close()
    assert served.wait(PATIENCE_S) == 0
    served.stdout.close()


@pytest.mark.parametrize("command", ["train", "sample"])
def test_threads_that_wait_do_not_spin_where_torch_is_imported_late(command: str) -> None:
    """OpenMP reads it when torch is imported, which is after the command has looked at what it is asked."""
    module = {"train": "engine.train.command", "sample": "engine.train.sample_command"}[command]
    told = f"import os, {module} as it; it.main = lambda words: print(os.environ.get('GOMP_SPINCOUNT'))\n"
    told += f"from engine.__main__ import main; main(['{command}'])"
    environment = {"PYTHONPATH": PYTHONPATH, "PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-P", "-c", told], env=environment, capture_output=True, text=True)
    assert done.stdout == "10000\n", done.stderr
