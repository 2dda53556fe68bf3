package corpus

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"kehoach/plan"
	"kehoach/review"
)

// carded keeps of a plan what Cards promises.
func carded(p *plan.Plan) *plan.Plan {
	out := &plan.Plan{Schema: p.Schema, ID: p.ID, Source: plan.Source{Path: p.Source.Path}, Number: p.Number, Type: p.Type, Issuer: p.Issuer,
		Province: p.Province, Issued: p.Issued, Title: p.Title, Corrections: p.Corrections, Text: p.Text}
	for i, s := range p.Sections {
		out.Sections = append(out.Sections, plan.Section{ID: i, Level: s.Level, Path: append([]string{}, s.Path...), Kind: s.Kind, Heading: s.Heading, Span: s.Span})
	}
	return out
}

// TestCards holds that cards say what the plans say: of plans with nothing, with many sections, and with a text that takes several
// blocks of a frame; as people corrected them.
func TestCards(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	rng := rand.New(rand.NewPCG(1, 2))
	long, many := full(), full()
	var words strings.Builder
	for words.Len() < 700_000 {
		fmt.Fprintf(&words, "%x kế hoạch %d; ", rng.Uint64(), rng.IntN(1000))
	}
	many.Sections = nil
	for i := range 300 {
		s := plan.Section{ID: i, Level: 1 + i%3, Kind: plan.Kinds[i%len(plan.Kinds)], Heading: strings.Repeat("Mục ", i%5), Span: plan.Span{Start: i, End: 2*i + 1}}
		for range s.Level {
			s.Path = append(s.Path, fmt.Sprint(rng.IntN(20)))
		}
		many.Sections = append(many.Sections, s)
	}
	docs := []Doc{doc(t, "/empty.txt", "", new(plan.Plan)), doc(t, "/long.txt", words.String(), long), doc(t, "/many.txt", strings.Repeat("đường ", 200), many),
		doc(t, "/one.txt", "one", full()), doc(t, "/two.txt", "two", full())}
	put(t, c, r, docs...)
	ids := []string{"0123456789abcdef"}
	for _, d := range docs {
		ids = append(ids, d.Plan.ID)
	}
	check := func() {
		t.Helper()
		cards, err := c.Cards(ids)
		if err != nil || len(cards) != len(ids) || cards[0] != nil {
			t.Fatalf("%d cards, the first %v, %v", len(cards), cards[0], err)
		}
		for i, id := range ids[1:] {
			p, err := c.Plan(id)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := carded(cards[i+1]), carded(p); !reflect.DeepEqual(got, want) {
				t.Errorf("%s:\n%+v\nwant\n%+v", p.Source.Path, got, want)
			}
			if raw := docs[i].Plan; p.Text != raw.Text || len(p.Assignments) != len(raw.Assignments) {
				t.Errorf("%s is not kept whole", p.Source.Path)
			}
		}
	}
	check()
	if _, err := c.Correct([]review.Correction{entry(t, c, ids[4], "number", "116/KH-UBND")}); err != nil {
		t.Fatal(err)
	}
	check()
	if cards, err := c.Cards(ids[4:]); err != nil || cards[0].Number != "116/KH-UBND" || cards[1].Number != "115/KH-UBND" {
		t.Errorf("corrected: %+v, %v", cards, err)
	}
	if cards, err := c.Cards(nil); len(cards) != 0 || err != nil {
		t.Errorf("of no ids: %v, %v", cards, err)
	}
}

// TestDamagedBody holds that a body with a wrong byte, or cut short, is refused, or says what it said.
func TestDamagedBody(t *testing.T) {
	p := full()
	p.Text = strings.Repeat("Sở Tài chính cấp kinh phí cho công tác thông tin, tuyên truyền. ", 20)
	body, err := encode(p)
	if err != nil {
		t.Fatal(err)
	}
	sound, err := decodeCard(body)
	if err != nil {
		t.Fatal(err)
	}
	l, _, frame, _ := open(body)
	for at := range len(body) - len(frame) + l.first {
		for _, bit := range []byte{1, 16, 128} {
			bad := append([]byte{}, body...)
			bad[at] ^= bit
			if got, err := decodeCard(bad); err == nil && !reflect.DeepEqual(got, sound) {
				t.Errorf("byte %d: %+v", at, got)
			}
			if got, err := decode(bad); err == nil && got.Text != p.Text {
				t.Errorf("byte %d: %.40s…", at, got.Text)
			}
		}
	}
	for n := range len(body) {
		if _, err := decode(body[:n]); err == nil {
			t.Errorf("%d bytes of it are a plan", n)
		}
		if got, err := decodeCard(body[:n]); err == nil && !reflect.DeepEqual(got, sound) {
			t.Errorf("%d bytes of it: %+v", n, got)
		}
	}
}
