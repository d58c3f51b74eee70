// What the keyboard and the mouse do beyond links and forms. Every page works without it.
"use strict";

const typing = (node) => node instanceof HTMLElement && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));
const rows = () => [...document.querySelectorAll("[data-row]")];
let chord = "";

const press = (key) => {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  target.matches("input,select,textarea") ? target.focus() : target.click();
  return true;
};

const step = (by) => {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("here"));
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  all.forEach((row) => row.classList.toggle("here", row === next));
  next.scrollIntoView({ block: "nearest" });
  const link = next.querySelector("a.row");
  if (link) link.focus({ preventScroll: true });
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
    return;
  }
  if (event.key === "Escape" && typing(event.target)) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key;
  if (chord) {
    const both = `${chord} ${key}`;
    chord = "";
    if (press(both)) event.preventDefault();
    return;
  }
  if (key === "g") { chord = "g"; setTimeout(() => { chord = ""; }, 1200); return; }
  if (key === "/") { event.preventDefault(); openPalette(); return; }
  if (key === "j" || key === "k") { event.preventDefault(); step(key === "j" ? 1 : -1); return; }
  if (key === "o") { document.querySelector("[data-row].here a.row")?.click(); return; }
  if (press(key)) event.preventDefault();
});

// The palette: the search field in a dialog, answers as you type, arrows to choose.
const openPalette = () => {
  const dialog = document.getElementById("palette");
  const field = document.getElementById("find");
  if (!dialog || !field || !field.dataset.palette) { field?.focus(); return; }
  fetch(field.dataset.palette, { headers: { "HX-Request": "true" } })
    .then((answer) => answer.text())
    .then((html) => {
      dialog.innerHTML = html;
      window.htmx?.process(dialog);
      if (!dialog.open) dialog.showModal();
      dialog.querySelector("input")?.focus();
    });
};
document.getElementById("find")?.addEventListener("focus", (event) => {
  if (event.target.dataset.palette && matchMedia("(hover: hover)").matches) openPalette();
});
document.getElementById("palette")?.addEventListener("keydown", (event) => {
  const links = [...event.currentTarget.querySelectorAll("a")];
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Enter") return;
  const at = links.indexOf(document.activeElement);
  if (event.key === "Enter") {
    // The first answer, unless it still answers what was typed before: then the form goes to the search page.
    const answered = event.currentTarget.querySelector(".hits")?.dataset.text === event.currentTarget.querySelector("input")?.value.trim();
    if (at === -1 && links.length && answered) { event.preventDefault(); links[0].click(); }
    return;
  }
  event.preventDefault();
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  (links[next] ?? event.currentTarget.querySelector("input"))?.focus();
});
document.getElementById("palette")?.addEventListener("click", (event) => {
  if (event.target === event.currentTarget) event.currentTarget.close();
});

// Choices that take effect at once; without a script their form has a button.
document.addEventListener("change", (event) => {
  if (event.target instanceof HTMLElement && event.target.matches("[data-at-once]")) event.target.form?.requestSubmit();
});
document.documentElement.classList.add("scripted");
