package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/app"
	"anlan/ground/figure"
	"anlan/ground/period"
	"anlan/store"
	"anlan/store/journal"
)

// seeing is what a reader does with the page of a folder: choose its files, altered, and give a key and the rules of witnesses.
type seeing struct {
	key, rules string
	alter      func(files map[string][]byte)
	want       []string
}

// seen opens the page of a folder in one browser, does each seeing there, and looks for what it must show.
func seen(t *testing.T, chromium, dir string, all map[string]seeing) {
	t.Helper()
	published := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if published[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	names := slices.Sorted(maps.Keys(all))
	var given []any
	for _, name := range names {
		files := map[string][]byte{}
		for name, b := range published {
			files[name] = bytes.Clone(b)
		}
		all[name].alter(files)
		chosen := map[string]string{}
		for name, b := range files {
			chosen[name] = base64.StdEncoding.EncodeToString(b)
		}
		given = append(given, []any{chosen, all[name].key, all[name].rules})
	}
	script, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	body := dumped(t, chromium, published[report.VerifyPage], `
		const result = document.getElementById("result"), shown = [];
		for (const [files, key, rules] of `+string(script)+`) {
			show(check(new Map(Object.entries(files).map(([n, b]) => [n, base64(b)])), key, rules));
			shown.push(result.outerHTML);
		}
		document.body.innerHTML = shown.join("<hr>");`)
	shown := strings.Split(body, "<hr>")
	if len(shown) != len(names) {
		t.Fatalf("the page showed %d of %d: %s", len(shown), len(names), body)
	}
	for i, name := range names {
		for _, want := range all[name].want {
			if !strings.Contains(shown[i], want) {
				t.Errorf("%s: no %q in %s", name, want, shown[i])
			}
		}
	}
}

// dumped is the body of the page that verifies after a script of the test has run in it.
func dumped(t *testing.T, chromium string, page []byte, script string) (body string) {
	t.Helper()
	text := strings.Replace(string(page), "</body>", `<script>addEventListener("DOMContentLoaded", () => {`+script+`})</script></body>`, 1)
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	dom, err := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--virtual-time-budget=60000", "--dump-dom", "file://"+path).Output()
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ = strings.Cut(string(dom), "<body")
	return body
}

func browser(t *testing.T) string {
	t.Helper()
	chromium, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		chromium, err = exec.LookPath("chromium")
	}
	if err != nil {
		if strings.Contains(os.Getenv("ANLAN_REQUIRE"), "chromium") {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v, so the page was seen in no browser", err)
	}
	return chromium
}

// The page and Verify share no code and come to the same verdict.
func TestThePageVerifiesInABrowser(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	w.small()
	dir := w.report()
	if b, err := os.ReadFile(filepath.Join(dir, report.VerifyPage)); err != nil || strings.Contains(string(b), "{{") || strings.Contains(string(b), "://") {
		t.Errorf("the page is not whole, or asks for something: %v", err)
	}
	swap := func(name, old, new string) func(map[string][]byte) {
		return func(files map[string][]byte) {
			if !strings.Contains(string(files[name]), old) {
				t.Fatalf("%s has no %q", name, old)
			}
			files[name] = []byte(strings.Replace(string(files[name]), old, new, 1))
		}
	}
	unaided := func(alter func(map[string][]byte), want ...string) seeing { return seeing{alter: alter, want: want} }
	seen(t, chromium, dir, map[string]seeing{
		"as published":          unaided(func(map[string][]byte) {}, `data-sound="true"`, "6个文件与公开时逐字节相同", "由记录集按公开的算式重新算出"),
		"without lines":         unaided(func(f map[string][]byte) { delete(f, report.LinesName) }, `data-sound="true"`, "没有“sets.jsonl”"),
		"a line altered":        unaided(swap(report.LinesName, `"amount":"1"`, `"amount":"2"`), `data-sound="false"`, "有记录被改动、增加或删去"),
		"a line removed":        unaided(func(f map[string][]byte) { f[report.LinesName] = f[report.LinesName][1:] }, `data-sound="false"`),
		"an operation altered":  unaided(swap(report.SetsName, `"op": "-"`, `"op": "+"`), `data-sound="false"`, "由记录集算出的是"),
		"more left out":         unaided(swap(report.SetsName, `"elsewhere": `, `"elsewhere": 1`), `data-sound="false"`, "不是这类记录的总数"),
		"a definition altered":  unaided(swap(report.SetsName, "anlan indicator 1", "anlan indicator 2"), `data-sound="false"`, "1个定义的内容与其散列不符"),
		"the web page altered":  unaided(swap(report.HTML, "</data>", "0</data>"), `data-sound="false"`, "“report.html”不是公开时的那个文件"),
		"the Word file altered": unaided(func(f map[string][]byte) { f[report.DOCX][9] ^= 1 }, `data-sound="false"`, "“report.docx”不是公开时的那个文件"),
		"a file missing":        unaided(func(f map[string][]byte) { delete(f, report.DOCX) }, `data-sound="false"`, "缺少文件“report.docx”"),
		"a file too many":       unaided(func(f map[string][]byte) { f["附件.docx"] = nil }, `data-sound="false"`, "“附件.docx”不在公开的文件之列"),
		"another size":          unaided(swap(report.Checkpoint, "\n2", "\n3"), `data-sound="false"`, "封存点的签名与公钥不符"),
		"another publication":   unaided(swap(report.Proof, `2023`, `2024`), `data-sound="false"`, "公开记录不在封存点签名的日志里"),
		"another journal":       unaided(swap(report.Proof, `"old": `, `"old": 1`), `data-sound="false"`, "计算数据时的日志不是封存日志的开头"),
		"a key that is none":    unaided(func(f map[string][]byte) { f[report.PublicKey] = []byte("key") }, `data-sound="false"`, "缺少或无法解读"),
	})
}

// A folder brings the changes of key; whoever trusts a key from before or after them can open it. Cosignatures are checked with the keys of
// the witnesses, and counted by the policy.
func TestThePageFollowsChangesOfKeyAndKnowsWitnesses(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	first, err := w.app.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	w.small()
	if _, err := w.app.Rotate(w.ctx, w.admin, app.Rotating{Reason: "每年更换"}); err != nil {
		t.Fatal(err)
	}
	dir := w.report()
	witness, other := newWitness(t, 1, "岳阳市审计局"), newWitness(t, 2, "岳阳市财政局")
	signed, err := os.ReadFile(filepath.Join(dir, report.Checkpoint))
	if err != nil {
		t.Fatal(err)
	}
	cosigned, _, err := witness.Cosign(string(signed), w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, report.Checkpoint), []byte(cosigned), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign, err := journal.NewKey(seeded(9), first.Name())
	if err != nil {
		t.Fatal(err)
	}
	audit, finance := "witness audit "+witness.Cosigner().String()+"\n", "witness finance "+other.Cosigner().String()+"\n"
	same := func(map[string][]byte) {}
	seen(t, chromium, dir, map[string]seeing{
		"the folder's own key": {"", "", same, []string{`data-sound="true"`, "新旧两个密钥都签了字", "见证人“岳阳市审计局”于", "要核对这个签名"}},
		"the key from before":  {first.String(), "", same, []string{`data-sound="true"`, "您指定的公钥", "新旧两个密钥都签了字"}},
		"another key":          {foreign.Public().String(), "", same, []string{`data-sound="false"`, "封存点的签名与公钥不符"}},
		"a change that nobody signed": {first.String(), "", func(f map[string][]byte) {
			text := string(f[report.PublicKey])
			at := strings.LastIndex(text, "\u2014 ")
			f[report.PublicKey] = []byte(text[:at])
		}, []string{`data-sound="false"`, "缺少或无法解读"}},
		"the key of the witness":       {"", witness.Cosigner().String(), same, []string{`data-sound="true"`, "联署，签名有效"}},
		"a policy that is met":         {"", "log " + first.String() + "\n" + audit + finance + "group both any audit finance\nquorum both\n", same, []string{`data-sound="true"`, "您指定的公钥", "达到了见证规则的要求"}},
		"a policy that is not":         {"", audit + finance + "group both all audit finance\nquorum both\n", same, []string{`data-sound="false"`, "没有达到见证规则的要求（有效的联署：audit）"}},
		"a cosignature of another log": {"", audit, func(f map[string][]byte) { f[report.Checkpoint] = []byte(forged(t, string(signed), cosigned)) }, []string{`data-sound="false"`, "所作的联署不是它的"}},
		"a policy that is none":        {"", "witness audit", same, []string{`data-sound="false"`, "无法解读"}},
	})
}

func newWitness(t *testing.T, seed byte, name string) *journal.Key {
	t.Helper()
	key, err := journal.NewKey(seeded(seed), name)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// forged is a checkpoint with a cosignature whose last byte was altered.
func forged(t *testing.T, signed, cosigned string) string {
	t.Helper()
	line := strings.TrimSuffix(strings.TrimPrefix(cosigned, signed), "\n")
	head, encoded := line[:strings.LastIndex(line, " ")+1], line[strings.LastIndex(line, " ")+1:]
	b, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	b[20] ^= 1
	return signed + head + base64.StdEncoding.EncodeToString(b) + "\n"
}

// What a publisher may forge, the page refuses as Verify does.
func TestThePageRefusesForgeries(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	w.small()
	dir := w.forge(func(files) {})
	all := map[string]seeing{"the control": {"", "", func(map[string][]byte) {}, []string{`data-sound="true"`, "一步不差", "10个数据由记录集按公开的算式重新算出"}}}
	for name, c := range forgeries {
		all[name] = seeing{"", "", instead(t, w.forge(func(f files) { c.do(t, f) })), []string{`data-sound="false"`}}
	}
	seen(t, chromium, dir, all)
}

// A folder below the published one is no part of it, and what has the name of a published file does not take its place.
func TestThePageTakesAFolderAsItLies(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	w.small()
	page, err := os.ReadFile(filepath.Join(w.report(), report.VerifyPage))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(page), "</body>", `<script>addEventListener("DOMContentLoaded", async () => {
		const at = (name, path) => ({ name, webkitRelativePath: path, arrayBuffer: async () => utf8(path).buffer });
		const files = await named(chosen([at("report.html", "报告/report.html"), at("report.html", "报告/原件/report.html"), at(".DS_Store", "报告/.DS_Store")]));
		const twice = await named(chosen([at("report.html", ""), at("report.html", "")]));
		document.body.innerHTML = "<pre>" + [...files].map(([name, b]) => name + "=" + read(b)).join(" ") + " " + [...twice.keys()].join(" ") + "</pre>";
	})</script></body>`, 1)
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	dom, err := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--virtual-time-budget=60000", "--dump-dom", "file://"+path).Output()
	if err != nil {
		t.Fatal(err)
	}
	if want := "<pre>report.html=报告/report.html 原件/report.html=报告/原件/report.html report.html report.html（又一个）</pre>"; !strings.Contains(string(dom), want) {
		_, got, _ := strings.Cut(string(dom), "<pre>")
		t.Errorf("got %s, want %s", got, want)
	}
}

// The page reads units and periods by itself; they are those of the program.
func TestThePageKnowsUnitsAndPeriods(t *testing.T) {
	t.Parallel()
	chromium := browser(t)
	w := found(t, store.SQLite)
	w.small()
	page, err := os.ReadFile(filepath.Join(w.report(), report.VerifyPage))
	if err != nil {
		t.Fatal(err)
	}
	units := strings.Fields(`元 角 美元 万元 亿元 百万元 % ‰ 成 倍 万 个百分点 个千分点 分 毫米 厘米 米 公里 平方米 公顷 亩 平方公里 千公顷 万平方米 毫升 升 立方米 亿立方米 克 斤 公斤 吨 万吨
		秒 分钟 小时 天 周 个月 年 岁 瓦 千瓦 万千瓦 千瓦时 伏 千伏 摄氏度 百帕 兆帕 人 名 位 万人 人次 万人次 起 户 万户 处 个 间 家 次 辆 个工作日
		人/亿元 起/亿元 元/人 分/个百分点 元/个月/人 次/10万公顷 人/10万人 立方米/秒 微克/立方米 1/人 千瓦时/平方米`)
	periods := strings.Fields("2023 2024 2023-H1 2023-H2 2024-Q1 2023-Q4 2024-02 2023-01 2023-12 2024-02-T3 2023-01-T1 2023-03-T2 2024-02-29 2023-01-01 2021..2023 2023-02..04 2022-11..2023-02 2023-05-06..2023-05-20")
	given, err := json.Marshal([]any{units, periods})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(page), "</body>", `<script>addEventListener("DOMContentLoaded", () => {
		const [units, periods] = `+string(given)+`, day = n => dateOf(n).map(x => String(x).padStart(2, "0")).join("-"), span = p => p.map(day).join("..");
		const out = { units: units.map(u => { const x = unitOf(u); return [x.dim, x.scale.n + "/" + x.scale.d]; }), periods: periods.map(s => { const p = periodOf(s); return [span(p), ...Object.values(SHIFTS).map(to => span(to(p)))]; }) };
		document.body.innerHTML = "<pre>" + JSON.stringify(out) + "</pre>";
	})</script></body>`, 1)
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	dom, err := exec.CommandContext(t.Context(), chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--virtual-time-budget=60000", "--dump-dom", "file://"+path).Output()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(dom), "<pre>")
	said, _, _ := strings.Cut(rest, "</pre>")
	var got struct {
		Units   [][2]string
		Periods [][]string
	}
	if err := json.Unmarshal([]byte(said), &got); err != nil {
		t.Fatalf("%v: %s", err, dom)
	}
	for i, a := range units {
		u, ok := figure.UnitOf(a)
		if !ok {
			t.Fatalf("no unit %s", a)
		}
		if scale := u.Scale(); got.Units[i][1] != scale.String() {
			t.Errorf("%s: the page takes it times %s, want %s", a, got.Units[i][1], scale)
		}
		for k, b := range units {
			if v, _ := figure.UnitOf(b); (u.Dimension() == v.Dimension()) != (got.Units[i][0] == got.Units[k][0]) {
				t.Errorf("%s and %s: the page has the dimensions %q and %q", a, b, got.Units[i][0], got.Units[k][0])
			}
		}
	}
	for i, s := range periods {
		p := period.MustParse(s)
		for k, want := range []period.Period{p, p.LastYear(), p.Previous(), period.OfDay(p.YearEndBefore()), p.YearToDate()} {
			if days := want.First().String() + ".." + want.Last().String(); got.Periods[i][k] != days {
				t.Errorf("%s, %d: the page has %s, want %s", s, k, got.Periods[i][k], days)
			}
		}
	}
}
