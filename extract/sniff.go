package extract

import (
	"bytes"
	"strings"
	"unicode"

	"kehoach/normalize"
)

// sampleBytes is how much of a file is looked at to tell its format.
const sampleBytes = 64 << 10

// sample is the head of a file, by which its format is told.
type sample struct {
	raw   []byte // at most sampleBytes
	size  int    // of the whole file
	words string // raw, decoded
}

func newSample(data []byte) *sample {
	s := &sample{raw: data[:min(len(data), sampleBytes)], size: len(data)}
	s.words, _ = normalize.Decode(s.raw, "")
	return s
}

// magic lists how files begin that hold no text of their own, and what they are.
var magic = []struct{ prefix, what string }{
	{"%PDF-", "a PDF document"},
	{"PK\x03\x04", "a zip archive or an office document"},
	{"PK\x05\x06", "an empty zip archive"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old office document (doc, xls, ppt)"},
	{"{\\rtf", "an RTF document"},
	{"\x89PNG", "a PNG image"},
	{"\xFF\xD8\xFF", "a JPEG image"},
	{"GIF8", "a GIF image"},
	{"II*\x00", "a TIFF image"},
	{"MM\x00*", "a TIFF image"},
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

// foreign says why the file cannot be read as text of any kind, or "".
func (s *sample) foreign() string {
	if s.size == 0 {
		return "the file is empty"
	}
	binary := s.binary()
	for _, m := range magic {
		if bytes.HasPrefix(s.raw, []byte(m.prefix)) && (binary || len(m.prefix) > 2 && m.prefix[0] != 'G' && m.prefix[0] != 'R') {
			return "it seems to be " + m.what + ", which no reader takes"
		}
	}
	if i := bytes.Index(s.raw[:min(len(s.raw), 1024)], []byte("%PDF-")); i >= 0 && binary {
		return "it seems to be a PDF document, which no reader takes"
	}
	if binary {
		return "it holds bytes that are no text"
	}
	if strings.TrimFunc(s.words, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' }) == "" && s.size == len(s.raw) {
		return "it holds no words"
	}
	return ""
}

// binary reports whether the decoded words hold more control characters than a text does: one in fifty.
func (s *sample) binary() bool {
	words := strings.TrimRight(s.words, "\x00")
	control, all := 0, 0
	for _, r := range words {
		all++
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' || r == unicode.ReplacementChar {
			control++
		}
	}
	return all == 0 && len(s.words) > 0 || control*50 > all
}

// text takes whatever is left.
func (s *sample) text() bool { return true }
