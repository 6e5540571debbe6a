// The phone pages without a connection: what is typed stays, what is recorded waits in IndexedDB and is sent once.

const unsent = document.querySelector("[data-unsent]");
const form = document.querySelector("form[data-offline]");

if ("serviceWorker" in navigator && unsent) navigator.serviceWorker.register(unsent.dataset.worker);

// The queue

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open("klean-field", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("forms", { keyPath: "key" });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const inStore = async (mode, work) => {
  const store = (await opened).transaction("forms", mode).objectStore("forms");
  return new Promise((resolve, reject) => {
    const request = work(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
};
const waiting = () => inStore("readonly", (store) => store.getAll());
const keep = (item) => inStore("readwrite", (store) => store.put(item));
const drop = (key) => inStore("readwrite", (store) => store.delete(key));

const bodyOf = (item) => {
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, value);
  // The page may have been kept since yesterday; the token must be of today.
  body.set("csrfmiddlewaretoken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
  return body;
};

// True when the server has it, a fault when it will never take it, and an exception when there is no connection.
const send = async (item) => {
  const answer = await fetch(item.action, { method: "POST", body: bodyOf(item), headers: { "Idempotency-Key": item.key } });
  if (answer.ok && !answer.url.includes("/accounts/login")) return { done: true, url: answer.url };
  if (answer.status >= 500 || answer.url.includes("/accounts/login")) throw new Error("not now");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fault = page.querySelector(".error-summary")?.textContent.replace(/\s+/g, " ").trim();
  return { done: false, fault: fault || `${answer.status}` };
};

// One tab at a time, so that nothing is sent twice even for a moment.
const flush = () => navigator.locks.request("klean-field", async () => {
  for (const item of await waiting()) {
    if (item.fault) continue;
    try {
      const { done, fault } = await send(item);
      await (done ? drop(item.key) : keep({ ...item, fault }));
    } catch { break; }
  }
  await show();
});

const show = async () => {
  if (!unsent) return;
  const items = await waiting();
  const list = unsent.querySelector("[data-unsent-list]");
  const blank = unsent.querySelector("[data-unsent-item]");
  list.replaceChildren(...items.map((item) => {
    const row = blank.content.firstElementChild.cloneNode(true);
    row.querySelector("[data-unsent-title]").textContent = item.title;
    row.querySelector("[data-unsent-fault]").textContent = item.fault ?? "";
    row.querySelector("[data-unsent-drop]").onclick = async () => { await drop(item.key); show(); };
    return row;
  }));
  unsent.hidden = items.length === 0;
};

// Drafts: what is typed survives a page that is lost

const draftName = form && `klean-draft ${form.action}`;
const PRIVATE = new Set(["csrfmiddlewaretoken", "from"]);

const saveDraft = () => {
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !PRIVATE.has(name));
  localStorage.setItem(draftName, JSON.stringify(typed));
};
const readDraft = () => {
  for (const [name, value] of JSON.parse(localStorage.getItem(draftName) ?? "[]")) {
    const field = form.elements[name];
    if (field && field.type !== "checkbox" && field.type !== "file") field.value = value;
  }
};

if (form) {
  readDraft();
  form.addEventListener("input", saveDraft);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.submitter?.setAttribute("disabled", "");
    const item = { key: crypto.randomUUID(), title: form.dataset.offline, action: form.action, fields: [...new FormData(form)] };
    await keep(item);
    localStorage.removeItem(draftName);
    form.querySelector("[data-kept]").hidden = false;
    await flush();
    const left = (await waiting()).find((one) => one.key === item.key);
    if (left?.fault) event.submitter?.removeAttribute("disabled");
    if (!left) location.assign(document.querySelector(".crumb-list a").href);
  });
}

document.querySelector("[data-unsent-send]")?.addEventListener("click", async () => {
  for (const item of await waiting()) await keep({ ...item, fault: undefined });
  flush();
});
addEventListener("online", flush);
// Some phones come back without saying so.
setInterval(() => { if (navigator.onLine) flush(); }, 5000);
flush();
