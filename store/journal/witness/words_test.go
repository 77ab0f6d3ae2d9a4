package witness_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/store"
	"anlan/store/journal"
	"anlan/store/journal/witness"
	"anlan/store/storetest"
)

// named are what keeps its own spelling in a Chinese sentence: what is quoted from a file, the file, hosts, keys, and the names of units and encodings.
var named = regexp.MustCompile(`“[^”]*”|‘[^’]*’|规则文件\.txt|Base64|KiB|[a-z]+://[!-~]+|anlan/[0-9a-f-]{36}/[0-9]+([+][0-9a-f]{8})?`)

// TestARefusalIsChineseToItsEnd: what a policy, a cosignature or an answer is refused for is said in the user's language, and no word of a
// library or of a type stands in it.
func TestARefusalIsChineseToItsEnd(t *testing.T) {
	t.Parallel()
	b := newBook(t, storetest.Open(t, store.SQLite), words("a", 8)...)
	k, other := keyOf(t, 20, "甲"), keyOf(t, 21, "乙")
	one := "witness 甲 " + k.Cosigner().String() + "\n"
	two := one + "witness 乙 " + other.Cosigner().String() + "\n"
	note := b.seal()
	cosigned, _, err := k.Cosign(note, today)
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(strings.TrimPrefix(cosigned, note), "甲 ")
	policy := func(text string) func() error {
		return func() error { _, err := witness.ParsePolicy("规则文件.txt", text); return err }
	}
	submission := func(text string) func() error {
		return func() error { _, err := witness.ParseSubmission(text); return err }
	}
	checkpoint := func(text string) func() error {
		return func() error { _, err := journal.Join(text); return err }
	}
	answering := func(status int, body string) func() error {
		return func() error {
			s := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
				out.WriteHeader(status)
				_, _ = out.Write([]byte(body))
			}))
			defer s.Close()
			_, err := witness.Known{Name: "甲", Key: k.Cosigner(), URL: s.URL}.Ask(t.Context(), s.Client(), note, b.prove)
			return err
		}
	}
	asking := func(address string) func() error {
		return func() error {
			_, err := witness.Known{Name: "甲", Key: k.Cosigner(), URL: address}.Ask(t.Context(), http.DefaultClient, note, b.prove)
			return err
		}
	}
	changed := newBook(t, storetest.Open(t, store.SQLite), words("a", 8)...) // whose key changed twice, the second time as one that was lost
	second, third := keyOf(t, 22, changed.key.Name()), keyOf(t, 23, changed.key.Name())
	keyFile := third.Public().Follow(changed.rotate(changed.key.Public(), changed.key, second), changed.rotate(second.Public(), nil, third)).File()
	keyFrom := func(old, new string) func() error {
		return func() error {
			altered := strings.Replace(keyFile, old, new, 1)
			if altered == keyFile {
				t.Errorf("no %q in %s", old, keyFile)
			}
			_, err := journal.ParsePublicKey(altered)
			return err
		}
	}
	untrusted := httptest.NewTLSServer(http.NotFoundHandler())
	defer untrusted.Close()
	for what, refuse := range map[string]func() error{
		"an empty policy": policy(""), "no quorum": policy(one), "a second quorum": policy(one + "quorum 甲\nquorum none\n"), "a quorum of nobody": policy("quorum 甲\n"),
		"an unknown word": policy("quorums a\n"), "too many names": policy("group g any" + strings.Repeat(" a", 80)),
		"no key": policy("witness 甲 key\nquorum none\n"), "a log's key": policy("witness 甲 " + k.Public().String() + "\n"), "a witness's key as a log": policy("log " + k.Cosigner().String() + "\n"),
		"a log twice": policy(strings.Repeat("log "+b.key.Public().String()+"\n", 2)), "a key twice": policy(one + strings.Replace(one, "甲", "丙", 1)), "a name twice": policy(two + "group 甲 any 乙\n"),
		"no address": policy("witness 甲 " + k.Cosigner().String() + " audit.example\n"), "an address that cannot be": policy("witness 甲 " + k.Cosigner().String() + " http://%zz\n"),
		"a member twice": policy(two + "group g any 甲 甲\n"), "a member of nothing": policy("group g any a\n"), "no number": policy(two + "group g most 甲 乙\n"), "a number too large": policy(two + "group g 99999999999999999999 甲 乙\n"),
		"not enough": func() error {
			p, err := witness.ParsePolicy("规则文件.txt", one+"quorum 甲\n")
			if err != nil {
				return err
			}
			j, err := p.Judge(note)
			return cmp.Or(err, j.Findings.Err())
		},
		"a cosignature of something else": func() error {
			p, err := witness.ParsePolicy("规则文件.txt", one+"quorum 甲\n")
			if err != nil {
				return err
			}
			b.grow("x")
			j, err := p.Judge(b.seal() + "— 甲 " + line)
			return cmp.Or(err, j.Findings.Err())
		},
		"an empty submission": submission(""), "no old size": submission("new 3\n\nx"), "a size that is none": submission("old 03\n\nx"), "no hash": submission("old 3\nhash\n\nx"),
		"a long proof":        submission("old 3\n" + strings.Repeat("x\n", 90) + "\nx"),
		"an empty checkpoint": checkpoint(""), "no size": checkpoint("a\nsize\nroot\n\n"), "no root": checkpoint("a\n3\nroot\n\n"), "no signature": checkpoint(strings.Replace(note, "— ", "- ", 1)),
		"a cut checkpoint": checkpoint(strings.TrimSuffix(note, "\n")), "a long checkpoint": checkpoint(strings.Repeat("x", 1<<17)),
		"two checkpoints": func() error {
			b.grow("y")
			_, err := journal.Join(note, b.seal())
			return err
		},
		"half a change of key": keyFrom("\n\n—", "\n—"), "a change that is too long": keyFrom("anlan key rotation", strings.Repeat("x", 1<<17)), "a change that is none": keyFrom("anlan key rotation", "anlan"),
		"a change with a line more": keyFrom("the old key is lost\n", "the old key is lost\nand the new one\n"), "a change of no journal": keyFrom("\n8\n", "\nsize\n"),
		"a change to the same key": keyFrom(changed.key.Public().String()+"\n", second.Public().String()+"\n"), "a change to no key": keyFrom(changed.key.Public().String()+"\n"+second.Public().String(), changed.key.Public().String()+"\nkey"),
		"a change of another journal": keyFrom("\n8\n", "\n7\n"), "a change that the old key has not signed": keyFrom("the old key is lost\n", ""), "no key before the changes": keyFrom(third.Public().String(), "key"),
		"nobody answers": asking("http://127.0.0.1:1"), "no such host": asking("http://witness.invalid"), "no trust": asking(untrusted.URL), "another scheme": asking("gopher://127.0.0.1"),
		"it refuses": answering(http.StatusForbidden, "日志没有登记\nthe log is not known\n"), "it answers nothing": answering(http.StatusOK, ""),
	} {
		err := refuse()
		if _, known := fault.KindOf(err); !known {
			t.Errorf("%s: %v is no fault", what, err)
			continue
		}
		said := fault.In(err, lang.Chinese)
		if left := named.ReplaceAllString(said, ""); strings.ContainsFunc(left, func(r rune) bool { return r < 128 && (r|32) >= 'a' && (r|32) <= 'z' }) {
			t.Errorf("%s: %s", what, said)
		}
		if english := fault.In(err, lang.English); strings.Contains(english, "没有登记") {
			t.Errorf("%s in English: %s", what, english)
		}
	}
}

// rotate changes the key of the book; old nil declares from to be lost.
func (b book) rotate(from journal.PublicKey, old, to *journal.Key) (r journal.Rotation) {
	b.t.Helper()
	b.in(func(tx *store.Tx) error {
		w, err := journal.Lock(tx)
		if err != nil {
			return err
		}
		w.Stamp(today)
		if r, err = w.Rotate(from, old, to, "管理员", "硬盘损坏"); err != nil {
			return err
		}
		return w.Flush()
	})
	return r
}
