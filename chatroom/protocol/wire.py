"""The protocol on one page, and its datagrams. Another client can be written from here.

A datagram has at most 1200 bytes; integers are big-endian; the first byte is the kind:

    byte  kind    from    after the kind byte
    1     HELLO   client  version 1, client nonce 16, zeros up to 1200
    2     COOKIE  server  client nonce 16, cookie 24
    3     KNOCK   client  client nonce 16, cookie 24, Ya 32, Ea 32
    4     ANSWER  server  sid 16, session 8, Yb 32, host's key 32, proof 16
    5     SEALED  both    session 8, packet number 8, ciphertext, tag 16
    6     CAST    server  room key number 1, cast number 8, ciphertext, tag 16
    7     GONE    server  session 8 (or the first 8 of the client nonce), hint 1, proof 16

The version is 4. (Version 1 had no host's key; in version 2 everybody asked for the whole list
of people when it had changed, and the numbers of casts began anew with each room key; in
version 3 every Say had a Stored, the tag of a CAST was over all of it, each page of the list of
people was asked for, everybody asked for a new room key, and no Pong told when to ping.) A
receiver checks, in this order: size and kind; the session; the tag; the replay window; the
form. Whatever fails is dropped and counted, and changes nothing.

A client's life: greet, knock, Join; Fetch what it wants of the log; and then, as long as it
stays, take CASTs, Fetch what is missing in the numbers, ask Who for changes that it missed,
Ping after a silence, for a new room key or when probed, and Say; at last Leave.

Coming in
---------
The client draws a nonce and greets (HELLO); the cookie, which only the server can read,
shows that it receives at its address; KNOCK and ANSWER exchange CPace shares; the first
SEALED datagram, a Join, proves the password. The server keeps nothing before a KNOCK with
a good cookie, and nothing that tests a password before the proof. Each side takes from `cpace`:

    PRS    the password, Unicode NFC, UTF-8
    sid    SHA-256(client nonce | cookie)
    CI     lv_cat("chatroom 4", "client", "server")
    ADa, ADb   empty; the client is the initiator (A), the server the responder (B)

A KNOCK is repeated byte for byte, and gets the same ANSWER, which begins with the first
bytes of its sid: one cookie, one exchange, one guess. A place goes on looking for the proof
until it expires, and counts as one wrong guess at most. A KNOCK whose cookie is stale, or
came to another address, is answered by a COOKIE. HELLO and KNOCK are repeated like requests
(below). A cookie can be false, since anybody on the path can send one: so a client that gets
more than it asked for repeats its KNOCK with the others as well, drawn by chance, a new
exchange each; and takes the ANSWER to any of them. A client that gets a share of low order
begins again when its retry timer is due; after five answers that proved nothing it greets once
in ten seconds, until a tag is good.
With `|` for joining bytes, and lengths before all parts (lv_cat: LEB128), the draft's

    ISK = SHA-512(lv_cat("CPace255_ISK", sid, K) | lv_cat(Ya, ADa) | lv_cat(Yb, ADb))

is the first secret. The second is what the host's key is for, a static X25519 pair (s, S)
that the host keeps: with Ea = X25519(ea, 9), from 32 bytes ea that the client uses once,

    H = X25519(s, Ea) = X25519(ea, S), not all zeros

The session's secret binds both and all that was said, the version as one byte:

    SHA-512(lv_cat("chatroom 4 session", ISK, H, version)
          | lv_cat("client", client nonce, cookie, Ya, Ea)
          | lv_cat("server", session, Yb, S))

The proof in ANSWER is keyed BLAKE2b-128 over all bytes before it; without it, or with another,
a client drops the ANSWER. Its key takes H, and no password:

    SHA-512(lv_cat("chatroom 4 host", H, version) | lv_cat("client", client nonce, cookie, Ya, Ea))

So nobody on the path can answer first, and send a client that remembers S the wrong way.
It takes both ISK and H to have the session's secret: ISK is known to whoever knows the
password and was part of this exchange, H only to this client and the holder of s. So a false
host that shows S without s gets no Join, and tests no password; a client that remembers S
sends none where another key is shown, before its person has agreed. A thief of s still needs
the password. Neither part is weaker for the other: both are inputs of one hash, with lengths
before them, under a label that nothing else uses. Whoever comes for the first time has
nothing to compare S with, and trusts.

The secret's 64 bytes as the key give five keys of 32 bytes, BLAKE2b-256(label, key =
secret); a label is these words in ASCII, with one space:

    label              what for
    client encryption  what the client seals
    client tag         what the client seals
    server encryption  what the server seals
    server tag         what the server seals
    cast tag           the tags of CASTs for this client

SEALED: the payload is followed by a byte 128, and by zeros up to 128, 256, 512, 768, 1024
or 1167 bytes in all, the most that there is; so lengths tell little. The keystream is
SHAKE-256(encryption key | packet number, 8 bytes), the tag is keyed BLAKE2b-128 (tag key)
over all bytes before it. Packet numbers start at 0 in each direction and go up by one with
every datagram: what is sent again gets a number of its own. A number is taken once, and not
when it is 1024 or more below the highest (`replay`).
CAST: the same, with the room key (from Joined, Key or Pong) for encryption; its tag is keyed
BLAKE2b-128 (`cast tag`) over the BLAKE2b-512 of all bytes before it. Cast numbers start at 0
and go on from key to key, since the numbers of keys come again; each session has a replay
window for them.
Room keys are numbered modulo 256; the room changes its key when somebody is put out, and
before a CAST when somebody has left or gone quiet (once a minute at most), and every hour.
Before the first CAST under it everybody in the room is told the Key. Who has missed that, and
gets a CAST of an unknown key number, its tag being good, pings: the Pong has the key, too.

GONE has no key behind it, so it is a hint. At the door it names the nonce. About a session,
a client keeps it, forgets it with the next datagram whose tag is good, and acts on it only
when its own request has timed out. The proof is zeros, but for WRONG_PASSWORD: there it is
keyed BLAKE2b-128 over the whole SEALED datagram that proved nothing, under the key of the
proof in ANSWER. So the host can show it to who has another password, nobody else can, and
what was slipped in or damaged on the way is no datagram that the client knows.

    hint  name             what a client does
    1     UNKNOWN_SESSION  greets again, and joins with what it holds; after a Leave: has left
    2     WRONG_PASSWORD   after a Join, where the proof is of a datagram that it sent: asks
                           for another password; else nothing
    3     SLOW_DOWN        after a Join or at the door: waits 5 s before it greets again
    4     NOT_ALLOWED      at the door: tells its person; goes on, since the host may relent
    5     OTHER_VERSION    the same

Inside the seals
----------------
A payload whose first byte is 1 is entries, one that begins with 2 is changes, one that begins
with 3 a page of the list of people (below); any other is a message: one JSON object in UTF-8,
compact or not. `do` has its kind, `number` its number, and the rest are exactly the fields below;
one missing, added, doubled or of another type makes it malformed. Integers are whole and not
negative, of at most so many bits; texts are UTF-8 of at most so many bytes, without lone
surrogates; `hex N` is N bytes as 2N lower-case hexadecimal digits. An empty payload is dropped.

    request  fields                              answers
    Join     name, device, last, last_mark         Joined, Refused
    Say      counter, texts                      entries in a CAST, Stored, Refused
    Fetch    first, last, datagrams              entries, Refused
    Who      version, part, datagrams            pages and changes, Refused
    Find     words, before                       Found, Refused
    Ping     token                               Pong, Refused
    Leave                                        Done, Refused

    reply    fields
    Joined   room, head, same, counter, version, key_number, key
    Stored   counter, head, wait_ms
    Found    numbers, back_to
    Pong     head, version, key_number, key, wait_ms
    Done
    Refused  reason

    notice   fields
    Probe    token
    Bye      reason
    Key      key_number, key

    field       type        meaning
    number      32 bits     of a request, from 1 in each session; its reply repeats it; a
                            notice has none
    name        128 bytes   what one wants to be called (`names`)
    device      hex 16      a secret of the client, drawn at its start
    last        53 bits     the last entry that the client holds, 0 for none; or to fetch
    last_mark   40 bytes    that entry's mark, or "": BLAKE2b-64 of lv_cat(id, name, text), in
                            hexadecimal digits
    counter     53 bits     of the first text; or of the last one stored of this device
    texts       list        of texts of 1 to 900 bytes, any characters; all together, as JSON,
                            within LIST_SIZE, or the datagram grows too large
    first       53 bits     the first entry wanted
    datagrams   8 bits      how many at most are to answer
    part        16 bits     number of the first page wanted, from 0
    token       hex 8       what a Probe brought, or zeros
    room        128 bytes   the name of the room
    head        53 bits     the number of the newest entry, 0 for none
    same        true/false  whether entry `last` still has the mark `last_mark`; true for 0. If
                            not, this is another log: what one holds is no part of it
    version     32 bits     of the list of people, from 1; it goes up by one with every change
    key_number  8 bits      of the room key
    key         hex 32      the room key
    wait_ms     32 bits     how long to wait before the next Say; or how long to be silent
                            before the next Ping
    words       128 bytes   what to look for (`search`)
    before      53 bits     only entries before this one, 0 for all
    numbers     list        of entries that match, the newest first, each of 53 bits
    back_to     53 bits     the first entry that was looked at, 1 if none is before it
    reason      8 bits      see below

    reason  name              what a client does
    1       NAME_TAKEN        asks its person for another name, and joins with it
    2       NAME_BAD          the same
    3       ROOM_FULL         keeps its texts, and greets again after 5 s
    4       NOT_JOINED        joins again
    5       TEXT_BAD          gives the first text of the Say up, and tells its person. It
                              does not use the counter again, since a late copy of the Say
                              may come: the next Say skips it, and brings COUNTER_SKIPS
    6       STORAGE           keeps its texts, and says them again after 2 s
    7       REMOVED           tells its person, who may have it greet again
    8       STOPPED           keeps its texts, and greets again until the room is back
    9       PASSWORD_CHANGED  asks for the new password, and greets again
    10      MALFORMED         has a fault: says its texts one by one, to give up the one that
                              it is; asks anything else again after 20 s. The number is 0
                              where it could not be read, or the JSON is none
    11      COUNTER_SKIPS     greets again: Joined has the counter to go on from. The same
                              session will not do, since a late copy of a Say may come in it

An id is `u`, 16 hexadecimal digits (BLAKE2b-64 of the secret's 16 bytes), `-`, the counter.
A device counts what it says from 1, for as long as the client runs; a counter must follow
the highest one stored, so that a gap cannot be filled later by what would count as stored.
The host speaks without a session. Its entries are like all others, under a device of its own
for as long as the room is open, and a name: a Join by that is refused at once, with NAME_TAKEN.

Entries, in a CAST or in the answer to Fetch:

    type 1, request number 4 (0: a CAST), part 2, parts 2, head 8, people version 4, first 8
    then for each entry, numbered upwards from `first`:
    sizes of time 1, name 1, id 1, text 2, and these four in UTF-8

Time is UTC, `2026-11-24T16:00:00Z`; in rows of an older archive it is empty, and the id has
any form. The answer to Fetch is SEALED, `parts` such datagrams, each with its `part` from 0,
which begin at `first` and reach as far as that many can; where there is nothing, one without
entries. What came of it counts, whatever is lost. Who wants the newest N begins at head - N +
1. Texts come as they were said: who shows them makes control characters harmless.

Changes, in a CAST or in the answer to Who:

    type 2, request number 4 (0: a CAST), head 8, version 4
    then for each change, the last of which led to `version`:
    step 1 (0: went, 1: came, 2: came, and is the host), size of the name 1, the name in UTF-8

Who comes stands last in the list, the host first. A client that has the version before one of
the changes makes that one and those after it; what leads to a version that it has is old. The
room is told 0.2 s after the first change that it was not told of, in as few CASTs as hold them
all. The version in Pong and with entries is the last that the room was told of; so what is on
its way is not taken for missed. The one in Joined has the client itself in it.

A page of the list of people, in the answer to Who:

    type 3, request number 4, version 4, part 2, parts 2
    then for each name: its size 1, the name in UTF-8

That is the list as it was with that version, the host first if it has a name, then in the order
of coming: all of it is in pages from 0 to `parts` - 1. Only the page of an empty list is empty.

What may be repeated: every request, at any time. Each transmission has a new request number
and a new packet number, and a reply to any of them is the reply.
- Say: texts up to the highest stored counter are passed over. Where all of its texts are new
  and are stored, the CAST that has them is the answer: who finds an id of its own in it knows
  that all is stored as far as that. Else, and so also where that CAST was lost and the Say
  comes again, Stored tells how far all is stored. That may be less than what was said, because
  of the rate or of a bad text within: the rest is said again after wait_ms. One Say is under
  way at a time. Joined tells the counter too: a client that comes to an older archive counts
  on from there.
- Join: one whose number is below that of the newest is passed over in silence. It may wait
  2 s for its answer, while the holder of the name is probed. Another name in it renames; if
  that is refused, all stays as it was. Another device in the same session is MALFORMED.
  Joined is followed by what a Who with 0 brings, unless the session was in the room before.
- Leave: the session is gone with the first; a second gets GONE, UNKNOWN_SESSION.
- Find: one search of a session is under way at a time. Another Find ends it unanswered, and
  the same again, words and before, asks for the same answer; one whose number is below that
  of the newest is passed over in silence.
- Fetch: from 1 to 16 datagrams, whatever is asked; `first` above `last` gives nothing.
- Who: with a version that one holds it brings the changes since. With 0, or one that is too old,
  it brings pages of the list as it was a while ago, from `part` on, and after the last one what
  changed since. That is as many datagrams as are wanted, of all that there are, from 1 to 32
  whatever is asked; each counts as a request. What came of it counts, in whatever order, and
  what did not come soon is asked for again. Pages of one version belong together; if the version
  changes, begin at 0 again.

Find looks for one phrase: `words` without spaces at its ends, and without each `from:name` or
`from:"a name"` in it. An entry matches if its text has the phrase in it, and its name one of
the names, where any is asked for; both sides casefolded (Unicode, full folding, no other
change). Nothing to look for matches nothing. Found has what matches, the newest first, of all
entries from `back_to` up to the one before `before`. It comes when the numbers fill a
datagram, when the beginning is reached, or with what was found by then after 0.05 s of
search, perhaps nothing; it may come late, since sessions are served in turn. Find with
`before` as `back_to` was goes on, as long as that is not 1.

Fetch and Find are answered in turn, one Fetch and one slice of a search between all else that
is to be done: each link (IPv4 /32, IPv6 /64) has its turn, within it each address, and there
each session. So one reads as fast as it asks where nobody else does, and delays nobody.

All sessions of an address, and of an IPv6 /64, have one allowance for texts, requests and
comings; what was used up of it stays so for whoever comes in again. What goes beyond it is
dropped, and texts wait.

A gap in the numbers is asked for with Fetch, also after a head that is higher than what is
held. A version that is higher than that of the list held is asked for with Who. A client that has
sent nothing for a while pings; only so does one that just listens learn that the server has
gone. How long a while is, each Pong says, counted from the Ping: so many ping at the same
moment, which costs the server less than when each comes alone. After anything else that a
client sends it is 20 s again. A Probe is answered at once by a Ping with its token: it asks
whether the client is there, and whether it receives at the address that it now sends from,
which the Ping must come from. Until then all goes to the address before (RFC 9000, section 8.2).

Timers, rates and limits
------------------------
All retry timers are the client's. A request is sent at once, and then after gaps that
double, each repetition as two copies. The first gap is 1.5 mean round trips, or the mean and
four deviations where that is more (RFC 6298 for the measuring: every transmission has a
number, so that each answer measures, and Karn's rule is not needed; where a CAST is the answer
to a Say that went out more than once, the Stored that still comes measures).

Silence begins when something goes out that is to be answered, and ends with anything that is
heard. When it has lasted for almost 3 s the person is told that the server is lost, whatever
the round trip, and it is asked on. Before that it is pinged while the answer can still come in
time: after one part of four, and after two and all four of them in two copies.

    the first gap, nothing being measured        0.3 s  client.timers.FIRST_TIMEOUT_S
    ... of a greeting or a knock                 1.0 s  client.timers.HANDSHAKE_TIMEOUT_S
    the shortest gap                            0.02 s  client.timers.SHORTEST_TIMEOUT_S
    the longest gap                              4.0 s  client.timers.LONGEST_TIMEOUT_S
    ... at the door                              2.0 s  client.timers.LONGEST_HANDSHAKE_TIMEOUT_S
    between the two copies                      0.02 s  client.timers.COPY_AFTER_S
    more or less, of each gap                    0.1    client.timers.JITTER
    answers that prove nothing, at once            5    client.trust.UNPROVEN_AT_ONCE
    ... and then one in                         10.0 s  client.trust.UNPROVEN_EVERY_S
    knocks before another greeting                 4    client.handshake.KNOCKS_BEFORE_NEW_HELLO
    pause that SLOW_DOWN asks for                5.0 s  client.handshake.SLOW_DOWN_S
    Joins before another handshake                 5    client.entrance.JOINS_BEFORE_NEW_HANDSHAKE
    ... and not before                           4.0 s  client.entrance.ASKED_BEFORE_NEW_HANDSHAKE_S
    silence before the server counts as lost     2.9 s  client.contact.SILENCE_BEFORE_LOST_S
    ... less a round trip, parts until a ping      4    client.contact.PROBE_PARTS
    ... each of them at least                    0.1 s  client.contact.SOONEST_PROBE_S
    Leaves before one just goes                    3    client.entrance.LEAVE_TRIES
    ping after silence, where no Pong says it   20.0 s  client.pulse.PING_AFTER_S
    ... more or less                             2.0 s  client.pulse.PING_SPREAD_S
    ... where one does, at the soonest          15.0 s  client.pulse.PING_SOONEST_S
    ... and at the latest                       30.0 s  client.pulse.PING_LATEST_S
    a gap may still fill by itself              0.08 s  client.catching_up.GAP_WAIT_S
    datagrams asked for at once, at most          16    client.fetching.FETCH_DATAGRAMS
    ... by a Who                                  32    client.roster.DATAGRAMS_AT_ONCE
    its answer, the rest of it, or the list
    ... after Joined may yet come for           0.08 s  client.roster.REST_WAIT_S
    pause after an empty answer                  2.0 s  client.catching_up.EMPTY_ANSWER_PAUSE_S
    pause after STORAGE                          2.0 s  client.outbox.STORAGE_PAUSE_S
    pause after MALFORMED                       20.0 s  client.asking.REFUSED_PAUSE_S
    spread of what a whole crowd asks            0.2 s  client.asking.CROWD_SPREAD_S

A Fetch that times out halves the datagrams asked for, one that is answered doubles them.
The server repeats the newest entries, or the head alone, in CASTs after 0.05, 0.1, 0.2, 0.4,
0.8 and 1.6 s, as far as they are not older than 4 s: to all after every second one of
these gaps, after the others to those alone whose way is not steady: it is where so many requests
in a row (below) came once each, and none asked for what had just been cast.

    a cookie is good for                        30.0 s  server.cookies.COOKIE_LIFE_S
    handshakes, of all                            50 /s server.door.HANDSHAKES_PER_S
    half-open places, of all                     512    server.half_open.HALF_OPEN_MOST
    ... of one prefix (IPv4 /32, IPv6 /64)         8    server.half_open.HALF_OPEN_PER_PREFIX
    a place is kept for                         10.0 s  server.half_open.HALF_OPEN_LIFE_S
    wrong proofs of an address, at once           10    server.guesses.GUESSES_AT_ONCE
    ... and then                                 0.1 /s server.guesses.GUESSES_PER_S
    ... of an IPv6 /64, at once                  100    server.guesses.LINK_GUESSES_AT_ONCE
    ... and then                                   1 /s server.guesses.LINK_GUESSES_PER_S
    ... of all that were wrong before, at once   100    server.guesses.ALL_GUESSES_AT_ONCE
    ... and then                                   1 /s server.guesses.ALL_GUESSES_PER_S
    ... who was right waits for its own alone  86400 s  server.guesses.RIGHT_FOR_S
    ... who was wrong waits for those of all    3600 s  server.guesses.FORGIVEN_AFTER_S
    sessions                                    4096    server.sessions.SESSIONS_MOST
    ... of one address                            32    server.sessions.SESSIONS_PER_HOST
    ... of one IPv6 /64                         1024    server.sessions.SESSIONS_PER_LINK
    texts of a session, at once                   20    server.session.TEXTS_AT_ONCE
    ... just after it began                        1    server.session.TEXTS_AT_FIRST
    ... and then                                  10 /s server.session.TEXTS_PER_S
    requests of a session, at once              1000    server.session.REQUESTS_AT_ONCE
    ... and then                                 400 /s server.session.REQUESTS_PER_S
    a Join counts as so many                      20    server.session.JOIN_COST
    ... texts that are sure                      0.5 /s server.session.TEXTS_SURE_PER_S
    ... requests that are sure                    20 /s server.session.REQUESTS_SURE_PER_S
    Fetches of a session that wait, at most        4    server.fetches.WAITING_MOST
    an address: texts, at once                   200    server.allowances.TEXTS_AT_ONCE
    ... and then                                  40 /s server.allowances.TEXTS_PER_S
    ... requests, at once                       4000    server.allowances.REQUESTS_AT_ONCE
    ... and then                                1000 /s server.allowances.REQUESTS_PER_S
    ... comings and other names, at once         100    server.allowances.CHANGES_AT_ONCE
    ... and then                                   1 /s server.allowances.CHANGES_PER_S
    an IPv6 /64: so many times that, at once       4    server.allowances.LINK_AT_ONCE
    ... and then                                   2    server.allowances.LINK_PER_S
    ... comings and other names, at once        1024    server.allowances.LINK_CHANGES_AT_ONCE
    ... and then                                  10 /s server.allowances.LINK_CHANGES_PER_S
    a way is steady after requests in a row       10    server.steadiness.STEADY_AFTER
    ... counted once in                         15.0 s  server.steadiness.COUNTED_EVERY_S
    a ping is another's repetition within       10.0 s  server.steadiness.AGAIN_WITHIN_S
    a room key lasts for                        3600 s  server.caster.KEY_LIFE_S
    ... is changed for who left once in           60 s  server.caster.KEY_CHANGED_EVERY_S
    a search is told of after                   0.05 s  server.searches.ANSWER_AFTER_S
    what a Find looks for                        128 B  protocol.wire.WORDS_SIZE
    datagrams of an answer to Fetch               16    server.fetches.DATAGRAMS_MOST
    ... to Who                                    32    server.roll.DATAGRAMS_MOST
    changes of the list of people that are kept 1024    server.roll.CHANGES_KEPT
    a refused Join is refused again unseen for   1.0 s  server.requests.REFUSED_FOR_S
    the holder of a name is probed for           2.0 s  server.people.CONTEST_S
    a Pong has one silent at least for          15.0 s  server.moments.SOONEST_S
    ... and until its moment, of so many          10    server.moments.MOMENTS
    who says nothing is called quiet after      60.0 s  server.people.QUIET_AFTER_S
    ... and shown to the host as silent after   30.0 s  server.people.SILENT_AFTER_S
    texts of the host that wait, at most         512    server.host.WAITING_MOST
    ... stored in one turn, at most               16    server.host.TEXTS_A_TURN
    ... tried again after a refusal, at first    0.5 s  server.host.RETRY_FIRST_S
    ... and at the longest                       4.0 s  server.host.RETRY_MOST_S
    word that the people changed comes after     0.2 s  server.roll.NEWS_AFTER_S
    a datagram                                  1200 B  protocol.wire.DATAGRAM_SIZE
    a text                                       900 B  protocol.wire.TEXT_SIZE
    a name                                       128 B  protocol.wire.NAME_SIZE
    ... in characters                             32    protocol.names.LONGEST
    texts or numbers of one, in JSON            1046 B  protocol.wire.LIST_SIZE

Bolder than the standards: RFC 6298 and 9002 wait a second at first, and never less; RFC 8085
asks for one datagram a round trip where nothing controls congestion. Here a member has at
most six small requests under way, each doubling its gaps, and a person waits: at 30 % loss
the second copies bring the slowest hundredth of messages from 2.5 s to 0.8 s.
"""

