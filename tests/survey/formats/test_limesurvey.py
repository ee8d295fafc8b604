"""LimeSurvey: every way it writes the same answers, and what each way loses."""

import zipfile

import numpy as np
import pytest
from openpyxl import Workbook

from survey import Questionnaire, SurveyError
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers
from survey.formats.registry import reader

S, N, X = 1, 0, -1  # selected, shown and not selected, not shown

QUESTIONNAIRE = Questionnaire.from_yaml("""
id: wave
format_version: 1
title: {en: Wave, ru: Волна}
questions:
  - id: FAS
    kind: multiple
    text: {en: "Which sources?", ru: "Какие источники?"}
    options:
      - {id: SQ001, text: {en: Own funds, ru: Свои средства}}
      - {id: SQ002, text: {en: Loans, ru: Займы}}
      - {id: other, text: {en: Other, ru: Другое}, open_text: true, residual: true}
  - id: rate
    kind: rating
    text: {en: "How important?", ru: "Насколько важно?"}
    scale: {low: 1, high: 3, labels: {1: {en: Little, ru: Мало}, 3: {en: Much, ru: Много}}}
    options: [{id: a, text: {en: Ash, ru: Зола}}, {id: b, text: {en: Coal, ru: Уголь}}]
""")


def read(path, **asked):
    return read_answers(path, "limesurvey", request=Request(**asked))


def codes(wave):
    return {r.code for r in wave.remarks}


def cells(wave, question="FAS"):
    return wave.choice(question).cells.tolist()


CODE = (
    '"id","submitdate","lastpage","startlanguage","FAS[SQ001]","FAS[SQ002]","FAS[other]","why"\r\n'
    '"7","2024-05-01 10:00:00","3","ru","Y","","","дорого"\r\n'
    '"9","","1","ru","","","гранты",""\r\n\r\n'
)


@pytest.mark.parametrize("sign", [",", ";"])
def test_codes_as_headings_with_a_mark_and_a_blank_last_line(written, sign):
    path = written(b"\xef\xbb\xbf" + CODE.replace(",", sign).encode())
    wave = read(path)
    assert detect(path).format == "limesurvey"
    assert wave.respondents == ("7", "9")
    assert wave.submitted.tolist() == [True, False]
    assert cells(wave) == [[S, N, N], [N, N, S]]
    assert wave.responses["FAS:other"].values == (None, "гранты")
    assert wave.responses["why"].values == ("дорого", None)


def test_the_code_export_loses_what_was_not_shown_and_it_is_said(written):
    wave = read(written(CODE))
    lost = [r for r in wave.remarks if r.code == "not_shown_lost"]
    assert len(lost) == 1
    assert lost[0].grave


def test_an_empty_cell_in_quotes_was_shown_and_a_bare_one_was_not(written):
    text = '"id","submitdate","FAS[SQ001]","FAS[SQ002]","n"\n"1","2024-01-01","Y","",""\n"2","2024-01-01",,,\n'
    wave = read(written(text))
    assert cells(wave) == [[S, N], [X, X]]
    assert wave.responses["n"].shown.tolist() == [True, False]
    assert "not_shown_kept" in codes(wave)
    assert "not_shown_lost" not in codes(wave)


@pytest.mark.parametrize(
    ("yes", "no", "never"),
    [("Yes", "No", "N/A"), ("Ja", "Nein", "N/A"), ("Да", "Нет", "Н/Д"), ("Oui", "Non", "")],
)
def test_full_answers_keep_three_states_in_any_language(written, yes, no, never):
    text = (
        "id;submitdate;Which sources? [Own funds];Which sources? [Loans];Which sources? [Other]\n"
        f"1;2024-01-01;{yes};{no};\n2;2024-01-01;{no};{yes};grants\n3;2024-01-01;{never};{never};{never}\n"
    )
    wave = read(written(text), questionnaire=QUESTIONNAIRE)
    assert cells(wave) == [[S, N, N], [N, S, S], [X, X, X]]
    assert wave.responses["FAS:other"].values == (None, "grants", None)
    assert "not_shown_lost" not in codes(wave)


