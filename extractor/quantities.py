"""Numbers as trials print them: the named parts that longer patterns are composed of, and how each is read.

All patterns run over folded text (`ontology.glyphs.fold`): dashes are `-`, middle dots `.`, thin spaces blanks.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

from ontology import regex as re
from ontology.record import Interval, PValue

# 1,234 and 1 234 567 and .05 and 12.5; a number glued to letters (CD20, L1) is a name.
NUMBER = r"(?:\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
INTEGER = r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)"
SIGNED = rf"(?:[-+] ?)?{NUMBER}"
PERCENT = rf"(?:{NUMBER} ?(?:%|per ?cent\b|percent\b))"

# "95% CI 0.7-1.1", "(95% confidence interval: 0.7 to 1.1)", "[0.7, 1.1]", "CI95 0.7;1.1"
TO = r"(?:\s?(?:-|to|,|;|and|/|\bthrough\b|~)\s?|\s)"
LEVEL = r"(?P<ci_level>\d{2}(?:\.\d+)?) ?(?:%|per ?cent) ?(?:two-sided |2-sided |one-sided |1-sided |exact )?"
CI_NAME = r"(?:CIs?|IC|C\.I\.|c\.i\.|confidence intervals?|confidence limits?|CrI|credible intervals?|conf\.? int\.?)"
CI_OPEN = rf"(?:{LEVEL}{CI_NAME}|{CI_NAME} ?(?:\(?95 ?%?\)?)?)"
BOUND = rf"(?:{SIGNED}|NR|NE|NA|NC|not reached|not estimable|not evaluable|infinity|∞)"
CONFIDENCE_INTERVAL = (
    rf"(?:{CI_OPEN})(?: ?[(\[]CIs?[)\]])?[\s:=,;(\[]{{0,4}}(?:of |for (?:the )?(?:\w+ )?difference,? |from |between )?"
    rf"(?P<ci_low>{BOUND}) ?%?(?P<ci_to>\s?(?:-|to|,|;|and|/|~)\s?)(?P<ci_high>{BOUND}) ?%?"
)

# "P = 0.03", "p<.001", "p-value 6.5 x 10-4", "P for trend = 0.2", "p value of less than 0.05"
# Converters leave TeX in place: "2.4 \\times 10^{-3}".
EXPONENT = r"(?: ?(?:[x×·]|\\times) ?10 ?\^?\{? ?-? ?\d{1,3}\}?|[eE]-\d{1,3})"
# It begins with a set of letters, so that the search for it is a plain loop; the same for other patterns of numbers.
P_VALUE = (
    r"[Pp](?<![A-Za-z].)(?: ?-? ?values?)?(?: for (?:trend|interaction|heterogeneity|difference|non-?inferiority|superiority))?"
    r"(?:\s?(?:of|was|is))?\s{0,2}(?P<p_relation>=|<|>|≤|≥|<=|>=|less than|equal to|:)?\s{0,2}"
    rf"(?P<p_value>(?:0? ?\.\d+|[01](?:\.\d+)?|\d(?:\.\d+)?(?={EXPONENT})){EXPONENT}?)"
)

# "12 of 52 patients (23%)", "12/52 (23.1%)", "12 (23%)", "23% (12/52)", "23.1% (12 of 52)", "23% (n = 12)"
PEOPLE = r"(?:patients?|subjects?|participants?|wom[ae]n|m[ae]n|cases?|child(?:ren)?|adults?|individuals?|volunteers?|smokers|outpatients|inpatients|neonates?|infants?|people|persons?)"
COUNT_OF_TOTAL = rf"(?P<count>{INTEGER})(?: ?/ ?| (?:out )?of (?:the )?(?:a total of )?)(?P<total>{INTEGER})"

NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
TENS_WORD = rf"(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(list(NUMBER_WORDS)[1:10])}))?"
UNITS_WORD = rf"(?:{'|'.join(reversed(NUMBER_WORDS))})"
WORD_NUMBER = (
    rf"(?:(?:one|a|two|three|four|five|six|seven|eight|nine) hundred(?:(?: and)?[ -](?:{TENS_WORD}|{UNITS_WORD}))?"
    rf"|{TENS_WORD}|{UNITS_WORD})"
)
ANY_COUNT = rf"(?:{INTEGER}|\b(?i:{WORD_NUMBER})\b)"

SCIENTIFIC = re.compile(r"^([\d.]+) ?(?:[x×·]|\\times) ?10 ?\^?\{? ?(-? ?\d+)\}?$")
UNREACHED = re.compile(r"^(?:NR|NE|NA|NC|not reached|not estimable|not evaluable|infinity|∞)$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def decimal(printed: str | None) -> Decimal | None:
    """The number as printed, digits kept ("0.60"); None for what is no number ("NR")."""
    if printed is None:
        return None
    plain = re.sub(r"(?<=\d)[, ](?=\d{3}(?!\d))", "", printed.strip()).replace(" ", "").rstrip("%")
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def count(printed: str | None) -> int | None:
    """A whole number printed in figures or words ("1,234", "thirty-seven", "one hundred and two")."""
    if printed is None:
        return None
    value = decimal(printed)
    if value is not None:
        return int(value) if value == value.to_integral_value() else None
    return words_to_number(printed)


def words_to_number(words: str) -> int | None:
    """The value of an English number in words up to 999; None when a word is none."""
    total = 0
    for word in re.split(r"[-\s]+", words.lower().strip()):
        if word in NUMBER_WORDS:
            total += NUMBER_WORDS[word]
        elif word in TENS:
            total += TENS[word]
        elif word == "hundred":
            total = max(total, 1) * 100
        elif word not in ("and", "a"):
            return None
    return total


def p_value(printed: str | None, relation: str | None = None) -> PValue | None:
    """A p-value, scientific notation read ("6.5 x 10-4"); None when it is no probability."""
    if printed is None:
        return None
    scientific = SCIENTIFIC.match(printed.strip())
    if scientific:
        value: Decimal | None = Decimal(scientific[1]).scaleb(int(scientific[2].replace(" ", "")))
    else:
        value = decimal(printed)
    if value is None or not 0 <= value <= 1:
        return None
    signs = {"<": "<", "≤": "<", "<=": "<", "less than": "<", ">": ">", "≥": ">", ">=": ">"}
    return PValue.model_validate({"value": value, "relation": signs.get((relation or "=").strip(), "=")})


def interval(
    low: str | None, high: str | None, level: str | None = None, joined_by: str | None = None
) -> Interval | None:
    """A confidence interval; a bound not reached is absent.

    A minus before the upper bound is a sign only where the bounds are joined by a word or a comma.
    """
    if low is None or high is None:
        return None
    first, last = decimal(low), decimal(high)
    if first is None and last is None and not (UNREACHED.match(low) or UNREACHED.match(high)):
        return None
    if joined_by and joined_by.strip() == "-" and last is not None and first is not None and last < first:
        last = abs(last)
    return Interval(low=first, high=last, level=decimal(level))
