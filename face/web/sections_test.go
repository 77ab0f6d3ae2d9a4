package web

import (
	"testing"

	"anlan/app"
)

func TestEveryKindStandsInOneSection(t *testing.T) {
	t.Parallel()
	in := map[string]int{}
	for _, s := range sections {
		for _, k := range s.Kinds {
			in[k]++
		}
	}
	for _, k := range app.Kinds() {
		if in[k.Code()] != 1 {
			t.Errorf("%s stands in %d sections", k.Code(), in[k.Code()])
		}
		delete(in, k.Code())
	}
	for k := range in {
		t.Errorf("%s is no kind", k)
	}
}
