from tillit.records.searching.records import RECORDS

SEARCHABLES = [RECORDS]
