package ocr

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"strconv"

	_ "golang.org/x/image/tiff"
)

// The bounds of pictures.
const (
	longSide    = 2339      // of a page in dots: an A4 page at Resolution
	mostDots    = 100 << 20 // of a picture that is read
	mostPixels  = 12 << 20  // of a picture that is recognised
	mostTIFF    = 2000      // pages
	fewestDots  = 16        // of a side
	paperInches = 11.69     // the long side of a page whose picture does not say how large it is
)

var (
	errPicture = errors.New("it is no picture that can be read")
	errDots    = errors.New("the picture is too large")
)

// picture is a page on its way to recognition: 0 is black.
type picture struct {
	*image.Gray
	scale   float32 // points a dot
	twoTone bool    // it was scanned in black and white
}

// newPicture makes a picture of what was decoded.
func newPicture(g *image.Gray, scale float32) *picture {
	p := &picture{Gray: g, scale: scale}
	grey := 0
	for y := 0; y < g.Rect.Dy(); y += 2 {
		for _, v := range p.row(y) {
			if v > 16 && v < 240 {
				grey++
			}
		}
	}
	p.twoTone = grey*100 < g.Rect.Dx()*g.Rect.Dy()/2
	return p
}

func (p *picture) clone() *picture {
	q := *p
	q.Gray = &image.Gray{Pix: bytes.Clone(p.Pix), Stride: p.Stride, Rect: p.Rect}
	return &q
}

func (p *picture) row(y int) []byte { return p.Pix[y*p.Stride : y*p.Stride+p.Rect.Dx()] }

// width and height are those of the page in points.
func (p *picture) width() float32  { return float32(p.Rect.Dx()) * p.scale }
func (p *picture) height() float32 { return float32(p.Rect.Dy()) * p.scale }

// render has a page of a PDF painted, without the stamps that signing programs lay over it: these are no part of a
// scanned document. Pages larger than A3 are painted at a lower resolution.
func (e *Engine) render(ctx context.Context, file *os.File, page int) (*picture, error) {
	e.alive(stepTime)
	n := strconv.Itoa(page)
	args := []string{"-r", strconv.Itoa(Resolution), "-hide-annotations", "-f", n, "-l", n, "-singlefile", "/dev/fd/3"}
	out, err := job{program: e.programs.pdftoppm, args: args, file: file, cpu: renderCPU, output: 3*mostPixels + 64}.run(ctx)
	scale := float32(72) / Resolution
	if errors.Is(err, errOutput) {
		args = append([]string{"-scale-to", strconv.Itoa(longSide)}, args[2:]...)
		out, err = job{program: e.programs.pdftoppm, args: args, file: file, cpu: renderCPU, output: 3*mostPixels + 64}.run(ctx)
	}
	if err != nil {
		return nil, err
	}
	return decodePPM(out, scale)
}

// decodePPM takes the red channel of a picture as pdftoppm writes it.
func decodePPM(data []byte, scale float32) (*picture, error) {
	var w, h, most int
	if n, err := fmt.Sscanf(string(data[:min(len(data), 64)]), "P6\n%d %d\n%d\n", &w, &h, &most); n != 3 || err != nil || most != 255 {
		return nil, errPicture
	}
	if w < fewestDots || h < fewestDots || w*h > mostPixels {
		return nil, errDots
	}
	head := len(fmt.Sprintf("P6\n%d %d\n%d\n", w, h, most))
	if len(data) != head+3*w*h {
		return nil, errPicture
	}
	g := image.NewGray(image.Rect(0, 0, w, h))
	for i := range g.Pix {
		g.Pix[i] = data[head+3*i]
	}
	return newPicture(g, scale), nil
}

// Pages is the number of pages of a picture, told without the programs that recognise them.
func Pages(data []byte) (int, error) {
	if order := tiffOrder(data); order != nil {
		n := len(tiffPages(data, order))
		if n == 0 {
			return 0, errPicture
		}
		return n, nil
	}
	if _, _, err := image.DecodeConfig(bytes.NewReader(data)); err != nil {
		return 0, fmt.Errorf("%w: %w", errPicture, err)
	}
	return 1, nil
}

