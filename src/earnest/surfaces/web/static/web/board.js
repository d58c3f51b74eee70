// Drag a card to another stage with a mouse or a pen. Keyboard and touch have the «Move to…» form of each card.
"use strict";

(() => {
  const far = 6;
  let held = null;

  const columnAt = (x, y) => document.elementsFromPoint(x, y).map((node) => node.closest(".column")).find(Boolean);
  const mark = (column) => document.querySelectorAll(".column").forEach((each) => each.classList.toggle("over", each === column));

  const lift = (card) => {
    const box = card.getBoundingClientRect();
    const ghost = card.cloneNode(true);
    ghost.classList.add("ghost");
    ghost.removeAttribute("data-row");
    ghost.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    ghost.style.width = `${box.width}px`;
    document.body.append(ghost);
    card.classList.add("held");
    return ghost;
  };

  const drop = () => {
    held?.ghost?.remove();
    held?.card.classList.remove("held");
    mark(null);
    held = null;
  };

  const move = (card, stage) => {
    const form = card.querySelector(".move form");
    const choice = form.elements.stage;
    if (choice.value === stage || ![...choice.options].some((option) => option.value === stage)) return;
    choice.value = stage;
    form.requestSubmit();
  };

  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".card");
    if (!card || event.button !== 0 || event.pointerType === "touch" || event.target.closest("summary, select, button, .chip")) return;
    held = { card, x: event.clientX, y: event.clientY, ghost: null };
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    if (!held.ghost && Math.hypot(event.clientX - held.x, event.clientY - held.y) < far) return;
    held.ghost ??= lift(held.card);
    held.ghost.style.left = `${event.clientX - 24}px`;
    held.ghost.style.top = `${event.clientY - 16}px`;
    mark(columnAt(event.clientX, event.clientY));
    getSelection()?.removeAllRanges();
  });
  document.addEventListener("pointerup", (event) => {
    if (!held) return;
    const { card, ghost } = held;
    const column = ghost ? columnAt(event.clientX, event.clientY) : null;
    drop();
    if (!ghost) return;
    // The click that follows a drag opens nothing.
    const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, true), 0);
    if (column) move(card, column.dataset.stage);
  });
  document.addEventListener("pointercancel", drop);
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".card")) event.preventDefault(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") drop(); });
})();
