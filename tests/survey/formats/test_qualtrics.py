"""Qualtrics: heading rows of both ages, numbers and labels, and what is no answer."""

import numpy as np
import pytest

from survey import Questionnaire, SurveyError
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers

S, N, X = 1, 0, -1
LEAD = (
    "StartDate,Status,IPAddress,Progress,Duration (in seconds),Finished,ResponseId,RecipientEmail"
)
LEAD_TEXT = "Anfangsdatum,Antworttyp,IP-Adresse,Stand,Dauer,Beendet,Antwort-ID,E-Mail"


def export(tags, texts, ids, rows, style="{{ImportId:{}}}"):
    own = [
        "startDate",
        "status",
        "ipAddress",
        "progress",
        "duration",
        "finished",
        "_recordId",
        "recipientEmail",
    ]
    quoted = ",".join('"' + style.format(i).replace('"', '""') + '"' for i in own + ids.split(","))
    body = "\n".join(
        row if row.startswith("=") else f"2024-01-01,0,192.0.2.1,100,{30 + k},1,R_{k},,{row}"
        for k, row in enumerate(rows)
    ).replace("=", "")
    return f"{LEAD},{tags}\n{LEAD_TEXT},{texts}\n{quoted}\n{body}\n"


JSON = '{{"ImportId":"{}"}}'
SINGLE = "{{'ImportId': '{}'}}"
MULTI = (
    "Q2_1,Q2_4,Q2_10,Q2_10_TEXT",
    "Which? - Selected Choice - Own - part,Which? - Selected Choice - Loans,Which? - Selected Choice - Other,Which? - Other - Text",
    "QID2_1,QID2_4,QID2_10,QID2_10_TEXT",
)


def read(path, **asked):
    return read_answers(path, "qualtrics", request=Request(**asked))


def codes(wave):
    return {r.code for r in wave.remarks}


@pytest.mark.parametrize("style", [JSON, SINGLE], ids=["JSON", "2016"])
def test_three_heading_rows_are_recognised_by_import_ids_of_both_ages(written, style):
    path = written(export(*MULTI, ["1,,,", ",1,1,grants"], style))
    assert (detect(path).format, detect(path).score) == ("qualtrics", 1.0)
    wave = read(path)
    assert wave.respondents == ("R_0", "R_1")
    assert wave.seconds.tolist() == [30, 31]
    assert wave.choice("Q2").cells.tolist() == [[S, N, N], [N, S, S]]


def test_a_suffix_is_the_recode_value_and_texts_are_told_apart_from_the_question(written):
    wave = read(written(export(*MULTI, ["1,,,", ",1,1,grants"], JSON)))
    asked = wave.questionnaire.choice("Q2")
    assert [o.id for o in asked.options] == ["1", "4", "10"]
    assert [o.text.en for o in asked.options] == ["Own - part", "Loans", "Other"]
    assert asked.text.en == "Which?"
    assert wave.responses["Q2:10"].values == (None, "grants")


def test_labels_instead_of_numbers_give_the_same_ticks(written):
    wave = read(written(export(*MULTI, ["Own - part,,,", ",Loans,Other,grants"], JSON)))
    assert wave.choice("Q2").cells.tolist() == [[S, N, N], [N, S, S]]


def test_the_state_not_shown_is_lost_without_minus_99_and_it_is_said(written):
    wave = read(written(export(*MULTI, ["1,,,", ",,,"], JSON)))
    assert wave.choice("Q2").cells.tolist() == [[S, N, N], [N, N, N]]
    assert next(r for r in wave.remarks if r.code == "not_shown_lost").grave


def test_minus_99_is_seen_and_unanswered_so_that_nothing_is_not_shown(written):
    tags, texts, ids = MULTI
    path = written(export(f"{tags},Q3", f"{texts},Rate", f"{ids},QID3",
                          ["1,,,,5", "-99,-99,-99,-99,-99", ",,,,", ",1,,,4"], JSON))  # fmt: skip
    wave = read(path)
    assert wave.choice("Q2").cells.tolist() == [[S, N, N], [N, N, N], [X, X, X], [N, S, N]]
    assert wave.numbers("Q3").shown[:, 0].tolist() == [True, True, False, True]
    assert np.nan_to_num(wave.numbers("Q3").values[:, 0]).tolist() == [5, 0, 0, 4]
    assert "Q2:10" not in wave.responses
    assert "not_shown_lost" not in codes(wave)


@pytest.mark.parametrize("status", ["1", "8", "Survey Preview", "Spam"])
def test_previews_and_spam_are_dropped_and_counted(written, status):
    extra = f"=2024-01-01,{status},192.0.2.1,100,9,1,R_x,,1,,,"
    wave = read(written(export(*MULTI, ["1,,,", extra], JSON)))
    assert wave.respondents == ("R_0",)
    assert next(r for r in wave.remarks if r.code == "previews_dropped").fields["count"] == 1


