package pdf

import (
	"bytes"

	"github.com/ledongthuc/pdf"
)

// leaf is a page with what it has from the nodes above it.
type leaf struct {
	dict              pdf.Value
	resources         pdf.Value
	cropBox, mediaBox pdf.Value
}

// leaves lists the pages of a file in order. A node is visited once, so that loops end.
func (f *file) leaves() (pages []leaf, cut bool) {
	seen := map[string]bool{}
	var walk func(n leaf, depth int)
	walk = func(n leaf, depth int) {
		if depth > deepestTree || len(pages) >= mostPages {
			cut = true
			return
		}
		n.inherit()
		kids := n.dict.Key("Kids")
		if kids.Kind() != pdf.Array {
			if n.dict.Kind() == pdf.Dict {
				pages = append(pages, n)
			}
			return
		}
		refs := references(kids)
		for i := 0; i < kids.Len() && !cut; i++ {
			if i < len(refs) {
				if seen[refs[i]] {
					continue
				}
				seen[refs[i]] = true
			}
			f.visit(kids, i, func(kid pdf.Value) {
				below := n
				below.dict = kid
				walk(below, depth+1)
			})
		}
	}
	walk(leaf{dict: f.reader.Trailer().Key("Root").Key("Pages")}, 0)
	return pages, cut
}

// inherit takes the values that a node has itself, before those from above.
func (n *leaf) inherit() {
	for _, v := range []struct {
		key string
		to  *pdf.Value
	}{{"Resources", &n.resources}, {"CropBox", &n.cropBox}, {"MediaBox", &n.mediaBox}} {
		if own := n.dict.Key(v.key); !own.IsNull() {
			*v.to = own
		}
	}
}

// visit gives the ith member of an array to do; a damaged one is left out.
func (f *file) visit(kids pdf.Value, i int, do func(pdf.Value)) {
	var err error
	defer func() {
		if err != nil {
			f.lost++
		}
	}()
	defer caught(&err)
	do(kids.Index(i))
}

// references lists the members of an array as they are written, nil where some are no references.
func references(v pdf.Value) []string {
	l := lexer{src: []byte(v.String())}
	if t, ok := l.next(); !ok || t.kind != bracketTok {
		return nil
	}
	var out []string
	for range v.Len() {
		l.skip()
		start := l.pos
		l.value()
		if ref := l.src[start:l.pos]; bytes.HasSuffix(ref, []byte("R")) {
			out = append(out, string(ref))
			continue
		}
		return nil
	}
	return out
}
