package ocr

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
)

// Where the number and the date of a document stand, and how printed digits look, as shares of their height.
const (
	headShare  = 0.45 // of the page, from the top
	unlike     = 0.15 // most difference of heights between printed digits and capitals
	adrift     = 0.13 // most distance of their feet from the line
	uneven     = 0.08 // most difference among the digits
	leastDigit = 0.35 // height of what is looked at
	doubtful   = 0.5  // a confidence below which digits are not believed
	illegible  = "…"
)

// legible replaces what stands in the place of the number and of the day and month of a letterhead by "…" where it is
// written by hand or cannot be made out, and says so: recognition gives some digits for any scrawl, often with high
// confidence. Digits that do not belong to the line are read only where a numbering stamp printed them. closed is where that stands. Printed digits are told by their heights and feet, which are those of the letters beside them.
func legible(words []word, ink bits, read digitReader, unread *[]string) (kept []word, closed []box) {
	words = unglued(words)
	for _, at := range lines(words) {
		if words[at[0]].y0 > int(headShare*float64(ink.h)) {
			continue
		}
		s := slots{words: words, at: at, ink: ink, read: read}
		if s.number() {
			tell(unread, "number")
		}
		s.subject()
		if s.date() {
			tell(unread, "date")
		}
		closed = append(closed, s.closed...)
	}
	return slices.DeleteFunc(words, func(w word) bool { return w.text == "" }), closed
}

// unglued parts the label of the number from what stands close behind it: "Số:45/KH-UBND".
func unglued(words []word) []word {
	var out []word
	for _, w := range words {
		text := []rune(w.text)
		if len(text) > 3 && text[0] == 'S' && normalize.Fold(string(text[:3])) == "so:" {
			label, rest := w, w
			label.text, rest.text = string(text[:3]), string(text[3:])
			label.x1 = w.part(3)
			rest.x0 = label.x1 + 1
			out = append(out, label)
			w = rest
		}
		out = append(out, w)
	}
	return out
}

func tell(unread *[]string, field string) {
	if !slices.Contains(*unread, field) {
		*unread = append(*unread, field)
	}
}

// lines gathers the indexes of words by line, from the left.
func lines(words []word) [][]int {
	byLine := map[int][]int{}
	var order []int
	for i, w := range words {
		if byLine[w.line] == nil {
			order = append(order, w.line)
		}
		byLine[w.line] = append(byLine[w.line], i)
	}
	out := make([][]int, 0, len(order))
	for _, n := range order {
		slices.SortStableFunc(byLine[n], func(a, b int) int { return words[a].x0 - words[b].x0 })
		out = append(out, byLine[n])
	}
	return out
}

// slots finds what belongs into the blanks of one line.
type slots struct {
	words  []word
	at     []int
	ink    bits
	read   digitReader // nil where stamped digits are not looked for
	closed []box       // blanks whose contents are not to be read
}

func (s *slots) word(k int) *word { return &s.words[s.at[k]] }

// number looks at "Số: 45/KH-UBND", and at the number of what a plan is attached to. It reports whether the number of
// the document could not be read.
func (s *slots) number() bool {
	if first := s.word(0); first.x1 < s.ink.w/2 && isSymbol(first.text) {
		// A scrawl that touches the label takes it along.
		height, foot := typical(s.marks(first.box, 0))
		if height > 0 && len(s.between(first.x0-12*height, first.x0-1, first.x1, height, foot)) > 0 {
			first.text = "Số: " + illegible + first.text
			s.closed = append(s.closed, box{first.x0 - 12*height, foot - 2*height, first.x0, foot + height})
			return true
		}
		return false
	}
	attached := s.attached()
	for k := range s.at {
		label := s.word(k)
		if f := normalize.Fold(label.text); label.text[0] != 'S' && !(attached && label.text == "số") || strings.ContainsAny(label.text, "ởờớợỡơ") || f != "so:" && f != "so" && f != "so." && f != "so;" {
			continue
		}
		for e := k + 1; e < len(s.at) && e <= k+5; e++ {
			w := s.word(e)
			before, behind, ok := strings.Cut(w.text, "/")
			if !ok || !opensSymbol(behind) {
				continue
			}
			slash := w.part(len([]rune(before)))
			height, foot := typical(s.marks(box{slash, w.y0, w.x1, w.y1}, 0))
			if height == 0 {
				return false
			}
			if !attached {
				label.text = "Số:"
			}
			s.joinSymbol(e)
			var digits strings.Builder
			least := w.conf
			for m := k + 1; m < e; m++ {
				digits.WriteString(s.word(m).text)
				least = min(least, s.word(m).conf)
			}
			digits.WriteString(before)
			found := s.between(label.x1, slash-height/5, w.x1, height, foot)
			if n := len([]rune(digits.String())); before != "" && len(found) == n+1 {
				found = found[:n] // the last one is the slash
			}
			if len(found) == 0 && digits.Len() == 0 || s.printed(digits.String(), least, found, height, foot) {
				return false
			}
			for m := k + 1; m < e; m++ {
				s.word(m).text = ""
			}
			if stamped := s.stamped(found, height); stamped != "" {
				w.text = stamped + w.text[len(before):]
				w.box = w.box.join(found[0].box)
				w.conf = min(w.conf, stampSure)
				return false
			}
			s.closed = append(s.closed, box{label.x1, foot - 2*height, slash, foot + height})
			w.text = illegible + w.text[len(before):]
			w.x0 = min(w.x0, label.x1+height)
			return !attached
		}
	}
	return false
}

