package patient_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/patient"
)

// Behind row-level security only leakproof operators reach an index, and a
// query that misses it is slow in a large clinic only, where nobody tests. So
// the plan of every hot query, as the program's own role, is read.
func TestEveryHotQueryUsesItsIndex(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	require.NoError(t, r.Load(r.ctx, 5000, crowd))
	_, err := r.admin(t).Exec(t.Context(), `analyze`)
	require.NoError(t, err)
	for name, hot := range patient.HotQueries() {
		var before []string
		if strings.HasPrefix(name, "search") || strings.HasPrefix(name, "list") {
			before = append(before, patient.Planning)
		}
		plan := r.Plan(r.ctx, t, hot.SQL, before...)
		for _, index := range hot.Indexes {
			require.Contains(t, plan, index, "%s:\n%s", name, plan)
		}
		require.NotContains(t, plan, "Seq Scan on pat", "%s:\n%s", name, plan)
		require.Contains(t, plan, "clinic_id", "%s is not behind the wall", name)
	}
}
