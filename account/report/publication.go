package report

import (
	"anlan/ground/lang"
	"anlan/ground/maybe"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/field"
)

// Publication is the record that a report was published: which files, computed as of which position.
type Publication struct {
	record.Head
	Title    string
	Period   string // as the command line writes it: 2023, 2023-Q2
	Subject  place.Unit
	Position int64 // as of which the figures were computed
	Root     string
	Replaces maybe.Of[int64] // position of the publication of the same report that this one replaces
	Sealed   maybe.Of[int64] // how many checkpoints of less than Position the book kept; absent of older publications
	Files    []PublishedFile
}

// PublishedFile is one file of a publication.
type PublishedFile struct {
	Name   string
	SHA256 string // lower-case hexadecimal
}

var (
	title    = field.Text("title", "标题", "title", func(p *Publication) *string { return &p.Title }, field.Max(200)).Required().Sensitive(access.Public)
	span     = field.Text("period", "统计期", "period", func(p *Publication) *string { return &p.Period }, aPeriod).Required().Sensitive(access.Public)
	subject  = field.Unit("subject", "报告单位", "subject", func(p *Publication) *place.Unit { return &p.Subject }).Required().Sensitive(access.Public)
	position = field.Number("position", "数据截至日志位置", "as of position", func(p *Publication) *int64 { return &p.Position }, field.Between(1, 1<<53)).Sensitive(access.Public)
	root     = field.Text("root", "该位置的根", "root at that position", func(p *Publication) *string { return &p.Root }, field.Max(44)).Required().Sensitive(access.Public)
	replaces = field.Number("replaces", "替代日志位置", "replaces position", func(p *Publication) *maybe.Of[int64] { return &p.Replaces }, field.Between(1, 1<<53)).Sensitive(access.Public)
	sealed   = field.Number("sealed", "此前的封存点数", "checkpoints before it", func(p *Publication) *maybe.Of[int64] { return &p.Sealed }, field.Between(0, 1<<53)).Sensitive(access.Public)
	files    = field.Rows("file", "文件", "files", func(p *Publication) *[]PublishedFile { return &p.Files }, fileName, fileSum).Sensitive(access.Public)

	fileName = field.Text("name", "文件名", "name", func(f *PublishedFile) *string { return &f.Name }, field.Max(200)).Required().Sensitive(access.Public)
	fileSum  = field.Text("sha256", "SHA-256", "SHA-256", func(f *PublishedFile) *string { return &f.SHA256 }, field.Max(64)).Required().Sensitive(access.Public)
)

var aPeriod = field.Rule[string]{
	Words: lang.Of("统计期，如2023、2023-Q2", "a period, as 2023 or 2023-Q2"),
	Holds: func(s string, _ period.Day) bool { _, err := period.Parse(s); return err == nil },
}

// Kind is the kind of publications (公开记录). A report of a unit and period as of a position is published once; several
// reports are told apart by their titles.
var Kind = record.Define("publication", "公开记录", "publication", func(p *Publication) *record.Head { return &p.Head },
	title, span, subject, position, root, replaces, sealed, files,
).Key(subject, span, title, position).ForGood()
