"""Two rows that turn out to be one: all that names the one is given to the other, and can be given back.

steps        what was done, one column or one row at a time, as plain values
naming       all columns that may name a row: keys to it, sets, subjects, circles, changes told
settling     what is left when all is written: each row in its circle
periods      one period of two that say the same
joining      doing it, in the transaction of a `Together`
parting      undoing it, whatever else has happened meanwhile

Knows no noun. What two rows of a noun have to say to it stands in the noun: `Row.says_the_same`,
`Row.take_in`, `Row.give_way`, `Row.outweighs`.
"""
