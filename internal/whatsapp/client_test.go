package whatsapp_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

const token = "EAAsecretToken"

// graph starts the fake Graph API on a real socket, and a client for it.
func graph(t *testing.T, options whatsapptest.Options) (*whatsapptest.Server, *whatsapp.Client) {
	t.Helper()
	options.AppSecret, options.Token = "app-secret", token
	server, err := whatsapptest.New(options)
	if err != nil {
		t.Fatal(err)
	}
	listener := httptest.NewServer(server)
	t.Cleanup(listener.Close)
	t.Cleanup(server.Close) // before the listener, so that nothing hangs
	return server, clientFor(t, listener.URL, 0)
}

func clientFor(t *testing.T, base string, timeout time.Duration) *whatsapp.Client {
	t.Helper()
	client, err := whatsapp.New(whatsapp.Config{BaseURL: base, PhoneNumberID: "100000000000001", Token: token, Timeout: timeout})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func consent() whatsapp.TemplateMessage {
	return whatsapp.TemplateMessage{
		To: "+525555550163", Template: whatsapp.ConsentTemplate, Language: whatsapp.SpanishMexico,
		Params:        []string{"Dra. Sofía Núñez\nAlcaraz", "https://historias.example/privacy-notice/clinica-jacarandas"},
		ButtonPayload: "consent:9yQ2kXwZ", CallbackData: "outbox-1",
	}
}

// sendError unwraps an error of the client and makes sure that it tells no secret.
func sendError(t *testing.T, err error) *whatsapp.SendError {
	t.Helper()
	var failure *whatsapp.SendError
	if !errors.As(err, &failure) {
		t.Fatalf("not a SendError: %v", err)
	}
	for _, secret := range []string{token, "5555550163", "Sofía", "9yQ2kXwZ", "jacarandas"} {
		if strings.Contains(failure.Error(), secret) {
			t.Errorf("%q is in %q", secret, failure)
		}
	}
	return failure
}

func TestSendingTheConsentNotice(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{UserIDs: true})
	result, err := client.SendTemplate(context.Background(), consent())
	if err != nil {
		t.Fatal(err)
	}
	if result.Input != "+525555550163" || result.WAID != "5215555550163" || result.Status != "accepted" {
		t.Errorf("%+v", result)
	}
	if !strings.HasPrefix(result.MessageID, "wamid.") || !whatsapp.IsUserID(result.UserID) {
		t.Errorf("%+v", result)
	}
	seen := server.Messages()
	if len(seen) != 1 || seen[0].ID != result.MessageID || !strings.HasPrefix(seen[0].Text, "AVISO DE PRIVACIDAD - Dra. Sofía Núñez Alcaraz\n") {
		t.Errorf("the person sees %+v", seen)
	}
}

func TestSendingToAPersonKnownByIDOnly(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{UserIDs: true})
	first, err := client.SendTemplate(context.Background(), consent())
	if err != nil {
		t.Fatal(err)
	}
	again := consent()
	again.To, again.UserID = "", first.UserID
	result, err := client.SendTemplate(context.Background(), again)
	if err != nil || result.WAID != "" || result.UserID != first.UserID {
		t.Errorf("%+v, %v", result, err)
	}
	if phones := server.Phones(); len(phones) != 1 || len(phones[0].Messages) != 2 {
		t.Errorf("the message went elsewhere: %+v", phones)
	}
}

func TestFreeTextNeedsTheWindow(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{})
	thanks := whatsapp.TextMessage{To: "+525555550163", Body: "Gracias.\nSu aceptación quedó registrada.", CallbackData: "outbox-2"}
	_, err := client.SendText(context.Background(), thanks)
	if failure := sendError(t, err); failure.Code != 131047 || failure.Class != whatsapp.ClassPermanent {
		t.Errorf("outside the window: %v", err)
	}
	server.Write(context.Background(), "+525555550163", "Hola")
	if _, err := client.SendText(context.Background(), thanks); err != nil {
		t.Errorf("inside the window: %v", err)
	}
}

