package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"anlan/app"
	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/place"
	"anlan/office/token"
	"anlan/record"
	"anlan/record/access"
	"anlan/record/content"
	"anlan/record/field"
	"anlan/store/journal"
)

// Names of scopes that are not those of kinds.
const (
	figureScope      = "figures" // the area
	journalScope     = app.ScopeJournal
	publicationScope = "publication"
)

// call is one request: who asks, in which language, and where the answer goes.
type call struct {
	s      *Server
	w      http.ResponseWriter
	r      *http.Request
	lang   lang.Lang
	bearer token.Bearer
	kind   record.Of // of the path; nil: it has none
}

// Faults of requests.
var (
	ErrOutOfScope = fault.Define("api.out_of_scope", fault.Denied,
		"令牌“%s”的授权范围是“%s”，不能用来%s“%s”", "the scope of the token %q is %q: it may not be used to %s %q")
	ErrNoAddress = fault.Define("api.no_address", fault.NotFound,
		"没有“%s %s”这个地址；全部地址见 /api", "there is no %s %s; /api lists all addresses")
	ErrNoMethod = fault.Define("api.no_method", fault.Invalid,
		"“%s”不能用于这个地址，可以用：%s", "%q cannot be used on this address; possible: %s")
	ErrNoParameter = fault.Define("api.no_parameter", fault.Invalid,
		"没有“%s”这个参数，最接近的是“%s”", "there is no parameter %q; the nearest is %q")
	ErrBadParameter = fault.Define("api.bad_parameter", fault.Invalid,
		"参数“%s”的值“%s”不对，应为%s", "the parameter %q has the value %q; expected %s")
	ErrMissingParameter = fault.Define("api.missing_parameter", fault.Invalid,
		"缺少参数“%s”：%s", "the parameter %q is missing: %s")
	ErrTooMuch = fault.Define("api.too_much", fault.TooLarge,
		"发来的内容超过%d字节，没有接收", "what was sent is more than %d bytes and was not taken")
	ErrNotJSON = fault.Define("api.not_json", fault.Invalid,
		"内容类型是“%s”，应为 application/json", "the content is of type %q; expected application/json")
	ErrNoMatch = fault.Define("api.no_match", fault.Invalid,
		"修改要说明基于哪一版：请求应带 If-Match: \"版本号\"，即查看时的ETag", "a change is to say which version it was made on: send If-Match with the ETag of the version that was read")
	ErrBadMatch = fault.Define("api.bad_match", fault.Invalid,
		"If-Match 的值“%s”不是版本，应形如 \"3\"", "If-Match has the value %q, which is no version; expected the form \"3\"")
	ErrBroken = fault.Define("api.broken", fault.Unable,
		"程序出了错，什么都没有写入；请把编号 %s 告诉管理员", "the program failed and wrote nothing; please tell the administrator the number %s")
)

// serve answers the requests of an operation.
func (s *Server) serve(o Operation) http.Handler {
	limit := o.body
	if limit == 0 {
		limit = bodyMax
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{s: s, w: w, r: r, lang: languageOf(r)}
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Add("Vary", "Authorization, Accept-Encoding, Accept-Language")
		err := c.admit(o)
		if err == nil {
			r.Body = http.MaxBytesReader(w, r.Body, limit)
			err = o.do(s, c)
		}
		if err != nil {
			c.fail(err)
		}
	})
}

