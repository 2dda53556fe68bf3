package text

import (
	"strings"

	"kehoach/plan"
)

// barTable reads a table drawn with bars: "| a | b |", its rules "|---|---|" or "+---+---+". Where a rule stands
// under every row, the lines between two rules are one row.
func (r *reader) barTable() bool {
	if r.at < r.barless {
		return false
	}
	end, rules, columns := r.at, 0, 0
	for ; end < len(r.lines); end++ {
		if isRule(r.lines[end].text) {
			rules++
			continue
		}
		n := len(bars(r.lines[end].text))
		if n < 2 || columns > 0 && n != columns && rules == 0 {
			break
		}
		columns = n
	}
	rows := end - r.at - rules
	if rows < 1 || rules == 0 && (rows < 2 || columns < 3 && !r.framed(r.at, end)) {
		r.barless = end
		return false
	}
	headRules := 1 // how many rules stand above the end of the head
	if isRule(r.lines[r.at].text) {
		headRules = 2
	}
	grid := rules > headRules && rules >= rows/3
	var open []string // the row that is being read
	seen := 0         // rules
	flush := func(i int) {
		if open == nil {
			return
		}
		style := plan.Row
		if seen < headRules && rules >= headRules {
			style = plan.HeadRow
		}
		r.row(open, style, r.lines[i].page)
		open = nil
	}
	for i := r.at; i < end; i++ {
		if isRule(r.lines[i].text) {
			flush(i)
			seen++
			continue
		}
		cells := bars(r.lines[i].text)
		if !grid || len(open) != len(cells) {
			flush(i)
			open = cells
			continue
		}
		for k := range cells {
			open[k] = strings.TrimSpace(open[k] + "\n" + cells[k])
		}
	}
	flush(end - 1)
	r.at = end
	r.endTable()
	return true
}

// framed reports whether every line of a range begins and ends with a bar.
func (r *reader) framed(from, to int) bool {
	for i := from; i < to; i++ {
		if t := r.lines[i].text; len(t) < 2 || !strings.HasPrefix(t, "|") || !strings.HasSuffix(t, "|") {
			return false
		}
	}
	return true
}

// bars are the cells of a line that is cut by bars; nil where it has none.
func bars(text string) []string {
	text = strings.ReplaceAll(text, "│", "|")
	if !strings.Contains(text, "|") {
		return nil
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "|"), "|")
	cells := strings.Split(text, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// isRule reports whether a line is a rule of a table.
func isRule(text string) bool {
	return len(text) > 2 && strings.Trim(text, "|+-=: ┼─│├┤┌┐└┘┬┴") == "" && strings.ContainsAny(text, "-=─")
}

// tabTable reads a table whose cells are parted by tabs: two rows or more of the same three cells or more, most of
// them filled.
func (r *reader) tabTable() bool {
	n := r.lines[r.at].tabs
	if n < 2 || r.at < r.tabless {
		return false
	}
	end, filled := r.at, 0
	for end < len(r.lines) && r.lines[end].tabs == n && !r.lines[end].blank() {
		for cell := range strings.SplitSeq(r.lines[end].text, "\t") {
			if strings.TrimSpace(cell) != "" {
				filled++
			}
		}
		end++
	}
	if rows := end - r.at; rows < 2 || filled*2 <= rows*(n+1) {
		r.tabless = end
		return false
	}
	for i := r.at; i < end; i++ {
		cells := make([]string, n+1)
		for k, cell := range strings.Split(r.lines[i].text, "\t") {
			cells[k] = strings.TrimSpace(cell)
		}
		r.row(cells, plan.Row, r.lines[i].page)
	}
	r.at = end
	r.endTable()
	return true
}

// row emits one row of a table.
func (r *reader) row(cells []string, style plan.Style, page int) {
	r.doc.Blocks = append(r.doc.Blocks, plan.Block{Text: strings.Join(cells, " | "), Cells: cells, Style: style, Page: page})
}

// endTable parts a table from another that touches it.
func (r *reader) endTable() {
	r.doc.Blocks = append(r.doc.Blocks, plan.Block{Style: plan.Furniture})
}
