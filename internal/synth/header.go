package synth

import (
	"fmt"
	"strings"

	"kehoach/plan"
)

const (
	nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	motto  = "Độc lập - Tự do - Hạnh phúc"
)

// bodyLines are the lines that name the issuing body in a letterhead.
func (w *writer) bodyLines() []string {
	d, province := w.dice, strings.ToUpper(w.prov.full())
	switch w.tier {
	case "s":
		return []string{pick(d, []string{"UBND " + province, "ỦY BAN NHÂN DÂN " + province}), strings.ToUpper(w.owner.name)}
	case "d", "c":
		return []string{"ỦY BAN NHÂN DÂN", strings.ToUpper(w.area)}
	}
	if d.chance(60) {
		return []string{"ỦY BAN NHÂN DÂN", province}
	}
	return []string{"ỦY BAN NHÂN DÂN " + province}
}

// numberLine and dateLine are the lines of number and date, blank where the damage says so.
func (w *writer) numberLine() string {
	if w.damage.blankNumber {
		w.problem(plan.BlankNumber)
		w.truth.Number = ""
		return pick(w.dice, []string{"Số:      /", "Số: /", "Số: ……/", "Số:       /"}) + w.truth.Symbol
	}
	number := w.truth.Number
	if w.dice.chance(12) {
		number = strings.Replace(number, "/", " /", 1)
	}
	return "Số: " + number
}

func (w *writer) dateLine() string {
	if w.damage.blankDay {
		w.problem(plan.BlankDate)
		w.truth.Issued = w.at.months()
		return fmt.Sprintf("%s, ngày %s tháng %s năm %d", w.truth.Place, pick(w.dice, []string{"     ", "...", "  "}), w.at.two(), w.at.year)
	}
	return w.truth.Place + ", ngày " + w.at.long()
}

// letterhead writes everything above the opening: boxes 1 to 5 of Decree 30/2020/NĐ-CP, Phụ lục I.
func (w *writer) letterhead() {
	l, t := w.layout, w.truth
	if l.format == "portal" {
		w.data = map[string]string{"number": t.Number, "issuer": w.truth.Issuer.Name, "signer": w.signerName(), "issued": fmt.Sprintf("%02d/%02d/%d", w.at.day, w.at.month, w.at.year)}
	}
	rule := pick(w.dice, []string{"-------", "---------------", ""})
	lines := func(s style, text ...string) {
		for _, x := range text {
			if x != "" {
				w.say(s, x)
			}
		}
	}
	switch l.head {
	case "none", "bare":
		if l.head == "bare" {
			lines(left, w.numberLine())
			lines(right, w.dateLine())
		} else if t.Place = ""; w.data == nil {
			t.Number, t.Symbol, t.Issued = "", "", ""
		} else {
			t.Inferred = append(t.Inferred, "number", "issued", "signer")
			w.unscored = append(w.unscored, "inferred", "problem")
		}
		w.problem(plan.MissingHeader)
		t.Inferred = append(t.Inferred, "issuer", "province")
	case "right":
		lines(right, nation, motto, rule)
		lines(left, append(w.bodyLines(), rule)...)
		lines(left, w.numberLine())
		lines(right, w.dateLine())
	case "tab":
		org := w.bodyLines()
		lines(plain, org[0]+"\t"+nation)
		if len(org) > 1 {
			lines(plain, org[1]+"\t"+motto)
		} else {
			lines(plain, "\t"+motto)
		}
		lines(plain, w.numberLine()+"\t"+w.dateLine())
	default: // full, cells, meta, decision
		if l.head == "meta" {
			w.meta()
		}
		lines(left, append(w.bodyLines(), rule)...)
		lines(right, nation, motto, rule)
		lines(left, w.numberLine())
		lines(right, w.dateLine())
	}
	if (w.tier == "d" || w.tier == "c") && l.head != "none" && l.head != "bare" {
		t.Inferred = append(t.Inferred, "province") // no line of the letterhead names it
	}
	for _, x := range w.lines {
		x.whole = true
	}
	w.title()
}

// meta writes the lines that a law portal puts above a document.
func (w *writer) meta() {
	t := w.truth
	for _, x := range []string{
		"Kế hoạch " + t.Number + " " + lowerFirst(w.named),
		"",
		"Số hiệu " + t.Number,
		"Ngày ban hành " + fmt.Sprintf("%02d/%02d/%d", w.at.day, w.at.month, w.at.year),
		"Ngày có hiệu lực " + fmt.Sprintf("%02d/%02d/%d", w.at.day, w.at.month, w.at.year),
		"Loại văn bản Kế hoạch",
		"Cơ quan ban hành " + upperFirst(w.prov.full()),
		"Người ký " + w.signerName(),
	} {
		w.say(plain, x)
	}
}

// title writes type and title, as one line or two, in capitals or not.
func (w *writer) title() {
	t, d := w.truth, w.dice
	text := w.named
	if w.layout.head == "decision" {
		text = pick(d, []string{"Ban hành Kế hoạch ", "Về việc ban hành Kế hoạch "}) + lowerFirst(w.named)
	}
	if w.has("upper") || d.chance(25) {
		text = strings.ToUpper(text)
	}
	t.Title = text
	w.say(title, strings.ToUpper(t.Type.Name))
	w.titleLines(text)
}

func (w *writer) titleLines(text string) {
	words := strings.Fields(text)
	if w.dice.chance(45) && len(words) > 14 {
		cut := len(words)/2 + w.dice.n(4)
		for words[cut] == "-" || words[cut-1] == "-" { // a line that began with a dash would be a bullet
			cut++
		}
		w.say(title, strings.Join(words[:cut], " "))
		w.say(title, strings.Join(words[cut:], " "))
		return
	}
	w.say(title, text)
}

// someone is a name made of parts.
var someone = func() map[string]*ranked {
	out := map[string]*ranked{}
	for _, r := range table("people.tsv", 2) {
		out[r[0]] = rank(list(r[1], "|"))
	}
	return out
}()

// signerName is the name of the person who signs, the same wherever the document prints it.
func (w *writer) signerName() string {
	if w.truth.Signer.Name == "" {
		d := w.dice
		middle := someone["middle"].draw(d)
		if d.chance(18) {
			middle += " " + someone["middle"].draw(d)
		}
		w.truth.Signer.Name = someone["family"].draw(d) + " " + middle + " " + someone["given"].draw(d)
	}
	return w.truth.Signer.Name
}
