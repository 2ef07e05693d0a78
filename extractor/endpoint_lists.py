"""The printed list of endpoints cut into its items, each with a clean name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.endpoint_names import endpoint_matches
from extractor.language import TermMatch
from extractor.reading import Reading, Sentence
from ontology import regex as re
from ontology.terms import Term

# Words in brackets explain, unless they number the items: "(i)", "2)".
ASIDE = re.compile(r"[(\[](?!\s?(?:i{1,3}|iv|v|\d|[a-e])\s?\))(?:[^()\[\]]|\([^()]*\)|\[[^\]]*\])*(?:[)\]]|$)")
# A definition between commas ends at the next comma: "PFS, defined as the time from ..., and OS".
DEFINING = re.compile(
    r",?\s(?:which (?:was|is) )?(?:defined|calculated|measured) (?:as|by)\b(?:(?!\b(?:and|, (?:and )?)(?:the )?(?:secondary|overall|progression)\b)[^,;])*",
    re.IGNORECASE,
)
# ", as assessed by central review" is no item, and neither is "-ie, the area under the curve".
HOW = re.compile(
    r",\s(?:as )?(?:assessed|evaluated|judged|determined|measured|estimated|quantified|recorded)\s(?:by|with|using|on|according to|per|via|at|from|in|among)\b[^,;]*?(?=,|;|\sand\s|$)"
    r"|,?\s(?:according to|as (?:defined|classified) by)\s[^,;]{3,90}?\s(?:criteria|definitions?|classification|guidelines?)\b"
    r"|[-\s(]i\.?e\.?\b,?\s[^,;]*",
    re.IGNORECASE,
)
# "a composite of death, infarction, or stroke", "the first occurrence of death or stroke" is one endpoint, and where it explains another, none.
COMPOSITE = re.compile(
    r"(?:(?:\b(?:a|the) )?\b(?:composite|combination|combined (?:end ?-?points?|outcome))(?: (?:end ?-?point|outcome|measure|rate|incidence))? of"
    r"|\b(?:time to )?(?:the )?first (?:occurrence|event)(?: of any)? of(?=[^;.]{3,200}\sor\s)) (?P<parts>[^;]{5,250})",
    re.IGNORECASE,
)
LAST_PART = re.compile(r".*\bor\s(?:[^,;]*?)(?=,|;|$)", re.IGNORECASE | re.DOTALL)
EXPLAINS = re.compile(
    r"^[^,]{3,60},\s(?:(?:which (?:was|is) )?defined as |measured as )?$|\bdefined as $|^[^,;]{3,80}[—–-](?:an? |the )?$",
    re.IGNORECASE,
)
# "in both the first and the second phase": the conjunction joins no endpoints.
PAIRED = re.compile(
    r"\b(?:in|at|on|of|for|during)\s(?:both|either)\s[^,;]{1,60}?\sand\s[^,;]*?(?=,|;|\sand\s|$)"
    r"|\bbetween\s[^,;]{1,60}?\sand\s[^,;\s]+(?:\s(?:weeks?|months?|days?|years?)(?:\sof\sage)?\b)?|\b(?:associations?|relationships?|correlations?|relations?)\s(?:of|between|among)\s[^;]*",
    re.IGNORECASE,
)
# In a numbered list what an item includes is no item: "1) markers of turnover, including A, B and C, 2) ...".
NUMBERED = re.compile(r"(?<!\S)\(?(?:1|i|a)\)")
EXAMPLES = re.compile(
    r",?\s(?:including|such as|e\.g\.)\s[^;]*?(?=;|,?\s(?:and\s)?\(?(?:\d|i{1,3}|iv|v|[b-f])\)|$)", re.IGNORECASE
)
SPLIT = re.compile(
    r",\s(?:and\s)?|;\s?(?:and\s)?|\sand\s(?!(?:mean(?!\s(?:number|volume|change|time|level|score|rate|daily|annual|weight|blood))|maximum|minimum|diastolic|neck|after|week|month|severity|intensity|frequency|duration|type|nature|quality(?!\sof\slife))\b|(?:almost|\d(?!\d*[- ](?:day|week|month|year)\s?-?[a-z])))|\sas well as\s|(?<!\S)\(?(?:i{1,3}|iv|vi{0,2}|\d|[a-f])\)\s?|\sin addition to\s",
    re.IGNORECASE,
)
# A list that begins so says what was done with the endpoints, not which they are.
NO_LIST = re.compile(
    r"^\s*(?:also |then |all |both |not |statistically |significantly |further |subsequently |each |thus |therefore )*(?:(?!\d+[- ](?:day|week|month|year|min\w*|hour|h|item|point)\b)\d(?!\))|[<>=≥≤]|p\s?[=<]"
    r"|(?:analy[sz]ed|assessed|evaluated|compared|tested|performed|conducted|controlled|calculated|estimated|reached|met|achieved|attained|based|similar|shown|given|summari[sz]ed|reported|presented|listed|described|detailed|observed|considered|examined|adjusted|powered|missed|improved|significant\w*|statistically|not|collected|obtained|determined|recorded|positive|negative|available|in favou?r|lower|higher|better|greater|seen|noted|found|consistent|included in|used|carried|affected|available|different|comparable|unchanged|provided|as follows\b(?!:)|by (?:an?|the))\b)",
    re.IGNORECASE,
)
# What is left of a phrase when its noun was cut away is no name.
NO_NAME = re.compile(
    r"^(?:by|this|that|which|who|considered)\b|^(?:local|distant|regional|metastatic|positive|negative|total|active|individual|overall|early|late|primary|secondary|key|mean|median|improved|response to|patients?|relapsed)$|\b(?:models?|methods?|outcomes?|end ?-?points?|objectives?)$"
    r"|^(?:follows|as follows|during|then|those|these|each|every|other|others|similar|same|clinical|estimated|usage|rate|rates|number|analysis|treatment|study|change|changes|investigator|country|age category|relationship|activation|addition|death from any cause|sample size|intermediate|i+\)|v\)|one or more|whether|at least|per|all|not|no|if|any|is|are|was|were|be|both|terms|baseline|it|they|there|adverse|end|value|values|score|scores|reached|p)\b(?:$|(?<=\bthen)|(?<=\beach)|(?<=\bduring)|(?<=\bterms)|(?<=\bthose)|(?<=\bthese)|(?<=\bwhether)|(?<=\bat least)|(?<=\bif)|(?<=\bnot)|(?<=\baddition)|(?<=\bsimilar)|(?<=\bp\b)|(?<=\bno\b)|(?<=\bfollows)|(?<=\bbe\b)|(?<=\bthere)|(?<=\bit\b)|(?<=\bevery))"
    r"|\b(?:analy[sz]ed|conducted|controlled|because|equivalen\w+|could|would|should|may|did|been|being|will|using|score used|covariates?|ANCOVA|ANOVA|regression|95 ?%|confidence|completed by|randomi[sz]ed to|superior\w*|non-?inferior\w*|questionnaires? (?:was|were))\b|[=<>]",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^(?:\W|\d+-item\b|\b(?:time to )?(?:the )?first (?:occurrence|episode)(?= of)|\bchange-from-baseline\b|\bwe (?:also )?(?:chose|selected|defined|used|considered|analy[sz]ed|took)\b|\b(?:degree|extent|presence)(?= of)|\b(?:and|or|including|the|to|in|of|a|an|as|well|also|were|was|both|either|any|key|mean|median|maximum|percentages?|proportions?|numbers?(?= of)|patients|subjects|participants|women|men|children|infants|adults|individuals|people|neonates|newborns|adolescents|achieving|who|with|having|had|achieved"
    r"|assess\w*|evaluat\w*|compar(?:e|ed|ing|isons?)|determin\w*|measur(?:e|ed|ing)|following|treatment effects?(?= on)|effects?(?= (?:of|on))|on|(?:absolute |relative |percent(?:age)? |mean )*changes?(?:\s\([^)]*\))?(?:\sfrom\sbaseline(?:\s(?:to|at)\s[^,;]{1,40}?)?|\s(?:to|at|through)\s(?:the\s)?(?:week|month|day|year|end|\d)[^,;]{0,30}?)\s(?:in|of)|(?:total )?scores?\s(?:for|on)|(?:absolute |relative |percent(?:age)? |mean )*changes?|(?:\d+|one|two|three|six|twelve)-(?:day|week|month|year)(?= )|differences?|improvements?(?= (?:in|of|from))|reductions?(?= (?:in|of))|decreases?(?= (?:in|of))|drop(?= in)|occurrence|incidence|onset|frequency|comparison"
    r"|rates?(?= of)|time course|from baseline|overall(?= (?:incidence|safety))|severity(?= of)|their|its|our|follows:?|namely|respectively)\b)+",
    re.IGNORECASE,
)
TAIL = re.compile(
    r",?\sin (?:an? |the )?(?:time-to-event|intention-to-treat|per-protocol|survival) (?:analysis|population)\b.*$|-?\bi\.?e\b.*$|\s\d+\s?-?(?:days?|weeks?|months?|years?|h(?:ours?)?)\s(?:after|following|post|later)\b.*$|(?<!-)\b(?:which|that|who|whose|defined|measured|assessed|evaluated|determined|calculated|as assessed|according|based|between|using|by the|by means|compared|in (?:both|all|each|the|patients|tumou?rs?|this|those|subjects|participants|terms)|for (?:each|the|all)|of (?:the|each) (?:two|study|treatment)"
    r"|among|were|was|is|are|with (?:the|a)|where|from baseline|from randomi[sz]ation|(?<!time )(?:at|after|within|during|over|until|up to|through|from|on|by) (?:the |a |an |end |surgery|follow|weeks?|months?|days?|years?|(?:one|two|three|four|six|twelve) (?:weeks?|months?|years?|days?)|\d+|\d+-|hospital|discharge|treatment)|to (?:the|treatment|therapy|(?:pre|post|neo)?-?(?:operative )?(?:chemo|radio|adjuvant)\w*)|per (?:day|24)|when|following|if|because|obtained|recorded|reported|judged|graded|per (?:RECIST|protocol|patient)|attributable)\b.*$|\s?/\s?(?:24 ?h|day|week|month|year)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
SAFETY = re.compile(
    r"\b(?:toxicit(?:y|ies)|(?<!major )adverse(?! (?:[a-z]+ )?outcomes?\b)|toxic|side[- ]effects?|safety|tolerab\w+|complications of treatment)\b",
    re.IGNORECASE,
)
SAFETY_NAME = re.compile(
    r"(?:safety|tolerab\w+|toxicit\w+|(?:serious |treatment-emergent )?adverse (?:events?|effects?|reactions?)|side effects|safety and tolerability)$",
    re.IGNORECASE,
)
# The toxicity of one organ is an endpoint of its own.
OF_ORGAN = re.compile(
    r"\b(?:marrow|h[a]?emato\w+|cardi\w+|renal|nephro\w+|hepat\w+|liver|neuro\w*|pulmonary|lung|skin|gastro\w+|oto\w+|ocular|dose-limiting)\s?-?toxicit",
    re.IGNORECASE,
)
# "acute and chronic GVHD", "clinical and pathological response": the noun of the last serves the first.
SHARED = re.compile(
    r"\b(?P<one>acute|chronic|clinical|pathological|pathologic|systolic|diastolic|local|distant|regional|early|late|complete|partial|fasting|stool|urinary|serum)(?: and |, )(?P<two>(?!and\b)[a-z]+) (?=[A-Za-z])",
    re.IGNORECASE,
)
TIED_TO = re.compile(
    r"\b(?:associations?|correlations?|relationships?) (?:of|between) [^.;]{3,200}? (?:with|and) (?:(?:treatment|clinical|tumou?r|patient|the) )*"
    r"(?:responses?|outcomes?|efficacy|survival|ORR|PFS|OS)\b",
    re.IGNORECASE,
)
MARKER = re.compile(r"\b(?:bio)?-?markers?\b", re.IGNORECASE)
ANY_MARKER = re.compile(
    r"\b(?:(?:identification|evaluation|analys[ie]s|assessment|exploration) of )?(?:(?:potential|predictive|prognostic|exploratory|tumou?r|tissue|blood|circulating|and) )*bio-?markers?(?: analys[ie]s| of response)?\b",
    re.IGNORECASE,
)
SHORT_BEHIND = re.compile(r"\s?\((?P<short>[A-Z][A-Za-z]*[A-Z][\w-]*)(?=[);,])")
SHARED_HEAD = re.compile(r"\s*[A-Z][\w-]{1,7} (?P<noun>expression|levels?|status|concentrations?)\b")
LOOSE = re.compile(r"(?:\s(?:to|of|by|at|than|with|in|and|or|for|from|the|a))+$")
# "blood loss ≥ 500 ml"
LIMIT = re.compile(r"\s*(?:[<>=≥≤]|\bof (?:more|less|greater|at least)\b)")
TITLED = re.compile(r"[A-Z][a-z]+(?:\s[^A-Z]|$)")
WORDS = re.compile(r"[^\W_](?:[\w'-]*[^\W_])?")
CAPITALS = re.compile(r"[A-Z][A-Za-z]*[A-Z]|[A-Z]\d")
# "overall survival (OS) of drug a in patients with glioma": what follows is whose it is.
SAID_OF = re.compile(r"\s*(?:\([A-Z][\w-]*\)\s*)?(?:of|in|with)\s")
# Words that make no other endpoint of a name.
NEUTRAL = re.compile(
    r"the|a|an|of|in|on|at|to|for|by|and|or|with|from|after|during|scores?|scales?|total|index|indices|rates?|levels?|incidences?|numbers?|proportions?"
    r"|percentages?|times?|means?|medians?|changes?|patients?|subjects?|participants?|women|overall|items?|tests?|questionnaires?|values?|disease|all|any|cause"
    r"|measured|assessed|estimated|serum|plasma|blood|concentrations?|episodes?|events?|per|day|days|weeks?|months?|years?|\d[\w.]*|use|occurrence|need|onset|duration|severity|outcomes?"
)
ACRONYM = re.compile(r"^[A-Z][A-Za-z0-9-]{1,7}$")
MAX_WORDS = 9
# "death from cardiovascular causes or hospitalization for heart failure"
MAX_JOINED = 16


@dataclass(frozen=True, slots=True)
class Item:
    """One endpoint of a printed list; `term` where it is a curated one."""

    name: str
    start: int
    end: int
    term: Term | None = None


def items(reading: Reading, sentence: Sentence, known: list[TermMatch], start: int, end: int) -> Iterator[Item]:
    """The endpoints listed in `[start, end)` of a sentence; nothing where the words are no list."""
    if NO_LIST.match(sentence.text[start:end]):
        return
    combined = list(_composites(sentence.text, start, end))
    found = [*_shared(reading, sentence.text, start, end), *_markers(sentence, start, end), *combined]
    taken = [(item.start, item.end) for item in found]
    masked = _masked(sentence.text, start, end)
    plain = sentence.text[:start] + masked + sentence.text[end:]
    seen = [match for match in known if not _is_hidden(match, sentence.text, plain)]
    parts = list(_parts(masked, start, [(match.start, match.end) for match in seen]))
    for place, (first, last) in enumerate(parts):
        if any(first < high and low < last for low, high in taken):
            continue
        inside = [match for match in seen if first <= match.start and match.end <= last]
        core = _core(plain, first, last)
        if inside and _is_meant(inside[0], plain, *core) and not _is_half(inside, plain, *core):
            found.extend(_known(sentence.text, inside))
        else:
            found.extend(_named(reading, plain, parts, place, sentence.text))
    yield from sorted(found, key=lambda item: item.start)


def _composites(text: str, start: int, end: int) -> Iterator[Item]:
    """The endpoints of a list that are made of several; one that explains another is none of its own."""
    for match in COMPOSITE.finditer(text, start, end):
        if not EXPLAINS.search(text[start : match.start()]):
            name = " ".join(text[match.start() : _last_part(match)].split())
            yield Item(re.sub(r"^(?:a|the) ", "", name, flags=re.IGNORECASE), match.start(), _last_part(match))


def composite(text: str, start: int, end: int) -> Item:
    """The whole of a list as one endpoint: "the primary composite outcome was death, infarction, or stroke"."""
    parts = LAST_PART.match(text[start:end])
    core = TAIL.sub("", parts[0] if parts else text[start:end]).strip(" ,")
    return Item(f"composite of {' '.join(core.split())}", start, start + len(core))


def _last_part(match: re.Match[str]) -> int:
    """Where the parts of a composite end: behind the one that "or" leads up to, else with the list."""
    parts = LAST_PART.match(match["parts"])
    core = parts[0] if parts else match["parts"]
    joint = core.lower().rfind(" or ") if parts else 0
    return match.start("parts") + joint + len(TAIL.sub("", core[joint:]).rstrip(" ,"))


def _markers(sentence: Sentence, start: int, end: int) -> Iterator[Item]:
    """What a trial asks of its markers: one endpoint, whatever markers and outcomes it lists."""
    text = sentence.text
    for match in TIED_TO.finditer(text, start, end):
        if MARKER.search(match[0]) or any(
            match.start() <= m.start < match.end() for m in sentence.of_kind("biomarkers")
        ):
            yield Item("biomarkers", *match.span())
            return
    for match in ANY_MARKER.finditer(text, start, end):
        yield Item("biomarkers", *match.span())
        return


def is_safety(name: str) -> bool:
    """Whether a name is one of the many for the watch over adverse events."""
    return bool(SAFETY_NAME.match(name))


def canonical(name: str) -> str:
    """The name under which an endpoint stands in the record."""
    return "safety" if is_safety(name) and not name.startswith("serious") else name


def _masked(text: str, start: int, end: int) -> str:
    """The list with brackets and definitions blanked, its length kept."""
    plain = ASIDE.sub(lambda match: " " * len(match[0]), text[start:end])
    for match in COMPOSITE.finditer(text, start, end):
        if EXPLAINS.search(text[start : match.start()]):
            low, high = match.start() - start, _last_part(match) - start
            plain = plain[:low] + " " * (high - low) + plain[high:]
    for aside in (DEFINING, HOW, PAIRED, *([EXAMPLES] if NUMBERED.search(plain) else [])):
        plain = aside.sub(lambda match: " " * len(match[0]), plain)
    return plain


def _parts(masked: str, offset: int, whole: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The items of a list; a name with a conjunction in it stays `whole`."""
    start = 0
    for mark in [*SPLIT.finditer(masked), None]:
        if mark and any(low < offset + mark.start() and offset + mark.end() < high for low, high in whole):
            continue
        end = mark.start() if mark else len(masked)
        if masked[start:end].strip():
            yield offset + start, offset + end
        start = mark.end() if mark else end


