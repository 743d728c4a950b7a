"""Builds the two example documents that cannot be written by hand: a two-column PDF and a DOCX.

    python examples/make_documents.py [FOLDER]

The files are committed; run this only to change them. The same text gives the same bytes: no clock is read.
Everything that the documents tell is invented.
"""

from __future__ import annotations

import sys
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

FOLDER = Path(__file__).parent / "documents"

ANALYSIS_TITLE = "What silence says: four cases and a rule that is not one"
ANALYSIS_BYLINE = "Klaas Oudkerk, Bremen Papers on Security"
ANALYSIS_DATE = "16 March 2023"
ANALYSIS = (
    "Whoever counts attacks must decide what to do with those that nobody signs. The common rule is that an "
    "organisation claims its dead and disowns its prisoners. Four cases of the last two years show how far the rule "
    "carries, and where it stops.",
    "The first fits it. On 14 September 2021 a man with a kitchen knife stabbed four people at the railway station of "
    "Groningen, in the Netherlands. One of them, a baker on her way to work, died; three were wounded. The attacker, "
    "Ruben Haverkate, 24, was shot dead by police on the platform. Two days later the Islamic State called him one of "
    "its soldiers in a short statement issued through the Amaq news agency. Prosecutors found no contact between him "
    "and anybody in the organisation; he had, they concluded, been inspired by its films.",
    "The second does not. In Graz, in southern Austria, a student named Tobias Leitgeb opened fire in the hall of the "
    "district court on 3 May 2022, killing two people and wounding five before he was overpowered. He had sent a video "
    "in which he pledged himself to the Islamic State to a cousin, who deleted it. Leitgeb was arrested, and by the "
    "rule there should be silence. There is. The Islamic State has never claimed the Graz attack, neither in the days "
    "that followed nor in any of its weekly newsletters since. Leitgeb was charged in October with two murders.",
    "But was he passed over because he lives, or because the video never arrived? The two explanations cannot be told "
    "apart from outside. The second seems to us the simpler.",
    "The third case was never an attack at all. On 9 December 2022 Italian police arrested two brothers in Bari who, "
    "according to the prosecutor, had planned to bomb the town's Christmas market. No explosives were found in their "
    "flat, only a list of dates. Neither name has been released. No organisation has said a word about them, as none "
    "does about plots that come to nothing.",
    "It would be wrong to think that silence is a habit of one current only. On 17 January 2023 petrol bombs were "
    "thrown at a hostel for asylum seekers in Chemnitz, in eastern Germany. The fire was put out by the residents and "
    "nobody was hurt. A letter to the Muldentaler Bote newspaper, signed by a group calling itself Sturmwacht, claimed "
    "responsibility for the arson a week later. Police doubt that the group exists. They suspect three men from the "
    "neighbourhood, who are still at large, and they point out that the letter gets the colour of the door wrong.",
    "Four cases are no statistics. What they allow is a caution: the lack of a claim is a fact about the claimant, and "
    "a claim is one too. Neither tells us by itself who did it.",
)

BULLETIN_TITLE = "Correction to our note on the bombing in Parakou"
BULLETIN_LINES = ("Borgou Rights Watch, Bulletin 11", "Published 20 March 2024")
BULLETIN = (
    "In our note of 7 March we wrote that seven people had been killed in the bombing of the bus station in Parakou. "
    "That figure was the prefect's and it is no longer right. We correct it here.",
    "Nine people were killed in the bombing in Parakou, Benin, on 5 March 2024. Seven died in the waiting room and two "
    "in hospital, the last of them, a retired teacher, on 14 March. We have spoken with all nine families.",
    "Nineteen people were wounded, not 21 as first reported: two men had been entered on the list twice.",
    "The Group for the Support of Islam and Muslims (JNIM) claimed the attack on 7 March through its outlet "
    "Az-Zallaqa. Its statement that soldiers were killed is false, as far as we can establish: all of the dead were "
    "civilians.",
    "Issa Gounou, a mechanic aged 26, was arrested on 12 March and charged on 18 March with having left the parcel in "
    "the waiting room. He denies it. He has seen a lawyer once.",
    "We ask those who print our figures to print their date as well.",
)


def main(folder: Path = FOLDER) -> None:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "silence-analysis.pdf").write_bytes(analysis_pdf())
    (folder / "parakou-bulletin.docx").write_bytes(bulletin_docx())


def analysis_pdf() -> bytes:
    """The analysis, set in two columns on A4."""
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, title=ANALYSIS_TITLE, author="Klaas Oudkerk", invariant=1, pageCompression=0
    )
    width, height, edge, gap = *A4, 20 * mm, 8 * mm
    column = (width - 2 * edge - gap) / 2
    foot = edge + 120 * mm  # low columns, so that the text runs over to a second page
    frames = [
        Frame(x, foot, column, height - edge - foot, leftPadding=0, rightPadding=0) for x in (edge, edge + column + gap)
    ]

    def date_of_file(canvas: object, _: object) -> None:
        # the day on which the paper says that it was published, for readers that look at the file's own date
        canvas.setDateFormatter(lambda *_: "D:20230316090000+01'00'")  # type: ignore[attr-defined]

    document.addPageTemplates([PageTemplate("two columns", frames, onPage=date_of_file)])
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=14, alignment=TA_JUSTIFY, spaceAfter=7)
    small = ParagraphStyle("small", parent=body, fontSize=9, leading=12, alignment=0, spaceAfter=12)
    head = ParagraphStyle("head", parent=body, fontName="Times-Bold", fontSize=16, leading=19, alignment=0)
    document.build(
        [
            Paragraph(escape(ANALYSIS_TITLE), head),
            Paragraph(escape(ANALYSIS_BYLINE), small),
            Paragraph(escape(ANALYSIS_DATE), small),
            *(Paragraph(escape(p), body) for p in ANALYSIS),
        ]
    )
    return out.getvalue()


def bulletin_docx() -> bytes:
    """The correction, as a word processor would save it."""
    document = Document()
    document.add_heading(BULLETIN_TITLE, level=1)
    for line in BULLETIN_LINES:
        document.add_paragraph(line).runs[0].italic = True
    for paragraph in BULLETIN:
        document.add_paragraph(paragraph)
    properties = document.core_properties
    properties.title, properties.author = BULLETIN_TITLE, "Borgou Rights Watch"
    properties.created = properties.modified = datetime(2024, 3, 20, 9, 0)
    properties.last_modified_by, properties.comments, properties.revision = "", "", 1
    packed = BytesIO()
    document.save(packed)
    return _without_clock(packed)


def _without_clock(packed: BytesIO) -> bytes:
    """The same parts in a zip that bears no time of writing."""
    out = BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            info = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(part))
    return out.getvalue()


if __name__ == "__main__":
    main(*(Path(a) for a in sys.argv[1:2]))
