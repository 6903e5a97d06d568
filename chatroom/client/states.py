"""The states of a member, and in one table what leads from each to which."""

from enum import Enum, auto

from chatroom.protocol.messages import Refusal


class State(Enum):
    """Where a member stands."""

    AT_THE_DOOR = auto()  # greeting and knocking
    JOINING = auto()  # proving the password and asking for the name
    IN = auto()
    NAME_ASKED = auto()  # waiting for `rename`
    PASSWORD_ASKED = auto()  # waiting for `retry_password`
    OUTSIDE = auto()  # put out, waiting for `rejoin`
    LEAVING = auto()
    OVER = auto()


class Cause(Enum):
    """What happened that changes the state."""

    # by the server
    KNOCK_ANSWERED = auto()  # there is a session
    LET_IN = auto()
    NAME_REFUSED = auto()
    NOT_JOINED = auto()  # it knows our session and no name of ours
    COUNT_DIFFERS = auto()  # of our texts
    PASSWORD_CHANGED = auto()
    STOPPED = auto()
    PUT_OUT = auto()
    ROOM_FULL = auto()  # for now
    GOODBYE_OVER = auto()  # answered, or given up
    # by a hint that was there when a request timed out
    SESSION_UNKNOWN = auto()
    SLOWED_DOWN = auto()
    PASSWORD_REFUSED = auto()
    # by time alone
    JOIN_UNANSWERED = auto()
    # by the person
    NAME_GIVEN = auto()
    PASSWORD_GIVEN = auto()
    REJOIN = auto()
    LEAVE = auto()


STEPS = {
    State.AT_THE_DOOR: {
        Cause.KNOCK_ANSWERED: State.JOINING,
        Cause.LEAVE: State.OVER,
    },
    State.JOINING: {
        Cause.LET_IN: State.IN,
        Cause.NAME_REFUSED: State.NAME_ASKED,
        Cause.NAME_GIVEN: State.JOINING,
        Cause.PASSWORD_REFUSED: State.PASSWORD_ASKED,
        Cause.PASSWORD_CHANGED: State.PASSWORD_ASKED,
        Cause.SLOWED_DOWN: State.AT_THE_DOOR,
        Cause.SESSION_UNKNOWN: State.AT_THE_DOOR,
        Cause.JOIN_UNANSWERED: State.AT_THE_DOOR,
        Cause.STOPPED: State.AT_THE_DOOR,
        Cause.ROOM_FULL: State.AT_THE_DOOR,
        Cause.PUT_OUT: State.OUTSIDE,
        Cause.LEAVE: State.LEAVING,
    },
    State.IN: {
        Cause.NAME_REFUSED: State.NAME_ASKED,
        Cause.NOT_JOINED: State.JOINING,
        Cause.COUNT_DIFFERS: State.AT_THE_DOOR,
        Cause.PASSWORD_CHANGED: State.PASSWORD_ASKED,
        Cause.SESSION_UNKNOWN: State.AT_THE_DOOR,
        Cause.STOPPED: State.AT_THE_DOOR,
        Cause.ROOM_FULL: State.AT_THE_DOOR,
        Cause.PUT_OUT: State.OUTSIDE,
        Cause.LEAVE: State.LEAVING,
    },
    State.NAME_ASKED: {
        Cause.NAME_GIVEN: State.JOINING,
        Cause.PASSWORD_CHANGED: State.PASSWORD_ASKED,
        Cause.STOPPED: State.AT_THE_DOOR,
        Cause.ROOM_FULL: State.AT_THE_DOOR,
        Cause.PUT_OUT: State.OUTSIDE,
        Cause.LEAVE: State.LEAVING,
    },
    State.PASSWORD_ASKED: {
        Cause.PASSWORD_GIVEN: State.AT_THE_DOOR,
        Cause.LEAVE: State.OVER,
    },
    State.OUTSIDE: {
        Cause.REJOIN: State.AT_THE_DOOR,
        Cause.LEAVE: State.OVER,
    },
    State.LEAVING: {Cause.GOODBYE_OVER: State.OVER},
    State.OVER: {},
}


_REFUSALS = {
    Refusal.NAME_TAKEN: Cause.NAME_REFUSED,
    Refusal.NAME_BAD: Cause.NAME_REFUSED,
    Refusal.NOT_JOINED: Cause.NOT_JOINED,
    Refusal.COUNTER_SKIPS: Cause.COUNT_DIFFERS,
    Refusal.STOPPED: Cause.STOPPED,
    Refusal.PASSWORD_CHANGED: Cause.PASSWORD_CHANGED,
    Refusal.REMOVED: Cause.PUT_OUT,
    Refusal.ROOM_FULL: Cause.ROOM_FULL,
}
"""Refusals that are about us; the others are about the request, and change no state."""

_BYES = {
    Refusal.STOPPED: Cause.STOPPED,
    Refusal.PASSWORD_CHANGED: Cause.PASSWORD_CHANGED,
}


def following(state: State, cause: Cause) -> State:
    """Return the state that follows. Raises RuntimeError for a step there is not."""
    if cause not in STEPS[state]:
        raise RuntimeError(f"no step from {state.name} by {cause.name}")
    return STEPS[state][cause]


def leads_on(state: State, cause: Cause | None) -> bool:
    """Tell whether there is a step."""
    return cause in STEPS[state]


def cause_of_refusal(state: State, reason: Refusal) -> Cause | None:
    """Return what a refused request means for our state, None where it means nothing."""
    cause = _REFUSALS.get(reason)
    if state is State.LEAVING:
        cause = Cause.GOODBYE_OVER
    elif state is State.JOINING and reason is Refusal.MALFORMED:
        cause = Cause.PUT_OUT  # no other Join of ours will do
    return cause if leads_on(state, cause) else None


def cause_of_bye(state: State, reason: Refusal) -> Cause | None:
    """Return what the end of the session means for our state, None where it means nothing."""
    cause = Cause.GOODBYE_OVER if state is State.LEAVING else _BYES.get(reason, Cause.PUT_OUT)
    return cause if leads_on(state, cause) else None
