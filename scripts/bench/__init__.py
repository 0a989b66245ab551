"""Measuring, in ratios of one run."""
