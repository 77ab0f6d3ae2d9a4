package app

import (
	"strings"

	"anlan/account/indicator"
	"anlan/account/report"
	"anlan/ground/fault"
	"anlan/ground/lang"
)

// ErrOtherName says that a folder calls what it counts otherwise than the program from which it has the definition.
var ErrOtherName = fault.Define("verify.other_name", fault.Broken,
	"定义%s（%s）在目录里叫作“%s”，按这个定义应叫“%s”", "the folder calls the definition %s (%s) %q; what is so defined is %q")

// ForeignDefinition is a definition that a folder goes by and this program does not have so.
type ForeignDefinition struct {
	Code string `json:"code"`
	Says string `json:"says"`
	// Program is what the program's own definition of the code says; empty where it has none.
	Program string `json:"program,omitempty"`
}

// Foreign holds the definitions that a folder goes by against those of this program. A definition of the program under another name
// is a finding. Given back are those that the program does not have so: they are the bureau's own, of another version of the program, or
// forged. Whether the book has them is for Recount to say.
func Foreign(v *report.Verified) (foreign []ForeignDefinition, found fault.List, err error) {
	files, err := program()
	if err != nil {
		return nil, nil, err
	}
	for _, d := range v.Definitions {
		var ours ofProgram
		if d.Measure {
			ours = measureOfProgram(d)
		} else {
			ours = indicatorOfProgram(files, d)
		}
		switch {
		case !ours.same:
			foreign = append(foreign, ForeignDefinition{d.Code, d.Says, ours.says})
		case ours.name.Zh != "" && d.Label != "" && (d.Label != ours.name.Zh || d.Kind != ours.kind):
			found = append(found, ErrOtherName.With(d.Code, d.SHA256[:12], strings.TrimSpace(d.Label+" "+d.Kind), strings.TrimSpace(ours.name.Zh+" "+ours.kind)))
		}
	}
	return foreign, found, nil
}

// ofProgram is what the program has of a code.
type ofProgram struct {
	same       bool // as the folder has it
	says, kind string
	name       lang.Text
}

// indicatorOfProgram finds what the program says of the code of an indicator.
func indicatorOfProgram(files []*indicator.File, d report.UsedDefinition) ofProgram {
	for _, f := range files {
		if says, label, ok := f.Outline(d.Code); ok {
			return ofProgram{says == d.Says, says, "", label}
		}
	}
	project, _ := strings.CutPrefix(d.Code, "project.")
	for _, f := range projectFigures {
		slug, ok := strings.CutSuffix(project, "."+f.of)
		if !ok || project == d.Code {
			continue
		}
		file, err := indicator.Parse("", []byte(f.text(d.Code, d.Code, d.Code, slug)))
		if err != nil {
			return ofProgram{}
		}
		says, _, _ := file.Outline(d.Code)
		return ofProgram{same: says == d.Says, says: says}
	}
	return ofProgram{}
}

// measureOfProgram finds what the program has of the code of a measure. The item of a form is defined by its code, and so is what no
// kind measures.
func measureOfProgram(d report.UsedDefinition) ofProgram {
	for _, k := range Kinds() {
		for _, s := range k.MeasureSpecs() {
			if s.Code == d.Code {
				return ofProgram{s.Canon() == d.Says, s.Canon(), s.Kind, s.Label}
			}
		}
	}
	return ofProgram{same: strings.HasPrefix(d.Says, "item ")}
}
