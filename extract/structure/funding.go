package structure

import (
	_ "embed"
	"sort"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/funding_words.tsv
var fundingWordsTSV string

// fundingWords are the words of the table by their use; fundingSources lead from words to a code, the longest
// first.
var fundingWords, fundingSources = func() (map[string][]string, []fundingSource) {
	m := map[string][]string{}
	var list []fundingSource
	for _, row := range tsv.MustParse("funding_words.tsv", fundingWordsTSV, "use", "words", "code").Rows {
		if row[0] == "source" {
			list = append(list, fundingSource{row[1], row[2]})
		} else {
			m[row[0]] = append(m[row[0]], row[1])
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return len(list[i].words) > len(list[j].words) })
	return m, list
}()

var sourceOpeners = newOpeners(fundingSources, func(s fundingSource) string { return s.words })

type fundingSource struct{ words, code string }

// The codes of sources that are read from the level of a budget.
const (
	stateBudget      = "state_budget"
	centralBudget    = "central_budget"
	provincialBudget = "provincial_budget"
	districtBudget   = "district_budget"
	communeBudget    = "commune_budget"
	unitEstimate     = "unit_estimate"
)

// funding reads where the money comes from, and the sums. Sources count only in parts on funding, on labelled
// lines, in columns of money and in headings that name them (decisions 13 and 30).
func funding(s *state) {
	f := funder{s: s, walk: s.walkSections(), seen: map[string]bool{}}
	c := citer{s: s}
	for i := range s.lines {
		l := &s.lines[i]
		sec := f.walk.at(l.Start)
		in := sec != nil && sec.Kind == plan.Money // the node is one on funding
		if !l.isRow() {
			f.columns = nil
			f.unitLine(l)
		} else if f.heads(i, in) {
			continue
		}
		if c.zone(i) != zoneBody {
			continue
		}
		f.read(l, sec)
	}
}

type funder struct {
	s       *state
	walk    *sectionWalk
	seen    map[string]bool
	columns []moneyColumn // of the table that goes on
	unit    float64       // đồng of the unit that a line above the table names ("Đơn vị tính: triệu đồng")
	unitAge int           // lines since then
}

type moneyColumn struct {
	at   int
	unit float64 // đồng of one; 0 where the head names none
}

func (f *funder) read(l *line, sec *plan.Section) {
	in := sec != nil && sec.Kind == plan.Money
	if l.isRow() {
		if len(f.columns) > 0 || in || l.says(saysMoney) && strings.Contains(l.fold, "dong") {
			f.row(l, in)
		}
		return
	}
	from := 0
	if !in {
		from = moneyLabel(l)
	}
	if in || from > 0 {
		r := newRuler(l)
		f.sources(&r, from, len(l.fold), false)
		f.sums(&r, from, len(l.fold), true)
		return
	}
	heading := sec != nil && sec.Span.Start == l.Start && sec.Heading != "" && l.says(saysSource)
	money := l.says(saysMoney) && (strings.Contains(l.fold, "dong") || strings.Contains(l.fold, "vnd"))
	if !heading && !money {
		return
	}
	r := newRuler(l)
	if heading {
		for _, w := range []string{"bang nguon", "bang von", "bang ngan sach", "bang kinh phi"} {
			if i, ok := hasWord(l.fold, w); ok {
				f.sources(&r, i, min(len(l.fold), i+120), false)
			}
		}
	}
	if money && (sec == nil || sec.Kind != plan.Objectives && !f.walk.inBasis()) {
		f.sums(&r, 0, len(l.fold), false)
	}
}

// moneyLabel is the byte behind "- Kinh phí:", or 0.
func moneyLabel(l *line) int {
	colon := strings.IndexByte(l.fold[:min(len(l.fold), 90)], ':')
	if colon < 3 {
		return 0
	}
	from := 0
	if mark, rest := bulletMark(l.text); mark != 0 {
		from = foldLen(l.text[:rest])
	} else if labels := readLabel(l.text, l.fold); len(labels) > 0 {
		from = foldLen(l.text[:labels[0].rest])
	}
	if from < colon && isMoneyLabel(strings.Trim(l.fold[from:colon], " *_.")) {
		return colon + 1
	}
	return 0
}

// isMoneyLabel reports whether a folded label or head is about money.
func isMoneyLabel(name string) bool {
	if fieldNames[name] == moneyField {
		return true
	}
	for _, w := range fundingWords["label"] {
		if opensWith(name, w) {
			return true
		}
	}
	return false
}

// sources adds the sources that a stretch of a line names. In a column of sources a body stands for its money.
func (f *funder) sources(r *ruler, from, to int, column bool) {
	fold := r.line.fold[:to]
	type found struct {
		at, end int
		code    string
	}
	var list []found
	add := func(at, end int, code string) { list = append(list, found{at, end, code}) }
	f.budgets(r, from, to, add)
	sourceOpeners.each(fold, from, func(i, at int) bool {
		src := fundingSources[i]
		if opensWith(fold[at:], src.words) && !f.seen[src.code] && f.counts(fold, from, at, src, column) {
			add(at, at+len(src.words), src.code)
		}
		return true
	})
	if !f.seen[unitEstimate] {
		f.estimates(fold, from, add)
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].at < list[j].at })
	for _, s := range list {
		if !f.seen[s.code] {
			f.seen[s.code] = true
			f.s.plan.Funding.Sources = append(f.s.plan.Funding.Sources, s.code)
			f.s.plan.Funding.SourceSpans = append(f.s.plan.Funding.SourceSpans, r.span(s.at, s.end))
		}
	}
}

