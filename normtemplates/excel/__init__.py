"""Workbooks in and out: the only room that knows the formats of spreadsheets."""
