package structure

import (
	"strings"
	"unicode/utf8"
)

// citationTail reads what follows the number or the name of a document: its date and who issued it.
type citationTail struct {
	end    int // of the mention, in the fold
	date   day
	bad    bool // a date stands there, and is spoilt
	issuer string
}

// readTail reads ", ngày 24/6/2020 của Thủ tướng Chính phủ" from a byte of the fold on, the parts in either order.
func (r *ruler) readTail(at int) citationTail {
	t := citationTail{end: at}
	r.readTailDate(&t)
	if i := skipWord(r.line.fold, t.end, "cua"); i > 0 {
		if end := r.issuerEnd(skipBlanks(r.line.fold, i)); end > i {
			t.issuer = r.quote(skipBlanks(r.line.fold, i), end)
			t.end = end
			if t.date == (day{}) && !t.bad {
				r.readTailDate(&t)
			}
		}
	}
	return t
}

func (r *ruler) readTailDate(t *citationTail) {
	fold := r.line.fold
	i := skipBlanks(fold, t.end)
	open := i < len(fold) && fold[i] == '('
	if i < len(fold) && (fold[i] == ',' || open) {
		i++
	}
	i = skipDayWord(fold, i)
	if i == 0 {
		return
	}
	d, end, ok, bad := readDay(fold, skipBlanks(fold, i))
	if !ok {
		return
	}
	if open {
		if end >= len(fold) || fold[end] != ')' {
			return
		}
		end++
	}
	t.end, t.bad = end, bad
	if !bad {
		t.date = d
	}
}

// issuerStops are the words that go on with the title behind an issuer, folded.
var issuerStops = []string{"ve", "v/v", "phe duyet", "phe chuan", "ban hanh", "thuc hien", "quy dinh", "huong dan", "trien khai", "sua doi", "bo sung",
	"giao chi tieu", "giao ke hoach", "giao du toan", "giao nhiem vu", "giao so", "cong bo", "tong ket", "danh gia", "bao cao", "cho", "de", "tai", "tren", "theo", "la", "co", "nham", "da", "duoc", "dieu chinh", "thay the", "chi dao", "kem theo", "thanh lap",
	"kien toan", "to chuc", "nam", "ngay", "phat dong", "cu the", "hop nhat", "giai doan", "tang cuong", "day manh", "tiep tuc", "trong", "so", "nay",
	"neu", "noi tren", "gui", "yeu cau", "de nghi", "khoa", "ky hop", "cung", "do", "voi", "va cac", "tu", "den", "thong qua", "xay dung", "chuyen", "ra",
	"quan triet", "bai bo", "thi hanh", "uy quyen", "phan cong", "moi", "dong y"}

// placeWords stand before the name of a place in a body's name.
var placeWords = map[string]bool{"tinh": true, "pho": true, "huyen": true, "quan": true, "xa": true, "phuong": true, "tran": true, "tp": true, "khu": true}

// issuerEnd is the end of the name of a body that begins at a byte of the fold, or that byte where none does. A
// comma goes on with the name only inside one (Bộ Văn hóa, Thể thao và Du lịch).
func (r *ruler) issuerEnd(at int) int {
	fold := r.line.fold
	if at >= len(fold) || !r.capitalAt(at) {
		return at
	}
	end, prev := at, ""
	for n := 0; n < 18; n++ {
		i := skipBlanks(fold, end)
		if n > 0 && i == end && (i >= len(fold) || fold[i] != ',') {
			break
		}
		if i < len(fold) && fold[i] == ',' {
			if i > end || !r.commaInName(i, fold[at:end]) {
				break
			}
			i = skipBlanks(fold, i+1)
		}
		if j := dashAt(fold, i); j > i {
			if i = skipBlanks(fold, j); !r.capitalAt(min(i, len(fold))) {
				break
			}
		}
		next := wordEnd(fold, i)
		if next < len(fold) && fold[next] == '&' { // Sở TT&TT
			next = wordEnd(fold, next+1)
		}
		if next == i || n > 0 && r.stopsIssuer(i, next, prev) {
			break
		}
		if next < len(fold) && fold[next] == '.' && prev == "" && next-i <= 2 { // TP. Hà Nội
			next++
		}
		end, prev = next, fold[i:next]
		if wholeBodies[fold[at:end]] {
			break
		}
	}
	return end
}

// wholeBodies are names after which nothing goes on, folded.
var wholeBodies = map[string]bool{"chinh phu": true, "thu tuong chinh phu": true, "bo chinh tri": true, "ban bi thu": true, "van phong chinh phu": true,
	"uy ban thuong vu quoc hoi": true, "chu tich nuoc": true}

func dashAt(fold string, i int) int {
	for _, d := range []string{"-", "–"} {
		if strings.HasPrefix(fold[min(i, len(fold)):], d) {
			return i + len(d)
		}
	}
	return i
}

// stopsIssuer reports whether the word at i no longer belongs to the name of a body.
func (r *ruler) stopsIssuer(i, next int, prev string) bool {
	fold := r.line.fold
	capital := r.capitalAt(i)
	word := fold[i:next]
	for _, w := range issuerStops {
		if opensWith(fold[i:], w) && (!capital || w == "ve" || w == "phe duyet") {
			return true
		}
	}
	after := skipBlanks(fold, next)
	switch prev { // the name of a place has capitals
	case "tinh", "huyen", "pho", "tp":
		if !capital && word != "va" && word != "uy" {
			return true
		}
	}
	if word == "va" {
		return after >= len(fold) || !r.capitalAt(after) || r.namesType(after)
	}
	// "UBND tỉnh Cải thiện …": a title that begins without a word between; places have a capital on every word.
	if placeWords[prev] && capital {
		if w := wordEnd(fold, after); w > after && !r.capitalAt(after) {
			return !r.stopsIssuer(after, w, "")
		}
	}
	return false
}

// commaInName reports whether the comma at i stands inside the name of a ministry or department: a capital
// follows, and "và" with another capital before the next sign.
func (r *ruler) commaInName(i int, name string) bool {
	fold := r.line.fold
	if !opensWith(name, "bo") && !opensWith(name, "so") && !opensWith(name, "phong") && !opensWith(name, "trung tam") {
		return false
	}
	j := skipBlanks(fold, i+1)
	if j >= len(fold) || !r.capitalAt(j) || r.namesType(j) {
		return false
	}
	for n := 0; n < 6; n++ {
		next := wordEnd(fold, j)
		if next == j {
			return false
		}
		j = skipBlanks(fold, next)
		if k := skipWord(fold, j, "va"); k > 0 {
			k = skipBlanks(fold, k)
			return k < len(fold) && r.capitalAt(k) && !r.namesType(k)
		}
	}
	return false
}

// namesType reports whether a word of a document's type begins at a byte of the fold.
func (r *ruler) namesType(at int) bool {
	for _, t := range docTypes {
		if opensWith(r.line.fold[at:], t.words) {
			return true
		}
	}
	return false
}

// trimRight is the end of the fold [from, to) without blanks.
func trimRight(fold string, from, to int) int {
	for to > from {
		r, size := utf8.DecodeLastRuneInString(fold[from:to])
		if r != ' ' && r != '\t' {
			break
		}
		to -= size
	}
	return to
}
