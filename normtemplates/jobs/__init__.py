"""What a command does: building a round, checking what came back, writing it down."""
