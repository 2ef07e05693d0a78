"""Words of significance against the p-value that follows them."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.audit import Audit, finding, place
from extractor.quantities import p_value
from ontology import regex as re
from ontology.record import Check

SIGNIFICANT = re.compile(
    r"(?P<denied>\b(?:no|not|nor|neither|without|never|failed to)(?: [a-z-]+){0,3} |\b(?:in|non-?))?(?:statistically )?\bsignifican(?:t|tly|ce)\b"
    r"|(?P<joined>\b(?:in|non-?))significan(?:t|tly|ce)\b",
    re.IGNORECASE,
)
# Nearly significant, or said of another value than the one that follows.
VAGUE = re.compile(
    r"\b(?:near\w*|borderline|trend\w*|almost|margin\w*|towards?|approach\w*|tend\w*|threshold|level|defined|considered)\b"
    r"|\b(?:but|except|although|whereas|while|however)\b",
    re.IGNORECASE,
)
# "A significant decline was not observed".
DENIED = re.compile(r"\b(?:not|no|nor|neither|never)\b", re.IGNORECASE)
REACH = 140
CLAUSE = re.compile(r"[.;](?=\s)|\d\s?[)\]]|[Pp] ?[=<>]")
ALPHA = 0.05
# A level of 0.1 is a choice; beyond it nobody calls a result significant.
LENIENT = 0.10


def significance(audit: Audit) -> Iterator[Check]:
    """What is called significant has a small p-value, and what is called not significant has none."""
    for passage, chance in audit.chances:
        text = passage.search
        if "ignifican" in text:
            value = p_value(chance["p_value"], chance["p_relation"])
            start = max(0, chance.start() - REACH)
            clause = CLAUSE.split(text[start : chance.start()])[-1]
            said = list(SIGNIFICANT.finditer(clause))
            if (
                value is None
                or not said
                or VAGUE.search(clause)
                or DENIED.search(clause[said[-1].end() :])
                or value.relation == ">"
            ):
                continue
            denied = bool(said[-1]["denied"] or said[-1]["joined"])
            small, large = float(value.value) < ALPHA, float(value.value) > LENIENT and value.relation == "="
            if (denied and small) or (not denied and large):
                words = "not significant" if denied else "significant"
                text_ = f"{place(passage.evidence(*chance.span())[0])} calls a result {words} with P{value.relation}{value.value}."
                places = passage.evidence(chance.start() - len(clause) + said[-1].start(), chance.end())
                yield finding("tests.wording", "undecided", words, f"P{value.relation}{value.value}", text_, places)
