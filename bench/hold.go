package main

import (
	"context"
	"fmt"
)

// hold leaves the world of each size standing until interrupted, for plans and
// statistics of PostgreSQL to be looked at.
func hold(ctx context.Context, o options) error {
	w, err := newWorld(ctx, o, o.patients[0])
	if err != nil {
		return err
	}
	defer w.close()
	fmt.Println("database:", w.postgres.AdminURL("historias"))
	fmt.Println("program: ", w.server.address)
	fmt.Println("floor:   ", w.floor.address)
	fmt.Println("token:   ", w.token)
	<-ctx.Done()
	return nil
}
