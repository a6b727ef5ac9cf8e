package mail

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"

	smtp "github.com/wneessen/go-mail"
)

// Class says what follows a failed attempt.
type Class string

// The classes.
const (
	// Temporary passes by itself: the server is down, slow or says 4xx.
	Temporary Class = "temporary"
	// Refused will not pass: the server says 5xx to the address or the letter.
	Refused Class = "refused"
	// Config is the operator's to mend: no server, wrong password, no TLS.
	Config Class = "configuration"
	// Unknown may have arrived: the answer to the letter's end was lost.
	Unknown Class = "unknown"
	// Broken is a letter that cannot be written.
	Broken Class = "broken"
)

// Fault is why a letter did not leave. It repeats nothing that a server said,
// because servers repeat addresses.
type Fault struct {
	Class Class
	// Code is the server's reply (RFC 5321, 4.2), 0 without one.
	Code int
}

// Error names the class and the code.
func (f *Fault) Error() string { return fmt.Sprintf("mail: %s, code %d", f.Class, f.Code) }

// Replies that are about us and not about the recipient (RFC 4954, 6).
const (
	authRequired   = 530
	authTooWeak    = 534
	authRefused    = 535
	encryptionNeed = 538
	permanent      = 500
)

// faultOf reads what the library gives back for a letter that was not taken.
func faultOf(err error) *Fault {
	var told *smtp.SendError
	if !errors.As(err, &told) {
		return dialFault(err)
	}
	code := told.ErrorCode()
	switch {
	case aboutUs(code):
		return &Fault{Config, code}
	case told.Reason == smtp.ErrSMTPMailFrom && code >= permanent:
		return &Fault{Config, code}
	case told.Reason == smtp.ErrSMTPDataClose && code == 0:
		return &Fault{Class: Unknown}
	case code >= permanent:
		return &Fault{Refused, code}
	}
	return &Fault{Temporary, code}
}

func aboutUs(code int) bool {
	return code == authRequired || code == authTooWeak || code == authRefused || code == encryptionNeed
}

// dialFault is what went wrong before there was a letter: connecting,
// encrypting, signing in. What the network does passes; what the server says
// about us, a certificate that does not prove it, or no encryption does not.
func dialFault(err error) *Fault {
	var reply *textproto.Error
	if errors.As(err, &reply) {
		if reply.Code >= permanent {
			return &Fault{Config, reply.Code}
		}
		return &Fault{Temporary, reply.Code}
	}
	var name *net.DNSError
	if errors.As(err, &name) && name.IsNotFound {
		return &Fault{Class: Config}
	}
	var network net.Error
	if errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &Fault{Class: Temporary}
	}
	return &Fault{Class: Config}
}
