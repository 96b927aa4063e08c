"""Answers of an engine whose program is inside one operation: what was known before, with the time that it is of."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec

from engine.protocol.messages import Details
from engine.protocol.notes import Earlier
from engine.protocol.tensor_values import TensorDetails
from engine.shared.language import mark

WHY = mark("The program is inside one operation: this is what was known before it.")


def earlier(age_ms: float) -> Earlier | None:
    """The note on an answer that has just come; None where it is of now."""
    return Earlier(f"{datetime.now() - timedelta(milliseconds=age_ms):%H:%M:%S}") if age_ms else None


def dated(event: Details) -> TensorDetails:
    """What an old answer says, with its time for a note."""
    return msgspec.structs.replace(event.details, note=earlier(event.age_ms)) if event.age_ms else event.details
