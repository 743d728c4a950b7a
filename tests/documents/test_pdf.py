"""PDF: reading order, pages, hyphens, running headers, and files without text."""

from __future__ import annotations

from document_samples import drawn, one, pdf, reason, wrapped
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ascribe.documents.pdf_layout import Word, lines_of

LEFT = (
    "The first column tells how the valley was cut off from the coast when the only bridge over the "
    "river was blown up by "
    "five men on a Monday night in the middle of the long winter. Nobody saw the men come and nobody saw "
    "them leave again."
)
RIGHT = (
    "The second column tells what the governor said about it on the next day, namely that no one was "
    "hurt in the explosion "
    "and that the bridge would stand again before the summer. The police of the province have not named "
    "any suspect so far."
)


def columns(sheet: Canvas, *, by_row: bool, left: str = LEFT, right: str = RIGHT) -> None:
    """Two columns of prose, drawn column by column or row by row, as layout programs do."""
    sides = [(72, wrapped(left, 44)), (310, wrapped(right, 44))]
    strokes = [(x, 700 - 12 * i, line) for x, lines in sides for i, line in enumerate(lines)]
    if by_row:
        strokes.sort(key=lambda s: -s[1])
    for stroke in strokes:
        sheet.drawString(*stroke)


def test_two_columns_are_read_one_after_the_other_however_they_were_drawn() -> None:
    for by_row in (True, False):
        text = one("a.pdf", drawn([lambda sheet, by_row=by_row: columns(sheet, by_row=by_row)])).text
        assert text == f"{LEFT}\n\n{RIGHT}"


def test_a_title_over_both_columns_comes_first() -> None:
    def draw(sheet: Canvas) -> None:
        columns(sheet, by_row=True)
        sheet.setFont("Helvetica-Bold", 18)
        sheet.drawString(90, 740, "How the bridge over the river was blown up")

    document = one("a.pdf", drawn([draw]))
    assert document.text == f"How the bridge over the river was blown up\n\n{LEFT}\n\n{RIGHT}"
    assert document.title == "How the bridge over the river was blown up"


def test_three_columns_are_read_in_order() -> None:
    texts = ("alpha begins " + LEFT[:150], "beta begins " + RIGHT[:150], "gamma begins " + LEFT[:150])

    def draw(sheet: Canvas) -> None:
        for row in range(8):
            for x, text in zip((50, 225, 400), texts, strict=True):
                lines = wrapped(text, 32)
                if row < len(lines):
                    sheet.drawString(x, 700 - 12 * row, lines[row])

    text = one("a.pdf", drawn([draw])).text
    assert text.index("alpha") < text.index("beta") < text.index("gamma")
    assert texts[1] in text


def test_a_table_is_read_row_by_row() -> None:
    rows = [
        ("Date", "12 December 2018"),
        ("Place", "Torvik"),
        ("Killed", "five"),
        ("Wounded", "eleven"),
        ("Weapon", "rifles"),
    ]

    def draw(sheet: Canvas) -> None:
        for i, (label, value) in enumerate(rows):
            sheet.drawString(72, 700 - 14 * i, label)
            sheet.drawString(250, 700 - 14 * i, value)

    text = " ".join(one("a.pdf", drawn([draw])).text.split())
    assert text == " ".join(f"{label} {value}" for label, value in rows)


def lined(lines: list[str], x: float = 72, top: float = 700) -> bytes:
    def draw(sheet: Canvas) -> None:
        for i, line in enumerate(lines):
            sheet.drawString(x, top - 12 * i, line)

    return drawn([draw])


def test_hyphens_at_line_ends_are_joined_unless_they_belong_to_the_word() -> None:
    lines = [
        "The gunmen of Al-", "Shabaab, as a well-known officer called them, were well-",
        "known in the province for their opera-",
        "tions between 2015-", "2016, and nobody in the whole valley had ever seen them coming",
    ]  # fmt: skip
    assert one("a.pdf", lined(lines)).text == (
        "The gunmen of Al-Shabaab, as a well-known officer called them, were well-known in the province for "
        "their operations "
        "between 2015-2016, and nobody in the whole valley had ever seen them coming"
    )


def test_pages_are_kept_and_a_paragraph_may_run_over_them() -> None:
    first = "On the first page a long sentence begins that tells of the men who came over the hills at night, and it"
    second = "goes on upon the second page, where it ends."

    def draw(text: str):  # type: ignore[no-untyped-def]
        return lambda sheet: [sheet.drawString(72, 700 - 12 * i, line) for i, line in enumerate(wrapped(text, 60))]

    document = one("a.pdf", drawn([draw(first), draw(second), draw("A third page has its own sentence.")]))
    assert document.text == f"{first} {second}\n\nA third page has its own sentence."
    assert [document.page_at(document.text.index(w)) for w in ("On the", "goes on", "A third")] == [1, 2, 3]


def test_headers_footers_and_page_numbers_that_repeat_are_dropped_and_noted() -> None:
    told = (
        "Gunmen came to the mill on Monday and left.",
        "A bomb went off in the market on Tuesday.",
        "The bridge fell down on a Wednesday.",
    )

    def draw(number: int):  # type: ignore[no-untyped-def]
        def page(sheet: Canvas) -> None:
            sheet.drawString(72, 800, "The Harbour Review, volume 3")
            sheet.drawString(280, 40, f"Page {number + 1} of 3")
            sheet.drawString(72, 700, told[number])
            sheet.drawString(72, 670, "No group has said anything.")

        return page

    document = one("a.pdf", drawn([draw(i) for i in range(3)]))
    assert document.text == "\n\n".join(f"{t}\n\nNo group has said anything." for t in told)
    assert document.notes == ("6 running headers, footers and page numbers were left out",)


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    def turned(sheet: Canvas) -> None:
        sheet.setPageRotation(90)
        sheet.translate(595, 0)
        sheet.rotate(90)
        for i, line in enumerate(wrapped(LEFT, 60)):
            sheet.drawString(72, 500 - 12 * i, line)

    assert one("a.pdf", drawn([turned])).text == LEFT


def test_pictures_of_pages_need_text_recognition() -> None:
    assert "OCR" in reason("a.pdf", drawn([lambda sheet: sheet.rect(50, 50, 300, 300, fill=1)]))


def test_a_page_without_text_among_others_is_noted() -> None:
    document = one("a.pdf", drawn([lambda s: s.drawString(72, 700, LEFT[:80]), lambda s: s.rect(5, 5, 50, 50)]))
    assert "no text on page 2" in document.notes


def test_an_encrypted_file_is_skipped_as_that() -> None:
    data = drawn(
        [lambda s: s.drawString(72, 700, LEFT[:80])], encrypt=StandardEncryption("secret", ownerPassword="owner")
    )
    assert "encrypted" in reason("a.pdf", data)


def test_a_damaged_file_is_skipped_as_that() -> None:
    data = pdf()
    assert "damaged" in reason("a.pdf", data[: len(data) // 2])


def test_right_to_left_words_keep_the_order_in_which_they_are_read() -> None:
    words = [Word(300, 340, 700, 10, "هجوم", 0), Word(250, 290, 700, 10, "على", 1), Word(200, 240, 700, 10, "حافلة", 2)]
    assert [line.text for line in lines_of(words, 1)] == ["هجوم على حافلة"]