@pytest.mark.parametrize(
    "headings",
    [
        "FAS[SQ001]. Which sources? [Own funds],FAS[SQ002]. Which sources? [Loans],rate[a]. How [Ash]",
        "FAS[SQ001],FAS[SQ002],rate[a]",
        "FAS_SQ001,FAS_SQ002,rate_a",
        "Какие источники? [Свои средства],Какие источники? [Займы],Насколько важно? [Зола]",
        "Which sou.. [Own funds],Which sou.. [Loans],How impor.. [Ash]",
    ],
    ids=["code and text", "code", "ExpressionScript", "full, in Russian", "abbreviated"],
)
def test_each_way_of_writing_headings_gives_the_same_answers(written, headings):
    path = written(
        f"id,submitdate,lastpage,{headings}\n1,2024-01-01,2,Yes,No,3\n2,2024-01-01,2,No,No,1\n"
    )
    wave = read(path, questionnaire=QUESTIONNAIRE)
    assert cells(wave) == [[S, N, N], [N, N, N]]
    assert wave.numbers("rate").values[:, 0].tolist() == [3, 1]
    assert "options_absent" in codes(wave)
    assert "items_absent" in codes(wave)


def test_code_and_text_headings_give_texts_to_inferred_questions(written):
    text = "id. Response ID,submitdate. Date submitted,FAS[1]. Which [Own, or lent],FAS[2]. Which [All [but] one]\n1,,Yes,No\n2,,No,Yes\n"
    wave = read(written(text.replace("Own, or", '"Own" or').replace('"', "")))
    asked = wave.questionnaire.choice("FAS")
    assert asked.text.en == asked.text.ru == "Which"
    assert [o.text.en for o in asked.options] == ["Own or lent", "All [but] one"]
    assert wave.respondents == ("1", "2")
    assert "questionnaire_inferred" in codes(wave)


def test_system_columns_in_the_language_of_the_survey_are_no_questions(written):
    text = "ID ответа,Дата отправки,Последняя страница,Откуда вы?\n5,2024-01-01,2,Кемерово\n"
    path = written(text)
    assert detect(path).format == "limesurvey"
    wave = read(path)
    assert wave.respondents == ("5",)
    assert len(wave.questionnaire.questions) == 1


@pytest.mark.parametrize(("yes", "no"), [("1", "2"), ("1", "0")])
def test_converted_ticks_are_read_with_a_grave_remark(written, yes, no):
    text = f"id,submitdate,FAS[SQ001],FAS[SQ002]\n1,d,{yes},{no}\n2,d,{no},{no}\n3,d,,\n"
    wave = read(written(text))
    assert cells(wave) == [[S, N], [N, N], [X, X]]
    assert next(r for r in wave.remarks if r.code == "yes_no_converted").grave


def test_converted_ticks_of_any_kind_are_read_when_the_analyst_names_them(written):
    path = written("id,submitdate,FAS[SQ001],FAS[SQ002]\n1,d,2,1\n2,d,1,1\n")
    wave = read(path, questionnaire=QUESTIONNAIRE, yes="2", no="1")
    assert cells(wave) == [[S, N, N], [N, N, N]]
    assert "yes_no_converted" not in codes(wave)


def test_converted_ticks_of_an_unknown_kind_are_asked_for(written):
    path = written("id,submitdate,FAS[SQ001],FAS[SQ002]\n1,d,plus,minus\n")
    with pytest.raises(SurveyError, match="for a ticked and for a left option is expected"):
        read(path, questionnaire=QUESTIONNAIRE)


def test_repeated_headings_are_read_by_place(written):
    text = "id,submitdate,Ja[other],A,Ja[other],B,Ja[other]\n1,d,x,1,y,2,z\n"
    wave = read(written(text))
    assert [r.values for q, r in wave.responses.items() if q.startswith("Ja")] == [
        ("x",),
        ("y",),
        ("z",),
    ]
    assert "headings_repeated" in codes(wave)