func TestMessagesThatAreNeverSent(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{})
	message := consent()
	message.To = "5555550163"
	_, err := client.SendTemplate(context.Background(), message)
	if failure := sendError(t, err); failure.Class != whatsapp.ClassBug || !errors.Is(err, whatsapp.ErrRecipient) {
		t.Errorf("%v", err)
	}
	if _, err := client.SendText(context.Background(), whatsapp.TextMessage{To: "+525555550163"}); !errors.Is(err, whatsapp.ErrEmpty) {
		t.Errorf("%v", err)
	}
	if entries := server.Entries(); len(entries) != 0 {
		t.Errorf("Meta heard of it: %+v", entries)
	}
}

func TestEveryRefusalReachesTheCaller(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{})
	for _, tt := range []struct {
		failure whatsapptest.Failure
		class   whatsapp.Class
		code    int
		status  int
	}{
		{whatsapptest.WithCode(130429).After(30), whatsapp.ClassRetry, 130429, 400},
		{whatsapptest.WithCode(131056), whatsapp.ClassRetryPair, 131056, 400},
		{whatsapptest.WithCode(132015), whatsapp.ClassHoldTemplate, 132015, 400},
		{whatsapptest.WithCode(190), whatsapp.ClassAccountStop, 190, 401},
		{whatsapptest.WithCode(131031), whatsapp.ClassAccountStop, 131031, 403},
		{whatsapptest.WithCode(200), whatsapp.ClassAccountStop, 200, 403},
		{whatsapptest.WithCode(131026), whatsapp.ClassUndeliverable, 131026, 400},
		{whatsapptest.WithCode(131021), whatsapp.ClassPermanent, 131021, 400},
		{whatsapptest.WithCode(131030), whatsapp.ClassConfig, 131030, 400},
		{whatsapptest.WithCode(132000), whatsapp.ClassBug, 132000, 400},
		{whatsapptest.WithCode(131016), whatsapp.ClassRetry, 131016, 500},
		{whatsapptest.WithCode(133004), whatsapp.ClassRetry, 133004, 503},
		{whatsapptest.WithAnswer(500, "<html><body>Sorry, something went wrong.</body></html>"), whatsapp.ClassRetry, 0, 500},
		{whatsapptest.WithAnswer(429, "").After(7), whatsapp.ClassRetry, 0, 429},
		{whatsapptest.WithAnswer(504, ""), whatsapp.ClassUnknownOutcome, 0, 504},
		{whatsapptest.WithAnswer(200, ""), whatsapp.ClassUnknownOutcome, 0, 200},
		{whatsapptest.WithAnswer(200, "<html>"), whatsapp.ClassUnknownOutcome, 0, 200},
		{whatsapptest.WithAnswer(200, `{"messages":[]}`), whatsapp.ClassUnknownOutcome, 0, 200},
	} {
		server.FailNext(tt.failure)
		_, err := client.SendTemplate(context.Background(), consent())
		got := sendError(t, err)
		if got.Class != tt.class || got.Code != tt.code || got.HTTPStatus != tt.status {
			t.Errorf("%+v: %+v", tt, got)
		}
		if _, again := got.Wait(1); again != tt.class.Retryable() {
			t.Errorf("%+v: retried %v", tt, again)
		}
	}
	if _, err := client.SendTemplate(context.Background(), consent()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestMetaAsksForAWait(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{})
	server.FailNext(whatsapptest.WithAnswer(429, "").After(3600))
	_, err := client.SendTemplate(context.Background(), consent())
	if wait, again := sendError(t, err).Wait(1); !again || wait != time.Hour {
		t.Errorf("waits %s, %v", wait, again)
	}
}

