// What makes pages handier where a browser runs scripts; each works without.
'use strict';

// Keys: in lists j and k move, x ticks, Enter opens, f filters, n adds; on a record e edits; ? tells.
const rows = [...document.querySelectorAll('table.records tbody tr')];
let at = -1;
function move(to) {
  if (!rows.length) return;
  if (at >= 0) rows[at].removeAttribute('aria-selected');
  at = Math.max(0, Math.min(rows.length - 1, to));
  rows[at].setAttribute('aria-selected', 'true');
  rows[at].querySelector('a')?.focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: 'nearest' });
}
document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest('input, select, textarea, dialog')) return;
  if (e.key === 'j') move(at + 1);
  else if (e.key === 'k') move(at - 1);
  else if (e.key === 'f') {
    const input = document.querySelector('[data-key=f]');
    if (input) { e.preventDefault(); input.focus(); }
  } else if (e.key === 'e' || e.key === 'n') document.querySelector(`.actions [data-key=${e.key}]`)?.click();
  else if (e.key === 'x' && at >= 0) rows[at].querySelector('.tick input')?.click();
  else if (e.key === '?') document.getElementById('keys')?.showModal();
});

// What can be picked stands below an input that names records.
for (const input of document.querySelectorAll('input[data-choose]')) {
  const kind = input.dataset.choose;
  if (!kind) continue;
  const list = document.createElement('datalist');
  list.id = 'choices-' + input.name;
  input.after(list);
  input.setAttribute('list', list.id);
  let wait;
  const ask = () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const answer = await fetch('/choose/' + kind + '?q=' + encodeURIComponent(input.value)).catch(() => null); // no line, nothing to pick from
      if (answer?.ok) list.innerHTML = await answer.text();
    }, 150);
  };
  input.addEventListener('input', ask);
  input.addEventListener('focus', ask, { once: true });
}

// A long list of choices is narrowed by what is typed above it: words, a code, or pinyin.
for (const select of document.querySelectorAll('select[data-search]')) {
  const all = [...select.options];
  const input = document.createElement('input');
  input.type = 'search';
  input.autocomplete = 'off';
  input.className = 'narrow';
  const zh = document.documentElement.lang.startsWith('zh');
  input.placeholder = zh ? '按文字、代码或拼音找' : 'find by words, code or pinyin';
  input.setAttribute('aria-label', input.placeholder);
  select.before(input);
  input.addEventListener('input', (e) => {
    e.stopPropagation(); // it is no part of the form
    const typed = input.value.trim().toLowerCase();
    const kept = select.value; // what is chosen stays until another is
    const fit = all.filter((o) => o.value === '' || o.value === kept || o.text.toLowerCase().includes(typed) || (o.dataset.by || '').toLowerCase().includes(typed));
    select.replaceChildren(...fit);
    select.value = kept;
    const others = fit.filter((o) => o.value !== '' && o.value !== kept);
    if (typed && others.length === 1) {
      select.value = others[0].value;
      select.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  input.addEventListener('keydown', (e) => { if (e.key === 'Enter') { e.preventDefault(); select.focus(); } });
}

// A form that was changed asks before it is left.
for (const form of document.querySelectorAll('form[data-guard]')) {
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  window.addEventListener('beforeunload', (e) => { if (changed && !form.dataset.guarded) e.preventDefault(); });
}

// A day is typed or picked.
for (const input of document.querySelectorAll('input[data-date]')) {
  if (input.readOnly || (input.value && !/^\d{4}-\d\d-\d\d$/.test(input.value))) continue;
  input.type = 'date';
}

// A list of rows gets another at once, without asking the server.
function addRow(form, list) {
  const body = form.querySelector('button[name=more][value="' + list + '"]')?.closest('section').querySelector('.inputs tbody');
  if (!body || body.rows.length >= 500) return false;
  const row = body.rows[body.rows.length - 1].cloneNode(true);
  for (const e of row.querySelectorAll('[name]')) {
    const number = body.rows.length, old = e.name;
    e.name = e.id = old.replace(/^(\w+)\.\d+\./, '$1.' + number + '.');
    e.value = '';
    e.removeAttribute('aria-invalid');
    if (e.hasAttribute('aria-label')) e.setAttribute('aria-label', e.getAttribute('aria-label').replace(/\d+$/, number + 1));
  }
  for (const e of row.querySelectorAll('.why, datalist')) e.remove();
  body.append(row);
  return row;
}
for (const button of document.querySelectorAll('button[name=more]')) {
  button.addEventListener('click', (e) => {
    const row = addRow(button.form, button.value);
    if (!row) return;
    e.preventDefault();
    row.querySelector('input, select, textarea').focus();
  });
}

// While a section of a report is written, how it prints is asked for after a pause.
for (const form of document.querySelectorAll('form[data-preview]')) {
  const text = form.querySelector('textarea');
  const seen = document.getElementById('seen');
  let wait;
  text.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const answer = await fetch(form.dataset.preview, { method: 'POST', body: new URLSearchParams({ text: text.value }) });
      if (answer.ok) seen.innerHTML = await answer.text();
    }, 700);
  });
}
for (const input of document.querySelectorAll('input[data-pick]')) {
  const found = document.getElementById('found');
  let wait;
  input.addEventListener('input', () => {
    clearTimeout(wait);
    wait = setTimeout(async () => {
      const answer = await fetch(input.dataset.pick + '?find=' + encodeURIComponent(input.value));
      if (answer.ok) found.innerHTML = await answer.text();
      buttons();
    }, 250);
  });
}
// What was found goes into the text where the cursor stands.
function buttons() {
  const text = document.getElementById('text');
  if (!text || text.readOnly) return;
  for (const code of document.querySelectorAll('code[data-insert]')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = code.textContent;
    button.addEventListener('click', () => {
      text.setRangeText(code.dataset.insert, text.selectionStart, text.selectionEnd, 'end');
      text.dispatchEvent(new Event('input', { bubbles: true }));
      text.focus();
    });
    code.replaceWith(button);
  }
}
buttons();
