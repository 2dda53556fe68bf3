package normalize

import (
	"strings"
	"testing"
	"unicode/utf8"
)

var fuzzSeeds = []string{
	"Kế hoạch số 115/KH-UBND", "Céng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp", "Coäng hoøa xaõ hoäi", "Káº¿ hoáº¡ch", "Co^.ng ho`a xa~ ho^.i chu?",
	"e\u0301\u0302 \u00AD\u200B\uFEFF\f\r\n", "nƣớc tiӃng ViӋt Ðiều ðược ÿѭӧc", "k\u00EA\u00B4 a`b", "T U Y Ế N  Đ Ư Ờ N G", "kếhoạch nuớc nghành",
	"một\n\n2\n\fhai\n3\fba", "\xFF\xFE\x00", "\u1FEF\u037E\u212B\u0344a\u0323\u0302", "a\u0301\u031B\u0306",
}

// FuzzText: what comes out is valid UTF-8, and Text of it is itself.
func FuzzText(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Text(s)
		if !utf8.ValidString(once) {
			t.Fatalf("Text(%q) = %q is no UTF-8", s, once)
		}
		if twice := Text(once); twice != once {
			t.Fatalf("Text(%q) = %q, then %q", s, once, twice)
		}
		decoded, _ := Decode([]byte(s), "")
		if !utf8.ValidString(decoded) {
			t.Fatalf("Decode(%q) = %q is no UTF-8", s, decoded)
		}
		if share := ValidShare(s); share < 0 || share > 1 {
			t.Fatalf("ValidShare(%q) = %v", s, share)
		}
		if utf8.RuneCountInString(Fold(once)) != utf8.RuneCountInString(once) {
			t.Fatalf("Fold(%q) has another number of runes", once)
		}
		_, _, _, _ = Key(s), Keys(s), Place(s, Old), Valid(s)
		_, _ = Typed(s)
		last := 0
		for _, span := range Sentences(once) {
			if span.Start < last || span.End <= span.Start || span.End > len(once) {
				t.Fatalf("sentence %v of %q", span, once)
			}
			last = span.End
		}
		last = 0
		for _, span := range Clauses(once) {
			if span.Start < last || span.End <= span.Start || span.End > len(once) {
				t.Fatalf("clause %v of %q", span, once)
			}
			last = span.End
		}
	})
}

// FuzzLines: the map from a paragraph to its source never falls and stays within the source, and spans of
// repairs stay within their paragraphs.
func FuzzLines(f *testing.F) {
	for _, s := range fuzzSeeds {
		f.Add(s, ".VnTime")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, s, font string) {
		lines := SplitLines(s)
		for i := range lines {
			lines[i].Font = font
		}
		paras, report := Lines(lines)
		checkSources(t, paras, report, len(s))
		page, at := 0, 0
		for i := range paras {
			p, a := paras[i].Source(0)
			if p < page || a < at {
				t.Fatalf("paragraph %d of %q begins at %d:%d, before %d:%d", i, s, p, a, page, at)
			}
			page, at = paras[i].Source(len(paras[i].Text))
		}
		one := []Para{{Text: s, Font: font}, {Text: strings.Repeat(s, 2)}}
		paras, report = Paragraphs(one)
		checkSources(t, paras[:1], Report{}, len(s))
		checkSources(t, paras[1:], Report{}, 2*len(s))
		checkSources(t, nil, report, 0, paras...)
	})
}

func checkSources(t *testing.T, paras []Para, report Report, size int, others ...Para) {
	t.Helper()
	for _, p := range paras {
		if !utf8.ValidString(p.Text) {
			t.Fatalf("%q is no UTF-8", p.Text)
		}
		lastPage, last := 0, 0
		for i := 0; i <= len(p.Text); i++ {
			page, at := p.Source(i)
			if page < lastPage || at < last || at > size {
				t.Fatalf("byte %d of %q is read at %d:%d after %d:%d, source has %d bytes", i, p.Text, page, at, lastPage, last, size)
			}
			lastPage, last = page, at
		}
	}
	if others == nil {
		others = paras
	}
	for _, r := range report.Repairs {
		if text := others[r.Para].Text; r.Span.Start < 0 || r.Span.Start > r.Span.End || r.Span.End > len(text) {
			t.Fatalf("repair %+v of %q", r, text)
		}
	}
	report.Problems("")
}
