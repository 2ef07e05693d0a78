"""The numbers of a reference: year, volume, issue and pages, in whatever order and punctuation they are printed.

A reference is cut into tokens; a run is a stretch of numbers, their punctuation and the words that go with numbers
(`vol.`, `pp.`, months). The run that looks most like a place in a journal is read by what stands around each number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from string import ascii_letters
from typing import NamedTuple

from ontology import regex as re

LABELS = {
    "volume": "vol volume vols volumes v bd band jg jahrgang tome tomo t",
    "issue": "no nos nr issue number numero num heft n iss fasc",
    "pages": "p pp page pages pg pgs s seiten",
    "article": "art article id",
    "supplement": "suppl supp supplement supplements supl",
    "part": "pt part parts",
    "abstract": "abstr abstract abs",
}
MEANING = {word: meaning for meaning, words in LABELS.items() for word in words.split()}
# These go with numbers only where one follows at once.
SHORT = frozenset("v t n s p id art part parts article abstract abs number issue page pages no nos band".split())
MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october "
    "november december spring summer fall autumn winter janv fevr mars avril mai juin juil aout janvier fevrier juillet "
    "septembre octobre novembre decembre januar februar marz juni juli oktober dezember okt dez enero febrero marzo abril "
    "mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre "
    "ottobre dicembre février août décembre märz".split()
)
PAGE = r"(?:CD\s?|[A-Z]{2}(?=\d{2,4}(?!\d))|e[a-z]{2,4}(?=\d{3})|[A-IK-Za-z]|[a-z]{2}|[ivxl]{2,5}|[IVX]{1,4}-|[A-Z]\d?-(?=\d))?\d+(?:\.\d+)?(?:\.?[A-Za-z]{1,2}\d*)?(?![^\W_])"
ROMAN = r"(?=[ivxlc])(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?![^\W_])"
TOKEN = re.compile(
    rf"(?P<range>(?P<pre>[A-Z]\d{{0,2}}-)\d+\s?-\s?(?P=pre)\d+|(?:{PAGE}|{ROMAN})\s?-{{1,3}}\s?(?:{PAGE}|{ROMAN}))"
    rf"|(?P<number>{PAGE})|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<bracket>[(\[][^()\[\]]{{0,40}}[)\]])|(?P<mark>\d+|[^\w\s]|_)"
)
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
YEAR_TOKEN = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?\Z")
YEAR_RANGE = re.compile(r"(?:19|20)\d\d\s?-\s?(?:(?:19|20)\d\d|\d\d)\Z")
YEARS_ONLY = re.compile(r"[(\[]\s*(?:1[5-9]|20)\d\d[a-z]?(?:\s?[/-]\s?\d{2,4})?\s*[)\]]\Z")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|ª|º)\Z")
PUNCTUATION = frozenset(".,;:()[]-/&'\"#+°º")
# A volume or year that the converter glued to its journal ("Placenta21, 597"), unlike the number of a gene or a drug.
GLUED = re.compile(r"\d{1,4}\s?(?:\([^)]{1,20}\))?[,;:]\s?[A-Za-z]{0,4}\d|(?:19|20)\d\d[a-z]?\W*\Z")
YEAR_NEXT = re.compile(r"\.?,?\s(?:19|20)\d\d\b")
# The number of a name: IL-2, beta-3, '95.
ATTACHED = re.compile(r"(?:[^\W\d_]-|.?')\Z")
NUMBER_NEXT = re.compile(r"\.?:?\s?[#°º]?\s?[A-Za-z]{0,4}\d|\.?\s[IVXL]{2,7}\b")
ROMAN_WORD = re.compile(ROMAN, re.IGNORECASE)
ROMAN_NEXT = re.compile(r"\s?(?:\([^)]*\))?\s?[,:]\s?(?:pp?\.\s?)?\d")
INSIDE = re.compile(r"[^\W\d_]+")
ARTICLE = re.compile(r"(?:CD\s?\d{6}|[a-z]{1,2}\d{2,}|\d{6,})\Z")
BARE_SUPPLEMENT = re.compile(r"suppl?(?:ement)?\.?\Z", re.IGNORECASE)
GLUED_PAGES = re.compile(r"(\d{1,2})([a-z]{1,4}\d+)-(\w+)\Z")
DIGITS = re.compile(r"\d(?:.{0,30}\d)*")
REACH = 32
SMALL_WORD = re.compile(r"\b[a-z]{2,}")
LEAST = 1.0
PAIR = re.compile(r"(\d{1,3})\s?[.-]\s?(\d{1,2})\Z")
SPLIT = re.compile(r"\s?-{1,3}\s?")


class Token(NamedTuple):
    """A number, a range, a bracket, a word; `before` is the punctuation in front, `label` the word that names it."""

    kind: str
    text: str
    start: int
    end: int
    before: str = ""
    label: str | None = None


NUMERIC = frozenset(("number", "range", "bracket", "roman"))
STRANGER = Token("stranger", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a work stands: its numbers as printed and the span of the run they were read from."""

    start: int
    end: int
    year: str | None = None
    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    named: bool = False
    score: float = 0.0


