"""Drugs of invented trials: names, roles, makers, and what is no drug."""

from collections.abc import Callable

import pytest

from extractor.drug_mentions import abbreviated_drugs, drug_mentions, stem_class, stem_of
from extractor.drugs import drugs
from extractor.study import Rejected, Study
from ontology.record import Drug

MakeStudy = Callable[..., Study]


def found(study: Study) -> dict[str, Drug]:
    return {fact.name: fact for fact in drugs(study) if isinstance(fact, Drug)}


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        pytest.param("Taxotere and cisplatin", [("docetaxel", "Taxotere"), ("cisplatin", "cisplatin")], id="brand"),
        pytest.param(
            "Oral methotrexate (MTX) helped.", [("methotrexate", "methotrexate"), ("methotrexate", "MTX")], id="own"
        ),
        pytest.param("They took velzutinib.", [("velzutinib", "velzutinib")], id="a stem"),
        pytest.param("KLD-115 840 mg was infused.", [("KLD-115", "KLD-115")], id="a code with a dose"),
        pytest.param("ZB4471, an oral inhibitor of MET.", [("ZB4471", "ZB4471")], id="a code that is explained"),
        pytest.param("The ORION-12 trial and CD20 on cells, SP263.", [], id="codes of other things"),
        pytest.param("Tumour-infiltrating lymphocytes were counted.", [], id="cells that are counted"),
        pytest.param("Radiotherapy of 60 Gy", [("radiotherapy", "Radiotherapy")], id="radiation"),
        pytest.param("the progesterone receptor", [], id="a receptor"),
        pytest.param("20 mg dexamethason i.v.", [("dexamethasone", "dexamethason")], id="the spelling of German"),
        pytest.param("A Barney Hawthorne joined; codein too.", [], id="a name, and a short word"),
        pytest.param("Radiotherapy was allowed.", [], id="radiation without a dose"),
        pytest.param("the doctor looked at the table", [], id="nothing"),
    ],
)
def test_mentions(make_study: MakeStudy, text: str, mentions: list[tuple[str, str]]) -> None:
    reading = make_study(("methods", text)).reading
    (sentence,) = reading.sentences
    assert [(m.name, text[m.start : m.end]) for m in drug_mentions(reading, sentence)] == mentions


@pytest.mark.parametrize(
    ("word", "stem", "kind"),
    [
        ("Velzutinib", "tinib", "tyrosine kinase inhibitor"),
        ("ralmetinib", "metinib", "MEK inhibitor"),
        ("Ostrelumab", "mab", "monoclonal antibody"),
        ("zelicitinib", "citinib", "JAK inhibitor"),
    ],
)
def test_stem(word: str, stem: str, kind: str) -> None:
    assert stem_of(word) == stem
    assert stem_class(stem) == kind


@pytest.mark.parametrize("word", ["cholesterol", "anthracycline", "tinib", "patients", "amab"])
def test_no_stem(word: str) -> None:
    assert stem_of(word) is None


def test_an_abbreviation_of_more_than_a_drug_is_none(make_study: MakeStudy) -> None:
    text = "Methotrexate (MTX) was given. Resistance to methotrexate after transplantation (RMT) was rare."
    assert abbreviated_drugs(make_study(("methods", text)).reading) == {"MTX": "methotrexate"}


def test_roles_in_the_invented_paper(merida: Study) -> None:
    assert {name: drug.role for name, drug in found(merida).items()} == {
        "docetaxel": "background",
        "lapatinib": "experimental",
        "dexamethasone": "background",
        "cisplatin": "mentioned",
    }
    assert found(merida)["lapatinib"].manufacturer == "Novartis"
    assert found(merida)["lapatinib"].targets == ("EGFR", "ERBB2")


def test_every_drug_stands_where_it_says(merida: Study) -> None:
    for drug in found(merida).values():
        for place in drug.evidence:
            assert merida.document.text[place.start : place.end].lower() in {drug.name, *drug.synonyms}


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("Patients took lapatinib (Novartis, Basel, Switzerland).", "Novartis"),
        ("Patients took bortezomib (Velcade; Northfield Pharmaceuticals Inc.).", "Northfield Pharmaceuticals Inc."),
        ("Patients took lapatinib (Northfield Therapeutics, Oslo).", "Northfield Therapeutics"),
        ("Patients took lapatinib (ZB-4471; Northfield Pharmaceuticals).", "Northfield Pharmaceuticals"),
        ("Patients took cabozantinib (Exelixis) daily.", "Exelixis"),
        ("Patients took lapatinib (1250 mg daily).", None),
        ("Patients took lapatinib (Monday to Friday).", None),
    ],
)
def test_maker(make_study: MakeStudy, text: str, maker: str | None) -> None:
    (drug,) = found(make_study(("methods", text))).values()
    assert drug.manufacturer == maker


