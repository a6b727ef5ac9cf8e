package whatsapp

// The items of a delivery as they stand on the wire. Nested objects are loose: one of an unexpected kind reads as absent
// and leaves the item usable.

type wireMessage struct {
	ID         looseString `json:"id"`
	From       looseString `json:"from"`
	FromUserID looseString `json:"from_user_id"`
	Timestamp  looseTime   `json:"timestamp"`
	Type       looseString `json:"type"`
	Button     looseObject[struct {
		Payload looseString `json:"payload"`
		Text    looseString `json:"text"`
	}] `json:"button"`
	Context looseObject[struct {
		ID looseString `json:"id"`
	}] `json:"context"`
	Text looseObject[struct {
		Body looseString `json:"body"`
	}] `json:"text"`
	Interactive looseObject[struct {
		ButtonReply looseObject[wireReply] `json:"button_reply"`
		ListReply   looseObject[wireReply] `json:"list_reply"`
	}] `json:"interactive"`
	System looseObject[wireSystem]  `json:"system"`
	Errors looseObject[[]wireError] `json:"errors"`
}

type wireReply struct {
	ID    looseString `json:"id"`
	Title looseString `json:"title"`
}

type wireSystem struct {
	Type           looseString `json:"type"`
	WAID           looseString `json:"wa_id"`
	UserID         looseString `json:"user_id"`
	PreviousUserID looseString `json:"previous_user_id"`
}

type wireStatus struct {
	ID              looseString              `json:"id"`
	Status          looseString              `json:"status"`
	Timestamp       looseTime                `json:"timestamp"`
	RecipientID     looseString              `json:"recipient_id"`
	RecipientUserID looseString              `json:"recipient_user_id"`
	CallbackData    looseString              `json:"biz_opaque_callback_data"`
	Errors          looseObject[[]wireError] `json:"errors"`
	Pricing         *looseObject[struct {
		Billable looseString `json:"billable"`
		Model    looseString `json:"pricing_model"`
		Type     looseString `json:"type"`
		Category looseString `json:"category"`
	}] `json:"pricing"`
}

type wireError struct {
	Code    looseNumber `json:"code"`
	Title   looseString `json:"title"`
	Message looseString `json:"message"`
	Data    looseObject[struct {
		Details looseString `json:"details"`
	}] `json:"error_data"`
}

type wireContact struct {
	WAID    looseString `json:"wa_id"`
	UserID  looseString `json:"user_id"`
	Profile looseObject[struct {
		Name looseString `json:"name"`
	}] `json:"profile"`
}

func (w wireMessage) public(origin Origin, people contacts) Message {
	who := identify(w.From, w.FromUserID).completed(people)
	reply := w.Interactive.Value.ButtonReply.Value
	if reply.ID == "" {
		reply = w.Interactive.Value.ListReply.Value
	}
	return Message{
		Origin: origin, ID: string(w.ID), Timestamp: w.Timestamp.Time, Type: string(w.Type),
		WAID: who.waID, UserID: who.userID, ProfileName: who.profile,
		ButtonPayload: string(w.Button.Value.Payload), ButtonText: string(w.Button.Value.Text),
		ContextID: string(w.Context.Value.ID), Text: string(w.Text.Value.Body),
		ReplyID: string(reply.ID), ReplyTitle: string(reply.Title),
		System: w.System.Value.public(), Errors: publicErrors(w.Errors.Value),
	}
}

func (w wireSystem) public() SystemEvent {
	now := identify(w.WAID, w.UserID)
	return SystemEvent{
		Type: string(w.Type), WAID: now.waID, UserID: now.userID, PreviousUserID: string(w.PreviousUserID),
	}
}

func (w wireStatus) public(origin Origin, people contacts) Status {
	who := identify(w.RecipientID, w.RecipientUserID).completed(people)
	status := Status{
		Origin: origin, MessageID: string(w.ID), Status: string(w.Status), Timestamp: w.Timestamp.Time,
		WAID: who.waID, UserID: who.userID, CallbackData: string(w.CallbackData), Errors: publicErrors(w.Errors.Value),
	}
	if w.Pricing != nil {
		pricing := w.Pricing.Value
		status.Pricing = Pricing{
			true, pricing.Billable == "true", string(pricing.Model), string(pricing.Type), string(pricing.Category),
		}
	}
	return status
}

func (w wireError) public() ItemError {
	details := w.Data.Value.Details
	if details == "" {
		details = w.Message
	}
	redact := redactor("", request{})
	return ItemError{int(w.Code.value), redact(string(w.Title)), redact(string(details))}
}

func publicErrors(wire []wireError) []ItemError {
	var errs []ItemError
	for _, e := range wire {
		errs = append(errs, e.public())
	}
	return errs
}

// person is whom an item is about, as far as it says.
type person struct {
	waID, userID, profile string
}

// identify sorts names of a person by their shape: a BSUID has been seen where a number belongs.
func identify(names ...looseString) person {
	var who person
	for _, name := range names {
		switch text := string(name); {
		case text == "":
		case IsUserID(text):
			who.userID = text
		default:
			who.waID = text
		}
	}
	return who
}

type contacts []wireContact

// completed adds what the contacts of the same delivery know of a person: the one that shares a name with her or, when
// the item names nobody, the only one there is.
func (p person) completed(people contacts) person {
	for _, contact := range people {
		other := identify(contact.WAID, contact.UserID)
		same := p.waID != "" && SameWAID(p.waID, other.waID) || p.userID != "" && p.userID == other.userID
		anonymous := p.waID == "" && p.userID == "" && len(people) == 1
		if same || anonymous {
			return person{orDefault(p.waID, other.waID), orDefault(p.userID, other.userID), string(contact.Profile.Value.Name)}
		}
	}
	return p
}

// SameWAID tells whether two of WhatsApp's number names are one number: Mexican ones come with and without the old
// mobile 1.
func SameWAID(a, b string) bool { return withoutMobileOne(a) == withoutMobileOne(b) }

func withoutMobileOne(waID string) string {
	if len(waID) == len("5215500000001") && waID[:3] == "521" {
		return "52" + waID[3:]
	}
	return waID
}
