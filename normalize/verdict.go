package normalize

import (
	"strings"
	"unicode/utf8"
)

// A document is judged by a sample of at most sampleSize bytes of its lines in doubt, a paragraph by excerptSize bytes
// of it first, and by sampleSize where those do not tell.
const (
	sampleSize  = 4096
	excerptSize = 256
)

// A text shorter than this many runes takes the verdict of its document.
const shortText = 40

// unit is a paragraph or line that is decoded as a whole.
type unit struct {
	text string
	hint Encoding // by its font, "" where that says nothing
	enc  Encoding // the verdict
	kind unitKind
	read tally // of an excerpt, as it stands; of units without proof
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
	if len(f) > 7 && f[6] == '+' { // a part of a font, as PDF names it
		f = f[7:]
	}
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
	u := unit{text: s}
	u.look()
	return u.kind
}

// look sets what the unit shows by itself.
func (u *unit) look() {
	u.kind = u.quickKind()
	if u.kind == oddUnit {
		// In a text that reads, every word with a letter beyond ASCII is a syllable, and no sign stands where a
		// letter would or where none belongs.
		s := excerpt(u.text, excerptSize)
		if u.read = count(cut(s, glance), false, false); !u.read.hopeless() {
			u.read = count(s, false, false)
		}
		if u.read.strange == 0 && u.read.accValid == u.read.accented {
			u.kind = readsUnit
		}
	}
}

// quickKind tells units with proof and bare ones from the rest, which it calls odd.
func (u *unit) quickKind() unitKind {
	s := u.text
	if hasProof(s) {
		return proofUnit
	}
	for i := 0; i < len(s); {
		switch {
		case s[i] < utf8.RuneSelf:
			i++
		case strings.HasPrefix(s[i:], "\xE2\x80") && i+2 < len(s) && s[i+2]&0xC0 == 0x80 && plain[row80][s[i+2]&63] == plainSign:
			i += 3
		default:
			return oddUnit
		}
	}
	return bareUnit
}

// hasProof reports whether s holds a letter that only Unicode writes. Old encodings, read as Latin-1, have none of
// the bytes that such letters begin with, which makes it quick on them.
func hasProof(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0xC4 || c > 0xC6 && c != 0xE1 {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(s[i:]); at(r).flags&hasBeyond != 0 {
			return true
		}
	}
	return false
}

// decide gives each unit its encoding: by the document first (all units of one hint), then each by itself where it
// is long enough to tell. Text that is Unicode beyond doubt is never decoded.
func decide(units []unit) {
	doubt := false
	for i := range units {
		units[i].look()
		doubt = units[i].doubtful() || doubt
	}
	if !doubt {
		return
	}
	if len(units) == 1 {
		if u := &units[0]; u.enc == Unicode {
			u.enc = u.judge()
		}
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
		if doc != Unicode && codecOf(doc) != nil {
			if t := codecOf(doc).count(excerpt(u.text, excerptSize)); t.score() > max(sureScore, u.read.score()) {
				u.enc, near = doc, doc
				continue
			}
		}
		own := Unicode
		if utf8.RuneCountInString(u.text) >= shortText {
			own = u.judge()
		}
		switch {
		case own != Unicode && utf8.RuneCountInString(u.text) >= shortText:
			u.enc = own
		case doc != Unicode && better(u.text, doc, u.hint == doc || u.hint == "" && near == doc):
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

// doubtful gives a unit the encoding that it shows by itself, and reports whether it must be judged.
func (u *unit) doubtful() bool {
	u.enc = Unicode
	switch {
	case u.kind == bareUnit && looksVIQR(u.text):
		u.enc = VIQR
	case u.kind == oddUnit && looksDouble(u.text):
		u.enc = DoubleUTF8
	default:
		return u.kind == oddUnit || u.kind == readsUnit && u.hint != ""
	}
	return false
}

// judge decides a unit by itself.
func (u *unit) judge() Encoding {
	enc := judge(excerpt(u.text, excerptSize), u.hint, u.read)
	if enc == Unicode && len(u.text) > excerptSize {
		s := excerpt(u.text, sampleSize)
		enc = judge(s, u.hint, count(s, false, false))
	}
	return enc
}

// documentVerdict judges the units of one hint together, by a sample of those that are in doubt.
func documentVerdict(units []unit, hint Encoding) Encoding {
	var b strings.Builder
	for _, u := range units {
		if u.hint != hint || u.kind != oddUnit && (u.kind != readsUnit || hint == "") || u.enc != Unicode {
			continue
		}
		s := excerpt(u.text, sampleSize-1)
		if b.Len()+len(s) >= sampleSize {
			if b.Len() > sampleSize/2 {
				break
			}
			s = cut(s, sampleSize-b.Len()-1)
		}
		b.WriteString(s)
		b.WriteByte('\n')
	}
	return judge(b.String(), hint, count(b.String(), false, false))
}

// excerpt is the part of a long text to judge by, of at most size bytes: from a little before its first letter beyond
// ASCII on.
func excerpt(s string, size int) string {
	if len(s) <= size {
		return s
	}
	from := 0
	for from < len(s) && s[from] < utf8.RuneSelf {
		from++
	}
	return cut(s[max(0, from-size/16):], size)
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

// better reports whether s reads better by enc than as it stands; where its font or its neighbours
// hint at enc, as well is enough.
func better(s string, enc Encoding, hinted bool) bool {
	c := codecOf(enc)
	if c == nil {
		return false
	}
	s = excerpt(s, sampleSize)
	plain, t := count(s, false, false), c.count(s)
	return t.score() > plain.score() || t.accented == 0 && plain.accented == 0 || t.accValid > plain.accValid ||
		hinted && t.score() == plain.score()
}

// readsAs reports whether all of s reads by enc.
func readsAs(s string, enc Encoding) bool {
	c := codecOf(enc)
	if c == nil {
		return false
	}
	t := c.count(excerpt(s, sampleSize))
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
	for _, u := range units {
		dst = appendAs(dst, u.text, u.enc, false, nil)
	}
	return string(dst), mostOf(units)
}

// mostOf is the encoding of most of the text in doubt or with proof, by bytes; of equals, the first by name.
func mostOf(units []unit) Encoding {
	sizes := map[Encoding]int{}
	for _, u := range units {
		if u.kind != bareUnit || u.enc != Unicode {
			sizes[u.enc] += len(u.text)
		}
	}
	most := Unicode
	for e, n := range sizes {
		if n > sizes[most] || n == sizes[most] && e < most {
			most = e
		}
	}
	return most
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
