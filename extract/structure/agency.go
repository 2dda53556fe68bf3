package structure

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"kehoach/authority"
	"kehoach/internal/tsv"
	"kehoach/normalize"
	"kehoach/plan"
)

//go:embed tables/verbs.tsv
var verbsTSV string

// taskVerbs leads from a first folded word to the verbs that begin a task.
var taskVerbs = sync.OnceValue(func() map[string][]*taskVerb {
	m := map[string][]*taskVerb{}
	for _, r := range tsv.MustParse("verbs.tsv", verbsTSV, "words", "not_after", "strong").Rows {
		v := &taskVerb{words: normalize.Fold(r[0]), keys: normalize.Keys(r[0]), strong: r[2] == "yes"}
		for _, n := range tsv.List(r[1]) {
			v.notAfter = append(v.notAfter, normalize.Fold(n))
		}
		first, _, _ := strings.Cut(v.words, " ")
		m[first] = append(m[first], v)
	}
	return m
})

// taskVerb is a verb that begins a task.
type taskVerb struct {
	words    string   // folded
	keys     string   // with its tones: "giao" is not "giáo"
	notAfter []string // folded words of a name that it may follow inside it
	strong   bool     // ends a name in a heading too
}

// agency is one body named in a list, with the words that name it.
type agency struct {
	name string // as the contract writes it
	id   string
	span plan.Span
	role plan.Role // where a bracket says it: "Sở Tài chính (chủ trì)"
}

// words is a stretch of Text with its folded form.
type words struct {
	span plan.Span
	text string
	fold string
}

// wordsOf is the stretch of a line from a folded byte on.
func (l *line) words(from, to int) words {
	sp := l.span(from, to)
	return words{sp, l.text[sp.Start-l.Start : sp.End-l.Start], l.fold[from:to]}
}

// cut is the stretch of w between two folded bytes.
func (w words) cut(from, to int) words {
	start := unfold(w.text, w.fold, from)
	end := start + unfold(w.text[start:], w.fold[from:], to-from)
	return words{plan.Span{Start: w.span.Start + start, End: w.span.Start + end}, w.text[start:end], w.fold[from:to]}
}

// trim drops blanks and the given bytes at both ends.
func (w words) trim(set string) words {
	from, to := 0, len(w.fold)
	for from < to && (w.fold[from] == ' ' || strings.IndexByte(set, w.fold[from]) >= 0) {
		from++
	}
	for to > from && (w.fold[to-1] == ' ' || strings.IndexByte(set, w.fold[to-1]) >= 0) {
		to--
	}
	if from == 0 && to == len(w.fold) {
		return w
	}
	return w.cut(from, to)
}

// askings stand before a body that is asked or told: they are no part of its name (decisions 5 and 28).
var askings = []string{"de nghi ", "giao cho ", "giao ", "moi ", "doi voi ", "yeu cau ", "kinh de nghi ", "trach nhiem cua ", "nhiem vu cua "}

// unasked drops such words.
func (w words) unasked() words {
	w = w.trim("*_\"")
	for again := true; again; {
		again = false
		for _, a := range askings {
			if strings.HasPrefix(w.fold, a) {
				w, again = w.cut(len(a), len(w.fold)).trim(""), true
			}
		}
	}
	return w
}

// agencies splits a list of bodies: at semicolons, and at a comma or "và" where a new body begins (decision 4).
func (s *state) agencies(w words) []agency { return s.members(w, false) }

// groupWords go on with a group that began with "các": "các sở, ban, ngành, đoàn thể cấp tỉnh".
var groupWords = []string{"so", "ban", "nganh", "doan the", "to chuc", "don vi", "dia phuong", "huyen", "thi xa", "thanh pho", "xa", "phuong", "thi tran", "dac khu",
	"quan", "co quan", "bao chi", "hoi", "ca nhan", "doanh nghiep", "tp", "tap the", "ho gia dinh", "khu", "cum", "va"}

