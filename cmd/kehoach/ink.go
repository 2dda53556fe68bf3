package main

import (
	"bufio"
	"os"

	"golang.org/x/term"

	"kehoach/plan"
)

// ink is how a page is set off on a terminal; all of it is "" elsewhere, and where NO_COLOR asks for that.
type ink struct{ strong, mark, faint, plain string }

func (e *env) ink() ink {
	f, ok := e.stdout.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) || os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		return ink{}
	}
	return ink{strong: "\x1b[1m", mark: "\x1b[1;33m", faint: "\x1b[2m", plain: "\x1b[0m"}
}

// lines writes a text of single spaces broken into lines of a page, in one style, its marks in their own.
func (k ink) lines(out *bufio.Writer, text string, marks []plan.Span, first, rest, style string) {
	lead := first
	for text != "" {
		end := lineEnd(text, pageWidth-columns(lead))
		line := text[:end]
		out.WriteString(lead)
		at := 0
		paint := func(to int, style string) {
			if to > at {
				if style == "" {
					out.WriteString(line[at:to])
				} else {
					out.WriteString(style + line[at:to] + k.plain)
				}
				at = to
			}
		}
		for i, m := range marks {
			from, to := max(m.Start, 0), min(m.End, end)
			if i+1 < len(marks) && to+1 == marks[i+1].Start && to >= 0 && to < end && line[to] == ' ' {
				to++ // words side by side are one to the eye
			}
			if from < to {
				paint(from, style)
				paint(to, or(k.mark, style))
			}
		}
		paint(end, style)
		out.WriteByte('\n')
		skip := end
		for skip < len(text) && text[skip] == ' ' {
			skip++
		}
		text = text[skip:]
		moved := make([]plan.Span, len(marks))
		for i, m := range marks {
			moved[i] = plan.Span{Start: m.Start - skip, End: m.End - skip}
		}
		marks, lead = moved, rest
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// lineEnd is the byte at which a line of at most width columns ends, before a space where there is one.
func lineEnd(text string, width int) int {
	end := len(text)
	n, space := 0, -1
	for i, r := range text {
		if r == ' ' {
			space = i
		}
		if n += columns(string(r)); n > width {
			end = i
			if space > 0 {
				end = space
			}
			break
		}
	}
	return end
}
