// The worker that a browser keeps beside the pages: it hands out what is kept on the device while there is no line, and sends what waits
// in the outbox when there is one again. The server writes its version above.
'use strict';
importScripts('/static/outbox.js');

const shell = 'shell-' + version; // files that come with the program
const kept = 'kept'; // pages of whoever is signed in
const files = ['style.css', 'page.js', 'outbox.js', 'phone.js', 'scan.js', 'icon.svg', 'icon-192.png'].map((f) => '/static/' + f);
const keptMost = 120;
const keptFor = 12 * 3600 * 1000; // as long as a session may last; blank forms stay
const afresh = 3600 * 1000; // what is older is fetched again when somebody signs in

self.addEventListener('install', (e) => {
  e.waitUntil((async () => {
    const cache = await caches.open(shell);
    await cache.addAll(files.map((f) => new Request(f, { cache: 'reload' })));
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (e) => {
  e.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== shell) await caches.delete(name);
    await self.clients.claim();
  })());
});

// keepable are the pages that are kept when they were looked at: the day, the outbox, and lists, forms and records of the kinds that are
// filled in without a line.
const keepable = (url) => ['/today', '/outbox', '/offline'].includes(url.pathname) || /^\/records\/(hazard|loss_report|evacuation|stock_take)(\/[0-9a-z-]+(\/edit)?)?$/.test(url.pathname);
// byScript are what scripts of these pages ask for: the cards that stock is taken by, and the reader of codes for browsers that have none.
const byScript = (url) => url.pathname === '/cards' || url.pathname.startsWith('/static/extra/');
const blank = (url) => url.pathname.endsWith('/new') || url.pathname === '/outbox' || url.pathname === '/offline' || byScript(url);

// addressOf is where a page is kept: without the list from which one came to it.
function addressOf(url) {
  const kept = new URL(url);
  kept.searchParams.delete('list');
  return kept.pathname + kept.search;
}

async function keep(address, answer) {
  const cache = await caches.open(kept);
  await cache.put(address, answer);
  const all = await cache.keys();
  for (const old of all.filter((r) => !blank(new URL(r.url))).slice(0, Math.max(0, all.length - keptMost))) await cache.delete(old);
}

const age = (answer) => Date.now() - Date.parse(answer.headers.get('Date') || 0);

// fromDevice gives a page as it was kept, and says in it since when.
async function fromDevice(url) {
  const cache = await caches.open(kept);
  const address = addressOf(url);
  let answer = await cache.match(address, { ignoreVary: true });
  if (answer && !blank(url) && age(answer) > keptFor) {
    await cache.delete(address);
    answer = undefined;
  }
  answer = answer || await cache.match('/offline', { ignoreVary: true });
  if (!answer) return Response.error();
  const headers = new Headers();
  for (const name of ['Content-Type', 'Content-Language', 'Content-Security-Policy', 'Referrer-Policy', 'X-Content-Type-Options']) {
    if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  }
  const page = (await answer.text()).replace('<body', '<body data-kept="' + new Date(answer.headers.get('Date')).toISOString() + '"');
  return new Response(page, { headers });
}

async function page(e, url) {
  let answer;
  try {
    answer = await fetch(e.request);
  } catch {
    return fromDevice(url);
  }
  if (url.pathname === '/sign-in' || url.pathname === '/sign-in/identity/out') await caches.delete(kept); // whoever was signed in is not any more
  else if (answer.ok && answer.type === 'basic' && keepable(url)) e.waitUntil(keep(addressOf(url), answer.clone()));
  return answer;
}

// asked answers a script: as things stand, or, without a line, as they were kept.
async function asked(e, url) {
  if (url.pathname !== '/cards') return (await caches.match(url.pathname, { ignoreVary: true })) || fetch(e.request); // a file stays what it is
  try {
    const answer = await fetch(e.request);
    if (answer.ok && !answer.redirected) e.waitUntil(keep(url.pathname, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(url.pathname, { ignoreVary: true })) || Response.error();
  }
}

// shared keeps pictures that were shared from another program, whoever is signed in and whether there is a line or not, and begins a form with them.
async function shared(request) {
  try {
    const given = await request.formData();
    const pictures = given.getAll('pictures').filter((x) => x instanceof File && x.size > 0 && x.type.startsWith('image/'));
    const key = 'shared-' + crypto.randomUUID();
    const title = String(given.get('title') || '').slice(0, 100);
    if (pictures.length) await outbox.put({ key, owner: '', kind: 'hazard', label: '', title, to: '/records/hazard/new', fields: [['title', title], ...pictures.map((x) => ['attachment', x])], filled: new Date().toISOString(), state: 'shared', why: '', said: [] });
    return Response.redirect('/records/hazard/new' + (pictures.length ? '#shared=' + key : ''), 303);
  } catch {
    return fetch('/share', { method: 'POST' }); // which says that nothing was kept
  }
}

self.addEventListener('fetch', (e) => {
  const url = new URL(e.request.url);
  if (url.origin !== location.origin) return;
  if (e.request.method === 'POST' && url.pathname === '/share') e.respondWith(shared(e.request));
  if (e.request.method === 'POST' && ['/sign-out', '/language'].includes(url.pathname)) e.waitUntil(caches.delete(kept));
  if (e.request.method !== 'GET') return;
  if (e.request.mode === 'navigate') e.respondWith(page(e, url));
  else if (byScript(url)) e.respondWith(asked(e, url));
  else if (files.includes(url.pathname)) e.respondWith(caches.match(url.pathname).then((x) => x || fetch(e.request)));
});

// keepAll fetches the pages that are to be there without a line, but for those that were fetched lately.
async function keepAll(addresses) {
  const cache = await caches.open(kept);
  for (const address of addresses) {
    const there = await cache.match(address, { ignoreVary: true });
    if (there && age(there) < afresh) continue;
    try {
      const answer = await fetch(address, { credentials: 'same-origin', redirect: 'manual', headers: { Accept: 'text/html' } });
      if (answer.ok) await cache.put(address, answer);
    } catch {
      return; // there is no line
    }
  }
}

self.addEventListener('message', (e) => {
  if (e.data.keep) e.waitUntil(keepAll(e.data.keep).then(() => e.source.postMessage({ keptNow: true })));
});

self.addEventListener('sync', (e) => {
  if (e.tag === 'outbox') e.waitUntil(outbox.sendAll());
});
