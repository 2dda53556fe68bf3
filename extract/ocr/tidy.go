package ocr

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
)

// tidy drops what is no word and mends the slips of recognition that leave no doubt.
func tidy(words []word) []word {
	for _, at := range lines(words) {
		if w := &words[at[0]]; w.text == "~" && len(at) > 1 { // a dash that is not quite straight
			w.text = "-"
		}
	}
	for i := range words {
		words[i].text = lookAlike.Replace(words[i].text)
	}
	words = slices.DeleteFunc(words, func(w word) bool { return isNoise(&w) })
	for _, at := range lines(words) {
		for k, i := range at {
			w := &words[i]
			w.text = mendCase(w.text)
			w.text = mendSyllable(w.text)
			if k > 0 {
				mendDate(normalize.Fold(words[at[k-1]].text), w)
			}
		}
	}
	for _, at := range lines(words) {
		line := make([]*word, len(at))
		for k, i := range at {
			line[k] = &words[i]
		}
		mendPhrases(line)
		mendType(line)
		mendSubject(line)
		mendTier(line)
		mendPosition(line)
	}
	return slices.DeleteFunc(words, func(w word) bool { return w.text == "" })
}

// lookAlike writes signs of other languages as those that Vietnamese has: the slash of fractions in "31⁄12", the
// Icelandic letter in "TGÐ".
var lookAlike = strings.NewReplacer("\u2044", "/", "\u00D0", "Đ", "\u00F0", "đ")

// Confidences below which a word that makes no sense is none.
const (
	noWord = 0.35
	noSign = 0.5 // of a few characters
	few    = 5
)

// isNoise reports whether a word is a speck, a stroke or a piece of a seal.
func isNoise(w *word) bool {
	if w.text == "-" || w.text == illegible || sensible(w.text) {
		return false
	}
	signs := strings.ContainsFunc(w.text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	switch {
	case !signs && strings.Trim(w.text, "-–+*•.…") != "":
		return w.conf < 0.98
	case !signs:
		return w.conf < noSign
	case utf8.RuneCountInString(w.text) <= few && !strings.ContainsAny(w.text, "0123456789/-"), utf8.RuneCountInString(w.text) <= 2:
		return w.conf < noSign
	}
	return w.conf < noWord && !strings.Contains(w.text, "/")
}

// mendCase makes small the capitals that stand behind a small letter or before one, but not at the head of a word:
// letters that look alike in both sizes.
func mendCase(s string) string {
	runes := []rune(s)
	if len(runes) < 2 || !strings.ContainsFunc(s, unicode.IsLower) {
		return s
	}
	changed := false
	if len(runes) > 2 && unicode.IsLower(runes[0]) && !strings.ContainsFunc(string(runes[1:]), func(r rune) bool { return !unicode.IsUpper(r) }) {
		return strings.ToUpper(s) // "tHỦ"
	}
	for i := 1; i < len(runes); i++ {
		if r := runes[i]; r > 0x7F && unicode.IsUpper(r) && unicode.IsLetter(runes[i-1]) && r != 'Đ' &&
			(i+1 < len(runes) && unicode.IsLower(runes[i+1]) || unicode.IsLower(runes[i-1])) {
			runes[i] = unicode.ToLower(r)
			changed = true
		}
	}
	if !changed {
		return s
	}
	return string(runes)
}

// families are vowels that differ by a small sign; recognition confuses them.
var families = []string{"aăâ", "eê", "oôơ", "uư"}

// mendSyllable gives a syllable that Vietnamese does not have the sign that makes it one, where only one does:
// "QUYÉT" can only be "QUYẾT".
func mendSyllable(s string) string {
	start := len(s) - len(strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }))
	core := strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if n := utf8.RuneCountInString(core); n < 3 || n > 7 || strings.ContainsFunc(core, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return s
	}
	lower := strings.ToLower(core)
	if normalize.Valid(lower) || !hasMark(lower) {
		return s
	}
	runes := []rune(lower)
	found := ""
	for i, r := range runes {
		for _, other := range alike(r) {
			runes[i] = other
			if candidate := string(runes); normalize.Valid(candidate) {
				if found != "" {
					return s
				}
				found = candidate
			}
		}
		runes[i] = r
	}
	if found == "" {
		return s
	}
	out := []rune(found)
	for i, r := range []rune(core) {
		if unicode.IsUpper(r) {
			out[i] = unicode.ToUpper(out[i])
		}
	}
	return s[:start] + string(out) + s[start+len(core):]
}

// hasMark reports whether a word has a letter that only Vietnamese writes.
func hasMark(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r > 0x7F })
}

// alike gives the letters of a vowel's family with its tone.
func alike(r rune) []rune {
	plain, tone := toneOf(r)
	for _, family := range families {
		if !strings.ContainsRune(family, plain) {
			continue
		}
		var out []rune
		for _, v := range family {
			if v != plain {
				out = append(out, withTone(v, tone))
			}
		}
		return out
	}
	return nil
}

// vowels lists each vowel with its tones, in one order.
var vowels = strings.Fields("aàáảãạ ăằắẳẵặ âầấẩẫậ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ")

// toneOf parts a vowel into itself without tone, and the number of its tone.
func toneOf(r rune) (plain rune, tone int) {
	for _, row := range vowels {
		for i, v := range []rune(row) {
			if v == r {
				return []rune(row)[0], i
			}
		}
	}
	return r, 0
}

func withTone(plain rune, tone int) rune {
	for _, row := range vowels {
		if v := []rune(row); v[0] == plain {
			return v[tone]
		}
	}
	return plain
}

// digitLike are signs that recognition gives for a 1 or a 0 in slanted type.
var digitLike = strings.NewReplacer("l", "1", "I", "1", "|", "1", "]", "1", "Ì", "1", "Í", "1", "i", "1", "O", "0", "o", "0")

// mendDate makes a number of the word behind "ngày", "tháng" or "năm" that has at most two digits and nearly is one.
func mendDate(before string, w *word) {
	if before != "ngay" && before != "thang" || utf8.RuneCountInString(w.text) > 2 {
		return
	}
	if n := digitLike.Replace(w.text); strings.Trim(n, "0123456789") == "" && n != "" {
		w.text = n
	}
}
