"""Eligibility criteria: who may enter the trial and who may not, one item a criterion."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.criteria import Found, criteria
from extractor.criterion_kinds import RULES
from extractor.criterion_lists import Statement, statements
from extractor.criterion_tables import captioned_statements, table_statements
from extractor.cues import Cued
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from ontology import regex as re
from ontology.record import Criterion

CONSENT = Cued(
    r"\b(?:written,? |signed,? |oral |verbal |and )*informed (?:written )?consents?\b|\b(?:written|signed|verbal|oral) consents?\b(?! (?:for|to) publi)",
    re.IGNORECASE,
)
CONSENTED = re.compile(
    r"\b(?:gave|given|giv(?:e|ing)|provided|providing|obtained|signed|signing|taken|collected|had|with|after|before|prior|willing)\b",
    re.IGNORECASE,
)
NOT_CONSENTED = re.compile(
    r"\b(?:waive[dr]|without|inability|unable|refus\w+|not required|not (?:obtained|needed))\b", re.IGNORECASE
)
WOMEN = r"(?:women|females?|girls|mothers)"
MEN = r"(?:men|males?|boys)"
SEX = re.compile(
    rf"^(?:[\w,-]+ ){{0,5}}?(?P<who>{WOMEN}|{MEN})\b(?=,| (?:\(|aged|with|who|patients|subjects|participants|volunteers|were|presenting|between|undergoing|≥|scheduled|and were|attending|in (?:the|labou?r)|\d))"
    rf"|\b(?:patients|subjects|participants) were (?:[\w-]+ ){{0,3}}?(?P<who2>{WOMEN}|{MEN})\b|(?:^|[(:,;)] ?)(?P<who3>{WOMEN}|{MEN})(?: sex| gender)?(?=,|;| aged| between|$)",
    re.IGNORECASE,
)
EITHER = re.compile(rf"\b{MEN}\b(?: \([^)]*\))?(?: ?,| ?/| (?:and|or)).{{0,60}}\b{WOMEN}\b|\b{WOMEN}\b(?: \([^)]*\))?(?: ?/| (?:and|or)) .{{0,60}}?\b{MEN}\b|either sex|both sexes|regardless of (?:sex|gender)", re.IGNORECASE)  # fmt: skip
# A trial has one of each of these at most.
SINGLE = frozenset({"consent", "sex", "ecog", "karnofsky", "life-expectancy", "measurable-disease", "age", "pregnancy"})
DISEASE = next(rule.pattern for rule in RULES if rule.name == "eligibility.disease")
GENERIC = frozenset(
    "disease disorder illness condition cancer tumor tumour malignant malignancy neoplasm pain infection carcinoma failure syndrome complication".split()
)
MAIN = frozenset({"methods", "other"})
MAX_TEXT = 400


def eligibility(study: Study) -> Iterator[Criterion | Rejected]:
    """The criteria for entry, those of the methods first; the abstract adds its evidence."""
    found: list[Criterion] = []
    stated = [*statements(study.reading), *captioned_statements(study.reading), *table_statements(study.document)]
    ordered = sorted(stated, key=lambda s: s.sentence.kind not in MAIN and not s.places)
    own = own_disease(study)
    for statement in ordered:
        for criterion in _of_statement(statement, own):
            _add(found, criterion, statement.sentence.kind in MAIN or bool(statement.places))
    consent = _consent(study)
    if consent:
        _add(found, consent, True)
    yield from found


def own_disease(study: Study) -> frozenset[str]:
    """The words of the title that name the disease of the trial."""
    titles = [s.text for s in study.reading.sentences if s.passage.kind == "title"]
    found = (match[0].lower().rstrip("s") for title in titles for match in DISEASE.finditer(title))
    return frozenset(word for word in found if word not in GENERIC)


def _of_statement(statement: Statement, own: frozenset[str]) -> Iterator[Criterion]:
    sex = _sex(statement)
    if sex:
        yield sex
    for item in criteria(statement):
        yield _criterion(statement, item, own)


def _criterion(statement: Statement, item: Found, own: frozenset[str]) -> Criterion:
    printed = statement.sentence.printed(item.start, item.end)
    polarity, kind = statement.polarity, item.kind
    if kind == "consent" and CONSENTED.search(printed) and not NOT_CONSENTED.search(printed):
        polarity = "inclusion"
    if kind == "comorbidity" and any(match[0].lower().rstrip("s") in own for match in DISEASE.finditer(printed)):
        kind = "histology"
    limit = item.limit
    unit = limit.unit if limit else None
    if limit and item.kind == "age" and unit is None:
        unit = "a"
    return Criterion.model_validate(
        {
            "polarity": polarity,
            "kind": kind,
            "operator": limit.operator if limit else None,
            "value": limit.value if limit else None,
            "value_max": limit.value_max if limit else None,
            "unit": unit,
            "text": " ".join(printed.split()).strip(" ,;:.")[:MAX_TEXT],
            "evidence": statement.evidence(item.start, item.end),
            "rule": item.rule,
        }
    )


def _sex(statement: Statement) -> Criterion | None:
    """The one sex that may enter."""
    text = statement.sentence.text
    match = SEX.search(text)
    if statement.polarity != "inclusion" or not match or EITHER.search(text):
        return None
    start, end = match.span(match.lastgroup or 0)
    return Criterion(
        polarity="inclusion",
        kind="sex",
        text=statement.sentence.printed(start, end),
        evidence=statement.evidence(start, end),
        rule="eligibility.sex",
    )


def _consent(study: Study) -> Criterion | None:
    """Consent, wherever the paper says that it was given."""
    for sentence in study.reading.sentences:
        if "onsent" not in sentence.text or sentence.passage.kind in ("title", "heading"):
            continue
        match = CONSENT.search(sentence.text)
        if match and CONSENTED.search(sentence.text) and not NOT_CONSENTED.search(sentence.text):
            return _consent_item(sentence, match)
    return None


def _consent_item(sentence: Sentence, match: re.Match[str]) -> Criterion:
    return Criterion(
        polarity="inclusion",
        kind="consent",
        text=sentence.printed(*match.span()),
        evidence=sentence.evidence(*match.span()),
        rule="eligibility.consent_given",
    )


def _add(found: list[Criterion], new: Criterion, main: bool) -> None:
    """Add a criterion, or its evidence to the same one; what only the abstract has must be of a kind not yet known."""
    for place, old in enumerate(found):
        if same(old, new):
            evidence = (*old.evidence, *(item for item in new.evidence if item not in old.evidence))
            keep = new if old.value is None and new.value is not None else old
            found[place] = keep.model_copy(update={"evidence": evidence})
            return
    if main or not any((old.polarity, old.kind) == (new.polarity, new.kind) for old in found):
        found.append(new)


def same(old: Criterion, new: Criterion) -> bool:
    """Whether two printed criteria are one."""
    if (old.polarity, old.kind) != (new.polarity, new.kind):
        return False
    if old.value is not None and new.value is not None:
        equal = (old.operator, old.value, old.value_max, old.unit) == (new.operator, new.value, new.value_max, new.unit)
        return equal and (old.kind in SINGLE or ":" in old.kind or alike(old.text, new.text))
    if old.kind in SINGLE:
        return True
    if old.value is not None or new.value is not None:
        return False
    return alike(old.text, new.text)


def alike(one: str | None, other: str | None) -> bool:
    """Whether most of the words of the shorter text stand in the other."""
    ours, theirs = words(one), words(other)
    return len(ours & theirs) >= 0.7 * max(1, min(len(ours), len(theirs)))


def words(text: str | None) -> frozenset[str]:
    """The words of a criterion, by which its repetition is known."""
    return frozenset(re.findall(r"[a-z]{3,}", (text or "").lower()))
