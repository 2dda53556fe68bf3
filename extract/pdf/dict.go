package pdf

import "strings"

// raw is a dictionary as it is written: each key with the bytes of its value.
type raw map[string][]byte

// mostKeys and mostNesting bound the dictionaries that are read as they are written.
const (
	mostKeys    = 4096
	mostNesting = 64
)

// rawDict reads the dictionary that begins at l, nil where none does.
func rawDict(l *lexer) raw {
	if t, ok := l.next(); !ok || t.kind != openTok {
		return nil
	}
	d := raw{}
	for len(d) < mostKeys {
		t, ok := l.next()
		if !ok || t.kind == shutTok {
			break
		}
		if t.kind != nameTok {
			continue
		}
		l.skip()
		start := l.pos
		l.value()
		if _, twice := d[string(t.str)]; !twice {
			d[string(t.str)] = l.src[start:l.pos]
		}
	}
	return d
}

// value moves behind the value that begins at l: nested ones whole, references with their R.
func (l *lexer) value() {
	depth := 0
	for {
		t, ok := l.next()
		if !ok {
			return
		}
		switch {
		case t.kind == openTok || t.kind == bracketTok && (t.str[0] == '[' || t.str[0] == '{'):
			depth++
		case t.kind == shutTok || t.kind == bracketTok:
			depth--
		case depth == 0 && t.kind == numberTok:
			at := l.pos
			if a, ok := l.next(); ok && a.kind == numberTok {
				if r, ok := l.next(); ok && r.kind == operatorTok && string(r.str) == "R" {
					return
				}
			}
			l.pos = at
		}
		if depth <= 0 || depth > mostNesting {
			if depth < 0 {
				l.pos = t.pos // the end of the dictionary around it
			}
			return
		}
	}
}

// number is the value of a key as a number; ok is false where it is none.
func (d raw) number(key string) (n int, ok bool) {
	l := lexer{src: d[key]}
	t, ok := l.next()
	if !ok || t.kind != numberTok || t.num < -1<<53 || t.num > 1<<53 {
		return 0, false
	}
	return int(t.num), true
}

// numbers lists the numbers in the value of a key.
func (d raw) numbers(key string) []int {
	var out []int
	l := lexer{src: d[key]}
	for {
		t, ok := l.next()
		if !ok || len(out) > 1<<16 {
			return out
		}
		if t.kind == numberTok && t.num > -1<<53 && t.num < 1<<53 {
			out = append(out, int(t.num))
		}
	}
}

// names lists the names in the value of a key.
func (d raw) names(key string) []string {
	var out []string
	l := lexer{src: d[key]}
	for {
		t, ok := l.next()
		if !ok || len(out) > mostFilters {
			return out
		}
		if t.kind == nameTok {
			out = append(out, string(t.str))
		}
	}
}

// name is the value of a key as a name, "" where it is none.
func (d raw) name(key string) string {
	if v := d[key]; len(v) > 1 && v[0] == '/' {
		l := lexer{src: v}
		t, _ := l.next()
		return string(t.str)
	}
	return ""
}

// filters lists the filters of the stream whose dictionary this is.
func (d raw) filters() []filter {
	var out []filter
	params := lexer{src: d["DecodeParms"]}
	for _, name := range d.names("Filter") {
		f := filter{name: name}
		for params.pos < len(params.src) && !strings.HasPrefix(string(params.src[params.pos:min(params.pos+2, len(params.src))]), "<<") {
			params.pos++
		}
		if p := rawDict(&params); p != nil {
			f.predictor, _ = p.number("Predictor")
			f.colors, _ = p.number("Colors")
			f.bits, _ = p.number("BitsPerComponent")
			f.columns, _ = p.number("Columns")
		}
		out = append(out, f)
	}
	return out
}
