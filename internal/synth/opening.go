package synth

import (
	"fmt"
	"strings"

	"kehoach/plan"
)

// cite notes a citation: its words, canonical number, date and role.
func (w *writer) cite(p *phrase, text, number, date, role string) *phrase {
	return p.note(text, func(t *plan.Plan, at plan.Span, in plan.Ref) {
		t.Citations = append(t.Citations, plan.Citation{Number: number, Date: date, Role: role, Text: text, Section: in, Span: at})
	})
}

// dated writes a document's date in one of the usual ways.
func (w *writer) dated(at day) string {
	switch w.dice.n(5) {
	case 0:
		return " ngày " + at.long()
	case 1:
		return fmt.Sprintf(" ngày %d tháng %d năm %d", at.day, at.month, at.year)
	case 2:
		return fmt.Sprintf(" ngày %02d/%02d/%d", at.day, at.month, at.year)
	}
	return " ngày " + at.short()
}

// before is a day before the plan's own.
func (w *writer) before(first int) day {
	at := w.dice.someDay(min(first, w.at.year-1), w.at.year-1)
	if w.dice.chance(30) && w.at.month > 1 {
		at.year, at.month = w.at.year, w.dice.span(1, w.at.month-1)
	}
	return at
}

// ground is a sentence of the opening that names a document, without its first word.
func (w *writer) ground(role string, what, symbol, who, about string) *phrase {
	p := new(phrase)
	at := w.before(w.from)
	number := fmt.Sprintf("%d/%s", w.dice.span(3, 2900), symbol)
	if strings.Contains(symbol, "/TW") || strings.Contains(symbol, "/TU") {
		number = fmt.Sprintf("%02d-%s", w.dice.span(1, 90), symbol)
	}
	date := w.dated(at)
	if w.damage.badDate {
		w.damage.badDate = false
		date = fmt.Sprintf(" ngày %02d/%d/%d", at.day, at.month, at.year)
		w.problem(plan.MalformedDate)
		i := strings.LastIndex(date, "/")
		w.cite(p, what+" số "+number+date[:i]+date[i+1:]+" của "+who, number, "", role)
		return p.say(" " + about)
	}
	w.cite(p, what+" số "+number+date+" của "+who, number, at.iso(), role)
	if role == plan.Implements && w.parent == "" {
		w.parent, w.parentHow = number, what+" số "+number
	}
	return p.say(" " + about)
}

// program is the document that the plan carries out.
func (w *writer) program() *phrase {
	about := w.subject.program + fmt.Sprintf(" giai đoạn %d - %d", w.from, w.to)
	if w.tier == "d" || w.tier == "c" || w.tier == "s" && w.dice.chance(65) {
		return w.ground(plan.Implements, "Kế hoạch", "KH-UBND", "Ủy ban nhân dân "+w.prov.full(), "về thực hiện "+about+" trên địa bàn "+w.prov.kind())
	}
	switch w.dice.n(6) {
	case 0:
		return w.ground(plan.Implements, "Nghị quyết", "NQ-CP", "Chính phủ", "về "+w.subject.matter)
	case 1:
		return w.ground(plan.Implements, "Chỉ thị", "CT-TTg", "Thủ tướng Chính phủ", "về tăng cường "+w.subject.matter)
	case 2:
		return w.ground(plan.Implements, "Nghị quyết", "NQ/TU", "Ban Chấp hành Đảng bộ "+w.prov.kind(), "về "+w.subject.matter)
	}
	how := pick(w.dice, []string{"phê duyệt " + about, "về việc phê duyệt “" + about + "”", "về việc phê duyệt " + about, "ban hành " + about})
	return w.ground(plan.Implements, "Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ", how)
}

