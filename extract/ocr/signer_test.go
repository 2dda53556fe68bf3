package ocr

import (
	"image"
	"math"
	"slices"
	"strings"
	"testing"
)

// rowOf makes a reading of a row, as wide as its letters are at 40 dots an em. A word in brackets is one that
// recognition is not sure of.
func rowOf(text string, left int) []word {
	var out []word
	x := float64(left)
	for _, s := range strings.Fields(text) {
		conf := float32(0.95)
		if strings.HasPrefix(s, "[") {
			s, conf = strings.Trim(s, "[]"), 0.2
		}
		end := x + 40*typeWidth(s)
		out = append(out, word{box: box{int(x), 100, int(end), 130}, text: s, conf: conf, base: 128, size: 36})
		x = end + 10
	}
	return out
}

// TestReadName holds which names several readings of a row give, and that doubts give none.
func TestReadName(t *testing.T) {
	for _, test := range []struct {
		name     string // what is printed, from 300 on
		readings []string
		want     string
	}{
		{"Trần Hữu Phúc", []string{"Trần Hữu Phúc"}, "Trần Hữu Phúc"},
		{"Trần Hữu Phúc", []string{"[Tần] Hữu Phúc", "[7rần] Hữu Phúc", "[Tr:n] Hữu [Phúe]"}, "Trần Hữu Phúc"},
		{"Nguyễn Thị Mơ", []string{"[Ñguyén] [Thi] Mơ", "[guyễn] Thị [Mo]"}, "Nguyễn Thị Mơ"},
		{"Đặng Quốc Khánh", []string{"[Đ#ng] [Quác] Khánh", "[Dặng] Quốc Khánh"}, "Đặng Quốc Khánh"},
		{"Lê Minh Tâm", []string{"[%Z] Minh Tâm", "[4f] Minh Tâm"}, ""},
		{"Hoàng Anh", []string{"[w~] [~~]"}, ""},
	} {
		var readings [][]word
		for _, r := range test.readings {
			full := rowOf(r, 300)
			// All end where the print ends.
			by := int(300+40*typeWidth(test.name)) - full[len(full)-1].x1
			for i := range full {
				full[i].x0, full[i].x1 = full[i].x0+by, full[i].x1+by
			}
			readings = append(readings, full)
		}
		if got := textOf(readName(readings, 300, int(300+40*typeWidth(test.name)), "")); got != test.want {
			t.Errorf("%q are %q, want %q", test.readings, got, test.want)
		}
	}
}

// pressed presses a seal of two circles on a page of bars that stand for letters, and gives the page with and without it.
func pressed(x, y, r float64) (with, without bits) {
	without = bits{w: 900, h: 700, on: make([]byte, 900*700)}
	for row := 100; row < 620; row += 60 {
		for at := 420; at < 800; at += 22 {
			for v := row; v < row+26; v++ {
				for u := at; u < at+6; u++ {
					without.on[v*900+u] = 1
				}
			}
		}
	}
	with = bits{w: 900, h: 700, on: append([]byte(nil), without.on...)}
	for v := range 700 {
		for u := range 900 {
			d := math.Hypot(float64(u)-x, float64(v)-y)
			if math.Abs(d-r) < 3 || math.Abs(d-0.7*r) < 1.5 {
				with.on[v*900+u] = 1
			}
		}
	}
	return with, without
}

// TestSeal holds that a seal is found to two dots, that its circles go, and that the letters below it mostly stay; and that a
// page without one has none.
func TestSeal(t *testing.T) {
	for _, at := range [][3]float64{{380, 330, 150}, {430, 260, 142}, {350, 400, 165}} {
		with, without := pressed(at[0], at[1], at[2])
		s := with.findSeal(box{150, 100, 800, 600})
		if len(s.circles) != 2 || math.Abs(s.x-at[0]) > 2 || math.Abs(s.y-at[1]) > 2 || math.Abs(s.outer()-at[2]) > 2 {
			t.Errorf("a seal at %v is found at %v", at, s)
			continue
		}
		p := pictureOf(with)
		s.lift(p, with)
		left, ring, letters, kept := 0, 0, 0, 0
		got := p.bits(128)
		for i := range got.on {
			switch {
			case without.on[i] == 1:
				letters++
				kept += int(got.on[i])
			case with.on[i] == 1:
				ring++
				left += int(got.on[i])
			}
		}
		if left*10 > ring || kept*100 < letters*97 {
			t.Errorf("%v: of %d dots of the seal %d are left, of %d of letters %d", at, ring, left, letters, kept)
		}
	}
	_, without := pressed(0, 0, 1)
	if s := without.findSeal(box{150, 100, 800, 600}); len(s.circles) > 0 {
		t.Errorf("a page without a seal has one at %v", s)
	}
}

func pictureOf(b bits) *picture {
	p := &picture{Gray: image.NewGray(image.Rect(0, 0, b.w, b.h)), scale: 72.0 / Resolution}
	for i, on := range b.on {
		p.Pix[i] = 255 * (1 - on)
	}
	return p
}

// TestRows holds that rows of letters are found, and strokes are none.
func TestRows(t *testing.T) {
	_, b := pressed(0, 0, 1)
	for i := range 400 { // a stroke of a pen across two rows
		b.on[(300+i/4)*900+400+i] = 1
	}
	rows := b.rows(box{350, 80, 850, 400})
	var feet []int
	for _, r := range rows {
		feet = append(feet, r.foot)
	}
	if !slices.Equal(feet, []int{126, 186, 246, 306, 366}) {
		t.Errorf("rows stand at %v", feet)
	}
}
