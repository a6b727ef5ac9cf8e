package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Tables without a clinic, each with its reason.
var shared = map[string]string{
	"clinics":               "directory of clinics, no personal data",
	"users":                 "people over all clinics; sealed",
	"sign_in_failures":      "counts by keyed hash before anybody is known",
	"account_tokens":        "links by mail of people, over all clinics; hashes",
	"recovery_requests":     "who asked for a link before anybody is known; keyed hashes",
	"known_devices":         "browsers of people by keyed hash, before anybody is known",
	"user_pins":             "PINs of people, by keyed hash",
	"totp_factors":          "second factors of people, over all clinics; sealed",
	"totp_setups":           "second factors of people, not confirmed yet; sealed",
	"recovery_codes":        "second factors of people; hashes",
	"passkeys":              "second factors of people; sealed",
	"passkey_challenges":    "asked before anybody is known; sealed",
	"trusted_devices":       "browsers that people have remembered; sealed",
	"factor_removals":       "notices that a person's second factor goes; hashes",
	"schema_info":           "name of the walled role",
	"master_keys":           "ids of the installation's master keys, no key",
	"key_holders":           "which process has which master key, by ids",
	"go_live_confirmations": "what the operator confirmed of the installation; sealed",
	"backup_runs":           "when the installation was copied; times, sizes and codes",
	"goose_db_version":      "the migrations' own table",
	"catalog_versions":      "public catalogs", "catalog_words": "public catalogs", "diagnoses": "public catalogs",
	"diagnosis_synonyms": "public catalogs", "medications": "public catalogs", "studies": "public catalogs",
	"states": "public catalogs", "countries": "public catalogs", "specialties": "public catalogs",
}

// Tables whose rows the holder of a secret finds before the clinic is known.
var foundByToken = map[string]bool{"sessions": true, "consent_requests": true, "message_handles": true, "verification_codes": true, "invitations": true}

// Every table of a clinic is walled, forced and keyed by the clinic, so that a
// row cannot be seen from, or refer to, another clinic; the same keys satisfy
// distribution by clinic_id.
func TestEveryTableStandsBehindItsWall(t *testing.T) {
	t.Parallel()
	b := setup(t)
	rows, err := b.admin.Query(t.Context(), `
		select c.relname, c.relrowsecurity, c.relforcerowsecurity,
			exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'clinic_id' and not a.attisdropped),
			exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'holder'),
			coalesce((select a.attname from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
				where i.indrelid = c.oid and i.indisprimary), '')
		from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`)
	require.NoError(t, err)
	defer rows.Close()
	seen := 0
	for rows.Next() {
		var name, first string
		var on, forced, tenant, holder bool
		require.NoError(t, rows.Scan(&name, &on, &forced, &tenant, &holder, &first))
		if _, ok := shared[name]; ok {
			require.False(t, tenant, "%s has a clinic and no wall", name)
			continue
		}
		seen++
		require.True(t, tenant, "%s has no clinic_id", name)
		require.True(t, on && forced, "%s is not walled", name)
		require.Equal(t, "clinic_id", first, "the primary key of %s must start with the clinic", name)
		require.Equal(t, foundByToken[name], holder, "found by token: %s", name)
	}
	require.Greater(t, seen, 8)
}

// Unique constraints and foreign keys of walled tables carry the clinic.
func TestConstraintsCarryTheClinic(t *testing.T) {
	t.Parallel()
	b := setup(t)
	rows, err := b.admin.Query(t.Context(), `
		select c.relname, k.conname, k.contype::text,
			(select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = k.conkey[1]), coalesce(f.relname, '')
		from pg_constraint k join pg_class c on c.oid = k.conrelid left join pg_class f on f.oid = k.confrelid
		where k.contype in ('u', 'p', 'f', 'x') and c.relnamespace = 'public'::regnamespace and c.relrowsecurity
		and k.conparentid = 0`)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var table, name, kind, first, target string
		require.NoError(t, rows.Scan(&table, &name, &kind, &first, &target))
		if _, ok := shared[target]; ok && kind == "f" {
			continue
		}
		require.Equal(t, "clinic_id", first, "%s of %s must start with the clinic", name, table)
	}
}
