"""A record as JSON or YAML and back: deterministic, with every number as it was printed (0.60 stays 0.60)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import simplejson
from pydantic import BaseModel, ValidationError

from ontology.errors import WrongCall
from ontology.record import SCHEMA, TrialRecord

# Parts that keep all their keys: a reader of the JSON sees what the paper does not state.
WHOLE = ("paper", "trial")
# What is said comes before where it stands.
LAST = ("evidence", "rule", "rules")
SINGLE = frozenset({str, int, bool, Decimal, float, type(None)})


def to_plain(record: TrialRecord) -> dict[str, Any]:
    """The record as dictionaries and lists of text, int and Decimal; what a fact does not state has no key."""
    return {
        key: _whole(value) if key in WHOLE else stated(value)
        for name, key in _keys(TrialRecord)
        for value in (getattr(record, name),)
    }


def from_plain(plain: Any) -> TrialRecord:
    """The record of what `to_plain` made; WrongCall names the first field that does not fit."""
    schema = plain.get("schema") if isinstance(plain, dict) else None
    if schema != SCHEMA:
        raise WrongCall(f"not a record of {SCHEMA}: its schema is {schema!r}")
    try:
        return TrialRecord.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "record"
        raise WrongCall(f"not a record of {SCHEMA}: {place}: {first['msg'].lower()}") from error


def to_json(record: TrialRecord) -> str:
    """The record as JSON text that ends with a line break."""
    return simplejson.dumps(to_plain(record), use_decimal=True, ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> TrialRecord:
    """The record of a JSON text; numbers keep their digits."""
    try:
        plain = simplejson.loads(text, use_decimal=True)
    except (simplejson.JSONDecodeError, RecursionError) as error:
        raise WrongCall(f"not JSON: {error}") from error
    return from_plain(plain)


def to_yaml(record: TrialRecord) -> str:
    """The record as YAML text."""
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
            return True

    Dumper.add_representer(Decimal, _yaml_number)
    text: str = yaml.dump(to_plain(record), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text


def from_yaml(text: str) -> TrialRecord:
    """The record of a YAML text; numbers keep their digits, nothing but plain data is built."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """The safe loader with decimal numbers."""

    Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(loader.construct_scalar(node)))
    try:
        plain = yaml.load(text, Loader=Loader)  # noqa: S506
    except (yaml.YAMLError, ArithmeticError, RecursionError) as error:
        raise WrongCall(f"not YAML: {' '.join(str(error).split())}") from error
    return from_plain(plain)


def _yaml_number(dumper: Any, value: Decimal) -> Any:
    printed = format(value, "f")
    kind = "float" if "." in printed else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", printed)


def _whole(part: BaseModel) -> dict[str, Any]:
    return {key: stated(getattr(part, name)) for name, key in _keys(type(part))}


@cache
def _keys(kind: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a type, in the order in which they are written, and their keys."""
    fields = sorted(kind.model_fields.items(), key=lambda field: field[0] in LAST)
    return tuple((name, field.alias or name) for name, field in fields)


def stated(value: Any) -> Any:
    """Plain data without the keys that have no value."""
    if type(value) in SINGLE:
        return value
    if isinstance(value, BaseModel):
        fields = vars(value)
        return {
            key: item if type(item) in SINGLE else stated(item)  # most are: this runs ten thousand times a paper
            for name, key in _keys(type(value))
            if (item := fields[name]) is not None
        }
    if isinstance(value, dict):
        return {key: stated(item) for key, item in value.items() if item is not None}
    return [stated(item) for item in value] if isinstance(value, (tuple, list)) else value
