// What every page does: the language, the chosen mark, copying. Nothing is asked of any server.
"use strict";
(() => {
  const root = document.documentElement;
  const key = "minsheng-language";
  const titles = document.title.split(" · ");

  const remembered = () => {
    const asked = new URLSearchParams(location.search).get("lang");
    if (asked === "zh" || asked === "en") return asked;
    try { return localStorage.getItem(key); } catch { return null; }
  };

  // Some browsers keep nothing for pages from disk: the language travels in the links as well.
  const carry = (language) => {
    for (const link of document.querySelectorAll("a[href]")) {
      const href = link.getAttribute("href");
      if (href.startsWith("#") || !/\.html($|[?#])/.test(href)) continue;
      const [path, fragment] = href.split("#");
      const bare = path.split("?")[0];
      const asked = language === "en" ? `${bare}?lang=en` : bare;
      link.setAttribute("href", fragment === undefined ? asked : `${asked}#${fragment}`);
    }
    for (const form of document.querySelectorAll("form[action]")) {
      form.querySelector("input[name=lang]")?.remove();
      if (language !== "en") continue;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "lang", value: "en" });
      form.append(field);
    }
  };

  const speak = (language) => {
    root.dataset.language = language;
    root.lang = language === "en" ? "en" : "zh-Hans";
    if (titles.length === 3) document.title = `${titles[0]} · ${titles[language === "en" ? 2 : 1]}`;
    carry(language);
  };

  const choose = () => {
    let anchor = "";
    try { anchor = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    for (const chosen of document.querySelectorAll(".chosen")) chosen.classList.remove("chosen");
    const target = anchor && document.getElementById(anchor);
    if (!target) return;
    const row = document.querySelector(`tr[data-mark="${CSS.escape(anchor)}"]`);
    row?.classList.add("chosen");
    if (target.closest(".sheet")) {
      target.classList.add("chosen");
      target.closest(".sheet").scrollIntoView({ block: "start", behavior: "instant" });
      center(target, target.closest(".sheet"));
    }
  };

  const center = (target, within) => {
    const at = target.getBoundingClientRect();
    const frame = within.getBoundingClientRect();
    within.scrollTo({
      left: within.scrollLeft + at.left + at.width / 2 - frame.left - within.clientWidth / 2,
      top: within.scrollTop + at.top + at.height / 2 - frame.top - within.clientHeight / 2,
      behavior: "instant",
    });
  };

  const copy = (button) => {
    const text = document.getElementById(button.dataset.copies);
    const done = () => { button.parentElement.querySelector(".copied").hidden = false; };
    const byHand = () => { text.select(); if (document.execCommand("copy")) done(); };
    if (!navigator.clipboard) { byHand(); return; }
    navigator.clipboard.writeText(text.value).then(done, byHand);
  };

  speak(remembered() === "en" ? "en" : "zh");
  window.speakAgain = () => carry(root.dataset.language);

  const switcher = document.getElementById("language");
  switcher.hidden = false;
  switcher.addEventListener("click", () => {
    const language = root.dataset.language === "en" ? "zh" : "en";
    try { localStorage.setItem(key, language); } catch { /* the links carry it */ }
    const here = new URL(location.href);
    here.searchParams.delete("lang");
    if (language === "en") here.searchParams.set("lang", "en");
    try { history.replaceState(null, "", here); } catch { /* not from disk in every browser */ }
    speak(language);
    document.dispatchEvent(new CustomEvent("language"));
  });
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  window.addEventListener("hashchange", choose);
  window.addEventListener("load", choose);
})();
