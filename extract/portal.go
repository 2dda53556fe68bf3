package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kehoach/normalize"
	"kehoach/plan"
)

// A law portal prints its own data beside a document (Số hiệu, Ngày ban hành, Người ký …), its menus around it
// and its imprint below; and it may cut the document. None of that is the document's text. The data goes to
// Document.Portal, the rest becomes furniture.

// portalNames are the names of a portal's fields, folded. Those that are true are proof of a data block.
var portalNames = map[string]bool{
	"so hieu": true, "so ky hieu": true, "so, ky hieu": true, "so/ky hieu": true, "so van ban": true, "so hieu van ban": true, "so ky hieu van ban": true,
	"loai van ban": true, "hinh thuc van ban": true, "the loai": true, "co quan ban hanh": true, "noi ban hanh": true,
	"don vi ban hanh": true, "co quan ban hanh/ chuc danh/ nguoi ky": true, "nguoi ky": true, "nguoi ky duyet": true, "nguoi ky van ban": true, "ngay ban hanh": true, "ngay ky": true, "ngay van ban": true,
	"ngay hieu luc": true, "ngay co hieu luc": true, "ngay het hieu luc": true, "tinh trang hieu luc": true, "trich yeu": true,
	"trich yeu noi dung": true, "trich yeu van ban": true, "noi dung trich yeu": true, "don vi soan thao": false, "co quan soan thao": false, "chuc vu": false, "chuc danh": false, "chuc vu nguoi ky": false, "ngay cong bao": false, "ngay dang cong bao": false,
	"so cong bao": false, "nguon thu thap": false, "linh vuc": false, "linh vuc, nganh": false, "nganh": false, "tinh trang": false,
	"hieu luc": false, "trang thai": false, "pham vi": false, "ngay cap nhat": false, "ngay dang": false, "tep dinh kem": false,
	"file dinh kem": false, "tai lieu dinh kem": false, "tai lieu kem theo": false, "ten van ban": false, "tieu de": false, "ngon ngu": false,
	"nam ban hanh": false, "luot xem": false, "luot tai": false, "da biet": false, "so trang": false, "ap dung": false, "ngay nhap": false, "do mat": false,
}

// portalWords are whole lines of a portal's buttons and tabs, folded.
var portalWords = map[string]bool{
	"trang chu": true, "tai ve": true, "tai van ban": true, "tai file": true, "tai xuong": true, "download": true, "in": true, "in trang": true,
	"in van ban": true, "chia se": true, "noi dung": true, "toan van": true, "tom tat": true, "noi dung toan van": true, "van ban goc": true,
	"luoc do": true, "thuoc tinh": true, "thong tin van ban": true, "thuoc tinh van ban": true, "van ban lien quan": true,
	"lien quan noi dung": true, "lien quan hieu luc": true, "ban dich": true, "tieng anh": true, "tieng viet": true, "ban pdf": true, "van ban pdf": true,
	"xem chi tiet": true, "theo doi van ban": true, "luu tru": true, "luu van ban": true, "ghi chu": true, "y kien": true, "gop y": true, "facebook": true,
	"zalo": true, "twitter": true, "email": true, "gui email": true, "quay lai": true, "len dau trang": true, "dau trang": true, "muc luc": true,
	"dang nhap": true, "dang ky": true, "tim kiem": true, "hoi dap": true, "lien he": true, "bai lien quan": true, "tin lien quan": true, "tin moi": true,
	"van ban moi": true, "van ban cung linh vuc": true, "van ban cung co quan": true, "bao loi": true, "nghe doc van ban": true, "an": true, "mo rong": true,
}

// dataReach is how many blocks at each end of the text are searched for a portal's data.
const dataReach = 150

// takePortal takes out a portal's own lines.
func takePortal(doc *plan.Document) {
	if run := findData(doc.Blocks); run.names >= 3 && run.proofs >= 2 {
		doc.Portal = append(doc.Portal, run.fields...)
		for i := run.from; i < run.to; i++ {
			doc.Blocks[i].Style = plan.Furniture
		}
		takeAround(doc, run)
		takeOthers(doc)
	}
	takeAsides(doc)
	takeCut(doc)
	takeImprint(doc)
	takePrinted(doc)
	takeOffers(doc)
}

