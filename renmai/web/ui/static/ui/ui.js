/* Comfort only: every page works without this file. No eval, no inline handlers, no styles written from here. */
(() => {
  "use strict";
  const root = document.documentElement;
  const text = (element, name) => element.getAttribute(name) || "";
  root.classList.add("js");

  /* Theme of the console: the person's own choice, kept on this device. */
  const storedTheme = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  if (root.classList.contains("console") && storedTheme()) root.dataset.theme = storedTheme();
  const toggleTheme = () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* private mode: the choice lasts for this page */ }
  };

  const toast = (message) => {
    const box = document.getElementById("toasts-float");
    if (!box || !message) return;
    const line = document.createElement("div");
    line.className = "toast";
    line.textContent = message;
    box.append(line);
    setTimeout(() => line.remove(), 3200);
  };

  /* Sheets, drawers and dialogs. */
  const openSheet = (id) => {
    const sheet = document.getElementById(id);
    if (!(sheet instanceof HTMLDialogElement)) return false;
    if (!sheet.open) sheet.showModal();
    return true;
  };
  const closeSheet = (element) => {
    const sheet = element.closest("dialog");
    if (!sheet) return;
    if (sheet.open) sheet.close();
    if (location.hash === `#${sheet.id}`) history.replaceState(null, "", location.pathname + location.search);
  };

  /* Confirm: a dialog that repeats the sentence and names the act on its button. */
  const confirmed = new WeakSet();
  const ask = (form, button) => {
    const template = document.getElementById("confirm-dialog");
    if (!(template instanceof HTMLDialogElement)) return false;
    const source = button && button.hasAttribute("data-confirm") ? button : form;
    template.querySelector("[data-confirm-text]").textContent = text(source, "data-confirm");
    const accept = template.querySelector("[data-confirm-accept]");
    accept.textContent = text(source, "data-confirm-label") || (button ? button.textContent.trim() : accept.textContent);
    accept.onclick = () => { confirmed.add(form); template.close(); form.requestSubmit(button || undefined); };
    template.showModal();
    return true;
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    const needsConfirm = form.hasAttribute("data-confirm") || (button && button.hasAttribute("data-confirm"));
    if (needsConfirm && !confirmed.has(form) && ask(form, button)) { event.preventDefault(); event.stopPropagation(); return; }
    confirmed.delete(form);
    if (form.method.toLowerCase() !== "post" || form.hasAttribute("data-many")) return;
    if (form.dataset.sent) { event.preventDefault(); event.stopPropagation(); return; }
    form.dataset.sent = "1";
    if (button) button.setAttribute("aria-busy", "true");
  }, true);
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (form) release(form);
  });

  const step = (button) => {
    const input = button.parentElement.querySelector("input");
    const before = input.value;
    if (Number(text(button, "data-step")) > 0) input.stepUp(); else input.stepDown();
    if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  /* What she wrote in the field that the button names goes before what the button itself says. */
  const withWords = (button, own) => {
    const field = document.getElementById(text(button, "data-words"));
    return [field ? field.value.trim() : "", own].filter(Boolean).join("\n");
  };
  const copy = async (button) => {
    const value = withWords(button, text(button, "data-copy") || location.href);
    try {
      await navigator.clipboard.writeText(value);
      toast(text(button, "data-copied"));
    } catch { window.prompt(text(button, "data-copied"), value); }
  };
  const share = async (button) => {
    const content = { title: text(button, "data-share-title"), text: withWords(button, text(button, "data-share-text")), url: text(button, "data-share") };
    try { await navigator.share(content); } catch (error) { if (error.name !== "AbortError") toast(error.message); }
  };

  const clicks = [
    ["[data-open]", (element) => openSheet(text(element, "data-open"))],
    ["[data-close]", (element) => { closeSheet(element); return Boolean(element.closest("dialog")); }],
    ["[data-dismiss]", (element) => { element.closest(text(element, "data-dismiss")).remove(); return true; }],
    ["[data-step]", (element) => { step(element); return true; }],
    ["[data-copy]", (element) => { copy(element); return true; }],
    ["[data-share]", (element) => { share(element); return true; }],
    ["[data-theme-toggle]", () => { toggleTheme(); return true; }],
    ["[data-back]", () => {
      const here = document.referrer && new URL(document.referrer).origin === location.origin && history.length > 1;
      if (here) history.back();
      return here;
    }],
  ];
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (!(target instanceof Element)) return;
    if (target instanceof HTMLDialogElement && target.open && target.classList.contains("sheet")) { closeSheet(target); return; }
    for (const [selector, act] of clicks) {
      const element = target.closest(selector);
      if (element && act(element)) { event.preventDefault(); return; }
    }
  });

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input instanceof Element && input.closest("[data-autosubmit]")) input.form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
  });

  /* Countdown: counts on the server's clock, so a wrong clock on the phone shows no false time. */
  const two = (number) => String(number).padStart(2, "0");
  const countdown = (element) => {
    const end = Date.parse(element.dateTime);
    const drift = Date.parse(text(element, "data-now")) - Date.now();
    const tick = () => {
      const left = Math.max(0, Math.floor((end - Date.now() - drift) / 1000));
      const days = Math.floor(left / 86400);
      const clock = [Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60].map(two).join(":");
      element.textContent = days ? text(element, "data-days").replace("0", String(days)) + " " + clock : clock;
      if (left) setTimeout(tick, 1000); else element.dispatchEvent(new CustomEvent("countdown-over", { bubbles: true }));
    };
    tick();
  };

  const prepare = (scope) => {
    scope.querySelectorAll("time[data-countdown]:not([data-running])").forEach((element) => { element.dataset.running = "1"; countdown(element); });
    scope.querySelectorAll("[data-share]").forEach((element) => { element.hidden = !navigator.share; });
    scope.querySelectorAll("[data-autosubmit] [type=submit]").forEach((element) => { element.hidden = true; });
    /* It stands open for those without scripts; closed and opened again it keeps the rest of the page out of reach. */
    scope.querySelectorAll("dialog[data-open-now]").forEach((element) => { element.close(); openSheet(element.id); });
  };
  prepare(document);
  if (location.hash.length > 1) openSheet(decodeURIComponent(location.hash.slice(1)));
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
  document.addEventListener("toast", (event) => toast(event.detail.value || event.detail));
})();
