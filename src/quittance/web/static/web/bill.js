"use strict";
/* The bill page and the choice of its patient. The form works without this file; here a change is priced as one
   types, and what is being typed is never replaced under the fingers.
   data-search   wraps a search whose proposals come with a tap and go with the focus */
(() => {
  const byId = (id) => document.getElementById(id);
  const mouse = matchMedia("(pointer: fine)");
  const TYPED = "input:not([type=checkbox], [type=radio], [type=hidden], [type=date]), textarea";

  const live = byId("live");
  if (!live) return;
  const search = byId("act-search");
  const results = byId("act-results");
  let timer = 0, opener = "";

  /* Price while typing, a quarter of a second after the last key. */
  const changed = new Set();
  for (const kind of ["input", "change"]) {
    search.addEventListener(kind, (event) => event.stopPropagation());
    live.addEventListener(kind, (event) => changed.add(event.target.name));
  }
  live.addEventListener("input", (event) => {
    if (!event.target.matches(TYPED)) return;
    clearTimeout(timer);
    timer = setTimeout(() => live.dispatchEvent(new CustomEvent("reprice")), 250);
  });
  live.addEventListener("htmx:beforeSend", (event) => {
    if (event.detail.requestConfig.verb !== "post") return;
    clearTimeout(timer);
    changed.clear();
  });

  /* The answer is laid over what is there: the same fields and buttons stay, with focus, caret and half-made taps.
     What was changed after the request had left is newer than its answer, and stays. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    event.detail.shouldSwap = false;
    lay(event.detail.target, event.detail.fragment.firstElementChild);
  });

  function lay(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !(name === "open" && old.matches("details"))) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    layChildren(old, fresh);
    if (!changed.has(old.name) && !(old === document.activeElement && old.matches(TYPED))) layValue(old, fresh);
  }

  function layValue(old, fresh) {
    if (old.matches("input[type=checkbox], input[type=radio]")) old.checked = fresh.hasAttribute("checked");
    else if (old.matches("input, select") && old.value !== fresh.value) old.value = fresh.value;
  }

  function layChildren(old, fresh) {
    const kept = new Set([...fresh.children].map((child) => child.id).filter(Boolean));
    for (const child of [...old.children]) if (child.id && !kept.has(child.id)) child.remove();
    let at = old.firstChild;
    for (const want of [...fresh.childNodes]) {
      const known = want.id ? [...old.children].find((child) => child.id === want.id && child.tagName === want.tagName) : null;
      if (known) {
        if (known === at) at = at.nextSibling;
        else old.insertBefore(known, at);
        lay(known, want);
      } else if (at && !at.id && !want.id && at.nodeName === want.nodeName && at.className === want.className) {
        const here = at;
        at = at.nextSibling;
        lay(here, want);
      } else {
        old.insertBefore(want, at);
        if (want.nodeType === Node.ELEMENT_NODE) htmx.process(want);
      }
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  }

  /* Search of acts: proposals at a tap or an arrow, before any letter; gone with the focus. */
  let wanted = false;
  const shut = () => {
    wanted = false;
    results.replaceChildren();
    results.removeAttribute("aria-busy");
    search.setAttribute("aria-expanded", "false");
    search.removeAttribute("aria-activedescendant");
  };
  const suggest = () => {
    wanted = true;
    if (!results.children.length) search.dispatchEvent(new CustomEvent("suggest"));
  };
  search.addEventListener("input", () => { wanted = true; });
  search.addEventListener("click", suggest);
  search.addEventListener("focus", () => {
    if (!mouse.matches) search.closest("[data-search]").scrollIntoView({ block: "start", behavior: "smooth" });
  });
  search.closest("[data-search]").addEventListener("focusout", (event) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    setTimeout(() => { if (document.activeElement !== search) shut(); }, 150);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") suggest();
    if (event.key !== "Escape") return;
    search.value = "";
    shut();
  });

  /* A category narrows the list; the focus stays in the search, so that arrows and Enter go on there. Until its answer
     is there the list is an older one, which takes no Enter. */
  const category = (event) => event.target.closest?.(".category");
  results.addEventListener("mousedown", (event) => { if (category(event)) event.preventDefault(); });
  results.addEventListener("click", (event) => {
    if (!category(event)) return;
    results.setAttribute("aria-busy", "true");
    search.focus({ preventScroll: true });
  });
  results.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    search.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== results) return;
    results.scrollTop = 0;
    results.querySelector(".category[aria-pressed=true]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === results && (!wanted || document.activeElement !== search)) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === results) search.setAttribute("aria-expanded", String(results.children.length > 0));
  });

  /* After a button: where the focus goes, and a search begun anew. */
  const lost = () => !document.activeElement || document.activeElement === document.body;
  live.addEventListener("htmx:afterRequest", (event) => {
    const button = event.detail.requestConfig.elt;
    if (button.name !== "do") return;
    const [name, id] = button.value.split(":");
    if (!event.detail.successful) return byId("reasons")?.scrollIntoView({ block: "nearest" });
    if (name === "add") added();
    else if (name === "why") explained();
    else if (lost()) (byId(`open-${id}`) ?? byId("issue")).focus({ preventScroll: true });
    if (name === "beside") document.querySelector(".act-edit input:not([type=hidden])")?.focus({ preventScroll: true });
    if (name === "open" || name === "copy" || name === "beside") document.querySelector(".act-edit")?.scrollIntoView({ block: "nearest" });
  });

  function added() {
    search.value = "";
    shut();
    const asks = document.querySelector(".act-edit input[inputmode=decimal], .act-edit input[inputmode=numeric]");
    if (!mouse.matches) search.blur();
    else if (asks) { asks.focus(); asks.select(); }
    else search.focus({ preventScroll: true });
    document.querySelector(".acts > :last-child")?.scrollIntoView({ block: "nearest" });
  }

  function explained() {
    const title = byId("why-title") ?? byId(opener);
    title?.focus({ preventScroll: true });
  }
  live.addEventListener("click", (event) => {
    const button = event.target.closest("[name=do][value^='why:']");
    if (button && !button.closest("#why")) opener = button.id;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target !== search && !document.querySelector("dialog[open]")) byId("why-close")?.click();
  });
})();
