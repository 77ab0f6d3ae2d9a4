"use strict";
const form = document.querySelector("form"), drop = form.querySelector(".drop"), said = form.querySelector("output");
const [files, folder] = form.querySelectorAll("input");

// send checks files, each under the path that it has in what was dropped or chosen.
async function send(all) {
  if (!all.length) return;
  said.textContent = form.dataset.busy.replace("%d", all.length);
  const body = new FormData();
  for (const [path, file] of all) { body.append("path", path); body.append("files", file); }
  try {
    const answer = await fetch("check", { method: "POST", body });
    if (answer.ok) location.assign(answer.url);
    else said.textContent = await answer.text();
  } catch { said.textContent = form.dataset.failed; }
}

// within lists the files of a dropped entry.
async function within(entry, path = "") {
  if (entry.isFile) return [[path + entry.name, await new Promise((yes, no) => entry.file(yes, no))]];
  const reader = entry.createReader(), out = [];
  for (;;) {
    const some = await new Promise((yes, no) => reader.readEntries(yes, no));
    if (!some.length) return out;
    for (const one of some) out.push(...await within(one, path + entry.name + "/"));
  }
}

for (const kind of ["dragenter", "dragover"]) document.addEventListener(kind, (e) => { e.preventDefault(); drop.classList.add("over"); });
for (const kind of ["dragleave", "drop"]) document.addEventListener(kind, () => drop.classList.remove("over"));
document.addEventListener("drop", async (e) => {
  e.preventDefault();
  const entries = [...e.dataTransfer.items].map((i) => i.webkitGetAsEntry()).filter(Boolean), all = [];
  for (const entry of entries) all.push(...await within(entry));
  send(all);
});
folder.addEventListener("change", () => send([...folder.files].map((f) => [f.webkitRelativePath || f.name, f])));
form.addEventListener("submit", (e) => { e.preventDefault(); send([...files.files].map((f) => [f.name, f])); });
