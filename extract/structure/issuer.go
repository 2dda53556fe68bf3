package structure

import (
	"slices"
	"strings"

	"kehoach/authority"
	"kehoach/normalize"
	"kehoach/plan"
)

// readIssuer reads the issuing body from the capitals of the letterhead: the last body named there, below those
// that it belongs to (Decree 30/2020, Phụ lục I, box 2).
func (s *state) readIssuer(block []int) {
	var bodies [][]plan.Span
	for _, i := range block {
		l := &s.lines[i]
		sp := l.Span
		if at := nationAt(l.fold); at > 0 {
			sp = l.span(0, at)
		} else if l.known != "" && nationAt(l.known) == 0 {
			continue
		}
		words := strings.TrimRight(s.plan.Quote(sp), " -–_*")
		words = strings.TrimRight(words, " ")
		if words == "" || at(normalize.Fold(words), notIssuers) || !wordy(words) {
			continue
		}
		sp.End = sp.Start + len(words)
		fold := normalize.Fold(words)
		if l.known != "" && nationAt(l.known) < 0 {
			fold = l.known
		}
		if len(bodies) == 0 || opensBody(fold) && !opensPlace(fold) && !strings.HasPrefix(fold, "phong chong") && !strings.HasPrefix(fold, "phong, chong") {
			bodies = append(bodies, nil)
		}
		bodies[len(bodies)-1] = append(bodies[len(bodies)-1], sp)
	}
	if len(bodies) == 0 {
		return
	}
	last := len(bodies) - 1
	quote := func(list []plan.Span) string {
		var words []string
		for _, sp := range list {
			words = append(words, strings.Fields(s.plan.Quote(sp))...)
		}
		return mendBody(strings.Join(words, " "))
	}
	if !opensBody(normalize.Fold(quote(bodies[last]))) && last == 0 {
		return
	}
	name := quote(bodies[last])
	if last > 0 && strings.EqualFold(name, "văn phòng") { // an office is that of the body above it
		name += " " + quote(bodies[last-1])
	}
	above := ""
	for i := last - 1; i >= 0; i-- {
		above += " " + quote(bodies[i])
	}
	s.plan.Spans["issuer"] = bodies[last]
	s.setIssuer(name, above)
}

// wordy reports whether capitals of a head are words: a rule's remains ("-0"), the mark of a file ("XV80", "H.L300") and the rest of the
// state's name ("NƯỚC") are none.
func wordy(words string) bool {
	letters, digits := 0, 0
	for i := range len(words) {
		if isLetter(words[i]) {
			letters++
		} else if isDigit(words[i]) {
			digits++
		}
	}
	return letters >= 2 && digits == 0 && words != "NƯỚC" || letters > 12
}

// opensPlace reports whether folded text begins with the kind of a place: the second line of a body's name
// ("ỦY BAN NHÂN DÂN / TỈNH HẬU GIANG").
func opensPlace(fold string) bool {
	for _, k := range []string{"tinh", "thanh pho", "tp", "huyen", "quan", "thi xa", "xa", "phuong", "thi tran", "dac khu"} {
		if opensWith(fold, k) {
			return true
		}
	}
	return false
}

func at(fold string, list []string) bool {
	for _, w := range list {
		if strings.HasPrefix(fold, w) {
			return true
		}
	}
	return false
}

// notIssuers are capitals in the head of a page that name no body.
var notIssuers = []string{"du thao", "hoa toc", "thuong khan", "khan", "mat", "tuyet mat", "toi mat", "ban sao", "sao y", "tai lieu mau", "van ban", "the socialist", "luu hanh", "khong pho bien"}

