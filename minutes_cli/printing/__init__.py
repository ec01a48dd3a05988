"""What is printed and with which number, once for all formats."""
