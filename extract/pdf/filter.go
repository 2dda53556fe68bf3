package pdf

import (
	"bytes"
	"compress/lzw"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/flate"
	"github.com/ledongthuc/pdf"
)

// maxStream is the most bytes that a stream may inflate to; what is beyond is left out.
const maxStream = 64 << 20

var errFilter = errors.New("a filter that holds no text")

// filter is one filter of a stream with its parameters, 0 where they are not given.
type filter struct {
	name                             string
	predictor, colors, bits, columns int
	late                             bool // LZW codes grow late (EarlyChange 0)
}

// mostFilters bounds the filters of one stream.
const mostFilters = 8

// filtersOf lists the filters of a stream.
func filtersOf(dict pdf.Value) []filter {
	names, params := first(dict, "Filter", "F"), first(dict, "DecodeParms", "DP")
	if names.Kind() == pdf.Name {
		if params.Kind() == pdf.Array {
			params = params.Index(0)
		}
		return []filter{filterOf(names.Name(), params)}
	}
	var out []filter
	for i := 0; i < min(names.Len(), mostFilters); i++ {
		out = append(out, filterOf(names.Index(i).Name(), params.Index(i)))
	}
	return out
}

func filterOf(name string, params pdf.Value) filter {
	f := filter{name: name}
	if params.Kind() != pdf.Dict {
		return f
	}
	number := func(key string) int { return int(params.Key(key).Int64()) }
	f.predictor, f.colors, f.bits, f.columns = number("Predictor"), number("Colors"), number("BitsPerComponent"), number("Columns")
	early := params.Key("EarlyChange")
	f.late = early.Kind() == pdf.Integer && early.Int64() == 0
	return f
}

// first is the value of the first key that there is.
func first(v pdf.Value, keys ...string) pdf.Value {
	for _, k := range keys {
		if x := v.Key(k); !x.IsNull() {
			return x
		}
	}
	return pdf.Value{}
}

