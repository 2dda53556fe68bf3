package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/md5"
	"crypto/rc4"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// maker writes PDF files for tests. Their letters are half an em wide; places count from the top left corner.
type maker struct {
	objects  []string // the nth is object n+1
	packed   bool     // objects go into an object stream, with a cross-reference stream
	deflate  bool     // streams are compressed
	sealed   bool     // streams are encrypted (RC4, 40 bits), with the password of the reader
	password string
	pages    []int
	codes    map[rune]int
	runes    []rune

	content       strings.Builder
	width, height float64
	turn          int
	annots, forms []int
	open          bool
	trailer       string
}

func (m *maker) add(object string) int {
	m.objects = append(m.objects, object)
	return len(m.objects)
}

func (m *maker) stream(dict, data string) int {
	if m.deflate {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write([]byte(data))
		z.Close()
		dict, data = dict+" /Filter /FlateDecode", b.String()
	}
	return m.add(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data))
}

// Objects that every file has, in this order.
const (
	catalogID = iota + 1
	pagesID
	regularID
	boldID
	descendantID
	unicodeID
	imageID
)

// make runs a script, one command a line, and gives the file.
//
//	page WIDTH HEIGHT [QUARTERS]  a new page, its text turned by quarters to the left
//	text X Y SIZE WORDS           words; bold and hidden are the same in another font and invisibly
//	fit X Y SIZE X1 WORDS         words set to reach X1, as in justified text
//	spread X Y SIZE STEP WORDS    letters one by one, STEP apart
//	stamp X Y SIZE WORDS          words in the appearance of an annotation, letter by letter
//	form X Y SIZE WORDS           words in a form
//	rule X0 Y0 X1 Y1              a line
//	fill X0 Y0 X1 Y1              a filled rectangle
//	grid X,X,… Y,Y,…              rules of a whole table
//	image X0 Y0 X1 Y1
func (m *maker) make(t testing.TB, script string) []byte {
	m.codes = map[rune]int{}
	m.objects = make([]string, imageID)
	for line := range strings.Lines(script) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0][0] != '#' {
			m.command(t, fields, strings.TrimSuffix(line, "\n"))
		}
	}
	m.endPage()
	kids := ""
	for _, id := range m.pages {
		kids += fmt.Sprintf(" %d 0 R", id)
	}
	m.objects[catalogID-1] = fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", pagesID)
	m.objects[pagesID-1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s ] >>", len(m.pages), kids)
	for id, name := range map[int]string{regularID: "ABCDEF+Invented", boldID: "ABCDEF+Invented-Bold"} {
		m.objects[id-1] = fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", name, descendantID, unicodeID)
	}
	m.objects[descendantID-1] = "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invented /DW 500 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
	m.objects[imageID-1] = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream"
	cmap := m.cmap()
	m.objects[unicodeID-1] = fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(cmap), cmap)
	return m.write()
}

