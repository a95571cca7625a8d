"""What a command does, also when disks, folders and people work against it."""