def find_place(text: str, start: int, end: int, *, year_known: bool) -> Place | None:
    """The best run of numbers in `[start, end)`, the last of equals; the others add a year, or a volume that is named."""
    places = (read_run(run, year_known=year_known) for run in runs(text, start, end))
    weighed = (replace(place, score=place.score - prose(text, place.end, end)) for place in places if place)
    sure = [place for place in weighed if place.score >= LEAST]
    if not sure:
        return None
    best = max(reversed(sure), key=lambda place: place.score)
    if not best.volume and (volume := next((place for place in sure if place.volume and place.named), None)):
        best = replace(best, volume=volume.volume, start=min(best.start, volume.start))
    if not best.year and not year_known:
        years = [place for place in sure if place.year and place.start > best.start] or [p for p in sure if p.year]
        best = replace(best, year=years[-1].year if years else None)
    return best


def prose(text: str, start: int, end: int) -> float:
    """What speaks against numbers behind which a sentence goes on."""
    return 0.7 * min(6, sum(1 for _ in SMALL_WORD.finditer(text, start, end)))


def runs(text: str, start: int, end: int) -> Iterator[list[Token]]:
    """Stretches of tokens that belong to numbers and hold one."""
    for first, last in zones(text, start, end):
        run: list[Token] = []
        for token in (*tokens(text, first, last), STRANGER):
            if token.kind != "stranger":
                run.append(token)
            elif run:
                if any(token.kind in NUMERIC for token in run):
                    yield run
                run = []