// attached reports whether a line says what a plan is attached to: "(Kèm theo Quyết định số 45/QĐ-UBND ngày …". Who
// writes the number of a document by hand writes it there too.
func (s *slots) attached() bool {
	for k := range min(3, len(s.at)) {
		if f := normalize.Fold(s.word(k).text); k == 0 && f == "(kem" || k > 0 && f == "kem" && strings.HasPrefix(s.word(0).text, "(") {
			return true
		}
	}
	return false
}

// subject mends the mark of the subject of an official letter (Decree 30/2020, Phụ lục I, box 5b), which is set in
// small type below the number: "V/v".
func (s *slots) subject() {
	w := s.word(0)
	if n := len([]rune(w.text)); n < 2 || n > 3 || w.text[0] != 'V' || len(s.at) < 3 || w.x0 > s.ink.w/2 {
		return
	}
	if strings.Contains(w.text, "/") || strings.Trim(w.text, "VWwvNn,/ýl") == "" {
		w.text = "V/v"
	}
}

// isSymbol reports whether a word is what follows the number of a document: "/KH-UBND".
func isSymbol(s string) bool {
	kind, body, ok := strings.Cut(strings.TrimPrefix(s, "/"), "-")
	return ok && s[0] == '/' && len(kind) > 1 && len(body) > 1 && kind == strings.ToUpper(kind) && strings.Trim(kind, "0123456789/") != ""
}

// opensSymbol reports whether what stands behind the slash of a number is a symbol: "KH-UBND", "2026/TT-BCT"; not the
// unit of an amount or a year.
func opensSymbol(s string) bool {
	if year, rest, ok := strings.Cut(s, "/"); ok && len(year) == 4 && strings.Trim(year, "0123456789") == "" {
		s = rest
	}
	r, _ := utf8.DecodeRuneInString(s)
	return s == "" || unicode.IsUpper(r)
}

// joinSymbol joins to a number what recognition has parted from its symbol: "/QĐ-" "TTg".
func (s *slots) joinSymbol(e int) {
	w := s.word(e)
	for m := e + 1; m < len(s.at); m++ {
		next := s.word(m)
		if !strings.HasSuffix(w.text, "-") && !strings.HasSuffix(w.text, "/") && !strings.HasPrefix(next.text, "-") || next.x0-w.x1 > w.h() {
			return
		}
		w.text += next.text
		w.box, next.text = w.box.join(next.box), ""
	}
}

// between gives the marks on a line of printed type whose middles lie between two places; right is where the line
// is looked at to, so that no mark is cut.
func (s *slots) between(x0, x1, right, height, foot int) []blob {
	found := s.marks(box{x0 + 1, foot - height*17/10, right, foot + height*11/20}, int(leastDigit*float64(height)))
	return slices.DeleteFunc(found, func(o blob) bool {
		middle := (o.x0 + o.x1) / 2
		return middle <= x0 || middle >= x1 || o.y0 <= foot-height*17/10 || o.y1 >= foot+height*11/20 && o.h() < height
	})
}

