"""Readers of the exports that survey tools make."""
