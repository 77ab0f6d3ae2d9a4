package web

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"anlan/account/check"
	"anlan/account/check/reading/office"
	"anlan/account/report/compare"
	"anlan/account/source"
	"anlan/app/scrutiny"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/deposit"
	"anlan/record/access"
)

// Bounds of a check from a page.
const (
	checkFileBytes = 32 << 20 // of a report
	checkBytesMax  = 64 << 20 // of all that is sent at a time
	longMost       = 2        // checks and archives at a time: each takes a core, and pages are to be answered meanwhile
	longPatience   = 20 * time.Second
	checkWait      = 4 * time.Minute // answerWait is longer
	checkYears     = 10              // that are offered to compare with
)

// Faults of checks from a page.
var (
	ErrBusy = fault.Define("web.busy", fault.Unable,
		"正在处理别人的材料，请过一会儿再试", "the material of others is being worked on; try again in a while")
	ErrCheckTooLong = fault.Define("web.check_too_long", fault.TooLarge,
		"核对超过%d分钟，已停止；请少传几份，或者在本机用 anlan check", "the check took more than %d minutes and was ended; upload fewer files, or use anlan check on your machine")
	ErrReportTooLarge = fault.Define("web.report_too_large", fault.TooLarge,
		"“%s”超过%d MB，没有接收", "%q is more than %d MB and was not taken")
)

// allowCheck says whether the visitor may check reports from elsewhere: whoever may read what offices have published.
func (v *visit) allowCheck() error {
	return v.actor().Allow(access.Read, source.PublishedKind.Code(), source.PublishedKind.Label())
}

// mayCheck is allowCheck for pages that lead there.
func (v *visit) mayCheck() bool { return v.allowCheck() == nil }

// checkStart is the page on which reports are sent.
type checkStart struct {
	Faults  []string
	Accept  string
	Periods []option
	Unit    string
	Held    []heldResult
}

// heldResult is what was found earlier.
type heldResult struct{ Name, At, Until, To, Drop string }

// checkPage shows where reports are sent, and what was found in those before.
func (s *Server) checkPage(v *visit) error {
	if err := v.allowCheck(); err != nil {
		return err
	}
	return s.showCheckStart(v, nil)
}

func (s *Server) showCheckStart(v *visit, wrong error) error {
	x := checkStart{Accept: strings.Join(office.Formats(), ","), Unit: string(v.home())}
	if v.r.PostForm != nil {
		x.Unit = v.r.PostForm.Get("unit")
	}
	chosen := v.r.FormValue("period")
	x.Periods = []option{{"", v.t("不比对", "do not compare"), chosen == ""}}
	for y := period.DayAt(s.app.Clock().Now()).Year(); len(x.Periods) <= checkYears; y-- {
		p := period.Year(y)
		x.Periods = append(x.Periods, option{p.String(), p.Label().In(v.lang), chosen == p.String()})
	}
	if wrong != nil {
		x.Faults, v.status = lines(fault.In(wrong, v.lang)), statusOf(wrong)
	}
	held, err := s.app.Found.List(v.r.Context(), v.session.User)
	if err != nil {
		return err
	}
	for _, d := range held {
		to := "/check/" + d.ID.String()
		x.Held = append(x.Held, heldResult{d.Name, v.moment(d.Began), v.until(d), to, to + "/drop"})
	}
	return v.show(v.checkHead(v.t("核对报告", "Check reports"), v.t("上传别处公开的报告：文中的数彼此是否相符，与账册的记录是否相符", "Upload reports from elsewhere: whether their figures hold against each other, and against the records")), checkStartPage(v.page(""), x))
}

// until says when a result goes.
func (v *visit) until(d deposit.Deposit) string {
	if d.Kept {
		return v.t(lang.Zh("保留到"+v.moment(d.Ends)), lang.En("kept until "+v.moment(d.Ends)))
	}
	return v.t(lang.Zh(v.moment(d.Ends)+"自动删除"), lang.En("deleted at "+v.moment(d.Ends)))
}

func (v *visit) checkHead(title, lead string) page {
	p := v.page(title)
	p.Wing, p.Lead = "check", lead
	return p
}

