"""How alike two organisations, or two persons, are: what speaks for it and against it, in words.

`naming` takes a name apart and `spelling` gives the keys by which names spelled otherwise meet;
both know nothing of rows. `organisations` and `persons` weigh; `candidates` finds whom to weigh.
"""
