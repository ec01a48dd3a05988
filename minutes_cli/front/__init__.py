"""The front matter: bytes to text, text to nodes, nodes to the fields of a meeting."""
