package index

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"kehoach/plan"
)

// A question has words that no text has; those do not stand for others that lack their marks.
func TestUnknownWordOfAQuestion(t *testing.T) {
	x := small(t, "Người đủ tuổi được lái xe khách trên đường bộ", "Người khách được mời lên trên", "Đường đến nơi du lịch")
	if got := order(t, x, "tài xế được lái loại khách nào trên đường bộ đến tuổi bao nhiêu"); !strings.HasPrefix(got, "a") {
		t.Errorf("the order is %s", got)
	}
}

func TestAccents(t *testing.T) {
	x := small(t,
		"phát triển văn hóa và con người tại nhiều nơi trong cả nước ta hôm nay", // a
		"phat trien van hoa", // b: marks lost
		"vạn hoa",            // c: another word
		"văn hoà",            // d
		"xây dựng đời sống văn hoá ở cơ sở, văn hoá, văn hoá", // e: the same as a, other placing
		"Hòa Bình",                  // f
		"hoà giải ở cơ sở",          // g
		norm.NFD.String("đặc biệt"), // h
		"Đặc Biệt nhất",             // i
		"dac biet",                  // j
	)
	for _, c := range []struct{ words, want string }{
		{"văn hóa", "eab"},
		{"văn hoá", "eab"},
		{"VĂN HÓA", "eab"},
		{norm.NFD.String("văn hóa"), "eab"},
		{norm.NFD.String("văn hoá"), "eab"},
		{"van hoa", "bcdea"},
		{"văn hoa", "deab"},
		{"vạn hoa", "cb"},
		{"văn hòa", "db"},
		{`"văn hóa"`, "ea"},
		{`"van hoa"`, "bcdea"},
		{"hòa", "dfgbc"},
		{"hoà", "dfgbc"},
		{"HOÀ bình", "f"},
		{"dac biet", "hji"},
		{"đặc biệt", "hij"},
		{norm.NFD.String("Đặc biệt"), "hij"},
	} {
		if got := order(t, x, c.words); sorted(got) != sorted(c.want) {
			t.Errorf("%s: found %s, want %s", c.words, got, c.want)
		}
	}
	// Whoever writes marks gets those who write them first, however short and dense the others are.
	for _, c := range []struct{ words, first, then string }{
		{"văn hóa", "ae", "b"},
		{"văn hoá", "ae", "b"},
		{norm.NFD.String("văn hóa"), "ae", "b"},
		{"hòa", "dfg", "bc"},
		{"hoà", "dfg", "bc"},
		{"đặc biệt", "hi", "j"},
	} {
		got := order(t, x, c.words)
		n := len(c.first)
		if len(got) < n || sorted(got[:n]) != sorted(c.first) || sorted(got[n:]) != sorted(c.then) {
			t.Errorf("%s: order %s, want %s and then %s", c.words, got, c.first, c.then)
		}
	}
	if a, b := order(t, x, "hòa"), order(t, x, "hoà"); a != b {
		t.Errorf("hòa finds %s, hoà %s", a, b)
	}
}

func TestRanking(t *testing.T) {
	for _, c := range []struct {
		what, words, want string
		texts             []string
	}{
		{"neighbours", "lúa gạo", "ba", []string{"lúa rồi gạo thơm", "rồi lúa gạo thơm"}},
		{"the order of neighbours", "lúa gạo", "ba", []string{"gạo lúa rồi thơm", "rồi lúa gạo thơm"}},
		{"often", "lúa", "ba", []string{"lúa một hai ba bốn", "lúa lúa một hai ba"}},
		{"short", "lúa", "ba", []string{"lúa một hai ba bốn năm sáu bảy", "lúa một hai"}},
		{"in the title", "lúa", "ba", []string{"lúa một hai", "lúa # lúa một hai"}},
		{"no marks at all: spellings are alike", "ban giao", "ab", []string{"bàn giao đất", "ban giao đất"}},
		{"marks elsewhere: no mark is meant", "ban giao đất", "ba", []string{"bàn giao đất", "ban giao đất"}},
		{"equal: by id", "lúa", "abc", []string{"lúa một", "lúa hai", "lúa ba"}},
	} {
		if got := order(t, small(t, c.texts...), c.words); got != c.want {
			t.Errorf("%s: %s gives %s, want %s", c.what, c.words, got, c.want)
		}
	}
}

func TestLostMarksComeLast(t *testing.T) {
	x := small(t,
		"van hoa van hoa van hoa", // a: short, and full of it
		strings.Repeat("Nội dung khác nằm ở đây, nhiều và dài. ", 40)+"văn hóa", // b: long, and once
		"van hoa # van hoa van hoa", // c: in its title too
		"van hóa van hóa van hóa",   // d: one word of two
	)
	for _, words := range []string{"văn hóa", "văn hoá"} {
		if got := order(t, x, words); len(got) != 4 || got[:2] != "bd" {
			t.Errorf("%s: order %s, want b, d and then the others", words, got)
		}
	}
}

func TestOrders(t *testing.T) {
	dir := t.TempDir()
	x, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	runs := map[string]int64{"a": 3, "b": 11, "c": 2, "d": 0}
	x.Origin = func(id string) Origin { return Origin{Run: runs[id]} }
	for id, issued := range map[string]string{"a": "2021-06-04", "b": "2019", "c": "", "d": "2023-01"} {
		if err := x.Add([]*plan.Plan{{ID: id, Issued: issued, Text: "kế hoạch " + strings.Repeat("lúa ", len(issued))}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		q    Query
		want string
	}{
		{Query{}, "dabc"},
		{Query{Sort: ByIssued}, "dabc"},
		{Query{Sort: ByAdded}, "bacd"},
		{Query{Words: "kế hoạch", Sort: ByIssued}, "dabc"},
		{Query{Words: "kế hoạch", Sort: ByAdded}, "bacd"},
		{Query{Words: "kế hoạch"}, "cbda"}, // the shorter, the more it is about
		{Query{Sort: ByScore}, "abcd"},
	} {
		for offset := range 5 {
			for limit := range 5 {
				c.q.Offset, c.q.Limit = offset, limit
				res, err := x.Search(context.Background(), c.q)
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				for _, h := range res.Hits {
					got += h.Plan
				}
				if want := c.want[min(offset, 4):min(offset+limit, 4)]; got != want || res.Records != 4 || res.Plans != 4 {
					t.Errorf("%+v: %s of %d, want %s", c.q, got, res.Records, want)
				}
			}
		}
	}
}
