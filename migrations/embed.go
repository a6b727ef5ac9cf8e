// Package migrations holds the schema as forward-only SQL files, one subject
// a file, and the data of the catalogs, embedded in the binary.
package migrations

import "embed"

// FS holds the SQL files in the order of their numbers.
//
//go:embed *.sql
var FS embed.FS

// Data holds the catalogs' files.
//
//go:embed data
var Data embed.FS
