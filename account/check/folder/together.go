package folder

import (
	"context"
	"maps"
	"slices"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/fault"
)

// Bounds on the documents of a department that are kept in memory to be held against each other. Those of a larger one are judged each
// for itself.
const (
	togetherBytes = 16 << 20
	togetherFiles = 40
)

// dated is a document of a department with the year that it reports on.
type dated struct {
	doc          *reading.Document
	year         int // 0 where it says none
	organisation string
}

// keeps says whether the documents of a department are held against each other or against earlier ones.
func (o *Options) keeps(d Department) bool {
	bytes := int64(0)
	for _, f := range d.Files {
		bytes += f.Bytes
	}
	return bytes <= togetherBytes && len(d.Files) <= togetherFiles && (len(d.Files) > 1 || o.Earlier != nil)
}

// ErrOwnPrevious: what was given as last year's is what is checked. Argument: the document.
var ErrOwnPrevious = fault.Define("folder.own_previous", fault.Invalid,
	"作为上年材料给出的“%s”就是被核对的这一份，没有与上年核对；请给出上一年度的报告",
	"%s, given as last year's, is the very report that is checked, so nothing was compared with last year; name the report of the year before")

// amongThese is a document that was given as earlier and is one of the department's.
func (d *department) amongThese(earlier []*reading.Document) *reading.Document {
	for _, e := range earlier {
		if slices.ContainsFunc(d.docs, func(x dated) bool { return x.doc.SHA256 == e.SHA256 }) {
			return e
		}
	}
	return nil
}

func (d *department) asking(organisations []string) Asking {
	q := Asking{Department: d.name, Organisations: organisations}
	for _, x := range d.docs {
		q.Documents = append(q.Documents, x.doc)
	}
	return q
}

// together tells what the documents of each year say of each other and of those before: last year's report lies beside this year's, or
// Earlier gives it. Documents without a year go with every year. Where nothing is found nothing is told.
func (d *department) together(ctx context.Context, o Options, tell func(Result) error) error {
	if len(d.docs) == 0 {
		return nil
	}
	var organisations []string
	byYear := map[int][]*reading.Document{}
	for _, x := range d.docs {
		byYear[x.year] = append(byYear[x.year], x.doc)
		if x.organisation != "" && !slices.Contains(organisations, x.organisation) {
			organisations = append(organisations, x.organisation)
		}
	}
	var earlier []*reading.Document
	if o.Earlier != nil {
		var err error
		earlier, err = o.Earlier(d.asking(organisations))
		if kind, known := fault.KindOf(err); known && kind == fault.TooLarge {
			return tell(Result{Department: d.name, Path: d.name, Err: err})
		}
		if err != nil {
			return err
		}
		if again := d.amongThese(earlier); again != nil {
			return tell(Result{Department: d.name, Path: d.name, Err: ErrOwnPrevious.With(again.Name)})
		}
	}
	undated := byYear[0]
	if len(byYear) > 1 {
		delete(byYear, 0)
	}
	for _, year := range slices.Sorted(maps.Keys(byYear)) {
		docs := byYear[year]
		now := docs
		if year != 0 {
			now = append(slices.Clip(docs), undated...)
		}
		if len(earlier)+len(now) > 1 {
			f, err := check.TogetherContext(ctx, d.name, earlier, now)
			if err != nil {
				return err
			}
			if f.Summary.Relations > 0 {
				if err := tell(Result{Department: d.name, Path: d.name, File: &f}); err != nil {
					return err
				}
			}
		}
		earlier = append(slices.Clip(earlier), docs...)
	}
	return nil
}
