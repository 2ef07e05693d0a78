"""Who paid for a trial: the statements of funding and the names of organisations in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extractor.cues import Cued
from extractor.reading import Sentence
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re
from ontology.terms import rows, split

IN_PART = r"(?: (?:in part|in whole or in part|partly|partially|financially|entirely|jointly|solely|initially|fully))*"
# Where names follow: "was funded by", "received financial support from", "grants from".
FUNDED = Cued(
    rf"\b(?:co-)?(?:[Ff]unded|[Ss]upported|[Ff]inanced){IN_PART} (?:by|through|from|with){IN_PART}"
    r"|\b(?:[Ff]und(?:ing|s)|[Ff]inancial support|[Gg]rants?|[Ss]upport)(?: (?:for|of|to) (?:this|the|our)(?: [\w-]+){1,12}?)?(?: (?:was|were|is|has been|have been))?(?: (?:kindly )?(?:provided|received|obtained|supplied|given|granted|awarded|came|comes))? ?(?:by|from)\b"
)
SPONSORED = Cued(r"\b[Ss]ponsored(?: jointly)? by\b|\bsponsor(?:ship)?(?: of (?:this|the) \w+)?(?: (?:was|is)|:) ")
# "X provided funding for the study", "we thank X for funding the study".
ACTIVE = re.compile(
    r"^(?P<names>(?:The )?[A-Z](?:[^.;]|\.(?! [A-Z][a-z]))*?),?(?: \([^)]*\))? (?:kindly |fully |partially |partly |also |jointly )*(?:(?:provided|supplied|gave) (?:the |all |financial |some )*(?:fund\w*|support|grants?)(?: for)?|(?:funded|financed|sponsored) (?:the|this|our)) .{0,40}?\b(?:study|trial|research|work|project|conduct)"
    r"|\b(?:grateful to|thanks?) (?:the )?(?P<thanked>[A-Z][^.;]*?) for (?:fund\w+|financ\w+|financially \w+|(?:the |their )?financial support)"
    r"|\backnowledge the (?P<granted>[A-Z][^.;]*?) for (?:fund\w+|(?:the |their )?financial support)"
)
HEAD = Cued(r"\b(?:f(?:und|ound)ing|financ\w+|grants?|sponsor\w*)\b", re.IGNORECASE)
NOT_HEAD = re.compile(r"acknowledg|\brole\b|conflict|disclos|declar|(?<!/)competing", re.IGNORECASE)
LABEL = r"(?:[Ff]unding|FUNDING|[Ff]inancial support|[Gg]rant support|[Ss]ponsors?|[Ss]ources? of funding)(?:/[Ss]upport)?(?: sources?| statement)?(?:\s?[:.]\s*|\s(?![Aa]genc|[Bb]od))"
LABELLED = re.compile(rf"^{LABEL}(?=[A-Z])")
BARE = re.compile(rf"^(?:{LABEL})?(?P<names>[A-Z].{{2,}})$", re.DOTALL)
SAYS = re.compile(r"\b(?:was|were|is|are|had|has|have|did|received|reports?|declares?|authors?|see)\b")
# What was paid for is another thing, or a person's.
NOT_STUDY = re.compile(
    r"(?:writing|editor\w*|assistance|charges?|open access|manuscript|whose work|language|worked|researcher)\b[^.;]{0,60}$"
    r"|(?:\b(?:[A-Z]\.[ -]?){2,4}|\b[A-Z]{2,3}|\b(?:Dr|Prof\w*|Mr|Ms)\.? (?:[A-Z][\w.-]* ?)+|\b(?:he|she|they|authors?|investigators)|\b[A-Z]{2,3},? and [A-Z]{2,3}) (?:is|was|are|were|has been|have been|receives?d?)(?: also| further| partly| partially)? ?$"
    r"|\b(?:projects|other trials|trials) $"
)
STUDY = re.compile(
    r"\b(?:stud(?:y|ies)|trials?|investigation|(?:this|the|our|present) (?:\w+ ){0,3}(?:work|research|project))\b[^.;]*$",
    re.IGNORECASE,
)
# Statements of interests name companies that paid the authors, not the trial.
INTERESTS = Cued(
    r"\b(?:honorari\w+|consult\w+|advisory (?:board|role|fee|committees|panel)\w*|speaker\w*|personal fees|travel|conflicts?|interests?|employ\w+|stock|shares|declare\w*|paid|has received|have received|lecture)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[.:] +")
KINDS = ("abstract", "front", "back", "other", "methods", "results")
TAIL = re.compile(
    r",? (?:who|which|that|where|whose|whom|had|has|have|was|were|is|are|did|provided|reviewed|played|under|through|via|within|during|represented|as (?:a |an |the )?(?:part|research|open)|in (?:collaboration|accordance|the framework|Vitro)|and others\b|(?:and|with) (?:was|were|by the authors?|designed|conducted|performed|additional|is|had|has|no)|to (?=[A-Z]|the\b|support\b|conduct\b|cover\b)|for (?=the (?:study|trial|design|conduct|present|work|research)|this\b|their\b|his\b|her\b|support\b|(?:promot|develop|conduct|perform|carr|publi)\w*ing\b)|(?:with )?(?:grant|contract|award|project) ?(?=[\w#]*\d))\b.*$"
    r"|: .*$|\. +(?:[A-Z][a-z]+ [a-z]|Role |Trial ).*$",
    re.DOTALL,
)
NUMBERED = re.compile(
    r",? ?(?:\b(?:grants?|contracts?|awards?|agreements?|projects?|references?|registration|code|ref|ID|under)[ .,:]*)*(?:\b(?:numbers?|nos?|Nr|No|N°|nº)\b\.?|#)[ :]*[A-Z]{0,4}[\w./-]*\d[\w./-]*(?:(?:,| and|, and| &) ?(?:[Nn]o\.? ?)?[\w./-]*\d[\w./-]*)*|\b(?=[A-Z\d./-]*\d{3})(?!20[12]\d\b)[A-Z\d][A-Z\d./-]{3,}(?: ?(?:,|and) (?=[A-Z\d./-]*\d{3})[A-Z\d./-]{4,})*\b|\b[A-Z]{1,3}\d{1,2}\b(?= )"
)
BRACKETED = re.compile(r"\([^()]*\)|\[[^\][]*\]")
CUT = re.compile(r"(?P<hard>;| plus )|(?P<last>, (?:and|or) (?:also )?(?:(?:funded|supported|sponsored|financed) )?(?:by |from )?)|(?P<comma>,)|(?P<and> and (?:also )?(?:(?:funded|supported|sponsored|financed) )?(?:by |from )?)")  # fmt: skip
# What stands before a name: "a research grant from the", "and by".
OPENING = re.compile(
    r"\s*(?:.*?\b(?:[Gg]rants?|awards?|funds|fellowships?|support|aid)\b.*?\s(?:from|by|of)\s)?(?:(?:[Tt]he|[a-z][\w-]*)\s+)*?(?:(?:[Tt]he\s+)?(?=(?!The\b)[A-Z])|(?:the |pharmaceutical |company )+|$)"
)
GRANTED = re.compile(r"^\s*(?:an?|the|research|unrestricted|educational|\s)*\s?(?:grants?|awards?|contracts?|funds?) (?:kindly )?(?:provided|obtained|awarded|given|received|made available|made) (?:by|from) ")  # fmt: skip
ORGANISATION = re.compile(
    r"\b(?:Foundation|Fund|Funds|Universit\w+|Minist\w+|Council|Institut\w*|Program\w*|Project|Association|Society|Cent(?:er|re)s?|Agency|Trust|Commission|Department|Hospital\w*|Charit\w+|Committee|Academy|School|College|Office|Authority|Board|Bureau|Group|Federation|Alliance|Network|Organi[sz]ation|Unit|Faculty|League|Consortium|Administration|NIHR|NIH|NCI|MRC|NHMRC|CIHR|CRUK|Fundação|Fondation|Fondazione|Stiftung|Fundación|Instituto|Ministerio|Cancer Research UK|Research Corporation)\b",
    re.IGNORECASE,
)
COMPANY = re.compile(
    r"\b(?:Inc|Ltd|Limited|GmbH|AG|KGaA|Corporation|Corp|Company|[Pp]harma\w*|AS|A/S|SA|S\.A|S\.p\.A|SpA|LLC|LP|BV|B\.V|Co|plc|PLC|Therapeutics|Oncology|Laborator\w+|Biotech\w*|Biosciences?|Healthcare|Vaccines|Pfizer|Novartis|Roche|Bayer|Merck|MSD|Sanofi\S*|AstraZeneca|GlaxoSmithKline|GSK|Amgen|Genentech|Lilly|AbbVie|Abbott|Takeda|Astellas|Boehringer|Bristol\S*|Janssen|Johnson|Celgene|Gilead|Novo Nordisk|Teva|Biogen|Eisai|Daiichi|Otsuka|Servier|Ipsen|UCB|Lundbeck|Shire|Allergan|Baxter|Medtronic|Schering\S*|Wyeth|Nestlé)\b"
)
# Words that go on with a name behind "and" or a comma: "Ministry of Health, Labour and Welfare".
SUBJECT = re.compile(
    r"^(?:(?:Technolog|Welfare|Labou?r|Treatment|Response|Develop|Human|Prevent|Stroke|Blood|Lung|Innovat|Infect|Musculo|Skin|Digest|Kidney|Medic|Care|Physic|Biolog|Drug|Educat|Cultur|Sport|Industr|Research|Scienc|Scientif|Dentist|Leuk|Melinda|Engineer|Nutrition|Environment|Higher|Training|Communi|Famil|Youth|Social|Populat|Surg|Evaluat|Quality|Vascular|Diabet|Competitiv|Econom|Food|Trade|Univers|Rehabilit|Immun|Allerg|Aging|Tropical|Hygiene|Oncolog|Radiat|Translation|Planning|Pharmac|Heart|Mental)\w*|Co\b|Company|Sons\b|Johnson\b)"
)
# A name that may go on so: an organisation of or for something, or one of which only the first half is told.
OPEN = re.compile(
    r"\b(?:Minist\w+|Department|Secretar\w+|Office|Agency|Institutes?|Commission|Council|Centers?|Faculty|School|Organi[sz]ation|Society|Administration|Program\w*|Fund|Foundation|Bureau|Directorate|Project)\b.* (?:of|for) (?:the )?(?P<of>.+)$|^(?:[\w-]+,? ){0,3}(?:Science|Research|Heart|Lung|Cancer|Bill|Johnson|Lilly|Medical|Engineering|Food|Education|Biotechnology|Health|Arthritis|Awards)$"
)
NOT_FUNDER = re.compile(
    r"^(?:authors?|an?|no(?:ne|t|thing)?|nil|data|dr|prof\w*|mr|ms|role|funding|table|figure|grants?|this|these|we|our|it|all|financ\w+|clinicaltrials|both|there|study|trial|kb|reg)\b|ClinicalTrials|^[A-Z]\w+ (?:Trial|Study)$",
    re.IGNORECASE,
)
TOWNS = "Alabama Alaska Arizona California Colorado Connecticut Florida Georgia Illinois Indiana Iowa Maryland Massachusetts Michigan Minnesota Missouri Ohio Ontario Oregon Pennsylvania Quebec Tennessee Texas Utah Virginia Washington Wisconsin Basel Beijing Berlin Boston Cambridge Copenhagen London Madrid Milan Oslo Oxford Paris Rome Seoul Shanghai Stockholm Sydney Tokyo Toronto Vienna Zurich"  # fmt: skip
STATE = re.compile(r"^(?:[A-Z]{2}|[A-Z]\.[A-Z]\.|N\.?Y\.?|Calif\.?|Mass\.?)$")
LEGAL = re.compile(r",?\s(?:(?:research )?(?:grants?|awards?)|Inc|Ltd|Limited|LLC|plc|PLC|Corp|Co\.?,? Ltd|Co)\.?$")


def funders(study: Study) -> Iterator[Stated]:
    """Who paid for the trial: by a section on funding, else by a sentence on it, else who sponsored it."""
    last = [s for s in study.reading.within("discussion", "conclusion") if LABELLED.match(s.text)]
    sentences = [s for s in (*(s for kind in KINDS for s in study.reading.within(kind)), *last) if _may_tell(s)]
    for told in (_headed, _funded, _sponsored):
        found = [stated for sentence in sentences for stated in told(sentence)]
        if found:
            yield from _apart(found, study)
            return


def _may_tell(sentence: Sentence) -> bool:
    return sentence.passage.kind not in ("heading", "title") and not sentence.cited


def _apart(found: list[Stated], study: Study) -> Iterator[Stated]:
    """The names without those that another one says in longer or shorter words."""
    known: dict[str, str] = {}
    for stated in found:
        key = _key(study.reading.abbreviations.get(stated.value, stated.value))
        if key in known or not any(key.startswith(other) or other.startswith(key) for other in known):
            yield replace(stated, value=known.setdefault(key, stated.value))


def _key(name: str) -> str:
    return re.sub(r"^the|\W|pharma(?:ceuticals?)?", "", LEGAL.sub("", name).lower())


def _headed(sentence: Sentence) -> Iterator[Stated]:
    """The names in a section on funding; the section may be no more than a list of them."""
    title = sentence.passage.section.title
    labelled = LABELLED.match(sentence.text)
    if not labelled and (not HEAD.search(title) or NOT_HEAD.search(title)):
        return
    found = list(_funded(sentence)) or list(_sponsored(sentence))
    if found:
        yield from found
    elif (labelled or sentence.start == 0) and not SAYS.search(sentence.text) and not INTERESTS.search(sentence.text):
        match = BARE.match(sentence.text)
        if match and len(sentence.text) < 400:
            yield from _names(sentence, match.start("names"), len(sentence.text))


def _funded(sentence: Sentence) -> Iterator[Stated]:
    """The names behind "funded by", before "funded the study"."""
    text = sentence.text
    active = ACTIVE.search(text) if "fund" in text or "financ" in text or "support" in text else None
    group = str(active.lastgroup) if active else ""
    if active and not INTERESTS.search(text) and not SAYS.search(active[group]):
        yield from _names(sentence, active.start(group), active.end(group))
    else:
        yield from _behind(FUNDED, sentence)


def _sponsored(sentence: Sentence) -> Iterator[Stated]:
    yield from _behind(SPONSORED, sentence)


def _behind(form: Cued, sentence: Sentence) -> Iterator[Stated]:
    """The names behind the first words of a form that speak of the trial."""
    text = sentence.text
    for match in form.finditer(text):
        before = CLAUSE.split(text[: match.start()])[-1]
        if NOT_STUDY.search(before) or INTERESTS.search(before):
            continue
        opens = not before.strip(" (") and sentence.kind not in ("methods", "results")
        if opens or STUDY.search(before + match[0]):
            yield from _names(sentence, match.end(), len(text))
            return


def _names(sentence: Sentence, start: int, end: int) -> Iterator[Stated]:
    """The organisations of a list in `[start, end)` of a sentence."""
    text = sentence.text[start:end]
    plain = NUMBERED.sub(_blank, BRACKETED.sub(_blank, text))
    granted = GRANTED.match(plain)
    skip = granted.end() if granted else 0
    tail = TAIL.search(plain, skip)
    for first, last in _spans(plain[skip : tail.start() if tail else len(plain)].rstrip(" .")):
        printed = LEGAL.sub("", text[skip + first : skip + last])
        place = sentence.evidence(start + skip + first, start + skip + first + len(printed))
        yield Stated("funders", " ".join(printed.split()), place, "trial.funders")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a list at `[start, end)`, and what joins it to the one before: "hard", "comma", "last" (", and"), "and", "article"."""

    text: str
    start: int
    end: int
    joint: str

    @property
    def told(self) -> bool:
        """Whether it has a word for an organisation."""
        return bool(ORGANISATION.search(self.text) or COMPANY.search(self.text))

    @property
    def is_place(self) -> bool:
        """Whether it is a country, a state or one of some towns."""
        return self.text.lower() in _places() or bool(STATE.match(self.text))

    @property
    def may_be_name(self) -> bool:
        """Whether it looks like a name at all."""
        if len(self.text) < 3 or NOT_FUNDER.search(self.text):
            return False
        return self.joint in ("hard", "article") or self.text[0].isupper() or bool(COMPANY.search(self.text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the names of a list stand: towns behind a name are left out, halves of a name put together."""
    parts = list(_pieces(text))
    held: Piece | None = None
    for place, part in enumerate(parts):
        if held and _goes_on(held, part):
            held = Piece(text[held.start : part.end], held.start, part.end, held.joint)
            continue
        following = parts[place + 1] if place + 1 < len(parts) else None
        if not part.may_be_name or (held and _is_seat(held, part, following)):
            continue
        if held and not held.is_place:
            yield held.start, held.end
        held = part
    if held and not held.is_place:
        yield held.start, held.end


def _pieces(text: str) -> Iterator[Piece]:
    """The pieces of a list, without articles and grants before the names."""
    joint, begun = "hard", 0
    for match in [*CUT.finditer(text), None]:
        end = match.start() if match else len(text)
        opening = OPENING.match(text, begun, end)
        start = opening.end() if opening else begun
        piece = text[start:end].strip(" ,.:-") or _in_small_letters(text[begun:end])
        if piece:
            start = text.index(piece, start)
            article = bool(re.search(r"\b(?:the|an?|from)\b", text[begun:start]))
            yield Piece(piece, start, start + len(piece), "article" if article else joint)
        if match:
            joint, begun = str(match.lastgroup), match.end()


def _in_small_letters(text: str) -> str:
    """The name of a company that writes itself small: "the pharmaceutical company biosyn"."""
    return text.rsplit(maxsplit=1)[-1] if COMPANY.search(text) else ""


def _goes_on(held: Piece, part: Piece) -> bool:
    """Whether a piece is the second half of a name."""
    if part.joint in ("hard", "article"):
        return False
    if (part.joint == "and" and part.text[0].islower()) or LEGAL.fullmatch(f", {part.text}"):
        return True
    opened = OPEN.search(held.text)
    if opened and SUBJECT.match(part.text) and (opened["of"] or "").lower() not in _places():
        return part.joint != "comma" or (len(part.text.split()) <= 2 and not COMPANY.search(part.text))
    return (
        part.joint == "and" and not held.told and len(held.text.split()) <= 3 and bool(ORGANISATION.search(part.text))
    )


def _is_seat(held: Piece, part: Piece, following: Piece | None) -> bool:
    """Whether a piece is where the organisation before it has its seat."""
    if part.is_place:
        return True
    if part.told or part.joint != "comma":
        return False
    return held.told or (following is not None and following.is_place)


@cache
def _places() -> frozenset[str]:
    names = (label for row in rows("countries") for label in (row["name"], *split(row["synonyms"] or "")))
    return frozenset(name.lower() for name in (*names, *TOWNS.split(), "The Netherlands", "New York", "New Jersey"))
