package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
)

// Glyph is one letter that a page paints.
type Glyph struct {
	Text   string
	X0, X1 float32
	Y      float32 // of its baseline, from the top
	Size   float32
	Font   string
	Blank  bool
	Stamp  bool // painted over the page, by a signature
	Turned int8 // quarter turns to the left: 1 reads upwards, -1 downwards
}

// How letters make words and lines, in ems.
const (
	wordGap     = 0.17 // least gap between words that no blank parts, on a page with blanks
	bareGap     = 0.15 // on a page without
	boldShift   = 0.12 // most between letters that are painted twice
	sameLine    = 0.25 // most difference of baselines in a line
	smallType   = 0.82 // of the type beside it: an exponent
	raisedLeast = 0.12
	raisedMost  = 0.75
)

// cluster is the letters of one baseline: a run of setter.order.
type cluster struct {
	y, size  float32
	from, to int32
	blank    bool // it has blanks
}

// setter is what is needed to set the letters of a page; it is used again for the next one.
type setter struct {
	glyphs   []Glyph
	clusters []cluster
	of       []int32 // the cluster of each letter, -1 for none
	order    []int32 // letters by cluster
	buckets  map[int][]int32
	all      strings.Builder
	out      []Word
	gap      float32 // wordGap or bareGap
}

var setters = sync.Pool{New: func() any { return &setter{buckets: map[int][]int32{}} }}

// Words makes words of letters in any order: letters of one baseline, whatever fonts and calls they come from, are
// set side by side and parted at blanks and gaps.
func Words(glyphs []Glyph) []Word {
	s := setters.Get().(*setter)
	defer setters.Put(s)
	s.glyphs, s.out, s.all = glyphs, make([]Word, 0, len(glyphs)/4+8), strings.Builder{}
	total, blanks := 0, 0
	for i := range glyphs {
		total += len(glyphs[i].Text)
		if glyphs[i].Blank {
			blanks++
		}
	}
	s.gap = wordGap
	if blanks*20 < len(glyphs) {
		s.gap = bareGap
	}
	s.all.Grow(total) // all words share one string
	s.gather()
	for i := range s.clusters {
		s.words(&s.clusters[i])
	}
	s.turned()
	out := raise(s.out)
	s.glyphs, s.out = nil, nil
	return out
}

// bucketHeight is how much of the page one bucket of clusters holds, in points.
const bucketHeight = 4

// gather finds the baseline of each letter, and orders the baselines from the top and the letters of each from the
// left.
func (s *setter) gather() {
	s.clusters, s.of = s.clusters[:0], s.of[:0]
	for k, list := range s.buckets {
		s.buckets[k] = list[:0]
	}
	if len(s.buckets) > 4096 {
		clear(s.buckets)
	}
	last := int32(-1)
	for i := range s.glyphs {
		g := &s.glyphs[i]
		if g.Turned != 0 {
			s.of = append(s.of, -1)
			continue
		}
		if last < 0 || !s.clusters[last].takes(g) {
			last = s.find(g)
			if last < 0 && !g.Blank {
				at := bucket(g.Y)
				last = int32(len(s.clusters))
				s.clusters = append(s.clusters, cluster{y: g.Y, size: g.Size})
				s.buckets[at] = append(s.buckets[at], last)
			}
		}
		s.of = append(s.of, last)
		if last >= 0 {
			s.clusters[last].to++
			s.clusters[last].blank = s.clusters[last].blank || g.Blank
		}
	}
	at := int32(0)
	for i := range s.clusters {
		c := &s.clusters[i]
		c.from, c.to, at = at, at, at+c.to
	}
	s.order = slices.Grow(s.order[:0], int(at))[:at]
	for i, k := range s.of {
		if k >= 0 {
			c := &s.clusters[k]
			s.order[c.to] = int32(i)
			c.to++
		}
	}
	slices.SortStableFunc(s.clusters, func(a, b cluster) int { return cmp.Compare(a.y, b.y) })
}

func bucket(y float32) int { return int(math.Floor(float64(y / bucketHeight))) }

// takes reports whether a letter stands on a baseline.
func (c *cluster) takes(g *Glyph) bool {
	d := c.y - g.Y
	return d < sameLine*g.Size && -d < sameLine*g.Size && g.Size < 1.9*c.size && c.size < 1.9*g.Size
}

// find is the nearest baseline that takes a letter, -1 for none.
func (s *setter) find(g *Glyph) int32 {
	best, near := int32(-1), float32(math.Inf(1))
	at := bucket(g.Y)
	for b := at - 2; b <= at+2; b++ {
		for _, k := range s.buckets[b] {
			c := &s.clusters[k]
			if d := abs32(c.y - g.Y); d < near && c.takes(g) {
				best, near = k, d
			}
		}
	}
	return best
}

