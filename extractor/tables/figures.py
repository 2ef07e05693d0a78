"""What the numbers of a cell mean: a printed value read by the statistics that head, stub, caption or notes announce."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from extractor.tables.values import Part, Value
from extractor.tables.wording import COMPARISONS, SPREADS
from ontology.record import Interval, PValue, Range

LOCATIONS = frozenset(("mean", "median", "geometric_mean", *COMPARISONS))
# "Age, years (SD)" names only the spread; the number before it is then its companion, where there is but one.
IMPLIED = {"sd": "mean", "se": "mean", "range": "estimate", "iqr": "median", "cv": "geometric_mean", "ci": "estimate"}
NAMES = {"sds": "sd", "s.d.": "sd", "sem": "se", "min-max": "range"}
NAMED_SPREADS = frozenset(("sd", "sds", "s.d.", "se", "sem", "iqr", "range"))
RATIO_NAMES = {"hr": "hazard_ratio", "or": "odds_ratio", "rr": "risk_ratio"}
ROUNDING = Decimal("0.6")


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a cell by their meaning; `statistic` names the main one, `spread` is a +- that nothing names."""

    statistic: str | None = None
    value: Decimal | None = None
    count: int | None = None
    total: int | None = None
    percent: Decimal | None = None
    sd: Decimal | None = None
    se: Decimal | None = None
    spread: Decimal | None = None
    range: Range | None = None
    ci: Interval | None = None
    p_value: PValue | None = None
    not_reached: bool | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was read."""
        return all(getattr(self, name) is None for name in NAMES_OF_FIGURES)

    @property
    def is_main(self) -> bool:
        """Whether it has a number of its own, not only a spread that belongs to another cell's number."""
        return self.value is not None or self.count is not None or self.percent is not None or bool(self.not_reached)


NOTHING = Figures()
NAMES_OF_FIGURES = tuple(field.name for field in fields(Figures))


def read_figures(
    value: Value,
    named: Iterable[tuple[str, ...]],
    size: int | None,
    announced: Iterable[tuple[str, ...]] = (),
) -> tuple[Figures, ...]:
    """The figures of a value by the first statistics that fit its shape, else by its shape alone.

    What head and stub name is tried first; what caption and notes announce for the whole table only where a
    count with its percentage does not show by itself.
    """
    parts = [part for part in value.parts if part.kind not in ("size", "p")]
    extra = NOTHING if len(parts) == len(value.parts) else _extra(value)
    if not parts:
        return () if extra.is_empty else (extra,)
    names = tuple(named)
    if ratio := RATIO_NAMES.get(parts[0].name.removeprefix("a")):  # "OR 2.05 (0.93-4.5)"
        names = ((ratio, "ci"), *names)
    found = next((found for statistics in names if (found := _fit(parts, statistics))), ())
    if not found and names and names[0][0] in SPREADS and len(parts) == 1:
        return ()  # the width of an interval, no value
    if not found:
        found = _by_shape(parts, size)
        if not (found and found[0].statistic in ("count", "percent")):
            found = _announced(parts, announced) or found
    return tuple(_joined(figures, extra) if place == 0 else figures for place, figures in enumerate(found))


def _announced(parts: Sequence[Part], announced: Iterable[tuple[str, ...]]) -> tuple[Figures, ...]:
    if len(parts) == 1 and _whole(parts[0]) is not None:
        return ()
    whole = (statistics for statistics in announced if len(statistics) <= len(parts))
    return next((found for statistics in whole if (found := _fit(parts, statistics))), ())


def _extra(value: Value) -> Figures:
    return Figures(
        total=next((_whole(part) for part in value.parts if part.kind == "size"), None),
        p_value=next((part.p for part in value.parts if part.kind == "p"), None),
    )


def consistent(count: Decimal | int | None, percent: Decimal | None, total: int | None) -> bool:
    """Whether a count out of a total is the printed percentage, rounding allowed."""
    if count is None or percent is None or not total or count > total:
        return False
    return abs(Decimal(count) * 100 / total - percent) <= ROUNDING


def merged(first: Figures, second: Figures) -> Figures | None:
    """Two cells' figures as those of one fact, or None where they contradict each other."""
    if first.is_main and second.is_main and not _count_and_percent(first, second):
        return None
    for name in NAMES_OF_FIGURES:
        mine, others = getattr(first, name), getattr(second, name)
        if name != "statistic" and mine is not None and others is not None and mine != others:
            return None
    return _joined(first, second)


def _count_and_percent(first: Figures, second: Figures) -> bool:
    both = {first.statistic, second.statistic}
    return both == {"count", "percent"} and (first.count is None or second.count is None)


def _joined(first: Figures, second: Figures) -> Figures:
    update = {
        name: other
        for name in NAMES_OF_FIGURES
        if (other := getattr(second, name)) is not None and getattr(first, name) is None
    }
    joined = replace(first, **update) if update else first
    if joined.count is not None and joined.value is None and joined.statistic != "count":
        return replace(joined, statistic="count")
    return joined


