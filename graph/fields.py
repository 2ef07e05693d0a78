"""Fields: what the record types say, seen once as predicates, datatypes and nodes.

A field whose value is a node is `tg:has<Name>`, one whose value is plain is `tg:<name>`: no property is both,
as OWL 2 DL wants it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from graph.namespaces import TG, camel
from ontology.record import Described, Evidence, TrialRecord, fact_lists

DATATYPES = {str: "string", int: "integer", Decimal: "decimal", bool: "boolean"}
# Written as annotations, not as fields.
APART = frozenset({"evidence", "rules"})


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field: its predicate (an IRI in brackets), its datatypes or its node type, and whether it has many values."""

    name: str
    predicate: str
    datatypes: tuple[type, ...]
    model: type[BaseModel] | None
    many: bool
    required: bool
    choices: tuple[str, ...]

    @property
    def alias(self) -> str:
        """The name in the JSON of a record."""
        return self.name.strip("_")

    @property
    def local(self) -> str:
        """The predicate without its namespace."""
        return self.predicate[len(TG) + 1 : -1]


@cache
def shapes_of(model: type[BaseModel]) -> tuple[FieldShape, ...]:
    """The fields of a record type that are written as properties."""
    return tuple(
        _shape(name, field.annotation, field.is_required())
        for name, field in model.model_fields.items()
        if name not in APART
    )


@cache
def models() -> tuple[type[BaseModel], ...]:
    """Every record type that becomes a class, the record first."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = [TrialRecord]
    while waiting:
        model = waiting.pop(0)
        if model not in found:
            found[model] = None
            waiting.extend(field.model for field in shapes_of(model) if field.model)
    return tuple(model for model in found if model is not Evidence)


def class_of(model: type[BaseModel]) -> str:
    """The class of a record type, an IRI in brackets."""
    return f"<{TG}{model.__name__}>"


@cache
def value_models() -> frozenset[type[BaseModel]]:
    """The types of values that belong to one node and mean nothing without it (intervals, schedules, authors)."""
    return frozenset(
        model
        for model in models()
        if model not in fact_lists().values() and model is not TrialRecord and not issubclass(model, Described)
    )


def _shape(name: str, annotation: Any, required: bool) -> FieldShape:
    kinds = tuple(_kinds(annotation))
    model = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
    choices = tuple(kind for kind in kinds if isinstance(kind, str))
    datatypes = (str,) if choices else tuple(kind for kind in kinds if kind in DATATYPES)
    local = camel(name)
    return FieldShape(
        name=name,
        predicate=f"<{TG}has{local[0].upper()}{local[1:]}>" if model else f"<{TG}{local}>",
        datatypes=() if model else datatypes,
        model=model,
        many=_many(annotation),
        required=required,
        choices=choices,
    )


def _kinds(annotation: Any) -> list[Any]:
    """The types (or literal choices) a field can hold, without None and without its container."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return list(arguments)
    if origin is Annotated:
        return _kinds(arguments[0])
    if origin in (Union, UnionType, tuple):
        return [kind for argument in arguments for kind in _kinds(argument)]
    return [] if annotation in (type(None), Ellipsis) else [annotation]


def _many(annotation: Any) -> bool:
    return get_origin(annotation) is tuple
