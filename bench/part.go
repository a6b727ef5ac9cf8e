package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// partVariable names the part that a child process plays.
const partVariable = "HISTORIAS_BENCH_PART"

// part is one measured process: the program's server or the floor.
type part struct {
	cmd     *exec.Cmd
	address string
}

// startPart runs this program again as a part and waits for its address.
func startPart(ctx context.Context, name string, env ...string) (*part, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), append(env, partVariable+"="+name)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if address = strings.TrimSpace(address); address == "" {
		return nil, fmt.Errorf("%s did not start", name)
	}
	return &part{cmd: cmd, address: address}, nil
}

// pause makes the process stand still until resume.
func (p *part) pause()  { _ = p.cmd.Process.Signal(syscall.SIGSTOP) }
func (p *part) resume() { _ = p.cmd.Process.Signal(syscall.SIGCONT) }

func (p *part) stop() {
	p.resume()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	_ = p.cmd.Wait()
}

// memory reads a figure of the process in KiB.
func (p *part) memory(name string) int {
	raw, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	for _, line := range strings.Split(string(raw), "\n") {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	return 0
}

const clockTick = 10 * time.Millisecond // USER_HZ is 100 on Linux

// The fields of /proc/PID/stat after the name: its own time, and that of its
// ended children.
const (
	ownTime   = 11
	childTime = 13
)

// processorTime is what a process used so far.
func processorTime(pid int) time.Duration { return statTime(pid, ownTime) }

func statTime(pid, field int) time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 15 {
		return 0
	}
	var ticks int
	for _, f := range fields[field : field+2] {
		n, _ := strconv.Atoi(f)
		ticks += n
	}
	return time.Duration(ticks) * clockTick
}

// postgresTime is what all processes below the server's postmaster used, the
// ended ones included.
func postgresTime(postmaster int) time.Duration {
	total := processorTime(postmaster) + statTime(postmaster, childTime)
	dirs, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range dirs {
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if parentOf(path) == postmaster {
			total += processorTime(pid)
		}
	}
	return total
}

func parentOf(statPath string) int {
	raw, err := os.ReadFile(statPath) //nolint:gosec // a file of /proc
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(fields[1])
	return n
}
