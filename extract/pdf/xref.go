package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"math"
)

// Bounds of the cross-reference table.
const (
	mostObjects  = 4_000_000
	mostSections = 1024
)

var errXref = errors.New("the cross-reference table is damaged")

// place says where an object stands: at an offset, or as the nth of an object stream.
type place struct {
	offset int    // of a plain object
	gen    uint16 // of a plain object
	stream uint32 // number of the object stream, 0 for a plain object
	free   bool
}

// xref is a cross-reference table as it is read: the newest section first, so that the first entry of an object
// counts.
type xref struct {
	data    []byte
	places  map[uint32]place
	trailer raw // of the newest section, completed by older ones
}

// readXref follows the sections from the last startxref. Loops of /Prev, sections beyond the file and sizes beyond
// reason are errors, so that nothing that is made of the table can grow beyond the file.
func readXref(data []byte) (*xref, error) {
	x := &xref{data: data, places: map[uint32]place{}, trailer: raw{}}
	i := bytes.LastIndex(data, []byte("startxref"))
	if i < 0 {
		return x, fmt.Errorf("%w: it has no startxref", errXref)
	}
	l := lexer{src: data, pos: i + len("startxref")}
	t, _ := l.next()
	next, seen := []int{whole(t)}, map[int]bool{}
	for len(next) > 0 {
		at := next[0]
		next = next[1:]
		if at < 0 || at >= len(data) || seen[at] || len(seen) > mostSections {
			return x, fmt.Errorf("%w: a section at %d", errXref, at)
		}
		seen[at] = true
		d, err := x.section(at)
		if err != nil {
			return x, err
		}
		for key, value := range d {
			if _, known := x.trailer[key]; !known {
				x.trailer[key] = value
			}
		}
		if n, ok := d.number("XRefStm"); ok {
			next = append(next, n)
		}
		if n, ok := d.number("Prev"); ok {
			next = append(next, n)
		}
	}
	if x.trailer["Root"] == nil {
		return x, fmt.Errorf("%w: it names no root", errXref)
	}
	return x, nil
}

// whole is a token as a whole number, -1 where it is none.
func whole(t token) int {
	if t.kind != numberTok || t.num < 0 || t.num > math.MaxInt32 || t.num != math.Trunc(t.num) {
		return -1
	}
	return int(t.num)
}

// section reads the section at an offset, a table or a stream, and gives its trailer.
func (x *xref) section(at int) (raw, error) {
	l := lexer{src: x.data, pos: at}
	t, _ := l.next()
	if t.kind == operatorTok && string(t.str) == "xref" {
		return x.plainSection(&l)
	}
	if t.kind == numberTok {
		return x.streamSection(at)
	}
	return nil, fmt.Errorf("%w: no section at %d", errXref, at)
}

func (x *xref) plainSection(l *lexer) (raw, error) {
	for {
		t, ok := l.next()
		if !ok || t.kind == operatorTok {
			if string(t.str) != "trailer" {
				return nil, fmt.Errorf("%w: a section without a trailer", errXref)
			}
			return rawDict(l), nil
		}
		c, _ := l.next()
		from, count := whole(t), whole(c)
		if from < 0 || count < 0 || from+count > mostObjects || count > len(x.data)/10 {
			return nil, fmt.Errorf("%w: a section of %d objects from %d", errXref, count, from)
		}
		for id := from; id < from+count; id++ {
			back := l.pos
			offset, _ := l.next()
			gen, _ := l.next()
			kind, ok := l.next()
			if !ok || offset.kind != numberTok || gen.kind != numberTok || kind.kind != operatorTok {
				l.pos = back // fewer entries than promised
				break
			}
			x.add(id, place{offset: whole(offset), gen: uint16(max(whole(gen), 0)), free: kind.str[0] != 'n'})
		}
	}
}

// add enters a place unless a newer section has the object.
func (x *xref) add(id int, p place) {
	if _, known := x.places[uint32(id)]; !known && id > 0 {
		x.places[uint32(id)] = p
	}
}

