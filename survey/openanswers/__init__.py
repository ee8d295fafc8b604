"""Answers in experts' own words: from texts to a coded question, the analyst deciding."""

from survey.openanswers.agreement import CoderAgreement, CohenKappa, coder_agreement, cohen_kappa
from survey.openanswers.coding import Category, Coding, CodingTable
from survey.openanswers.grouping import propose
from survey.openanswers.table import coding_from_csv, coding_to_csv
from survey.openanswers.words import fragments, normalise, stem, stems

__all__ = [
    "Category",
    "CoderAgreement",
    "Coding",
    "CodingTable",
    "CohenKappa",
    "coder_agreement",
    "coding_from_csv",
    "coding_to_csv",
    "cohen_kappa",
    "fragments",
    "normalise",
    "propose",
    "stem",
    "stems",
]
