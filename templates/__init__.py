"""The shipped data: norms, registers, rounds, letters and texts; no code."""
