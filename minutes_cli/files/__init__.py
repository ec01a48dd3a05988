"""Files: found, passed over, read, and written only when they are whole."""
