package pdf

import (
	"strings"
	"time"

	"github.com/boombuler/barcode"
)

// The measures of what stands at the foot of the last page.
const (
	pageLine     = 13  // the last line of every page: which of how many it is
	codeSize     = 50  // of the QR code
	autograph    = 122 // width of the line for the autograph signature
	closingAbove = 14  // between the text and the rule
	closingGap   = 8   // below the rule
)

// seal is what a signed document proves itself with, ready to be drawn; nil for
// a draft.
type seal struct {
	*Signed
	qr   barcode.Barcode
	zone *time.Location
}

func newSeal(s *Signed, zone *time.Location) (*seal, error) {
	if s == nil {
		return nil, nil
	}
	code, err := qrCode(s.URL)
	return &seal{Signed: s, qr: code, zone: zone}, err
}

// closing adds what stands at the foot of the last page, held together with what
// was added before: how to verify, room for the autograph signature and the
// statement of the electronic one.
func closing(k *column, s *seal) {
	c := k.canvas
	var check, statement []row
	body := c.at(codeSize)
	if s != nil {
		check = s.howToCheck(c, c.measure()-c.at(codeSize+autograph+24))
		statement = c.rows(tinyStyle, s.statement(), c.measure())
		body = max(body, c.high(check))
	}
	height := c.at(closingAbove+closingGap) + body + c.at(6) + c.high(statement)
	k.trim()
	k.keepLast()
	k.add(height, func(c *canvas, _ float64) {
		y := c.bottom() - c.at(pageLine) - height + c.at(closingAbove)
		c.line(c.margin, y, c.right(), 0.6, rule)
		y += c.at(closingGap)
		if s != nil {
			c.code(s.qr, c.margin, y, c.at(codeSize))
			c.leftRows(c.margin+c.at(codeSize+12), y+(body-c.high(check))/2, check)
		}
		c.autograph(y + body)
		c.leftRows(c.margin, y+body+c.at(6), statement)
	})
}

// autograph leaves room for a signature by hand, which many pharmacies ask for,
// above a line that ends at y.
func (c *canvas) autograph(y float64) {
	const below = "Firma autógrafa"
	left := c.right() - c.at(autograph)
	line := y - c.lead(tinyStyle)
	c.line(left, line, c.right(), 0.7, ink)
	c.text(left+(c.at(autograph)-c.width(tinyStyle, below))/2, line+c.base(tinyStyle), tinyStyle, below)
}

// howToCheck says where the code is typed when no telephone reads the QR.
func (s *seal) howToCheck(c *canvas, width float64) []row {
	where, _, _ := strings.Cut(s.URL, s.Code)
	where = strings.TrimSuffix(where, "/")
	if _, bare, found := strings.Cut(where, "://"); found {
		where = bare
	}
	rows := c.rows(tinyStyle, "Compruebe que este documento es auténtico en "+where, width)
	return append(rows, c.rows(smallStrong, s.Code, width)...)
}

// statement is who signed, with which cédula, when, how and what (NOM-004, 5.10).
func (s *seal) statement() string {
	parts := []string{"Firmado electrónicamente por " + oneLine(s.By.FullName)}
	parts = append(parts, labelled("cédula profesional", oneLine(s.By.License)))
	parts = append(parts, "el "+moment(s.At.In(s.zone)))
	if how := methods[s.Method]; how != "" {
		parts = append(parts, "con "+how)
	}
	text := strings.Join(some(parts), ", ") + "."
	return text + " Huella SHA-256 del contenido: " + s.Hash
}
