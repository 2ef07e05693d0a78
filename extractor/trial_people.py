"""The people and the course of a trial: sites, countries, patients, dates, follow-up, funding, data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.cues import Cued
from extractor.dates import DATE, OPEN_DATE, YEAR, iso_date
from extractor.quantities import ANY_COUNT, CONFIDENCE_INTERVAL, NUMBER, PEOPLE, count, decimal, interval
from extractor.reading import Sentence
from extractor.rules import Rule, pattern, scan
from extractor.study import Study
from extractor.values import Stated
from ontology.record import Measure, Range
from ontology.terms import rows, split

ADJECTIVES = r"(?:(?!and\b|or\b|of\b|were\b|in\b|to\b)[A-Za-z-]+ ){0,4}?"
WHO = rf"(?:{ADJECTIVES}{PEOPLE}|couples)"
SITE = r"(?:cent(?:er|re)s|sites|hospitals|institutions|clinics|cancer centers|cancer centres|intensive care units|practices|departments)"
ENROLLED = r"(?:enrol(?:l)?ed|randomi[sz]ed|recruited|randomly (?:assigned|allocated|divided)|entered|registered|included|allocated)"
# Between the number and the verb these words make it the number of those who were only looked at.
NOT_YET = r"\b(?:screen|exclu|assess|approach|invit|contact|eligib|target|planned|potential)"
COUNT = rf"(?P<value>{ANY_COUNT})"
EARLY = frozenset({"abstract", "results", "methods"})

SITE_RULES: tuple[Rule, ...] = (
    Rule(
        "trial.sites",
        pattern(rf"(?<![\d.]){COUNT} (?:[A-Za-z-]+ ){{0,4}}?{SITE}\b"),
        finds=("at 12 centres in France", "in 87 UK hospitals", "from twenty-three academic cancer centers"),
        ignores=("12 patients from a centre",),
        sections=frozenset({"front", "abstract", "methods", "results"}),
        fixed={"field": "sites"},
    ),
)
SINGLE_SITE = re.compile(
    r"\b(?:single|one|1)[- ](?:cent(?:er|re)|institution(?:al)?|site)\b|\bmono-?cent(?:er|re|ric)\b", re.IGNORECASE
)
PATIENT_RULES: tuple[Rule, ...] = (
    Rule(
        "trial.enrolled",
        pattern(
            rf"(?<![\d.,/-]){COUNT} (?:of (?:the|these) )?{WHO}(?:(?!{NOT_YET})(?:[^.;]|\.(?=\d))){{0,150}}?(?: (?:were|was|had been|have been|who|could be|finally|eventually|initially|then|subsequently),?)+ {ENROLLED}(?! (?:as|from analysis|in (?:the|this) analys))"
        ),
        finds=(
            "A total of 120 patients were enrolled",
            "between 2010 and 2012, 54 women with early disease were randomly assigned",
            "Thirty-seven patients were recruited",
        ),
        ignores=("12 patients were excluded", "of 120 screened"),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.plain",
        pattern(rf"(?<![\d.,/-]){COUNT} {WHO} {ENROLLED}\b"),
        finds=("All 478 patients enrolled in the study", "the 100 patients randomly assigned"),
        ignores=("patients enrolled at 478 sites",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.screened",
        pattern(
            rf"(?:screened|assessed for eligibility|eligible|considered|approached)[^.;]{{0,60}}, (?:and )?{COUNT} (?:of them |{WHO} )?(?:were|was) {ENROLLED}"
        ),
        finds=("Of the 3089 patients screened, 797 were randomized", "120 were eligible, 98 patients were enrolled"),
        ignores=("120 patients were screened",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.participated",
        pattern(rf"(?<![\d.,/-]){COUNT} {WHO}(?: \([^)]*\))? participated\b"),
        finds=("40 patients participated in the trial",),
        ignores=("patients participated in 40 sessions",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.study_of",
        pattern(
            rf"\b(?:trial|study)(?: was| is)?(?: conducted| performed| carried out| done)? (?:of|with|in|on|included|including|comprised|enrol(?:l)?ed) (?:a total of )?{COUNT} {WHO}"
        ),
        finds=("A randomised trial was conducted with 38 patients", "In this study of 90 adult patients"),
        ignores=("the trial in 12 centres",),
        sections=frozenset({"abstract"}),
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.received",
        pattern(
            rf"(?:^|\), |: ){COUNT} (?:healthy )?{WHO} (?:with [^.;]{{3,60}} )?received\b(?! at least| (?:one|1) )"
        ),
        finds=("study (A1), 37 healthy subjects received placebo or a dose",),
        ignores=("of whom 12 patients received rescue",),
        sections=frozenset({"abstract"}),
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.enrolled.active",
        pattern(
            rf"\b(?:enrol(?:l)?ed|randomi[sz]ed|recruited|randomly (?:assigned|allocated)|we included)(?: a total of)? {COUNT} {WHO}"
        ),
        finds=("We randomised 120 patients", "enrolled a total of 45 women"),
        ignores=("randomised to 3 groups",),
        sections=EARLY,
        fixed={"field": "enrolled"},
    ),
    Rule(
        "trial.evaluable",
        pattern(
            rf"(?<![\d.,/-]){COUNT} (?:of (?:the )?\d+ )?(?:{WHO} )?(?:\([^)]*\) )?(?:were|was) (?:(?!not )[a-z]+ )?(?:evaluable|assessable|eligible for (?:efficacy|response)|available for (?:efficacy|response))(?: for (?:efficacy|response|tumou?r response|the primary end ?point|analysis))?(?! for (?:toxicity|safety|adverse))"
        ),
        finds=("52 patients were evaluable for response", "Of 60, 55 were assessable"),
        ignores=("60 patients were evaluable for toxicity", "four patients were not evaluable"),
        sections=EARLY,
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.of",
        pattern(rf"{COUNT} (?:(?:response|efficacy)[- ])?evaluable {PEOPLE}"),
        finds=("In 28 evaluable patients",),
        ignores=("28 patients were evaluated",),
        sections=frozenset({"abstract", "results"}),
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.evaluable.for",
        pattern(
            rf"\b(?:of|in|among) (?:the )?{COUNT} {PEOPLE} (?:who were )?(?:evaluable|assessable) for (?:efficacy|(?:tumou?r )?response)"
        ),
        finds=("Of the 30 patients evaluable for efficacy",),
        ignores=("Of the 30 patients evaluable for toxicity",),
        sections=frozenset({"abstract", "results"}),
        fixed={"field": "evaluable"},
    ),
    Rule(
        "trial.safety_population",
        pattern(
            rf"(?<![\d.,/-]){COUNT} {WHO}(?: \([^)]*\))? (?:(?:were|was|who|had|have) )*(?:received (?:at least|≥|>=) ?(?:one|1) (?:dose|cycle)|(?:evaluable|assessable|evaluated|included|analy[sz]ed|eligible) (?:for|in) (?:the )?(?:toxicity|safety))"
        ),
        finds=("47 patients received at least one dose of study drug", "120 patients were evaluable for toxicity"),
        ignores=("47 patients received chemotherapy",),
        sections=EARLY,
        fixed={"field": "safety_population"},
    ),
    Rule(
        "trial.safety_population.named",
        pattern(
            rf"\bsafety (?:analysis |evaluable )?(?:population|set|analysis|analyses|cohort)(?: \([^)]*\))?,? ?(?:(?:included|comprised|consisted of|contained|was|of) )?\(?(?:n ?= ?)?{COUNT}(?= {WHO}|\))"
        ),
        finds=("The safety population included 118 patients", "the safety set (n = 61)"),
        ignores=("the safety population included all patients",),
        sections=EARLY,
        fixed={"field": "safety_population"},
    ),
)
PERIOD: tuple[Rule, ...] = (
    Rule(
        "trial.enrolment_dates",
        pattern(
            rf"\b(?:between|from|during)(?: the period)?(?: from)? (?P<start>{OPEN_DATE}),? ?(?:and|to|until|through|till|-|up to) ?(?P<end>{DATE})"
        ),
        finds=(
            "Between March 2010 and June 2012, 54 patients",
            "from 12 May to 30 July 2014",
            "from January 2006 through December 2008",
        ),
        ignores=("between 10 and 20 patients", "from March onwards"),
        sections=frozenset({"abstract", "methods", "results", "other"}),
    ),
)
OWN_ACTIVITY = Cued(
    r"\b(?:enrol\w*|recruit\w*|randomi[sz]\w*|randomly|includ\w+|patients|women|participants|subjects|conducted|carried out|performed|took place|accru\w+|entered|admitted|treated)\b",
    re.IGNORECASE,
)
CUTOFF: tuple[Rule, ...] = (
    Rule(
        "trial.data_cutoff",
        pattern(
            rf"(?:data|database|analysis|clinical)[ -]?(?:base )?(?:cut-? ?off|lock(?:ed)?|closure)(?: date)?(?: (?:was|is|of|on|for|the|this|analysis|at|in|occurred|set|date))*[ ,:(]*(?P<date>{DATE})|(?:as of|cut-? ?off(?: date)?(?: of| was| on|:|,)?) ?\(?(?P<date2>{DATE})"
        ),
        finds=("The data cut-off date was 30 June 2021", "At data cutoff (March 12, 2019)"),
        ignores=("a cutoff of 50% was used",),
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
            rf"follow(?:ed)?[- ]?up (?:for|of|was|time was|period was) a median (?:of |time of |duration of )?(?P<value>{NUMBER}) ?-? ?{TIME}(?P<rest>(?:[^.;]|\.(?=\d)){{0,90}})"
        ),
        finds=("Patients were followed up for a median of 18 months",),
        ignores=("follow-up of 18 months",),
        sections=frozenset({"abstract", "methods", "results"}),
    ),
)
UCUM = {"m": "mo", "y": "a", "w": "wk", "d": "d"}
SPREAD = re.compile(
    rf"(?P<kind>interquartile range|IQR|quartiles|range)?[:,]?\)? ?[(\[]?(?P<low>{NUMBER}) ?(?:-|to|,|;) ?(?P<high>{NUMBER})"
)
MANY_SITES = 3000
MAIN_KINDS = ("abstract", "results", "methods", "front", "other")


def _by_section(study: Study, rules: tuple[Rule, ...]) -> Iterator[tuple[Sentence, Rule, re.Match[str]]]:
    for kind in MAIN_KINDS:
        for sentence in study.reading.within(kind):
            for rule in rules:
                for found in scan(rule, sentence):
                    yield sentence, rule, found.match


def sites(study: Study) -> Iterator[Stated]:
    """How many centres took part; "single-centre" is one."""
    for sentence in study.reading.within("front", "abstract", "methods"):
        single = SINGLE_SITE.search(sentence.text)
        if single and not sentence.cited:
            yield Stated("sites", 1, sentence.evidence(*single.span()), "trial.sites.single")
            return
    for sentence, rule, match in _by_section(study, SITE_RULES):
        value = count(match["value"])
        if value and 1 < value < MANY_SITES and not sentence.cited:
            yield Stated("sites", value, sentence.evidence(*match.span("value")), rule.name)


def numbers_of_patients(study: Study) -> Iterator[Stated]:
    """Enrolled, evaluable and safety population; a number of one arm only is not the trial's."""
    sizes = {arm.size for arm in study.arms.arms if arm.size}
    total = sum(arm.size or 0 for arm in study.arms.arms)
    for sentence, rule, match in _by_section(study, PATIENT_RULES):
        value = count(match["value"])
        if value is None or value < 4 or sentence.cited:
            continue
        field = rule.fixed["field"]
        if field == "enrolled" and value in sizes and value != total:
            continue
        yield Stated(field, value, sentence.evidence(*match.span("value")), rule.name)


