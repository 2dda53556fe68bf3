package structure

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"kehoach/authority"
	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

var (
	//go:embed tables/positions.tsv
	positionsTSV string
	//go:embed tables/closings.tsv
	closingsTSV string

	positions = column(tsv.MustParse("positions.tsv", positionsTSV, "words"))
	closings  = column(tsv.MustParse("closings.tsv", closingsTSV, "words"))
)

// column is the first column of a table.
func column(t *tsv.Table) []string {
	out := make([]string, len(t.Rows))
	for i, r := range t.Rows {
		out[i] = r[0]
	}
	return out
}

// zones are the parts of a document, as half-open ranges of line numbers. Parts that are not there are empty.
type zones struct {
	head     zone   // letterhead, number, date, type and title
	opening  zone   // căn cứ and the sentence that issues the plan; ends at the first node
	body     zone   // the outline of the document itself
	closing  zone   // "Trên đây là …", "… nghiêm túc thực hiện ./."
	end      zone   // signature and recipients
	after    []zone // what follows the end: annexes, attached documents
	notes    zone   // footnotes
	typeLine int    // the line of the document's type, or -1
	title    zone   // the lines of the trích yếu
	attached []int  // the type lines of attached documents
}

type zone struct{ from, to int }

func (z zone) holds(i int) bool { return z.from <= i && i < z.to }

// headLines is how far a letterhead can reach: later lines are text.
const headLines = 60

// findZones tells the parts of the document apart.
func findZones(s *state) {
	z := &s.zones
	z.notes = findNotes(s.lines)
	n := z.notes.from
	z.typeLine = findTypeLine(s.lines[:n])
	titleFrom := 0
	if z.typeLine >= 0 {
		titleFrom = z.typeLine + 1
	} else {
		titleFrom = letterheadEnd(s.lines[:n])
	}
	z.title = findTitle(s.lines[:n], z.typeLine, titleFrom)
	z.head = zone{0, max(titleFrom, z.title.to)}
	mainTo := n
	for j, next := z.head.to, z.head.to; j < n; j++ {
		if !opensReference(s.lines[j].fold) {
			continue
		}
		for i := max(next, j-7); i <= j; i++ { // the type stands over the reference
			if _, _, ok := typeWord(&s.lines[i]); ok && !s.lines[i].isRow() {
				z.attached = append(z.attached, i)
			}
		}
		next = j + 1
	}
	if len(z.attached) > 0 {
		mainTo = z.attached[0]
	}
	z.end = findEnd(s.lines[:mainTo], z.head.to)
	z.closing = findClosing(s.lines, z.head.to, z.end.from)
	z.opening = zone{z.head.to, z.head.to}
	z.body = zone{z.head.to, z.closing.from}
	if z.end.to < mainTo {
		z.after = append(z.after, zone{z.end.to, mainTo})
	}
	for i, from := range z.attached {
		to := n
		if i+1 < len(z.attached) {
			to = z.attached[i+1]
		}
		end := findEnd(s.lines[:to], from+1)
		closing := findClosing(s.lines, from+1, end.from)
		z.after = append(z.after, zone{from, closing.from})
		if end.to < to {
			z.after = append(z.after, zone{end.to, to})
		}
	}
}

