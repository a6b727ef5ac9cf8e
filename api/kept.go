package api

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"historias/internal/errs"
)

// kept is a body of a PUT that may carry what only the server sets, so that
// what was read can be sent back.
type kept interface {
	// serverKeys are those keys as they were sent; absent ones are nil.
	serverKeys() any
}

// later binds the body only when a service asks for it: of a PUT the version is
// judged before the body. Its keys of the server must be those of now, the
// resource as it is (422 request.read_only otherwise).
func later[T kept, D any](c echo.Context, now any, to func(T) D) func() (D, error) {
	return func() (D, error) {
		v, err := bind[T](c)
		if err == nil {
			if faults := changedKeys(v.serverKeys(), now); len(faults) > 0 {
				err = errs.Rule("request.read_only", readOnlyText, faults...)
			}
		}
		if err != nil {
			var none D
			return none, err
		}
		return to(v), nil
	}
}

const readOnlyText = "Algunos datos los pone el sistema y no se pueden cambiar."

// changedKeys gives the keys that were sent and differ from what they are.
func changedKeys(sent, now any) []errs.Field {
	were, is := keysOf(sent), keysOf(now)
	var faults []errs.Field
	for name, value := range were {
		if !bytes.Equal(value, is[name]) {
			faults = append(faults, errs.Field{
				Field: name, Code: "read_only", Message: "Este dato lo pone el sistema y no se puede cambiar.",
			})
		}
	}
	slices.SortFunc(faults, func(a, b errs.Field) int { return strings.Compare(a.Field, b.Field) })
	return faults
}

func keysOf(k any) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	// The types hold nothing that cannot be written or read back.
	raw, _ := json.Marshal(k)
	_ = json.Unmarshal(raw, &out)
	return out
}
