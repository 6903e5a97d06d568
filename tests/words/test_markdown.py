"""Markdown: what is drawn of it, part by part."""

import unittest

from chatroom.words.markdown import (
    Code,
    Heading,
    Item,
    Paragraph,
    Row,
    Span,
    Style,
    parse,
    plain,
    spans,
)


def said(text: str) -> Span:
    return Span(text, Style.PLAIN)


class Parts(unittest.TestCase):
    def parsed(self, *lines: str) -> list[object]:
        return list(parse("\n".join(lines)))

    def test_headings_have_levels(self) -> None:
        self.assertEqual(
            self.parsed("# One", "", "## Two"),
            [Heading(1, "One"), Heading(2, "Two")],
        )

    def test_lines_of_a_paragraph_are_one_line(self) -> None:
        self.assertEqual(self.parsed("one", "two"), [Paragraph((said("one two"),))])

    def test_sign_of_a_heading_within_a_paragraph_is_none(self) -> None:
        self.assertEqual(self.parsed("one", "# two"), [Paragraph((said("one # two"),))])

    def test_items_go_on_on_further_lines(self) -> None:
        self.assertEqual(
            self.parsed("- one", "  goes on", "- two - or more"),
            [Item("\u2022", (said("one goes on"),)), Item("\u2022", (said("two - or more"),))],
        )

    def test_items_keep_their_numbers(self) -> None:
        self.assertEqual(
            self.parsed("9. nine", "   of them", "10. ten"),
            [Item("9.", (said("nine of them"),)), Item("10.", (said("ten"),))],
        )

    def test_code_is_kept_as_it_is(self) -> None:
        self.assertEqual(
            self.parsed("    run *it*  # now", "      and more"),
            [Code("run *it*  # now\n  and more")],
        )

    def test_table_is_rows_of_cells(self) -> None:
        self.assertEqual(
            self.parsed("| key | what |", "|---|---|", "| N\\|all | `a` |"),
            [
                Row(((said("key"),), (said("what"),)), is_head=True),
                Row(((said("N|all"),), (Span("a", Style.CODE),)), is_head=False),
            ],
        )

    def test_nothing_is_no_part(self) -> None:
        self.assertEqual(self.parsed(""), [Paragraph(())])


class Spans(unittest.TestCase):
    def test_styles(self) -> None:
        self.assertEqual(
            spans("a **b c** *d* `e`."),
            (
                said("a "),
                Span("b c", Style.BOLD),
                said(" "),
                Span("d", Style.ITALIC),
                said(" "),
                Span("e", Style.CODE),
                said("."),
            ),
        )

    def test_code_is_not_looked_into(self) -> None:
        self.assertEqual(spans("`a*b*c`"), (Span("a*b*c", Style.CODE),))

    def test_of_a_link_the_words_are_kept(self) -> None:
        self.assertEqual(spans("see [the limits](#limits) and"), (said("see the limits and"),))

    def test_lone_signs_are_text(self) -> None:
        self.assertEqual(spans("2 * 3 ` 4"), (said("2 * 3 ` 4"),))

    def test_plain_is_what_is_read(self) -> None:
        self.assertEqual(plain(spans("a **b** `c`")), "a b c")


if __name__ == "__main__":
    unittest.main()
