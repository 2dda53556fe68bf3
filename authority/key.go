package authority

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kehoach/normalize"
)

// name is a text split into words, for comparing. Each word has a key (normalize.Key) and a fold (its key
// without marks and tone). The keys of all words stand in one buffer, one after the other without blanks, so
// that the key of words i..j is one slice of it: "Sở TT&TT", "Sở TT-TT" and "Sở TTTT" have one key, and so have
// a name and the same name without its "và".
type name struct {
	src   string
	words []word
	keys  string
	folds string // made when it is asked for
	marks bool   // there is more than ASCII in the words

	kbuf    []byte // keys and folds while they are written
	matched []match
}

type word struct {
	start, end int32 // bytes of src
	key, fold  int32 // where its key and fold begin
	upper      uint8 // capital letters in it, at most 255
	runes      uint8 // letters and digits in it, at most 255
	and        bool  // "và", "&" or "+": it has no key
	m0, m1     int16 // its matches are matched[m0:m1], or not looked for yet where m1 is 0
}

const maxWords = 400 // a longer "name" is a text; what follows is not looked at

var names = sync.Pool{New: func() any {
	return &name{words: make([]word, 0, 32), kbuf: make([]byte, 0, 256), matched: make([]match, 0, 16)}
}}

// scanned is s split into words, in a name to be freed.
func scanned(s string) *name {
	n := names.Get().(*name)
	n.scan(s)
	return n
}

// free gives the name back; strings taken from it stay good.
func (n *name) free() {
	n.src, n.keys, n.folds = "", "", ""
	names.Put(n)
}

// scan splits s into words: letters and digits make words, everything else parts them. Decomposed Unicode is
// composed first; spans count the bytes of n.src.
func (n *name) scan(s string) {
	n.src, n.words, n.kbuf, n.folds, n.marks = s, n.words[:0], n.kbuf[:0], "", false
	n.matched = append(n.matched[:0], match{})
	start, composed := -1, false
	var w word
	for i := 0; i < len(s); {
		if start < 0 && len(n.words) < maxWords {
			if end := n.letters(i); end > i {
				i = end
				continue
			}
		}
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		class := classOf(r)
		if class == 0 {
			if start >= 0 {
				if r >= 0x300 && r <= 0x36f && !composed {
					if !norm.NFC.IsNormalString(s) {
						n.scan(norm.NFC.String(s))
						return
					}
					composed = true // a letter that has no composed form
				}
				n.close(w, start, i)
				start = -1
			}
			if r == '&' || r == '+' {
				n.words = append(n.words, word{start: int32(i), end: int32(i + size), key: int32(len(n.kbuf)), and: true})
			}
			i += size
			continue
		}
		if start < 0 {
			if len(n.words) >= maxWords {
				break
			}
			start, w = i, word{key: int32(len(n.kbuf))}
		}
		if class == upper && w.upper < 255 {
			w.upper++
		}
		if w.runes < 255 {
			w.runes++
		}
		n.marks = n.marks || r >= utf8.RuneSelf
		i += size
	}
	if start >= 0 {
		n.close(w, start, len(s))
	}
	n.keys = string(n.kbuf)
}

// letters adds the word that begins at byte i and gives its end, where it is all of Vietnamese letters and nothing that
// could go on with it follows: the quick way for most words. Else it gives i.
func (n *name) letters(i int) int {
	from := len(n.kbuf)
	buf, end, runes, capitals := normalize.AppendKeyAt(n.kbuf, n.src, i)
	if end == i {
		return i
	}
	if end < len(n.src) {
		if r, _ := utf8.DecodeRuneInString(n.src[end:]); classOf(r) != 0 {
			return i
		}
	}
	n.kbuf = buf
	n.marks = n.marks || end-i > runes
	n.add(word{key: int32(from), runes: uint8(runes), upper: uint8(capitals)}, i, end)
	return end
}

// close adds the word src[start:end].
func (n *name) close(w word, start, end int) {
	n.kbuf = normalize.AppendKey(n.kbuf, n.src[start:end])
	n.add(w, start, end)
}