def test_dates_of_anonymous_answers_say_only_that_they_were_submitted(written):
    wave = read(
        written("id,submitdate,startdate,q\n1,1980-01-01 00:00:00,1980-01-01 00:00:00,5\n2,,,\n")
    )
    assert wave.submitted.tolist() == [True, False]
    assert "dates_anonymised" in codes(wave)


def test_times_are_seconds_and_timings_are_no_questions(written):
    text = "id,submitdate,q,interviewtime,groupTime12,qTime\n1,d,5,61.5,30,20\n2,d,4,,,\n"
    wave = read(written(text))
    assert wave.seconds[0] == 61.5
    assert np.isnan(wave.seconds[1])
    assert [q.id for q in wave.questionnaire.questions] == ["q"]


def test_time_taken_is_told_by_start_and_submission_too(written):
    wave = read(written("id,startdate,submitdate,q\n1,2024-01-01 10:00:00,2024-01-01 10:02:05,1\n"))
    assert wave.seconds.tolist() == [125]


def test_columns_that_may_identify_a_person_are_left_out_and_named(written):
    wave = read(
        written("id,submitdate,token,ipaddr,firstname,attribute_1,q\n1,d,abc,10.0.0.1,A,B,5\n")
    )
    assert [q.id for q in wave.questionnaire.questions] == ["q"]
    told = next(str(r) for r in wave.remarks if r.code == "personal_dropped")
    assert all(name in told for name in ("token", "ipaddr", "firstname", "attribute"))


def test_a_ranking_gives_the_rank_of_each_option(written):
    text = "id,submitdate,r[1],r[2],r[3]\n1,d,A2,A1,\n2,d,A1,A3,A2\n3,d,,,\n"
    wave = read(written(text))
    got = wave.numbers("r")
    assert got.columns == ("A1", "A2", "A3")
    assert np.nan_to_num(got.values, nan=0).tolist() == [[2, 1, 0], [1, 3, 2], [0, 0, 0]]


def test_an_array_of_numbers_is_a_rating_on_the_scale_found(written):
    wave = read(written("id,submitdate,a[x],a[y]\n1,d,1,5\n2,d,3,\n"))
    question = wave.questionnaire.question("a")
    assert (question.kind, question.scale.low, question.scale.high) == ("rating", 1, 5)
    assert "scale_inferred" in codes(wave)


def test_grades_that_begin_with_a_number_keep_their_labels(written):
    wave = read(written("id,submitdate,a[x],a[y]\n1,d,1 (never),4\n2,d,5 - always,2\n"))
    assert wave.numbers("a").values.tolist() == [[1, 4], [5, 2]]
    assert wave.questionnaire.question("a").scale.labels[5].en == "always"


def test_an_array_of_words_stays_choices_because_their_order_is_not_known(written):
    wave = read(
        written(
            "id,submitdate,a[x],a[y]\n"
            "1,d,Often,Rarely\n2,d,Rarely,Often\n3,d,Often,Often\n4,d,Rarely,Rarely\n"
        )
    )
    assert [q.kind for q in wave.questionnaire.questions] == ["single", "single"]
    assert (wave.choice("a_x").cells == S).sum(axis=0).tolist() == [2, 2]


def test_labels_of_grades_are_matched_to_the_scale_of_the_questionnaire(written):
    path = written("id,submitdate,rate[a],rate[b]\n1,d,Много,1\n2,d,little,Sometimes\n")
    wave = read(path, questionnaire=QUESTIONNAIRE)
    assert np.nan_to_num(wave.numbers("rate").values, nan=0).tolist() == [[3, 1], [1, 0]]
    assert "values_unknown" in codes(wave)


def test_arrays_in_two_dimensions_and_with_two_scales_keep_both_codes(written):
    wave = read(written("id,submitdate,a[x_1],a[x_2],b[y][1],b[y][2]\n1,d,1,2,3,4\n2,d,2,1,4,3\n"))
    assert wave.numbers("a").columns == ("x_1", "x_2")
    assert wave.numbers("b").columns == ("y_1", "y_2")