// newMember reports whether a new member of a labelled list begins at a folded byte: in such a list every member
// counts, also people and loose groups (decision 18). Short words behind "các" belong to its group.
func newMember(w words, from, at int) bool {
	own := false // the group before is of people or things that are no bodies: it takes no bodies in
	if before := strings.TrimLeft(w.fold[from:at], " "); strings.HasPrefix(before, "cac ") {
		own = !opensWithAny(before[len("cac "):], groupWords) && !opensBody(before)
	}
	at += blanks(w.fold[at:])
	rest := w.fold[at:]
	if end := strings.IndexAny(rest, ",;"); end >= 0 {
		rest = rest[:end]
	}
	if !own && opensWithAny(rest, groupWords) {
		return false
	}
	return countWords(rest, 6) >= 4 && lowerAt(w, at) // a capital goes on with a name: "Sở Văn hóa, Thể thao …"
}

// maxMembers is how many bodies one list can name.
const maxMembers = 60

// maxList is how many folded bytes of a list of bodies are read.
const maxList = 4000

// members is agencies; in a labelled list members that are no bodies count as well.
func (s *state) members(w words, labelled bool) []agency {
	w = w.cut(0, min(len(w.fold), maxList)).unasked().trim(".:;,")
	if list := s.distributed(w); list != nil {
		return list
	}
	var out []agency
	from, depth := 0, 0
	add := func(to int) {
		if len(out) == maxMembers {
			return
		}
		if a, ok := s.agency(w.cut(from, to)); ok {
			out = append(out, a)
		}
	}
	for i := 0; i < len(w.fold); i++ {
		switch c := w.fold[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case depth > 0:
		case c == ';':
			add(i)
			from = i + 1
		case c == ',':
			if s.newBody(w, from, i+1, false) || labelled && newMember(w, from, i+1) {
				add(i)
				from = i + 1
			}
		case c == ' ' && strings.HasPrefix(w.fold[i:], " va "):
			if s.newBody(w, from, i+4, true) {
				add(i)
				from = i + 4
			}
		case c == ' ' && strings.HasPrefix(w.fold[i:], " cung "):
			if s.newBody(w, from, i+6, true) {
				add(i)
				from = i + 6
			}
		}
	}
	add(len(w.fold))
	return out
}

// newBody reports whether a new body begins at a folded byte of a list whose present member began at from.
func (s *state) newBody(w words, from, at int, and bool) bool {
	at += blanks(w.fold[at:])
	rest := w.cut(at, min(len(w.fold), at+80))
	before := strings.TrimSpace(w.fold[from:at])
	switch {
	case rest.fold == "":
		return false
	case and && strings.HasPrefix(before, "van phong") && (strings.Contains(before, "hdnd") || strings.Contains(before, "hoi dong nhan dan")):
		return false // Văn phòng HĐND và UBND
	case and && strings.HasPrefix(before, "ban quan ly") && opensWithAny(rest.fold, []string{"cac khu", "cac kcn", "cac cum", "khu kinh te", "khu cong nghiep"}):
		return false // Ban Quản lý Khu kinh tế và các khu công nghiệp
	case strings.HasPrefix(rest.fold, "va "):
		return s.newBody(w, from, at+3, true)
	case strings.HasPrefix(rest.fold, "cac ") || strings.HasPrefix(rest.fold, "mot so "):
		return true
	case (strings.HasPrefix(rest.fold, "tinh ") || strings.HasPrefix(rest.fold, "thanh pho ")) && (strings.HasPrefix(before, "tinh ") || strings.HasPrefix(before, "thanh pho ")):
		_, ok := authority.ProvinceByName(firstWords(rest.text, 4), "")
		_, _, named := authority.FindProvince(rest.text, "")
		return ok || named
	case looseGroup(rest.fold) && !opensUpper(rest.text):
		return s.isKnown(w.cut(from, at))
	}
	return isBody(rest.text, rest.fold) || s.isShort(rest)
}