@pytest.mark.parametrize(
    ("parts", "role"),
    [
        pytest.param(
            [("abstract", "Patients took pazopanib 800 mg daily.")], "experimental", id="a dose in the abstract"
        ),
        pytest.param([("methods", "Pazopanib was given as premedication.")], "background", id="premedication"),
        pytest.param(
            [("methods", "Patients with a history of pazopanib use were excluded.")], "mentioned", id="history"
        ),
        pytest.param([("introduction", "Pazopanib is a drug.")], "mentioned", id="introduction"),
        pytest.param(
            [("results", "Pazopanib-based second-line therapy was given to 12 patients.")],
            "mentioned",
            id="a later line",
        ),
    ],
)
def test_role(make_study: MakeStudy, parts: list[tuple[str, str]], role: str) -> None:
    assert found(make_study(*parts))["pazopanib"].role == role


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("Fasting insulin was measured.", "a substance of the body, given nowhere", id="of the body"),
        pytest.param("They took lapatinib. Then lapotinib.", "a misprint of another drug of the paper", id="misprint"),
    ],
)
def test_rejected(make_study: MakeStudy, text: str, reason: str) -> None:
    items = [item for item in drugs(make_study(("methods", text))) if isinstance(item, Rejected)]
    assert [item.reason for item in items] == [reason]


def test_a_given_substance_of_the_body_is_a_drug(make_study: MakeStudy) -> None:
    study = make_study(("abstract", "Patients were given insulin 10 IU daily."))
    assert found(study)["insulin"].role == "experimental"


def test_placebo_is_a_drug_of_its_arm(read_paper: Callable[[str], Study]) -> None:
    text = (
        "A randomised trial of metformin in obesity\n\nAna Keller and Tomás Varga\n\n# Abstract\n\n"
        "Patients were randomly assigned to metformin (n = 40) or placebo (n = 41).\n"
    )
    placebo = found(read_paper(text))["placebo"]
    assert (placebo.role, placebo.rule) == ("comparator", "drugs.placebo")


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("A randomised, placebo-controlled trial enrolled 80 adults.", True),
        ("Adults were given metformin or matching placebo.", True),
        ("Metformin is better than placebo.", False),
        ("The placebo-corrected change was 4 ms.", False),
    ],
)
def test_placebo_of_the_abstract(make_study: MakeStudy, text: str, given: bool) -> None:
    assert ("placebo" in found(make_study(("abstract", text)))) is given


def test_a_combination_is_its_parts_where_both_are_named(make_study: MakeStudy) -> None:
    parts = ("abstract", "Telmisartan 80 mg was given with hydrochlorothiazide 25 mg.")
    both = make_study(parts, ("discussion", "Telmisartan/hydrochlorothiazide lowers pressure."))
    assert set(found(both)) == {"telmisartan", "hydrochlorothiazide"}
    alone = make_study(("discussion", "Telmisartan/hydrochlorothiazide lowers pressure."))
    assert set(found(alone)) == {"telmisartan-hydrochlorothiazide"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Estrogen and progesterone receptors were stained.", id="two receptors"),
        pytest.param("The gold standard was biopsy.", id="a standard"),
        pytest.param("Creatine kinase (CK) rose; CK was measured daily.", id="an enzyme"),
        pytest.param("Fasting blood glucose (FBG) fell; FBG was measured.", id="a test"),
        pytest.param("They wrote to ana.tuncelaltug@example.org.", id="an address"),
    ],
)
def test_names_that_are_no_drug(make_study: MakeStudy, text: str) -> None:
    assert found(make_study(("methods", text))) == {}


def test_a_letter_misprinted_is_the_curated_drug(make_study: MakeStudy) -> None:
    assert set(found(make_study(("methods", "Patients received bevacizimab.")))) == {"bevacizumab"}


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Sertraline in opioid users undergoing methadone maintenance: a randomised trial", "background"),
        ("Sertraline in methadone-treated adults: a randomised trial", "background"),
        ("Methadone or sertraline: a randomised trial", "experimental"),
        ("Sertraline in adults after failure of methadone: a randomised trial", "mentioned"),
    ],
)
def test_what_patients_of_the_title_have_anyway(read_paper: Callable[[str], Study], title: str, role: str) -> None:
    study = read_paper(f"{title}\n\nAna Keller\n\n# Abstract\n\nForty adults were enrolled.\n")
    assert found(study)["methadone"].role == role


def test_drugs_of_the_rows_of_a_table(read_paper: Callable[[str], Study]) -> None:
    text = "A trial\n\nAna Keller\n\n# Results\n\nSee the table.\n\nTable 1. Prior treatment\n\nItem\tA\tB\nBetamethasone\t5\t6\nGlucose\t7\t8\n"
    assert {name: drug.role for name, drug in found(read_paper(text)).items()} == {"betamethasone": "mentioned"}
