// The list of deals: what is chosen, how many and how much; and leaving a cell as it was.
"use strict";

(() => {
  const bar = document.getElementById("many");
  if (!bar) return;
  const boxes = () => [...document.querySelectorAll('input[name="chosen"][form="many"]')];
  const whole = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

  const money = (minor, currency) => {
    let digits = 2;
    if (currency) digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
    return `${currency} ${whole.format(minor / 10 ** digits)}`.trim();
  };

  const tell = () => {
    const chosen = boxes().filter((box) => box.checked);
    const sums = new Map();
    chosen.forEach((box) => sums.set(box.dataset.currency, (sums.get(box.dataset.currency) ?? 0) + Number(box.dataset.minor)));
    const told = [...sums].filter(([, minor]) => minor).map(([currency, minor]) => money(minor, currency));
    bar.classList.toggle("some", chosen.length > 0);
    bar.querySelector("[data-count]").textContent = `${chosen.length} chosen`;
    bar.querySelector("[data-sum]").textContent = told.length ? `${told.join(" and ")} claimed` : "";
    const all = document.querySelector("[data-all]");
    if (all) all.checked = chosen.length > 0 && chosen.length === boxes().length;
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches?.('[data-all], input[name="chosen"]')) tell();
  });
  bar.querySelector("[data-clear]")?.addEventListener("click", () => { boxes().forEach((box) => { box.checked = false; }); tell(); });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".cell-form");
    if (event.key === "Escape" && form) form.querySelector(".leave").click();
    const row = document.querySelector("[data-row].here");
    if (event.key === "x" && row && !event.target.matches("input:not([type=checkbox]),select,textarea")) row.querySelector('input[name="chosen"]')?.click();
  });
  // A cell opens its form where it stands; with another key held, or without a script, its link is a page.
  document.addEventListener("click", (event) => {
    const cell = event.target.closest?.("a.cell");
    if (!cell || !window.htmx || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    window.htmx.ajax("GET", cell.getAttribute("href"), { target: cell.closest("td"), swap: "innerHTML" });
  });

  // Going back to a page restores its ticks; the bar has to say the same.
  window.addEventListener("pageshow", tell);
  tell();
})();
