package catalog

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Beginner is where Load opens its transaction: a pool, a connection, or a
// transaction of the caller.
type Beginner interface {
	Begin(ctx context.Context) (pgx.Tx, error)
}

// Loaded says that a file was brought into the database.
type Loaded struct {
	Name    string
	Version string
	Rows    int
}

// Load brings the catalogs of data (migrations.Data) into the database and gives
// those that it loaded. A file whose version and checksum stand there already is
// left alone, so calling it at every start costs little. All happens in one
// transaction, and one process at a time does it. conn must belong to the owner
// of the tables; the program's role may only read them.
//
// A row that a new version no longer has becomes inactive and is never deleted.
func Load(ctx context.Context, conn Beginner, data fs.FS) ([]Loaded, error) {
	declared, err := releases(data)
	if err != nil {
		return nil, err
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		return nil, fmt.Errorf("catalog: load: %w", err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('historias.catalogs'))`); err != nil {
		return nil, fmt.Errorf("catalog: load: %w", err)
	}
	var done []Loaded
	for _, f := range files {
		loaded, err := load(ctx, tx, f, data, declared)
		if err != nil {
			return nil, err
		}
		done = append(done, loaded...)
	}
	if err := tx.Commit(ctx); err != nil {
		return nil, fmt.Errorf("catalog: load: %w", err)
	}
	return done, nil
}

// load brings one file, unless it is there already.
func load(ctx context.Context, tx pgx.Tx, f file, data fs.FS, declared map[string]release) ([]Loaded, error) {
	var current bool
	err := tx.QueryRow(ctx, `select exists (select from catalog_versions where name = $1 and version = $2 and checksum = $3)`,
		f.name, declared[f.name].version, declared[f.name].checksum).Scan(&current)
	if err != nil {
		return nil, fmt.Errorf("catalog: %s: %w", f.name, err)
	}
	if current {
		return nil, nil
	}
	c, err := f.read(data, declared)
	if err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, pgx.Tx) error{c.copyRows, c.merge, c.copyWords, c.record} {
		if err := step(ctx, tx); err != nil {
			return nil, fmt.Errorf("catalog: %s: %w", f.name, err)
		}
	}
	return []Loaded{{Name: c.name, Version: c.version, Rows: len(c.rows)}}, nil
}

// incoming is the table of one transaction that holds the rows of a file as text.
func (c content) incoming() string { return "incoming_" + c.name }

func (c content) copyRows(ctx context.Context, tx pgx.Tx) error {
	columns := append(c.names(), "folded")
	_, err := tx.Exec(ctx, fmt.Sprintf(`create temporary table %s (%s text) on commit drop`,
		c.incoming(), strings.Join(columns, " text, ")))
	if err != nil {
		return err
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{c.incoming()}, columns, pgx.CopyFromSlice(len(c.rows), func(i int) ([]any, error) {
		cells := make([]any, 0, len(columns))
		for _, name := range c.names() {
			cells = append(cells, c.rows[i][name])
		}
		return append(cells, c.folded(c.rows[i])), nil
	}))
	return err
}

// merge brings the incoming rows into the table: what is new is added, what
// changed is changed, what is gone becomes inactive.
func (c content) merge(ctx context.Context, tx pgx.Tx) error {
	names, values, changes := c.names(), make([]string, len(c.columns)), make([]string, 0, len(c.columns)+3)
	for i, column := range c.columns {
		values[i] = column.name
		if column.cast != "" {
			values[i] += "::" + column.cast
		}
		changes = append(changes, column.name+" = excluded."+column.name)
	}
	changes = append(changes, "folded = excluded.folded", "version = excluded.version", "active = true")
	_, err := tx.Exec(ctx, fmt.Sprintf(`insert into %s (%s, folded, version) select %s, folded, $1 from %s on conflict (%s) do update set %s`,
		c.name, strings.Join(names, ", "), strings.Join(values, ", "), c.incoming(), strings.Join(c.key, ", "), strings.Join(changes, ", ")), c.version)
	if err != nil {
		return err
	}
	same := make([]string, len(c.key))
	for i, name := range c.key {
		same[i] = fmt.Sprintf("i.%s = t.%s::text", name, name)
	}
	_, err = tx.Exec(ctx, fmt.Sprintf(`update %s t set active = false where active and not exists (select from %s i where %s)`,
		c.name, c.incoming(), strings.Join(same, " and ")))
	return err
}

// copyWords makes the index of words anew, from the rows of this version only,
// so that a search finds nothing inactive.
func (c content) copyWords(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `delete from catalog_words where catalog = $1`, c.name); err != nil {
		return err
	}
	var entries [][]any
	done := map[string]bool{}
	for _, r := range c.rows {
		if done[r[c.ref]] {
			continue
		}
		done[r[c.ref]] = true
		for _, word := range c.wordsOf(r) {
			entries = append(entries, []any{c.name, word, r[c.ref]})
		}
	}
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"catalog_words"}, []string{"catalog", "word", "ref"}, pgx.CopyFromRows(entries))
	return err
}

func (c content) record(ctx context.Context, tx pgx.Tx) error {
	_, err := tx.Exec(ctx, `insert into catalog_versions (name, version, rows, checksum) values ($1, $2, $3, $4)
		on conflict (name) do update set version = excluded.version, rows = excluded.rows, checksum = excluded.checksum, loaded_at = now()`,
		c.name, c.version, len(c.rows), c.checksum)
	return err
}
