"""The server program, where one person may say and ask as much as all together.

Its limits are about people; what a message costs is not. So a benchmark of the cost needs no
thousand people to have a thousand messages a second. Nor does it have to wait for minutes,
until everybody has shown that nothing is lost on the way.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import server
from chatroom.server import session, steadiness

NO_LIMIT = 1_000_000_000

if __name__ == "__main__":
    session.TEXTS_AT_ONCE = session.TEXTS_AT_FIRST = session.TEXTS_PER_S = NO_LIMIT
    session.REQUESTS_AT_ONCE = session.REQUESTS_PER_S = NO_LIMIT
    steadiness.STEADY_AFTER = 0
    sys.exit(server.main())
