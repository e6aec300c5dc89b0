from tillit.agreements.views.planning.orientation import orientation
from tillit.agreements.views.planning.orientation_editing import (
    adopt_orientation,
    edit_effort,
    edit_orientation,
    effort_state,
    new_effort,
    new_orientation,
    remove_effort,
    remove_orientation,
    reprioritisation,
)
from tillit.agreements.views.planning.plan_editing import (
    adopt_plan,
    edit_area,
    edit_plan,
    new_area,
    new_plan,
    remove_area,
    remove_plan,
)
from tillit.agreements.views.planning.plans import plan, plans

__all__ = [
    "adopt_orientation",
    "adopt_plan",
    "edit_area",
    "edit_effort",
    "edit_orientation",
    "edit_plan",
    "effort_state",
    "new_area",
    "new_effort",
    "new_orientation",
    "new_plan",
    "orientation",
    "plan",
    "plans",
    "remove_area",
    "remove_effort",
    "remove_orientation",
    "remove_plan",
    "reprioritisation",
]
