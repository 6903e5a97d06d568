"""Which question comes next, and what stands in it."""

import unittest
from collections.abc import Sequence

from chatroom import words
from chatroom.remembered import Room
from chatroom.settings import Given, Settings
from chatroom.windows.asking import CHECKS, Asking, Move, Prompt, Question, Reply

NOTHING = Given(None, None, None, None, 100)
GARDEN = Room("192.168.1.20", 9000, "Ana", "Garden")
OFFICE = Room("office.example", 8080, "Ana Lindqvist", "Office")
OTHER_OFFICE = Room("office.example", 8081, "", "")
ENTER = None
BACK, CANCEL = Move.BACK, Move.CANCEL


class Person:
    """Does what was planned with each question; a text is typed, and then goes on."""

    def __init__(self, plan: Sequence[str | Move | tuple[str, Move] | None]) -> None:
        self.plan = list(plan)
        self.asked: list[Prompt] = []

    def __call__(self, prompt: Prompt) -> Reply:
        self.asked.append(prompt)
        step = self.plan.pop(0)
        text, move = prompt.text, Move.NEXT
        if isinstance(step, tuple):
            text, move = step
        elif isinstance(step, Move):
            move = step
        elif step is not None:
            text = step
        if move is Move.NEXT:
            CHECKS[prompt.question](text)
        return Reply(move, text)


class AskingTest(unittest.TestCase):
    def begin(
        self,
        *plan: str | Move | tuple[str, Move] | None,
        given: Given = NOTHING,
        recent: Sequence[Room] = (),
    ) -> None:
        self.person = Person(plan)
        self.asking = Asking(self.person, given, recent)
        self.answers = self.asking.start()

    def again(
        self, question: Question, *plan: str | Move | tuple[str, Move] | None, **how: bool
    ) -> None:
        self.person.plan += plan
        self.person.asked.clear()
        self.answers = self.asking.again(question, "what was wrong", **how)

    def assert_asked(self, questions: str, *texts: str) -> None:
        """Check what was asked, by first letters (W for the password), and what stood there."""
        letters = {
            Question.ADDRESS: "A",
            Question.PORT: "P",
            Question.PASSWORD: "W",
            Question.NAME: "N",
        }
        asked = self.person.asked
        self.assertEqual("".join(letters[one.question] for one in asked), questions)
        if texts:
            self.assertEqual(tuple(one.text for one in asked), texts)
        self.assertEqual(self.person.plan, [])


class FirstTime(AskingTest):
    def test_four_questions(self) -> None:
        self.begin("10.0.0.1", ENTER, "secret", "Budi")
        self.assert_asked("APWN", "", "8080", "", "")
        self.assertEqual(self.answers, Settings("10.0.0.1", 8080, "secret", "Budi", 100))
        asked = self.person.asked
        self.assertEqual([(one.step, one.steps) for one in asked], [(n, 4) for n in (1, 2, 3, 4)])
        self.assertEqual([one.has_back for one in asked], [False, True, True, True])
        self.assertEqual([one.is_last for one in asked], [False, False, False, True])
        self.assertEqual({one.problem for one in asked}, {""})

    def test_cancel_at_any_question(self) -> None:
        plan = ["10.0.0.1", "9000", "secret", "Budi"]
        for count in range(4):
            self.begin(*plan[:count], CANCEL)
            self.assertIsNone(self.answers)

    def test_an_address_with_its_port_answers_two_questions(self) -> None:
        self.begin("10.0.0.1:9000", "secret", "Budi")
        self.assert_asked("AWN")
        self.assertEqual(self.answers, Settings("10.0.0.1", 9000, "secret", "Budi", 100))
        self.assertEqual([one.step for one in self.person.asked], [1, 3, 4])

    def test_an_invitation_answers_two_questions_and_is_kept_as_an_address(self) -> None:
        for host, shown in (("10.0.0.1", "10.0.0.1:9000"), ("fd00::1", "[fd00::1]:9000")):
            self.begin(words.invitation(host, 9000), BACK, ENTER, "secret", "Budi")
            self.assert_asked("AWAWN", "", "", shown, "", "")
            self.assertEqual(self.answers, Settings(host, 9000, "secret", "Budi", 100))