// typeWord reports the type that a line names: "KẾ HOẠCH" alone, or at the head of a title in capitals. rest
// is the byte of the line at which the title goes on, or its length.
func typeWord(l *line) (t plan.Type, rest int, ok bool) {
	if l.isRow() {
		return t, 0, false
	}
	trimmed := strings.TrimRight(l.text, " :.")
	if l.seen && len(trimmed) < 60 {
		if t, ok := typeInPicture(trimmed); ok {
			return t, len(l.text), true
		}
	}
	if !opensUpper(l.text) {
		return t, 0, false
	}
	if len(trimmed) < 60 {
		if t, ok := authority.TypeByName(trimmed); ok {
			return t, len(l.text), true
		}
		if isCapitals(trimmed) || l.known != "" { // recognised text loses marks: "KÊ HOẠCH"
			if t, ok := authority.TypeByName(strings.TrimRight(l.formula(), " :.")); ok {
				return t, len(l.text), true
			}
		}
	}
	// A title in capitals on the line of its type: the longest type name that opens it.
	if !mostlyCapitals(l.text) {
		i := strings.Index(l.fold[:min(len(l.fold), 24)], " cua ")
		if i < 0 || beforeFigure(l.fold[:min(len(l.fold), maxCaption)], " so ") < 0 {
			return t, 0, false
		}
		if t, ok = authority.TypeByName(l.fold[:i]); !ok { // "Nghị định của Chính phủ số 115/2003/NĐ-CP"
			return t, 0, false
		}
		return t, unfold(l.text, l.fold, i+1), true
	}
	words := 0
	best := 0
	for i := 0; i < len(l.text) && words < 4; i++ {
		if l.text[i] != ' ' {
			continue
		}
		words++
		if got, found := authority.TypeByName(l.text[:i]); found {
			t, best = got, i
		}
	}
	return t, best + blanks(l.text[best:]), best > 0
}

// typeInPicture reads a type's name in capitals that a seal, a stamp or the margin spoiled: specks before it ("lì
// QUYẾT ĐỊNH"), or its first letter or two lost ("ÔNG TƯ").
func typeInPicture(s string) (t plan.Type, ok bool) {
	words := strings.Fields(s)
	for len(words) > 0 && !isCapitals(words[0]) && utf8.RuneCountInString(words[0]) <= 3 {
		words = words[1:]
	}
	name := normalize.Fold(strings.Join(words, " "))
	if len(name) < len("ong tu") || !isCapitals(strings.Join(words, " ")) {
		return t, false
	}
	if t, ok = authority.TypeByName(name); ok {
		return t, true
	}
	for _, full := range authority.Types() {
		fold := normalize.Fold(full.Name)
		if lost := len(fold) - len(name); (lost == 1 || lost == 2) && strings.HasSuffix(fold, name) {
			return full, true
		}
	}
	return t, false
}

// findTypeLine is the line that names the document's type. Lines of portals' tables and căn cứ never do.
func findTypeLine(lines []line) int {
	loose := -1
	for i := range lines[:min(len(lines), headLines)] {
		l := &lines[i]
		if opensWith(l.fold, "can cu") || opensWith(l.fold, "kinh gui") || len(readLabel(l.text, l.fold)) > 0 {
			break
		}
		t, rest, ok := typeWord(l)
		if !ok || t.Code == "" {
			continue
		}
		if isCapitals(l.text[:min(rest, len(l.text))]) || l.known != "" && looseCapitals(l.text) || i < 3 && captioned(normalize.Fold(l.text[rest:])) || l.seen && mostlyCapitals(l.text[strings.IndexByte(l.text, ' ')+1:]) {
			return i
		}
		if loose < 0 && rest == len(l.text) {
			loose = i
		}
	}
	return loose
}

// letterheadEnd is the first line after the letterhead of a document that names no type.
func letterheadEnd(lines []line) int {
	end := 0
	for i := range lines[:min(len(lines), 20)] {
		if k := headKind(&lines[i]); k != headOther && k != headIssuer {
			end = i + 1
		}
	}
	return end
}

// openings begin the sentence that follows a title, folded.
var openings = []string{"thuc hien", "can cu", "trien khai", "nham", "de ", "theo ", "tiep tuc", "uy ban nhan dan", "ubnd", "thi hanh",
	"quan triet", "kinh gui", "ngay ", "xet ", "chap hanh", "hoi dong nhan dan", "thu tuong", "chu tich", "bo truong", "giam doc", "tren co so", "trong nam", "so ", "thoi gian qua", "nhan "}

