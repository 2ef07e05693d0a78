"""What adverse events led to: a death, the end of treatment, a lower or later dose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.event_mentions import Mention
from extractor.spreads import Measure
from ontology import regex as re

TO_BEFORE = re.compile(r";\s|\bwhereas\b|\bwhile\b|\bbut\b", re.IGNORECASE)
# What an event led to, told before it ("withdrew because of nausea") or after it ("nausea leading to withdrawal").
DUE = r"(?:due to|because of|owing to|as a result of|on account of|for|from|of|with|after|following)"
LED = r"^[^.;,]{0,60}?\b(?:lead(?:ing)?|led|result(?:ing|ed)|caus(?:ing|ed)|requir(?:ing|ed)|necessitat\w+)\b(?: \w+){0,4}?"
CONSEQUENCES: tuple[tuple[str, str, str], ...] = (
    ("death", rf"\b(?:died|deaths?|fatal|death occurred)\b[^.;]{{0,60}}\b{DUE} (?:[\w-]+ ){{0,4}}$", rf"{LED} deaths?\b"),
    (
        "discontinuation",
        rf"\breasons? for (?:\w+ ){{0,4}}?(?:discontinu\w+|withdrawals?)[^.;]{{0,60}}? (?:was|were|included|being) (?:[\w-]+ |\([^()]{{1,12}}\),? ?){{0,8}}$|\b(?:discontinu\w+|withdr[ae]w\w*|dropp?ed out|stopped|stopping|terminat\w+)\b[^.;]{{0,90}}?\b{DUE} (?:[\w-]+ |\([^()]{{1,12}}\),? ?){{0,6}}$",
        rf"{LED} (?:(?:permanent|treatment|drug|study|early) )*(?:discontinu\w+|withdraw\w*|cessation)",
    ),
    (
        "dose reduction",
        r"\breduc(?:ed|tions?)\b[^.;]{0,60}?\b(?:due to|because of|owing to) (?:[\w-]+ ){0,4}$|\b(?:dose|dosage)s? (?:was |were |reductions? )?(?:reduc\w+|modif\w+|adjust\w+|occurred|required|needed)?\b[^.;]{0,60}?\b(?:due to|because of|owing to) (?:[\w-]+ ){0,4}$",
        rf"{LED} (?:a )?dose (?:reduc\w+|modif\w+|adjust\w+)",
    ),
    (
        "dose interruption",
        r"\b(?:delay\w*|interrupt\w*)\b[^.;]{0,60}?\b(?:due to|because of|owing to) (?:[\w-]+ ){0,4}$",
        rf"{LED} (?:(?:dose|treatment) )?(?:delay\w*|interrupt\w*)",
    ),
)  # fmt: skip
_CONSEQUENCES = tuple(
    (name, re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE)) for name, before, after in CONSEQUENCES
)
SERIOUS = re.compile(r"(?<!no )\bserious\b|(?-i:\bSAEs?\b)", re.IGNORECASE)
UNTOLD = "what the events led to is not told"
# What was changed for a share of the patients, and for what.
CHANGES = tuple(
    (name, re.compile(rf"(?:[\w-]+ ){{0,3}}?\b{verb}\b(?! (?:in|by) the)", re.IGNORECASE))
    for name, verb in (
        ("dose reduction", r"(?:dose |dosage )?(?:reduced|reductions?)"),
        ("dose interruption", r"(?:dose |treatment )?(?:interrupted|interruptions?|delayed|delays|withheld)"),
        ("discontinuation", r"(?:permanently )?(?:discontinued|discontinuations?|withdr[ae]wn?|stopped)"),
    )
)
CAUSE = re.compile(
    r"\b(?:due to|because of|owing to|for|from) (?:[\w-]+ ){0,3}?(?P<what>adverse (?:events?|reactions?)|toxicit\w+|(?-i:TR?E?AEs?)\b|them\b)",
    re.IGNORECASE,
)
BESIDE = 10
OWN_NUMBER = re.compile(r" ?\(n ?= ?\d")


@dataclass(frozen=True, slots=True)
class Changed:
    """Any adverse event that made a treatment change, and how."""

    mention: Mention
    consequence: str


def consequence_of(text: str, mention: Mention) -> str | None:
    """What the counted events led to."""
    lead = text[max(0, mention.start - 170) : mention.start]
    follow = text[mention.end : mention.end + 110]
    for name, before, after in _CONSEQUENCES:
        if before.search(lead) or after.match(follow):
            return name
    listed = text[clause_start(text, mention.start) : mention.start]
    return "serious" if mention.term is not None and SERIOUS.search(listed) else None


def clause_start(text: str, place: int) -> int:
    """Where the clause of a character begins."""
    return max((match.end() for match in TO_BEFORE.finditer(text, 0, place)), default=0)


def changed(text: str, found: Sequence[Measure], place: int, mention: Mention | None, *, told: bool) -> Changed | None:
    """What a share of patients had changed for adverse events: "reduced in 25 (37%) patients because of toxicity".

    `mention` is the event that the share would count else; `told` is false where nothing says what it led to.
    """
    measure = found[place]
    named = mention is not None and measure.end <= mention.start
    own = named and mention is not None and bool(OWN_NUMBER.match(text, mention.end))
    summed = named and mention is not None and mention.term is None and bool(CAUSE.search(text, measure.end))
    if measure.statistic != "rate" or measure.count is None or not (mention is None or own or summed or not told):
        return None
    last = found[place - 1] if place else None
    before = text[last.reach or last.end if last else 0 : measure.start]
    after = text[measure.end :].lstrip(")]% ")
    told_after = next((name for name, form in CHANGES if form.match(after)), None)
    change = told_after or next((name for name, form in CHANGES if form.search(before)), None)
    cause = mention if own else _cause(text)
    return Changed(Mention("any adverse event", cause.start, cause.end), change) if change and cause else None


def changed_beside(text: str, found: Sequence[Measure], place: int) -> str | None:
    """What stands between a number and the one before it: "led to interruption in 12 patients, dose reduction in 5"."""
    last = found[place - 1] if place else None
    before = text[last.reach or last.end if last else 0 : found[place].start]
    told = ((name, match) for name, form in CHANGES for match in form.finditer(before))
    return next((name for name, match in told if len(before) - match.end() <= BESIDE), None)


def _cause(text: str) -> Mention | None:
    """The adverse events for which something was changed."""
    match = CAUSE.search(text)
    return Mention("any adverse event", *match.span("what")) if match else None
