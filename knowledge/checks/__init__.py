"""The checks, one module per subject."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.records.issues import Issue
from knowledge.records.knowledge_base import KnowledgeBase

Check = Callable[[KnowledgeBase], Iterator[Issue]]
"""Yields every fault of one kind in a loaded knowledge base."""
