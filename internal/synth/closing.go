package synth

import (
	"strings"

	"kehoach/plan"
)

// closing writes the last words, the recipients and the signature.
func (w *writer) closing() {
	d := w.dice
	self := w.self
	if d.chance(50) {
		self = strings.Replace(self, "Ủy ban nhân dân", "UBND", 1)
	}
	end := pick(d, []string{"./.", "./.", "./."})
	switch w.layout.close {
	case "above":
		w.say(plain, "Trên đây là Kế hoạch "+lowerFirst(w.named)+". Trong quá trình thực hiện nếu có khó khăn, vướng mắc, các cơ quan, đơn vị kịp thời phản ánh về "+pick(d, []string{w.owner.name, self})+" để xem xét, giải quyết"+end)
	case "order":
		w.say(plain, self+" yêu cầu các cơ quan, đơn vị, địa phương nghiêm túc triển khai thực hiện"+end)
	case "report":
		p := new(phrase).say("Trên đây là Kế hoạch " + lowerFirst(w.named) + ". Đề nghị các đơn vị gửi báo cáo kết quả thực hiện về " + w.owner.name + " ")
		w.reportTerm(p)
		w.add(plain, p.say(end))
	default:
		l := w.lines[len(w.lines)-1]
		l.text = strings.TrimSuffix(l.text, ".") + "./."
	}
	if w.layout.head == "decision" {
		w.writeNotes()
		return
	}
	if w.layout.sign == "first" {
		w.signature()
		w.recipients()
	} else {
		w.recipients()
		w.signature()
	}
	w.writeNotes()
}

func (w *writer) writeNotes() {
	for _, n := range w.notes {
		w.add(note, n)
	}
}

// recipients writes nơi nhận.
func (w *writer) recipients() {
	d := w.dice
	if w.layout.recipients == "none" {
		return
	}
	head := "Nơi nhận:"
	w.say(sign, head).whole = true
	dash := map[string]string{"dash": "- ", "plain": "- ", "plus": "+ ", "star": "- "}[w.layout.recipients]
	if d.chance(6) {
		dash = "-"
	}
	list := w.recipientLines()
	for i, r := range list {
		stop := pick2(i == len(list)-1, ".", ";")
		text := r
		w.add(sign, new(phrase).say(dash).note(text, func(t *plan.Plan, _ plan.Span, _ plan.Ref) {
			t.Recipients = append(t.Recipients, text)
		}).say(stop)).whole = true
	}
}

func (w *writer) recipientLines() []string {
	d, kind := w.dice, w.prov.kind()
	organ := pick2(w.prov.city, "Thành ủy", "Tỉnh ủy")
	initials := "KGVX"
	if d.chance(60) {
		initials = pick(d, []string{"TH", "NC", "KT", "VX", "CN", "NN", "TD"})
	}
	var all []string
	switch w.tier {
	case "s":
		all = []string{"UBND " + kind + " (để báo cáo)", "Giám đốc, các Phó Giám đốc Sở", "Các phòng, đơn vị trực thuộc Sở", "Trang thông tin điện tử Sở", "Văn phòng Sở"}
	case "d", "c":
		kindBelow, _, _ := strings.Cut(w.area, " ")
		all = []string{"UBND " + kind + " (b/c)", "Thường trực cấp ủy, HĐND", "Chủ tịch, các Phó Chủ tịch UBND", "Ủy ban MTTQ và các đoàn thể", "Các đơn vị trực thuộc", "Đài truyền thanh " + kindBelow}
	default:
		all = []string{"Thủ tướng Chính phủ (để báo cáo)", "Thường trực " + organ + ", HĐND " + kind, "Chủ tịch, các Phó Chủ tịch UBND " + kind, "Ủy ban MTTQ Việt Nam " + kind, "Các sở, ban, ngành, đoàn thể " + kind,
			"UBND " + pick2(w.at.iso() >= "2025-07-01", "các xã, phường", "các huyện, thành phố"), "Báo, Đài " + kind, "Cổng thông tin điện tử " + kind, "VPUBND: CVP, các PCVP", "Các phòng chuyên môn"}
	}
	k := d.span(4, len(all))
	keep := map[int]bool{}
	for len(keep) < k {
		keep[d.n(len(all))] = true
	}
	var out []string
	for i, r := range all {
		if keep[i] {
			out = append(out, r)
		}
	}
	return append(out, "Lưu: VT, "+initials+pick(d, []string{"", "", " (" + letters[d.n(8)] + "h)"}))
}

