package structure

import (
	"strings"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// A normative document of the years before 2005, or one from a collection of laws, says in its title what stands in a letterhead
// elsewhere: "NGHỊ ĐỊNH / CỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP NGÀY 17 THÁNG 11 NĂM 1998 / QUY ĐỊNH CHI TIẾT …". A caption is the part
// of the title up to its subject.

// maxCaption is how far a caption can reach, in folded bytes.
const maxCaption = 200

// captioned reports whether a title begins with who issues the document.
func captioned(fold string) bool { return strings.HasPrefix(fold, "cua ") }

// readCaption reads the caption of a title, fills the fields that the letterhead leaves empty, and gives the bytes of the text at
// which the subject begins. body is the issuing body.
func (s *state) readCaption(from, to int) (subject int, body plan.Span) {
	raw := s.plan.Text[from:to]
	fold := strings.ReplaceAll(normalize.Fold(raw), "\n", " ")
	if !captioned(fold) {
		return from, body
	}
	at := func(i int) int { return from + unfold(raw, fold, i) }
	reach := fold[:min(len(fold), maxCaption)]
	number, date := beforeFigure(reach, " so "), beforeFigure(reach, " ngay ")
	end := len(fold)
	if i := strings.IndexByte(raw, '\n'); i >= 0 {
		end = foldLen(raw[:i])
	}
	for _, word := range []string{" ve viec", " v/v"} {
		if i := strings.Index(fold, word); i >= 0 {
			end = min(end, i)
		}
	}
	for _, i := range []int{number, date} {
		if i >= 0 && i <= end+1 {
			end = min(end, i)
		}
	}
	start := len("cua ")
	if end <= start {
		return from, body
	}
	body = plan.Span{Start: at(start), End: at(end)}
	next := end + blanks(fold[end:])
	if strings.HasPrefix(fold[next:], "so ") || strings.HasPrefix(fold[next:], "so:") {
		next += len("so ")
		next += blanks(fold[next:])
		stop := next
		for stop < len(fold) && (fold[stop] != ' ' || strings.HasPrefix(fold[stop+1:], "/")) {
			stop++
		}
		sp := plan.Span{Start: at(next), End: at(stop)}
		if n, ok := authority.ParseNumber(strings.TrimRight(s.plan.Quote(sp), ",;")); ok && s.plan.Symbol == "" {
			s.plan.Number, s.plan.Symbol = n.Number, n.Symbol
			s.setSpan("number", sp)
			s.setSpan("symbol", sp)
		}
		next = stop + blanks(fold[stop:])
	}
	if strings.HasPrefix(fold[next:], "ngay ") {
		if iso, n := writtenDate(fold[next+len("ngay "):]); n > 0 {
			stop := next + len("ngay ") + n
			if s.plan.Issued == "" {
				s.plan.Issued = iso
				s.setSpan("issued", plan.Span{Start: at(next), End: at(stop)})
			}
			next = stop + blanks(fold[stop:])
		}
	}
	return at(next), body
}

// beforeFigure is where a word before a figure stands in folded text, or -1.
func beforeFigure(fold, word string) int {
	for from := 0; ; {
		i := strings.Index(fold[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		if rest := strings.TrimLeft(fold[i+len(word):], " :"); rest != "" && isDigit(rest[0]) {
			return i
		}
		from = i + 1
	}
}

// writtenDate reads "17 thang 11 nam 1998", "10/10/2003" or "01-11-1995" at the head of folded text; n is its length.
func writtenDate(fold string) (iso string, n int) {
	if m, ok := hasWord(fold[:min(len(fold), 30)], "thang"); ok && m < 6 {
		d, mo, y := printedDate(fold[:min(len(fold), 32)])
		if year, ok := hasWord(fold, "nam"); ok && y > 1900 {
			n = year + len("nam")
			for n < len(fold) && (fold[n] == ' ' || isDigit(fold[n])) {
				n++
			}
			return isoDate(d, mo, y), len(strings.TrimRight(fold[:n], " "))
		}
	}
	for n < len(fold) && (isDigit(fold[n]) || fold[n] == '/' || fold[n] == '-' || fold[n] == '.') {
		n++
	}
	if iso = portalDate(fold[:n]); iso == "" {
		return "", 0
	}
	return iso, n
}

// officeOf is the body that a caption names: of a person in office, the body that the person heads ("Bộ trưởng Bộ Tài chính").
func officeOf(name string) string {
	fold := normalize.Fold(name)
	if strings.HasPrefix(fold, "thu tuong") || !opensPosition(fold) {
		return name
	}
	words := strings.Fields(name)
	for i := 1; i < len(words); i++ {
		if rest := strings.Join(words[i:], " "); opensBody(normalize.Fold(rest)) && !opensPosition(normalize.Fold(rest)) {
			return rest
		}
	}
	return name
}
