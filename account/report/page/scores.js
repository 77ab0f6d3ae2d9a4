
// --- scores: given again by the lines of the schemes that come with the report ---
// scoredBy gives the points of a value by a rule, as figures.json has it; null where the rule gives none for it.
function scoredBy(rule, full, value, unit) {
  const [form, ...w] = rule.split(" "), none = rat(0n), kept = p => compare(p, none) < 0 ? none : compare(p, full) > 0 ? full : p;
  const is = unitOf(unit), at = i => {
    if (w[i + 1] === "-") return amount(w[i]); // in whatever is counted
    const u = unitOf(w[i + 1]);
    if (u.dim !== is.dim) throw new Error("unit");
    return over(times(amount(w[i]), u.scale), is.scale);
  };
  switch (form) {
    case "proportion": return compare(at(0), none) > 0 ? kept(over(times(full, value), at(0))) : null;
    case "inverse": return compare(at(0), none) < 0 ? null : compare(value, none) > 0 ? kept(over(times(full, at(0)), value)) : full;
    case "at_least": return compare(value, at(0)) >= 0 ? full : none;
    case "at_most": return compare(value, at(0)) <= 0 ? full : none;
    case "less": { // PER each STEP UNIT side FROM UNIT broken
      if (w[3] === "-" && is.dim === "" && unit && unit !== "1") return null;
      let beyond = add(value, negate(at(5)));
      const sign = compare(beyond, none);
      if (sign === 0 || sign > 0 && w[4] === "below" || sign < 0 && w[4] === "above") return full;
      if (sign < 0) beyond = negate(beyond);
      let steps = over(beyond, at(2));
      if (w[7] !== "proportional" && steps.d !== 1n) steps = rat(steps.n / steps.d + (w[7] === "begun" ? 1n : 0n));
      return kept(add(full, negate(times(steps, amount(w[0])))));
    }
    case "bands":
      for (let i = 0, from = 0; i <= w.length; i++) {
        if (i < w.length && w[i] !== ";") continue;
        let fits = true;
        for (let k = from + 1; k < i && w[k] !== "else"; k += 3) {
          const c = compare(value, at(k + 1));
          fits = fits && (w[k][0] === "<" ? c < 0 : c > 0) || fits && c === 0 && w[k][1] === "=";
        }
        if (fits) return w[from] === "full" ? full : kept(amount(w[from]));
        from = i + 1;
      }
      return null;
  }
  throw new Error("rule " + form);
}
const scoreText = x => { const s = rounded(x, 2).replace(/\.?0+$/, ""); return s === "-0" ? "0" : s; };
const onceOf = id => id.replace(/\.[0-9]+$/, ""), endOf = id => id.slice(id.lastIndexOf(".") + 1);
// partOf reads of what an id is a score: of the whole, of the execution rate (line 0) or of a line, and whether of its points, its score, or what it lost.
function partOf(id, g) {
  const line = s => {
    if (s === "lost-execution") return g.rate && 0;
    const m = /^(?:line|lost)-([1-9]\d*)$/.exec(s), n = m && Number(m[1]);
    return n && n <= g.lines.length ? n : undefined;
  };
  for (let i = 0, s = onceOf(id); i < 2 && s.includes("."); i++) {
    s = s.slice(s.indexOf(".") + 1);
    if (s === "points" || s === "score") return { member: s };
    const [, of, member] = /^(.*)\.(points|score|lost)$/.exec(s) || /^(execution)-(points|score|lost)$/.exec(s) || [];
    if (of === "execution") { if (g.rate) return { line: 0, member }; continue; }
    if (of !== undefined) { const n = line(of); return n === undefined || member === "lost" && !of.startsWith("lost-") ? null : { line: n, member }; }
  }
  return null;
}
// linesOf are the lines that the text of a scheme has: their names, points and criteria.
function linesOf(text) {
  const out = [];
  for (const l of text.split("\n")) {
    if (/^line /.test(l)) out.push({ head: l.slice(4).trimStart(), criterion: "" });
    else if (/^ +criterion /.test(l)) out[out.length - 1].criterion = l.trimStart().slice(10).trimStart();
  }
  return out;
}
const escaped = s => s.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\|/g, "\\|");
// rescore gives the scores again that a value has, and sees that those of lines add up to the whole; exact are the values that follow from the sets.
function rescore(figures, exact, out, say) {
  const again = new Set(), groups = [], scores = figures.figures.filter(x => x.source === "evaluation" && x.code && x.value);
  for (const by of figures.scorings || []) {
    const said = linesOf(by.text), all = by.lines || [];
    if (said.length !== all.length || all.some((l, i) => said[i].head !== escaped(l.name) + " | " + l.points))
      say(false, `评分方案的各行（${by.recompute}）与方案的文字不符`, `the lines of the scheme (${by.recompute}) are not those of its text`);
    all.forEach((l, i) => { l.says = (said[i] || { criterion: "" }).criterion; });
    groups.push({ recompute: by.recompute, lines: all.filter(l => !l.execution), rate: all.find(l => l.execution), figures: [] });
  }
  for (const x of scores) {
    const g = groups.find(g => g.recompute === x.recompute);
    if (g) g.figures.push(x);
    else say(false, `得分“${x.name}”（${x.id}）所依据的评分方案没有列在figures.json里`, `the scheme by which ${x.name} (${x.id}) was scored is not in figures.json`);
  }
  for (const x of figures.figures) { // what lines reached, by whatever source
    const id = onceOf(x.id), before = id.includes(".") && id.slice(0, id.lastIndexOf(".") + 1);
    const g = before && groups.find(g => !g.figures.includes(x) && g.figures.some(f => f.id.startsWith(before)));
    if (g) g.figures.push(x);
  }
  const none = rat(0n), half = rat(1n, 200n); // of the last decimal of a printed score
  for (const g of groups) {
    const lineAt = n => n ? g.lines[n - 1] : g.rate, fullOf = n => amount(lineAt(n).points);
    const tried = (n, value, unit) => {
      const l = lineAt(n);
      if (!l.rule || !value) return null;
      try { return scoredBy(l.rule, fullOf(n), value, unit || l.bare || ""); } catch { return null; } // in a unit that it does not score
    };
    const given = n => { // by its value and the rule, or as somebody gave it, which is as printed
      let points = null;
      if (n) {
        for (const x of g.figures) if (!points && !x.withheld && ["line-" + n, "lost-" + n].includes(endOf(onceOf(x.id)))) points = tried(n, exact.get(x.id) || !x.code && x.value && amount(x.value), x.unit);
      } else {
        const money = member => exact.get((g.figures.find(x => endOf(onceOf(x.id)) === member && exact.has(x.id)) || {}).id), paid = money("paid"), budget = money("budget");
        if (paid && budget && compare(budget, none) > 0) points = tried(0, times(over(paid, budget), rat(100n)), "%");
      }
      if (points) return { points, within: none, derived: true };
      for (const x of scores) {
        const p = x.recompute === g.recompute && partOf(x.id, g);
        if (p && p.line === n && p.member !== "points") return { points: p.member === "lost" ? add(fullOf(n), negate(amount(x.value))) : amount(x.value), within: half, derived: false };
      }
      return null;
    };
    const of = new Map();
    let full = none, sum = none, within = none, whole = true;
    for (let n = g.rate ? 0 : 1; n <= g.lines.length; n++) {
      full = add(full, fullOf(n));
      const p = given(n);
      if (p) { of.set(n, p); sum = add(sum, p.points); within = add(within, p.within); } else whole = false;
    }
    for (const x of g.figures.filter(x => scores.includes(x))) {
      const p = partOf(x.id, g), words = { points: "分值", score: "得分", lost: "扣分" };
      const name = p && (p.line === undefined ? { points: "满分", score: "总得分" }[p.member] : p.line ? [...lineAt(p.line).name + words[p.member]].slice(0, 64).join("") : "预算执行率" + words[p.member]);
      if (name !== x.name) { say(false, `“${x.name}”（${x.id}）不是它的评分方案给出的得分`, `${x.name} (${x.id}) is no score of its scheme`); continue; }
      let want = of.get(p.line);
      if (p.member === "points") want = { points: p.line === undefined ? full : fullOf(p.line), within: none, derived: true };
      else if (p.line === undefined) want = whole && { points: sum, within, derived: true };
      else if (p.member === "lost" && want) want = { ...want, points: add(fullOf(p.line), negate(want.points)) };
      if (!want) continue;
      const off = add(amount(x.value), negate(want.points)), size = off.n < 0n ? negate(off) : off;
      const ok = want.within.n ? compare(size, add(half, want.within)) <= 0 : scoreText(want.points) === x.value;
      if (!ok) say(false, `“${x.name}”（${x.id}）应为${scoreText(want.points)}分，公开的是${x.value}`, `${x.name} (${x.id}) should be ${scoreText(want.points)}分; published is ${x.value}`);
      if (!want.derived && ok) continue;
      again.add(x.id);
      if (p.member !== "points") out.figures.push({ name: x.name, text: x.text, exact: shown(want.points), ok, says: p.line === undefined ? "各项得分之和" : lineAt(p.line).says, sets: [] });
    }
  }
  if (again.size) say(true, `${again.size}个分值和得分按随报告公开的评分方案重新给出，与印出的一致`, `${again.size} points and scores are those of the scheme published with the report, as printed`);
  return again;
}
