package layout

import (
	"slices"
	"strings"
)

// A table without rules shows its columns by corridors: strips that no word crosses, row for row. Where the cells are
// set close together a corridor is hardly wider than a blank, so that one row does not prove it. It is one if it goes
// on over enough rows, if the words behind it begin at one place, and if it is wide now and then.

// The measures of corridors, in ems.
const (
	corridorLeast = 0.33 // width that must be left over
	corridorWide  = 1.0  // a gap that no blank makes
	corridorSure  = 0.85 // the same, where no gap is wide
	corridorShare = 0.6  // of the rows that a column has, begin at its edge
	leastLines    = 5    // rows of chunks
	edgeSlack     = 1.5  // points between beginnings of one edge
)

// corridor is a strip between two columns.
type corridor struct{ x0, x1 float32 }

// corridors finds the columns of the table that begins at the first of rows, and how many rows go on with them; none
// where there is no such table. across says of these rows which reach over all columns: the names of groups.
func (s *sheet) corridors(rows [][]chunk) (list []corridor, n int, across []bool) {
	list = gapsOf(rows[0])
	if len(list) < unruledColumns-1 {
		return nil, 0, nil
	}
	across = []bool{false}
	var own [][]chunk // rows that are not across
	for own, n = rows[:1:1], 1; n < len(rows) && follows(rows, n) && !s.ruledOff(rows[n-1], rows[n]) && !s.isFoot(rows, n); n++ {
		if mayBeAcross(rows, n, list) {
			across = append(across, true)
			continue
		}
		next := narrow(list, rows[n])
		if len(next) < unruledColumns-1 || len(own) > leastLines && len(next) < len(list)-1 {
			break // what goes on with fewer columns is something else
		}
		list, own, across = next, append(own, rows[n]), append(across, false)
	}
	for len(own) > 0 && (across[n-1] || !fits(own, list, len(own)-1)) {
		if n--; !across[n] {
			own = own[:len(own)-1]
		}
	}
	least := leastLines
	if s.lined(rows[:n]) {
		least = unruledRows
	}
	if len(own) < least || !fits(own, list, 0) {
		return nil, 0, nil
	}
	for k := 0; k < len(list); {
		if shown(own, list, k) || len(own) < leastLines {
			k++
			continue
		}
		if list = slices.Delete(list, k, k+1); len(list) < unruledColumns-1 {
			return nil, 0, nil
		}
	}
	full := 0 // rows with words in three columns and more
	for _, row := range own {
		if ends, _ := spans(row, list); len(ends)-count(ends, -1) >= unruledColumns {
			full++
		}
	}
	if full < min(unruledRows, least-1) {
		return nil, 0, nil
	}
	across = across[:n]
	for i := range across {
		across[i] = across[i] && crosses(rows[i], list)
	}
	return list, n, across
}

// follows reports whether row n follows the one before it at the distance of a table's rows.
func follows(rows [][]chunk, n int) bool { return rows[n][0].y-rows[n-1][0].y <= 3*rows[n][0].size }

// crosses reports whether a word of a row stands in a corridor.
func crosses(row []chunk, list []corridor) bool {
	for _, w := range joined(row) {
		for _, c := range list {
			if w.X1 > c.x0+0.1 && w.X0 < c.x1-0.1 {
				return true
			}
		}
	}
	return false
}

// isFoot reports whether row n is the number at the foot of the page.
func (s *sheet) isFoot(rows [][]chunk, n int) bool {
	words := joined(rows[n])
	return n == len(rows)-1 && len(words) == 1 && strings.Trim(words[0].Text, "0123456789-–") == "" && words[0].Y > 0.85*s.Height
}

// lined reports whether level rules part the rows: two at least that reach over most of them.
func (s *sheet) lined(rows [][]chunk) bool {
	x0, x1 := s.edge(rows, false), s.edge(rows, true)
	n := 0
	for _, r := range s.rules {
		if r.Y0 > rows[0][0].y-2*rows[0][0].size && r.Y0 < rows[len(rows)-1][0].y && min(r.X1, x1)-max(r.X0, x0) > 0.8*(x1-x0) {
			n++
		}
	}
	return n >= 2
}

// mayBeAcross reports whether row n may be a name over all columns, which says nothing of them: one run of words, behind
// which a numbered row goes on with columns.
func mayBeAcross(rows [][]chunk, n int, list []corridor) bool {
	if len(rows[n]) > 1 || n+1 >= len(rows) || !follows(rows, n+1) {
		return false
	}
	first := rows[n+1][0].words[0]
	return isCount(first.Text) && first.X1 <= list[0].x1 && len(narrow(list, rows[n+1])) >= unruledColumns-1
}

// ruledOff reports whether a rule parts two rows that does not reach over both of them: that of the footnotes.
func (s *sheet) ruledOff(above, below []chunk) bool {
	for _, r := range s.rules {
		if r.Y0 > above[0].y && r.Y0 < below[0].y && r.X1-r.X0 < 0.6*(above[len(above)-1].x1-above[0].x0) && r.X1-r.X0 > 60 {
			return true
		}
	}
	return false
}

