"""What becomes known of a run once its corpus is tokens, written into its run.json."""

from __future__ import annotations

import msgspec

from engine.protocol.errors import EngineError
from engine.runs.config import parameters
from engine.runs.meter import Meter
from engine.runs.run_facts import RunFacts
from engine.runs.run_folder import RunFolder
from engine.shared.disk_errors import write_reason
from engine.shared.file_hashes import hash_of
from engine.train.data import Tokens


def with_corpus(facts: RunFacts, folder: RunFolder, tokens: Tokens, vocabulary: int, meter: Meter) -> RunFacts:
    """The facts of a run with those of its corpus, unless they are known already. Raises EngineError where they cannot
    be written."""
    if facts.unigram_entropy != 0.0:
        return facts
    run = facts.config
    facts = msgspec.structs.replace(
        facts,
        n_parameters=parameters(run.model).total,
        n_train_tokens=len(tokens.train),
        n_validation_tokens=len(tokens.validation),
        vocabulary=vocabulary,
        unigram_entropy=tokens.entropy(run.model.vocab_size, meter),
        hashes={path.name: hash_of(path, meter.read) for path in (folder.tokens, folder.alphabet) if path.exists()},
    )
    write_known(facts, folder)
    return facts


def write_known(facts: RunFacts, folder: RunFolder) -> None:
    """Into run.json. Raises EngineError."""
    try:
        folder.write_facts(facts)
    except OSError as error:
        raise EngineError(
            "run.facts_not_written",
            "The run cannot begin: run.json could not be written: {reason}.",
            reason=write_reason(error),
        ) from error
