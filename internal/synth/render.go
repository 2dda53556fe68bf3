package synth

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// render writes the settled document in its format and does the damage that bytes can suffer.
func (w *writer) render() (format string, data []byte) {
	var out string
	switch w.layout.format {
	case "markdown":
		format, out = "markdown", w.markdown()
	case "html":
		format, out = "html", w.html()
	case "portal":
		format, out = "html", w.portal()
	default:
		format, out = "text", w.plainText()
	}
	x := &w.damage
	if x.tones {
		out = mixTones(w.dice, out)
	}
	if x.horn {
		out = hornless.Replace(out)
	}
	if x.spaces {
		out = setIn(w.dice, out)
	}
	if x.nbsp {
		out = bind(w.dice, out)
	}
	if x.crlf {
		out = "\ufeff" + strings.ReplaceAll(out, "\n", "\r\n")
	}
	if x.nfd {
		out = norm.NFD.String(out)
	}
	return format, []byte(out)
}

// physical are the paragraphs that a line comes out as: more than one where a page or a line ends inside it.
func (w *writer) physical(l *line) []string {
	text := l.text
	if l.whole || l.zone == opening && l.style != plain {
		return []string{text}
	}
	if w.has("wrap") && (l.style == plain || l.style == heading) {
		return []string{wrap(text, 82)}
	}
	if w.damage.pageBreak && l.style == plain && l.unit == nil && w.breaks < 4 && w.dice.chance(30) {
		if i := breakAt(w.dice, text); i > 0 {
			w.breaks++
			if w.dice.chance(50) {
				return []string{text[:i], text[i+1:]}
			}
			return []string{text[:i], arabic(w.breaks + 1), text[i+1:]}
		}
	}
	return []string{text}
}

// wrap breaks a paragraph into lines of at most width runes.
func wrap(s string, width int) string {
	var b strings.Builder
	n := 0
	for i, word := range strings.Split(s, " ") {
		k := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case n+1+k > width:
			b.WriteByte('\n')
			n = -1
		default:
			b.WriteByte(' ')
		}
		b.WriteString(word)
		n += k + 1
	}
	return b.String()
}

// menu and footer are what a page of a portal has around a document.
var (
	menu   = []string{"Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản pháp luật", "Thủ tục hành chính", "Liên hệ", "Đăng nhập", "In trang này"}
	footer = []string{"Chia sẻ bài viết", "Các văn bản khác", "Chủ quản: Công ty TNHH Thư viện Văn bản", "Giấy phép số: 245/GP-TTĐT", "Mã số thuế: 0312345678", "Bản quyền thuộc về cổng thông tin"}
)

func (w *writer) plainText() string {
	var b strings.Builder
	sep := "\n"
	if w.layout.gap == "blank" {
		sep = "\n\n"
	}
	if w.damage.stamp {
		host := strings.ReplaceAll(strings.ToLower(w.truth.Province.Name), " ", "")
		b.WriteString("Người ký: " + strings.ToUpper(w.truth.Issuer.Name) + "\nEmail: vanthu@" + ascii(host) + ".gov.vn\nThời gian ký: " + fmt.Sprintf("%02d.%02d.%d %02d:%02d:%02d +07:00", w.at.day, w.at.month, w.at.year, w.dice.span(7, 17), w.dice.n(60), w.dice.n(60)) + "\n\n")
	}
	if w.damage.furniture {
		b.WriteString(strings.Join(some(w.dice, menu, w.dice.span(3, 6)), "\n") + "\n\n")
	}
	var last *line
	for _, l := range w.lines {
		for _, text := range w.physical(l) {
			if w.damage.stars && !l.whole && w.dice.chance(9) {
				text = stars(w.dice, text)
			}
			between := sep
			if last == nil {
				between = ""
			} else if last.style == l.style && (l.style == sign || l.style == left || l.style == right || l.style == title) {
				between = "\n"
			} else if last.zone != l.zone || last.style != l.style && (l.style == sign || l.style == title) {
				between = "\n\n"
			}
			b.WriteString(between + text)
			last = l
		}
	}
	if w.damage.truncated {
		b.WriteString(sep + "[...]\n2\n" + strings.Join(footer[2:], " "))
	} else if w.damage.furniture {
		b.WriteString("\n\n" + strings.Join(footer[w.dice.n(3):], "\n"))
	}
	return b.String() + "\n"
}

// ascii drops what is not a letter of ASCII.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

// stars leaves the marks of bold type in a line.
func stars(d *dice, s string) string {
	if d.chance(50) {
		return "**" + s + "**"
	}
	words := strings.Split(s, " ")
	if len(words) < 4 {
		return s + "**"
	}
	i := 1 + d.n(len(words)-2)
	words[i] = "**" + strings.TrimRight(words[i], ".;,:") + "**" + words[i][len(strings.TrimRight(words[i], ".;,:")):]
	return strings.Join(words, " ")
}

// markdown writes the document as a converter does: headings with #, lists, pipe tables.
func (w *writer) markdown() string {
	var b strings.Builder
	cells := w.layout.head == "cells"
	inTable := false
	para := func(s string) { b.WriteString(s + "\n\n") }
	if cells {
		l, r := w.column(left), w.column(right)
		n := len(l) - 1
		m := len(r) - 1
		b.WriteString("| " + strings.Join(l[:n], "<br>") + " | " + strings.Join(r[:m], "<br>") + " |\n|---|---|\n| " + l[n] + " | " + r[m] + " |\n\n")
	}
	for _, l := range w.lines {
		if cells && (l.style == left || l.style == right) && l.zone == opening {
			continue
		}
		if inTable && l.style != row && l.style != headRow {
			b.WriteByte('\n')
			inTable = false
		}
		switch l.style {
		case title:
			para("## **" + l.text + "**")
		case heading:
			hashes := strings.Repeat("#", min(6, l.level+2))
			if w.damage.levels {
				hashes = strings.Repeat("#", w.dice.span(2, 6))
			}
			if w.has("bold") {
				para(hashes + " **" + l.text + "**")
			} else {
				para(hashes + " " + l.text)
			}
		case row, headRow:
			inTable = true
			b.WriteString("| " + strings.Join(l.cells, " | ") + " |\n")
			if l.style == headRow {
				b.WriteString(strings.Repeat("|---", len(l.cells)) + "|\n")
			}
		case sign:
			if strings.HasPrefix(l.text, "-") || strings.HasPrefix(l.text, "+") {
				b.WriteString(l.text + "\n")
				continue
			}
			b.WriteString("\n")
			para("**" + strings.TrimSpace(l.text) + "**")
		default:
			for _, text := range w.physical(l) {
				para(text)
			}
		}
	}
	if w.damage.truncated {
		para("[...]")
		para(strings.Join(footer[2:], " "))
	}
	return b.String()
}

// column are the texts of a letterhead's column.
func (w *writer) column(s style) []string {
	var out []string
	for _, l := range w.lines {
		if l.zone == opening && l.style == s {
			out = append(out, l.text)
		}
	}
	return out
}
