package synth

import (
	"fmt"
	"strconv"
	"strings"

	"kehoach/plan"
)

// objectives writes the part on aims.
func (w *writer) objectives(form string) {
	d := w.dice
	w.top(plan.Objectives, "top")
	if form == "list" && w.deep(2) {
		for range d.span(3, 6) {
			w.unit(2, plan.Objectives, "", w.aim())
		}
		return
	}
	if form == "sub" && w.deep(2) {
		w.sub(plan.Objectives, "general")
		w.paras("purpose", d.span(1, 2))
		w.sub(plan.Objectives, "sub")
	}
	for range d.span(3, 6) {
		w.bullet(w.layout.dash(), w.aim())
	}
}

// aim is a quantified aim: the first number is the target, with its unit.
func (w *writer) aim() *phrase {
	d := w.dice
	what := w.voice.sentence("target")
	p := new(phrase)
	target := func(text, unit string, low, high float64) {
		w.target(p, text, unit, low, high)
	}
	switch d.n(14) {
	case 0, 1, 2:
		n := d.span(6, 10) * 10
		target(arabic(n)+"%", "%", float64(n), 0)
		p.say(" " + lowerFirst(what) + ".")
	case 3:
		n := d.span(70, 99)
		p.say("Phấn đấu ")
		target(arabic(n)+"%", "%", float64(n), 0)
		p.say(" " + lowerFirst(what) + ".")
	case 4:
		n := d.span(6, 9) * 10
		p.say("Trên ")
		target(arabic(n)+"%", "%", float64(n), 0)
		p.say(" " + lowerFirst(what) + ".")
	case 5:
		low := d.span(2, 6)
		high := low + d.span(1, 6)
		p.say(pick(d, []string{"Giảm ", "Tăng "}))
		target(fmt.Sprintf("%d - %d%%", low, high), "%", float64(low), float64(high))
		p.say(" số " + w.voice.topics.draw(d) + " so với năm trước.")
	case 6:
		n := float64(d.span(800, 995)) / 10
		text := strings.Replace(strconv.FormatFloat(n, 'f', 1, 64), ".", ",", 1) + "%"
		p.say("Tỷ lệ " + lowerFirst(what) + " đạt ")
		n, _ = strconv.ParseFloat(strings.Replace(strings.TrimSuffix(text, "%"), ",", ".", 1), 64)
		target(text, "%", n, 0)
		p.say(pick(d, []string{".", " trở lên.", " trở lên."}))
	case 7:
		n := d.span(1, 9)
		unit := pick(d, []string{"mô hình", "câu lạc bộ", "lớp tập huấn", "hội nghị"})
		p.say(pick(d, []string{"Mỗi xã có ít nhất ", "Xây dựng ", "Tổ chức tối thiểu "}))
		target(fmt.Sprintf("%02d %s", n, unit), unit, float64(n), 0)
		p.say(" về " + w.voice.topics.draw(d) + ".")
	case 8:
		low := d.span(70, 89)
		p.say("Phấn đấu từ ")
		target(fmt.Sprintf("%d - %d%%", low, low+5), "%", float64(low), float64(low+5))
		p.say(" " + lowerFirst(what) + ".")
	case 9:
		n := d.span(80, 99)
		p.say("Tối thiểu ")
		target(fmt.Sprintf("%d %%", n), "%", float64(n), 0)
		p.say(" " + lowerFirst(what) + ".")
	case 10:
		low := d.span(2, 5)
		unit := pick(d, []string{"mô hình", "câu lạc bộ"})
		p.say("Xây dựng ")
		target(fmt.Sprintf("từ %d đến %d %s", low, low+2, unit), unit, float64(low), float64(low+2))
		p.say(" về " + w.voice.topics.draw(d) + ".")
	case 11:
		n := d.span(70, 95)
		p.say("Tỷ lệ " + lowerFirst(what) + " đạt từ ")
		target(arabic(n)+"%", "%", float64(n), 0)
		p.say(" trở lên.")
	default: // an aim without a number
		return w.words(w.voice.sentence("purpose"))
	}
	return p
}

func (w *writer) target(p *phrase, text, unit string, low, high float64) {
	p.note(text, func(t *plan.Plan, at plan.Span, in plan.Ref) {
		x := plan.Target{Value: low, Unit: unit, Text: text, Section: in, Span: at}
		if high > 0 {
			x.Max = &high
		}
		t.Targets = append(t.Targets, x)
	})
}

// quantity is what stands behind "Số lượng:".
func (w *writer) quantity() *phrase {
	d := w.dice
	p := new(phrase)
	low := d.span(1, 8)
	unit := pick(d, []string{"chương trình", "cuộc", "sản phẩm", "lớp", "Hội nghị/năm", "hoạt động", "cuộc/năm"})
	if d.chance(50) {
		high := low + d.span(1, 5)
		w.target(p, fmt.Sprintf("%02d - %02d %s", low, high, unit), unit, float64(low), float64(high))
		return p
	}
	w.target(p, fmt.Sprintf("%02d %s", low, unit), unit, float64(low), 0)
	return p
}
