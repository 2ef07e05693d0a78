"""Names of arms in running text: beside their sizes, where patients are randomised, and as groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.arm_names import Candidate, clean_name, drug_key, is_name, name_key, named_candidate
from extractor.arm_words import (
    ADDED_TO,
    ADDS,
    ALIAS,
    ALL_PATIENTS,
    ALLOTTED,
    ALTERNATIVE,
    ALTERNATIVE_AND,
    ALTERNATIVE_LIST,
    AMOUNT_ALONE,
    AMOUNT_FIRST,
    AMOUNT_IN,
    CALLED_AT_END,
    CALLED_REACH,
    CLAUSES,
    CONTROL_AT_END,
    CONTROL_WORDS,
    COUNTED,
    CROSSED,
    EXPLAINED,
    EXPLAINED_REACH,
    GENERIC_AT_END,
    GENERIC_SAID,
    GIVEN_PLACEBO,
    GIVEN_TO,
    GROUP_AT_END,
    GROUP_BEFORE,
    GROUP_SAID,
    GROUP_SAID_IN,
    GROUPS_LEAD,
    IN_BRACKETS,
    LAST_OF_LIST,
    LETTERED_GROUP,
    LISTED_SIZES,
    MARKED,
    MAX_WORDS,
    N_OF,
    NAME_ENDS,
    NAMED_GROUP,
    OF_BOTH,
    OF_SOME,
    OF_TWO,
    OTHER_GROUP,
    PART,
    PREFIXED_GROUP,
    RANDOMISED,
    RECEIVED,
    SHARED_OUT,
    SIZED,
    SIZED_REACH,
    STOP,
    WHOLE,
)
from extractor.quantities import count
from extractor.reading import Reading, Sentence


def text_candidates(reading: Reading) -> Iterator[Candidate]:
    """The names of arms in the prose of the abstract, the methods and the results."""
    for number, sentence in enumerate(reading.sentences):
        if sentence.kind in ("abstract", "methods", "results", "front", "other") or sentence.passage.kind == "title":
            yield from _sized(sentence, number, reading)
            yield from _counted(sentence, number, reading)
            yield from _randomised(sentence, number, reading)
            yield from _named(sentence, number, reading)


def placebo_candidates(reading: Reading) -> Iterator[Candidate]:
    """The places where the abstract and the methods give patients a placebo."""
    for number, sentence in enumerate(reading.sentences):
        match = GIVEN_PLACEBO.search(sentence.text) if sentence.kind in ("abstract", "methods") else None
        candidate = _candidate(sentence, number, reading, match.span("name"), "named") if match else None
        if candidate:
            yield candidate


def _candidate(
    sentence: Sentence, number: int, reading: Reading, span: tuple[int, int], source: str, size: str | None = None
) -> Candidate | None:
    trimmed = trim(sentence.text, *span)
    if trimmed is None:
        return None
    start, end = trimmed
    name = clean_name(sentence.text[start:end])
    if not is_name(name):
        return None
    evidence = sentence.evidence(start, end)
    return replace(named_candidate(name, count(size), source, evidence, reading), sentence=number)


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last run of words of a phrase that holds no stop word ("Arm B" whole); None where nothing is left."""
    marked = next((match for match in LETTERED_GROUP.finditer(text, start, end) if match.end() == end), None)
    whole = marked or GENERIC_AT_END.search(text, start, end) or CONTROL_AT_END.search(text, start, end)
    if whole:
        return whole.start("name"), end
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text[start:end])]
    kept: list[tuple[int, int]] = []
    for first, last in reversed(words):
        printed = text[start + first : start + last].strip(",;:()")
        word = printed.lower()
        if printed == "A" and first:  # "hepatitis A vaccine"
            word = ""
        if word in STOP and word not in ("and", "plus", "no"):
            break
        kept.insert(0, (first, last))
        if word == "no":
            break
    while kept and text[start + kept[0][0] : start + kept[0][1]].lower() in ("and", "plus", "+", "&"):
        kept.pop(0)
    return (start + kept[0][0], start + kept[-1][1]) if kept else None


