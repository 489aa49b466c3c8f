/* New cards come onto the page while it is open. Comfort only: without this file they stand there when the page is opened again. */
(() => {
  "use strict";
  const list = document.querySelector("[data-alerts]");
  if (!list || !("EventSource" in window)) return;
  const AGAIN_MILLISECONDS = 60000;
  const live = document.querySelector("[data-alerts-live]");
  const empty = document.querySelector("[data-alerts-empty]");
  const asked = new Set();
  let newest = Number(list.dataset.after) || 0;

  const show = async (id) => {
    if (asked.has(id) || document.getElementById(`alert-${id}`)) return;
    asked.add(id);
    const answer = await fetch(list.dataset.card.replace("/0/", `/${id}/`), { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
    if (answer.status !== 200) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const card = holder.content.querySelector("article");
    if (!card) return;
    list.prepend(card);
    if (empty) empty.hidden = true;
    if (live) live.textContent = card.querySelector(".alert-who").textContent.trim();
    if (window.htmx) window.htmx.process(card);
  };

  const listen = () => {
    const source = new EventSource(`${list.dataset.alerts}?after=${newest}`);
    source.addEventListener("alert", (event) => {
      newest = Math.max(newest, Number(event.lastEventId) || 0);
      show(JSON.parse(event.data).id).catch(() => asked.delete(JSON.parse(event.data).id));
    });
    /* Another page of hers took this place: this one is quiet until it is looked at again. */
    source.addEventListener("elsewhere", () => {
      source.close();
      addEventListener("focus", listen, { once: true });
    });
    /* A break heals by itself; a refusal does not, so we ask again later. */
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      source.close();
      setTimeout(listen, AGAIN_MILLISECONDS);
    });
    addEventListener("pagehide", () => source.close(), { once: true });
  };
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
})();