// looseGroups open a group without "các" and without a capital, folded: "Sở Tài chính, đơn vị liên quan".
var looseGroups = []string{"bo, nganh", "so, nganh", "so, ban", "don vi", "co quan", "dia phuong", "doanh nghiep", "to chuc", "phong, ban", "ubnd", "uy ban nhan dan", "nganh", "cap", "chu dau tu"}

func looseGroup(fold string) bool { return opensWithAny(fold, looseGroups) }

// opensWithAny reports whether folded text opens with one of the words.
func opensWithAny(fold string, list []string) bool {
	for _, w := range list {
		if opensWith(fold, w) {
			return true
		}
	}
	return false
}

// isKnown reports whether a member of a list, with the separator behind it, is a body that the tables know.
func (s *state) isKnown(w words) bool {
	w = w.trim(",;")
	w.fold = strings.TrimSuffix(w.fold, " va")
	w = w.cut(0, len(w.fold))
	if !opensUpper(w.text) || countWords(w.fold, 3) < 2 || opensWith(w.fold, "cac") || strings.HasPrefix(w.fold, "bo, ") || strings.HasPrefix(w.fold, "so, ") {
		return false
	}
	return foldLen(w.text[:s.prefix(w.text)]) == len(w.fold)
}

// isShort reports whether the next member of a list is an abbreviation of a known body: "VTV, VOV, TTXVN".
func (s *state) isShort(w words) bool {
	end := strings.IndexAny(w.fold, ",; ")
	if end < 0 {
		end = len(w.fold)
	}
	if end < 2 || end > 10 {
		return false
	}
	name := w.cut(0, end).text
	return isCapitals(name) && authority.Resolve(name, s.plan.Issued, s.plan.Province.Name).Status == authority.Resolved
}

func firstWords(s string, n int) string {
	f := strings.Fields(s)
	return strings.Join(f[:min(n, len(f))], " ")
}

// agency reads one body: its name without brackets and place, its id, and the role that a bracket gives it.
func (s *state) agency(w words) (agency, bool) {
	w = w.unasked().trim(".:;,-–\"*_")
	if strings.HasPrefix(w.fold, "va ") {
		w = w.cut(3, len(w.fold)).trim("")
	}
	var role plan.Role
	if open := strings.IndexByte(w.fold, '('); open > 0 {
		switch inner := w.fold[open:]; {
		case strings.Contains(inner, "chu tri"):
			role = plan.Lead
		case strings.Contains(inner, "phoi hop"):
			role = plan.Support
		}
		if role != "" || strings.HasSuffix(w.fold, ")") && !isCapitals(w.text[unfold(w.text, w.fold, open):]) {
			w = w.cut(0, open).trim(".:;,-")
		}
	}
	if w.fold == "" || countWords(w.fold, 40) > 36 {
		return agency{}, false
	}
	if strings.HasPrefix(w.fold, "thu truong cac ") { // the heads of a group stand for it (decision 24)
		w = w.cut(len("thu truong "), len(w.fold))
	}
	body := s.body(w.text)
	return agency{name: body.name, id: body.id, span: w.span, role: role}, body.name != ""
}

// body is what the tables say of a printed name; its name is "" where nothing is left of it.
func (s *state) body(text string) bodyName {
	if b, ok := s.bodies[text]; ok {
		return b
	}
	var b bodyName
	if b.name = authority.Bare(properName(text)); b.name != "" {
		b.name = firstUpper(b.name)
		known := authority.Resolve(b.name, s.plan.Issued, s.plan.Province.Name)
		b.id = known.ID
		if known.Status == authority.Resolved && shortened(b.name) { // "Sở NV": only the whole says what it stands for
			b.name = known.Name
		}
	}
	if s.bodies == nil {
		s.bodies = map[string]bodyName{}
	}
	s.bodies[text] = b
	return b
}

// shortened reports whether a name ends in an abbreviation of two capitals or more.
func shortened(name string) bool {
	i := strings.LastIndexByte(name, ' ')
	last := name[i+1:]
	return i > 0 && len(last) > 1 && isCapitals(last) && !isCapitals(name[:i])
}

