package pdf

import (
	"math"

	"github.com/ledongthuc/pdf"
)

// matrix maps points: (x, y) to (x·a + y·c + e, x·b + y·d + f).
type matrix [6]float64

var unit = matrix{1, 0, 0, 1, 0, 0}

// then is the matrix that maps by m first and by n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return x*m[0] + y*m[2] + m[4], x*m[1] + y*m[3] + m[5]
}

// moved is the matrix that first moves by x and y.
func (m matrix) moved(x, y float64) matrix {
	m[4], m[5] = m.apply(x, y)
	return m
}

// matrixOf reads six numbers; ok is false where there are none.
func matrixOf(v pdf.Value) (m matrix, ok bool) {
	if v.Len() != 6 {
		return unit, false
	}
	for i := range m {
		m[i] = v.Index(i).Float64()
	}
	return m, true
}

// rect is a rectangle with its corners in order.
type rect struct{ x0, y0, x1, y1 float64 }

// rectOf reads four numbers; ok is false where they span nothing.
func rectOf(v pdf.Value) (r rect, ok bool) {
	if v.Len() != 4 {
		return r, false
	}
	a, b, c, d := v.Index(0).Float64(), v.Index(1).Float64(), v.Index(2).Float64(), v.Index(3).Float64()
	r = rect{math.Min(a, c), math.Min(b, d), math.Max(a, c), math.Max(b, d)}
	return r, r.x1 > r.x0 && r.y1 > r.y0
}

// under is the rectangle around r under a matrix.
func (r rect) under(m matrix) rect {
	x0, y0 := m.apply(r.x0, r.y0)
	out := rect{x0, y0, x0, y0}
	for _, p := range [][2]float64{{r.x1, r.y0}, {r.x0, r.y1}, {r.x1, r.y1}} {
		x, y := m.apply(p[0], p[1])
		out = rect{math.Min(out.x0, x), math.Min(out.y0, y), math.Max(out.x1, x), math.Max(out.y1, y)}
	}
	return out
}

// within is the part of r inside s; its area is 0 where they do not meet.
func (r rect) within(s rect) rect {
	out := rect{math.Max(r.x0, s.x0), math.Max(r.y0, s.y0), math.Min(r.x1, s.x1), math.Min(r.y1, s.y1)}
	if out.x1 < out.x0 || out.y1 < out.y0 {
		return rect{}
	}
	return out
}

func (r rect) area() float64 { return (r.x1 - r.x0) * (r.y1 - r.y0) }
