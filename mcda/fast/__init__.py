"""Numba kernels of the simulation. Imported only when engine="numba" is asked for."""
