package normalize

import (
	"regexp"
	"strconv"
	"strings"
)

// pageNumber matches a line that is nothing but a page's number: "3", "- 3 -", "Trang 3/12".
var pageNumber = regexp.MustCompile(`^(?i)([-–—.\s]*)(trang|page)?\s*(\d{1,4})\s*(?:/\s*\d{1,4})?([-–—.\s]*)$`)

// bandLines is how many lines at the top and at the bottom of a page may be furniture.
const bandLines = 3

// band is one line in the top or bottom band of a page.
type band struct {
	row, page int
	top       bool
}

// markFurniture marks page numbers and the lines that come again in the same band of most pages, and counts them.
func markFurniture(rows []row) int {
	bands, pages := findBands(rows)
	count := 0
	mark := func(i int) {
		if !rows[i].furniture {
			rows[i].furniture = true
			count++
		}
	}
	if pages < 2 {
		for _, i := range loneNumbers(rows) {
			mark(i)
		}
		return count
	}
	// The numbers that run along with the pages: the same distance from number to page, most often.
	shift := map[int]int{}
	for _, b := range bands {
		if n, ok := numberOf(rows[b.row].text); ok {
			shift[n-b.page]++
		}
	}
	best, most := 0, 0
	for d, n := range shift {
		if n > most || n == most && d < best {
			best, most = d, n
		}
	}
	seen := map[string]map[int]bool{}
	for _, b := range bands {
		if n, ok := numberOf(rows[b.row].text); ok && most >= 2 && n-b.page == best {
			mark(b.row)
			continue
		}
		k := bandKey(rows[b.row].text, b.top)
		if seen[k] == nil {
			seen[k] = map[int]bool{}
		}
		seen[k][b.page] = true
	}
	for _, b := range bands {
		if n := len(seen[bandKey(rows[b.row].text, b.top)]); n >= 3 && n*2 >= pages {
			mark(b.row)
		}
	}
	return count
}

// findBands gives the lines in the bands of all pages, and how many pages there are.
func findBands(rows []row) (bands []band, pages int) {
	for i := 0; i < len(rows); {
		page := rows[i].line.Page
		var words []int
		for ; i < len(rows) && rows[i].line.Page == page; i++ {
			if rows[i].text != "" {
				words = append(words, i)
			}
		}
		if page == 0 || len(words) == 0 {
			continue
		}
		pages++
		for k, w := range words {
			top := k < bandLines
			if top || k >= len(words)-bandLines {
				bands = append(bands, band{w, page, top})
			}
		}
	}
	return bands, pages
}

// numberOf reads a line that is a page's number.
func numberOf(s string) (int, bool) {
	m := pageNumber.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[3])
	return n, err == nil
}

// bandKey is the same for lines that differ in numbers, case and blanks only.
func bandKey(s string, top bool) string {
	place := "bottom "
	if top {
		place = "top "
	}
	return place + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '#'
		}
		return r
	}, Keys(s))
}

// loneNumbers finds page numbers in a text without pages: lines that are a number between blank lines, each one more
// than the one before, ten lines apart at least.
func loneNumbers(rows []row) []int {
	var run, best []int
	last := 0
	for i := range rows {
		n, ok := numberOf(rows[i].text)
		if !ok || i > 0 && rows[i-1].text != "" || i+1 < len(rows) && rows[i+1].text != "" {
			continue
		}
		if len(run) > 0 && n == last+1 && i-run[len(run)-1] >= 10 {
			run = append(run, i)
		} else {
			run = []int{i}
		}
		last = n
		if len(run) > len(best) {
			best = run
		}
	}
	if len(best) < 2 {
		return nil
	}
	return best
}
