"""pdfium's functions, called without the checks that cost more than the call."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw

raw: Any = pypdfium2.raw  # generated bindings without types

_Box = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_Point = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
_Size = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_Font = ctypes.CFUNCTYPE(
    ctypes.c_ulong, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p
)
_Bounds = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 5)
_Type = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_Object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


def _native(name: str, prototype: Any) -> Any:
    """A function of pdfium without the checks that cost more than the call."""
    return prototype(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value)


loose_box = _native("FPDFText_GetLooseCharBox", _Box)
matrix_of = _native("FPDFText_GetMatrix", _Box)
origin_of = _native("FPDFText_GetCharOrigin", _Point)
font_size = _native("FPDFText_GetFontSize", _Size)
font_info = _native("FPDFText_GetFontInfo", _Font)
bounds_of = _native("FPDFPageObj_GetBounds", _Bounds)
type_of = _native("FPDFPageObj_GetType", _Type)
page_object = _native("FPDFPage_GetObject", _Object)
form_object = _native("FPDFFormObj_GetObject", _Object)


def address(thing: Any) -> int | None:
    """Where pdfium keeps a page or its text."""
    return ctypes.cast(thing.raw, ctypes.c_void_p).value
