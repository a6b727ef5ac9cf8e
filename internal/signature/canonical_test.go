package signature_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"historias/internal/signature"
)

// The same document has one form, in whatever order its keys came, and every text
// is in it as it was written.
func TestOneDocumentHasOneForm(t *testing.T) {
	t.Parallel()
	for form, inputs := range map[string][]string{
		`{"a":1.50,"b":{"c":[null,true,"x"],"d":""}}`: {`{"b":{"d":"","c":[null,true,"x"]},"a":1.50}`, "{ \"a\" : 1.50,\n \"b\":{\"c\":[null , true,\"x\"],\"d\":\"\"}}"},
		`{"t":"<b>&ñ\u2028👩🏽‍⚕️\"\\\n"}`:              {`{"t":"\u003cb\u003e\u0026\u00f1\u2028👩🏽‍⚕️\"\\\n"}`},
		"{\"t\":\"e\u0301\"}":                         {"{\"t\":\"e\\u0301\"}"},
	} {
		for _, input := range inputs {
			got, err := signature.Canonical(json.RawMessage(input))
			require.NoError(t, err)
			require.Equal(t, form, string(got))
			again, err := signature.Canonical(json.RawMessage(got))
			require.NoError(t, err)
			require.Equal(t, got, again, "a form is its own form")
		}
	}
	composed, err := signature.Canonical("é")
	require.NoError(t, err)
	apart, err := signature.Canonical("e\u0301")
	require.NoError(t, err)
	require.NotEqual(t, signature.Hash(composed), signature.Hash(apart), "what was written is what is signed")
	_, err = signature.Canonical(func() {})
	require.Error(t, err)
}
