package accuracy

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Key is the form in which words are compared.
func Key(s string) string {
	var out []string
	for _, w := range strings.Fields(strings.ToLower(norm.NFD.String(s))) {
		var base, tones []rune
		for _, r := range w {
			switch r {
			case 0x300, 0x301, 0x303, 0x309, 0x323: // the five tone marks
				tones = append(tones, r)
			case '“', '”', '"', '\'', '‘', '’', '*':
			case '–', '—':
				base = append(base, '-')
			default:
				base = append(base, r)
			}
		}
		if word := strings.Trim(string(base), ".,;:"); word != "" || len(tones) > 0 {
			out = append(out, word+string(tones))
		}
	}
	return strings.Join(out, " ")
}

// bodyKey is the key of a body's name, with the commonest abbreviations written out and without commas.
func bodyKey(s string) string {
	return strings.TrimSpace(bodies.Replace(" " + Key(s) + " "))
}

var bodies = strings.NewReplacer(" "+Key("UBND")+" ", " "+Key("Ủy ban nhân dân")+" ", " "+Key("UBMTTQ")+" ", " "+Key("Ủy ban Mặt trận Tổ quốc")+" ",
	" & ", " "+Key("và")+" ", ",", "")

// firstWords are the first n words of a text's key.
func firstWords(s string, n int) string {
	f := strings.Fields(Key(s))
	return strings.Join(f[:min(n, len(f))], " ")
}

// opening is the first n words of a unit, bullets aside.
func opening(s string, n int) string {
	var words []string
	for _, w := range strings.Fields(Key(s)) {
		if len(words) == n {
			break
		}
		if !strings.Contains("-+•", w) {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

// lettersOf is a text's letters and digits in lower case.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(s))
}

func squash(s string) string { return strings.Join(strings.Fields(s), " ") }

// clip is the first n words of a text as they stand, for a message.
func clip(s string, n int) string {
	f := strings.Fields(s)
	return strings.Join(f[:min(n, len(f))], " ")
}
