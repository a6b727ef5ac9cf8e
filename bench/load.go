package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// round is what one side did in one round.
type round struct {
	requests  int
	took      time.Duration
	latencies []time.Duration // sorted
	server    time.Duration   // processor time of the server
	postgres  time.Duration   // and of PostgreSQL
	failures  int
}

func (r round) perSecond() float64 { return float64(r.requests) / r.took.Seconds() }

func (r round) percentile(p float64) time.Duration {
	if len(r.latencies) == 0 {
		return 0
	}
	return r.latencies[min(len(r.latencies)-1, int(p*float64(len(r.latencies))))]
}

// drive sends requests over a fixed number of connections, each as soon as the
// last was answered. It speaks HTTP itself: a full client would take more of
// the two processors than what it measures.
func drive(ctx context.Context, address string, request func(i int) []byte, conns int, length time.Duration) (round, error) {
	var next atomic.Int64
	var wg sync.WaitGroup
	results := make([]round, conns)
	faults := make([]error, conns)
	start := time.Now()
	for c := range conns {
		wg.Go(func() {
			results[c], faults[c] = driveOne(ctx, address, request, &next, start.Add(length))
		})
	}
	wg.Wait()
	total := round{took: time.Since(start)}
	for _, r := range results {
		total.requests += r.requests
		total.failures += r.failures
		total.latencies = append(total.latencies, r.latencies...)
	}
	sort.Slice(total.latencies, func(i, j int) bool { return total.latencies[i] < total.latencies[j] })
	return total, errors.Join(faults...)
}

func driveOne(ctx context.Context, address string, request func(i int) []byte, next *atomic.Int64, until time.Time) (round, error) {
	var r round
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address)
	if err != nil {
		return r, err
	}
	defer func() { _ = conn.Close() }()
	in := bufio.NewReaderSize(conn, 64<<10)
	for time.Now().Before(until) && ctx.Err() == nil {
		began := time.Now()
		if _, err := conn.Write(request(int(next.Add(1)))); err != nil {
			return r, err
		}
		status, err := readAnswer(in)
		if err != nil {
			return r, err
		}
		if status >= 300 {
			r.failures++
		}
		r.requests++
		r.latencies = append(r.latencies, time.Since(began))
	}
	return r, ctx.Err()
}

// readAnswer reads one answer with a Content-Length.
func readAnswer(in *bufio.Reader) (status int, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil || len(line) < 12 {
		return 0, fmt.Errorf("answer: %w", err)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, err
	}
	length, chunked := 0, false
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return status, err
		}
		if len(line) <= 2 {
			break
		}
		if name, value, ok := bytes.Cut(line, []byte(":")); ok && bytes.EqualFold(name, []byte("Content-Length")) {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		} else if ok && bytes.EqualFold(name, []byte("Transfer-Encoding")) {
			chunked = true
		}
	}
	if chunked {
		return status, skipChunks(in)
	}
	_, err = io.CopyN(io.Discard, in, int64(length))
	return status, err
}

// skipChunks reads a body of unknown length to its end.
func skipChunks(in *bufio.Reader) error {
	for {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 64)
		if err != nil {
			return err
		}
		if _, err := io.CopyN(io.Discard, in, size+2); err != nil || size == 0 {
			return err
		}
	}
}

// get and post build a request once; only its variable part is made in the round.
func get(path, token string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: bench\r\n" + authorization(token) + "\r\n")
}

func post(path, token, headers string, body []byte) []byte {
	head := "POST " + path + " HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: " +
		strconv.Itoa(len(body)) + "\r\n" + headers + authorization(token) + "\r\n"
	return append([]byte(head), body...)
}

func authorization(token string) string {
	if token == "" {
		return ""
	}
	return "Authorization: Bearer " + token + "\r\n"
}
