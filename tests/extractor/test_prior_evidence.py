"""Results of other studies in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.prior_evidence import prior_evidence
from extractor.study import Study
from ontology.record import PriorEvidence

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, float, tuple[int, ...]]


def found(study: Study) -> list[PriorEvidence]:
    return [fact for fact in prior_evidence(study) if isinstance(fact, PriorEvidence)]


def rows(study: Study) -> list[Row]:
    return [(f.endpoint, f.statistic, float(f.value or 0), f.references) for f in found(study)]


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        pytest.param(
            "Sunitinib had a response rate of 18% [3], whereas pazopanib alone and pazopanib plus ipilimumab led to response "
            "rates of 5% and 16%, respectively [4].",
            [("sunitinib",), ("pazopanib",), ("pazopanib", "ipilimumab")],
            id="in order",
        ),
        pytest.param(
            "Epirubicin 75 mg/m² plus docetaxel 75 mg/m² gave response rates of 15% and 18% in the two strata, respectively [4].",
            [("epirubicin", "docetaxel"), ("epirubicin", "docetaxel")],
            id="one regimen",
        ),
        pytest.param(
            "Pembrolizumab improved progression-free survival compared with chemotherapy (median 10.3 vs 6.0 months) [4].",
            [("pembrolizumab",), ()],
            id="against no drug by name",
        ),
    ],
)
def test_drugs_of_values(make_study: MakeStudy, text: str, drugs: list[tuple[str, ...]]) -> None:
    assert [fact.drugs for fact in found(make_study(("introduction", text)))] == drugs


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param(
            "introduction",
            "In a phase 2 trial, the objective response rate was 24% with sunitinib [4].",
            [("objective response rate", "rate", 24, (4,))],
            id="cited at the end",
        ),
        pytest.param(
            "introduction",
            "Sunitinib gave a response rate of 11% [3], whereas pazopanib gave a response rate of 21% [5].",
            [("objective response rate", "rate", 11, (3,)), ("objective response rate", "rate", 21, (5,))],
            id="each clause its own",
        ),
        pytest.param(
            "introduction",
            "The 5-year survival rate after surgery alone is about 25% [19].",
            [("overall survival", "rate", 25, (19,))],
            id="after surgery",
        ),
        pytest.param(
            "introduction",
            "Gefitinib produced response rates of 18.4% in IDEAL 1 and 11.8% in IDEAL 2 [5].",
            [("objective response rate", "rate", 18.4, (5,)), ("objective response rate", "rate", 11.8, (5,))],
            id="a number in the name of a trial",
        ),
        pytest.param(
            "introduction",
            "Two trials of metformin showed a reduction in HbA1c of 0.9% and 1.1% [23].",
            [("HbA1c", "difference", 0.9, (23,)), ("HbA1c", "difference", 1.1, (23,))],
            id="a reduction in something of so much",
        ),
        pytest.param(
            "introduction",
            "In a trial, ticagrelor reduced the mortality rate from 11.7% to 9.8% [5].",
            [("mortality", "rate", 11.7, (5,)), ("mortality", "rate", 9.8, (5,))],
            id="from and to",
        ),
        pytest.param(
            "introduction",
            "Aspirin reduced the risk of pre-eclampsia in a meta-analysis (RR 0.76, 95% CI 0.62-0.95) [18].",
            [("pre-eclampsia", "risk_ratio", 0.76, (18,))],
            id="the risk of an illness",
        ),
        pytest.param(
            "introduction",
            "A trial reported a hazard ratio for death of 0.78 with sunitinib [12].",
            [("overall survival", "hazard_ratio", 0.78, (12,))],
            id="a hazard of death",
        ),
        pytest.param(
            "discussion",
            "The incidence of grade 3 neutropenia (12%) was lower than that reported for docetaxel (32%) [25].",
            [("grade 3 neutropenia", "rate", 32, (25,))],
            id="than that reported",
        ),
        pytest.param(
            "introduction",
            "Two trials found higher response rates (53% vs 37% and 60% vs 44%, respectively) [11,12].",
            [
                ("objective response rate", "rate", 53, (11,)),
                ("objective response rate", "rate", 37, (11,)),
                ("objective response rate", "rate", 60, (12,)),
                ("objective response rate", "rate", 44, (12,)),
            ],
            id="respectively",
        ),
        pytest.param(
            "discussion",
            "A meta-analysis has been published [8]. In that analysis, median overall survival was 14.2 months.",
            [("overall survival", "median", 14.2, (8,))],
            id="the sentence before",
        ),
        pytest.param(
            "discussion",
            "Nintedanib prolonged median overall survival from 6.1 to 7.7 months [9].",
            [("overall survival", "median", 6.1, (9,)), ("overall survival", "median", 7.7, (9,))],
            id="from and to",
        ),
        pytest.param(
            "introduction",
            "Grade 3 or 4 adverse events with sunitinib were anaemia (12%) and nausea (6%), and 9% had a fall [9].",
            [("grade 3-4 anaemia", "rate", 12, (9,)), ("grade 3-4 nausea", "rate", 6, (9,))],
            id="one grade for a list of events",
        ),
        pytest.param(
            "introduction",
            "Pazopanib prolonged progression-free survival (4.6 vs 1.6 months) [7].",
            [("progression-free survival", "median", 4.6, (7,)), ("progression-free survival", "median", 1.6, (7,))],
            id="bare times",
        ),
        pytest.param(
            "discussion",
            "Our response rate of 40% is higher than the 22% reported in the earlier study [2].",
            [("objective response rate", "rate", 22, (2,))],
            id="own and cited in one sentence",
        ),
        pytest.param(
            "introduction",
            "Docetaxel led to a 93% incidence of grade 3 to 4 neutropenia [7].",
            [("grade 3-4 neutropenia", "rate", 93, (7,))],
            id="an event with its grade",
        ),
        pytest.param(
            "introduction",
            "Grade 3 or 4 adverse events were neutropenia (25%), vomiting (16%) and rash (6%) [11].",
            [
                ("grade 3-4 neutropenia", "rate", 25, (11,)),
                ("grade 3-4 vomiting", "rate", 16, (11,)),
                ("grade 3-4 rash", "rate", 6, (11,)),
            ],
            id="events with the grade of their list",
        ),
        pytest.param(
            "discussion",
            "In earlier trials, rates of nausea were 34% with tramadol [5].",
            [("nausea", "rate", 34, (5,))],
            id="the rate of an event",
        ),
        pytest.param(
            "discussion",
            "Keller et al. found a median overall survival of 21.7 (combination) vs. 15.3 months (control) [5].",
            [("overall survival", "median", 21.7, (5,)), ("overall survival", "median", 15.3, (5,))],
            id="a pair with brackets",
        ),
        pytest.param(
            "discussion",
            "In the US, a trial of sunitinib found a 3-yr overall survival of 24% [5].",
            [("overall survival", "rate", 24, (5,))],
            id="a country is not us",
        ),
    ],
)
def test_quoted(make_study: MakeStudy, kind: str, text: str, expected: list[Row]) -> None:
    assert rows(make_study((kind, text))) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("discussion", "In our study, the objective response rate was 40%."),
        ("discussion", "The present trial showed a median overall survival of 12.1 months."),
        ("introduction", "Response rates of 10-20% have been reported [3]."),
        ("introduction", "Response rates ranged from 10% to 20% [3]."),
        ("introduction", "Between 10% and 20% of patients had a complete response [3]."),
        ("introduction", "Relapse occurs in up to 40% of patients [3]."),
        ("discussion", "In the present study, response rates were similar (40% and 42%); earlier ones were low [3]."),
        ("introduction", "Sarcomas account for 5% of all deaths from cancer [3]."),
        ("introduction", "The drug gave a 30% reduction in the number of visits [3]."),
        ("introduction", "Patients with nausea made up 12% of the clinic [3]."),
        ("methods", "We assumed a response rate of 20% under the null hypothesis [3]."),
        ("results", "The objective response rate was 40%."),
    ],
)
def test_not_quoted(make_study: MakeStudy, kind: str, text: str) -> None:
    assert found(make_study((kind, text))) == []


def test_numbers_of_the_trial_are_its_own(make_study: MakeStudy) -> None:
    study = make_study(
        ("results", "The objective response rate was 37.5%."),
        ("discussion", "The objective response rate of 37.5% agrees with what was seen before [3]."),
    )
    assert found(study) == []


def test_drugs_of_a_pair(make_study: MakeStudy) -> None:
    study = make_study(
        ("introduction", "Response rates were higher with pazopanib than with sunitinib (31% versus 19%) [6].")
    )
    assert [fact.drugs for fact in found(study)] == [("pazopanib",), ("sunitinib",)]


def test_each_study_keeps_its_own_drugs_and_size(make_study: MakeStudy) -> None:
    text = (
        "One small study (n = 64) tested erlotinib in lung cancer [4], and a trial of sorafenib in hepatocellular "
        "carcinoma found a median overall survival of 10.7 months (p < 0.001; 95% CI 9.4-13.3) [7]."
    )
    fact = found(make_study(("discussion", text)))[0]
    assert (fact.drugs, fact.total, fact.condition, fact.references) == (
        ("sorafenib",),
        None,
        "hepatocellular carcinoma",
        (7,),
    )


def test_a_sentence_goes_on_with_the_study_it_cites_again(make_study: MakeStudy) -> None:
    text = (
        "Sorafenib plus erlotinib was tested in hepatocellular carcinoma [7]. "
        "There was no difference in overall survival between the combination and the control (HR = 0.93) [7]."
    )
    fact = found(make_study(("discussion", text)))[0]
    assert (set(fact.drugs), fact.condition) == ({"sorafenib", "erlotinib"}, "hepatocellular carcinoma")


@pytest.mark.parametrize(
    ("title", "quoted", "condition"),
    [
        pytest.param("HER2-positive breast cancer", "In that trial", "breast cancer", id="not said of others"),
        pytest.param(
            "HER2-positive breast cancer", "In HER2-positive breast cancer", "HER2-positive breast cancer", id="said"
        ),
        pytest.param(
            "multidrug-resistant tuberculosis", "In that trial", "multidrug-resistant tuberculosis", id="a disease"
        ),
    ],
)
def test_the_marker_of_the_trials_patients_is_not_that_of_others(
    make_study: MakeStudy, title: str, quoted: str, condition: str
) -> None:
    study = make_study(
        ("abstract", f"We treated patients with {title}."),
        ("introduction", f"{quoted}, the objective response rate was 24% with sunitinib [4]."),
    )
    assert [fact.condition for fact in found(study)] == [condition]
