"""The nouns of the project: frozen values without any file format behind them."""
