package app_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/record/census"
	"anlan/store"
	"anlan/store/journal"
)

// spelled is a file of a report as the program writes it.
func spelled(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

// files are those of a report that is about to be published.
type files map[string][]byte

// in changes a text in a file, in every part of a Word file or workbook.
func (f files) in(t testing.TB, name, old, new string) {
	t.Helper()
	if !strings.HasSuffix(name, ".docx") && !strings.HasSuffix(name, ".xlsx") {
		if !strings.Contains(string(f[name]), old) {
			t.Fatalf("%s has no %q", name, old)
		}
		f[name] = []byte(strings.ReplaceAll(string(f[name]), old, new))
		return
	}
	r, err := zip.NewReader(bytes.NewReader(f[name]), int64(len(f[name])))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	found := false
	for _, part := range r.File {
		in, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		found = found || bytes.Contains(content, []byte(old))
		to, err := w.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(bytes.ReplaceAll(content, []byte(old), []byte(new))); err != nil {
			t.Fatal(err)
		}
	}
	if !found {
		t.Fatalf("%s has no %q", name, old)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f[name] = out.Bytes()
}

// figures changes figures.json, and sets sets.json.
func (f files) figures(t testing.TB, change func(f *report.FiguresFile)) {
	t.Helper()
	var x report.FiguresFile
	if err := json.Unmarshal(f[report.Figures], &x); err != nil {
		t.Fatal(err)
	}
	change(&x)
	f[report.Figures] = spelled(t, x)
}

func (f files) sets(t testing.TB, change func(f *report.SetsFile)) {
	t.Helper()
	var x report.SetsFile
	if err := json.Unmarshal(f[report.SetsName], &x); err != nil {
		t.Fatal(err)
	}
	change(&x)
	f[report.SetsName] = spelled(t, x)
}

// computation of a figure.
func computation(t testing.TB, f *report.SetsFile, id string) *report.Computation {
	t.Helper()
	at := slices.IndexFunc(f.Figures, func(c report.ComputedFigure) bool { return c.ID == id })
	if at < 0 {
		t.Fatalf("no figure %s is computed", id)
	}
	return &f.Computations[f.Figures[at].Computation]
}

// define puts another text in the place of the definition of a computation or set, under its own hash.
func define(f *report.SetsFile, hash *string, text string) {
	sum := sha256.Sum256([]byte(text))
	now := hex.EncodeToString(sum[:])
	for i := range f.Definitions {
		if f.Definitions[i].SHA256 == *hash {
			f.Definitions[i] = report.Definition{SHA256: now, Text: text}
		}
	}
	*hash = now
}

// forge publishes a report of which somebody who may publish has altered the files before they were hashed and signed: every hash, proof
// and signature is in order.
func (w *world) forge(change func(f files)) (dir string) {
	w.Helper()
	return w.forgeOf("spine", change)
}

func (w *world) forgeOf(template string, change func(f files)) (dir string) {
	w.Helper()
	built, err := w.app.Build(w.ctx, w.admin, app.ReportRequest{Template: template, Period: year2023})
	if err != nil {
		w.Fatal(err)
	}
	if built.Sets, err = w.app.Sets(w.ctx, w.admin, built); err != nil {
		w.Fatal(err)
	}
	rendered, err := built.Render()
	if err != nil {
		w.Fatal(err)
	}
	change(rendered)
	dir = filepath.Join(w.TempDir(), "forged")
	if err := os.RemoveAll(dir); err != nil {
		w.Fatal(err)
	}
	if _, err := w.publisher(func() {}).Publish(w.ctx, built, rendered, dir); err != nil {
		w.Fatal(err)
	}
	return dir
}

// hideDeaths publishes a report that gives no number of deaths in its year, and none of the records behind it.
func (w *world) hideDeaths(change func(s *report.CountedSet)) string {
	w.Helper()
	return w.forge(func(f files) {
		lines := strings.SplitAfter(string(f[report.LinesName]), "\n")
		f.sets(w, func(f *report.SetsFile) {
			kept, at := []string{}, 0
			for i := range f.Sets {
				s := &f.Sets[i]
				n := 0 // lines
				if s.Set != nil {
					n = int(s.Size)
				}
				if s.Measure != "enterprise.count" && strings.HasPrefix(s.Measure, "accident.deaths") && s.Period == "2023" {
					s.Set, s.Left = nil, nil
					change(s)
				} else {
					kept = append(kept, lines[at:at+n]...)
				}
				at += n
			}
			lines = kept
		})
		f[report.LinesName] = []byte(strings.Join(lines, ""))
		f.figures(w, func(f *report.FiguresFile) {
			for _, id := range []string{"deaths", "deaths-fewer", "deaths-change"} {
				x := figureOf(w, f, id)
				x.Value, x.Lead = "", ""
			}
		})
	})
}

// lessened makes the deaths of the year, 4, one wherever they are printed.
func lessened(t testing.TB, f files) {
	f.in(t, report.Figures, `"4人"`, `"1人"`)
	f.in(t, report.Figures, `"value": "4",
   "unit": "人",
   "code": "work_safety.deaths"`, `"value": "1",
   "unit": "人",
   "code": "work_safety.deaths"`)
	f.in(t, report.HTML, `value="4"><a href="#about-deaths"`, `value="1"><a href="#about-deaths"`)
	f.in(t, report.HTML, `4人`, `1人`)
	f.in(t, report.DOCX, `4人`, `1人`)
}

const deaths = "work_safety.deaths"

// reprinted prints the deaths otherwise, wherever they are.
func reprinted(as string) func(t testing.TB, f files) {
	return func(t testing.TB, f files) {
		for _, name := range []string{report.Figures, report.HTML, report.DOCX} {
			f.in(t, name, "4人", as)
		}
	}
}

// disguised makes the deaths fewer, and of them something that nothing in the folder computes.
func disguised(as func(x *document.Placed)) func(t testing.TB, f files) {
	return func(t testing.TB, f files) {
		lessened(t, f)
		f.sets(t, func(f *report.SetsFile) {
			f.Figures = slices.DeleteFunc(f.Figures, func(c report.ComputedFigure) bool { return c.ID == "deaths" })
		})
		f.figures(t, func(f *report.FiguresFile) { as(figureOf(t, f, "deaths")) })
	}
}

// lines changes the lines of a set, and states their number, root and total.
func (f files) lines(t testing.TB, measure, period string, change func(s *report.CountedSet, lines []string) []string) {
	t.Helper()
	all := strings.SplitAfter(string(f[report.LinesName]), "\n")
	f.sets(t, func(f *report.SetsFile) {
		at := 0
		for i := range f.Sets {
			s := &f.Sets[i]
			if s.Set == nil {
				continue
			}
			n := 0 // lines
			if s.Set != nil {
				n = int(s.Size)
			}
			if s.Measure != measure || s.Period != period {
				at += n
				continue
			}
			changed := change(s, slices.Clone(all[at:at+n]))
			all = slices.Replace(all, at, at+n, changed...)
			var bodies [][]byte
			total := new(big.Rat)
			for _, line := range changed {
				var m struct{ Amount string }
				if err := json.Unmarshal([]byte(line), &m); err != nil {
					t.Fatal(err)
				}
				amount, ok := new(big.Rat).SetString(m.Amount)
				if !ok {
					t.Fatalf("no amount: %s", line)
				}
				total.Add(total, amount)
				bodies = append(bodies, []byte(strings.TrimSuffix(line, "\n")))
			}
			root, err := journal.RootOf(slices.Values(bodies))
			if err != nil {
				t.Fatal(err)
			}
			s.Set = &census.Set{Size: int64(len(changed)), Root: root, Total: total.RatString()}
			return
		}
		t.Fatalf("no set of %s in %s", measure, period)
	})
	f[report.LinesName] = []byte(strings.Join(all, ""))
}

// forgery is what a publisher may think of, and how it is refused.
type forgery struct {
	do   func(t testing.TB, f files)
	want *fault.Declaration
	says string // in the sentence
}

// wordForgeries are in the Word file, which the page does not read.
var wordForgeries = map[string]forgery{
	"the Word file prints a figure twice": {func(t testing.TB, f files) {
		f.in(t, report.DOCX, "</w:body>", `<w:p><w:sdt><w:sdtPr><w:tag w:val="deaths"/></w:sdtPr><w:sdtContent><w:r><w:t>4人</w:t></w:r></w:sdtContent></w:sdt></w:p></w:body>`)
	}, report.ErrTwice, "deaths"},
	"the Word file prints a figure more": {func(t testing.TB, f files) {
		f.in(t, report.DOCX, "</w:body>", `<w:p><w:sdt><w:sdtPr><w:tag w:val="more"/></w:sdtPr><w:sdtContent><w:r><w:t>1人</w:t></w:r></w:sdtContent></w:sdt></w:p></w:body>`)
	}, report.ErrFigureDiffers, "more"},
	"the Word file hides a figure and shows a number of its own": {func(t testing.TB, f files) {
		f.in(t, report.DOCX, "</w:rPr>", "<w:vanish/></w:rPr>")
	}, report.ErrHides, "vanish"},
	"the Word file says less where it was more": {func(t testing.TB, f files) { f.in(t, report.DOCX, "增长", "下降") }, report.ErrFigureDiffers, report.DOCX},
}

// forgeries are refused by the command and by the page.
var forgeries = map[string]forgery{
	"the deaths are fewer everywhere, by a number in the arithmetic": {func(t testing.TB, f files) {
		lessened(t, f)
		f.sets(t, func(f *report.SetsFile) {
			computation(t, f, "deaths").Steps = []report.Step{{Op: "number", Value: "1"}}
		})
	}, report.ErrNotDerived, "accident.deaths 2023 430600"},
	"the deaths are fewer in every document": {lessened, report.ErrOtherResult, "死亡人数"},
	"the deaths are those of the year before": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			at := setOf(t, *f, "accident.deaths", "2022")
			computation(t, f, "deaths").Steps[0].Set = &at
		})
	}, report.ErrNotDerived, "accident.deaths 2022 430600"},
	"the deaths are accidents": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			at := setOf(t, *f, "accident.count", "2023")
			computation(t, f, "deaths").Steps[0].Set = &at
		})
	}, report.ErrNotDerived, "accident.count 2023 430600"},
	"a difference is a sum": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			steps := computation(t, f, "deaths-fewer").Steps
			steps[len(steps)-1].Op = "+"
		})
	}, report.ErrNotDerived, "- 1 2"},
	"the operands of a difference change places": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			steps := computation(t, f, "deaths-fewer").Steps
			slices.Reverse(steps[len(steps)-1].Of)
		})
	}, report.ErrNotDerived, "- 2 1"},
	"a set is multiplied": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) { computation(t, f, "deaths").Steps[0].Scale = "0.25" })
	}, report.ErrNotDerived, "× 0.25"},
	"the definition is that of another indicator": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			computation(t, f, "deaths").Definition = computation(t, f, "accidents").Definition
		})
	}, report.ErrNotAsDefined, "work_safety.accidents"},
	"there is no definition": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			hash := computation(t, f, "hazards-listed").Definition
			f.Definitions = slices.DeleteFunc(f.Definitions, func(d report.Definition) bool { return d.SHA256 == hash })
		})
	}, report.ErrNoDefinition, "挂牌督办"},
	"a definition on which others rest is missing": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			hash := computation(t, f, "deaths").Definition
			f.Definitions = slices.DeleteFunc(f.Definitions, func(d report.Definition) bool { return d.SHA256 == hash })
		})
	}, report.ErrNotRecalled, deaths},
	"a definition on which others rest is another": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			c := computation(t, f, "deaths")
			c.Steps = []report.Step{{Op: "number", Value: "4"}}
			define(f, &c.Definition, "anlan indicator 1\nindicator "+deaths+" in 人 printed 0\n= 4 人\n")
		})
	}, report.ErrNotRecalled, "work_safety.deaths_change"},
	"the definition of a measure is missing": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			hash := f.Sets[setOf(t, *f, "accident.deaths", "2023")].Definition
			f.Definitions = slices.DeleteFunc(f.Definitions, func(d report.Definition) bool { return d.SHA256 == hash })
		})
	}, report.ErrNoDefinition, "死亡人数"},
	"a set is of another measure": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			f.Sets[setOf(t, *f, "accident.deaths", "2023")].Definition = f.Sets[setOf(t, *f, "accident.count", "2023")].Definition
		})
	}, report.ErrNotAsDefined, "accident.count"},
	"a set is counted in another unit": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) { f.Sets[setOf(t, *f, "accident.deaths", "2023")].Unit = "万人" })
	}, report.ErrNotAsDefined, "万人"},
	"an indicator is not computed": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			f.Figures = slices.DeleteFunc(f.Figures, func(c report.ComputedFigure) bool { return c.ID == "deaths" })
		})
	}, report.ErrUncomputed, deaths},
	"two figures change places": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			a := slices.IndexFunc(f.Figures, func(c report.ComputedFigure) bool { return c.ID == "deaths" })
			b := slices.IndexFunc(f.Figures, func(c report.ComputedFigure) bool { return c.ID == "accidents" })
			f.Figures[a].ID, f.Figures[b].ID = "accidents", "deaths"
		})
	}, report.ErrOtherFigure, deaths},
	"a figure is of another year": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").Period = "2022" })
	}, report.ErrOtherFigure, "2022"},
	"a figure is of another code": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").Code = "work_safety.accidents" })
	}, report.ErrOtherFigure, "work_safety.accidents"},
	"a figure is of another unit": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").UnitCode = "430602" })
	}, report.ErrOtherFigure, "430602"},
	"a figure is measured otherwise": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").Unit = "万人" })
	}, report.ErrOtherFigure, "万人"},
	"the command that computes it again is another": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { x := figureOf(t, f, "deaths"); x.Recompute += " --records" })
	}, report.ErrOtherFigure, "--records"},
	"the printed unit is another": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").Text = "4起" })
	}, report.ErrOtherForm, "4起"},
	"less became more": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) {
			x := figureOf(t, f, "deaths-fewer")
			x.Lead = map[string]string{"减少": "增加", "增加": "减少", "持平（": "减少"}[x.Lead]
		})
	}, report.ErrOtherForm, "deaths-fewer"},
	"the web page prints another value": {func(t testing.TB, f files) {
		f.in(t, report.HTML, `<data class="figure" id="fig-deaths" value="4"`, `<data class="figure" id="fig-deaths" value="1"`)
	}, report.ErrFigureDiffers, report.HTML},
	"the web page says otherwise what a figure is": {func(t testing.TB, f files) {
		f.in(t, report.HTML, `--as-of`, `--until`)
	}, report.ErrFigureDiffers, "--until"},
	"the web page has a figure more": {func(t testing.TB, f files) {
		f.in(t, report.HTML, `</article>`, `<data class="figure" id="fig-more" value="1">1人</data></article>`)
	}, report.ErrFigureDiffers, "more"},
	"the web page has a figure twice": {func(t testing.TB, f files) {
		f.in(t, report.HTML, `</article>`, `<data class="figure" id="fig-deaths" value="1">1人</data></article>`)
	}, report.ErrTwice, "deaths"},
	"a set is said twice": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			f.Sets = append(f.Sets, report.CountedSet{Measure: "accident.deaths", Label: "死亡人数", Period: "2023", UnitCode: "430600", Unit: "人", State: "none_recorded",
				Definition: f.Sets[setOf(t, *f, "accident.deaths", "2023")].Definition})
		})
	}, report.ErrTwice, "accident.deaths 2023 430600"},
	"a kind is counted twice": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			f.Kinds = append(f.Kinds, report.KindCount{Kind: "accident", Records: 1000})
		})
	}, report.ErrTwice, "accident"},
	"a figure is listed twice": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { f.Figures = append(f.Figures, *figureOf(t, f, "deaths")) })
	}, report.ErrTwice, "deaths"},
	"another book": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { f.Book = "018e3f9f-0000-7000-8000-000000000000" })
	}, report.ErrOtherBook, "018e3f9f-0000"},
	"an epoch that has not been": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) { f.Epoch = 2 })
	}, report.ErrOtherBook, report.SetsName},
	"a member that only some readers see": {func(t testing.TB, f files) {
		f.in(t, report.Figures, `"text": "4人"`, "\"Text\": \"1人\",\n   \"text\": \"4人\"")
	}, report.ErrNotReadable, report.Figures},
	"a member that nobody knows": {func(t testing.TB, f files) {
		f.in(t, report.SetsName, `"kinds": [`, "\"note\": \"\",\n \"kinds\": [")
	}, report.ErrNotReadable, report.SetsName},
	"the deaths are called a score": {disguised(func(x *document.Placed) { x.Source = "evaluation" }), report.ErrOtherSource, deaths},
	"the deaths are called a score under a scheme": {disguised(func(x *document.Placed) {
		x.Source, x.Recompute = "evaluation", "anlan evaluate --scheme yueyang --period 2023 --as-of 1"
	}), report.ErrOtherSource, deaths},
	"the deaths are called what a project reached, and are another number": {disguised(func(x *document.Placed) {
		x.Source, x.Code, x.Value, x.Recompute = "evaluation", "", "4", "anlan evaluate --scheme yueyang --period 2023 --as-of 1"
	}), report.ErrOtherForm, "1人"},
	"the deaths are called the length of a list":               {disguised(func(x *document.Placed) { x.Code, x.Source, x.Recompute = "", "records", "anlan list accident" }), report.ErrOtherSource, "anlan list"},
	"the deaths are said to be withheld and printed":           {disguised(func(x *document.Placed) { x.Withheld = "依法不予公开" }), report.ErrPrintsANumber, "1人"},
	"the deaths are withheld without their value, and printed": {disguised(func(x *document.Placed) { x.Withheld, x.Value = "依法不予公开", "" }), report.ErrPrintsANumber, "1人"},
	"the deaths have no value, and are printed":                {disguised(func(x *document.Placed) { x.Value = "" }), report.ErrPrintsANumber, "1人"},
	"about so many, which is not so":                           {reprinted("约90人"), report.ErrOtherForm, "约90人"},
	"nearly so many, which is not so":                          {reprinted("近9人"), report.ErrOtherForm, "近9人"},
	"more than so many, which is not so":                       {reprinted("1余人"), report.ErrOtherForm, "1余人"},
	"two numbers in one figure":                                {reprinted("4人1人"), report.ErrOtherForm, "4人1人"},
	"digits parted so that they read otherwise":                {reprinted("0,4人"), report.ErrOtherForm, "0,4人"},
	"a value with an exponent": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").Value = "4e0" })
	}, report.ErrOtherResult, "4e0"},
	"a value below zero by its sign alone": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").Value = "-4" })
	}, report.ErrOtherResult, "-4"},
	"a value of endless decimals": {func(t testing.TB, f files) {
		f.figures(t, func(f *report.FiguresFile) { figureOf(t, f, "deaths").Value = "4." + strings.Repeat("0", 100) })
	}, report.ErrOtherResult, "4.000"},
	"a number with an exponent": {func(t testing.TB, f files) { f.in(t, report.SetsName, `"computation": 1,`, `"computation": 1e0,`) }, report.ErrNotReadable, report.SetsName},
	"a number that is -0":       {func(t testing.TB, f files) { f.in(t, report.SetsName, `"computation": 0,`, `"computation": -0,`) }, report.ErrNotReadable, report.SetsName},
	"a byte order mark":         {func(t testing.TB, f files) { f[report.Figures] = append([]byte("\ufeff"), f[report.Figures]...) }, report.ErrNotReadable, report.Figures},
	"something behind the end":  {func(t testing.TB, f files) { f[report.Figures] = append(f[report.Figures], "{}\n"...) }, report.ErrNotReadable, report.Figures},
	"a member twice": {func(t testing.TB, f files) {
		f.in(t, report.Figures, `"text": "4人"`, "\"text\": \"1人\",\n   \"text\": \"4人\"")
	}, report.ErrNotReadable, report.Figures},
	"a text that is no Unicode": {func(t testing.TB, f files) { f.in(t, report.Figures, "死亡人数", "死亡人数\xff") }, report.ErrNotReadable, report.Figures},
	"the period of a computation in another spelling": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) { computation(t, f, "deaths").Period = "2023-01..2023-12" })
	}, report.ErrNotAsDefined, "2023-01..2023-12"},
	"the period of a set is no period": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) { f.Sets[setOf(t, *f, "accident.deaths", "2023")].Period = "2023-13" })
	}, report.ErrNotAsDefined, "2023-13"},
	"the lines of a set are kept back as too many": {func(t testing.TB, f files) {
		lines := strings.SplitAfter(string(f[report.LinesName]), "\n")
		f.sets(t, func(f *report.SetsFile) {
			at := 0
			for i := range f.Sets {
				if f.Sets[i].Measure == "accident.deaths" && f.Sets[i].Period == "2023" {
					f.Sets[i].Closed = report.ClosedLarge
					lines = slices.Delete(lines, at, at+int(f.Sets[i].Size))
				}
				at += int(f.Sets[i].Size)
			}
		})
		f[report.LinesName] = []byte(strings.Join(lines, ""))
	}, report.ErrSetTold, "accident.deaths"},
	"a set is closed for a reason that there is not": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			s := &f.Sets[setOf(t, *f, "accident.deaths", "2023")]
			s.Set, s.Left, s.Closed = nil, nil, "private"
		})
	}, report.ErrSetTold, "accident.deaths"},
	"a set says nothing": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			s := &f.Sets[setOf(t, *f, "accident.deaths", "2023")]
			s.Set, s.Left = nil, nil
		})
	}, report.ErrSetTold, "accident.deaths"},
	"a set has a number and none": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) { f.Sets[setOf(t, *f, "accident.deaths", "2022")].State = "none_recorded" })
	}, report.ErrSetTold, "accident.deaths"},
	"a set is of no kind of records": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			s := &f.Sets[setOf(t, *f, "accident.deaths", "2023")]
			s.Kind, s.Left = "", nil
		})
	}, report.ErrNotAsDefined, "accident.deaths"},
	"one record counts as two": {func(t testing.TB, f files) {
		f.lines(t, "accident.count", "2023", func(s *report.CountedSet, lines []string) []string {
			lines[0] = strings.Replace(lines[0], `"amount":"1"`, `"amount":"2"`, 1)
			return lines
		})
	}, report.ErrNotOfSet, "accident.count"},
	"a record is counted twice, its id in other letters": {func(t testing.TB, f files) {
		f.lines(t, "accident.deaths", "2023", func(s *report.CountedSet, lines []string) []string {
			id := regexp.MustCompile(`"id":"[^"]*"`)
			s.Left.Other--
			return append([]string{id.ReplaceAllStringFunc(lines[0], func(id string) string { return `"id":"` + strings.ToUpper(id[6:]) })}, lines...)
		})
	}, report.ErrSetDiffers, "accident.deaths"},
	"a record that was entered after the report": {func(t testing.TB, f files) {
		f.lines(t, "accident.deaths", "2023", func(s *report.CountedSet, lines []string) []string {
			lines[0] = regexp.MustCompile(`"position":[0-9]+`).ReplaceAllString(lines[0], `"position":999999`)
			return lines
		})
	}, report.ErrNotOfSet, "999999"},
	"a record on a day that there is not": {func(t testing.TB, f files) {
		f.lines(t, "accident.deaths", "2023", func(s *report.CountedSet, lines []string) []string {
			lines[0] = regexp.MustCompile(`"on":"[^"]*"`).ReplaceAllString(lines[0], `"on":"2023-02-30"`)
			return lines
		})
	}, report.ErrSetDiffers, "accident.deaths"},
	"an amount in another spelling": {func(t testing.TB, f files) {
		f.lines(t, "accident.deaths", "2023", func(s *report.CountedSet, lines []string) []string {
			lines[0] = regexp.MustCompile(`"amount":"([0-9]+)"`).ReplaceAllString(lines[0], `"amount":"0$1"`)
			return lines
		})
	}, report.ErrSetDiffers, "accident.deaths"},
	"a line with a member more": {func(t testing.TB, f files) {
		f.lines(t, "accident.deaths", "2023", func(s *report.CountedSet, lines []string) []string {
			lines[0] = strings.Replace(lines[0], "}", `,"weight":1}`, 1)
			return lines
		})
	}, report.ErrSetDiffers, "accident.deaths"},
	"the web page shows something else by a script": {func(t testing.TB, f files) {
		f.in(t, report.HTML, "</body>", `<script>document.getElementById("fig-deaths").firstChild.textContent = "1人"</script></body>`)
	}, report.ErrPageActs, "<script>"},
	"the web page hides a figure": {func(t testing.TB, f files) {
		f.in(t, report.HTML, `<data class="figure" id="fig-deaths"`, `1人<data class="figure" style="display:none" id="fig-deaths"`)
	}, report.ErrPageActs, "<data style>"},
	"the web page leads to another": {func(t testing.TB, f files) {
		f.in(t, report.HTML, "</head>", `<meta http-equiv="refresh" content="0; url=other.html"></head>`)
	}, report.ErrPageActs, "<meta http-equiv>"},
	"the lines are not published":   {func(t testing.TB, f files) { delete(f, report.LinesName) }, report.ErrNotPublished, report.LinesName},
	"the web page is not published": {func(t testing.TB, f files) { delete(f, report.HTML) }, report.ErrNotPublished, report.HTML},
	"a record counts in a year that is not its own": {func(t testing.TB, f files) {
		f.sets(t, func(f *report.SetsFile) {
			a, b := setOf(t, *f, "accident.deaths", "2022"), setOf(t, *f, "accident.deaths", "2023")
			f.Sets[a].Period, f.Sets[b].Period = "2023", "2022"
			f.Sets[a], f.Sets[b] = f.Sets[b], f.Sets[a]
			f.Sets[a].Period, f.Sets[b].Period = "2022", "2023"
		})
	}, report.ErrSetDiffers, ""},
}