// maxRun is how many folded bytes the bodies at the head of a sentence may take.
const maxRun = 500

// subject splits a sentence that opens with its agencies into them and the task: "Các sở, ban, ngành; UBND các
// huyện căn cứ chức năng …". ok is false where no body opens it or no verb follows.
func (s *state) subject(w words) (list []agency, task words, ok bool) {
	w = w.unasked().trim("*_")
	if !isBodyAnyCase(w.text, w.fold) || !opensUpper(w.text) && !strings.HasPrefix(w.fold, "cac ") && !strings.HasPrefix(w.fold, "so ") {
		return nil, w, false
	}
	end, rest := s.namesEnd(w.cut(0, min(len(w.fold), 2*maxRun)))
	if end == 0 {
		return nil, w, false
	}
	list = s.agencies(w.cut(0, end))
	task = w.cut(rest, len(w.fold)).trim("")
	return list, task, len(list) > 0 && task.fold != ""
}

// runEnd is where the bodies at the head of a sentence end and where the task begins: at a colon, or at the first
// verb in small letters. In a heading only strong verbs count: its words may be a name that holds others.
func runEnd(w words, heading bool) (end, rest int) {
	limit := min(len(w.fold), maxRun)
	depth := 0
	for i := 0; i < limit; i++ {
		switch c := w.fold[i]; {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth > 0:
		case c == ':':
			// "UBND các phường: Ba Đình, Hoàn Kiếm …" lists places; a task begins with a verb.
			if j := i + 1 + blanks(w.fold[i+1:]); w.verb(j) != nil || j >= len(w.fold) || !capitalsList(w, j) {
				return i, i + 1
			}
		case c == '.' && i+1 < limit && w.fold[i+1] == ' ' && i > 3:
			return 0, 0
		case c == ' ':
			if v := w.verb(i + 1); v != nil && (v.strong || !heading) && lowerAt(w, i+1) && !v.inside(w.fold[:i]) {
				return i, i + 1
			}
		}
	}
	return 0, 0
}

// namesEnd is where the bodies at the head of a sentence end and where the rest begins: at the first verb of the
// table, or behind the bodies that are known by name where the words up to that verb are too many for a name.
func (s *state) namesEnd(w words) (end, rest int) {
	end, rest = runEnd(w, false)
	names := w
	if end > 0 { // what is behind the verb is no name
		names = w.cut(0, end)
	}
	known := s.knownEnd(names)
	if known > 0 && (end == 0 || known < end) && prepositionAt(w.fold, known+blanks(w.fold[known:])) {
		return known, known + blanks(w.fold[known:])
	}
	if next := known + blanks(w.fold[known:]); known > 0 && end > known && next < len(w.fold) && (w.fold[next] == ',' || w.fold[next] == ';') {
		return end, rest // bodies follow that no table knows
	}
	if known == 0 || end > 0 && (end <= known || w.fold[end] == ':' || countWords(w.fold[known:end], 8) <= 3) {
		return end, rest
	}
	return known, known + blanks(w.fold[known:])
}

// prepositionAt reports whether a word begins at a folded byte that no name goes on with.
func prepositionAt(fold string, at int) bool {
	for _, p := range []string{"trong", "de", "nham", "khi", "ve viec", "tren dia ban"} {
		if opensWith(fold[at:], p) {
			return true
		}
	}
	return false
}

// knownEnd is where a list of known bodies at the head of a text ends, 0 where its first is not known.
func (s *state) knownEnd(w words) int {
	end := 0
	for at := 0; at < len(w.fold); {
		n := s.knownName(w.cut(at, min(len(w.fold), at+120)))
		if n == 0 {
			return end
		}
		end = at + n
		next := end + blanks(w.fold[end:])
		for _, sep := range []string{", ", "; ", "va ", "cung "} {
			if strings.HasPrefix(w.fold[next:], sep) {
				next += len(sep)
			}
		}
		rest := w.cut(next, min(len(w.fold), next+60))
		if next == end+blanks(w.fold[end:]) || !isBodyAnyCase(rest.text, rest.fold) || !opensUpper(rest.text) && !strings.HasPrefix(rest.fold, "cac ") {
			return end
		}
		at = next
	}
	return end
}

