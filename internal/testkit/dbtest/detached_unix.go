//go:build unix

package dbtest

import "syscall"

// detached lets a child outlive the test program and its terminal.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
