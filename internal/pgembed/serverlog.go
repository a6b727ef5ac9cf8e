package pgembed

import (
	"bytes"
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync"
)

// logPrefix puts the kind of process before each line ("%b"), by which lines are told apart.
const logPrefix = "[%b] "

const keptLines = 12

var serverLine = regexp.MustCompile(`^\[([^\]]*)\] ([A-Z]+):\s+(.*)$`)

// serverLog passes the server's messages on to the program's log. What a client's own connection
// reports is left out: the program received that error already, and its text may quote a value that
// someone typed.
type serverLog struct {
	log *slog.Logger

	mu      sync.Mutex
	partial []byte
	recent  []string
}

func newServerLog(log *slog.Logger) *serverLog { return &serverLog{log: log} }

// Write takes any piece of output and handles the lines that are complete.
func (l *serverLog) Write(piece []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.partial = append(l.partial, piece...)
	for {
		line, rest, found := bytes.Cut(l.partial, []byte("\n"))
		if !found {
			return len(piece), nil
		}
		l.handle(strings.TrimRight(string(line), "\r"))
		l.partial = rest
	}
}

func (l *serverLog) handle(line string) {
	match := serverLine.FindStringSubmatch(line)
	if match != nil && quotesClients(match[1]) && match[2] != "PANIC" {
		return
	}
	l.recent = append(l.recent, line)
	if len(l.recent) > keptLines {
		l.recent = l.recent[1:]
	}
	if match == nil {
		l.log.Debug("postgres", "message", line)
		return
	}
	l.log.Log(context.Background(), severity(match[2]), "postgres", "process", match[1], "message", match[3])
}

func quotesClients(process string) bool {
	return strings.Contains(process, "client backend") || process == "parallel worker" || process == "not initialized"
}

func severity(level string) slog.Level {
	switch level {
	case "PANIC", "FATAL", "ERROR":
		return slog.LevelError
	case "WARNING":
		return slog.LevelWarn
	default:
		return slog.LevelDebug
	}
}

// saw tells whether one of the last lines contains a text.
func (l *serverLog) saw(text string) bool { return strings.Contains(l.lastWords(), text) }

// lastWords are the last lines, for the error that explains why the server ended.
func (l *serverLog) lastWords() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.recent, "\n")
}
