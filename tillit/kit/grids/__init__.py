"""What people paste and upload, read as rows of cells: text, tables, workbooks, cards.

Nothing here knows what the cells mean. Each guess (`Reading`) can be corrected, and what can't be read
is refused with words for whoever brought it.
"""