func (m *maker) command(t testing.TB, f []string, line string) {
	n := func(i int) float64 {
		if i >= len(f) {
			t.Fatalf("%q: too short", line)
		}
		v, err := strconv.ParseFloat(f[i], 64)
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		return v
	}
	words := func(i int) string { // the rest of the line, its blanks as they are
		rest := line
		for range i {
			rest = strings.TrimLeft(rest, " ")
			rest = rest[strings.IndexByte(rest, ' ')+1:]
		}
		return rest
	}
	switch f[0] {
	case "page":
		m.endPage()
		m.width, m.height, m.open, m.turn = n(1), n(2), true, 0
		if len(f) > 3 {
			m.turn = int(n(3))
		}
	case "text":
		m.show("F1", 0, n(1), n(2), n(3), words(4))
	case "bold":
		m.show("F2", 0, n(1), n(2), n(3), words(4))
	case "hidden":
		m.show("F1", 3, n(1), n(2), n(3), words(4))
	case "fit":
		list := strings.Fields(words(5))
		letters := len([]rune(strings.Join(list, "")))
		gap := (n(4) - n(1) - float64(letters)*n(3)/2) / float64(len(list)-1)
		x := n(1)
		for _, w := range list {
			m.show("F1", 0, x, n(2), n(3), w)
			x += float64(len([]rune(w)))*n(3)/2 + gap
		}
	case "spread":
		for i, r := range []rune(words(5)) {
			m.show("F1", 0, n(1)+float64(i)*n(4), n(2), n(3), string(r))
		}
	case "stamp":
		id := m.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 100 %g] /Resources << /Font << /F1 %d 0 R >> >>", n(3), regularID),
			fmt.Sprintf("BT /F1 %g Tf %s ET", n(3), strings.Join(m.letters(words(4)), " Tj ")+" Tj"))
		y := m.height - n(2)
		m.annots = append(m.annots, m.add(fmt.Sprintf("<< /Type /Annot /Subtype /Widget /F 4 /Rect [%g %g %g %g] /AP << /N %d 0 R >> >>", n(1), y, n(1)+100, y+n(3), id)))
	case "form":
		id := m.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 1000 1000] /Matrix [1 0 0 1 %g %g] /Resources << /Font << /F1 %d 0 R >> >>", n(1), m.height-n(2), regularID),
			fmt.Sprintf("BT /F1 %g Tf %s Tj ET", n(3), m.encode(words(4))))
		m.forms = append(m.forms, id)
		fmt.Fprintf(&m.content, "/X%d Do\n", id)
	case "rule":
		fmt.Fprintf(&m.content, "%g %g m %g %g l S\n", n(1), m.height-n(2), n(3), m.height-n(4))
	case "fill":
		fmt.Fprintf(&m.content, "%g %g %g %g re f\n", n(1), m.height-n(4), n(3)-n(1), n(4)-n(2))
	case "grid":
		xs, ys := strings.Split(f[1], ","), strings.Split(f[2], ",")
		for _, x := range xs {
			m.command(t, []string{"rule", x, ys[0], x, ys[len(ys)-1]}, line)
		}
		for _, y := range ys {
			m.command(t, []string{"rule", xs[0], y, xs[len(xs)-1], y}, line)
		}
	case "image":
		fmt.Fprintf(&m.content, "q %g 0 0 %g %g %g cm /Im Do Q\n", n(3)-n(1), n(4)-n(2), n(1), m.height-n(4))
	default:
		t.Fatalf("%q: no such command", line)
	}
}

func (m *maker) show(font string, mode int, x, y, size float64, words string) {
	fmt.Fprintf(&m.content, "BT %d Tr /%s %g Tf %g %g Td %s Tj ET\n", mode, font, size, x, m.height-y, m.encode(words))
}

func (m *maker) encode(words string) string {
	var out strings.Builder
	for _, r := range words {
		c, ok := m.codes[r]
		if !ok {
			c = len(m.runes) + 1
			m.codes[r] = c
			m.runes = append(m.runes, r)
		}
		fmt.Fprintf(&out, "%04X", c)
	}
	return "<" + out.String() + ">"
}

func (m *maker) letters(words string) (out []string) {
	for _, r := range words {
		out = append(out, m.encode(string(r)))
	}
	return out
}

func (m *maker) cmap() string {
	var out strings.Builder
	out.WriteString("1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for i, r := range m.runes {
		fmt.Fprintf(&out, "1 beginbfchar <%04X> <", i+1)
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, "%04X", u)
		}
		out.WriteString("> endbfchar\n")
	}
	return out.String()
}

func (m *maker) endPage() {
	if !m.open {
		return
	}
	w, h := m.width, m.height
	turn := ""
	switch m.turn {
	case 1:
		turn, w, h = fmt.Sprintf("0 1 -1 0 %g 0 cm\n", m.height), m.height, m.width
	case 2:
		turn = fmt.Sprintf("-1 0 0 -1 %g %g cm\n", m.width, m.height)
	case 3:
		turn, w, h = fmt.Sprintf("0 -1 1 0 0 %g cm\n", m.width), m.height, m.width
	}
	body := m.stream("", turn+m.content.String())
	objects := fmt.Sprintf("/Im %d 0 R", imageID)
	for _, id := range m.forms {
		objects += fmt.Sprintf(" /X%d %d 0 R", id, id)
	}
	annots := ""
	for _, id := range m.annots {
		annots += fmt.Sprintf(" %d 0 R", id)
	}
	m.pages = append(m.pages, m.add(fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Annots [%s ] /Resources << /Font << /F1 %d 0 R /F2 %d 0 R >> /XObject << %s >> >> >>",
		pagesID, w, h, body, annots, regularID, boldID, objects)))
	m.content.Reset()
	m.annots, m.forms, m.open = nil, nil, false
}

