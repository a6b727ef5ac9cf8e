package testkit

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/db"
)

var parameter = regexp.MustCompile(`\$\d+`)

// Plan is the generic plan of a statement, which does not depend on values, as the
// program's own role sees it behind its wall. before are statements of the same
// transaction, such as Off("enable_seqscan") or what a service sets itself.
func (k *Kit) Plan(ctx context.Context, t testing.TB, sql string, before ...string) string {
	t.Helper()
	numbers := map[string]bool{}
	for _, p := range parameter.FindAllString(sql, -1) {
		numbers[p] = true
	}
	nulls := strings.TrimSuffix(strings.Repeat("null, ", len(numbers)), ", ")
	var lines []string
	err := k.DB.ReadSteps(ctx, func(_ context.Context, tx *db.Tx) error {
		tx.Exec(`select set_config('plan_cache_mode', 'force_generic_plan', true)`)
		for _, setting := range before {
			tx.Exec(setting)
		}
		tx.Exec(`prepare hot as ` + sql)
		err := tx.All(func(row db.Row) error {
			var line string
			err := row.Scan(&line)
			lines = append(lines, line)
			return err
		}, fmt.Sprintf(`explain execute hot(%s)`, nulls))
		tx.Exec(`deallocate hot`)
		return err
	})
	require.NoError(t, err, sql)
	return strings.Join(lines, "\n")
}

// Off turns a setting of the planner off until the transaction ends.
func Off(name string) string { return fmt.Sprintf(`select set_config('%s', 'off', true)`, name) }
