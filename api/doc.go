package api

// The general part of the OpenAPI document; each operation is described beside
// its handler.
//
//	@title						API de Historias
//	@version					1
//	@description				Expediente clínico electrónico para médicos y clínicas pequeñas de México. JSON en UTF-8 con claves snake_case; horas RFC 3339 en UTC; fechas AAAA-MM-DD sin zona. Las listas llevan limit y cursor. Los errores son application/problem+json (RFC 9457) con un code estable. Lo que se edita lleva version: se responde en ETag y se envía en If-Match. Todo POST de quien ha entrado admite Idempotency-Key.
//	@license.name				MIT
//	@BasePath					/
//	@securityDefinitions.apikey	Bearer
//	@in							header
//	@name						Authorization
//	@securityDefinitions.apikey	Session
//	@in							cookie
//	@name						historias_session
