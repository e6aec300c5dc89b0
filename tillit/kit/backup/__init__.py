"""`tillit backup` and `tillit restore FILE`: everything there is, encrypted, from any database to any.

tables      what is copied, and the little that is not
stream      a copy as lines, from its head to its end, and what makes one whole
making      all of it as it is at one moment, in one pass
sealing     encryption (age) with a key that this server doesn't have
keeping     copies in a folder: named when whole, thinned out as they grow old
restoring   a copy into an empty installation: verified whole, then all of it or nothing
"""
