package web

import (
	"net/http"

	"anlan/ground/lang"
)

// languageCookie keeps the language that a reader has chosen; Chinese where nobody chose.
const languageCookie = "anlan_lang"

func languageOf(r *http.Request) lang.Lang {
	if c, err := r.Cookie(languageCookie); err == nil && lang.Lang(c.Value) == lang.English {
		return lang.English
	}
	return lang.Chinese
}

// T is a text of a page in the reader's language.
func (p page) T(zh lang.Zh, en lang.En) string { return lang.Of(zh, en).In(p.Lang) }

// tag is the language as HTML names it.
func (p page) tag() string {
	if p.Lang == lang.English {
		return "en"
	}
	return "zh-CN"
}

// chooseLanguage keeps the reader's language and goes back to where the reader was.
func (s *Server) chooseLanguage(v *visit) error {
	l := lang.Chinese
	if v.r.FormValue("lang") == string(lang.English) {
		l = lang.English
	}
	http.SetCookie(v.w, &http.Cookie{Name: languageCookie, Value: string(l), Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode})
	return v.redirect(local(v.r.FormValue("back")))
}
