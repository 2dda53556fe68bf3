package index

import (
	"context"
	"strings"
	"testing"
)

// A question with more words than are looked for is asked by its rarest.
func TestLighten(t *testing.T) {
	var common, rare []string
	for _, onset := range strings.Fields("b c d g h l m n r s t v") {
		common = append(common, onset+"an", onset+"oi")
		rare = append(rare, onset+"ung", onset+"eo", onset+"uc")
	}
	texts := make([]string, 26)
	for i := range texts {
		texts[i] = strings.Join(common, " ")
	}
	texts[7] += " " + strings.Join(rare[:mostAsked], " ")
	x := small(t, texts...)
	words := strings.Join(append(common[:20:20], rare[:mostAsked]...), " ")
	res, err := x.Search(context.Background(), Query{Words: words, Limit: 10})
	if err != nil || res.Records != 1 || len(res.Hits) == 0 || res.Hits[0].Plan != "h" {
		t.Errorf("%+v, %v; want the one plan with the rare words", res, err)
	}
	// A question with no more words than that is asked by all of them.
	few := strings.Join(append(common[:20:20], rare[:4]...), " ")
	if res, err = x.Search(context.Background(), Query{Words: few, Limit: 10}); err != nil || res.Records != len(texts) || res.Hits[0].Plan != "h" {
		t.Errorf("%+v, %v; of %d words none is left out", res, err, mostAsked)
	}
}
