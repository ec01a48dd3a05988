"""輸出成文字、HTML、DOCX 或 JSON。 | Render minutes as text, HTML, DOCX or JSON."""
