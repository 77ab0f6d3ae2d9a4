package web

import (
	"strconv"

	"anlan/ground/period"
	"anlan/office/webhook"
	"anlan/record"
	"anlan/store/journal"
)

// hooksSight is the page of the webhooks: how each stands with sending, and what nobody took.
type hooksSight struct {
	Hooks  []hookCard
	Of     string // whose secret was just made
	Secret string // shown this once
}

type hookCard struct {
	Name, To, State string
	Secret          bool
	Waiting, Dead   string
	Letters         []deadLetter
}

type deadLetter struct{ Position, Since, Why string }

// lettersOnPage bounds the dead letters that the page lists of each hook.
const lettersOnPage = 20

// webhooks shows how the webhooks stand.
func (s *Server) webhooks(v *visit) error { return s.showWebhooks(v, hooksSight{}) }

func (s *Server) showWebhooks(v *visit, x hooksSight) error {
	all, err := s.app.Hooks.List(v.r.Context(), v.actor())
	if err != nil {
		return err
	}
	for _, h := range all {
		c := hookCard{Name: h.Name, To: "/records/webhook/" + h.ID.String(), State: record.StateLabel(webhook.Workflow, h.State).In(v.lang), Secret: h.Secret,
			Waiting: strconv.FormatInt(h.Waiting, 10), Dead: strconv.FormatInt(h.Dead, 10)}
		if h.Dead > 0 {
			letters, err := s.app.Hooks.Dead(v.r.Context(), v.actor(), h.Hook)
			if err != nil {
				return err
			}
			for _, l := range letters[:min(len(letters), lettersOnPage)] {
				c.Letters = append(c.Letters, deadLetter{strconv.FormatInt(int64(l.Position), 10), l.At.In(period.Shanghai).Format("2006-01-02 15:04"), l.Why})
			}
		}
		x.Hooks = append(x.Hooks, c)
	}
	p := v.page(v.t("回调", "Webhooks"))
	p.Wing, p.Path = "office", "/webhooks"
	p.Lead = v.t("把账册里发生的事告诉别的系统；没有送到的会重发，十次之后成为死信", "Other systems are told what happens in the book; what was not taken is sent again, and after ten times is a dead letter")
	p.Crumbs = []anchor{{Text: sectionOf("webhook").Label.In(v.lang), To: "/wings/office"}}
	p.Actions = []anchor{{Text: v.t("登记回调", "Add a webhook"), To: "/records/webhook/new", Primary: true}}
	return v.show(p, hooksPage(p, x))
}

// hook is the webhook that a form names.
func (s *Server) hook(v *visit) (*webhook.Hook, error) {
	return s.app.Hooks.Find(v.r.Context(), v.actor(), v.r.PostFormValue("name"))
}

// newSecret gives a webhook a new secret.
func (s *Server) newSecret(v *visit) error {
	h, err := s.hook(v)
	if err != nil {
		return err
	}
	secret, err := s.app.Hooks.NewSecret(v.r.Context(), v.actor(), h)
	if err != nil {
		return err
	}
	s.stir()
	return s.showWebhooks(v, hooksSight{Of: h.Name, Secret: secret})
}

// resend lets dead letters of a webhook be sent again: one, or all of them.
func (s *Server) resend(v *visit) error {
	h, err := s.hook(v)
	if err != nil {
		return err
	}
	var positions []journal.Position
	if at := v.r.PostFormValue("position"); at != "" {
		n, err := strconv.ParseInt(at, 10, 64)
		if err != nil {
			return ErrNotFromAPage.With()
		}
		positions = append(positions, journal.Position(n))
	}
	if _, err := s.app.Hooks.Resend(v.r.Context(), v.actor(), h, positions...); err != nil {
		return err
	}
	s.stir()
	return v.redirect("/webhooks")
}
