"""What is wrong, as a reason and its particulars. The sentence for it is in `words`.

    raise WrongInput(Wrong.PORT_OUT_OF_RANGE, given="70000")

A reason is a member of an enum beside whoever raises it; the names of the particulars are
those of the fields in its sentence.
"""

from enum import Enum


class Problem(Exception):
    """Something that a person should read about.

    It may also be told without being raised, where the program goes on.
    """

    def __init__(self, reason: Enum, **details: object) -> None:
        super().__init__(reason, details)
        self.reason = reason
        self.details = details

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.args == self.args

    def __hash__(self) -> int:
        return hash((type(self), self.reason))


class WrongInput(Problem):
    """What a person typed cannot be used. Every check of input raises this."""
