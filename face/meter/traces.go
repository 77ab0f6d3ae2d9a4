package meter

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"anlan/ground/fault"
	"anlan/ground/trace"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	otel "go.opentelemetry.io/otel/trace"
	words "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// ErrBadCollector says that traces cannot go where they are to go.
var ErrBadCollector = fault.Define("meter.bad_collector", fault.Invalid,
	"链路追踪的去处“%s”不对，应是收OTLP/HTTP的网址，如http://127.0.0.1:4318", "traces cannot go to %q; expected the address of what takes OTLP/HTTP, as http://127.0.0.1:4318")

// Collector is where traces go.
type Collector struct {
	URL     string // of what takes OTLP by HTTP; /v1/traces is put behind it
	Headers string // what is sent with each request, as OpenTelemetry writes it: name=value,name=value
	Version string // of the program
}

// Traces follow each request through the program, and send what it took to a collector, in the background. What a collector does not take is
// lost, and holds nobody up.
type Traces struct {
	provider *sdk.TracerProvider
	tracer   otel.Tracer
}

// Bounds of what waits for the collector.
const (
	sendWait    = 10 * time.Second
	flushWait   = 5 * time.Second // when the program ends
	answerBytes = 4 << 10
)

// NewTraces begins to trace; Close ends it. The variables of OpenTelemetry that say how many requests are followed (OTEL_TRACES_SAMPLER), what the
// service is called (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES) and how much is kept waiting (OTEL_BSP_…) hold. Fault: ErrBadCollector.
func NewTraces(ctx context.Context, to Collector, log *slog.Logger) (*Traces, error) {
	at, err := url.Parse(to.URL)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
		return nil, ErrBadCollector.With(to.URL)
	}
	header := http.Header{"Content-Type": {"application/x-protobuf"}}
	for pair := range strings.SplitSeq(to.Headers, ",") {
		name, value, _ := strings.Cut(pair, "=")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if value, err = url.PathUnescape(strings.TrimSpace(value)); err != nil {
			return nil, ErrBadCollector.Because(err, "OTEL_EXPORTER_OTLP_HEADERS")
		}
		header.Set(name, value)
	}
	exporter, err := otlptrace.New(ctx, &collector{url: at.JoinPath("v1", "traces").String(), header: header, log: log, client: &http.Client{Timeout: sendWait}})
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	what, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "anlan"), attribute.String("service.version", to.Version)), resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	p := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(what))
	return &Traces{provider: p, tracer: p.Tracer(trace.Scope)}, nil
}

// Around follows what next answers. Who asked before us is said by traceparent, which web takes away from whoever is no trusted proxy.
func (t *Traces) Around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := propagation.TraceContext{}.Extract(r.Context(), propagation.HeaderCarrier(r.Header))
		ctx, span := t.tracer.Start(ctx, methodOf(r), otel.WithSpanKind(otel.SpanKindServer), otel.WithAttributes(attribute.String("http.request.method", methodOf(r))))
		a := &answer{ResponseWriter: w}
		r = r.WithContext(ctx)
		defer func() { // also when the handler panics
			route, status := routeOf(r), a.statusOf()
			span.SetName(methodOf(r) + " " + route)
			span.SetAttributes(attribute.String("http.route", route), attribute.Int("http.response.status_code", status))
			if status >= http.StatusInternalServerError {
				span.SetStatus(codes.Error, "")
			}
			span.End()
		}()
		next.ServeHTTP(a, r)
		a.whole = true
	})
}

// Close sends what waits, as far as the collector takes it.
func (t *Traces) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), flushWait)
	defer cancel()
	return t.provider.Shutdown(ctx)
}

// collector sends spans by OTLP/HTTP. The exporter that OpenTelemetry has for it brings all of gRPC along.
type collector struct {
	url    string
	header http.Header
	client *http.Client
	log    *slog.Logger
	away   atomic.Bool
}

// Start and Stop are nothing here: each request stands alone.
func (c *collector) Start(context.Context) error { return nil }
func (c *collector) Stop(context.Context) error  { c.client.CloseIdleConnections(); return nil }

// UploadTraces sends spans. That they do not arrive stands in the log once, and is nobody's failure.
func (c *collector) UploadTraces(ctx context.Context, spans []*words.ResourceSpans) error {
	body, err := proto.Marshal(&words.TracesData{ResourceSpans: spans}) // the request of the protocol has the same form
	if err != nil {
		return err
	}
	err = c.send(ctx, body)
	switch was := c.away.Swap(err != nil); {
	case err != nil && !was:
		c.log.Warn("traces do not reach their collector and are lost", "part", "meter", "error", err.Error())
	case err == nil && was:
		c.log.Info("traces reach their collector again", "part", "meter")
	}
	return nil
}

func (c *collector) send(ctx context.Context, body []byte) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header = c.header.Clone()
	resp, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, io.LimitReader(resp.Body, answerBytes)); err != nil {
		return err
	}
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("the collector answers %s", resp.Status)
	}
	return nil
}
