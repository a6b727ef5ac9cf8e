package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// client speaks to a part as somebody does who waits for each answer.
type client struct {
	address, token string
}

// connections are kept, one for each worker.
var connections = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// do sends a body, if there is one, and reads the answer into out, if it is wanted.
func (c *client) do(method, path string, headers map[string]string, body, out any) error {
	var raw []byte
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequest(method, "http://"+c.address+path, bytes.NewReader(raw)) //nolint:noctx // a local process of ours
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+c.token)
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	res, err := connections.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s: %d %s", method, path, res.StatusCode, answer)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer, out)
}

// made is what is read of an answer.
type made struct {
	ID      string `json:"id"`
	Version int64  `json:"version"`
}

// completeClinic gives the clinic what a paper needs: address, contact, office.
func (c *client) completeClinic() error {
	address := map[string]any{
		"street": "Calle Ficticia", "exterior_number": "7", "neighborhood": "Centro", "municipality": "Puebla", "state": "21",
		"postal_code": "72000", "country": "MEX",
	}
	err := c.do(http.MethodPut, "/api/clinic", map[string]string{"If-Match": `"1"`}, map[string]any{
		"legal_name": "Clínica Jacarandas, S.C.", "address": address,
		"privacy_contact": map[string]any{"name": "Carmen Arrieta", "email": "privacidad@jacarandas.example", "phone": "5555550101"},
	}, nil)
	if err != nil {
		return err
	}
	return c.do(http.MethodPost, "/api/offices", nil, map[string]any{
		"name": "Consultorio Centro", "address": address, "time_zone": "America/Mexico_City",
	}, nil)
}

// draft opens a note of a patient and writes it, so that it may be signed.
func (c *client) draft(patient string, i int) (string, error) {
	var note made
	if err := c.do(http.MethodPost, "/api/patients/"+patient+"/consultations", nil, map[string]any{"type": "evolucion"}, &note); err != nil {
		return "", err
	}
	_, err := c.save(note.ID, 1, i)
	return note.ID, err
}

// save replaces the text of a draft and gives its new version.
func (c *client) save(note string, version int64, i int) (int64, error) {
	var saved made
	err := c.do(http.MethodPut, "/api/consultations/"+note, map[string]string{"If-Match": `"` + strconv.FormatInt(version, 10) + `"`}, noteText(i), &saved)
	return saved.Version, err
}

// noteText is a complete progress note, each with another text.
func noteText(i int) map[string]any {
	return map[string]any{
		"sections": map[string]any{
			"evolution":     fmt.Sprintf("Acude a control número %d. Refiere mejor apego a la dieta y camina media hora al día.", i),
			"physical_exam": "Ruidos cardiacos rítmicos, campos pulmonares limpios, sin edema.",
		},
		"omissions":   map[string]any{"study_results": "no_aplica"},
		"vital_signs": map[string]any{"systolic": 110 + i%40, "diastolic": 70 + i%20, "heart_rate": 78, "temperature": 36.5},
		"diagnoses":   []any{map[string]any{"code": "I10", "kind": "principal"}},
		"prognosis":   "Bueno para la vida y la función.", "plan": "Losartán 50 mg por vía oral cada 24 horas. Cita en un mes.",
	}
}

func (c *client) sign(path string) error {
	return c.do(http.MethodPost, path+"/sign", nil, map[string]any{"password": password}, nil)
}

// receta writes and signs one with two medicines, and gives its path.
func (c *client) receta(patient string) (string, error) {
	visit, err := c.draft(patient, 0)
	if err != nil {
		return "", err
	}
	item := func(name, presentation string) map[string]any {
		return map[string]any{
			"generic_name": name, "allow_substitution": true, "presentation": presentation, "dose": "1 tableta", "route": "oral",
			"frequency": "cada 12 horas", "duration": "60 días", "quantity": 4, "instructions": "Tomar con el desayuno y la cena.",
		}
	}
	var written made
	err = c.do(http.MethodPost, "/api/consultations/"+visit+"/prescriptions", nil, map[string]any{"items": []any{
		item("Metformina", "Caja con 30 tabletas de 850 mg"), item("Losartán", "Caja con 30 tabletas de 50 mg"),
	}}, &written)
	if err != nil {
		return "", err
	}
	path := "/api/prescriptions/" + written.ID
	return path, c.sign(path)
}
