"""How much memory the engine may take for what it keeps of a run."""

from __future__ import annotations

from engine.protocol.message import Request

FIRST_RECORDED_BYTES = 1 << 30
FIRST_PASSES_BYTES = 128 << 20


class SetBudgets(Request, frozen=True, tag="set_budgets", kw_only=True):
    """In bytes: of values as they were when an operation ran, and of earlier passes that are kept whole. What is kept
    already is let go of with the next value and the next pass. No answer."""

    recorded_bytes: int = FIRST_RECORDED_BYTES
    passes_bytes: int = FIRST_PASSES_BYTES
