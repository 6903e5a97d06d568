"""What the server and the client of the private chat room both stand on.

A folder says whose a thing is; imports go down its floors, which the drawing in
.github/CONTRIBUTING.md shows and tests/test_floors.py holds.
"""
