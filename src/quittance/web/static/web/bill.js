"use strict";
/* The bill page. The form works without this file; here a change is priced as one types, and what is being typed
   is never replaced under the fingers.
   data-live     inside a part that is not replaced because somebody types in it, these pieces still are
   data-quiet    typing here is a search: it is no change of the bill */
(() => {
  const live = document.getElementById("live");
  if (!live) return;
  const search = document.getElementById("act-search");
  const results = document.getElementById("act-results");
  const mouse = matchMedia("(pointer: fine)");
  const TYPED = "input:not([type=checkbox], [type=radio], [type=hidden]), textarea";
  let timer = 0, pressed = "", opener = "";

  /* Price while typing, a quarter of a second after the last key. */
  live.addEventListener("input", (event) => {
    if (!event.target.matches(TYPED) || event.target.type === "date") return;
    clearTimeout(timer);
    timer = setTimeout(() => live.dispatchEvent(new CustomEvent("reprice")), 250);
  });
  live.addEventListener("htmx:configRequest", () => clearTimeout(timer));
  for (const kind of ["input", "change"]) search.addEventListener(kind, (event) => event.stopPropagation());

  /* Swapping: the part somebody types in stays, but for its live pieces; what was unfolded stays so. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    for (const fold of target.querySelectorAll("details[open][id]")) {
      fragment.querySelector(`#${CSS.escape(fold.id)}`)?.setAttribute("open", "");
    }
    const active = document.activeElement;
    if (!target.contains(active) || !active.matches(TYPED) || active.type === "date") return;
    const own = fragment.querySelector(`#${CSS.escape(active.id)}`);
    if (!own || own.disabled) return;
    event.detail.shouldSwap = false;
    target.dataset.late = "1";
    for (const piece of fragment.querySelectorAll("[data-live]")) {
      const old = document.getElementById(piece.id);
      if (!old || old.contains(active)) continue;
      old.replaceWith(piece);
      htmx.process(piece);
    }
    for (const fold of fragment.querySelectorAll("details[open][id]")) document.getElementById(fold.id)?.setAttribute("open", "");
  });
  live.addEventListener("focusout", (event) => {
    const part = event.target.closest("[data-late]");
    if (!part) return;
    delete part.dataset.late;
    setTimeout(() => live.dispatchEvent(new CustomEvent("reprice")), 0);
  });

  /* Search: proposals as soon as the field has the focus, gone when it has lost it. */
  const shut = () => { results.replaceChildren(); search.setAttribute("aria-expanded", "false"); search.removeAttribute("aria-activedescendant"); };
  const suggest = () => search.dispatchEvent(new CustomEvent("suggest"));
  search.addEventListener("focus", () => {
    suggest();
    if (!mouse.matches) search.closest(".search").scrollIntoView({ block: "start", behavior: "smooth" });
  });
  search.closest("[data-search]").addEventListener("focusout", (event) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setTimeout(() => { if (document.activeElement !== search) shut(); }, 150);
  });
  search.addEventListener("keydown", (event) => { if (event.key === "Escape" && search.value) { search.value = ""; shut(); } });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === results && document.activeElement !== search) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === results) search.setAttribute("aria-expanded", String(results.children.length > 0));
  });

  /* After a button: where the focus goes, and a search begun anew. */
  live.addEventListener("htmx:beforeRequest", (event) => { pressed = event.target.name === "do" ? event.target.value : ""; });
  live.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || !event.target.matches("[name=do]")) return;
    const [name, id] = pressed.split(":");
    if (name === "add") added();
    else if (name === "why") explained(id);
    else if (lost()) (document.getElementById(`open-${id}`) ?? first() ?? search).focus({ preventScroll: true });
    if (name === "open" || name === "copy") document.querySelector(".act-edit")?.scrollIntoView({ block: "nearest" });
    pressed = "";
  });
  const lost = () => !document.activeElement || document.activeElement === document.body;
  const first = () => document.getElementById("issue");

  function added() {
    search.value = "";
    shut();
    const wanted = document.querySelector(".act-edit input[inputmode=decimal], .act-edit input[inputmode=numeric]");
    if (!mouse.matches) search.blur();
    else if (wanted) { wanted.focus(); wanted.select(); } else search.focus({ preventScroll: true });
    document.querySelector(".acts > :last-child")?.scrollIntoView({ block: "nearest" });
  }

  function explained() {
    const title = document.getElementById("why-title");
    if (title) title.focus({ preventScroll: true });
    else document.getElementById(opener)?.focus({ preventScroll: true });
  }
  live.addEventListener("click", (event) => {
    const button = event.target.closest("[name=do][value^='why:']");
    if (button && button.id !== "why-close" && !button.closest("#why")) opener = button.id;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target !== search && !document.querySelector("dialog[open]")) document.getElementById("why-close")?.click();
  });
})();
