package audit

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestTheBannerSaysWhatTheLastVerificationFound(t *testing.T) {
	w, ids := sealedWorld(t)
	v, err := w.Verification(w.ctx(), false)
	w.must(err)
	if !v.OK() || v.Running || v.Events != 10 || v.Seals == 0 || v.Checkpoint.IsZero() || v.Clinics != 1 {
		t.Errorf("verdict %+v", v)
	}
	w.attack(`delete from audit_events where id = $1`, ids[2])
	if v, err = w.Verification(w.ctx(), false); err != nil || !v.OK() {
		t.Errorf("within a minute it was verified again: %+v (%v)", v, err)
	}
	if v, err = w.Verification(w.ctx(), true); err != nil || v.OK() || v.Faults[0].EventID != ids[2] {
		t.Errorf("asked anew: %+v (%v)", v, err)
	}
	w.fake.Advance(2 * time.Minute)
	before := v.At
	if v, err = w.Verification(w.ctx(), false); err != nil || !v.At.After(before) {
		t.Errorf("two minutes later: %+v (%v)", v, err)
	}
	if n := one[int](w, `select count(*) from audit_events where action = 'audit.verified' and actor_id = $1`, w.user); n != 3 {
		t.Errorf("%d verifications are in the trail, want 3", n)
	}
	if n := one[int](w, `select count(*) from audit_events where action = 'audit.verified' and outcome = 'failure' and reason = 'event_removed'`); n != 2 {
		t.Errorf("%d failed verifications are in the trail, want 2", n)
	}
}

func TestAClinicsBannerTellsNothingOfAnothersFaults(t *testing.T) {
	w, ids := sealedWorld(t)
	other := w.addClinic("cedros")
	w.attack(`delete from audit_events where id = $1`, ids[2])
	if v, err := w.Verification(w.at(other), true); err != nil || !v.OK() {
		t.Errorf("verdict %+v (%v)", v, err)
	}
}

func TestManyWhoAskAtOnceShareOneVerification(t *testing.T) {
	w, _ := sealedWorld(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if v, err := w.Verification(w.ctx(), false); err != nil || !v.OK() || v.At.IsZero() {
				t.Errorf("verdict %+v (%v)", v, err)
			}
		})
	}
	all.Wait()
	if n := one[int](w, `select count(*) from audit_events where action = 'audit.verified'`); n != 1 {
		t.Errorf("%d verifications", n)
	}
}

func TestTheCommandSaysWhatItFound(t *testing.T) {
	w, ids := sealedWorld(t)
	var out bytes.Buffer
	if ok, err := RunVerify(t.Context(), &out, w.Trail); !ok || err != nil || !strings.Contains(out.String(), "La bitácora está íntegra.") {
		t.Errorf("%v, %v:\n%s", ok, err, out.String())
	}
	w.attack(`delete from audit_events where id = $1`, ids[2])
	out.Reset()
	ok, err := RunVerify(t.Context(), &out, w.Trail)
	if ok || err != nil || !strings.Contains(out.String(), "Falta el evento "+ids[2].String()) || !strings.Contains(out.String(), w.clinic.String()) {
		t.Errorf("%v, %v:\n%s", ok, err, out.String())
	}
}

func TestTheRecoveryCommandSaysWhatWasLost(t *testing.T) {
	w, _ := sealedWorld(t)
	restoreOlder(w)
	var out bytes.Buffer
	if err := RunRecover(t.Context(), &out, w.Trail, "Falla del disco."); err != nil || !strings.Contains(out.String(), w.clinic.String()) {
		t.Errorf("%v:\n%s", err, out.String())
	}
	out.Reset()
	if ok, err := RunVerify(t.Context(), &out, w.Trail); !ok || err != nil || !strings.Contains(out.String(), "Falla del disco.") {
		t.Errorf("%v, %v:\n%s", ok, err, out.String())
	}
}

func TestNumbersAreWrittenAsInMexico(t *testing.T) {
	for n, want := range map[int64]string{0: "0 eventos", 1: "1 evento", 999: "999 eventos", 48213: "48,213 eventos", 1204567: "1,204,567 eventos"} {
		if got := count(n, "evento", "eventos"); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

func TestEveryActAndEveryFaultHasAText(t *testing.T) {
	declared := constants(t, "actions.go", "Action")
	for _, a := range Actions() {
		if texts[a] == "" {
			t.Errorf("%s has no text", a)
		}
	}
	if len(declared) != len(Actions()) || len(texts) != len(declared) {
		t.Errorf("%d acts are declared, %d listed, %d have a text", len(declared), len(Actions()), len(texts))
	}
	seen := map[string]bool{}
	for _, kind := range constants(t, "report.go", "FaultKind") {
		text := Fault{Kind: FaultKind(kind)}.Text()
		if text == kind || seen[text] {
			t.Errorf("%s has no text of its own: %s", kind, text)
		}
		seen[text] = true
	}
}

// constants reads the values of the string constants of a type from a file.
func constants(t *testing.T, file, kind string) []string {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(tree, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := v.Type.(*ast.Ident); ok && id.Name == kind {
			for _, value := range v.Values {
				out = append(out, strings.Trim(value.(*ast.BasicLit).Value, `"`))
			}
		}
		return true
	})
	slices.Sort(out)
	return slices.Compact(out)
}
