"""The report where a part has nothing to show: one group of experts, nothing that tips the first."""

import dataclasses

import pytest

from app.report import html_report, sections, xlsx_report
from app.report.sections import audit, change, robustness


@pytest.fixture
def bare(computed_template):
    """Findings without groups, without a margin, and with a first place that nothing tips."""
    f = computed_template
    safe = dataclasses.replace(f.change.missing, rival=None, by_rival={})
    return dataclasses.replace(
        f,
        groups=None,
        robustness=dataclasses.replace(f.robustness, margin=None),
        change=dataclasses.replace(
            f.change,
            weights={"L1": None, "L2": None},
            weights_by_method=dict.fromkeys(f.change.weights_by_method),
            swaps=(),
            values=dataclasses.replace(f.change.values, cells=()),
            missing=safe,
            missing_by_method=dict.fromkeys(f.change.missing_by_method, safe),
            triangle=None,
        ),
        audit=dataclasses.replace(f.audit, invariance=(), opinions={}),
        learning=dataclasses.replace(
            f.learning,
            inputs=dataclasses.replace(f.learning.inputs, perfect=0.0),
            missing={},
        ),
    )


def test_a_section_or_table_without_anything_to_show_is_left_out(bare, computed_template, lang):
    keys = [s.key for s in sections.sections(bare, lang)]
    assert "groups" not in keys
    assert "groups" in [s.key for s in sections.sections(computed_template, lang)]
    for section in (change.section(bare, lang), audit.section(bare, lang)):
        assert section.sentences
        assert all(t.rows for t in section.tables)
    left = {t.key for t in change.section(bare, lang).tables}
    assert not left & {"tipping_weights", "swaps", "tipping_values", "missing_criterion"}
    drawn = len(robustness.section(bare, lang).pictures)
    assert drawn == len(robustness.section(computed_template, lang).pictures) - 1


def test_every_report_is_written_without_them(bare, lang, tmp_path, drawing):
    drawing("overview", "robustness", "change", "audit", "learning")
    xlsx_report.write(bare, lang, tmp_path / "report.xlsx")
    assert (tmp_path / "report.xlsx").stat().st_size > 0
    assert change.section(bare, lang).title in html_report.render(bare, lang)
