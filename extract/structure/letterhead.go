package structure

import (
	"strings"
	"unicode/utf8"

	"kehoach/authority"
	"kehoach/plan"
)

// lineKind is what a line of a letterhead is (Decree 30/2020, Phụ lục I, boxes 1 to 5).
type lineKind uint8

const (
	headOther  lineKind = iota
	headNation          // Quốc hiệu, Tiêu ngữ
	headNumber          // Số: …
	headDate            // …, ngày … tháng … năm …
	headRule            // a line of dashes
	headIssuer          // capitals, not yet told apart
)

func headKind(l *line) lineKind {
	f := l.fold
	if strings.TrimLeft(f, "-–—_=*.~ /\\o0") == "" || strings.Trim(f, "-–—_=*.~ ") == "" {
		return headRule
	}
	if nationAt(f) >= 0 || l.known != "" && nationAt(l.known) >= 0 {
		return headNation
	}
	if len(f) < 160 {
		if _, ok := numberAt(f); ok {
			return headNumber
		}
		if _, ok := dateAt(l.formula()); ok {
			return headDate
		}
	}
	if isCapitals(l.text) && len(f) < 160 && !l.isRow() {
		return headIssuer
	}
	return headOther
}

// nationAt is where the national motto or name stands in folded text, or -1.
func nationAt(f string) int {
	if i := strings.Index(f, "cong hoa xa hoi chu nghia"); i >= 0 && len(f) < 200 {
		return i
	}
	if i := strings.Index(f, "doc lap"); i >= 0 && len(f) < 160 && strings.Contains(f, "tu do") && strings.Contains(f, "hanh phuc") {
		return i
	}
	if i := strings.Index(f, "dang cong san viet nam"); i >= 0 && len(f) < 90 {
		return i
	}
	if len(f) < 48 {
		switch strings.Trim(f, " -–_.") { // broken over two lines
		case "cong hoa xa hoi chu", "cong hoa xa hoi", "nghia viet nam", "chu nghia viet nam", "xa hoi chu nghia viet nam", "doc lap - tu do", "doc lap – tu do", "tu do - hanh phuc", "hanh phuc":
			return 0
		}
	}
	return -1
}

// numberAt finds the number line ("Số: 115 /KH-UBND", "Số:      /KH-SVHTTDL") in folded text: the byte at
// which the number itself begins.
func numberAt(f string) (int, bool) {
	for from := 0; from < len(f); {
		i, ok := hasWord(f[from:], "so")
		if !ok {
			return 0, false
		}
		i += from + len("so")
		i += blanks(f[i:])
		colon := i < len(f) && (f[i] == ':' || f[i] == '.')
		if colon {
			i++
			i += blanks(f[i:])
		}
		rest := f[i:]
		if from == 0 || colon { // a number in running text has no colon and does not open the line
			slash := strings.IndexByte(rest, '/')
			dash := strings.IndexByte(rest, '-')
			if slash < 0 || dash >= 0 && dash < slash {
				slash = dash
			}
			if slash >= 0 && slash <= 24 && figures(rest[:slash]) && (colon || opensWith(f, "so")) {
				return i, true
			}
		}
		from = i
	}
	return 0, false
}

// figures reports whether folded text is what stands for a number: digits, a blank for one, or letters that a recogniser takes for
// digits beside others.
func figures(s string) bool {
	if strings.Trim(strings.ReplaceAll(s, "…", ""), "0123456789 ._-") == "" {
		return true
	}
	s = strings.Trim(s, " ")
	if len(s) > 6 || !hasDigit(s) {
		return false
	}
	_, ok := mapped(s, digitLike, "0123456789")
	return ok
}

// dateAt finds "ngày 04 tháng 6 năm 2021" behind a place and a comma in folded text, also with blanks for the
// day and month: the byte of "ngay".
func dateAt(f string) (int, bool) {
	i, ok := hasWord(f, "ngay")
	if !ok {
		return 0, false
	}
	m, ok := hasWord(f[i:], "thang")
	if !ok || m > 24 {
		return 0, false
	}
	y, ok := hasWord(f[i+m:], "nam")
	if !ok || y > 24 {
		return 0, false
	}
	before := strings.TrimRight(f[:i], " ")
	return i, strings.HasSuffix(before, ",") || before == ""
}

