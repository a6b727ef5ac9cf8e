package main

import (
	"cmp"
	"slices"
)

// edit is text that is put in at an offset. Of two at one offset what ends there
// comes before what begins, the inner end before the outer, the outer beginning
// before the inner; order holds that.
type edit struct {
	at, order int
	text      string
}

// edits are collected from the outside in.
type edits struct {
	all   []edit
	count int
}

func (e *edits) around(begin, end int, before, after string) {
	e.count++
	if before != "" {
		e.all = append(e.all, edit{begin, e.count, before})
	}
	if after != "" {
		e.all = append(e.all, edit{end, -e.count, after})
	}
}

func (e *edits) apply(text []byte) []byte {
	slices.SortStableFunc(e.all, func(a, b edit) int { return cmp.Or(a.at-b.at, a.order-b.order) })
	var out []byte
	last := 0
	for _, one := range e.all {
		out = append(append(out, text[last:one.at]...), one.text...)
		last = one.at
	}
	return append(out, text[last:]...)
}
