package app_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"anlan/account/report"
	"anlan/account/report/document"
	"anlan/app"
	"anlan/ground/fault"
	"anlan/store"
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
	built, err := w.app.Build(w.ctx, w.admin, app.ReportRequest{Template: "spine", Period: year2023})
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

// forgeries are what a publisher may think of. Each is refused, naming where.
var forgeries = map[string]struct {
	do   func(t testing.TB, f files)
	want *fault.Declaration
	says string // in the sentence
}{
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
	for name, c := range forgeries {
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
	hide := func(change func(s *report.CountedSet)) string {
		return w.forge(func(f files) {
			lines := strings.SplitAfter(string(f[report.LinesName]), "\n")
			f.sets(t, func(f *report.SetsFile) {
				kept, at := []string{}, 0
				for i := range f.Sets {
					s := &f.Sets[i]
					n := int(s.Size)
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
			f.figures(t, func(f *report.FiguresFile) {
				for _, id := range []string{"deaths", "deaths-fewer", "deaths-change"} {
					x := figureOf(t, f, id)
					x.Value, x.Lead = "", ""
				}
			})
		})
	}
	for name, change := range map[string]func(s *report.CountedSet){
		"none recorded": func(s *report.CountedSet) { s.State = "none_recorded" },
		"withheld":      func(s *report.CountedSet) { s.Closed = report.ClosedWithheld },
		"sensitive":     func(s *report.CountedSet) { s.Closed = report.ClosedSensitive },
	} {
		if found := inBook(hide(change)); !errors.Is(found, app.ErrHidesANumber) || !strings.Contains(found.Error(), "4人") {
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