// printedDate reads the day, month and year behind "ngày" in folded text; blanks are 0.
func printedDate(f string) (day, month, year int) {
	m, _ := hasWord(f, "thang")
	y, _ := hasWord(f[m:], "nam")
	return digits(f[:m]), digits(f[m : m+y]), digits(f[m+y : min(len(f), m+y+16)])
}

// digits is the first number in a text, or 0.
func digits(s string) int {
	n, some := 0, false
	for i := range len(s) {
		if isDigit(s[i]) {
			n, some = n*10+int(s[i]-'0'), true
			if n > 9999 {
				return 0
			}
		} else if some && s[i] != ' ' || some && i+1 < len(s) && !isDigit(s[i+1]) {
			break
		}
	}
	return n
}

// readNumber reads the number and the symbol from the number line.
func (s *state) readNumber(l *line) {
	at, _ := numberAt(l.fold)
	start := unfold(l.text, l.fold, at)
	rest := l.text[start:]
	end := len(rest)
	for _, stop := range []string{"   ", "\t", ",", ";", " ngày", " Ngày"} {
		if i := strings.Index(rest[:end], stop); i > 3 && strings.ContainsAny(rest[:i], "/") {
			end = i
		}
	}
	rest = strings.TrimRight(cutSymbol(rest[:end]), " -–_/.")
	sp := plan.Span{Start: l.Start + start, End: l.Start + start + len(rest)}
	slash := strings.IndexAny(rest, "/-")
	if slash < 0 {
		return
	}
	if strings.Trim(rest[:slash], " .…_") == "" {
		symbol := strings.ReplaceAll(strings.Trim(rest[slash+1:], " ."), " ", "")
		if year, after, ok := strings.Cut(symbol, "/"); ok && len(year) == 4 && strings.Trim(year, "0123456789") == "" {
			symbol = after // of a legal document: "/2026/TT-BCT"
		}
		s.plan.Symbol = symbol
		s.setSpan("symbol", sp)
		s.problem(plan.BlankNumber, "the number is blank before "+rest[slash:], plan.Span{Start: l.Start, End: sp.End})
		return
	}
	n, ok := authority.ParseNumber(rest)
	if !ok { // a recogniser takes "1" for "l"
		if digits, some := mapped(strings.TrimSpace(rest[:slash]), digitLike, "0123456789"); some {
			n, ok = authority.ParseNumber(digits + rest[slash:])
		}
	}
	if old, is := oldNumber(rest); is {
		n, ok = old, true
	}
	if ok {
		s.plan.Number, s.plan.Symbol = n.Number, n.Symbol
		if n.Malformed {
			s.problem(plan.MalformedNumber, "the number is misprinted: "+rest, sp)
		}
		s.setSpan("number", sp)
		s.setSpan("symbol", sp)
	}
}

// oldNumber reads numbers of the years before 2005, whose symbols know slashes only: "144/2002/QĐ/BTC".
func oldNumber(s string) (n authority.Number, ok bool) {
	parts := strings.Split(strings.ReplaceAll(s, " ", ""), "/")
	if len(parts) < 3 || len(parts) > 4 || strings.Trim(parts[0], "0123456789") != "" || parts[0] == "" {
		return n, false
	}
	symbol := parts[1:]
	if len(symbol[0]) == 4 && strings.Trim(symbol[0], "0123456789") == "" {
		symbol = symbol[1:]
	}
	if len(symbol) != 2 || !isCapitals(symbol[0]) || !isCapitals(symbol[1]) {
		return n, false
	}
	if _, ok := authority.TypeByCode(symbol[0]); !ok {
		return n, false
	}
	n.Number, n.Symbol = strings.Join(parts, "/"), strings.Join(symbol, "/")
	return n, true
}

