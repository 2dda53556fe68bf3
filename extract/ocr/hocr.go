package ocr

import (
	"html"
	"strconv"
	"strings"
)

// readHOCR reads the words from what tesseract writes:
//
//	<span class='ocr_line' … title="bbox 857 216 1333 258; baseline -0.013 -8; x_size 37; …">
//	 <span class='ocrx_word' … title='bbox 857 221 920 258; x_wconf 95'>Độc</span>
//
// A baseline is a slope and a height from the lower left corner of its line.
func readHOCR(s string) []word {
	var out []word
	var line box
	var slope, rise, size float64
	n := -1
	_, spans, _ := strings.Cut(s, "<span class='ocr")
	for part := range strings.SplitSeq(spans, "<span class='ocr") {
		title := titleOf(part)
		at, ok := boxOf(title["bbox"])
		if !ok {
			continue
		}
		if !strings.HasPrefix(part, "x_word") {
			line, slope, rise, size = at, 0, 0, float64(at.h())
			if f := strings.Fields(title["baseline"]); len(f) == 2 {
				slope, rise = number(f[0]), number(f[1])
			}
			if x := number(title["x_size"]); x > 0 {
				size = x
			}
			n++
			continue
		}
		_, rest, _ := strings.Cut(part, ">")
		text, _, _ := strings.Cut(rest, "</span>")
		text = strings.TrimSpace(html.UnescapeString(stripTags(text)))
		if text == "" || at.w() <= 0 || at.h() <= 0 {
			continue
		}
		middle := float64(at.x0+at.x1) / 2
		out = append(out, word{box: at, text: text, conf: float32(number(title["x_wconf"]) / 100), line: n,
			base: float32(float64(line.y1) + rise + slope*(middle-float64(line.x0))), size: float32(size)})
	}
	return out
}

// titleOf gives the properties of a tag's title by name.
func titleOf(tag string) map[string]string {
	_, rest, ok := strings.Cut(tag, "title=")
	if !ok || rest == "" {
		return nil
	}
	value, _, _ := strings.Cut(rest[1:], rest[:1])
	out := map[string]string{}
	for property := range strings.SplitSeq(value, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(property), " ")
		out[name] = value
	}
	return out
}

func boxOf(s string) (b box, ok bool) {
	f := strings.Fields(s)
	if len(f) != 4 {
		return b, false
	}
	for i, to := range []*int{&b.x0, &b.y0, &b.x1, &b.y1} {
		n, err := strconv.Atoi(f[i])
		if err != nil || n < 0 || n > 1<<20 {
			return b, false
		}
		*to = n
	}
	return b, true
}

func number(s string) float64 {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != f || f > 1e6 || f < -1e6 {
		return 0
	}
	return f
}

// stripTags takes out the tags <strong> and <em>.
func stripTags(s string) string {
	for {
		before, rest, ok := strings.Cut(s, "<")
		if !ok {
			return s
		}
		_, after, _ := strings.Cut(rest, ">")
		s = before + after
	}
}
