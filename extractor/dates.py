"""Dates as papers print them, read to ISO 8601 cut to what is known."""

from __future__ import annotations

from ontology import regex as re

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = rf"(?:{'|'.join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))})\.?"
# Converters leave raised endings in place: "1^{st}".
ORDINAL = r"(?:\^?\{?(?:st|nd|rd|th)\}?)?"
YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
DATE = (
    rf"(?:\d{{1,2}}{ORDINAL}(?: of)?[ -]{MONTH},?(?: of)?[ -]{YEAR}|{MONTH} (?:the )?\d{{1,2}}{ORDINAL},? (?:of )?{YEAR}"
    rf"|{MONTH},?(?: of)?[ -]{YEAR}|{YEAR}[-/]\d\d[-/]\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-]{YEAR}|[01]?\d/{YEAR}|{YEAR}(?:,? {MONTH}(?: \d{{1,2}})?)?)"
)
# In "from March to June 2012" the first date borrows the year of the second.
OPEN_DATE = rf"(?:{DATE}|(?:\d{{1,2}}{ORDINAL}(?: of)? )?{MONTH}(?: \d{{1,2}}{ORDINAL})?)"
NUMERIC = re.compile(rf"(?:(\d{{1,2}})[/.-])?(\d{{1,2}})[/.-]({YEAR})")


def iso_date(printed: str, year: str | None = None) -> str | None:
    """The date as YYYY, YYYY-MM or YYYY-MM-DD; a missing year is `year`; None for what is no date."""
    if re.fullmatch(rf"{YEAR}([-/])\d\d\1\d\d", printed):
        return printed.replace("/", "-")
    numeric = NUMERIC.fullmatch(printed)
    if numeric:
        return _numeric(int(numeric[1] or 0), int(numeric[2]), numeric[3])
    found = re.search(YEAR, printed)
    when = found[0] if found else year
    if when is None:
        return None
    plain = re.sub(r"\b(?:of|the)\b", "", re.sub(r"(?<=\d)\^?\{?(?:st|nd|rd|th)\}?", "", printed))
    word = re.search(r"[A-Za-z]{3,}", plain)
    month = MONTHS.get(word[0].lower()) if word else None
    if month is None:
        return when
    day = re.search(r"(?<!\d)(\d{1,2})(?!\d)", printed.replace(when, ""))
    return f"{when}-{month:02d}-{int(day[1]):02d}" if day and 1 <= int(day[1]) <= 31 else f"{when}-{month:02d}"


def _numeric(first: int, second: int, year: str) -> str:
    """Day and month in figures; where both could be either, only the year is known."""
    if not first:
        return f"{year}-{second:02d}" if 1 <= second <= 12 else year
    if first > 12 >= second:
        return f"{year}-{second:02d}-{first:02d}"
    if second > 12 >= first:
        return f"{year}-{first:02d}-{second:02d}"
    return year
