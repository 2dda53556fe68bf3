package synth

import (
	"html"
	"strings"
)

// html writes the document as a page of its own.
func (w *writer) html() string {
	return "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><title>" + html.EscapeString(w.named) + "</title>\n<style>p{margin:6pt 0}</style></head>\n<body>\n" +
		w.htmlBody() + "</body></html>\n"
}

// htmlBody writes the document's own markup: a letterhead and a signature of two columns where the layout has cells.
func (w *writer) htmlBody() string {
	var b strings.Builder
	cells := w.layout.head == "cells"
	esc := html.EscapeString
	twoColumns := func(l, r []string) {
		for i := range l {
			l[i] = esc(l[i])
		}
		for i := range r {
			r[i] = esc(r[i])
		}
		b.WriteString("<tr><td>" + strings.Join(l, "<br>") + "</td><td>" + strings.Join(r, "<br>") + "</td></tr>\n")
	}
	if cells {
		l, r := w.column(left), w.column(right)
		b.WriteString("<table width=\"100%\">")
		twoColumns(l[:len(l)-1], r[:len(r)-1])
		twoColumns(l[len(l)-1:], r[len(r)-1:])
		b.WriteString("</table>\n")
	}
	state := ""
	enter := func(s string) {
		if s == state {
			return
		}
		b.WriteString(map[string]string{"table": "</table>\n", "list": "</ul>\n"}[state] + map[string]string{"table": "<table border=\"1\">\n", "list": "<ul>\n"}[s])
		state = s
	}
	for i := 0; i < len(w.lines); i++ {
		l := w.lines[i]
		if cells && l.zone == opening && (l.style == left || l.style == right) {
			continue
		}
		switch {
		case l.style == row || l.style == headRow:
			enter("table")
			tag := "td"
			if l.style == headRow {
				tag = "th"
			}
			b.WriteString("<tr>")
			for _, c := range l.cells {
				b.WriteString("<" + tag + ">" + esc(c) + "</" + tag + ">")
			}
			b.WriteString("</tr>\n")
		case l.style == sign && cells:
			enter("")
			var to, by []string
			for ; i < len(w.lines) && w.lines[i].style == sign; i++ {
				x := w.lines[i].text
				if len(by) == 0 && (strings.HasPrefix(x, "Nơi nhận") || strings.HasPrefix(x, "-")) {
					to = append(to, x)
				} else {
					by = append(by, strings.TrimSpace(x))
				}
			}
			i--
			b.WriteString("<table>")
			twoColumns(to, by)
			b.WriteString("</table>\n")
		case l.style == heading:
			enter("")
			b.WriteString("<p><b>" + esc(l.text) + "</b></p>\n")
		case l.style == title || l.style == left || l.style == right:
			enter("")
			b.WriteString("<p align=\"center\"><strong>" + esc(l.text) + "</strong></p>\n")
		case l.lead > 0 && w.layout.bullet == "•":
			enter("list")
			b.WriteString("<li>" + esc(l.text[l.lead:]) + "</li>\n")
		default:
			enter("")
			for _, text := range w.physical(l) {
				b.WriteString("<p>" + esc(text) + "</p>\n")
			}
		}
	}
	enter("")
	return b.String()
}

// portal writes the page of a law portal: menus, a data block, the document, other documents, a footer.
func (w *writer) portal() string {
	var b strings.Builder
	esc := html.EscapeString
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + esc(w.named) + " - Cổng văn bản</title><script>var x = 1;</script></head><body>\n<header><nav><ul>")
	for _, m := range menu {
		b.WriteString("<li><a href=\"/\">" + esc(m) + "</a></li>")
	}
	b.WriteString("</ul></nav></header>\n<div class=\"breadcrumb\">Trang chủ &raquo; Văn bản &raquo; Kế hoạch</div>\n<div class=\"main\"><h1>" + esc("Kế hoạch "+w.data["number"]+" "+lowerFirst(w.named)) + "</h1>\n<table class=\"thuoctinh\">\n")
	for _, f := range [][2]string{{"Số hiệu", w.data["number"]}, {"Loại văn bản", "Kế hoạch"}, {"Cơ quan ban hành", w.data["issuer"]}, {"Người ký", w.data["signer"]}, {"Ngày ban hành", w.data["issued"]}, {"Tình trạng", "Còn hiệu lực"}} {
		b.WriteString("<tr><td>" + f[0] + ":</td><td>" + esc(f[1]) + "</td></tr>\n")
	}
	b.WriteString("</table>\n<div class=\"noidung\">\n" + w.htmlBody() + "</div>\n<div class=\"sidebar\"><h3>Văn bản liên quan</h3><ul>")
	for range 4 {
		b.WriteString("<li><a href=\"#\">" + esc("Kế hoạch "+arabic(w.dice.span(10, 300))+"/KH-UBND "+w.voice.fill("{v} {n} năm ")+arabic(w.dice.span(2015, 2025))) + "</a></li>")
	}
	b.WriteString("</ul></div></div>\n<footer>")
	for _, f := range footer {
		b.WriteString("<p>" + esc(f) + "</p>")
	}
	b.WriteString("</footer></body></html>\n")
	return b.String()
}
