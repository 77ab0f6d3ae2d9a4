package marked

import (
	"encoding/base64"
	"strconv"

	"anlan/account/check"
	"anlan/ground/lang"
)

// findings writes the list beside the text: what must be looked at is open, what holds is folded.
func (p *page) findings() {
	p.put(`<aside class="side" id="findings"><h2>`, p.say(lang.Of("核对结果", "what was found")), "</h2>\n")
	if n := p.file.Summary; n.Contradictions+n.Incomplete+n.Notes == 0 {
		p.put("<p>", p.say(lang.Of("没有发现疑点。", "nothing needs to be looked at.")), "</p>\n")
	}
	for i, v := range verdicts {
		p.verdict(v.Verdict, v.name, i < 3)
	}
	p.notCheckable()
	p.put("</aside>\n")
}

// verdict lists the relations of one verdict.
func (p *page) verdict(v check.Verdict, name lang.Text, open bool) {
	var of []*check.Relation
	for i := range p.file.Relations {
		if r := &p.file.Relations[i]; r.Verdict == v {
			of = append(of, r)
		}
	}
	if len(of) == 0 {
		return
	}
	p.fold(v.Mark()+" "+p.say(name)+" "+strconv.Itoa(len(of)), open)
	for _, r := range of[:min(len(of), findingsMax)] {
		p.relation(r)
	}
	p.put("</ol></details>\n")
}

func (p *page) fold(summary string, open bool) {
	p.put("<details")
	if open {
		p.put(" open")
	}
	p.put("><summary>", summary, `</summary><ol class="findings">`, "\n")
}

func (p *page) relation(r *check.Relation) {
	p.put(`<li class="finding" id="`, r.ID, `"><p class="said"><span class="sign `, string(r.Verdict), `">`, r.Verdict.Mark(), "</span>")
	p.at(r)
	p.put(" ", p.text(r.Message.In(p.lang)), "</p>\n")
	if r.Quote != "" {
		p.put(`<p class="quote">`, p.text(r.Quote), "</p>\n")
	}
	for _, line := range r.Advice(p.figures) {
		p.put(`<p class="more">`, p.text(line.In(p.lang)), "</p>\n")
	}
	for _, n := range r.Notes {
		p.put(`<p class="more">· `, p.text(n.In(p.lang)), "</p>\n")
	}
	if r.Verdict.Finding() {
		p.crops(r)
	}
	if len(r.Figures) > 1 {
		p.put(`<p class="places more">`)
		for _, id := range r.Figures {
			if g := p.figures[id]; g != nil && p.placed[id] {
				p.put(`<a href="#`, id, `">`, p.text(g.Text), "</a> ")
			}
		}
		p.put("</p>\n")
	}
	p.put("</li>\n")
}

// cropsMax is how many pieces of scanned pages a finding shows.
const cropsMax = 6

// crops shows where the figures of a relation stand that were read from a picture, each place once.
func (p *page) crops(r *check.Relation) {
	shown := map[string]bool{}
	for _, id := range r.Figures {
		g := p.figures[id]
		if g == nil || !g.Picture || len(shown) == cropsMax {
			continue
		}
		crop := base64.StdEncoding.EncodeToString(p.doc.Crop(g.Offset))
		if crop == "" || shown[crop] {
			continue
		}
		shown[crop] = true
		p.put(`<p class="crop"><img src="data:image/png;base64,`, crop, `" alt="`, p.say(lang.Of("第%d页原图", "page %d as scanned"), g.Page), `"></p>`, "\n")
	}
}

// at is the place of a relation, as a link where its first figure stands on the page.
func (p *page) at(r *check.Relation) {
	if r.Line == 0 {
		return
	}
	place := p.say(lang.Of("第%d行", "line %d"), r.Line)
	if len(r.Figures) > 0 && p.placed[r.Figures[0]] {
		p.put(`<a class="at" href="#`, r.Figures[0], `">`, place, "</a>")
		return
	}
	p.put(`<span class="at">`, place, "</span>")
}

func (p *page) notCheckable() {
	list := p.file.NotCheckable
	if len(list) == 0 {
		return
	}
	p.fold("? "+p.say(lang.Of("无法核对", "not checkable"))+" "+strconv.Itoa(p.file.Summary.NotCheckable), false)
	for i := range list[:min(len(list), findingsMax)] {
		n := &list[i]
		p.put(`<li class="finding"><p><span class="sign">?</span><span class="at">`, p.say(lang.Of("第%d行", "line %d"), n.Line), "</span> ", p.text(n.Why.In(p.lang)), "</p>\n")
		if n.Quote != "" {
			p.put(`<p class="quote">`, p.text(n.Quote), "</p>\n")
		}
		p.put("</li>\n")
	}
	p.put("</ol></details>\n")
}
