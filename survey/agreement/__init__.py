"""Agreement of raters: concordance, reliability, consensus, and who errs how often."""

from survey.agreement.alpha import LEVELS, Alpha, krippendorff_alpha
from survey.agreement.bootstrap import BootstrapInterval
from survey.agreement.cochran import CochranQ, cochran_q
from survey.agreement.concordance import Concordance, kendall_w
from survey.agreement.content import ContentValidity, content_validity_ratio
from survey.agreement.dawid_skene import DawidSkene, dawid_skene
from survey.agreement.icc import FORMS, Icc, IccForm, icc
from survey.agreement.intervals import (
    alpha_interval,
    cochran_interval,
    consensus_interval,
    content_interval,
    icc_intervals,
    kappa_interval,
    kendall_interval,
    quartile_interval,
)
from survey.agreement.kappa import FleissKappa, fleiss_kappa
from survey.agreement.ordinal import (
    interquartile_range,
    leik,
    tastle_wierman,
    van_der_eijk,
)

__all__ = [
    "FORMS",
    "LEVELS",
    "Alpha",
    "BootstrapInterval",
    "CochranQ",
    "Concordance",
    "ContentValidity",
    "DawidSkene",
    "FleissKappa",
    "Icc",
    "IccForm",
    "alpha_interval",
    "cochran_interval",
    "cochran_q",
    "consensus_interval",
    "content_interval",
    "content_validity_ratio",
    "dawid_skene",
    "fleiss_kappa",
    "icc",
    "icc_intervals",
    "interquartile_range",
    "kappa_interval",
    "kendall_interval",
    "kendall_w",
    "krippendorff_alpha",
    "leik",
    "quartile_interval",
    "tastle_wierman",
    "van_der_eijk",
]