// setIssuer writes the issuer's name with the capitals of Decree 30/2020 and with its place. A province can stand
// in the body above it; that of a district or a commune is looked up (since July 2025 their letterheads often
// print no province).
func (s *state) setIssuer(name, above string) {
	p := s.plan
	date := p.Issued
	proper := properName(name)
	prov, at, found := authority.FindProvince(proper, date)
	body := authority.Resolve(proper, date, prov.Name)
	level := body.Level
	if level == "" {
		level = plan.Provincial
	}
	switch {
	case level == plan.Central:
		found = false
	case level != plan.Provincial:
		prov, found = s.lowerProvince(proper, above)
	case !found:
		if prov, _, found = authority.FindProvince(properName(above), date); !found && p.Place != "" {
			prov, found = authority.ProvinceByName(p.Place, date)
		}
		at = plan.Span{}
	}
	if at.IsZero() && level == plan.Provincial && found {
		proper = strings.TrimSuffix(strings.TrimSuffix(withoutPlace(proper, prov.Name), " tỉnh"), " thành phố") + " " + placeName(prov, date)
	}
	p.Issuer = plan.Issuer{Name: proper, Level: level, ID: body.ID}
	if found {
		p.Province = prov
		p.Issuer.ID = body.ID + "@" + prov.ID
	}
}

// mendBody writes the name of a people's committee or council as it is spelled where a recogniser damaged it.
func mendBody(name string) string {
	words := strings.Fields(name)
	if len(words) < 4 {
		return name
	}
	first := normalize.Fold(strings.Join(words[:4], " "))
	for _, body := range []string{"Ủy ban nhân dân", "Hội đồng nhân dân"} {
		if fold := normalize.Fold(body); first != fold && within(first, fold, 2) {
			if isCapitals(words[len(words)-1]) {
				body = strings.ToUpper(body)
			}
			return strings.TrimSpace(body + " " + strings.Join(words[4:], " "))
		}
	}
	return name
}

// withoutPlace drops the place at the end of a body's name where a recogniser damaged it: "tỉuh", "tỉnh Lạng Sôn", "Thãnh Phố Hà Nội".
func withoutPlace(name, province string) string {
	words := strings.Fields(name)
	end := len(words)
	if n := len(strings.Fields(province)); end > n && within(normalize.Fold(strings.Join(words[end-n:], " ")), normalize.Fold(province), 1) {
		end -= n
	}
	switch {
	case end > 2 && within(normalize.Fold(strings.Join(words[end-2:end], " ")), "thanh pho", 1):
		end -= 2
	case end > 1 && within(normalize.Fold(words[end-1]), "tinh", 1):
		end--
	}
	return strings.Join(words[:end], " ")
}

// lowerProvince is the province of a district or a commune: that of the body above it, the only one that has a
// place of its name, or among several the one that the document names.
func (s *state) lowerProvince(name, above string) (plan.Province, bool) {
	date := s.plan.Issued
	if prov, _, ok := authority.FindProvince(properName(above), date); ok {
		return prov, true
	}
	places := authority.FindPlaces(name, date)
	if len(places) == 1 {
		s.infer("province")
		return places[0], true
	}
	for _, z := range []zone{s.zones.opening, s.zones.end} {
		for i := z.from; i < z.to; i++ {
			prov, _, ok := authority.FindProvince(s.lines[i].text, date)
			if ok && (len(places) == 0 || slices.ContainsFunc(places, func(q plan.Province) bool { return q.ID == prov.ID })) {
				s.infer("province")
				return prov, true
			}
		}
	}
	if len(places) > 1 {
		names := make([]string, len(places))
		for i, q := range places {
			names[i] = q.Name
		}
		s.problem(plan.AmbiguousPlace, "places of this name are in "+strings.Join(names, ", "), plan.Span{})
	}
	return plan.Province{}, false
}

// readProvince fills the province of the issuer from the place, the title and the opening where the letterhead
// does not name it.
func (s *state) readProvince() {
	p := s.plan
	if p.Province.Name != "" || p.Issuer.Level != plan.Provincial {
		return
	}
	if prov, ok := authority.ProvinceByName(p.Place, p.Issued); ok && p.Place != "" {
		p.Province = prov
		s.infer("province")
	}
}

