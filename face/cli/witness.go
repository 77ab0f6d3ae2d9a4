package cli

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"anlan/ground/clock"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
	"anlan/store/journal"
	"anlan/store/journal/witness"
)

// witnessVerbs are what a witness does, in the order of the help.
var witnessVerbs = []subverb[func(e *env, ctx context.Context, args []string, o witnessOptions) (int, error)]{
	{"init", nil, (*env).witnessInit},
	{"watch", []string{"KEY.pub"}, (*env).witnessWatch},
	{"cosign", []string{"CHECKPOINT", "[PROOF]"}, (*env).witnessCosign},
	{"serve", nil, (*env).witnessServe},
	{"status", nil, (*env).witnessStatus},
}

// witnessOptions are the options of all of them.
type witnessOptions struct {
	name, origin, out, listen string
	accept                    bool
}

var witnessVerb = verb{
	name: "witness", args: "init --name NAME | watch KEY.pub [--origin ORIGIN] [--accept] | cosign CHECKPOINT [PROOF] [-o FILE] | serve [--listen ADDR] | status [--format json]",
	about:   lang.Of("见证别人的日志：核对封存点前后一致，签名作证；不需要账册", "witness the logs of others: see that each checkpoint goes on from the last, and cosign it; needs no book"),
	example: "anlan witness cosign checkpoint proof.json -o cosigned --data ./witness",
	run: func(ctx context.Context, e *env) (int, error) {
		e.formatted()
		var o witnessOptions
		set := func(into *string) func(string) error { return func(v string) error { *into = v; return nil } }
		e.Declare("name", "NAME", lang.Of("见证人的名称，写在每个签名前，如 audit.yueyang.gov.cn 或 岳阳市审计局", "the witness's name, which stands before each signature: audit.yueyang.gov.cn"), set(&o.name))
		e.Declare("origin", "ORIGIN", lang.Of("日志的名称；默认是公钥的名称", "the log's origin; by default the name of its key"), set(&o.origin))
		e.Declare("o", "FILE", lang.Of("写入已见证的封存点的文件；默认写到标准输出", "file for the cosigned checkpoint; standard output by default"), set(&o.out))
		o.listen = "127.0.0.1:8322"
		e.Declare("listen", "ADDR", lang.Of("监听的地址，默认 127.0.0.1:8322", "address to listen on; 127.0.0.1:8322 by default"), set(&o.listen))
		accept := e.Toggle("accept", lang.Of("向单位核实之后：接受新的一纪，或接受没有旧密钥签字的新公钥", "after asking the bureau: accept a new epoch, or a key that the old one has not signed"))
		run, args, err := parseSubverb(e, witnessVerbs)
		if err != nil {
			return notDone, err
		}
		o.accept = *accept
		return run(e, ctx, args, o)
	},
}

func (e *env) witnessInit(_ context.Context, _ []string, o witnessOptions) (int, error) {
	if o.name == "" {
		return notDone, e.Missing("name")
	}
	w, err := witness.Init(e.data, rand.Reader, o.name)
	if err != nil {
		return notDone, err
	}
	e.print(lang.Of("%s", "%s"), w.Public())
	e.say(lang.Of("以上是见证公钥，请交给单位和核验报告的人，写进见证规则；私钥在%s/keys/witness.key，请另外保存", "this is the witness's public key: give it to the bureau and to whoever verifies reports, for their policies; the private key is %s/keys/witness.key, keep a copy elsewhere"), e.data)
	return inOrder, nil
}

func (e *env) witnessWatch(_ context.Context, args []string, o witnessOptions) (int, error) {
	w, err := witness.Open(e.data)
	if err != nil {
		return notDone, err
	}
	text, err := note(args[0])
	if err != nil {
		return notDone, err
	}
	key, err := journal.ParsePublicKey(text)
	if err != nil {
		return notDone, fault.At(err, fault.Where{File: args[0]})
	}
	l, err := w.Watch(key, o.origin, o.accept)
	if err != nil {
		return notDone, err
	}
	e.say(lang.Of("已登记日志 %s，现用密钥 %s", "the log %s is watched; its key is %s"), l.Origin, l.Key.Newest())
	return inOrder, nil
}

// witnessCosign cosigns a checkpoint that was brought as a file. A refusal is what was found of it, and ends in 1.
func (e *env) witnessCosign(ctx context.Context, args []string, o witnessOptions) (int, error) {
	w, err := witness.Open(e.data)
	if err != nil {
		return notDone, err
	}
	s := witness.Submission{}
	if s.Note, err = note(args[0]); err != nil {
		return notDone, err
	}
	c, err := journal.ParseCheckpoint(s.Note)
	if err != nil {
		return notDone, fault.At(err, fault.Where{File: args[0]})
	}
	if len(args) == 2 {
		p, err := consistencyIn(args[1])
		if err != nil {
			return notDone, err
		}
		s.Old, s.Path = p.Old, p.Path
	} else if logs, err := w.Logs(); err != nil {
		return notDone, err
	} else if slices.ContainsFunc(logs, func(l witness.Log) bool { return l.Origin == c.Origin && l.Seen.Size == c.Size }) {
		s.Old = c.Size // of what was seen already no proof is needed
	}
	signed, _, err := w.Cosign(s, clock.System{}.Now())
	if _, found := fault.KindOf(err); found && witness.Status(err) != http.StatusInternalServerError {
		return notInOrder, fault.At(err, fault.Where{File: args[0]})
	}
	if err != nil {
		return notDone, err
	}
	if err := e.result(ctx, o.out, text(signed)); err != nil {
		return notDone, err
	}
	e.say(lang.Of("已见证 %s：%d条", "cosigned %s: %d entries"), c.Origin, c.Size)
	return inOrder, nil
}

