// Behaviour of every page. The words are in the HTML; this file only moves them.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// Preferences: kept in a cookie, so that the server draws the next page right from its first byte

const remember = (name, value) => {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
};

const chooseTheme = (theme) => {
  document.documentElement.dataset.theme = theme;
  remember("theme", theme);
};

const showBlur = () => {
  const blurred = "blur" in document.documentElement.dataset;
  for (const button of $$("[data-toggle-blur]")) button.setAttribute("aria-pressed", blurred);
};

const toggleBlur = () => {
  const blurred = document.documentElement.toggleAttribute("data-blur");
  remember("blur", blurred ? "on" : "off");
  showBlur();
};

// Toasts

const watchToast = (toast) => {
  const wait = Number(toast.dataset.dismissAfter);
  if (!wait || "watched" in toast.dataset) return;
  toast.dataset.watched = "";
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), wait); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("mouseenter", stop);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("mouseleave", start);
  toast.addEventListener("focusout", start);
  start();
};

const toast = (text, tone = "info") => {
  const box = $("#toast-template").content.firstElementChild.cloneNode(true);
  box.dataset.tone = tone;
  if (tone === "critical" || tone === "warning") delete box.dataset.dismissAfter;
  $("[data-toast-text]", box).textContent = text;
  $("#toasts").append(box);
  watchToast(box);
};

// Dialogs

const openDialog = (id) => {
  if (id === "shortcuts") fillShortcuts();
  if (id === "palette") fillPalette("");
  const dialog = document.getElementById(id);
  if (!dialog.open) dialog.showModal();
  $("input:not([type=hidden]), textarea, select", dialog)?.focus();
};

let afterYes = null;
const confirmFirst = (text, go) => {
  $("[data-confirm-text]").textContent = text;
  afterYes = go;
  openDialog("confirm");
  $("#confirm [data-close]:not(.button-icon)").focus();
};

const confirmed = new WeakSet();
document.addEventListener("submit", (event) => {
  const form = event.target;
  const text = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!text || confirmed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { submitter } = event;
  confirmFirst(text, () => { confirmed.add(form); form.requestSubmit(submitter); });
}, { capture: true });

// A form whose work takes a while says so, and is not sent twice

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!$("[data-while-busy]", form)) return;
  if ("busy" in form.dataset) return void event.preventDefault();
  form.dataset.busy = "";
  for (const part of $$("[data-while-busy]", form)) part.hidden = false;
});
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const form of $$("[data-busy]")) {
    delete form.dataset.busy;
    for (const part of $$("[data-while-busy]", form)) part.hidden = true;
  }
});

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  confirmFirst(event.detail.question, () => event.detail.issueRequest(true));
});

// Rows of a list: J and K move, X selects, Shift selects a range

let lastRow = null;
const rows = () => $$("[data-rows] [data-row]").filter((row) => row.checkVisibility());
const rowBox = (row) => $("[data-row-select]", row);

const moveRow = (by) => {
  const all = rows();
  const here = all.indexOf(document.activeElement?.closest?.("[data-row]"));
  const next = all[Math.min(all.length - 1, Math.max(0, here + by))];
  if (!next) return;
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

const selectTo = (row, range, checked) => {
  const all = rows();
  const [from, to] = [all.indexOf(range && lastRow ? lastRow : row), all.indexOf(row)].sort((a, b) => a - b);
  for (const each of all.slice(Math.max(0, from), to + 1)) if (rowBox(each)) rowBox(each).checked = checked;
  lastRow = row;
  countSelected();
};

const countSelected = () => {
  const count = $$("[data-row-select]:checked").length;
  for (const place of $$("[data-selected-count]")) place.textContent = count;
  for (const bar of $$("[data-when-selected]")) bar.hidden = count === 0;
};

const rowKeys = {
  KeyJ: () => moveRow(1),
  KeyK: () => moveRow(-1),
  KeyX: (event) => {
    const row = document.activeElement?.closest?.("[data-row]") ?? $("[data-open-row]");
    if (row && rowBox(row)) selectTo(row, event.shiftKey, event.shiftKey || !rowBox(row).checked);
  },
  Enter: () => {
    const { activeElement } = document;
    if (activeElement?.matches?.("[data-row]")) $("a[href]", activeElement)?.click();
  },
};

// Shortcuts: the physical key counts, so they work while a Korean input method is on

const keyed = () => $$("[data-key]").filter((element) => element.checkVisibility() && !element.disabled);
const keyOf = (event) => `${event.shiftKey ? "Shift+" : ""}${event.code}`;
const typing = (target) =>
  target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");

const labelOf = (element) => {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const copy = element.cloneNode(true);
  for (const hint of $$("kbd, svg", copy)) hint.remove();
  return copy.textContent.trim() || element.getAttribute("aria-label") || "";
};

const keyName = (key) => key.replace("Key", "").replace("Digit", "").replace("Slash", "/").replace("Arrow", "");

const act = (element) => {
  if (element.matches("input, textarea, select")) element.focus();
  else element.click();
  element.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
    event.preventDefault();
    openDialog("palette");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.code === "Escape") closeMenus();
  if (typing(event.target) || $("dialog[open]")) return;
  if (event.shiftKey && event.code === "Slash") {
    event.preventDefault();
    openDialog("shortcuts");
    return;
  }
  const here = document.activeElement?.closest?.("[data-row]");
  const meant = keyed().filter((element) => element.dataset.key === keyOf(event));
  const target = meant.find((element) => here?.contains(element)) ?? meant[0];
  if (target) {
    event.preventDefault();
    act(target);
  } else if ($("[data-rows]") && event.code in rowKeys) {
    if (event.code !== "Enter") event.preventDefault();
    rowKeys[event.code](event);
  }
});

