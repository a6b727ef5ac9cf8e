package prescription

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/google/uuid"
)

// Kind names what an alert is about.
type Kind string

// The kinds of alert.
const (
	KindAllergy       Kind = "allergy"          // the very substance
	KindAllergyClass  Kind = "allergy_class"    // its class
	KindCross         Kind = "cross_reactivity" // a class that often crosses
	KindDuplicate     Kind = "duplicate"        // twice in this prescription
	KindInForce       Kind = "in_force"         // the patient takes it already
	KindFractionI     Kind = "fraction_i"       // special recetario (LGS 241)
	KindFractionII    Kind = "fraction_ii"      // two packages, 30 days (LGS 226, 251)
	KindFractionIII   Kind = "fraction_iii"     // three fills, six months (LGS 226, 252)
	KindFraction      Kind = "fraction_unsure"  // a substance of the lists in a product nobody knows
	KindAntibiotic    Kind = "antibiotic"       // days and quantity, no refills
	KindWithdrawn     Kind = "withdrawn"        // no longer in the catalog
	KindNotInCatalog  Kind = "not_in_catalog"   // nobody can check it
	KindIncomplete    Kind = "incomplete"       // what the law asks of an item
	KindWeight        Kind = "weight"           // dose by weight, weight unknown
	KindProfession    Kind = "profession"       // bounds of the prescriber's profession
	KindNoAllergyData Kind = "allergies_unknown"
)

// Severity says how an alert is shown, the worst first.
type Severity string

// The severities.
const (
	High   Severity = "high"
	Medium Severity = "medium"
	Info   Severity = "info"
)

// Requires is what an alert asks before signing.
type Requires string

// What an alert may ask.
const (
	RequiresAcknowledgement Requires = "acknowledgement" // a reason
	RequiresChange          Requires = "change"          // no reason will do
	RequiresNothing         Requires = "none"
)

// Alert is something that the author must know before she signs.
type Alert struct {
	// ID stays the same while what caused the alert is the same.
	ID       string   `json:"id"`
	Kind     Kind     `json:"kind"`
	Severity Severity `json:"severity"`
	// Item is the item that it is about, zero for the whole prescription.
	Item     uuid.UUID `json:"item,omitzero"`
	Message  string    `json:"message"`
	Requires Requires  `json:"requires"`
	// Course is the course of medicine that is meant, of KindInForce.
	Course       uuid.UUID        `json:"course_id,omitzero"`
	Acknowledged *Acknowledgement `json:"acknowledged,omitempty"`
}

// Open tells whether signing must wait for this alert.
func (a Alert) Open() bool {
	return a.Requires == RequiresChange || a.Requires == RequiresAcknowledgement && a.Acknowledged == nil
}

// newAlert makes an alert; causes are what its identity is made of beside kind
// and item.
func newAlert(kind Kind, item uuid.UUID, message string, causes ...string) Alert {
	sum := sha256.New()
	for _, part := range append([]string{string(kind), item.String()}, causes...) {
		sum.Write([]byte(part))
		sum.Write([]byte{0})
	}
	a := Alert{ID: hex.EncodeToString(sum.Sum(nil)[:10]), Kind: kind, Item: item, Message: message}
	a.Severity, a.Requires = weightOf(kind)
	return a
}

// weightOf is how serious a kind is and what it asks, unless a rule says otherwise.
func weightOf(kind Kind) (Severity, Requires) {
	switch kind {
	case KindAllergy, KindAllergyClass, KindFraction:
		return High, RequiresAcknowledgement
	case KindCross, KindDuplicate, KindInForce, KindWithdrawn:
		return Medium, RequiresAcknowledgement
	case KindFractionI:
		return High, RequiresChange
	case KindIncomplete:
		return Medium, RequiresChange
	case KindWeight, KindProfession, KindNoAllergyData:
		return Medium, RequiresNothing
	}
	return Info, RequiresNothing
}

// mustChange makes an alert one that no reason answers.
func (a Alert) mustChange() Alert {
	a.Severity, a.Requires = High, RequiresChange
	return a
}

// told makes an alert one that only tells.
func (a Alert) told() Alert {
	a.Severity, a.Requires = Info, RequiresNothing
	return a
}

// Case is everything that an alert may come from.
type Case struct {
	Items        []Item
	Profession   string
	Products     map[uuid.UUID]Product // by item
	AllergyState string                // not_asked, none_known or listed
	Allergies    []AllergyFact
	Courses      []Course // in force
	Weight       string   // last one, as it is printed; empty where nobody knows
}

// Product is what the catalog knows of an item.
type Product struct {
	Known       bool
	Withdrawn   bool
	Fraction    string // I to VI, empty where nobody knows
	Antibiotic  bool
	Version     string
	Ingredients []Ingredient
}

// Ingredient is one substance of an item.
type Ingredient struct {
	Name string // folded
	ATC  []string
}

// Judge gives the alerts of a prescription, the worst first, each with the
// reason that was given for it.
func Judge(c Case, reasons []Acknowledgement) []Alert {
	alerts := append(professionAlerts(c), allergyStateAlerts(c)...)
	for i, item := range c.Items {
		alerts = append(alerts, itemAlerts(c, item)...)
		alerts = append(alerts, repeatAlerts(c, i)...)
	}
	for i := range alerts {
		for _, r := range reasons {
			if r.AlertID == alerts[i].ID && alerts[i].Requires == RequiresAcknowledgement {
				alerts[i].Acknowledged = &r
			}
		}
	}
	slices.SortStableFunc(alerts, func(a, b Alert) int { return cmp.Compare(a.rank(), b.rank()) })
	return alerts
}

func itemAlerts(c Case, item Item) []Alert {
	product := c.Products[item.ID]
	var alerts []Alert
	alerts = append(alerts, allergyAlerts(c, item, product)...)
	alerts = append(alerts, courseAlerts(c, item, product)...)
	alerts = append(alerts, lawAlerts(c, item, product)...)
	alerts = append(alerts, catalogAlerts(item, product)...)
	alerts = append(alerts, incompleteAlerts(item)...)
	return append(alerts, weightAlerts(c, item)...)
}

// rank orders alerts: open ones before answered ones, serious before slight.
func (a Alert) rank() int {
	rank := map[Severity]int{High: 0, Medium: 1, Info: 2}[a.Severity]
	if !a.Open() {
		rank += 3
	}
	return rank
}

// given keeps the reasons that answer an alert of now, and of a reason that was
// there before who gave it and when.
func given(alerts []Alert, before, now []Acknowledgement, by uuid.UUID, at time.Time) []Acknowledgement {
	var kept []Acknowledgement
	for _, r := range now {
		r.At, r.By = at, by
		for _, old := range before {
			if old.AlertID == r.AlertID && old.Reason == r.Reason {
				r = old
			}
		}
		answers := func(a Alert) bool { return a.ID == r.AlertID && a.Requires == RequiresAcknowledgement }
		if slices.ContainsFunc(alerts, answers) {
			kept = append(kept, r)
		}
	}
	return kept
}
