package api

import (
	"net/http"

	"anlan/app"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/book"
)

// described is a kind as answers have it; its fields are in the document.
type described struct {
	Code    string   `json:"code"`
	Label   text     `json:"label"`
	Area    string   `json:"area"` // the field of work, which a scope may name
	Key     []string `json:"key"`  // the fields of the natural key
	States  []named  `json:"states"`
	Steps   []stepOf `json:"steps"`
	Extras  []extra  `json:"extras"`  // the bureau's own fields, which stand in ext
	Changes bool     `json:"changes"` // this token may enter records
}

type named struct {
	Code  string `json:"code"`
	Label text   `json:"label"`
}

type stepOf struct {
	named
	From     record.State `json:"from"`
	To       record.State `json:"to"`
	FourEyes bool         `json:"four_eyes,omitempty"` // whoever made the step before may not make this one
	Reason   bool         `json:"reason,omitempty"`    // one must be given
}

type extra struct {
	named
	Type     string `json:"type"`
	Required bool   `json:"required,omitempty"`
}

// kinds answers the kinds of which the token may read.
func (s *Server) kinds(c *call) error {
	if _, err := c.query(); err != nil {
		return err
	}
	out := all[described]{[]described{}}
	err := s.app.Book.Read(c.r.Context(), c.actor(), 0, func(v *book.View) error {
		for _, k := range v.Kinds() {
			if !c.bearer.Scope.Allows(false, namesOf(k)...) || !c.actor().May(access.Read, k.Code()) {
				continue
			}
			d, err := describe(v, k)
			if err != nil {
				return err
			}
			d.Changes = c.bearer.Scope.Allows(true, namesOf(k)...) && c.actor().May(access.Create, k.Code()) && !app.MadeByProgram(k.Code())
			out.Items = append(out.Items, d)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.answer(http.StatusOK, out)
}

func describe(v *book.View, k record.Of) (described, error) {
	d := described{Code: k.Code(), Label: both(k.Label()), Area: access.AreaOf(k.Code()), Key: []string{}, States: []named{}, Steps: []stepOf{}, Extras: []extra{}}
	for _, f := range k.KeyFields() {
		d.Key = append(d.Key, f.Code)
	}
	for _, x := range k.States() {
		d.States = append(d.States, named{string(x.State), both(x.Label)})
	}
	for _, x := range k.Steps() {
		d.Steps = append(d.Steps, stepOf{named{x.Action, both(x.Label)}, x.From, x.To, x.FourEyes, x.Reason})
	}
	extras, err := v.Extras(k.Code())
	for _, x := range extras {
		d.Extras = append(d.Extras, extra{named{x.Code, both(x.Label)}, string(x.Type), x.Required})
	}
	return d, err
}