func TestForgeriesOfAPublisherAreRefused(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	if v, err := report.Verify(t.Context(), w.forge(func(files) {}), nil); err != nil || !v.Sound() || v.Recomputed != 10 {
		t.Fatalf("the control: got %v %+v %v", err, v, v.Findings)
	}
	all := maps.Clone(wordForgeries)
	maps.Copy(all, forgeries)
	for name, c := range all {
		v, err := report.Verify(t.Context(), w.forge(func(f files) { c.do(t, f) }), nil)
		if err != nil || !errors.Is(v.Findings, c.want) || !strings.Contains(v.Findings.Error(), c.says) {
			t.Errorf("%s: got %v %v, want %s with %q", name, err, v.Findings, c.want.Code, c.says)
		}
	}
}

// What the folder alone does not show is told in words, or found with the book.
func TestWhatAFolderCannotShowIsToldAndFoundWithTheBook(t *testing.T) {
	t.Parallel()
	w := found(t, store.SQLite)
	w.small()
	inBook := func(dir string) fault.List {
		t.Helper()
		found, _, err := w.app.Recount(w.ctx, w.admin, dir)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	verified := func(dir string) (*report.Verified, []app.ForeignDefinition, fault.List) {
		t.Helper()
		v, err := report.Verify(t.Context(), dir, nil)
		if err != nil || !v.Sound() {
			t.Fatalf("got %v %v", err, v.Findings)
		}
		foreign, found, err := app.Foreign(v)
		if err != nil {
			t.Fatal(err)
		}
		return v, foreign, found
	}

	// Another definition, whole, with its own hash: it is not the program's, and not the book's.
	dir := w.forge(func(f files) {
		f.sets(t, func(f *report.SetsFile) {
			c := computation(t, f, "hazards-listed")
			value := f.Sets[*c.Steps[0].Set].Total
			c.Steps = []report.Step{{Op: "number", Value: value}}
			define(f, &c.Definition, "anlan indicator 1\nindicator "+c.Code+" in 处 printed 0\n= "+value+" 处\n")
		})
	})
	if v, foreign, _ := verified(dir); len(foreign) != 1 || foreign[0].Code != "work_safety.hazards_listed" || foreign[0].Program == "" || v.Recomputed != 10 {
		t.Errorf("another definition: told %+v, %d computed", foreign, v.Recomputed)
	}
	if found := inBook(dir); !errors.Is(found, app.ErrOtherDefinition) {
		t.Errorf("another definition: the book finds %v, want %v", found, app.ErrOtherDefinition)
	}

	// A constant under the code of a measure: the expression is that of the program.
	dir = w.forge(func(f files) {
		f.sets(t, func(f *report.SetsFile) {
			c := computation(t, f, "hazards-listed")
			value := f.Sets[*c.Steps[0].Set].Total
			c.Steps = []report.Step{{Op: "number", Value: value}}
			define(f, &c.Definition, "anlan indicator 1\nindicator "+c.Code+" in 处 printed 0\n= hazard.listed\nconstant hazard.listed "+value+" 处\n")
		})
	})
	if _, foreign, _ := verified(dir); len(foreign) != 1 || foreign[0].Code != "work_safety.hazards_listed" || !strings.Contains(foreign[0].Says, "constant hazard.listed") {
		t.Errorf("a constant for a measure: told %+v", foreign)
	}
	if found := inBook(dir); !errors.Is(found, app.ErrOtherDefinition) {
		t.Errorf("a constant for a measure: the book finds %v, want %v", found, app.ErrOtherDefinition)
	}

	// The page is styled otherwise.
	if v, _, _ := verified(w.forge(func(f files) {
		f.in(t, report.HTML, "</style>", `#fig-deaths { font-size: 0 } #fig-deaths::after { content: "1人"; font-size: 1rem }</style>`)
	})); !v.OtherStyle {
		t.Error("a page of another style: nothing is told")
	}

	// Another name for what is counted.
	dir = w.forge(func(f files) {
		for _, name := range []string{report.Figures, report.SetsName, report.HTML, report.DOCX} {
			f.in(t, name, "死亡人数", "受伤人数")
		}
	})
	if _, _, found := verified(dir); !errors.Is(found, app.ErrOtherName) {
		t.Errorf("another name: got %v, want %v", found, app.ErrOtherName)
	}

	// What is left out is not said.
	dir = w.forge(func(f files) {
		f.sets(t, func(f *report.SetsFile) { f.Sets[setOf(t, *f, "accident.deaths", "2023")].Left = nil })
	})
	if v, _, _ := verified(dir); len(v.Unsaid) != 1 || !strings.Contains(v.Unsaid[0], "accident.deaths") {
		t.Errorf("without what is left out: told %v", v.Unsaid)
	}
	if found := inBook(dir); !errors.Is(found, app.ErrOtherLeftOut) {
		t.Errorf("without what is left out: the book finds %v, want %v", found, app.ErrOtherLeftOut)
	}

	// A number is hidden: none is recorded, or the records are not for everybody.
	for name, change := range map[string]func(s *report.CountedSet){
		"none recorded": func(s *report.CountedSet) { s.State = "none_recorded" },
		"withheld":      func(s *report.CountedSet) { s.Closed = report.ClosedWithheld },
		"sensitive":     func(s *report.CountedSet) { s.Closed = report.ClosedSensitive },
		"unlisted":      func(s *report.CountedSet) { s.Closed, s.Stated = report.ClosedUnlisted, "1" },
	} {
		if found := inBook(w.hideDeaths(change)); !errors.Is(found, app.ErrHidesANumber) || !strings.Contains(found.Error(), "4人") {
			t.Errorf("%s: the book finds %v, want %v", name, found, app.ErrHidesANumber)
		}
	}

	// The records of a kind are fewer.
	dir = w.forge(func(f files) {
		f.sets(t, func(f *report.SetsFile) {
			for i := range f.Kinds {
				f.Kinds[i].Records++
			}
			for i := range f.Sets {
				if f.Sets[i].Left != nil {
					f.Sets[i].Left.Other++
				}
			}
		})
	})
	verified(dir)
	if found := inBook(dir); !errors.Is(found, app.ErrOtherStandings) {
		t.Errorf("other standings: the book finds %v, want %v", found, app.ErrOtherStandings)
	}
}

// figureOf is a figure of figures.json.
func figureOf(t testing.TB, f *report.FiguresFile, id string) *document.Placed {
	t.Helper()
	for i := range f.Figures {
		if f.Figures[i].ID == id {
			return &f.Figures[i]
		}
	}
	t.Fatalf("no figure %s", id)
	return nil
}
