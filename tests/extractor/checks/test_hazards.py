import pytest

from extractor.checks.hazards import against_events, log_rank

COUNTS = "Death occurred in 99 patients (49 Alpha, 50 Beta)."


@pytest.mark.parametrize(
    ("ratio", "interval", "p"),
    [
        pytest.param(
            "Overall survival was similar (HR = 1.07, 95% CI 0.72-1.59; P = 0.74).", ["holds"], ["holds"], id="hold"
        ),
        pytest.param(
            "Overall survival was similar (HR = 1.07, 95% CI 0.85-1.35; P = 0.74).", ["fails"], ["holds"], id="narrow"
        ),
        pytest.param(
            "Overall survival was similar (adjusted HR = 1.07, 95% CI 0.85-1.35).", ["undecided"], [], id="adjusted"
        ),
        pytest.param(
            "Overall survival was similar (HR = 1.07, 95% CI 0.5-2.3; P = 0.74).", ["undecided"], ["holds"], id="wide"
        ),
        pytest.param(
            "Overall survival differed (HR = 0.70, 95% CI 0.47-1.04; P = 0.001).", ["holds"], ["fails"], id="p-value"
        ),
        pytest.param(
            "Overall survival differed (HR = 0.70, 95% CI 0.47-1.04; P = 0.02).", ["holds"], ["undecided"], id="near"
        ),
        pytest.param("Relapses were rarer (HR = 0.70, 95% CI 0.50-0.98; P = 0.04).", [], [], id="of other events"),
    ],
)
def test_hazards(make_audit, verdicts, ratio, interval, p):
    audit = make_audit(("results", f"{COUNTS} {ratio}"))
    assert verdicts(against_events, audit) == interval
    assert verdicts(log_rank, audit) == p


@pytest.mark.parametrize(
    "counts",
    [
        "Cancer progression was observed in 49 (25%) cases in one group vs. 50 (18.3%) cases in the other.",
        "Progression was seen in 49 patients with Alpha and 50 with Beta.",
    ],
)
def test_events(make_audit, verdicts, counts):
    ratio = "The hazard ratio of progression was 1.07 (95% CI 0.72-1.59)."
    assert verdicts(against_events, make_audit(("results", counts), ("results", ratio))) == ["holds"]


@pytest.mark.parametrize(
    "counts",
    [
        "Adverse events were seen in 49 patients with Alpha and 50 with Beta.",
        "Death occurred in 3 patients with Alpha and 2 with Beta.",
        "Death occurred in 49 patients with Alpha and 50 with Beta, 12 patients with Alpha and 15 with Beta after death of a spouse.",
        "Patients who died after 49 months and 50 months were young.",
    ],
)
def test_no_events(make_audit, verdicts, counts):
    ratio = "The hazard ratio for death was 1.07 (95% CI 0.72-1.59)."
    assert verdicts(against_events, make_audit(("results", counts), ("results", ratio))) == []
