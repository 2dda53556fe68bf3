package pdf

import (
	"bytes"
	"fmt"
	"slices"
)

// scan finds the objects of a file without its cross-reference table: by their heads ("12 0 obj"), the last of each
// number. A trailer is made of what any trailer says, or of the catalog, or of the pages themselves.
func scan(data []byte) *xref {
	x := &xref{data: data, places: map[uint32]place{}, trailer: raw{}}
	var heads []int
	for i := 0; ; {
		k := bytes.Index(data[i:], []byte("obj"))
		if k < 0 {
			break
		}
		i += k + len("obj")
		start := headStart(data, i-len("obj"))
		if start < 0 {
			continue
		}
		if id, gen, _, ok := objectAt(data, start); ok && id > 0 && id < mostObjects {
			x.places[uint32(id)] = place{offset: start, gen: uint16(gen)}
			heads = append(heads, start)
		}
	}
	x.scanStreams(heads)
	x.scanTrailers()
	if x.trailer["Root"] == nil {
		x.adopt()
	}
	return x
}

// headStart is where the number before " 0 obj" begins, given where "obj" stands; -1 where it is no head.
func headStart(data []byte, at int) int {
	back := func(i int, is func(byte) bool) int {
		for i > 0 && is(data[i-1]) {
			i--
		}
		return i
	}
	gen := back(at, isSpace)
	if gen == at && !(at > 0 && isDigit(data[at-1])) {
		return -1
	}
	digits := back(gen, isDigit)
	gap := back(digits, isSpace)
	start := back(gap, isDigit)
	if digits == gen || gap == digits || start == gap || gap-start > 10 || start > 0 && class[data[start-1]] == 0 && !bytes.HasSuffix(data[:start], []byte("endobj")) {
		return -1
	}
	return start
}

// scanStreams enters the objects of object streams, and takes the trailers that cross-reference streams carry.
func (x *xref) scanStreams(heads []int) {
	for _, at := range heads {
		id, _, body, _ := objectAt(x.data, at)
		if x.places[uint32(id)].offset != at {
			continue // a later object has its number
		}
		window := x.data[body:min(body+512, len(x.data))]
		if bytes.Contains(window, []byte("/XRef")) {
			l := lexer{src: x.data, pos: body}
			x.take(rawDict(&l))
		}
		if !bytes.Contains(window, []byte("/ObjStm")) {
			continue
		}
		x.unpack(uint32(id), func(member uint32, _ []byte) {
			if p, known := x.places[member]; member > 0 && member != uint32(id) && (!known || p.stream == 0 && p.offset < at) {
				x.places[member] = place{stream: uint32(id)}
			}
		})
	}
}

// scanTrailers takes what the trailers say, the last one first.
func (x *xref) scanTrailers() {
	for end, n := len(x.data), 0; n < mostSections; n++ {
		i := bytes.LastIndex(x.data[:end], []byte("trailer"))
		if i < 0 {
			return
		}
		l := lexer{src: x.data, pos: i + len("trailer")}
		x.take(rawDict(&l))
		end = i
	}
}

// take keeps the keys of a trailer that are not known yet.
func (x *xref) take(d raw) {
	for _, key := range []string{"Root", "Encrypt", "ID"} {
		if v := d[key]; v != nil && x.trailer[key] == nil {
			x.trailer[key] = v
		}
	}
}

// adopt finds a root where no trailer names one: the catalog, or a page tree made of all pages.
func (x *xref) adopt() {
	var pages []int
	catalog, tree := 0, 0
	look := func(id uint32, d raw) {
		switch d.name("Type") {
		case "Catalog":
			catalog = int(id)
		case "Pages":
			if d["Parent"] == nil {
				tree = int(id)
			}
		case "Page":
			pages = append(pages, int(id))
		}
	}
	for id, p := range x.places {
		if p.stream != 0 || p.free {
			continue
		}
		if _, _, body, ok := objectAt(x.data, p.offset); ok {
			l := lexer{src: x.data, pos: body}
			if d := rawDict(&l); d.name("Type") == "ObjStm" {
				x.unpack(id, func(member uint32, body []byte) {
					look(member, rawDict(&lexer{src: body}))
				})
			} else {
				look(id, d)
			}
		}
	}
	switch {
	case catalog > 0:
		x.trailer["Root"] = fmt.Appendf(nil, "%d 0 R", catalog)
	case tree > 0 && len(pages) > 0:
		x.trailer["Root"] = fmt.Appendf(nil, "<< /Type /Catalog /Pages %d 0 R >>", tree)
	case len(pages) > 0:
		slices.Sort(pages)
		root := []byte("<< /Type /Catalog /Pages << /Type /Pages /Kids [")
		for _, id := range pages {
			root = fmt.Appendf(root, " %d 0 R", id)
		}
		x.trailer["Root"] = append(root, " ] >> >>"...)
	}
}
