package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
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
	wordGap     = 0.18 // least gap between words that no blank parts
	sameLine    = 0.25 // most difference of baselines in a line
	smallType   = 0.82 // of the type beside it: an exponent
	raisedLeast = 0.12
	raisedMost  = 0.75
)

// cluster is the letters of one baseline.
type cluster struct {
	y, size float32
	glyphs  []Glyph
	order   int
}

// Words makes words of letters in any order: letters of one baseline, whatever fonts and calls they come from, are
// set side by side and parted at blanks and gaps.
func Words(glyphs []Glyph) []Word {
	lines := clusters(glyphs)
	var out []Word
	total := 0
	for _, g := range glyphs {
		total += len(g.Text)
	}
	// All words share one string, which is filled once its size is known.
	var all strings.Builder
	all.Grow(total)
	for _, l := range lines {
		out = l.words(out, &all)
	}
	out = turnedWords(glyphs, out)
	return raise(out)
}

// clusters gathers letters by baseline.
func clusters(glyphs []Glyph) []*cluster {
	var lines []*cluster
	buckets := map[int][]*cluster{}
	const step = 4
	var last *cluster
	fits := func(c *cluster, g *Glyph) bool {
		d := c.y - g.Y
		return d < sameLine*g.Size && -d < sameLine*g.Size && g.Size < 1.9*c.size && c.size < 1.9*g.Size
	}
	for i := range glyphs {
		g := &glyphs[i]
		if g.Turned != 0 {
			continue
		}
		if last == nil || !fits(last, g) {
			last = nil
			at := int(math.Floor(float64(g.Y / step)))
			best := float32(math.Inf(1))
			for b := at - 2; b <= at+2; b++ {
				for _, c := range buckets[b] {
					if d := float32(math.Abs(float64(c.y - g.Y))); d < best && fits(c, g) {
						last, best = c, d
					}
				}
			}
			if last == nil {
				if g.Blank {
					continue
				}
				last = &cluster{y: g.Y, size: g.Size, order: len(lines)}
				lines = append(lines, last)
				buckets[at] = append(buckets[at], last)
			}
		}
		last.glyphs = append(last.glyphs, *g)
	}
	slices.SortStableFunc(lines, func(a, b *cluster) int { return cmp.Compare(a.y, b.y) })
	return lines
}

// words parts the letters of a baseline.
func (c *cluster) words(out []Word, all *strings.Builder) []Word {
	if !slices.IsSortedFunc(c.glyphs, byX) {
		slices.SortStableFunc(c.glyphs, byX)
	}
	c.clearStamps()
	var w *Word
	start := 0
	end := func() {
		if w != nil {
			w.Text = all.String()[start:]
			w = nil
		}
	}
	for i := range c.glyphs {
		g := &c.glyphs[i]
		if g.Blank {
			end()
			continue
		}
		if w != nil {
			gap := g.X0 - w.X1
			if p := &c.glyphs[i-1]; p.Text == g.Text && g.X0-p.X0 < 0.12*g.Size && !p.Blank {
				continue // painted twice to look bold
			}
			if k := g.meets(&c.glyphs[i-1]); k != 0 {
				gap = float32(k) * c.size
			}
			if gap > wordGap*min(g.Size, w.Size*1.3) || g.Size < smallType*w.Size || w.Size < smallType*g.Size {
				glued := gap < wordGap*min(g.Size, w.Size)
				end()
				out = append(out, Word{X0: g.X0, X1: g.X1, Y: g.Y, Size: g.Size, Font: g.Font, Glued: glued})
				w, start = &out[len(out)-1], all.Len()
				all.WriteString(g.Text)
				continue
			}
		} else {
			out = append(out, Word{X0: g.X0, X1: g.X1, Y: g.Y, Size: g.Size, Font: g.Font})
			w, start = &out[len(out)-1], all.Len()
		}
		all.WriteString(g.Text)
		w.X1 = max(w.X1, g.X1)
	}
	end()
	return out
}

// clearStamps drops the blanks that a stamp is painted over: a number is stamped where the line left room for it.
func (c *cluster) clearStamps() {
	stamped := slices.IndexFunc(c.glyphs, func(g Glyph) bool { return g.Stamp && !g.Blank })
	if stamped < 0 {
		return
	}
	prev := float32(math.Inf(-1))
	kept := c.glyphs[:0]
	for i, g := range c.glyphs {
		if g.Stamp {
			prev = max(prev, g.X1)
		} else if g.Blank {
			next := Glyph{X0: float32(math.Inf(1))}
			for _, n := range c.glyphs[i:] {
				if !n.Blank {
					next = n
					break
				}
			}
			if g.X0 < prev || next.Stamp && next.X0 < g.X1 || next.Text == "/" && len(kept) > 0 && kept[len(kept)-1].Stamp {
				continue
			}
		}
		kept = append(kept, g)
	}
	c.glyphs = kept
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

func byX(a, b Glyph) int { return cmp.Compare(a.X0, b.X0) }

// turnedWords adds the letters that read upwards or downwards, in the order in which they were painted.
func turnedWords(glyphs []Glyph, out []Word) []Word {
	var w *Word
	var prev *Glyph
	for i := range glyphs {
		g := &glyphs[i]
		if g.Turned == 0 {
			continue
		}
		// Of a turned letter, Y is where it begins and X its baseline; it goes on by its size.
		same := prev != nil && prev.Turned == g.Turned && math.Abs(float64(prev.X0-g.X0)) < 0.3*float64(g.Size) &&
			math.Abs(float64(prev.Y-g.Y)) < 1.6*float64(g.Size)
		prev = g
		if !same || g.Blank {
			w = nil
			if g.Blank {
				continue
			}
		}
		if w == nil {
			out = append(out, Word{X0: g.X0 - g.Size, X1: g.X0, Y: g.Y, Size: g.Size, Font: g.Font, Turned: true})
			w = &out[len(out)-1]
		}
		w.Text += g.Text
	}
	return out
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