def _fit(parts: Sequence[Part], statistics: tuple[str, ...]) -> tuple[Figures, ...]:
    main = statistics[0] if statistics else ""
    if main == "p_value":
        return _p_value(parts)
    if main in SPREADS:
        parts = _pair(parts)
        if len(parts) == 1:
            return _only_spread(parts[0], main)
        return _location(parts, (IMPLIED[main], *statistics))
    if main in ("count", "percent") and any(part.name in NAMED_SPREADS for part in parts):
        return ()
    if main == "count":
        return _count(parts, statistics)
    if main == "percent":
        change = ("mean", *statistics[1:]) if {"sd", "se"} & set(statistics) else ("estimate", *statistics[1:])
        return _percent(parts, statistics) or (_location(parts, change) if len(statistics) > 1 else ())
    return _location(parts, statistics) if main in LOCATIONS else ()


def _p_value(parts: Sequence[Part]) -> tuple[Figures, ...]:
    first = parts[0]
    number = first.number
    last = parts[-1]
    ci = _with_interval(Figures(), last, "ci").ci if last.kind == "interval" and last.bracketed else None
    if len(parts) == 1 and ci:  # "P (95% CI)" over a cell that has only the interval
        return (Figures(ci=ci),)
    if len(parts) > 2 or (len(parts) == 2 and ci is None):
        return ()
    if first.kind != "number" or number is None or not 0 <= number <= 1:
        return ()
    relation = first.sign if first.sign in ("<", ">") else "="
    p = PValue.model_validate({"value": number, "relation": relation})
    return (Figures(statistic="p_value", p_value=p, ci=ci),)


def _only_spread(part: Part, name: str) -> tuple[Figures, ...]:
    if name in ("sd", "se") and part.kind in ("number", "spread"):
        return (Figures(sd=part.number),) if name == "sd" else (Figures(se=part.number),)
    if part.kind == "interval":
        return (_with_interval(Figures(), part, name),)
    return ()


def _pair(parts: Sequence[Part]) -> Sequence[Part]:
    """Two bare numbers under "Range (min, max)" ("18, 64") are the bounds of an interval."""
    bare = len(parts) == 2 and all(part.kind == "number" and not part.bracketed for part in parts)
    return [Part("interval", (parts[0].number, parts[1].number))] if bare else parts


def _count(parts: Sequence[Part], statistics: tuple[str, ...]) -> tuple[Figures, ...]:
    if len(parts) == 3 and parts[2].kind == "interval":  # 13 (25%) [14-39]
        return tuple(_with_interval(found, parts[2], "ci") for found in _count(parts[:2], statistics))
    if (
        len(parts) == 3 and "percent" in statistics and parts[2].kind == "number" and _whole(parts[2]) is not None
    ):  # 12 (23) 15: patients and events
        return _count(parts[:2], statistics)
    first, *rest = parts
    if any(part.kind not in ("number", "percent", "slash") for part in parts):
        return ()
    if first.kind == "percent" or (first.kind == "number" and _whole(first) is None):
        exact = "percent" in statistics and not (rest and rest[0].kind == "percent")
        return _percent(parts, ("percent", "count")) if exact else ()
    if len(rest) > 1 or first.sign or len(first.numbers) > 2:
        return ()
    total = _whole(first, 1) if first.kind == "slash" else None
    found = Figures(statistic="count", count=_whole(first), total=total)
    if not rest:
        return (found,)
    if rest[0].kind == "slash":
        return (replace(found, total=_whole(rest[0], 1)),) if rest[0].number == first.number else ()
    return (replace(found, percent=_exact(rest[0])),) if _is_percentage(rest[0]) else ()


def _percent(parts: Sequence[Part], statistics: tuple[str, ...]) -> tuple[Figures, ...]:
    first, *rest = parts
    if first.kind == "slash" or (rest and rest[0].kind == "percent" and first.kind == "number"):
        return _count(parts, ("count", "percent"))
    if not _is_percentage(first) or len(rest) > 1:
        return ()
    found = Figures(statistic="percent", percent=_exact(first))
    return _beside_percent(found, first, rest[0], statistics) if rest else (found,)


def _beside_percent(found: Figures, first: Part, second: Part, statistics: tuple[str, ...]) -> tuple[Figures, ...]:
    """A percentage with what stands in brackets behind it: its interval, its fraction or its count."""
    if second.kind == "interval":
        return (_with_interval(found, second, "ci"),) if "ci" in statistics else ()
    if second.kind == "slash":
        return (replace(found, statistic="count", count=_whole(second), total=_whole(second, 1)),)
    if second.kind != "number" or {"se", "sd"} & set(statistics):
        return ()
    if "count" in statistics and _whole(second) is not None:
        return (replace(found, statistic="count", count=_whole(second)),)
    # Under a bare "%" a whole number before "(48.5)" is the count.
    if first.kind == "number" and second.bracketed and _whole(first) is not None and "." in str(second.number):
        return _count((first, second), ("count", "percent"))
    return ()


