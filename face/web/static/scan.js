// A stock-take by scanning: a code that the camera sees, or a hand scanner types, becomes a row. The cards that codes belong to are kept on the
// device, so that it goes on without a line.
'use strict';

(() => {
  const part = document.querySelector('[data-scan]');
  if (!part) return;
  const t = (zh, en) => (document.documentElement.lang === 'en' ? en : zh);
  const form = part.closest('form'), list = part.dataset.scan;
  const body = part.closest('section').querySelector('.inputs tbody');
  const code = part.querySelector('#scan-code'), here = part.querySelector('#scan-place');
  const said = part.querySelector('.said'), video = part.querySelector('video'), camera = part.querySelector('[data-camera]');
  part.hidden = false;

  const keyOf = (number) => number.trim().toUpperCase();
  let cards = null; // by key; null: not there
  let told = {};
  const loaded = (async () => {
    try {
      const answer = await fetch(part.dataset.cards, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      told = await answer.json();
      cards = new Map(told.cards.map((c) => [keyOf(c.number), c]));
    } catch { /* no line, and none kept: numbers are entered without their names, and say so */ }
  })();

  const field = (row, name) => [...row.querySelectorAll('[name]')].find((e) => e.name.endsWith('.' + name));
  const rowOf = (key) => [...body.rows].find((r) => keyOf(field(r, 'asset_number').value) === key);
  const isFree = (row) => [...row.querySelectorAll('[name]')].every((e) => !e.value);
  function set(row, name, value) {
    const control = field(row, name);
    control.value = value;
    control.dispatchEvent(new Event('input', { bubbles: true })); // which keeps the draft
  }
  const placeOf = (row) => row.sectionRowIndex + 1;
  const nextRow = () => [...body.rows].find(isFree) || addRow(form, list);

  // say tells how it went, with a way on where there is one.
  function say(kind, text, way, go) {
    said.textContent = text;
    said.dataset.kind = kind;
    if (!way) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = way;
    button.addEventListener('click', go, { once: true });
    said.append(' ', button);
  }

  function enter(number, card, found) {
    const row = nextRow();
    if (!row) {
      say('bad', t('这张表已有500行，再多请另建一张', 'this sheet has 500 rows; begin another for more'));
      return null;
    }
    set(row, 'asset_number', number);
    if (card) {
      set(row, 'thing', card.name);
      set(row, 'location', card.location);
    }
    if (found) {
      set(row, 'found', 'true');
      if (here.value.trim()) set(row, 'found_location', here.value.trim());
    }
    return row;
  }

  // elsewhere is what to say of a thing that the book has in another place.
  const elsewhere = (location) => (here.value.trim() && location && here.value.trim() !== location
    ? t('，账面在“', ', by the book at ') + location + t('”，和正在盘点的地点不同', ', which is not where you are counting') : '');

  // take enters what was scanned or typed, or says why not.
  async function take(number) {
    const key = keyOf(number);
    if (!key) return;
    await loaded;
    const card = cards && cards.get(key);
    const row = rowOf(key);
    if (row && field(row, 'found').value === 'true') {
      say('again', key + t(' 已经盘过，在第', ' was counted already, in row ') + placeOf(row) + t('行', ''));
    } else if (row) {
      set(row, 'found', 'true');
      if (here.value.trim()) set(row, 'found_location', here.value.trim());
      say('good', key + t(' 在第', ' stands in row ') + placeOf(row) + t('行，记为见到实物', ' and is seen now') + elsewhere(field(row, 'location').value));
    } else if (card) {
      const into = enter(card.number, card, true);
      if (into) say('good', card.number + ' ' + card.name + t(' 记入第', ' is entered in row ') + placeOf(into) + t('行', '') + elsewhere(card.location));
    } else {
      const why = !cards ? t('卡片名录不在这台设备上', 'the cards are not on this device')
        : told.more ? t('不在这台设备留存的前', 'is not among the first ') + cards.size + t('张在账卡片里', ' cards on the books, which this device keeps')
          : t('不在账（', 'is not on the books (') + told.at + t('共', ', ') + cards.size + t('张卡片）', ' cards)');
      say('bad', number.trim() + ' ' + why + t('。', '.'), t('仍然记入', 'Enter it all the same'), () => {
        const into = enter(number.trim(), null, true);
        if (!into) return;
        say('good', number.trim() + t(' 记入第', ' is entered in row ') + placeOf(into) + t('行，请填名称', '; give it a name'));
        field(into, 'thing').focus();
      });
    }
  }

  const typed = async () => {
    const number = code.value;
    code.value = '';
    await take(number);
  };
  code.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter') return;
    e.preventDefault();
    typed();
  });
  code.addEventListener('keypress', (e) => { if (e.key === 'Enter') e.preventDefault(); }); // which would send the form
  part.querySelector('[data-take]').addEventListener('click', () => typed().then(() => code.focus()));

  // What the books have and nobody has seen is listed at the end: it is missing, until it is found.
  part.querySelector('[data-rest]').addEventListener('click', async () => {
    await loaded;
    if (!cards) return say('bad', t('卡片名录不在这台设备上，有网络时再试', 'the cards are not on this device; try again with a line'));
    const unit = (form.elements.unit?.value || '').split(' ')[0];
    const rest = [...cards.values()].filter((c) => c.unit === unit && !rowOf(keyOf(c.number)));
    for (const [n, card] of rest.entries()) if (!enter(card.number, card, false)) return say('bad', t('列到500行为止，还有', 'listed as far as 500 rows; not listed: ') + (rest.length - n) + t('张没有列入', ''));
    say('good', rest.length ? rest.length + t('张没有见到的卡片已列入；没有见到的，保存后是盘亏', ' cards that were not seen are listed; what is not seen is missing once you save') : t('本单位在账的卡片都在表里', 'every card of the unit is in the sheet'));
  });

  // The camera.
  if (!navigator.mediaDevices?.getUserMedia) return;
  camera.hidden = false;
  const resting = camera.textContent;
  const widest = 960; // pixels that are looked at; a code in the hand is larger than it needs
  let stream = null;

  class NoReader extends Error {}

  // reader gives what finds codes in a picture: the browser's own, or ours where it has none.
  async function reader() {
    const native = 'BarcodeDetector' in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
    const formats = ['qr_code', 'code_128', 'code_39'].filter((f) => native.includes(f));
    if (formats.includes('qr_code')) {
      const detector = new BarcodeDetector({ formats });
      return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
    }
    const { decodeQR } = await import('/static/extra/qr/decode.js').catch(() => { throw new NoReader(); });
    return async (canvas) => {
      const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      try {
        return decodeQR({ data, width, height });
      } catch {
        return undefined; // there is none in this picture
      }
    };
  }

  function stop() {
    stream?.getTracks().forEach((x) => x.stop());
    stream = video.srcObject = null;
    video.hidden = true;
    camera.textContent = resting;
  }

  async function look() {
    let read;
    try {
      read = await reader();
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
    } catch (broken) {
      if (broken instanceof NoReader) return say('bad', t('这个浏览器不能识别二维码，请输入编号或用扫码枪。', 'this browser reads no codes; type the number, or use a hand scanner.'));
      return say('bad', t('相机没有打开：没有允许，或者没有相机。请输入编号。', 'the camera did not open: it was not allowed, or there is none. Type the number.'));
    }
    const mine = stream;
    camera.textContent = t('停止', 'Stop');
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const canvas = document.createElement('canvas');
    let held = '', unseen = 0; // a code that stays in sight is taken once
    while (stream === mine) {
      const scale = Math.min(1, widest / (video.videoWidth || widest));
      canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
      canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
      canvas.getContext('2d', { willReadFrequently: true }).drawImage(video, 0, 0, canvas.width, canvas.height);
      const seen = await read(canvas);
      if (!seen) {
        if (++unseen >= 5) held = '';
      } else {
        unseen = 0;
        if (seen !== held && stream === mine) {
          held = seen;
          navigator.vibrate?.(60);
          await take(seen);
        }
      }
      await new Promise((next) => setTimeout(next, 120));
    }
  }
  camera.addEventListener('click', () => (stream ? stop() : look()));
  document.addEventListener('visibilitychange', () => { if (document.hidden) stop(); });
  addEventListener('pagehide', stop);
})();
