"""Before a run starts it is said whether the memory has room for it, what would fit, and what else is odd about it."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from engine.runs import memory_check
from engine.runs.arguments import asked_run
from engine.runs.config import PRESETS, GPTConfig, RunConfig, parameters
from engine.runs.config_rules import ConfigError
from engine.runs.memory_check import needed_bytes
from engine.runs.notices import notices
from engine.runs.room import CONTAINER, THIS_MACHINE, Room, machine_room
from tests.engine.exported import run_with_checkpoint

NANO = PRESETS["nano"]
GB = 1_000_000_000


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Memory of this or that size, in GB."""

    def set_room(total: float, free: float | None = None, place: str = "this machine") -> None:
        found = Room(place, round(total * GB), round((total if free is None else free) * GB))
        monkeypatch.setattr(memory_check, "room_of", lambda device: found)

    return set_room


def _files(root: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = root / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


MEMORY = "MemTotal:       16000000 kB\nMemFree:         1000000 kB\nMemAvailable:    8000000 kB\n"


def test_the_memory_of_a_machine_is_what_its_system_says(tmp_path: Path) -> None:
    root = _files(tmp_path, proc__meminfo=MEMORY, proc__self__cgroup="0::/\n")
    assert machine_room(root) == Room(THIS_MACHINE, 16_384_000_000, 8_192_000_000)
    here = machine_room()
    assert here is not None and 0 < here.free <= here.total


@pytest.mark.parametrize("version", [1, 2])
def test_the_limit_of_a_control_group_is_less_than_the_machine_and_its_cache_is_free(
    version: int, tmp_path: Path
) -> None:
    if version == 2:
        group, folder = "0::/user/run\n", "sys__fs__cgroup__user__"
        files = {"memory_DOT_max": "2000000000\n", "memory_DOT_current": "1500000000\n",
                 "memory_DOT_stat": "anon 1\ninactive_file 700000000\n"}  # fmt: skip
    else:
        group, folder = "5:cpu:/\n4:memory:/user/run\n", "sys__fs__cgroup__memory__user__"
        files = {"memory_DOT_limit_in_bytes": "2000000000\n", "memory_DOT_usage_in_bytes": "1500000000\n",
                 "memory_DOT_stat": "total_inactive_file 700000000\n"}  # fmt: skip
    limits = {folder + name: text for name, text in files.items()}  # of the group around this one
    root = _files(tmp_path, proc__meminfo=MEMORY, proc__self__cgroup=group, **limits)
    assert machine_room(root) == Room(CONTAINER, 2 * GB, 1_200_000_000)


@pytest.mark.parametrize(
    ("preset", "total", "field", "part"),
    [
        ("124M", 24, "batch_size", "batch_size 4 fits, and as many tokens a step with grad_accumulation 16."),
        ("774M", 24, "context_length", "with batch_size 1 fits; the largest preset that does is 355M."),
        ("1558M", 24, "n_layers", "with batch_size 1 fits; the largest preset that does is 355M."),
        ("1558M", 2, "emb_dim", "none of this size fits; the largest preset that does is mini."),
    ],
)
def test_a_run_that_the_memory_has_no_room_for_is_refused_with_what_would_fit(
    preset: str, total: float, field: str, part: str, room: Callable[..., None]
) -> None:
    run = msgspec.structs.replace(PRESETS[preset], device="cpu")
    room(total)
    with pytest.raises(ConfigError) as refused:
        memory_check.check(run)
    assert refused.value.field == field and str(refused.value).endswith(part), str(refused.value)
    assert f"and this machine has {total} GB" in str(refused.value)
    room(needed_bytes(run, on_card=False) / GB)
    memory_check.check(run)


@pytest.mark.parametrize(("tokenizer", "n_characters", "known"), [("characters", 65, 65), ("gpt2", None, 50_257)])
def test_of_a_vocabulary_that_is_far_too_large_a_smaller_one_is_proposed_and_no_smaller_model(
    tokenizer: str, n_characters: int | None, known: int, room: Callable[..., None]
) -> None:
    nano = msgspec.structs.replace(PRESETS["nano"], device="cpu", tokenizer=tokenizer)
    run = msgspec.structs.replace(nano, model=msgspec.structs.replace(nano.model, vocab_size=10_000_000))
    room(24)
    with pytest.raises(
        ConfigError, match=f"has 24 GB: vocab_size {known:,} fits, and there are no more tokens"
    ) as refused:
        memory_check.check(run, n_characters=n_characters)
    assert refused.value.field == "vocab_size"
    with pytest.raises(ConfigError) as refused:
        memory_check.check(run, fixed=("vocab_size",), n_characters=n_characters)
    assert refused.value.field == "emb_dim"  # of a branch it stays


def test_what_is_proposed_fits_and_one_more_does_not(room: Callable[..., None]) -> None:
    run = msgspec.structs.replace(PRESETS["1558M"], device="cpu")
    room(24)
    with pytest.raises(ConfigError) as refused:
        memory_check.check(run)
    n_layers = int(str(refused.value.sentence.arguments["words"]).split()[1])
    for layers, fits in ((n_layers, True), (n_layers + 1, False)):
        model = msgspec.structs.replace(run.model, n_layers=layers)
        proposed = msgspec.structs.replace(run, batch_size=1, model=model)
        assert (needed_bytes(proposed, on_card=False) <= 24 * GB) is fits


def test_dropout_needs_memory_for_the_scores_of_attention_which_grows_as_the_square_of_the_context() -> None:
    def more(n_tokens: int) -> int:
        models = [msgspec.structs.replace(NANO.model, context_length=n_tokens, drop_rate=rate) for rate in (0.1, 0.0)]
        dropped, whole = (needed_bytes(msgspec.structs.replace(NANO, model=model), on_card=False) for model in models)
        return dropped - whole

    scores = 4 * NANO.batch_size * NANO.model.n_heads * (512**2 - 2 * 256**2)  # bytes, of float32
    n_kept = 3 * NANO.model.n_layers  # scores, what is dropped of them, and what is left, until the layer's backward
    assert more(512) - 2 * more(256) == (n_kept + 3) * scores  # and the gradients of these in one layer


def test_a_card_divides_a_step_itself_and_needs_room_for_one_sequence(room: Callable[..., None]) -> None:
    room(80, place="the NVIDIA H100")
    for run in PRESETS.values():
        memory_check.check(msgspec.structs.replace(run, batch_size=512))
    room(24, place="the NVIDIA L4")
    with pytest.raises(ConfigError, match="and the NVIDIA L4 has 24 GB: n_layers 35 fits"):
        memory_check.check(PRESETS["1558M"])


def test_memory_that_others_hold_is_said_and_not_refused(room: Callable[..., None]) -> None:
    run = msgspec.structs.replace(PRESETS["mini"], device="cpu")
    room(16, free=2)
    memory_check.check(run)
    said = notices(run)["batch_size"].text
    assert "of the 16 GB that this machine has, 2 GB are free now: batch_size 16 fits" in said
    room(16)
    assert notices(run) == {}


def test_no_machine_has_room_for_it_and_who_insists_trains(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    arguments = ["--batch-size", "1000000", "--device", "cpu", "--run-folder", str(folder)]
    with pytest.raises(ConfigError, match=r"fits, and .* --ignore-memory trains all the same\.$") as refused:
        asked_run(arguments)
    assert refused.value.field == "batch_size" and not folder.exists()
    assert asked_run([*arguments, "--ignore-memory"]).folder.facts().config.batch_size == 1_000_000


def test_a_run_that_goes_on_is_checked_too_and_only_what_it_may_change_is_proposed(
    tmp_path: Path, room: Callable[..., None]
) -> None:
    folder, _ = run_with_checkpoint(tmp_path / "run")
    text = tmp_path / "text.txt"
    text.write_text("hello aloe\n" * 100)
    large = msgspec.structs.replace(folder.facts().config, device="cpu", batch_size=1_000_000, corpus=str(text))
    folder.write_facts(msgspec.structs.replace(folder.facts(), config=large))
    at, beside = str(folder.path), tmp_path / "branch"
    resume, branch = ["--resume", at], ["--branch-from", at, "--run-folder", str(beside)]
    room(1)
    with pytest.raises(ConfigError, match=r"has 1 GB: its sizes stay as they are\. --ignore-memory trains"):
        asked_run(resume)
    with pytest.raises(ConfigError, match=r"has 1 GB: batch_size [\d,]+ fits, .* --ignore-memory trains"):
        asked_run(branch)
    assert not beside.exists()
    assert asked_run([*resume, "--ignore-memory"]).folder.path == folder.path
    assert asked_run([*branch, "--ignore-memory"]).folder.facts().config.batch_size == 1_000_000
    room(100_000, free=1)
    (said,) = asked_run(resume).notices
    assert "of the 100 TB that this machine has, 1 GB are free now: its sizes stay as they are" in said
    room(0.3)
    with pytest.raises(ConfigError, match="has 300 MB: its sizes stay as they are"):
        asked_run([*branch[:2], "--run-folder", str(tmp_path / "other")])


@pytest.mark.parametrize(("vocab_size", "is_odd"), [(65, False), (128, False), (129, True), (50_304, True)])
def test_a_vocabulary_far_larger_than_its_tokens_is_told_with_its_cost(
    vocab_size: int, is_odd: bool, tmp_path: Path
) -> None:
    arguments = ["--vocab-size", str(vocab_size), "--tokenizer", "characters", "--run-folder", str(tmp_path / "run")]
    said = [sentence for sentence in asked_run(arguments).notices if sentence.startswith("vocab_size")]
    assert len(said) == is_odd
    if vocab_size == 50_304:
        assert said == [
            "vocab_size 50,304 is far more than the 65 tokens there are: the other 50,239 are never seen, but "
            "6,430,592 of the 7,238,912 parameters are theirs. 65 is enough; 128 is its next multiple of 64."
        ]


@pytest.mark.parametrize(
    ("run", "field"),
    [
        (msgspec.structs.replace(NANO, max_steps=100, warmup_steps=100), "warmup_steps"),
        (msgspec.structs.replace(NANO, learning_rate=1e-5), "min_learning_rate"),
        (RunConfig(model=GPTConfig(vocab_size=60_000)), "vocab_size"),
        (msgspec.structs.replace(NANO, tokenizer="bytes", model=GPTConfig(vocab_size=600)), "vocab_size"),
    ],
)
def test_what_is_odd_is_told_beside_its_field(run: RunConfig, field: str, room: Callable[..., None]) -> None:
    room(1000)
    assert set(notices(run)) == {field}
    assert notices(msgspec.structs.replace(PRESETS["124M"], model=GPTConfig(vocab_size=50_304))) == {}


def test_a_corpus_of_one_character_is_odd_and_one_of_two_is_not() -> None:
    run = msgspec.structs.replace(PRESETS["nano"], device="cpu")
    assert set(notices(run, 1)) == {"corpus"} and notices(run, 2) == {}


def test_a_budget_without_room_for_one_more_checkpoint_is_said_beside_it() -> None:
    one = parameters(PRESETS["nano"].model).total * 12
    tight, enough = (
        msgspec.structs.replace(PRESETS["nano"], keep_every=2, keep_gb=n_bytes / 1e9)
        for n_bytes in (3 * one - 1000, 3 * one + 1000)
    )
    assert "a checkpoint takes about 9.70 MB" in notices(tight)["keep_gb"].text and notices(enough) == {}
    assert notices(msgspec.structs.replace(tight, keep_every=0)) == {}  # nothing more is to be kept
