package authority

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A name is compared by its words. Each word has a key (lower-case letters without the tone mark, then the
// tone's digit, so that "hoá" and "hóa" agree) and a fold (no marks at all). The keys of all words stand in one
// buffer, one after the other without blanks, so that the key of words i..j is one slice of it: "Sở TT&TT",
// "Sở TT-TT" and "Sở TTTT" have one key, and so have a name and the name without its "và".
type name struct {
	src   string
	words []word
	keys  []byte
	folds []byte
	small [24]word
	marks bool // some word has a mark
	kbuf  [192]byte
	fbuf  [160]byte
}

type word struct {
	start, end int32 // bytes of src
	key, fold  int32 // where its key and fold begin
	upper      uint8 // capital letters in it, at most 255
	runes      uint8
	and        bool // "và", "&" or "+": it has no key
}

const maxWords = 400 // a longer "name" is a text; what follows is not looked at

// scan splits s into words. Letters and digits make words; everything else parts them.
func (n *name) scan(s string) {
	n.src, n.words, n.keys, n.folds, n.marks = s, n.small[:0], n.kbuf[:0], n.fbuf[:0], false
	var tone byte
	var w word
	in := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		var l letter
		if int(r) < len(letters) {
			l = letters[r]
		} else {
			l = strange(r)
		}
		if l.key == 0 {
			if r >= 0x300 && r <= 0x36f && in {
				n.scan(norm.NFC.String(s)) // spans count the bytes of n.src
				return
			}
			if in {
				n.close(&w, i, tone)
				in = false
			}
			if r == '&' || r == '+' {
				n.words = append(n.words, word{start: int32(i), end: int32(i + size), key: int32(len(n.keys)), fold: int32(len(n.folds)), and: true})
			}
			i += size
			continue
		}
		if !in {
			if len(n.words) >= maxWords {
				break
			}
			w = word{start: int32(i), key: int32(len(n.keys)), fold: int32(len(n.folds))}
			in, tone = true, 0
		}
		if l.upper && w.upper < 255 {
			w.upper++
		}
		if w.runes < 255 {
			w.runes++
		}
		if l.tone != 0 {
			tone, n.marks = l.tone, true
		}
		n.marks = n.marks || l.key != l.fold
		if l.key < utf8.RuneSelf {
			n.keys = append(n.keys, byte(l.key))
		} else {
			n.keys = utf8.AppendRune(n.keys, l.key)
		}
		if l.fold < utf8.RuneSelf {
			n.folds = append(n.folds, byte(l.fold))
		} else {
			n.folds = utf8.AppendRune(n.folds, l.fold)
		}
		i += size
	}
	if in {
		n.close(&w, len(s), tone)
	}
}

func (n *name) close(w *word, end int, tone byte) {
	w.end = int32(end)
	if tone != 0 {
		n.keys = append(n.keys, '0'+tone)
	}
	if string(n.folds[w.fold:]) == "va" { // a name typed without marks drops its "va" as well
		n.folds = n.folds[:w.fold]
	}
	if string(n.keys[w.key:]) == "va2" {
		w.and = true
		n.keys = n.keys[:w.key]
	}
	n.words = append(n.words, *w)
}

// key is the key of words i up to, not including, j.
func (n *name) key(i, j int) []byte {
	if i >= j {
		return nil
	}
	if j == len(n.words) {
		return n.keys[n.words[i].key:]
	}
	return n.keys[n.words[i].key:n.words[j].key]
}

// fold is the fold of words i up to, not including, j.
func (n *name) fold(i, j int) []byte {
	if i >= j {
		return nil
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

// plain reports whether no word carries a mark, as in a query that was typed without them.
func (n *name) plain() bool { return !n.marks }

// keyOf is the whole key of s.
func keyOf(s string) string {
	var n name
	n.scan(s)
	return string(n.keys)
}

// foldOf is the whole fold of s.
func foldOf(s string) string {
	var n name
	n.scan(s)
	return string(n.folds)
}

// slug is the fold of s as a stable id: "Kiên Giang" → "kien-giang".
func slug(s string) string {
	var n name
	n.scan(s)
	return string(n.slug(0, len(n.words), nil))
}

func (n *name) slug(i, j int, to []byte) []byte {
	for ; i < j; i++ {
		if f := n.fold(i, i+1); len(f) > 0 {
			if len(to) > 0 && to[len(to)-1] != '-' {
				to = append(to, '-')
			}
			to = append(to, f...)
		}
	}
	return to
}

type letter struct {
	key, fold rune
	tone      byte
	upper     bool
}

// strange is the letter of a rune outside the table: itself in lower case, or none.
func strange(r rune) letter {
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return letter{}
	}
	low := unicode.ToLower(r)
	return letter{key: low, fold: low, upper: low != r}
}

// letters holds every rune below U+1F00, which is where the Vietnamese letters end.
var letters = func() (t [0x1F00]letter) {
	for r := range t {
		t[r] = strange(rune(r))
	}
	for _, row := range []string{
		"aàảãáạ a", "ăằẳẵắặ a", "âầẩẫấậ a", "eèẻẽéẹ e", "êềểễếệ e", "iìỉĩíị i",
		"oòỏõóọ o", "ôồổỗốộ o", "ơờởỡớợ o", "uùủũúụ u", "ưừửữứự u", "yỳỷỹýỵ y", "đ d",
	} {
		rs := []rune(row)
		base, fold := rs[0], rs[len(rs)-1]
		for i, r := range rs[:len(rs)-2] {
			tone := [...]byte{0, 2, 3, 4, 1, 5}[i] // huyền 2, hỏi 3, ngã 4, sắc 1, nặng 5, as in normalize.Key
			t[r] = letter{key: base, fold: fold, tone: tone}
			t[unicode.ToUpper(r)] = letter{key: base, fold: fold, tone: tone, upper: true}
		}
	}
	return t
}()
