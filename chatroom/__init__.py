"""What the server and the client of the private chat room both stand on.

Arrows point one way: windows -> driver -> room / member -> wire -> sealing -> cpace.
"""