// add adds the word src[start:end], whose key stands at the end of kbuf.
func (n *name) add(w word, start, end int) {
	w.start, w.end = int32(start), int32(end)
	if key := n.kbuf[w.key:]; string(key) == "va2" || string(key) == "va" { // "và", also as it is typed without marks
		w.and = true
		n.kbuf = n.kbuf[:w.key]
	}
	n.words = append(n.words, w)
}

// key is the key of words i..j; here and below, i..j is words i up to, not including, j.
func (n *name) key(i, j int) string {
	if i < 0 || i >= j || j > len(n.words) {
		return ""
	}
	if j == len(n.words) {
		return n.keys[n.words[i].key:]
	}
	return n.keys[n.words[i].key:n.words[j].key]
}

// says reports whether the key of words i..j is one of two: as it is with marks and without.
func (n *name) says(i, j int, marked, plain string) bool {
	key := n.key(i, j)
	return key == marked || key == plain
}

// fold is the fold of words i..j.
func (n *name) fold(i, j int) string {
	if i >= j || j > len(n.words) {
		return ""
	}
	if !n.marks {
		return n.key(i, j)
	}
	if n.folds == "" {
		buf := n.kbuf[:0]
		for k := range n.words {
			w := &n.words[k]
			w.fold = int32(len(buf))
			if w.and {
				continue
			}
			buf = normalize.AppendFold(buf, n.src[w.start:w.end])
			if string(buf[w.fold:]) == "va" {
				buf = buf[:w.fold]
			}
		}
		n.folds, n.kbuf = string(buf), buf
	}
	if j == len(n.words) {
		return n.folds[n.words[i].fold:]
	}
	return n.folds[n.words[i].fold:n.words[j].fold]
}

// text is the source from the first byte of word i to the last of word j-1.
func (n *name) text(i, j int) string {
	if i >= j {
		return ""
	}
	return n.src[n.words[i].start:n.words[j-1].end]
}

// What parts one name from the next: in running text a comma does, in a name of several parts it does not.
const (
	listStops = ";:()/|\n"
	nameStops = "," + listStops
)

// joined reports whether none of stops stands between words i..j.
func (n *name) joined(i, j int, stops string) bool {
	for k := i; k+1 < j; k++ {
		if strings.ContainsAny(n.src[n.words[k].end:n.words[k+1].start], stops) {
			return false
		}
	}
	return true
}

// slug is the fold of words i..j as the tail of an id: "kien-giang".
func (n *name) slug(i, j int, prefix string) string {
	to := append(make([]byte, 0, 128), prefix...)
	for first := true; i < j; i++ {
		if f := n.fold(i, i+1); f != "" {
			if !first {
				to = append(to, '-')
			}
			to, first = append(to, f...), false
		}
	}
	return string(to)
}

// keyOf is the key of all of s.
func keyOf(s string) string {
	n := scanned(s)
	defer n.free()
	return n.keys
}

// foldOf is the fold of all of s.
func foldOf(s string) string {
	n := scanned(s)
	defer n.free()
	return n.fold(0, len(n.words))
}

// What a rune is to a name: no part of a word, a part of one, a capital.
const (
	inner = 1
	upper = 2
)

func classOf(r rune) uint8 {
	switch {
	case r < 0x250:
		return classes[r]
	case r >= 0x1E00 && r < 0x1F00:
		return classes[r-0x1E00+0x250]
	}
	return class(r)
}

// classes holds Latin up to U+024F and the block U+1E00 to U+1EFF, which has the Vietnamese letters.
var classes = func() (t [0x350]uint8) {
	for i := range t {
		r := rune(i)
		if i >= 0x250 {
			r = rune(i) - 0x250 + 0x1E00
		}
		t[i] = class(r)
	}
	return t
}()

func class(r rune) uint8 {
	switch {
	case unicode.IsUpper(r):
		return upper
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return inner
	}
	return 0
}
