package lint

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"anlan/ground/lang"
	"anlan/ground/money"
)

// Programme is a project with its targets and what its money was spent on.
type Programme struct {
	Code, Name string
	Department bool // it holds the targets of the whole department, which sum up those of its projects
	Targets    []Target
	Spent      []Spending
}

// named is the project as a sentence names it: “示例项目”（P1）.
func (p Programme) named() lang.Text { return lang.Named(lang.Text{Zh: p.Name, En: p.Name}, p.Code) }

// Spending is what was spent on one purpose: an economic class, by its name.
type Spending struct {
	Purpose string
	Amount  money.Fen
}

// Verdict is the findings about a project.
type Verdict struct {
	Programme  Programme
	Findings   []Finding // by class; within one the project's own first, then those of the targets in their order
	Measurable []bool    // of each target
}

// Measured is how many targets can be measured.
func (v Verdict) Measured() (n int) {
	for _, ok := range v.Measurable {
		if ok {
			n++
		}
	}
	return n
}

// Check reads the targets of a project.
func Check(p Programme) Verdict {
	v := Verdict{Programme: p}
	v.Findings = append(v.whole(), v.spending()...)
	for i, t := range p.Targets {
		found := t.lint(i + 1)
		if first := duplicateOf(p.Targets, i); first >= 0 {
			found = append(found, Finding{Code: Duplicate, Target: i + 1,
				Words:   both("“%s”与第%d项“%s”是同一指标，会重复得分", "%q is the same as target %d, %q, and would be scored twice", t.Name, first+1, p.Targets[first].Name),
				Instead: lang.Of("保留一个，另一个改为不同的数量、质量或时效要求", "keep one; make the other a different demand on number, quality or time")})
		}
		v.Measurable = append(v.Measurable, !slices.ContainsFunc(found, func(f Finding) bool { return f.Class() == Unmeasurable }))
		v.Findings = append(v.Findings, found...)
	}
	v.sort()
	return v
}

func (v *Verdict) sort() {
	slices.SortStableFunc(v.Findings, func(a, b Finding) int { return cmp.Compare(a.Class(), b.Class()) })
}

// CheckAll reads the targets of projects, each for itself, and beside each other: what one of them did cannot be the output of
// another too. A project whose code is that of another with a hyphen and more is a part of it and shares its outputs.
func CheckAll(ps []Programme) []Verdict {
	out := make([]Verdict, len(ps))
	for i, p := range ps {
		out[i] = Check(p)
		for n, t := range p.Targets {
			j := slices.IndexFunc(ps[:i], func(before Programme) bool { return !p.together(before) && before.claims(t) })
			if j < 0 {
				continue
			}
			out[i].Findings = append(out[i].Findings, Finding{Code: Claimed, Target: n + 1,
				Words: lang.Text{Zh: fmt.Sprintf("“%s”%s%s，项目%s也报了同一项产出，同一件事不能算两次", t.Name, number(t.claimed()), t.Unit, ps[j].named().Zh),
					En: fmt.Sprintf("%q %s%s is claimed by the project %s too; one thing cannot count twice", t.Name, number(t.claimed()), t.Unit, ps[j].named().En)},
				Instead: lang.Of("分清各项目各做了多少，或者只留在一个项目里", "tell apart what each of them did, or leave it to one of them")})
		}
		out[i].sort()
	}
	return out
}

// together says whether one of two projects is a part of the other, or sums up all.
func (p Programme) together(q Programme) bool {
	return p.Department || q.Department || strings.HasPrefix(p.Code, q.Code+"-") || strings.HasPrefix(q.Code, p.Code+"-")
}

// claims says whether the project has a number of output like another's: of the same name, unit and value.
func (p Programme) claims(t Target) bool {
	return t.claimed() != nil && slices.ContainsFunc(p.Targets, func(x Target) bool {
		return x.claimed() != nil && plainName(x.Name) == plainName(t.Name) && x.Unit == t.Unit && x.claimed().Cmp(t.claimed()) == 0
	})
}

// claimed is the number of output that a project claims: what it reached, else what it sets out to; nil of any other target. Two
// projects may each reach nothing, or all.
func (t Target) claimed() *big.Rat {
	v := t.Reached
	if v == nil {
		v = t.Value
	}
	if v == nil || v.Sign() == 0 || t.Unit == "%" || !strings.Contains(t.Level1, "产出") || !strings.Contains(t.Level2, "数量") {
		return nil
	}
	return v
}

