package synth

import (
	"strings"

	"kehoach/plan"
)

// sources are ways to say where money comes from.
var sources = []struct{ text, source string }{
	{"ngân sách nhà nước theo phân cấp hiện hành", "state_budget"},
	{"ngân sách trung ương", "central_budget"},
	{"ngân sách tỉnh", "provincial_budget"},
	{"ngân sách huyện", "district_budget"},
	{"ngân sách xã", "commune_budget"},
	{"nguồn xã hội hóa", "socialised"},
	{"nguồn vốn ODA và viện trợ nước ngoài", "foreign"},
	{"các nguồn kinh phí hợp pháp khác theo quy định của pháp luật", "other_legal"},
}

// from notes a source, each once in a document.
func (w *writer) source(p *phrase, text, name string) {
	p.note(text, func(t *plan.Plan, at plan.Span, _ plan.Ref) {
		for i, s := range t.Funding.Sources {
			if s == name && t.Funding.SourceSpans[i].Len() > 0 {
				return
			}
		}
		t.Funding.Sources = append(t.Funding.Sources, name)
		t.Funding.SourceSpans = append(t.Funding.SourceSpans, at)
	})
}

// money writes the part on funding.
func (w *writer) money(form string) {
	d := w.dice
	w.top(plan.Money, "top")
	if form == "amount" {
		p := new(phrase).say("Tổng kinh phí thực hiện Kế hoạch dự kiến: ")
		w.amount(p)
		w.bullet(w.layout.dash(), p.say(", trong đó:"))
		for range d.span(1, 3) {
			q := new(phrase).say(upperFirst(w.voice.topics.draw(d)) + ": ")
			w.amount(q)
			w.bullet("+ ", q.say(";"))
		}
	}
	chosen := sources[1:5]
	if w.at.iso() >= "2025-07-01" {
		chosen = []struct{ text, source string }{sources[1], sources[2], sources[4]}
	}
	list := some(d, chosen, d.span(1, 2))
	if d.chance(60) {
		list = sources[:1]
	}
	list = append(list[:len(list):len(list)], some(d, sources[5:], d.span(1, 2))...)
	city := strings.NewReplacer("ngân sách tỉnh", "ngân sách thành phố")
	say := func(p *phrase, s struct{ text, source string }) {
		text := s.text
		if w.prov.city {
			text = city.Replace(text)
		}
		w.source(p, text, s.source)
	}
	switch d.n(3) {
	case 0:
		for i, s := range list {
			p := new(phrase)
			p.say(pick(d, []string{"Từ ", "Kinh phí từ "}))
			say(p, s)
			w.bullet(w.layout.dash(), p.say(pick2(i == len(list)-1, ".", ";")))
		}
	default:
		p := new(phrase).say(pick(d, []string{"Kinh phí thực hiện Kế hoạch được bảo đảm từ ", "Nguồn kinh phí thực hiện Kế hoạch: ", "Kinh phí thực hiện từ "}))
		for i, s := range list {
			if i > 0 {
				p.say(pick2(i == len(list)-1, " và ", ", "))
			}
			say(p, s)
		}
		w.say2(p.say("."))
	}
	if d.chance(55) {
		p := new(phrase)
		w.due(p, pick(d, []string{"Hằng năm", "Hàng năm"}), plan.Deadline{Recurs: "yearly"})
		w.say2(p.say(", căn cứ nhiệm vụ được giao, các cơ quan, đơn vị lập dự toán gửi cơ quan tài chính cùng cấp thẩm định, trình cấp có thẩm quyền quyết định."))
	}
}

func pick2(cond bool, a, b string) string {
	if cond {
		return a
	}
	return b
}

// say2 adds a paragraph without a dash.
func (w *writer) say2(p *phrase) *line { return w.add(plain, p) }

// amount notes a sum of money in đồng.
func (w *writer) amount(p *phrase) {
	d := w.dice
	var text string
	var vnd int64
	switch d.n(3) {
	case 0:
		n := int64(d.span(12, 980)) * 1_000_000
		text, vnd = dots(n)+" đồng", n
	case 1:
		n := int64(d.span(120, 9800))
		text, vnd = dots(n)+" triệu đồng", n*1_000_000
	default:
		n := int64(d.span(11, 380))
		text, vnd = arabic(int(n/10))+","+arabic(int(n%10))+" tỷ đồng", n*100_000_000
	}
	p.note(text, func(t *plan.Plan, at plan.Span, _ plan.Ref) {
		t.Funding.Amounts = append(t.Funding.Amounts, plan.Amount{VND: vnd, Text: text, Span: at})
	})
}

// dots writes a number with a dot between thousands.
func dots(n int64) string {
	s := arabic(int(n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return s
}
