package sample

import (
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// names is the documents, in the order of their names.
func names(t *testing.T) []string {
	t.Helper()
	list, err := fs.Glob(Files(), "*")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 14 {
		t.Fatalf("%d samples, want 14 or more", len(list))
	}
	return list
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := fs.ReadFile(Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// table reads one of the TSV files beside the documents: comments, a line of column names, rows.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var columns []string
	var rows []map[string]string
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		cells := strings.Split(line, "\t")
		if columns == nil {
			columns = cells
			continue
		}
		if len(cells) != len(columns) {
			t.Fatalf("%s:%d: %d cells, want %d", name, i+1, len(cells), len(columns))
		}
		row := map[string]string{}
		for c, column := range columns {
			row[column] = cells[c]
		}
		rows = append(rows, row)
	}
	return rows
}

func TestTraps(t *testing.T) {
	seen := map[string]bool{}
	used := map[string]bool{}
	for _, row := range table(t, "traps.tsv") {
		if seen[row["trap"]] {
			t.Errorf("%s: listed twice", row["trap"])
		}
		seen[row["trap"]] = true
		used[row["file"]] = true
		words, err := strconv.Unquote(`"` + row["words"] + `"`)
		if err != nil || words == "" {
			t.Errorf("%s: words %q: %v", row["trap"], row["words"], err)
		} else if !strings.Contains(read(t, row["file"]), words) {
			t.Errorf("%s: %s does not hold %q", row["trap"], row["file"], words)
		}
		if part, trap, ok := strings.Cut(row["part"], ": "); !ok || part == "" || trap == "" {
			t.Errorf("%s: part %q, want PART: TRAP", row["trap"], row["part"])
		}
	}
	for _, name := range names(t) {
		if !used[name] {
			t.Errorf("%s shows no trap", name)
		}
	}
}

var (
	markup   = regexp.MustCompile(`(?is)<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->`)
	breaks   = regexp.MustCompile(`(?i)</?(?:p|br|li|td|tr|h\d|div|table|ul)\b[^>]*>`)
	tags     = regexp.MustCompile(`(?s)<[^>]+>`)
	emphasis = regexp.MustCompile(`(?m)^[#*_\s]+|\*\*`)
)

// lines is a document's text in lines without markup, as a rough reader sees it, in NFC.
func lines(name, text string) []string {
	if strings.HasSuffix(name, ".html") {
		text = strings.Join(strings.Fields(markup.ReplaceAllString(text, " ")), " ")
		text = html.UnescapeString(tags.ReplaceAllString(breaks.ReplaceAllString(text, "\n"), ""))
	}
	text = norm.NFC.String(strings.ReplaceAll(text, "\u00ad", ""))
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(emphasis.ReplaceAllString(line, "")); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// levels are the families of labels; a document of three levels uses three of them.
var levels = []*regexp.Regexp{
	regexp.MustCompile(`^(?:Phần [IVX]+|Điều \d+|[A-C]\. )`),
	regexp.MustCompile(`^[IVX]+\. `),
	regexp.MustCompile(`^\d+\. `),
	regexp.MustCompile(`^\d+\.\d+\.`),
	regexp.MustCompile(`^[a-eghik]\)|^đ\)`),
}

// labelled are lines that say who leads or supports: a labelled field, an agency's heading, a row of a task table.
var labelled = []*regexp.Regexp{
	regexp.MustCompile(`^(?:- )?(?:\d\.\d\. )?(?:Cơ quan|Đơn vị) (?:chủ trì|thực hiện|phối hợp)`),
	regexp.MustCompile(`^\d+(?:\.\d+)?\. (?:Đề nghị |Các )?(?:Sở|Ban|Báo|Đài|UBND|Ủy ban|Uỷ ban|Văn phòng|Công an|Phòng|Trung tâm|Bảo tàng|Thanh tra|Hội|Ngân hàng|Liên minh|Kho bạc|Huyện đoàn|Tỉnh đoàn|Trạm|Trưởng)`),
	regexp.MustCompile(`^\| [\dIV]+ \| .*(?:Sở|UBND|Phòng|Ban|Trung tâm|Quỹ|Trường)`),
}

func count(list []string, family *regexp.Regexp) int {
	n := 0
	for _, line := range list {
		if family.MatchString(line) {
			n++
		}
	}
	return n
}

// units counts the lines that say who leads or supports. An agency's heading counts once, or once for every bullet
// under it.
func units(list []string) int {
	n, bullets, under := 0, 0, false
	for _, line := range list {
		switch {
		case under && strings.HasPrefix(line, "- "):
			bullets++
			if bullets > 1 {
				n++
			}
			continue
		case labelled[1].MatchString(line):
			n, bullets, under = n+1, 0, true
			continue
		case labelled[0].MatchString(line) || labelled[2].MatchString(line):
			n++
		}
		if strings.HasPrefix(line, "Nơi nhận") {
			under = false
		}
	}
	return n
}

func TestShape(t *testing.T) {
	for _, name := range names(t) {
		text := read(t, name)
		list := lines(name, text)
		if len(text) < 6<<10 {
			t.Errorf("%s: %d bytes, want 6 KiB", name, len(text))
		}
		last := strings.Split(strings.TrimRight(text, "\n"), "\n")
		if !strings.Contains(last[len(last)-1], "TÀI LIỆU MẪU") {
			t.Errorf("%s: its last line does not say that it is a sample: %q", name, last[len(last)-1])
		}
		if n := strings.Count(text, "TÀI LIỆU MẪU"); n != 1 {
			t.Errorf("%s: marked %d times", name, n)
		}
		depth := 0
		for _, family := range levels {
			if count(list, family) >= 2 {
				depth++
			}
		}
		if depth < 3 {
			t.Errorf("%s: %d families of labels, want 3", name, depth)
		}
		if n := units(list); n < 8 {
			t.Errorf("%s: %d lines that say who leads or supports, want 8", name, n)
		}
		for i, r := range text {
			if r == unicode.ReplacementChar || r < ' ' && r != '\n' && r != '\t' {
				t.Errorf("%s: byte %d: %q", name, i, r)
			}
		}
	}
}

// formulas are the wordings that every plan has to share: the letterhead of Decree 30/2020 and the names of bodies.
// Each counts as one word.
var formulas = strings.NewReplacer(
	"cộng hòa xã hội chủ nghĩa việt nam", "¹", "độc lập tự do hạnh phúc", "²", "thủ tướng chính phủ", "³",
	"ủy ban nhân dân", "¹", "sở văn hóa thể thao và du lịch", "²", "đài phát thanh và truyền hình", "³",
	"mặt trận tổ quốc việt nam", "¹", "tổ chức chính trị xã hội", "²", "sở tài nguyên và môi trường", "³",
	"sở kế hoạch và đầu tư", "¹", "sở thông tin và truyền thông", "²", "cơ quan chủ trì", "³",
	"thời gian thực hiện", "¹", "chủ trì phối hợp với", "²",
)

// runs is every run of n words that stands in one line of a document.
func runs(list []string, n int) map[string]bool {
	spelling := strings.NewReplacer("oà", "òa", "oá", "óa", "uỷ", "ủy")
	out := map[string]bool{}
	for _, line := range list {
		words := strings.FieldsFunc(strings.ToLower(line), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		words = strings.Fields(formulas.Replace(spelling.Replace(strings.Join(words, " "))))
		for i := 0; i+n <= len(words); i++ {
			out[strings.Join(words[i:i+n], " ")] = true
		}
	}
	return out
}

func common(a, b map[string]bool) []string {
	var out []string
	for r := range a {
		if b[r] {
			out = append(out, r)
		}
	}
	return out
}

func TestOriginal(t *testing.T) {
	plans, _ := filepath.Glob("../../../shared/data/plans/*.txt")
	if len(plans) == 0 {
		t.Skip("no ../shared/data/plans beside the module: the samples are not compared with real plans")
	}
	for _, plan := range plans {
		b, err := os.ReadFile(plan)
		if err != nil {
			t.Fatal(err)
		}
		real := runs(lines(plan, string(b)), 8)
		for _, name := range names(t) {
			for _, r := range common(runs(lines(name, read(t, name)), 8), real) {
				t.Errorf("%s shares %q with %s", name, r, filepath.Base(plan))
			}
		}
	}
}

func TestDistinct(t *testing.T) {
	const few = 10 // the name of a decision that two of them carry out, the title of a plan that another one carries out
	list := names(t)
	all := map[string]map[string]bool{}
	for _, name := range list {
		all[name] = runs(lines(name, read(t, name)), 12)
	}
	for i, a := range list {
		for _, b := range list[i+1:] {
			if shared := common(all[a], all[b]); len(shared) > few {
				t.Errorf("%s and %s share %d runs of 12 words: %q", a, b, len(shared), shared)
			}
		}
	}
}

func TestExpectedNamesEveryDocument(t *testing.T) {
	rows := table(t, "expected.tsv")
	list := names(t)
	if len(rows) != len(list) {
		t.Fatalf("%d rows for %d documents", len(rows), len(list))
	}
	for i, row := range rows {
		if row["file"] != list[i] {
			t.Errorf("row %d: %s, want %s", i, row["file"], list[i])
		}
	}
}
