package structure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/plan"
)

// The end of a document holds the recipients (nơi nhận, box 9b of Decree 30/2020, Phụ lục I) and the signature
// (boxes 7a to 7c), in either order.

// endKind is what a line of the end is.
type endKind uint8

const (
	endOther  endKind = iota
	endNotice         // "Nơi nhận:"
	endSign           // authority or position
	endSigned         // "(Đã ký)"
	endName           // a person's name
)

// findEnd is the range of lines of the recipients and the signature: the last such group before any annex.
func findEnd(lines []line, from int) zone {
	start := -1
	for i := from; i < len(lines); i++ {
		switch signKind(&lines[i]) {
		case endNotice:
			start = i
		case endSign:
			if start < 0 && !strings.Contains(lines[i].text, ":") && signatureFollows(lines, i) {
				start = i
			}
		}
		if start >= 0 {
			break
		}
	}
	if start < 0 {
		return zone{len(lines), len(lines)}
	}
	// A signature can stand before the recipients, with the name between.
	for i := start - 1; i >= from && i >= start-8; i-- {
		k := signKind(&lines[i])
		if k == endSign {
			start = i
		} else if k == endOther && !isName(lines[i].text) && headKind(&lines[i]) != headRule {
			break
		}
	}
	return zone{start, endOf(lines, start)}
}

// signatureFollows reports whether a line of capitals that could be a heading is a signature: a name or another
// such line comes soon, or it opens with an abbreviation of signing.
func signatureFollows(lines []line, i int) bool {
	if signAbbreviation(lines[i].formula()) {
		return true
	}
	for j := i + 1; j < len(lines) && j <= i+4; j++ {
		switch {
		case isName(lines[j].text):
			return true
		case signKind(&lines[j]) == endOther:
			return false
		}
	}
	return false
}

// endOf is the line after the last one of the end that begins at a line.
func endOf(lines []line, start int) int {
	inList := false
	last := start
	filed := false // "Lưu: VT" closes the list
	named := false
	for i := start; i < len(lines); i++ {
		l := &lines[i]
		k := signKind(l)
		mark, _ := bulletMark(l.text)
		if _, _, note := noteMark(l); note {
			break
		}
		switch {
		case k == endNotice:
			inList, filed = true, false
		case k == endSign || k == endSigned:
		case inList && (mark != 0 || !filed && !isAnnexLine(l) && !typeAlone(l) && !isName(l.text)):
			filed = filed || strings.Contains(l.fold, "luu")
		case inList && filed && continuesRecipient(&lines[i-1], l):
		case !named && (isName(l.text) || signedName(l.text) != ""):
			named = true
		case headKind(l) == headRule, isScrap(l):
			continue
		default:
			return last + 1
		}
		last = i
	}
	return last + 1
}

// isScrap reports whether a line of a picture is what a pen left beside the recipients: the initials of who typed, a
// tick.
func isScrap(l *line) bool {
	const most = 4 // signs
	return l.seen && utf8.RuneCountInString(l.text) <= most && !opensBullet(l.text)
}

func opensBullet(text string) bool {
	mark, _ := bulletMark(text)
	return mark != 0
}

func typeAlone(l *line) bool {
	_, rest, ok := typeWord(l)
	return ok && rest == len(l.text) && isCapitals(l.text)
}

func isAnnexLine(l *line) bool {
	for _, lab := range readLabel(l.text, l.fold) {
		if lab.scheme == annexed {
			return true
		}
	}
	return false
}

func continuesRecipient(prev, l *line) bool {
	return strings.HasSuffix(prev.text, ",") || !opensUpper(l.text) && !strings.HasSuffix(prev.text, ".")
}

// signKind tells what a line is that may belong to the end.
func signKind(l *line) endKind {
	f := l.formula()
	switch {
	case l.isRow():
		return endOther
	case strings.HasPrefix(f, "noi nhan"):
		if rest := strings.TrimLeft(f[len("noi nhan"):], " :*"); rest == "" || strings.Contains(f, ":") {
			return endNotice
		}
	case f == "(da ky)" || f == "da ky" || f == "(ky ten, dong dau)" || f == "[da ky]" || strings.HasPrefix(f, "(ky,"):
		return endSigned
	case (isCapitals(l.text) || l.known != "" && looseCapitals(l.text)) && len(f) < 120 && (signAbbreviation(f) || opensPosition(f)):
		return endSign
	}
	return endOther
}

