// Package whatsapp speaks with Meta's WhatsApp Business Cloud API: it sends templates and texts, tells what its errors ask
// for, checks and decodes its webhooks, and knows the text of our templates.
//
// What shapes it, from Meta's pages of October 2026:
//
//   - A success answer means that a message was accepted, no more. What became of it arrives by webhook, in any order,
//     more than once, for up to seven days. Advance merges that.
//   - Meta knows no idempotency key. When the answer to a send is lost, the outcome is unknown, and sending again could
//     disturb a person twice: ClassUnknownOutcome is settled by the callback data that every status brings back.
//   - A Mexican number is sent to as +52 and ten digits and often comes back as 521 and ten digits. Since April 2026 it may
//     not come back at all: people are also named by a business-scoped user id (BSUID).
//   - Neither tokens nor what was written to a person ever stand in an error of this package.
package whatsapp

// DefaultBaseURL is where Meta's Graph API answers.
const DefaultBaseURL = "https://graph.facebook.com"

// DefaultVersion is the version of the Graph API this package was written against (released 29 July 2026). Meta retires
// versions after about two years, so it is configuration.
const DefaultVersion = "v26.0"
