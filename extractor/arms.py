"""The arms of a trial: their names in tables and text, sizes and drugs.

A paper calls one arm by several names ("FLOX", "arm A", "the control group"). Names come from the heads of
tables, from "X group (n = 52)", from "randomised to A or B" and from the title; those that mean the same
arm are brought together by their words, their drugs, their size or their part in the trial.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from extractor.arm_book import ArmBook, book, contains
from extractor.arm_drugs import with_added, with_drugs
from extractor.arm_names import Candidate, drug_key, name_key, table_candidates
from extractor.arm_roles import with_roles
from extractor.arm_texts import placebo_candidates, text_candidates
from extractor.arm_words import DOSE_ONLY, DOSED, EACH_SIZE, PLACEBO_CONTROLLED
from extractor.drug_mentions import drug_mentions, is_had
from extractor.quantities import count
from extractor.reading import Reading
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Arm

MIN_TEXT_VOTES = 2
FEW_WORDS = 3
# "administered orally" says how an arm is treated.
SAID_OF = re.compile(r"(?:\w+(?:ed|ly|ing)|taken|given|with|by)\b", re.IGNORECASE)
RANDOMISED = re.compile(
    r"\b(?<!non-)(?:randomi[sz]\w+|randomly|crossover|cross-over|placebo|received either)\b", re.IGNORECASE
)
ONE_ARM = re.compile(r"\b(?:single|one)[- ](?:arm|group)\b", re.IGNORECASE)
MANY_VOTES = 12
# A legend's explanation ends with the next abbreviation: "AB drug a and drug b, ER estrogen receptor".
RECEPTOR = re.compile(r"\breceptor", re.IGNORECASE)
LEGEND_END = re.compile(r"[;.]|,\s(?=[A-Z][A-Z0-9-]+[a-z]?\b[,:=]?\s[a-z])")
MAX_EVIDENCE = 6
ACRONYM = re.compile(r"^[A-Z][A-Za-z0-9]{1,7}$")


@dataclass
class _Draft:
    """An arm being put together from its candidates."""

    candidates: list[Candidate]

    @property
    def keys(self) -> set[str]:
        marks = {name_key(candidate.mark) for candidate in self.candidates if candidate.mark}
        return {candidate.key for candidate in self.candidates} | marks

    @property
    def drugs(self) -> set[frozenset[str]]:
        return {candidate.drugs for candidate in self.candidates if candidate.drugs}

    @property
    def hints(self) -> set[frozenset[str]]:
        return {candidate.hint for candidate in self.candidates if candidate.hint}

    @property
    def sizes(self) -> set[int]:
        return {candidate.size for candidate in self.candidates if candidate.size is not None}


def find_arms(reading: Reading) -> ArmBook:
    """The arms of the paper's trial."""
    design = _design(reading)
    if ONE_ARM.search(design) and not RANDOMISED.search(design):
        return book(single_arm(reading))
    texts = list(text_candidates(reading))
    drafts = _from_tables(reading, texts) or _from_text(texts)
    # Names with a size first: what they are tied to, the same names without one follow.
    for candidate in sorted(_popular(texts), key=lambda found: found.size is None):
        draft = None if _names_several(candidate, drafts) else _owner(candidate, drafts)
        if draft:
            draft.candidates.append(candidate)
    if len(drafts) < 2 and not RANDOMISED.search(design):
        return book(single_arm(reading))
    drafts.extend(_placebo(drafts, reading, design))
    _explain(drafts, reading)
    arms = with_sizes(_adding([_finish(draft, drafts) for draft in drafts], drafts), reading)
    return book(with_drugs(with_roles(with_added(arms), reading), reading), reading.abbreviations)


def _adding(arms: list[Arm], drafts: list[_Draft]) -> list[Arm]:
    """Arms, those that are given the same as the first and something more with its drugs."""
    base = set(arms[0].drugs) - {"placebo"} if arms else set[str]()
    adding = [place > 0 and any(c.adds for c in draft.candidates) for place, draft in enumerate(drafts)]
    return [
        arm.model_copy(update={"drugs": tuple(sorted({*arm.drugs, *base}))}) if adds else arm
        for arm, adds in zip(arms, adding, strict=True)
    ]