// counts reports whether words that can name a source do so where they stand.
func (f *funder) counts(fold string, from, at int, src fundingSource, column bool) bool {
	clause := clauseOf(fold, from, at)
	switch src.words {
	case "cong dong", "nguoi dan", "nhan dan", "ca nhan", "suc dan", "nha hao tam":
		if strings.Contains(clause, "tham gia") {
			return false
		}
		if next := skipBlanks(fold, at+len(src.words)); !containsWord(clause, fundingWords["give"]) && !(next < len(fold) && isDigit(fold[next])) {
			return false
		}
		_, body := beforeAny(fold, at, []string{"uy ban", "hoi dong", "cho", "ho tro", "phuc vu"})
		return !body
	case "doanh nghiep", "to chuc quoc te", "doi tac quoc te":
		if _, aided := beforeAny(fold, at, []string{"ho tro", "ho tro cac", "cho", "cho cac", "ho tro cho", "ho tro cho cac", "quan ly"}); aided {
			return false
		}
		end := at + len(src.words)
		rest := fold[end:min(len(fold), end+30)]
		if i := strings.IndexAny(rest, ".;"); i >= 0 {
			rest = rest[:i]
		}
		// "doanh nghiệp viễn thông đầu tư", "doanh nghiệp và người dân 1.327 tỷ đồng"
		return column || containsWord(clause, fundingWords["carry"]) || containsWord(clause, fundingWords["give"]) || containsWord(rest, fundingWords["give"]) ||
			containsWord(rest, []string{"dau tu", "tu bo", "chi tra", "dam nhan"}) || hasDigit(rest)
	case "chuong trinh muc tieu quoc gia", "ctmtqg":
		return containsWord(clause, []string{"von", "kinh phi", "nguon", "long ghep", "ngan sach"})
	case "dau tu cong":
		_, law := beforeAny(fold, at, []string{"luat", "ve", "quan ly", "ke hoach"})
		return !law && containsWord(clause, []string{"von", "nguon"})
	case "tai tro", "dong gop", "ung ho":
		// "tài trợ quốc tế" is foreign
		_, foreign := hasWord(fold[at:min(len(fold), at+len(src.words)+30)], "quoc te")
		_, abroad := hasWord(fold[at:min(len(fold), at+len(src.words)+30)], "nuoc ngoai")
		return !(foreign || abroad)
	}
	return true
}

// clauseOf is the folded text of the clause before a byte, at most 200 bytes of it.
func clauseOf(fold string, from, at int) string {
	clause := fold[max(from, at-200):at]
	if i := strings.LastIndexAny(clause, ".;"); i >= 0 {
		clause = clause[i+1:]
	}
	return clause
}
