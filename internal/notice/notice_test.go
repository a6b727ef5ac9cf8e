package notice_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"historias/internal/actor"
	"historias/internal/config"
	"historias/internal/db"
	"historias/internal/errs"
	"historias/internal/notice"
	"historias/internal/page"
	"historias/internal/testkit"
)

type bundle struct {
	*testkit.Kit
	svc *notice.Service
	ctx context.Context
}

func setup(t *testing.T) *bundle {
	t.Helper()
	k := testkit.NewWith(t, func(c *config.Config) { c.NoticeURL = "https://historias.example/privacy-notice" })
	return &bundle{Kit: k, svc: k.Notices, ctx: k.Ready(t)}
}

func responsible() notice.Responsible {
	return notice.Responsible{
		Slug: "clinica-jacarandas", LegalName: "Clínica Jacarandas, S.C.", TradeName: "Clínica Jacarandas",
		Address:     "Calle Ficticia 48, Centro, C.P. 72000, Puebla, Puebla",
		ContactName: "Carmen Arrieta", ContactEmail: "privacidad@jacarandas.example", ContactPhone: "55 5555 0101",
	}
}

func (b *bundle) publishBase(t *testing.T, ctx context.Context) notice.Notice {
	t.Helper()
	err := b.DB.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return b.svc.PublishBase(ctx, tx, responsible())
	})
	if err != nil {
		t.Fatal(err)
	}
	n, err := b.svc.Current(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (b *bundle) admin(t *testing.T) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), b.Database.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}

// A migrated, empty database holds exactly the base notice, and anybody who can
// connect may read it: it has every element of the law and is what its hash says.
func TestBaseNotice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	conn, err := pgx.Connect(t.Context(), b.Database.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	var n, elements int
	var summary, content string
	var hash []byte
	err = conn.QueryRow(t.Context(), `select count(*) over (), jsonb_array_length(elements), summary, content, body_hash
		from privacy_notices where is_active`).Scan(&n, &elements, &summary, &content, &hash)
	if err != nil || n != 1 || elements != len(notice.Elements) {
		t.Fatalf("%d notices of %d elements, %v", n, elements, err)
	}
	if sum := sha256.Sum256([]byte(content)); !bytes.Equal(sum[:], hash) || !strings.HasPrefix(content, summary) {
		t.Fatal("the hash does not cover the content")
	}
}

// The base notice cites articles that were read in the law itself and names the
// authority that exists; the one that does not is nowhere.
func TestBaseNoticeCitesTheLawInForce(t *testing.T) {
	t.Parallel()
	n := setup(t)
	content := n.publishBase(t, n.ctx).Content
	if !strings.Contains(content, "Secretaría Anticorrupción y Buen Gobierno") || strings.Contains(content, "INAI") {
		t.Fatal("another authority")
	}
	read := map[string]bool{
		"2": true, "7": true, "8": true, "11": true, "25": true, "31": true, "32": true, "33": true,
		"34": true, "35": true, "36": true, "40": true, "43": true,
	}
	for _, m := range regexp.MustCompile(`artículos? (\d+)(?: a (\d+))?`).FindAllStringSubmatch(content, -1) {
		if !read[m[1]] || m[2] != "" && !read[m[2]] {
			t.Errorf("cites %q", m[0])
		}
	}
	if strings.Contains(content, "NOM-") || strings.Contains(content, "Reglamento") {
		t.Error("cites a text that was not read")
	}
}

