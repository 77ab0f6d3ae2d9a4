"use strict";
// Everything that `anlan verify` does, written once more and sharing nothing with it: hashes, signature, journal, sets, arithmetic.
// It asks nobody: the files stay in this page.

// --- numbers: exact fractions ---
const gcd = (a, b) => { a = a < 0n ? -a : a; while (b) [a, b] = [b, a % b]; return a; };
const rat = (n, d = 1n) => { if (d < 0n) { n = -n; d = -d; } const g = gcd(n, d) || 1n; return { n: n / g, d: d / g }; };
const add = (a, b) => rat(a.n * b.d + b.n * a.d, a.d * b.d), negate = a => rat(-a.n, a.d);
const times = (a, b) => rat(a.n * b.n, a.d * b.d), over = (a, b) => rat(a.n * b.d, a.d * b.n);
const compare = (a, b) => { const x = a.n * b.d - b.n * a.d; return x < 0n ? -1 : x > 0n ? 1 : 0; };
function amount(s) {
  const m = /^(-?\d{1,120})(?:\.(\d{1,60}))?(?:\/(\d{1,120}))?$/.exec(s);
  if (!m || m[2] && m[3] || m[3] && BigInt(m[3]) === 0n) throw new Error("not a number: " + s);
  if (m[3]) return rat(BigInt(m[1]), BigInt(m[3]));
  const f = m[2] || "";
  return rat(BigInt(m[1] + f), 10n ** BigInt(f.length));
}
function rounded(x, decimals) { // an exact half away from zero
  const by = 10n ** BigInt(decimals), n = (x.n < 0n ? -x.n : x.n) * by;
  let q = n / x.d;
  if ((n % x.d) * 2n >= x.d) q++;
  let s = q.toString().padStart(decimals + 1, "0");
  if (decimals) s = s.slice(0, -decimals) + "." + s.slice(-decimals);
  return x.n < 0n && q ? "-" + s : s;
}
const shown = x => x === null ? "—" : x.d === 1n ? String(x.n) : rounded(x, 8).replace(/0+$/, "");

// --- hashes: FIPS 180-4, the constants from the roots of primes ---
const primes = []; for (let n = 2; primes.length < 80; n++) if (primes.every(p => n % p)) primes.push(n);
function root(x, k) { let lo = 0n, hi = 1n << 200n; while (lo < hi) { const m = (lo + hi + 1n) >> 1n; if (m ** k <= x) lo = m; else hi = m - 1n; } return lo; }
const mask = (1n << 64n) - 1n;
const K = primes.map(p => root(BigInt(p) << 192n, 3n) & mask), H = primes.slice(0, 8).map(p => root(BigInt(p) << 128n, 2n) & mask);
const K32 = new Int32Array(K.slice(0, 64).map(k => Number(k >> 32n) | 0)), H32 = H.map(h => Number(h >> 32n) | 0);
function padded(bytes, block) {
  const length = Math.ceil((bytes.length + 1 + block / 8) / block) * block, out = new Uint8Array(length);
  out.set(bytes); out[bytes.length] = 128;
  new DataView(out.buffer).setBigUint64(length - 8, BigInt(bytes.length) * 8n);
  return out;
}
function sha256(bytes) {
  const m = padded(bytes, 64), view = new DataView(m.buffer), w = new Int32Array(64), h = Int32Array.from(H32);
  for (let at = 0; at < m.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10);
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 64; i++) {
      const t = z + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (e & f ^ ~e & g) + K32[i] + w[i] | 0;
      const u = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b ^ a & c ^ b & c) | 0;
      z = g; g = f; f = e; e = d + t | 0; d = c; c = b; b = a; a = t + u | 0;
    }
    h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += z;
  }
  const out = new DataView(new ArrayBuffer(32));
  h.forEach((x, i) => out.setInt32(4 * i, x));
  return new Uint8Array(out.buffer);
}
function sha512(bytes) {
  const m = padded(bytes, 128), view = new DataView(m.buffer), w = [], h = [...H], turn = (x, n) => (x >> n | x << 64n - n) & mask;
  for (let at = 0; at < m.length; at += 128) {
    for (let i = 0; i < 16; i++) w[i] = view.getBigUint64(at + 8 * i);
    for (let i = 16; i < 80; i++) w[i] = w[i - 16] + w[i - 7] + (turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ w[i - 15] >> 7n) + (turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ w[i - 2] >> 6n) & mask;
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 80; i++) {
      const t = z + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + (e & f ^ (mask ^ e) & g) + K[i] + w[i];
      const u = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + (a & b ^ a & c ^ b & c);
      z = g; g = f; f = e; e = d + t & mask; d = c; c = b; b = a; a = t + u & mask;
    }
    [a, b, c, d, e, f, g, z].forEach((x, i) => { h[i] = h[i] + x & mask; });
  }
  const out = new DataView(new ArrayBuffer(64));
  h.forEach((x, i) => out.setBigUint64(8 * i, x));
  return new Uint8Array(out.buffer);
}
const hex = b => Array.from(b, x => x.toString(16).padStart(2, "0")).join("");
const utf8 = s => new TextEncoder().encode(s);
const read = b => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(b);
const base64 = s => Uint8Array.from(atob(s), c => c.charCodeAt(0));
const text64 = b => btoa(String.fromCharCode(...b));
const joined = (...parts) => { const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0)); let at = 0; for (const p of parts) { out.set(p, at); at += p.length; } return out; };
const same = (a, b) => a.length === b.length && a.every((x, i) => x === b[i]);