// inferIssuer finds the issuer of a document without a letterhead: the body that the opening sentence makes its
// subject (decision 14), the symbol, and the place named in the title.
func (s *state) inferIssuer() {
	p := s.plan
	if p.Issuer.Name != "" {
		return
	}
	prov, where, found := s.namedProvince()
	name, sp := s.openingBody()
	if name == "" {
		_, org, _ := strings.Cut(p.Symbol, "-")
		if b := authority.Resolve(org, p.Issued, prov.Name); b.Status == "resolved" {
			name = b.Name
		}
	}
	if name == "" && strings.HasPrefix(strings.TrimLeft(p.Symbol, "/"), "KH-UB") {
		name = "Ủy ban nhân dân"
	}
	if name == "" {
		return
	}
	if !sp.IsZero() {
		s.setSpan("issuer", sp)
	}
	above := ""
	if found {
		above = prov.Name
		if p.Spans["province"] == nil && !where.IsZero() {
			s.setSpan("province", where)
		}
	}
	s.setIssuer(name, above)
	s.infer("issuer")
	if p.Province.Name != "" {
		s.infer("province")
	}
}

// namedProvince is the province that the place, the title or the opening names.
func (s *state) namedProvince() (plan.Province, plan.Span, bool) {
	p := s.plan
	if prov, ok := authority.ProvinceByName(p.Place, p.Issued); ok && p.Place != "" {
		return prov, p.Spans["place"][0], true
	}
	for _, sp := range p.Spans["title"] {
		if prov, at, ok := authority.FindProvince(p.Quote(sp), p.Issued); ok {
			return prov, plan.Span{Start: sp.Start + at.Start, End: sp.Start + at.End}, true
		}
	}
	for i := s.zones.opening.from; i < s.zones.opening.to; i++ {
		l := &s.lines[i]
		if prov, at, ok := authority.FindProvince(l.text, p.Issued); ok {
			return prov, plan.Span{Start: l.Start + at.Start, End: l.Start + at.End}, true
		}
	}
	return plan.Province{}, plan.Span{}, false
}

// issuing are the verbs whose subject issues the plan, folded.
var issuing = []string{" ban hanh", " xay dung", " lap ", " de ra", " trien khai", " to chuc", " yeu cau", " thong bao"}

// openingBody is the subject of the sentence that issues the plan: the last body before "ban hành" or "xây dựng
// kế hoạch" in the opening.
func (s *state) openingBody() (string, plan.Span) {
	for i := s.zones.opening.to - 1; i >= s.zones.opening.from; i-- {
		l := &s.lines[i]
		for _, verb := range issuing {
			for at := len(l.fold); ; {
				at = strings.LastIndex(l.fold[:at], verb)
				if at < 0 {
					break
				}
				// The subject begins after the last comma, semicolon or bracket before the verb that a body follows.
				if name, sp, ok := s.subjectBefore(l, at); ok {
					return name, sp
				}
			}
		}
	}
	return "", plan.Span{}
}

// maxSubject is how many folded bytes before its verb a subject can begin.
const maxSubject = 160

// subjectBefore is the body whose name ends right before a byte of the folded line.
func (s *state) subjectBefore(l *line, end int) (string, plan.Span, bool) {
	first := max(0, end-maxSubject)
	for from := end; from > first; {
		i := strings.LastIndexAny(l.fold[first:from], ",;.)")
		start := first
		if from = first + i; i >= 0 {
			start = from + 1 + blanks(l.fold[from+1:])
		} else if first > 0 {
			break // it begins too far away
		}
		if start < end && opensBody(l.fold[start:end]) {
			sp := l.span(start, end)
			if name := s.plan.Quote(sp); opensUpper(name) && countWords(name, 16) <= 14 {
				return name, sp, true
			}
		}
		if i < 0 {
			break
		}
	}
	return "", plan.Span{}, false
}
