"""When the endpoints of a list are measured: each at its own time, or all at the one said before or behind them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.endpoint_lists import Item
from extractor.endpoint_names import TIMEPOINT, read_timepoint, span_of
from ontology import regex as re

AFTER = re.compile(
    r"\b(?P<n2>\d{1,3}|one|two|three|four|five|six|twelve)[ -](?P<unit>week|wk|month|day|year|yr|hour)s? (?:after|following|post)\b",
    re.IGNORECASE,
)
# "28-day mortality", "1-year overall survival": a time in the name.
_TIME = r"(?<![\w.-])(?P<n2>\d{1,3}|one|two|three|four|five|six|twelve)[- ](?P<unit>week|month|day|year|hour)[- ]"
AT_NAME = re.compile(rf"{_TIME}(?=[a-z])", re.IGNORECASE)
IN_NAME = re.compile(
    rf"{_TIME}(?:(?:overall|all-cause|cumulative|crude|hospital|in-hospital|sustained|continuous|point prevalence|the) )*$",
    re.IGNORECASE,
)
NAME_REACH = 50
# "A and B at week 24" is said of both, "A and B within 28 days" of the last.
OF_ALL = re.compile(r"(?:at|after|to|over|from baseline)\s", re.IGNORECASE)
# Behind a comma: another endpoint, and not how or when the one before it was measured.
OTHER_THING = re.compile(
    r"(?:and )?(?!(?:measured|assessed|at|after|from|defined|within|during|evaluated|both|each)\b)[a-z]{4,}"
)
REACH = 60


def time_near(text: str, start: int, end: int) -> str | None:
    """The time point that a stretch of text states."""
    named = TIMEPOINT.search(text, start, end)
    after = None if named else AFTER.search(text, start, end)
    return read_timepoint(named) if named else span_of(after) if after else None


def time_in_name(text: str, start: int) -> str | None:
    """The time point that the first words of a name, or those right before it, make part of it."""
    named = IN_NAME.search(text, max(0, start - NAME_REACH), start) or AT_NAME.match(text, start)
    return span_of(named) if named else None


def _stop(text: str, start: int, end: int) -> int:
    """Where the words about an endpoint end: "operating time, pain on day 1" says when pain was asked for."""
    comma = text.find(", ", start, end)
    return comma if comma >= 0 and OTHER_THING.match(text, comma + 2, end) else end


def times(text: str, head: int, listed: Sequence[Item]) -> list[str | None]:
    """The time points of the endpoints of a list that begins at `head`."""
    if not listed:
        return []
    ends = [_stop(text, item.end, min(item.end + REACH, other.start)) for item, other in pairwise(listed)]
    own = [time_near(text, item.start, end) for item, end in zip(listed, ends, strict=False)]
    last = TIMEPOINT.search(text, listed[-1].start, listed[-1].end + REACH)
    own.append(time_near(text, listed[-1].start, listed[-1].end + REACH))
    own = [time or time_in_name(text, item.start) for time, item in zip(own, listed, strict=True)]
    led = TIMEPOINT.match(text) or TIMEPOINT.search(text, head, listed[0].start)
    shared = read_timepoint(led) if led else None
    if shared is None and last and OF_ALL.match(last[0]) and not any(own[:-1]):
        shared = own[-1]
    return [time or shared for time in own]