// words parts the letters of a baseline.
func (s *setter) words(c *cluster) {
	run := s.order[c.from:c.to]
	byX := func(a, b int32) int { return cmp.Compare(s.glyphs[a].X0, s.glyphs[b].X0) }
	if !slices.IsSortedFunc(run, byX) {
		slices.SortStableFunc(run, byX)
	}
	if c.blank {
		run = s.clearBlanks(run)
	}
	var w *Word
	var prev *Glyph
	start := 0
	end := func() {
		if w != nil {
			w.Text = s.all.String()[start:]
			w = nil
		}
	}
	begin := func(g *Glyph, glued bool) {
		s.out = append(s.out, Word{X0: g.X0, X1: g.X1, Y: g.Y, Size: g.Size, Font: g.Font, Glued: glued})
		w, start = &s.out[len(s.out)-1], s.all.Len()
	}
	for _, i := range run {
		g, before := &s.glyphs[i], prev
		prev = g
		switch {
		case g.Blank:
			end()
			continue
		case w == nil:
			begin(g, false)
		default:
			gap := g.X0 - w.X1
			if before.Text == g.Text && g.X0-before.X0 < boldShift*g.Size {
				continue // painted twice to look bold
			}
			if k := g.meets(before); k != 0 {
				gap = float32(k) * c.size
			}
			if gap > s.gap*min(g.Size, w.Size*1.3) || g.Size < smallType*w.Size || w.Size < smallType*g.Size {
				glued := gap < s.gap*min(g.Size, w.Size)
				end()
				begin(g, glued)
			}
		}
		s.all.WriteString(g.Text)
		w.X1 = max(w.X1, g.X1)
	}
	end()
}

// clearBlanks drops the blanks that a number is painted over, as stamps are where the line left room for them, and one
// between a stamp and the bar behind it.
func (s *setter) clearBlanks(run []int32) []int32 {
	reach := float32(math.Inf(-1)) // of the letters so far
	var last *Glyph
	kept := run[:0]
	for k, i := range run {
		g := &s.glyphs[i]
		if g.Blank {
			next := &Glyph{X0: float32(math.Inf(1))}
			for _, n := range run[k:] {
				if !s.glyphs[n].Blank {
					next = &s.glyphs[n]
					break
				}
			}
			half := (g.X0 + g.X1) / 2
			if g.stamped(last, next) && (reach > half || next.X0 < half || next.Text == "/" && last.Stamp) {
				continue
			}
		} else {
			reach = max(reach, g.X1)
		}
		kept, last = append(kept, i), g
	}
	return kept
}

// stamped reports whether a blank between two letters may lie under a number that is stamped there.
func (g *Glyph) stamped(last, next *Glyph) bool {
	switch {
	case last == nil || last.Blank:
		return next.Stamp
	case last.Stamp || next.Stamp:
		return true
	}
	return isDigits(last.Text) && (isDigits(next.Text) || next.Text == "/")
}

// meets says how a letter that a signature stamps stands to the letter before it, whatever the gap: -1 where both are
// of one word, as the digits of a number that is stamped digit by digit, 1 where they are not; 0 for other letters.
func (g *Glyph) meets(prev *Glyph) int {
	switch {
	case g.Stamp && prev.Stamp && isDigits(g.Text) && isDigits(prev.Text) && g.X0-prev.X1 < 1.5*g.Size:
		return -1
	case g.Stamp == prev.Stamp:
		return 0
	case isDigits(g.Text) && isDigits(prev.Text), g.Text == "/", prev.Text == "/", g.Text == "-":
		return -1
	}
	return 1
}

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// turned adds the letters that read upwards or downwards, in the order in which they were painted.
func (s *setter) turned() {
	var w *Word
	var prev *Glyph
	for i := range s.glyphs {
		g := &s.glyphs[i]
		if g.Turned == 0 {
			continue
		}
		// Of a turned letter, X is its baseline and Y where it begins; it goes on by its size.
		same := prev != nil && prev.Turned == g.Turned && abs32(prev.X0-g.X0) < 0.3*g.Size && abs32(prev.Y-g.Y) < 1.6*g.Size
		prev = g
		if !same || g.Blank {
			w = nil
			if g.Blank {
				continue
			}
		}
		if w == nil {
			s.out = append(s.out, Word{X0: g.X0 - g.Size, X1: g.X0, Y: g.Y, Size: g.Size, Font: g.Font, Turned: true})
			w = &s.out[len(s.out)-1]
		}
		w.Text += g.Text
	}
}

// raise marks the words in small type above the line of their neighbour.
func raise(words []Word) []Word {
	for i := range words {
		w := &words[i]
		if w.Turned || len(w.Text) > 4 {
			continue
		}
		for k := i + 1; k < len(words) && words[k].Y-w.Y < 2.5*w.Size; k++ {
			b := &words[k]
			up := b.Y - w.Y
			if b.Turned || w.Size > smallType*b.Size || up < raisedLeast*b.Size || up > raisedMost*b.Size {
				continue
			}
			before, behind := w.X0-b.X1, b.X0-w.X1
			if before > -0.3*b.Size && before < 0.4*b.Size || behind > -0.3*b.Size && behind < 0.6*b.Size {
				w.Raised, w.Y = true, b.Y
				w.Glued = before > -0.3*b.Size && before < wordGap*b.Size
				break
			}
		}
	}
	return words
}
