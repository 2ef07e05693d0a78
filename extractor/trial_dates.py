"""When a trial was done: enrolment, data cut-off, follow-up."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.cues import Cued
from extractor.dates import DATE, OPEN_DATE, YEAR, iso_date
from extractor.quantities import CONFIDENCE_INTERVAL, NUMBER, decimal, interval
from extractor.reading import Sentence
from extractor.rules import Rule, pattern, scan_all
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re
from ontology.record import Measure, Range

TELLING = frozenset({"abstract", "methods", "results", "front", "other"})
SPAN = rf"(?P<start>{OPEN_DATE}),? ?(?:and|to|until|through|till|-|up to) ?(?:the end of )?(?P<end>{DATE})"
PEOPLE_IN = r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|child(?:ren)?|persons?|volunteers?|infants?)"
IN_TRIAL = r"(?:enrol+ed|randomi[sz]ed|recruited|included|entered|registered|treated|dosed|screened|randomly assigned|accrued|allocated)"
ENTRY = r"(?:recruitment|enrol+ment|accrual|randomi[sz]ation|inclusion|recruiting|enrolling)"
PERIOD: tuple[Rule, ...] = (
    Rule(
        "trial.enrolment_dates",
        pattern(
            rf"\b(?:between|from|during|since|in|over|within|period)(?: the)?(?: (?:(?:study|recruitment|enrol+ment|inclusion|time) )?(?:period|years?))?(?:,? (?:of|from|between))? {SPAN}"
        ),
        finds=(
            "Between March 2010 and June 2012, 54 patients",
            "from 12 May to 30 July 2014",
            "from January 2006 through December 2008",
            "in the period of 1 January 2004 - 31 December 2006",
            "between 01/2009 and 02/2010",
            "since january 1^{st} 2015 to march 30^{th} 2015",
        ),
        ignores=("between 10 and 20 patients", "from March onwards"),
        sections=TELLING,
    ),
    Rule(
        "trial.enrolment_dates.bracketed",
        pattern(rf"\({SPAN}\)"),
        finds=("were recruited (March 2010 to June 2012)",),
        ignores=("were recruited (10-12)",),
        sections=TELLING,
    ),
)
BOUNDS: tuple[Rule, ...] = (
    Rule(
        "trial.enrolment_start",
        pattern(
            rf"\bfirst (?:{PEOPLE_IN} )?(?:(?:was|were) )?(?:{IN_TRIAL}|{PEOPLE_IN}(?:'s)? {ENTRY})(?: (?:was|on|in|into|the|study|trial))* (?P<date>{DATE})"
            rf"|\b(?:(?:study|trial|{ENTRY}) (?:was )?(?:started|began|begun|opened|initiated|commenced|activated|launched)|start of (?:the )?(?:study|trial|{ENTRY})) (?:(?:on|in) )?(?P<date2>{DATE})"
        ),
        finds=("The first patient was randomized on 5 January 2006", "The study was initiated in November 2009"),
        ignores=("the first patient died in 2009", "treatment started in March 2009"),
        sections=TELLING,
        fixed={"field": "enrolment_start"},
    ),
    Rule(
        "trial.enrolment_end",
        pattern(
            rf"\b(?:last|final) (?:{PEOPLE_IN} )?(?:(?:was|were) )?(?:{IN_TRIAL}|{PEOPLE_IN}(?:'s)? {ENTRY})(?: (?:was|on|in|into|the|study|trial))* (?P<date>{DATE})"
            rf"|\b{ENTRY} (?:to the (?:study|trial) )?(?:was |were )?(?:closed|stopped|ended|completed|terminated|finished|halted)(?: early| prematurely)?(?: (?:on|in|at the end of))* (?P<date2>{DATE})"
            rf"|\b(?:on|in) (?P<date3>{DATE}),[^.;]{{0,90}}?\b(?:{ENTRY}|(?:study|trial) (?=closed)) ?(?:was |were )?(?:closed|stopped|ended|terminated|halted)\b"
        ),
        finds=(
            "the last woman enrolled in April 2007",
            "Recruitment was stopped in June 2014",
            "On June 2014, after 58 patients, recruitment was stopped",
        ),
        ignores=("the last patient completed follow-up in December 2010",),
        sections=TELLING,
        fixed={"field": "enrolment_end"},
    ),
)
# A span of dates is the trial's where the sentence speaks of who entered it, better than of what was done.
ENTERED = Cued(
    r"\b(?:enrol\w*|recruit\w*|randomi[sz]\w*|randomly|includ\w+|accru\w+|entered|admitted)\b", re.IGNORECASE
)
OWN_ACTIVITY = Cued(
    r"\b(?:enrol\w*|recruit\w*|randomi[sz]\w*|randomly|includ\w+|patients|women|participants|subjects|conducted|carried out|performed|took place|accru\w+|entered|admitted|treated|children|infants|adults|people|residents|persons|men|individuals|volunteers|vaccinated|ran)\b",
    re.IGNORECASE,
)
NOT_ENROLMENT = Cued(
    r"\b(?:searched|literature|published|PubMed|MEDLINE|database search|registry data|follow(?:ed)?[- ]?up (?:from|between|until)|previous(?:ly)? (?:study|trial)|expected to|will be|planned to)\b",
    re.IGNORECASE,
)
CUTOFF: tuple[Rule, ...] = (
    Rule(
        "trial.data_cutoff",
        pattern(
            rf"(?:data|database|analysis|clinical)[ -]?(?:base )?(?:analysis )?(?:(?:was|were) )?(?:cut-? ?off|lock(?:ed)?|closure|closed|frozen|freeze)(?: date)?(?: (?:was|is|of|on|for|the|this|analysis|final|primary|at|in|occurred|set|date))*[ ,:(]*(?P<date>{DATE})"
            rf"|(?:as of|cut-? ?off(?: date)?(?: of| was| on|:|,)?|\banalys[ei]s (?:was|were) (?:performed|done|conducted|carried out) (?:on|in)|\bat the time of (?:the |this )?(?:final |primary |interim |current )?(?:analysis|report)) ?\(?(?P<date2>{DATE})"
        ),
        finds=(
            "The data cut-off date was 30 June 2021",
            "At data cutoff (March 12, 2019)",
            "The database was frozen for analysis on Sept 30, 2015",
            "Analysis was performed on October 31, 2012",
        ),
        ignores=("a cutoff of 50% was used", "analysis was performed in 20 patients"),
        sections=frozenset({"abstract", "methods", "results", "other"}),
    ),
)
TIME = r"(?P<unit>months?|mo|years?|yrs?|weeks?|wks?|days?)"
FOLLOW_UP: tuple[Rule, ...] = (
    Rule(
        "trial.follow_up",
        pattern(
            rf"median (?:duration of |length of |period of |time of |overall |total )?(?:follow[- ]?up)(?: (?:time|period|duration|interval|for|of|all|survivors|surviving|patients|in|the|was|is|among|were|from|which))*,?(?: which was)?[ ,:=(]*(?:of )?(?P<value>{NUMBER}) ?-? ?{TIME}?(?P<rest>(?:[^.;]|\.(?=\d)){{0,90}})"
        ),
        finds=("median follow-up was 24.3 months (range 3-60)", "With a median follow-up of 5 years"),
        ignores=("mean follow-up was 12 months",),
        sections=frozenset({"abstract", "methods", "results"}),
    ),
    Rule(
        "trial.follow_up.after",
        pattern(
            rf"follow(?:ed(?:[- ]up)?|[- ]?up) (?:for|of|was|time was|period was) a median (?:of |time of |duration of )?(?P<value>{NUMBER}) ?-? ?{TIME}(?P<rest>(?:[^.;]|\.(?=\d)){{0,90}})"
        ),
        finds=("Patients were followed up for a median of 18 months", "had been followed for a median of 11 months"),
        ignores=("follow-up of 18 months",),
        sections=frozenset({"abstract", "methods", "results"}),
    ),
    Rule(
        "trial.follow_up.over",
        pattern(
            rf"^(?:over|during|after) a median (?:of |time of |period of )?(?P<value>{NUMBER}) ?-? ?{TIME}(?P<rest>(?:,? \([^()]*\))?),"
        ),
        finds=(
            "Over a median of 2.4 years, a primary outcome event occurred",
            "After a median of 18 months (IQR, 12 to 24), death",
        ),
        ignores=("Over a median of 4 cycles, patients",),
        sections=frozenset({"abstract", "results"}),
    ),
)
UCUM = {"m": "mo", "y": "a", "w": "wk", "d": "d"}
SPREAD = re.compile(
    rf"(?P<kind>interquartile range|IQR|quartiles|range|rang(?:ing|ed))?(?: from)?[:,=]? ?(?P<low>{NUMBER}) ?(?:-|to|,|;) ?(?P<high>{NUMBER})"
)
# The spread stands right behind the value, in brackets or not.
BEHIND = re.compile(
    r"^(?: ?(?:months?|years?|weeks?|days?|mo|yrs?)\b)?[^(\[.;]{0,24}?[(\[](?P<inside>[^()\[\]]{3,60})[)\]]|^,? ?(?:with (?:a|an) |and )?(?P<plain>(?:interquartile )?rang\w+[^()]{3,30})",
    re.IGNORECASE,
)


def enrolment_dates(study: Study) -> Iterator[Stated]:
    """The first and last day of enrolment: of a span, else of the first and the last patient."""
    spans = [item for item in scan_all(PERIOD, study.reading) if _is_own(item[0])]
    for sentence, rule, match in sorted(spans, key=lambda item: not ENTERED.search(item[0].text)):
        year = re.search(YEAR, match["end"])
        start = iso_date(match["start"], year[0] if year else None)
        end = iso_date(match["end"])
        if start and end and start <= end:
            yield Stated("enrolment_start", start, sentence.evidence(*match.span("start")), rule.name)
            yield Stated("enrolment_end", end, sentence.evidence(*match.span("end")), rule.name)
            return
    for sentence, rule, match in scan_all(BOUNDS, study.reading):
        group = str(match.lastgroup)
        value = iso_date(match[group])
        if value and not sentence.cited:
            yield Stated(rule.fixed["field"], value, sentence.evidence(*match.span(group)), rule.name)


def _is_own(sentence: Sentence) -> bool:
    text = sentence.text
    return not sentence.cited and bool(OWN_ACTIVITY.search(text)) and not NOT_ENROLMENT.search(text)


def data_cutoff(study: Study) -> Iterator[Stated]:
    """The day on which the data were closed."""
    for sentence, rule, match in scan_all(CUTOFF, study.reading):
        group = "date" if match["date"] else "date2"
        value = iso_date(match[group])
        if value and len(value) > 4:
            yield Stated("data_cutoff", value, sentence.evidence(*match.span(group)), rule.name)


def follow_up(study: Study) -> Iterator[Stated]:
    """The median follow-up; the statement with an interval or a range first."""
    yield from sorted(_follow_up(study), key=lambda stated: (stated.value.ci or stated.value.range) is None)


def _follow_up(study: Study) -> Iterator[Stated]:
    for sentence, rule, match in scan_all(FOLLOW_UP, study.reading):
        unit = match["unit"] or _late_unit(match["rest"])
        if not unit or sentence.cited:
            continue
        behind = BEHIND.match(match["rest"])
        told = (behind["inside"] or behind["plain"]) if behind else ""
        level = re.search(CONFIDENCE_INTERVAL, told)
        spread = None if level else SPREAD.search(told)
        value = Measure(
            value=decimal(match["value"]),
            unit=UCUM[unit[0].lower()],
            ci=interval(level["ci_low"], level["ci_high"], level["ci_level"], level["ci_to"]) if level else None,
            range=_range(spread) if spread else None,
        )
        end = match.start("rest") + behind.end() if behind and (level or spread) else match.end("value")
        yield Stated("median_follow_up", value, sentence.evidence(match.start("value"), end), rule.name)


def _late_unit(rest: str) -> str | None:
    unit = re.search(rf"\b{TIME}\b", rest[:40])
    return unit["unit"] if unit else None


def _range(match: re.Match[str]) -> Range:
    kind = "iqr" if (match["kind"] or "").lower().startswith(("inter", "iqr", "quart")) else "range"
    return Range.model_validate({"low": decimal(match["low"]), "high": decimal(match["high"]), "kind": kind})
