package pdf

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/ledongthuc/pdf"
)

// maxTail is the most bytes that the objects of all object streams may take together.
const maxTail = 128 << 20

var (
	errNoPages = errors.New("it has no pages")
	errSealed  = errors.New("its object streams are encrypted")
)

// file is a PDF that the object reader can open: the bytes as they are, and a tail behind them with the objects of
// object streams written out and one plain cross-reference table. The object reader never follows a table of the
// file itself: those may loop, or ask for more memory than there is.
type file struct {
	data   []byte // from %PDF- on
	tail   []byte
	reader *pdf.Reader
	lost   int   // nodes of the page tree that are damaged
	fault  error // the first fault of a stream since a page was begun
	sealed bool  // encrypted with the empty password: streams come through the object reader
}

// header is what the object reader wants a file to begin with.
const header = "%PDF-1.7\n"

// ReadAt reads the bytes with their tail, and the header in its one accepted form.
func (f *file) ReadAt(p []byte, off int64) (n int, err error) {
	size := int64(len(f.data))
	if off < size {
		n = copy(p, f.data[off:])
	}
	if n < len(p) && off+int64(n) < f.size() {
		n += copy(p[n:], f.tail[off+int64(n)-size:])
	}
	if off < int64(len(header)) {
		copy(p[:n], header[off:])
	}
	if n < len(p) {
		err = io.EOF
	}
	return n, err
}

func (f *file) size() int64 { return int64(len(f.data) + len(f.tail)) }

// open reads a file by its own cross-reference table, completed by a scan where entries lead nowhere.
func open(data []byte) (*file, error) {
	x, err := readXref(data)
	if err != nil {
		return nil, err
	}
	if lost := x.lost(); len(lost) > 0 {
		found := scan(data)
		for _, id := range lost {
			if p, ok := found.places[id]; ok {
				x.places[id] = p
			} else {
				delete(x.places, id)
			}
		}
	}
	return assemble(x)
}

// lost lists the objects that do not stand where the table says.
func (x *xref) lost() []uint32 {
	var out []uint32
	for id, p := range x.places {
		if p.free || p.stream != 0 {
			continue
		}
		if n, gen, _, ok := objectAt(x.data, p.offset); !ok || n != int(id) || gen != int(p.gen) {
			out = append(out, id)
		}
	}
	return out
}

// assemble writes the tail of a file and opens it.
func assemble(x *xref) (*file, error) {
	f := &file{data: x.data, sealed: x.trailer["Encrypt"] != nil}
	offsets := map[uint32]int{}
	inside := map[uint32]bool{}
	for id, p := range x.places {
		switch {
		case p.free:
		case p.stream != 0:
			inside[p.stream] = true
		case p.offset > 0:
			offsets[id] = p.offset
		}
	}
	if f.sealed && len(inside) > 0 {
		return nil, errSealed
	}
	for _, id := range slices.Sorted(maps.Keys(inside)) {
		x.unpack(id, func(member uint32, body []byte) {
			if p := x.places[member]; p.stream != id || len(f.tail)+len(body) > maxTail {
				return
			}
			f.tail = append(f.tail, '\n')
			offsets[member] = len(f.data) + len(f.tail)
			f.tail = fmt.Appendf(f.tail, "%d 0 obj\n", member)
			f.tail = append(append(f.tail, body...), "\nendobj\n"...)
		})
	}
	f.writeTable(x, offsets)
	var err error
	f.reader, err = newReader(f)
	return f, err
}

// unpack gives the objects of an object stream with their numbers.
func (x *xref) unpack(id uint32, give func(member uint32, body []byte)) {
	p, ok := x.places[id]
	if !ok || p.stream != 0 || p.free {
		return
	}
	d, data, err := x.streamAt(p.offset)
	first, ok := d.number("First")
	if err != nil || d.name("Type") != "ObjStm" || !ok || first < 0 || first > len(data) {
		return
	}
	l := lexer{src: data[:first]}
	var ids, starts []int
	for {
		a, ok1 := l.next()
		b, ok2 := l.next()
		if !ok1 || !ok2 {
			break
		}
		if n, at := whole(a), whole(b); n >= 0 && n < mostObjects && at >= 0 && first+at <= len(data) {
			ids, starts = append(ids, n), append(starts, first+at)
		}
	}
	for i, start := range starts {
		end := len(data)
		if i+1 < len(starts) && starts[i+1] >= start {
			end = starts[i+1]
		}
		give(uint32(ids[i]), data[start:end])
	}
}

