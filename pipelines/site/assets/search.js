// Search and filters over data/promises.js. Words are compared by pairs of neighbouring characters:
// Chinese has no spaces to cut at, and a pair that both sides have is evidence whatever the words are.
"use strict";
(() => {
  const { rows, names } = window.MINSHENG;
  const FILTERS = ["year", "place", "status", "theme", "lead"];
  const STEP = 50;
  const LEAST_SHARE = 0.5;
  const form = document.getElementById("filters");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  let shown = STEP;

  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}]+/gu, "");
  const pairs = (text) => {
    const characters = [...fold(text)];
    if (characters.length === 1) return new Set(characters);
    return new Set(characters.slice(1).map((next, i) => characters[i] + next));
  };
  for (const row of rows) {
    row.folded = fold(row.text);
    row.pairs = pairs(row.text);
  }

  // The share of the asked pairs that a promise has; all of them in a row stand before all others.
  const score = (row, asked, wanted) => {
    if (!asked) return 1;
    if (row.folded.includes(asked)) return 2;
    if (wanted.size === 0 || asked.length < 2) return 0;
    let found = 0;
    for (const pair of wanted) found += row.pairs.has(pair) ? 1 : 0;
    const share = found / wanted.size;
    return share >= LEAST_SHARE ? share : 0;
  };

  const values = (row, name) => [row[name]].flat();
  const fits = (row, name, value) => {
    const own = values(row, name);
    return value === "-" ? own.length === 0 || own[0] === "" : own.includes(value);
  };

  const find = () => {
    const chosen = Object.fromEntries(FILTERS.map((name) => [name, form.elements[name].value]));
    const text = form.elements.q.value;
    const asked = fold(text), wanted = pairs(text);
    return rows
      .filter((row) => FILTERS.every((name) => !chosen[name] || fits(row, name, chosen[name])))
      .map((row, at) => ({ row, at, score: score(row, asked, wanted) }))
      .filter((found) => found.score > 0)
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .map((found) => found.row);
  };

  const element = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const bilingual = (parent, [zh, en]) => {
    const chinese = element("span", "zh", zh), english = element("span", "en", en);
    chinese.lang = "zh-Hans";
    english.lang = "en";
    parent.append(chinese, english);
    return parent;
  };

  const show = (row) => {
    const item = element("li"), link = element("a", "source", row.title);
    link.href = row.path;
    link.lang = "zh-Hans";
    const about = element("div", "where");
    if (names.place[row.place]) about.append(bilingual(element("span"), names.place[row.place]));
    if (row.year) about.append(element("span", "", row.year));
    if (row.proposal) about.append(bilingual(element("span"), names.say.is_proposal));
    for (const code of row.status) {
      about.append(bilingual(element("span", `status status-${code}`), names.status[code]));
    }
    item.append(link, about);
    return item;
  };

  const update = () => {
    const found = find();
    list.replaceChildren(...found.slice(0, shown).map(show));
    more.hidden = found.length <= shown;
    document.getElementById("found").hidden = false;
    document.getElementById("found-number").textContent = found.length;
    document.getElementById("nothing-found").hidden = found.length > 0;
    window.speakAgain();
  };

  const remember = () => {
    const asked = new URLSearchParams();
    for (const name of FILTERS) {
      if (form.elements[name].value) asked.set(name, form.elements[name].value);
    }
    const here = new URL(location.href);
    here.hash = asked.toString();
    here.searchParams.delete("q");
    if (form.elements.q.value) here.searchParams.set("q", form.elements.q.value);
    try { history.replaceState(null, "", here); } catch { /* not from disk in every browser */ }
  };

  const fill = (name) => {
    const select = form.elements[name], before = select.value;
    const language = document.documentElement.dataset.language === "en" ? 1 : 0;
    const codes = [...new Set(rows.flatMap((row) => values(row, name)))].filter(Boolean);
    const label = (code) => (names[name]?.[code] ?? [code, code])[language];
    codes.sort((a, b) => label(a).localeCompare(label(b), language ? "en" : "zh-Hans"));
    select.replaceChildren(new Option(names.say.any[language], ""));
    for (const code of codes) select.append(new Option(label(code), code));
    if (rows.some((row) => fits(row, name, "-"))) select.append(new Option(names.say.none[language], "-"));
    select.value = before;
  };

  const readAddress = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of FILTERS) {
      const value = asked.get(name);
      if (value !== null) form.elements[name].value = value || "-";
    }
    form.elements.q.value = new URLSearchParams(location.search).get("q") ?? "";
  };

  FILTERS.forEach(fill);
  readAddress();
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { shown = STEP; remember(); update(); });
  more.addEventListener("click", () => { shown += STEP; update(); });
  window.addEventListener("hashchange", () => { readAddress(); update(); });
  document.addEventListener("language", () => FILTERS.forEach(fill));
  update();
})();
