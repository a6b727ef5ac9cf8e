package api

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"historias/internal/page"
)

// listDTO is one page of a list.
type listDTO[T any] struct {
	Items      []T     `json:"items"`
	NextCursor *string `json:"next_cursor" extensions:"x-nullable"`
}

// pageDTO turns a page of a service into its answer.
func pageDTO[T, D any](l page.List[T], to func(T) D) listDTO[D] {
	out := listDTO[D]{Items: make([]D, 0, len(l.Items))}
	for _, item := range l.Items {
		out.Items = append(out.Items, to(item))
	}
	if l.NextCursor != "" {
		out.NextCursor = &l.NextCursor
	}
	return out
}

func ok(c echo.Context, dto any) error { return c.JSON(http.StatusOK, dto) }

func accepted(c echo.Context, dto any) error { return c.JSON(http.StatusAccepted, dto) }

func noContent(c echo.Context) error { return c.NoContent(http.StatusNoContent) }

// versioned answers a resource with its version as ETag.
func versioned(c echo.Context, version int64, dto any) error {
	setVersion(c, version)
	return ok(c, dto)
}

// created answers 201 with Location, and with the version as ETag where the
// resource has one (version 0 has none).
func created(c echo.Context, location string, version int64, dto any) error {
	c.Response().Header().Set("Location", location)
	if version > 0 {
		setVersion(c, version)
	}
	return c.JSON(http.StatusCreated, dto)
}

func setVersion(c echo.Context, version int64) {
	c.Response().Header().Set("ETag", `"`+strconv.FormatInt(version, 10)+`"`)
}

// optionalID leaves an absent id out of an answer.
func optionalID(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}
