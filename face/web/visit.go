package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"anlan/ground/lang"
	"anlan/ground/period"
	"anlan/ground/place"
	"anlan/office/login"
	"anlan/record/access"
)

// visit is one request: who asks, in which language, and where the answer goes.
type visit struct {
	s       *Server
	w       http.ResponseWriter
	r       *http.Request
	lang    lang.Lang
	session login.Session // of nobody, when nobody is signed in
	bureau  string
	top     place.Unit // the bureau's code
	size    int64      // of the journal when the request came: what is shown is no older
	ended   error      // why a session that the browser still held is over; nil: none was
	status  int        // of the page; 0: 200
}

// via names this door in the journal.
const via = "web"

// signedIn says whether somebody is.
func (v *visit) signedIn() bool { return !v.session.User.IsZero() }

// actor is who acts: the person who is signed in, or the public.
func (v *visit) actor() access.Actor {
	if v.signedIn() {
		return v.session.Actor
	}
	return v.public()
}

// public is the public, as whom everybody reads what was published: whoever is signed in for one county sees no less of it than anybody else.
func (v *visit) public() access.Actor {
	return access.Actor{Name: publicName, Role: access.Reader, Unit: v.top, Via: via, Address: address(v.r)}
}

// publicName is the actor of those who read without signing in.
const publicName = "公众"

func (v *visit) t(zh lang.Zh, en lang.En) string { return lang.Of(zh, en).In(v.lang) }

// moment is an instant as the bureau's clock shows it.
func (v *visit) moment(at time.Time) string {
	return at.In(period.Shanghai).Format("2006-01-02 15:04")
}

// redirect answers with another address of this site, to be asked by GET.
func (v *visit) redirect(to string) error {
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// local is an address of this site, whatever somebody wrote into a link: anything else becomes the front page.
func local(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return "/"
	}
	return to
}

// address is where a request came from, without its port.
func address(r *http.Request) string {
	host := r.RemoteAddr
	if i := strings.LastIndexByte(host, ':'); i > 0 {
		host = host[:i]
	}
	return strings.Trim(host, "[]")
}

// link is the address of a page with values: at("/figures/x", "period", "2023"). Values that are empty are left out.
func link(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Add(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
