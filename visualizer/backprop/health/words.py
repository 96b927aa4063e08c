"""The words of findings that the window has itself."""

from __future__ import annotations

from engine.protocol.health import Finding, PassHealth
from engine.shared.health_rules import TEXT
from engine.shared.numbers import count

TITLES = {
    "exploding": "Exploding gradient",
    "dead": "Dead units",
    "saturated": "Saturated",
    "vanishing": "Vanishing gradient",
    "cancelling": "Gradients that cancel",
    "no_gradient": "Never got a gradient",
}
SEVERITIES = {"serious": "serious", "notable": "notable", "aside": "as in most programs"}
TOKENS = {"serious": "error.text", "notable": "warn.text", "aside": "text.muted"}


def rule_words(finding: Finding) -> str:
    """When such a thing is a finding, and why then."""
    words = TEXT[finding.kind]
    return f"{TITLES[finding.kind]}: {words}."


def count_words(health: PassHealth | None, n_findings: int, *, is_looking: bool) -> str:
    """ "3 findings", "none found", "looking, 40 %"."""
    if health is None:
        return "looking" if is_looking else ""
    if health.n_done < health.n_all:
        return f"looking, {100 * health.n_done // health.n_all} %"
    return count(n_findings, "finding") if n_findings else "none found"


def well_words(health: PassHealth, *, is_of_all: bool) -> str:
    """Of a pass in which nothing was found: what was looked at. Without `is_of_all` there may be more to come, or what
    no pass has reached is of another one."""
    layers = f" on its way through {count(len(health.depth), 'layer')}" if health.depth else ""
    words = f"the gradient neither vanishes nor grows{layers}, no layer is dead or saturated, nothing cancels"
    if is_of_all:
        return f"Nothing found: {words}, and every parameter of the modules that are trained got a gradient."
    return f"Nothing found as far as the pass was kept and has come: {words}."
