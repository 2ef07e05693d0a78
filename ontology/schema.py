"""The JSON schema of a record, generated from the types; `record.schema.json` beside this file is its copy."""

from __future__ import annotations

import json
from importlib.resources import files

from ontology.record import SCHEMA, TrialRecord

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> str:
    """The schema as JSON text."""
    schema = TrialRecord.model_json_schema(by_alias=True)
    schema["properties"]["schema"] = {"const": SCHEMA, "title": "Schema"}
    schema["required"] = ["schema", *schema["required"]]
    head = {"$schema": DIALECT, "$id": SCHEMA}
    return json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n"


def stored_schema() -> str:
    """The schema as the package carries it."""
    return files(__package__).joinpath("record.schema.json").read_text(encoding="utf-8")