import hashlib
import struct
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

from chatroom.crypto import cpace, sealing

VERSION = 4
CHANNEL = cpace.lv_cat(b"chatroom 4", b"client", b"server")
"""CPace's channel identifier: a key of this protocol opens no other."""

DATAGRAM_SIZE = 1200  # QUIC's minimum (RFC 9000, section 14); fits VPN tunnels
NONCE_SIZE = 16
EXCHANGE_SIZE = 16
"""Bytes of CPace's sid that ANSWER repeats."""

COOKIE_SIZE = 24
NO_PROOF = bytes(sealing.TAG_SIZE)
SESSION_SIZE = 8
SEAL_SIZE = sealing.NUMBER_SIZE + sealing.PADDING_LEAST + sealing.TAG_SIZE
PAYLOAD_SIZE = DATAGRAM_SIZE - 1 - SESSION_SIZE - SEAL_SIZE

NAME_SIZE = 128  # 32 characters of 4 bytes
TIME_SIZE = 40
ID_SIZE = 40
TEXT_SIZE = 900
"""Bytes of text in one entry: with the largest name, time and id it fits a datagram."""

WORDS_SIZE = 128
"""Bytes of what Find looks for."""

LIST_SIZE = PAYLOAD_SIZE - 120
"""Bytes of JSON for the texts of a Say or the numbers of Found, beside their fields."""


