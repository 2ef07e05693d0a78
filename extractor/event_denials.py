"""Adverse events that nobody had: what a sentence denies, and where."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.event_mentions import Mention
from ontology import regex as re

NONE = re.compile(
    r"\b(?:no|none of the|neither(?: (?:group|arm) (?:had|reported|experienced) any(?: cases? of)?)?|without any|zero)\b",
    re.IGNORECASE,
)
# After "no", words that deny something else than the event.
NOT_NONE = re.compile(
    r"\b(?:significant|obvious|differences?|relevant|specific|single|individual|apparent|clear|statistical\w*|evidence|correlation|association|relation\w*|increases?|changes?|further|longer|new|unexpected|additional|more|major|effect|impact|influence|but|except|other than|difference|between|however|was|were|required|dose|consequence|initiated|statistically|pattern|trend)\b|[,.;:()]",
    re.IGNORECASE,
)
NOT_SEEN = re.compile(
    r"^[^.;,()]{0,40}?\b(?:was|were) (?:not (?:observed|reported|seen|noted|recorded|found|documented)|never|absent)\b|^ did not occur|^[^.;,()]{0,30}?\b(?:was|were) (?:observed|reported|seen|noted|recorded|found) in (?:no|none)\b",
    re.IGNORECASE,
)
EXCEPT = re.compile(r"\b(?:except|apart from|other than)\b", re.IGNORECASE)
# "No event was considered related" denies related events; "no event was of acute onset" denies something else.
JUDGED = re.compile(
    r"^[\w\s-]{0,40}?\b(?:was|were|led|had)\b (?!reported|observed|seen|noted|recorded|found|documented|detected|encountered|described)",
    re.IGNORECASE,
)
RELATED_TO = re.compile(r"\brelated\b|\battribut", re.IGNORECASE)
# "no reported events potentially related to diabetes, neutropenia or long QT"; else all items of the list are known events.
LISTED = re.compile(
    r"^ (?:(?:reported|observed|documented|recorded|other) )*(?:cases?|events?|episodes?|reports?|instances?|signs?|incidents?|TEAEs?|AEs?)"
    r" (?:[\w-]+ ){0,3}?(?:of|to) (?:[\w/ -]{3,40}, )*(?:(?:and|or) )?$",
    re.IGNORECASE,
)
JOINS = re.compile(r"(?:[\s,/]|\b(?:and|or|cases of)\b)*")


def denial(mention: Mention, mentions: Sequence[Mention], text: str) -> tuple[int, int] | None:
    """Where the sentence says that nobody had the event; None where it does not."""
    follow = text[mention.end : mention.end + 80]
    unseen = NOT_SEEN.match(follow)
    if unseen:
        return mention.start, mention.end + unseen.end()
    denied = list(NONE.finditer(text, max(0, mention.start - 120), mention.start))
    if not denied or EXCEPT.search(follow):
        return None
    if NOT_NONE.search(text, denied[-1].end(), mention.start) and not _is_listed(
        denied[-1].end(), mention, mentions, text
    ):
        return None
    if JUDGED.match(follow) and not RELATED_TO.search(follow):
        return None
    return denied[-1].start(), mention.end


def _is_listed(start: int, mention: Mention, mentions: Sequence[Mention], text: str) -> bool:
    """Whether an event is a later item of a list that is denied as a whole."""
    between = text[start : mention.start]
    if LISTED.match(between):
        return True
    items = [m for m in mentions if start <= m.start and m.end <= mention.start]
    for item in reversed(items):
        between = between[: item.start - start] + between[item.end - start :]
    return bool(items) and JOINS.fullmatch(between) is not None
