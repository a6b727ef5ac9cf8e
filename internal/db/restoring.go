package db

import (
	"errors"
	"net/url"
	"strings"
)

// RestoringMark is the comment of a database that a copy is being brought back
// into. It stands on the database itself, so that it is there before the first
// table and outlives whoever wrote it.
const RestoringMark = "historias: restoring"

// passSetting lets whoever restores through.
const passSetting = "app.restoring"

// ErrRestoring says that the restore of a copy was not finished: sessions that
// ended after the copy are open again and erasures are not applied.
var ErrRestoring = errors.New("db: the restore of a copy was not finished")

const selectRole = `select app_role, coalesce(shobj_description(d.oid, 'pg_database'), '') = '` + RestoringMark + `'
 and current_setting('` + passSetting + `', true) is distinct from 'mine'
 from schema_info, pg_database d where d.datname = current_database()`

// WhileRestoring is the address with which whoever restores reaches a marked
// database all the same.
func WhileRestoring(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("db: the address cannot be read")
	}
	query := u.Query()
	query.Set(passSetting, "mine")
	// PostgreSQL's addresses know no plus sign for a space.
	u.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20")
	return u.String(), nil
}
