package extract

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/gabriel-vasile/mimetype"

	"kehoach/extract/mail"
	"kehoach/normalize"
)

// sampleBytes is how much of a file is looked at to tell its format.
const sampleBytes = 64 << 10

// sample is the head of a file, by which its format is told.
type sample struct {
	raw   []byte        // at most sampleBytes
	all   []byte        // the whole file
	size  int           // of the whole file
	words func() string // raw, decoded; a file that its first bytes tell is not decoded
}

func newSample(data []byte) *sample {
	s := &sample{raw: data[:min(len(data), sampleBytes)], all: data, size: len(data)}
	s.words = sync.OnceValue(s.decode)
	return s
}

func (s *sample) decode() string {
	whole := s.raw
	for i := 0; i < utf8.UTFMax && len(whole) < len(s.all) && !utf8.RuneStart(s.all[len(whole)]); i++ {
		whole = whole[:len(whole)-1] // the sample ends inside a letter
	}
	if bytes.IndexByte(whole, 0) < 0 && utf8.Valid(whole) {
		return string(whole) // the marks of a format are ASCII in old encodings too
	}
	words, _ := normalize.Decode(s.raw, "")
	return words
}

// magic lists how files begin that hold no text of their own, and what they are.
var magic = []struct{ prefix, what string }{
	{"%PDF-", "a PDF document"},
	{"PK\x03\x04", "a zip archive or an office document"},
	{"PK\x05\x06", "an empty zip archive"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document (doc, xls, ppt)"},
	{"{\\rtf", "an RTF document"},
	{"GIF8", "a GIF image"},
	{"BM", "a bitmap image"},
	{"RIFF", "a sound, a film or a WebP image"},
	{"\x1F\x8B", "a gzip archive"},
	{"BZh", "a bzip2 archive"},
	{"7z\xBC\xAF\x27\x1C", "a 7z archive"},
	{"Rar!\x1A\x07", "a RAR archive"},
	{"\xFD7zXZ", "an xz archive"},
	{"\x28\xB5\x2F\xFD", "a zstd archive"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"\x7FELF", "a program"},
	{"MZ", "a program"},
}

// office names the kinds of office documents that share a beginning.
var office = map[string]string{
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         "an Excel workbook",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": "a PowerPoint presentation",
	"application/vnd.oasis.opendocument.spreadsheet":                            "an OpenDocument spreadsheet",
	"application/vnd.oasis.opendocument.presentation":                           "an OpenDocument presentation",
	"application/vnd.ms-excel":                                                  "an Excel workbook",
	"application/vnd.ms-powerpoint":                                             "a PowerPoint presentation",
	"application/vnd.ms-outlook":                                                "a message of Outlook",
	"application/x-ms-installer":                                                "a program",
	"application/epub+zip":                                                      "an EPUB book",
}

// foreign says why the file cannot be read as text of any kind, or "".
func (s *sample) foreign() string {
	if s.size == 0 {
		return "the file is empty"
	}
	binary := s.binary()
	for _, m := range magic {
		if bytes.HasPrefix(s.raw, []byte(m.prefix)) && (binary || len(m.prefix) > 2 && m.prefix[0] != 'G' && m.prefix[0] != 'R') {
			what := m.what
			if known := office[mimetype.Detect(s.raw).String()]; known != "" {
				what = known
			}
			return "it seems to be " + what + ", which no reader takes"
		}
	}
	if i := bytes.Index(s.raw[:min(len(s.raw), 1024)], []byte("%PDF-")); i >= 0 && binary {
		return "it seems to be a PDF document, which no reader takes"
	}
	if binary {
		return "it holds bytes that are no text"
	}
	if s.json() {
		return "it seems to be JSON data, which no reader takes"
	}
	if strings.TrimFunc(s.words(), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' }) == "" && s.size == len(s.raw) {
		return "it holds no words"
	}
	return ""
}

// docx reports whether the file is an archive that holds the body of an Office Open XML text.
func (s *sample) docx() bool { return s.holds("word/document.xml", "") }

// png, jpeg and tiff report whether the file begins like such a picture.
func (s *sample) png() bool  { return s.begins("\x89PNG\r\n\x1A\n") }
func (s *sample) jpeg() bool { return s.begins("\xFF\xD8\xFF") }
func (s *sample) tiff() bool { return s.begins("II*\x00") || s.begins("MM\x00*") }

func (s *sample) begins(magic string) bool { return bytes.HasPrefix(s.raw, []byte(magic)) }

// odt reports whether the file is an archive that says it is an OpenDocument text.
func (s *sample) odt() bool { return s.holds("mimetype", "application/vnd.oasis.opendocument.text") }

// doc reports whether the file is a compound file with a stream of the name that Word's old format has.
func (s *sample) doc() bool {
	return bytes.HasPrefix(s.raw, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) && bytes.Contains(s.all, []byte("W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00\x00"))
}

// pdf reports whether the header of a PDF stands among the first bytes, as other readers of PDF look for it.
func (s *sample) pdf() bool {
	i := bytes.Index(s.raw[:min(len(s.raw), 1024)], []byte("%PDF-"))
	return i == 0 || i > 0 && s.binary()
}

// rtf reports whether the file opens as RTF does; blanks and a few stray bytes before it are no matter.
func (s *sample) rtf() bool {
	return bytes.HasPrefix(bytes.TrimLeft(s.raw, " \t\r\n\x00\xEF\xBB\xBF"), []byte("{\\rtf"))
}

// mail reports whether the file begins with the header of a message.
func (s *sample) mail() bool { return mail.IsMessage(s.raw) }

// holds reports whether the file is a zip archive with a member of a name, which begins with the given words.
func (s *sample) holds(name, words string) bool {
	if !bytes.HasPrefix(s.raw, []byte("PK")) {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(s.all), int64(len(s.all)))
	if err != nil {
		return false
	}
	f, err := z.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(words))
	n, _ := io.ReadFull(f, head)
	return string(head[:n]) == words
}

