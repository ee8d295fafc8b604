"""Ranking methods, one file per family. Importing the package fills the registry."""

from mcda.methods import additive, bounds, distance, ideal, ideal_row, moora, outranking, ratio

__all__ = ["additive", "bounds", "distance", "ideal", "ideal_row", "moora", "outranking", "ratio"]