def _location(parts: Sequence[Part], statistics: tuple[str, ...]) -> tuple[Figures, ...]:
    """A mean, median or ratio with its spreads, each part taken by the next statistic of its shape."""
    first, *rest = parts
    main = None if statistics[0] == "estimate" else statistics[0]
    if first.kind == "unreached":
        found = [Figures(statistic=main, not_reached=True)]
    elif first.kind in ("number", "percent") and not first.bracketed:
        found = [Figures(statistic=main, value=first.number)]
    elif first.kind == "interval" and main in COMPARISONS and not rest:
        return (_with_interval(Figures(statistic=main), first, "ci"),)
    else:
        return ()
    return tuple(_with_spreads(found, first, rest, list(statistics[1:])))


def _with_spreads(found: list[Figures], first: Part, rest: Sequence[Part], left: list[str]) -> list[Figures]:
    """The location with the parts behind it; nothing where a part contradicts what is announced."""
    for part in rest:
        if part.kind == "number" and left and left[0] in LOCATIONS:
            found.append(Figures(statistic=left.pop(0), value=part.number))
            continue
        name = NAMES.get(part.name, part.name) or next((name for name in left if _fits(part, name, first)), "")
        added = None if not name and set(left) & SPREADS else _with_part(found[-1], part, name)
        if added is None:  # a second spread belongs to another number: two groups in one cell
            return []
        if name in left:
            left.remove(name)
        found[-1] = added
    return found


def _fits(part: Part, name: str, first: Part) -> bool:
    if part.kind == "interval":
        return name in ("ci", "range", "iqr")
    if part.kind == "spread":
        return name in ("sd", "se", "ci")
    return part.kind in ("number", first.kind) and name in ("sd", "se", "cv")


def _with_part(found: Figures, part: Part, name: str) -> Figures | None:
    if part.kind == "interval":
        return _with_interval(found, part, name)
    if part.kind == "spread" and any((found.sd, found.se, found.spread)):
        return None
    if name == "sd":
        return replace(found, sd=part.number)
    if name == "se":
        return replace(found, se=part.number)
    if part.kind == "number" and not part.bracketed and not name:
        return None
    return replace(found, spread=part.number) if part.kind == "spread" and not name else found


def _with_interval(found: Figures, part: Part, name: str) -> Figures:
    low, high = part.numbers
    if low is not None and high is not None and low > high:
        low, high = (high, low) if low < 0 else (low, high)
    if name == "ci" or (not name and found.statistic in COMPARISONS and found.ci is None):
        return replace(found, ci=Interval(low=low, high=high))
    if found.range is not None:
        return found
    kind = {"iqr": "iqr", "range": "range"}.get(name)
    return replace(found, range=Range.model_validate({"low": low, "high": high, "kind": kind}))


def _by_shape(parts: Sequence[Part], size: int | None) -> tuple[Figures, ...]:
    first = parts[0]
    second = parts[1] if len(parts) == 2 or [part.kind for part in parts[1:]] == ["percent", "interval"] else None
    if first.kind == "slash":
        believed = len(first.numbers) == 2 and (first.numbers[1] == size or second is not None)
        return _count(parts, ("count", "percent")) if believed else ()
    if first.kind == "percent":
        return _percent(parts, ("percent", "count", "ci")) or (
            _location(parts, ("estimate", "ci")) if _is_negative(first) else ()
        )
    if second is not None and second.kind in ("percent", "slash"):
        return _count(parts, ("count", "percent"))
    if second is not None and second.name in NAMED_SPREADS:
        return _location(parts, (IMPLIED[NAMES.get(second.name, second.name)],))
    if second is not None and second.kind == "number" and second.bracketed:
        if consistent(_whole(first), second.number, size):
            return _count(parts, ("count", "percent"))
        return _percent(parts, ("percent", "count")) if consistent(_whole(second), first.number, size) else ()
    if first.kind == "interval" and len(parts) == 1:
        return (_with_interval(Figures(), first, ""),)
    return _location(parts, ("estimate",)) if first.kind in ("number", "unreached") and not first.sign else ()


def _is_percentage(part: Part) -> bool:
    return part.kind in ("number", "percent") and part.number is not None and 0 <= part.number <= 100


def _is_negative(part: Part) -> bool:
    return part.kind in ("number", "percent") and part.number is not None and part.number < 0


def _exact(part: Part) -> Decimal | None:
    """A percentage that is printed exactly; "<1" is none."""
    return part.number if part.sign in ("", "=") else None


def _whole(part: Part, place: int = 0) -> int | None:
    number = part.numbers[place] if len(part.numbers) > place else None
    if number is None or part.sign or number < 0 or number != number.to_integral_value():
        return None
    return int(number) if "." not in str(number) else None
