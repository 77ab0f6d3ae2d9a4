package reading

import (
	"encoding/xml"
	"strconv"
	"strings"
)

const listLevels = 9

// numbering counts the automatic numbers of a Word document. Lists that take their levels from a list style are not
// counted: their paragraphs stand without number.
type numbering struct {
	lists  map[string]*list // by the id that paragraphs name
	counts map[string]*[listLevels]int
}

// list is one use of a list definition.
type list struct {
	definition string
	levels     [listLevels]listLevel
	restart    [listLevels]int // a first number of its own, from 1; 0 where it goes on counting
	begun      bool
}

type listLevel struct {
	start  int
	format string
	text   string // "%1、", "（%2）"
	plain  bool   // all numbers in it as plain digits
}

func readNumbering(a *archive, part string) (*numbering, error) {
	n := &numbering{lists: map[string]*list{}, counts: map[string]*[listLevels]int{}}
	if !a.has(part) {
		return n, nil
	}
	definitions := map[string][listLevels]listLevel{}
	err := a.eachPart(part, func(e *element, _ xml.StartElement) error {
		return e.children(func(s xml.StartElement) error {
			switch tag(s) {
			case "w:abstractNum":
				var levels [listLevels]listLevel
				id := attribute(s, "abstractNumId")
				err := e.children(func(s xml.StartElement) error { return readLevel(e, s, &levels) })
				definitions[id] = levels
				return err
			case "w:num":
				l, id := &list{}, attribute(s, "numId")
				err := e.children(func(s xml.StartElement) error { return l.read(e, s) })
				l.levels = merged(definitions[l.definition], l.levels)
				n.lists[id] = l
				return err
			}
			return e.skip()
		})
	})
	return n, err
}

// read takes a child of w:num: the definition it uses, or what it changes at one level.
func (l *list) read(e *element, s xml.StartElement) error {
	switch tag(s) {
	case "w:abstractNumId":
		l.definition = attribute(s, "val")
	case "w:lvlOverride":
		at := number(s, "ilvl", -1)
		return e.children(func(s xml.StartElement) error {
			if tag(s) == "w:startOverride" && at >= 0 && at < listLevels {
				l.restart[at] = max(number(s, "val", 1), 1)
			}
			return readLevel(e, s, &l.levels)
		})
	}
	return e.skip()
}

// readLevel takes a w:lvl into its place; any other element is passed over.
func readLevel(e *element, s xml.StartElement, levels *[listLevels]listLevel) error {
	at := number(s, "ilvl", -1)
	if tag(s) != "w:lvl" || at < 0 || at >= listLevels {
		return e.skip()
	}
	l := listLevel{start: 1, format: "decimal"}
	err := e.children(func(s xml.StartElement) error {
		switch tag(s) {
		case "w:start":
			l.start = number(s, "val", 1)
		case "w:numFmt":
			l.format = attribute(s, "val")
		case "w:lvlText":
			l.text = attribute(s, "val")
		case "w:isLgl":
			l.plain = on(s)
		}
		return e.skip()
	})
	levels[at] = l
	return err
}

func merged(below, over [listLevels]listLevel) [listLevels]listLevel {
	for i, l := range over {
		if l.format != "" {
			below[i] = l
		}
	}
	return below
}

// next counts one paragraph of a list and gives its number as printed; "" for a bullet or where there is none. isItem
// says whether the paragraph is of a list at all.
func (n *numbering) next(id string, level int) (text string, isItem bool) {
	l := n.lists[id]
	if l == nil || level >= listLevels {
		return "", false
	}
	level = max(level, 0)
	counts := n.counts[l.definition]
	if counts == nil {
		counts = &[listLevels]int{}
		for i := range counts {
			counts[i] = l.levels[i].start - 1
		}
		n.counts[l.definition] = counts
	}
	if !l.begun {
		l.begun = true
		for i, first := range l.restart {
			if first > 0 {
				counts[i] = first - 1
			}
		}
	}
	counts[level]++
	for i := level + 1; i < listLevels; i++ {
		counts[i] = l.levels[i].start - 1
	}
	return l.number(level, counts), true
}

func (l *list) number(level int, counts *[listLevels]int) string {
	at := l.levels[level]
	if at.format == "bullet" || at.format == "none" && !strings.Contains(at.text, "%") {
		return ""
	}
	text := at.text
	for i := range level + 1 {
		format := l.levels[i].format
		if at.plain {
			format = "decimal"
		}
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), numeral(format, max(counts[i], l.levels[i].start)))
	}
	return text
}
