"""Benchmarks: `python -m tests.bench` prints a table of ratios, measured in one run on one machine."""
