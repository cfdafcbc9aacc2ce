"use strict";
/* Passkeys, and the lock of an idle screen.
   data-passkey="get|create"   asks the device for a proof and sends the form; options from data-options-url, or from
                               the element #passkey-options
   body data-idle-url          the screen locks when nobody was there for as long as this address says */
(() => {
  const tell = (button, why) => {
    const place = button.parentElement.querySelector("[data-passkey-failed]");
    place.textContent = place.dataset[why];
    place.hidden = false;
  };

  async function options(button) {
    const url = button.dataset.optionsUrl;
    if (!url) return JSON.parse(document.getElementById("passkey-options").textContent);
    const answer = await fetch(url, { headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function prove(button) {
    if (!window.PublicKeyCredential) return tell(button, "passkeyUnknown");
    button.disabled = true;
    try {
      const asked = await options(button);
      const create = button.dataset.passkey === "create";
      const made = await (create ? webauthnJSON.create(asked.creation_options) : webauthnJSON.get(asked.request_options));
      button.form.elements.credential.value = JSON.stringify(made);
      button.form.requestSubmit();
    } catch {
      tell(button, "passkeyFailed");
    } finally {
      button.disabled = false;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-passkey]");
    if (button) prove(button);
  });

  /* Idle lock. The page is taken out of the document and put back as it was, with what was typed and not yet sent. */
  const { idleUrl, aliveUrl, lockUrl } = document.body.dataset;
  if (!idleUrl) return;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const EACH = 15000;
  let kept = null, title = "", timer = 0, told = Date.now(), active = false;

  const later = (seconds) => { clearTimeout(timer); timer = setTimeout(look, Math.max(seconds, 1) * 1000); };

  async function look() {
    if (active) await tellAlive();
    let left = 0;
    try {
      const answer = await fetch(idleUrl, { redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.type === "opaqueredirect") return location.reload();
      left = (await answer.json()).left;
    } catch {
      left = EACH / 1000; // no connection: ask again
    }
    if (left > 0) { show(); later(left); } else hide();
  }

  async function tellAlive() {
    active = false;
    told = Date.now();
    try {
      await fetch(aliveUrl, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token } });
    } catch { /* no connection: the next look tells */ }
  }

  function hide() {
    if (kept) return;
    title = document.title;
    kept = [...document.body.childNodes];
    const place = document.createElement("main");
    place.id = "lock";
    place.className = "main";
    document.body.replaceChildren(document.getElementById("busy"), place);
    document.title = "Quittance";
    document.body.classList.add("bare");
    htmx.ajax("GET", lockUrl, { target: place, swap: "innerHTML" }).then(() => place.querySelector("input:not([type=hidden]):not([tabindex]), button")?.focus());
  }

  function show() {
    if (!kept) return;
    document.body.replaceChildren(...kept);
    document.title = title;
    if (document.querySelector("header.top")) document.body.classList.remove("bare");
    kept = null;
  }

  document.addEventListener("unlocked", () => { show(); look(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(kind, () => {
      if (kept) return;
      active = true;
      if (Date.now() - told > EACH) tellAlive();
    }, { passive: true, capture: true });
  }
  later(Number(document.body.dataset.idle));
})();
