package notice_test

import (
	"reflect"
	"testing"

	"historias/internal/notice"
)

// The markup is read as it is written; what is not markup is text.
func TestSections(t *testing.T) {
	t.Parallel()
	got := notice.Sections("Uno\nsigue **fuerte** y **suelto\n\n> Aparte\n\n## Título\n\n### Lista\n- a\n- **b**\n\n<b>no</b>")
	text := func(s string) notice.Line { return notice.Line{{Text: s}} }
	want := []notice.Section{
		{Blocks: []notice.Block{
			{Kind: notice.Paragraph, Lines: []notice.Line{{
				{Text: "Uno"}, {Text: " "}, {Text: "sigue "}, {Text: "fuerte", Strong: true}, {Text: " y **suelto"},
			}}},
			{Kind: notice.Callout, Lines: []notice.Line{text("Aparte")}},
		}},
		{Title: "Título", Blocks: []notice.Block{
			{Kind: notice.Heading, Lines: []notice.Line{text("Lista")}},
			{Kind: notice.List, Lines: []notice.Line{text("a"), {{Text: "b", Strong: true}}}},
			{Kind: notice.Paragraph, Lines: []notice.Line{text("<b>no</b>")}},
		}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v", got)
	}
}