// dataRun is a run of a portal's fields.
type dataRun struct {
	from, to      int // blocks
	names, proofs int // different names; those that are proof
	fields        []plan.Field
}

// findData is the run with the most names among the blocks near both ends of the text, furniture included.
func findData(blocks []plan.Block) (best dataRun) {
	for i := 0; i < len(blocks); i++ {
		if i > dataReach && i < len(blocks)-dataReach && blocks[i].Style != plan.Furniture {
			continue
		}
		if fieldOf(&blocks[i]) == nil {
			continue
		}
		run := readData(blocks, i)
		if run.names > best.names {
			best = run
		}
		i = run.to - 1
	}
	return best
}

// readData reads the fields from block i on. A name alone has its value in the next block. The run ends at a name
// that was there before: the next document of a list.
func readData(blocks []plan.Block, i int) dataRun {
	run := dataRun{from: i}
	seen := map[string]bool{}
	for i < len(blocks) {
		if blocks[i].Text == "" && blocks[i].Cells == nil {
			i++
			continue
		}
		fields := fieldOf(&blocks[i])
		if fields == nil {
			break
		}
		for _, f := range fields {
			name := normalize.Fold(f.Name)
			if seen[name] {
				return run
			}
			seen[name] = true
			run.names++
			if portalNames[name] {
				run.proofs++
			}
		}
		i++
		if last := &fields[len(fields)-1]; last.Value == "" && i < len(blocks) && isValue(last.Name, blocks[i:]) {
			last.Value = known(strings.TrimSpace(strings.TrimPrefix(blocks[i].Text, ":")))
			i++
		}
		run.fields = append(run.fields, fields...)
		run.to = i
	}
	return run
}

// isValue reports whether the first of the blocks is the value of the name before it, and not the letterhead.
func isValue(name string, blocks []plan.Block) bool {
	b := &blocks[0]
	if len(b.Text) >= 400 || isRow(b) || fieldOf(b) != nil {
		return false
	}
	if isStart(b) && !(strings.HasPrefix(fold(name), "ngay") && isDateLine(fold(b.Text))) {
		return false
	}
	if isCapitals(b.Text) && !strings.ContainsAny(b.Text, "0123456789") {
		return len(blocks) > 1 && fieldOf(&blocks[1]) != nil
	}
	return true
}

// fieldOf reads the fields that a block holds: "Số hiệu: 45/KH-UBND", "Số hiệu 45/KH-UBND", or cells by pairs.
func fieldOf(b *plan.Block) []plan.Field {
	if isRow(b) || b.Cells != nil {
		return fieldsOfCells(b.Cells)
	}
	text := strings.TrimLeft(b.Text, "-•*+ ")
	if len(text) > 1500 || len(text) < 4 {
		return nil
	}
	name, value, ok := cutField(text)
	if !ok {
		return nil
	}
	return []plan.Field{{Name: name, Value: value}}
}

// fieldsOfCells reads cells that are names and values in turn; every second one must be a name.
func fieldsOfCells(cells []string) []plan.Field {
	var fields []plan.Field
	if len(cells) == 1 {
		if name, value, ok := cutField(cells[0]); ok {
			return []plan.Field{{Name: name, Value: value}}
		}
		return nil
	}
	for i := 0; i < len(cells); i += 2 {
		if cells[i] == "" && i > 0 {
			continue
		}
		name, rest, ok := cutField(cells[i])
		if !ok || i+1 < len(cells) && rest != "" {
			return nil
		}
		if i+1 < len(cells) {
			rest = known(strings.TrimSpace(strings.ReplaceAll(cells[i+1], "\n", " ")))
		}
		fields = append(fields, plan.Field{Name: name, Value: rest})
	}
	return fields
}

// longestName is the longest name of a field, in letters; firstLetters are those that a name begins with.
var longestName, firstLetters = func() (n int, first [128]bool) {
	for name := range portalNames {
		n = max(n, len(name))
		first[name[0]] = true
	}
	return n, first
}()

