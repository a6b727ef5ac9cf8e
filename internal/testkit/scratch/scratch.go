// Package scratch says where tests put many small files.
package scratch

import "os"

// Dir is a folder for temporary files: one held in memory where the system has one with at least
// need bytes free, else the system's usual one.
func Dir(need uint64) string {
	if dir, free := memory(); free >= need {
		return dir
	}
	return os.TempDir()
}
