// What makes pages of use where the line comes and goes: forms that are kept while they are filled in and wait in the outbox, the page
// of the outbox, and the line that says how old a page is. Without script forms go straight to the server.
'use strict';

(() => {
  const me = document.body.dataset.login;
  const t = (zh, en) => (document.documentElement.lang === 'en' ? en : zh);
  const able = 'indexedDB' in window && 'locks' in navigator;

  function make(name, text, attributes = {}) {
    const e = document.createElement(name);
    e.textContent = text;
    for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v);
    return e;
  }
  const moment = (iso) => new Date(iso).toLocaleString(t('zh-CN', 'en-GB'), { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' });

  if (document.body.dataset.kept) {
    document.querySelector('nav.wings').after(make('p', t('没有网络：这是', 'No line: this is as it stood at ') + moment(document.body.dataset.kept) +
      t('时的样子。填好的表格留在这台设备上，有网络时寄出。', '. What you fill in is kept on this device and sent when there is a line.'), { class: 'line', role: 'status' }));
  }

  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register('/worker.js').catch(() => {}); // forms still wait in the outbox, and pages need a line
    const addresses = document.body.dataset.keep;
    if (addresses) navigator.serviceWorker.ready.then((r) => r.active.postMessage({ keep: addresses.split(' ') }));
    navigator.serviceWorker.addEventListener('message', (e) => { if (e.data.keptNow) document.body.dataset.ready = '1'; });
  }
  if (!me || !able) return;

  const unsent = async () => (await outbox.all(me)).filter((x) => x.state !== 'sent');

  // The way to the outbox says how many wait.
  async function count() {
    const link = document.querySelector('.wings a[href="/outbox"]');
    const n = (await unsent()).length;
    link.textContent = link.textContent.replace(/ \(\d+\)$/, '') + (n ? ' (' + n + ')' : '');
  }

  // Whoever leaves is told what stays behind.
  const leaving = document.querySelector('form[action="/sign-out"]');
  leaving?.addEventListener('submit', async (e) => {
    e.preventDefault();
    const n = (await unsent()).length;
    if (!n || confirm(t('还有 ' + n + ' 件没有寄出。它们留在这台设备上，您再登录后才会寄出。现在退出吗？', n + ' were not sent. They stay on this device and are sent when you sign in again. Sign out now?'))) leaving.submit();
  });

  const fieldsOf = (form) => [...new FormData(form)].filter(([, v]) => !(v instanceof File) || v.size > 0 || v.name);

  // itemOf is a form as the outbox keeps it.
  function itemOf(form, state) {
    const fields = fieldsOf(form);
    const title = fields.filter(([n, v]) => ['number', 'title', 'area', 'name', 'event_no'].includes(n) && v).map(([, v]) => v).join(' ');
    return { key: form.elements.key.value, owner: me, kind: form.dataset.outbox, label: form.dataset.label, title, to: form.getAttribute('action'), fields, filled: new Date().toISOString(), state, why: '', said: [] };
  }

  // fillIn puts a kept item back into its form.
  function fillIn(form, item) {
    const values = new Map();
    for (const [name, value] of item.fields) values.set(name, [...(values.get(name) || []), value]);
    for (const name of values.keys()) {
      const [, list] = /^(\w+)\.\d+\./.exec(name) || [];
      while (list && !form.elements[name]) if (!addRow(form, list)) break;
    }
    for (const control of form.elements) {
      if (!control.name || control.name === 'more') continue;
      const given = values.get(control.name) || [];
      if (control.type === 'file') {
        const files = new DataTransfer();
        for (const f of given) if (f instanceof Blob) files.items.add(f instanceof File ? f : new File([f], f.name || 'file'));
        control.files = files.files;
        showFiles(control);
      } else if (control.type === 'checkbox') control.checked = given.includes(control.value);
      else if (given.length) control.value = given[0];
    }
  }

  // Where the device is, at the press of a button.
  for (const control of document.querySelectorAll('input[data-locate]')) {
    if (!navigator.geolocation || control.readOnly) continue;
    const button = make('button', t('填入现在的位置', 'Where I am now'), { type: 'button' });
    const said = make('p', '', { class: 'hint', role: 'status' });
    button.addEventListener('click', () => {
      said.textContent = '';
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        control.value = coords.latitude.toFixed(6) + ',' + coords.longitude.toFixed(6);
        control.dispatchEvent(new Event('input', { bubbles: true }));
      }, () => { said.textContent = t('这台设备没有给出位置，请手工填写', 'the device does not say where it is; type it'); }, { enableHighAccuracy: true, timeout: 20000 });
    });
    control.after(button, said);
  }

  // showFiles says which files were chosen, with the way to leave them out.
  function showFiles(control) {
    control.nextElementSibling?.classList.contains('chosen') && control.nextElementSibling.remove();
    if (!control.files.length) return;
    const list = make('ul', '', { class: 'files chosen' });
    for (const f of control.files) list.append(make('li', f.name + ' · ' + Math.max(1, Math.round(f.size / 1024)) + ' KB'));
    control.after(list);
  }

  const form = document.querySelector('form[data-outbox]:not([data-outbox=""])');
  if (form) watch(form);

  async function watch(form) {
    const asked = new URLSearchParams(location.hash.slice(1)), opened = asked.get('item');
    const given = asked.get('shared') && await outbox.get(asked.get('shared'));
    const item = opened && await outbox.get(opened);
    if (item && item.owner === me && item.state !== 'sent') {
      fillIn(form, item);
      if (item.state === 'conflict' || item.state === 'refused') { // the server shows what is the matter, at each field
        await outbox.put({ ...item, state: 'waiting' });
        return sent(form, await outbox.send(item.key));
      }
    } else if ('fresh' in form.dataset) {
      form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join(''); // a kept page has the key that it came with
    }
    if (given && given.state === 'shared' && given.kind === form.dataset.outbox && 'fresh' in form.dataset) { // a draft from now on, of whoever is signed in
      fillIn(form, given);
      await outbox.put(itemOf(form, 'draft'));
      await outbox.remove(given.key);
      history.replaceState(null, '', '#item=' + form.elements.key.value);
      count();
    }
    form.dataset.guarded = '1'; // what is typed is kept, so the page may be left

    let wait, sending = false;
    const save = async () => { if (!sending) { await outbox.put(itemOf(form, 'draft')); count(); } };
    form.addEventListener('input', (e) => {
      if (e.target.type === 'file') showFiles(e.target);
      clearTimeout(wait);
      wait = setTimeout(save, 300);
    });
    window.addEventListener('pagehide', () => { if (wait && !sending) save(); });

    form.addEventListener('submit', async (e) => {
      if (e.submitter?.name === 'more') return;
      e.preventDefault();
      if (sending) return;
      sending = true;
      clearTimeout(wait);
      const item = itemOf(form, 'waiting');
      await outbox.put(item);
      navigator.serviceWorker?.ready.then((r) => r.sync?.register('outbox')).catch(() => {});
      sent(form, await outbox.send(item.key));
    });
    form.querySelector('.bottom a')?.addEventListener('click', () => {
      sending = true;
      clearTimeout(wait);
      outbox.remove(form.elements.key.value);
    });
  }

  // sent goes on to where a form has come: its record, the outbox where it waits, or its page with what is wrong.
  function sent(form, item) {
    if (item.state === 'sent') location.href = item.receipt.to;
    else if (item.state === 'waiting') location.href = '/outbox';
    else form.submit(); // once more, for the page
  }

  // The page of the outbox.
  const box = document.getElementById('outbox');

  const groups = [
    ['refused conflict', t('要您处理', 'For you to decide')],
    ['waiting', t('等着寄出', 'Waiting to be sent')],
    ['shared', t('分享来的图片', 'Pictures that were shared')],
    ['draft', t('没有填完', 'Not finished')],
    ['sent', t('已寄出', 'Sent')],
  ];
  const whys = {
    line: t('没有网络，有网络时自动寄出', 'no line; it is sent when there is one'),
    'sign-in': t('请填写人登录后寄出', 'whoever filled it in signs in to send it'),
    server: t('服务器没有收下，稍后自动再寄', 'the server did not take it; it is sent again later'),
  };

  function shown(item) {
    const li = make('li', '');
    const head = make('p', '');
    head.append(make('b', item.state === 'shared' ? item.fields.filter(([, v]) => v instanceof Blob).length + t('张图片', ' pictures') : item.label), ' ' + (item.state === 'sent' ? '' : item.title));
    li.append(head);
    const said = (text, kind = 'muted') => text && li.append(make('p', text, { class: 'small ' + kind }));
    const actions = make('div', '', { class: 'plain' });
    if (item.state === 'sent') {
      head.append(make('a', item.receipt.record, { href: item.receipt.to }));
      said(t('回执：', 'receipt: ') + item.receipt.at + t(' 收下，第', ' taken, version ') + item.receipt.version + t('版，日志位置', ', position ') + item.receipt.position + t('；填写于', '; filled in at ') + moment(item.filled));
    } else {
      said((item.state === 'shared' ? t('分享于', 'shared at ') : t('填写于', 'filled in at ')) + moment(item.filled));
      said(whys[item.why]);
      if (item.state === 'conflict') said(t('填写期间别人改过这条记录', 'somebody else changed the record meanwhile'), 'why');
      else for (const x of item.said) said(x, 'why');
      const where = item.to.endsWith('/edit') ? item.to : item.to.replace(/\?.*/, '');
      actions.append(make('a', item.state === 'conflict' ? t('看两边，由您决定', 'See both sides and decide') : item.state === 'shared' ? t('登记隐患', 'Add a hazard') : t('打开', 'Open'),
        { class: 'button', href: where + (item.state === 'shared' ? '#shared=' : '#item=') + item.key }));
      if (item.state === 'waiting') {
        const now = make('button', t('现在寄', 'Send now'), { type: 'button' });
        now.addEventListener('click', () => outbox.send(item.key).then(draw));
        actions.append(now);
      }
    }
    const gone = make('button', item.state === 'sent' ? t('不再显示', 'Do not show') : t('删除', 'Delete'), { type: 'button', class: 'quiet' });
    gone.addEventListener('click', async () => {
      if (item.state === 'sent' || confirm(t('删除后找不回来，也不会寄出。确定吗？', 'It cannot be brought back and is not sent. Delete it?'))) {
        await outbox.remove(item.key);
        draw();
      }
    });
    actions.append(gone);
    li.append(actions);
    return li;
  }

  async function draw() {
    count();
    if (!box) return;
    const items = (await outbox.all()).filter((x) => x.owner === me || x.state === 'shared');
    box.replaceChildren();
    for (const [states, title] of groups) {
      const some = items.filter((x) => states.split(' ').includes(x.state));
      if (!some.length) continue;
      const card = make('section', '', { class: 'card', 'data-group': states.split(' ')[0] });
      const list = make('ul', '', { class: 'items' });
      list.append(...some.map(shown));
      card.append(make('h2', title), list);
      box.append(card);
    }
    if (!items.length) box.append(make('p', t('没有要寄的，也还没有回执。', 'Nothing waits, and there are no receipts yet.'), { class: 'card empty' }));
    box.dataset.drawn = '1';
  }

  // What waits goes out when a page is opened, when the line returns, and now and then.
  async function go() {
    await outbox.sendAll(me);
    await draw();
  }
  window.addEventListener('online', go);
  setInterval(async () => { if (document.visibilityState === 'visible' && (await unsent()).some((x) => x.state === 'waiting')) go(); }, 15000);
  draw().then(go);
})();
