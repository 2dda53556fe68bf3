package normalize

import (
	"os"
	"strings"
	"testing"

	"kehoach/internal/tsv"
)

func TestToneVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/tones.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows := tsv.MustParse("tones.tsv", string(text), "input", "old", "new", "key").Rows
	if len(rows) != 102 {
		t.Errorf("%d rows, want 102", len(rows))
	}
	for _, row := range rows {
		in, old, fresh, key := row[0], row[1], row[2], row[3]
		if got := Place(in, Old); got != old {
			t.Errorf("Place(%s, Old) = %s, want %s", in, got, old)
		}
		if got := Place(in, New); got != fresh {
			t.Errorf("Place(%s, New) = %s, want %s", in, got, fresh)
		}
		if got := Place(strings.ToUpper(in), Old); got != strings.ToUpper(old) {
			t.Errorf("Place(%s, Old) = %s, want %s", strings.ToUpper(in), got, strings.ToUpper(old))
		}
		for _, s := range []string{in, old, fresh, strings.ToUpper(in)} {
			if got := Key(s); got != key {
				t.Errorf("Key(%s) = %s, want %s", s, got, key)
			}
			if !Valid(s) {
				t.Errorf("Valid(%s) = false", s)
			}
		}
	}
}

// natives gives every native syllable of the model with every tone that it takes, its mark where the style has it.
func natives(style Style) []string {
	var list []string
	rows := syllableRows()
	for _, on := range rows {
		if on[0] != "onset" {
			continue
		}
		for _, rh := range rows {
			if rh[0] == "onset" {
				continue
			}
			s := strings.TrimPrefix(on[1], "∅") + rh[1]
			for tone := uint8(0); tone < 6; tone++ {
				if w, _ := scanWord(s, 0); validPacked(w.packed, tone) {
					list = append(list, byRule(on[1], rh[1], tone, style))
				}
			}
		}
	}
	return list
}

// byRule writes a syllable by the rule as it is taught, apart from the code that is tested.
func byRule(onset, rhyme string, tone uint8, style Style) string {
	s := strings.TrimPrefix(onset, "∅") + rhyme
	r := []rune(s)
	n := len([]rune(strings.TrimPrefix(onset, "∅")))
	if onset == "g" && rhyme[0] == 'i' && len(rhyme) > 1 && strings.ContainsRune("aăâeêoôơuưy", []rune(rhyme)[1]) {
		n++
	}
	end := n
	for end < len(r) && strings.ContainsRune("aăâeêioôơuưy", r[end]) {
		end++
	}
	vowels := string(r[n:end])
	at := n
	switch marks := strings.LastIndexAny(vowels, "ăâêôơ"); {
	case marks >= 0:
		at = n + len([]rune(vowels[:marks]))
	case strings.Contains(vowels, "ư"):
		at = n + len([]rune(vowels[:strings.Index(vowels, "ư")]))
	case end-n > 1 && end < len(r):
		at = end - 1
	case end-n == 3:
		at = n + 1
	case style == New && (vowels == "oa" || vowels == "oe" || vowels == "uy"):
		at = n + 1
	}
	r[at] = withTone(r[at], tone)
	return string(r)
}

func TestPlaceKeepsNatives(t *testing.T) {
	for _, style := range []Style{Old, New} {
		list := natives(style)
		if len(list) < 10000 {
			t.Errorf("only %d syllables", len(list))
		}
		for _, s := range list {
			if got := Place(s, style); got != s {
				t.Errorf("Place(%s, %d) = %s", s, style, got)
			}
			if other := Place(Place(s, 1-style), style); other != s {
				t.Errorf("%s to the other style and back is %s", s, other)
			}
		}
	}
}

func TestPlaceIdempotent(t *testing.T) {
	for _, s := range natives(Old) {
		// The mark on each vowel in turn.
		w, _ := scanWord(s, 0)
		if w.tone == 0 {
			continue
		}
		bare := []rune(Place(s, Old))
		for i, r := range bare {
			if l := at(r); l.code != 0 {
				up := codes[l.code]
				bare[i] = up
			}
		}
		for i, r := range bare {
			if !isVowelRune(r) {
				continue
			}
			moved := append([]rune{}, bare...)
			moved[i] = withTone(r, w.tone)
			for _, style := range []Style{Old, New} {
				once := Place(string(moved), style)
				if twice := Place(once, style); twice != once {
					t.Errorf("Place(%s) = %s, then %s", string(moved), once, twice)
				}
				if Key(once) != Key(string(moved)) || Key(once) != Key(s) {
					t.Errorf("keys of %s, %s, %s: %s %s %s", s, string(moved), once, Key(s), Key(string(moved)), Key(once))
				}
			}
		}
	}
	for _, s := range []string{"", "abc", "12", "café", "hoach", "Việtnam", "số 1"} {
		if got := Place(s, New); got != s {
			t.Errorf("Place(%q) = %q: no syllable, stays", s, got)
		}
	}
}
