"""`tillit export DIR`, and `tillit load DIR` of what it wrote: a whole register by its public keys.

nouns       which models are carried, their columns, and how each is written
records     a row as one line of JSON, and a line as a row again
manifest    what the folder holds: the format's version, and the size and digest of each file
files       what people have uploaded
exporting   all of it at one moment, into an empty folder or a ZIP
reading     an exported folder, held against its manifest before anything of it is believed
bringing    its rows into an installation that has none
checking    what the nouns say of rows, when all of them are in
at_hand     what many rows name, fetched together

What an account, a session, a task or a mail is stays where it was made. Nothing but what is carried
can be told of by key; whatever names an account tells of its person, or of nobody.
"""
