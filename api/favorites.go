package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"historias/internal/actor"
	"historias/internal/catalog"
)

// favoritesAPI speaks for what a person picks often from the catalogs.
type favoritesAPI struct{ svc *catalog.Service }

func (h favoritesAPI) routes() []route {
	return []route{
		{http.MethodPut, "/api/favorites/:kind/:code", actor.CatalogRead, h.put, routeOptions{}},
	}
}

// put pins a code or forgets it.
//
//	@Summary		Fijar un favorito o quitarlo
//	@Description	Los favoritos son de cada persona y salen primero al buscar diagnósticos y medicamentos; lo que se usa al firmar entra por sí solo. Con pinned false deja de ser favorito.
//	@Tags			Catálogos
//	@Accept			json
//	@Param			kind	path	string			true	"Catálogo"	Enums(diagnoses, medications)
//	@Param			code	path	string			true	"Clave de la CIE-10 o id del medicamento"
//	@Param			body	body	favoriteRequest	true	"Si queda fijo"
//	@Success		204
//	@Failure		400	{object}	Problem	"request.invalid"
//	@Failure		404	{object}	Problem	"favorite.not_found"
//	@Failure		422	{object}	Problem	"favorite.too_many"
//	@Security		Session
//	@Security		Bearer
//	@Router			/api/favorites/{kind}/{code} [put]
func (h favoritesAPI) put(c echo.Context) error {
	body, err := bind[favoriteRequest](c)
	if err != nil {
		return err
	}
	err = h.svc.Favourite(c.Request().Context(), catalog.Kind(c.Param("kind")), c.Param("code"), *body.Pinned)
	if err != nil {
		return err
	}
	return noContent(c)
}

type favoriteRequest struct {
	Pinned *bool `json:"pinned" validate:"required" example:"true"`
} //@name FavoriteInput