// date looks at "Kiên Giang, ngày 04 tháng 6 năm 2021". It reports whether the day or the month could not be read.
func (s *slots) date() bool {
	k := 0
	for ; k < len(s.at); k++ {
		if strings.HasPrefix(normalize.Fold(s.word(k).text), "ngay") && k > 0 && strings.HasSuffix(s.word(k-1).text, ",") {
			break
		}
	}
	if k == len(s.at) {
		return false
	}
	day := s.word(k)
	month, year := -1, -1
	for e := k; e < len(s.at); e++ {
		f := normalize.Fold(s.word(e).text)
		if month < 0 && strings.Contains(f, "thang") {
			month = e
		} else if month >= 0 && strings.HasPrefix(f, "nam") {
			year = e
			break
		}
	}
	if month < 0 || year < 0 || year+1 >= len(s.at) {
		// The line has one form (Decree 30/2020, Phụ lục I): what it should hold is covered or scrawled over.
		s.closed = append(s.closed, box{day.x0, day.y0 - day.h(), s.ink.w, day.y1 + day.h()/2})
		day.text = "ngày " + illegible + " tháng " + illegible + " năm " + illegible
		for e := k + 1; e < len(s.at); e++ {
			s.word(e).text = ""
		}
		return true
	}
	refs := s.marks(s.word(year+1).box, 0)
	height, foot := typical(refs)
	if height == 0 {
		return false
	}
	unread := false
	fill := func(from, to int, name, end string) {
		head, tail := s.word(from), s.word(to)
		x0, x1 := head.part(len([]rune(name))), tail.x0
		var digits strings.Builder
		least := float32(1)
		text, glued := []rune(head.text), from == to
		if len(text) > len([]rune(name)) && strings.HasPrefix(normalize.Fold(head.text), name) {
			rest := string(text[len([]rune(name)):])
			if glued {
				rest, _, _ = strings.Cut(normalize.Fold(rest), end)
				x1 = head.part(len([]rune(name)) + len([]rune(rest)))
			}
			digits.WriteString(rest)
			least = head.conf
		} else if from != to {
			x0 = head.x1
		}
		for m := from + 1; m < to; m++ {
			digits.WriteString(s.word(m).text)
			least = min(least, s.word(m).conf)
		}
		found := s.between(x0, x1, max(x1, tail.x0), height, foot)
		if len(found) == 0 && digits.Len() == 0 || s.printed(digits.String(), least, found, height, foot) {
			return
		}
		unread = true
		s.closed = append(s.closed, box{x0, foot - 2*height, x1, foot + height})
		for m := from + 1; m < to; m++ {
			s.word(m).text = ""
		}
		printedName := string(text[:min(len(text), len([]rune(name)))])
		if glued {
			head.text = printedName + " " + illegible + " tháng"
		} else {
			head.text = printedName + " " + illegible
		}
	}
	fill(k, month, "ngay", "thang")
	if f := normalize.Fold(s.word(month).text); strings.HasPrefix(f, "thang") {
		fill(month, year, "thang", "nam")
	}
	return unread
}

// printed reports whether the marks in a blank are printed digits.
func (s *slots) printed(digits string, conf float32, found []blob, height, foot int) bool {
	digits = strings.Trim(digits, " .,")
	if digits == "" || conf < doubtful || strings.Trim(digits, "0123456789") != "" {
		return false
	}
	if len(found) == 0 || len(found) > len(digits) {
		return false
	}
	least, most, high, low := found[0].h(), found[0].h(), found[0].y1, found[0].y1
	for _, m := range found {
		least, most, high, low = min(least, m.h()), max(most, m.h()), min(high, m.y1), max(low, m.y1)
	}
	slack := func(share float64) int { return int(share*float64(height)) + 1 }
	return most-height <= slack(unlike) && height-least <= slack(unlike) && low-foot <= slack(adrift) && foot-high <= slack(adrift) &&
		most-least <= slack(uneven) && low-high <= slack(uneven)
}

// marks gives the blobs of ink in a box that are at least so high.
func (s *slots) marks(in box, least int) []blob {
	in = box{max(0, in.x0), max(0, in.y0), min(s.ink.w, in.x1), min(s.ink.h, in.y1)}
	if in.w() <= 0 || in.h() <= 0 {
		return nil
	}
	all, _ := s.ink.blobs(in)
	all = slices.DeleteFunc(all, func(o blob) bool { return o.h() < max(least, speck) })
	slices.SortStableFunc(all, func(a, b blob) int { return a.x0 - b.x0 })
	return all
}

// typical gives the median height and the median foot of marks; 0 where there are none.
func typical(marks []blob) (height, foot int) {
	var heights, feet []int
	for _, m := range marks {
		if m.h() >= letter {
			heights, feet = append(heights, m.h()), append(feet, m.y1)
		}
	}
	if len(heights) == 0 {
		return 0, 0
	}
	slices.Sort(heights)
	slices.Sort(feet)
	return heights[len(heights)/2], feet[len(feet)/2]
}

// part is about where the nth letter of a word begins.
func (w *word) part(n int) int {
	return w.x0 + w.w()*n/max(1, len([]rune(w.text)))
}
