package ocr

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"kehoach/plan"
)

// engine is an engine, or the test is skipped where the programs are not installed.
func engine(t testing.TB) *Engine {
	t.Helper()
	e, err := New()
	if err != nil {
		t.Skip("recognition is not tested: ", err)
	}
	return e
}

// letterLines are words that the font of the tests can write: no marks.
var letterLines = []string{
	"Trang ba cua danh sach",
	"Thanh tra nhanh trong hai tuan",
	"Hai chinh sach cho xe tham quan",
	"Nhanh tay tham gia trong ba thang",
	"Tham quan bao tang trong tuan sau",
}

// sheet paints lines on an A4 page at 200 dots an inch.
func sheet(t testing.TB, lines ...string) *image.RGBA {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 1654, 2339))
	draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 13, DPI: 200})
	if err != nil {
		t.Fatal(err)
	}
	d := font.Drawer{Dst: m, Src: image.Black, Face: face}
	for i, line := range lines {
		d.Dot = fixed.P(240, 300+i*60)
		d.DrawString(line)
	}
	return m
}

// disc lays a red disc over a page, as transparent as ink is.
func disc(m *image.RGBA, x, y, r int) {
	for v := y - r; v <= y+r; v++ {
		for u := x - r; u <= x+r; u++ {
			if (u-x)*(u-x)+(v-y)*(v-y) <= r*r {
				c := m.RGBAAt(u, v)
				m.SetRGBA(u, v, color.RGBA{c.R, c.G / 4, c.B / 4, 255})
			}
		}
	}
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 85}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tiffOf writes pages as a TIFF file without compression.
func tiffOf(order binary.AppendByteOrder, pages ...*image.Gray) []byte {
	b := []byte("II*\x00")
	if order.String() == binary.BigEndian.String() {
		b = []byte("MM\x00*")
	}
	link := len(b)
	b = order.AppendUint32(b, 0)
	for _, p := range pages {
		at := len(b)
		b = append(b, p.Pix...)
		if len(b)%2 == 1 {
			b = append(b, 0)
		}
		b = append(b[:link], append(order.AppendUint32(nil, uint32(len(b))), b[link+4:]...)...)
		tags := [][2]uint32{{256, uint32(p.Rect.Dx())}, {257, uint32(p.Rect.Dy())}, {258, 8}, {259, 1}, {262, 1}, {273, uint32(at)}, {277, 1}, {278, uint32(p.Rect.Dy())}, {279, uint32(len(p.Pix))}}
		b = order.AppendUint16(b, uint16(len(tags)))
		for _, tag := range tags {
			b = order.AppendUint16(b, uint16(tag[0]))
			b = order.AppendUint16(b, 4) // LONG
			b = order.AppendUint32(b, 1)
			b = order.AppendUint32(b, tag[1])
		}
		link = len(b)
		b = order.AppendUint32(b, 0)
	}
	return b
}

// words gives the words of a document, in order.
func wordsOf(doc *plan.Document) []string {
	var out []string
	for _, b := range doc.Blocks {
		out = append(out, strings.Fields(b.Text)...)
	}
	return out
}

// missing lists the words of lines that a document does not have.
func missing(doc *plan.Document, lines []string) []string {
	have := map[string]int{}
	for _, w := range wordsOf(doc) {
		have[strings.Trim(w, ".,")]++
	}
	var out []string
	for _, w := range strings.Fields(strings.Join(lines, " ")) {
		if have[w]--; have[w] < 0 {
			out = append(out, w)
		}
	}
	return out
}

// TestImage reads the same page as it lies straight, askew, on its side, on its head, under a seal, and in all formats.
func TestImage(t *testing.T) {
	e := engine(t)
	page := sheet(t, letterLines...)
	grey := redOf(page)
	sealed := sheet(t, letterLines...)
	disc(sealed, 600, 420, 180)
	for _, test := range []struct {
		name string
		data []byte
	}{
		{"png", pngOf(t, page)},
		{"jpeg", jpegOf(t, page)},
		{"tiff", tiffOf(binary.LittleEndian, grey)},
		{"red seal", pngOf(t, sealed)},
		{"askew", pngOf(t, rotate(grey, -2.3))},
		{"on its side", pngOf(t, quarter(quarter(quarter(grey))))},
		{"on its head", pngOf(t, half(grey))},
		{"half as large", pngOf(t, resize(grey, 0.5))},
	} {
		t.Run(test.name, func(t *testing.T) {
			doc, err := e.Image(context.Background(), test.data)
			if err != nil {
				t.Fatal(err)
			}
			if lost := missing(doc, letterLines); len(lost) > 2 {
				t.Errorf("%d words are lost: %v; read %q", len(lost), lost, wordsOf(doc))
			}
			if !doc.Source.OCR || doc.Source.Pages != 1 || doc.Source.Tools["tesseract"] == "" {
				t.Errorf("the source says %+v", doc.Source)
			}
			for _, b := range doc.Blocks {
				if b.Confidence <= 0.5 || b.Confidence > 1 || b.Page != 1 || b.Box.X1 <= b.Box.X0 {
					t.Errorf("%q: confidence %v, page %d, box %v", b.Text, b.Confidence, b.Page, b.Box)
				}
			}
		})
	}
}