// cutField parts the name of a field from its value: at a colon, or behind the longest known name.
func cutField(s string) (name, value string, ok bool) {
	if r, _ := utf8.DecodeRuneInString(s); r == utf8.RuneError || normalize.FoldRune(r) >= 128 || !firstLetters[normalize.FoldRune(r)] {
		return "", "", false
	}
	s = strings.ReplaceAll(s, "\n", " ")
	ends := make([]int, 0, longestName+1) // where each letter of the head of s ends
	for i, r := range s {
		ends = append(ends, i+utf8.RuneLen(r))
		if len(ends) > longestName {
			break
		}
	}
	if len(ends) == 0 {
		return "", "", false
	}
	head := normalize.Fold(s[:ends[len(ends)-1]]) // as many letters, all ASCII in a name
	for n := min(len(ends), len(head)); n >= 4; n-- {
		rest := s[ends[n-1]:]
		if _, ok := portalNames[head[:n]]; !ok || rest != "" && rest[0] != ' ' && rest[0] != ':' {
			continue
		}
		rest = strings.TrimLeft(rest, " ")
		value, colon := strings.CutPrefix(rest, ":")
		value = strings.TrimSpace(value)
		if !colon && value != "" && !startsValue(value) {
			return "", "", false
		}
		return s[:ends[n-1]], known(value), true
	}
	return "", "", false
}

// known is a value, or "" where the portal says that it has none.
func known(value string) string {
	switch strings.Trim(normalize.Fold(value), " .…") {
	case "dang cap nhat", "da biet", "du lieu dang cap nhat", "chua xac dinh", "khong xac dinh", "-":
		return ""
	}
	return value
}

// startsValue reports whether words behind a name without a colon can be its value: a number or a capital.
func startsValue(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsDigit(r) || unicode.IsUpper(r)
}

// isStart reports whether a block begins the document itself: the letterhead, the number or the type.
func isStart(b *plan.Block) bool {
	if b.Style == plan.Furniture || isRow(b) || b.Text == "" {
		return false
	}
	f := fold(b.Text)
	return isNation(f) || isTypeLine(b.Text) || isNumberLine(f) || isDateLine(f) || labelEnd(b.Text) > 0 && isCapitals(b.Text) ||
		strings.HasPrefix(f, "can cu ")
}

// takeAround takes what a portal prints around its data: the title of the page before it, buttons behind it.
func takeAround(doc *plan.Document, run dataRun) {
	blocks := doc.Blocks
	first := len(blocks)
	for i := range blocks {
		if isStart(&blocks[i]) {
			first = i
			break
		}
	}
	if run.from >= first {
		return
	}
	title := ""
	for i := range blocks[:run.from] {
		if b := &blocks[i]; b.Style != plan.Furniture {
			if len(b.Text) > len(title) && !portalWords[fold(b.Text)] {
				title = b.Text
			}
			b.Style = plan.Furniture
		}
	}
	if title != "" {
		doc.Portal = append([]plan.Field{{Name: "Tiêu đề", Value: title}}, doc.Portal...)
	}
	for i := run.to; i < len(blocks) && i < first; i++ {
		if b := &blocks[i]; b.Style != plan.Furniture && !isRow(b) && portalWords[strings.TrimRight(fold(b.Text), " :")] {
			b.Style = plan.Furniture
		}
	}
}

// takeOthers takes the fields of other documents that the portal lists behind the text.
func takeOthers(doc *plan.Document) {
	blocks := doc.Blocks
	for i := len(blocks) - 1; i >= max(0, len(blocks)-dataReach); i-- {
		b := &blocks[i]
		if b.Style == plan.Furniture {
			continue
		}
		for _, f := range fieldOf(b) {
			if portalNames[normalize.Fold(f.Name)] {
				b.Style = plan.Furniture
			}
		}
		if f := fold(b.Text); isRecipients(f) || isSigning(f) || len(b.Text) > 300 {
			return
		}
	}
}
