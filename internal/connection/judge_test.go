package connection

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"historias/internal/clock"
	"historias/internal/whatsapp"
	"historias/internal/whatsapp/whatsapptest"
)

const (
	secret   = "the-secret-of-the-app"
	token    = "the-token-of-the-system-user"
	callback = "https://api.jacarandas.example/api/webhooks/whatsapp"
)

var now = time.Date(2026, time.November, 24, 15, 0, 0, 0, time.UTC)

// account is a played account and a look at it.
type account struct {
	meta   *whatsapptest.Server
	number *Number
	probe  probe
}

func newAccount(t *testing.T) *account {
	t.Helper()
	meta, err := whatsapptest.New(whatsapptest.Options{AppSecret: secret, Token: token, Clock: clock.NewFake(now)})
	require.NoError(t, err)
	t.Cleanup(meta.Close)
	meta.Arrange(func(b *whatsapptest.Business) { b.Callback = callback })
	a := &account{meta: meta, probe: func(context.Context, string, string) error { return nil }}
	a.set(t, func(*whatsapp.ManagerConfig) {})
	return a
}

// set makes the number anew with a changed configuration.
func (a *account) set(t *testing.T, change func(*whatsapp.ManagerConfig)) {
	t.Helper()
	config := a.meta.ManagerConfig()
	config.Timeout = time.Second
	change(&config)
	manager, err := whatsapp.NewManager(config)
	require.NoError(t, err)
	a.number = &Number{
		Manager: manager, PhoneNumberID: config.PhoneNumberID, AccountID: config.AccountID, Version: config.Version,
		Callback: callback, VerifyToken: "verify", Signed: config.AppSecret != "",
	}
}

func (a *account) look(t *testing.T) []Finding {
	t.Helper()
	f := gather(t.Context(), a.number, now, a.probe)
	last := now.Add(-time.Hour)
	f.lastWebhook = &last
	found := judge(a.number, f)
	for _, one := range found {
		for _, hidden := range []string{secret, token, a.number.PhoneNumberID, "200000000000002"} {
			require.NotContains(t, one.Text+one.Advice, hidden, "%s shows what nobody may see", one.Code)
		}
		require.Equal(t, one.Level == OK, one.Advice == "", "%s: what is not well says what to do", one.Code)
	}
	return found
}

func find(t *testing.T, all []Finding, code string) Finding {
	t.Helper()
	i := slices.IndexFunc(all, func(f Finding) bool { return f.Code == code })
	require.GreaterOrEqual(t, i, 0, "%s is not among %v", code, all)
	return all[i]
}

func TestAnAccountInOrderHasNothingToMend(t *testing.T) {
	t.Parallel()
	for _, one := range newAccount(t).look(t) {
		require.Equal(t, OK, one.Level, "%s: %s", one.Code, one.Text)
	}
}

