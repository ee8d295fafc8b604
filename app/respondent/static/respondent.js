// Saves each answer as it is given. The page works without it; nothing is kept but in memory.
"use strict";

(() => {
  const form = document.getElementById("answer");
  if (!form) return;
  const texts = JSON.parse(form.dataset.texts);
  const status = document.getElementById("status");
  const PAUSE = 400;
  const FIRST_RETRY = 1000;
  const LAST_RETRY = 30000;
  const PATIENCE = 25000;

  let given = 0; // counts what was changed
  let stored = 0; // the last change that the server has confirmed
  let sending = null; // the save in flight, of which there is never more than one
  let flight = null; // how to give it up
  let timer = 0;
  let retry = FIRST_RETRY;
  let refused = false;
  let leaving = false;

  const fill = (text, fields) => text.replace(/\{(\w+)\}/g, (all, name) => fields[name] ?? all);

  const tell = (text, trouble = false) => {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("trouble", trouble);
  };

  const body = () => new URLSearchParams(new FormData(form));

  const clock = () =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(new Date());

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(() => save(), pause);
  };

  const again = () => {
    tell(navigator.onLine === false ? texts.offline : texts.waiting, true);
    later(retry);
    retry = Math.min(2 * retry, LAST_RETRY);
  };

  const post = (keepalive, signal) =>
    fetch(form.dataset.save, {
      method: "POST",
      body: body(),
      keepalive,
      signal,
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });

  // True once everything that was given is stored.
  function save(keepalive = false) {
    clearTimeout(timer);
    if (sending) return sending.then(() => (given > stored && !refused ? save() : given === stored));
    if (given === stored || leaving) return Promise.resolve(given === stored);
    const mine = given;
    flight = new AbortController();
    const stop = flight;
    const patience = setTimeout(() => stop.abort(), PATIENCE);
    refused = false;
    sending = post(keepalive, stop.signal)
      .then((answer) => answer.json().then((said) => ({ ok: answer.ok, said })))
      .then(({ ok, said }) => {
        if (ok && said.saved) {
          stored = mine;
          retry = FIRST_RETRY;
          if (given === stored) tell(fill(texts.saved, { time: clock() }));
        } else if (said.refused && !said.again) {
          refused = true;
          if (given === mine) tell(fill(texts.refused, { reason: said.refused }), true);
        } else {
          again();
        }
      })
      .catch(() => {
        if (!leaving) again();
      })
      .finally(() => {
        clearTimeout(patience);
        sending = null;
      })
      .then(() => {
        // What was given meanwhile is sent now, and only now.
        if (given > mine && stored === mine) later(0);
        else if (given > mine && refused) later(PAUSE);
        return given === stored;
      });
    return sending;
  }

  const changed = () => {
    given += 1;
    leaving = false;
    later(PAUSE);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  addEventListener("online", () => {
    retry = FIRST_RETRY;
    if (given > stored) save();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && given > stored && !leaving) save(true);
  });
  addEventListener("pagehide", () => {
    if (given === stored || leaving) return;
    // No answer will be seen any more: the older save is given up for the newest state.
    flight?.abort();
    post(true).catch(() => {});
  });
  addEventListener("beforeunload", (event) => {
    if (given > stored && !leaving) event.preventDefault();
  });

  // A button of the page: what is in flight arrives first, then the form goes its ordinary way.
  let going = false;
  form.addEventListener("submit", async (event) => {
    const offline = navigator.onLine === false;
    if (going || (given === stored && !sending && !offline)) {
      leaving = true;
      // If the page is still here after a while, the line is gone: saving goes on.
      setTimeout(() => {
        leaving = false;
      }, PATIENCE);
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    clearTimeout(timer);
    const clean = await save();
    if (!clean && !refused) {
      tell(navigator.onLine === false ? texts.offline : texts.waiting, true);
      status.scrollIntoView({ block: "nearest" });
      return;
    }
    if (navigator.onLine === false) {
      tell(texts.offline, true);
      return;
    }
    going = true;
    form.requestSubmit(button);
    going = false;
  });

  // "Take the answer back" without going to the server for a page.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear]");
    if (!button) return;
    event.preventDefault();
    for (const input of form.querySelectorAll("input:checked")) {
      if (input.name === button.dataset.clear) {
        input.checked = false;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    button.parentElement.querySelector("input")?.focus();
  });

  // Options that stand alone, and the most that may be chosen.
  const choices = form.querySelector(".choices");
  const boxes = [...form.querySelectorAll('.choices input[type="checkbox"]')];
  const most = Number(choices?.dataset.most || Infinity);
  const limit = () => {
    const count = boxes.filter((box) => box.checked).length;
    const full = count >= most;
    for (const box of boxes) {
      box.disabled = full && !box.checked && !("exclusive" in box.dataset);
      const words = form.querySelector(`[data-beside="${box.id}"]`);
      if (words) words.disabled = box.disabled && !words.value;
    }
    const words = form.querySelector("[data-full]");
    if (words) words.textContent = full && boxes.length > most ? texts.full : "";
  };
  if (boxes.length) {
    if (most < boxes.length) {
      const words = document.createElement("p");
      words.className = "hint";
      words.dataset.full = "";
      words.setAttribute("aria-live", "polite");
      choices.append(words);
    }
    form.addEventListener(
      "change",
      (event) => {
        const box = event.target;
        if (box.type === "checkbox" && box.checked) {
          for (const other of boxes) {
            const alone = "exclusive" in box.dataset || "exclusive" in other.dataset;
            if (other !== box && alone) other.checked = false;
          }
        }
        limit();
      },
      true,
    );
    limit();
  }

  // Words beside an option choose it.
  for (const words of form.querySelectorAll("[data-beside]")) {
    const box = document.getElementById(words.dataset.beside);
    words.addEventListener("input", () => {
      if (words.value.trim() && !box.checked && !box.disabled) {
        box.checked = true;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  // Points add up as one types.
  const points = form.querySelector("[data-total]");
  if (points) {
    const total = Number(points.dataset.total);
    const sum = points.querySelector("[data-sum]");
    const figure = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
    const read = (text) => Number(text.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".") || 0);
    const add = () => {
      const fields = [...points.querySelectorAll("input")];
      const amount = fields.reduce((all, field) => all + (read(field.value) || 0), 0);
      const rest = Math.round((total - amount) * 100) / 100;
      const over = rest < 0;
      sum.classList.toggle("over", over);
      sum.textContent = fill(over ? texts.over : texts.given, {
        given: figure.format(amount),
        left: figure.format(rest),
        over: figure.format(-rest),
      });
    };
    form.addEventListener("input", add);
    add();
  }

  // What a comparison says, in words.
  form.addEventListener("change", (event) => {
    const pair = event.target.closest(".pair");
    if (!pair) return;
    const chosen = pair.querySelector("input:checked");
    pair.querySelector("[data-said]").textContent = chosen
      ? chosen.parentElement.querySelector(".unseen").textContent
      : "";
  });

  // The best and the worst: comparisons appear with them, and go with them.
  if (form.dataset.kind === "best_worst") {
    const named = (name) => form.querySelector(`input[name="${name}"]:checked`);
    const show = (event) => {
      const changedName = event?.target.name;
      const best = named("best");
      const worst = named("worst");
      const both = Boolean(best && worst && best.value !== worst.value);
      for (const [name, option] of [["best", best], ["worst", worst]]) {
        const section = form.querySelector(`[data-against="${name}"]`);
        section.hidden = !both;
        section.querySelector("h2").textContent = fill(section.dataset.title, {
          name: option?.dataset.text ?? "",
        });
        if (changedName === name) {
          // Comparisons with another one are not comparisons with this one.
          for (const input of section.querySelectorAll("input:checked")) input.checked = false;
        }
        form.querySelector(`[name="seen-${name}"]`).value = option?.value ?? "";
        for (const row of section.querySelectorAll("[data-row]")) {
          const itself = row.dataset.row === option?.value;
          row.hidden = itself || (name === "worst" && row.dataset.row === best?.value);
          if (row.hidden) {
            for (const input of row.querySelectorAll("input:checked")) input.checked = false;
          }
        }
      }
      form.querySelector("[data-compare]").hidden = true;
    };
    form.addEventListener("change", show, true);
    show();
  }

  // Order: buttons over the plain lists of places.
  const ranks = form.querySelector("[data-ranks]");
  if (ranks) {
    const places = Number(form.querySelector(".ranking").dataset.most);
    const rows = [...ranks.children];
    const select = (row) => row.querySelector("select");
    const said = document.createElement("p");
    said.className = "unseen";
    said.setAttribute("aria-live", "polite");
    ranks.after(said);
    const order = () =>
      rows
        .filter((row) => select(row).value)
        .sort((a, b) => Number(select(a).value) - Number(select(b).value));

    const write = (placed, moved) => {
      for (const row of rows) {
        const place = placed.indexOf(row);
        select(row).value = place < 0 || place >= places ? "" : String(place + 1);
      }
      draw();
      const place = select(moved).value;
      said.textContent = fill(place ? texts.place : texts.out, {
        option: moved.dataset.option,
        place,
      });
      changed();
    };

    const buttons = (row) => {
      const make = (sign, name, label) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = sign;
        button.dataset.move = name;
        button.setAttribute("aria-label", fill(label, { option: row.dataset.option }));
        button.title = button.getAttribute("aria-label");
        row.querySelector(".tools").append(button);
      };
      make("↑", "up", texts.higher);
      make("↓", "down", texts.lower);
      make("+", "add", texts.add);
      make("×", "out", texts.remove);
    };

    const draw = () => {
      const placed = order();
      const focus = document.activeElement;
      for (const row of [...placed, ...rows.filter((row) => !placed.includes(row))]) {
        ranks.append(row);
        const place = placed.indexOf(row);
        row.classList.toggle("placed", place >= 0);
        for (const button of row.querySelectorAll("[data-move]")) {
          const move = button.dataset.move;
          if (move === "add") button.hidden = place >= 0 || placed.length >= places;
          else button.hidden = place < 0;
          if (move === "up") button.disabled = place === 0;
          if (move === "down") button.disabled = place === placed.length - 1;
        }
      }
      if (focus && ranks.contains(focus)) {
        const usable = (button) => button && !button.hidden && !button.disabled;
        const own = focus.closest(".rank");
        const next = usable(focus) || focus.tagName === "SELECT" ? focus : [...own.querySelectorAll("[data-move]")].find(usable);
        (next ?? select(own)).focus();
      }
    };

    ranks.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      const row = button.closest(".rank");
      const placed = order().filter((each) => each !== row);
      const place = order().indexOf(row);
      const move = button.dataset.move;
      if (move === "add") placed.push(row);
      if (move === "up") placed.splice(Math.max(place - 1, 0), 0, row);
      if (move === "down") placed.splice(place + 1, 0, row);
      write(placed, row);
    });
    ranks.addEventListener("change", (event) => {
      // A place chosen from the list moves the others on.
      const row = event.target.closest(".rank");
      const wanted = select(row).value;
      const placed = order().filter((each) => each !== row);
      if (wanted) placed.splice(Math.min(Number(wanted) - 1, placed.length), 0, row);
      write(placed, row);
    });
    rows.forEach(buttons);
    draw();
  }

  const problems = document.getElementById("problems");
  if (problems) problems.focus();
  // Links of the list of problems lead to what they name.
  problems?.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    (target.matches("fieldset") ? target.querySelector("input") : target)?.focus();
  });
  document.querySelector("[data-plain-save]")?.setAttribute("hidden", "");
})();
