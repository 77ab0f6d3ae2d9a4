
// --- definitions: the language of indicators, read once more, so that the steps of a figure are those of its definition ---
const UNITS = new Map(`角 元 1/10;美元 美元;港元 港元;欧元 欧元;日元 日元;英镑 英镑;%  1/100;‰  1/1000;成  1/10;倍  1;个百分点 百分点;个千分点 百分点 1/10;毫米 米 1/1000;厘米 米 1/100;分米 米 1/10;米 米;公里 米 1000;平方厘米 米² 1/10000;平方米 米²;公顷 米² 10000;亩 米² 2000/3;平方公里 米² 1000000;毫升 米³ 1/1000000;升 米³ 1/1000;立方米 米³;微克 克 1/1000000;毫克 克 1/1000;克 克;斤 克 500;公斤 克 1000;吨 克 1000000;秒 秒;分钟 秒 60;小时 秒 3600;天 秒 86400;周 秒 604800;个月 月;年 月 12;瓦 瓦;千瓦 瓦 1000;兆瓦 瓦 1000000;伏 伏;千伏 伏 1000;百帕 帕 100;兆帕 帕 1000000;千瓦时 千瓦时;千伏安 千伏安;百分点 百分点;分 分;元 元;名 人;位 人`.split(";").map(x => { const [word, base, scale] = x.split(" "); return [word, { base, scale: amount(scale || "1") }]; }));
const MULTIPLES = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 };
const dimension = powers => [...powers].filter(([, n]) => n).sort(([a], [b]) => a < b ? -1 : 1).map(([b, n]) => b + "^" + n).join(" ");
const joinDimensions = (a, b, sign) => {
  const powers = new Map();
  for (const [d, by] of [[a, 1], [b, sign]]) for (const p of d.split(" ").filter(Boolean)) { const [base, n] = p.split("^"); powers.set(base, (powers.get(base) || 0) + by * Number(n)); }
  return dimension(powers);
};
function unitWord(word) { // 万元, 10万公顷, 起: what is in no list counts things, each a dimension of its own
  const of = x => { const m = /^(.*?)([²³]?)$/.exec(x.base), n = m[2] === "²" ? 2 : m[2] === "³" ? 3 : 1; return { dim: m[1] ? m[1] + "^" + n : "", scale: x.scale }; };
  if (UNITS.has(word)) return of(UNITS.get(word));
  let rest = word, by = 0;
  const digits = /^10+/.exec(rest);
  if (digits) { by = digits[0].length - 1; rest = rest.slice(digits[0].length); }
  while (rest && MULTIPLES[rest[0]]) { by += MULTIPLES[rest[0]]; rest = rest.slice(1); }
  if (!by) return { dim: word + "^1", scale: rat(1n) };
  const u = rest ? unitWord(rest) : { dim: "", scale: rat(1n) };
  return { dim: u.dim, scale: times(u.scale, rat(10n ** BigInt(by))) };
}
function unitOf(s) {
  let out = { dim: "", scale: rat(1n) };
  if (!s || s === "1") return out;
  s.split("/").forEach((part, i) => part.split("·").forEach(f => {
    if (i === 0 && f === "1") return;
    let [, word, power] = /^(.*?)(²|³|\^\d)?$/.exec(f);
    if (UNITS.has(f)) { word = f; power = ""; }
    const u = unitWord(word);
    for (let n = { "²": 2, "³": 3 }[power] || Number((power || "^1").slice(1)); n > 0; n--) out = { dim: joinDimensions(out.dim, u.dim, i ? -1 : 1), scale: (i ? over : times)(out.scale, u.scale) };
  }));
  return out;
}
// a period is its first and last day, in days since 1970
const dayOf = (y, m, d) => Math.round(Date.UTC(y, m - 1, d) / 864e5), dateOf = n => { const d = new Date(n * 864e5); return [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()]; };
const monthsOf = (y, m, n) => [dayOf(y, m, 1), dayOf(y, m + n, 0)];
function periodOf(s) {
  const [from, to, ...more] = s.split("..");
  if (more.length || to === "") throw new Error("period " + s);
  if (to) { const a = periodOf(from), b = periodOf(to.length === 2 ? from.slice(0, 5) + to : to); return [a[0], b[1]]; }
  const m = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(?:T([123])|(\d\d)))?))?$/.exec(s);
  if (!m) throw new Error("period " + s);
  const [y, h, q, month, third, day] = m.slice(1).map(Number);
  if (m[4] && !(month >= 1 && month <= 12) || m[6] && !(day >= 1 && day <= dateOf(dayOf(y, month + 1, 0))[2])) throw new Error("period " + s);
  if (h) return monthsOf(y, 6 * h - 5, 6);
  if (q) return monthsOf(y, 3 * q - 2, 3);
  if (third) return tenDays(y, month, third);
  if (day) return [dayOf(y, month, day), dayOf(y, month, day)];
  return month ? monthsOf(y, month, 1) : monthsOf(y, 1, 12);
}
const tenDays = (y, m, t) => [dayOf(y, m, 10 * t - 9), t === 3 ? dayOf(y, m + 1, 0) : dayOf(y, m, 10 * t)];
function wholeMonths([a, b]) { const [y1, m1, d1] = dateOf(a), [y2, m2] = dateOf(b); return d1 === 1 && b === dayOf(y2, m2 + 1, 0) ? 12 * (y2 - y1) + m2 - m1 + 1 : 0; }
function thirdOf([a, b]) { const [y, m, d] = dateOf(a); return [1, 2, 3].find(t => 10 * t - 9 === d && tenDays(y, m, t)[1] === b) || 0; }
const SHIFTS = {
  last_year(p) {
    const [y, m] = dateOf(p[0]), n = wholeMonths(p), t = thirdOf(p);
    if (n) return monthsOf(y - 1, m, n);
    if (t) return tenDays(y - 1, m, t);
    return p.map(d => { const [y, m, n] = dateOf(d); return dayOf(y - 1, m, m === 2 && n === 29 ? 28 : n); });
  },
  previous(p) {
    const before = p[0] - 1, [y, m] = dateOf(before), n = wholeMonths(p), t = thirdOf(p);
    if (n) return [dayOf(y, m - n + 1, 1), before];
    if (t) return tenDays(y, m, (t + 1) % 3 + 1);
    return [before + p[0] - p[1], before];
  },
  last_year_end(p) { const d = dayOf(dateOf(p[1])[0], 1, 0); return [d, d]; },
  year_to_date(p) { return [dayOf(dateOf(p[1])[0], 1, 1), p[1]]; },
};
// definitionOf reads the canonical text of an indicator.
function definitionOf(text) {
  const lines = text.split("\n"), m = /^indicator (\S+) in (\S+) printed (\d)( grouped)?$/.exec(lines[1]);
  if (lines[0] !== "anlan indicator 1" || !m || !lines[2].startsWith("= ") || lines.pop() !== "") throw new Error("definition");
  const d = { code: m[1], unit: unitOf(m[2]), decimals: Number(m[3]), says: `${lines[1].slice(10)} ${lines[2]}`, constants: new Map(), indicators: new Map(), measures: new Map() };
  for (const line of lines.slice(3)) {
    const [sort, code, ...rest] = line.split(" ");
    if (sort === "constant") d.constants.set(code, parsed(rest.join(" ")));
    else if (sort === "indicator" && rest.length === 1) d.indicators.set(code, rest[0]);
    else if (sort === "measure" && rest.length === 3) d.measures.set(code, { unit: unitOf(rest[0]), shape: rest[1], hash: rest[2] });
    else throw new Error("definition of " + d.code);
  }
  d.root = parsed(lines[2].slice(2));
  for (const line of lines.slice(3)) if (line.startsWith("constant ")) d.says += "; " + line; // a constant may bear the code of a measure
  return d;
}
function parsed(s) {
  let at = 0;
  const token = /\s*(?:(\d+(?:\.\d+)?)(?:([%‰])| ([^\s\d(),:*+\-@<>/%‰][^\s(),:]*|10+[^\s\d(),:.][^\s(),:]*))?|([a-z][a-z0-9_.]*)|(<=|>=|[-+*/@(),:<>]))/y;
  const tokens = [];
  while (at < s.length) {
    token.lastIndex = at;
    const m = token.exec(s);
    if (!m) throw new Error("at " + s.slice(at));
    tokens.push(m[1] ? { number: m[1], unit: m[2] || m[3] || "" } : { name: m[4], sign: m[5] });
    at = token.lastIndex;
  }
  let next = 0;
  const ahead = () => tokens[next] || {}, taken = x => ahead().sign === x && ++next > 0, need = x => { if (!taken(x)) throw new Error("no " + x); };
  const binds = { "+": 1, "-": 1, "*": 2, "/": 2 };
  function expression(floor) {
    let left = signed();
    for (let op = ahead().sign; binds[op] > floor; op = ahead().sign) { next++; left = { op, of: [left, expression(binds[op])] }; }
    return left;
  }
  const signed = () => taken("-") ? { op: "negate", of: [signed()] } : shifted();
  function shifted() {
    let n = part();
    while (taken("@")) { const to = tokens[next++].name; if (!Object.hasOwn(SHIFTS, to)) throw new Error("period " + to); n = { op: "@", of: [n], to }; }
    return n;
  }
  function part() {
    const t = tokens[next++] || {};
    if (t.number) return { op: "number", value: amount(t.number), unit: t.unit };
    if (t.sign === "(") { const n = expression(0); need(")"); return n; }
    if (!t.name) throw new Error("part");
    if (!taken("(")) return { op: "name", code: t.name };
    if (!["sum", "min", "max", "floor", "band"].includes(t.name)) throw new Error("function");
    const n = { op: t.name, of: [expression(0)], edges: [] };
    while (taken(",")) {
      if (n.op !== "band") { n.of.push(expression(0)); continue; }
      if (ahead().name === "else") next++;
      else { const order = tokens[next++].sign; if (!/^[<>]=?$/.test(order)) throw new Error("band"); n.edges.push({ order, bound: signed() }); }
      need(":");
      n.of.push(expression(0));
    }
    need(")");
    return n;
  }
  const root = expression(0);
  if (next !== tokens.length) throw new Error("more");
  return root;
}
// stepsOf derives the steps of a definition for a period: what `anlan` writes into sets.json, from the text alone.
function stepsOf(d, all, period) {
  const out = [], POINTS = "百分点^1";
  const literal = n => n.op === "negate" ? negate(literal(n.of[0])) : times(n.value, unitOf(n.unit).scale);
  const unitless = (n, d) => n.op === "number" ? !n.unit : n.op === "negate" ? unitless(n.of[0], d) : n.op === "name" && d.constants.has(n.code) && unitless(d.constants.get(n.code), d);
  const difference = (n, d) => { while (n.op === "@") n = n.of[0]; return n.op === "-" && n.dim === "" && !unitless(n.of[0], d) && !unitless(n.of[1], d); };
  const inPoints = (of, d) => of.map(n => difference(n, d) ? { op: "points", of: [n], dim: POINTS } : n);
  const alike = (of, d) => { if (of.some(n => n.dim === POINTS)) of = inPoints(of, d); if (of.some(n => n.dim !== of[0].dim)) throw new Error("units"); return of; };
  const behind = (d, code) => { const of = all.get(d.indicators.get(code)); if (!of || of.code !== code) throw new Error("no definition of " + code); return of; };
  function checked(n, d) { // the same with dimensions, and with the differences of ratios that are read in 个百分点
    const c = { ...n, of: (n.of || []).map(x => checked(x, d)) };
    c.edges = (n.edges || []).map(e => ({ order: e.order, bound: checked(e.bound, d) }));
    if (n.op === "number") c.dim = unitOf(n.unit).dim;
    else if (n.op === "name") c.dim = d.constants.has(n.code) ? checked(d.constants.get(n.code), d).dim : d.indicators.has(n.code) ? behind(d, n.code).unit.dim : d.measures.get(n.code).unit.dim;
    else if (n.op === "@" || n.op === "negate") c.dim = c.of[0].dim;
    else if (n.op === "*" || n.op === "/") {
      if (c.of.some(x => x.dim.includes("百分点"))) c.of = inPoints(c.of, d);
      c.dim = joinDimensions(c.of[0].dim, c.of[1].dim, n.op === "*" ? 1 : -1);
    } else if (n.op === "band") {
      c.of = [alike([c.of[0], ...c.edges.map(e => e.bound)], d)[0], ...alike(c.of.slice(1), d)];
      c.dim = c.of[1].dim;
    } else { c.of = alike(c.of, d); c.dim = c.of[0].dim; }
    return c;
  }
  function compile(n, d, p) {
    if (n.op === "@") return compile(n.of[0], d, SHIFTS[n.to](p));
    if (n.op === "name" && d.indicators.has(n.code)) { const to = behind(d, n.code); return whole(to, p); }
    if (n.op === "name" && d.constants.has(n.code)) return out.push({ op: "number", value: literal(d.constants.get(n.code)) }) - 1;
    if (n.op === "name") return out.push({ op: "ask", measure: n.code, period: p, of: d.measures.get(n.code) }) - 1;
    if (n.op === "number") return out.push({ op: "number", value: literal(n) }) - 1;
    const of = n.of.map(x => compile(x, d, p));
    const bound = e => e.op === "name" ? literal(d.constants.get(e.code)) : literal(e);
    return out.push({ op: n.op, of, edges: n.edges && n.edges.map(e => ({ order: e.order, bound: bound(e.bound) })) }) - 1;
  }
  let depth = 0;
  function whole(d, p) { // hops of a part are taken from the period of the whole, the outermost first
    if (++depth > 64) throw new Error("circle");
    let root = checked(d.root, d);
    if (d.unit.dim === POINTS) [root] = inPoints([root], d);
    if (root.dim !== d.unit.dim) throw new Error("unit of " + d.code);
    const at = compile(root, d, p);
    depth--;
    return at;
  }
  whole(d, period);
  return out;
}
// derived says whether the steps of a computation are those of its definition, over sets of what that names.
function derived(c, d, all, sets, heads, earlier) {
  if (!d || d.code !== c.code) return false;
  const want = stepsOf(d, all, periodOf(c.period)), list = a => (a || []).join(" ");
  return want.length === c.steps.length && want.every((w, i) => {
    const s = c.steps[i];
    if (w.op !== s.op) return false;
    if (w.op === "number") return compare(w.value, amount(s.value)) === 0;
    if (w.op !== "ask") return list(w.of) === list(s.of) && (w.edges || []).length === (s.edges || []).length && (w.edges || []).every((e, k) => e.order === s.edges[k].order && compare(e.bound, amount(s.edges[k].bound)) === 0);
    const x = sets[s.set], p = x && periodOf(x.period), h = x && heads.get(x.definition), u = x && unitOf(x.unit);
    if (x && x.definition !== w.of.hash) earlier.add(x.measure);
    return !!x && x.measure === w.measure && p[0] === w.period[0] && p[1] === w.period[1] && x.unit_code === c.unit_code && compare(amount(s.scale), w.of.unit.scale) === 0
      && u.dim === w.of.unit.dim && compare(u.scale, w.of.unit.scale) === 0 && !!h && h.code === x.measure && h.shape === w.of.shape;
  });
}
const headOf = text => { const [, sort, code] = /^(measure|item) (.+)\n/.exec(text) || []; return sort && { code, records: sort === "measure", shape: (/^shape (.+)$/m.exec(text) || [])[1], unit: (/^unit ?(.*)$/m.exec(text) || [])[1] }; };
// changeOf says whether a definition is a change since another period: 1 where it is above 0 for more than before, -1 for less, 0 where it is none.
function changeOf(n, d, all) {
  const text = n => JSON.stringify(n, (k, v) => typeof v === "bigint" ? String(v) : v), before = (a, b) => a.op === "@" && a.to !== "year_to_date" && text(a.of[0]) === text(b);
  if (n.op === "name") { const to = all.get(d.indicators.get(n.code)); return to ? changeOf(to.root, to, all) : 0; }
  if (n.op === "/") return changeOf(n.of[0], d, all);
  if (n.op === "negate") return -changeOf(n.of[0], d, all);
  return n.op !== "-" ? 0 : before(n.of[1], n.of[0]) ? 1 : before(n.of[0], n.of[1]) ? -1 : 0;
}