// Each thing that can be wrong at Meta is found, by its own name.
func TestWhatIsWrongAtMetaIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arrange func(*whatsapptest.Business)
		code    string
		level   Level
		says    string
	}{
		"token has ended":       {func(b *whatsapptest.Business) { b.ExpiresAt = now.Add(-time.Hour) }, "token", Fail, "venció"},
		"token ends soon":       {func(b *whatsapptest.Business) { b.ExpiresAt = now.AddDate(0, 0, 5) }, "token", Warn, "29 de noviembre de 2026"},
		"token of a person":     {func(b *whatsapptest.Business) { b.TokenKind = "USER" }, "token", Warn, "persona"},
		"right is missing":      {func(b *whatsapptest.Business) { b.Scopes = b.Scopes[:1] }, "token_rights", Fail, whatsapp.ScopeMessaging},
		"number elsewhere":      {func(b *whatsapptest.Business) { b.Elsewhere = true }, "account", Fail, "no pertenece"},
		"number not registered": {func(b *whatsapptest.Business) { b.NumberStatus = "PENDING" }, "number", Fail, "registrado"},
		"number banned":         {func(b *whatsapptest.Business) { b.NumberStatus = "BANNED" }, "number", Fail, "BANNED"},
		"name in review":        {func(b *whatsapptest.Business) { b.NameStatus = "PENDING_REVIEW" }, "name", Warn, "revisa"},
		"name declined":         {func(b *whatsapptest.Business) { b.NameStatus = "DECLINED" }, "name", Warn, "DECLINED"},
		"quality low":           {func(b *whatsapptest.Business) { b.Quality = "RED" }, "quality", Warn, "baja"},
		"business not verified": {func(b *whatsapptest.Business) { b.Verification = "not_verified" }, "verification", Warn, "verificado"},
		"account in review":     {func(b *whatsapptest.Business) { b.Review = "PENDING" }, "review", Warn, "PENDING"},
		"template missing":      {func(b *whatsapptest.Business) { b.Templates = nil }, "template", Fail, "no existe"},
		"template in review":    {func(b *whatsapptest.Business) { b.Templates[0].Status = "PENDING" }, "template", Warn, "revisión"},
		"template rejected": {func(b *whatsapptest.Business) {
			b.Templates[0].Status, b.Templates[0].Reason = "REJECTED", "INVALID_FORMAT"
		}, "template", Fail, "INVALID_FORMAT"},
		"template paused":        {func(b *whatsapptest.Business) { b.Templates[0].Status = "PAUSED" }, "template", Fail, "pausa"},
		"template disabled":      {func(b *whatsapptest.Business) { b.Templates[0].Status = "DISABLED" }, "template", Fail, "desactivada"},
		"template of a new word": {func(b *whatsapptest.Business) { b.Templates[0].Status = "LOCKED" }, "template", Fail, "LOCKED"},
		"template other text":    {func(b *whatsapptest.Business) { b.Templates[0].Template = otherText() }, "template_text", Fail, "prueba"},
		"template other button":  {func(b *whatsapptest.Business) { b.Templates[0].Template = otherButton() }, "template_text", Fail, "prueba"},
		"template marketing":     {func(b *whatsapptest.Business) { b.Templates[0].Category = "MARKETING" }, "template_category", Warn, "mercadotecnia"},
		"category announced":     {func(b *whatsapptest.Business) { b.Templates[0].Correct = "MARKETING" }, "template_category", Warn, "anunció"},
		"not subscribed":         {func(b *whatsapptest.Business) { b.Subscribed = false }, "webhook_app", Fail, "suscrita"},
		"another address":        {func(b *whatsapptest.Business) { b.Callback = "https://otra.example/x?key=1" }, "webhook_address", Fail, "https://otra.example/x."},
		"address of the account": {func(b *whatsapptest.Business) { b.Override = "https://ajena.example/" }, "webhook_address", Fail, "ajena"},
		"no messages":            {func(b *whatsapptest.Business) { b.Fields = b.Fields[1:] }, "webhook_fields", Fail, "messages"},
		"only what guides say":   {func(b *whatsapptest.Business) { b.Fields = append([]string{"messages"}, invented...) }, "webhook_fields", Warn, "message_template_status_update"},
		"clock off a little":     {func(b *whatsapptest.Business) { b.Skew = 3 * time.Minute }, "clock", Warn, "3 minutos"},
		"clock off":              {func(b *whatsapptest.Business) { b.Skew = -11 * time.Minute }, "clock", Fail, "11 minutos"},
		"another version":        {func(b *whatsapptest.Business) { b.Answers = "v27.0" }, "version", Warn, "v27.0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			a.meta.Arrange(c.arrange)
			got := find(t, a.look(t), c.code)
			require.Equal(t, c.level, got.Level, got.Text)
			require.Contains(t, got.Text, c.says)
		})
	}
}

func otherText() whatsapp.Template {
	t := whatsapp.ConsentNotice()
	t.Components = slices.Clone(t.Components)
	t.Components[0].Text = strings.Replace(t.Components[0].Text, "Atención médica", "Promociones", 1)
	return t
}

func otherButton() whatsapp.Template {
	t := whatsapp.ConsentNotice()
	t.Components = slices.Clone(t.Components)
	t.Components[1].Buttons = []whatsapp.Button{{Type: "QUICK_REPLY", Text: "Sí"}}
	return t
}

