"""Ranking methods, one file per family. Importing the package fills the registry."""

from mcda.methods import additive, bounds, distance, ideal, outranking, ratio, utility_ratio

__all__ = ["additive", "bounds", "distance", "ideal", "outranking", "ratio", "utility_ratio"]
