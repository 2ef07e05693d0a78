"""The values of a cell: numbers, percentages, fractions, intervals and spreads, in the order they are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extractor.quantities import EXPONENT, NUMBER, decimal, p_value
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import PValue

PartKind = Literal[
    "number", "percent", "slash", "interval", "spread", "p", "size", "unreached", "label", "level", "insignificant"
]

UNREACHED = r"(?:NR|NE|NC|NA|[Nn]ot (?:yet )?(?:reached|estimable|evaluable)|∞)"
SIGNED = rf"(?:\([-+]\) ?|[-+] ?)?{NUMBER}"
# What the numbers of a cell are called inside it: "65.6 (SD = 9.5)", "63 (IQR 56-68; range 31-79)".
LABELS = r"SDs?|s\.d\.|SEM|SE|IQR|range|median|mean|min-max|Q1[-,;] ?Q3|a?(?:HR|OR|RR)"
PARTS: tuple[tuple[str, str], ...] = (
    ("p", rf"(?<![A-Za-z])[Pp](?: ?-? ?values?)? ?(?P<p_sign><=|>=|[=<>≤≥]) ?(?P<p>{NUMBER}{EXPONENT}?)"),
    ("note", r"(?<=[)\]])\d$"),
    ("size", r"(?<![A-Za-z])[Nn](?: ?[=:] ?|(?<=\([Nn]) )(?P<n>\d{1,3}(?:,\d{3})+|\d+)"),
    ("level", r"\d\d(?:\.\d+)? ?% ?(?:CI|confidence interval)[:=]?"),
    ("label", rf"(?<![A-Za-z])(?P<label>{LABELS})(?![A-Za-z]) ?[=:]?"),
    ("clock", r"\d+:\d\d"),
    ("slash", r"(?P<slash>(?<![\d.])\d[\d,]* ?(?:(?:/ ?\d[\d,]*(?![\d.]) ?)+|(?:out )?of \d[\d,]*))"),
    ("interval", rf"(?P<low>{SIGNED})\+? ?%? ?(?P<to>-|~|\bto\b|\band\b) ?(?P<high>{SIGNED}|{UNREACHED})\+? ?%?"),
    ("pair", rf"(?<=[(\[])\s?(?P<first>{SIGNED})\+? ?%? ?[,;] ?(?P<second>{SIGNED}|{UNREACHED})\+? ?%?\s?(?=[)\]])"),
    ("spread", rf"(?:±|\+/-|\+ ?/ ?-|\+-) ?(?P<spread>{NUMBER})"),
    ("percent", rf"(?:(?P<percent_sign>[=<>≤≥~]) ?)?(?P<percent>{SIGNED}) ?%"),
    (
        "number",
        rf"(?:(?P<number_sign>[=<>≤≥~]) ?)?(?P<number>{SIGNED}(?: ?[x×] ?10 ?\^?\{{? ?-? ?\d{{1,2}}\}}?|[eE]-\d{{1,3}})?)",
    ),
    ("unreached", rf"(?<![A-Za-z]){UNREACHED}(?![A-Za-z])"),
    ("insignificant", r"(?<![A-Za-z])(?:NS|n\.s\.|[Nn]ot significant)(?![A-Za-z])"),
    ("reference", r"(?<![A-Za-z])[Rr](?:ef|eference|EF)(?![A-Za-z])\.?"),
    ("open", r"[(\[]"),
    ("close", r"[)\]]"),
    (
        "unit",
        r"(?<=[\d)])\s?(?:years?|yrs?|y|months?|mo|weeks?|wks?|days?|hours?|hrs?|h|min|minutes|mg|kg|g|cm|mm|m|mL|ml|L|l"
        r"|mm ?Hg|mmol|points?|patients?|times)(?:/[A-Za-z0-9]+)?(?![A-Za-z])",
    ),
    ("mark", r"(?<=[\d)%\]])\s?[a-g]\d?(?:,? ?[a-g]\d?)*(?![\w.])|[,;:|/~∼-]|\s+"),
)
SCANNER = re.compile("|".join(f"(?P<part_{name}>{pattern})" for name, pattern in PARTS))
PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?")
EMPTY = re.compile(
    r"^(?:[-.…\s]*|N/?A|n/?a|ND|nd|[Nn]ot (?:applicable|available|done|reported|assessed)|[Rr]ef\.?|REF)$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One number (or pair of numbers) of a cell; `name` is what the cell itself calls it ("SD = 9.5")."""

    kind: PartKind
    numbers: tuple[Decimal | None, ...] = ()
    sign: str = ""
    bracketed: bool = False
    p: PValue | None = None
    name: str = ""

    @property
    def number(self) -> Decimal | None:
        """Its first number."""
        return self.numbers[0] if self.numbers else None


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's numbers; `clean` when nothing but numbers, marks and units stands in it."""

    text: str
    parts: tuple[Part, ...] = ()
    clean: bool = True
    empty: bool = False
    unit: str = ""

    @property
    def is_numeric(self) -> bool:
        """Whether it can be a datum."""
        return self.clean and bool(self.parts)


