"""Identity of works, and exports read back by small readers written here."""

import json
import re

import pytest

from extractor.references import FORMATS, merge, parse_text, render, to_bibtex, to_csl, to_ris, work_key
from extractor.references.citekeys import citekeys, letters
from ontology.errors import WrongCall
from ontology.record import Cited, Reference


def make(number: int = 1, **fields) -> Reference:
    return Reference(**({"number": number, "raw": "printed"} | fields))


PLAIN = make(
    authors=(
        Cited(family="van der Berg", given="A. B."),
        Cited(family="Ångström", given="K Jr"),
        Cited(family="ACME Group"),
    ),
    et_al=True,
    title="Effect of 5% drug_A & VEGFR {x} on B",
    journal="J Test Med",
    year=2010,
    volume="12",
    issue="Suppl 2",
    first_page="S11",
    last_page="S19",
    doi="10.1000/a_b(1)",
    pmid="123456",
)
BARE = make(2, raw="something\nprinted")


# ---------------------------------------------------------------- identity

KEYS = [
    (make(doi="https://doi.org/10.1000/ABC"), "doi:10.1000/abc"),
    (make(doi="10.1000/ABC", pmid="7"), "doi:10.1000/abc"),
    (make(pmid="0123"), "pmid:123"),
    (
        make(authors=(Cited(family="Ångström", given="K"),), year=2010, volume="12", first_page="S11"),
        "work:angstrom/2010/12/s11",
    ),
    (make(title="On B", year=2001), "title:/2001/onb"),
    (make(raw="See text."), "raw:seetext"),
]


@pytest.mark.parametrize(("reference", "key"), KEYS, ids=[key for _, key in KEYS])
def test_work_key(reference, key):
    assert work_key(reference) == key


def test_one_work_in_two_lists_is_one_with_its_reason():
    place = {"authors": (Cited(family="Weber", given="K"),), "year": 2010, "volume": "12", "first_page": "11"}
    works = merge([make(1, **place, doi="10.1/x"), make(2, title="Other", year=2000), make(7, **place)])
    assert [len(work.references) for work in works] == [2, 1]
    assert works[0].key == "doi:10.1/x"
    assert works[0].reason == "same work: weber/2010/12/11"
    assert works[1].reason is None


def test_works_with_different_identifiers_are_never_one():
    place = {"authors": (Cited(family="Weber", given="K"),), "year": 2010, "volume": "12", "first_page": "S1"}
    assert len(merge([make(1, **place, doi="10.1/x"), make(2, **place, doi="10.1/y")])) == 2


# ---------------------------------------------------------------- keys


def test_keys_are_ascii_stable_and_unique():
    keys = citekeys([PLAIN, PLAIN, BARE])
    assert keys == ["vanderberg2010effecta", "vanderberg2010effectb", "ref2"]
    assert citekeys([PLAIN, PLAIN, BARE]) == keys


@pytest.mark.parametrize(("number", "text"), [(0, "a"), (25, "z"), (26, "aa"), (51, "az"), (52, "ba")])
def test_letters(number, text):
    assert letters(number) == text


# ---------------------------------------------------------------- CSL-JSON


def test_csl():
    plain, bare = json.loads(to_csl([PLAIN, BARE]))
    assert plain["type"] == "article-journal"
    assert plain["author"] == [
        {"family": "Berg", "given": "A. B.", "non-dropping-particle": "van der"},
        {"family": "Ångström", "given": "K", "suffix": "Jr"},
        {"literal": "ACME Group"},
    ]
    assert plain["issued"] == {"date-parts": [[2010]]}
    assert (plain["page"], plain["DOI"], plain["PMID"]) == ("S11-S19", "10.1000/a_b(1)", "123456")
    assert bare == {"id": "ref2", "type": "document", "note": "something\nprinted"}


# ---------------------------------------------------------------- BibTeX

ENTRY = re.compile(r"@(\w+)\{([^,]+),\n(.*?)\n\}", re.DOTALL)
FIELD = re.compile(r"^  (\w+) = \{(.*)\},?$", re.MULTILINE)


def bibtex_entries(text: str) -> dict[str, dict[str, str]]:
    return {key: {"": kind, **dict(FIELD.findall(body))} for kind, key, body in ENTRY.findall(text)}


def test_bibtex():
    entries = bibtex_entries(to_bibtex([PLAIN, BARE]))
    entry = entries["vanderberg2010effect"]
    assert entry[""] == "article"
    assert entry["author"] == "van der Berg, A. B. and Ångström, Jr, K and {ACME Group} and others"
    assert entry["title"] == r"Effect of 5\% {drug\_A} \& {VEGFR} \textbraceleft{}x\textbraceright{} on B"
    assert (entry["pages"], entry["doi"]) == ("S11--S19", "10.1000/a_b(1)")
    assert entries["ref2"] == {"": "misc", "note": "something printed"}


def test_bibtex_braces_balance():
    text = to_bibtex([PLAIN, make(3, title="{{ }", raw="}")])
    assert text.count("{") == text.count("}")


# ---------------------------------------------------------------- RIS


def ris_records(text: str) -> list[list[tuple[str, str]]]:
    records = text.split("ER  - \r\n")[:-1]
    return [[(line[:2], line[6:]) for line in record.split("\r\n") if line] for record in records]


def test_ris():
    plain, bare = ris_records(to_ris([PLAIN, BARE]))
    assert plain[0] == ("TY", "JOUR")
    assert [value for tag, value in plain if tag == "AU"] == ["van der Berg, A. B.", "Ångström, K, Jr", "ACME Group"]
    values = dict(plain)
    assert (values["SP"], values["EP"], values["PY"], values["DO"]) == ("S11", "S19", "2010", "10.1000/a_b(1)")
    assert bare == [("TY", "GEN"), ("N1", "something printed")]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in to_ris([PLAIN, BARE]).split("\r\n") if line)


# ---------------------------------------------------------------- all formats


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_any_list(name):
    assert isinstance(render([], name), str)
    references = parse_text(["Weber K. On B. Lancet 2001;3:4-9.", "", "—"])
    assert render(references, name) == render(references, name)


def test_json_is_the_record():
    items = json.loads(render([PLAIN], "json"))
    assert Reference.model_validate(items[0]) == PLAIN


def test_an_unknown_format_is_a_wrong_call():
    with pytest.raises(WrongCall, match="choose one of csl, bibtex, ris, json"):
        render([], "word")
