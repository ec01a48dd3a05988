"""What is wrong with a meeting: the schema, the pages of the manual, what is told and how it is mended."""
