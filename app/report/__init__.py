"""Findings written to files: JSON for programs, XLSX for tables, HTML for reading and print."""

from app.report import html_report, json_report, xlsx_report

__all__ = ["html_report", "json_report", "xlsx_report"]