// legal are the grounds of the opening that are no programme: each a căn cứ of its own.
func (w *writer) legal() []*phrase {
	var out []*phrase
	for _, g := range w.subject.grounds {
		out = append(out, w.law(g))
	}
	if w.dice.chance(60) {
		p := new(phrase)
		w.cite(p, "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015", "", "2015-06-19", plan.BasisOf)
		if w.at.year >= 2025 {
			p = new(phrase)
			w.cite(p, "Luật Tổ chức chính quyền địa phương số 72/2025/QH15", "72/2025/QH15", "", plan.BasisOf)
		}
		out = append([]*phrase{p}, out...)
	}
	out = append(out, w.others()...)
	if w.dice.chance(40) {
		out = append(out, w.ground(plan.BasisOf, "Nghị quyết", "NQ-HĐND", "Hội đồng nhân dân "+w.prov.kind(), fmt.Sprintf("về nhiệm vụ phát triển kinh tế - xã hội năm %d", w.at.year)))
	}
	return out
}

// others are grounds in rarer forms: circulars, conclusions of the party, letters, a list of decisions behind one word.
func (w *writer) others() []*phrase {
	d := w.dice
	var out []*phrase
	say := func(what, number, who, about string) {
		p := new(phrase)
		at := w.before(w.from)
		w.cite(p, what+" số "+number+w.dated(at)+" của "+who, number, at.iso(), plan.BasisOf)
		out = append(out, p.say(" "+about))
	}
	year := arabic(w.from - 1)
	for range d.n(3) {
		// Grounds about something near to the plan's matter, never that itself: those would be carried out.
		matter := "về công tác " + w.voice.topics.draw(d)
		n := arabic(d.span(10, 90))
		switch d.n(7) {
		case 0:
			say("Thông tư", n+"/"+year+"/TT-BTC", "Bộ trưởng Bộ Tài chính", "hướng dẫn quản lý, sử dụng kinh phí sự nghiệp")
		case 1:
			say("Kết luận", n+"-KL/TW", "Ban Bí thư", matter)
		case 2:
			say("Công văn", n+"0/BNV-TCBC", "Bộ Nội vụ", "về việc rà soát biên chế")
		case 3:
			say("Quyết định", n+"/"+year+"/QĐ-UBND", "Ủy ban nhân dân "+w.prov.kind(), "ban hành Quy định về quản lý "+w.voice.topics.draw(d))
		case 4:
			say("Nghị quyết", n+"/"+year+"/QH"+arabic(13+(w.from-2011)/5), "Quốc hội", matter)
		case 5:
			say("Thông tư liên tịch", n+"/"+year+"/TTLT-BTC-BNV", "Bộ Tài chính và Bộ Nội vụ", "hướng dẫn chế độ đối với cán bộ")
		default:
			p := new(phrase).say("các Quyết định của Thủ tướng Chính phủ: ")
			for i := range 2 {
				at := w.before(w.from)
				number := arabic(d.span(100, 2200)) + "/QĐ-TTg"
				w.cite(p, "số "+number+w.dated(at), number, at.iso(), plan.BasisOf)
				p.say(" phê duyệt Đề án " + w.voice.topics.draw(d) + pick2(i == 0, ", ", ""))
			}
			out = append(out, p)
		}
	}
	return out
}

// law cites a law by its name, or a decree of the table, whose number and date stand in its words.
func (w *writer) law(g string) *phrase {
	p := new(phrase)
	rest, found := strings.CutPrefix(g, "Nghị định số ")
	if !found {
		return w.cite(p, g, "", "", plan.BasisOf)
	}
	number, _, _ := strings.Cut(rest, " ")
	var at day
	words, _, _ := strings.Cut(rest, " của Chính phủ")
	if _, err := fmt.Sscanf(words[strings.Index(words, "ngày "):], "ngày %d tháng %d năm %d", &at.day, &at.month, &at.year); err != nil {
		panic("synth: subjects.tsv: " + g)
	}
	head := "Nghị định số " + words + " của Chính phủ"
	w.cite(p, head, number, at.iso(), plan.BasisOf)
	return p.say(strings.TrimPrefix(g, head))
}

