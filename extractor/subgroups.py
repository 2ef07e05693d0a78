"""Groups of patients that are no arms: analysis populations, subgroups, and factors of a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractor.arm_book import ArmBook
from extractor.reading import Sentence
from ontology import regex as re

POPULATIONS = (
    (
        "per protocol",
        re.compile(r"\b(?:per[- ]protocol|PP) (?:population|analysis|set|patients|group)\b", re.IGNORECASE),
    ),
    ("modified intention-to-treat", re.compile(r"\b(?:modified (?:intent(?:ion)?[- ]to[- ]treat|ITT)|mITT)\b")),
    ("safety", re.compile(r"\bsafety (?:population|set|analysis)\b")),
)
STOP = r"(?=\s(?:had|has|have|was|were|showed|achieved|than|versus|vs?|compared|experienced|did|at|could|is|are|respectively|in the|who had a (?:longer|higher))\b|\sand (?:those|patients|in|\d+)\b|[,;.()\[\]:]|$)"
SIDE = r"(?:positive|negative|high|low|mutant|mutated|wild-type|amplified|expressing|na[iï]ve|refractory)"
KIN = r"(?:(?:fe)?male|(?:non-?)?(?:black|white|hispanic|asian|smoking|diabetic|obese)|elderly|younger|older|adult|paediatric|pediatric|p?re-?menopausal|post-?menopausal)"
GROUP = re.compile(
    rf"\b(?:patients|those|subjects|women|men|participants|tumou?rs|individuals|(?:sub)?group) (?P<kind>with|without|who|whose|having|harbou?ring|carrying|aged) (?P<name>[^,;.()\[\]]{{2,70}}?){STOP}"
    rf"|\bof \d+ (?P<kind2>with|without) (?P<name2>[^,;.()\[\]]{{2,70}}?){STOP}"
    rf"|\b(?P<sort>[\w+/-]+(?: [\w+/-]+)?[- ]{SIDE}) (?:patients|tumou?rs|group|subgroup|subset|cases)\b"
    rf"|\b(?:in|among|for) (?P<kin>{KIN}) (?:patients|subjects|participants|individuals|women|men|children)\b"
    # "in PD-L1-positive and 18.8% in PD-L1-negative patients": the noun comes late.
    rf"|\b(?:in|for|among) (?P<bare>[\w+/-]+[- ]{SIDE}) (?=(?:and|vs?\.?|versus|compared with) )"
    # "Patients with mutations lived longer than those without (12 vs 4 months)"
    rf"|\b(?:patients|those|subjects|women|men|participants|tumou?rs) (?P<lacking>without)(?= ?[(,.;]| (?:had|was|were|did)\b|$)"
    # "For GBM patients, ..."
    rf"|(?:^|[.;:] )(?:in|for|among) (?:the )?(?P<short>(?-i:[A-Z][A-Z0-9-]{{1,6}})) (?:patients|subjects|cases|group)\b"
    r"|\b(?:in the|for the|among the|and|vs?\.?|versus|or) (?P<limit>[≥≤<>] ?[\d.]+(?: ?[\w/%]+)?)(?= (?:and|or|vs?|versus|groups?|subgroups?|patients)\b)"
    r"|\b(?:in|for|among|of|were|was) (?:the )?(?P<answer>(?:non-?)?responders)\b"
    rf"|\b(?:in|for) the (?P<part>[\w+/ -]{{3,40}}?) (?:subgroup|subset|subpopulation|stratum)\b",
    re.IGNORECASE,
)
# Words of a group's name that do not tell it from the others.
ASIDE = re.compile(r"^(?:in|with|for|of|among) |(?<=.) (?:tumou?rs?|disease|patients)$")
BMI_UNIT = re.compile(r"(?<=\d) ?kg ?/?m-?2$")
# Everyone in the trial, the arms themselves, or the outcome turned into a group.
NO_GROUP = re.compile(
    r"\b(?:signs|symptoms|received|receiving|treated|treatment with|assigned|randomi[sz]ed|allocated|evaluable|available|completed|measurable|enrolled|entered|underwent randomi[sz]ation|at least one (?:post|dose)|advanced|metastatic|(?:CR|PR|SD|PD)(?![-\w])|response|responses|responded|achiev\w+|experienc\w+|progress\w+|died|relapsed|in (?:the|both|all|each)|data|follow|missing|assess\w+)\b",
    re.IGNORECASE,
)
# "who had received prior chemotherapy" is a group all the same.
EARLIER = re.compile(
    r"(?:had |have |were )?(?:(?:previously |already )(?:received|treated|had)|received (?:prior|previous)|prior|previous)\b",
    re.IGNORECASE,
)
# "the proportion of patients with remission": what is counted is an outcome, one with a limit of its own is not curated.
LIMIT = re.compile(r"[≤≥<>\d]|(?:no|zero|at least|more|less|fewer)\b")
COUNTED = re.compile(r"\b(?:proportions?|percentages?|fractions?|rates?) of (?:the |all )?$", re.IGNORECASE)
LEADING = re.compile(r"^(?:(?:a|an|the|had|have|were|was|received|underwent|who) )+(?=\w)")
# A sentence that still speaks of the patients that the one before opened with.
GOES_ON = re.compile(
    r"(?:for example|for instance|e\.g\.|in (?:this|these|that|such) (?:patients|subgroups?|population|group|subset|women|men)|of these|here|similarly"
    r"|likewise|the corresponding|these (?:patients|women|men)|(?:their|its|the) (?:corresponding )?median)\b",
    re.IGNORECASE,
)
# "Among patients with", "In the subgroup of", "Significant differences in patients with"
OPENING = 12
IN_DISEASE = re.compile(r"\b(?:in|for|among) (?:the )?\Z")
FACTOR = re.compile(
    r"\b(?:multi-?variaa?[bt]\w+|uni-?varia\w+|prognostic|predict(?:s|ed|or|ors|ive)|risk factors?|independent(?:ly)?|correlat\w+|associated with|association|hazards? model|Cox|subgroup analys[ie]s|interaction)\b",
    re.IGNORECASE,
)
OTHER_GROUPS = re.compile(
    r"\b(?:than|versus|vs?\.?|compared (?:with|to)|and)\s(?:(?:in|for|among|the|that|of)\s)*(?:those|patients|women|men|tumou?rs|subjects|participants|non-?responders|responders)\b(?!\s(?:in|receiving|treated|given|assigned|on|who (?:received|were treated)|randomi[sz]ed|at)\b)",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"(?:^|[,;:]\s|\b(?:that|and|whereas|while)\s)(?P<name>(?!there\b|it\b|this\b|we\b|no\b)[^,;.()]{3,70}?)\s(?:(?:was|were|is|are|had|has|remained|showed|appeared|seemed|significantly|independently|also|only|strongly|to be|be|an?|the|not)\s)+(?:\w+\s)?(?:associated|predict\w*|prognostic|related|correlat\w*|independent|risk|significant)\b",
    re.IGNORECASE,
)
NO_FACTOR = re.compile(r"(?:was|were|is|are|it|this|neither|none|which|nor|not|also)", re.IGNORECASE)
BRACKETED = re.compile(r"(?:^|[,;:]\s|\band\s|\bwere\s|\bwas\s)(?P<name>(?!and\b)[^,;:.()]{3,50}?)\s[(\[][^()]*$")


@dataclass(frozen=True, slots=True)
class Group:
    """A group of patients named in a sentence."""

    name: str
    start: int
    end: int


def analysis_set(text: str, place: int = 0) -> str | None:
    """The analysis population that the clause around a place names, where it is not the main one."""
    start, end = text.rfind(";", 0, place) + 1, text.find(";", place)
    return next((name for name, form in POPULATIONS if form.search(text, start, end if end > 0 else len(text))), None)


def groups(text: str, book: ArmBook) -> list[Group]:
    """The subgroups of a sentence, in order; arms, responders and the whole trial are none."""
    found: list[Group] = []
    for match in GROUP.finditer(text):
        if match["lacking"]:
            found += [Group(f"without {found[-1].name}", match.start(), match.end())] if found else []
            continue
        name = (
            match["name"]
            or match["name2"]
            or match["sort"]
            or match["part"]
            or match["bare"]
            or match["kin"]
            or match["short"]
            or match["answer"]
            or match["limit"]
        ).strip()
        kind = (match["kind"] or match["kind2"] or "").lower()
        printed = f"{kind} {name}" if kind == "without" or (kind == "aged" and name[0].isalnum()) else name
        by_treatment = (match["name"] or match["name2"]) and NO_GROUP.search(name) and not EARLIER.match(name)
        if (
            len(name) < (2 if match["short"] or match["limit"] else 3)
            or by_treatment
            or book.find(name)
            or len(name.split()) > 9
        ):
            continue
        if COUNTED.search(text, max(0, match.start() - OPENING * 2), match.start()) and not LIMIT.match(name):
            continue
        found.append(Group(_short(printed), match.start(), match.end()))
    return found


def is_group(group: Group, abbreviations: Mapping[str, str]) -> bool:
    """Whether what the paper's acronym stands for can be a group of patients too: "CR patients" had the outcome."""
    return not NO_GROUP.search(abbreviations.get(group.name, ""))


