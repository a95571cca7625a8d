"""Tests of ``normtemplates.cli``."""
