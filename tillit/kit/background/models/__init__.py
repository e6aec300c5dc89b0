from tillit.kit.background.models.heartbeat import Heartbeat
from tillit.kit.background.models.mark import Mark
from tillit.kit.background.models.scheduled_run import ScheduledRun

__all__ = ["Heartbeat", "Mark", "ScheduledRun"]
