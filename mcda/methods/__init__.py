"""Ranking methods, one file per family. Importing the package fills the registry."""

from mcda.methods import additive, distance, outranking, ratio

__all__ = ["additive", "distance", "outranking", "ratio"]
