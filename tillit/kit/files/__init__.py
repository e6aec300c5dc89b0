"""What people upload: in one storage, told by what it holds, served to those who may read its row.

storage     the one storage, whichever it is: what can't be reached is said in words
folders     the storage as a folder; buckets: as a bucket of S3 (imported only where it is used)
kinds       what may be uploaded, told by content
packages    office documents, which are archives: looked into, never unpacked
uploads     a file that somebody sends: held against the size and its kind, given a safe name
keeping     bytes first, then the row; replaced, and taken away
serving     a file as an answer
sweeping    every night: bytes that no row names, rows whose bytes are gone
"""
