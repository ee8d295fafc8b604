"""A wave from nothing to a ranking, as somebody does it who has never done it before.

Only commands and browsers are used: ten people open ten links in ten browsers of their own, in both
languages, on a telephone and on a desk.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter

import pytest
import yaml

from app.study import bundled_studies

pytestmark = pytest.mark.browser

KONSILIUM = (sys.executable, "-c", "import sys; from app.cli import main; sys.exit(main())")
SIZES = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
PEOPLE = {"producers": 4, "researchers": 3, "residents": 3}
# Beside the template's two multiple choices: one question of every other kind.
MORE = """
  - id: role
    kind: single
    required: true
    text: {en: "What is your role?", ru: "Какова ваша роль?"}
    options:
      - {id: head, text: {en: Head, ru: Руководитель}}
      - {id: expert, text: {en: Specialist, ru: Специалист}}
      - {id: else, text: {en: Another, ru: Другая}, residual: true, open_text: true}
  - id: agree
    kind: rating
    text: {en: "How far do you agree?", ru: "Насколько вы согласны?"}
    options:
      - {id: a, text: {en: Plans are clear, ru: Планы ясны}}
      - {id: b, text: {en: Means suffice, ru: Средств хватает}}
  - id: order
    kind: ranking
    text: {en: Put in order, ru: Расположите по порядку}
    options:
      - {id: x, text: {en: Roads, ru: Дороги}}
      - {id: y, text: {en: Schools, ru: Школы}}
      - {id: z, text: {en: Clinics, ru: Поликлиники}}
  - id: share
    kind: points
    text: {en: Share 100 points, ru: Распределите 100 баллов}
    options:
      - {id: places_of_work, text: {en: Places of work, ru: Рабочие места}}
      - {id: start_cost, text: {en: Cost of starting, ru: Стоимость запуска}}
  - id: pairs
    kind: pairwise
    text: {en: Compare in pairs, ru: Сравните попарно}
    options:
      - {id: x, text: {en: Roads, ru: Дороги}}
      - {id: y, text: {en: Schools, ru: Школы}}
      - {id: z, text: {en: Clinics, ru: Поликлиники}}
  - id: ends
    kind: best_worst
    text: {en: The best and the worst, ru: Лучшее и худшее}
    options:
      - {id: x, text: {en: Roads, ru: Дороги}}
      - {id: y, text: {en: Schools, ru: Школы}}
      - {id: z, text: {en: Clinics, ru: Поликлиники}}
  - id: levels
    kind: grid
    text: {en: "How high?", ru: "Каков уровень?"}
    options:
      - {id: orchards, text: {en: Orchards, ru: Сады}}
      - {id: sensors, text: {en: Sensors, ru: Датчики}}
      - {id: timber_houses, text: {en: Houses, ru: Дома}}
      - {id: eco_tourism, text: {en: Tourism, ru: Туризм}}
    criteria:
      - {id: skill_level, text: {en: Skill of the work, ru: Сложность труда}}
  - id: years
    kind: number
    low: 0
    high: 60
    text: {en: Years of experience, ru: Стаж}
    unit: {en: years, ru: лет}
  - id: words
    kind: text
    text: {en: In your own words, ru: Своими словами}
"""

# Points weigh two criteria beside what the needs ask for; a grid rates one instead of the analyst.
CHANGES = {
    "    weight: 0.7\n": "    weight: 0.4\n",
    "blocks:\n": """blocks:
  - {id: points, question: share, weight: 0.3, kind: criteria, title: {en: Points, ru: Баллы}}
""",
    "directions:\n": "directions:\n  ratings: [levels]\n",
}


def konsilium(*arguments, expected=0):
    """Run a command as a person does; its output."""
    done = subprocess.run(
        [*KONSILIUM, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == expected, done.stderr
    return done.stdout


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A region's own study, with a questionnaire of every kind of question."""
    monkeypatch.setenv("KONSILIUM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("KONSILIUM_LANG", "en")
    monkeypatch.delenv("KONSILIUM_DATABASE_URL", raising=False)
    folder = tmp_path / "region"
    shutil.copytree(bundled_studies()["template"], folder)
    questionnaire = folder / "questionnaire.yaml"
    questionnaire.write_text(questionnaire.read_text("utf-8").rstrip() + MORE, "utf-8")
    settings = folder / "study.yaml"
    text = settings.read_text("utf-8")
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new, 1)
    settings.write_text(text, "utf-8")
    scores = folder / "scores.csv"
    kept = [row for row in scores.read_text("utf-8").splitlines() if "skill_level" not in row]
    scores.write_text("\n".join(kept), "utf-8")
    return folder


class Collecting:
    """`konsilium collect`, started and stopped by its process id."""

    def __init__(self, study):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [*KONSILIUM, "collect", str(study), "--port", str(port)], stdout=subprocess.DEVNULL
        )

    def __enter__(self):
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2) as answer:
                    assert answer.status == 200
                    return self.address
            except OSError:
                assert self.process.poll() is None, "the server ended by itself"
                time.sleep(0.1)
        raise AssertionError("the server did not answer within a minute")

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=30) == 0


