"""What an office lays down: minutes.toml, its own fields, its defaults, its register of names."""