def _core(text: str, first: int, last: int) -> tuple[int, int]:
    """An item without what leads up to its name and what follows it."""
    lead = LEAD.match(text[first:last])
    begin = first + (lead.end() if lead else 0)
    return begin, begin + len(TAIL.sub("", text[begin:last]).rstrip(" ,:;-)("))


def _is_hidden(match: TermMatch, text: str, plain: str) -> bool:
    """Whether a term is blanked as an example or the like; one in brackets may name the whole, but for its limit."""
    limited = LIMIT.match(text, match.end)
    bracketed = text.rfind("(", 0, match.start) > text.rfind(")", 0, match.start) and not limited
    return not bracketed and not plain[match.start : match.end].strip()


def _is_meant(match: TermMatch, text: str, start: int, end: int) -> bool:
    """Whether a curated endpoint is what an item names, and not a word of a longer name ("growth" in "growth factor")."""
    printed = text[match.start : match.end]
    if start >= end:
        return False
    if CAPITALS.search(printed) or match.start >= end or match.end <= start:
        return True
    if match.start == start and SAID_OF.match(text, match.end):
        return True
    words = {word for word in WORDS.findall(text[start:end].lower()) if not NEUTRAL.fullmatch(word)}
    own = {word for word in WORDS.findall(printed.lower()) if not NEUTRAL.fullmatch(word)}
    share = len(own & words) * 2 - len(words)
    return not own or share > 0 or (share == 0 and len(own) > 1)


