// The outbox: what was filled in on this device, until it is sent, and the receipts of what was. Pages and the worker beside them share
// it. An item is known by the idempotency key of its form, so that whatever is sent twice is done once.
'use strict';

const outbox = (() => {
  const receiptsMost = 200;

  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open('anlan', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('item', { keyPath: 'key' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  opened.catch(() => {}); // each use says so itself

  async function stored(mode, what) {
    const db = await opened;
    return new Promise((resolve, reject) => {
      const tx = db.transaction('item', mode);
      const asked = what(tx.objectStore('item'));
      tx.oncomplete = () => resolve(asked.result);
      tx.onerror = tx.onabort = () => reject(tx.error);
    });
  }
  const put = (item) => stored('readwrite', (s) => s.put(item));
  const get = (key) => stored('readonly', (s) => s.get(key));
  const remove = (key) => stored('readwrite', (s) => s.delete(key));

  // all gives the items of somebody, the newest first; without a name those of everybody.
  async function all(owner) {
    const items = await stored('readonly', (s) => s.getAll());
    return items.filter((x) => !owner || x.owner === owner).sort((a, b) => (a.filled < b.filled ? 1 : -1));
  }

  // attempt sends an item and gives what it has become. What the server has not answered waits, and is sent again with the same key.
  async function attempt(item) {
    const body = new FormData();
    for (const [name, value] of item.fields) {
      if (value instanceof Blob) body.append(name, value, value.name); else body.append(name, value);
    }
    body.append('by', item.owner);
    body.append('filled', item.filled);
    let answer, told;
    try {
      answer = await fetch(item.to, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual', credentials: 'same-origin' });
      if ((answer.headers.get('Content-Type') || '').startsWith('application/json')) told = await answer.json();
    } catch {
      return { ...item, state: 'waiting', why: 'line', said: [] };
    }
    if (answer.ok && told) return { ...item, state: 'sent', why: '', said: [], fields: [], receipt: told };
    const codes = (told && told.codes) || [], said = (told && told.said) || [];
    if (!told || codes.includes('login.no_session') || codes.includes('web.another_filled_in')) return { ...item, state: 'waiting', why: 'sign-in', said };
    if (codes.length === 1 && codes[0] === 'book.stale') return { ...item, state: 'conflict', why: '', said };
    if (answer.status >= 500 || answer.status === 429) return { ...item, state: 'waiting', why: 'server', said };
    return { ...item, state: 'refused', why: '', said };
  }

  // send sends one item; nobody else sends meanwhile. It gives the item as it stands afterwards.
  const send = (key) => navigator.locks.request('anlan-outbox', async () => {
    const item = await get(key);
    if (!item || item.state === 'sent' || item.state === 'draft') return item;
    const after = await attempt(item);
    await put(after);
    return after;
  });

  // sendAll sends what waits, of one person or of everybody, the oldest first; without a line it stops at the first.
  async function sendAll(owner) {
    for (const item of (await all(owner)).reverse()) {
      if (item.state !== 'waiting') continue;
      const after = await send(item.key);
      if (after && after.state === 'waiting' && after.why === 'line') return;
    }
    const sent = (await all(owner)).filter((x) => x.state === 'sent');
    for (const old of sent.slice(receiptsMost)) await remove(old.key);
  }

  return { put, get, remove, all, send, sendAll };
})();
