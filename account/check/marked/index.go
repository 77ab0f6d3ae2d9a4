package marked

import (
	"io"
	"net/url"
	"strconv"
	"strings"

	"anlan/account/check"
	"anlan/ground/lang"
)

// Run is what a run over many files found, for its index.
type Run struct {
	Departments []Department
	Unread      []check.Unread
	Unmet       []lang.Text // material given beside the reports with which nothing could be compared, as sentences
	Tables      []Link      // of the whole run
}

// Department is a folder with its files.
type Department struct {
	Name   string
	Tables []Link
	Files  []Entry
}

// Entry is a file with its counts.
type Entry struct {
	Name, Organisation string
	Year               int
	Page               string // its page, from the index; empty where there is none
	SameAs             string
	Summary            check.Summary
}

// Link leads from the index to a file beside it.
type Link struct {
	Name lang.Text
	Path string // with slashes
}

// Index writes the index of a run in language l.
func Index(w io.Writer, r Run, l lang.Lang) error {
	p := &page{lang: l}
	title := lang.Of("核对结果", "what was found")
	p.head(title.In(l))
	var all check.Summary
	files, reports := 0, 0
	for _, d := range r.Departments {
		for _, f := range d.Files {
			files++
			if f.SameAs == "" {
				reports++
				all = all.Plus(f.Summary)
			}
		}
	}
	p.put(`<header class="top"><h1>`, p.say(title), "</h1>\n<p>", p.say(lang.Of("%d个部门，%d个文件，%d份报告，%d个文件没有读出", "%d departments, %d files, %d reports, %d files not read"),
		len(r.Departments), files, reports, len(r.Unread)), "</p>\n")
	p.counts(all)
	for _, t := range r.Unmet {
		p.put("<p>? ", p.text(t.In(p.lang)), "</p>\n")
	}
	p.links(r.Tables)
	p.put("</header>\n", `<main class="run"><div class="wide"><table class="files">`, "\n<thead><tr>")
	for _, h := range []lang.Text{lang.Of("文件", "file"), lang.Of("数据", "figures"), lang.Of("覆盖", "covered"), lang.Of("关系", "relations"), lang.Of("✗ 矛盾", "✗ contradictions"),
		lang.Of("… 不完整", "… incomplete"), lang.Of("· 提示", "· notes"), lang.Of("≈ 舍入所致", "≈ by rounding"), lang.Of("? 无法核对", "? not checkable")} {
		p.put(`<th scope="col">`, p.say(h), "</th>")
	}
	p.put("</tr></thead>\n")
	for _, d := range r.Departments {
		p.department(d)
	}
	p.put(`<tfoot><tr><th scope="row">`, p.say(lang.Of("合计", "all")), "</th>")
	p.cells(all)
	p.put("</tr></tfoot>\n</table></div>\n")
	p.unread(r.Unread)
	p.put("</main>\n<script>", script, "</script>\n</body>\n</html>\n")
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) links(links []Link) {
	if len(links) == 0 {
		return
	}
	p.put("<p>")
	for i, l := range links {
		if i > 0 {
			p.put(" · ")
		}
		p.put(`<a href="`, href(l.Path), `">`, p.say(l.Name), "</a>")
	}
	p.put("</p>\n")
}

// href is a relative address; ./ before it keeps a colon in a name from looking like a scheme.
func href(path string) string {
	parts := strings.Split(path, "/")
	for i, s := range parts {
		parts[i] = url.PathEscape(s)
	}
	return "./" + strings.Join(parts, "/")
}

func (p *page) department(d Department) {
	p.put(`<tbody><tr><th scope="rowgroup" colspan="9">`, p.text(d.Name))
	p.links(d.Tables)
	p.put("</th></tr>\n")
	for _, f := range d.Files {
		p.put(`<tr><th scope="row">`)
		if f.Page != "" {
			p.put(`<a href="`, href(f.Page), `">`, p.text(f.Name), "</a>")
		} else {
			p.put(p.text(f.Name))
		}
		about := f.Organisation
		if f.Year != 0 {
			about += " " + strconv.Itoa(f.Year)
		}
		if about = strings.TrimSpace(about); about != "" {
			p.put("<br><small>", p.text(about), "</small>")
		}
		p.put("</th>")
		if f.SameAs != "" {
			p.put(`<td colspan="8" class="why">`, p.text(lang.Of(lang.Zh("与“"+f.SameAs+"”是同一份报告，不重复计数"), lang.En("the same report as "+f.SameAs+", which is counted once")).In(p.lang)), "</td>")
		} else {
			p.cells(f.Summary)
		}
		p.put("</tr>\n")
	}
	p.put("</tbody>\n")
}

// cells are the counts of a row.
func (p *page) cells(s check.Summary) {
	covered := ""
	if s.Figures > 0 {
		covered = strconv.Itoa(s.Covered*100/s.Figures) + "%"
	}
	p.put("<td>", strconv.Itoa(s.Figures), "</td><td>", covered, "</td><td>", strconv.Itoa(s.Relations), "</td>")
	for i, n := range []int{s.Contradictions, s.Incomplete, s.Notes, s.Rounding} {
		if n == 0 {
			p.put("<td>0</td>")
			continue
		}
		v := verdicts[i].Verdict
		p.put(`<td><span class="sign `, string(v), `">`, v.Mark(), "</span><b>", strconv.Itoa(n), "</b></td>")
	}
	p.put("<td>", strconv.Itoa(s.NotCheckable), "</td>")
}

func (p *page) unread(list []check.Unread) {
	if len(list) == 0 {
		return
	}
	p.put("<h2>", p.say(lang.Of("没有读出的文件", "files that were not read")), `</h2><div class="wide"><table class="files"><tbody>`, "\n")
	for _, u := range list {
		p.put(`<tr><td>`, p.text(u.File), `</td><td class="why">`, p.text(u.Message.In(p.lang)), "</td></tr>\n")
	}
	p.put("</tbody></table></div>\n")
}