def with_sizes(arms: list[Arm], reading: Reading) -> list[Arm]:
    """Arms of the one size that the text gives to each: "three groups (n = 30 each)"."""
    if not arms or any(arm.size is not None for arm in arms):
        return arms
    for sentence in reading.within("abstract", "methods"):
        match = EACH_SIZE.search(sentence.text)
        if match and count(match["groups"]) == len(arms):
            return [arm.model_copy(update={"size": count(match["size"] or match["each"])}) for arm in arms]
    return arms


def _placebo(drafts: list[_Draft], reading: Reading, design: str) -> Iterator[_Draft]:
    """The placebo of a placebo-controlled trial, where no table names it and the text speaks of it as a group."""
    if not drafts or not PLACEBO_CONTROLLED.search(design):
        return
    if any(c.is_control or c.is_negative or "placebo" in c.drugs for draft in drafts for c in draft.candidates):
        return
    named = list(placebo_candidates(reading))
    if len(named) >= MIN_TEXT_VOTES:
        yield _Draft(named)


def _design(reading: Reading) -> str:
    """The title and the abstract: where a trial says that it has several arms."""
    return " ".join(s.text for s in reading.sentences if s.passage.kind == "title" or s.kind == "abstract")


def single_arm(reading: Reading) -> tuple[Arm, ...]:
    """The one arm of a trial without a comparison, named by its drugs: those of the title, else the abstract's with a dose."""
    titled = [s for s in reading.sentences if s.passage.kind == "title"]
    dosed = [s for s in reading.within("abstract") if DOSED.search(s.text)]
    for sentences in (titled, dosed):
        found = [(sentence, mention) for sentence in sentences for mention in drug_mentions(reading, sentence)]
        given = [(sentence, mention) for sentence, mention in found if not is_had(sentence, mention)]
        names = list(dict.fromkeys(mention.name for _, mention in given))
        if names:
            evidence = tuple(place for s, m in given for place in s.evidence(m.start, m.end))
            label = " + ".join(names)
            return (
                Arm(
                    label=label, role="single", drugs=tuple(names), evidence=evidence[:MAX_EVIDENCE], rule="arms.single"
                ),
            )
    return ()


def _names_several(candidate: Candidate, drafts: list[_Draft]) -> bool:
    """Whether a phrase names two arms at once: "the intervention and control groups"."""
    if " and " not in f" {candidate.name} " or any(candidate.key in draft.keys for draft in drafts):
        return False
    if not any(candidate.drugs in draft.drugs for draft in drafts):
        given = [draft for draft in drafts if any(drugs <= candidate.drugs for drugs in draft.drugs)]
        if len(given) > 1:
            return True
    parts = [part.strip() for part in candidate.key.split("+")]
    return sum(any(part in draft.keys for part in parts) for draft in drafts) > 1


def _from_tables(reading: Reading, texts: list[Candidate]) -> list[_Draft]:
    """Drafts from the set of columns that most tables agree on, joined by the columns of the others."""
    heads = [_arm_columns(table_candidates(table, reading), texts) for table in reading.document.tables]
    several = [head for head in heads if len(head) > 1]
    if not several:
        return []
    groups = _groups(texts)
    seed = max(several, key=lambda head: _support(head, several, groups))
    drafts = [_Draft([candidate]) for candidate in seed]
    for head in several:
        for place, candidate in enumerate(head):
            draft = _owner(candidate, drafts)
            if draft is None and len(head) == len(drafts) and _same_order(head, drafts):
                draft = drafts[place]
            if draft:
                draft.candidates.append(candidate)
    return drafts


def _support(head: list[Candidate], heads: list[list[Candidate]], groups: frozenset[str]) -> tuple[int, ...]:
    """How well a head stands for the arms: names that arms have, each once, sizes, and the heads that say the same."""
    known = sum(bool(c.drugs) or c.is_control or c.key in groups for c in head)
    keys = {candidate.key for candidate in head}
    others = [{candidate.key for candidate in other} for other in heads]
    sized = all(candidate.size is not None for candidate in head)
    once = not any(_is_same_arm(one, other) for one, other in combinations(head, 2))
    return known > 1, once, sized, others.count(keys), sum(keys >= other for other in others), -len(head)


def _is_same_arm(one: Candidate, other: Candidate) -> bool:
    """Whether two columns are one arm at two times: "Morphine" and "CR morphine"."""
    within = contains(one.key, other.key) or contains(other.key, one.key)
    return within and bool(one.drugs) and one.drugs == other.drugs and not (one.dosed or other.dosed)