def enrolment_dates(study: Study) -> Iterator[Stated]:
    """The first and last day of enrolment."""
    for sentence, rule, match in _by_section(study, PERIOD):
        if sentence.cited or not OWN_ACTIVITY.search(sentence.text):
            continue
        year = re.search(YEAR, match["end"])
        start = iso_date(match["start"], year[0] if year else None)
        end = iso_date(match["end"])
        if start and end and start <= end:
            yield Stated("enrolment_start", start, sentence.evidence(*match.span("start")), rule.name)
            yield Stated("enrolment_end", end, sentence.evidence(*match.span("end")), rule.name)
            return


def data_cutoff(study: Study) -> Iterator[Stated]:
    """The day on which the data were closed."""
    for sentence, rule, match in _by_section(study, CUTOFF):
        group = "date" if match["date"] else "date2"
        value = iso_date(match[group])
        if value and len(value) > 4:
            yield Stated("data_cutoff", value, sentence.evidence(*match.span(group)), rule.name)


def follow_up(study: Study) -> Iterator[Stated]:
    """The median follow-up; the statement with an interval or a range first."""
    yield from sorted(_follow_up(study), key=lambda stated: (stated.value.ci or stated.value.range) is None)


def _follow_up(study: Study) -> Iterator[Stated]:
    for sentence, rule, match in _by_section(study, FOLLOW_UP):
        unit = match["unit"] or _late_unit(match["rest"])
        if not unit or sentence.cited:
            continue
        level = re.search(CONFIDENCE_INTERVAL, match["rest"])
        spread = None if level else SPREAD.search(match["rest"][:60])
        value = Measure(
            value=decimal(match["value"]),
            unit=UCUM[unit[0].lower()],
            ci=interval(level["ci_low"], level["ci_high"], level["ci_level"], level["ci_to"]) if level else None,
            range=_range(spread) if spread else None,
        )
        reach = level or spread
        end = match.start("rest") + reach.end() if reach else match.end("value")
        yield Stated("median_follow_up", value, sentence.evidence(match.start("value"), end), rule.name)