// signAbbreviation reports whether folded text opens with TM. KT. TL. TUQ. or Q. (Decree 30/2020, Phụ lục I, II.7).
func signAbbreviation(f string) bool {
	for _, a := range []string{"tm.", "kt.", "tl.", "tuq.", "t.m.", "k.t.", "tm ", "kt ", "tl ", "tuq ", "t/m ", "k/t ", "t/l ", "tm/", "kt/", "tl/", "tm . "} {
		if strings.HasPrefix(f, a) {
			return true
		}
	}
	return false
}

// opensPosition reports whether folded text opens with a position, also one that is held for the time being
// ("Q. GIÁM ĐỐC").
func opensPosition(f string) bool {
	f = strings.TrimSpace(strings.TrimPrefix(f, "q."))
	for _, p := range positions {
		if opensWith(f, p) {
			return countWords(f, 12) <= 10
		}
	}
	return false
}

// isName reports whether a line can be a person's name: two to five capitalised words and nothing else, with a
// rank or a title before it.
func isName(text string) bool {
	if len(text) > 70 {
		return false
	}
	words := strings.Fields(withoutRank(text))
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for i, w := range words {
		for j, r := range w {
			if j > 0 && (r == '0' || r == '1' || r == '5') && len(w) > 2 { // o, l and s to a recogniser
				continue
			}
			if !unicode.IsLetter(r) || j == 0 && !unicode.IsUpper(r) {
				return false
			}
		}
		if len(w) == 1 && (i == 0 || i+1 == len(words)) { // a letter stands inside a name: "Vàng A Sềnh"
			return false
		}
	}
	return true
}

// signedName is the name on a line that says that it was signed: "Đã ký: Nguyễn Văn An", "Nguyễn Văn An (đã ký)"; else "".
func signedName(text string) string {
	for _, mark := range []string{"(Đã ký)", "(đã ký)", "Đã ký:", "đã ký", "Đã ký", "ĐÃ KÝ"} {
		if rest, ok := strings.CutPrefix(text, mark); ok {
			text = strings.TrimSpace(rest)
		} else if rest, ok := strings.CutSuffix(text, mark); ok {
			text = strings.TrimSpace(rest)
		} else {
			continue
		}
		if isName(text) {
			return withoutRank(text)
		}
		return ""
	}
	return ""
}

// withoutRank drops ranks and titles before a name: "Đại tá", "TS.".
func withoutRank(text string) string {
	for {
		first, rest, ok := strings.Cut(text, " ")
		if !ok {
			return text
		}
		if strings.HasSuffix(first, ".") && strings.Contains(rest, " ") {
			text = rest
			continue
		}
		second, rest, ok := strings.Cut(rest, " ")
		if !ok || !isRank(first+" "+second) {
			return text
		}
		text = rest
	}
}

// isRank reports whether two words are a military or police rank (Thiếu tướng, Đại tá).
func isRank(two string) bool {
	switch strings.ToLower(two) {
	case "đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "đại tá", "thượng tá", "trung tá", "thiếu tá", "đại úy", "đại uý":
		return true
	}
	return false
}