// decode undoes the filters of a stream. What can be read before a fault is given with the fault; of an image's filter
// nothing is.
func decode(raw []byte, filters []filter) (data []byte, fault error) {
	for _, f := range filters {
		var err error
		switch f.name {
		case "FlateDecode", "Fl":
			raw, err = inflate(raw)
			raw = f.unpredict(raw)
		case "LZWDecode", "LZW":
			raw = f.unpredict(unLZW(raw, f.late))
		case "ASCIIHexDecode", "AHx":
			l := lexer{src: append([]byte("<"), raw...)}
			raw = l.hex()
		case "ASCII85Decode", "A85":
			raw = un85(raw)
		case "RunLengthDecode", "RL":
			raw = unRun(raw)
		case "Crypt":
		default:
			return nil, fmt.Errorf("%s: %w", f.name, errFilter)
		}
		if err != nil && fault == nil {
			fault = fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return raw, fault
}

// bounded reads at most maxStream bytes and keeps what came before an error.
func bounded(r io.Reader, size int) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(min(size, maxStream))
	_, err := io.Copy(&out, io.LimitReader(r, maxStream))
	return out.Bytes(), err
}

// inflate undoes zlib; the check sum is not looked at, and a missing head is forgiven.
func inflate(raw []byte) ([]byte, error) {
	for len(raw) > 0 && (raw[0] == '\r' || raw[0] == '\n') {
		raw = raw[1:]
	}
	if len(raw) < 2 {
		return nil, nil
	}
	if raw[0]&0x0F == 8 && (int(raw[0])<<8|int(raw[1]))%31 == 0 {
		raw = raw[2:]
	}
	r := inflaters.Get().(io.Reader)
	defer inflaters.Put(r)
	if err := r.(flate.Resetter).Reset(bytes.NewReader(raw), nil); err != nil {
		return nil, err
	}
	return bounded(r, 5*len(raw))
}

// inflaters keeps the windows of finished streams for the next ones.
var inflaters = sync.Pool{New: func() any { return flate.NewReader(bytes.NewReader(nil)) }}

// unLZW undoes LZW. Its codes grow one early unless the parameters say otherwise, which the standard library
// knows only as TIFF's variant: so the codes are read here.
func unLZW(raw []byte, late bool) []byte {
	if late {
		out, _ := bounded(lzw.NewReader(bytes.NewReader(raw), lzw.MSB, 8), 4*len(raw))
		return out
	}
	const clear, end = 256, 257
	type entry struct {
		prev int16
		last byte
		size int32
	}
	var table [4096]entry
	for i := range 256 {
		table[i] = entry{-1, byte(i), 1}
	}
	next, width, prev := 258, uint(9), -1
	var out []byte
	var bits, have uint
	for _, c := range raw {
		bits, have = bits<<8|uint(c), have+8
		if have < width {
			continue
		}
		have -= width
		code := int(bits >> have & (1<<width - 1))
		switch {
		case code == end || len(out) > maxStream:
			return out
		case code == clear:
			next, width, prev = 258, 9, -1
			continue
		case code > next || code == next && prev < 0:
			return out
		}
		word := code
		if code == next {
			word = prev
		}
		at := len(out)
		n := int(table[word].size)
		out = append(out, make([]byte, n)...)
		for k, w := at+n-1, word; k >= at && w >= 0; k-- {
			out[k] = table[w].last
			w = int(table[w].prev)
		}
		if code == next {
			out = append(out, out[at])
		}
		if prev >= 0 && next < 4096 {
			table[next] = entry{int16(prev), out[at], table[prev].size + 1}
			next++
		}
		if next+1 >= 1<<width && width < 12 {
			width++
		}
		prev = code
	}
	return out
}

// un85 undoes ASCII85.
func un85(raw []byte) []byte {
	var out []byte
	var group uint32
	n := 0
	raw = bytes.TrimPrefix(bytes.TrimSpace(raw), []byte("<~"))
	for _, c := range raw {
		switch {
		case isSpace(c):
			continue
		case c == '~':
			c = 0
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
			continue
		case c < '!' || c > 'u':
			continue
		}
		if c == 0 {
			break
		}
		group = group*85 + uint32(c-'!')
		if n++; n == 5 {
			out = append(out, byte(group>>24), byte(group>>16), byte(group>>8), byte(group))
			group, n = 0, 0
		}
	}
	if n > 1 {
		for range 5 - n {
			group = group*85 + 84
		}
		out = append(out, []byte{byte(group >> 24), byte(group >> 16), byte(group >> 8)}[:n-1]...)
	}
	return out
}

// unRun undoes run lengths.
func unRun(raw []byte) []byte {
	var out []byte
	for i := 0; i < len(raw) && raw[i] != 128 && len(out) < maxStream; {
		n := int(raw[i])
		i++
		if n < 128 {
			end := min(i+n+1, len(raw))
			out = append(out, raw[i:end]...)
			i = end
		} else if i < len(raw) {
			out = append(out, bytes.Repeat(raw[i:i+1], 257-n)...)
			i++
		}
	}
	return out
}

// unpredict undoes the PNG predictors; each row says its own. TIFF's predictor is for images.
func (f *filter) unpredict(b []byte) []byte {
	if f.predictor < 10 {
		return b
	}
	or := func(v, other int) int {
		if v > 0 && v < 1<<16 {
			return v
		}
		return other
	}
	bits := or(f.colors, 1) * or(f.bits, 8)
	return unPNG(b, (bits*or(f.columns, 1)+7)/8, max(bits/8, 1))
}

// unPNG undoes the filters of PNG in place, for rows of width bytes whose pixels take step bytes.
func unPNG(b []byte, width, step int) []byte {
	var prev []byte
	out := b[:0]
	for at := 0; at < len(b); at += width + 1 {
		tag, row := b[at], b[at+1:min(at+1+width, len(b))]
		for i := range row {
			var left, up, corner byte
			if i >= step {
				left = row[i-step]
			}
			if i < len(prev) {
				up = prev[i]
				if i >= step {
					corner = prev[i-step]
				}
			}
			switch tag {
			case 1:
				row[i] += left
			case 2:
				row[i] += up
			case 3:
				row[i] += byte((int(left) + int(up)) / 2)
			case 4:
				row[i] += paeth(left, up, corner)
			}
		}
		n := len(out)
		out = append(out, row...)
		prev = out[n:]
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	da, db, dc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	if da <= db && da <= dc {
		return a
	}
	if db <= dc {
		return b
	}
	return c
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
