"""Hazard ratios against the events that are counted for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import erfc, log, sqrt

from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.binomial import z_of
from extractor.checks.comparisons import deviate
from extractor.checks.estimates import Estimate, estimates
from ontology import regex as re
from ontology.record import Check, Evidence

# What a sentence counts and a hazard ratio is of.
EVENTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        ("deaths", r"\bdeaths?\b|\bdied\b|\bmortality\b|\boverall survival\b|\bOS\b"),
        ("progressions", r"\bprogress(?:ion|ed|ions)\b(?!-free)"),
        ("recurrences", r"\b(?:recurren|relapse)\w*\b(?!-free)"),
        ("metastases", r"\bmetastas[ei]s\b"),
        (
            "events",
            r"\bevents?\b(?!-free)|\b(?:disease|progression|event|relapse|recurrence)-free survival\b|\b[DPE]FS\b",
        ),
    )
)
# "16 (25%) cases in the one group vs. 13 (18.3%)", "(89 alpha, 88 beta)", "248 in the control group and 260 in"
SHARE = r" ?(?:[(\[][\d.]+ ?%[)\]])?"
TWO = re.compile(
    rf"(?<![\d.,/-])\b(?P<a>[1-9]\d{{0,3}}){SHARE}(?P<between>(?: [A-Za-z][\w+/-]*){{1,8}}?(?:,|,? (?:and|vs\.?|versus|compared with))(?: in)?) "
    rf"(?P<b>[1-9]\d{{0,3}}){SHARE}(?= ?[A-Za-z(])(?! ?(?:years?|months?|weeks?|days?|%|per))"
)
OTHER = re.compile(r"\b(?:adverse|serious|grade|toxicit\w+|years?|months?|weeks?|days?|per|subgroup)\b", re.IGNORECASE)
SENTENCE = re.compile(r"[.;] (?=[A-Z(])")
ADJUSTED = re.compile(r"adjust|multivaria|propensity|weighted|frailty|competing", re.IGNORECASE)
# A standard error over that of the events: within these an interval is of them; under `NARROW` it cannot be.
ELSEWHERE = frozenset({"methods", "introduction", "discussion"})
FITTING = (0.9, 1.25)
NARROW = 0.8
FEWEST = 5
# Characters in which a count is qualified, a sentence looked for, and counts that belong to a ratio stand before it.
CLOSE, WORDS, NEXT = 40, 300, 900
NEAR, FAR = 0.5, 1.2


@dataclass(frozen=True)
class Counted:
    """The events of two arms."""

    what: str
    first: int
    second: int
    evidence: tuple[Evidence, ...]

    @property
    def error(self) -> float:
        """The standard error of the log hazard ratio."""
        return sqrt(1 / self.first + 1 / self.second)


def events(audit: Audit) -> list[Counted]:
    """The sentences that count one kind of event in two arms."""
    found = []
    for passage in audit.prose:
        text = passage.search
        if passage.section.kind in ELSEWHERE or not any(form.search(text) for _, form in EVENTS):
            continue
        for match in TWO.finditer(text):
            start = max((m.end() for m in SENTENCE.finditer(text, 0, match.start())), default=0)
            before = text[start : match.start()]
            kinds = [name for name, form in EVENTS if form.search(before)]
            if kinds and not OTHER.search(before[-CLOSE:]) and not OTHER.search(match["between"]):
                first, second = int(match["a"]), int(match["b"])
                if min(first, second) >= FEWEST:
                    found.append(Counted(kinds[0], first, second, passage.evidence(*match.span())))
    return found


def against_events(audit: Audit) -> Iterator[Check]:
    """The interval of a hazard ratio against the events: SE(ln HR) is at least sqrt(1 / d1 + 1 / d2).

    Parmar, Torri and Stewart 1998, Stat Med 17:2815.
    """
    for found, counted in _pairs(audit):
        if not 0 < found.low < found.value < found.high:
            continue
        z = z_of(float(found.level or 95))
        half = [0.5 * 10.0 ** -decimals(bound) for bound in (found.low, found.high)]
        most = (log(float(found.high) + half[1]) - log(max(float(found.low) - half[0], 1e-9))) / (2 * z)
        error = (log(float(found.high)) - log(float(found.low))) / (2 * z)
        fits = FITTING[0] <= most / counted.error and error / counted.error <= FITTING[1]
        narrow = most / counted.error < NARROW and not ADJUSTED.search(found.context)
        verdict: Verdict = "holds" if fits else "fails" if narrow else "undecided"
        text = (
            f"{place(found.evidence[0])} prints a hazard ratio of {found.printed}, a standard error of {error:.3f} on the log "
            f"scale; {counted.first} and {counted.second} {counted.what} give {counted.error:.3f} (sqrt(1/d1 + 1/d2))."
        )
        evidence = (*found.evidence, *counted.evidence)
        yield finding("intervals.events", verdict, f"{error:.3f}", f"{counted.error:.3f}", text, evidence)


def log_rank(audit: Audit) -> Iterator[Check]:
    """The p-value of a hazard ratio against the events: z = ln HR / sqrt(1 / d1 + 1 / d2).

    Schoenfeld 1981, Biometrika 68:316; Tierney 2007, Trials 8:16.
    """
    for found, counted in _pairs(audit):
        if found.p is None or found.p.relation != "=" or not 0 < found.p.value < 1 or found.value <= 0:
            continue
        p = erfc(abs(log(float(found.value))) / counted.error / sqrt(2))
        distance = abs(deviate(p) - deviate(float(found.p.value)))
        sure = distance > FAR and not ADJUSTED.search(found.context)
        verdict: Verdict = "holds" if distance <= NEAR else "fails" if sure else "undecided"
        text = (
            f"{place(found.evidence[0])} prints P={found.p.value} for a hazard ratio of {found.value}; with {counted.first} "
            f"and {counted.second} {counted.what} the log-rank test gives {p:.2g} (ln HR / sqrt(1/d1 + 1/d2))."
        )
        evidence = (*found.evidence, *counted.evidence)
        yield finding("tests.log-rank", verdict, f"P={found.p.value}", f"{p:.2g}", text, evidence)


@lru_cache(maxsize=2)
def _pairs(audit: Audit) -> tuple[tuple[Estimate, Counted], ...]:
    """The hazard ratios of running text, each once, with the events that are counted for the same in one way."""
    ratios = {
        one.printed: one
        for one in estimates(audit)
        if one.statistic == "hazard_ratio" and one.context and not one.label and one.evidence
    }
    told = events(audit) if ratios else []
    found = []
    for one in ratios.values():
        home = one.evidence[0].start
        said = SENTENCE.split(audit.document.text[max(0, home - WORDS) : home])[-1]
        alike = [counted for counted in told if any(n == counted.what and f.search(said) for n, f in EVENTS)]
        near = [counted for counted in alike if 0 < home - counted.evidence[0].start < NEXT] or alike
        if len({(counted.first, counted.second) for counted in near}) == 1:
            found.append((one, near[0]))
    return tuple(found)