def _late_unit(rest: str) -> str | None:
    unit = re.search(rf"\b{TIME}\b", rest[:40])
    return unit["unit"] if unit else None


def _range(match: re.Match[str]) -> Range:
    kind = "iqr" if (match["kind"] or "").lower().startswith(("inter", "iqr", "quart")) else "range"
    return Range.model_validate({"low": decimal(match["low"]), "high": decimal(match["high"]), "kind": kind})


@cache
def _country_form() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        label.lower(): row["name"]
        for row in rows("countries")
        for label in (row["name"], *split(row["synonyms"] or ""))
    }
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])", re.IGNORECASE
    ), names


PLACED = Cued(
    r"\b(?:cent(?:er|re)s?|hospitals?|sites|clinics?|institutions?|universit\w+|conducted|carried out|recruit\w*|enrol\w*|multicent\w+|multinational|countries|study was|trial was)\b",
    re.IGNORECASE,
)


def countries(study: Study) -> Iterator[Stated]:
    """The countries where the trial says it was done."""
    form, names = _country_form()
    for sentence in study.reading.within("abstract", "methods"):
        if sentence.cited or not PLACED.search(sentence.text):
            continue
        for match in form.finditer(sentence.text):
            # A country right after a company's town in brackets is the maker's.
            inside = sentence.text.rfind("(", 0, match.start()) > sentence.text.rfind(")", 0, match.start())
            if not (
                inside
                and re.search(
                    r"\b(?:Inc|Ltd|Co|Corp|GmbH|Pharma\w*|AG|SPSS|SAS|Software|version)\b",
                    sentence.text[: match.start()],
                )
            ):
                yield Stated("countries", names[match[0].lower()], sentence.evidence(*match.span()), "trial.countries")


