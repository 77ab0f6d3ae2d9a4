"use strict";
// The arithmetic of a figure, shown where a reader points, taps or comes by keyboard. Without it the links lead there.
(() => {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  const touch = matchMedia("(hover: none)");
  let shown = null;
  const lit = () => document.querySelectorAll(".on").forEach((e) => e.classList.remove("on"));
  const hide = () => {
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    tip.hidden = true;
    lit();
  };
  const show = (figure) => {
    if (shown === figure) return;
    hide();
    tip.replaceChildren();
    for (const id of figure.dataset.r.split(" ")) {
      const said = document.querySelector("#" + id + " > .said");
      if (!said) continue;
      const p = said.cloneNode(true);
      const to = document.createElement("a");
      to.href = "#" + id;
      to.textContent = " →";
      to.setAttribute("aria-label", id);
      p.append(to);
      tip.append(p);
      for (const other of document.querySelectorAll('.f[data-r~="' + id + '"]')) other.classList.add("on");
    }
    if (!tip.childNodes.length) return;
    shown = figure;
    figure.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    const at = figure.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const below = at.bottom + 6 + box.height < innerHeight;
    tip.style.left = Math.max(12, Math.min(at.left, innerWidth - box.width - 12)) + scrollX + "px";
    tip.style.top = (below ? at.bottom + 6 : Math.max(6, at.top - box.height - 6)) + scrollY + "px";
  };
  const figure = (e) => (e.target.closest ? e.target.closest(".f") : null);
  document.addEventListener("pointerover", (e) => {
    if (e.pointerType === "touch") return;
    const f = figure(e);
    if (f) show(f);
    else if (!e.target.closest(".tip")) hide();
  });
  document.addEventListener("focusin", (e) => {
    const f = figure(e);
    if (f) show(f);
    else if (!e.target.closest(".tip")) hide();
  });
  document.addEventListener("click", (e) => {
    const f = figure(e);
    if (f && touch.matches) {
      e.preventDefault();
      show(f);
    } else if (!f && !e.target.closest(".tip")) hide();
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") hide();
  });
  const unfold = () => {
    const at = location.hash && document.getElementById(location.hash.slice(1));
    const fold = at && at.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      at.scrollIntoView();
    }
  };
  addEventListener("hashchange", unfold);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  unfold();
})();
