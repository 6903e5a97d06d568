"""Whole worlds in simulation: one seed is one world, and the same one every time.

A world has a server with a real archive, a few people, some strangers, a network and a
virtual clock. For a minute or two everything goes wrong that can; then the network
heals, and all that was promised must be true.

    python -m tests.simulation --seeds 1000 --jobs 2
    python -m tests.simulation --seed 17 --trace
    python -m tests.simulation --break all

    world     the clock, the phases, and what becomes of each datagram
    network   loss, bursts, copies, delays, damage, links that are cut
    disk      what of the archive outlives a crash
    host      the server: its turns, its crashes, its restarts
    speech    what the host says in its own room
    visitors  the people, each with one Member after another
    readers   the pages and searches of a visit
    strangers who know no password, or only listen
    impostors who answer in the host's place
    flooders  who know the password, and take and ask for all they can
    checks    what must be true, each rule a function
    breaks    the same program with one rule broken, to see that the checks can fail
    runner    many worlds, on many processes
"""