def test_comments_stand_beside_their_options_and_questions(written):
    text = "id,submitdate,m[a],m[acomment],m[b],m[bcomment],l,l[comment]\n1,d,Y,cheap,,,yes,sure\n2,d,,,Y,,no,\n"
    wave = read(written(text))
    assert cells(wave, "m") == [[S, N], [N, S]]
    assert wave.responses["m:a"].values == ("cheap", None)
    assert wave.responses["l_comment"].values == ("sure", None)


def test_words_beside_a_single_choice_belong_to_its_other(written):
    text = "id,submitdate,l,l[other]\n1,d,A1,\n2,d,-oth-,grants\n3,d,A1,\n4,d,A1,\n"
    wave = read(written(text))
    asked = wave.questionnaire.choice("l")
    beside = next(o for o in asked.options if o.open_text)
    assert wave.responses[f"l:{beside.id}"].values == (None, "grants", None, None)
    assert (wave.choice("l").cells == S).sum() == 4


def test_uploads_leave_out_the_count_of_files(written):
    wave = read(written('id,submitdate,u,u[filecount]\n1,d,"[{""name"":""a""}]",1\n'))
    assert list(wave.responses) == ["u"]


def test_a_masked_formula_is_restored(written):
    wave = read(written("id,submitdate,t\n1,d,'=1+1 is two\n"))
    assert wave.responses["t"].values == ("=1+1 is two",)


def test_the_group_of_a_respondent_is_a_column_that_the_analyst_names(written):
    path = written("id,submitdate,who,q\n1,d,business,5\n2,d,,4\n3,d,Science,4\n")
    wave = read(path, group_column="who", group_names={"science": "academics"})
    assert wave.groups == ("business", "all", "academics")
    assert wave.group_of.tolist() == [0, 1, 2]
    assert [q.id for q in wave.questionnaire.questions] == ["q"]
    assert "group_missing" in codes(wave)
    with pytest.raises(SurveyError, match="has no column whom"):
        read(path, group_column="whom")


def test_vv_keeps_what_was_not_shown_and_its_escapes(written):
    text = (
        "Response ID\tDate submitted\tSources [Own]\tSources [Loans]\tWhy?\n"
        "id\tsubmitdate\tFAS_SQ001\tFAS_SQ002\twhy\n"
        "1\t2024-01-01\tY\t\ta{newline}b{tab}{lbrace}c}\n"
        "2\t2024-01-01\t{question_not_shown}\t{question_not_shown}\t{question_not_shown}\n"
    )
    path = written(text, "vvexport_1.csv")
    wave = read(path)
    assert detect(path).format == "limesurvey"
    assert cells(wave) == [[S, N], [X, X]]
    assert wave.responses["why"].values == ("a\nb\t{c}", None)
    assert [o.text.en for o in wave.questionnaire.choice("FAS").options] == ["Own", "Loans"]


STRUCTURE = """<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
<questions><rows><row><qid>3</qid><type>M</type><title>FAS</title></row>
<row><qid>31</qid><type>L</type><title>one</title></row>
<row><qid>32</qid><type>R</type><title>ord</title></row></rows></questions>
<subquestions><rows><row><qid>4</qid><parent_qid>3</parent_qid><title>SQ001</title></row>
<row><qid>5</qid><parent_qid>3</parent_qid><title>SQ002</title></row></rows></subquestions>
<answers><rows><row><aid>1</aid><qid>31</qid><code>A1</code></row><row><aid>2</aid><qid>31</qid><code>A2</code></row>
<row><aid>3</aid><qid>32</qid><code>B1</code></row><row><aid>4</aid><qid>32</qid><code>B2</code></row></rows></answers>
<question_l10ns><rows><row><qid>3</qid><question><![CDATA[<p>Which <b>sources</b>?</p>]]></question></row>
<row><qid>4</qid><question>Own &amp; lent</question></row><row><qid>5</qid><question>Loans</question></row>
<row><qid>31</qid><question>One?</question></row><row><qid>32</qid><question>Order</question></row></rows></question_l10ns>
<answer_l10ns><rows><row><aid>1</aid><answer>First</answer></row><row><aid>2</aid><answer>Second</answer></row>
<row><aid>3</aid><answer>Bus</answer></row><row><aid>4</aid><answer>Tram</answer></row></rows></answer_l10ns></document>"""
ANSWERS = """<?xml version="1.0" encoding="UTF-8"?><document><responses><fields><fieldname>id</fieldname></fields>
<rows><row><id>11</id><submitdate>2024-01-01</submitdate><_84X3X3SQ001>Y</_84X3X3SQ001><_84X3X3SQ002></_84X3X3SQ002>
<_84X3X31>A2</_84X3X31><_84X3X321>B2</_84X3X321><_84X3X322>B1</_84X3X322></row>
<row><id>12</id><submitdate></submitdate><_84X3X31>A1</_84X3X31></row></rows></responses></document>"""