// gapsOf are the gaps of a row that may be corridors.
func gapsOf(row []chunk) []corridor {
	var out []corridor
	x := float32(0)
	for i, w := range joined(row) {
		if i > 0 && w.X0-x > corridorLeast*w.Size {
			out = append(out, corridor{x, w.X0})
		}
		x = max(x, w.X1)
	}
	return out
}

// narrow gives what a row leaves of the corridors. One in which several gaps of the row lie goes on as several: the rows
// that follow tell which it is.
func narrow(list []corridor, row []chunk) []corridor {
	out := make([]corridor, 0, len(list))
	words := joined(row)
	least := corridorLeast * row[0].size
	for _, c := range list {
		x := float32(0)
		for i := 0; i <= len(words); i++ {
			gap := corridor{max(x, c.x0), c.x1}
			if i < len(words) {
				gap.x1 = min(gap.x1, words[i].X0)
				x = max(x, words[i].X1)
			}
			if gap.x1-gap.x0 > least {
				out = append(out, gap)
			}
		}
	}
	return out
}

// starts are the places where the rows begin behind a corridor; -1 where a row has nothing there.
func starts(rows [][]chunk, list []corridor, at int) []float32 {
	out := make([]float32, len(rows))
	end := float32(1e9)
	if at+1 < len(list) {
		end = list[at+1].x0
	}
	for i, row := range rows {
		out[i] = -1
		for _, w := range joined(row) {
			if w.X0 >= list[at].x1-0.1 && w.X0 < end {
				out[i] = w.X0
				break
			}
		}
	}
	return out
}

// edgeOf is the place where most of the starts are, and the share of those that are there.
func edgeOf(starts []float32) (edge float32, share float32) {
	best, all := 0, 0
	for _, x := range starts {
		if x < 0 {
			continue
		}
		all++
		n := 0
		for _, other := range starts {
			if other >= 0 && other-x < edgeSlack && x-other < edgeSlack {
				n++
			}
		}
		if n > best {
			best, edge = n, x
		}
	}
	if all == 0 {
		return 0, 0
	}
	return edge, float32(best) / float32(all)
}

// fits reports whether a row is of the table: it shows a wide gap at a corridor, or leaves a column out, or begins a
// column at its edge. A line of prose has blanks in the corridors by chance only.
func fits(rows [][]chunk, list []corridor, at int) bool {
	words := joined(rows[at])
	hits, misses := 0, 0
	for k := range list {
		before, behind := false, false
		gap := corridor{0, 1e9}
		for i := range words {
			if words[i].X1 <= list[k].x0+0.1 {
				before, gap.x0 = true, max(gap.x0, words[i].X1)
			} else {
				behind, gap.x1 = true, min(gap.x1, words[i].X0)
			}
		}
		if !before || !behind || gap.x1-gap.x0 > corridorWide*words[0].Size {
			return true
		}
		edge, share := edgeOf(starts(rows, list, k))
		if own := starts(rows[at:at+1], list, k)[0]; share >= corridorShare && own >= 0 && own-edge < edgeSlack && edge-own < edgeSlack {
			hits++
		} else {
			misses++
		}
	}
	return hits > misses
}

// spans gives for each column where the words of a row in it end and begin; -1 for both where it has none.
func spans(row []chunk, list []corridor) (ends, begins []float32) {
	ends, begins = make([]float32, len(list)+1), make([]float32, len(list)+1)
	for k := range ends {
		ends[k], begins[k] = -1, -1
	}
	for _, w := range joined(row) {
		k := 0
		for k < len(list) && w.X0 >= list[k].x1-0.1 {
			k++
		}
		if begins[k] < 0 {
			begins[k] = w.X0
		}
		ends[k] = max(ends[k], w.X1)
	}
	return ends, begins
}

func count(list []float32, x float32) (n int) {
	for _, y := range list {
		if y == x {
			n++
		}
	}
	return n
}

// shown reports whether the rows show a corridor that have words in the columns on both sides of it: nearly all begin at one
// place behind it; or most do, and it is wide now and then; or it is wide in most.
func shown(rows [][]chunk, list []corridor, at int) bool {
	both, wide := 0, 0
	headed := false // the first row has words in both columns
	for i, row := range rows {
		ends, begins := spans(row, list)
		if ends[at] < 0 || begins[at+1] < 0 {
			continue
		}
		headed = headed || i == 0
		both++
		if begins[at+1]-ends[at] > corridorWide*row[0].size {
			wide++
		}
	}
	_, share := edgeOf(starts(rows, list, at))
	if wide == 0 && !headed {
		return false // blanks that stand below each other
	}
	if both >= leastLines && share >= corridorSure {
		return true
	}
	return wide >= 2 && (wide*5 >= both && share >= corridorShare || wide*3 >= both*2)
}
