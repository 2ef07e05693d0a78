"""The protocol against its conduct: who was eligible and who took part, which doses were allowed and which given."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Passage
from extractor.checks.audit import Audit, Verdict, finding, place
from ontology.glyphs import fold
from ontology.record import Baseline, Check, Criterion, Dose

YEARS = frozenset({"a", None})
STATUS = re.compile(r"^\D{0,24}?(?P<low>\d)(?:\s?(?:-|or|and|/|,|to)\s?(?P<high>\d))?\b(?!\d)")
SCORE = re.compile(r"(?<!\d)(?P<low>\d{2,3})(?:\s?-\s?(?P<high>\d{2,3}))?%?")
FORBIDDEN = re.compile(
    r"\b(?:dose )?(?P<what>reductions?|modifications?|adjustments?|escalations?)\b[^.;]{0,90}?\b(?:(?:was|were|is|are) not (?:\w+ )?(?:allowed|permitted|planned|possible)|not (?:allowed|permitted)|(?:was|were) (?:prohibited|forbidden))"
    r"|\bno dose (?P<what2>reductions?|modifications?|adjustments?|escalations?)\b",
    re.IGNORECASE,
)
NONE = re.compile(r"\b(?:no|none|not|without|never|nor|zero)\b", re.IGNORECASE)
COUNTED = re.compile(
    r"\b[1-9]\d{0,3}\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|all|most|half)\b",
    re.IGNORECASE,
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
        if fact.variable != "age" or fact.category or spread is None or fact.unit not in YEARS:
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
    for kind, variable, form in (
        ("ecog", "ECOG performance status", STATUS),
        ("karnofsky", "Karnofsky performance status", SCORE),
    ):
        allowed = limits(audit, kind)
        for fact in audit.record.baseline if allowed else ():
            if allowed and fact.variable == variable and fact.category and fact.count:
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


def doses(audit: Audit) -> Iterator[Check]:
    """A dose that was given is one of those that were allowed, between the smallest and the largest of them."""
    allowed: dict[tuple[str, str | None], list[Dose]] = defaultdict(list)
    for dose in audit.record.doses:
        if dose.kind != "received" and dose.value is not None:
            allowed[dose.drug, dose.unit].append(dose)
    for dose in audit.record.doses:
        planned = allowed.get((dose.drug, dose.unit))
        if dose.kind != "received" or dose.value is None or not planned:
            continue
        low = min(other.value for other in planned if other.value is not None)
        high = max(other.value_max or other.value or Decimal(0) for other in planned)
        most = dose.value_max or dose.value
        # A total over many days is no dose of one day.
        if most > 10 * high:
            continue
        holds = low <= dose.value and most <= high
        printed = f"{dose.value}-{most}" if dose.value_max else f"{dose.value}"
        text = (
            f"Doses of {dose.drug} from {low} to {high} {dose.unit or ''} are planned; {place(dose.evidence[0])} prints "
            f"{printed} given, {'within' if holds else 'outside'} them."
        )
        evidence = (planned[0].evidence[0], dose.evidence[0])
        verdict: Verdict = "holds" if holds else "undecided"
        yield finding("doses.given", verdict, f"{low}-{high}", printed, " ".join(text.split()), evidence)


def forbidden(audit: Audit) -> Iterator[Check]:
    """Changes of dose that the methods rule out are not reported for the same drug."""
    names = {name: drug.name for drug in audit.record.drugs for name in (drug.name, *drug.synonyms) if len(name) > 3}
    for passage, match in _rules(audit):
        sentence = _sentence(passage.search, match.start())
        ruled = {drug for name, drug in names.items() if name.lower() in sentence.lower()}
        if len(ruled) != 1:
            continue
        drug = next(iter(ruled))
        what = (match["what"] or match["what2"]).rstrip("s").lower()
        labels = [name for name, other in names.items() if other == drug]
        for found, start, end in _reported(audit, what, labels, [n for n, other in names.items() if other != drug]):
            text = f"The methods allow no dose {what} of {drug}; {place(found.evidence(start, end)[0])} reports one."
            evidence = (*passage.evidence(*match.span()), *found.evidence(start, end))
            yield finding("doses.forbidden", "undecided", f"no dose {what}", "reported", text, evidence)


def _rules(audit: Audit) -> Iterator[tuple[Passage, re.Match[str]]]:
    for passage in audit.prose:
        if passage.section.kind in ("methods", "other"):
            for match in FORBIDDEN.finditer(passage.search):
                yield passage, match


def _reported(audit: Audit, what: str, labels: list[str], others: list[str]) -> Iterator[tuple[Passage, int, int]]:
    """Sentences of the results in which patients had their dose of this drug and no other changed."""
    for passage in audit.prose:
        if passage.section.kind not in ("results", "abstract"):
            continue
        for match in re.finditer(rf"[^.;]*\bdose {what}s?\b[^.;]*", passage.search, re.IGNORECASE):
            said = match[0].lower()
            own, other = (any(name.lower() in said for name in group) for group in (labels, others))
            if own and not other and COUNTED.search(said) and not NONE.search(said):
                yield passage, match.start(), match.end()


def _sentence(text: str, place_: int) -> str:
    start = max(text.rfind(". ", 0, place_), text.rfind("; ", 0, place_)) + 1
    stop = text.find(". ", place_)
    return text[start : stop if stop >= 0 else len(text)]
