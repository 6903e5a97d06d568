"""What is special in a text."""

import unittest

from chatroom.windows.conversation import marks


def found(text: str, tag: str, own_name: str = "Budi") -> list[str]:
    """Return what carries a tag."""
    message = marks.read(text, own_name)
    return [message.text[mark.start : mark.end] for mark in message.marks if mark.tag == tag]


class Links(unittest.TestCase):
    def test_pages_of_the_web_alone_are_links(self) -> None:
        text = (
            "http://a.example/x HTTPS://b.example ftp://c.example javascript:alert(1) "
            "file:///etc/passwd www.d.example mailto:e@e.example http:// https www. www.. www.f "
            "e@www.g.example ftp://www.h.example awww.i.example www...j"
        )
        links = ["http://a.example/x", "HTTPS://b.example", "www.d.example"]
        self.assertEqual(found(text, marks.LINK), links)

    def test_a_link_ends_before_what_belongs_to_the_sentence(self) -> None:
        for text, link in (
            ("See https://a.example/b.", "https://a.example/b"),
            ("(https://a.example/b)", "https://a.example/b"),
            ("https://a.example/Door_(lab), say", "https://a.example/Door_(lab)"),
            ("https://a.example/?q=1&r=[2]!", "https://a.example/?q=1&r=[2]"),
            ("<https://a.example>", "https://a.example"),
            ("Or (www.a.example/b).", "www.a.example/b"),
            ("WWW.a.example, say", "WWW.a.example"),
            ('"https://a.example/x"', "https://a.example/x"),
            ("https://a.example/x\x1b[2J", "https://a.example/x"),
        ):
            with self.subTest(text):
                self.assertEqual(found(text, marks.LINK), [link])

    def test_the_link_at_a_character(self) -> None:
        message = marks.read("see http://a.example/ or not", "")
        self.assertEqual(marks.link_at(message, 4), "http://a.example/")
        self.assertEqual(marks.link_at(message, 3), "")
        self.assertEqual(marks.link_at(message, 25), "")
        self.assertEqual(marks.first_link(message), "http://a.example/")
        self.assertEqual(marks.first_link(marks.read("none", "")), "")

    def test_an_address_without_http_leads_there(self) -> None:
        message = marks.read("see www.a.example", "")
        self.assertEqual(marks.link_at(message, 4), "http://www.a.example")
        self.assertEqual(marks.first_link(message), "http://www.a.example")


class Names(unittest.TestCase):
    def test_the_own_name_is_found_as_a_word_and_after_an_at(self) -> None:
        text = "Budi, @budi! BUDI budiman Ubudi a@budi.example"
        self.assertEqual(found(text, marks.OWN_NAME), ["Budi", "@budi", "BUDI"])

    def test_a_name_of_two_words_also_goes_by_its_first_after_an_at(self) -> None:
        text = "@Ana and @Ana Lindqvist, Ana Lindqvist or Ana"
        own = found(text, marks.OWN_NAME, "Ana Lindqvist")
        self.assertEqual(own, ["@Ana", "@Ana Lindqvist", "Ana Lindqvist"])

    def test_others_are_found_after_an_at_alone(self) -> None:
        self.assertEqual(found("@Mei could Mei see a@b.example", marks.NAME), ["@Mei"])

    def test_a_name_of_one_letter_is_no_word(self) -> None:
        self.assertEqual(found("a or @A", marks.OWN_NAME, "A"), ["@A"])

    def test_a_name_of_signs_is_taken_as_it_is(self) -> None:
        self.assertEqual(found("hello .* and all", marks.OWN_NAME, ".*"), [".*"])


class Emoji(unittest.TestCase):
    def test_emoji_are_found_joined_ones_as_one(self) -> None:
        family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
        text = f"hi \U0001f600\U0001f44d\U0001f3fd \u2764\ufe0f {family} \u2615 1\ufe0f\u20e3"
        runs = ["\U0001f600\U0001f44d\U0001f3fd", "\u2764\ufe0f", family, "\u2615", "1\ufe0f\u20e3"]
        self.assertEqual(found(text, marks.EMOJI), runs)

    def test_signs_and_digits_are_none(self) -> None:
        self.assertEqual(found("\u00a9 2026 \u2192 1 # \u4f60\u597d \u2713", marks.EMOJI), [])

    def test_a_few_emoji_and_nothing_else_are_large(self) -> None:
        for text, large in (
            ("\U0001f389", True),
            ("\U0001f604 \U0001f44b", True),
            ("\U0001f1eb\U0001f1f7", True),
            ("\U0001f604 hi", False),
            ("\U0001f604" * 7, False),
            (" ", False),
            ("12", False),
        ):
            with self.subTest(text):
                self.assertIs(marks.read(text, "").is_jumbo, large)


class Lines(unittest.TestCase):
    def test_lines_from_the_right_go_by_their_first_letter(self) -> None:
        message = marks.read("hello\n12 \u0645\u0631\u062d\u0628\u0627\n\u05d0 a\n!", "")
        self.assertEqual(message.lines_from_right, (2, 3))

    def test_lines_without_spaces_may_break_anywhere(self) -> None:
        message = marks.read("\u5b9f\u9a13\u5ba4\u306e\u9375\nhello \u5b9f\nna\u00efve", "")
        self.assertEqual(message.lines_without_spaces, (1,))

    def test_control_characters_but_tabs_are_pictures_one_for_one(self) -> None:
        text = "a\x1b[2J\r\nb\u202ec\td\re"
        shown = marks.shown(text)
        self.assertEqual(shown, "a\u241b[2J\nb\ufffdc\td\u240de")

    def test_line_breaks_at_the_end_are_not_shown(self) -> None:
        for text in ("a\n\nb\n", "a\n\nb\r\n\n", "a\n\nb"):
            self.assertEqual(marks.read(text, "").text, "a\n\nb")
        self.assertEqual(marks.read("\n", "").text, "")

    def test_the_word_at_a_character(self) -> None:
        text = "na\u00efve caf\u00e9!! \u4f60"
        for at, word in (
            (0, "na\u00efve"),
            (4, "na\u00efve"),
            (5, " "),
            (9, "caf\u00e9"),
            (10, "!!"),
        ):
            with self.subTest(at):
                start, end = marks.word_at(text, at)
                self.assertEqual(text[start:end], word)
        self.assertEqual(marks.word_at("a\nb", 1), (1, 1))


if __name__ == "__main__":
    unittest.main()
