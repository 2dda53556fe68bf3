package extract

import (
	"slices"
	"strings"

	"kehoach/plan"
)

// heads are words of the heads of task tables, folded, at the beginning of a cell.
var heads = []string{"stt", "tt", "so tt", "noi dung", "nhiem vu", "ten nhiem vu", "cong viec", "hoat dong", "giai phap", "chi tieu", "co quan", "don vi",
	"chu tri", "phoi hop", "thoi gian", "thoi han", "tien do", "san pham", "ket qua", "kinh phi", "nguon", "ghi chu", "dia diem", "doi tuong",
	"so luong", "lanh dao", "du kien", "hinh thuc", "cap trinh", "ten ", "muc tieu"}

// mendRows finds the head of each table, drops heads that a page break repeats, and writes each row's text: its
// cells parted by bars, the lines of a cell joined.
func mendRows(doc *plan.Document) {
	blocks := doc.Blocks
	for i := 0; i < len(blocks); i++ {
		end := tableEnd(blocks, i)
		if end == i {
			continue
		}
		table := blocks[i:end]
		for k := range table {
			for c, cell := range table[k].Cells {
				table[k].Cells[c] = strings.ReplaceAll(cell, "\n", " ")
			}
			table[k].Text = strings.Join(table[k].Cells, " | ")
		}
		for k := 0; k < min(3, len(table)) && isHead(&table[k]); k++ {
			table[k].Style = plan.HeadRow
		}
		for k := 1; k < len(table); k++ {
			if h := &table[0]; h.Style == plan.HeadRow && slices.Equal(h.Cells, table[k].Cells) {
				table[k].Style = plan.Furniture
			}
		}
		i = end - 1
	}
}

// isHead reports whether a row holds the heads of columns: two cells of the list heads at least, or the numbers
// of the columns in order.
func isHead(b *plan.Block) bool {
	if b.Style == plan.HeadRow {
		return true
	}
	named, counted := 0, 0
	for i, cell := range b.Cells {
		if len(cell) > 80 {
			return false
		}
		if n := strings.Trim(cell, "()"); n == string(rune('1'+i)) && i < 9 {
			counted++
		}
		f := fold(cell)
		for _, h := range heads {
			if strings.HasPrefix(f, h) {
				named++
				break
			}
		}
	}
	return named >= 2 && named*2 >= len(b.Cells) || counted == len(b.Cells) && counted > 2
}