// consistencyIn reads what journal consistency wrote.
func consistencyIn(path string) (p journal.Consistency, err error) {
	text, err := note(path)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal([]byte(text), &p); err != nil || p.Old < 0 || p.New < p.Old {
		return p, fault.At(journal.ErrNotAProof.Because(err, lang.Of("应为 journal consistency 写出的文件", "expected a file that journal consistency wrote")), fault.Where{File: path})
	}
	return p, nil
}

func (e *env) witnessStatus(context.Context, []string, witnessOptions) (int, error) {
	w, err := witness.Open(e.data)
	if err != nil {
		return notDone, err
	}
	logs, err := w.Logs()
	if err != nil {
		return notDone, err
	}
	status := inOrder
	for _, l := range logs {
		if len(l.Forks) > 0 {
			status = notInOrder
		}
	}
	if e.format == "json" {
		return status, writeJSON(e.out, struct {
			Key  string        `json:"key"`
			Logs []witness.Log `json:"logs"`
		}{w.Public().String(), append([]witness.Log{}, logs...)})
	}
	e.print(lang.Of("%s", "%s"), w.Public())
	for _, l := range logs {
		if l.SeenAt.IsZero() {
			e.print(lang.Of("  %s  还没有见证过", "  %s  nothing cosigned yet"), l.Origin)
			continue
		}
		e.print(lang.Of("✓ %s  到第%d条，%s", "✓ %s  up to entry %d, %s"), l.Origin, l.Seen.Size, l.SeenAt.Format(time.RFC3339))
		for _, f := range l.Forks {
			e.print(lang.Of("✗ %s  日志分叉，证据：%s", "✗ %s  the log has forked; evidence: %s"), l.Origin, f)
		}
	}
	return status, nil
}

// ErrListen says that an address cannot be served.
var ErrListen = fault.Define("cli.listen", fault.Unable,
	"不能在 %s 上监听：%s", "%s cannot be listened on: %s")

// How long one request may take: a witness is asked by few, and waits for nobody.
const (
	requestMax  = 20 * time.Second
	headerBytes = 16 << 10
)

// witnessServe answers bureaus by HTTP until it is interrupted.
func (e *env) witnessServe(ctx context.Context, _ []string, o witnessOptions) (int, error) {
	w, err := witness.Open(e.data)
	if err != nil {
		return notDone, err
	}
	listener, err := net.Listen("tcp", o.listen)
	if err != nil {
		return notDone, ErrListen.Because(err, o.listen, reason.Of(err))
	}
	server := &http.Server{Handler: w.Handler(clock.System{}.Now, slog.New(slog.NewTextHandler(e.err, nil))), ReadTimeout: requestMax, WriteTimeout: requestMax, MaxHeaderBytes: headerBytes}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	e.print(lang.Of("见证人 %s，地址 http://%s/（Ctrl+C结束）", "witness %s at http://%s/ (Ctrl+C ends it)"), w.Public().Name(), listener.Addr())
	if err := e.out.flush(); err != nil {
		return notDone, err
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return notDone, ErrListen.Because(err, o.listen, reason.Of(err))
	}
	return inOrder, nil
}

// policy declares the option of a file that says which witnesses are known; nil when none is given.
func (e *env) policy() **witness.Policy {
	p := new(*witness.Policy)
	e.Declare("policy", "FILE", lang.Of("见证规则文件：哪些见证人，几个才够", "the policy file: which witnesses are known and how many are enough"), func(path string) error {
		text, err := note(path)
		if err != nil {
			return err
		}
		*p, err = witness.ParsePolicy(path, text)
		return err
	})
	return p
}

// asking is the client that witnesses are asked by.
func asking() *http.Client { return &http.Client{Timeout: requestMax} }

// printWitnesses says who has cosigned and whether that is enough.
func (e *env) printWitnesses(j *witness.Judgement) {
	for _, c := range j.Cosigned {
		e.print(lang.Of("✓ 见证：%s（%s），%s", "✓ witness: %s (%s), %s"), c.Name, c.Key, c.At.Format(time.RFC3339))
	}
	for _, name := range j.Lacking {
		e.print(lang.Of("- 没有见证：%s", "- not a witness of it: %s"), name)
	}
	if j.Met {
		e.print(lang.Of("✓ 见证足够：规则要求 %s", "✓ enough witnesses: the policy asks for %s"), j.Need)
	}
}

// sayWitnesses says the same beside a result.
func (e *env) sayWitnesses(j *witness.Judgement, refused fault.List) {
	for _, f := range refused {
		e.say(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	for _, f := range j.Findings {
		e.say(lang.Of("✗ %s", "✗ %s"), f.In(e.lang))
	}
	if j.Met {
		names := make([]string, len(j.Cosigned))
		for i, c := range j.Cosigned {
			names[i] = c.Name
		}
		e.say(lang.Of("✓ 见证足够（%s）：%s", "✓ enough witnesses (%s): %s"), j.Need, strings.Join(names, " "))
	}
}
