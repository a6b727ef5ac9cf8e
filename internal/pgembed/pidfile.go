package pgembed

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// pidInfo is what PostgreSQL writes into postmaster.pid (its source: miscadmin.h, LOCK_FILE_LINE_*).
type pidInfo struct {
	number int
	socket string
}

func (c *cluster) pidFile() string { return filepath.Join(c.data, "postmaster.pid") }

// readPidFile tells whether a server left its pid file; an unreadable number reads as process 0.
func (c *cluster) readPidFile() (pidInfo, bool) {
	content, err := os.ReadFile(c.pidFile())
	if err != nil {
		return pidInfo{}, false
	}
	const numberLine, socketLine = 0, 4
	lines := strings.Split(string(content), "\n")
	info := pidInfo{}
	info.number, _ = strconv.Atoi(strings.TrimSpace(lines[numberLine]))
	if len(lines) > socketLine {
		info.socket = strings.TrimSpace(lines[socketLine])
	}
	return info, true
}
