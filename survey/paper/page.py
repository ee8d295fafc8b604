from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from survey.paper.fields import field_of
from survey.paper.wording import Say, condition_in_words, english, instruction
from survey.questionnaire import Questionnaire

_LONG = 12  # cells from which a question may be broken between pages
_STYLE: Final = """
@page { size: A4; margin: 16mm 16mm 18mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 178mm; padding: 4mm; background: #fff; color: #000;
  font: 10.5pt/1.4 "Noto Sans", "DejaVu Sans", "Segoe UI", Roboto, sans-serif; }
h1 { font-size: 15pt; line-height: 1.25; margin: 0 0 3mm; }
.code { display: flex; justify-content: flex-end; gap: 2mm; margin: 0 0 6mm; }
.blank { display: inline-block; min-width: 36mm; border-bottom: .3mm solid #000; }
.short { min-width: 14mm; }
section { margin: 0 0 7mm; break-inside: avoid; }
section.long { break-inside: auto; }
h2 { font-size: 11pt; margin: 0 0 1mm; break-after: avoid; }
p { margin: 0 0 1.5mm; break-after: avoid; }
.how { font-style: italic; }
.if { font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
li { display: flex; gap: 2.5mm; padding: .7mm 0; break-inside: avoid; }
li > .mark { flex: none; }
li > .words { flex: 1; }
.mark { display: inline-block; width: 4mm; height: 4mm; border: .3mm solid #000; margin-top: .6mm; }
.round { border-radius: 50%; }
.line { display: block; border-bottom: .2mm solid #555; height: 8.5mm; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; hyphens: auto; }
table.many { font-size: 8pt; table-layout: fixed; overflow-wrap: anywhere; }
th.thing { width: 30%; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: .2mm solid #777; padding: 1mm 1.2mm; text-align: center; vertical-align: middle; }
th { font-weight: normal; } th small { display: block; font-size: 7.5pt; }
th.thing, td.thing { text-align: left; }
td.box { min-width: 9mm; height: 8mm; }
"""


def printed_form(questionnaire: Questionnaire, language: str = "en", *, say: Say = english) -> str:
    """HTML page of a questionnaire, to print on A4 and fill in by hand.

    Parameters
    ----------
    questionnaire
        What to print.
    language
        ``en`` or ``ru``: which of its texts.
    say
        Translates the instructions; the questionnaire's own texts are in both languages already.

    """
    title = escape(questionnaire.title.get(language))
    body = "\n".join(_sections(questionnaire, language, say))
    code = escape(say("Code of the respondent"))
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<p class="code">{code} <span class="blank"></span></p>\n{body}\n</body>\n</html>\n'
    )


def _sections(questionnaire: Questionnaire, language: str, say: Say) -> Iterator[str]:
    for number, question in enumerate(questionnaire.questions, 1):
        lines = [f"<h2>{number}. {escape(question.text.get(language))}</h2>"]
        if question.show_if is not None:
            asked = condition_in_words(question.show_if, questionnaire, language, say)
            lines.append(f'<p class="if">{escape(asked)}</p>')
        if question.note is not None:
            lines.append(f"<p>{escape(question.note.get(language))}</p>")
        if how := instruction(question, language, say):
            lines.append(f'<p class="how">{escape(how)}</p>')
        lines.append(field_of(question, language, say))
        long = ' class="long"' if len(question.columns) > _LONG else ""
        yield f"<section{long}>\n" + "\n".join(lines) + "\n</section>"
