package pdf

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"kehoach/plan"
)

const short = "page 595 842\ntext 85 100 14 Trồng cây ven sông\npage 595 842\ntext 85 100 14 Trang hai\n"

// words is the text of a document, its blocks parted by bars.
func words(doc *plan.Document) string {
	if doc == nil {
		return ""
	}
	var out []string
	for _, b := range doc.Blocks {
		out = append(out, b.Text)
	}
	return strings.Join(out, "|")
}

// TestDamaged reads files that are spoilt in one place each.
func TestDamaged(t *testing.T) {
	plain, packed := (&maker{}).make(t, short), (&maker{packed: true}).make(t, short)
	replace := func(data []byte, old, new string) []byte {
		t.Helper()
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("no %q", old)
		}
		return bytes.ReplaceAll(data, []byte(old), []byte(new))
	}
	cut := func(data []byte, at string) []byte { return data[:bytes.LastIndex(data, []byte(at))] }
	const all = "Trồng cây ven sông|Trang hai"
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"whole":                    {plain, all},
		"in object streams":        {packed, all},
		"junk before the header":   {append([]byte("HTTP/1.1 200 OK\r\n\r\n"), plain...), all},
		"another version":          {replace(plain, "%PDF-1.5\n", "%PDF-2.0\n"), all},
		"junk behind the end":      {append(bytes.Clone(plain), bytes.Repeat([]byte("x"), 3000)...), all},
		"no end":                   {cut(plain, "%%EOF"), all},
		"no startxref":             {cut(plain, "startxref"), all},
		"no table":                 {cut(plain, "xref\n0"), all},
		"no table, object streams": {cut(packed, "startxref"), all},
		"offsets shifted":          {replace(plain, "00000 n \n", "00007 n \n"), all},
		"table elsewhere":          {replace(plain, "startxref\n", "startxref\n1"), all},
		"a loop of /Prev":          {replace(plain, "trailer\n<<", fmt.Sprintf("trailer\n<< /Prev %d", bytes.LastIndex(plain, []byte("xref\n0")))), all},
		"a huge /Size":             {replace(packed, "/Type /XRef /Size", "/Type /XRef /Size 4000000000 /Old"), all},
		"a huge /Count":            {replace(plain, "/Count 2", "/Count 2000000000"), all},
		"pages among their kids":   {replace(plain, "/Kids [", "/Kids [ 2 0 R"), all},
		"no catalog":               {replace(plain, "/Type /Catalog /Pages 2 0 R", "/Nothing 1"), ""},
		"lengths wrong":            {replace(plain, "/Length ", "/Length 9"), all},
	} {
		doc, err := Read(test.data)
		if test.want == "" {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: error %v, read %q", name, err, words(doc))
			}
		} else if got := words(doc); err != nil || got != test.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	for _, data := range []string{"", "%PDF-", "%PDF-1.4\n%%EOF", "%PDF-1.4\nxref\n0 4000000000\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF"} {
		if doc, err := Read([]byte(data)); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q: %v, %q", data, err, words(doc))
		}
	}
}

// TestEncrypted reads files that open without a password, and refuses those that do not.
func TestEncrypted(t *testing.T) {
	for password, want := range map[string]error{"": nil, "mật khẩu": ErrEncrypted} {
		doc, err := Read((&maker{sealed: true, password: password}).make(t, short))
		if !errors.Is(err, want) || err == nil && words(doc) != "Trồng cây ven sông|Trang hai" {
			t.Errorf("RC4, password %q: %v, %q", password, err, words(doc))
		}
	}
	api.DisableConfigDir()
	const all = "Trồng cây ven sông|Trang hai"
	for _, length := range []int{128, 256} {
		for password, want := range map[string]string{"": "Trang hai", "mật khẩu": ""} { // pdfcpu loses the font of the first page
			conf := model.NewDefaultConfiguration()
			conf.EncryptUsingAES, conf.EncryptKeyLength = true, length
			conf.UserPW, conf.OwnerPW = password, "chủ"
			conf.WriteXRefStream, conf.WriteObjectStream = false, false
			var out bytes.Buffer
			if err := api.Encrypt(bytes.NewReader((&maker{}).make(t, short)), &out, conf); err != nil {
				t.Fatal(err)
			}
			for how, data := range map[string][]byte{"as an object": out.Bytes(), "in the trailer": direct(t, out.Bytes())} {
				doc, err := Read(data)
				if want == "" && !errors.Is(err, ErrEncrypted) || want != "" && (err != nil || !strings.HasSuffix(words(doc), want)) {
					t.Errorf("AES, %d bits, password %q, %s: %v, %q", length, password, how, err, words(doc))
				}
			}
		}
	}
	if doc, err := Read(direct(t, (&maker{sealed: true}).make(t, short))); err != nil || words(doc) != all {
		t.Errorf("RC4 in the trailer: %v, %q", err, words(doc))
	}
}