// TestPages reads a TIFF of two pages, in their order.
func TestPages(t *testing.T) {
	e := engine(t)
	data := tiffOf(binary.BigEndian, redOf(sheet(t, letterLines[:2]...)), redOf(sheet(t, letterLines[2:]...)))
	doc, err := e.Image(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	if doc.Source.Pages != 2 || len(missing(doc, letterLines)) > 2 {
		t.Errorf("%d pages: %q", doc.Source.Pages, wordsOf(doc))
	}
	if first, last := doc.Blocks[0], doc.Blocks[len(doc.Blocks)-1]; first.Page != 1 || last.Page != 2 {
		t.Errorf("the blocks stand on the pages %d to %d", first.Page, last.Page)
	}
}

// TestCache holds that a page that is kept is not recognised again, and that another page is.
func TestCache(t *testing.T) {
	e := engine(t)
	kept := map[[32]byte]*Page{}
	made := 0
	e.Cache = func(key [32]byte, recognise func() (*Page, error)) (*Page, error) {
		if kept[key] == nil {
			p, err := recognise()
			if err != nil {
				return nil, err
			}
			made++
			kept[key] = p
		}
		return kept[key], nil
	}
	a, b := pngOf(t, sheet(t, letterLines[:2]...)), pngOf(t, sheet(t, letterLines[1:3]...))
	for _, data := range [][]byte{a, a, b, a} {
		if _, err := e.Image(context.Background(), data); err != nil {
			t.Fatal(err)
		}
	}
	if made != 2 {
		t.Errorf("%d pages were recognised, want 2", made)
	}
}

// TestNoPicture holds that what is no picture is refused with a reason, and bombs before they are unpacked.
func TestNoPicture(t *testing.T) {
	e := &Engine{}
	bomb := tiffOf(binary.LittleEndian, image.NewGray(image.Rect(0, 0, 20, 20)))
	at := bytes.Index(bomb, []byte{0, 1, 4, 0})
	binary.LittleEndian.PutUint32(bomb[at+8:], 1<<30)
	loop := tiffOf(binary.LittleEndian, image.NewGray(image.Rect(0, 0, 20, 20)))
	copy(loop[len(loop)-4:], loop[4:8]) // the next page is this one
	for _, test := range []struct {
		name string
		data []byte
		want error
	}{
		{"empty png", []byte("\x89PNG\r\n\x1a\n"), errPicture},
		{"half a png", pngOf(t, sheet(t))[:900], errPicture},
		{"no page", []byte("II*\x00\x00\x00\x00\x00"), errPicture},
		{"huge", bomb, errDots},
		{"dots", pngOf(t, image.NewGray(image.Rect(0, 0, 4, 4))), errDots},
	} {
		if doc, err := e.Image(context.Background(), test.data); !errors.Is(err, test.want) || doc != nil {
			t.Errorf("%s: error %v, want %v", test.name, err, test.want)
		}
	}
	if n, err := Pages(loop); n != 1 || err != nil {
		t.Errorf("a loop of pages has %d, error %v", n, err)
	}
}

// TestMissing holds that missing programs are named, with what to install.
func TestMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := New()
	if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "tesseract-ocr-vie") || !strings.Contains(err.Error(), "no pdftoppm") {
		t.Errorf("error %v", err)
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than one line", err)
	}
}

// TestProgramLimits holds that a program which writes or runs without end is ended, and says so.
func TestProgramLimits(t *testing.T) {
	dir := t.TempDir()
	script := func(name, body string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		return path
	}
	_, err := job{program: script("endless", "while :; do echo words; done"), cpu: recogniseCPU, output: 1 << 10}.run(context.Background())
	if !errors.Is(err, errOutput) {
		t.Errorf("endless output: error %v, want %v", err, errOutput)
	}
	if _, err = (job{program: script("busy", "while :; do :; done"), cpu: 1e9, output: 1 << 10}).run(context.Background()); err == nil {
		t.Error("a program that runs without end ended well")
	}
	_, err = job{program: script("fails", "echo it broke >&2; exit 3"), cpu: 1e9, output: 1 << 10}.run(context.Background())
	if err == nil || !strings.Contains(err.Error(), "fails: exit status 3 it broke") {
		t.Errorf("a failure: error %v", err)
	}
	f, err := keep([]byte("from a file"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, err := job{program: script("reads", "cat - /dev/fd/3"), stdin: []byte("in, "), file: f, cpu: 1e9, output: 1 << 10}.run(context.Background())
	if err != nil || string(out) != "in, from a file" {
		t.Errorf("output %q, error %v", out, err)
	}
}

// TestStraighten holds that the angle of a page is found to a twentieth of a degree.
func TestStraighten(t *testing.T) {
	page := redOf(sheet(t, strings.Split(strings.Repeat(strings.Join(letterLines, "\n")+"\n", 4), "\n")...))
	for _, angle := range []float64{-4, -1.5, -0.3, 0, 0.2, 1, 3.7} {
		p := newPicture(rotate(page, -angle), 72.0/Resolution)
		if _, got := p.cells(p.threshold()).sharpest(); math.Abs(got-angle) > 0.05 {
			t.Errorf("a page askew by %v is taken to lie askew by %v", angle, got)
		}
	}
}

// BenchmarkPage is what a page costs beside tesseract.
func BenchmarkPage(b *testing.B) {
	page := redOf(sheet(b, strings.Split(strings.Repeat(strings.Join(letterLines, "\n")+"\n", 6), "\n")...))
	askew := rotate(page, 1)
	for b.Loop() {
		p := newPicture(askew, 72.0/Resolution)
		p.straighten()
		p.prepare()
	}
}
