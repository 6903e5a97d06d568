"""The room, without socket, thread, clock, chance or file.

room          its face: datagrams, timers, what the host wishes and is shown
door          strangers: access, cookies, guesses, half_open
sessions      who proved the password: session, with its path and its rates (limits)
requests      what they ask, and are answered
reception     how their datagrams come to that
people        who is in, and under which name
batch, log    what they say, until it is stored
host          what the host says, without a session
delivery      how it gets into the log, and from there to all
caster        what all of them are sent
post          what leaves with the turn: datagrams, and events for the host
figures       what the host can be shown
"""
