package witness

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/store/journal"
)

// Policy says which witnesses are known and how many of them are enough (C2SP tlog-policy):
//
//	log anlan/0190f3a2-…/1+2f6c1a0b+AV…
//	witness audit 岳阳市审计局+5d1c33e0+BE… https://witness.audit.example/
//	witness finance 岳阳市财政局+77a0b1c2+BM…
//	group offices 1 audit finance
//	quorum offices
//
// Lines of "#" are remarks. A group or the quorum names what stands above it.
type Policy struct {
	Logs      []KnownLog
	Witnesses []Known
	groups    map[string]group
	quorum    string // a witness, a group, or noQuorum
}

// KnownLog is a log whose checkpoints the policy is about.
type KnownLog struct {
	Key journal.PublicKey
	URL string
}

// Known is a witness that is known.
type Known struct {
	Name string // in the policy
	Key  journal.Cosigner
	URL  string // where it is asked; empty: by file only
}

type group struct {
	need    int
	members []string
}

const (
	noQuorum     = "none"
	knownMax     = 64 // logs, witnesses, groups each
	policyPieces = 70 // items of a line: a group of all
)

// ParsePolicy reads a policy. Fault: ErrPolicy, with the line.
func ParsePolicy(file, text string) (*Policy, error) {
	p := &Policy{groups: map[string]group{}}
	for i, line := range strings.Split(text, "\n") {
		items := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' })
		if len(items) == 0 || strings.HasPrefix(items[0], "#") {
			continue
		}
		if err := p.line(items); err != nil {
			return nil, fault.At(err, fault.Where{File: file, Line: i + 1})
		}
	}
	if p.quorum == "" {
		return nil, fault.At(ErrPolicy.With(lang.Of("没有“quorum”一行", "it has no line quorum")), fault.Where{File: file})
	}
	return p, nil
}

func (p *Policy) line(items []string) error {
	if len(items) > policyPieces {
		return ErrPolicy.With(lang.Of("一行里名称太多", "a line with too many names"))
	}
	switch n := len(items); {
	case items[0] == "log" && (n == 2 || n == 3):
		return p.log(items[1:])
	case items[0] == "witness" && (n == 3 || n == 4):
		return p.witness(items[1], items[2:])
	case items[0] == "group" && n >= 4:
		return p.group(items[1], items[2], items[3:])
	case items[0] == "quorum" && n == 2:
		if p.quorum != "" {
			return ErrPolicy.With(lang.Of("“quorum”一行出现了两次", "a second line quorum"))
		}
		if items[1] != noQuorum && !p.names(items[1]) {
			return ErrPolicy.With(undefined(items[1]))
		}
		p.quorum = items[1]
		return nil
	}
	return ErrPolicy.With(lang.Of("应为“log 公钥 [网址]”“witness 名称 公钥 [网址]”“group 名称 any或all或个数 名称…”或“quorum 名称”", "expected “log KEY [URL]”, “witness NAME KEY [URL]”, “group NAME any|all|K NAME…” or “quorum NAME”"))
}

func (p *Policy) log(items []string) error {
	key, err := journal.ParsePublicKey(items[0])
	if err != nil {
		return ErrPolicy.Because(err, err)
	}
	twice := slices.ContainsFunc(p.Logs, func(l KnownLog) bool { return l.Key.String() == key.String() })
	if twice || len(p.Logs) == knownMax {
		return ErrPolicy.With(said("日志“%s”重复，或日志太多", "the log %s twice, or too many logs", key.Name()))
	}
	l := KnownLog{Key: key}
	if len(items) == 2 {
		l.URL = items[1]
	}
	p.Logs = append(p.Logs, l)
	return nil
}

func (p *Policy) witness(name string, items []string) error {
	key, err := journal.ParseCosigner(items[0])
	if err != nil {
		return ErrPolicy.Because(err, err)
	}
	twice := slices.ContainsFunc(p.Witnesses, func(k Known) bool { return k.Key.Is(key) })
	if twice || len(p.Witnesses) == knownMax {
		return ErrPolicy.With(said("“%s”的密钥重复，或见证人太多", "the key of %s twice, or too many witnesses", key.Name()))
	}
	if err := p.free(name); err != nil {
		return err
	}
	k := Known{Name: name, Key: key}
	if len(items) == 2 {
		u, err := url.Parse(items[1])
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return ErrPolicy.Because(err, said("“%s”不是网址（以“http://”或“https://”开头）", "“%s” is no address (http:// or https://)", items[1]))
		}
		k.URL = items[1]
	}
	p.Witnesses = append(p.Witnesses, k)
	return nil
}

