"""Every curated table is read: its form, its identifiers, its patterns, and what it must and must not say."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ontology.glyphs import fold
from ontology.terms import case_matters, patterns, rows, split, terms

FOLDER = Path(__file__).parents[2] / "ontology" / "terms"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "terminologies"
KINDS = sorted(path.stem for path in FOLDER.glob("*.tsv"))
MANIFEST = [row["name"] for row in rows("manifest")]
PATTERNED = ("criteria", "registries", "frequencies", "software", "tests", "designs")
PROSE = ("drugs", "regimens", "events", "biomarkers", "conditions", "endpoints", "drug_classes")

CURIES = {
    "ncit": r"C[0-9]{2,6}",
    "chembl": r"CHEMBL[0-9]{1,8}",
    "drugbank": r"DB[0-9]{5}",
    "doid": r"[0-9]{1,7}",
    "hgnc": r"[0-9]{1,5}",
    "ctcae": r"[A-Za-z][A-Za-z0-9.()_-]*",
    "ucum": r"\S+",
}

SMALLEST = {
    "drugs": 700,
    "events": 837,
    "biomarkers": 250,
    "conditions": 400,
    "endpoints": 120,
    "regimens": 100,
    "stems": 100,
    "units": 200,
    "registries": 24,
    "countries": 190,
}

# Words of everyday prose: as a label of these kinds they would be found in every paper, unless they are guarded.
EVERYDAY = frozenset(
    """act advance alert all any can cap cold control cut death diet early ease fall fast fatal fit focus gas general growth
    hair hand heart heat height high history hot ice image impact infection injury last lead level life light long loss low
    male mass mean medical mine mode more motion move nail no none normal not off old on open or order other overall over
    pain pass past peak period phase plan plus poor power pressure progress race ramp range rate rice rise risk round safety
    same save scale score serious set severe shock short side sleep slow small smile smoke sound spot stable stage standard
    strength stress stride strike study support surgery swelling switch systemic taste team test time tip today toe tone
    total touch trial trust twin urgency use visual volume weakness weight wind work wound yield zip""".split()
)


@cache
def label_owners(kind: str) -> Counter[str]:
    """How many terms of a kind each label belongs to; in its own capitals where they matter."""
    return Counter(
        label
        for term in terms(kind)
        for label in {label if kind == "units" or case_matters(label) else label.lower() for label in term.labels}
    )


def shared(name: str) -> list[dict[str, str]]:
    """A terminology that the tables are checked against."""
    path = SHARED / f"{name}.tsv"
    if not path.is_file():
        pytest.skip("the terminologies to check against are not on this machine")
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_manifest_lists_every_table() -> None:
    assert sorted(MANIFEST) == [kind for kind in KINDS if kind != "manifest"]
    assert all(all(row.values()) for row in rows("manifest"))


@pytest.mark.parametrize("kind", KINDS)
def test_form(kind: str) -> None:
    text = (FOLDER / f"{kind}.tsv").read_text(encoding="utf-8")
    widths = {line.count("\t") for line in text.splitlines()}
    assert len(widths) == 1, "a row with more or fewer cells than the header"
    assert text.endswith("\n")
    assert not re.search(
        r"[ \t]\n|\t | \t|\|\||\t\||\|\t", re.sub(r"\t[^\t]*\(\?[^\t]*\t", "\t\t", text.replace("\t\n", "\n"))
    )
    assert {"name", "source"} <= set(rows(kind)[0])
    assert all(row["name"] and row["source"] for row in rows(kind))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("manifest", "journals")])
def test_a_label_belongs_to_one_term(kind: str) -> None:
    names = Counter(term.name for term in terms(kind))
    assert not [name for name, count in names.items() if count > 1]
    assert not [label for label, count in label_owners(kind).items() if count > 1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_guarded_label_is_a_label(kind: str) -> None:
    assert not [
        (term.name, label) for term in terms(kind) for label in term.values("guarded") if label not in term.labels
    ]
    assert all(set(term.trusted) == set(term.labels) - set(term.values("guarded")) for term in terms(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_identifiers_are_well_formed(kind: str) -> None:
    for term in terms(kind):
        for curie in filter(None, (term.concept, *term.values("xrefs"))):
            prefix, _, local = curie.partition(":")
            assert re.fullmatch(CURIES.get(prefix, "(?!)"), local), curie


@pytest.mark.parametrize("kind", ["drugs", "conditions", "events"])
def test_a_concept_is_one_term(kind: str) -> None:
    concepts = Counter(term.concept for term in terms(kind) if term.concept)
    assert not [concept for concept, count in concepts.items() if count > 1]


@pytest.mark.parametrize("kind", KINDS)
def test_no_meddra_codes(kind: str) -> None:
    assert not re.search(r"(?<![0-9])100[0-9]{5}(?![0-9])", (FOLDER / f"{kind}.tsv").read_text(encoding="utf-8"))
    assert "MedDRA" not in (FOLDER / "events.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", PROSE)
def test_everyday_words_are_guarded(kind: str) -> None:
    assert not [label for term in terms(kind) for label in term.trusted if label.lower() in EVERYDAY]


@pytest.mark.parametrize("kind", SMALLEST)
def test_coverage(kind: str) -> None:
    assert len(terms(kind)) >= SMALLEST[kind]


@pytest.mark.parametrize("kind", PATTERNED)
def test_patterns_compile(kind: str) -> None:
    for row in rows(kind):
        assert re.compile(row["pattern"]).search("") is None, row["name"]


def test_a_pattern_is_tried_where_its_cue_stands() -> None:
    text = "Responses were assessed by RECIST version 1.1."
    names = [row["name"] for row, _ in patterns("criteria", text)]
    assert "RECIST" in names
    assert "Lugano classification" not in names


@pytest.mark.parametrize("kind", PATTERNED)
def test_cues_leave_no_match_out(kind: str) -> None:
    for path in sorted((SHARED / ".." / "papers").glob("*/paper.txt"))[::20]:
        text = fold(path.read_text(encoding="utf-8"))
        tried = {row["name"] for row, _ in patterns(kind, text)}
        assert not [row["name"] for row in rows(kind) if row["name"] not in tried and re.search(row["pattern"], text)]


@pytest.mark.parametrize("row", rows("registries"), ids=lambda row: row["name"])
def test_registries(row: dict[str, str]) -> None:
    match = re.search(row["pattern"], f"(registered as {row['example']})")
    assert match
    assert row["written"].format(id=match["id"]) == row["example"]
    assert row["url"].startswith("http")
    assert not re.search(row["pattern"], "from 2010 to 2015 in 1234 patients of 12 centres, p = 0.0012345678")


CRITERIA = [
    ("assessed by RECIST version 1.1 every 8 weeks", "RECIST", "1.1"),
    ("RECIST (v. 1.0)", "RECIST", "1.0"),
    ("Response Evaluation Criteria in Solid Tumours (RECIST) guidelines, version 1.1", "RECIST", "1.1"),
    ("by RECIST in 25 patients", "RECIST", None),
    ("RECIST criteria, 30% decrease", "RECIST", None),
    ("modified RECIST", "mRECIST", None),
    ("National Cancer Institute Common Terminology Criteria for Adverse Events (CTCAE) v4.03", "CTCAE", "4.03"),
    ("version 4.0 of the Common Terminology Criteria for Adverse Events", "CTCAE", "4.0"),
    ("NCI-CTC version 2.0", "NCI-CTC", "2.0"),
    ("the Lugano classification", "Lugano classification", None),
]


@pytest.mark.parametrize(("text", "name", "version"), CRITERIA)
def test_criteria(text: str, name: str, version: str | None) -> None:
    (row,) = [row for row in rows("criteria") if row["name"] == name]
    match = re.search(row["pattern"], text)
    assert match
    groups = match.groupdict()
    assert (groups.get("version") or groups.get("version_before")) == version


FREQUENCIES = [
    ("40 mg once daily", "once daily", (1, 1, "d")),
    ("1 mg b.i.d. for", "twice daily", (2, 1, "d")),
    ("1200 mg every 3 weeks", "every 3 weeks", (1, 3, "wk")),
    ("200 mg q3w", "every 3 weeks", (1, 3, "wk")),
    ("on day 1 every 21 days", "every 3 weeks", (1, 3, "wk")),
    ("every other day", "every 2 days", (1, 2, "d")),
    ("every 8 hours", "three times daily", (3, 1, "d")),
    ("three times per week", "three times weekly", (3, 1, "wk")),
    ("a 4-weekly schedule", "every 4 weeks", (1, 4, "wk")),
    ("once a month", "monthly", (1, 1, "mo")),
    ("every 6 months", "every 6 months", (1, 6, "mo")),
]


@pytest.mark.parametrize(("text", "name", "value"), FREQUENCIES)
def test_frequencies(text: str, name: str, value: tuple[int, int, str]) -> None:
    found = [
        (match.end() - match.start(), row) for row in rows("frequencies") if (match := re.search(row["pattern"], text))
    ]
    _, row = max(found, key=lambda item: item[0])
    assert row["name"] == name
    assert (int(row["times"]), int(row["interval"]), row["unit"]) == value


@pytest.mark.parametrize(
    "text", ["after 21 days of life", "twice as many patients", "during the day", "two days later"]
)
def test_no_frequency(text: str) -> None:
    assert not [row["name"] for row in rows("frequencies") if re.search(row["pattern"], text)]


# Of UCUM: atoms that stand alone and those that take prefixes, as far as the table needs them.
ATOM = r"(?:[kMGmunpfcd]|da)?(?:dyn|m\[Hg\]|m\[H2O\]|\[iU\]|osm|mol|cal|Cal|bar|Hz|Gy|Sv|Bq|Ci|Pa|eq|mo|wk|min|kat|g|L|l|m|s|h|d|a|J|W|V|A|B|U)"
OTHER = r"10\*[0-9]{1,2}|%|Cel|deg|[0-9]{1,4}|\[(?:in_i|ft_i|lb_av|degF|psi|diop|CFU|PFU|MET|HPF|drp|ppb|ppm|wood'U|in_i'Hg)\]"
UCUM = re.compile(
    rf"/?\(?(?:(?:{OTHER}|{ATOM})[0-9]?|\{{[^{{}}]+\}})(?:[./]\(?(?:(?:{OTHER}|{ATOM})[0-9]?|\{{[^{{}}]+\}})\)?)*\)?"
)


@pytest.mark.parametrize("term", terms("units"), ids=lambda term: term.name)
def test_units_are_ucum(term) -> None:  # type: ignore[no-untyped-def]
    assert UCUM.fullmatch(term.name)
    assert all(fold(label) == label for label in term.synonyms)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("mg/m2", "mg/m2"),
        ("mg m-2", "mg/m2"),
        ("mg/m²", "mg/m2"),
        ("mg·m−2", "mg/m2"),
        ("mcg", "ug"),
        ("µg/kg/min", "ug/kg/min"),
        ("IU", "[iU]"),
        ("mm Hg", "mm[Hg]"),
        ("months", "mo"),
        ("wk", "wk"),
        ("cells/µL", "/uL"),
        ("×10⁹/L", "10*9/L"),
        ("ml/min/1.73 m²", "mL/min/{1.73_m2}"),
        ("kg/m²", "kg/m2"),
        ("ng·h/mL", "ng.h/mL"),
        ("mg/day", "mg/d"),
    ],
)
def test_printed_units(printed: str, code: str) -> None:
    assert [term.name for term in terms("units") if fold(printed) in term.labels] == [code]


def test_units_of_endpoints_and_variables_are_units() -> None:
    known = {term.name for term in terms("units")}
    used = {row["unit"] for kind in ("endpoints", "variables", "frequencies") for row in rows(kind)} - {""}
    assert used <= known


def test_drugs_of_regimens_are_drugs() -> None:
    known = {term.name for term in terms("drugs")}
    assert not [drug for term in terms("regimens") for drug in term.values("drugs") if drug not in known]


def test_columns_hold_their_own_values() -> None:
    kinds = {"rate", "time-to-event", "continuous", "count", "score"}
    categories = {"efficacy", "safety", "patient-reported", "pharmacokinetic"}
    markers = {"gene", "fusion", "protein", "cell", "structure", "signature", "score", "burden", ""}
    assert {row["kind"] for row in rows("endpoints")} <= kinds
    assert {row["category"] for row in rows("endpoints")} <= categories
    assert {row["kind"] for row in rows("biomarkers")} <= markers
    assert {row["kind"] for row in rows("event_groups")} == {"soc", "group", "overall"}
    assert {row["kind"] for row in rows("criteria")} == {"response", "regression", "toxicity", "coding"}


def test_every_event_has_a_class_and_a_common_name_of_its_own() -> None:
    classes = {row["name"] for row in rows("event_groups") if row["kind"] == "soc"}
    for term in terms("events"):
        assert term.attributes["system_organ_class"] in classes, term.name
        assert term.attributes["common"].lower() in {label.lower() for label in term.labels}, term.name


@pytest.mark.parametrize(
    ("kind", "label", "name"),
    [
        ("drugs", "5-FU", "fluorouracil"),
        ("drugs", "cyclosporine", "ciclosporin"),
        ("drugs", "TQB2450", "benmelstobart"),
        ("drugs", "acetaminophen", "paracetamol"),
        ("drugs", "rh-endostatin", "recombinant human endostatin"),
        ("regimens", "CAPOX", "XELOX"),
        ("events", "thrombocytopaenia", "Platelet count decreased"),
        ("events", "leucopenia", "White blood cell decreased"),
        ("events", "hand-foot syndrome", "Palmar-plantar erythrodysesthesia syndrome"),
        ("events", "raised ALT", "Alanine aminotransferase increased"),
        ("events", "loose stools", "Diarrhea"),
        ("events", "hypokalaemia", "Hypokalemia"),
        ("events", "injection-site pain", "Injection site pain"),
        ("endpoints", "ORR", "objective response rate"),
        ("endpoints", "PASI 90", "PASI 90"),
        ("biomarkers", "Ki67", "Ki-67"),
        ("biomarkers", "TPS", "tumour proportion score"),
        ("conditions", "ASPS", "alveolar soft part sarcoma"),
        ("conditions", "non-small-cell lung cancer", "non-small cell lung cancer"),
        ("conditions", "chickenpox", "varicella"),
        ("variables", "ECOG PS", "ECOG performance status"),
        ("routes", "by mouth", "oral"),
        ("drug_classes", "anti-PD-L1", "PD-L1 inhibitor"),
    ],
)
def test_labels_find_their_term(kind: str, label: str, name: str) -> None:
    assert [term.name for term in terms(kind) if label.lower() in map(str.lower, term.labels)] == [name]


@pytest.mark.parametrize("label", ["eGFR", "EGFR", "OS", "PsA", "R0 resection", "B symptoms"])
def test_case_matters(label: str) -> None:
    assert case_matters(label)


@pytest.mark.parametrize("label", ["overall survival", "Ki-67", "Hodgkin lymphoma", "Palmar-plantar erythema"])
def test_case_does_not_matter(label: str) -> None:
    assert not case_matters(label)


@pytest.mark.parametrize(
    ("printed", "guarded"), [("pain", True), ("Pain", True), ("PAIN", False), ("body pain", False)]
)
def test_guards(printed: str, guarded: bool) -> None:
    (pain,) = [term for term in terms("events") if term.name == "Pain"]
    assert pain.guards(printed) is guarded


def test_terms_can_be_kept_in_sets() -> None:
    assert len(set(terms("routes"))) == len(terms("routes"))


def stemmed(word: str) -> bool:
    """Whether a word ends in an INN stem, long enough, and is no exception."""
    if word in {row["name"] for row in rows("stem_exceptions")}:
        return False
    return any(word.endswith(row["name"][1:]) and len(word) >= int(row["min_length"]) for row in rows("stems"))


@pytest.mark.parametrize(
    "word", ["newdrumab", "zetafetinib", "plonaparib", "vaxogliptin", "fenosartan", "tiravastatin"]
)
def test_stems_find_unlisted_drugs(word: str) -> None:
    assert stemmed(word)


@pytest.mark.parametrize(
    "word",
    "april control cholesterol ferritin immunoglobulin intestine receptor concept reservoir protein membrane "
    "anthracycline prostate patients comparison gradient endostatin interleukin pedersen serpentine".split(),
)
def test_stems_leave_ordinary_words(word: str) -> None:
    assert not stemmed(word)


def test_identifiers_of_drugs_are_in_the_sources() -> None:
    known = set()
    for row in shared("drugs"):
        known |= {f"drugbank:{row['drugbank']}", *(f"chembl:{value}" for value in split(row["chembl"]))}
        known |= {f"ncit:{value}" for value in split(row["ncit"])}
    used = {curie for term in terms("drugs") for curie in (term.concept, *term.values("xrefs")) if curie}
    assert used <= known


def test_targets_and_markers_are_genes() -> None:
    genes = {row["symbol"]: row["hgnc"].removeprefix("HGNC:") for row in shared("genes")}
    assert {gene for term in terms("drugs") for gene in term.values("targets")} <= set(genes)
    for row in rows("biomarkers"):
        if row["concept"]:
            assert row["concept"] == f"hgnc:{genes[row['gene']]}"


def test_conditions_are_in_the_disease_ontology() -> None:
    known = {row["doid"].lower() for name in ("diseases_cancer", "diseases_other") for row in shared(name)}
    assert {term.concept for term in terms("conditions") if term.concept} <= known


def test_every_term_of_ctcae_is_an_event() -> None:
    known = {row["term"]: row["soc"] for row in shared("ctcae_v5")}
    ours = {term.name: term for term in terms("events")}
    assert len(known) == 837
    assert all(ours[term].attributes["system_organ_class"] == soc and ours[term].concept for term, soc in known.items())
    assert {name for name, term in ours.items() if term.concept} == set(known)