// admit finds out who asks, how often, and whether the token is for this.
func (c *call) admit(o Operation) (err error) {
	secret, _ := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer ")
	if c.bearer, err = c.s.app.Tokens.Resume(c.r.Context(), strings.TrimSpace(secret), address(c.r)); err != nil {
		if kind, ok := fault.KindOf(err); ok && kind == fault.Denied {
			c.w.Header().Set("WWW-Authenticate", `Bearer realm="anlan", error="invalid_token"`)
			return unauthorized{err}
		}
		return err
	}
	if err := c.s.limits.take(c.bearer.ID, c.s.app.Clock().Now(), c.w.Header()); err != nil {
		return err
	}
	names := []string{o.Of}
	if o.PerKind() {
		if c.kind, err = c.s.app.Book.Kind(c.r.PathValue("kind")); err != nil {
			return err
		}
		names = namesOf(c.kind)
	}
	if o.Needs == Changing && c.kind != nil && c.bearer.Scope.Names(true, c.kind.Code()) {
		c.bearer.Actor.Proof = access.Proved // whoever issued the token showed who it is, and meant these records
	}
	if o.Of == ofAny || c.bearer.Scope.Allows(o.Needs == Changing, names...) {
		return nil
	}
	return c.outside(o.Needs == Changing, names[0])
}

// namesOf are the names by which a scope may name a kind.
func namesOf(k record.Of) []string { return []string{k.Code(), access.AreaOf(k.Code())} }

func (c *call) outside(change bool, name string) error {
	way := lang.Of("查看", "read")
	if change {
		way = lang.Of("改动", "change")
	}
	return ErrOutOfScope.With(c.bearer.Name, c.bearer.Scope.String(), way, name)
}

// mayRefer refuses to look up the key of a record of which the token may not read.
func (c *call) mayRefer(kind string) error {
	k, err := c.s.app.Book.Kind(kind)
	if err != nil {
		return err
	}
	if !c.bearer.Scope.Allows(false, namesOf(k)...) {
		return c.outside(false, kind)
	}
	return nil
}

func (c *call) actor() access.Actor { return c.bearer.Actor }

// languageOf is the language of titles and details: Chinese, unless English is asked for first.
func languageOf(r *http.Request) lang.Lang {
	first, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(first)), "en") {
		return lang.English
	}
	return lang.Chinese
}

// address is where a request came from, without its port.
func address(r *http.Request) string {
	host := r.RemoteAddr
	if i := strings.LastIndexByte(host, ':'); i > 0 {
		host = host[:i]
	}
	return strings.Trim(host, "[]")
}

// query are the parameters of a request; one that the operation does not have is a fault.
func (c *call) query(known ...string) (url.Values, error) {
	q, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil {
		return nil, ErrBadParameter.Because(err, "?", c.r.URL.RawQuery, lang.Of("网址的查询部分", "the query of an address"))
	}
	var faults fault.List
	for name := range q {
		if !slices.Contains(known, name) {
			faults = append(faults, ErrNoParameter.With(name, field.Nearest(name, known)))
		}
	}
	slices.SortFunc(faults, func(a, b *fault.Fault) int { return strings.Compare(fmt.Sprint(a.Args...), fmt.Sprint(b.Args...)) })
	return q, faults.Err()
}

// whether reads a parameter that is true or false.
func whether(q url.Values, name string) (bool, error) {
	switch v := q.Get(name); v {
	case "", "false":
		return false, nil
	case "true":
		return true, nil
	default:
		return false, ErrBadParameter.With(name, v, lang.Of("true或false", "true or false"))
	}
}

// number reads a parameter that is a whole number from 1 to most; otherwise is what it is when nobody gives it.
func number(q url.Values, name string, otherwise, most int) (int, error) {
	v := q.Get(name)
	if v == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 1 || n > most {
		return 0, ErrBadParameter.With(name, v, lang.Text{Zh: fmt.Sprintf("1到%d的整数", most), En: fmt.Sprintf("a whole number from 1 to %d", most)})
	}
	return n, nil
}

// asOf reads the parameter as_of: a position of the journal or an instant; 0 is now.
func (c *call) asOf(q url.Values) (journal.Position, error) {
	return c.s.app.PositionAt(c.r.Context(), q.Get("as_of"))
}

// id is the record that the path names.
func (c *call) id() (ident.ID, error) { return ident.Parse(c.r.PathValue("id")) }