FUNDED = Cued(
    r"\b(?:(?:was|were|is|are|been) )?(?:funded|supported|sponsored|financed)(?: (?:in part|in whole or in part|partly|partially|financially|entirely|jointly|solely))?(?: by| through| from)"
    r"|\bfund(?:ing|s) (?:(?:was|were|for (?:this|the) (?:study|trial|work|research)|of the study) ){0,2}(?:provided|received|obtained|supplied|came|comes)? ?(?:by|from)"
    r"|\bfinancial support (?:(?:was|for (?:this|the) \w+) ){0,2}(?:provided |received )?(?:by|from)|\bsponsor(?:ed by|:)"
    r"|\b(?:study|trial|project|work|research|[Tt]his) (?:[a-z]+ ){0,4}grants? (?:from|of|by)",
)
HEADED = re.compile(
    r"^(?:[Ff]unding|FUNDING|[Ff]inancial support|[Gg]rant support|[Ss]ponsor\w*)(?: sources?| statement)?\s?[:.]\s*(?P<names>[A-Z][^.;]{3,200})"
)
NAMES = re.compile(
    r"[: ]+(?:(?:a|an|the|research|unrestricted|educational|grants?|grant support|of|from|by|funding|funds) )*(?P<names>[^.;]{3,300})"
)
NAME_END = re.compile(
    r"\b(?:grants? (?:n(?:o|umber)|#|to)|under\b|for (?:the|this)|who\b|which\b|through\b|to [A-Z]|and (?:by )?(?:was|were|had)|[Nn]o\b|(?:Basel|London|Paris|Tokyo|Inc\b)(?=,))|\(|\[|\d{3,}"
)
FUNDER_HEAD = Cued(r"\b(?:fund\w*|financial support|grant\w*|sponsor\w*|acknowledg\w*)\b", re.IGNORECASE)
# Statements of interests name companies that paid the authors, not the trial.
INTERESTS = Cued(
    r"\b(?:honorari\w+|consult\w+|advisory|speaker\w*|personal fees|travel|conflicts?|interests?|employ\w+|stock|shares|declare\w*|paid|has received|have received|had no role|no role)\b",
    re.IGNORECASE,
)
NOT_FUNDER = re.compile(
    r"^(?:authors?|no|none|nil|not|data|dr|prof\w*|london|usa|uk|china|japan|germany|france|switzerland|sweden|role|funding)\b",
    re.IGNORECASE,
)
FUNDER_KINDS = ("abstract", "front", "back", "other", "methods", "results")


