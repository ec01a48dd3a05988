"""The body: Markdown to blocks, blocks to one outline, decisions and what became of earlier ones."""
