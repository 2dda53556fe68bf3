package structure

import (
	"strings"

	"kehoach/plan"
)

// taskColumns are the columns of a table of tasks, by their heads.
type taskColumns struct {
	task  int       // the column of tasks
	field []field   // of every column
	leads bool      // there is a column of who leads
	unit  []float64 // đồng of one, of each column of money; nil or 0 where no head names it
}

// maxHead is the longest head of a column, in folded bytes.
const maxHead = 90

// findTables reads the heads of every table of tasks, for the steps that read its rows.
func findTables(s *state) {
	var before *taskColumns // of the table above, which ended behind line behind
	behind := 0
	for i := 0; i < len(s.lines); i++ {
		if !s.lines[i].isRow() {
			continue
		}
		if s.tables == nil {
			s.tables = make([]*taskColumns, len(s.lines))
			s.heads = make([]bool, len(s.lines))
		}
		end := i
		for end < len(s.lines) && s.lines[end].isRow() {
			end++
		}
		if before != nil && (i-behind > maxBetween || !s.goesOn(before, zone{i, end})) {
			before = nil
		}
		before, behind = s.findColumns(before, zone{i, end}), end
		i = end - 1
	}
}

// maxBetween is how many lines may part a table from its second half, which a page break left without heads.
const maxBetween = 4

// findColumns gives each row of a zone the columns of its table, and gives those at its end.
func (s *state) findColumns(c *taskColumns, z zone) *taskColumns {
	for i := z.from; i < z.to; i++ {
		if found, n := s.readColumns(zone{i, z.to}); found != nil {
			c = found
			for ; n > 0; n-- {
				s.tables[i], s.heads[i] = c, true
				i++
			}
			i--
			continue
		}
		if c != nil && s.otherHeads(i) {
			c = nil
		}
		if c == nil || len(s.lines[i].cells) > len(c.field) {
			continue
		}
		s.tables[i], s.heads[i] = c, isNumberRow(&s.lines[i])
	}
	return c
}

// goesOn reports whether the rows of a zone go on with a table above that ended: they have its columns, no heads of
// their own, and bodies where its bodies stand.
func (s *state) goesOn(c *taskColumns, z zone) bool {
	named, other := 0, 0
	for i := z.from; i < min(z.to, z.from+40); i++ {
		l := &s.lines[i]
		if i < z.from+3 && (len(l.cells) > len(c.field) || l.style == plan.HeadRow) {
			return false
		}
		for k := range l.cells {
			if k >= len(c.field) || c.field[k] != leadField && c.field[k] != supportField || l.cells[k].Len() == 0 {
				continue
			}
			if w := s.wordsOf(l.cells[k]).trim("*_-"); isBodyAnyCase(w.text, w.fold) {
				named++
			} else {
				other++
			}
		}
	}
	return named > other
}

// columnsAt are the columns of the table of tasks that the row at line i belongs to, or nil; head says that the row
// only names or numbers them.
func (s *state) columnsAt(i int) (c *taskColumns, head bool) {
	if s.tables == nil {
		return nil, false
	}
	return s.tables[i], s.heads[i]
}

// of are the columns of a field.
func (c *taskColumns) of(f field) []int {
	var out []int
	for i, g := range c.field {
		if g == f {
			out = append(out, i)
		}
	}
	return out
}

// readColumns reads the heads at the first rows of a zone; nil where they are no heads of a table of tasks: those
// name a column of tasks, and one of bodies or of terms. Heads may stand on two rows ("Cơ quan thực hiện" over "Chủ
// trì | Phối hợp"); n is how many were read.
func (s *state) readColumns(z zone) (c *taskColumns, n int) {
	names := headNames(&s.lines[z.from])
	if names == nil || !namesField(names) || holdsData(&s.lines[z.from], names) {
		return nil, 0
	}
	if z.from+1 < z.to {
		if both := underHeads(names, headNames(&s.lines[z.from+1])); both != nil {
			if c := s.columnsOf(both, zone{z.from + 2, z.to}); c != nil {
				c.measure(&s.lines[z.from], &s.lines[z.from+1])
				return c, 2
			}
		}
	}
	if c = s.columnsOf(names, zone{z.from + 1, z.to}); c != nil {
		c.measure(&s.lines[z.from])
	}
	return c, 1
}

