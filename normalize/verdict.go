package normalize

import (
	"strings"
	"unicode/utf8"
)

// A text is judged by a sample of at most this many bytes of its lines that hold letters beyond ASCII.
const sampleSize = 4096

// A text shorter than this many runes takes the verdict of its document.
const shortText = 40

// unit is a paragraph or line that is decoded as a whole.
type unit struct {
	text string
	hint Encoding // by its font, "" where that says nothing
	enc  Encoding // the verdict
	kind unitKind
}

// unitKind is what a unit shows by itself.
type unitKind uint8

const (
	bareUnit  unitKind = iota // ASCII only: says nothing
	proofUnit                 // holds a Vietnamese word that only Unicode writes
	readsUnit                 // reads as Unicode, and may read as something else too
	oddUnit                   // does not read
)

// hintOf is the encoding that a font's name hints at, "" where it hints at none.
func hintOf(font string) Encoding {
	f := strings.TrimLeft(strings.ToLower(font), "\"' ")
	switch {
	case strings.HasPrefix(f, ".vn"):
		return TCVN3
	case strings.HasPrefix(f, "vni-"), strings.HasPrefix(f, "vni "):
		return VNI
	}
	return ""
}

// suspicious reports whether any line of s could be in an old encoding.
func suspicious(s string) bool {
	for i := 0; i < len(s); {
		i += cleanHead(s[i:])
		if i == len(s) {
			return false
		}
		end := len(s)
		if k := strings.IndexByte(s[i:], '\n'); k >= 0 {
			end = i + k + 1
		}
		if k := kindOf(s[i:end]); k == oddUnit || k == bareUnit && looksVIQR(s[i:end]) {
			return true
		}
		i = end
	}
	return false
}

// kindOf says what a text shows by itself.
func kindOf(s string) unitKind {
	i := 0
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(s) {
		return bareUnit
	}
	t := count(s, false)
	switch {
	case t.beyond > 0:
		return proofUnit
	case t.accented == t.accValid && t.strange == 0 && reads(s):
		return readsUnit
	}
	return oddUnit
}

// decide gives each unit its encoding: by the document first (all units of one hint), then each by itself where it
// is long enough to tell. Text that is Unicode beyond doubt is never decoded.
func decide(units []unit) {
	doubt := false
	for i := range units {
		u := &units[i]
		u.enc, u.kind = Unicode, kindOf(u.text)
		switch {
		case u.kind == bareUnit && looksVIQR(u.text):
			u.enc = VIQR
		case u.kind == oddUnit && looksDouble(u.text):
			u.enc = DoubleUTF8
		case u.kind == oddUnit || u.kind == readsUnit && u.hint != "":
			doubt = true
		}
	}
	if !doubt {
		return
	}
	whole := map[Encoding]Encoding{}
	for i := range units {
		if _, ok := whole[units[i].hint]; !ok {
			whole[units[i].hint] = documentVerdict(units, units[i].hint)
		}
	}
	near := Unicode // the verdict of the last unit that was sure
	for i := range units {
		u := &units[i]
		doc := whole[u.hint]
		switch {
		case u.enc != Unicode, u.kind == bareUnit:
			continue
		case u.kind == proofUnit:
			near = Unicode
			continue
		case u.kind == readsUnit:
			if doc != Unicode && (near == doc || u.hint == doc) && readsAs(u.text, doc) {
				u.enc = doc
			}
			continue
		}
		own := Unicode
		if doc == Unicode || utf8.RuneCountInString(u.text) >= shortText {
			own = judge(excerpt(u.text), u.hint)
		}
		switch {
		case own != Unicode && (doc == Unicode && len(units) == 1 || utf8.RuneCountInString(u.text) >= shortText):
			u.enc = own
		case doc != Unicode && better(u.text, doc):
			u.enc = doc
		}
		near = u.enc
	}
	// Lines before the first sure one go with it.
	first := 0
	for first < len(units) && units[first].kind != oddUnit && units[first].kind != proofUnit {
		first++
	}
	if first < len(units) && units[first].enc != Unicode {
		for i := range units[:first] {
			if u := &units[i]; u.kind == readsUnit && readsAs(u.text, units[first].enc) {
				u.enc = units[first].enc
			}
		}
	}
}

// documentVerdict judges the units of one hint together, by a sample of those that are in doubt.
func documentVerdict(units []unit, hint Encoding) Encoding {
	var b strings.Builder
	for _, u := range units {
		if u.hint != hint || u.kind != oddUnit && (u.kind != readsUnit || hint == "") || u.enc != Unicode {
			continue
		}
		s := excerpt(u.text)
		if b.Len()+len(s) >= sampleSize {
			if b.Len() > sampleSize/2 {
				break
			}
			s = cut(s, sampleSize-b.Len()-1)
		}
		b.WriteString(s)
		b.WriteByte('\n')
	}
	return judge(b.String(), hint)
}

// excerpt is the part of a long text to judge by: from its first letter beyond ASCII on.
func excerpt(s string) string {
	if len(s) < sampleSize {
		return s
	}
	from := 0
	for from < len(s) && s[from] < utf8.RuneSelf {
		from++
	}
	return cut(s[max(0, from-64):], sampleSize-1)
}

// cut is s or a head of it of at most n bytes, in whole runes.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// better reports whether s reads better by enc than as it stands.
func better(s string, enc Encoding) bool {
	c := codecOf(enc)
	if c == nil {
		return false
	}
	s = excerpt(s)
	plain, t := count(s, false), c.count(s)
	return t.score() > plain.score() || t.accented == 0 && plain.accented == 0 || t.accValid > plain.accValid
}

// readsAs reports whether all of s reads by enc.
func readsAs(s string, enc Encoding) bool {
	c := codecOf(enc)
	if c == nil {
		return false
	}
	t := c.count(excerpt(s))
	return t.accented > 0 && t.accValid == t.accented
}

// decodeText decodes a text by lines, and names the encoding of most of it.
func decodeText(s, hint string) (string, Encoding) {
	if cleanHead(s) == len(s) {
		return s, Unicode
	}
	var units []unit
	for line := range strings.Lines(s) {
		units = append(units, unit{text: line, hint: hintOf(hint)})
	}
	decide(units)
	dst := make([]byte, 0, len(s)+len(s)/4)
	bytes := map[Encoding]int{}
	most := Unicode
	for _, u := range units {
		dst = appendAs(dst, u.text, u.enc, false, nil)
		if u.enc != Unicode {
			bytes[u.enc] += len(u.text)
			if bytes[u.enc] > bytes[most] {
				most = u.enc
			}
		}
	}
	return string(dst), most
}

// appendAs decodes s by enc. Where drawn is set, a font draws small letters as capitals, and capitals come out.
func appendAs(dst []byte, s string, enc Encoding, drawn bool, m *Map) []byte {
	start := len(dst)
	switch enc {
	case VIQR:
		return appendVIQR(dst, s, m)
	case DoubleUTF8:
		return appendUndoubled(dst, s, m)
	}
	c := codecOf(enc)
	if c == nil {
		return append(dst, s...)
	}
	dst = c.appendDecoded(dst, s, m)
	if enc == TCVN3 {
		if drawn {
			upperRunes(dst[start:])
		} else {
			capitals(dst[start:])
		}
	}
	return dst
}
