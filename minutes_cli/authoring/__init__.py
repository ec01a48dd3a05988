"""What is written for the recorder: the canonical spelling of a file, and the file of the next meeting."""
