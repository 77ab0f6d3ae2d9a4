package check

import (
	"strings"
	"testing"

	"anlan/account/check/reading"
	"github.com/google/go-cmp/cmp"
)

// checked checks a text. A first line is added as its title, unless it brings its own.
func checked(t testing.TB, text string) File {
	t.Helper()
	if !strings.Contains(strings.SplitN(text, "\n", 2)[0], "报告") {
		text = "某市某局2023年度部门整体支出绩效自评报告\n" + text
	}
	doc, err := reading.Read("a.txt", strings.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	return Check(doc, Options{})
}

// found writes the relations of some rules as "rule verdict stated | operands", all rules when none is named.
func found(f File, rules ...string) []string {
	figures := map[string]string{}
	for _, g := range f.Figures {
		figures[g.ID] = strings.ReplaceAll(g.Text, " ", "")
	}
	out := []string{}
	for _, r := range f.Relations {
		wanted := len(rules) == 0
		for _, w := range rules {
			wanted = wanted || r.Rule == w
		}
		if !wanted {
			continue
		}
		line := r.Rule + " " + string(r.Verdict)
		if r.How != "" && r.How != Rounded {
			line += " " + string(r.How)
		}
		for i, id := range r.Figures {
			switch i {
			case 0:
				line += " " + figures[id]
			case 1:
				line += " | " + figures[id]
			default:
				line += " " + figures[id]
			}
		}
		out = append(out, line)
	}
	return out
}

// claimCase is a text with the relations that must be found in it, of the rules under test.
type claimCase struct {
	name, text string
	want       []string
}

func runClaims(t *testing.T, rules []string, cases []claimCase) {
	t.Helper()
	t.Parallel()
	for _, c := range cases {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			want := c.want
			if want == nil {
				want = []string{}
			}
			f := checked(t, c.text)
			if diff := cmp.Diff(want, found(f, rules...)); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", c.text, diff)
			}
			for _, r := range f.Relations {
				if r.Quote == "" || !r.Message.Whole() || r.Line == 0 || len(r.Figures) == 0 {
					t.Errorf("relation %s lacks quote, message, line or figures: %+v", r.ID, r)
				}
			}
		})
	}
}

func replace(text, with string) string { return strings.ReplaceAll(text, "%s", with) }
