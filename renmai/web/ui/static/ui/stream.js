/* What somebody does on a page, told to the shop in batches (docs/stream.md). Every page works without this file.

   data-stream="name"          told when the page opens           data-stream-shown="name"   told once it is before her eyes
   data-stream-chosen="name"   told when it is clicked            data-stream-dwell          how long, how far and how many pictures
   data-stream-forget          a form that ends the session: what was not sent is forgotten
   data-stream-product, data-stream-share, data-text-…, data-whole-…: what goes with it; data-stream-version: of its schema, 1 if it says nothing. */
(() => {
  "use strict";
  const beacon = document.querySelector("script[data-beacon]");
  const to = beacon && beacon.getAttribute("data-beacon");
  if (!to || navigator.globalPrivacyControl) return;

  const KEY = "stream", MOST_KEPT = 200, MOST_SENT = 50, KEPT_MS = 47 * 3600 * 1000, SOON_MS = 250, SESSION_MS = 30 * 60 * 1000;
  const LINGERS = [10, 30, 60, 180];

  /* What is not sent yet stays in this browser with the id it will always have: sent twice, it counts once. */
  let inMemory = [];
  const waiting = () => {
    try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return inMemory; }
  };
  const keep = (events) => {
    inMemory = events.filter((event) => Date.now() - event.at < KEPT_MS).slice(-MOST_KEPT);
    try { localStorage.setItem(KEY, JSON.stringify(inMemory)); } catch { /* private mode: only while this page is open */ }
  };

  const newId = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64; bytes[8] = (bytes[8] & 63) | 128;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const session = () => {
    let known = null;
    try { known = JSON.parse(sessionStorage.getItem(KEY)); } catch { /* none */ }
    if (!known || Date.now() - known.at > SESSION_MS) known = { id: newId() };
    known.at = Date.now();
    try { sessionStorage.setItem(KEY, JSON.stringify(known)); } catch { /* a session of one page */ }
    return known.id;
  };

  const token = () => {
    try { return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]; } catch { return ""; }
  };
  const form = (events) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token());
    body.append("batch", JSON.stringify({ sent: Date.now(), events }));
    return body;
  };
  let sending = false, timer = 0;
  const flush = async () => {
    timer = 0;
    const events = waiting().slice(0, MOST_SENT);
    if (!events.length || sending) return;
    sending = true;
    let isOver = false;
    try {
      const answer = await fetch(to, { method: "POST", body: form(events), keepalive: true, credentials: "same-origin" });
      /* Too many, or the shop is away: later. Anything else would be refused again. */
      isOver = answer.status !== 429 && answer.status < 500;
    } catch { /* no network: it goes along with the next page */ }
    sending = false;
    if (!isOver) return;
    const sent = new Set(events.map((event) => event.id));
    keep(waiting().filter((event) => !sent.has(event.id)));
    if (waiting().length) soon();
  };
  const soon = () => { if (!timer) timer = setTimeout(flush, SOON_MS); };
  const leave = () => {
    const events = waiting().slice(0, MOST_SENT);
    /* Nobody will hear the answer, so they stay until a later page has sent them again. */
    if (events.length && navigator.sendBeacon) navigator.sendBeacon(to, form(events));
  };

  const carried = (element) => {
    const about = element.closest("[data-stream-product]");
    const through = document.querySelector("[data-stream-share]");
    const properties = {};
    for (const { name, value } of element.attributes) {
      if (name.startsWith("data-text-")) properties[name.slice(10)] = value;
      if (name.startsWith("data-whole-")) properties[name.slice(11)] = Number(value);
    }
    const event = { p: properties };
    if (element.hasAttribute("data-stream-version")) event.v = Number(element.getAttribute("data-stream-version"));
    if (about) event.product = Number(about.getAttribute("data-stream-product"));
    if (through && through.getAttribute("data-stream-share")) event.share = through.getAttribute("data-stream-share");
    return event;
  };
  const tell = (name, event) => {
    keep([...waiting(), { id: newId(), name, v: 1, at: Date.now(), session: session(), ...event }]);
    soon();
  };

  /* How long: only while the page is before her eyes. */
  const dwell = (element) => {
    const seen = new Set();
    let before = 0, since = document.visibilityState === "visible" ? performance.now() : null, scroll = 0, told = 0, left = -1;
    const seconds = () => Math.floor((before + (since === null ? 0 : performance.now() - since)) / 1000);
    const far = () => {
      const all = document.documentElement.scrollHeight;
      scroll = Math.max(scroll, Math.min(100, Math.round(100 * (scrollY + innerHeight) / Math.max(1, all))));
    };
    const figures = () => ({ ...carried(element), p: { seconds: Math.min(86400, seconds()), scroll, pictures: Math.min(100, seen.size) } });
    const pictures = new IntersectionObserver((entries) => entries.forEach((entry) => { if (entry.isIntersecting) seen.add(entry.target); }), { threshold: 0.6 });
    document.querySelectorAll(".gallery > *").forEach((picture) => pictures.observe(picture));
    addEventListener("scroll", far, { passive: true });
    far();
    setInterval(() => {
      while (told < LINGERS.length && seconds() >= LINGERS[told]) { told += 1; tell("product_lingered", figures()); }
    }, 500);
    const away = () => {
      if (since !== null) { before += performance.now() - since; since = null; }
      if (seconds() !== left) { left = seconds(); tell("product_left", figures()); }
    };
    const back = () => { if (since === null) since = performance.now(); };
    return { away, back };
  };
  const dwells = Array.from(document.querySelectorAll("[data-stream-dwell]"), dwell);

  const shown = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (!entry.isIntersecting) return;
    shown.unobserve(entry.target);
    tell(entry.target.getAttribute("data-stream-shown"), carried(entry.target));
  }), { threshold: 0.5 });
  const within = (scope, selector) => [...(scope instanceof Element && scope.matches(selector) ? [scope] : []), ...scope.querySelectorAll(selector)];
  const prepare = (scope) => {
    within(scope, "[data-stream]").forEach((element) => tell(element.getAttribute("data-stream"), carried(element)));
    within(scope, "[data-stream-shown]").forEach((element) => shown.observe(element));
  };
  prepare(document);
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) prepare(event.detail.elt); });
  document.addEventListener("click", (event) => {
    const element = event.target instanceof Element && event.target.closest("[data-stream-chosen]");
    if (element) tell(element.getAttribute("data-stream-chosen"), carried(element));
  });

  let isForgotten = false;
  document.addEventListener("submit", (event) => {
    if (!event.target.hasAttribute("data-stream-forget")) return;
    leave();
    isForgotten = true;
    keep([]);
  });
  const hide = () => {
    if (isForgotten) return;
    dwells.forEach((each) => each.away());
    leave();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hide(); else { dwells.forEach((each) => each.back()); soon(); }
  });
  addEventListener("pagehide", hide);
  if (waiting().length) soon();
})();
