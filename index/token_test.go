package index

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// A token is shown as it is written; [ ] hold a whole, | opens a clause.
func tokensOf(text string) string {
	var out []string
	s := newScanner(text)
	for {
		t, ok := s.scan()
		if !ok {
			return strings.Join(out, " ")
		}
		w := text[t.start:t.end]
		if t.whole {
			w = "[" + w + "]"
		} else if t.first {
			w = "|" + w
		}
		out = append(out, w)
	}
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"Kế hoạch", "|Kế hoạch"},
		{"Quyết định số 889/QĐ-TTg ngày", "|Quyết định số [889/QĐ-TTg] 889 QĐ TTg ngày"},
		{"số 54/2014/QH13.", "|số [54/2014/QH13] 54 2014 QH13"},
		{"02-NQ/TW và 08-CTr/TU", "|[02-NQ/TW] 02 NQ TW và [08-CTr/TU] 08 CTr TU"},
		{"KH-UBND", "[KH-UBND] |KH UBND"},
		{"Sở TT&TT, Sở NN&PTNT", "|Sở [TT&TT] TT TT Sở [NN&PTNT] NN PTNT"},
		{"ngày 04/6/2021", "|ngày [04/6/2021] 04 6 2021"},
		{"đạt 80%; 5,5% và 1.250,5 tỷ", "|đạt [80%] 80 [5,5%] |5 5 và [1.250,5] 1 250 5 tỷ"},
		{"2.1.Nội dung", "[2.1] |2 1 |Nội dung"},
		{"xã/phường, kinh tế - xã hội", "|xã phường kinh tế xã hội"},
		{"và/hoặc A4", "|và hoặc A4"},
		{"(Ban hành) “kế hoạch” \"năm\"", "|Ban hành |kế hoạch |năm"},
		{"a. b; c: d! e? f\ng | h…i", "|a |b |c |d |e |f |g |h |i"},
		{"2021-2025", "[2021-2025] |2021 2025"},
		{"hằng\u00a0năm\ttới", "|hằng năm tới"},
		{"x/" + strings.Repeat("a1/", 30) + "y", "|x " + strings.Repeat("a1 ", 30) + "y"},
		{"a\xff\xfeb - & / .", "|a b"},
		{"Ðạt Độ", "|Ðạt Độ"},
	} {
		if got := tokensOf(c.text); strings.ReplaceAll(got, "|x", "|x") != c.want && !sameMarks(got, c.want) {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

// sameMarks allows a first part of a whole to show that it opens a clause.
func sameMarks(got, want string) bool {
	return strings.ReplaceAll(got, "|", "") == strings.ReplaceAll(want, "|", "") &&
		strings.Count(got, "|") == strings.Count(want, "|")
}

func TestTerms(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"ban", "ban"},
		{"Hòa", "hoa~2"},
		{"hoà", "hoa~2"},
		{"HOÀ", "hoa~2"},
		{norm.NFD.String("hoà"), "hoa~2"},
		{norm.NFD.String("điều"), "dieu~BF2"},
		{"Điều", "dieu~BF2"},
		{"văn", "van~D"},
		{"ĐƯỜNG", "duong~BDG2"},
		{"889/QĐ-TTg", "889/qd-ttg~Q"},
		{"CĐS", "cds~E"},
		{"hoa2", "hoa2"},
		{"04/06/2021", "4/6/2021"},
		{"09/KH-UBND", "09/kh-ubnd"},
		{"80%", "80%"},
	} {
		if got := strings.ReplaceAll(termOf(c.word).String(), string(marksMark), "~"); got != c.want {
			t.Errorf("%q: %s, want %s", c.word, got, c.want)
		}
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        fit
	}{
		{"văn", "văn", exact},
		{"hòa", "hoà", exact},
		{"van", "văn", omitted},
		{"viêt", "việt", omitted},
		{"văn", "van", lost},
		{"hoá", "hoa", lost},
		{"đường", "dương", lost},
		{"văn", "vân", differs},
		{"hóa", "hòa", differs},
		{"tiễn", "tiên", lost},
		{"tỉnh", "tính", differs},
		{"dời", "đơi", differs},
	} {
		q, x := termOf(c.query), termOf(c.text)
		if q.fold != x.fold {
			t.Fatalf("%s and %s do not fold alike: %v %v", c.query, c.text, q, x)
		}
		if got := fits(q.marks, x.marks); got != c.want {
			t.Errorf("%s in %s: %d, want %d", c.query, c.text, got, c.want)
		}
	}
}
