from tillit.intake.models.intake import Intake, Stage
from tillit.intake.models.row import IntakeRow

__all__ = ["Intake", "IntakeRow", "Stage"]