// TestALostAnswerIsSettledByItsStatus is the reason for the callback data: the message was sent, nobody told us, and the
// status that follows says which one it was.
func TestALostAnswerIsSettledByItsStatus(t *testing.T) {
	var delivered [][]byte
	server, client := graph(t, whatsapptest.Options{Sink: func(_ context.Context, d whatsapptest.Delivery) (int, error) {
		delivered = append(delivered, d.Body)
		return http.StatusOK, nil
	}})
	server.FailNext(whatsapptest.DroppedSent())
	_, err := client.SendTemplate(context.Background(), consent())
	if failure := sendError(t, err); failure.Class != whatsapp.ClassUnknownOutcome || failure.Class.Retryable() {
		t.Fatalf("%v", err)
	}
	sent := server.Messages()
	if len(sent) != 1 {
		t.Fatalf("%d messages", len(sent))
	}
	if _, err := server.Status(context.Background(), sent[0].ID, "sent"); err != nil {
		t.Fatal(err)
	}
	batch, err := whatsapp.Decode(delivered[0])
	if err != nil || batch.Statuses[0].CallbackData != "outbox-1" || batch.Statuses[0].MessageID != sent[0].ID {
		t.Errorf("%+v, %v", batch.Statuses, err)
	}
}

func TestAConnectionThatClosesIsAnUnknownOutcome(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{})
	if _, err := client.SendTemplate(context.Background(), consent()); err != nil { // leaves a connection open
		t.Fatal(err)
	}
	server.FailNext(whatsapptest.DroppedUnsent())
	_, err := client.SendTemplate(context.Background(), consent())
	if failure := sendError(t, err); failure.Class != whatsapp.ClassUnknownOutcome {
		t.Errorf("%v", err)
	}
	if requests := len(server.Entries()); requests != 2 || len(server.Messages()) != 1 {
		t.Errorf("%d requests: it was sent again blindly", requests)
	}
}

func TestAnAnswerThatDoesNotComeIsAnUnknownOutcome(t *testing.T) {
	server, _ := graph(t, whatsapptest.Options{})
	listener := httptest.NewServer(server)
	defer listener.Close()
	client := clientFor(t, listener.URL, time.Second)
	server.FailNext(whatsapptest.Hanging())
	_, err := client.SendTemplate(context.Background(), consent())
	if failure := sendError(t, err); failure.Class != whatsapp.ClassUnknownOutcome {
		t.Errorf("%v", err)
	}
}

func TestACancelledCallIsAnUnknownOutcome(t *testing.T) {
	server, client := graph(t, whatsapptest.Options{})
	server.FailNext(whatsapptest.Hanging())
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for len(server.Entries()) == 0 { // until the request has arrived
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	_, err := client.SendTemplate(ctx, consent())
	if failure := sendError(t, err); failure.Class != whatsapp.ClassUnknownOutcome || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestACallThatNeverLeftMayBeRepeated(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close() // nobody listens there now
	_, err = clientFor(t, "http://"+address, 0).SendTemplate(context.Background(), consent())
	if failure := sendError(t, err); failure.Class != whatsapp.ClassRetry {
		t.Errorf("nobody listens: %v", err)
	}
	_, client := graph(t, whatsapptest.Options{})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = client.SendTemplate(ctx, consent())
	if failure := sendError(t, err); failure.Class != whatsapp.ClassRetry || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before it began: %v", err)
	}
}

func TestAnAnswerThatBreaksOff(t *testing.T) {
	for status, want := range map[int]whatsapp.Class{200: whatsapp.ClassUnknownOutcome, 500: whatsapp.ClassRetry, 401: whatsapp.ClassAccountStop} {
		listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, `{"messages":[{"id":"wam`)
		}))
		_, err := clientFor(t, listener.URL, 0).SendTemplate(context.Background(), consent())
		if failure := sendError(t, err); failure.Class != want || failure.HTTPStatus != status {
			t.Errorf("%d: %v", status, err)
		}
		listener.Close()
	}
}

