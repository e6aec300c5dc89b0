"""One text, every format: a template becomes a page, PDF/UA, DOCX and ODT, and a DOCX becomes text.

`Document` is what makes them (`document.py`); `reading.read` takes a DOCX apart. Nothing else is needed
from outside but `{% drawn chart %}` in a template.
"""