// writeTable appends the cross-reference table and the trailer.
func (f *file) writeTable(x *xref, offsets map[uint32]int) {
	ids := slices.Sorted(maps.Keys(offsets))
	f.tail = append(f.tail, '\n')
	start := len(f.data) + len(f.tail)
	f.tail = append(f.tail, "xref\n0 1\n0000000000 65535 f \n"...)
	size := 1
	for i := 0; i < len(ids); {
		end := i + 1
		for end < len(ids) && ids[end] == ids[end-1]+1 {
			end++
		}
		f.tail = fmt.Appendf(f.tail, "%d %d\n", ids[i], end-i)
		for _, id := range ids[i:end] {
			gen := x.places[id].gen
			if x.places[id].stream != 0 {
				gen = 0
			}
			f.tail = appendPadded(f.tail, offsets[id], 10)
			f.tail = append(f.tail, ' ')
			f.tail = appendPadded(f.tail, int(gen), 5)
			f.tail = append(f.tail, " n \n"...)
		}
		size = int(ids[end-1]) + 1
		i = end
	}
	f.tail = fmt.Appendf(f.tail, "trailer\n<< /Size %d", size)
	for _, key := range []string{"Root", "Encrypt", "ID", "Info"} {
		if value := x.trailer[key]; value != nil {
			f.tail = fmt.Appendf(f.tail, " /%s %s", key, value)
		}
	}
	f.tail = fmt.Appendf(f.tail, " >>\n%100s\nstartxref\n%d\n%%%%EOF", "", start)
}

// appendPadded appends n in decimal, with zeros before it up to width.
func appendPadded(b []byte, n, width int) []byte {
	var digits [20]byte
	s := strconv.AppendInt(digits[:0], int64(n), 10)
	for range width - len(s) {
		b = append(b, '0')
	}
	return append(b, s...)
}

// newReader opens the object reader; its panics are errors.
func newReader(f *file) (r *pdf.Reader, err error) {
	defer caught(&err)
	r, err = pdf.NewReader(f, f.size())
	if errors.Is(err, pdf.ErrInvalidPassword) {
		err = ErrEncrypted
	}
	return r, err
}

// caught makes an error of a panic of the object reader, which panics where an object is damaged.
func caught(err *error) {
	if x := recover(); x != nil {
		*err = fmt.Errorf("a damaged object: %v", x)
	}
}

// stream gives the data of a stream, its filters undone, at most maxStream bytes; several streams in an array are
// one with a line break between them.
func (f *file) stream(v pdf.Value) []byte {
	if v.Kind() == pdf.Array {
		var out []byte
		for i := 0; i < v.Len() && len(out) < maxStream; i++ {
			if part := v.Index(i); part.Kind() == pdf.Stream {
				out = append(append(out, f.stream(part)...), '\n')
			}
		}
		return out
	}
	if v.Kind() != pdf.Stream {
		return nil
	}
	if f.sealed {
		return f.unsealed(v)
	}
	// The offset of a stream stands only in its printed form.
	printed := v.String()
	i := bytes.LastIndexByte([]byte(printed), '@')
	offset, err := strconv.Atoi(printed[i+1:])
	if err != nil || offset > len(f.data) {
		return nil
	}
	length := -1
	if n := v.Key("Length"); n.Kind() == pdf.Integer {
		length = int(n.Int64())
	}
	data, err := decode(streamData(f.data, offset, length), filtersOf(v))
	f.fault = cmp.Or(f.fault, err)
	return data
}

// unsealed gives the data of an encrypted stream.
func (f *file) unsealed(v pdf.Value) []byte {
	r := v.Reader()
	defer r.Close()
	data, err := bounded(r, int(min(max(v.Key("Length").Int64(), 0), maxStream/8))*4)
	f.fault = cmp.Or(f.fault, err)
	return data
}