// findTitle is the range of lines of the title that begins at a line. A title in capitals goes on while the
// lines are capitals; another one while a line goes on with the sentence.
func findTitle(lines []line, typeLine, from int) zone {
	z := zone{from, from}
	onType := false
	if typeLine >= 0 {
		l := &lines[typeLine]
		_, rest, _ := typeWord(l)
		onType = rest < len(l.text)
		if onType && captioned(normalize.Fold(l.text[rest:])) && beforeFigure(l.fold, " so ") < 0 {
			onType = false // "QUYẾT ĐỊNH CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH": the subject comes on the next line
		}
	}
	for i := from; i < len(lines) && i < from+8; i++ {
		l := &lines[i]
		switch k := headKind(l); {
		case k == headNumber && i == from+1 && captioned(lines[from].fold): // "CỦA THỦ TƯỚNG CHÍNH PHỦ" / "SỐ 45/2005/QĐ-TTg …"
			z.to = i + 1
			continue
		case k == headRule && z.to == z.from && !onType:
			z = zone{i + 1, i + 1}
			continue
		case k != headOther && k != headIssuer:
			return z
		}
		first := z.to == z.from && !onType
		switch {
		case l.isRow() || opensWith(l.fold, "kinh gui") || strings.HasPrefix(l.fold, "(kem theo") || strings.HasPrefix(l.fold, "(ban hanh"):
			return z
		case first && typeLine < 0:
			if !strings.HasPrefix(l.fold, "v/v") && !opensWith(l.fold, "ve viec") {
				return z
			}
		case first && opensSentence(l) && opensUpper(l.text):
			return z
		case !first && isCapitals(l.text) && issues(lines, typeLine, l):
			return z
		case first:
		case len(readLabel(l.text, l.fold)) > 0:
			return z
		case mostlyCapitals(lines[i-1].text):
			if !mostlyCapitals(l.text) || opensSentence(l) && !isCapitals(l.text) || namesSigner(l.fold) {
				return z
			}
		case opensSentence(l) || mostlyCapitals(l.text) || !continues(&lines[i-1], l) && !restOfTitle(&lines[i-1], l):
			return z
		}
		z.to = i + 1
	}
	return z
}

// issues reports whether a line of capitals behind a title is the issuing body once more: it stands in the letterhead, or is one of
// the state's highest.
func issues(lines []line, typeLine int, l *line) bool {
	switch fold := strings.TrimRight(l.fold, " :,"); fold {
	case "chinh phu", "quoc hoi", "thu tuong chinh phu", "chu tich nuoc", "uy ban thuong vu quoc hoi":
		return true
	default:
		for i := range max(typeLine, 0) {
			if lines[i].fold == fold && opensBody(fold) {
				return true
			}
		}
	}
	return false
}

// opensSentence reports whether a line is the sentence that opens a document rather than its title.
func opensSentence(l *line) bool {
	if isCapitals(l.text) {
		return false
	}
	if f := l.fold; len(f) > 20 && !opensWith(f, "can cu") && (within(f[:6], "can cu", 1) || within(f[:5], "an cu", 0) || within(f[:7], "can cu ", 1)) {
		return strings.HasSuffix(f, ";") || strings.HasSuffix(f, ",") || strings.HasSuffix(f, ".") || namesNumber(f)
	}
	for _, o := range openings {
		if strings.HasPrefix(l.fold, o) {
			return opensWith(l.fold, "can cu") || namesNumber(l.fold) || strings.HasSuffix(l.fold, ":") || strings.HasSuffix(l.fold, ";") || len(l.fold) > 220
		}
	}
	return false
}

// namesNumber reports whether folded text names a document by its number: "số" before a figure, and not "chuyển
// đổi số".
func namesNumber(fold string) bool {
	for from := 0; ; {
		i, ok := hasWord(fold[from:], "so")
		if !ok {
			return false
		}
		from += i + len("so")
		if rest := strings.TrimLeft(fold[from:], " :"); rest != "" && isDigit(rest[0]) && strings.ContainsAny(rest[:min(len(rest), 8)], "/-") {
			return true
		}
	}
}

// namesSigner reports whether a line of capitals behind a title is who decides: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …".
func namesSigner(fold string) bool {
	return opensPosition(fold) || at(fold, []string{"uy ban nhan dan", "hoi dong nhan dan", "uy ban thuong vu"})
}

