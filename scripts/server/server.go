// Package server holds what makes a server ready for Historias: a script, the
// filters and jails of fail2ban, settings of the kernel and of updates. Its tests
// run the script on a root of their own and let fail2ban read what the program
// writes.
package server
