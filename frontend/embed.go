// Package frontend holds the built SPA, embedded in the binary. Before the first
// build the folder holds only a placeholder, and the server says so.
package frontend

import "embed"

// Dist is the output of the SPA's build.
//
//go:embed all:dist
var Dist embed.FS
