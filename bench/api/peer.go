package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// peer is PocketBase with the same hazards, a process of its own (bench/api/pocketbase).
type peer struct {
	door
	process *exec.Cmd
}

// build makes the program of the peer.
func build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "pocketbase")
	c := exec.CommandContext(ctx, "go", "build", "-C", "bench/api/pocketbase", "-o", program, ".")
	c.Stderr = os.Stderr
	return program, c.Run()
}

// begin starts the peer with so many hazards, and waits until it answers.
func begin(ctx context.Context, program, dir string, records int, client *http.Client) (*peer, error) {
	p := &peer{process: exec.CommandContext(ctx, program, "-dir", filepath.Join(dir, "pb_data"), "-records", fmt.Sprint(records))}
	p.process.Stderr = os.Stderr
	out, err := p.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, token, ok := strings.Cut(strings.TrimSpace(line), " ")
	if err != nil || !ok {
		return nil, fmt.Errorf("PocketBase did not begin: %q, %w", line, err)
	}
	p.door = door{client: client, address: address + "/api/collections/hazard/records", header: http.Header{"Authorization": {token}, "Content-Type": {"application/json"}}}
	return p, nil
}

func (p *peer) close() error {
	if err := p.process.Process.Kill(); err != nil {
		return err
	}
	p.process.Wait() // it was killed, and says so
	return nil
}

func (p *peer) post(ctx context.Context, s *site) error {
	h := s.hazard()
	body := fmt.Appendf(nil, `{"number": %q, "title": %q, "grade": %q, "enterprise_name": %q, "found_on": "%s", "listed_on": "%s", "cost": "%s", "unit": "430602", "place": "430602"}`,
		h.Number, h.Title, h.Grade, h.Enterprise, h.FoundOn, h.ListedOn, h.Cost.V)
	return p.ask(ctx, http.MethodPost, "", body, http.StatusOK)
}

func (p *peer) get(ctx context.Context, counted bool) error {
	query := "?filter=grade%3D%27major%27%26%26found_on%3E%3D%272023-07-01%27&sort=-found_on&perPage=30"
	if !counted {
		query += "&skipTotal=1"
	}
	return p.ask(ctx, http.MethodGet, query, nil, http.StatusOK)
}