// checkReports checks what somebody sends, and holds what was found for that person.
func (s *Server) checkReports(v *visit) error {
	if err := v.allowCheck(); err != nil {
		return err
	}
	q, err := s.readCheck(v)
	var found *scrutiny.Found
	var archive []byte
	if err == nil {
		found, archive, err = s.scrutinise(v, q)
	}
	if err != nil {
		if _, known := fault.KindOf(err); known {
			return s.showCheckStart(v, err)
		}
		return err
	}
	said, err := json.Marshal(found)
	if err != nil {
		return err
	}
	names := q.Files[0].Name
	if n := len(q.Files); n > 1 {
		names = v.t(lang.Zh(fmt.Sprintf("%s等%d个文件", names, n)), lang.En(fmt.Sprintf("%s and %d more", names, n-1)))
	}
	d, err := s.app.Found.Put(v.r.Context(), v.session.User, deposit.Result{Name: check.Visible(names), Said: string(said), Content: archive})
	if _, known := fault.KindOf(err); known {
		return s.showCheckStart(v, err)
	}
	if err == nil && v.r.PostForm.Get("keep") == "1" {
		err = s.app.Found.Keep(v.r.Context(), v.session.User, d.ID)
		if errors.Is(err, deposit.ErrTooMany) {
			err = nil // it is held as any other, and its page offers to keep it
		}
	}
	if err != nil {
		return err
	}
	return v.redirect("/check/" + d.ID.String())
}

