package synth

import (
	"strings"

	"kehoach/plan"
)

// headings are the texts of headings by "kind place".
var headings = func() map[string][]string {
	out := map[string][]string{}
	for _, r := range table("headings.tsv", 3) {
		key := r[0] + " " + r[1]
		out[key] = append(out[key], r[2])
	}
	return out
}()

// saysKind lists words by which a heading may name a kind: a made heading that holds one of them leaves its kind open.
var saysKind = strings.Fields("kinh_phí nguồn_vốn nguồn_lực dự_toán tài_chính ngân_sách báo_cáo sơ_kết tổng_kết giám_sát kiểm_tra mục_tiêu chỉ_tiêu thời_gian " +
	"tiến_độ lộ_trình đối_tượng phạm_vi địa_điểm thực_trạng tình_hình kết_quả căn_cứ trách_nhiệm phân_công yêu_cầu mục_đích vốn khen_thưởng thi_đua hình_thức " +
	"nội_dung nhiệm_vụ giải_pháp tổ_chức hiện_trạng tầm_nhìn quan_điểm")

// kindOf is the kind of a made heading: its parent's, or "" (not to be judged) where a word of it may say otherwise.
func kindOf(heading string, parent plan.Kind) plan.Kind {
	low := strings.ToLower(heading)
	for _, w := range saysKind {
		if strings.Contains(low, strings.ReplaceAll(w, "_", " ")) {
			return ""
		}
	}
	return parent
}

// deep says whether the layout has a label for a level.
func (w *writer) deep(level int) bool { return level <= len(w.layout.labels) }

// unit opens a node: level from 1, its kind, its heading as printed ("" for a numbered sentence), and what follows on the line.
func (w *writer) unit(level int, kind plan.Kind, head string, rest *phrase) *line {
	for len(w.counts) < level {
		w.counts = append(w.counts, 0)
	}
	w.counts = w.counts[:level]
	if w.has("on") && level == 2 && w.counts[1] == 0 {
		w.counts[1] = w.second // numbers go on from the part before
	}
	w.damage.count(w, level)
	if level == 2 {
		w.second = w.counts[1]
	}
	printed, bare, own := label(w.layout.labels[level-1], w.counts)
	gap := " "
	if w.damage.glue > 0 && level > 1 && head != "" && !own && strings.HasSuffix(printed, ".") {
		w.damage.glue--
		gap = ""
	}
	p := new(phrase).say(printed)
	u := &unit{Section: plan.Section{Label: bare, Level: level, Kind: kind, Heading: strings.TrimRight(head, ":.")}}
	fault := func(l *line) {
		if code := w.fault; code != "" {
			l.marks = append(l.marks, mark{0, 0, func(t *plan.Plan, at plan.Span, _ plan.Ref) {
				t.Problems = append(t.Problems, plan.Problem{Code: code})
			}})
			w.fault = ""
		}
	}
	if own {
		u.apart = true
		l := w.add(heading, p)
		l.unit, l.level = u, level
		fault(l)
		n := w.add(heading, new(phrase).say(head))
		n.level = level
		return n
	}
	p.say(gap + head)
	u.bodyAt = p.text.Len()
	if rest != nil {
		p.join(rest)
	}
	s := heading
	if head == "" || rest != nil && rest.text.Len() > 120 {
		s = plain
	}
	l := w.add(s, p)
	l.unit, l.level = u, level
	fault(l)
	return l
}

// top opens a node of the first level with one of the headings of its kind.
func (w *writer) top(kind plan.Kind, place string) *line {
	return w.unit(1, kind, w.topHeading(kind, place)+pick2(w.has("colons"), ":", ""), nil)
}

func (w *writer) topHeading(kind plan.Kind, place string) string {
	text := pick(w.dice, headings[string(kind)+" "+place])
	return strings.ReplaceAll(text, "{y}", arabic(w.at.year-1))
}

func (w *writer) sub(kind plan.Kind, place string) *line {
	return w.unit(2, kind, pick(w.dice, headings[string(kind)+" "+place]), nil)
}

// paras adds k bullets of a use.
func (w *writer) paras(use string, k int) {
	for range k {
		w.bullet(w.layout.dash(), w.words(w.voice.sentence(use)))
	}
}

// words is a phrase; now and then it names a document in passing or carries a footnote.
func (w *writer) words(s string) *phrase {
	p := new(phrase)
	if w.has("notes") && w.noted < 3 && w.dice.chance(12) {
		w.footnote(p, s)
		return p
	}
	if w.parent != "" && w.dice.chance(4) {
		p.say(strings.TrimSuffix(s, ".") + " theo ")
		w.cite(p, w.parentHow, w.parent, "", plan.Mention)
		return p.say(".")
	}
	return p.say(s)
}

