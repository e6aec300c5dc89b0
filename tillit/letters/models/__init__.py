from tillit.letters.models.letter import Letter
from tillit.letters.models.recipient import Recipient

__all__ = ["Letter", "Recipient"]
