"""What a number is where it is no outcome of the trial: a limit, a value before treatment, a characteristic."""

from __future__ import annotations

from extractor.attribution import time_label
from extractor.spreads import Measure
from ontology import regex as re
from ontology.terms import Term

# "four (6%) were not evaluable": no outcome was seen.
UNSEEN = re.compile(
    r"^[^.;,]{0,25}?\b(?:not (?:be )?(?:evalua\w+|assess\w+|available)|unevaluable|unknown|missing|inevaluable)\b"
)
# "achieving at least 75% improvement" is the endpoint's own number.
LIMIT = re.compile(r"(?:≥|>|<|≤|\b(?:at least|more than|less than|greater than|below|under|above)) ?$", re.IGNORECASE)
DEFINING = re.compile(r"\b(?:by|an?|achiev(?:ed?|ing)|reach(?:ed|ing)?|attain(?:ed|ing)) ?$")
# "reduced the risk of stroke by 32%"
RELATIVE = re.compile(r"\b(?:risk|odds|hazard|likelihood) of [^,;.()%]{2,60} by (?:an? )?$", re.IGNORECASE)
# "an ejection fraction of 40% or less" is a condition.
OR_LESS = re.compile(r"%? or (?:less|lower|fewer|more|higher|greater|below|above)\b")
COMPARED = re.compile(r" ?(?:lower|higher|greater|longer|shorter|less|more)\b")
CHANGED_BY = re.compile(
    r"^ ?(?:or (?:more|greater) |relative |absolute )?(?:improvement|reduction|decrease|increase|decline|higher|lower|greater|difference)\b"
)
SAFETY = re.compile(
    r"\b(?:adverse|toxicit\w+|side[- ]effects?|grades? (?:[1-5≥]|(?:I|II|III|IV)\b)(?![^,;.]{0,16}(?:GVHD|graft))|(?-i:\bT?E?S?AEs?\b))",
    re.IGNORECASE,
)
BASELINE = re.compile(
    r"(?<!from )(?<!with )(?<!to )\b(?:baseline(?! to)|median age|mean age|aged?\b(?! ?[<>≥≤\d]|-(?:adjusted|standardi|specific))|were (?:male|female|men|women)|sex|demographic|years old|stage [I1-4]|history of|enrolled|(?<!per woman )(?<!per patient )(?<!per couple )(?<!per participant )randomi[sz]ed|eligible|screened|withdr[ae]w\w*|discontinu\w+|lost to)",
    re.IGNORECASE,
)
# "(age, alpha: 66.6 ± 11.9, median 69.5 versus beta: 68.4 ± 9.2)": all that the bracket tells.
OF_PATIENTS = re.compile(
    r" ?(?:mean |median )?(?:age|baseline|sex|gender|BMI|weight)\b(?!-(?:adjusted|standardi|specific))", re.IGNORECASE
)
# "mean width at baseline was": nothing between says that time goes on.
AT_BASELINE = re.compile(
    r"\bat baseline\b(?:(?!\b(?:and|to|or|versus|vs?|compared|week|month|after|from)\b)[^.;])*$"
    r"|\b(?:compared (?:with|to)|than|versus) (?:the )?baseline(?: values?| levels?)? ?[(\[][^()\[\]]*$",
    re.IGNORECASE,
)
# "At study baseline, ...": all of the sentence is about the time before.
BEFORE = re.compile(
    r"(?:At (?:\w+ )?baseline\b|(?:Before|Prior to) (?:the )?(?:treatment|therapy|surgery|intervention|randomi[sz]ation|[A-Z]{2,4})\b)"
)
# Sections of the results that tell who took part.
OF_PEOPLE = re.compile(
    r"(?:study |trial |baseline |demographics? (?:and|of) )*(?:the )?(?:patients?|participants?|subjects?|population)(?: (?:and|at|baseline|disease|treatment|demographics?|characteristics?|disposition|enrol\w+))*"
    r"|(?:baseline|demographics?) [^.]{0,60}",
    re.IGNORECASE,
)


def aside(text: str, measure: Measure) -> str | None:
    """What a number is where it is no outcome of the trial."""
    if measure.statistic == "change" and RELATIVE.search(text[: measure.start]):
        return "a relative reduction, which a ratio tells"
    if UNSEEN.match(text[measure.end :]):
        return "patients who were not assessed"
    at_first = AT_BASELINE.search(text, max(0, measure.start - 130), measure.start) or BEFORE.match(text)
    if at_first or time_label(text, measure.start) == "baseline":
        return "a value before treatment"
    opened = text.rfind("(", 0, measure.start)
    inside = OF_PATIENTS.match(text, opened + 1) if opened > text.rfind(")", 0, measure.start) else None
    if inside or BASELINE.search(text, max(0, measure.start - 60), measure.start):
        return "a baseline characteristic"
    return None


def is_bound(text: str, measure: Measure) -> bool:
    """Whether a percentage belongs to the words: "at least 75% improvement", "a 50% reduction"."""
    if measure.statistic != "rate" or measure.count is not None:
        return False
    before = text[: measure.start]
    return bool(
        COMPARED.match(text[measure.end :])
        or OR_LESS.match(text, measure.end)
        or LIMIT.search(before)
        or (DEFINING.search(before) and CHANGED_BY.match(text[measure.end :]))
    )


def is_of_patients(title: str, measure: Measure, outcome: Term) -> bool:
    """Whether an average stands in a section that describes the patients: "The mean estimated GFR was ..."."""
    averaged = measure.statistic in ("mean", "median") and outcome.attributes.get("kind") in ("continuous", "score")
    return averaged and bool(OF_PEOPLE.fullmatch(title))
