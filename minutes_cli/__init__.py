"""Structured minutes of Taiwanese official meetings: Markdown in; checked, numbered text, HTML, DOCX and JSON out."""

__version__ = "0.1.0"
