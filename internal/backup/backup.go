// Package backup makes encrypted copies of an installation and brings them back.
package backup