// cutSymbol cuts what follows a number's symbol on its line: a symbol is letters, digits, & - / and blanks
// around them.
func cutSymbol(s string) string {
	end := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == ' ' || r == '\u00a0':
			j := i + blanks(s[i:])
			// A blank ends the symbol unless the number goes on with / or - on one of its sides.
			if i > 0 && j < len(s) && !strings.ContainsRune("/-", rune(s[j])) && !strings.ContainsRune("/-.…_", lastRune(s[:i])) && strings.ContainsAny(s[:i], "/-") {
				return s[:end]
			}
			i = max(j, i+size)
			continue
		case r == '/' || r == '-' || r == '–' || r == '&' || r == '.' || r == '_' || r == '…' || isDigit(byte(r)) && r < 0x80 || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == 'Đ' || r == 'đ' || r == 'Ư':
			end = i + size
		default:
			return s[:end]
		}
		i += size
	}
	return s[:end]
}

// readDate reads the place and the date from the date line.
func (s *state) readDate(l *line) {
	at, ok := dateAt(l.fold)
	if !ok && l.known != "" { // letters are lost: the words stand where the place ends
		if at, ok = dateAt(l.known); ok {
			day, month, year := printedDate(l.known[at:])
			place, _, _ := strings.Cut(l.text, ",")
			if issued := isoDate(day, month, year); issued != "" && year > 1900 {
				s.plan.Issued = issued
				s.setSpan("issued", l.Span)
				if place = capitalTail(place); place != "" {
					s.plan.Place = place
					s.setSpan("place", plan.Span{Start: l.Start + strings.Index(l.text, place), End: l.Start + strings.Index(l.text, place) + len(place)})
				}
			}
		}
		return
	}
	day, month, year := printedDate(l.fold[at:])
	if year < 1900 || year > 2100 {
		year = 0
	}
	sp := l.span(at, len(l.fold))
	if m, ok := hasWord(l.fold[at:], "nam"); ok { // nothing behind the year belongs to the date
		end := at + m + len("nam")
		for end < len(l.fold) && (l.fold[end] == ' ' || isDigit(l.fold[end])) {
			end++
		}
		sp = l.span(at, len(strings.TrimRight(l.fold[:end], " ")))
	}
	if issued := isoDate(day, month, year); issued != "" {
		s.plan.Issued = issued
		s.setSpan("issued", sp)
	}
	if day == 0 || month == 0 {
		s.problem(plan.BlankDate, "the day or the month of the date is blank", sp)
	}
	before := strings.TrimRight(l.text[:unfold(l.text, l.fold, at)], " ,")
	if i := strings.LastIndexAny(before, "\t|"); i >= 0 {
		before = before[i+1:]
	}
	place := capitalTail(before)
	if _, ok := authority.ProvinceByName(before, s.plan.Issued); ok && place != before {
		place = before // "Hà nội"
	}
	if place != "" {
		s.plan.Place = place
		s.setSpan("place", plan.Span{Start: l.Start + strings.LastIndex(before, place), End: l.Start + strings.LastIndex(before, place) + len(place)})
	}
}

// isoDate writes a date as far as it is known.
func isoDate(day, month, year int) string {
	switch {
	case year == 0:
		return ""
	case month < 1 || month > 12:
		return pad(year, 4)
	case day < 1 || day > 31:
		return pad(year, 4) + "-" + pad(month, 2)
	}
	return pad(year, 4) + "-" + pad(month, 2) + "-" + pad(day, 2)
}

func pad(n, width int) string {
	s := ""
	for ; n > 0 || len(s) < width; n /= 10 {
		s = string(rune('0'+n%10)) + s
	}
	return s
}

// capitalTail is the capitalised words at the end of a text: the place before the date, behind a number on the
// same line.
func capitalTail(s string) string {
	words := strings.Fields(s)
	from := len(words)
	for from > 0 {
		w := words[from-1]
		if !opensUpper(w) && w != "-" && w != "–" || strings.ContainsAny(w, "/:") || hasDigit(w) && !opensUpper(w) {
			break
		}
		from--
	}
	for from < len(words) && (words[from] == "-" || words[from] == "–") {
		from++
	}
	tail := strings.Join(words[from:], " ")
	if tail == "" || !strings.HasSuffix(s, tail) {
		return ""
	}
	return tail
}