// footnote says s with a mark before its full stop, and keeps a note that cites a document.
func (w *writer) footnote(p *phrase, s string) {
	w.noted++
	mark := "[" + arabic(w.noted) + "]"
	p.say(strings.TrimSuffix(s, ".") + mark + ".")
	n := new(phrase).say(mark + " ")
	at := w.before(w.at.year - 3)
	number := arabic(w.dice.span(20, 2500)) + "/" + pick(w.dice, []string{"QĐ-TTg", "KH-UBND", "QĐ-UBND"})
	what := "Quyết định"
	if strings.Contains(number, "KH") {
		what = "Kế hoạch"
	}
	w.cite(n, what+" số "+number+w.dated(at), number, at.iso(), plan.InFootnote)
	who := " của Ủy ban nhân dân " + w.prov.kind()
	if strings.HasSuffix(number, "TTg") {
		who = " của Thủ tướng Chính phủ"
	}
	text := n.text.String()[len(mark)+1:] + who + " về " + w.subject.matter + "."
	n.say(who + " về " + w.subject.matter + ".")
	n.marks = append(n.marks, mark2(len(mark)+1, n.text.Len(), func(t *plan.Plan, at plan.Span, _ plan.Ref) {
		t.Footnotes = append(t.Footnotes, plan.Note{Mark: mark, Text: text, Span: at})
	}))
	w.notes = append(w.notes, n)
}

func mark2(from, to int, f put) mark { return mark{from, to, f} }

// part writes one part of the layout.
func (w *writer) part(name, form string) {
	d := w.dice
	switch name {
	case "basis":
		w.top(plan.Basis, "top")
		for range d.span(2, 4) {
			w.say(plain, w.voice.sentence("situation"))
		}
		w.bullet(w.layout.dash(), new(phrase).say("Toàn "+w.prov.kind()+" hiện có "+arabic(d.span(40, 400))+" cơ sở "+w.voice.topics.draw(d)+"."))
	case "purpose":
		w.purpose(form)
	case "objectives":
		w.objectives(form)
	case "scope":
		w.top(plan.Scope, "top")
		if w.deep(2) && d.chance(60) {
			w.sub(plan.Scope, "sub")
			w.paras("scope", 1)
			w.unit(2, plan.Scope, "Đối tượng", nil)
			w.paras("scope", 2)
			return
		}
		w.paras("scope", 2)
	case "content":
		w.top(plan.Content, "top")
		w.content()
	case "schedule":
		w.schedule(form)
	case "money":
		w.money(form)
	case "org":
		w.top(plan.Organization, "top")
		w.organization(form)
	case "report":
		w.top(plan.Reporting, "top")
		w.reporting()
	default:
		panic("synth: layouts.tsv: no part " + name)
	}
}

func (w *writer) purpose(form string) {
	d := w.dice
	w.top(plan.Purpose, "top")
	switch form {
	case "flat":
		w.paras("purpose", d.span(2, 3))
		w.paras("require", d.span(1, 2))
		return
	case "inline":
		w.unit(2, plan.Purpose, "Mục đích:", new(phrase).say(" "+w.voice.sentence("purpose")))
		w.unit(2, plan.Requirements, "Yêu cầu:", new(phrase).say(" "+w.voice.sentence("require")))
		return
	case "letters":
		w.sub(plan.Purpose, "sub")
		w.say(plain, w.voice.sentence("purpose"))
		w.sub(plan.Requirements, "sub")
		for range d.span(2, 4) {
			w.unit(3, plan.Requirements, "", w.words(w.voice.sentence("require")))
		}
		return
	}
	w.sub(plan.Purpose, "sub")
	w.paras("purpose", d.span(2, 3))
	w.sub(plan.Requirements, "sub")
	w.paras("require", d.span(2, 3))
}