// nameEnds are the bytes at which the name of a body ends.
var nameEnds = bytesOf(".;:()")

// knownName is the length of the longest known body or group at the head of a text, before the next body of a
// list begins.
func (s *state) knownName(w words) int {
	stop := len(w.fold)
	for i := 1; i < stop; i++ {
		if c := w.fold[i]; nameEnds[c] || c == ',' && s.newBody(w, 0, i+1, false) || c == ' ' && strings.HasPrefix(w.fold[i:], " va ") && s.newBody(w, 0, i+4, true) {
			stop = i
		}
	}
	head := w.cut(0, stop)
	return foldLen(head.text[:s.prefix(head.text)])
}

// prefix is authority.Prefix in the document's place and time.
func (s *state) prefix(text string) int {
	n, ok := s.prefixes[text]
	if !ok {
		if s.prefixes == nil {
			s.prefixes = map[string]int{}
		}
		n = authority.Prefix(text, s.plan.Issued, s.plan.Province.Name)
		s.prefixes[text] = n
	}
	return n
}

// capitalsList reports whether capitalised names separated by commas stand at a byte.
func capitalsList(w words, at int) bool {
	rest := w.cut(at, min(len(w.fold), at+60))
	return opensUpper(rest.text) && strings.Contains(rest.fold, ",") && !isBody(rest.text, rest.fold)
}

func lowerAt(w words, at int) bool {
	return !opensUpper(w.text[unfold(w.text, w.fold, at):])
}

// verb is the verb that begins at a folded byte, or nil.
func (w words) verb(at int) *taskVerb {
	end := at
	for end < len(w.fold) && isLetter(w.fold[end]) {
		end++
	}
	for _, v := range taskVerbs()[w.fold[at:end]] {
		if opensWith(w.fold[at:], v.words) && normalize.Keys(w.cut(at, at+len(v.words)).text) == v.keys {
			return v
		}
	}
	return nil
}

// inside reports whether the verb is part of a name because of the words before it: "các tổ chức".
func (v *taskVerb) inside(before string) bool {
	for _, n := range v.notAfter {
		if strings.HasSuffix(before, " "+n) || before == n {
			return true
		}
	}
	return false
}

// bareGroups are words that name no partner by themselves, folded.
var bareGroups = map[string]bool{"don vi": true, "co quan": true, "to chuc": true, "cac ben": true, "cac": true}

// partners are the bodies after "phối hợp với" in a task, up to the verb that goes on with it.
func (s *state) partners(task words) []agency {
	for from := 0; ; {
		i, ok := hasWord(task.fold[from:min(len(task.fold), 4*maxRun)], "phoi hop")
		if !ok {
			return nil
		}
		at := from + i + len("phoi hop")
		from = at
		for _, filler := range []string{" chat che", " thuong xuyen", " voi", " cung", " cung voi"} {
			if strings.HasPrefix(task.fold[at:], filler) {
				at += len(filler)
			}
		}
		at += blanks(task.fold[at:])
		rest := task.cut(at, min(len(task.fold), at+maxRun))
		if !isBodyAnyCase(rest.text, rest.fold) {
			continue
		}
		end, _ := s.namesEnd(rest)
		if stop := strings.IndexAny(rest.fold, ".;\n"); stop >= 0 && (end == 0 || stop < end) {
			end = stop
		}
		if end == 0 {
			end = len(rest.fold)
		}
		for _, p := range []string{" trong viec", " trong qua trinh", " trong cong tac", " trong suot", " de ", " nham ", " ve viec", " ve cong tac", " theo ", " khi "} {
			if at := strings.Index(rest.fold[:end], p); at > 0 {
				end = at
			}
		}
		list := s.agencies(rest.cut(0, end))
		return slices.DeleteFunc(list, func(a agency) bool { return a.id == "" || bareGroups[foldOf(a.name)] })
	}
}
