"""Work that nobody waits for: tasks are rows, done by workers and started by people or the clock."""