class Back(AskingTest):
    def test_what_was_typed_is_kept_good_or_not(self) -> None:
        self.begin(
            "10.0.0.1",
            "9000",
            ("half of", BACK),
            ("90x", BACK),
            "10.0.0.2",
            "9001",
            ENTER,
            "Budi",
        )
        self.assert_asked("APWPAPWN", "", "8080", "", "9000", "10.0.0.1", "90x", "half of", "")
        self.assertEqual(self.answers, Settings("10.0.0.2", 9001, "half of", "Budi", 100))

    def test_a_port_that_came_with_the_address_is_passed_over_both_ways(self) -> None:
        self.begin("10.0.0.1:9000", "secret", BACK, BACK, "10.0.0.1", "9001", ENTER, "Budi")
        self.assert_asked("AWNWAPWN")
        self.assertEqual(self.answers, Settings("10.0.0.1", 9001, "secret", "Budi", 100))

    def test_there_is_no_way_back_to_what_was_given(self) -> None:
        self.begin("secret", "Budi", given=Given("10.0.0.1", 9000, None, None, 100))
        self.assert_asked("WN")
        first, second = self.person.asked
        self.assertEqual((first.has_back, second.has_back), (False, True))
        self.assertEqual((first.step, first.steps, second.step), (1, 2, 2))


class TheNextTime(AskingTest):
    RECENT = (GARDEN, OFFICE, OTHER_OFFICE)

    def test_enter_and_the_password_lead_back_into_the_last_room(self) -> None:
        self.begin(ENTER, ENTER, "secret", ENTER, recent=self.RECENT)
        self.assert_asked("APWN", "192.168.1.20", "9000", "", "Ana")
        self.assertEqual(self.answers, Settings("192.168.1.20", 9000, "secret", "Ana", 100))

    def test_a_password_that_was_given_is_not_asked_for(self) -> None:
        given = NOTHING._replace(password="secret")
        self.begin(ENTER, ENTER, ENTER, recent=self.RECENT, given=given)
        self.assert_asked("APN")

    def test_rooms_are_offered_where_it_is_asked_for_one(self) -> None:
        self.begin(ENTER, ENTER, "secret", ENTER, recent=self.RECENT)
        offered = [list(one.recent) for one in self.person.asked]
        self.assertEqual(offered, [list(self.RECENT), [], [], []])

    def test_another_room_brings_its_port_and_its_name(self) -> None:
        self.begin("office.example", ENTER, "secret", ENTER, recent=self.RECENT)
        self.assert_asked("APWN", "192.168.1.20", "8080", "", "Ana Lindqvist")
        self.begin("office.example:8081", "secret", ENTER, recent=self.RECENT)
        self.assert_asked("AWN", "192.168.1.20", "", "Ana")  # the last one, where none is known
        self.begin(ENTER, BACK, "office.example", ENTER, "secret", ENTER, recent=self.RECENT)
        self.assertEqual(
            self.answers, Settings("office.example", 8080, "secret", "Ana Lindqvist", 100)
        )

    def test_a_name_is_suggested_for_an_address_that_was_given(self) -> None:
        given = Given("office.example", 8080, "secret", None, 100)
        self.begin(ENTER, recent=self.RECENT, given=given)
        self.assert_asked("N", "Ana Lindqvist")


class OnTheCommandLine(AskingTest):
    """What was given is not asked for, if it is good."""

    ALL = Given("10.0.0.1", 9000, "secret", "Budi", None)

    def test_nothing_is_asked_where_all_is_given(self) -> None:
        self.begin(given=self.ALL, recent=(GARDEN,))
        self.assertEqual(self.answers, Settings("10.0.0.1", 9000, "secret", "Budi", None))

    def test_a_port_may_come_with_an_address_that_was_given(self) -> None:
        self.begin("secret", "Budi", given=Given("10.0.0.1:9001", None, None, None, 100))
        self.assert_asked("WN")
        self.assertEqual(self.answers, Settings("10.0.0.1", 9001, "secret", "Budi", 100))

    def test_what_was_given_and_is_not_good_is_asked_for_with_what_is_wrong(self) -> None:
        self.begin("10.0.0.1", given=self.ALL._replace(host="http://10.0.0.1"))
        self.assert_asked("A", "http://10.0.0.1")
        self.assertIn("'http://10.0.0.1' is not an address", self.person.asked[0].problem)
        self.begin("Ana", given=self.ALL._replace(name="System"))
        self.assert_asked("N", "System")
        self.assertTrue(self.person.asked[0].problem)