// otherHeads reports whether a row holds the heads of a table that is none of tasks.
func (s *state) otherHeads(i int) bool {
	l := &s.lines[i]
	if isNumberRow(l) {
		return false
	}
	names := headNames(l)
	return names != nil && (l.style == plan.HeadRow || len(names) > 2 && namesField(names)) && !holdsData(l, names)
}

// holdsData reports whether a row is no row of heads: a cell of it is a number, or names a body.
func holdsData(l *line, names []string) bool {
	for i, name := range names {
		if name == "" {
			continue
		}
		if strings.Trim(name, "0123456789./-") == "" {
			return true
		}
		text := l.from(l.cells[i].Start)[:l.cells[i].Len()]
		if fold := foldOf(text); fieldOf(name) == noField && !weakLeads[name] && isBody(text, fold) {
			return true
		}
	}
	return false
}

// namesField reports whether two cells at least are heads of fields: a quick test that most rows fail.
func namesField(names []string) bool {
	n := 0
	for _, name := range names {
		if len(name) < 60 && (fieldOf(name) != noField || weakLeads[name]) {
			n++
		}
	}
	return n > 1
}

// measure sets the unit of each column of money, by the heads above it.
func (c *taskColumns) measure(heads ...*line) {
	for _, l := range heads {
		over := 0.0
		for i := range l.cells {
			if l.cells[i].Len() > 0 {
				over = unitIn(foldOf(l.from(l.cells[i].Start)[:l.cells[i].Len()]))
			}
			if i < len(c.field) && c.field[i] == moneyField && over > 0 {
				if c.unit == nil {
					c.unit = make([]float64, len(c.field))
				}
				c.unit[i] = over
			}
		}
	}
}

// headNames are the folded words of a row's cells without what stands in brackets; nil where a cell is too long for
// a head.
func headNames(l *line) []string {
	names := make([]string, len(l.cells))
	for i := range l.cells {
		if l.cells[i].Len() > 2*maxHead {
			return nil
		}
		name := strings.Trim(foldOf(l.from(l.cells[i].Start)[:l.cells[i].Len()]), " .:*")
		if at := strings.IndexByte(name, '('); at > 0 {
			name = strings.TrimSpace(name[:at])
		}
		if len(name) > maxHead {
			return nil
		}
		names[i] = strings.ReplaceAll(strings.ReplaceAll(name, " /", "/"), "/ ", "/")
	}
	return names
}

// underHeads joins the heads of two rows: a head below stands for the one above it, which may reach over several.
// It is nil where the second row holds no heads.
func underHeads(above, below []string) []string {
	if len(below) == 0 || len(below) > len(above) {
		return nil
	}
	out := append([]string(nil), above...)
	over, heads := "", 0
	for i, name := range below {
		if above[i] != "" {
			over = above[i]
		}
		if name == "" || name == above[i] {
			continue
		}
		f, upper := fieldOf(name), fieldOf(over)
		switch {
		case f != noField && f != taskField && f != ordinalField:
			out[i] = name
		case upper == moneyField && len(name) < 40 && !hasDigit(name):
			out[i] = over
		default:
			return nil
		}
		heads++
	}
	if heads == 0 {
		return nil
	}
	return out
}

// columnsOf gives each column its field by its head, nil where they are no heads of a table of tasks. The rows below
// decide whether a column "Đơn vị" names bodies or units of measure.
func (s *state) columnsOf(names []string, below zone) *taskColumns {
	c := &taskColumns{task: -1, field: make([]field, len(names))}
	best, weak, terms, support := 0, -1, false, false
	for i, name := range names {
		f := fieldOf(name)
		c.field[i] = f
		switch f {
		case leadField:
			c.leads = true
		case supportField:
			support = true
		case timeField, outputField:
			terms = true
		case taskField:
			if rank := taskRank(name); rank > best {
				best, c.task = rank, i
			}
		case noField, otherField:
			if weak < 0 && weakLeads[name] {
				weak = i
			}
		}
	}
	if c.task < 0 {
		return nil
	}
	if !c.leads && weak >= 0 && s.holdsBodies(below, weak) {
		c.field[weak], c.leads = leadField, true
	}
	if !c.leads && !support && !terms {
		return nil
	}
	return c
}

