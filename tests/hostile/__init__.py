"""Files made to fool, crash or exhaust the check, as one table; ``table.py`` has it whole."""