class Mended(AskingTest):
    """What was wrong stands in the question that can mend it, and nowhere else."""

    def setUp(self) -> None:
        self.begin("10.0.0.1", "9000", "secret", "Budi")

    def assert_problem_is_in_the_first_alone(self) -> None:
        problems = [one.problem for one in self.person.asked]
        self.assertEqual(problems, ["what was wrong"] + [""] * (len(problems) - 1))

    def test_a_wrong_password(self) -> None:
        self.again(Question.PASSWORD, "another")
        self.assert_asked("W", "secret")
        self.assert_problem_is_in_the_first_alone()
        self.assertEqual(self.answers, Settings("10.0.0.1", 9000, "another", "Budi", 100))
        prompt = self.person.asked[0]
        self.assertEqual((prompt.step, prompt.has_back, prompt.is_last), (3, True, True))

    def test_back_from_a_wrong_password_to_the_wrong_address(self) -> None:
        self.again(Question.PASSWORD, BACK, BACK, "10.0.0.2:9001", ENTER)
        self.assert_asked("WPAW", "secret", "9000", "10.0.0.1", "secret")
        self.assert_problem_is_in_the_first_alone()
        self.assertEqual(self.answers, Settings("10.0.0.2", 9001, "secret", "Budi", 100))

    def test_a_name_that_is_taken(self) -> None:
        self.again(Question.NAME, BACK, ENTER, "Ana")
        self.assert_asked("NWN", "Budi", "secret", "Budi")
        self.assert_problem_is_in_the_first_alone()
        self.assertEqual(self.answers, Settings("10.0.0.1", 9000, "secret", "Ana", 100))

    def test_an_address_where_nobody_answers_and_its_port(self) -> None:
        self.again(Question.ADDRESS, "10.0.0.2", "9001")
        self.assert_asked("AP", "10.0.0.1", "9000")
        self.assert_problem_is_in_the_first_alone()
        self.assertEqual(self.answers, Settings("10.0.0.2", 9001, "secret", "Budi", 100))
        self.assertEqual([one.is_last for one in self.person.asked], [False, True])
        self.again(Question.ADDRESS, "10.0.0.3:9002")
        self.assert_asked("A")
        self.assertEqual(self.answers, Settings("10.0.0.3", 9002, "secret", "Budi", 100))

    def test_what_was_given_can_be_mended_too(self) -> None:
        self.begin(given=OnTheCommandLine.ALL)
        self.again(Question.ADDRESS, ENTER, "9001")
        self.assert_asked("AP", "10.0.0.1", "9000")
        self.again(Question.PASSWORD, "another")
        self.assertFalse(self.person.asked[0].has_back)
        self.assertEqual(self.answers, Settings("10.0.0.1", 9001, "another", "Budi", None))

    def test_who_is_in_the_room_is_asked_for_one_thing_alone(self) -> None:
        self.again(Question.PASSWORD, "another", alone=True)
        prompt = self.person.asked[0]
        self.assertEqual((prompt.steps, prompt.has_back), (1, False))
        self.again(Question.PASSWORD, CANCEL)
        self.assertIsNone(self.answers)

    def test_a_password_of_no_use_any_more_does_not_stand_there(self) -> None:
        self.again(Question.PASSWORD, CANCEL, alone=True, anew=True)
        self.assert_asked("W", "")
        self.again(Question.PASSWORD, "mistyped", alone=True, anew=True)
        self.assert_asked("W", "")
        self.again(Question.PASSWORD, "another", alone=True)
        self.assert_asked("W", "mistyped")
        self.assertEqual(self.answers, Settings("10.0.0.1", 9000, "another", "Budi", 100))


if __name__ == "__main__":
    unittest.main()