def _groups(texts: list[Candidate]) -> frozenset[str]:
    """The names that the text gives to groups."""
    return frozenset(candidate.key for candidate in texts if candidate.source in ("named", "sized"))


def _arm_columns(head: list[Candidate], texts: list[Candidate]) -> list[Candidate]:
    """The columns of a head that are arms: sized, or named by drugs, as control, or as a group in the text."""
    groups = _groups(texts)
    if sum(candidate.size is not None and candidate.source == "table" for candidate in head) > 1:
        return [candidate for candidate in head if candidate.size is not None]
    return [c for c in head if c.drugs or c.is_control or c.key in groups]


def _same_order(head: list[Candidate], drafts: list[_Draft]) -> bool:
    """Whether the columns of a table are the known arms in their order, as far as can be told."""
    known = [_owner(candidate, drafts) for candidate in head]
    return any(known) and all(draft is None or draft is drafts[place] for place, draft in enumerate(known))


def _from_text(candidates: list[Candidate]) -> list[_Draft]:
    """Drafts where no table tells: the arms of one sentence, sized ones first, randomised ones next, named ones last."""
    votes = Counter(candidate.key for candidate in candidates if candidate.source == "named")
    sentences: dict[tuple[int, str], dict[str, Candidate]] = {}
    for candidate in candidates:
        if candidate.source != "tallied":
            sentences.setdefault((candidate.sentence, candidate.source), {}).setdefault(candidate.key, candidate)
    sentences = {place: _believed(found, votes) for place, found in sentences.items()}
    several = {place: list(found.values()) for place, found in sentences.items() if len(found) > 1}
    marked = {c.key: c for c in candidates if c.key.startswith("#") and c.source == "named" and votes[c.key] > 1}
    if len(marked) > 1:
        several = {
            p: names for p, names in several.items() if p[1] != "named" or not {c.key for c in names} < set(marked)
        }
        several[-1, "named"] = [marked[key] for key in sorted(marked)]
    best = max(several, key=lambda place: _rank(place, several[place], votes), default=None)
    return [_Draft([candidate]) for candidate in several[best]] if best else []


def _believed(found: dict[str, Candidate], votes: Counter[str]) -> dict[str, Candidate]:
    """The names of one sentence that may be arms'; beside one that is, what patients were also randomised to is another."""
    sure = {key: candidate for key, candidate in found.items() if _is_believed(candidate, votes[key])}
    if sure and all(candidate.source == "randomised" for candidate in found.values()):
        return {key: c for key, c in found.items() if key in sure or _is_short(c)}
    return sure


def _is_short(candidate: Candidate) -> bool:
    """Whether a name is a few words, and not a bare dose."""
    return len(candidate.name.split()) <= FEW_WORDS and not (
        DOSE_ONLY.match(candidate.name) or SAID_OF.match(candidate.name)
    )


def _is_believed(candidate: Candidate, votes: int) -> bool:
    """Whether a name of the text may be an arm's: by a drug, as control, by a share of the patients, or because it is called a group often enough."""
    if candidate.source == "named":
        return votes > MIN_TEXT_VOTES
    return bool(candidate.drugs) or candidate.is_control or candidate.shared or votes >= MIN_TEXT_VOTES


def _rank(place: tuple[int, str], found: list[Candidate], votes: Counter[str]) -> tuple[bool, bool, int, int]:
    """How far the names of one sentence are to be believed as the arms."""
    sized = sum(candidate.size is not None for candidate in found) > 1
    called = min(votes[candidate.key] for candidate in found) if place[1] == "named" else 0
    return sized, place[1] != "named", called, -len(found)