// signature writes who signs.
func (w *writer) signature() {
	t, d := w.truth, w.dice
	chief, deputy := "CHỦ TỊCH", "PHÓ CHỦ TỊCH"
	organ := "TM. ỦY BAN NHÂN DÂN"
	if w.tier == "s" {
		chief, deputy, organ = "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", ""
	}
	name := w.signerName()
	s := &t.Signer
	block := func(lines ...string) {
		for i, x := range lines {
			if x == "" {
				continue
			}
			if i == 0 && w.layout.sign == "tab" {
				x = "\t" + x
			}
			w.say(sign, x).whole = true
		}
	}
	signed := pick(d, []string{"", "", "(Đã ký)", "(đã ký)"})
	switch form := w.layout.sign; {
	case form == "none":
		if w.data == nil {
			s.Name = ""
		}
		w.problem(plan.MissingSignature)
		return
	case form == "name":
		block(name)
		return
	case form == "tm" && organ != "":
		s.Authority, s.Position = organ, chief
		block(organ, chief, signed, name)
	case form == "tmkt" && organ != "":
		s.Authority, s.Position = "KT. "+chief, deputy
		block(organ, "KT. "+chief, deputy, signed, name)
	case form == "tl":
		s.Authority, s.Position = "TL. "+chief, "CHÁNH VĂN PHÒNG"
		block("TL. "+chief, s.Position, signed, name)
	case form == "joined":
		s.Authority, s.Position = "KT. "+chief, deputy
		block("KT. "+chief+" "+deputy, signed, name)
	case form == "gd", form == "tm":
		s.Position = chief
		block(chief, signed, name)
	default:
		s.Authority, s.Position = "KT. "+chief, deputy
		block("KT. "+chief, deputy, signed, name)
	}
}

// annexes writes what is attached, or names an annex that the file does not hold.
func (w *writer) annexes() {
	d := w.dice
	switch {
	case w.has("missing"):
		w.problem(plan.MissingAnnex)
		for _, l := range w.lines {
			if l.unit != nil && l.unit.Kind == plan.Content && l.unit.Level == 1 {
				l2 := &line{style: plain, zone: body, text: "(Danh mục nhiệm vụ cụ thể tại Phụ lục kèm theo)."}
				for i := range w.lines {
					if w.lines[i] == l {
						w.lines = append(w.lines[:i+1], append([]*line{l2}, w.lines[i+1:]...)...)
						return
					}
				}
			}
		}
	case w.has("annex"), w.has("annextable"):
		w.zone = body
		for i := range pick2n(w.has("annextable"), 1, d.span(1, 2)) {
			name := "Phụ lục " + roman(i+1)
			printed := pick(d, []string{strings.ToUpper(name), name})
			what := "DANH MỤC NHIỆM VỤ THỰC HIỆN KẾ HOẠCH"
			if !w.has("annextable") {
				what = "DANH MỤC " + strings.ToUpper(w.voice.topics.draw(d)) + " TRỌNG ĐIỂM"
			}
			l := w.say(heading, printed)
			l.level = 1
			l.unit = &unit{Section: plan.Section{Label: printed, Level: 1, Kind: plan.Appendix, Heading: what}, apart: true}
			w.say(heading, what)
			w.say(plain, "(Kèm theo Kế hoạch của "+w.truth.Issuer.Name+")")
			first := len(w.lines) - 3
			if w.has("annextable") {
				w.taskTable(d.span(5, 8))
			} else {
				for range d.span(4, 8) {
					w.bullet("- ", new(phrase).say(upperFirst(w.voice.topics.draw(d))+" tại "+pick(d, w.voice.places)+"."))
				}
			}
			last := w.lines[len(w.lines)-1]
			start := w.lines[first]
			start.marks = append(start.marks, mark{0, len(printed), func(t *plan.Plan, at plan.Span, _ plan.Ref) {
				t.Annexes = append(t.Annexes, plan.Annex{Label: printed, Title: what, Span: plan.Span{Start: at.Start, End: last.at.End}})
			}})
		}
	}
}

func pick2n(cond bool, a, b int) int {
	if cond {
		return a
	}
	return b
}