// binary reports whether the decoded words hold more control characters than a text does: one in fifty, or one in
// five of the zeros that some programs leave between words.
func (s *sample) binary() bool {
	words := strings.TrimRight(s.words(), "\x00")
	control, zeros := strings.Count(words, string(unicode.ReplacementChar)), 0
	for i := range len(words) { // byte by byte, which no letter of several bytes disturbs
		switch c := words[i]; {
		case c >= ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v':
		case c == 0:
			zeros++
		default:
			control++
		}
	}
	if control+zeros == 0 {
		return words == "" && s.words() != ""
	}
	all := utf8.RuneCountInString(words)
	return control*50 > all || zeros*5 > all
}

// json reports whether the file is one JSON object or list.
func (s *sample) json() bool {
	text := bytes.TrimSpace(bytes.TrimPrefix(s.raw, []byte("\xEF\xBB\xBF")))
	if len(text) < 2 || text[0] != '{' && text[0] != '[' {
		return false
	}
	if s.size == len(s.raw) {
		return json.Valid(text)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	for range 64 { // a longer file: its head reads as JSON
		if _, err := d.Token(); err != nil {
			return false
		}
	}
	return true
}

// html reports whether the file opens like a page, or is full of tags.
func (s *sample) html() bool {
	head := strings.TrimLeftFunc(s.words(), func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
	if !strings.HasPrefix(head, "<") {
		return false
	}
	lower := strings.ToLower(head[:min(len(head), 4096)])
	for {
		rest := strings.TrimSpace(lower)
		switch {
		case strings.HasPrefix(rest, "<?xml"):
			_, lower, _ = strings.Cut(rest, "?>")
		case strings.HasPrefix(rest, "<!--"):
			_, lower, _ = strings.Cut(rest, "-->")
		default:
			lower = rest
		}
		if lower == rest {
			break
		}
	}
	if strings.HasPrefix(lower, "<!doctype html") || strings.HasPrefix(lower, "<html") {
		return true
	}
	if !strings.HasPrefix(lower, "<") {
		return false
	}
	tags := 0
	for _, tag := range []string{"<head", "<meta", "<title", "<body", "<div", "<p>", "<p ", "<table", "<span", "<br", "<center", "<font", "<h1", "<h2"} {
		if strings.Contains(lower, tag) {
			tags++
		}
	}
	return tags >= 2
}

// markdown reports whether lines carry the marks of Markdown: headings, ruled tables, whole lines in bold, links,
// notes, escapes, tags. A stray "**" inside a line, or one "#", is no proof.
func (s *sample) markdown() bool {
	var marks []string // those that stand anywhere
	for _, mark := range markdownMarks {
		if strings.Contains(s.words(), mark) {
			marks = append(marks, mark)
		}
	}
	proofs, bold := 0, 0
	prev := ""
	for line := range strings.Lines(s.words()) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case line[0] == '#':
			if rest := strings.TrimLeft(line, "#"); len(line)-len(rest) <= 6 && strings.HasPrefix(rest, " ") && len(rest) > 2 {
				proofs += 2
			}
		case strings.HasPrefix(line, "**") && strings.HasSuffix(line, "**") && len(line) > 5:
			if bold++; bold <= 2 { // bold alone is what a converter left in a plain text
				proofs++
			}
		case strings.Trim(line, "|-: ") == "" && strings.Contains(line, "|") && strings.Contains(line, "--") && strings.Contains(prev, "|"):
			proofs += 3
		default:
			for _, mark := range marks {
				if strings.Contains(line, mark) {
					proofs++
					break
				}
			}
		}
		if proofs >= 3 {
			return true
		}
		prev = line
	}
	return false
}

// markdownMarks are proofs of Markdown inside a line.
var markdownMarks = []string{"](http", "](#", "![", "[^", `\.`, `\-`, `\*`, `\[`, "<br", "<sup>", "<table", "<td"}

// text takes whatever is left.
func (s *sample) text() bool { return true }