func TestTheTokenDoesNotFollowARedirection(t *testing.T) {
	var headers []string
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		headers = append(headers, r.Header.Get("Authorization"))
	}))
	defer other.Close()
	listener := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	defer listener.Close()
	_, err := clientFor(t, listener.URL, 0).SendTemplate(context.Background(), consent())
	if failure := sendError(t, err); failure.Class != whatsapp.ClassConfig || len(headers) != 0 {
		t.Errorf("%v, %d calls elsewhere", err, len(headers))
	}
}

func TestOnlySafeSettingsAreTaken(t *testing.T) {
	good := whatsapp.Config{PhoneNumberID: "1", Token: token}
	for _, base := range []string{"", "https://graph.facebook.com", "https://graph.example/", "http://127.0.0.1:9", "http://localhost:9/x", "http://[::1]:9"} {
		config := good
		config.BaseURL = base
		if _, err := whatsapp.New(config); err != nil {
			t.Errorf("%q: %v", base, err)
		}
	}
	bad := map[string]whatsapp.Config{
		"plain http":     {BaseURL: "http://graph.facebook.com", PhoneNumberID: "1", Token: token},
		"looks local":    {BaseURL: "http://localhost.evil.example", PhoneNumberID: "1", Token: token},
		"private":        {BaseURL: "http://192.168.1.5", PhoneNumberID: "1", Token: token},
		"no scheme":      {BaseURL: "graph.facebook.com", PhoneNumberID: "1", Token: token},
		"ftp":            {BaseURL: "ftp://127.0.0.1", PhoneNumberID: "1", Token: token},
		"user":           {BaseURL: "https://a:b@graph.facebook.com", PhoneNumberID: "1", Token: token},
		"query":          {BaseURL: "https://graph.facebook.com?x=1", PhoneNumberID: "1", Token: token},
		"version":        {Version: "26", PhoneNumberID: "1", Token: token},
		"version path":   {Version: "v26.0/..", PhoneNumberID: "1", Token: token},
		"phone id":       {PhoneNumberID: "1/2", Token: token},
		"no phone id":    {Token: token},
		"no token":       {PhoneNumberID: "1"},
		"token in lines": {PhoneNumberID: "1", Token: token + "\r\nX: y"},
	}
	for why, config := range bad {
		_, err := whatsapp.New(config)
		if err == nil || strings.Contains(err.Error(), token) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestTheVersionAndNumberStandInThePath(t *testing.T) {
	var paths []string
	listener := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths = append(paths, r.Method+" "+r.URL.Path+" "+r.Header.Get("Content-Type"))
		_, _ = io.WriteString(w, `{"messages":[{"id":"wamid.x"}]}`)
	}))
	defer listener.Close()
	client, err := whatsapp.New(whatsapp.Config{BaseURL: listener.URL + "/", Version: "v27.0", PhoneNumberID: "77", Token: token})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.SendTemplate(context.Background(), consent()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(paths, []string{"POST /v27.0/77/messages application/json"}) {
		t.Errorf("%v", paths)
	}
}

// TestWithoutANetwork sends through the transport that the simulator uses inside the program.
func TestWithoutANetwork(t *testing.T) {
	server, err := whatsapptest.New(whatsapptest.Options{AppSecret: "app-secret"})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	config := server.Config()
	config.Timeout = time.Second
	client, err := whatsapp.New(config)
	if err != nil {
		t.Fatal(err)
	}
	if result, err := client.SendTemplate(context.Background(), consent()); err != nil || result.WAID != "5215555550163" {
		t.Errorf("%+v, %v", result, err)
	}
	for why, failure := range map[string]whatsapptest.Failure{"hangs": whatsapptest.Hanging(), "drops": whatsapptest.DroppedUnsent()} {
		server.FailNext(failure)
		_, err := client.SendTemplate(context.Background(), consent())
		if whatsapp.ClassOf(err) != whatsapp.ClassUnknownOutcome {
			t.Errorf("%s: %v", why, err)
		}
	}
}
