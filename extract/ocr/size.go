package ocr

import (
	"slices"

	"kehoach/normalize"
)

// evenRecipients gives the recipients below "Nơi nhận:" one size, which they are set in (Decree 30/2020, Phụ lục I, box
// 9b): columns are told by it, and what is measured differs by a third from line to line.
func evenRecipients(words []word) {
	rows := lines(words)
	slices.SortStableFunc(rows, func(a, b []int) int { return int(words[a[0]].base) - int(words[b[0]].base) })
	for n, at := range rows {
		if len(at) < 2 || normalize.Fold(core(words[at[0]].text)) != "noi" || normalize.Fold(core(words[at[1]].text)) != "nhan" {
			continue
		}
		head := words[at[0]]
		list := [][]int{}
		last := head
		for _, row := range rows[n+1:] {
			first := words[row[0]]
			if abs(first.x0-head.x0) > int(3*head.size) {
				continue
			}
			if first.base-last.base > 2.2*head.size {
				break
			}
			list, last = append(list, row), first
		}
		var sizes []float32
		for _, row := range list {
			sizes = append(sizes, words[row[0]].size)
		}
		if len(sizes) == 0 {
			return
		}
		slices.Sort(sizes)
		for _, row := range list {
			for _, i := range row {
				words[i].size = sizes[len(sizes)/2]
			}
		}
		return
	}
}
