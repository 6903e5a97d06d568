"""What it costs and how fast it is, as ratios to baselines of the same run.

python -m tests.benchmarks [NAME ...] [--short]

crowd      what each of 1,000 people costs the server who come, talk and go
fanout     what a message costs the server for each it is delivered to
handshake  what somebody who comes in costs the server, in processor time
history    joining a long room, reading any page of it, and all of it
idle       what members who say nothing cost the server
latency    how long messages take to all, alone and beside busy people, in real time
network    delays, joins and datagrams on a bad network, in virtual time
opening    what opening an archive costs, of 1,000 to 1,000,000 messages
search     server time of a search through 1,000,000 messages
start      what the programs take until they are there, beside a bare interpreter
windows    what the conversation's window takes, in real time
"""

import argparse
import importlib

NAMES = (
    "crowd",
    "fanout",
    "handshake",
    "history",
    "idle",
    "latency",
    "network",
    "opening",
    "search",
    "start",
    "windows",
)


def main() -> None:
    """Print the figures of those named, or of all."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--short", action="store_true", help="a few seconds, to see that it runs")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in NAMES]:
        parser.error(f"there is no benchmark of {', '.join(unknown)}")
    for name in given.names or NAMES:
        importlib.import_module(f"tests.benchmarks.{name}").show(short=given.short)


if __name__ == "__main__":
    main()