// write puts the objects into a file.
func (m *maker) write() []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.5\n")
	if m.sealed {
		m.seal()
	}
	offsets := make([]int, len(m.objects)+2)
	inside := map[int]int{}
	put := func(id int, object string) {
		offsets[id] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", id, object)
	}
	var members []int
	for i, o := range m.objects {
		if m.packed && !strings.Contains(o, "stream\n") {
			inside[i+1] = len(members)
			members = append(members, i+1)
			continue
		}
		put(i+1, o)
	}
	size := len(m.objects) + 1
	if !m.packed {
		start := out.Len()
		fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", size)
		for id := 1; id < size; id++ {
			fmt.Fprintf(&out, "%010d 00000 n \n", offsets[id])
		}
		fmt.Fprintf(&out, "trailer\n<< /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n", size, catalogID, m.trailer, start)
		return out.Bytes()
	}
	var head, body strings.Builder
	for _, id := range members {
		fmt.Fprintf(&head, "%d %d ", id, body.Len())
		body.WriteString(m.objects[id-1] + "\n")
	}
	pack := size
	put(pack, fmt.Sprintf("<< /Type /ObjStm /N %d /First %d /Length %d >>\nstream\n%s%s\nendstream", len(members), head.Len(), head.Len()+body.Len(), head.String(), body.String()))
	table := out.Len()
	var rows bytes.Buffer
	rows.Write([]byte{0, 0, 0, 0, 0, 0})
	for id := 1; id < size; id++ {
		if k, ok := inside[id]; ok {
			rows.Write([]byte{2, 0, 0, byte(pack >> 8), byte(pack), byte(k)})
		} else {
			rows.Write([]byte{1, byte(offsets[id] >> 24), byte(offsets[id] >> 16), byte(offsets[id] >> 8), byte(offsets[id]), 0})
		}
	}
	for _, at := range []int{offsets[pack], table} {
		rows.Write([]byte{1, byte(at >> 24), byte(at >> 16), byte(at >> 8), byte(at), 0})
	}
	fmt.Fprintf(&out, "%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 1] /Root %d 0 R /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
		pack+1, pack+2, catalogID, rows.Len(), rows.String(), table)
	return out.Bytes()
}

// seal encrypts the streams by the standard handler, revision 2 (ISO 32000, 7.6.3).
func (m *maker) seal() {
	const pad = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"
	padded := func(s string) string { return (s + pad)[:32] }
	hash := func(s string) string { h := md5.Sum([]byte(s)); return string(h[:]) }
	cipher := func(key, s string) string {
		c, _ := rc4.NewCipher([]byte(key))
		out := []byte(s)
		c.XORKeyStream(out, out)
		return string(out)
	}
	owner := cipher(hash(padded("owner"))[:5], padded(m.password))
	key := hash(padded(m.password) + owner + "\xFC\xFF\xFF\xFF" + "id")[:5]
	defer func() {
		id := m.add(fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /P -4 /O <%x> /U <%x> >>", owner, cipher(key, pad)))
		m.trailer = fmt.Sprintf("/ID [<%x> <%x>] /Encrypt %d 0 R ", "id", "id", id)
	}()
	for i, o := range m.objects {
		head, rest, ok := strings.Cut(o, "\nstream\n")
		if body, found := strings.CutSuffix(rest, "\nendstream"); ok && found {
			id := i + 1
			m.objects[i] = head + "\nstream\n" + cipher(hash(key + string([]byte{byte(id), byte(id >> 8), 0, 0, 0}))[:10], body) + "\nendstream"
		}
	}
}
