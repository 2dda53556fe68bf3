package structure

import (
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// writeSections turns the units into sections: labels, paths, headings, texts and spans.
func (s *state) writeSections() {
	units := s.units
	for i := range units {
		u := &units[i]
		u.to = u.limit
		for j := i + 1; j < len(units); j++ {
			if units[j].depth <= u.depth || units[j].cand.line >= u.limit {
				u.to = min(u.to, units[j].cand.line)
				break
			}
		}
	}
	var path []string
	last := map[string]int{} // parent path and label → section, for repeated labels
	s.plan.Sections = make([]plan.Section, 0, len(units))
	for i := range units {
		u := &units[i]
		path = append(path[:min(len(path), u.depth-1)], labelText(u.label))
		sec := plan.Section{ID: i, Label: labelText(u.label), Level: len(path), Path: append([]string(nil), path...)}
		first := &s.lines[u.cand.line]
		sec.Span = plan.Span{Start: first.Start, End: s.lines[u.to-1].End}
		sec.Page = first.page
		bodyTo := u.to
		if i+1 < len(units) && units[i+1].cand.line < u.to {
			bodyTo = units[i+1].cand.line
		}
		s.readHeading(&sec, u, bodyTo)
		s.plan.Sections = append(s.plan.Sections, sec)
		if u.depth == 1 && u.cand.fresh {
			clear(last)
		}
		s.doubts(u, &sec, last)
	}
}

// labelText is the label as the contract writes it: "I", "2.1", "đ", "Điều 4", "Phụ lục I".
func labelText(l *label) string {
	switch l.scheme {
	case annexed, part, chapter, division, subdivision, article:
		// The word in small letters but for its first, the number as printed.
		word, rest, _ := strings.Cut(l.text, " ")
		if isCapitals(word) && len([]rune(word)) > 1 {
			words := strings.Fields(l.text)
			for i, w := range words {
				if i == 0 {
					words[i] = firstUpper(strings.ToLower(w))
				} else if ordinal(strings.ToLower(w), noScheme) == 0 {
					words[i] = strings.ToLower(w)
				}
			}
			return strings.Join(words, " ")
		}
		return strings.TrimSpace(word + " " + strings.Join(strings.Fields(rest), " "))
	}
	return l.text
}

func firstUpper(s string) string {
	for i, r := range s {
		if i > 0 {
			return strings.ToUpper(s[:i]) + s[i:]
		}
		_ = r
	}
	return strings.ToUpper(s)
}

// doubts records repeated labels and labels that jump.
func (s *state) doubts(u *unit, sec *plan.Section, last map[string]int) {
	key := strings.Join(sec.Path[:len(sec.Path)-1], "/") + "/" + sec.Label
	at := s.labelSpan(u)
	if u.lost {
		s.problem(plan.NumberingLost, "the label "+sec.Label+" seems to be lost here", s.lines[u.cand.line].Span)
	}
	switch prev, seen := last[key]; {
	case u.doubt == doubtWords[doubtRepeat] || seen && s.sameParent(prev, sec.ID):
		s.problem(plan.RepeatedLabel, "the label "+sec.Label+" stands twice under one parent", at)
	case u.doubt == doubtWords[doubtJump]:
		s.problem(plan.LabelJump, "a label before "+sec.Label+" is missing", at)
	case u.doubt != "":
		s.problem(plan.LevelDoubtful, "the level of "+sec.Label+" is doubtful: "+u.doubt, at)
	}
	last[key] = sec.ID
}

// sameParent reports whether two sections stand under one parent: nothing shallower is between them.
func (s *state) sameParent(a, b int) bool {
	level := s.plan.Sections[b].Level
	for i := a + 1; i < b; i++ {
		if s.plan.Sections[i].Level < level {
			return false
		}
	}
	return s.plan.Sections[a].Level == level
}

func (s *state) labelSpan(u *unit) plan.Span {
	l := &s.lines[u.cand.line]
	return plan.Span{Start: l.Start, End: l.Start + len(l.text[:u.label.rest])}
}

// readHeading tells the title line of a unit from its text: contract, `heading`, and decisions 2 and 29.
func (s *state) readHeading(sec *plan.Section, u *unit, bodyTo int) {
	first := u.cand.line
	l := &s.lines[first]
	start := l.Start + u.label.rest
	head := plan.Span{Start: start, End: l.End}
	next := first + 1
	if start >= l.End { // the label stands alone: its title is the next line
		if next < bodyTo && u.label.scheme != arabic || next < bodyTo && !isBullet(&s.lines[next]) {
			head = s.lines[next].Span
			next++
		}
	}
	// A title in capitals goes on over lines of capitals.
	for next < bodyTo && isCapitals(s.plan.Quote(head)) && isCapitals(s.lines[next].text) && !isBullet(&s.lines[next]) && !s.lines[next].isRow() &&
		!strings.HasSuffix(s.plan.Quote(head), ".") && !strings.Contains(s.plan.Quote(head), ": ") {
		head.End = s.lines[next].End
		next++
	}
	words := s.plan.Quote(head)
	body := plan.Span{}
	if next < bodyTo {
		body = plan.Span{Start: s.lines[next].Start, End: s.lines[bodyTo-1].End}
	}
	follows := bodyTo < u.to || next < bodyTo && isBullet(&s.lines[next]) // children or bullets
	switch title, value, ok := splitValue(words, follows); {
	case ok:
		sec.Heading = title
		valueStart := head.End - len(value)
		if value != "" {
			if body.IsZero() {
				body.End = head.End
			}
			body.Start = valueStart
		}
	case isSentence(words, follows, next < bodyTo):
		if body.IsZero() {
			body.End = head.End
		}
		body.Start = head.Start
	default:
		sec.Heading = oneLine(strings.TrimRight(words, " .:;"))
	}
	if !body.IsZero() && body.Start < body.End {
		sec.Body = body
		sec.Text = s.plan.Quote(body)
	}
}

func isBullet(l *line) bool {
	mark, _ := bulletMark(l.text)
	return mark != 0
}

// splitValue splits a title line at its colon where words follow on the same line: "THỜI GIAN THỰC HIỆN: Từ năm
// 2021". The title must look like one: short, without an opening of an enumeration.
func splitValue(words string, follows bool) (title, value string, ok bool) {
	i := strings.Index(words, ":")
	for i >= 0 && i+1 < len(words) && isDigit(words[i+1]) && i > 0 && isDigit(words[i-1]) { // 8:30
		j := strings.Index(words[i+1:], ":")
		if j < 0 {
			return "", "", false
		}
		i += 1 + j
	}
	if i <= 0 {
		return "", "", false
	}
	title, value = strings.TrimSpace(words[:i]), strings.TrimSpace(words[i+1:])
	if value == "" {
		return title, "", true
	}
	if strings.ContainsAny(title, ".") && !strings.Contains(title, "TP.") || strings.ContainsAny(title, ";\"“") || countWords(title, 20) > 14 {
		return "", "", false
	}
	lower := strings.ToLower(title)
	for _, w := range enumerators {
		if strings.HasSuffix(lower, w) && strings.ContainsRune(title, ' ') && countWords(title, 4) > countWords(w, 4) {
			return "", "", false
		}
	}
	if namesPlaces(title, value) {
		return strings.TrimRight(words, " .:;"), "", true
	}
	if isCapitals(title) || countWords(title, 12) <= 10 {
		return title, value, true
	}
	return "", "", false
}

// namesPlaces reports whether a colon only lists which places a group has: "UBND các phường: Ba Đình, Hoàn Kiếm".
func namesPlaces(title, value string) bool {
	words := strings.Fields(normalize.Fold(title))
	n := len(words)
	if n < 2 || !opensUpper(value) || !strings.Contains(value, ",") && !strings.Contains(value, " và ") {
		return false
	}
	switch last := words[n-1]; {
	case words[n-2] == "cac":
		return last == "phuong" || last == "xa" || last == "huyen" || last == "nuoc" || last == "tinh" || last == "so" || last == "quan"
	case n > 2 && words[n-3] == "cac":
		return words[n-2]+" "+last == "thanh pho" || words[n-2]+" "+last == "thi xa" || words[n-2]+" "+last == "don vi"
	}
	return false
}

// enumerators end the words before a colon inside a sentence.
var enumerators = []string{"cụ thể", "như", "gồm", "sau", "sau đây", "là", "như sau", "bao gồm", "trong đó", "đó là", "ví dụ", "phương châm", "chủ đề", "thông điệp", "khẩu hiệu", "nội dung"}

// isSentence reports whether the words of a unit are a numbered sentence rather than a heading.
func isSentence(words string, follows, text bool) bool {
	if words == "" {
		return false
	}
	if follows {
		return countWords(words, 80) > 70
	}
	n := countWords(words, 80)
	if strings.HasSuffix(words, ".") || strings.HasSuffix(words, ";") || strings.HasSuffix(words, "./") {
		// A short title may end in a full stop where its text follows: "1. Mục đích."
		return !(text && n <= 14) || strings.HasSuffix(words, ";")
	}
	return n > 60 || !text && n > 25 && strings.Contains(words, ",") && !mostlyCapitals(words)
}