func (p *Policy) group(name, need string, members []string) error {
	if err := p.free(name); err != nil {
		return err
	}
	for i, m := range members {
		switch {
		case !p.names(m):
			return ErrPolicy.With(undefined(m))
		case slices.Contains(members[:i], m) || p.belongs(m):
			return ErrPolicy.With(said("“%s”已经是成员，不能重复计算", "“%s” is a member already; nobody counts twice", m))
		}
	}
	k := len(members)
	switch need {
	case "all":
	case "any":
		k = 1
	default:
		n, err := strconv.Atoi(need)
		if err != nil || n < 1 || n > len(members) || strconv.Itoa(n) != need {
			return ErrPolicy.Because(err, said("“%s”（应为“any”“all”，或1到%d的整数）", "“%s” (expected any, all, or a number from 1 to %d)", need, len(members)))
		}
		k = n
	}
	if len(p.groups) == knownMax {
		return ErrPolicy.With(lang.Of("组太多", "too many groups"))
	}
	p.groups[name] = group{k, members}
	return nil
}

// free refuses a name that is taken.
func (p *Policy) free(name string) error {
	if name == noQuorum || p.names(name) {
		return ErrPolicy.With(said("名称“%s”已被占用", "the name “%s” is taken", name))
	}
	return nil
}

// names says whether a witness or group of the name is defined.
func (p *Policy) names(name string) bool {
	_, isGroup := p.groups[name]
	return isGroup || slices.ContainsFunc(p.Witnesses, func(k Known) bool { return k.Name == name })
}

func undefined(name string) lang.Text {
	return said("“%s”没有在前面定义", "“%s” is not defined above", name)
}

// said is what is wrong, as the last part of a sentence.
func said(zh, en string, args ...any) lang.Text {
	return lang.Text{Zh: fmt.Sprintf(zh, args...), En: fmt.Sprintf(en, args...)}
}

func (p *Policy) belongs(name string) bool {
	for _, g := range p.groups {
		if slices.Contains(g.members, name) {
			return true
		}
	}
	return false
}

// Need is what the policy asks for, in one line: "2/3(audit finance any(east west))"; "none".
func (p *Policy) Need() string { return p.need(p.quorum) }

func (p *Policy) need(name string) string {
	g, isGroup := p.groups[name]
	if !isGroup {
		return name
	}
	members := make([]string, len(g.members))
	for i, m := range g.members {
		members[i] = p.need(m)
	}
	return fmt.Sprintf("%d/%d(%s)", g.need, len(members), strings.Join(members, " "))
}

// KeyOf is the known key of the log that a checkpoint says it is of, in whatever epoch.
func (p *Policy) KeyOf(c journal.Checkpoint) (journal.PublicKey, bool) {
	for _, l := range p.Logs {
		if bookOf(l.Key.Name()) == bookOf(c.Origin) {
			return l.Key, true
		}
	}
	return journal.PublicKey{}, false
}

// Judgement is a checkpoint held against a policy.
type Judgement struct {
	Need     string     `json:"need"` // as Policy.Need
	Met      bool       `json:"met"`
	Cosigned []Cosigned `json:"cosigned"`
	Lacking  []string   `json:"lacking"` // known witnesses that have not cosigned
	Findings fault.List `json:"-"`       // lines that are not of whom they name; ErrNoQuorum
}

// Cosigned is a known witness that has cosigned.
type Cosigned struct {
	Name string    `json:"name"` // in the policy
	Key  string    `json:"key"`  // the name of its key
	At   time.Time `json:"at"`
}

// Judge says which of the known witnesses have cosigned a checkpoint, and whether they are enough. The log's own signature is
// for journal.PublicKey.Open. Fault: journal.ErrNotACheckpoint.
func (p *Policy) Judge(signed string) (Judgement, error) {
	j := Judgement{Need: p.Need(), Cosigned: []Cosigned{}, Lacking: []string{}}
	by := map[string]bool{}
	for _, k := range p.Witnesses {
		at, found, err := k.Key.Cosigned(signed)
		if err != nil {
			var l fault.List
			if internal := l.Add(err); internal != nil {
				return j, internal
			}
			if !l.Is(journal.ErrCosignatureForged) {
				return j, err
			}
			j.Findings = append(j.Findings, l...)
		}
		if !found {
			j.Lacking = append(j.Lacking, k.Name)
			continue
		}
		by[k.Name] = true
		j.Cosigned = append(j.Cosigned, Cosigned{k.Name, k.Key.Name(), at})
	}
	if j.Met = p.quorum == noQuorum || p.met(p.quorum, by); !j.Met {
		j.Findings = append(j.Findings, ErrNoQuorum.With(j.Need, j.names()))
	}
	return j, nil
}

func (p *Policy) met(name string, by map[string]bool) bool {
	g, isGroup := p.groups[name]
	if !isGroup {
		return by[name]
	}
	n := 0
	for _, m := range g.members {
		if p.met(m, by) {
			n++
		}
	}
	return n >= g.need
}

// names are those who have cosigned, as the last part of a sentence.
func (j Judgement) names() string {
	var names []string
	for _, c := range j.Cosigned {
		names = append(names, c.Name)
	}
	if len(names) == 0 {
		return "—"
	}
	return strings.Join(names, " ")
}