class Kind(IntEnum):
    """The first byte of a datagram."""

    HELLO = 1
    COOKIE = 2
    KNOCK = 3
    ANSWER = 4
    SEALED = 5
    CAST = 6
    GONE = 7


class Hint(IntEnum):
    """The reason in GONE."""

    UNKNOWN_SESSION = 1
    WRONG_PASSWORD = 2
    SLOW_DOWN = 3
    NOT_ALLOWED = 4
    OTHER_VERSION = 5

    @classmethod
    def read(cls, value: int) -> "Hint | None":
        """Return the hint of this value, None for one we do not know."""
        return cls(value) if value in cls._value2member_map_ else None


class Hello(NamedTuple):
    version: int
    nonce: bytes


class Cookie(NamedTuple):
    nonce: bytes
    cookie: bytes


class Knock(NamedTuple):
    nonce: bytes
    cookie: bytes
    share: bytes
    host_share: bytes


class Answer(NamedTuple):
    exchange: bytes
    session: bytes
    share: bytes
    host_key: bytes
    proof: bytes = NO_PROOF


class Gone(NamedTuple):
    session: bytes
    hint: int
    proof: bytes = NO_PROOF


class Sealed(NamedTuple):
    session: bytes
    datagram: bytes


class Cast(NamedTuple):
    key_number: int
    datagram: bytes


