package ocr

import (
	"slices"
	"strings"

	"kehoach/extract/pdf/layout"
)

// The stamp that a registry puts on what arrives is a box of 35 by 50 mm with ĐẾN in it (Decree 30/2020, Phụ lục IV).
// These are its sizes in points, with room for other makes.
const (
	narrowestStamp = 90
	widestStamp    = 190
	lowestStamp    = 25
	highestStamp   = 130
	stampEdge      = 1
)

// stampOfArrival finds the edges of such a stamp in the upper part of a page, in dots: two upright rules with ĐẾN
// between them. The box is empty where there is none.
func stampOfArrival(words []word, rules []layout.Rule, scale float32, height int) box {
	var upright []layout.Rule
	for _, r := range rules {
		if h := r.Y1 - r.Y0; r.X0 == r.X1 && h >= lowestStamp && h <= highestStamp {
			upright = append(upright, r)
		}
	}
	for i := range words {
		w := &words[i]
		if !strings.Contains(w.text, "ĐẾN") && !strings.Contains(w.text, "ĐÊN") && !strings.Contains(w.text, "ĐEN") || w.y0 > int(headShare*float64(height)) {
			continue
		}
		x, y := float32(w.x0+w.x1)/2*scale, float32(w.y0+w.y1)/2*scale
		for _, left := range upright {
			for _, right := range upright {
				if wide := right.X0 - left.X0; wide < narrowestStamp || wide > widestStamp || left.X0 > x || right.X0 < x {
					continue
				}
				top, low := min(left.Y0, right.Y0), max(left.Y1, right.Y1)
				if y < top || y > low || left.Y1 < right.Y0 || right.Y1 < left.Y0 || low-top > highestStamp {
					continue
				}
				return box{int((left.X0 - stampEdge) / scale), int((top - stampEdge) / scale), int((right.X0 + stampEdge) / scale), int((low + stampEdge) / scale)}
			}
		}
	}
	return box{}
}

// without drops the words whose middles lie in a box.
func (b box) without(words []word) []word {
	return slices.DeleteFunc(words, func(w word) bool {
		return b.holds((w.x0+w.x1)/2, (w.y0+w.y1)/2)
	})
}
