"""Findings in plain sentences, one module per page; every figure in them is computed."""