def _popular(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Names that the text repeats, or that come with a size or an explanation."""
    found = list(candidates)
    votes = Counter(candidate.key for candidate in found)
    return [
        c for c in found if votes[c.key] >= MIN_TEXT_VOTES or c.size is not None or (c.hint and not c.drugs) or c.mark
    ]


def _explain(drafts: list[_Draft], reading: Reading) -> None:
    """Drugs of an arm whose name is an acronym, from a legend: "TE docetaxel and epirubicin, TEL ..."."""
    names = {c.name for draft in drafts for c in draft.candidates if ACRONYM.match(c.name)}
    if not names:
        return
    form = re.once(rf"(?<![\w-])(?P<name>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])")
    legends = [p.search for p in reading.document.passages if p.kind in ("caption", "footnote")]
    legends += [p.search for table in reading.document.tables for p in table.footnotes]
    for text in legends:
        places = list(form.finditer(text))
        for place, match in enumerate(places):
            end = places[place + 1].start() if place + 1 < len(places) else match.end() + 120
            drugs = drug_key(LEGEND_END.split(text[match.end() : end])[0], reading)
            if RECEPTOR.search(text[match.end() : end]):
                continue
            draft = next(d for d in drafts if any(c.name == match["name"] for c in d.candidates))
            if drugs and all(known <= drugs for known in draft.drugs):
                draft.candidates[0] = replace(draft.candidates[0], drugs=drugs)


def _owner(candidate: Candidate, drafts: list[_Draft]) -> _Draft | None:
    """The one draft a name belongs to, by the first test that points at exactly one."""
    for test in (_same_name, _same_drugs, _hinted, _same_part, _name_within, _same_size):
        owners = [draft for draft in drafts if test(candidate, draft)]
        if len(owners) == 1:
            return owners[0]
        if len(owners) > 1:
            return None
    return None


def _same_name(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.key in draft.keys or (bool(candidate.mark) and name_key(candidate.mark) in draft.keys)


def _same_drugs(candidate: Candidate, draft: _Draft) -> bool:
    if "+" in candidate.key and len(candidate.drugs) == 1 and not any("+" in key for key in draft.keys):
        return False
    return bool(candidate.drugs) and candidate.drugs in draft.drugs and not candidate.dosed


def _hinted(candidate: Candidate, draft: _Draft) -> bool:
    """Whether the words that explain the name speak of the arm's drugs."""
    return bool(candidate.hint) and any(candidate.hint <= drugs or drugs <= candidate.hint for drugs in draft.drugs)


def _same_part(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.is_control and any(known.is_control for known in draft.candidates)


def _name_within(candidate: Candidate, draft: _Draft) -> bool:
    if (candidate.drugs and draft.drugs) or all(
        known.is_negative != candidate.is_negative for known in draft.candidates
    ):
        return False
    alike = [key for key in draft.keys if ("+" in key) == ("+" in candidate.key)]
    return any(contains(key, candidate.key) or contains(candidate.key, key) for key in alike)


def _same_size(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.size is not None and candidate.size in draft.sizes


def _most(sets: set[frozenset[str]]) -> frozenset[str]:
    return max(sets, key=lambda found: (len(found), sorted(found)), default=frozenset())


def _given(draft: _Draft, others: list[_Draft]) -> frozenset[str]:
    """The drugs of an arm by its names; those that its explanation adds, unless they are another arm's or given to all."""
    drugs, hinted = _most(draft.drugs), _most(draft.hints)
    added = hinted - drugs
    named = {drug for other in others for found in other.drugs for drug in found}
    everywhere = bool(others) and all(other.drugs and any(added <= hint for hint in other.hints) for other in others)
    is_own = drugs <= hinted and "placebo" not in hinted and not (added & named) and not everywhere
    return hinted if is_own or not drugs else drugs


def _finish(draft: _Draft, drafts: list[_Draft]) -> Arm:
    """The arm of a draft: its most used name, largest stated size, drugs, and every other name."""
    votes = Counter(candidate.name for candidate in draft.candidates)
    label = min(votes, key=lambda name: ("#" in name_key(name), -min(votes[name], MANY_VOTES), len(name), name))
    table_sizes = [c.size for c in draft.candidates if c.size is not None and c.source == "table"]
    text_sizes = Counter(c.size for c in draft.candidates if c.size is not None and c.source != "table")
    size = max(table_sizes) if table_sizes else (text_sizes.most_common(1)[0][0] if text_sizes else None)
    evidence = tuple(dict.fromkeys(place for candidate in draft.candidates for place in candidate.evidence))
    drugs = _given(draft, [other for other in drafts if other is not draft])
    names = {*votes, *(name for candidate in draft.candidates for name in (candidate.mark, candidate.meaning) if name)}
    return Arm(
        label=label,
        role="comparator" if any(candidate.is_control for candidate in draft.candidates) else None,
        size=size,
        drugs=tuple(sorted(name for name in drugs if not any(contains(other, name) for other in drugs - {name}))),
        synonyms=tuple(sorted({name for name in names if name_key(fold(name)) != name_key(fold(label))})),
        evidence=evidence[:MAX_EVIDENCE],
        rule=f"arms.{draft.candidates[0].source}",
    )
