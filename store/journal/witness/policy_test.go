package witness_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"anlan/store"
	"anlan/store/journal"
	"anlan/store/journal/witness"
	"anlan/store/storetest"
)

func TestEnoughIsWhatThePolicySays(t *testing.T) {
	t.Parallel()
	b := newBook(t, storetest.Open(t, store.SQLite), words("a", 8)...)
	keys := map[string]*journal.Key{}
	head := "# 谁见证\n\nlog " + b.key.Public().String() + "\n"
	for i, name := range []string{"audit", "finance", "east", "west"} {
		keys[name] = keyOf(t, byte(20+i), name+".example")
		head += "\twitness " + name + " " + keys[name].Cosigner().String() + "\n"
	}
	note := b.seal()
	for _, c := range []struct {
		policy string
		by     string
		met    bool
	}{
		{"quorum none", "", true},
		{"quorum audit", "", false},
		{"quorum audit", "finance", false},
		{"quorum audit", "audit", true},
		{"group g any east west\nquorum g", "", false},
		{"group g any east west\nquorum g", "west", true},
		{"group g all east west\nquorum g", "west", false},
		{"group g all east west\nquorum g", "west east", true},
		{"group g 2 audit east west\nquorum g", "west east", true},
		{"group g 2 audit east west\nquorum g", "west finance", false},
		{"group c any east west\ngroup g all audit c\nquorum g", "audit west", true},
		{"group c any east west\ngroup g all audit c\nquorum g", "east west", false},
	} {
		p, err := witness.ParsePolicy("policy", head+c.policy+"\n")
		if err != nil {
			t.Fatal(err)
		}
		signed := note
		for _, name := range strings.Fields(c.by) {
			if signed, _, err = keys[name].Cosign(signed, today); err != nil {
				t.Fatal(err)
			}
		}
		j, err := p.Judge(signed)
		if err != nil {
			t.Fatal(err)
		}
		var by []string
		for _, x := range j.Cosigned {
			by = append(by, x.Name)
		}
		want := strings.Fields(c.by)
		slices.Sort(want)
		slices.Sort(by)
		if j.Met != c.met || !slices.Equal(by, want) || len(by)+len(j.Lacking) != 4 || j.Findings.Is(witness.ErrNoQuorum) == c.met {
			t.Errorf("%q by %q: %+v", c.policy, c.by, j)
		}
	}
	checkpoint, err := journal.ParseCheckpoint(note)
	if err != nil {
		t.Fatal(err)
	}
	p, err := witness.ParsePolicy("policy", head+"group c any east west\ngroup g 2 audit finance c\nquorum g")
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Need(); got != "2/3(audit finance 1/2(east west))" {
		t.Errorf("asks for %s", got)
	}
	if k, ok := p.KeyOf(checkpoint); !ok || k.String() != b.key.Public().String() {
		t.Errorf("the log's key: %v", ok)
	}
	if _, ok := p.KeyOf(journal.Checkpoint{Origin: "anlan/another/1"}); ok {
		t.Error("a key for another log")
	}
	b.grow("x")
	later, _, err := keys["audit"].Cosign(b.seal(), today)
	if err != nil {
		t.Fatal(err)
	}
	_, lines, _ := strings.Cut(later, "\n\n")
	_, lines, _ = strings.Cut(lines, "\n")
	j, err := p.Judge(note + lines)
	if err != nil || !j.Findings.Is(journal.ErrCosignatureForged) || len(j.Cosigned) != 0 {
		t.Errorf("a line from another checkpoint: %+v, %v", j, err)
	}
}

func TestAPolicyThatSaysTwoThingsIsRefused(t *testing.T) {
	t.Parallel()
	a, b := keyOf(t, 20, "a"), keyOf(t, 21, "b")
	one := "witness a " + a.Cosigner().String() + "\n"
	two := one + "witness b " + b.Cosigner().String() + "\n"
	for what, text := range map[string]string{
		"nothing":                      "",
		"no quorum":                    one,
		"two":                          one + "quorum a\nquorum none\n",
		"a quorum before its witness":  "quorum a\n" + one,
		"an unknown word":              one + "quorums a\n",
		"a log's key as a witness":     "witness a " + a.Public().String() + "\nquorum a\n",
		"a witness's key as a log":     "log " + a.Cosigner().String() + "\nquorum none\n",
		"one key under two names":      one + "witness b " + a.Cosigner().String() + "\nquorum a\n",
		"one name for two":             one + "witness a " + b.Cosigner().String() + "\nquorum a\n",
		"the name none":                "witness none " + a.Cosigner().String() + "\nquorum none\n",
		"a member twice":               two + "group g any a a\nquorum g\n",
		"a member of two groups":       two + "group g any a b\ngroup h any a\nquorum g\n",
		"a member that is not there":   one + "group g any a c\nquorum g\n",
		"none as a member":             one + "group g any a none\nquorum g\n",
		"more than there are":          two + "group g 3 a b\nquorum g\n",
		"zero":                         two + "group g 0 a b\nquorum g\n",
		"a number with a leading zero": two + "group g 01 a b\nquorum g\n",
		"an address that is none":      "witness a " + a.Cosigner().String() + " audit.example\nquorum a\n",
	} {
		if _, err := witness.ParsePolicy("policy", text); !errors.Is(err, witness.ErrPolicy) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := witness.ParsePolicy("policy", one+"quorums a\n")
	if got := fmt.Sprint(err); !strings.Contains(got, "policy, line 2") {
		t.Errorf("the place: %s", got)
	}
}

// A policy that is read can be asked about, whatever it says, and one that is refused says in which line.
func FuzzParsePolicy(f *testing.F) {
	log, a := keyOf(f, 1, "log.example"), keyOf(f, 2, "a.example")
	head := "log " + log.Public().String() + " https://log.example/\n\twitness a " + a.Cosigner().String() + " https://a.example/\n"
	note, err := log.Sign(journal.Checkpoint{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(head + "quorum a\n")
	f.Add("# 谁见证\n" + head + "group g any a\ngroup h 1 g\nquorum h\n")
	f.Add(head + "quorum none\n")
	f.Add("group g all g\nquorum g\nquorum g\n")
	f.Add("witness a a a a a\n\r\n\tlog\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := witness.ParsePolicy("policy", text)
		if err != nil {
			if !errors.Is(err, witness.ErrPolicy) {
				t.Errorf("refused by %v", err)
			}
			return
		}
		none := slices.ContainsFunc(strings.Split(text, "\n"), func(l string) bool { return strings.Join(strings.Fields(l), " ") == "quorum none" })
		if j, err := p.Judge(note); err == nil && j.Met != none {
			t.Errorf("nobody has cosigned, met is %v", j.Met)
		}
	})
}

func FuzzParseSubmission(f *testing.F) {
	f.Add("old 0\n\nx\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— x AAAA\n")
	f.Add("old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\nx")
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := witness.ParseSubmission(text); err == nil && s.Text() != text {
			t.Errorf("read and written again: %q", s.Text())
		}
	})
}
