// Command tasktable derives the rows that a Markdown table of tasks must give from nothing but its columns, and
// writes them as JSON Lines. It shares no code with the program that it helps to check:
//
//	go run . FILE.md           the expected rows
//	go run . -html FILE.md     the same table as a page of HTML, for other programs to convert
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"strings"
)

// row is one numbered row of the table, its bodies as printed.
type row struct {
	Number   string   `json:"number"`
	Task     string   `json:"task"`
	Lead     []string `json:"lead"`
	Support  []string `json:"support"`
	Output   string   `json:"output"`
	Deadline string   `json:"deadline"`
}

// columns are the heads of the table that are read, and where they stand.
var columns = map[string]int{"Tên nhiệm vụ": -1, "Cơ quan chủ trì": -1, "Cơ quan phối hợp": -1, "Kết quả": -1, "Thời gian hoàn thành": -1}

// openings are the words with which a further member of a list of bodies begins.
var openings = []string{"Bộ ", "Ban ", "Viện ", "Văn phòng ", "Ngân hàng ", "Thanh tra ", "Bảo hiểm ", "Tòa án ", "Quốc hội", "VTV", "VOV", "TTXVN", "các ", "một số ", "bộ, ngành"}

func main() {
	args := os.Args[1:]
	page := len(args) > 0 && args[0] == "-html"
	if page {
		args = args[1:]
	}
	if len(args) != 1 {
		fmt.Fprintln(os.Stderr, "usage: tasktable [-html] FILE.md")
		os.Exit(2)
	}
	data, err := os.ReadFile(args[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if page {
		writePage(out, strings.Split(string(data), "\n"))
		return
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for line := range strings.Lines(string(data)) {
		cells := cellsOf(line)
		if cells == nil || rule(cells) {
			continue
		}
		if named := heads(cells); named {
			continue
		}
		at := func(head string) string {
			if i := columns[head]; i >= 0 && i < len(cells) {
				return cells[i]
			}
			return ""
		}
		number := strings.Trim(cells[0], "*. ")
		if at("Tên nhiệm vụ") == "" || strings.Trim(number, "IVX") == "" {
			continue // a group of tasks
		}
		enc.Encode(row{number, at("Tên nhiệm vụ"), members(at("Cơ quan chủ trì")), members(at("Cơ quan phối hợp")), at("Kết quả"), at("Thời gian hoàn thành")})
	}
}

// cellsOf are the cells of a line of the table, nil for other lines.
func cellsOf(line string) []string {
	line = strings.TrimSpace(line)
	if !strings.HasPrefix(line, "|") {
		return nil
	}
	cells := strings.Split(strings.Trim(line, "|"), "|")
	for i, c := range cells {
		cells[i] = strings.Join(strings.Fields(c), " ")
	}
	return cells
}

// rule reports whether the cells are the line under the heads.
func rule(cells []string) bool { return strings.Trim(strings.Join(cells, ""), "-: ") == "" }

// heads remembers where the columns stand, and reports whether the cells are heads.
func heads(cells []string) bool {
	found := 0
	for i, c := range cells {
		if _, ok := columns[c]; ok {
			columns[c] = i
			found++
		}
	}
	return found > 2
}

// members splits a list of bodies: at semicolons, and at a comma or "và" before a word that opens a body.
func members(cell string) []string {
	out := []string{}
	for part := range strings.SplitSeq(cell, ";") {
		from := 0
		for i := range part {
			for _, sep := range []string{", ", " và "} {
				if rest, ok := strings.CutPrefix(part[i:], sep); ok && i >= from && opens(rest) {
					out = append(out, strings.TrimSpace(part[from:i]))
					from = i + len(sep)
				}
			}
		}
		if last := strings.TrimSpace(part[from:]); last != "" {
			out = append(out, last)
		}
	}
	return out
}

func opens(s string) bool {
	for _, o := range openings {
		if strings.HasPrefix(s, o) {
			return true
		}
	}
	return false
}

// writePage writes the file as HTML, its table with ruled cells and heads that a printer repeats.
func writePage(out *bufio.Writer, lines []string) {
	fmt.Fprintln(out, `<html><head><meta charset="utf-8"><style>@page{size:29.7cm 21cm;margin:2cm} td,th{border:1px solid #000}</style></head><body>`)
	inside := false
	for _, line := range lines {
		cells := cellsOf(line)
		switch {
		case cells == nil && inside:
			fmt.Fprintln(out, "</tbody></table>")
			inside = false
			fallthrough
		case cells == nil:
			if text := strings.Trim(line, "* "); text != "" {
				fmt.Fprintf(out, "<p>%s</p>\n", html.EscapeString(text))
			}
		case rule(cells):
		case !inside:
			fmt.Fprintf(out, "<table border=1 cellspacing=0><thead><tr><th>%s</th></tr></thead><tbody>\n", joined(cells, "</th><th>"))
			inside = true
		default:
			fmt.Fprintf(out, "<tr><td>%s</td></tr>\n", joined(cells, "</td><td>"))
		}
	}
	if inside {
		fmt.Fprintln(out, "</tbody></table>")
	}
	fmt.Fprintln(out, "</body></html>")
}

func joined(cells []string, between string) string {
	parts := make([]string, len(cells))
	for i, c := range cells {
		parts[i] = html.EscapeString(strings.Trim(c, "*"))
	}
	return strings.Join(parts, between)
}
