package db

import (
	"errors"
	"net/url"
)

// RestoringSetting marks a database that a copy is being brought back into. It is
// set on the database itself (alter database … set), so that it outlives whoever
// set it.
const RestoringSetting = "app.restoring"

// ErrRestoring says that the restore of a copy was not finished: sessions that
// ended after the copy are open again and erasures are not applied.
var ErrRestoring = errors.New("db: the restore of a copy was not finished")

const selectRole = `select app_role, coalesce(current_setting('` + RestoringSetting + `', true), '') from schema_info`

// WhileRestoring is the address with which whoever restores reaches a marked
// database all the same.
func WhileRestoring(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", errors.New("db: the address cannot be read")
	}
	query := u.Query()
	query.Set(RestoringSetting, "off")
	u.RawQuery = query.Encode()
	return u.String(), nil
}
