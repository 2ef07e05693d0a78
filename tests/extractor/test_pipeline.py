"""Facts of one paper become one voice; a whole invented paper becomes its record."""

from decimal import Decimal

import pytest

from extractor.pipeline import EXTRACTORS, Extraction, agree, extract, merge, one_voice
from extractor.study import Study
from ontology.record import AdverseEvent, Evidence, Fact, Result, Statistic, fact_lists

HERE, THERE, ELSEWHERE = (Evidence(start=start, end=start + 4) for start in (0, 10, 20))


def rate(value: str | None, place: Evidence = HERE, **fields: object) -> Result:
    fields = {"endpoint": "response rate", "arm": "docetaxel", "statistic": "rate", **fields}
    return Result.model_validate({**fields, "value": value, "evidence": (place,)})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(rate("40"), rate("40"), True, id="equal"),
        pytest.param(rate("40"), rate("40", timepoint="24 wk"), True, id="a time point said once"),
        pytest.param(rate("40", timepoint="12 wk"), rate("40", timepoint="24 wk"), False, id="two time points"),
        pytest.param(rate("40", count=12), rate("40", total=30), True, id="each fills the other"),
        pytest.param(rate("40", population="x"), rate("40", population="y"), False, id="two populations"),
        pytest.param(rate("40", count=12), rate("40", count=13), False, id="two counts"),
        pytest.param(rate("40"), rate("41"), False, id="two values"),
        pytest.param(rate(None, count=12), rate("40", timepoint="24 wk"), False, id="no value is shared"),
    ],
)
def test_agree(one: Fact, other: Fact, *, same: bool) -> None:
    assert agree(one, other) is same
    assert agree(other, one) is same


def test_merge_fills_and_keeps_all_evidence() -> None:
    merged = merge(rate("40", HERE, count=12), rate("40", THERE, total=30, population="all"))
    assert merged == rate("40", HERE, count=12, total=30, population="all").model_copy(
        update={"evidence": (HERE, THERE)}
    )


def test_merge_counts_a_place_once() -> None:
    assert merge(rate("40"), rate("40")).evidence == (HERE,)


def test_one_voice_in_the_order_found() -> None:
    voices = list(
        one_voice(
            [
                rate("40", HERE),
                rate("12", HERE, endpoint="overall survival", statistic="median"),
                rate("40", THERE, timepoint="24 wk"),
                rate("41", ELSEWHERE),
                rate("40", ELSEWHERE, endpoint="Response Rate"),
            ]
        )
    )
    assert [(fact.endpoint, fact.value, fact.evidence) for fact in voices] == [
        ("response rate", Decimal(40), (HERE, THERE, ELSEWHERE)),
        ("overall survival", Decimal(12), (HERE,)),
        ("response rate", Decimal(41), (ELSEWHERE,)),
    ]
    assert voices[0].timepoint == "24 wk"


def test_a_subgroup_with_the_same_number_is_another_fact() -> None:
    assert len(list(one_voice([rate("40"), rate("40", THERE, population="low platelets")]))) == 2


def test_a_deviation_and_an_error_are_of_two_means() -> None:
    means = [rate("40", statistic="mean", sd="3"), rate("40", THERE, statistic="mean", se="0.4")]
    assert len(list(one_voice(means))) == 2
    assert len(list(one_voice([*means[:1], rate("40", THERE, statistic="mean")]))) == 1


def test_two_places_that_disagree_are_both_kept() -> None:
    voices = list(one_voice([rate("40", count=12), rate("40", THERE, count=13)]))
    assert [(fact.count, fact.evidence) for fact in voices] == [(12, (HERE,)), (13, (THERE,))]


def test_the_first_wording_stands() -> None:
    voices = list(one_voice([Statistic(kind="alpha", value=Decimal("0.05"), text=t) for t in ("first", "second")]))
    assert [fact.text for fact in voices] == ["first"]


def test_arms_are_not_one_voice() -> None:
    events = [AdverseEvent(term="nausea", arm=arm, grade="any", count=4) for arm in ("docetaxel", "placebo")]
    assert list(one_voice(events)) == events


@pytest.fixture(scope="module")
def extraction(merida: Study) -> Extraction:
    return extract(merida.document)


def test_every_list_of_the_record_has_its_extractors() -> None:
    assert set(EXTRACTORS) | {"checks"} == set(fact_lists())


def test_the_record_of_the_invented_paper(extraction: Extraction) -> None:
    record = extraction.record
    assert [(arm.label, arm.size) for arm in record.arms] == [("Docetaxel plus lapatinib", 122), ("Docetaxel", 120)]
    assert [condition.name for condition in record.conditions] == ["gastric cancer"]
    assert [(e.term, e.arm, e.count, e.total) for e in record.adverse_events if e.term == "Diarrhoea"] == [
        ("Diarrhoea", "Docetaxel plus lapatinib", 61, 122),
        ("Diarrhoea", "Docetaxel", 24, 120),
    ]
    medians = {(r.arm, str(r.value), r.unit) for r in record.results if r.statistic == "median"}
    assert medians == {("Docetaxel plus lapatinib", "12.4", "mo"), ("Docetaxel", "10.1", "mo")}
    assert [(r.number, r.year) for r in record.references] == [(1, 2005), (2, 2008)]
    assert [citation.numbers for citation in record.citations] == [(1,), (1, 2)]
    assert (record.document.id, record.document.format) == ("invented", "text")


def test_a_hazard_ratio_has_its_interval(extraction: Extraction) -> None:
    (ratio,) = [result for result in extraction.record.results if result.statistic == "hazard_ratio"]
    assert ratio.ci
    assert ratio.p_value
    assert (ratio.value, ratio.ci.low, ratio.ci.high, ratio.ci.level, ratio.p_value.value) == tuple(
        map(Decimal, ("0.78", "0.62", "0.97", "95", "0.026"))
    )
    assert (ratio.arm, ratio.comparator, ratio.timepoint) == ("Docetaxel plus lapatinib", "Docetaxel", None)


def test_a_dose_said_twice_is_one_fact(extraction: Extraction) -> None:
    (dose,) = [d for d in extraction.record.doses if d.drug == "lapatinib" and d.kind == "planned"]
    assert dose.value == 1250
    assert len({place.section for place in dose.evidence}) == 2


def test_every_fact_has_a_place_and_a_rule(extraction: Extraction, merida: Study) -> None:
    for name in fact_lists():
        for fact in getattr(extraction.record, name):
            assert fact.rule
            assert fact.evidence or name == "checks"
            for place in fact.evidence:
                assert merida.document.text[place.start : place.end].strip()


def test_the_same_paper_twice_is_the_same_record(extraction: Extraction, merida: Study) -> None:
    assert extract(merida.document).record == extraction.record


def test_what_was_not_believed_is_kept_with_its_reason(extraction: Extraction) -> None:
    assert all(item.rule and item.reason for item in extraction.rejected)
