"""The protocol against its conduct: who was eligible and who took part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.checks.audit import Audit, Verdict, finding, place
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Baseline, Check, Criterion

YEARS = frozenset({"a", None})
# The patient's age when the trial began, by whatever words the table has.
AGE = re.compile(
    r"^(?:median |mean |patient(?:'s|s')? )?ages?(?: \(.*\)|,.*| in years| at (?:entry|enrol\w+|randomi[sz]ation|baseline|inclusion))?$",
    re.IGNORECASE,
)
# The scale may be named again ("ECOG PS: 1"); "FLT3-ITD" below such a heading is no status.
STATUS = re.compile(
    r"^(?:(?:ECOG|WHO|Zubrod|PS|performance|status|score|grade|level|of)\b\W*|\W)*(?P<low>\d)(?:\s?(?:-|or|and|/|,|to)\s?(?P<high>\d))?\b(?!\d)",
    re.IGNORECASE,
)
SCORE = re.compile(r"(?<!\d)(?P<low>\d{2,3})(?:\s?-\s?(?P<high>\d{2,3}))?%?")

SCALES = (
    (
        "ecog",
        re.compile(r"^(?!.*karnofsky).*(?:performance (?:status|score)|\bECOG\b|\bWHO PS\b|\bZubrod\b)", re.IGNORECASE),
        STATUS,
    ),
    ("karnofsky", re.compile(r"karnofsky|\bKPS\b", re.IGNORECASE), SCORE),
)


@dataclass(frozen=True)
class Limits:
    """The lowest and highest value that any criterion admits."""

    low: Decimal | None
    high: Decimal | None
    criteria: tuple[Criterion, ...]

    @property
    def printed(self) -> str:
        """The limits as a reader says them."""
        if self.low is not None and self.high is not None:
            return f"{self.low}-{self.high}"
        return f"at least {self.low}" if self.low is not None else f"at most {self.high}"

    def admits(self, value: Decimal) -> bool:
        """Whether a value lies within."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def limits(audit: Audit, kind: str) -> Limits | None:
    """The limits of inclusion of a kind; the widest where several are stated."""
    own = [c for c in audit.record.eligibility if c.kind == kind and c.value is not None and c.unit in YEARS]
    included = [c for c in own if c.polarity == "inclusion"]
    lows = [c.value for c in included if c.operator in (">=", ">", "range")]
    highs = [c.value_max if c.operator == "range" else c.value for c in included if c.operator in ("<=", "<", "range")]
    # "Patients younger than 18 were excluded" is a lower limit.
    if not lows:
        lows = [c.value for c in own if c.polarity == "exclusion" and c.operator in ("<", "<=")]
    low = min((value for value in lows if value is not None), default=None)
    high = max((value for value in highs if value is not None), default=None)
    return Limits(low, high, tuple(own)) if low is not None or high is not None else None


def ages(audit: Audit) -> Iterator[Check]:
    """The range of ages of the patients lies within the limits of eligibility."""
    allowed = limits(audit, "age")
    if allowed is None:
        return
    for fact in audit.record.baseline:
        spread = fact.range
        if not AGE.match(fact.variable) or fact.category or spread is None or fact.unit not in YEARS:
            continue
        if spread.low is None or spread.high is None or not spread.low < spread.high or spread.high < 10:
            continue
        # A patient of the limit's age in years and months is still within.
        holds = allowed.admits(spread.low) and allowed.admits(int(spread.high) + Decimal(0))
        if not holds and spread.kind != "range":
            continue
        text = (
            f"Patients of {allowed.printed} years were eligible; {place(fact.evidence[0])} prints ages of {spread.low} to "
            f"{spread.high}{f' in {fact.arm}' if fact.arm else ''}, {'within' if holds else 'outside'} the limits."
        )
        verdict: Verdict = "holds" if holds else "fails" if len(allowed.criteria) == 1 else "undecided"
        evidence = (*allowed.criteria[0].evidence[:1], fact.evidence[0])
        yield finding("eligibility.age", verdict, allowed.printed, f"{spread.low}-{spread.high}", text, evidence)


def performance(audit: Audit) -> Iterator[Check]:
    """The performance status of the patients lies within the limits of eligibility (ECOG, Karnofsky)."""
    for kind, named, form in SCALES:
        allowed = limits(audit, kind)
        for fact in audit.record.baseline if allowed else ():
            if allowed and named.search(fact.variable) and fact.category and fact.count:
                yield from _status(fact, allowed, form, audit)


def _status(fact: Baseline, allowed: Limits, form: re.Pattern[str], audit: Audit) -> Iterator[Check]:
    match = form.search(fold(fact.category or ""))
    if match is None or (form is STATUS and re.search(r"\d{2}|[<>≤≥]", fact.category or "")):
        return
    worst = match["high"] or match["low"] if form is STATUS else match["low"]
    value = Decimal(worst)
    holds = allowed.admits(value)
    who = f" in {fact.arm}" if fact.arm else ""
    text = (
        f"Patients with a status of {allowed.printed} were eligible; {place(fact.evidence[0])} prints {fact.count} with "
        f"{fact.category}{who}, {'within' if holds else 'outside'} the limits."
    )
    verdict: Verdict = "holds" if holds else "undecided" if _excepted(worst, audit) else "fails"
    evidence = (*allowed.criteria[0].evidence[:1], fact.evidence[0])
    yield finding("eligibility.performance", verdict, allowed.printed, worst, text, evidence)


def _excepted(status: str, audit: Audit) -> bool:
    """Whether the methods name the status near the words of performance: an exception or an amendment."""
    near = re.compile(rf"(?:ECOG|WHO|[Pp]erformance|\bPS\b)[^.;]{{0,200}}?(?<![\d.]){status}(?![\d.])")
    return any(near.search(p.search) for p in audit.prose if p.section.kind in ("methods", "abstract", "other"))
