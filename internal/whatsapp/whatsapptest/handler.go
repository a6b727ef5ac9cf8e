package whatsapptest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

const largestRequest = 1 << 20

// ServeHTTP answers `POST /{version}/{phone number id}/messages`, and the questions of a whatsapp.Manager.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, largestRequest))
	if err != nil {
		return // the client went away
	}
	if s.manage(w, r, body) {
		return
	}
	if failure, waiting := s.nextFailure(); waiting {
		s.fail(w, r, body, failure)
		return
	}
	send, refused := s.check(r, body)
	if refused != nil {
		s.recordSend(r, body, send, refused.write(w), refused.message)
		return
	}
	s.recordSend(r, body, send, http.StatusOK, "")
	writeReceipt(w, s.accept(send))
}

// fail acts out a scripted failure.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, body []byte, failure Failure) {
	for name, values := range failure.header {
		w.Header()[name] = values
	}
	switch failure.kind {
	case answerCode:
		status := refusal{failure.code, "Simulated failure", ""}.write(w)
		s.recordSend(r, body, sending{}, status, "")
	case answerRaw:
		s.recordSend(r, body, sending{}, failure.status, "")
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(failure.status)
		_, _ = io.WriteString(w, failure.body)
	case hang:
		s.recordSend(r, body, sending{}, 0, "sin respuesta")
		select {
		case <-r.Context().Done():
		case <-s.done:
		}
		panic(http.ErrAbortHandler)
	case dropAfter:
		if send, refused := s.check(r, body); refused == nil {
			s.accept(send)
		}
		fallthrough
	case dropBefore:
		s.recordSend(r, body, sending{}, 0, "conexión cerrada")
		panic(http.ErrAbortHandler) // net/http closes the connection without a word
	}
}

// check refuses what Meta would refuse.
func (s *Server) check(r *http.Request, body []byte) (sending, *refusal) {
	if r.URL.Path != "/"+s.options.Version+"/"+s.options.PhoneNumberID+"/messages" {
		return sending{}, &refusal{33, "Unsupported post request", "Object does not exist or cannot be loaded"}
	}
	if r.Method != http.MethodPost {
		return sending{}, &refusal{100, "Unsupported method", ""}
	}
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); !ok || token != s.options.Token {
		return sending{}, &refusal{190, "Invalid OAuth access token", ""}
	}
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		return sending{}, &refusal{100, "Invalid parameter", "The body must be application/json"}
	}
	var wire wireSend
	if json.Unmarshal(body, &wire) != nil {
		return sending{}, &refusal{100, "Invalid parameter", "The body is not the JSON of a message"}
	}
	return s.checkMessage(wire)
}

func writeReceipt(w http.ResponseWriter, message Message) {
	contact := map[string]string{"input": message.input}
	if message.toNumber {
		contact["wa_id"] = message.WAID
	}
	if message.UserID != "" {
		contact["user_id"] = message.UserID
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"messaging_product": "whatsapp",
		"contacts":          []any{contact},
		"messages":          []any{map[string]string{"id": message.ID, "message_status": "accepted"}},
	})
}