// --- Ed25519 (RFC 8032, section 5.1) ---
const P = (1n << 255n) - 19n, L = (1n << 252n) + 27742317777372353535851937790883648493n;
const mod = (x, m = P) => (x % m + m) % m;
function power(x, n) { let out = 1n; for (x = mod(x); n; n >>= 1n) { if (n & 1n) out = out * x % P; x = x * x % P; } return out; }
const D = mod(-121665n * power(121666n, P - 2n)), SQRT = power(2n, (P - 1n) / 4n);
const little = b => b.reduceRight((n, x) => n << 8n | BigInt(x), 0n);
function point(b) {
  const n = little(b), sign = n >> 255n, y = n & (1n << 255n) - 1n;
  if (y >= P) return null;
  const u = mod(y * y - 1n), v = mod(D * y * y + 1n);
  let x = mod(u * v ** 3n) * power(u * v ** 7n, (P - 5n) / 8n) % P;
  if (mod(v * x * x) !== u) { if (mod(v * x * x) !== mod(-u)) return null; x = x * SQRT % P; }
  if (x === 0n && sign) return null;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, x * y % P];
}
function plus([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2)), b = (y1 + x1) * (y2 + x2) % P, c = 2n * t1 * t2 % P * D % P, d = 2n * z1 * z2 % P;
  const e = b - a, f = d - c, g = d + c, h = b + a;
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}
function multiple(n, p) { let out = [0n, 1n, 1n, 0n]; for (; n; n >>= 1n) { if (n & 1n) out = plus(out, p); p = plus(p, p); } return out; }
const BASE = point(utf8("X" + "f".repeat(31)));
function signedBy(key, message, signature) {
  const a = point(key), r = point(signature.slice(0, 32)), s = little(signature.slice(32));
  if (!a || !r || s >= L) return false;
  const k = mod(little(sha512(joined(signature.slice(0, 32), key, message))), L);
  const left = multiple(s, BASE), right = plus(r, multiple(k, a));
  return mod(left[0] * right[2] - right[0] * left[2]) === 0n && mod(left[1] * right[2] - right[1] * left[2]) === 0n;
}

// --- the journal: RFC 6962 trees, C2SP notes ---
const leafHash = b => sha256(joined(Uint8Array.of(0), b)), nodeHash = (l, r) => sha256(joined(Uint8Array.of(1), l, r));
function treeRoot(leaves) {
  if (!leaves.length) return sha256(new Uint8Array());
  for (let level = leaves; ; ) {
    if (level.length === 1) return level[0];
    const next = [];
    for (let i = 0; i < level.length; i += 2) next.push(i + 1 < level.length ? nodeHash(level[i], level[i + 1]) : level[i]);
    level = next;
  }
}
function included(leaf, index, size, path, root) {
  let fn = BigInt(index), sn = BigInt(size) - 1n, r = leaf;
  if (fn < 0n || fn > sn || path.some(p => p.length !== 32)) return false;
  for (const p of path) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) { r = nodeHash(p, r); while (!(fn & 1n) && fn) { fn >>= 1n; sn >>= 1n; } } else r = nodeHash(r, p);
    fn >>= 1n; sn >>= 1n;
  }
  return sn === 0n && same(r, root);
}
function consistent(m, n, path, first, second) {
  if (m < 1 || m > n || path.some(p => p.length !== 32)) return false;
  if (m === n) return !path.length && same(first, second);
  let fn = BigInt(m) - 1n, sn = BigInt(n) - 1n;
  while (fn & 1n) { fn >>= 1n; sn >>= 1n; }
  if (fn === 0n) path = [first, ...path];
  if (!path.length) return false;
  let [fr] = path, sr = fr;
  for (const c of path.slice(1)) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) { fr = nodeHash(c, fr); sr = nodeHash(c, sr); while (!(fn & 1n) && fn) { fn >>= 1n; sn >>= 1n; } } else sr = nodeHash(sr, c);
    fn >>= 1n; sn >>= 1n;
  }
  return sn === 0n && same(fr, first) && same(sr, second);
}
function keyOf(line, kind = 1) { // of a log 1, of a witness 4 (C2SP signed-note)
  const m = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line.trim());
  if (!m) throw new Error("key");
  const b = base64(m[3]);
  if (b.length !== 33 || b[0] !== kind || hex(sha256(joined(utf8(m[1] + "\n"), b)).slice(0, 4)) !== m[2]) throw new Error("key");
  return { name: m[1], hash: m[2], key: b.slice(1), line: line.trim() };
}
function noteOf(text) { // what is signed, and the lines below it
  const cut = text.indexOf("\n\n"), signatures = [];
  if (cut < 0) throw new Error("note");
  for (const line of text.slice(cut + 2).split("\n")) {
    const m = /^\u2014 (\S+) (\S+)$/.exec(line);
    if (m) { const b = base64(m[2]); signatures.push({ name: m[1], hash: hex(b.slice(0, 4)), bytes: b.slice(4) }); }
  }
  return { text: text.slice(0, cut + 1), signatures };
}
const ownOf = (note, key) => note.signatures.filter(s => s.name === key.name && s.hash === key.hash);
const isSigned = (note, key) => ownOf(note, key).some(s => s.bytes.length === 64 && signedBy(key.key, utf8(note.text), s.bytes));
function stateOf(lines) {
  if (lines.length < 3 || !/^(0|[1-9]\d{0,15})$/.test(lines[1])) throw new Error("checkpoint");
  return { origin: lines[0], size: Number(lines[1]), root: base64(lines[2]) };
}
function checkpointOf(text) {
  const note = noteOf(text);
  return { ...stateOf(note.text.split("\n")), note };
}
const epochOf = c => Number(/(\d+)$/.exec(c.origin) ? /(\d+)$/.exec(c.origin)[1] : 0);
const order = (a, b) => epochOf(a) - epochOf(b) || a.size - b.size;
// changesIn are the changes of key in a key file, each signed by both keys, or by the new one alone where the old one was declared lost.
function changesIn(text) {
  const below = text.replaceAll("\r\n", "\n").trim().split("\n").slice(1).join("\n").replace(/^\n+|\n+$/g, "");
  if (!below) return [];
  const parts = below.split("\n\n"), out = [];
  if (parts.length % 2) throw new Error("changes");
  for (let i = 0; i < parts.length; i += 2) {
    const note = noteOf(parts[i] + "\n\n" + parts[i + 1] + "\n"), lines = parts[i].split("\n");
    const lost = lines.length === 7 && lines[6] === "the old key is lost";
    if (lines[0] !== "anlan key rotation" || lines.length !== (lost ? 7 : 6) || lines[4] === lines[5]) throw new Error("changes");
    const change = { before: stateOf(lines.slice(1, 4)), from: keyOf(lines[4]), to: keyOf(lines[5]), lost };
    if (!isSigned(note, change.to) || !lost && !isSigned(note, change.from)) throw new Error("changes");
    out.push(change);
  }
  return out.sort((a, b) => order(a.before, b.before));
}
// follow gives the changes that hang together with a trusted key: back to those before it, and on as long as no key was declared lost.
function follow(key, changes) {
  let back = key.line, forth = key.line;
  const before = [], after = [];
  for (const c of [...changes].reverse()) if (c.to.line === back) { back = c.from.line; before.unshift(c); }
  for (const c of changes) if (c.from.line === forth && !c.lost) { forth = c.to.line; after.push(c); }
  return [...before, ...after];
}
function signerOf(key, chain, state) {
  let signer = chain.length ? chain[0].from : key;
  for (const c of chain) if (order(c.before, state) < 0) signer = c.to;
  return signer;
}

