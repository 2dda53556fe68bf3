package structure

import (
	_ "embed"
	"sort"
	"strings"

	"kehoach/authority"
	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/citation_types.tsv
var docTypesTSV string

// docTypes are the words that name a document before its number, the longest first.
var docTypes = func() []struct{ words, code string } {
	var out []struct{ words, code string }
	for _, row := range tsv.MustParse("citation_types.tsv", docTypesTSV, "words", "code").Rows {
		out = append(out, struct{ words, code string }{row[0], row[1]})
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].words) > len(out[j].words) })
	return out
}()

// citations reads every mention of another document: by its number, or a law by its name.
func citations(s *state) {
	c := citer{s: s, walk: s.walkSections(), kept: map[string]bool{}}
	for i := 0; i < len(s.lines); i++ {
		l := &s.lines[i]
		if !l.says(saysLaw) && strings.IndexByte(l.fold, '/') < 0 && !(l.says(saysOld) && hasOldNumber(l.fold)) {
			c.skip(i)
			continue
		}
		z := c.zone(i)
		if z == zoneNone {
			continue
		}
		if breaksNumber(l) {
			if j, ok := s.joined(i); ok {
				c.read(i, &j, z)
				i++
				continue
			}
		}
		c.read(i, l, z)
	}
}

// breaksNumber reports whether a line ends inside the number of a document: "… số 5969/QĐ-".
func breaksNumber(l *line) bool {
	n := len(l.fold)
	return n > 3 && (l.fold[n-1] == '-' && isLetter(l.fold[n-2]) && strings.LastIndexByte(l.fold[max(0, n-12):], '/') >= 0 || l.fold[n-1] == '/' && isDigit(l.fold[n-2]))
}

// citer reads citations line by line; it remembers what the opening says the plan carries out.
type citer struct {
	s     *state
	walk  *sectionWalk
	lead  lead            // of the opening's last clause
	kept  map[string]bool // numbers of documents that the plan implements
	marks map[string]int  // mark of a footnote → the byte of the body where it stands
	title map[string]bool // the pairs of words of the title
	does  int             // whether the opening says "Thực hiện …": 1 yes, -1 no, 0 not looked up
}

// hit is a mention that was found in a line, before its role is known. Offsets are bytes of the fold.
type hit struct {
	from, to int
	number   string
	code     string
	tail     citationTail
	law      bool
}

// read finds the mentions of one line and writes them.
func (c *citer) read(i int, l *line, z citationZone) {
	r := newRuler(l)
	hits := r.numbers()
	if hasOldNumber(l.fold) {
		hits = r.oldNumbers(hits)
	}
	hits = r.laws(hits, "luat", "Luật")
	hits = r.laws(hits, "phap lenh", "PL")
	if z == zoneHead || enclosure(l) {
		return // the document's own number, or that of the one which issues it
	}
	prev := 0
	for k, h := range hits {
		if h.number != "" && strings.EqualFold(h.number, c.s.plan.Number) {
			prev = h.to
			continue
		}
		span := r.span(h.from, h.to)
		out := plan.Citation{Number: h.number, Type: h.code, Issuer: h.tail.issuer, Date: h.tail.date.iso(), Text: c.s.plan.Quote(span), Span: span}
		out.Section = c.section(i, span.Start, z)
		next := len(l.fold)
		if k+1 < len(hits) {
			next = hits[k+1].from
		}
		out.Role = c.role(&r, z, h, prev, next)
		if out.Role == plan.Implements && h.number != "" {
			c.kept[strings.ToLower(h.number)] = true
		}
		out.Relation = relationBefore(l.fold, prev, h.from)
		if h.tail.bad {
			c.s.problem(plan.MalformedDate, "the date of "+h.number+" is misprinted", span)
		}
		c.s.plan.Citations = append(c.s.plan.Citations, out)
		prev = h.to
	}
}

// numbers are the mentions by number in a line, in order.
func (r *ruler) numbers() []hit {
	var hits []hit
	text := r.line.text
	floor := 0
	for i := strings.IndexByte(text, '/'); i >= 0 && i < len(text); {
		if n, ok := scanDocNumber(text, i, floor); ok {
			if h, ok := r.numbered(n, hits); ok {
				hits = append(hits, h)
				i = max(r.text(h.to), n.to)
				floor = i
			}
		}
		j := strings.IndexByte(text[min(i+1, len(text)):], '/')
		if j < 0 {
			break
		}
		i += 1 + j
	}
	return hits
}

// numbered makes a mention of a number: the words before it, and date and issuer behind it.
func (r *ruler) numbered(n docNumber, hits []hit) (hit, bool) {
	fold := r.line.fold
	at := r.fold(n.from)
	floor := 0
	if len(hits) > 0 {
		floor = hits[len(hits)-1].to
	}
	start, code, so := r.typeBefore(at, floor)
	if n.spaced && (!so || code == "") {
		return hit{}, false
	}
	if n.groups < 2 && !n.party && code == "" && !so {
		return hit{}, false
	}
	if n.groups < 2 && !n.party && !isAssembly(n.first) && !twoCapitals(n.first) {
		return hit{}, false
	}
	if code == "" && !so && !n.party && !twoCapitals(n.first) {
		return hit{}, false
	}
	to := n.to
	if so || code != "" { // "01/KH1N-01/17h00/DBQG-DBKH": what the registry wrote goes on to the blank
		for to < len(r.line.text) && to < n.to+60 && strings.IndexByte("/-&", r.line.text[to]) >= 0 && to+1 < len(r.line.text) && (isLetter(r.line.text[to+1]) || isDigit(r.line.text[to+1])) {
			to++
			for to < len(r.line.text) && (isDigit(r.line.text[to]) || isLetter(r.line.text[to]) || r.line.text[to] == '-' || r.line.text[to] == '&') {
				to++
			}
		}
	}
	h := hit{from: start}
	words := r.line.text[n.from:to]
	h.number = strings.ReplaceAll(strings.ReplaceAll(words, " ", ""), "–", "-")
	h.code = typeOf(n, code)
	parsed, ok := authority.ParseNumber(words)
	if ok && to == n.to {
		h.number = parsed.Number
		if h.code == "" {
			h.code = parsed.Type
		}
	}
	if !so && code == "" && (!ok || parsed.Type == "CV" && parsed.Issuer == "" || parsed.Type == "" && !isAssembly(n.first)) {
		return hit{}, false // "1900/QWXZ-HN": bare, and of no body that is known
	}
	h.tail = r.readTail(r.fold(to))
	h.to = trimRight(fold, start, h.tail.end)
	return h, true
}