def archive(tmp_path, structure=STRUCTURE, answers=ANSWERS):
    path = tmp_path / "survey.lsa"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("survey_84.lss", structure)
        made.writestr("survey_84_responses.lsr", answers)
    return path


def test_an_archive_tells_texts_kinds_and_what_was_not_shown(tmp_path):
    path = archive(tmp_path)
    assert detect(path).format == "limesurvey"
    wave = read(path)
    assert wave.respondents == ("11", "12")
    assert wave.submitted.tolist() == [True, False]
    assert cells(wave) == [[S, N], [X, X]]
    asked = wave.questionnaire.choice("FAS")
    assert (asked.text.en, asked.options[0].text.en) == ("Which sources ?", "Own & lent")
    assert [o.text.en for o in wave.questionnaire.choice("one").options] == ["First", "Second"]
    assert cells(wave, "one") == [[N, S], [S, N]]
    assert wave.numbers("ord").values[0].tolist() == [2, 1]
    assert not wave.numbers("ord").shown[1].any()


def test_a_structure_beside_a_csv_names_options_that_nobody_chose(written):
    lss = written(STRUCTURE, "survey.lss")
    wave = read(written("id,submitdate,one\n1,d,A1\n"), dictionary=lss)
    assert [o.text.en for o in wave.questionnaire.choice("one").options] == ["First", "Second"]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><document/>', "defines entities"),
        (ANSWERS[: len(ANSWERS) // 2], "damaged or cut short"),
    ],
)
def test_harmful_or_damaged_archives_are_refused(tmp_path, answers, sentence):
    with pytest.raises(SurveyError, match=sentence):
        read(archive(tmp_path, answers=answers))


def test_headings_without_answers_are_refused(written):
    with pytest.raises(SurveyError, match="holds no answers"):
        read(written("id,submitdate,q\n"))


def test_the_reader_is_found_by_name():
    assert reader("limesurvey").title.en.startswith("LimeSurvey")


def test_a_ranking_under_full_headings_is_known_by_the_numbers_of_its_places(written):
    text = "id,submitdate,Order? [Rank 1],Order? [Rank 2]\n1,d,Bus,Tram\n2,d,Tram,\n"
    wave = read(written(text))
    asked = wave.questionnaire.questions[0]
    got = dict(
        zip(
            [o.text.en for o in asked.options],
            wave.numbers(asked.id).values.T.tolist(),
            strict=True,
        )
    )
    assert got["Tram"] == [2, 1]
    assert got["Bus"][0] == 1


def test_a_workbook_is_read_as_a_csv_is(tmp_path):
    book = Workbook()
    for row in CODE.replace('"', "").strip().splitlines():
        book.active.append([cell or None for cell in row.split(",")])
    book.save(tmp_path / "results.xlsx")
    wave = read(tmp_path / "results.xlsx")
    assert cells(wave) == [[S, N, N], [N, N, S]]
    assert wave.submitted.tolist() == [True, False]


def test_headings_by_number_are_read_and_named_by_the_structure(written):
    path = written("id,submitdate,84X3X3SQ001,84X3X3SQ002,84X3X31\n1,d,Y,,A2\n2,d,,Y,A1\n")
    assert detect(path).format == "limesurvey"
    assert read(path).choice("Q3").cells.tolist() == [[S, N], [N, S]]
    wave = read(path, dictionary=written(STRUCTURE, "survey.lss"))
    assert cells(wave) == [[S, N], [N, S]]
    assert cells(wave, "one") == [[N, S], [S, N]]