// --- witnesses: C2SP tlog-cosignature and tlog-policy ---
const bookOf = name => name.split("/").slice(0, 2).join("/");
function policyOf(text) { // a policy, or the keys of witnesses alone, a line each
  const p = { logs: [], witnesses: [], groups: new Map(), quorum: null };
  for (const line of text.split("\n")) {
    const items = line.trim().split(/\s+/);
    if (!items[0] || items[0][0] === "#") continue;
    if (items[0] === "log") p.logs.push(keyOf(items[1]));
    else if (items[0] === "witness") p.witnesses.push({ as: items[1], ...keyOf(items[2], 4) });
    else if (items[0] === "group") { const of = items.slice(3); p.groups.set(items[1], { need: items[2] === "any" ? 1 : items[2] === "all" ? of.length : Number(items[2]), of }); }
    else if (items[0] === "quorum") p.quorum = items[1];
    else if (items.length === 1) p.witnesses.push({ as: items[0].split("+")[0], ...keyOf(items[0], 4) });
    else throw new Error("policy");
  }
  for (const g of p.groups.values()) if (!(g.need >= 1 && g.need <= g.of.length)) throw new Error("policy");
  return p;
}
const isMet = (p, name, by) => p.groups.has(name) ? p.groups.get(name).of.filter(m => isMet(p, m, by)).length >= p.groups.get(name).need : by.has(name);
function stampOf(s) { // a cosignature begins with its time, in seconds
  const at = s.bytes.length === 72 ? new DataView(s.bytes.buffer, s.bytes.byteOffset).getBigUint64(0) : 1n << 63n;
  return at < 1n << 40n ? at : null;
}
const clock = at => new Date(Number(at) * 1000).toISOString().slice(0, 16).replace("T", " ") + " UTC";
function cosigned(c, signer, policy, say) {
  const by = new Set();
  for (const s of c.note.signatures) {
    if (s.name === signer.name && s.hash === signer.hash) continue;
    const at = stampOf(s), w = policy && policy.witnesses.find(w => w.name === s.name && w.hash === s.hash);
    if (!w) { if (at !== null) say(null, `见证人“${s.name}”于${clock(at)}联署（要核对这个签名，请在上面填入见证规则或见证人的公钥）`, `cosigned by ${s.name} at ${clock(at)}: to check that, give the policy or the key of the witness above`); continue; }
    const ok = at !== null && signedBy(w.key, utf8(`cosignature/v1\ntime ${at}\n${c.note.text}`), s.bytes.slice(8));
    if (ok) by.add(w.as);
    say(ok, ok ? `见证人“${s.name}”于${clock(at)}联署，签名有效：到那时为止，这是它见过的最新日志，并且接着它以前见过的` : `以见证人“${s.name}”的名义所作的联署不是它的`,
      ok ? `cosigned by ${s.name} at ${clock(at)}: by then it had seen no larger journal, and this one goes on from those before` : `the cosignature in the name of ${s.name} is not its own`);
  }
  if (policy && policy.quorum && policy.quorum !== "none") {
    const met = isMet(policy, policy.quorum, by);
    say(met, met ? `联署的见证人达到了见证规则的要求` : `联署的见证人没有达到见证规则的要求（有效的联署：${[...by].join("、") || "无"}）`,
      met ? "the witnesses who cosigned are as many as the policy asks for" : `the policy asks for more witnesses than have cosigned (${[...by].join(", ") || "none"})`);
  }
}

