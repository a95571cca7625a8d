"""``python -m normtemplates``."""

from normtemplates.cli.main import main

if __name__ == "__main__":
    main(prog_name="normtemplates")