// scrutinise runs a check when there is room for it.
func (s *Server) scrutinise(v *visit, q scrutiny.Request) (*scrutiny.Found, []byte, error) {
	leave, err := s.enter(v.r.Context())
	if err != nil {
		return nil, nil, err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(v.r.Context(), checkWait)
	defer cancel()
	found, archive, err := scrutiny.Run(ctx, s.app, v.actor(), q)
	if err != nil && v.r.Context().Err() == nil && ctx.Err() != nil {
		err = ErrCheckTooLong.Because(err, int(checkWait/time.Minute))
	}
	return found, archive, err
}

// enter waits for a place among the long works, so that however many are asked for, pages are answered meanwhile. Fault: ErrBusy.
func (s *Server) enter(ctx context.Context) (leave func(), err error) {
	wait, cancel := context.WithTimeout(ctx, longPatience)
	defer cancel()
	select {
	case s.long <- struct{}{}:
		return func() { <-s.long }, nil
	case <-wait.Done():
		return nil, cmp.Or(ctx.Err(), error(ErrBusy.With()))
	}
}

// readCheck reads what a form sends.
func (s *Server) readCheck(v *visit) (q scrutiny.Request, err error) {
	q.Lang = v.lang
	if err := v.r.ParseMultipartForm(memoryBytes); errors.Is(err, http.ErrNotMultipart) {
		return q, scrutiny.ErrNothing.With()
	} else if err != nil {
		return q, err
	}
	defer v.r.MultipartForm.RemoveAll()
	form := v.r.PostForm
	if form.Get("period") != "" {
		with := scrutiny.With{Unit: v.home()}
		if with.Period, err = period.Parse(form.Get("period")); err != nil {
			return q, err
		}
		if code, _, _ := strings.Cut(strings.TrimSpace(form.Get("unit")), " "); code != "" {
			if with.Unit, err = place.ParseUnit(code); err != nil {
				return q, err
			}
		}
		q.With = &with
	}
	sent := v.r.MultipartForm.File["reports"]
	if len(sent) > scrutiny.FilesMax {
		return q, scrutiny.ErrTooMany.With(scrutiny.FilesMax, len(sent))
	}
	for _, h := range sent {
		name := h.Filename[strings.LastIndexAny(h.Filename, `/\`)+1:]
		if name == "" {
			continue
		}
		if h.Size > checkFileBytes {
			return q, ErrReportTooLarge.With(name, checkFileBytes>>20)
		}
		f, err := h.Open()
		if err != nil {
			return q, err
		}
		content, err := v.readSent(name, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return q, err
		}
		q.Files = append(q.Files, scrutiny.Upload{Name: name, Content: content})
	}
	return q, nil
}

// checkFound is what was found, as its page shows it.
type checkFound struct {
	Until      string
	Kept       bool
	Keep, Drop string
	All        check.Summary
	Covered    string
	Archive    string
	Tables     []anchor
	Files      []checkedFile
	Unread     []unreadFile
	Beside     string // with which records
}

type unreadFile struct{ Name, Why string }

// checkedFile is a report with what was found in it.
type checkedFile struct {
	scrutiny.File
	ID       string // of its place on the page
	Covered  string
	Marked   string // the annotated copy
	Groups   []findingGroup
	Not      []notChecked
	NotMore  int
	Versus   *checkedVersus
	Together string // of which documents it is what they say of each other
}

type findingGroup struct {
	Mark, Name, Class string
	Open              bool
	Findings          []foundLine
}

type foundLine struct {
	Line, Quote, Text, To string
	Advice                []string
}

type notChecked struct{ Line, Quote, Why string }

// checkedVersus is a report beside the records.
type checkedVersus struct {
	Counts   []anchor // verdicts with their number
	Other    string   // it is about another year
	Findings []foundLine
	Rows     []versusRow
	More     int
	Tables   []anchor
}

type versusRow struct {
	Line, Quote, Label, Printed, Recorded, To, Difference, Why string
}

// verdictNames are how a page names the verdicts that are findings.
var verdictNames = []struct {
	check.Verdict
	name lang.Text
}{
	{check.Contradiction, lang.Of("矛盾", "contradictions")}, {check.Incomplete, lang.Of("不完整", "incomplete")}, {check.Noted, lang.Of("提示", "notes")},
}

// heldCheck is the result that an address names.
func (s *Server) heldCheck(v *visit) (d deposit.Deposit, err error) {
	if err := v.allowCheck(); err != nil {
		return d, err
	}
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return d, deposit.ErrNone.With()
	}
	return s.app.Found.Find(v.r.Context(), v.session.User, id)
}

// checkResult shows what was found.
func (s *Server) checkResult(v *visit) error {
	d, err := s.heldCheck(v)
	if err != nil {
		return err
	}
	var found scrutiny.Found
	if err := json.Unmarshal([]byte(d.Said), &found); err != nil {
		return fmt.Errorf("result %s: %w", d.ID, err)
	}
	base := "/check/" + d.ID.String()
	x := checkFound{Until: v.until(d), Kept: d.Kept, Keep: base + "/keep", Drop: base + "/drop", All: found.All, Covered: covered(found.All), Archive: link(base+"/file", "name", archiveName)}
	for _, t := range found.Tables {
		x.Tables = append(x.Tables, anchor{Text: path.Base(t), To: link(base+"/file", "name", t)})
	}
	for _, u := range found.Unread {
		x.Unread = append(x.Unread, unreadFile{u.File, u.Message.In(v.lang)})
	}
	if b := found.Beside; b != nil {
		span, err := period.Parse(b.Period)
		if err != nil {
			return err
		}
		at := strconv.FormatInt(b.Position, 10)
		x.Beside = v.t(lang.Zh("与单位"+b.Unit+"（含下属）"+span.Label().Zh+"的记录比对，数据截至日志位置"+at), lang.En("compared with the records of "+b.Unit+" and what is below it for "+span.Label().En+", as of position "+at))
	}
	for i, f := range found.Files {
		x.Files = append(x.Files, v.checkedFile(i, f, base, found.Beside))
	}
	p := v.checkHead(d.Name, v.t("所列是需要核实的问题，不是结论；每处都指向原文", "what is listed is to be looked at and is no verdict on anybody; each leads to the words"))
	p.Crumbs = []anchor{{Text: v.t("核对报告", "check reports"), To: "/check"}}
	return v.show(p, checkResultPage(p, x))
}

// covered is how many figures take part in a relation.
func covered(s check.Summary) string {
	if s.Figures == 0 {
		return "—"
	}
	return strconv.Itoa(s.Covered*100/s.Figures) + "%"
}

func (v *visit) checkedFile(n int, f scrutiny.File, base string, beside *scrutiny.Beside) checkedFile {
	out := checkedFile{File: f, ID: "report" + strconv.Itoa(n), Covered: covered(f.Summary), NotMore: f.Summary.NotCheckable - len(f.NotCheckable), Together: strings.Join(f.Between, v.t("、", ", "))}
	if f.Page != "" {
		out.Marked = link(base+"/file", "name", f.Page)
	}
	at := func(line int) string {
		if line == 0 {
			return ""
		}
		return v.t(lang.Zh("第"+strconv.Itoa(line)+"行"), lang.En("line "+strconv.Itoa(line)))
	}
	for i, k := range verdictNames {
		g := findingGroup{Mark: k.Mark(), Name: k.name.In(v.lang), Class: string(k.Verdict), Open: i == 0}
		for _, r := range f.Findings {
			if r.Verdict != k.Verdict {
				continue
			}
			l := foundLine{Line: at(r.Line), Quote: r.Quote, Text: r.Message.In(v.lang)}
			if out.Marked != "" {
				l.To = out.Marked + "#" + r.ID
			}
			for _, a := range r.Advice {
				l.Advice = append(l.Advice, a.In(v.lang))
			}
			g.Findings = append(g.Findings, l)
		}
		if len(g.Findings) > 0 {
			out.Groups = append(out.Groups, g)
		}
	}
	for _, x := range f.NotCheckable {
		out.Not = append(out.Not, notChecked{at(x.Line), x.Quote, x.Why.In(v.lang)})
	}
	if f.Versus == nil || beside == nil {
		return out
	}
	s := f.Versus.Summary
	w := &checkedVersus{More: f.Versus.More}
	for _, c := range []struct {
		compare.Verdict
		n int
	}{{compare.Differs, s.Differs}, {compare.Agrees, s.Agrees}, {compare.ByRounding, s.ByRounding}, {compare.NotRecorded, s.NotRecorded}, {compare.NotAligned, s.NotAligned}} {
		w.Counts = append(w.Counts, anchor{Text: c.Mark() + " " + c.Text().In(v.lang), Key: strconv.Itoa(c.n)})
	}
	if y := f.Versus.OtherYear; y != 0 {
		w.Other = v.t(lang.Zh(fmt.Sprintf("报告标题说的是%d年，比对的是%s，请核实", y, beside.Period)), lang.En(fmt.Sprintf("the title says %d, and it is compared with %s; make sure", y, beside.Period)))
	}
	for _, r := range f.Versus.Findings {
		w.Findings = append(w.Findings, foundLine{Line: at(r.Line), Text: r.Message.In(v.lang)})
	}
	for _, r := range f.Versus.Differs {
		row := versusRow{Line: at(r.Line), Quote: r.Quote, Printed: r.Text, Recorded: grouped(r.Recorded), Difference: grouped(r.Difference)}
		if r.Label != nil {
			row.Label = r.Label.In(v.lang)
		}
		if r.Why != nil {
			row.Why = r.Why.In(v.lang)
		}
		if r.Indicator != "" {
			row.To = link("/figures/"+r.Indicator, "period", r.Period, "unit", beside.Unit, "as-of", strconv.FormatInt(beside.Position, 10))
		}
		w.Rows = append(w.Rows, row)
	}
	for _, t := range f.Versus.Tables {
		w.Tables = append(w.Tables, anchor{Text: strings.TrimSuffix(path.Base(t), path.Ext(t)) + path.Ext(t), To: link(base+"/file", "name", t)})
	}
	out.Versus = w
	return out
}

// archiveName asks for all files of a result.
const archiveName = "all.zip"

// checkFile sends a file of a result: the annotated copy as a page, tables to be kept.
func (s *Server) checkFile(v *visit) error {
	d, err := s.heldCheck(v)
	if err != nil {
		return err
	}
	name := v.r.URL.Query().Get("name")
	h := v.w.Header()
	if name == archiveName {
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.Name + ".zip"}))
		h.Set("Content-Length", strconv.Itoa(len(d.Content)))
		v.w.Write(d.Content) // to one who may have gone
		return nil
	}
	z, err := zip.NewReader(bytes.NewReader(d.Content), int64(len(d.Content)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(in)
		if err := errors.Join(err, in.Close()); err != nil {
			return err
		}
		if path.Ext(name) == ".html" && v.r.URL.Query().Get("save") == "" {
			h.Set("Content-Type", "text/html; charset=utf-8")
			h.Set("Content-Security-Policy", own(content))
			return v.send(content)
		}
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(name)}))
		return v.send(content)
	}
	return ErrNoPage.With(name)
}

// keepCheck holds a result for longer.
func (s *Server) keepCheck(v *visit) error {
	d, err := s.heldCheck(v)
	if err != nil {
		return err
	}
	if err := s.app.Found.Keep(v.r.Context(), v.session.User, d.ID); err != nil {
		return err
	}
	return v.redirect("/check/" + d.ID.String())
}

// dropCheck lets a result go.
func (s *Server) dropCheck(v *visit) error {
	d, err := s.heldCheck(v)
	if err != nil {
		return err
	}
	if err := s.app.Found.Drop(v.r.Context(), v.session.User, d.ID); err != nil {
		return err
	}
	return v.redirect("/check")
}
