"""`tillit load DIR`, in the order in which it works.

reading     the files below the folder, each no larger than it should be
parsing     YAML as nodes with their lines (nodes), and nothing that YAML could hide
entries     lists of a file as entries of a shape (shapes, citing)
tables      what a context declares: which rows its entries become, and which rules span them
plan        all rows that are wanted (wanted, keys), and what they refer to (resolving)
overlaps, cycles    rules that span rows
writing     only what differs, with sources (sourcing), removals (removing), circles and activity (log)

A fault (faults) anywhere leaves the database as it was. `loading` holds it together.
"""
