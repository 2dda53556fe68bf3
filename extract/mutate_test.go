package extract

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestMutated reads damaged files of every format: each ends with words or a reason within ten seconds, none costs its
// reader more than the limits, and none is a fault that only the child process caught. KEHOACH_MUTATIONS says how
// many of each; 50 where it is not set.
func TestMutated(t *testing.T) {
	count, err := strconv.Atoi(os.Getenv("KEHOACH_MUTATIONS"))
	if err != nil {
		count = 50
	}
	r := isolated(t, true)
	for n, file := range mutable(t) {
		random := rand.New(rand.NewPCG(uint64(n), 1))
		crashed, limited, read := 0, 0, 0
		for i := range count {
			from := time.Now()
			_, err := r.Read(context.Background(), file.name, damage(file.data, random))
			if took := time.Since(from); took > 10*time.Second {
				t.Errorf("%s, mutation %d: %v", file.name, i, took)
			}
			switch {
			case err == nil:
				read++
			case !named(err):
				t.Errorf("%s, mutation %d: error %v", file.name, i, err)
			case strings.Contains(err.Error(), "crashed"):
				crashed++
				t.Logf("%s, mutation %d: %v", file.name, i, err)
			case errors.Is(err, ErrLimit):
				limited++
				t.Logf("%s, mutation %d: %v", file.name, i, err)
			}
		}
		t.Logf("%-28s of %d: %d read, %d refused, %d met a limit, %d crashed", file.name, count, read, count-read-limited-crashed, limited, crashed)
		if crashed > 0 || limited*10 > count {
			t.Errorf("%s: of %d mutations %d crashed the reader and %d met a limit", file.name, count, crashed, limited)
		}
	}
}

// original is a file that is damaged again and again.
type original struct {
	name string
	data []byte
}

// mutable gives one file or more of each format: made ones, the samples of the project, and where they are there those
// that stand beside it.
func mutable(t *testing.T) (out []original) {
	t.Helper()
	for _, pattern := range []string{"../corpus/sample/hue-2025*.txt", "../corpus/sample/cao-bang*.md", "../corpus/sample/can-tho*.html",
		"../../shared/data/samples/*/doc_000.*", "../../shared/data/samples/variant/*_000.pdf", "../../shared/data/samples/ch/*_000.pdf"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, original{filepath.Base(filepath.Dir(file)) + "/" + filepath.Base(file), data})
		}
	}
	rtf := `{\rtf1\ansi\ansicpg1258{\fonttbl{\f0 .VnTime;}}{\f0 K\'d5 ho\'b9ch}\par\trowd\cellx900\cellx5000 1\cell Tuy\u234?n truy\u7873?n\cell\row{\footnote ghi ch\'fa}}`
	docx := packed(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Mục đích</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>STT</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`,
		"word/numbering.xml", `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`)
	odt := packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text><text:list><text:list-item><text:p>Mục đích<text:s text:c="3"/></text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>STT</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>`)
	out = append(out, original{"kh.rtf", []byte(rtf)}, original{"kh.docx", docx}, original{"kh.odt", odt},
		original{"thu.eml", message("Kính gửi", "kh.rtf", rtf, "kh.docx", string(docx), "kh.txt", "Kế hoạch")})
	picture := image.NewGray(image.Rect(0, 0, 300, 200))
	for i := range 4000 {
		picture.SetGray(i*37%300, i*11%200, color.Gray{uint8(i)})
	}
	var asPNG, asJPEG bytes.Buffer
	if err := errors.Join(png.Encode(&asPNG, picture), jpeg.Encode(&asJPEG, picture, nil)); err != nil {
		t.Fatal(err)
	}
	return append(out, original{"anh.png", asPNG.Bytes()}, original{"anh.jpg", asJPEG.Bytes()})
}

// packed is an archive of files, name and content in turn.
func packed(t testing.TB, pairs ...string) []byte {
	t.Helper()
	var files []original
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, original{pairs[i], []byte(pairs[i+1])})
	}
	return pack(files)
}

func pack(files []original) []byte {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, f := range files {
		if w, err := z.Create(f.name); err == nil {
			w.Write(f.data)
		}
	}
	z.Close()
	return buf.Bytes()
}

// damage spoils a file, or every other time what it holds packed: damage to packed bytes is mostly found out by the
// unpacking, so that what comes behind it would go untried.
func damage(data []byte, random *rand.Rand) []byte {
	if random.IntN(2) == 0 {
		switch {
		case bytes.HasPrefix(data, []byte("PK")):
			return damageMember(data, random)
		case bytes.HasPrefix(data, []byte("%PDF")):
			return damageStreams(data, random)
		case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")): // whose sectors must stay in their places
			out := bytes.Clone(data)
			for range 1 + random.IntN(8) {
				at := 512 + random.IntN(len(out)-512)
				copy(out[at:min(len(out), at+64)], mutate(out[at:min(len(out), at+64)], random))
			}
			return out
		}
	}
	return mutate(data, random)
}

// damageMember spoils one member of an archive.
func damageMember(data []byte, random *rand.Rand) []byte {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return data
	}
	var files []original
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			continue
		}
		content, _ := io.ReadAll(r)
		r.Close()
		files = append(files, original{f.Name, content})
	}
	largest := 0
	for i := range files {
		if len(files[i].data) > len(files[largest].data) && strings.HasSuffix(files[i].name, ".xml") {
			largest = i
		}
	}
	if random.IntN(3) == 0 {
		largest = random.IntN(len(files))
	}
	files[largest].data = mutate(files[largest].data, random)
	return pack(files)
}

// damageStreams spoils a few of the streams of a PDF. Its table of objects is wrong then as well.
func damageStreams(data []byte, random *rand.Rand) []byte {
	var out bytes.Buffer
	for rest := data; ; {
		at := bytes.Index(rest, []byte("stream"))
		end := bytes.Index(rest[max(0, at):], []byte("endstream"))
		if at < 0 || end < 0 {
			out.Write(rest)
			return out.Bytes()
		}
		end += at
		from := at + len("stream")
		for from < end && (rest[from] == '\r' || rest[from] == '\n') {
			from++
		}
		out.Write(rest[:from])
		stream := rest[from:end]
		if z, err := zlib.NewReader(bytes.NewReader(stream)); err == nil && random.IntN(4) == 0 {
			content, _ := io.ReadAll(z)
			w := zlib.NewWriter(&out)
			w.Write(mutate(content, random))
			w.Close()
		} else {
			out.Write(stream)
		}
		out.WriteString("\nendstream")
		rest = rest[end+len("endstream"):]
	}
}

// mutate damages bytes: they are changed, pieces cut out, doubled or moved.
func mutate(original []byte, random *rand.Rand) []byte {
	data := append([]byte(nil), original...)
	for range 1 + random.IntN(8) {
		if len(data) < 4 {
			break
		}
		at := random.IntN(len(data))
		end := min(len(data), at+1+random.IntN(1+len(data)/20))
		switch random.IntN(5) {
		case 0:
			data[at] ^= 1 << random.IntN(8)
		case 1:
			for k := at; k < min(end, at+64); k++ {
				data[k] = byte(random.Uint32())
			}
		case 2:
			data = append(data[:at], data[end:]...)
		case 3:
			piece := append([]byte(nil), data[at:end]...)
			data = append(data[:at], append(piece, data[at:]...)...)
		case 4:
			if at > len(data)/2 {
				data = data[:at]
			}
		}
	}
	return data
}
