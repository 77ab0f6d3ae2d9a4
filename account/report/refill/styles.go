package refill

import (
	"encoding/xml"
	"strconv"
)

// styles are the paragraph styles of a file by id.
type styles map[string]style

type style struct {
	outline int // of a heading: its level, from 1; 0 where nothing is said
	on      string
}

// styles reads those of the body.
func (p *pack) styles(main string) (styles, error) {
	list, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	out := styles{}
	for _, r := range list {
		if r.kind != "styles" || !p.has(r.target) {
			continue
		}
		text, err := p.part(r.target)
		if err != nil {
			return nil, err
		}
		var all struct {
			Style []struct {
				ID      string  `xml:"styleId,attr"`
				BasedOn valued  `xml:"basedOn"`
				Outline *valued `xml:"pPr>outlineLvl"`
			} `xml:"style"`
		}
		if err := xml.Unmarshal(text, &all); err != nil {
			return nil, damaged(r.target, err)
		}
		for _, s := range all.Style {
			x := style{on: s.BasedOn.Val}
			if s.Outline != nil {
				x.outline = levelOf(s.Outline.Val)
			}
			out[s.ID] = x
		}
	}
	return out, nil
}

type valued struct {
	Val string `xml:"val,attr"`
}

// levelOf is the level of a heading, from 1, that Word counts from 0.
func levelOf(val string) int {
	n, err := strconv.Atoi(val)
	if err != nil || n < 0 || n >= bodyLevel {
		return 0
	}
	return n + 1
}

const (
	bodyLevel     = 9  // by which Word says that a paragraph is no heading
	styleDepthMax = 20 // of styles based on one another
)

// level is that of the headings in a style; 0 where it is none of headings.
func (s styles) level(id string) int {
	for range styleDepthMax {
		x, known := s[id]
		if !known || x.outline > 0 {
			return x.outline
		}
		id = x.on
	}
	return 0
}