Datagram: TypeAlias = Hello | Cookie | Knock | Answer | Gone | Sealed | Cast

_HELLO_ZEROS = bytes(DATAGRAM_SIZE - 2 - NONCE_SIZE)
_FIXED: dict[int, tuple[struct.Struct, type[Any]]] = {
    Kind.HELLO: (struct.Struct(f">xB{NONCE_SIZE}s{len(_HELLO_ZEROS)}x"), Hello),
    Kind.COOKIE: (struct.Struct(f">x{NONCE_SIZE}s{COOKIE_SIZE}s"), Cookie),
    Kind.KNOCK: (
        struct.Struct(f">x{NONCE_SIZE}s{COOKIE_SIZE}s{cpace.POINT_SIZE}s{cpace.POINT_SIZE}s"),
        Knock,
    ),
    Kind.ANSWER: (
        struct.Struct(
            f">x{EXCHANGE_SIZE}s{SESSION_SIZE}s{cpace.POINT_SIZE}s{cpace.POINT_SIZE}s"
            f"{sealing.TAG_SIZE}s"
        ),
        Answer,
    ),
    Kind.GONE: (struct.Struct(f">x{SESSION_SIZE}sB{sealing.TAG_SIZE}s"), Gone),
}
_KINDS = {cls: kind for kind, (_, cls) in _FIXED.items()}
SEALED_PREFIX_SIZE = 1 + SESSION_SIZE
CAST_PREFIX_SIZE = 2
_SEALED_MINIMUM = SEALED_PREFIX_SIZE + sealing.NUMBER_SIZE + 1 + sealing.TAG_SIZE
_CAST_MINIMUM = CAST_PREFIX_SIZE + sealing.NUMBER_SIZE + 1 + sealing.TAG_SIZE