// readEnd reads the signer and the recipients.
func readEnd(s *state) {
	z := s.zones.end
	p := s.plan
	var signer plan.Signer
	var list []plan.Span
	inList := false
	dashed := false
	for i := z.from; i < z.to; i++ {
		l := &s.lines[i]
		switch k := signKind(l); {
		case isScrap(l):
		case k == endNotice:
			inList = true
			if at := strings.IndexByte(l.text, ':'); at >= 0 && strings.TrimLeft(l.text[at+1:], " :*") != "" {
				list = append(list, plan.Span{Start: l.Start + at + 1 + blanks(l.text[at+1:]), End: l.End})
			}
		case k == endSign:
			s.readSignLine(l, &signer)
		case k == endSigned:
		case signer.Name == "" && signedName(l.text) != "":
			signer.Name = signedName(l.text)
			at := l.Start + strings.Index(l.text, signer.Name)
			s.setSpan("signer.name", plan.Span{Start: at, End: at + len(signer.Name)})
			inList = false
		case isName(l.text) && signer.Name == "" && (!inList || !continuesBare(list, dashed, l)):
			signer.Name = withoutRank(l.text)
			s.setSpan("signer.name", plan.Span{Start: l.End - len(signer.Name), End: l.End})
			inList = false
		case inList && strings.HasPrefix(l.text, "(") && strings.HasSuffix(l.text, ")"): // a note beside a brace (decision 31)
		case inList:
			mark, rest := bulletMark(l.text)
			dashed = dashed || mark != 0
			if mark == 0 && len(list) > 0 && (dashed || continuesRecipient(&s.lines[i-1], l)) {
				list[len(list)-1].End = l.End
				continue
			}
			list = append(list, plan.Span{Start: l.Start + rest, End: l.End})
		}
	}
	for _, sp := range list {
		words := strings.Join(strings.Fields(p.Quote(sp)), " ")
		if i := strings.LastIndex(words, "; (để "); i > 0 { // a note beside a brace (decision 31)
			words = words[:i]
		}
		if words = strings.TrimRight(words, " ;."); words != "" {
			p.Recipients = append(p.Recipients, words)
			p.Spans["recipients"] = append(p.Spans["recipients"], sp)
		}
	}
	p.Signer = signer
	if signer.Name == "" {
		s.portalSigner()
	}
	if p.Signer == (plan.Signer{}) && !p.Source.Truncated {
		s.problem(plan.MissingSignature, "nobody's name or position stands under the document", plan.Span{})
	}
}

// continuesBare reports whether a line that looks like a name is one more recipient of a list without dashes.
func continuesBare(list []plan.Span, dashed bool, l *line) bool {
	return !dashed && len(list) > 0 && strings.ContainsAny(l.text, ";.")
}

// readSignLine reads "KT. CHỦ TỊCH" and "PHÓ CHỦ TỊCH": the authority is the abbreviation's line nearest to the
// position, the position the last line without one.
func (s *state) readSignLine(l *line, signer *plan.Signer) {
	text := strings.TrimRight(l.text, " .,")
	if !signAbbreviation(l.formula()) {
		if signer.Position == "" || signer.Name == "" {
			signer.Position = text
			s.setSpan("signer.position", plan.Span{Start: l.Start, End: l.Start + len(text)})
		}
		return
	}
	// "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" on one line, where the break was lost.
	if at, ok := positionAfter(l.fold); ok {
		sp := l.span(at, len(l.fold))
		signer.Position = strings.TrimRight(s.plan.Quote(sp), " .,")
		s.setSpan("signer.position", plan.Span{Start: sp.Start, End: sp.Start + len(signer.Position)})
		text = strings.TrimRight(s.plan.Text[l.Start:sp.Start], " .,-–")
	}
	signer.Authority = text
	s.setSpan("signer.authority", plan.Span{Start: l.Start, End: l.Start + len(text)})
}

// positionAfter finds a second position on a line of authority.
func positionAfter(f string) (int, bool) {
	first := strings.IndexAny(f, "./")
	for _, p := range positions {
		if i := strings.LastIndex(f, " "+p); i > first+1 && strings.TrimSpace(f[first+1:i]) != "" && !strings.HasPrefix(f, "tm") {
			// The position itself may hold a shorter one: "pho chu tich" before "chu tich".
			if j := i - len("pho "); j > first+1 && strings.HasPrefix(f[j:], " pho ") {
				i = j
			}
			// "KT. BỘ TRƯỞNG, CHỦ NHIỆM" is the head of two bodies, and no deputy.
			if before := strings.TrimSpace(f[first+1 : i]); before == "" || strings.HasSuffix(before, ",") {
				continue
			}
			return i + 1, true
		}
	}
	return 0, false
}

// portalSigner takes the signer from the portal's own data (Người ký) where the document prints none.
func (s *state) portalSigner() {
	for _, f := range s.doc.Portal {
		if portalField(f.Name) == "signer" && isName(f.Value) {
			s.plan.Signer.Name = f.Value
			s.infer("signer")
		}
	}
}
