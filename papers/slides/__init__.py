"""Slides: what they say, how much fits, and the PowerPoint file."""