const fillShortcuts = () => {
  const list = $("[data-keys]");
  for (const old of $$("[data-from-page]", list)) old.remove();
  for (const item of $$("[data-rows-only]", list)) item.hidden = !$("[data-rows]");
  const keys = new Set();
  for (const element of keyed()) {
    if (keys.has(element.dataset.key)) continue;
    keys.add(element.dataset.key);
    const item = document.createElement("li");
    const key = document.createElement("kbd");
    item.dataset.fromPage = "";
    key.textContent = keyName(element.dataset.key);
    const words = document.createElement("span");
    words.textContent = labelOf(element);
    item.append(words, key);
    list.append(item);
  }
};

// Palette: every link of the navigation and every action of the page, with its key

const fillPalette = (wanted) => {
  const list = $("[data-palette-list]");
  const seen = new Set();
  const found = [];
  const sources = [...$$(".menu-nav .nav-links a"), ...$$(".menu-body a.menu-item"), ...keyed()];
  for (const element of sources) {
    const label = labelOf(element);
    if (!label || seen.has(label) || !label.toLowerCase().includes(wanted.toLowerCase())) continue;
    seen.add(label);
    const link = document.createElement("a");
    link.href = element.getAttribute("href") ?? "#";
    link.textContent = label;
    if (!element.matches("a[href]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        $("#palette").close();
        act(element);
      });
    }
    if (element.dataset.key) {
      const key = document.createElement("kbd");
      key.textContent = keyName(element.dataset.key);
      link.append(key);
    }
    const item = document.createElement("li");
    item.append(link);
    found.push(item);
  }
  list.replaceChildren(...found);
  pickInPalette(0);
};

const pickInPalette = (index) => {
  const links = $$("[data-palette-list] a");
  const at = Math.min(links.length - 1, Math.max(0, index));
  links.forEach((link, place) => link.toggleAttribute("data-picked", place === at));
  links[at]?.scrollIntoView({ block: "nearest" });
};

const paletteInput = $("[data-palette-input]");
paletteInput?.addEventListener("input", () => fillPalette(paletteInput.value));
paletteInput?.addEventListener("keydown", (event) => {
  const links = $$("[data-palette-list] a");
  const here = links.findIndex((link) => link.hasAttribute("data-picked"));
  if (event.code === "ArrowDown") pickInPalette(here + 1);
  else if (event.code === "ArrowUp") pickInPalette(here - 1);
  else if (event.code === "Enter" && !event.isComposing) links[here]?.click();
  else return;
  event.preventDefault();
});
$("#palette")?.addEventListener("close", () => { paletteInput.value = ""; });

// Menus

const closeMenus = (except) => {
  for (const menu of $$("details[data-menu][open]")) {
    if (menu === except) continue;
    if (menu.contains(document.activeElement)) $("summary", menu).focus();
    menu.open = false;
  }
};

// Files dropped or chosen: names, sizes and small pictures before anything is sent

