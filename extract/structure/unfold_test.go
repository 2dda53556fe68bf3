package structure

import (
	"math/rand/v2"
	"testing"
	"unicode/utf8"

	"kehoach/normalize"
)

// TestUnfold cuts random texts at every letter and compares with a count letter by letter.
func TestUnfold(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	letters := []rune("aăâ đĐ ếỆ – “” … KẾ HOẠCH 1.2 phối hợp\U0001F600")
	for range 300 {
		text := make([]rune, r.IntN(60))
		for i := range text {
			text[i] = letters[r.IntN(len(letters))]
		}
		s := string(text)
		fold := normalize.Fold(s)
		want, f := 0, 0
		for i := range text {
			if got := unfold(s, fold, f); got != want {
				t.Fatalf("%q: letter %d stands at %d, want %d", s, i, got, want)
			}
			want += utf8.RuneLen(text[i])
			f += utf8.RuneLen(normalize.FoldRune(text[i]))
		}
	}
}
