"""Timings of Tillit with an invented register, as ratios to their yardsticks. See docs/bench.md."""
