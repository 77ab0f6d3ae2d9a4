package meter

import (
	"context"
	"time"

	"anlan/app"

	"github.com/prometheus/client_golang/prometheus"
)

// standing asks the book how it stands, each time somebody collects.
type standing struct{ app *app.App }

// standingWait is how long the book may take; whoever collects waits for it.
const standingWait = 2 * time.Second

func gauge(name, help string) *prometheus.Desc { return prometheus.NewDesc(name, help, nil, nil) }

var (
	databaseUp     = gauge("anlan_database_up", "Whether the book could be read: 1, or 0, and then nothing is said of it.")
	databaseInUse  = gauge("anlan_database_connections", "Connections to the database that are in use.")
	databaseMost   = gauge("anlan_database_connections_max", "Connections to the database that may be in use.")
	journalEntries = gauge("anlan_journal_entries", "Entries of the journal.")
	journalSealed  = gauge("anlan_journal_sealed_entries", "Entries of the journal that the newest checkpoint covers.")
	sessionsOpen   = gauge("anlan_sessions_open", "Sessions of all users that are not over.")
	outboxWaiting  = gauge("anlan_outbox_events", "Events that have not left.")
	hookWaiting    = gauge("anlan_webhook_letters_waiting", "Letters that webhooks have to send.")
	hookDead       = gauge("anlan_webhook_letters_dead", "Letters that nobody took.")
	hookBehind     = gauge("anlan_webhook_entries_behind", "Entries of the journal that have not been looked at for the webhook that is furthest behind.")
)

func (s *standing) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{databaseUp, databaseInUse, databaseMost, journalEntries, journalSealed, sessionsOpen, outboxWaiting, hookWaiting, hookDead, hookBehind} {
		to <- d
	}
}

func (s *standing) Collect(to chan<- prometheus.Metric) {
	say := func(d *prometheus.Desc, n int64) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n))
	}
	used, most := s.app.DB.Connections()
	say(databaseInUse, int64(used))
	say(databaseMost, int64(most))
	ctx, cancel := context.WithTimeout(context.Background(), standingWait)
	defer cancel()
	g, err := s.app.Gauges(ctx)
	if err != nil {
		say(databaseUp, 0) // why stands in the log, when /readyz is asked
		return
	}
	say(databaseUp, 1)
	say(journalEntries, int64(g.Entries))
	say(journalSealed, int64(g.Sealed))
	say(sessionsOpen, g.Sessions)
	say(outboxWaiting, g.Events)
	say(hookWaiting, g.Letters.Waiting)
	say(hookDead, g.Letters.Dead)
	say(hookBehind, g.Letters.Behind)
}