@lru_cache(maxsize=8192)
def read_value(text: str) -> Value:
    """The value that a cell prints."""
    print_ = plain(text)
    if EMPTY.match(print_):
        return Value(print_, empty=True)
    if PLAIN_NUMBER.fullmatch(print_):
        return Value(print_, (Part("number", (Decimal(print_),)),))
    parts: list[Part] = []
    called = unit = ""
    depth = place = 0
    while place < len(print_):
        match = SCANNER.match(print_, place)
        if match is None or match.end() == place or match.lastgroup == "part_clock":
            return Value(print_, tuple(parts), clean=False)
        name = (match.lastgroup or "")[len("part_") :]
        depth += (name == "open") - (name == "close")
        read = READERS.get(name)
        if read is not None:
            kind, numbers, sign, p = read(match)
            parts.append(Part(kind, numbers, sign, depth > 0 or name == "pair", p, called))
            called = ""
        elif name == "label":
            called = match["label"].lower()
        elif name == "unit":
            unit = unit or match[0].strip()
        place = match.end()
    return Value(print_, tuple(parts), unit=unit)


Read = tuple[PartKind, tuple[Decimal | None, ...], str, PValue | None]


def _number(match: re.Match[str]) -> Read:
    printed, sign = match["number"], match["number_sign"] or ""
    if re.search(r"[x×eE]", printed):
        value = p_value(printed)
        return "number", (value.value if value else None,), sign, None
    return "number", (_signed(printed),), sign, None


READERS: dict[str, Callable[[re.Match[str]], Read]] = {
    "p": lambda match: ("p", (), "", p_value(match["p"], match["p_sign"])),
    "size": lambda match: ("size", (decimal(match["n"]),), "", None),
    "slash": lambda match: (
        "slash",
        tuple(decimal(each) for each in re.findall(r"\d[\d,]*", match["slash"])),
        "",
        None,
    ),
    "interval": lambda match: ("interval", _bounds(match["low"], match["high"], match["to"]), "", None),
    "pair": lambda match: ("interval", (_signed(match["first"]), _signed(match["second"])), "", None),
    "spread": lambda match: ("spread", (decimal(match["spread"]),), "", None),
    "percent": lambda match: ("percent", (_signed(match["percent"]),), match["percent_sign"] or "", None),
    "number": _number,
    "unreached": lambda _: ("unreached", (), "", None),
    "insignificant": lambda _: ("insignificant", (), "", None),
}


def _signed(printed: str) -> Decimal | None:
    """A number with its sign, `(-) 9.16` read as -9.16."""
    return decimal(re.sub(r"^\(([-+])\)", r"\1", printed) if printed.startswith("(") else printed)


def _bounds(low: str, high: str, to: str) -> tuple[Decimal | None, Decimal | None]:
    """The bounds of an interval; a dash between them is no sign, so "-5--3" and "2-9" are both read right."""
    first, last = _signed(low), _signed(high)
    if to == "-" and high.startswith("-") and first is not None and first >= 0 and last is not None:
        last = abs(last)
    return first, last
