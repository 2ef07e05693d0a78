"""A colour a kind of node: the same in every picture."""

from __future__ import annotations

import hashlib

# Light fills with a contrast of at least 4.5 to dark text.
COLOURS = {
    "TrialRecord": "#d9d9d9",
    "Paper": "#bdd7ee",
    "Work": "#cfe2f3",
    "Trial": "#f9cb9c",
    "RegisteredTrial": "#f6b26b",
    "Drug": "#b6d7a8",
    "DrugConcept": "#93c47d",
    "Regimen": "#a2c4c9",
    "Condition": "#ead1dc",
    "ConditionConcept": "#d5a6bd",
    "Arm": "#fff2cc",
    "Dose": "#d9ead3",
    "Endpoint": "#d9d2e9",
    "EndpointConcept": "#b4a7d6",
    "Result": "#c9daf8",
    "AdverseEvent": "#f4cccc",
    "EventConcept": "#ea9999",
    "Biomarker": "#d0e0e3",
    "MarkerConcept": "#76c7c0",
    "Reference": "#e8e8f8",
    "PriorEvidence": "#dfe7c8",
}


def colour_of(kind: str) -> str:
    """The colour of a kind; one that is not in the table gets a light one of its own."""
    if kind in COLOURS:
        return COLOURS[kind]
    red, green, blue = (160 + byte % 80 for byte in hashlib.blake2b(kind.encode(), digest_size=3).digest())
    return f"#{red:02x}{green:02x}{blue:02x}"
