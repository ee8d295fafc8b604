"""Findings as Altair charts, one module per page; pure: a finding in, a chart out."""