def fill(page, person):
    """Answer whatever the page asks, as this person would."""
    form = page.locator("form[data-kind]")
    match form.get_attribute("data-kind"):
        case "single" | "multiple":
            options = form.locator("input[name=chosen]:not([data-exclusive])")
            options.nth(person % options.count()).check(force=True)
            if form.get_attribute("data-kind") == "multiple":
                options.nth((person + 1) % options.count()).check(force=True)
        case "rating" | "grid" | "pairwise":
            for row in form.locator("fieldset.row").all():
                steps = row.locator("input[type=radio]")
                steps.nth(person % steps.count()).check(force=True)
        case "ranking":
            for place, each in enumerate(form.locator("select").all(), 1):
                each.select_option(str(place))
        case "points":
            first, second = form.locator("input[inputmode=decimal]").all()
            first.fill("60")
            second.fill("40")
        case "best_worst":
            form.locator("#best-0").check(force=True)
            form.locator("#worst-1").check(force=True)
            for row in form.locator("section.block fieldset.row").all():
                if row.is_visible():
                    row.locator("input[type=radio]").nth(2).check(force=True)
        case "number":
            form.locator("#a-0").fill(str(10 + person))
        case "text":
            form.locator("textarea").fill(f"=1+{person} слова")


def respond(chromium, link, person, screenshots):
    """Open a link in a browser of one's own, answer everything, submit; languages seen."""
    context = chromium.new_context(
        viewport=SIZES[person % 2],
        locale=("ru-RU", "en-GB")[person // 2 % 2],
        color_scheme=("light", "dark")[person // 4 % 2],
        java_script_enabled=person != 9,
    )
    page = context.new_page()
    faults, elsewhere = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: elsewhere.append(asked.url))
    page.goto(link)
    assert link.rsplit("/", 1)[1] not in page.url
    language = page.locator("html").get_attribute("lang")
    kinds = []
    picture(page, screenshots, person, "start")
    page.locator("#consent").check()
    go(page, "button.main")
    while "/q/" in page.url:
        kind = page.locator("form[data-kind]").get_attribute("data-kind")
        kinds.append(kind)
        assert page.locator("input:checked").count() == 0, "something is preselected"
        fill(page, person)
        if kind == "best_worst" and person == 9:  # without script in two steps
            go(page, "[data-compare] button")
            fill(page, person)
        overflow = "document.documentElement.scrollWidth - window.innerWidth"
        if person != 9:
            assert page.evaluate(overflow) <= 0, f"{kind} is wider than the page"
        picture(page, screenshots, person, f"{len(kinds):02}-{kind}")
        before = page.url
        go(page, "button.main[value=next]")
        assert page.url.split("?")[0] != before.split("?")[0], page.locator("main").inner_text()
    picture(page, screenshots, person, "review")
    go(page, "button.main")
    assert page.url.endswith("/done")
    picture(page, screenshots, person, "done")
    page.goto(link)
    assert page.locator("form").count() <= 1, "a used link must not open again"
    host = link.split("/i/")[0]
    assert all(url.startswith(host) for url in elsewhere)
    assert [each for each in faults if "410" not in each and "404" not in each] == []
    context.close()
    return language, kinds


def go(page, button):
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.locator(button).first.click()


def picture(page, folder, person, name):
    page.screenshot(path=folder / f"wave-{person}-{name}.png", full_page=True)


@pytest.mark.slow
def test_from_nothing_to_a_ranking(study, tmp_path, chromium, screenshots):
    made = konsilium("wave", "create", study, "--contact", "council@example.org", "--min-cell", 3)
    wave = re.search(r"\b[0-9a-f]{8}\b", made)[0]
    counts = [part for group, n in PEOPLE.items() for part in ("--count", f"{group}={n}")]
    with Collecting(study) as address:
        konsilium("wave", "invite", wave, *counts, "--url", address, "--out", tmp_path / "links")
        with (tmp_path / "links" / "links.csv").open(encoding="utf-8-sig", newline="") as file:
            links = [row["link"] for row in csv.DictReader(file)]
        assert len(links) == sum(PEOPLE.values()) == 10
        konsilium("wave", "open", wave)
        seen = [respond(chromium, link, k, screenshots) for k, link in enumerate(links)]
        assert Counter(language for language, _ in seen) == {"ru": 6, "en": 4}
        assert all(len(kinds) == len(set(kinds)) + 1 == 11 for _, kinds in seen)
        assert "10" in konsilium("wave", "status", wave)
        konsilium("wave", "close", wave, "--yes")
    told = konsilium("wave", "freeze", wave, "--study", study)
    assert re.search(r"[0-9a-f]{16}", told), "the digest is shown"
    settings = yaml.safe_load((study / "study.yaml").read_text("utf-8"))
    assert {g["id"]: g["experts"] for g in settings["groups"]} == PEOPLE
    konsilium("validate", study)
    konsilium("run", study, "--out", tmp_path / "out", "--draws", 500)
    found = json.loads((tmp_path / "out" / "findings.json").read_text("utf-8"))
    headline = found["directions"]["headline"]
    assert min(found["directions"]["ranks"][headline].values()) < 2
    # Everybody gave 60 and 40 points; the ten rated 1 to 5, each twice.
    weights = {
        c: found["priorities"]["share"][c]["weight"] for c in ("places_of_work", "start_cost")
    }
    assert weights == pytest.approx({"places_of_work": 0.6, "start_cost": 0.4})
    assert found["criteria_weights"]["start_cost"] > 0.3 * 0.4
    with (tmp_path / "out" / "report.html").open(encoding="utf-8") as file:
        assert "mean of the ratings of 10 experts from 1 to 5" in file.read()
    # As counted by hand from what the ten people ticked: two options each, one after another.
    with (study / "answers" / "responses.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    ticked = Counter(
        r["option"] for r in rows if (r["question"], r["state"]) == ("needs", "selected")
    )
    options = [
        o["id"]
        for o in yaml.safe_load((study / "questionnaire.yaml").read_text("utf-8"))["questions"][0][
            "options"
        ]
    ]
    by_hand = Counter()
    for person in range(10):
        by_hand[options[person % len(options)]] += 1
        by_hand[options[(person + 1) % len(options)]] += 1
    assert ticked == by_hand
