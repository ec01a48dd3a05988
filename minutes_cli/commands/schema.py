"""印出欄位的 JSON Schema。 | Print the JSON Schema of the front matter."""
