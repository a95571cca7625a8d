"""The tests; they mirror ``normtemplates``."""