def funders(study: Study) -> Iterator[Stated]:
    """Who paid for the trial."""
    for kind in FUNDER_KINDS:
        for sentence in study.reading.within(kind):
            if sentence.passage.kind in ("heading", "title") or sentence.cited or INTERESTS.search(sentence.text):
                continue
            yield from _sentence_funders(sentence)


def _sentence_funders(sentence: Sentence) -> Iterator[Stated]:
    headed = FUNDER_HEAD.search(sentence.passage.section.title)
    found = FUNDED.search(sentence.text)
    match = NAMES.match(sentence.text, found.end()) if found else HEADED.search(sentence.text)
    if not match and headed and "cknowledg" not in headed[0] and sentence.start == 0 and len(sentence.text) < 160:
        match = re.match(r"(?P<names>[A-Z][^.;]{3,150})", sentence.text)
    if match:
        yield from _funder_names(sentence, match)


ORGANISATION = re.compile(
    r"\b(?:Foundation|Fund|Funds|Universit\w+|Minist\w+|Council|Institut\w*|Program\w*|Project|Research|Association|Society|Cent(?:er|re)|Agency|Trust"
    r"|Commission|Department|Hospital\w*|Charity|Committee|Academy|School|Office|Authority|Board|Bureau|Group|Federation|Alliance|Network|Grant)\b"
)
COMPANY = re.compile(
    r"\b(?:Inc|Ltd|Limited|GmbH|AG|KGaA|Corporation|Corp|Company|Pharma\w*|AS|SA|LLC|Co|plc|Therapeutics|Oncology|Laborator\w+|Biotech\w*)\b"
)
VERB = re.compile(
    r",?\s(?:and (?:was|were|designed|supported|conducted|by)|reviewed|thanks?|had|has|was|were|is|in collaboration|which|provided|[A-Z]\w+ (?:received|was)|(?:grant|contract|award) )\b.*$",
    re.DOTALL,
)
PIECE = re.compile(r"[^,;]+?(?=,?\sand\s(?:by\s)?(?:the\s)?[A-Z]|[,;]|$)")
ARTICLES = re.compile(r"^(?:,?\s*\b(?:and|by|the|a|an|grants?|from|research|of|in part)\b\s*)+")


def _funder_names(sentence: Sentence, match: re.Match[str]) -> Iterator[Stated]:
    """The organisations of a list; towns after a company's name and halves of a name are put right."""
    text, offset = match["names"], match.start("names")
    last: tuple[int, int] | None = None
    for part in PIECE.finditer(text):
        lead = ARTICLES.match(part[0].lstrip())
        start = part.start() + len(part[0]) - len(part[0].lstrip()) + (lead.end() if lead else 0)
        piece = NAME_END.split(VERB.sub("", text[start : part.end()]))[0].strip(" ,.:-")
        if not piece or not piece[0].isupper() or NOT_FUNDER.search(piece) or len(piece) < 3:
            continue
        span = (start, start + len(piece))
        if last is None:
            last = span
            continue
        before = text[last[0] : last[1]]
        told = ORGANISATION.search(piece) or COMPANY.search(piece)
        joined = re.search(r"\sand\s", text[last[1] : start])
        if joined and told and not ORGANISATION.search(before) and not COMPANY.search(before):
            last = (last[0], span[1])
        elif told or not (ORGANISATION.search(before) or COMPANY.search(before)):
            yield _funder(sentence, text, offset, last)
            last = span
    if last:
        yield _funder(sentence, text, offset, last)


def _funder(sentence: Sentence, text: str, offset: int, span: tuple[int, int]) -> Stated:
    name = " ".join(text[span[0] : span[1]].split())
    return Stated("funders", name, sentence.evidence(offset + span[0], offset + span[1]), "trial.funders")


DATA = Cued(
    r"\b(?:data(?:sets?)? (?:\w+ ){0,8}?(?:are|is|will be|were|can be|may be) (?:\w+ ){0,3}?(?:available|accessible|shared|deposited|included|provided|obtained)|data sharing|availability of data)",
    re.IGNORECASE,
)
DATA_HEAD = Cued(r"data (?:availab|shar|access)|availability of (?:supporting )?data|accession", re.IGNORECASE)


def data_availability(study: Study) -> Iterator[Stated]:
    """Where the data are said to be."""
    for sentence in study.reading.sentences:
        headed = DATA_HEAD.search(sentence.passage.section.title) and sentence.passage.kind not in ("heading",)
        stated = sentence.kind in ("back", "other", "methods", "front") and DATA.search(sentence.text)
        if headed or stated:
            printed = sentence.printed(0, sentence.end - sentence.start)
            yield Stated("data_availability", " ".join(printed.split()), sentence.evidence(), "trial.data_availability")
            return
