"""A browser without scripts: it sees a page's forms, fills them in, and presses their buttons."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlencode


class Page(HTMLParser):
    """What a page holds: its forms with their fields as a browser would send them, and its text."""

    def __init__(self, html):
        super().__init__()
        self.forms, self.text, self.links, self.lang = [], [], [], None
        self._form = self._select = self._area = None
        self._apart = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        match tag:
            case "html":
                self.lang = a.get("lang")
            case "a" | "link" | "script":
                self.links.append(a.get("href") or a.get("src"))
            case "form":
                self._form = Form(a)
                self.forms.append(self._form)
            case "input" if self._form is not None and a.get("name"):
                kind = a.get("type", "text")
                if kind in ("radio", "checkbox"):
                    self._form.choices.setdefault(a["name"], []).append(a["value"])
                    if "checked" in a:
                        self._form.add(a["name"], a["value"])
                else:
                    self._form.typed.append(a["name"])
                    self._form.add(a["name"], a.get("value", ""))
            case "select":
                self._select = a["name"]
                self._form.choices[a["name"]] = []
                self._form.fields[a["name"]] = [""]
            case "option" if self._select:
                self._form.choices[self._select].append(a["value"])
                if "selected" in a:
                    self._form.fields[self._select] = [a["value"]]
            case "textarea":
                self._area = a["name"]
                self._form.typed.append(a["name"])
                self._form.fields[a["name"]] = [""]
            case "button":
                pressed = (a.get("name"), a.get("value"))
                if a.get("form"):  # outside of its form, perhaps before it
                    self._apart.append((a["form"], pressed))
                else:
                    self._form.buttons.append(pressed)

    def handle_endtag(self, tag):
        match tag:
            case "form":
                self._form = None
            case "select":
                self._select = None
            case "textarea":
                self._area = None

    def handle_data(self, data):
        if self._area:
            self._form.fields[self._area][0] += data.removeprefix("\n")
        self.text.append(data)

    def close(self):
        super().close()
        for form in self.forms:
            form.buttons += [pressed for id_, pressed in self._apart if id_ == form.id]

    @property
    def words(self):
        return " ".join(" ".join(self.text).split())

    @property
    def form(self):
        (form,) = self.forms
        return form


class Form:
    """A form, and what it would send."""

    def __init__(self, attributes):
        self.id, self.action = attributes.get("id"), attributes.get("action")
        self.kind = attributes.get("data-kind")
        self.fields, self.choices, self.typed, self.buttons = {}, {}, [], []

    def add(self, name, value):
        self.fields.setdefault(name, []).append(value)

    def set(self, name, *values):
        """Fill in as a person can: only what is there, only what is offered."""
        if name in self.choices:
            assert set(values) <= {*self.choices[name], ""}, (name, values)
            self.fields[name] = [v for v in values if v]
        else:
            assert name in self.typed, (name, self.typed)
            self.fields[name] = list(values)

    def sent(self, button=None):
        assert button is None or ("action", button) in self.buttons, (button, self.buttons)
        pairs = [(name, value) for name, values in self.fields.items() for value in values]
        return encoded([*pairs, ("action", button)] if button else pairs)


def encoded(pairs):
    """Body of a form."""
    return urlencode(pairs)


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Respondent:
    """Somebody with a link and a browser without scripts."""

    def __init__(self, client, token):
        self.client, self.token = client, token

    def open(self):
        return Page(self.client.get(f"/i/{self.token}").text)

    def begin(self):
        form = self.open().form
        form.set("consent", "yes")
        self.answer = self.client.post("/begin", content=form.sent(), headers=FORM)
        assert self.answer.status_code == 200
        return self

    def page(self, path):
        self.answer = self.client.get(path)
        return Page(self.answer.text)

    def fill(self, question, answers, button="next"):
        """Fill in the fields of a question and press a button; the page that comes then."""
        form = self.page(f"/q/{question}").form
        for name, values in answers.items():
            form.set(name, *([values] if isinstance(values, str) else values))
        return self.post(f"/q/{question}", form.sent(button))

    def post(self, path, body, **headers):
        self.answer = self.client.post(path, content=body, headers=FORM | headers)
        return Page(self.answer.text)

    @property
    def path(self):
        return self.answer.url.path

    def tag(self):
        return self.page("/q/role").form.fields["tag"][0]