def _short(printed: str) -> str:
    """A group's name without the words that tell nothing; the unit of the body mass index is always the same."""
    return BMI_UNIT.sub("", ASIDE.sub("", LEADING.sub("", printed)))


def diseases(sentence: Sentence) -> list[Group]:
    """The diseases that a sentence gives values for one by one: "40% in angiosarcoma and 12% in chordoma"."""
    found = [
        Group(sentence.text[term.start : term.end], term.start, term.end)
        for term in sentence.of_kind("conditions")
        if IN_DISEASE.search(sentence.text, max(0, term.start - OPENING), term.start)
    ]
    return found if len({group.name for group in found}) > 1 else []


def going_on(before: str, text: str, book: ArmBook) -> list[Group]:
    """The one subgroup that the sentence before opens with, where this one goes on with it: "For example, ..."."""
    found = groups(before, book) if GOES_ON.match(text) else []
    return [Group(found[0].name, 0, 0)] if len(found) == 1 and found[0].start < OPENING else []


def compares_groups(text: str, found: list[Group]) -> bool:
    """Whether a sentence sets groups of patients against each other instead of arms."""
    return len({group.name for group in found}) > 1 or bool(OTHER_GROUPS.search(text))


def factor(text: str, start: int) -> str | None:
    """The factor whose effect a model estimates: the subject of "was associated with", or the words before the bracket."""
    if not FACTOR.search(text):
        return None
    subjects = list(SUBJECT.finditer(text, 0, start))
    if subjects:
        return _trimmed(subjects[-1]["name"])
    bracket = BRACKETED.search(text[:start])
    return _trimmed(bracket["name"]) if bracket else None


def _trimmed(name: str) -> str | None:
    plain = re.sub(
        r"^(?:(?:in|on|by|the|a|an|our|using|only|that|of|and|both|revealed|showed|multivariate|univariate|multivariable|analysis|analyses|cox|regression|model)\s)+",
        "",
        name.strip(),
        flags=re.IGNORECASE,
    )
    return plain if 0 < len(plain.split()) <= 8 and not NO_FACTOR.fullmatch(plain) else None