def _sized(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    alone: Candidate | None = None
    for match in N_OF.finditer(sentence.text):
        start = max(0, match.start() - SIZED_REACH)
        before = sentence.text[start : match.start()]
        named = _whole_at_end(before.rstrip(" ,:;")) or SIZED.search(GROUP_AT_END.sub("", before))
        if named is None:
            continue
        span = (start + named.start("name"), start + named.end("name"))
        # Beside a number among the results stand subgroups as well as arms.
        source = "sized" if sentence.kind != "results" or SHARED_OUT.search(sentence.text) else "tallied"
        candidate = _candidate(sentence, number, reading, span, source, match["size"] or match["counted"])
        if candidate:
            candidate = _of_drug(candidate, alone)
            begin, _ = trim(sentence.text, *span) or span
            given = alone.drugs if alone and ADDED_TO.search(sentence.text[:begin]) else frozenset[str]()
            grouped = source == "sized" and GROUP_BEFORE.search(before)
            shared = bool(grouped or ALLOTTED.search(sentence.text[: match.start()]))
            alone = replace(candidate, drugs=candidate.drugs | given, shared=shared)
            yield alone


def _of_drug(candidate: Candidate, last: Candidate | None) -> Candidate:
    """A bare dose with the drug of the one before it: "drug a 1 mg (n = 30), 2 mg (n = 31)"."""
    bare = last and last.drugs and AMOUNT_IN.fullmatch(candidate.name)
    dose = AMOUNT_IN.search(last.name) if last and bare else None
    if last is None or dose is None:
        return candidate
    name = f"{last.name[: dose.start()]}{candidate.name}{last.name[dose.end() :]}"
    return replace(candidate, name=name, key=name_key(name), drugs=last.drugs, dosed=True)


def _whole_at_end(before: str) -> re.Match[str] | None:
    return GENERIC_AT_END.search(before) or CONTROL_AT_END.search(before)


def _counted(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    """Names behind their sizes, where a sentence says how patients were shared out or the parts make the whole."""
    parts = _parts(sentence.text)
    for match in parts or (COUNTED.finditer(sentence.text) if SHARED_OUT.search(sentence.text) else ()):
        end = _first_run(sentence.text, *match.span("name"))
        if OF_BOTH.match(sentence.text, end):
            continue
        candidate = _candidate(sentence, number, reading, (match.start("name"), end), "sized", match["size"])
        if candidate:
            yield candidate


def _parts(text: str) -> list[re.Match[str]]:
    """The sizes of two or more groups that together are all the patients of a sentence."""
    told = (SHARED_OUT.search(text) or ALL_PATIENTS.search(text)) and not OF_SOME.match(text)
    wholes = {count(match["whole"]) for match in WHOLE.finditer(text)} if told else set()
    for form in (PART, LISTED_SIZES) if wholes else ():
        found = list(form.finditer(text))
        if len(found) > 1 and sum(count(match["size"]) or 0 for match in found) in wholes:
            return found
    return []


def _first_run(text: str, start: int, end: int) -> int:
    """Where a phrase ends before its first stop word or number of patients ("placebo and 77 received")."""
    if marked := MARKED.match(text, start):
        return marked.end()
    last = start
    for match in re.finditer(r"\S+", text[start:end]):
        word = match[0].strip(",;:()").lower()
        if (word in STOP and word not in ("and", "plus")) or (word.isdigit() and last > start):
            break
        if word not in ("and", "plus", "+"):
            last = start + match.end()
        if match[0][-1] in ",;:.":
            break
    return last


def _named(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    text = sentence.text
    for said in GROUP_SAID.finditer(text):
        start = max(0, said.start() - SIZED_REACH)
        named = NAMED_GROUP.search(text[start : said.start()])
        if named:
            span = (start + named.start("name"), start + named.end("name"))
            yield from _hinted(sentence, number, reading, span, said.end())
    for form in (LETTERED_GROUP, PREFIXED_GROUP, GENERIC_SAID):
        for match in form.finditer(text):
            yield from _hinted(sentence, number, reading, match.span("name"), match.end())


def _hinted(sentence: Sentence, number: int, reading: Reading, span: tuple[int, int], end: int) -> Iterator[Candidate]:
    candidate = _candidate(sentence, number, reading, span, "named")
    if candidate:
        words = _explanation(sentence.text, span[0], end, marked=candidate.key.startswith("#"))
        own = sentence.kind not in ("results", "other")
        drugs = drug_key(words, reading) if own else frozenset[str]()
        apart = own and words and not drugs and not OF_TWO.search(sentence.text, max(0, span[0] - 16), span[0])
        received = RECEIVED.match(sentence.text[end:]) if apart else None
        if received and " or " not in received["what"]:
            drugs = drug_key(OTHER_GROUP.split(received["what"])[0], reading)
        adds = own and bool(ADDS.search(sentence.text, end, end + EXPLAINED_REACH))
        yield replace(candidate, hint=drugs, adds=adds and bool(drugs), meaning=candidate.meaning or _called(words))


def _called(words: str) -> str:
    """The other name that an explanation begins with: "group A (control group, no drug)"."""
    control = CONTROL_WORDS.search(words)
    return control[0] if control and control.start() < CALLED_REACH else ""


def _explanation(text: str, start: int, end: int, *, marked: bool) -> str:
    """The words that explain a group's name: "oral methotrexate (combination group)", "arm A (docetaxel 75 ...)"."""
    before = text[:start].rstrip()
    if before.endswith("("):
        clause = CLAUSES.split(before[:-1])[-1]
        return "" if GROUP_SAID_IN.search(clause) else clause
    given = (
        GIVEN_TO.search(text, max(0, start - EXPLAINED_REACH), start)
        if " to " in text[max(0, start - 16) : start]
        else None
    )
    if given:
        return given["what"]
    after = EXPLAINED.match(text[end:])
    plain = after is not None and (marked or after["mark"] in ("(", None))
    return OTHER_GROUP.split(after["what"])[0] if after and plain else ""


def _randomised(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    for match in RANDOMISED.finditer(sentence.text):
        first = match.start("arms")
        spans = [(first + start, first + end) for start, end in _alternatives(match["arms"])]
        yield from _of_spans(sentence, number, reading, spans)
    for match in CROSSED.finditer(sentence.text):
        first, last = match.span("arms" if match["arms"] else "arms2")
        spans = list(_between(_blanked(sentence.text[:last]), first, ALTERNATIVE_AND))
        for candidate in _of_spans(sentence, number, reading, spans):
            yield replace(candidate, shared=True)


def _of_spans(
    sentence: Sentence, number: int, reading: Reading, spans: Sequence[tuple[int, int]]
) -> Iterator[Candidate]:
    """The names in the places where a sentence may have them."""
    amounts: list[tuple[int, int]] = []
    for span in spans:
        if LETTERED_GROUP.match(sentence.text[slice(*span)].strip()):
            continue
        alone = AMOUNT_ALONE.fullmatch(sentence.text, *span)
        if alone:
            amounts.append(alone.span("amount"))
            continue
        called = CALLED_AT_END.search(sentence.text, *span)
        named = (span[0], called.start()) if called else span
        candidate = _candidate(sentence, number, reading, named, "randomised")
        if candidate and len(candidate.name.split()) <= MAX_WORDS:
            inside = IN_BRACKETS.match(sentence.text, span[1])
            hint = drug_key(inside["what"], reading) if inside else frozenset[str]()
            whole = replace(candidate, hint=hint, mark=_alias(sentence.text, span[1], candidate, reading))
            yield from _of_amounts(sentence, whole, amounts, span)
        amounts = []


def _of_amounts(
    sentence: Sentence, candidate: Candidate, amounts: list[tuple[int, int]], span: tuple[int, int]
) -> Iterator[Candidate]:
    """A name; one for each amount of "10 mg or 25 mg of drug a"."""
    last = AMOUNT_FIRST.match(sentence.text, *span)
    if not amounts or not last:
        yield candidate
        return
    for start, end in (*amounts, last.span("amount")):
        name = f"{candidate.name} {sentence.text[start:end]}"
        yield replace(
            candidate, name=name, key=name_key(name), dosed=True, evidence=sentence.evidence(start, end), mark=""
        )


def _alternatives(arms: str) -> Iterator[tuple[int, int]]:
    """What stands between "or", "versus" and, in a list, commas; each up to where its name ends.

    Behind "two groups:" and the like "and" parts them as well, where there are as many then.
    """
    plain = _blanked(arms)
    lead = GROUPS_LEAD.match(arms)
    if lead:
        named = list(_between(plain, lead.end(), ALTERNATIVE_AND))
        if len(named) == count(lead["groups"]):
            yield from named
            return
    yield from _between(plain, 0, ALTERNATIVE_LIST if LAST_OF_LIST.search(plain) else ALTERNATIVE)


def _blanked(text: str) -> str:
    """A text whose brackets are opened only, of the same length."""
    return IN_BRACKETS.sub(lambda match: "(" + " " * (len(match[0]) - 1), text)


def _between(plain: str, start: int, split: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for mark in [*split.finditer(plain, start), None]:
        end = mark.start() if mark else len(plain)
        stop = NAME_ENDS.search(plain, start + 1, end)
        if plain[start:end].strip():
            yield start, stop.start() if stop else end
        start = mark.end() if mark else end


def _alias(text: str, end: int, candidate: Candidate, reading: Reading) -> str:
    """The short name in brackets behind an arm's: "drug a plus drug b placebo (A)"; that of the last drug alone is none."""
    match = ALIAS.match(text, end)
    if not match or len(candidate.drugs) == 1:
        return ""
    meaning = reading.abbreviations.get(match["mark"])
    return match["mark"] if meaning is None or name_key(meaning) == candidate.key else ""
