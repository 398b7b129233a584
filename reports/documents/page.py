"""The measures of GB/T 9704-2012 (《党政机关公文格式》), in millimetres and points, and their forms in a docx.

A4; type area 156 × 225 mm, so 37 mm above, 28 mm left, 35 mm below and 26 mm right; 22 lines a page of 28 characters
of size 3 (16 pt), which fill the type area.
"""

from __future__ import annotations

from typing import Final

PAGE_WIDTH_MM: Final = 210.0
PAGE_HEIGHT_MM: Final = 297.0
TOP_MM: Final = 37.0
LEFT_MM: Final = 28.0
BOTTOM_MM: Final = 35.0
RIGHT_MM: Final = 26.0
LINES: Final = 22
CHARACTERS: Final = 28
#: The rule of the page number lies 7 mm under the type area.
NUMBER_BELOW_MM: Final = 7.0
#: Edge of the page to the lower end of the footer: the rule in the middle of a 14 pt line comes to lie as above.
FOOTER_MM: Final = 25.0

#: Sizes by their Chinese names (pt).
SIZE_2: Final = 22.0
SIZE_3: Final = 16.0
SIZE_4: Final = 14.0
SIZE_SMALL_4: Final = 12.0
SIZE_5: Final = 10.5

#: 22 of these are 636.9 pt, the type area is 637.8 pt high.
LINE_PITCH_PT: Final = 28.95
#: What a character of size 3 is drawn closer by (pt), so that 28 of them fill a line: 28 × 15.8 pt is 442.4 pt. The
#: grid of characters that a docx knows for this is not used: where its cell is narrower than the character (15.8 and
#: 16 pt), LibreOffice gives each character two cells.
CLOSER_PT: Final = 0.2


def twips(mm: float) -> int:
    """Twentieths of a point, the unit of a docx."""
    return round(mm * 1440 / 25.4)


#: Line pitch of the document grid (twips).
GRID_LINE: Final = round(LINE_PITCH_PT * 20)
#: Width of the type area (twips): 28 characters, and so 156.1 mm; the right margin gives up the rest.
TYPE_WIDTH: Final = round(CHARACTERS * (SIZE_3 - CLOSER_PT) * 20) + 3
