package main

import (
	"context"
	"fmt"
	"io"

	"historias/internal/app"
)

// welcome makes the demo clinic in an empty database of our own and says where
// to go and how to come in.
func welcome(_ context.Context, w io.Writer, _ *environment, _ *app.App, address string) error {
	_, err := fmt.Fprintf(w, "Historias: http://%s\n", address)
	return err
}
