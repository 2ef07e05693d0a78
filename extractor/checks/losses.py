"""Patients added to a planned size for those who will be lost."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.quantities import ANY_COUNT, PEOPLE, count
from ontology import regex as re
from ontology.record import Check

WHO = rf"(?: [a-z][a-z-]*){{0,3}} (?:{PEOPLE}|per (?:arm|group|treatment)|in each)"
LOSS = (
    r"(?:drop(?:ping)?[- ]?(?:out|off)s?|attrition|los(?:t|s|ses) to follow[- ]?up|withdrawals?|non-?evaluable|ineligib\w+|loss(?:es)?"
    r"|uneva\w+|exclusions?|non-?complian\w+)"
)
RATE = r"(?P<{0}>\d{{1,2}}(?:\.\d)?) ?(?:%|per ?cent)"
# "68 patients a group were needed; allowing for a dropout rate of 15%, 80 patients"
ALLOWED = re.compile(
    rf"(?<![\d.,%-])\b(?P<net>{ANY_COUNT}){WHO}\b[^%]{{0,220}}?(?:\b{LOSS}\b[^%.]{{0,60}}?{RATE.format('rate')}|{RATE.format('rate2')} (?:[a-z-]+ ){{0,3}}{LOSS})"
    rf"[^%]{{0,200}}?(?<![\d.,%-])\b(?P<gross>{ANY_COUNT})(?:{WHO}\b|(?= (?:was|were) ))",
    re.IGNORECASE,
)
UNITS = re.compile(r"\b(?:events?|months?|years?|weeks?|power)\b", re.IGNORECASE)
CUES = ("rop", "ttrition", "ost to", "oss", "ithdraw", "valua", "neligib", "xclusion", "ompliance")
# Sizes are rounded up to whole patients, to blocks and to equal groups.
SLACK, BLOCK = 0.02, 2
# What cannot be the same size with an allowance.
LARGEST = 2.2


def allowance(audit: Audit) -> Iterator[Check]:
    """A planned size with an allowance for losses: net / (1 - loss), or net x (1 + loss). Chow 2008, Sample Size
    Calculations in Clinical Research, 1.2.
    """
    for passage in audit.prose:
        text = passage.search
        if (
            passage.section.kind not in ("methods", "abstract", "other")
            or "%" not in text
            or not any(cue in text for cue in CUES)
        ):
            continue
        for match in ALLOWED.finditer(text):
            net, gross = count(match["net"]) or 0, count(match["gross"]) or 0
            loss = float(match["rate"] or match["rate2"]) / 100
            if not 0 < loss < 0.6 or net < BLOCK or not net < gross < LARGEST * 2 * net:
                continue
            needed = {net * groups * form for groups in (1, 2) for form in (1 / (1 - loss), 1 + loss)}
            nearest = min(needed, key=lambda size: abs(size - gross))
            holds = abs(nearest - gross) <= max(SLACK * gross, BLOCK)
            # Another sentence between may plan something else.
            near = gross < net / (1 - loss) * (1 + SLACK) and not UNITS.search(match[0][len(match["net"]) : 40])
            verdict: Verdict = "holds" if holds else "fails" if near else "undecided"
            evidence = passage.evidence(*match.span())
            text_ = (
                f"{place(evidence[0])} plans {net} patients and with {100 * loss:g}% losses {gross}; {net} / (1 - {loss:g}) is "
                f"{net / (1 - loss):.0f} and {net} x {1 + loss:g} is {net * (1 + loss):.0f}."
            )
            yield finding("designs.losses", verdict, str(gross), f"{nearest:.0f}", text_, evidence)