const sizeOf = (bytes) => (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

const thumbnail = async (file) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 96;
  const picture = await createImageBitmap(file);
  const scale = Math.max(96 / picture.width, 96 / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d").drawImage(picture, (96 - width) / 2, (96 - height) / 2, width, height);
  return canvas;
};

const showFiles = (input) => {
  const list = $(".drop-files", input.closest("[data-drop]"));
  list.replaceChildren(...[...input.files].map((file) => {
    const item = document.createElement("li");
    item.textContent = `${file.name} · ${sizeOf(file.size)}`;
    if (file.type.startsWith("image/")) thumbnail(file).then((canvas) => item.prepend(canvas), () => {});
    return item;
  }));
};

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-drop]");
    if (!box) return;
    box.toggleAttribute("data-over", kind === "dragover");
    if (kind === "dragover") event.preventDefault();
    if (kind !== "drop" || event.target.matches("input")) return;
    event.preventDefault();
    const input = $("input[type=file]", box);
    input.files = event.dataTransfer.files;
    showFiles(input);
  });
}

// Fields that belong to one choice alone show with it

const showChosen = (form) => {
  for (const part of $$("[data-only-with]", form)) {
    const chosen = $$("input[type=radio]:checked", form).map((radio) => radio.value);
    part.hidden = !part.dataset.onlyWith.split(" ").some((value) => chosen.includes(value));
  }
};
for (const form of $$("form:has([data-only-with])")) showChosen(form);

// Clicks and changes, heard once for the whole page

const clicks = [
  ["[data-open]", (button) => openDialog(button.dataset.open)],
  ["[data-close]", (button) => button.closest("dialog").close()],
  ["[data-dismiss]", (button) => button.closest(".toast, .alert").remove()],
  ["[data-theme-choice]", (button) => { chooseTheme(button.dataset.themeChoice); closeMenus(); }],
  ["[data-toggle-blur]", toggleBlur],
  ["[data-toggle]", (button) => {
    const on = button.closest("[data-pair]").toggleAttribute(`data-${button.dataset.toggle}`);
    button.setAttribute("aria-pressed", on);
  }],
  ["[data-confirm-yes]", () => { $("#confirm").close(); afterYes?.(); }],
];

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest?.("details[data-menu]"));
  for (const [selector, run] of clicks) {
    const element = event.target.closest?.(selector);
    if (element) run(element);
  }
  if (event.target.matches?.("dialog[open]")) event.target.close();
  if (event.target.matches?.("[data-row-select]")) {
    selectTo(event.target.closest("[data-row]"), event.shiftKey, event.target.checked);
  }
});

document.addEventListener("change", (event) => {
  if (event.target.form) showChosen(event.target.form);
  if (event.target.matches("[data-drop] input[type=file]")) showFiles(event.target);
  if (event.target.matches("[data-select-all]")) {
    const list = event.target.closest("table") ?? document;
    for (const row of rows()) if (list.contains(row) && rowBox(row)) rowBox(row).checked = event.target.checked;
    countSelected();
  }
});

// A part that renews itself waits while somebody works in it or nobody looks

document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.target;
  if (!part.matches?.("[data-quiet]")) return;
  const busy = part.contains(document.activeElement) || $("input:checked", part);
  if (busy || document.hidden) event.preventDefault();
});

// What comes next is fetched ahead, and an undo leaves when its time is over

const lookAhead = (root) => {
  for (const link of $$("[data-prefetch]", root)) {
    fetch(link.href, { headers: { "HX-Request": "true", "X-Purpose": "prefetch" }, credentials: "same-origin" }).catch(() => {});
  }
  for (const part of $$("[data-undo-until]", root)) {
    setTimeout(() => part.remove(), Math.max(0, new Date(part.dataset.undoUntil) - Date.now()));
  }
};
document.addEventListener("htmx:load", (event) => lookAhead(event.detail.elt));

// htmx: focus goes to what needs it, a failure is said aloud

document.addEventListener("htmx:afterSwap", ({ target: part, detail }) => {
  const wanted = "[data-focus], [autofocus]";
  const needed = part.matches(wanted) ? part : $(wanted, part);
  if (needed) needed.focus();
  else if (document.activeElement === document.body && detail.requestConfig.triggeringEvent) { // a page that asks by itself leaves the focus alone
    part.tabIndex = -1;
    part.focus({ preventScroll: true });
  }
  showBlur();
  countSelected();
});
document.addEventListener("htmx:oobAfterSwap", () => $$("#toasts > .toast").forEach(watchToast));
document.addEventListener("htmx:responseError", () => toast($("#toasts").dataset.failed, "critical"));
document.addEventListener("htmx:sendError", () => toast($("#toasts").dataset.offline, "critical"));
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.tone));

$("[data-focus]")?.focus();
$$("#toasts > .toast").forEach(watchToast);
showBlur();
countSelected();
