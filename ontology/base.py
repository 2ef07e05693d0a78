"""What the record's types are made of: evidence, facts, and values with intervals and p-values."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, WithJsonSchema

Number = Annotated[Decimal, WithJsonSchema({"type": "number"})]


class Frozen(BaseModel):
    """A value that never changes and knows all its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PageBox(Frozen):
    """A rectangle on a page of a PDF, in points of the PDF's own space: y up, from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Evidence(Frozen):
    """Half-open character offsets into the decoded input text, the table cell where there is one.

    `boxes` is where a PDF prints the characters, a box a line.
    """

    start: int
    end: int
    section: str | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    boxes: tuple[PageBox, ...] | None = None

    @property
    def page(self) -> int | None:
        """The page of a PDF where it begins, counted from 1."""
        return self.boxes[0].page if self.boxes else None


class Fact(Frozen):
    """One item of a list: what is said, where it stands and which rule found it.

    `key` names the fields that tell two facts of the type apart; the other fields are its values. Of the key,
    `qualifiers` may be left unsaid in one place and said in another without making two facts.
    """

    key: ClassVar[tuple[str, ...]] = ()
    qualifiers: ClassVar[tuple[str, ...]] = ()

    evidence: tuple[Evidence, ...] = ()
    rule: str = ""


class Interval(Frozen):
    """A confidence interval; `level` in percent."""

    low: Number | None = None
    high: Number | None = None
    level: Number | None = None
    method: str | None = None


class Range(Frozen):
    """Smallest and largest value (or the quartiles, where `kind` says so)."""

    low: Number | None = None
    high: Number | None = None
    kind: Literal["range", "iqr"] | None = None


class PValue(Frozen):
    """A p-value with the relation it was printed with."""

    value: Number
    relation: Literal["=", "<", ">"] = "="
    test: str | None = None


class Measure(Frozen):
    """A value with its UCUM unit and interval."""

    value: Number | None = None
    unit: str | None = None
    ci: Interval | None = None
    range: Range | None = None


class Frequency(Frozen):
    """A count out of a total, and its percentage."""

    count: int | None = None
    total: int | None = None
    percent: Number | None = None