// sent reads the body as JSON: an object that has no other members than those known.
func (c *call) sent(known ...string) (content.Value, error) {
	if t := c.r.Header.Get("Content-Type"); t != "" {
		kind, _, _ := strings.Cut(t, ";")
		if kind = strings.TrimSpace(strings.ToLower(kind)); kind != "application/json" && kind != "application/merge-patch+json" {
			return content.Value{}, unsupported{ErrNotJSON.With(t)}
		}
	}
	body, err := io.ReadAll(c.r.Body)
	if err != nil {
		return content.Value{}, err
	}
	v, err := content.Parse(body)
	if err != nil {
		return v, malformed{err}
	}
	return v, members(v, known...)
}

// members refuses what is no object, and members that nobody looks at.
func members(v content.Value, known ...string) error {
	if v.Sort != content.Object {
		return content.ErrForm.With("/", content.Object.Label(), v.Sort.Label())
	}
	var faults fault.List
	for _, m := range v.Members {
		if !slices.Contains(known, m.Name) {
			faults = append(faults, at(content.ErrNoMember.With(lang.Of("请求", "the request"), m.Name, field.Nearest(m.Name, known)), m.Name))
		}
	}
	return faults.Err()
}

// beside marks a fault that is about a member of the request and not of the content.
const beside = "/"

func at(f *fault.Fault, name string) *fault.Fault {
	f.Where.Field = beside + name
	return f
}

// words is a member of the request that is a text; "" when it is not there.
func words(v content.Value, name string) (string, error) {
	x, ok := v.Get(name)
	if !ok || x.Sort == content.Null {
		return "", nil
	}
	if x.Sort != content.Text {
		return "", at(content.ErrForm.With(name, content.Text.Label(), x.Sort.Label()), name)
	}
	return x.Text, nil
}

// expected is the version that a change was made on, by If-Match.
func (c *call) expected() (int64, error) {
	v := strings.TrimSpace(c.r.Header.Get("If-Match"))
	if v == "" || v == "*" {
		return 0, unconditional{ErrNoMatch.With()}
	}
	n, err := strconv.ParseInt(strings.Trim(v, `"`), 10, 64)
	if err != nil || n < 1 || !strings.HasPrefix(v, `"`) {
		return 0, ErrBadMatch.With(v)
	}
	return n, nil
}

// key is the idempotency key of the request.
func (c *call) key() string {
	return strings.Trim(strings.TrimSpace(c.r.Header.Get("Idempotency-Key")), `"`)
}

// home is the unit of a new record for which none is sent.
func (c *call) home(head journal.Head) place.Unit {
	if u := c.actor().Unit; u != "" {
		return u
	}
	return place.Unit(head.Place)
}

// nothing answers an address that is none, or not by this method.
func (s *Server) nothing(c *call) error {
	var may []string
	for _, m := range []string{"GET", "POST", "PATCH", "DELETE"} {
		r := c.r.Clone(c.r.Context())
		r.Method = m
		if _, pattern := s.mux.Handler(r); pattern != "/" && m != c.r.Method {
			may = append(may, m)
		}
	}
	if len(may) == 0 {
		return ErrNoAddress.With(c.r.Method, c.r.URL.Path)
	}
	c.w.Header().Set("Allow", strings.Join(may, ", "))
	return notAllowed{ErrNoMethod.With(c.r.Method, strings.Join(may, ", "))}
}

// What HTTP tells apart and faults do not.
type (
	unauthorized  struct{ error } // 401: there is no token, or none that holds
	malformed     struct{ error } // 400: what was sent cannot be read at all
	unsupported   struct{ error } // 415: it is of another type
	unconditional struct{ error } // 428: it does not say on which version it was made
	notAllowed    struct{ error } // 405
)

func (e unauthorized) Unwrap() error  { return e.error }
func (e malformed) Unwrap() error     { return e.error }
func (e unsupported) Unwrap() error   { return e.error }
func (e unconditional) Unwrap() error { return e.error }
func (e notAllowed) Unwrap() error    { return e.error }

// isA says whether an error is wrapped in one of the types above.
func isA[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
