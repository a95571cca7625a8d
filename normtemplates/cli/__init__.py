"""The command line: parse, call, print; one module for each command."""
