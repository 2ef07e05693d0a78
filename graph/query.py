"""Queries: SPARQL with known prefixes, ready-made questions with typed parameters, a time limit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from graph import identity
from graph.errors import TookTooLong, WrongQuery
from graph.namespaces import PREFIXES
from graph.stores.answers import Answer, Store
from ontology import regex as re
from ontology.errors import WrongCall
from ontology.record import Reference, Registration

TIMEOUT = 30.0
ENDING = ".rq"
HEADER = re.compile(r"^#\s*(?P<key>title|about|param)\s*:?\s+(?P<rest>.*)$", re.MULTILINE)
PARAMETER = re.compile(
    r"(?P<name>\w+)\s*:\s*(?P<type>\w+)(?P<required>!?)(?:\s*=\s*(?P<default>\S.*?))?\s*(?:--\s*(?P<about>.*))?$"
)
BIND = re.compile(r"^[ \t]*#\s*bind[ \t]*$", re.MULTILINE)
# A pattern that only a given parameter needs: `#if drug ?fact tg:ofDrug ?drug .`
CONDITION = re.compile(r"^(?P<indent>[ \t]*)#if (?P<name>\w+) (?P<pattern>.*)$", re.MULTILINE)
DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*)\s*:", re.IGNORECASE)
USED = re.compile(r"(?<![\w:<?$@-])([a-z][\w.-]*):(?=[\w%\\(]|\s)")
# What is no use of a prefix: strings, IRIs and comments.
QUOTED = re.compile(
    r'"""(?s:.*?)"""|\'\'\'(?s:.*?)\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*'
)

Result = TypeVar("Result")


def _number(text: str) -> Literal:
    try:
        return Literal(f"{Decimal(text):f}", datatype=NamedNode(f"{PREFIXES['xsd']}decimal"))
    except InvalidOperation as error:
        raise WrongCall(f"{text!r} is no number") from error


def _whole(text: str) -> Literal:
    try:
        return Literal(int(text))
    except ValueError as error:
        raise WrongCall(f"{text!r} is no whole number") from error


def _concept(kind: str) -> Callable[[str], NamedNode]:
    return lambda text: NamedNode(identity.concept(kind, text).iri)


def _doi(text: str) -> NamedNode | Literal:
    return Literal(identity.work_keys(Reference(number=0, doi=text, raw=text))[0])


def _registration(text: str) -> NamedNode:
    return NamedNode(identity.registered_trial(Registration(registry=identity.registry_of(text), id=text)).iri)


# Types of parameters: what becomes of the text a person gives. Names of things become the nodes they stand for.
TYPES: dict[str, Callable[[str], NamedNode | Literal]] = {
    "text": Literal,
    "number": _number,
    "integer": _whole,
    "doi": _doi,
    "trial": _registration,
    **{kind: _concept(kind) for kind in identity.TABLES},
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question; without a value and a default it is left open."""

    name: str
    type: str
    default: str | None
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A ready-made question."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sparql: str


@cache
def questions() -> dict[str, Question]:
    """The ready-made questions by name, sorted."""
    folder = files("graph").joinpath("queries")
    found = (entry for entry in folder.iterdir() if entry.name.endswith(ENDING))
    read = (question(entry.name.removesuffix(ENDING), entry.read_text(encoding="utf-8")) for entry in found)
    return {item.name: item for item in sorted(read, key=lambda item: item.name)}


def question(name: str, text: str) -> Question:
    """A question with its header read: lines `# title: ...`, `# about: ...`, `# param name: type = default -- about`."""
    said: dict[str, list[str]] = {"title": [], "about": [], "param": []}
    for line in HEADER.finditer(text):
        said[line["key"]].append(line["rest"].strip())
    parameters = tuple(parameter(name, line) for line in said["param"])
    return Question(name, " ".join(said["title"]) or name, " ".join(said["about"]), parameters, text)


def parameter(name: str, line: str) -> Parameter:
    """A parameter out of its line in the header."""
    hit = PARAMETER.match(line)
    if hit is None or hit["type"] not in TYPES:
        raise WrongQuery(f"{name}: no parameter: {line!r}; write name: type = default, of {', '.join(TYPES)}")
    return Parameter(hit["name"], hit["type"], hit["default"], hit["about"] or "", bool(hit["required"]))


def bind(asked: Question, values: Mapping[str, str] | None = None) -> str:
    """The SPARQL of a question with its parameters: whole terms in a VALUES block, never text inside the query."""
    given = dict(values or {})
    terms: dict[str, str] = {}
    for item in asked.parameters:
        text = given.pop(item.name, item.default)
        if text is not None:
            terms[item.name] = _term(asked, item, text)
        elif item.required:
            raise WrongCall(f"{asked.name}: which {item.name}? give -p {item.name}=VALUE")
    if given:
        known = ", ".join(item.name for item in asked.parameters) or "none"
        raise WrongCall(f"{asked.name}: no parameter {', '.join(sorted(given))}; it has {known}")
    if not terms:
        return asked.sparql
    if not BIND.search(asked.sparql):
        raise WrongQuery(f"{asked.name}: no line '# bind' for its parameters")
    block = f"VALUES ({' '.join(f'?{name}' for name in terms)}) {{ ({' '.join(terms.values())}) }}"
    sparql = CONDITION.sub(lambda hit: hit["indent"] + (hit["pattern"] if hit["name"] in terms else ""), asked.sparql)
    return BIND.sub(lambda _: block, sparql)


def _term(asked: Question, item: Parameter, text: str) -> str:
    try:
        return str(TYPES[item.type](text.encode("utf-8", "replace").decode("utf-8")))
    except WrongCall as error:
        raise WrongCall(f"{asked.name}: {item.name}: {error}") from error


def with_prefixes(sparql: str) -> str:
    """A query with the declarations of the prefixes it uses, on its first line: lines keep their numbers."""
    code = QUOTED.sub(" ", sparql)
    declared = set(DECLARED.findall(code))
    used = dict.fromkeys(name for name in USED.findall(code) if name in PREFIXES and name not in declared)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in used) + sparql


def ask(store: Store, sparql: str, *, seconds: float | None = TIMEOUT) -> Answer:
    """The answer of a query within a time."""
    written = with_prefixes(sparql)
    try:
        return within(seconds, lambda: store.query(written))
    except WrongQuery as error:
        if error.line == 1 and error.column is not None:
            column = max(1, error.column - (len(written) - len(sparql)))
            raise WrongQuery(error.message, 1, column) from error
        raise


def ask_question(
    store: Store, name: str, values: Mapping[str, str] | None = None, *, seconds: float | None = TIMEOUT
) -> Answer:
    """The answer of a ready-made question."""
    if name not in questions():
        raise WrongCall(f"{name}: no such question; there are {', '.join(questions())}")
    return ask(store, bind(questions()[name], values), seconds=seconds)


def within(seconds: float | None, work: Callable[[], Result]) -> Result:
    """What a function gives if it ends in time; a store cannot be stopped, so a late one is left alone."""
    if seconds is None:
        return work()
    done: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again by the caller's thread
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise TookTooLong(seconds)
    if failed:
        raise failed[0]
    return done[0]
