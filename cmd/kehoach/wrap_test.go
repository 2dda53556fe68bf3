package main

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, row := range []struct{ text, first, rest, want string }{
		{"một hai ba", "", "", "một hai ba\n"},
		{"một hai ba bốn năm", "- ", "  ", "- một hai\n  ba bốn\n  năm\n"},
		{"tuyên truyền", "", "", "tuyên\ntruyền\n"},
		{"m\u1ed9\u0323t hai ba b", "", "", "m\u1ed9\u0323t hai ba\nb\n"}, // a mark takes no column
		{"mộtdàihơncảdòng hai", "", "  ", "mộtdàihơncảdòng\n  hai\n"},
		{"một\nhai", "- ", "  ", "- một\n  hai\n"},
		{"", "- ", "  ", "- \n"},
	} {
		if got := wrap(row.text, 10, row.first, row.rest); got != row.want {
			t.Errorf("wrap(%q):\n%s\nwant\n%s", row.text, got, row.want)
		}
	}
}

func TestSamePath(t *testing.T) {
	for _, row := range []struct {
		typed, path string
		want        bool
	}{
		{"V/1", "V|1", true},
		{"V.1", "V|1", true},
		{"v.1.", "V|1", true},
		{"V", "V|1", false},
		{"V.1", "V|1|a", false},
		{"II/2/2.1", "II|2|2.1", true},
		{"II.2.1", "II|2|2.1", true},
		{"II/2.1", "II|2|2.1", true},
		{"II.2.2.1", "II|2|2.1", true},
		{"II.2.1", "II|2|1", true},
		{"dieu 4", "Điều 4", true},
		{"I.1.đ", "I|1|d", true}, // one letter for the other: a path is typed by hand
		{"", "I", false},
	} {
		if got := samePath(row.typed, strings.Split(row.path, "|")); got != row.want {
			t.Errorf("samePath(%q, %s) = %v", row.typed, row.path, got)
		}
	}
}
