package synth

import "strings"

// layout is how one family of documents is set: a row of templates/layouts.tsv, whose comment says what each value means.
type layout struct {
	name, format, gap, head string
	labels                  []string // by level
	bullet                  string
	parts                   []string
	tasks, org, close, sign string
	recipients              string
	extras                  map[string]bool
}

var layouts = readLayouts()

func readLayouts() []layout {
	var out []layout
	for _, r := range table("layouts.tsv", 13) {
		l := layout{name: r[0], format: r[1], gap: r[2], head: r[3], labels: list(r[4], " "), bullet: r[5], parts: list(r[6], " "),
			tasks: r[7], org: r[8], close: r[9], sign: r[10], recipients: r[11], extras: map[string]bool{}}
		for _, e := range list(r[12], ",") {
			l.extras[e] = true
		}
		out = append(out, l)
	}
	return out
}

// Layouts names every layout, in the order of the table.
func Layouts() []string {
	out := make([]string, len(layouts))
	for i, l := range layouts {
		out[i] = l.name
	}
	return out
}

// dash is what a bullet begins with.
func (l *layout) dash() string {
	if l.bullet == "none" {
		return ""
	}
	return l.bullet + " "
}

// letters are the labels of points: the Vietnamese alphabet with đ, without f, j, w and z (Decree 30/2020/NĐ-CP).
var letters = strings.Fields("a b c d đ e g h i k l m n o p q r s t u v x y")

var ordinals = strings.Fields("nhất hai ba tư năm sáu bảy tám chín mười")

// label writes the label of a unit by its level's form: as printed, and bare as a plan names it. own says that the heading
// stands on a line of its own. counts are the numbers of the unit and those above it, from the top.
func label(form string, counts []int) (printed, bare string, own bool) {
	form, own = strings.CutSuffix(form, "_")
	n := counts[len(counts)-1]
	word, rest, _ := strings.Cut(form, "-")
	switch word {
	case "Phần", "PHẦN", "Chương":
		bare = word + " " + roman(n)
		if rest == "THỨ" {
			bare = "PHẦN THỨ " + strings.ToUpper(ordinals[(n-1)%len(ordinals)])
		}
		return bare + strings.TrimLeft(rest, "ITHỨ"), bare, own
	case "Mục":
		return "Mục " + arabic(n) + ".", "Mục " + arabic(n), own
	}
	body := strings.Trim(form, ".)(-/")
	switch {
	case body == "I":
		bare = roman(n)
	case body == "A":
		bare = strings.ToUpper(letters[(n-1)%len(letters)])
	case body == "a":
		bare = letters[(n-1)%len(letters)]
	default: // 1, 1.1, 1.1.1
		depth := min(strings.Count(body, ".")+1, len(counts))
		var parts []string
		for _, c := range counts[len(counts)-depth:] {
			parts = append(parts, arabic(c))
		}
		bare = strings.Join(parts, ".")
	}
	return strings.Replace(form, body, bare, 1), bare, own
}
