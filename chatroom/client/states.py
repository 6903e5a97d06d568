"""The states of a member, and every step there is between them, in one table."""

from enum import Enum, auto


class State(Enum):
    """Where a member stands."""

    AT_THE_DOOR = auto()  # greeting and knocking
    JOINING = auto()  # proving the password and asking for the name
    IN = auto()
    NAME_ASKED = auto()  # waiting for `rename`
    PASSWORD_ASKED = auto()  # waiting for `retry_password`
    LEAVING = auto()
    OVER = auto()


STEPS = {
    State.AT_THE_DOOR: {State.JOINING, State.OVER},
    State.JOINING: {
        State.IN,
        State.JOINING,
        State.LEAVING,
        State.AT_THE_DOOR,
        State.NAME_ASKED,
        State.PASSWORD_ASKED,
        State.OVER,
    },
    State.IN: {
        State.AT_THE_DOOR,
        State.JOINING,
        State.NAME_ASKED,
        State.PASSWORD_ASKED,
        State.LEAVING,
        State.OVER,
    },
    State.NAME_ASKED: {
        State.JOINING,
        State.LEAVING,
        State.AT_THE_DOOR,
        State.PASSWORD_ASKED,
        State.OVER,
    },
    State.PASSWORD_ASKED: {State.AT_THE_DOOR, State.OVER},
    State.LEAVING: {State.OVER},
    State.OVER: set[State](),
}


def checked_step(state: State, following: State) -> State:
    """Return the state that follows. Raises RuntimeError for a step there is not."""
    if following not in STEPS[state]:
        raise RuntimeError(f"no step from {state} to {following}")
    return following