func (x *xref) streamSection(at int) (raw, error) {
	d, data, err := x.streamAt(at)
	if err != nil {
		return nil, err
	}
	widths := d.numbers("W")
	size, _ := d.number("Size")
	if d.name("Type") != "XRef" || len(widths) < 3 || size < 0 || size > mostObjects {
		return nil, fmt.Errorf("%w: the stream at %d", errXref, at)
	}
	row := 0
	for _, w := range widths {
		if w < 0 || w > 8 {
			return nil, fmt.Errorf("%w: widths %v", errXref, widths)
		}
		row += w
	}
	index := d.numbers("Index")
	if d["Index"] == nil {
		index = []int{0, size}
	}
	field := func(b []byte) (n int) {
		for _, c := range b {
			n = n<<8 | int(c)
		}
		return n
	}
	for ; len(index) > 1 && row > 0; index = index[2:] {
		if index[0] < 0 || index[0] > mostObjects {
			return nil, fmt.Errorf("%w: a section from %d", errXref, index[0])
		}
		for id := index[0]; id < index[0]+index[1] && id < mostObjects && len(data) >= row; id++ {
			a, b, c := 1, field(data[widths[0]:widths[0]+widths[1]]), field(data[widths[0]+widths[1]:widths[0]+widths[1]+widths[2]])
			if widths[0] > 0 {
				a = field(data[:widths[0]])
			}
			data = data[row:]
			switch {
			case a == 0:
				x.add(id, place{free: true})
			case a == 1 && b >= 0:
				x.add(id, place{offset: b, gen: uint16(c)})
			case a == 2 && b > 0 && b < mostObjects:
				x.add(id, place{stream: uint32(b)})
			}
		}
	}
	return d, nil
}

// objectAt reads "12 0 obj" at an offset and gives the number, the generation and where the object itself begins.
func objectAt(data []byte, at int) (id, gen, body int, ok bool) {
	if at < 0 || at >= len(data) {
		return 0, 0, 0, false
	}
	l := lexer{src: data, pos: at}
	a, _ := l.next()
	b, _ := l.next()
	c, _ := l.next()
	id, gen = whole(a), whole(b)
	return id, gen, l.pos, id >= 0 && gen >= 0 && gen < 1<<16 && c.kind == operatorTok && string(c.str) == "obj"
}

// streamAt reads the object at an offset as a stream, its filters undone.
func (x *xref) streamAt(at int) (raw, []byte, error) {
	_, _, body, ok := objectAt(x.data, at)
	if !ok {
		return nil, nil, fmt.Errorf("%w: no object at %d", errXref, at)
	}
	l := lexer{src: x.data, pos: body}
	d := rawDict(&l)
	t, _ := l.next()
	if d == nil || t.kind != operatorTok || string(t.str) != "stream" {
		return nil, nil, fmt.Errorf("%w: no stream at %d", errXref, at)
	}
	length := -1
	if n, ok := d.number("Length"); ok && !bytes.ContainsRune(d["Length"], 'R') {
		length = n
	}
	data, err := decode(streamBytes(x.data, l.pos, length), d.filters())
	if data != nil {
		err = nil // what there is of it is checked by those who read it
	}
	return d, data, err
}

// streamBytes cuts out the data of a stream whose keyword "stream" ends at pos. Where the length is not right, the
// data goes to the next "endstream".
func streamBytes(data []byte, pos, length int) []byte {
	if pos < len(data) && data[pos] == '\r' {
		pos++
	}
	if pos < len(data) && data[pos] == '\n' {
		pos++
	}
	return streamData(data, pos, length)
}

// streamData is as streamBytes, with pos where the data begins.
func streamData(data []byte, pos, length int) []byte {
	if pos < 0 || pos > len(data) {
		return nil
	}
	if length >= 0 && length <= len(data)-pos {
		l := lexer{src: data, pos: pos + length}
		for l.pos < len(data) && isSpace(data[l.pos]) {
			l.pos++
		}
		if bytes.HasPrefix(data[l.pos:], []byte("endstream")) || bytes.HasPrefix(data[l.pos:], []byte("endobj")) {
			return data[pos : pos+length]
		}
	}
	rest := data[pos:]
	if end := bytes.Index(rest, []byte("endstream")); end >= 0 {
		rest = rest[:end]
	}
	return rest
}