// A clinic that becomes complete gets version 1 by itself, once, with nothing
// left to fill in.
func TestPublishBaseOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.publishBase(t, b.ctx)
	if first.Version != 1 || first.Status != notice.Published || !first.InForce || strings.Contains(first.Content, "{{") {
		t.Fatalf("version %d, %s", first.Version, first.Status)
	}
	for _, part := range []string{
		"Clínica Jacarandas, S.C., con domicilio en Calle Ficticia 48, Centro, C.P. 72000, Puebla, Puebla",
		"Carmen Arrieta, privacidad@jacarandas.example, 55 5555 0101",
		"https://historias.example/privacy-notice/clinica-jacarandas",
	} {
		if !strings.Contains(first.Content, part) {
			t.Errorf("lacks %q", part)
		}
	}
	if first.Responsible.DisplayName() != "Clínica Jacarandas" || !bytes.Equal(first.Hash, notice.Hash(first.Content)) {
		t.Error("who published it, or its hash, is lost")
	}
	if again := b.publishBase(t, b.ctx); again.ID != first.ID {
		t.Error("published twice")
	}
}

// Nothing is published while the clinic lacks an address or a contact.
func TestNothingIsPublishedForAnIncompleteClinic(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ctx := b.Doctor(t)
	err := b.DB.WithTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return b.svc.PublishBase(ctx, tx, notice.Responsible{LegalName: "Clínica", Missing: []string{"address"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.svc.Current(ctx); !errs.Is(err, "notice.none") {
		t.Fatalf("current: %v", err)
	}
	draft, err := b.svc.Create(ctx, notice.Drafting{Kind: notice.Integral})
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.svc.Publish(ctx, draft.ID)
	e, _ := errs.As(err)
	if e == nil || e.Code != "clinic.incomplete" || len(e.Fields) < 2 {
		t.Fatalf("publish: %v", err)
	}
}

// Publishing names every element of the law that has no words.
func TestPublishRefusesWhileAnElementIsMissing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for _, name := range notice.Elements {
		draft, err := b.svc.Create(b.ctx, notice.Drafting{Kind: notice.Integral})
		if err != nil {
			t.Fatal(err)
		}
		draft, err = b.svc.Update(b.ctx, draft.ID, 1, func() (notice.Edit, error) {
			edit := notice.Edit{Summary: draft.Summary}
			for _, part := range draft.Elements {
				if part.Element == name {
					part.Text = "  "
				}
				edit.Elements = append(edit.Elements, part)
			}
			return edit, nil
		})
		if err != nil || draft.Revision != 2 {
			t.Fatalf("update: %v", err)
		}
		_, err = b.svc.Publish(b.ctx, draft.ID)
		e, _ := errs.As(err)
		if e == nil || e.Code != "notice.incomplete" || len(e.Fields) != 1 || e.Fields[0].Field != "elements."+name {
			t.Fatalf("without %s: %v", name, err)
		}
	}
	draft, _ := b.svc.Create(b.ctx, notice.Drafting{Kind: notice.Simplified, Edit: notice.Edit{
		Summary: "{{responsable}} y {{sin_valor}}", Elements: []notice.Element{{Element: "I", Title: "Quién", Text: "x"}},
	}})
	_, err := b.svc.Publish(b.ctx, draft.ID)
	if e, _ := errs.As(err); e == nil || len(e.Fields) != 4 {
		t.Fatalf("the simplified one needs I to IV and its spaces filled: %v", err)
	}
}

// A new version takes the place of the one before, which stays readable under
// its own number and does not change, whoever tries.
func TestVersionsAreKept(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.publishBase(t, b.ctx)
	draft, err := b.svc.Create(b.ctx, notice.Drafting{Kind: notice.Integral})
	if err != nil || !strings.Contains(draft.Summary, "{{responsable}}") {
		t.Fatalf("a draft begins with the words in force: %q, %v", draft.Summary, err)
	}
	second, err := b.svc.Publish(b.ctx, draft.ID)
	if err != nil || second.Version != 2 {
		t.Fatalf("publish: %v", err)
	}
	if _, err := b.svc.Publish(b.ctx, draft.ID); !errs.Is(err, "notice.published") {
		t.Errorf("published again: %v", err)
	}
	if _, err := b.svc.Update(b.ctx, first.ID, first.Revision, nil); !errs.Is(err, "notice.published") {
		t.Errorf("a superseded one was edited: %v", err)
	}
	old, err := b.svc.Public(t.Context(), "clinica-jacarandas", 1)
	if err != nil || old.Status != notice.Superseded || old.Content != first.Content {
		t.Errorf("version 1 is not what it was: %v", err)
	}
	inForce, err := b.svc.Public(t.Context(), "clinica-jacarandas", 0)
	if err != nil || inForce.Version != 2 {
		t.Errorf("in force: %d, %v", inForce.Version, err)
	}
	list, err := b.svc.List(b.ctx, page.Request{Limit: 1})
	if err != nil || len(list.Items) != 1 || list.NextCursor == "" {
		t.Errorf("list: %v", err)
	}
	admin := b.admin(t)
	for _, sql := range []string{
		`update privacy_notices set content = 'otro' where version = 2 and clinic_id <> '00000000-0000-0000-0000-000000000000'`,
		`update privacy_notices set status = 'superseded', is_active = false, content = 'otro' where version = 2`,
		`update privacy_notices set status = 'published' where status = 'superseded'`,
		`delete from privacy_notices where status = 'superseded'`,
	} {
		if _, err := admin.Exec(t.Context(), sql); db.SQLState(err) != "HS003" {
			t.Errorf("%s: %v", sql, err)
		}
	}
}

// Another clinic's notice cannot be read, edited or published; two tabs that
// edit one draft do not overwrite each other.
func TestWallsAndVersions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	draft, err := b.svc.Create(b.ctx, notice.Drafting{Kind: notice.Integral})
	if err != nil {
		t.Fatal(err)
	}
	other := b.Ready(t)
	edit := func() (notice.Edit, error) { return notice.Edit{}, nil }
	if _, err := b.svc.Get(other, draft.ID); !errs.Is(err, "notice.not_found") {
		t.Errorf("read: %v", err)
	}
	if _, err := b.svc.Update(other, draft.ID, 1, edit); !errs.Is(err, "notice.not_found") {
		t.Errorf("update: %v", err)
	}
	if _, err := b.svc.Publish(other, draft.ID); !errs.Is(err, "notice.not_found") {
		t.Errorf("publish: %v", err)
	}
	if _, err := b.svc.Update(b.ctx, draft.ID, 7, edit); !errs.Is(err, "notice.stale") {
		t.Errorf("stale: %v", err)
	}
	if _, err := b.svc.Public(t.Context(), "plataforma", 0); !errs.Is(err, "notice.not_found") {
		t.Errorf("the platform has no page: %v", err)
	}
	_, err = b.svc.Create(b.ctx, notice.Drafting{Kind: notice.Integral, Edit: notice.Edit{Elements: []notice.Element{
		{Element: "X"}, {Element: "II", Text: strings.Repeat("a", 20001)}, {Element: "II"},
	}}})
	if e, _ := errs.As(err); e == nil || len(e.Fields) != 3 {
		t.Errorf("faults: %v", err)
	}
}

// A bare /privacy-notice means the only real clinic, or else the only one.
func TestOnlySlug(t *testing.T) {
	t.Parallel()
	k := testkit.New(t)
	admin, err := pgx.Connect(t.Context(), k.Database.AdminURL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = admin.Close(context.WithoutCancel(t.Context())) }()
	steps := []struct{ sql, want string }{
		{`select`, ""},
		{`insert into clinics (id, slug, demo) values (gen_random_uuid(), 'muestra', true)`, "muestra"},
		{`insert into clinics (id, slug) values (gen_random_uuid(), 'jacarandas')`, "jacarandas"},
		{`insert into clinics (id, slug) values (gen_random_uuid(), 'otra')`, ""},
		{`update clinics set status = 'closed' where slug = 'otra'`, "jacarandas"},
	}
	for _, step := range steps {
		if _, err := admin.Exec(t.Context(), step.sql); err != nil {
			t.Fatal(err)
		}
		if got, err := k.Notices.OnlySlug(actor.Public(t.Context(), actor.Platform)); err != nil || got != step.want {
			t.Errorf("after %s: %q, %v", step.sql, got, err)
		}
	}
}