// --- sets and arithmetic ---
const lacks = ["", "none_recorded", "not_computable", "not_applicable"];
const worse = (a, b) => a.closed || b.closed ? { x: null, closed: true } : lacks.indexOf(b.state || "") > lacks.indexOf(a.state || "") ? b : a;
function step(s, of, sets) {
  const number = x => ({ x });
  const known = { ask: 0, number: 0, negate: 1, points: 1, "+": 2, "-": 2, "*": 2, "/": 2, floor: 2, band: (s.edges || []).length + 2 };
  if (s.op === "sum" || s.op === "min" || s.op === "max") {
    let out = null;
    for (const v of of) {
      if (v.state === "not_applicable") continue;
      if (!out) out = v;
      else if (out.x === null || v.x === null) out = worse(out, v);
      else if (s.op === "sum") out = number(add(out.x, v.x));
      else if ((compare(v.x, out.x) < 0) === (s.op === "min")) out = v;
    }
    return out || { x: null, state: "not_applicable" };
  }
  if (known[s.op] !== of.length) throw new Error("step " + s.op);
  if (s.op === "number") return number(amount(s.value));
  if (s.op === "ask") {
    const set = sets[s.set];
    if (set.state) return { x: null, state: set.state };
    const total = set.total !== undefined ? set.total : set.stated;
    if (total === undefined && !set.closed) throw new Error("set");
    return total === undefined ? { x: null, closed: true } : number(times(amount(total), amount(s.scale)));
  }
  if (s.op === "band") {
    if (of[0].x === null) return of[0];
    for (let i = 0; i < s.edges.length; i++) {
      const c = compare(of[0].x, amount(s.edges[i].bound)) * (s.edges[i].order[0] === ">" ? -1 : 1);
      if (c < 0 || c === 0 && s.edges[i].order.length === 2) return of[i + 1];
    }
    return of[of.length - 1];
  }
  const a = of[0], b = of[of.length - 1];
  if (a.x === null || b.x === null) return worse(a, b);
  switch (s.op) {
    case "negate": return number(negate(a.x));
    case "points": return number(times(a.x, rat(100n)));
    case "+": return number(add(a.x, b.x));
    case "-": return number(add(a.x, negate(b.x)));
    case "*": return number(times(a.x, b.x));
    case "/": return b.x.n ? number(over(a.x, b.x)) : { x: null, state: "not_computable" };
    default: return compare(a.x, b.x) < 0 ? b : a;
  }
}
function compute(c, sets) {
  const done = [];
  for (const s of c.steps) done.push(step(s, (s.of || []).map(k => { if (!(k < done.length)) throw new Error("order"); return done[k]; }), sets));
  return done[done.length - 1];
}
const comesTo = (x, value) => rounded(x, (value.split(".")[1] || "").length) === value;
const ups = ["增长", "增加"], downs = ["下降", "减少"];
function stated(text) { // a printed figure: its number as written, its unit and words, and the values that it allows
  const m = /^(近|约)?([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(余|多)?(.*?)(以上|以内|以下)?$/.exec(text);
  if (!m || /\d/.test(m[6]) || [m[1], m[5], m[7]].filter(Boolean).length > 1) return null;
  const digits = m[3].replace(/,/g, "") + (m[4] || ""), n = amount(digits), word = m[1] || m[5] || m[7] || "", decimals = (m[4] || ".").length - 1;
  const zeros = digits.replace(".", "").match(/[1-9]/) ? digits.replace(".", "").match(/0*$/)[0].length : 0, by = zeros - decimals;
  const step = by < 0 ? rat(1n, 10n ** BigInt(-by)) : rat(10n ** BigInt(by)), low = add(n, negate(step)), high = add(n, step);
  const allows = { "": x => rounded(x, decimals) === digits, 余: x => compare(n, x) < 0 && compare(x, high) < 0, 近: x => compare(low, x) < 0 && compare(x, n) < 0,
    约: x => compare(low, x) < 0 && compare(x, high) < 0, 以上: x => compare(n, x) <= 0, 以内: x => compare(x, n) <= 0 };
  allows.多 = allows.余; allows.以下 = allows.以内;
  return { minus: m[2] !== "", unit: m[6], allows: allows[word] };
}
function formed(x, f, counts) { // whether digits, words and unit that are printed are true of a number, and the word before it of its sign
  const s = stated(f.text), sign = compare(amount(f.value), rat(0n)), size = x.n < 0n ? negate(x) : x;
  if (!s || s.unit !== (f.unit || "") && !(f.cell && s.unit === "")) return false;
  const fewer = counts < 0 || !counts && ["减少", "增加"].includes(f.lead); // whether the figure is what is less than before
  if (!f.lead ? s.minus !== sign < 0 : s.minus || !(f.lead === "持平（" ? sign === 0 : sign !== 0 && (sign > 0 !== fewer ? ups : downs).includes(f.lead))) return false;
  return s.allows(size);
}
// reported says whether a figure that no computation gives is what it says: withheld or without a number, a score, what a line of an evaluation reached, as many as a list has.
const LISTS = { 内设机构数: "个", 下属单位数: "个", 厉行节约措施数: "项" };
function reported(f, isComputed, isIndicator) {
  if (!f.value || f.withheld) return !f.value && !f.lead && (f.withheld ? ["不予公开"] : ["无记录", "无法计算", "不适用"]).includes(f.text);
  if (isComputed) return true;
  const unit = f.unit || "", command = f.recompute || "";
  if (f.source === "evaluation") {
    const scheme = (/^anlan evaluate --scheme (\S+) /.exec(command) || [])[1];
    if (!scheme || f.lead || isIndicator(f.code)) return false;
    if (f.code) return f.code === scheme && unit === "分" && (f.text === f.value || f.text === f.value + "分");
    const s = stated(f.text), value = amount(f.value);
    return !!s && s.minus === (value.n < 0n) && (s.unit === unit || compare(unitOf(s.unit).scale, unitOf(unit).scale) === 0 && unitOf(s.unit).dim === unitOf(unit).dim) && s.allows(value.n < 0n ? negate(value) : value);
  }
  return !!f.code || f.source === "records" && LISTS[f.name] === unit && command.startsWith("anlan list ") && f.value === String(f.records) && !f.lead && f.text === f.value + unit;
}
const twice = list => list.filter((x, i) => list.indexOf(x) !== i);
// spelled says whether a text is the JSON as `anlan` writes it: what stands twice, or in other letters, one reader would see and another not.
const MEMBERS = new Set(`scorings lines points rule bare execution book epoch position root figures id name text value unit code period unit_code source edition withheld unverified records recompute lead file section paragraph cell
  entry inclusion consistency path old new kinds kind label withdrawn definitions sha256 sets measure definition state size total left_out other elsewhere nothing closed stated computations steps op of set scale edges order bound computation`.split(/\s+/));
const known = v => v === null || typeof v !== "object" || (Array.isArray(v) ? v.every(known) : Object.entries(v).every(([k, x]) => MEMBERS.has(k) && known(x)));
const spelled = (value, text) => known(value) && JSON.stringify(value, null, 1).replace(/[<>&\u2028\u2029]/g, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")) === text.replace(/\n$/, "");
// sorted is the JSON of a value with the members of objects in order (RFC 8785), which is how a journal has its entries.
const sorted = v => JSON.stringify(v, (k, x) => x && typeof x === "object" && !Array.isArray(x) ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => a < b ? -1 : 1)) : x);

// check redoes the whole of `anlan verify`: files by name, the key to trust or "" for the folder's own, the policy of witnesses or "".
function check(files, trusted, rules = "") {
  const out = { steps: [], figures: [], title: "", sound: true };
  const say = (ok, zh, en) => { out.steps.push({ ok, zh, en }); if (ok === false) out.sound = false; };
  const own = name => {
    const value = json(name);
    if (value && !(c.origin === `anlan/${value.book}/${epochOf(c)}` && (value.epoch || 1) <= epochOf(c))) say(false, `“${name}”写的账册不是封存点的`, `${name} names another book than the checkpoint`);
    return value;
  };
  const json = name => {
    try {
      const text = read(files.get(name)), value = JSON.parse(text);
      if (!spelled(value, text)) say(false, `“${name}”里有重复或不认识的内容，或者写法不是本程序的`, `something in ${name} stands twice, or is not spelled as the program spells it`);
      return value;
    } catch { say(false, `“${name}”缺少或无法解读`, `${name} is missing or cannot be read`); return null; }
  };
  const proof = json("proof.json");
  let key, chain, c, policy = null;
  try { if (rules.trim()) policy = policyOf(rules); } catch { say(false, "填入的见证规则或公钥无法解读", "the policy or the keys of witnesses that you gave cannot be read"); }
  try {
    const own = read(files.get("key.pub"));
    c = checkpointOf(read(files.get("checkpoint")));
    const known = policy && policy.logs.find(l => bookOf(l.name) === bookOf(c.origin));
    key = known && !trusted ? known : keyOf((trusted || own).trim().split("\n")[0]);
    trusted = trusted || (known ? known.line : "");
    chain = follow(key, [...changesIn(trusted), ...changesIn(own)].sort((a, b) => order(a.before, b.before)).filter((x, i, all) => !i || x.to.line !== all[i - 1].to.line));
  } catch { say(false, "封存点（checkpoint）或公钥（key.pub）缺少或无法解读", "checkpoint or key.pub is missing or cannot be read"); }
  if (!proof || !chain) return out;
  const signer = signerOf(key, chain, c), signed = isSigned(c.note, signer);
  say(signed, signed ? `封存点是用${trusted ? "您指定的" : "文件夹里的"}公钥对应的私钥签署的，签名有效（日志共${c.size}条）` : "封存点的签名与公钥不符",
    signed ? `the checkpoint is signed by the key ${trusted ? "that you gave" : "in the folder"} (${c.size} entries)` : "the signature of the checkpoint does not fit the key");
  for (const x of chain) {
    const at = x.before.size + 1;
    say(x.lost ? null : true, x.lost ? `日志第${at}条起换了签名密钥：旧密钥声明遗失，没有旧密钥的签字，请向单位核实` : `日志第${at}条起换了签名密钥：新旧两个密钥都签了字`,
      x.lost ? `from entry ${at} another key signs: the old one was declared lost and has not signed for it; ask the bureau` : `from entry ${at} another key signs: both keys have signed for that`);
  }
  cosigned(c, signer, policy, say);
  let entry, content;
  try {
    const i = proof.inclusion, path = i.path.map(base64);
    const ok = i.position === proof.position && i.size === c.size && included(leafHash(utf8(proof.entry)), i.position - 1, i.size, path, c.root);
    say(ok, ok ? `公开这份报告的记录是日志第${proof.position}条，由它和${path.length}个哈希重新得出了封存点的根` : "公开记录不在封存点签名的日志里",
      ok ? `the publication is entry ${proof.position}: with ${path.length} hashes it gives the root of the checkpoint` : "the publication is not in the journal that the checkpoint signs");
    entry = JSON.parse(proof.entry); content = entry.content;
    if (entry.kind !== "publication" || entry.action !== "create" || sorted(entry) !== proof.entry || isNaN(Date.parse(entry.recorded_at))) throw new Error("entry");
    const k = proof.consistency, fits = k.old === content.position && k.new === c.size && consistent(k.old, k.new, k.path.map(base64), base64(content.root), c.root);
    say(fits, fits ? `计算数据时的日志（到第${content.position}条）是封存日志的开头：其间没有改动、删除或插入` : "计算数据时的日志不是封存日志的开头",
      fits ? `the journal as of position ${content.position} is how the sealed journal begins: nothing was changed, removed or put in between` : "the journal that the figures come from is not how the sealed one begins");
  } catch { say(false, "proof.json里不是一份报告的公开记录", "proof.json holds no publication of a report"); return out; }
  out.title = content.title || "";
  const known = new Set(["checkpoint", "proof.json", "key.pub"]);
  let right = 0;
  for (const f of content.file) {
    if (known.has(f.name)) say(false, `公开记录里“${f.name}”出现了两次`, `the publication names ${f.name} twice`);
    known.add(f.name);
    const b = files.get(f.name);
    if (!b) { if (f.name === "report.pdf" || f.name === "sets.jsonl") say(null, `没有“${f.name}”，它可以没有`, `${f.name} is not here, and may be left out`); else say(false, `缺少文件“${f.name}”`, `${f.name} is missing`); continue; }
    if (hex(sha256(b)) === f.sha256) right++; else say(false, `“${f.name}”不是公开时的那个文件：内容被改过`, `${f.name} is not the file that was published: it was altered`);
  }
  say(right > 0, `${right}个文件与公开时逐字节相同`, `${right} files are what was published, byte by byte`);
  if (known.has("report.pdf") && files.get("report.pdf")) say(null, "report.pdf只证明没有改动，没有与数据逐个核对；Word文件和电子表格由 anlan verify 核对", "report.pdf is only shown to be unaltered, its figures were not compared; those of Word files and workbooks anlan verify compares");
  for (const name of files.keys()) if (!known.has(name)) say(false, `“${name}”不在公开的文件之列`, `${name} is not among the published files`);
  for (const name of ["report.docx", "report.html", "figures.json", ...(known.has("sets.json") || known.has("sets.jsonl") ? ["sets.json", "sets.jsonl"] : [])])
    if (!known.has(name)) say(false, `公开记录没有列出“${name}”`, `the publication does not name ${name}`);
  if (Date.parse(entry.recorded_at) > Date.now() + 864e5) say(null, `公开记录写的时间（${entry.recorded_at}）晚于现在：请核对这台机器和单位的时钟`, `the publication is dated ${entry.recorded_at}, which is in the future: see whose clock is wrong`);
  const figures = own("figures.json");
  if (!figures) return out;
  for (const id of twice(figures.figures.map(f => f.id))) say(false, `figures.json里“${id}”出现了两次`, `${id} stands twice in figures.json`);
  if (figures.position !== content.position || figures.root !== content.root) say(false, "figures.json写的日志位置与公开记录不符", "figures.json names another position than the publication");
  page(files, figures, say);
  if (!content.file.some(f => f.name === "sets.json")) { unbacked(figures, new Set(), () => false, say); rescore(figures, new Map(), out, say); }
  else sets(files, figures, content, own("sets.json"), out, say);
  return out;
}
const PASSIVE = new Set("html head meta title style body header main article aside section div p span h1 h2 h3 h4 h5 h6 strong em b i sup sub a data br hr ol ul li dl dt dd code table caption colgroup col thead tbody tfoot tr th td footer figure figcaption small".split(" "));
function page(files, figures, say) {
  if (!files.get("report.html")) return;
  const doc = new DOMParser().parseFromString(read(files.get("report.html")), "text/html"), own = figures.figures.filter(f => !f.file), ids = new Set(own.map(f => "fig-" + f.id));
  const acts = [...doc.querySelectorAll("*")].filter(e => !PASSIVE.has(e.localName) || e.namespaceURI !== "http:" + "//www.w3.org/1999/xhtml"
    || [...e.attributes].some(a => a.name === "href" && a.value[0] !== "#" || /^(on.*|style|hidden|src|http-equiv)$/.test(a.name)));
  if (acts.length) say(false, `网页版里有能改变显示内容的东西（${[...new Set(acts.map(e => e.localName))].join("、")}）`, `the web page holds what can show something else than its text (${[...new Set(acts.map(e => e.localName))].join(", ")})`);
  const styles = doc.querySelectorAll("style");
  if (styles.length !== 1 || hex(sha256(utf8(styles[0].textContent.trim()))) !== "{{style}}") say(null, "网页版的样式不是本程序这一版的：样式可以藏起文字、显示别的文字，请以Word文件为准", "the web page has another style than this version of the program gives it: a style can hide text and show other, so go by the Word file");
  const before = e => { let n = e.previousSibling, s = ""; for (; n && n.nodeType !== 1; n = n.previousSibling) s = n.data + s; return s; };
  const goes = s => { const m = /(增长|增加|上升|提高|上涨)|(下降|减少|降低|下滑|回落)|持平（/.exec(s.replace(/[了约近：\s]+$/, "").slice(-3)); return m && (m[1] ? "up" : m[2] ? "down" : "same"); };
  const off = own.filter(f => {
    const all = doc.querySelectorAll(`[id="fig-${CSS.escape(f.id)}"]`), e = all[0], about = doc.getElementById("about-" + f.id);
    return all.length !== 1 || e.textContent !== f.text || e.getAttribute("value") !== (f.value || "") || f.lead && goes(f.lead) !== (goes(before(e)) || goes(f.lead))
      || !about || about.querySelector("dt").textContent !== f.name || about.querySelector(".printed").textContent !== f.text || (f.recompute || "") !== (about.querySelector("code") || { textContent: "" }).textContent;
  });
  for (const f of off) say(false, `网页版里的“${f.name}”与figures.json的“${(f.lead || "") + f.text}”不符`, `${f.name} on the web page is not ${f.text} as in figures.json`);
  for (const e of doc.querySelectorAll("data")) if (!ids.has(e.id)) { off.push(e); say(false, `网页版里的“${e.textContent}”（${e.id}）不在数据清单里`, `${e.id} on the web page is not in the list of figures`); }
  if (!off.length) say(true, `网页版正文的${own.length}个数据与数据清单一致`, `${own.length} figures on the web page are those of the list`);
}
function unbacked(figures, computed, isIndicator, say) {
  for (const f of figures.figures) {
    let ok = false;
    try { ok = reported(f, computed.has(f.id), isIndicator); } catch { /* what cannot be read is no figure: ok stays false */ }
    if (!ok) say(false, `“${f.name}”（${f.id}）印为“${(f.lead || "") + f.text}”，与它写明的来源和数值不符`, `${f.id} is printed as ${f.text}, which its source and value do not allow`);
  }
}
// told says whether a set says in one way what its number is; listed are the lines before it.
function told(s, listed) {
  const set = s.size !== undefined || s.root !== undefined || s.total !== undefined, whole = set && Number.isSafeInteger(s.size) && s.size >= 0 && typeof s.root === "string" && typeof s.total === "string";
  if (!s.label || set && !whole) return false;
  switch (s.closed) {
    case undefined: return s.stated === undefined && whole === !s.state && (!s.state || lacks.includes(s.state)) && (!set || listed + s.size <= LINES);
    case "large": return s.stated === undefined && !s.state && whole && listed + s.size > LINES;
    case "unlisted": return !s.state && !set && !s.left_out && !!s.stated;
    case "withheld": case "sensitive": return s.stated === undefined && !s.state && !set && !s.left_out;
  }
  return false;
}
const LINES = 200000; // of one report that are handed out
function sets(files, figures, content, file, out, say) {
  if (!file) return;
  try {
    if (file.position !== content.position || file.root !== content.root) say(false, "sets.json写的日志位置与公开记录不符", "sets.json names another position than the publication");
    const texts = file.definitions.filter(d => hex(sha256(utf8(d.text))) !== d.sha256);
    if (texts.length) say(false, `${texts.length}个定义的内容与其散列不符`, `${texts.length} definitions do not have their hash`);
    const kinds = new Map(file.kinds.map(k => [k.kind, k]));
    for (const s of file.sets.filter(s => s.left_out && s.size !== undefined)) {
      const k = kinds.get(s.kind) || { records: 0, withdrawn: 0 }, left = Object.values(s.left_out);
      if (s.size + left.reduce((n, x) => n + x, 0) !== k.records || s.left_out.withdrawn !== k.withdrawn || Math.min(...left) < 0)
        say(false, `记录集“${s.label}”（${s.period}）计入的和未计入的加起来，不是这类记录的总数`, `what the set ${s.measure} (${s.period}) counts and what it leaves out are not all records of the kind`);
    }
    for (const list of [file.kinds.map(k => k.kind), file.definitions.map(d => d.sha256), file.sets.map(s => [s.measure, s.period, s.unit_code].join(" ")), file.figures.map(f => f.id)])
      for (const x of twice(list)) say(false, `sets.json里“${x}”出现了两次`, `${x} stands twice in sets.json`);
    let listed = 0;
    for (const s of file.sets) {
      if (!told(s, listed)) say(false, `记录集“${s.label}”（${s.period}）没有以应有的方式写明数值`, `the set ${s.measure} (${s.period}) does not say in one way what its number is`);
      if (!s.closed && s.size) listed += s.size;
    }
    const stated = file.sets.filter(s => s.closed === "large" || s.closed === "unlisted");
    if (stated.length) say(null, `${stated.length}个记录集只有合计，没有各行，数据按写明的合计算出：${stated.map(s => `${s.label}（${s.period}）`).join("、")}`, `${stated.length} sets have a total and no lines: the figures follow from what is stated of them`);
    if (files.get("sets.jsonl")) recount(files.get("sets.jsonl"), file, say);
    const printed = new Map(figures.figures.map(f => [f.id, f])), computed = new Set(file.figures.map(f => f.id));
    for (const f of figures.figures) if (f.code && f.value && !f.withheld && f.source !== "evaluation" && !computed.has(f.id)) say(false, `“${f.name}”是指标${f.code}的数据，却没有算式`, `${f.name} is of the indicator ${f.code}, and nothing says how it is computed`);
    const all = new Map(), heads = new Map();
    for (const d of file.definitions) if (d.text.startsWith("anlan indicator")) all.set(d.sha256, definitionOf(d.text)); else heads.set(d.sha256, headOf(d.text));
    unbacked(figures, computed, code => [...all.values()].some(d => d.code === code), say);
    for (const s of file.sets) {
      const h = heads.get(s.definition);
      if (!h || h.code !== s.measure || h.records !== !!s.kind) say(false, `记录集“${s.label}”（${s.period}）与它的定义不符`, `the set ${s.measure} (${s.period}) is not of its definition`);
    }
    const earlier = new Set(), sound = file.computations.map(c => { try { return derived(c, all.get(c.definition), all, file.sets, heads, earlier); } catch { return false; } });
    file.computations.forEach((c, i) => { if (!sound[i]) say(false, `“${c.label}”（${c.code}）的算式不是由它的定义得出的`, `the arithmetic of ${c.code} does not follow from its definition`); });
    if (sound.every(Boolean)) say(true, `${sound.length}个算式都是由${all.size}个指标定义得出的，一步不差`, `${sound.length} computations follow, step by step, from the definitions of ${all.size} indicators`);
    if (earlier.size) say(null, `${earlier.size}个统计项按另一个（较早的）定义计数，不是指标写明的：${[...earlier].join("、")}`, `${earlier.size} measures are counted by another (earlier) definition than the indicator names: ${[...earlier].join(", ")}`);
    say(null, "这些定义是不是账册里登记的，凭文件夹不能证明：有账册时用 anlan verify --recount 核对", "whether the book has these definitions the folder does not show: anlan verify --recount does, where the book is");
    let good = 0, closed = 0;
    const exact = new Map(), renamed = [], results = file.computations.map(c => compute(c, file.sets));
    for (const f of file.figures) {
      const r = results[f.computation], x = printed.get(f.id), c = file.computations[f.computation], d = c && all.get(c.definition);
      if (!r || !x || !d) { say(false, `sets.json中的“${f.id}”不是报告的数据`, `${f.id} in sets.json is no figure of the report`); continue; }
      const u = unitOf(x.unit), other = [["指标代码", x.code, c.code], ["期间", x.period, c.period], ["报告单位", x.unit_code, c.unit_code], ["重算命令", x.recompute, `anlan indicator ${c.code} --period ${c.period} --unit ${c.unit_code} --as-of ${content.position}`]].filter(([, is, want]) => is !== want).map(([what]) => what);
      if (u.dim !== d.unit.dim || compare(u.scale, amount(f.scale)) !== 0) other.push("计量单位");
      for (const what of other) say(false, `“${x.name}”（${x.id}）的${what}与它的算式不符`, `of ${x.id} figures.json says otherwise than its computation (${what})`);
      if ([...labelOf(c)].slice(0, 64).join("") !== x.name) renamed.push(`“${x.name}”是${c.label}`);
      if (r.closed) { closed++; continue; }
      const n = r.x && over(r.x, amount(f.scale)), ok = n !== null && comesTo(n, x.value || "") && formed(n, x, changeOf(d.root, d, all));
      out.figures.push({ name: x.name, text: x.text, exact: shown(n), ok, says: d.says, sets: [...new Set(c.steps.filter(s => s.op === "ask").map(s => s.set))].map(i => file.sets[i]) });
      if (ok) { good++; exact.set(f.id, n); } else say(false, `“${x.name}”印为“${x.text}”，由记录集算出的是${shown(n)}`, `${x.name} is printed as ${x.text}; the sets give ${shown(n)}`);
    }
    say(true, `${good}个数据由记录集按公开的算式重新算出，与印出的一致`, `${good} figures follow from the sets by the published arithmetic, as printed`);
    const again = rescore(figures, exact, out, say), rest = figures.figures.filter(f => !computed.has(f.id) && !again.has(f.id));
    if (again.size) say(null, "打分用的规则是从评分标准的文字读出来的，读得对不对由 anlan verify 核对；方案是不是账册里登记的，由 anlan verify --recount 核对", "the rules by which is scored were read out of the words of the criteria: whether rightly, anlan verify shows; whether the book has this scheme, anlan verify --recount");
    if (rest.length) say(null, `${rest.length}个数据不由记录算出（由人评判的得分、填报、名单，或没有数值、不予公开）：只证明没有改动`, `${rest.length} figures do not follow from records (scores that people gave, what is reported, lists, none, withheld): they are only shown to be unaltered`);
    if (renamed.length) say(null, `${renamed.length}个数据印出的名称不是指标的名称：${renamed.join("、")}`, `${renamed.length} figures are printed under another name than their indicator's`);
    const unsaid = file.sets.filter(s => s.size !== undefined && !s.left_out && !s.closed && s.kind);
    if (unsaid.length) say(null, `${unsaid.length}个记录集由几个来源合成，没有列明未计入多少：${unsaid.map(s => `${s.label}（${s.period}）`).join("、")}`, `${unsaid.length} sets are of several sources and do not say how much they leave out`);
    if (closed) say(null, `${closed}个数据所用的记录集不公开，没有重算`, `${closed} figures rest on sets that are not published and were not computed again`);
  } catch { say(false, "sets.json的内容无法重算", "what sets.json holds cannot be computed"); }
}
const labelOf = c => c.label.replace(/（[^（）]*）$/, ""); // without its period
// memberOf reads a line of a set; it throws where it is none, or could be read as the line of another record.
function memberOf(text) {
  const m = JSON.parse(text);
  if (sorted(m) !== text || !Object.keys(m).every(k => ["amount", "id", "kind", "on", "place", "position", "unit", "version"].includes(k)) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(m.id)
    || !/^-?(0|[1-9]\d*)(\.\d*[1-9]|\/[1-9]\d*)?$/.test(m.amount) || typeof m.kind !== "string" || !(m.position >= 1) || !(m.version >= 1)) throw new Error("line");
  return m;
}
function recount(bytes, file, say) {
  let at = 0, lines = 0, good = 0;
  const next = () => { const end = bytes.indexOf(10, at); if (end < 0) throw new Error("lines"); const line = bytes.subarray(at, end); at = end + 1; return line; };
  try {
    for (const s of file.sets) {
      if (s.size === undefined || s.closed) continue;
      const leaves = [], text = (file.definitions.find(d => d.sha256 === s.definition) || { text: "" }).text, counted = new Map();
      const each = s.left_out && text.startsWith("measure ") && !/\n(value|rows) /.test(text); // it counts records, and adds up nothing of theirs
      let total = rat(0n), before = "", right = true;
      for (let i = 0; i < s.size; i++) {
        const line = next();
        leaves.push(leafHash(line));
        try {
          const m = memberOf(read(line)), [a, z] = m.on ? m.on.split("/").map(d => periodOf(d)[0]) : [], p = periodOf(s.period);
          counted.set(m.kind, (counted.get(m.kind) || 0) + 1);
          right = right && m.position <= file.position && (!each || m.amount === "1") && (!s.left_out || m.kind === s.kind) && !(m.on && (a < p[0] || (z || a) > p[1])) && before < m.id;
          before = m.id;
          total = add(total, amount(m.amount));
        } catch { right = false; }
      }
      lines += s.size;
      for (const k of file.kinds) if ((counted.get(k.kind) || 0) > k.records - k.withdrawn)
        say(false, `记录集“${s.label}”（${s.period}）的记录比全部有效记录还多`, `the set ${s.measure} (${s.period}) counts more records of ${k.kind} than there are`);
      if (right && leaves.length === s.size && text64(treeRoot(leaves)) === s.root && compare(total, amount(s.total)) === 0) good++;
      else say(false, `记录集“${s.label}”（${s.period}）有记录被改动、增加或删去，或有一行不属于它`, `in the set ${s.measure} (${s.period}) a record was changed, added or removed, or a line does not belong to it`);
    }
    if (at !== bytes.length) throw new Error("lines");
    say(true, `${good}个记录集逐条重数，共${lines}条记录：条数、合计、散列都对`, `${good} sets recounted, ${lines} records: size, total and root are right`);
  } catch { say(false, "sets.jsonl的各行与sets.json不符", "the lines of sets.jsonl do not fit sets.json"); }
}

// --- the page ---
const el = (name, cls, ...of) => { const e = document.createElement(name); if (cls) e.className = cls; e.append(...of); return e; };
const leftWords = [["withdrawn", "已撤回"], ["other", "不符合口径"], ["elsewhere", "计入其他期间或单位"], ["nothing", "数值为零"]];
function describe(s) { // a set with what it leaves out
  if (s.size === undefined) return s.label;
  const left = s.left_out ? leftWords.filter(([k]) => s.left_out[k]).map(([k, zh]) => zh + s.left_out[k]) : [];
  return `${s.label}（${s.period}）${s.size}条` + (left.length ? `，未计入：${left.join("、")}` : "");
}
function show(r) {
  const box = document.getElementById("result");
  box.replaceChildren();
  const verdict = r.sound ? ["✓ 这份报告通过核验", "This report verifies"] : ["✗ 这份报告没有通过核验", "This report does not verify"];
  box.append(el("div", "verdict " + (r.sound ? "good" : "bad"), el("b", "", verdict[0]), el("span", "en", verdict[1]), el("p", "", r.title)));
  const list = el("ul", "steps");
  const first = [false, true, null];
  for (const s of [...r.steps].sort((a, b) => first.indexOf(a.ok) - first.indexOf(b.ok)))
    list.append(el("li", s.ok === null ? "note" : s.ok ? "good" : "bad", el("b", "mark", s.ok === null ? "?" : s.ok ? "✓" : "✗"), el("span", "", s.zh, el("span", "en", s.en))));
  box.append(list);
  if (r.figures.length) {
    const rows = r.figures.map(f => el("tr", f.ok ? "" : "bad", el("td", "", f.name), el("td", "n", f.text), el("td", "n", f.exact), el("td", "", f.says), el("td", "", f.sets.map(describe).join("；"))));
    const head = el("tr", "", ...["数据", "印出", "重新算出", "定义", "依据的记录集"].map(t => el("th", "", t)));
    box.append(el("details", "", el("summary", "", `逐个数据（${rows.length}个） `, el("span", "en", "figure by figure")), el("div", "wide", el("table", "", head, ...rows))));
  }
  box.dataset.sound = r.sound;
  box.scrollIntoView({ block: "start" });
}
// named gives the files of a folder by their names in it. What lies in a folder below keeps its path, and what has a name that is taken gets another:
// neither is a published file, and neither takes the place of one.
async function named(list) {
  const files = new Map();
  for (const { path, file } of list) {
    if (/^\./.test(file.name)) continue;
    let name = path;
    while (files.has(name)) name += "（又一个）";
    files.set(name, new Uint8Array(await file.arrayBuffer()));
  }
  return files;
}
const below = path => path.split("/").slice(1).join("/");
async function take(list) {
  const files = await named(list);
  if (!files.size) return;
  const box = document.getElementById("result");
  box.replaceChildren(el("p", "", "正在核验…"));
  await new Promise(done => setTimeout(done, 30));
  show(check(files, document.getElementById("key").value.trim(), document.getElementById("policy").value));
}
const chosen = list => [...list].map(file => ({ path: file.webkitRelativePath ? below(file.webkitRelativePath) : file.name, file }));
async function dropped(items) {
  const files = [], walk = async (entry, path) => {
    if (entry.isFile) files.push({ path, file: await new Promise((done, no) => entry.file(done, no)) });
    else for (const reader = entry.createReader(); ; ) { const some = await new Promise((done, no) => reader.readEntries(done, no)); if (!some.length) break; for (const e of some) await walk(e, path + "/" + e.name); }
  };
  for (const e of [...items].map(i => i.webkitGetAsEntry()).filter(Boolean)) {
    const at = files.length;
    await walk(e, e.name);
    if (e.isDirectory) for (const f of files.slice(at)) f.path = below(f.path);
  }
  return files;
}
addEventListener("DOMContentLoaded", () => {
  const drop = document.getElementById("drop");
  for (const id of ["folder", "files"]) document.getElementById(id).addEventListener("change", e => take(chosen(e.target.files)));
  for (const t of ["dragenter", "dragover"]) addEventListener(t, e => { e.preventDefault(); drop.classList.add("over"); });
  addEventListener("dragleave", () => drop.classList.remove("over"));
  addEventListener("drop", async e => { e.preventDefault(); drop.classList.remove("over"); take(await dropped(e.dataTransfer.items)); });
});
