package reading

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what is known of a web page before its text is read: where the article is, and how much of each element is
// text and how much links.
//
// The rule is to keep rather than to guess: a stray "打印" or "上一篇" among the lines does no harm, a lost paragraph
// loses figures. So the article is the body, or a main element that holds most of it, less what is marked as something
// else: by its element, role or class, by being invisible, or by being little but a list of links.
type page struct {
	article *html.Node
	body    *html.Node
	weight  map[*html.Node]weight
	named   string // the title that the page declares for its article
	tab     string // the title of the window, less the site's name
}

type weight struct{ text, links, linkText int } // characters; number; characters

const (
	linksMin      = 5  // links in an element before it can be a list of them
	linkMaxRunes  = 30 // of the average link in a list of them
	linkShareMin  = 80 // percent of the text
	wrongShareMax = 50 // percent of the page's text that an element may hold and be passed over for its class
)

// survey weighs the page and finds its article.
func survey(root *html.Node) *page {
	p := &page{article: root, body: root, weight: map[*html.Node]weight{}}
	var mains []*html.Node
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Body:
			p.article, p.body = n, n
		case n.DataAtom == atom.Main, n.DataAtom == atom.Article, attr(n, "role") == "main":
			mains = append(mains, n)
		case n.DataAtom == atom.Meta && strings.EqualFold(attr(n, "name"), "ArticleTitle"):
			p.named = trim(attr(n, "content"))
		case n.DataAtom == atom.Title && n.Parent.DataAtom == atom.Head:
			title, _, _ := strings.Cut(strings.NewReplacer("|", "_", " - ", "_", "--", "_").Replace(textOf(n, 1<<10)), "_")
			p.tab = trim(title)
		}
	}
	p.weigh(p.body, false)
	most := 0
	for _, n := range mains {
		if w := p.weight[n]; w.text > most && 2*prose(w) >= prose(p.weight[p.body]) {
			p.article, most = n, w.text
		}
	}
	return p
}

func prose(w weight) int { return w.text - w.linkText }

// weigh fills in the weights of n and what is below it; depth is bounded by the parser.
func (p *page) weigh(n *html.Node, inLink bool) weight {
	var w weight
	switch {
	case n.Type == html.TextNode:
		for _, r := range n.Data {
			if !unicode.IsSpace(r) {
				w.text++
			}
		}
		if inLink {
			w.linkText = w.text
		}
		return w
	case n.Type != html.ElementNode || never[n.DataAtom] || besides[n.DataAtom] || besidesRoles[attr(n, "role")]:
		return w
	case n.DataAtom == atom.A && !isDownload(attr(n, "href")) && (n.Parent == nil || n.Parent.DataAtom != atom.Data): // a figure that leads to its meaning is no menu
		inLink = true
		w.links = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		k := p.weigh(c, inLink)
		w.text, w.links, w.linkText = w.text+k.text, w.links+k.links, w.linkText+k.linkText
	}
	p.weight[n] = w
	return w
}

// isDownload says whether a link gives a document: a list of attachments belongs to the report.
func isDownload(href string) bool {
	href = strings.ToLower(href)
	for _, ext := range []string{".doc", ".docx", ".xls", ".xlsx", ".pdf", ".wps", ".et", ".ofd", ".zip", ".rar"} {
		if strings.HasSuffix(href, ext) {
			return true
		}
	}
	return false
}

func atoms(list ...atom.Atom) map[atom.Atom]bool {
	m := map[atom.Atom]bool{}
	for _, a := range list {
		m[a] = true
	}
	return m
}

// never are elements whose content is no text of the page.
var never = atoms(atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Title, atom.Button, atom.Select, atom.Textarea,
	atom.Input, atom.Datalist, atom.Dialog, atom.Rt, atom.Rp, atom.Del)

var besides = atoms(atom.Nav, atom.Footer, atom.Aside, atom.Menu)

// besidesRoles are what stands beside an article, and the marks and links by which a note is found (DPUB-ARIA).
var besidesRoles = map[string]bool{"navigation": true, "banner": true, "contentinfo": true, "search": true, "complementary": true,
	"doc-noteref": true, "doc-backlink": true}

// besidesWords in a class or id name what stands beside an article.
var besidesWords = map[string]bool{"nav": true, "navbar": true, "navigation": true, "menu": true, "footer": true, "foot": true,
	"breadcrumb": true, "breadcrumbs": true, "crumb": true, "crumbs": true, "sidebar": true, "share": true, "copyright": true,
	"pagination": true, "pager": true, "toolbar": true, "topbar": true, "related": true, "qrcode": true}

// skips says whether an element is passed over with all that it holds.
func (p *page) skips(n *html.Node) bool {
	if n.Type != html.ElementNode || n == p.article {
		return false
	}
	if never[n.DataAtom] || besides[n.DataAtom] || hidden(n) {
		return true
	}
	w, all := p.weight[n], p.weight[p.body]
	if isMost := w.text*100 > all.text*wrongShareMax; isMost {
		return false
	}
	switch {
	case besidesRoles[attr(n, "role")]:
		return true
	case n.DataAtom == atom.Header && p.article == p.body && !inside(n, atom.Article):
		return true
	case w.links >= linksMin && w.linkText*100 >= w.text*linkShareMin && w.linkText <= w.links*linkMaxRunes:
		return n.DataAtom != atom.P
	}
	if n.DataAtom == atom.Data || inside(n, atom.P) { // words of a paragraph: a figure may well be named share
		return false
	}
	names := footnote.Replace(strings.ToLower(attr(n, "class") + " " + attr(n, "id")))
	for _, word := range strings.FieldsFunc(names, notLetter) {
		if besidesWords[word] {
			return true
		}
	}
	return false
}

// footnote joins what is no foot of a page.
var footnote = strings.NewReplacer("foot-note", "footnote", "foot_note", "footnote")

func notLetter(r rune) bool { return r < 'a' || r > 'z' }

func inside(n *html.Node, a atom.Atom) bool {
	for up := range n.Ancestors() {
		if up.DataAtom == a {
			return true
		}
	}
	return false
}

// hidden says whether an element states that it is not shown.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}