// restOfTitle reports whether a line that begins with a capital goes on with a title that was broken before a name
// ("… trên địa bàn tỉnh" / "Gia Lai giai đoạn 2021 - 2025"): it is short, and neither line ends a sentence.
func restOfTitle(prev, l *line) bool {
	return opensUpper(l.text) && len(l.text) < 160 && !strings.ContainsAny(l.text[len(l.text)-1:], ".:;") && !strings.ContainsAny(prev.text[len(prev.text)-1:], ".:;”\"")
}

// continues reports whether a line goes on with the sentence of the one before it.
func continues(prev, l *line) bool {
	if strings.HasSuffix(prev.text, ".") || strings.HasSuffix(prev.text, ":") || strings.HasSuffix(prev.text, ";") {
		return false
	}
	return !opensUpper(l.text) && l.text[0] != '-' && l.text[0] != '+' || strings.HasSuffix(prev.text, ",")
}

// opensReference reports whether folded text begins like the line that ties a document to the one it is attached to.
func opensReference(fold string) bool {
	if !strings.HasPrefix(fold, "(") {
		return false
	}
	return strings.HasPrefix(fold, "(kem theo") || strings.HasPrefix(fold, "(ban hanh kem theo") || strings.HasPrefix(fold, "(ban hanh theo") ||
		len(fold) > 9 && within(fold[:9], "(kem theo", 2)
}

// findNotes is the range of footnotes at the very end of the document: lines that open with [1], or that the
// reader marked.
func findNotes(lines []line) zone {
	n := len(lines)
	from := n
	for i := n - 1; i >= 0; i-- {
		if _, _, ok := noteMark(&lines[i]); ok {
			from = i
		} else if from-i > 3 || lines[i].style != plan.Footnote && len(readLabel(lines[i].text, lines[i].fold)) > 0 {
			break
		}
	}
	return zone{from, n}
}

// noteMark reads the mark of a footnote: "[1]" or, where the reader knows it for one, "1" and "(1)".
func noteMark(l *line) (mark string, rest int, ok bool) {
	if strings.HasPrefix(l.text, "[") {
		end := strings.IndexByte(l.text, ']')
		if end > 1 && end <= 4 && (isDigit(l.text[1]) || l.text[1] == '*') {
			return l.text[1:end], end + 1 + blanks(l.text[end+1:]), true
		}
	}
	if l.style != plan.Footnote {
		return "", 0, false
	}
	i := 0
	for i < len(l.text) && (isDigit(l.text[i]) || l.text[i] == '*') {
		i++
	}
	return l.text[:i], i + blanks(l.text[i:]), i > 0
}

// findClosing is the closing paragraphs that stand right before the end: they open with words of the table and
// are neither bullet nor label.
func findClosing(lines []line, from, end int) zone {
	z := zone{end, end}
	for i := end - 1; i >= from && i >= end-5; i-- {
		l := &lines[i]
		if mark, _ := bulletMark(l.text); mark != 0 || l.isRow() || len(readLabel(l.text, l.fold)) > 0 {
			break
		}
		if !opensClosing(l.fold) {
			if z.from == end && endMark(l.text) && i > from && isBullet(&lines[i-1]) { // behind the last bullet
				z.from = i
				break
			}
			if i == end-1 && strings.TrimRight(l.text, "./ ") == "" {
				continue
			}
			break
		}
		z.from = i
	}
	if z.from == end {
		return zone{end, end}
	}
	return z
}

// endMark reports whether a paragraph ends with the mark that closes a document's body (Decree 30/2020, Phụ lục I, II.6).
func endMark(text string) bool {
	return strings.HasSuffix(text, "./.") || strings.HasSuffix(text, "./")
}

func opensClosing(fold string) bool {
	for _, c := range closings {
		if matchesOpening(fold, c) {
			return true
		}
	}
	return false
}

// matchesOpening reports whether folded text begins with a phrase in which "*" stands for up to ten words.
func matchesOpening(fold, phrase string) bool {
	first, rest, wild := strings.Cut(phrase, " * ")
	if !opensWith(fold, first) {
		return false
	}
	for wild {
		var next string
		next, rest, wild = strings.Cut(rest, " * ")
		i, ok := hasWord(fold[:min(len(fold), 200)], next)
		if !ok || countWords(fold[:i], 20) > 18 {
			return false
		}
	}
	return true
}
