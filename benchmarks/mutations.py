"""Damaged PDFs made of whole ones: what servers, disks and broken producers do to a file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from random import Random

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
NUMBER = re.compile(rb"(?<=[ /\[])\d{1,6}(?=[ \]/>\r\n])")
REFERENCE = re.compile(rb"\d{1,5} 0 R")
ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"99999999999", b"0.00001", b"1e9")
ODD_PIECES = (b"<<", b">>", b"[", b"]", b"(", b"\\", b"/Kids [2 0 R]", b"endobj", b"stream\n", b"\x00" * 64, b"null")

Mutation = Callable[[bytes, Random], bytes]


def flipped(data: bytes, random: Random) -> bytes:
    """Some bytes changed."""
    damaged = bytearray(data)
    for _ in range(random.choice((1, 10, 200))):
        damaged[random.randrange(len(damaged))] = random.randrange(256)
    return bytes(damaged)


def cut_off(data: bytes, random: Random) -> bytes:
    """The end of the file lost."""
    return data[: random.randrange(len(data))]


def piece_lost(data: bytes, random: Random) -> bytes:
    """A piece of the file lost."""
    start = random.randrange(len(data))
    return data[:start] + data[start + random.choice((1, 50, 5000)) :]


def piece_twice(data: bytes, random: Random) -> bytes:
    """A piece of the file twice."""
    start, length = random.randrange(len(data)), random.choice((20, 2000, 60_000))
    return data[: start + length] + data[start : start + length] + data[start + length :]


def odd_number(data: bytes, random: Random) -> bytes:
    """Numbers of the file's own syntax replaced: lengths, counts, sizes, offsets."""
    return replaced(data, NUMBER, random, lambda: random.choice(ODD_NUMBERS))


def odd_reference(data: bytes, random: Random) -> bytes:
    """References that lead elsewhere, in circles too."""
    targets = REFERENCE.findall(data) or [b"1 0 R"]
    return replaced(data, REFERENCE, random, lambda: random.choice(targets))


def odd_piece(data: bytes, random: Random) -> bytes:
    """A piece of syntax where none belongs."""
    place = random.randrange(len(data))
    return data[:place] + random.choice(ODD_PIECES) + data[place:]


def replaced(data: bytes, what: re.Pattern[bytes], random: Random, by: Callable[[], bytes]) -> bytes:
    """A few of the matches replaced."""
    found = list(what.finditer(data))
    for match in sorted(random.sample(found, min(len(found), random.choice((1, 3, 12)))), key=lambda m: -m.start()):
        data = data[: match.start()] + by() + data[match.end() :]
    return data


SYNTAX: tuple[Mutation, ...] = (flipped, piece_lost, piece_twice, odd_number, odd_reference, odd_piece)


def inside_stream(data: bytes, random: Random) -> bytes:
    """The operators of a page, a font or a table of objects damaged under their compression."""
    found = list(STREAM.finditer(data))
    if not found:
        return flipped(data, random)
    match = random.choice(found)
    try:
        plain, again = zlib.decompress(match[1]), zlib.compress
    except zlib.error:
        plain, again = match[1], bytes
    if not plain:
        return flipped(data, random)
    return data[: match.start(1)] + again(random.choice(SYNTAX)(plain, random)) + data[match.end(1) :]


def mutated(data: bytes, seed: int) -> bytes:
    """A damaged copy; the same seed gives the same damage."""
    random = Random(seed)  # noqa: S311 - no secret
    for _ in range(random.choice((1, 1, 2, 4))):
        data = random.choice((*SYNTAX, cut_off, inside_stream, inside_stream, inside_stream))(data, random) or b"%PDF-"
    return data