// decodePicture reads page n of a picture, from 1, and brings it to Resolution.
func decodePicture(data []byte, n int) (*picture, error) {
	if order := tiffOrder(data); order != nil {
		at := tiffPages(data, order)
		if n > len(at) {
			return nil, errPicture
		}
		// The page asked for becomes the first: the decoder reads no other.
		data = bytes.Clone(data)
		order.PutUint32(data[4:], at[n-1])
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPicture, err)
	}
	if c.Width < fewestDots || c.Height < fewestDots || c.Width > mostDots/c.Height {
		return nil, errDots
	}
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPicture, err)
	}
	g := redOf(m)
	// Few pictures say how large the paper was: a page is taken to be as long as A4.
	long := max(g.Rect.Dx(), g.Rect.Dy())
	if long < longSide*3/4 || long > longSide*5/4 {
		g = resize(g, float64(longSide)/float64(long))
		long = max(g.Rect.Dx(), g.Rect.Dy())
	}
	return newPicture(g, paperInches*72/float32(long)), nil
}

// redOf takes the red channel of a picture; what is transparent is white.
func redOf(m image.Image) *image.Gray {
	b := m.Bounds()
	g := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	switch m := m.(type) {
	case *image.Gray:
		for y := range b.Dy() {
			copy(g.Pix[y*g.Stride:][:b.Dx()], m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
		}
		return g
	case *image.YCbCr:
		for y := range b.Dy() {
			for x := range b.Dx() {
				i, j := m.YOffset(b.Min.X+x, b.Min.Y+y), m.COffset(b.Min.X+x, b.Min.Y+y)
				r, _, _ := color.YCbCrToRGB(m.Y[i], m.Cb[j], m.Cr[j])
				g.Pix[y*g.Stride+x] = r
			}
		}
		return g
	}
	for y := range b.Dy() {
		for x := range b.Dx() {
			r, _, _, a := m.At(b.Min.X+x, b.Min.Y+y).RGBA()
			g.Pix[y*g.Stride+x] = byte((r + 0xFFFF - a) >> 8)
		}
	}
	return g
}

// resize changes the size of a picture: each dot is the mean of those it stands for, or lies between its neighbours.
func resize(g *image.Gray, by float64) *image.Gray {
	w, h := max(1, int(float64(g.Rect.Dx())*by)), max(1, int(float64(g.Rect.Dy())*by))
	out := image.NewGray(image.Rect(0, 0, w, h))
	step := 1 / by
	for y := range h {
		y0 := float64(y) * step
		for x := range w {
			x0 := float64(x) * step
			if by >= 1 {
				out.Pix[y*out.Stride+x] = between(g, x0, y0)
				continue
			}
			sum, n := 0, 0
			for v := int(y0); v < min(int(y0+step+0.5), g.Rect.Dy()); v++ {
				for u := int(x0); u < min(int(x0+step+0.5), g.Rect.Dx()); u++ {
					sum, n = sum+int(g.Pix[v*g.Stride+u]), n+1
				}
			}
			if n > 0 {
				out.Pix[y*out.Stride+x] = byte(sum / n)
			}
		}
	}
	return out
}

// between is the shade at a place between dots; outside it is white.
func between(g *image.Gray, x, y float64) byte {
	if x < 0 || y < 0 || x > float64(g.Rect.Dx()-1) || y > float64(g.Rect.Dy()-1) {
		return 255
	}
	u, v := int(x), int(y)
	fx, fy := int((x-float64(u))*256), int((y-float64(v))*256)
	at := v*g.Stride + u
	right, down := 1, g.Stride
	if u+1 >= g.Rect.Dx() {
		right = 0
	}
	if v+1 >= g.Rect.Dy() {
		down = 0
	}
	top := int(g.Pix[at])*(256-fx) + int(g.Pix[at+right])*fx
	low := int(g.Pix[at+down])*(256-fx) + int(g.Pix[at+down+right])*fx
	return byte((top*(256-fy) + low*fy) >> 16)
}

// tiffOrder is the order of bytes of a TIFF file, nil where it is none.
func tiffOrder(data []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(data, []byte("II*\x00")):
		return binary.LittleEndian
	case bytes.HasPrefix(data, []byte("MM\x00*")):
		return binary.BigEndian
	}
	return nil
}

// tiffPages lists where the directories of the pages of a TIFF file begin. Loops end.
func tiffPages(data []byte, order binary.ByteOrder) []uint32 {
	var out []uint32
	seen := map[uint32]bool{}
	for at := 4; at+4 <= len(data) && len(out) < mostTIFF; {
		next := order.Uint32(data[at:])
		if next == 0 || int64(next)+2 > int64(len(data)) || seen[next] {
			break
		}
		seen[next] = true
		out = append(out, next)
		at = int(next) + 2 + 12*int(order.Uint16(data[next:]))
	}
	return out
}
