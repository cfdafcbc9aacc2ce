"use strict";
/* The bill page and the choice of its patient. The form works without this file; here a change is priced as one
   types, and what is being typed is never replaced under the fingers.
   data-live     inside a part that is not replaced because somebody types in it, these pieces still are
   data-search   wraps a search whose proposals come with the focus and go with it */
(() => {
  const byId = (id) => document.getElementById(id);
  const mouse = matchMedia("(pointer: fine)");
  const TYPED = "input:not([type=checkbox], [type=radio], [type=hidden], [type=date]), textarea";
  // Nothing here is animated by a swap, and a style attribute would be against the policy.
  htmx.config.attributesToSettle = ["class"];

  /* A list that answers an older text takes no Enter: the choice waits for the answer to what is typed. */
  for (const input of document.querySelectorAll("input[data-list]")) {
    const list = byId(input.dataset.list);
    let waiting = false;
    input.addEventListener("input", () => {
      list.setAttribute("aria-busy", "true");
      waiting = false;
    });
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || list.getAttribute("aria-busy") !== "true") return;
      event.preventDefault();
      event.stopPropagation();
      waiting = true;
    });
    document.addEventListener("htmx:afterSwap", (event) => {
      if (event.detail.target !== list) return;
      const asked = new URL(event.detail.xhr.responseURL).searchParams.get(input.name) ?? "";
      if (asked !== input.value) return;
      list.removeAttribute("aria-busy");
      if (waiting) list.querySelector("button[role=option]")?.click();
      waiting = false;
    });
  }

  const live = byId("live");
  if (!live) return;
  const search = byId("act-search");
  const results = byId("act-results");
  let timer = 0, pressed = "", opener = "";

  /* Price while typing, a quarter of a second after the last key. */
  live.addEventListener("input", (event) => {
    if (!event.target.matches(TYPED)) return;
    clearTimeout(timer);
    timer = setTimeout(() => live.dispatchEvent(new CustomEvent("reprice")), 250);
  });
  live.addEventListener("htmx:configRequest", (event) => { if (event.detail.verb === "post") clearTimeout(timer); });
  for (const kind of ["input", "change"]) search.addEventListener(kind, (event) => event.stopPropagation());

  /* Swapping: the part somebody types in stays, but for its live pieces; what was unfolded stays so. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    const same = (element) => fragment.querySelector(`#${CSS.escape(element.id)}`);
    for (const fold of target.querySelectorAll("details[open][id]")) same(fold)?.setAttribute("open", "");
    const active = document.activeElement;
    if (!target.contains(active) || !active.matches(TYPED) || !active.id || !same(active)) return;
    event.detail.shouldSwap = false;
    target.dataset.late = "1";
    for (const fold of fragment.querySelectorAll("details[open][id]")) byId(fold.id)?.setAttribute("open", "");
    for (const piece of fragment.querySelectorAll("[data-live]")) {
      const old = byId(piece.id);
      if (!old || old.contains(active)) continue;
      old.replaceWith(piece);
      htmx.process(piece);
    }
  });
  live.addEventListener("focusout", (event) => {
    const part = event.target.closest("[data-late]");
    if (!part || part.contains(event.relatedTarget) && event.relatedTarget.matches(TYPED)) return;
    delete part.dataset.late;
    setTimeout(() => live.dispatchEvent(new CustomEvent("reprice")), 0);
  });

  /* Search of acts: proposals at a tap or an arrow, before any letter; gone with the focus. */
  const shut = () => {
    results.replaceChildren();
    search.setAttribute("aria-expanded", "false");
    search.removeAttribute("aria-activedescendant");
  };
  const suggest = () => { if (!results.children.length) search.dispatchEvent(new CustomEvent("suggest")); };
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
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === results && document.activeElement !== search) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === results) search.setAttribute("aria-expanded", String(results.children.length > 0));
  });

  /* After a button: where the focus goes, and a search begun anew. */
  const lost = () => !document.activeElement || document.activeElement === document.body;
  live.addEventListener("htmx:beforeRequest", (event) => {
    pressed = event.target.name === "do" ? event.target.value : "";
  });
  live.addEventListener("htmx:afterRequest", (event) => {
    if (!pressed || event.detail.requestConfig.verb !== "post") return;
    const [name, id] = pressed.split(":");
    pressed = "";
    if (!event.detail.successful) return byId("reasons")?.scrollIntoView({ block: "nearest" });
    if (name === "add") added();
    else if (name === "why") explained();
    else if (lost()) (byId(`open-${id}`) ?? byId("issue")).focus({ preventScroll: true });
    if (name === "open" || name === "copy") document.querySelector(".act-edit")?.scrollIntoView({ block: "nearest" });
  });

  function added() {
    search.value = "";
    shut();
    const wanted = document.querySelector(".act-edit input[inputmode=decimal], .act-edit input[inputmode=numeric]");
    if (!mouse.matches) search.blur();
    else if (wanted) { wanted.focus(); wanted.select(); }
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