// schedule writes the part on time: a value behind the heading, a paragraph, or steps.
func (w *writer) schedule(form string) {
	d, t := w.dice, w.truth
	value := new(phrase)
	switch {
	case t.Period.From == "":
		own := plan.Period{From: arabic(w.from), To: arabic(w.to)}
		value.note("Từ năm "+own.From+" đến năm "+own.To, func(t *plan.Plan, _ plan.Span, _ plan.Ref) { t.Period = own })
	case w.year == 0:
		value.say("Từ năm " + t.Period.From + " đến năm " + t.Period.To)
	default:
		value.say("Năm " + arabic(w.work))
	}
	head := w.topHeading(plan.Schedule, "top")
	if form == "value" {
		w.unit(1, plan.Schedule, head+":", new(phrase).say(" ").join(value).say(pick(d, []string{"", "."})))
		return
	}
	w.unit(1, plan.Schedule, head, nil)
	if form != "steps" {
		w.add(plain, value.say("."))
		return
	}
	year := w.work
	for q := (w.first + 2) / 3; q <= 4; q++ {
		text := "Quý " + roman(q) + pick(d, []string{"/", " năm "}) + arabic(year)
		p := new(phrase)
		w.due(p, text, plan.Deadline{Date: day{year, q * 3, lastDay(year, q*3)}.iso()})
		w.bullet(w.layout.dash(), p.say(": "+lowerFirst(w.voice.sentence("content"))))
	}
}

// due notes a deadline.
func (w *writer) due(p *phrase, text string, dl plan.Deadline) *phrase {
	return p.note(text, func(t *plan.Plan, at plan.Span, in plan.Ref) {
		dl.Text, dl.Span, dl.Section = text, at, in
		t.Deadlines = append(t.Deadlines, dl)
	})
}

// term is a time by which something is due, as labelled lines and tables print it; empty where it is none.
func (w *writer) term() (string, plan.Deadline) {
	d, y := w.dice, w.work
	switch d.n(17) {
	case 11:
		q := d.span((w.first+2)/3, 4)
		if q == 1 {
			q = 2
		}
		return "Quý " + roman(q-1) + " - " + roman(q) + "/" + arabic(y), plan.Deadline{Date: day{y, q * 3, lastDay(y, q*3)}.iso()}
	case 12:
		m := d.span(min(w.first+1, 12), 12)
		return pick(d, []string{"Từ tháng ", "từ tháng "}) + arabic(m-1) + " đến tháng " + arabic(m) + pick(d, []string{"/", " năm "}) + arabic(y), plan.Deadline{Date: day{y, m, lastDay(y, m)}.iso()}
	case 13:
		n := pick(d, []int{15, 20, 25})
		return "ngày " + arabic(n) + " hằng tháng", plan.Deadline{Recurs: "monthly", MonthDay: arabic(n)}
	case 14:
		return "Hằng tuần", plan.Deadline{Recurs: "weekly"}
	case 15:
		at := day{y, d.span(w.first, 12), d.span(1, 28)}
		return "Trước " + at.short(), plan.Deadline{Date: at.iso()}
	case 16:
		at := day{y, d.span(w.first, 12), d.span(1, 28)}
		return "Hoàn thành trước ngày " + at.long(), plan.Deadline{Date: at.iso()}
	case 0, 1:
		return pick(d, []string{"định kỳ hằng năm", "Hằng năm", "Định kỳ hàng năm"}), plan.Deadline{Recurs: "yearly"}
	case 2, 3:
		q := d.span((w.first+2)/3, 4)
		return pick(d, []string{"Quý ", "quý "}) + roman(q) + pick(d, []string{"/", " năm "}) + arabic(y), plan.Deadline{Date: day{y, q * 3, lastDay(y, q*3)}.iso()}
	case 4:
		m := d.span(w.first, 12)
		return pick(d, []string{"Tháng ", "tháng "}) + arabic(m) + pick(d, []string{"/", " năm "}) + arabic(y), plan.Deadline{Date: day{y, m, lastDay(y, m)}.iso()}
	case 5, 6:
		at := day{y, d.span(w.first, 12), d.span(1, 28)}
		return pick(d, []string{"Trước ngày ", "trước ngày "}) + pick(d, []string{at.short(), fmt2(at)}), plan.Deadline{Date: at.iso()}
	case 7:
		return pick(d, []string{"Định kỳ hằng quý", "hằng quý"}), plan.Deadline{Recurs: "quarterly"}
	case 8:
		return "Trong năm " + arabic(y), plan.Deadline{Date: day{y, 12, 31}.iso()}
	case 9:
		return "Định kỳ hằng tháng", plan.Deadline{Recurs: "monthly"}
	}
	return "Thường xuyên", plan.Deadline{}
}

// fmt2 prints a date without zeros: 5/6/2021.
func fmt2(at day) string { return arabic(at.day) + "/" + arabic(at.month) + "/" + arabic(at.year) }

// termPhrase is a term with its mark.
func (w *writer) termPhrase() (*phrase, string) {
	text, dl := w.term()
	p := new(phrase)
	if dl.Date == "" && dl.Recurs == "" {
		return p.say(text), text
	}
	return w.due(p, text, dl), text
}