def test_personal_and_derived_columns_are_dropped_and_named(written):
    path = written(
        export(
            "Q1,Q1 - Topics,Q1_DO_1",
            "Say,Say - Topics,Order",
            "QID1_TEXT,QID1_TEXT_aTopics,QID1_DO",
            ["well,x,2"],
            JSON,
        )
    )
    wave = read(path)
    told = {r.code: str(r) for r in wave.remarks}
    assert "IPAddress, RecipientEmail" in told["personal_dropped"]
    assert "Q1 - Topics, Q1_DO_1" in told["derived_dropped"]
    assert list(wave.responses) == ["Q1"]


LEGACY = (
    "\ufeffV1,V2,V3,V4,V5,V6,V7,V8,V9,V10,Q1,Q2_1,Q2_2,\n"
    "ResponseID,ResponseSet,Name,ExternalDataReference,EmailAddress,IPAddress,Status,StartDate,EndDate,Finished,Rate,Which?-Own,Which?-Loans,\n"
    "R_1,Default,A,,a@b,192.0.2.1,0,2015-01-01,2015-01-01,1,5,1,,\n"
    "R_2,Default,A,,a@b,192.0.2.1,0,2015-01-01,2015-01-01,0,4,,1,\n"
)


def test_two_heading_rows_with_a_mark_and_a_comma_at_the_end(written):
    path = written(LEGACY)
    assert detect(path).format == "qualtrics"
    wave = read(path)
    assert wave.respondents == ("R_1", "R_2")
    assert wave.submitted.tolist() == [True, False]
    assert wave.choice("Q2").cells.tolist() == [[S, N], [N, S]]
    assert [o.text.en for o in wave.questionnaire.choice("Q2").options] == ["Own", "Loans"]
    assert "Name" not in str([q.id for q in wave.questionnaire.questions])


def test_options_in_one_column_are_codes_joined_by_commas(written):
    asked = Questionnaire.from_yaml("""
id: w
format_version: 1
title: {en: W, ru: В}
questions:
  - {id: Q5, kind: multiple, text: {en: Which, ru: Что}, options: [{id: "1", text: {en: A, ru: А}}, {id: "4", text: {en: B, ru: Б}}]}
""")
    wave = read(written(export("Q5", "Which", "QID5", ['"1,4"', "4"], JSON)), questionnaire=asked)
    assert wave.choice("Q5").cells.tolist() == [[S, S], [N, S]]


def test_a_matrix_is_a_rating_and_words_beside_a_choice_are_kept(written):
    path = written(
        export("Q6_1,Q6_2,Q7,Q7_3_TEXT", "Rate - Ash,Rate - Coal,Who - Selected Choice,Who - Other - Text",
               "QID6_1,QID6_2,QID7,QID7_3_TEXT", ["5,1,1,", "2,3,3,miner", "4,4,3,smith", "1,1,1,"], JSON)
    )  # fmt: skip
    wave = read(path)
    assert wave.numbers("Q6").values.tolist() == [[5, 1], [2, 3], [4, 4], [1, 1]]
    assert [o.text.en for o in wave.questionnaire.question("Q6").options] == ["Ash", "Coal"]
    assert wave.responses["Q7:3"].values == (None, "miner", "smith", None)
    assert wave.questionnaire.choice("Q7").text.en == "Who"


def test_a_matrix_with_several_answers_a_row_is_a_choice_for_each_row(written):
    path = written(
        export(
            "Q8_1_1,Q8_1_2,Q8_2_1,Q8_2_2",
            "T - a,T - b,T - c,T - d",
            "QID8_1_1,QID8_1_2,QID8_2_1,QID8_2_2",
            ["1,,1,1"],
            JSON,
        )
    )
    wave = read(path)
    assert wave.choice("Q8_1").cells.tolist() == [[S, N]]
    assert wave.choice("Q8_2").cells.tolist() == [[S, S]]


def test_embedded_data_can_be_the_group(written):
    wave = read(
        written(export("Q1,panel", "Rate,panel", "QID1,panel", ["5,business", "4,science"], JSON)),
        group_column="panel",
    )
    assert wave.groups == ("business", "science")
    assert [q.id for q in wave.questionnaire.questions] == ["Q1"]


def test_a_file_without_heading_rows_of_qualtrics_is_refused_when_asked_for(written):
    with pytest.raises(SurveyError, match="1 to 3 are expected"):
        read(written("a,b\n1,2\n"))


def test_a_file_whose_other_heading_rows_were_deleted_loses_no_respondent(written):
    text = "ResponseId,Status,Finished,Q1,Q2_1,Q2_2\nR_1,0,True,5,1,\nR_2,0,False,4,,1\n"
    wave = read(written(text))
    assert detect(written(text)).format == "qualtrics"
    assert wave.respondents == ("R_1", "R_2")
    assert wave.submitted.tolist() == [True, False]
    assert wave.choice("Q2").cells.tolist() == [[S, N], [N, S]]


def test_tabs_in_utf_16_are_read(written):
    text = export(*MULTI, ["1,,,", ",1,1,grants"], JSON)
    assert '"{""' in text
    tabbed = "\n".join(line.replace(",", "\t") for line in text.splitlines())
    assert read(written(tabbed, "a.tsv", "utf-16")).choice("Q2").cells.tolist() == [
        [S, N, N],
        [N, S, S],
    ]