// Whatever Meta answers instead of facts is told as what it is: what the
// installation must mend, or what passes by itself.
func TestWhateverMetaAnswersIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		failure whatsapptest.Failure
		says    string
	}{
		"expired token":   {whatsapptest.WithCode(190), "venció"},
		"missing right":   {whatsapptest.WithCode(10), "permiso"},
		"another's":       {whatsapptest.WithCode(100), "no encuentra"},
		"version too old": {whatsapptest.WithCode(2635), "versión"},
		"version unknown": {whatsapptest.WithCode(2500), "versión"},
		"too many":        {whatsapptest.WithCode(80007), "esperar"},
		"500":             {whatsapptest.WithAnswer(http.StatusInternalServerError, ""), "HTTP 500"},
		"HTML":            {whatsapptest.WithAnswer(http.StatusBadGateway, "<html>"+token), "HTTP 502"},
		"HTML as success": {whatsapptest.WithAnswer(http.StatusOK, "<html>"), "HTTP 200"},
		"slow":            {whatsapptest.Hanging(), "tardó"},
		"cut off":         {whatsapptest.DroppedUnsent(), "No se alcanza"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			for _, kind := range []string{a.number.PhoneNumberID, a.number.AccountID, "debug_token", "message_templates", "subscribed_apps", "subscriptions", "phone_numbers"} {
				a.meta.FailAsking(kind, c.failure)
			}
			found := a.look(t)
			require.Equal(t, Fail, Report{Findings: found}.Worst(), "an account that cannot be seen is not in order")
			told := slices.ContainsFunc(found, func(f Finding) bool { return strings.Contains(f.Text, c.says) })
			require.True(t, told, "%v", found)
		})
	}
}

// A token that is refused is one fault, not ten.
func TestARefusedTokenIsToldOnce(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	a.set(t, func(c *whatsapp.ManagerConfig) { c.Token = "another-token" })
	said := 0
	for _, f := range a.look(t) {
		if strings.Contains(f.Text, "venció") {
			said++
		}
	}
	require.Equal(t, 1, said)
}

func TestWhatIsWrongHereIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*whatsapp.ManagerConfig)
		probe  error
		code   string
		level  Level
	}{
		"no account":        {change: func(c *whatsapp.ManagerConfig) { c.AccountID = "" }, code: "account", level: Warn},
		"no secret":         {change: func(c *whatsapp.ManagerConfig) { c.AppSecret = "" }, code: "app_secret", level: Fail},
		"another's secret":  {change: func(c *whatsapp.ManagerConfig) { c.AppSecret = "wrong" }, code: "app_secret", level: Fail},
		"nothing answers":   {probe: whatsapp.ErrCallbackOther, code: "webhook_reachable", level: Fail},
		"another's webhook": {probe: whatsapp.ErrCallbackToken, code: "webhook_reachable", level: Fail},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			if c.change != nil {
				a.set(t, c.change)
			}
			a.probe = func(context.Context, string, string) error { return c.probe }
			require.Equal(t, c.level, find(t, a.look(t), c.code).Level)
		})
	}
}

func TestAVersionThatEndsIsAnnounced(t *testing.T) {
	t.Parallel()
	for version, level := range map[string]Level{"v17.0": Fail, "v20.0": Fail, "v21.0": Warn, "v22.0": OK, "v26.0": OK, "v99.0": OK} {
		require.Equal(t, level, judgeVersion(&Number{Version: version}, facts{now: now}).Level, version)
	}
}

func TestANoticeMustSayWhatTheMessageNames(t *testing.T) {
	t.Parallel()
	require.Equal(t, Warn, compare("").Level)
	require.Equal(t, OK, compare("Usamos sus datos para su ATENCIÓN, su Expediente clínico y el seguimiento.").Level)
	partial := compare("Usamos sus datos para su atención médica.")
	require.Equal(t, Warn, partial.Level)
	require.Contains(t, partial.Text, "«Historia clínica» y «Seguimiento de tratamiento»")
}

func TestOnlyTheEndOfAnIdentifierIsShown(t *testing.T) {
	t.Parallel()
	require.Equal(t, "0001", ending("100000000000001"))
	require.Empty(t, ending("0001"))
	require.Equal(t, "IN_VALID_", metaWord("in valid!", 60))
}
