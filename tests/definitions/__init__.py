"""Tests of ``normtemplates.definitions``."""
