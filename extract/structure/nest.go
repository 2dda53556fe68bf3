package structure

// The nesting of labels is a beam search over their whole sequence: a beam of partial parses keeps the cheapest nestings under
// which the labels count on, and each parse may also leave a candidate out as plain text. Parses share their pasts and the units
// that are open in them, so that a step costs the same whatever came before it.

// open is a unit that is still open in a parse. Parses share the chains of what is open.
type open struct {
	label  *label
	parent *open
	node   int32 // index of the candidate
	depth  int32 // 1 at the top
	lost   bool  // its label is not printed: it was put in where the count leaves a gap
}

// parse is one way to nest the candidates up to some point.
type parse struct {
	prev *parse
	top  *open // the innermost open unit
	// The choice at the candidate: a reading and its depth (1 at the top), or depth 0 for text.
	reading  *label
	cost     int32
	articles int32 // the last Điều: articles count on through chapters
	depth    uint8
	doubt    doubt // why the choice is doubtful
	lost     bool
	under    [count]scheme
}

const (
	beamWidth = 12
	beamDepth = 16 // a parse that costs so much more than the cheapest one is not followed
	maxDepth  = 10 // no document nests deeper; a run of one label would
)

// nester is the search at one candidate.
type nester struct {
	next   []*parse // the cheapest first
	parses []parse  // not yet used
	opens  []open   // not yet used
}

// nest chooses the nesting of the candidates: for each its reading and depth.
func nest(cands []candidate) []*parse {
	n := nester{parses: make([]parse, min(len(cands)*4, 128)), opens: make([]open, min(len(cands)*6, 128))}
	beam := []*parse{{}}
	spare := make([]*parse, 0, beamWidth+1)
	for i := range cands {
		n.next = spare[:0]
		for _, p := range beam {
			if p.cost > beam[0].cost+beamDepth {
				break
			}
			n.extend(p, &cands[i], i, cands)
		}
		beam, spare = n.next, beam
	}
	out := make([]*parse, len(cands))
	for p, i := beam[0], len(cands)-1; i >= 0; p, i = p.prev, i-1 {
		out[i] = p
	}
	return out
}

// extend takes a parse one candidate further in every way.
func (n *nester) extend(p *parse, c *candidate, i int, cands []candidate) {
	top := p.top
	articles := int(p.articles)
	if c.fresh {
		top, articles = nil, 0
	}
	depth := 0
	if top != nil {
		depth = int(top.depth)
	}
	was := int(p.cost)
	n.keep(parse{prev: p, cost: int32(was + c.asText), top: top, under: p.under, articles: int32(articles)})
	for r := range c.readings {
		l := &c.readings[r]
		base := was + l.odd + c.asLabel
		sibling, parent := (*open)(nil), top
		at := depth
		for {
			if at < maxDepth && !n.full(base) {
				cost, doubt, ok := place(l, sibling, parent, &p.under, articles, c)
				if top != nil && top.lost && (parent != top || l.value > 1 && l.scheme != decimal && !cands[top.node].capital) {
					cost += costEmpty
				}
				if ok && !n.full(base+cost) {
					q := parse{prev: p, cost: int32(base + cost), reading: l, depth: uint8(at + 1), doubt: doubt, under: p.under, articles: int32(articles), lost: c.lost}
					q.under[l.scheme] = schemeOf(parent)
					if l.scheme == article {
						q.articles = int32(l.value)
					}
					q.top = n.unit(l, i, parent, c.lost)
					n.keep(q)
				}
			}
			if at == 0 {
				break
			}
			at--
			sibling, parent = parent, parent.parent
		}
	}
	if !c.lost && c.wild == 0 {
		return
	}
	// A line that may have lost its label, or whose label nobody can read, takes the next one of any open count.
	for sibling, at := top, depth; sibling != nil; sibling, at = sibling.parent, at-1 {
		cost := was + costLost
		if c.wild > 0 {
			cost += costMend - 1
		}
		if other := &cands[sibling.node]; other.capital != c.capital {
			cost += costOtherLook
		} else if c.colon && !other.colon {
			cost += costLost
		}
		if sibling.lost || sibling.label.scheme < arabic && c.wild > 0 && sibling.label.scheme != roman || sibling.label.scheme == annexed || n.full(cost) {
			continue
		}
		l, ok := sibling.label.next()
		if !ok {
			continue
		}
		l.rest, l.printed = c.rest, c.wild
		q := parse{prev: p, cost: int32(cost), reading: &l, depth: uint8(at), under: p.under, articles: int32(articles), lost: c.lost}
		if l.scheme == article {
			q.articles = int32(l.value)
		}
		q.top = n.unit(&l, i, sibling.parent, c.lost)
		n.keep(q)
	}
}

// unit opens a unit under a parent.
func (n *nester) unit(l *label, node int, parent *open, lost bool) *open {
	if len(n.opens) == 0 {
		n.opens = make([]open, 128)
	}
	o := &n.opens[0]
	n.opens = n.opens[1:]
	*o = open{label: l, node: int32(node), parent: parent, depth: 1, lost: lost}
	if parent != nil {
		o.depth = parent.depth + 1
	}
	return o
}

// full reports whether a parse of a cost cannot enter the beam.
func (n *nester) full(cost int) bool {
	k := len(n.next)
	return k == beamWidth && int(n.next[k-1].cost) <= cost || k > 0 && int(n.next[0].cost)+beamDepth < cost
}

// keep inserts a parse in the order of cost, once for each chain of open labels.
func (n *nester) keep(q parse) {
	if n.full(int(q.cost)) {
		return
	}
	beam := n.next
	var slot *parse
	for i, p := range beam {
		if sameOpen(p.top, q.top) {
			if p.cost <= q.cost {
				return
			}
			slot = p
			beam = append(beam[:i], beam[i+1:]...)
			break
		}
	}
	at := len(beam)
	for at > 0 && beam[at-1].cost > q.cost {
		at--
	}
	if slot == nil {
		if len(beam) == beamWidth {
			slot = beam[beamWidth-1]
			beam = beam[:beamWidth-1]
		} else {
			if len(n.parses) == 0 {
				n.parses = make([]parse, 128)
			}
			slot = &n.parses[0]
			n.parses = n.parses[1:]
		}
	}
	*slot = q
	beam = append(beam, nil)
	copy(beam[at+1:], beam[at:])
	beam[at] = slot
	n.next = beam
}

// sameOpen reports whether two parses go on alike: the same labels are open in them.
func sameOpen(a, b *open) bool {
	for first := true; a != b; first = false {
		if a == nil || b == nil || a.depth != b.depth || a.label.scheme != b.label.scheme || a.label.value != b.label.value || a.lost != b.lost || a.node != b.node && !first {
			return false
		}
		a, b = a.parent, b.parent
	}
	return true
}

func schemeOf(o *open) scheme {
	if o == nil {
		return noScheme
	}
	return o.label.scheme
}