// weakLeads are heads of a column of bodies that may also mean something else, folded.
var weakLeads = map[string]bool{"don vi": true, "co quan": true, "co quan, don vi": true, "don vi, co quan": true, "co quan/don vi": true, "ten don vi": true, "ten co quan": true,
	"dia phuong": true, "don vi, dia phuong": true, "so, nganh": true, "so, ban, nganh": true, "bo, nganh": true, "phong, don vi": true, "co quan, to chuc": true, "to chuc": true,
	"bo, nganh, dia phuong": true, "so, nganh, dia phuong": true, "ten co quan, don vi": true, "phong, ban": true}

// holdsBodies reports whether the first filled cells of a column name bodies.
func (s *state) holdsBodies(z zone, column int) bool {
	for i := z.from; i < min(z.to, z.from+8); i++ {
		l := &s.lines[i]
		if column >= len(l.cells) || isNumberRow(l) {
			continue
		}
		if w := s.wordsOf(l.cells[column]).trim("*_-"); w.fold != "" {
			return isBodyAnyCase(w.text, w.fold)
		}
	}
	return false
}

// taskRank says how surely a head of the field task names the column of tasks, where a table has several: "Nội dung"
// beside "Nhiệm vụ cụ thể" is a part or a field of work.
func taskRank(name string) int {
	rank := 1
	if strings.Contains(name, "nhom") || strings.Contains(name, "linh vuc") {
		return rank
	}
	for i, w := range []string{"muc tieu", "giai phap", "noi dung", "hoat dong", "nhiem vu", "cong viec", "cu the"} {
		if strings.Contains(name, w) {
			rank = i + 2
		}
	}
	return rank
}

// fieldOf is the field that a folded head or label names: by the table of fields, or by the words in it.
func fieldOf(name string) field {
	if f, ok := fieldNames[name]; ok || name == "" {
		return f
	}
	has := func(list ...string) bool {
		for _, w := range list {
			if _, ok := hasWord(name, w); ok {
				return true
			}
		}
		return false
	}
	opens := func(list ...string) bool {
		for _, w := range list {
			if opensWith(name, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("lanh dao", "nguoi", "can bo", "dong chi", "chuyen vien", "so dien thoai"):
		return otherField
	case opens("kinh phi", "du toan", "nguon von", "nguon kinh phi", "tong kinh phi", "tong muc", "nhu cau kinh phi", "von", "thanh tien", "tong nhu cau"):
		return moneyField
	case opens("ket qua", "san pham", "dau ra", "yeu cau san pham", "yeu cau ket qua", "du kien ket qua", "du kien san pham") && !has("nam truoc", "dat duoc nam", "thuc hien nam"):
		return outputField
	case has("chu tri", "dau moi", "soan thao", "chiu trach nhiem"):
		return leadField
	case has("phoi hop") || has("tham gia") && has("don vi", "co quan"):
		return supportField
	case has("thoi gian", "thoi han", "tien do", "han hoan thanh", "lo trinh", "thoi diem", "moc thoi gian", "ky han") || opens("hoan thanh", "ngay hoan thanh", "han", "ket thuc", "thang hoan thanh"):
		if has("bat dau") && !has("ket thuc") {
			return otherField
		}
		return timeField
	case opens("bat dau"):
		return otherField
	case has("don vi", "co quan", "phong", "to chuc", "dia phuong", "bo", "so", "nganh", "cap") && has("thuc hien", "trien khai", "phu trach", "tham muu", "chu quan", "duoc giao", "theo doi", "chu dau tu"), opens("chu dau tu", "phan cong", "giao nhiem vu cho"):
		return leadField
	case opens("nhiem vu", "noi dung", "cong viec", "hoat dong", "hang muc", "giai phap", "ten nhiem vu", "ten de an", "ten chuong trinh", "ten van ban", "ten du an", "danh muc", "dau viec",
		"phan viec", "nhom nhiem vu", "viec", "cac nhiem vu", "cac noi dung", "cac hoat dong", "cac cong viec", "ten cong viec", "ten hoat dong", "ten nhiem vu", "chuyen de", "de an", "mo hinh"):
		return taskField
	}
	return noField
}
