package patient_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/db"
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
		settings := `select set_config('plan_cache_mode', 'force_generic_plan', true)`
		if strings.HasPrefix(name, "search") || strings.HasPrefix(name, "list") {
			settings = patient.Planning
		}
		plan := r.plan(t, hot.SQL, settings)
		for _, index := range hot.Indexes {
			require.Contains(t, plan, index, "%s:\n%s", name, plan)
		}
		require.NotContains(t, plan, "Seq Scan on pat", "%s:\n%s", name, plan)
		require.Contains(t, plan, "clinic_id", "%s is not behind the wall", name)
	}
}

var parameter = regexp.MustCompile(`\$(\d+)`)

// plan is the generic plan of a statement, which does not depend on values.
func (r register) plan(t *testing.T, sql, settings string) string {
	t.Helper()
	numbers := map[string]bool{}
	for _, m := range parameter.FindAllString(sql, -1) {
		numbers[m] = true
	}
	nulls := strings.TrimSuffix(strings.Repeat("null, ", len(numbers)), ", ")
	var lines []string
	err := r.DB.ReadSteps(r.ctx, func(_ context.Context, t *db.Tx) error {
		t.Exec(settings)
		t.Exec(`prepare hot as ` + sql)
		err := t.All(func(row db.Row) error {
			var line string
			err := row.Scan(&line)
			lines = append(lines, line)
			return err
		}, fmt.Sprintf(`explain execute hot(%s)`, nulls))
		t.Exec(`deallocate hot`)
		return err
	})
	require.NoError(t, err, sql)
	return strings.Join(lines, "\n")
}
