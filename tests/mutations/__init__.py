"""What people and programs do to a good return, and what the check must say of each."""
