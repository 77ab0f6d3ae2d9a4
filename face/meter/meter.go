package meter

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"anlan/app"
	"anlan/ground/clock"
	"anlan/record/book"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Meter measures one serving process. It may be told by any number of goroutines.
type Meter struct {
	clock    clock.Clock
	log      *slog.Logger
	registry *prometheus.Registry

	requests *prometheus.CounterVec   // by method, route, status
	took     *prometheus.HistogramVec // by method, route
	underWay prometheus.Gauge
	gathered prometheus.Histogram
	changes  prometheus.Counter
	handler  http.Handler
}

// Bounds of histograms: a page is done in milliseconds, a report in seconds; a transaction holds up to 256 requests.
var (
	secondsOfRequests = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}
	sizesOfBatches    = []float64{1, 2, 4, 8, 16, 32, 64, 128, 256}
)

// New measures an open book; log gets a line for each request.
func New(a *app.App, version string, log *slog.Logger) *Meter {
	m := &Meter{clock: clock.System{}, log: log, registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "anlan_requests_total", Help: "Requests answered, by the pattern of the route."}, []string{"method", "route", "status"}),
		took:     prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "anlan_request_seconds", Help: "How long requests took, by the pattern of the route.", Buckets: secondsOfRequests}, []string{"method", "route"}),
		underWay: prometheus.NewGauge(prometheus.GaugeOpts{Name: "anlan_requests_under_way", Help: "Requests that are being answered."}),
		gathered: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "anlan_commit_requests", Help: "How many requests that write shared a transaction.", Buckets: sizesOfBatches}),
		changes:  prometheus.NewCounter(prometheus.CounterOpts{Name: "anlan_commit_changes_total", Help: "Changes that requests asked for, refused ones too."}),
	}
	built := prometheus.NewGauge(prometheus.GaugeOpts{Name: "anlan_build_info", Help: "The program, by its version; the value says nothing.", ConstLabels: prometheus.Labels{"version": version}})
	built.Set(1)
	m.registry.MustRegister(m.requests, m.took, m.underWay, m.gathered, m.changes, built, &standing{app: a},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: atOnce, Timeout: collectWait}))
	m.handler = mux
	return m
}

// Waits names what counts those who wait for their transaction.
func (m *Meter) Waits(count func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "anlan_commit_waiting", Help: "Requests that write and wait for their transaction."},
		func() float64 { return float64(count()) }))
}

// Gathered counts a transaction of a group.
func (m *Meter) Gathered(x book.Gathering) {
	m.gathered.Observe(float64(x.Requests))
	m.changes.Add(float64(x.Changes))
}

// Bounds of whoever collects.
const (
	collectWait  = 5 * time.Second
	headersBytes = 16 << 10
	atOnce       = 4
)

// ServeHTTP answers GET /metrics and nothing else.
func (m *Meter) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// Serve answers on l until ctx ends.
func (m *Meter) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{Handler: m, ReadHeaderTimeout: collectWait, ReadTimeout: collectWait, WriteTimeout: 2 * collectWait, MaxHeaderBytes: headersBytes,
		ErrorLog: slog.NewLogLogger(m.log.Handler(), slog.LevelWarn)}
	stop := context.AfterFunc(ctx, func() { h.Close() })
	defer stop()
	if err := h.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
