"""What is said of the line, event by event."""

import unittest
from unittest import mock

from chatroom.client import events
from chatroom.protocol import messages, wire
from chatroom.windows import head, line_sign

SILENT = events.ServerLost(stopped=False)
REFUSED = events.AccessRefused(wire.Hint.NOT_ALLOWED)


class LineSignTest(unittest.TestCase):
    def setUp(self) -> None:
        self.page, self.remedies = mock.Mock(), mock.Mock()
        self.sign = line_sign.LineSign(self.remedies)
        self.sign.show_on(self.page)

    def assert_says(self, line: head.Line, part: str) -> None:
        self.assertEqual(self.page.show_line.call_args.args, (line,))
        self.assertIn(part, self.page.banner.show.call_args.args[0])

    def test_what_the_door_says_is_not_hidden_by_its_silence(self) -> None:
        self.sign.lost(SILENT, 0)
        self.assert_says(head.Line.RECONNECTING, "Reconnecting")
        self.sign.lost(REFUSED, 0)
        self.assert_says(head.Line.NOT_LET_IN, "does not let your address in")
        self.page.banner.show.call_args.args[2]()
        self.remedies.try_now.assert_called_once_with()
        self.sign.lost(SILENT, 0)
        self.assert_says(head.Line.NOT_LET_IN, "does not let your address in")
        self.sign.lost(events.AccessRefused(wire.Hint.OTHER_VERSION), 0)
        self.assert_says(head.Line.NOT_LET_IN, "another version")

    def test_all_is_well_again(self) -> None:
        self.sign.lost(REFUSED, 0)
        self.sign.found()
        self.assertEqual(self.page.show_line.call_args.args, (head.Line.CONNECTED,))
        self.sign.lost(SILENT, 2)
        self.assert_says(head.Line.RECONNECTING, "2 messages wait")

    def test_somebody_who_is_put_out_and_knocks_again(self) -> None:
        self.sign.lost(events.Expelled(messages.Refusal.REMOVED), 0)
        self.assert_says(head.Line.ENDED, "has removed you")
        self.sign.lost(SILENT, 0)
        self.assert_says(head.Line.RECONNECTING, "Reconnecting")


if __name__ == "__main__":
    unittest.main()