// direct puts the dictionary of a file's encryption into its trailer.
func direct(t *testing.T, data []byte) []byte {
	t.Helper()
	ref := regexp.MustCompile(`/Encrypt (\d+) 0 R`).FindSubmatch(data)
	if ref == nil {
		t.Fatal("it names no encryption")
	}
	dict := regexp.MustCompile(`(?s)\n` + string(ref[1]) + ` 0 obj\s*(<<.*?>>)\s*endobj`).FindSubmatch(data)
	if dict == nil {
		t.Fatal("there is no such object")
	}
	return bytes.Replace(data, ref[0], append([]byte("/Encrypt "), dict[1]...), 1)
}

// TestBounds reads files that ask for more than any document needs.
func TestBounds(t *testing.T) {
	page := func(content string) []byte {
		m := &maker{deflate: true}
		m.codes, m.objects = map[rune]int{}, make([]string, imageID)
		m.width, m.height, m.open = 595, 842, true
		m.content.WriteString(content)
		return m.make(t, "")
	}
	for name, data := range map[string][]byte{
		"states":     page(strings.Repeat("q ", 1<<20)),
		"no states":  page(strings.Repeat("Q ", 1<<16)),
		"operands":   page(strings.Repeat("1 ", 1<<22)),
		"an array":   page("[" + strings.Repeat("1 ", 1<<22)),
		"rules":      page(strings.Repeat("0 0 m 9 9 l S ", 1<<17)),
		"rectangles": page(strings.Repeat("1 1 50 50 re ", 1<<17) + "f"),
		"marks":      page(strings.Repeat("/P BMC ", 1<<18)),
		"an image":   page("BI /W 1 ID " + strings.Repeat("EI", 1<<20)),
		"a bomb":     page(strings.Repeat(" ", 100<<20)),
	} {
		if doc, err := Read(data); err != nil || words(doc) != "" {
			t.Errorf("%s: %v, %.80q", name, err, words(doc))
		}
	}
}

// TestSamples reads the rendered samples: letterhead and signature column by column, all rows of the table.
func TestSamples(t *testing.T) {
	const samples = "../../../shared/data/samples"
	if _, err := os.Stat(samples); err != nil {
		t.Skip("there is no ../shared beside the module")
	}
	var files []string
	for _, pattern := range []string{"lo/*.pdf", "ch/*.pdf", "variant/*.pdf"} {
		found, _ := filepath.Glob(filepath.Join(samples, pattern))
		files = append(files, found...)
	}
	for _, file := range files {
		base := strings.TrimSuffix(filepath.Base(file), ".pdf")
		var truth struct {
			Hl, Hr, Sl, Sr []string
			Rows           [][]string
		}
		data, err := os.ReadFile(filepath.Join(samples, "truth", "truth_"+base[len(base)-3:]+".json"))
		if err != nil || json.Unmarshal(data, &truth) != nil {
			t.Fatalf("%s has no truth (%v)", file, err)
		}
		if data, err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
		doc, err := Read(data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		got := strings.Join(strings.Fields(strings.NewReplacer("|", " ", "\u00A0", " ").Replace(words(doc))), " ")
		for _, want := range append(truth.Rows, truth.Hl, truth.Hr, truth.Sl, truth.Sr) {
			if s := strings.Join(want, " "); !strings.Contains(got, s) && !strings.Contains(base, "nfd") {
				t.Errorf("%s: not in one piece: %s", base, s)
			}
		}
	}
}

// TestHostile reads broken and exploding files; each must end, with text or a reason.
func TestHostile(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/data/hostile/*.pdf")
	if len(files) == 0 {
		t.Skip("there is no ../shared beside the module")
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if doc, err := Read(data); (doc == nil) == (err == nil) {
			t.Errorf("%s: %v, %v", file, doc, err)
		}
	}
}

// FuzzPDF mutates our own files. Reading must end without a panic, and give text within bounds.
func FuzzPDF(f *testing.F) {
	scripts, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(scripts) == 0 {
		f.Fatalf("no seeds (%v)", err)
	}
	for _, name := range scripts {
		script, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		_, body, _ := strings.Cut(string(script), "-- input --\n")
		body, _, _ = strings.Cut(body, "-- ")
		for _, m := range []*maker{{}, {packed: true}, {deflate: true}} {
			f.Add(m.make(f, body))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, pages, err := ReadWith(data, Options{})
		if err != nil {
			if doc != nil {
				t.Fatal("a document and an error")
			}
			return
		}
		size := 0
		for _, b := range doc.Blocks {
			size += len(b.Text)
			if b.Page < 0 || b.Page > len(pages) {
				t.Fatalf("a block on page %d of %d", b.Page, len(pages))
			}
		}
		if size > 64<<20 {
			t.Fatalf("%d bytes of text from %d", size, len(data))
		}
	})
}