def _is_half(inside: list[TermMatch], text: str, start: int, end: int) -> bool:
    """Whether a curated endpoint is only one side of a joined name: "embolism" in "stroke or systemic embolism"."""
    one = inside[0]
    before, after = text[start : one.start], text[one.end : end]
    joined = re.search(r"[A-Za-z]{3,} or\b", before) or re.search(r"\bor [A-Za-z]{3,}", after)
    return len(inside) == 1 and joined is not None


def _known(text: str, inside: list[TermMatch]) -> Iterator[Item]:
    """The first curated endpoint of an item; the second only where a slash joins them."""
    first, *others = inside
    # "improvement in the index (PASI 75)": the bracket names the whole; "quality of life (SF-36)" says how.
    if (
        others
        and _is_short_of(text, first, others[0])
        and (re.match(r"^\s?\($", text[first.end : others[0].start]) and text[others[0].end :].startswith(")"))
    ):
        first = others.pop(0)
    yield Item(canonical(first.term.name), first.start, first.end, first.term)
    if others and re.match(r"^(?:\s?/\s?|\sor\s)$", text[first.end : others[0].start]):
        other = others[0]
        yield Item(canonical(other.term.name), other.start, other.end, other.term)


def _is_short_of(text: str, first: TermMatch, other: TermMatch) -> bool:
    """Whether a name in brackets begins with the initials of the one before them."""
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", text[first.start : first.end])).upper()
    letters = re.match(r"[A-Z]+", text[other.start : other.end])
    return letters is not None and set(letters[0]) <= set(initials) and letters[0][0] == initials[0]


