from decimal import Decimal

import pytest

from ontology.errors import WrongCall
from ontology.record import (
    Arm,
    DocumentInfo,
    Evidence,
    Interval,
    PValue,
    Result,
    Statistic,
    Trial,
    TrialRecord,
    fact_lists,
)
from ontology.serialise import from_json, from_yaml, to_json, to_plain, to_yaml

DOCUMENT = DocumentInfo(id="a", source="a.txt", format="text", sha256="0" * 64, characters=10)


@pytest.fixture
def record() -> TrialRecord:
    return TrialRecord(
        document=DOCUMENT,
        trial=Trial(phase="2", enrolled=40, evidence={"phase": (Evidence(start=1, end=2),)}),
        arms=(Arm(label="A: “tabs”\tand no", size=20, drugs=("velorastinib",)),),
        statistics=(Statistic(kind="test", value="log-rank test"), Statistic(kind="alpha", value=Decimal("0.050"))),
        results=(
            Result(
                endpoint="progression-free survival",
                statistic="hazard_ratio",
                value=Decimal("0.60"),
                ci=Interval(low=Decimal("0.40"), high=Decimal("1.0"), level=Decimal(95)),
                p_value=PValue(value=Decimal("0.0000001"), relation="<"),
                evidence=(Evidence(start=3, end=7, table="Table 1", row=0, column=2),),
            ),
        ),
    )


@pytest.mark.parametrize(("write", "read"), [(to_json, from_json), (to_yaml, from_yaml)], ids=["json", "yaml"])
def test_a_record_comes_back_as_it_was(record, write, read):
    text = write(record)
    assert read(text) == record
    assert write(read(text)) == text


@pytest.mark.parametrize("write", [to_json, to_yaml], ids=["json", "yaml"])
def test_numbers_keep_their_digits(record, write):
    text = write(record)
    assert "0.60\n" in text or "0.60," in text
    assert "0.050" in text
    assert '"0.60"' not in text


def test_what_is_not_stated_has_no_key_in_a_fact_and_null_in_paper_and_trial(record):
    plain = to_plain(record)
    assert "comparator" not in plain["results"][0]
    assert "section" not in plain["results"][0]["evidence"][0]
    assert plain["paper"]["doi"] is None
    assert plain["trial"]["median_follow_up"] is None
    assert set(fact_lists()) <= set(plain)
    assert plain["adverse_events"] == []
    assert "text" not in plain["document"]


@pytest.mark.parametrize(
    ("read", "text", "says"),
    [
        (from_json, "", "not JSON"),
        (from_json, "[]", "its schema is None"),
        (from_json, '{"schema": "trialgraph/record/9"}', "trialgraph/record/9"),
        (from_json, '{"schema": "trialgraph/record/1"}', "document: field required"),
        (from_json, "[" * 100_000, "not JSON"),
        (from_yaml, "a: [", "not YAML"),
        (from_yaml, "!!python/object:os.system {}", "not YAML"),
        (from_yaml, "- 1.2.3.4e", "its schema is None"),
    ],
    ids=["empty", "list", "other-schema", "no-document", "deep", "broken-yaml", "unsafe-yaml", "yaml-list"],
)
def test_what_is_no_record_is_refused_in_one_line(read, text, says):
    with pytest.raises(WrongCall) as caught:
        read(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