// typeOf is the code of a document's type: what its symbol says, else the words before it.
func typeOf(n docNumber, code string) string {
	switch t, ok := authority.TypeByCode(n.first); {
	case isAssembly(n.first) && code == "":
		return "Luật"
	case isAssembly(n.first), n.party && code != "":
		return code
	case ok && t.Code != "" && (n.groups > 1 || n.party):
		return t.Code
	case code != "":
		return code
	}
	return ""
}

// typeBefore finds the words before a number, "Nghị quyết số" or "số": where the mention begins, the code of the
// type, and whether "số" stands there.
func (r *ruler) typeBefore(at, floor int) (start int, code string, so bool) {
	fold := r.line.fold
	start = at
	i := trimRight(fold, floor, at)
	if i > floor && fold[i-1] == ':' {
		i = trimRight(fold, floor, i-1)
	}
	if j, ok := before(fold, i, "so"); ok && j >= floor {
		start, so = j, true
		i = trimRight(fold, floor, j)
	}
	for _, t := range docTypes {
		if j, ok := before(fold, i, t.words); ok && j >= floor {
			return j, t.code, so
		}
	}
	if !so {
		return start, "", false
	}
	// "Luật Hải quan số 54/2014/QH13", "Nghị quyết của Quốc hội số …": the words of the type stand a little before.
	from := max(floor, i-90)
	best := -1
	for _, t := range docTypes {
		for j := from; ; {
			k := strings.Index(fold[j:i], t.words)
			if k < 0 {
				break
			}
			k += j
			j = k + 1
			end := k + len(t.words)
			between := fold[end:i]
			if k > 0 && (isLetter(fold[k-1]) || isDigit(fold[k-1])) || !strings.HasPrefix(between, " ") || !r.capitalAt(k) || strings.ContainsAny(between, ".;:(/") {
				continue
			}
			isLaw := t.code == "Luật" || t.code == "PL"
			if !isLaw && (len(between) > 45 || strings.ContainsAny(between, ",") || !strings.HasPrefix(between, " cua ") && len(between) > 30 || goesOn(between)) {
				continue
			}
			if k > best || k == best && len(code) == 0 {
				best, code = k, t.code
			}
		}
	}
	if best >= 0 {
		return best, code, true
	}
	return start, "", true
}

// goesOn reports whether words between a type and a number tell of another document.
func goesOn(between string) bool {
	for _, w := range []string{"thuc hien", "tai", "theo", "ve", "phe duyet", "ban hanh", "kem theo", "trien khai", "va", "nay"} {
		if _, ok := hasWord(between, w); ok {
			return true
		}
	}
	return false
}

// laws adds the laws, or ordinances, that a line names without a number.
func (r *ruler) laws(hits []hit, word, code string) []hit {
	fold := r.line.fold
	n := len(hits)
	next := 0 // the first hit that ends behind the place
	for i := 0; ; {
		j := strings.Index(fold[i:], word)
		if j < 0 {
			break
		}
		i += j
		for next < n && hits[next].to <= i {
			next++
		}
		if next < n && hits[next].from <= i {
			i = hits[next].to
			continue
		}
		start, end, ok := r.lawAt(i, word)
		if !ok || next < n && hits[next].from < end {
			i += len(word)
			continue
		}
		h := hit{from: start, law: true, code: code}
		end = lawYear(fold, end)
		h.tail = r.readTail(end)
		if h.tail.issuer != "" { // "Luật Đất đai của …" says whose duty, not who passed it
			h.tail = citationTail{end: end}
			r.readTailDate(&h.tail)
		}
		h.to = trimRight(fold, start, h.tail.end)
		hits = append(hits, h)
		i = max(h.to, i+len(word))
	}
	if len(hits) > n {
		sort.SliceStable(hits, func(a, b int) bool { return hits[a].from < hits[b].from })
	}
	return hits
}

// lawYear reads " năm 2020", " 2020" or " (2013)" behind the name of a law, and the "(sửa đổi)" before it.
func lawYear(fold string, end int) int {
	for _, w := range []string{" (sua doi)", " (sua doi, bo sung)", " (hop nhat)", " sua doi nam"} {
		if strings.HasPrefix(fold[end:], w) {
			end += len(strings.TrimSuffix(w, " nam"))
			break
		}
	}
	if _, j := namedYear(fold, end); j > 0 {
		return j
	}
	i := skipBlanks(fold, end)
	if _, j := fourDigits(fold, i); j > 0 {
		return j
	}
	if i < len(fold) && fold[i] == '(' {
		if _, j := fourDigits(fold, i+1); j > 0 && j < len(fold) && fold[j] == ')' {
			return j + 1
		}
	}
	return end
}
