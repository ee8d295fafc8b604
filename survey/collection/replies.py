"""Replies to questions: what is stored, what is refused, and what is still to be done."""

from __future__ import annotations

from survey.cell_values import RATIOS
from survey.collection.accept import accept
from survey.collection.reply import Reply
from survey.collection.unfinished import unfinished
from survey.collection.words import LONGEST_BESIDE

__all__ = ["LONGEST_BESIDE", "RATIOS", "Reply", "accept", "unfinished"]
