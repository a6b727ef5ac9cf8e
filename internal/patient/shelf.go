package patient

import "historias/internal/vault"

// KeyShelf says where the wrapped data keys of patients stand, for a change of
// the master key.
var KeyShelf = vault.Shelf{Table: "patients", Row: "id", Type: "uuid", Wrapped: "data_key", Master: "data_key_master"}