def zones(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where digits stand, with the words on either side; zones that touch are one."""
    first = last = -1
    for hit in DIGITS.finditer(text, start, end):
        left = max(text.rfind(" ", start, max(start, hit.start() - REACH)), start)
        right = text.find(" ", min(end, hit.end() + REACH // 2), end)
        if left > last:
            if last > 0:
                yield first, last
            first = left
        last = end if right < 0 else right
    if last > 0:
        yield first, last


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of `[start, end)`; a bracket that names its numbers ("(Vol. 3, pp. 1-9)") is opened."""
    for hit in TOKEN.finditer(text, start, end):
        kind = kind_of(hit, text)
        if kind == "bracket" and any(
            MEANING.get(word.lower()) in ("volume", "pages") for word in INSIDE.findall(hit[0])
        ):
            yield from tokens(text, hit.start() + 1, hit.end() - 1)
        else:
            yield Token(kind, hit[0], hit.start(), hit.end())


def kind_of(hit: re.Match[str], text: str) -> str:
    """What a match is: range, number, bracket, label, month, roman, mark, or a stranger to numbers."""
    found, kind = hit[0], hit.lastgroup
    if kind == "word":
        return word_kind(found.lower(), text, hit.end())
    if found[0].isdigit() and belongs_to_word(text, hit.start()):
        return "stranger"
    if kind == "range":
        return "range"
    if kind == "number":
        return "stranger" if ORDINAL.match(found) else "number"
    if kind == "bracket":
        return "bracket" if is_numeric(found) else "stranger"
    return "mark" if found in PUNCTUATION else "stranger"


def belongs_to_word(text: str, start: int) -> bool:
    """Whether a digit is the number of a name (IL-2, GSK21): no digit of a journal's that was glued to it."""
    before = text[start - 1 : start]
    if before in ("-", "'"):
        return bool(ATTACHED.match(text, max(0, start - 2), start))
    return before.isalpha() and not GLUED.match(text, start)


def word_kind(word: str, text: str, end: int) -> str:
    """What a word is beside numbers."""
    if word in MEANING:
        return "label" if is_label(word, text, end) else "stranger"
    if word in MONTHS:
        return "month"
    return (
        "roman"
        if ROMAN_WORD.fullmatch(word) and (len(word) > 1 or text[end - 1].islower()) and ROMAN_NEXT.match(text, end)
        else "stranger"
    )


def is_label(word: str, text: str, end: int) -> bool:
    """Whether a word names the number behind it, rather than being a word of a journal ("Int J Cancer Suppl 12")."""
    if word in SHORT and not NUMBER_NEXT.match(text, end):
        return False
    before = text[: end - len(word)].rstrip()
    if MEANING[word] == "supplement":
        return not YEAR_NEXT.match(text, end) and not before[-1:].isalpha()
    return MEANING[word] != "abstract" or before.endswith((",", ";", ":", "(", "[", "."))


def is_numeric(bracket: str) -> bool:
    """Whether a bracket holds a number, a date or a supplement and no words beside."""
    words = [word.lower() for word in INSIDE.findall(bracket)]
    known = [word in MEANING or word in MONTHS for word in words]
    if not any(map(str.isdigit, bracket)):
        return bool(words) and all(known)
    return all(fit or len(word) <= 2 for fit, word in zip(known, words, strict=True))


def read_run(run: list[Token], *, year_known: bool) -> Place | None:
    """The numbers of a run, each told by its label, its punctuation or its turn."""
    every = numeric_items(run)
    found = without_lead(every)
    if not found:
        return None
    year, items = take_year(found, year_known=year_known)
    fields = {"year": year}
    for take in (take_labelled, take_brackets, take_pages, take_turns):
        items = take(items, fields)
    told = {name: value for name, value in fields.items() if value}
    if not told or not (year_known or set(told) - {"volume", "issue"} or any(map(is_sign, found))):
        return None
    start = next(token.start for token in run if token.kind != "mark") if found == every else found[0].start
    return Place(
        start, run[-1].end, **told, named=any(item.label == "volume" for item in found), score=score(found, told)
    )


def is_date(bracket: str) -> bool:
    """Whether a bracket holds a year, or a month, and nothing that is not of a date."""
    words = [word.lower() for word in INSIDE.findall(bracket)]
    if not all(word in MONTHS or len(word) == 1 for word in words):
        return False
    return bool(YEARS_ONLY.match(bracket)) or (bool(words) and len(words[0]) > 1)


def is_sign(item: Token) -> bool:
    """Whether a number is named by a word, or stands in brackets as an issue does."""
    return bool(item.label) or item.kind == "bracket"


def numeric_items(run: list[Token]) -> list[Token]:
    """The numbers of a run with the punctuation and the label in front of each."""
    items: list[Token] = []
    label: Token | None = None
    for token in without_days(with_marks(run)):
        if token.kind != "label":
            items.extend(labelled(label, token))
            label = None
        else:
            items.extend(bare_supplement(label))
            label = token
    return items + bare_supplement(label)


def with_marks(run: list[Token]) -> list[Token]:
    """The tokens of a run without its punctuation, which each knows as what stands before it."""
    tokens: list[Token] = []
    before = ""
    for token in run:
        if token.kind == "mark":
            before += token.text
        else:
            tokens.append(token._replace(before=before) if before else token)
            before = ""
    return tokens


def without_days(tokens: list[Token]) -> list[Token]:
    """The tokens without months and the days beside them."""
    months = [token for token in tokens if token.kind == "month"]
    return [token for token in tokens if token.kind != "month" and not is_day(token, months)] if months else tokens


def is_day(token: Token, months: list[Token]) -> bool:
    """Whether a token is a small number right beside a month."""
    if token.kind != "number" or not is_small(token, 31):
        return False
    return any(0 <= month.start - token.end <= 1 for month in months) or (
        token.before in ("", ".") and any(0 <= token.start - month.end <= 2 for month in months)
    )


def is_small(token: Token, limit: int) -> bool:
    """Whether a token is a plain number up to a limit."""
    return token.text.isdigit() and int(token.text) <= limit


def labelled(label: Token | None, token: Token) -> list[Token]:
    """A number with the label in front of it; a supplement without a number stays by itself."""
    if label is None:
        return [token]
    meaning = MEANING[label.text.lower()]
    if token.before in ("", ".", "°", "º") or (token.before in (":", ".:", "#") and meaning != "supplement"):
        return [token._replace(start=label.start, before=label.before, label=meaning)]
    return [*bare_supplement(label), token]


def bare_supplement(label: Token | None) -> list[Token]:
    """A supplement that has no number."""
    if label is None or MEANING[label.text.lower()] != "supplement":
        return []
    return [label._replace(kind="supplement", label="supplement", text="")]


def without_lead(items: list[Token]) -> list[Token]:
    """Items without a number that ends the sentence before ("... in grade 3. 2009")."""
    if len(items) < 2 or not items[1].before.startswith(".") or items[0].label or items[0].kind == "roman":
        return items
    own_year = YEAR.search(items[0].text) and not any(YEAR.search(item.text) for item in items[1:])
    return items if own_year or items[0].before else items[1:]


def take_year(items: list[Token], *, year_known: bool) -> tuple[str | None, list[Token]]:
    """The year, and the items without it and without the month and day behind it."""
    place = year_place(items, year_known=year_known)
    if place is None:
        return None, items
    year = YEAR.search(items[place].text)
    rest = items[place + 1 :]
    if any(item.before.endswith(";") for item in rest[:3]) or (place == 0 and not any(item.before for item in rest)):
        while rest and not rest[0].before and is_small(rest[0], 31):
            rest = rest[1:]
    return (year[0] if year else None), items[:place] + rest


def year_place(items: list[Token], *, year_known: bool) -> int | None:
    """Which item is the year: one in brackets, one before a semicolon, the first or the last."""
    plain = [
        i for i, item in enumerate(items) if item.kind == "number" and not item.label and YEAR_TOKEN.match(item.text)
    ]
    followed = [i for i in plain if i + 1 < len(items) and items[i + 1].before.startswith(";")]
    if followed:
        return followed[0]
    dates = [i for i, item in enumerate(items) if item.kind == "bracket" and is_date(item.text)]
    dates = [place for place in dates if YEAR.search(items[place].text)]
    if dates:
        return dates[-1]
    if year_known or not plain:
        return None
    free = [place for place in plain if not items[place].before.endswith(":") or len(items) == 1]
    if not free:
        return None
    return free[0] if free[0] == 0 or len(free) == 1 else free[-1]


def take_labelled(items: list[Token], fields: dict[str, str | None]) -> list[Token]:
    """Numbers that a word names: vol. 3, no. 2, pp. 4-9, Suppl 1, Pt 2."""
    rest: list[Token] = []
    for item in items:
        if item.label in ("volume", "issue"):
            fields.setdefault(item.label, item.text.strip("()[] "))
        elif item.label == "supplement" and (glued := GLUED_PAGES.match(item.text)):
            fields["issue"], fields["first_page"], fields["last_page"] = f"Suppl {glued[1]}", glued[2], glued[3]
        elif item.label in ("supplement", "part"):
            name = {"supplement": "Suppl", "part": "Pt"}[item.label]
            fields["issue"] = " ".join(filter(None, (fields.get("issue"), name, item.text.strip("()[] "))))
        elif item.label in ("pages", "article"):
            take_range(item, fields)
        elif item.label is None:
            rest.append(item)
    return rest


def take_range(item: Token, fields: dict[str, str | None]) -> None:
    """First and last page of a range or of one page."""
    text = item.text
    if item.kind == "range":
        split = len(text) // 2 if text.count("-") == 3 else None
        first, last = (text[:split], text[split + 1 :]) if split else SPLIT.split(text, maxsplit=1)
        fields["first_page"], fields["last_page"] = first.strip(), last.strip()
    else:
        fields.setdefault("first_page", text.strip("()[] "))


def take_brackets(items: list[Token], fields: dict[str, str | None]) -> list[Token]:
    """The issue, which stands in brackets."""
    for item in items:
        if item.kind == "bracket" and not is_date(item.text):
            fields.setdefault("issue", item.text[1:-1].replace("_", " ").strip(" ,;"))
    return [item for item in items if item.kind != "bracket"]


def take_pages(items: list[Token], fields: dict[str, str | None]) -> list[Token]:
    """The pages: the last range, else what follows a colon."""
    ranges = [item for item in items if item.kind == "range" and not (YEAR_RANGE.match(item.text) and len(items) == 1)]
    colons = [item for item in items if item.before.endswith(":")]
    if len(ranges) > 1 and ranges[-1].before == "," and items[items.index(ranges[-1]) - 1] is ranges[-2]:
        ranges.pop()
    chosen = ranges[-1] if ranges else colons[-1] if colons else None
    if chosen is None or "first_page" in fields:
        return items
    take_range(chosen, fields)
    return items[: items.index(chosen)]


def take_turns(items: list[Token], fields: dict[str, str | None]) -> list[Token]:
    """What is left has its turn: volume, issue, page."""
    plain = [item.text for item in items if item.kind in ("number", "roman", "range")]
    if plain and "first_page" not in fields and (len(plain) > 1 or "volume" in fields or is_article(plain[0])):
        fields["first_page"] = plain.pop()
    if plain and "volume" not in fields:
        fields["volume"] = plain.pop(0)
        if pair := PAIR.match(fields["volume"] or ""):
            fields["volume"], fields["issue"] = pair.groups()
    if plain and BARE_SUPPLEMENT.match(fields.setdefault("issue", plain[0]) or ""):
        fields["issue"] = f"{plain[0]} {fields['issue']}"
    return []


def is_article(text: str) -> bool:
    """Whether a lone number looks like an article's, not like a volume."""
    return not text.isdigit() and bool(ARTICLE.match(text))


def score(items: list[Token], fields: dict[str, str]) -> float:
    """How much a run looks like a place in a journal."""
    points = {"volume": 2.0, "first_page": 2.0, "last_page": 1.0, "year": 1.5, "issue": 0.5}
    signs = sum(1.0 for item in items if item.label or item.before.endswith((";", ":"))) if len(fields) > 1 else 0.0
    return sum(points[name] for name in fields) + min(signs, 3.0)


def whole(first: str | None, last: str | None) -> str | None:
    """The last page in full: 2934 and 42 are 2934-2942, S25 and 9 are S25-S29."""
    if not first or not last or first == last:
        return None
    prefix = first[: len(first) - len(first.lstrip(ascii_letters + "-"))]
    head, tail = first[len(prefix) :], last.removeprefix(prefix) if prefix else last
    if head.isdigit() and tail.isdigit():
        return prefix + (head[: len(head) - len(tail)] + tail if len(tail) < len(head) else tail)
    return last
