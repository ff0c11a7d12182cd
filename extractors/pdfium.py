"""The functions of PDFium that pages are drawn with, called as cheaply as Python can.

Belongs here: their signatures, and nothing of what their answers mean. Does not belong here: what a
page says (`fast_engine`, `pdfium_text`, `pdfium_paths`).

Handles are plain integers and results go to buffers that are allocated once: the library's own
signatures convert and check each pointer, which costs several times the call itself. The functions
keep the interpreter's lock, because PDFium must not be called from two threads at once.
"""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_float, c_int, c_size_t, c_uint32, c_ulong, c_void_p
from typing import Any

import pypdfium2.raw as library  # importing it starts PDFium, once a process

TEXT = library.FPDF_PAGEOBJ_TEXT
PATH = library.FPDF_PAGEOBJ_PATH
IMAGE = library.FPDF_PAGEOBJ_IMAGE
FORM = library.FPDF_PAGEOBJ_FORM
MOVE_TO = library.FPDF_SEGMENT_MOVETO
BEZIER_TO = library.FPDF_SEGMENT_BEZIERTO
FILL_NONE = library.FPDF_FILLMODE_NONE


def _bind(name: str, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(getattr(library, name), c_void_p).value
    if address is None:  # pragma: no cover
        raise ImportError(f"PDFium has no function {name}.")
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


load_document = _bind("FPDF_LoadMemDocument64", c_void_p, c_void_p, c_size_t, c_void_p)
close_document = _bind("FPDF_CloseDocument", None, c_void_p)
has_valid_references = _bind("FPDF_DocumentHasValidCrossReferenceTable", c_int, c_void_p)
count_pages = _bind("FPDF_GetPageCount", c_int, c_void_p)
load_page = _bind("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _bind("FPDF_ClosePage", None, c_void_p)

count_objects = _bind("FPDFPage_CountObjects", c_int, c_void_p)
get_object = _bind("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
count_form_objects = _bind("FPDFFormObj_CountObjects", c_int, c_void_p)
get_form_object = _bind("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)
get_type = _bind("FPDFPageObj_GetType", c_int, c_void_p)
get_matrix = _bind("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
get_bounds = _bind("FPDFPageObj_GetBounds", c_int, *[c_void_p] * 5)
get_fill_color = _bind("FPDFPageObj_GetFillColor", c_int, *[c_void_p] * 5)
count_marks = _bind("FPDFPageObj_CountMarks", c_int, c_void_p)
get_mark = _bind("FPDFPageObj_GetMark", c_void_p, c_void_p, c_ulong)
get_mark_value_type = _bind("FPDFPageObjMark_GetParamValueType", c_int, c_void_p, c_char_p)
get_mark_text = _bind(
    "FPDFPageObjMark_GetParamBlobValue", c_int, c_void_p, c_char_p, c_void_p, c_ulong, c_void_p
)

get_draw_mode = _bind("FPDFPath_GetDrawMode", c_int, *[c_void_p] * 3)
count_segments = _bind("FPDFPath_CountSegments", c_int, c_void_p)
get_segment = _bind("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
get_segment_type = _bind("FPDFPathSegment_GetType", c_int, c_void_p)
get_segment_point = _bind("FPDFPathSegment_GetPoint", c_int, *[c_void_p] * 3)
is_segment_closing = _bind("FPDFPathSegment_GetClose", c_int, c_void_p)

get_font = _bind("FPDFTextObj_GetFont", c_void_p, c_void_p)
get_font_size = _bind("FPDFTextObj_GetFontSize", c_int, c_void_p, c_void_p)
get_font_name = _bind("FPDFFont_GetBaseFontName", c_size_t, c_void_p, c_void_p, c_size_t)
get_glyph_width = _bind("FPDFFont_GetGlyphWidth", c_int, c_void_p, c_uint32, c_float, c_void_p)

load_text = _bind("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _bind("FPDFText_ClosePage", None, c_void_p)
count_characters = _bind("FPDFText_CountChars", c_int, c_void_p)
get_text_object = _bind("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
get_unicode = _bind("FPDFText_GetUnicode", c_uint32, c_void_p, c_int)
get_origin = _bind("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, c_void_p, c_void_p)
get_loose_box = _bind("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
get_ink_box = _bind("FPDFText_GetCharBox", c_int, c_void_p, c_int, *[c_void_p] * 4)
is_generated = _bind("FPDFText_IsGenerated", c_int, c_void_p, c_int)
has_map_error = _bind("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int)