def encode_datagram(datagram: Hello | Cookie | Knock | Answer | Gone) -> bytes:
    """Return the bytes of a datagram that is not sealed."""
    kind = _KINDS[type(datagram)]
    packed = bytearray(_FIXED[kind][0].pack(*datagram))
    packed[0] = kind
    return bytes(packed)


def decode_datagram(data: bytes) -> Datagram | None:
    """Return what the bytes say, or None where they are not of this protocol."""
    if not data or len(data) > DATAGRAM_SIZE:
        return None
    kind = data[0]
    if kind == Kind.SEALED:
        if len(data) < _SEALED_MINIMUM:
            return None
        return Sealed(data[1:SEALED_PREFIX_SIZE], data)
    if kind == Kind.CAST:
        return Cast(data[1], data) if len(data) >= _CAST_MINIMUM else None
    if kind not in _FIXED:
        return None
    layout, cls = _FIXED[kind]
    if len(data) != layout.size:
        return None
    if kind == Kind.HELLO and not data.endswith(_HELLO_ZEROS):
        return None
    datagram: Datagram = cls._make(layout.unpack(data))
    return datagram


def proven_part(answer: Answer) -> bytes:
    """Return what the proof in an ANSWER is the tag of: all before it."""
    return encode_datagram(answer)[: -sealing.TAG_SIZE]


def exchange_id(nonce: bytes, cookie: bytes) -> bytes:
    """Return CPace's sid: both sides had a part in it, and it never comes again."""
    return hashlib.sha256(nonce + cookie).digest()


def sealed_prefix(session: bytes) -> bytes:
    """Return what stands before the packet number of a SEALED datagram."""
    return bytes((Kind.SEALED,)) + session


def cast_prefix(key_number: int) -> bytes:
    """Return what stands before the cast number of a CAST."""
    return bytes((Kind.CAST, key_number))