// opening writes the căn cứ and the sentence that issues the plan.
func (w *writer) opening() {
	if w.layout.head == "decision" {
		w.decision()
		return
	}
	issuer := w.self
	if w.layout.head == "none" || w.layout.head == "bare" || w.dice.chance(20) {
		issuer = w.truth.Issuer.Name
	}
	if w.tier == "p" && w.dice.chance(45) {
		issuer = strings.Replace(issuer, "Ủy ban nhân dân", "UBND", 1)
	}
	named := w.named
	if strings.HasPrefix(named, "Thực hiện") || strings.HasPrefix(named, "Triển khai") || strings.HasPrefix(named, "Tuyên truyền") {
		named = lowerFirst(named)
	} else {
		named = "thực hiện " + lowerFirst(named)
	}
	issues := issuer + pick(w.dice, []string{" ban hành Kế hoạch ", " xây dựng Kế hoạch "}) + named + pick(w.dice, []string{" như sau:", ", như sau:", " với các nội dung sau:", " như sau:"})
	if !w.has("grounds") {
		w.add(plain, new(phrase).say("Thực hiện ").join(w.program()).say(", "+issues))
		return
	}
	for _, g := range w.legal() {
		w.add(plain, new(phrase).say("Căn cứ ").join(g).say(";"))
	}
	w.add(plain, new(phrase).say("Thực hiện ").join(w.program()).say(pick(w.dice, []string{";", ","})))
	if w.dice.chance(35) && w.tier == "p" {
		p := new(phrase).say("Xét đề nghị của Giám đốc " + w.owner.name + " tại ")
		w.proposal(p)
		w.add(plain, p.say(","))
	}
	w.say(plain, issues)
}

// proposal cites the tờ trình of the department that drew the plan up.
func (w *writer) proposal(p *phrase) {
	at := w.before(w.at.year)
	number := fmt.Sprintf("%d/TTr-%s", w.dice.span(3, 400), w.owner.symbol)
	w.cite(p, "Tờ trình số "+number+w.dated(at), number, at.iso(), plan.BasisOf)
}

// decision writes the articles of a decision that issues the plan, its signature, and the plan's own head.
func (w *writer) decision() {
	who := strings.ToUpper(w.truth.Issuer.Name)
	w.say(title, pick(w.dice, []string{who, "CHỦ TỊCH " + who}))
	for _, g := range w.legal() {
		w.add(plain, new(phrase).say("Căn cứ ").join(g).say(";"))
	}
	w.add(plain, new(phrase).say("Thực hiện ").join(w.program()).say(";"))
	p := new(phrase).say("Theo đề nghị của Giám đốc " + w.owner.name + " tại ")
	w.proposal(p)
	w.add(plain, p.say("."))
	w.say(title, "QUYẾT ĐỊNH:")
	w.zone = body
	article := func(n int, text string) {
		printed := fmt.Sprintf("Điều %d.", n)
		l := w.say(heading, printed+" "+text)
		l.unit = &unit{Section: plan.Section{Label: fmt.Sprintf("Điều %d", n), Level: 1, Kind: plan.Other}, bodyAt: len(printed) + 1}
		l.style, l.level = plain, 1
	}
	article(1, "Ban hành kèm theo Quyết định này Kế hoạch "+lowerFirst(w.named)+".")
	article(2, "Quyết định này có hiệu lực kể từ ngày ký.")
	article(3, "Chánh Văn phòng "+w.self+", Giám đốc "+w.owner.name+" và Thủ trưởng các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành Quyết định này./.")
	w.zone = ending
	w.recipients()
	w.signature()
	w.zone = opening
	head := "KẾ HOẠCH"
	from := w.say(title, head)
	text := w.named
	if w.dice.chance(50) {
		text = strings.ToUpper(text)
	}
	w.titleLines(text)
	last := w.lines[len(w.lines)-1]
	w.say(title, fmt.Sprintf("(Ban hành kèm theo Quyết định số %s ngày %s của %s)", w.numberOr(), w.at.long(), w.truth.Issuer.Name))
	from.marks = append(from.marks, mark{0, len(head), func(t *plan.Plan, at plan.Span, _ plan.Ref) {
		t.Attached = append(t.Attached, plan.Attached{Type: plan.Type{Code: "KH", Name: "Kế hoạch"}, Title: text, Span: plan.Span{Start: at.Start, End: last.at.End}})
	}})
	w.lines[len(w.lines)-1].whole = true
}

func (w *writer) numberOr() string {
	if w.truth.Number == "" {
		return "     /" + w.truth.Symbol
	}
	return w.truth.Number
}
