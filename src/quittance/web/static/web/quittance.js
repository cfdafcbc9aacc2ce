"use strict";
/* Keyboard and small comforts. Pages work by plain links and forms; this only makes them quicker.
   data-open="ID"    opens the dialog ID          data-close        closes the dialog it is in
   data-list="ID"    arrows and Enter of this input move in the list ID ([role=option])
   data-submit       a change of this control submits its form
   data-key="n"      Alt+n clicks or focuses this element (shown by aria-keyshortcuts)
   data-days         arrows move among the days of this calendar
   data-once         the form's buttons go quiet after the first submit */
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement) event.target.close();
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  const listOf = (input) => document.getElementById(input.dataset.list);
  const options = (input) => all("[role=option]", listOf(input) ?? undefined);

  function select(input, wanted) {
    const found = options(input);
    for (const option of found) option.setAttribute("aria-selected", String(option === wanted));
    if (!wanted) return input.removeAttribute("aria-activedescendant");
    wanted.id ||= `${input.dataset.list}-${found.indexOf(wanted)}`;
    input.setAttribute("aria-activedescendant", wanted.id);
    wanted.scrollIntoView({ block: "nearest" });
  }

  function listKey(event, input) {
    const found = options(input);
    const at = found.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(input, found[(at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length]);
    } else if (event.key === "Enter" && listOf(input)?.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      early.add(input);
    } else if (event.key === "Enter" && found.length) {
      event.preventDefault();
      found[Math.max(at, 0)].click();
    } else if (event.key === "Escape") {
      select(input, null);
      const list = listOf(input);
      if (list?.classList.contains("results--float")) list.replaceChildren();
    }
  }

  /* A list that answers an older text takes no Enter: the choice waits for the answer to what is typed. */
  const early = new WeakSet();
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-list][hx-get]:not([hx-disable])")) return;
    listOf(event.target)?.setAttribute("aria-busy", "true");
    early.delete(event.target);
  }, true);
  document.addEventListener("htmx:afterSwap", (event) => {
    for (const input of all("input[data-list]")) {
      const list = listOf(input);
      const asked = () => new URL(event.detail.xhr.responseURL).searchParams.get(input.name) ?? "";
      if (!list || list !== event.detail.target || asked() !== input.value) continue;
      list.removeAttribute("aria-busy");
      if (early.delete(input)) options(input)[0]?.click();
    }
  });

  function dayKey(event) {
    const days = all("input:enabled", event.target.closest("[data-days]"));
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!step) return;
    event.preventDefault();
    const date = (one) => Date.parse(one.value) / 864e5;
    const wanted = date(event.target) + step;
    const ahead = days.filter((one) => Math.sign(date(one) - date(event.target)) === Math.sign(step));
    const near = (one) => Math.abs(date(one) - wanted);
    ahead.sort((one, other) => near(one) - near(other))[0]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.closest?.("[data-days]")) dayKey(event);
    if (event.target instanceof HTMLInputElement && event.target.dataset.list) listKey(event, event.target);
    if (event.key === "Escape") {
      for (const menu of all("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      const wanted = all("[data-key]").find((one) => one.dataset.key === event.key.toLowerCase() && one.checkVisibility());
      if (!wanted) return;
      event.preventDefault();
      if (wanted.matches("input, select, textarea")) wanted.focus();
      else wanted.click();
    }
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-submit]")) event.target.form.requestSubmit();
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-once]") || event.defaultPrevented) return;
    if (event.target.dataset.sent) return event.preventDefault();
    event.target.dataset.sent = "1";
    setTimeout(() => all("button", event.target).forEach((button) => { button.disabled = true; }), 0);
  });
  window.addEventListener("pageshow", () => {
    for (const form of all("form[data-sent]")) {
      delete form.dataset.sent;
      all("button", form).forEach((button) => { button.disabled = false; });
    }
  });

  const toast = () => document.getElementById("toast");
  const say = (text) => { const box = toast(); if (box) { box.querySelector("span").textContent = text; box.hidden = false; } };
  document.addEventListener("htmx:responseError", () => say(toast()?.dataset.refused ?? ""));
  document.addEventListener("htmx:sendError", () => say(toast()?.dataset.offline ?? ""));
  document.addEventListener("htmx:afterOnLoad", (event) => { const box = toast(); if (box && event.detail.successful) box.hidden = true; });

  /* After a form came back refused, the first wrong field has the focus. */
  const wrong = (root) => root.querySelector("[aria-invalid=true]")?.focus();
  wrong(document);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.xhr?.status === 422) wrong(event.detail.target);
  });
})();