// levels are the first levels that a project needs, and what stands for them: since 2021 cost may be a first level of its own.
var levels = []struct {
	name    string
	seconds []string // second levels of which one is needed each
}{{"产出", []string{"数量", "质量", "时效", "成本"}}, {"效益", nil}, {"满意度", nil}}

// whole says which levels a project lacks.
func (v *Verdict) whole() (out []Finding) {
	p := v.Programme
	if len(p.Targets) == 0 {
		return []Finding{{Code: NoTargets, Words: lang.Text{Zh: "项目" + p.named().Zh + "没有绩效指标", En: "project " + p.named().En + " has no targets"},
			Instead: lang.Of("至少设数量、质量、时效、成本和效益、满意度指标各一个", "set at least one target each of number, quality, time, cost, benefit and satisfaction")}}
	}
	for _, l := range levels {
		has := func(name string) bool {
			return slices.ContainsFunc(p.Targets, func(t Target) bool { return strings.Contains(t.Level1, name) || strings.Contains(t.Level2, name) })
		}
		if !has(l.name) {
			out = append(out, missing(p, l.name+"指标"))
			continue
		}
		for _, second := range l.seconds {
			if !has(second) {
				out = append(out, missing(p, second+"指标"))
			}
		}
	}
	return out
}

func missing(p Programme, level string) Finding {
	return Finding{Code: LevelMissing, Words: lang.Text{Zh: "项目" + p.named().Zh + "没有" + level, En: "project " + p.named().En + " has no " + level},
		Instead: both("补设%s；确实不适用的，在说明中写明原因", "add a %s, or say in the note why there can be none", level)}
}

// shareMin is the part of a project's spending from which on a purpose needs a target: a tenth.
const shareMin = 10

// spending says on which purposes much was spent without any target that speaks of them.
func (v *Verdict) spending() (out []Finding) {
	total := new(big.Rat)
	for _, s := range v.Programme.Spent {
		if s.Amount > 0 {
			total.Add(total, big.NewRat(int64(s.Amount), 1))
		}
	}
	for _, s := range v.Programme.Spent {
		part := new(big.Rat).Mul(big.NewRat(int64(s.Amount), 1), big.NewRat(100, 1))
		if total.Sign() == 0 || part.Quo(part, total).Cmp(big.NewRat(shareMin, 1)) < 0 || len(v.Programme.Targets) == 0 || v.speaksOf(s.Purpose) {
			continue
		}
		out = append(out, Finding{Code: Uncovered, Spent: s,
			Words: lang.Text{Zh: fmt.Sprintf("项目%s在“%s”上支出%s元，占%s%%，没有一个指标说到它", v.Programme.named().Zh, s.Purpose, s.Amount, part.FloatString(1)),
				En: fmt.Sprintf("project %s spent %s元 on %q, %s%%, and no target speaks of it", v.Programme.named().En, s.Amount, s.Purpose, part.FloatString(1))},
			Instead: both("为“%s”设一个数量或成本指标，写明买了什么、做成多少", "set a target of number or cost for %q: what was bought, how much was done", s.Purpose)})
	}
	return out
}

// speaksOf says whether some target has two characters in a row in common with a purpose, its ending aside.
func (v *Verdict) speaksOf(purpose string) bool {
	core := []rune(purpose)
	for _, ending := range []string{"费用", "费", "支出", "补助", "购置", "（护）费"} {
		if rest, ok := strings.CutSuffix(purpose, ending); ok && len([]rune(rest)) >= 2 {
			core = []rune(rest)
			break
		}
	}
	for i := 0; i+1 < len(core); i++ {
		pair := string(core[i : i+2])
		for _, t := range v.Programme.Targets {
			if strings.Contains(t.Name+t.Wording+t.Source, pair) {
				return true
			}
		}
	}
	return false
}

// duplicateOf is the earlier target that says the same as target i; -1: none.
func duplicateOf(ts []Target, i int) int {
	return slices.IndexFunc(ts[:i], func(t Target) bool { return plainName(t.Name) == plainName(ts[i].Name) })
}

// plainName is a name without what does not tell targets apart.
func plainName(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) {
			return -1
		}
		return r
	}, s)
	for _, ending := range []string{"数量", "个数", "次数", "数"} {
		if rest, ok := strings.CutSuffix(s, ending); ok && rest != "" {
			return rest
		}
	}
	return s
}
