package normalize

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shared is the folder of real documents beside the project; tests that need it skip where it is absent.
func shared(t *testing.T, path string) string {
	t.Helper()
	p := filepath.Join("..", "..", "shared", filepath.FromSlash(path))
	if _, err := os.Stat(p); err != nil {
		t.Skipf("no %s: real documents are not part of the project", p)
	}
	return p
}

// TestLegacyTranscripts decodes the raw text of documents of 2001 to 2009 and compares it with their transcripts:
// of the letters that carry a mark, 98 in 100 must come out right.
func TestLegacyTranscripts(t *testing.T) {
	dir := shared(t, "data/legacy")
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	sum, n := 0.0, 0
	for _, file := range files {
		var lines []string
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		switch filepath.Ext(file) {
		case ".doc":
			if strings.HasPrefix(string(data), `{\rtf`) {
				lines = rtfText(data)
			} else if lines, err = docText(data); err != nil {
				t.Logf("%s: %v", filepath.Base(file), err)
				continue
			}
		case ".rtf":
			lines = rtfText(data)
		default:
			continue
		}
		truth, err := os.ReadFile(strings.TrimSuffix(file, filepath.Ext(file)) + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		paras := make([]Para, len(lines))
		for i, l := range lines {
			paras[i].Text = l
		}
		out, report := Paragraphs(paras)
		var b strings.Builder
		for _, p := range out {
			b.WriteString(p.Text)
			b.WriteByte('\n')
		}
		acc := diacriticAccuracy(string(truth), b.String())
		t.Logf("%-45s %.4f %s %v", filepath.Base(file), acc, report.Encoding, report.Counts)
		sum += acc
		n++
	}
	mean := sum / float64(n)
	t.Logf("mean of %d documents: %.4f", n, mean)
	if n < 20 || mean < 0.98 {
		t.Errorf("mean diacritic accuracy of %d documents is %.4f, want 0.98", n, mean)
	}
}

// diacriticAccuracy aligns the words of a text with those of its transcript by their folded letters, and gives the
// share of marked letters of the transcript that are right.
func diacriticAccuracy(want, got string) float64 {
	a := strings.Fields(strings.ToLower(norm.NFC.String(want)))
	b := strings.Fields(strings.ToLower(got))
	fold := func(list []string) []string {
		out := make([]string, len(list))
		for i, w := range list {
			out[i] = Fold(w)
		}
		return out
	}
	total, right := 0, 0
	for _, w := range a {
		for _, r := range w {
			if marked(r) {
				total++
			}
		}
	}
	for _, m := range align(fold(a), fold(b)) {
		x, y := []rune(a[m[0]]), []rune(b[m[1]])
		for i, r := range x {
			if marked(r) && i < len(y) && y[i] == r {
				right++
			}
		}
	}
	return float64(right) / float64(max(1, total))
}

func marked(r rune) bool { return r == 'đ' || utf8.RuneCountInString(norm.NFD.String(string(r))) > 1 }

// align pairs equal words of two lists in order, greedily: at a difference it looks for the nearest place at which
// three words agree again.
func align(a, b []string) (pairs [][2]int) {
	same := func(i, j, n int) bool {
		return i+n <= len(a) && j+n <= len(b) && slices.Equal(a[i:i+n], b[j:j+n])
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		if a[i] == b[j] {
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
			continue
		}
		found := false
		for d := 1; d < 4000 && !found; d++ {
			for k := 0; k <= d; k++ {
				if same(i+k, j+d-k, 3) {
					i, j, found = i+k, j+d-k, true
					break
				}
			}
		}
		if !found {
			i, j = i+1, j+1
		}
	}
	return pairs
}

// docText reads the paragraphs of a Word 97 file by its piece table.
func docText(data []byte) ([]string, error) {
	streams, err := compoundStreams(data)
	if err != nil {
		return nil, err
	}
	le := binary.LittleEndian
	w := streams["WordDocument"]
	if len(w) < 0x1AA {
		return nil, fmt.Errorf("no WordDocument stream")
	}
	table := streams["0Table"]
	if le.Uint16(w[10:])&0x200 != 0 {
		table = streams["1Table"]
	}
	fc, size := int(le.Uint32(w[0x1A2:])), int(le.Uint32(w[0x1A6:]))
	if fc+size > len(table) {
		return nil, fmt.Errorf("no piece table")
	}
	clx := table[fc : fc+size]
	for len(clx) > 3 && clx[0] == 1 {
		clx = clx[3+int(le.Uint16(clx[1:])):]
	}
	n := int(le.Uint32(clx[1:]))
	plc := clx[5 : 5+n]
	k := (n - 4) / 12
	var b strings.Builder
	for i := range k {
		chars := int(le.Uint32(plc[4*i+4:]) - le.Uint32(plc[4*i:]))
		at := int(le.Uint32(plc[4*(k+1)+8*i+2:]))
		if at&0x40000000 != 0 {
			at = (at &^ 0x40000000) / 2
			b.WriteString(western(w[at:min(len(w), at+chars)]))
			continue
		}
		u := make([]uint16, chars)
		for j := range u {
			u[j] = le.Uint16(w[at+2*j:])
		}
		b.WriteString(string(utf16.Decode(u)))
	}
	return strings.FieldsFunc(withoutFields(b.String()), func(r rune) bool { return r == '\r' || r == 7 || r == 11 || r == 12 }), nil
}

// withoutFields drops the codes of Word's fields and keeps their results.
func withoutFields(s string) string {
	var b strings.Builder
	var open []bool // whether each open field is still in its code
	for _, r := range s {
		switch r {
		case 0x13:
			open = append(open, true)
		case 0x14:
			if len(open) > 0 {
				open[len(open)-1] = false
			}
		case 0x15:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		default:
			if !slices.Contains(open, true) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// compoundStreams reads the streams of a compound file.
func compoundStreams(data []byte) (map[string][]byte, error) {
	le := binary.LittleEndian
	if len(data) < 512 || le.Uint32(data) != 0xE011CFD0 {
		return nil, fmt.Errorf("no compound file")
	}
	size := 1 << le.Uint16(data[30:])
	sector := func(n uint32) []byte {
		at := (int(n) + 1) * size
		if at >= len(data) {
			return nil
		}
		return data[at:min(len(data), at+size)]
	}
	var fat []uint32
	for i := range 109 {
		if n := le.Uint32(data[76+4*i:]); n < 0xFFFFFFF0 {
			s := sector(n)
			for k := 0; k+4 <= len(s); k += 4 {
				fat = append(fat, le.Uint32(s[k:]))
			}
		}
	}
	chain := func(n uint32) (out []byte) {
		for steps := 0; n < uint32(len(fat)) && steps <= len(fat); steps++ {
			out = append(out, sector(n)...)
			n = fat[n]
		}
		return out
	}
	dir := chain(le.Uint32(data[48:]))
	mini, miniFAT := []byte(nil), chain(le.Uint32(data[60:]))
	streams := map[string][]byte{}
	for at := 0; at+128 <= len(dir); at += 128 {
		e := dir[at:]
		u := make([]uint16, max(0, int(le.Uint16(e[64:]))/2-1))
		for i := range u {
			u[i] = le.Uint16(e[2*i:])
		}
		name, start, length := string(utf16.Decode(u)), le.Uint32(e[116:]), int(le.Uint32(e[120:]))
		var s []byte
		switch {
		case e[66] == 5:
			mini = chain(start)
			continue
		case length < 4096:
			for n := start; int(n)*4+4 <= len(miniFAT) && int(n)*64 < len(mini) && len(s) < length; n = le.Uint32(miniFAT[n*4:]) {
				s = append(s, mini[n*64:min(len(mini), int(n)*64+64)]...)
			}
		default:
			s = chain(start)
		}
		streams[name] = s[:min(length, len(s))]
	}
	return streams, nil
}

// rtfText reads the paragraphs of an RTF file.
func rtfText(data []byte) []string {
	var lines []string
	var raw []byte
	var b strings.Builder
	flush := func() {
		b.WriteString(western(raw))
		raw = raw[:0]
	}
	end := func() {
		flush()
		lines = append(lines, b.String())
		b.Reset()
	}
	var skip []bool
	skipping := false
	drop := 0 // fallback characters after \u
	for i := 0; i < len(data); {
		switch c := data[i]; c {
		case '{':
			skip = append(skip, skipping)
			i++
		case '}':
			if n := len(skip); n > 0 {
				skipping, skip = skip[n-1], skip[:n-1]
			}
			i++
		case '\r', '\n':
			i++
		case '\\':
			i++
			if i == len(data) {
				break
			}
			if c := data[i]; !unicode.IsLetter(rune(c)) {
				i++
				switch c {
				case '\'':
					if n, err := strconv.ParseUint(string(data[i:min(len(data), i+2)]), 16, 8); err == nil {
						if drop > 0 {
							drop--
						} else if !skipping {
							raw = append(raw, byte(n))
						}
					}
					i += 2
				case '*':
					skipping = true
				case '\\', '{', '}':
					if !skipping {
						raw = append(raw, c)
					}
				case '~':
					if !skipping {
						raw = append(raw, ' ')
					}
				case '-':
					if !skipping {
						raw = append(raw, 0xAD)
					}
				}
				break
			}
			start := i
			for i < len(data) && (data[i]|0x20)-'a' < 26 {
				i++
			}
			word := string(data[start:i])
			start = i
			for i < len(data) && (data[i] == '-' || data[i]-'0' < 10) {
				i++
			}
			num, _ := strconv.Atoi(string(data[start:i]))
			if i < len(data) && data[i] == ' ' {
				i++
			}
			switch word {
			case "par", "line", "cell", "row", "sect", "page":
				if !skipping {
					end()
				}
			case "tab":
				if !skipping {
					raw = append(raw, '\t')
				}
			case "u":
				if !skipping {
					flush()
					b.WriteRune(rune(uint16(num)))
					drop = 1
				}
			case "bin":
				i += max(0, num)
			case "fonttbl", "stylesheet", "info", "pict", "colortbl", "object", "header", "footer", "fldinst", "listtext", "pntext":
				skipping = true
			case "endash", "emdash", "lquote", "rquote", "ldblquote", "rdblquote", "bullet":
				if !skipping {
					raw = append(raw, map[string]byte{"endash": 0x96, "emdash": 0x97, "lquote": 0x91, "rquote": 0x92, "ldblquote": 0x93, "rdblquote": 0x94, "bullet": 0x95}[word])
				}
			}
		default:
			if drop > 0 {
				drop--
			} else if !skipping {
				raw = append(raw, c)
			}
			i++
		}
	}
	end()
	return lines
}

// TestPlansKeepTheirWords runs the five plans through the room: nothing is decoded, and only white space changes.
func TestPlansKeepTheirWords(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "data/plans"), "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, enc := Decode(data, "")
		if enc != UTF8 {
			t.Errorf("%s: decoded as %s", filepath.Base(file), enc)
		}
		bare := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) || r == 0xA0 {
					return -1
				}
				return r
			}, s)
		}
		if bare(Text(text)) != bare(string(data)) {
			t.Errorf("%s: Text changes more than white space", filepath.Base(file))
		}
		paras, report := Lines(SplitLines(text))
		var b strings.Builder
		for _, p := range paras {
			b.WriteString(p.Text)
		}
		if bare(b.String()) != bare(string(data)) {
			t.Errorf("%s: Lines changes more than white space", filepath.Base(file))
		}
		if share := ValidShare(text); share < 0.95 {
			t.Errorf("%s: %.3f of its words are valid", filepath.Base(file), share)
		}
		for _, r := range report.Repairs {
			t.Logf("%s: %s %q -> %q", filepath.Base(file), r.Kind, r.From, r.To)
		}
		t.Logf("%s: %d lines, %d paragraphs, valid %.4f, %v", filepath.Base(file), strings.Count(text, "\n"), len(paras), ValidShare(text), report.Counts)
	}
}
