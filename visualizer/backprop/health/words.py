"""The words of findings that the window has itself."""

from __future__ import annotations

from engine.protocol.health import Finding, PassHealth
from engine.shared.health_rules import RULES, limits
from engine.shared.language import mark, tr, trn

TITLES = {
    "exploding": mark("Exploding gradient"),
    "dead": mark("Dead units"),
    "saturated": mark("Saturated"),
    "vanishing": mark("Vanishing gradient"),
    "cancelling": mark("Gradients that cancel"),
    "no_gradient": mark("Never got a gradient"),
}
SEVERITIES = {
    "serious": mark("serious"),
    "notable": mark("notable"),
    "aside": mark("as in most programs"),
}
_WELL = mark("Nothing found as far as the pass was kept and has come: {words}.")
_WELL_ALL = mark("Nothing found: {words}, and every parameter of the modules that are trained got a gradient.")
TOKENS = {"serious": "error.text", "notable": "warn.text", "aside": "text.muted"}


def rule_words(finding: Finding) -> str:
    """When such a thing is a finding, and why then."""
    rule = tr(RULES[finding.kind], **limits())
    return tr("{title}: {rule}.", title=tr(TITLES[finding.kind]), rule=rule)


def count_words(health: PassHealth | None, n_findings: int, *, is_looking: bool) -> str:
    """ "3 findings", "none found", "looking, 40 %"."""
    if health is None:
        return tr("looking") if is_looking else ""
    if health.n_done < health.n_all:
        return tr("looking, {percent} %", percent=100 * health.n_done // health.n_all)
    return trn("{n} finding", "{n} findings", n_findings) if n_findings else tr("none found")


def well_words(health: PassHealth, *, is_of_all: bool) -> str:
    """Of a pass in which nothing was found: what was looked at. Without `is_of_all` there may be more to come, or what
    no pass has reached is of another one."""
    words = trn(
        "the gradient neither vanishes nor grows on its way through {n} layer, no layer is dead or saturated, nothing "
        "cancels",
        "the gradient neither vanishes nor grows on its way through {n} layers, no layer is dead or saturated, nothing "
        "cancels",
        len(health.depth),
    )
    if not health.depth:
        words = tr("the gradient neither vanishes nor grows, no layer is dead or saturated, nothing cancels")
    return tr(_WELL_ALL, words=words) if is_of_all else tr(_WELL, words=words)
