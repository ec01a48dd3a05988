"""What an office lays down, as it is read: minutes.toml, and the schema of its own fields."""
