"""Where a trial was done: how many centres, and in which countries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractor.cues import Cued
from extractor.quantities import ANY_COUNT, count
from extractor.reading import Sentence
from extractor.rules import Rule, pattern, scan_all
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re
from ontology.terms import rows, split

CENTRES = r"(?:cent(?:er|re)s|hospitals|institutions|institutes|clinics|(?:cancer|medical|cent(?:er|re)s?) units|intensive care units|practices|departments|universities|health facilities)"
OF_PATIENTS = r"(?:(?!metasta|disease|tumou?r|organ|anatom|inject|bind|lesion|involved|or\b|of\b|patients|hours|days|weeks|months|years|different sites)[A-Za-z-]+,? (?:and )?){0,5}?"
SITE_RULES: tuple[Rule, ...] = (
    Rule(
        "trial.sites",
        pattern(
            rf"(?<![\d.,/-])(?P<value>{ANY_COUNT}) {OF_PATIENTS}{CENTRES}\b(?! (?:that|which) (?:did not|declined))"
        ),
        finds=("at 12 centres in France", "in 87 UK hospitals", "from twenty-three academic cancer centers"),
        ignores=("12 patients from a centre", "24 hours in hospitals"),
        sections=frozenset({"front", "abstract", "methods", "results"}),
        fixed={"field": "sites"},
    ),
    Rule(
        "trial.sites.sites",
        pattern(
            rf"(?<![\d.,/-])(?P<value>{ANY_COUNT}) (?:(?:clinical|study|trial|investigational|investigator|participating|research|recruiting|recruitment|active|international|different|geographically diverse|US|UK|[A-Z][a-z]+an) )*sites\b(?! of)"
        ),
        finds=("across 128 sites", "at 8 clinical sites"),
        ignores=("two metastatic sites", "at 3 sites of disease"),
        sections=frozenset({"front", "abstract", "methods", "results"}),
        fixed={"field": "sites"},
    ),
)
# A number of sites is the trial's where the sentence speaks of who took part or where it was done.
TRIAL = Cued(
    r"\b(?:enrol\w*|recruit\w*|randomi[sz]\w*|randomly|conducted|carried out|performed|took place|undertaken|study|trial|multi-?cent\w+|participat\w+|included|were seen|centres in|centers in|invited|patients (?:from|at|in)|came from)\b",
    re.IGNORECASE,
)
NOT_SITES = Cued(
    r"\b(?:metasta\w+|lesions?|inject\w+|biops\w+|each of (?:the|these) \d+|per (?:site|cent)|reviewed by|approved by the [\w ]{0,40}(?:committees?|boards?) of (?:the|all)|systematic review|previous (?:study|trial)|register)\b",
    re.IGNORECASE,
)
SINGLE = Cued(
    r"\b(?:single|one)[- ](?:cent(?:er|re)|institution(?:al)?)\b(?! of)|\bsingle[- ]site\b(?= (?:study|trial|,|ran))|\bmono-?cent(?:er|re|ric)\b|\b(?:conducted|performed|carried out|done|undertaken|enrol+ed|recruited) (?:at|in|from) (?:only )?(?:one|a single) (?:\w+ ){0,3}(?:cent(?:er|re)|site|institution|hospital|clinic|unit)\b",
    re.IGNORECASE,
)
MANY = Cued(
    r"\bmulti-?(?:cent\w+|institution\w*|national|site)|\b(?:trial|study|participating|all|several|recruiting) cent(?:er|re)s\b|\binternational,? (?:(?:randomi[sz]ed|controlled|open|phase|clinical|[a-z]+-[a-z]+|\d),? ){0,5}(?:study|trial)\b",
    re.IGNORECASE,
)
INTERNATIONAL = Cued(
    r"\b(?:multi-?national|countries|worldwide|globally|across (?:Europe|Asia))\b|\binternational,? (?:multi|randomi|trial|study)",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"\b(?:further|future|larger?|other|previous|regist\w+)\b", re.IGNORECASE)
MANY_SITES = 3000
EARLY = ("front", "abstract", "methods")
LATER = ("abstract", "methods", "results")
# "The study was conducted at the X Hospital", "patients attending the clinic of".
PLACE = Cued(
    r"\b(?:study|trial|RCT|investigation|research)\b[^.;]{0,120}?\b(?:conducted|performed|carried out|undertaken|took place|done|set|implemented)\b(?P<when>[^.;]{0,60}?) (?:at|in|within) (?=the |a |an |our |[A-Z])"
    r"|\b(?i:patients|women|men|participants|subjects|children|individuals|volunteers|smokers|neonates|infants)\b(?:[^.;]|\.(?=\d)){0,160}?\b(?:attending|admitted (?:to|at|in)|recruited (?:from|at|in)|presenting (?:to|at)|referred to|enrol+ed (?:at|in|from)|participate in (?:this|the) (?:\w+ )?(?:study|trial) at|seen (?:at|in)|screened\b[^.;]{0,60} (?:at|in)|treated (?:at|in)) (?=the |a |an |our |[A-Z])",
)
HOSPITAL = re.compile(
    r"\b(?:Hospitals?|Infirmary|Medical Cent(?:er|re)|Cancer Cent(?:er|re)|Clinic|Health Cent(?:er|re)|Medical College|Cancer Institute|Polyclinic|Clinical Pharmacology Unit|Heart Cent(?:er|re)|Trauma Cent(?:er|re))\b"
)
GENERIC = re.compile(
    r"^(?:(?:a |an |our )(?:[\w,-]+ ){0,4}?|(?:the )?(?:[A-Z][\w-]+,? (?:(?:of|and|for|the) )*){0,4}?)(?:hospital|clinic|medical cent(?:er|re)|care cent(?:er|re)|department|Department|Division|Faculty|University(?: College)?|Institute|Centre|Center|clinical pharmacology unit|research unit|intensive care unit)\b(?!s)"
)
PARTS = re.compile(r";|,? and (?:at |in )?(?=the |a |[A-Z])")
SECOND = re.compile(
    r"\b(?:Division|Department|Universit\w+|Institute|Faculty|club|cent(?:er|re)|clinic|hospital)\b", re.IGNORECASE
)
END = re.compile(
    r"\b(?:between|from|during|to (?:assess|evaluate|compare|investigate|determine|receive)|in accordance|according|after|was|were|who|with|for|using|by)\b|\. |\($"
)


def sites(study: Study) -> Iterator[Stated]:
    """How many centres took part: as numbered, one where the paper says so, else as many as it names."""
    for sentence in study.reading.holding(SINGLE, kinds=EARLY):
        single = SINGLE.search(sentence.text)
        if single and not sentence.cited:
            yield Stated("sites", 1, sentence.evidence(*single.span()), "trial.sites.single")
            return
    numbered = list(_numbered(study))
    yield from numbered or _named(study)


def _numbered(study: Study) -> Iterator[Stated]:
    for sentence, rule, match in scan_all(SITE_RULES, study.reading):
        if sentence.cited or not TRIAL.search(sentence.text) or NOT_SITES.search(sentence.text):
            continue
        value = count(match["value"])
        if value and 1 < value < MANY_SITES:
            yield Stated("sites", value, sentence.evidence(*match.span("value")), rule.name)


def _named(study: Study) -> Iterator[Stated]:
    """The hospitals of the sentence that says where the trial was done; no single one of a multicentre trial."""
    own = (s.text for s in study.reading.holding(MANY, kinds=EARLY) if not s.cited)
    many = any(MANY.search(text) and not ELSEWHERE.search(text) for text in own)
    for sentence, start, end in _places(study):
        number = _hospitals(sentence.text[start:end])
        if number > 1 or (number and not many):
            yield Stated("sites", number, sentence.evidence(start, end), "trial.sites.named")
            return


def _hospitals(text: str) -> int:
    """How many hospitals a place names; 0 where it may be one or several."""
    parts = PARTS.split(text)
    named = sum(bool(HOSPITAL.search(part)) for part in parts)
    if named > 1:
        return named
    several = sum(bool(SECOND.search(part)) for part in parts) > 1
    return int(not several and bool(named or GENERIC.match(text)))


def _places(study: Study) -> Iterator[tuple[Sentence, int, int]]:
    """Where sentences name the place of the trial."""
    for sentence in study.reading.holding(PLACE, kinds=LATER):
        match = None if sentence.cited else PLACE.search(sentence.text)
        if match:
            stop = END.search(sentence.text, match.end())
            yield sentence, match.end(), stop.start() if stop else len(sentence.text)


# The adjectives that stand before "centres", with their countries.
ADJECTIVES = {
    adjective: country
    for country, words in (
        ("Argentina", "Argentine Argentinian"), ("Australia", "Australian"), ("Austria", "Austrian"), ("Belgium", "Belgian"),
        ("Brazil", "Brazilian"), ("Canada", "Canadian"), ("Chile", "Chilean"), ("China", "Chinese"), ("Denmark", "Danish"),
        ("Egypt", "Egyptian"), ("Finland", "Finnish"), ("France", "French"), ("Germany", "German"), ("Greece", "Greek"),
        ("Hungary", "Hungarian"), ("India", "Indian"), ("Iran", "Iranian"), ("Ireland", "Irish"), ("Israel", "Israeli"),
        ("Italy", "Italian"), ("Japan", "Japanese"), ("Mexico", "Mexican"), ("Netherlands", "Dutch"), ("Norway", "Norwegian"),
        ("Poland", "Polish"), ("Portugal", "Portuguese"), ("Russia", "Russian"), ("South Korea", "Korean"),
        ("Spain", "Spanish"), ("Sweden", "Swedish"), ("Switzerland", "Swiss"), ("Taiwan", "Taiwanese"),
        ("Thailand", "Thai"), ("Turkey", "Turkish"), ("United Kingdom", "British Scottish English Welsh"),
        ("United States", "American"),
    )
    for adjective in words.split()
}  # fmt: skip
ADJECTIVE = re.compile(rf"\b(?P<adjective>{'|'.join(ADJECTIVES)}) (?:[\w-]+ ){{0,3}}?(?:cent(?:er|re)s|hospitals|sites|institutions|clinics)\b")  # fmt: skip
PLACED = Cued(
    r"\b(?:cent(?:er|re)s?|hospitals?|sites|clinics?|institutions?|universit\w+|conducted|carried out|recruit\w*|enrol\w*|multicent\w+|multinational|(?:in|from) \w+ countries|study was|trial was)\b",
    re.IGNORECASE,
)
# In the results only sentences on who was enrolled where are of the place.
PLACED_LATER = re.compile(r"\b(?:enrol|recruit|random)\w*\b.*\b(?:cent(?:er|re)s?|hospitals?|sites|countries|in the|from the)\b|\b(?:cent(?:er|re)s?|hospitals?|sites|countries)\b.*\b(?:enrol|recruit|random)", re.IGNORECASE)  # fmt: skip
NOT_PLACED = re.compile(
    r"\b(?:regression|model|adjusted|covariates?|stratif\w+|purchased|manufactur\w+|supplied|assays?|measured|analy[sz]er|software|kit|ELISA|approved (?:in|for use)|guidelines|prevalence|incidence|register of|Declaration|funded|sponsored|employees?|honorari\w+)\b",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\][]*\]")
OF_PLACE = re.compile(r"\b(?:Universit\w+|Hospitals?)\b")
FILLER = re.compile(r"\b(?:n ?= ?\d+|and|the|in|sites?|cent(?:er|re)s?|patients|appendix|pp?|\d+)\b|[\s,;:=()\[\]/&.-]")


@cache
def _country_form() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        label: row["name"]
        for row in rows("countries")
        for label in (row["name"], *split(row["synonyms"] or ""))
        if not (len(label) == 3 and label in split(row["guarded"] or ""))  # DRC, KSA: codes of other things too
    }
    longest = sorted(names, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w-])(?<!New )(?<!South )(?<!Atlanta, )(?:{'|'.join(map(re.escape, longest))})(?![\w-])"
    ), names


def countries(study: Study) -> Iterator[Stated]:
    """The countries where the trial says it was done, else that of the hospital it names."""
    stated = list(_stated_countries(study))
    yield from stated or _country_of_authors(study)


def _stated_countries(study: Study) -> Iterator[Stated]:
    form, names = _country_form()
    for sentence in study.reading.holding(PLACED, kinds=LATER):
        text = sentence.text
        if sentence.cited or not PLACED.search(text) or NOT_PLACED.search(text):
            continue
        if sentence.kind == "results" and not PLACED_LATER.search(text):
            continue
        spans = [match.span() for match in IN_BRACKETS.finditer(text) if _is_address(match[0])]
        for match in form.finditer(text):
            if not any(start <= match.start() < end for start, end in spans):
                yield Stated("countries", names[match[0]], sentence.evidence(*match.span()), "trial.countries")
        for match in ADJECTIVE.finditer(text):
            place = sentence.evidence(*match.span("adjective"))
            yield Stated("countries", ADJECTIVES[match["adjective"]], place, "trial.countries")


def _is_address(bracket: str) -> bool:
    """Whether a bracket is a maker's address: no list of countries, no hospital."""
    form, _ = _country_form()
    return bool(FILLER.sub("", form.sub("", bracket))) and not OF_PLACE.search(bracket)


def _country_of_authors(study: Study) -> Iterator[Stated]:
    """The one country of all authors, where the paper tells the place or the number of centres of its trial."""
    form, names = _country_form()
    front = [sentence for sentence in study.reading.within("front") if sentence.passage.kind != "title"]
    found = [(sentence, match) for sentence in front for match in form.finditer(sentence.text)]
    placed = next(_places(study), None) or next(_numbered(study), None)
    if len({names[match[0]] for _, match in found}) != 1 or not placed or _is_international(study):
        return
    for sentence, match in found[:1]:
        yield Stated("countries", names[match[0]], sentence.evidence(*match.span()), "trial.countries.authors")


def _is_international(study: Study) -> bool:
    own = (
        sentence for sentence in study.reading.within("front", "abstract", "methods", "results") if not sentence.cited
    )
    return any(INTERNATIONAL.search(sentence.text) for sentence in own)
