"""The contexts of this installation, lowest first: the order of the story.

Whatever crosses contexts goes through the `contributes` module of each one that has one.
"""

CONTEXTS = [
    "tillit.kit",
    "tillit.post",
    "tillit.accounts",
    "tillit.register",
    "tillit.records",
    "tillit.agreements",
    "tillit.intake",
    "tillit.duplicates",
    "tillit.privacy",
    "tillit.enquiries",
    "tillit.letters",
    "tillit.site",
]
