package ocr

import (
	"context"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"kehoach/plan"
)

// stampOn prints digits as a numbering stamp does: of their own type and size, some dots below the line, a little turned.
func stampOn(t *testing.T, m *image.RGBA, digits string, x, foot int, size, degrees float64) {
	t.Helper()
	f, err := opentype.Parse(gomonobold.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 200})
	if err != nil {
		t.Fatal(err)
	}
	ink := image.NewGray(image.Rect(0, 0, 400, 400))
	for i := range ink.Pix {
		ink.Pix[i] = 255
	}
	d := font.Drawer{Dst: ink, Src: image.Black, Face: face, Dot: fixed.P(200-60, 200)}
	d.DrawString(digits)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	for v := range 200 {
		for u := range 300 {
			// The place on the stamp that lies here, turned around where the digits begin.
			dx, dy := float64(u-140), float64(v-120)
			g := between(ink, 140+dx*cos+dy*sin, 200-dx*sin+dy*cos)
			if at := (image.Point{X: x + u - 140, Y: foot + v - 120}); g < 250 {
				m.SetRGBA(at.X, at.Y, color.RGBA{g, g, g, 255})
			}
		}
	}
}

// scrawl draws digits as a pen does, each a line through points of a square of 100, from its top left corner, laid into
// a box of the page.
func scrawl(m *image.RGBA, boxes []image.Rectangle, digits [][][2]int, pen float64) {
	for i, points := range digits {
		b := boxes[i]
		at := func(p [2]int) (float64, float64) {
			return float64(b.Min.X) + float64(p[0]*b.Dx())/100, float64(b.Min.Y) + float64(p[1]*b.Dy())/100
		}
		for k := 1; k < len(points); k++ {
			x0, y0 := at(points[k-1])
			x1, y1 := at(points[k])
			for s := 0.0; s <= 1; s += 0.01 {
				x, y := x0+s*(x1-x0), y0+s*(y1-y0)
				for v := int(y - pen); v <= int(y+pen); v++ {
					for u := int(x - pen); u <= int(x+pen); u++ {
						if math.Hypot(float64(u)-x, float64(v)-y) <= pen {
							m.SetRGBA(u, v, color.RGBA{20, 20, 20, 255})
						}
					}
				}
			}
		}
	}
}

// Digits as a pen draws them.
var (
	penOne   = [][2]int{{20, 40}, {90, 0}, {10, 100}}
	penThree = [][2]int{{0, 12}, {60, 0}, {90, 20}, {40, 45}, {95, 65}, {70, 100}, {0, 90}}
	penFive  = [][2]int{{100, 0}, {30, 5}, {15, 45}, {80, 55}, {70, 90}, {0, 100}}
	penSeven = [][2]int{{0, 10}, {100, 0}, {60, 50}, {25, 55}, {85, 45}, {60, 50}, {30, 100}}
)

// TestNumberingStamp holds that the number of a document is read where a stamp printed it beside the line, in another
// size or a little turned, and that what a pen wrote is not.
func TestNumberingStamp(t *testing.T) {
	e := engine(t)
	const x, foot = 345, 300
	digitBox := func(n, height, shift int) image.Rectangle {
		return image.Rect(x+n*28, foot-height+shift, x+n*28+height*6/10, foot+shift)
	}
	for _, test := range []struct {
		name, want string
		put        func(m *image.RGBA)
	}{
		{"lower and larger", "217/KH-UBND", func(m *image.RGBA) { stampOn(t, m, "217", x, foot+8, 15, 0) }},
		{"higher, of two digits", "46/KH-UBND", func(m *image.RGBA) { stampOn(t, m, "46", x+14, foot-7, 15, 0) }},
		{"a little turned", "3865/KH-UBND", func(m *image.RGBA) { stampOn(t, m, "3865", x, foot+6, 13, -1.5) }},
		{"much larger", "92/KH-UBND", func(m *image.RGBA) { stampOn(t, m, "92", x, foot+9, 19, 0) }},
		{"one digit alone", "…/KH-UBND", func(m *image.RGBA) { stampOn(t, m, "7", x, foot+9, 16, 0) }},
		{"written", "…/KH-UBND", func(m *image.RGBA) {
			scrawl(m, []image.Rectangle{digitBox(0, 38, 4), digitBox(1, 46, 10)}, [][][2]int{penThree, penSeven}, 1.6)
		}},
		{"written with a thick pen", "…/KH-UBND", func(m *image.RGBA) {
			scrawl(m, []image.Rectangle{digitBox(0, 31, 4), digitBox(1, 30, 1), digitBox(2, 33, -3)}, [][][2]int{penOne, penOne, penFive}, 2.2)
		}},
		{"written neatly", "…/KH-UBND", func(m *image.RGBA) {
			scrawl(m, []image.Rectangle{digitBox(0, 34, 7), digitBox(1, 36, 9), digitBox(2, 39, 7)}, [][][2]int{penSeven, penThree, penFive}, 2.2)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			lines := append([]string{"So:                  /KH-UBND", "", ""}, letterLines...)
			m := sheet(t, lines...)
			test.put(m)
			doc, err := e.Image(context.Background(), pngOf(t, m))
			if err != nil {
				t.Fatal(err)
			}
			var got string
			for _, w := range wordsOf(doc) {
				if strings.Contains(w, "UBND") {
					got = w
				}
			}
			unread := len(doc.Problems) > 0 && doc.Problems[0].Code == plan.UnreadableField
			if got != test.want || unread != strings.HasPrefix(test.want, illegible) {
				t.Errorf("read %q, unreadable %v, want %q; all: %q", got, unread, test.want, wordsOf(doc)[:6])
			}
		})
	}
}
