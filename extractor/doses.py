"""Doses of the trial's drugs: amount, unit, route and schedule, tied to a drug and an arm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from extractor.cues import Cued
from extractor.dose_amounts import Amount, amounts
from extractor.dose_arms import all_bound, arm_of, each_arm, in_added_arms, in_all_arms, of_labels
from extractor.dose_drugs import RADIATION, borrowed_by, drugs_of_all, lent, with_arms
from extractor.dose_patterns import cycle_in, routes_in, schedule_of
from extractor.dose_schedules import DAILY, Given, given
from extractor.drug_mentions import DrugMention, drug_mentions
from extractor.quantities import decimal
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from ontology import regex as re
from ontology.record import Dose, Evidence, Schedule

PLANNING = ("front", "abstract", "methods", "other")
REPORTING = ("results",)

# "increased to a maximum dose of 100 mg"
LEVEL = r"(?:(?: an?| the| up to)?(?: maximum| maximal| target| total| final| full| daily| dose)+(?: of)?)?"
# The words right before an amount.
KINDS = (
    (
        "reduced",
        Cued(
            rf"\b(?:reduc\w+|lowered|decreas\w+|de-escalat\w+|tapered)\b(?:(?: \w+){{0,3}} (?:to|by){LEVEL}[^.;]{{0,12}}$"
            # "reduced to 10 mg and then to 8 mg", "Two reductions were allowed (20 mg"
            r"|[^.;]{0,90}\b(?:then|subsequently|further|finally) (?:to|by)? ?$|[^.;]{0,60}\b(?:allowed|permitted|possible)\b[^.;]{0,60}$)",
            re.IGNORECASE,
        ),
    ),
    (
        "escalated",
        Cued(
            rf"\b(?:escalat\w+|increas(?:ed|ing|e)|(?:up-?)?titrat\w+|raised)\b(?: \w+){{0,3}} (?:to|by|up to){LEVEL}[^.;]{{0,12}}$"
            rf"|\b(?:escalated|increased|titrated)\b from [^;]{{0,90}}\bto{LEVEL} ?$",
            re.IGNORECASE,
        ),
    ),
    ("minimum", Cued(r"\bminimum(?: daily)? dose\b[^.;]{0,20}$", re.IGNORECASE)),
    (
        "received",
        Cued(
            r"\b(?:median|mean|average|actual|cumulative|total)\b.{0,30}\bdos(?:es?|age)\b|\bdos(?:es|ages) (?:ranged|varied)\b",
            re.IGNORECASE,
        ),
    ),
)
# A dose in these words is a limit on other treatment, a measurement or another study's.
FOREIGN = Cued(
    r"\b(?:eligibility|(?:were|was|be|not|become) (?:in)?eligible|exclu(?:ded|sion)|inclusion criteri|were ineligible|prior (?:treatment|therapy|exposure)|previous(?:ly)? (?:stud|report|trial|treated)"
    r"|tablet strength|threshold|detection limit|calibration|stock solution|cell culture|in vitro|in vivo|mice|rats|animals"
    r"|buffer(?:ed)?|dissolved in|distilled water|tap water|methanol|centrifug\w+|incubat\w+|limit of (?:quantitation|detection)|blood (?:samples?|volume)|lyophili[sz]ed|glass vial)\b",
    re.IGNORECASE,
)
GIVEN = Cued(r"\b(?:given|administered|taken|received|injected|infused)\b", re.IGNORECASE)
# "20 mg twice daily [dose level -1]"
LOWER_LEVEL = re.compile(r"[^.;,\d]{0,30}[\[(] ?(?:dose )?level ?[-−] ?\d")
NEAR = 120
# "240 mg twice daily or three times daily"
OR_AS_OFTEN = re.compile(r"(?P<one>[^.;,]{2,40}?) or (?P<other>[a-z-]+(?: [a-z-]+){0,3})", re.IGNORECASE)
# The parts of an abstract that tell what came out.
OUTCOME = re.compile(r"results|findings|conclusions?|interpretation|discussion", re.IGNORECASE)
THEN = re.compile(r"(?:,| and| or)+(?: then| subsequently| further)?(?: to)? ")


def doses(study: Study) -> Iterator[Dose | Rejected]:
    """The doses that the paper plans for its own trial, and those its patients received."""
    stated = list(_stated(study, _plans))
    yield from (item for item in stated if isinstance(item, Rejected))
    plan = [item for item in stated if isinstance(item, Dose)]
    planned = _with_routes(study, list(_without_daily([*plan, *_concluded(study, plan)])))
    planned.sort(key=lambda dose: not (dose.schedule and dose.schedule.days))
    given_in = list(all_bound([one for dose in planned for one in each_arm(study, dose)]))
    yield from given_in
    yield from in_added_arms(study.arms.arms, given_in)
    yield from of_labels(study.arms.arms, given_in)
    known = {(dose.drug, dose.value, dose.unit) for dose in planned}
    for item in _stated(study, _reports):
        if isinstance(item, Rejected) or item.kind in ("received", "reduced", "escalated"):
            yield item
        elif (item.drug, item.value, item.unit) not in known:
            yield Rejected(item.rule, f"{item.drug} {item.value} {item.unit}", "only among the results", item.evidence)


def _concluded(study: Study, plan: list[Dose]) -> Iterator[Dose]:
    """Doses that the abstract states with its outcome: planned ones, and those of a drug whose dose stands nowhere else."""
    known = {(dose.drug, dose.value, dose.unit) for dose in plan}
    drugs = {dose.drug for dose in plan}
    for item in _stated(study, _is_outcome):
        if isinstance(item, Dose) and item.kind == "planned":
            own = any(item.drug in arm.drugs for arm in study.arms.arms) and item.drug not in drugs
            if own or (item.drug, item.value, item.unit) in known:
                yield item
        elif isinstance(item, Dose):
            yield item


def _without_daily(planned: list[Dose]) -> Iterator[Dose]:
    """Doses, "1 mg/day" left out where the same is also said as 1 mg once daily, and "1 mg" where it is said as that."""
    daily = {
        (d.drug, d.value, d.value_max, f"{d.unit}/d")
        for d in planned
        if d.schedule and d.schedule.frequency == "once daily"
    }
    a_day = {(d.drug, d.value, d.value_max, d.unit) for d in planned if d.unit and d.unit.endswith("/d")}
    for dose in planned:
        unsaid = dose.schedule is None or dose.schedule.frequency is None
        again = unsaid and (dose.drug, dose.value, dose.value_max, f"{dose.unit}/d") in a_day
        if not again and (dose.drug, dose.value, dose.value_max, dose.unit) not in daily:
            yield dose


def _with_routes(study: Study, planned: list[Dose]) -> list[Dose]:
    """Doses with the route of their drug, where the paper names a single one for it."""
    routes = {(dose.drug, dose.route) for dose in planned if dose.route}
    for sentence in study.reading.within("abstract", "methods"):
        route = routes_in(sentence.text) if GIVEN.search(sentence.text) else None
        drugs = {mention.name for mention in drug_mentions(study.reading, sentence)} if route else set()
        if route and len(drugs) == 1:
            routes.add((drugs.pop(), route))
    counts = Counter(drug for drug, _ in routes)
    single = {drug: route for drug, route in routes if counts[drug] == 1}
    return [dose if dose.route else dose.model_copy(update={"route": single.get(dose.drug)}) for dose in planned]


def _stated(study: Study, place: Callable[[Sentence], bool]) -> Iterator[Dose | Rejected]:
    for number, sentence in enumerate(study.reading.sentences):
        printed = amounts(sentence) if place(sentence) else []
        if printed:
            found = _sentence_doses(study, number, printed)
            yield from _in_cycles(found, _cycle_near(study, number, printed[0].start))


def _plans(sentence: Sentence) -> bool:
    """Whether a sentence tells what was planned."""
    return (sentence.kind in PLANNING or sentence.passage.kind == "title") and not _is_outcome(sentence)


def _reports(sentence: Sentence) -> bool:
    return sentence.kind in REPORTING


def _is_outcome(sentence: Sentence) -> bool:
    """Whether a sentence of the abstract tells what came out."""
    return sentence.kind == "abstract" and bool(OUTCOME.match(sentence.passage.section.title))


def _cycle_near(study: Study, number: int, start: int) -> dict[str, object]:
    """The length of a cycle stated before the doses of a sentence, or in the next two sentences, which state no dose."""
    sentences = study.reading.sentences
    here = sentences[number]
    texts = [here.text[:start]]
    for sentence in sentences[number + 1 : number + 3]:
        if sentence.passage is not here.passage or "cycle" not in sentence.text.lower() or amounts(sentence):
            break
        texts.append(sentence.text)
    length, unit = next(
        (cycle for text in texts if "cycle" in text.lower() and (cycle := cycle_in(text))[0]), (None, None)
    )
    return {"cycle_length": length, "cycle_unit": unit} if length else {}


def _in_cycles(found: Iterator[Dose | Rejected], cycle: dict[str, object]) -> Iterator[Dose | Rejected]:
    """Doses on days of a cycle with its length, where it is stated apart from them."""
    for item in found:
        timed = item.schedule if isinstance(item, Dose) else None
        if cycle and isinstance(item, Dose) and timed and timed.days and not timed.cycle_length:
            yield item.model_copy(update={"schedule": timed.model_copy(update=cycle)})
        else:
            yield item


def _sentence_doses(study: Study, number: int, printed: list[Amount]) -> Iterator[Dose | Rejected]:
    sentence = study.reading.sentences[number]
    foreign = FOREIGN.search(sentence.text)
    named = with_arms(study, sentence.text, printed, drug_mentions(study.reading, sentence))
    borrowed = None if named or foreign else lent(study, number)
    found = borrowed_by(borrowed, printed) if borrowed else drugs_of_all(study, sentence.text, printed, named)
    for amount, drugs in zip(printed, found, strict=True):
        reason = _why_not(drugs, foreign)
        if reason:
            text = sentence.text[amount.start : amount.end]
            yield Rejected("doses.amount", text, reason, sentence.evidence(amount.start, amount.end))
    if not foreign:
        bound = [(amount, drugs) for amount, drugs in zip(printed, found, strict=True) if drugs]
        for dose in _given(study, sentence, bound, named):
            yield from in_all_arms(study, sentence, dose)


def _given(
    study: Study, sentence: Sentence, bound: list[tuple[Amount, list[DrugMention]]], named: list[DrugMention]
) -> Iterator[Dose]:
    """The doses of amounts that are bound to their drugs, with how each is given."""
    how = given(
        sentence.text,
        [(amount.start, amount.end) for amount, _ in bound],
        [(drugs[0].start, drugs[0].end) for _, drugs in bound],
        [(mention.start, mention.end) for mention in named],
    )
    for (amount, drugs), manner in zip(bound, _shared(sentence.text, bound, how), strict=True):
        for drug in drugs:
            if drug.name != RADIATION:
                yield from _as_often(_dose(study, sentence, amount, drug, manner), sentence.text[amount.end :])


def _why_not(drugs: list[DrugMention], foreign: re.Match[str] | None) -> str | None:
    """Why an amount is no dose, None for one that is."""
    if foreign:
        return f"in words of another matter: {foreign[0]}"
    if not drugs:
        return "no drug near the amount"
    return "radiation is no drug" if drugs[0].name == RADIATION else None


def _as_often(dose: Dose, behind: str) -> Iterator[Dose]:
    """A dose, and the same as often as another arm is given it: "240 mg twice daily or three times daily"."""
    match = OR_AS_OFTEN.match(behind)
    often = [schedule_of(match[group])[0] for group in ("one", "other")] if match else []
    said = dict.fromkeys(schedule.frequency for schedule in often if schedule and schedule.frequency)
    if len(said) < 2:
        yield dose
    else:
        yield from (dose.model_copy(update={"schedule": Schedule(frequency=frequency)}) for frequency in said)


def _shared(text: str, bound: list[tuple[Amount, list[DrugMention]]], how: list[Given]) -> list[Given]:
    """The manners of amounts, those of "10 mg and then to 8 mg once daily" the same for both."""
    found = list(how)
    for place in range(len(found) - 2, -1, -1):
        (one, drugs), (other, others) = bound[place], bound[place + 1]
        same = drugs[0].name == others[0].name and THEN.fullmatch(text, one.end, other.start)
        if same and found[place].schedule is None:
            found[place] = replace(found[place], schedule=found[place + 1].schedule)
    return found


def _dose(study: Study, sentence: Sentence, amount: Amount, mention: DrugMention, manner: Given) -> Dose:
    schedule = manner.schedule
    kind = _kind(sentence, amount)
    if kind == "escalated" and schedule and schedule.days:
        kind = "planned"  # "600 mg on day 1, increasing to 900 mg on days 2 to 7"
    if amount.unit.endswith("/d") and (schedule is None or schedule.frequency not in DAILY):
        schedule = (schedule or Schedule()).model_copy(update={"frequency": "once daily"})
    return Dose(
        drug=mention.name,
        arm=arm_of(study, sentence, amount, mention),
        value=amount.number,
        value_max=decimal(amount.value_max),
        unit=amount.unit,
        printed_unit=amount.printed_unit,
        route=manner.route,
        schedule=schedule,
        kind=kind,
        evidence=(*sentence.evidence(amount.start, amount.end), *_named_at(sentence, mention)),
        rule="doses.amount",
    )


def _named_at(sentence: Sentence, mention: DrugMention) -> tuple[Evidence, ...]:
    return sentence.evidence(mention.start, mention.end) if mention.end else ()


def _kind(sentence: Sentence, amount: Amount) -> str:
    near = sentence.text[max(0, amount.start - NEAR) : amount.start]
    if LOWER_LEVEL.match(sentence.text, amount.end):
        return "reduced"
    if sentence.kind in ("results", "abstract"):
        received = KINDS[3][1].search(sentence.text[: amount.start])
        if received:
            return "received"
    return next((kind for kind, form in KINDS[:3] if form.search(near)), "planned")
