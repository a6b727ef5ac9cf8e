package catalog_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"historias/migrations"
)

// table reads a file of the catalogs as rows by column name, on its own, so that
// these tests do not lean on the code that loads it.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	raw, err := fs.ReadFile(migrations.Data, "data/"+name+".tsv")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\r\uFFFD\u00A0") || !strings.HasSuffix(text, "\n") {
		t.Fatalf("%s.tsv is not clean UTF-8 with LF", name)
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if !slices.IsSorted(lines[1:]) {
		t.Errorf("%s.tsv is not sorted", name)
	}
	header := strings.Split(lines[0], "\t")
	rows := make([]map[string]string, 0, len(lines)-1)
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(header) {
			t.Fatalf("%s.tsv: %q", name, line)
		}
		row := map[string]string{}
		for i, column := range header {
			row[column] = cells[i]
			if tidy := strings.Join(strings.Fields(cells[i]), " "); tidy != cells[i] {
				t.Errorf("%s.tsv: %q has loose blanks", name, cells[i])
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// declare writes versions.tsv for data, with another version for one file.
func declare(t *testing.T, data fstest.MapFS, changed, version string) []byte {
	t.Helper()
	text := "name\tversion\tsha256\n"
	for _, name := range []string{"countries", "diagnoses", "diagnosis_synonyms", "medications", "specialties", "states", "studies"} {
		v := table(t, "versions")[0]["version"]
		if name == changed {
			v = version
		}
		sum := sha256.Sum256(data["data/"+name+".tsv"].Data)
		text += fmt.Sprintf("%s\t%s\t%s\n", name, v, hex.EncodeToString(sum[:]))
	}
	return []byte(text)
}

func TestEveryFileIsTheOneItsVersionDeclares(t *testing.T) {
	t.Parallel()
	for _, v := range table(t, "versions") {
		raw, err := fs.ReadFile(migrations.Data, "data/"+v["name"]+".tsv")
		if err != nil {
			t.Error(err)
			continue
		}
		if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != v["sha256"] {
			t.Errorf("%s.tsv changed: raise its version in versions.tsv and write its checksum, %x", v["name"], sum)
		}
		if !regexp.MustCompile(`^20\d\d\.\d\d(\.\d+)?$`).MatchString(v["version"]) {
			t.Errorf("%s has version %q", v["name"], v["version"])
		}
	}
}

var (
	codeForm  = regexp.MustCompile(`^[A-Z][0-9][0-9](\.[0-9])?$`)
	bareCion  = regexp.MustCompile(`(?i)[cstx]ion\b`)
	typoForms = regexp.MustCompile(`(?i)\b(d|de de|en en|la la|el el)\b |\b(cronic|organic|medic|tubercul|sindrom|traumatic)[oa]s?\b|\([a-z]\d\d`)
)

func TestDiagnosesReadAsADoctorWritesThem(t *testing.T) {
	t.Parallel()
	rows := table(t, "diagnoses")
	if len(rows) < 13500 || len(rows) > 15500 {
		t.Errorf("%d codes, want CIE-10 whole and nothing else", len(rows))
	}
	codes := map[string]bool{}
	for _, r := range rows {
		codes[r["code"]] = true
	}
	for _, r := range rows {
		code, label := r["code"], r["label"]
		if !codeForm.MatchString(code) {
			t.Errorf("%q is no code of CIE-10", code)
		}
		if r["parent"] != "" && (!codes[r["parent"]] || !strings.HasPrefix(code, r["parent"]+".")) {
			t.Errorf("%s hangs from %q", code, r["parent"])
		}
		for _, fault := range labelFaults(label) {
			t.Errorf("%s %q %s", code, label, fault)
		}
	}
}

// labelFaults says what a reader would notice in a label.
func labelFaults(label string) (faults []string) {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(label, "([«"))
	if !unicode.IsUpper(first) {
		faults = append(faults, "does not begin with a capital")
	}
	if strings.ToUpper(label) == label {
		faults = append(faults, "is all capitals")
	}
	if bareCion.MatchString(label) {
		faults = append(faults, "has a word that lost its accent")
	}
	if typoForms.MatchString(label) {
		faults = append(faults, "has a broken word")
	}
	if strings.ContainsAny(label, "ÃÂ\uFFFD\"") || strings.ContainsAny(label[len(label)-1:], ",:;-") {
		faults = append(faults, "has characters that do not belong there")
	}
	for open, closing := range map[string]string{"(": ")", "[": "]", "«": "»"} {
		if strings.Count(label, open) != strings.Count(label, closing) {
			faults = append(faults, "has a bracket without its other half")
		}
	}
	return faults
}

func TestKnownDiagnosesAreExact(t *testing.T) {
	t.Parallel()
	labels := map[string]string{}
	for _, r := range table(t, "diagnoses") {
		labels[r["code"]] = r["label"]
	}
	for code, want := range map[string]string{
		"A09":   "Diarrea y gastroenteritis de presunto origen infeccioso",
		"A15.0": "Tuberculosis del pulmón, confirmada por hallazgo microscópico del bacilo tuberculoso en esputo, con o sin cultivo",
		"A81.0": "Enfermedad de Creutzfeldt-Jakob",
		"B24":   "Enfermedad por virus de la inmunodeficiencia humana (VIH), sin otra especificación",
		"C50.9": "Tumor maligno de la mama, parte no especificada",
		"D55.0": "Anemia debida a deficiencia de glucosa-6-fosfato deshidrogenasa [G6FD]",
		"E11.9": "Diabetes mellitus no insulinodependiente, sin mención de complicación",
		"E78.2": "Hiperlipidemia mixta",
		"F32.9": "Episodio depresivo, no especificado",
		"G20":   "Enfermedad de Parkinson",
		"G61.0": "Síndrome de Guillain-Barré",
		"I10":   "Hipertensión esencial (primaria)",
		"I50.9": "Insuficiencia cardíaca, no especificada",
		"J00":   "Rinofaringitis aguda",
		"J44.9": "Enfermedad pulmonar obstructiva crónica, no especificada",
		"K50.9": "Enfermedad de Crohn, no especificada",
		"M35.0": "Síndrome seco [Sjögren]",
		"N39.0": "Infección de vías urinarias, sitio no especificado",
		"O15.0": "Eclampsia en el embarazo",
		"Q90.9": "Síndrome de Down, no especificado",
		"U07.1": "COVID-19, virus identificado",
		"W54.0": "Mordedura o ataque de perro: vivienda",
		"Z00.1": "Control de salud de rutina del niño",
	} {
		if labels[code] != want {
			t.Errorf("%s is %q, want %q", code, labels[code], want)
		}
	}
	for _, code := range []string{"I10X", "I10.X", "|I1", "XXII"} {
		if _, there := labels[code]; there {
			t.Errorf("%s is there and is no code", code)
		}
	}
}

func TestSexLimitsBelongToOneSexByDefinition(t *testing.T) {
	t.Parallel()
	for _, r := range table(t, "diagnoses") {
		code, sex := r["code"], r["sex"]
		switch {
		case strings.HasPrefix(code, "O") && sex != "M", strings.HasPrefix(code, "C61") && sex != "H",
			strings.HasPrefix(code, "N40") && sex != "H", strings.HasPrefix(code, "C50") && sex != "":
			t.Errorf("%s has sex %q", code, sex)
		}
	}
}

func TestWhatPeopleSayLeadsToADiagnosis(t *testing.T) {
	t.Parallel()
	codes := map[string]bool{}
	for _, r := range table(t, "diagnoses") {
		codes[r["code"]] = true
	}
	rows := table(t, "diagnosis_synonyms")
	if len(rows) < 120 {
		t.Errorf("%d expressions", len(rows))
	}
	for _, r := range rows {
		if !codes[r["code"]] {
			t.Errorf("%q leads to %s, which does not exist", r["expression"], r["code"])
		}
	}
}

var atcForm = regexp.MustCompile(`^([A-Z]\d\d[A-Z]{2}(\d\d)?)?$`)

func TestMedicationsAreWholeProducts(t *testing.T) {
	t.Parallel()
	rows := table(t, "medications")
	if len(rows) < 600 {
		t.Errorf("%d products, want at least 600", len(rows))
	}
	seen := map[string]bool{}
	for _, r := range rows {
		name := strings.Join([]string{r["generic_name"], r["form"], r["concentration"], r["route"]}, ", ")
		id, err := uuid.Parse(r["id"])
		if err != nil || id.Version() != 5 || seen[r["id"]] {
			t.Errorf("%s: id %q is not its own", name, r["id"])
		}
		seen[r["id"]] = true
		if r["form"] == "" || r["route"] == "" || r["concentration"] == "" || !atcForm.MatchString(r["atc"]) {
			t.Errorf("%s is not whole: %v", name, r)
		}
		if strings.HasPrefix(r["atc"], "J01") && r["antibiotic"] != "true" {
			t.Errorf("%s is an antibacterial and is not marked", name)
		}
	}
}

// The list is that of articles 234 and 245 of the Ley General de Salud: I are the
// narcotics and the psychotropics of 245-II, II those of 245-III, III of 245-IV.
func TestControlledSubstancesHaveTheirFraction(t *testing.T) {
	t.Parallel()
	listed := map[string]string{
		"I": "morfina oxicodona hidromorfona fentanilo sufentanilo remifentanilo metadona petidina buprenorfina nalbufina butorfanol tapentadol metilfenidato",
		"II": "alprazolam bromazepam clobazam clonazepam clorazepato diazepam flunitrazepam lorazepam midazolam triazolam zopiclona clozapina " +
			"risperidona ketamina anfepramona clobenzorex fentermina carisoprodol trihexifenidilo",
		"III": "amitriptilina biperideno buspirona carbamazepina clomipramina clorpromazina fenobarbital haloperidol hidroxicina imipramina " +
			"levodopa/carbidopa nortriptilina perfenazina sertralina sulpirida tramadol paracetamol/tramadol trazodona valproato valproico litio flumazenil naloxona",
	}
	fraction := map[string]string{}
	for f, substances := range listed {
		for _, s := range strings.Fields(substances) {
			fraction[s] = f
		}
	}
	found := map[string]bool{}
	for _, r := range table(t, "medications") {
		want := ""
		for _, word := range strings.Fields(strings.ToLower(r["generic_name"])) {
			if f, ok := fraction[word]; ok {
				want, found[word] = f, true
			}
		}
		controlled := slices.Contains([]string{"I", "II", "III"}, r["fraction"])
		if (want != "" || controlled) && r["fraction"] != want {
			t.Errorf("%s %s has fraction %s, want %q", r["generic_name"], r["form"], r["fraction"], want)
		}
	}
	for s := range fraction {
		if !found[s] {
			t.Errorf("no product of %s", s)
		}
	}
}

func TestStudiesStatesCountriesAndSpecialties(t *testing.T) {
	t.Parallel()
	unique := func(name, column string, least int) {
		seen := map[string]bool{}
		for _, r := range table(t, name) {
			if r[column] == "" || seen[r[column]] {
				t.Errorf("%s: %s %q is empty or there twice", name, column, r[column])
			}
			seen[r[column]] = true
		}
		if len(seen) < least {
			t.Errorf("%s has %d rows, want at least %d", name, len(seen), least)
		}
	}
	unique("studies", "code", 500)
	unique("studies", "name", 500)
	unique("states", "curp_code", 32)
	unique("countries", "name", 249)
	unique("specialties", "name", 90)
	for i, r := range table(t, "states") {
		if want := fmt.Sprintf("%02d", i+1); r["code"] != want {
			t.Errorf("state %s, want %s", r["code"], want)
		}
	}
}