def _shared(reading: Reading, text: str, start: int, end: int) -> Iterator[Item]:
    """Both endpoints of "acute and chronic X", where each is a curated one."""
    for match in SHARED.finditer(text, start, end):
        noun = re.match(r"[\w-]+(?: [\w-]+){0,2}", text[match.end() :])
        if noun is None:
            continue
        terms = [_term(reading, f"{adjective} {noun[0]}") for adjective in (match["one"], match["two"])]
        if all(terms) and terms[0] is not terms[1]:
            for term, group in zip(terms, ("one", "two"), strict=True):
                assert term is not None
                yield Item(term.name, match.start(group), match.end(group), term)


def _term(reading: Reading, phrase: str) -> Term | None:
    """The curated endpoint that a phrase begins with."""
    expanded = " ".join(reading.abbreviations.get(word, word) for word in phrase.split())
    found = tuple(match for match in reading.language.find(expanded) if match.term.kind == "endpoints")
    return next((m.term for m in endpoint_matches(reading, expanded, found) if m.start == 0), None)


def _named(reading: Reading, text: str, parts: list[tuple[int, int]], place: int, whole: str) -> Iterator[Item]:
    """An endpoint in words of the paper's own, without what leads up to it and what follows; a long one goes by the
    short form that the bracket behind it has in the `whole` text.
    """
    start, end = _core(text, *parts[place])
    cut = LIMIT.split(text[start:end])[0]
    name = LOOSE.sub("", " ".join(cut.split()).strip(" ,:;-"))
    if not name or not name[0].isalpha() or NO_NAME.match(name) or NO_NAME.search(name):
        return
    if SAFETY.search(name) and not OF_ORGAN.search(name):
        yield Item("safety", start, start + len(cut))
        return
    if ACRONYM.match(name):
        name = _with_head(reading, text, parts, place, name)
    else:
        words = [reading.abbreviations.get(word, word) if ACRONYM.match(word) else word for word in name.split()]
        written = " ".join(words)
        name = written if len(written.split()) <= MAX_WORDS else name
    short = SHORT_BEHIND.match(whole, start + len(cut)) if len(name.split()) > MAX_WORDS - 1 else None
    name = short["short"] if short else name
    if 1 <= len(name.split()) <= (MAX_JOINED if " or " in name else MAX_WORDS) and len(name) > 3:
        yield Item(name[0].lower() + name[1:] if TITLED.match(name) else name, start, start + len(cut))


def _with_head(reading: Reading, text: str, parts: list[tuple[int, int]], place: int, name: str) -> str:
    """An acronym written out, with the noun that the last of its list lends: "ER, PgR and Ki67 expression"."""
    written = reading.abbreviations.get(name, name)
    for first, _ in parts[place + 1 :]:
        head = SHARED_HEAD.match(text[first:])
        if head:
            return f"{written.replace('-', ' ')} {head['noun']}"
    return written
