import json

from ontology.record import TrialRecord
from ontology.schema import json_schema, stored_schema


def test_the_stored_schema_is_current():
    assert stored_schema() == json_schema(), "run: trialgraph schema -o ontology/record.schema.json"


def test_the_schema_knows_every_key_of_a_record():
    names = {field.alias or name for name, field in TrialRecord.model_fields.items()}
    assert set(json.loads(json_schema())["properties"]) == names


def test_numbers_are_numbers_in_the_schema():
    interval = json.loads(json_schema())["$defs"]["Interval"]["properties"]
    assert {"type": "number"} in interval["low"]["anyOf"]
