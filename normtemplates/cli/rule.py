"""``normtemplates rule list | show``."""

from __future__ import annotations

import click

from normtemplates.cli.options import templates_option


@click.group("rule")
@templates_option
def command() -> None:
    """List and show the rules of the check."""


@command.command("list")
@templates_option
def list_() -> None:
    """List the rules: code, severity, name and what each finds."""
    from normtemplates.rules import all_rules, manual

    for rule in all_rules():
        click.echo(manual.summary(rule))


@command.command("show")
@click.argument("code", metavar="NTnnn")
@templates_option
def show(code: str) -> None:
    """Show all there is to know about the rule NTnnn, with its examples."""
    from normtemplates.rules import manual, rule_of

    click.echo(manual.page(rule_of(code)))
