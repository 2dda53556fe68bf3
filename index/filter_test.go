package index

import (
	"strings"
	"testing"
)

func TestGlob(t *testing.T) {
	for _, c := range []struct {
		pattern, s string
		want       bool
	}{
		{"", "", true}, {"", "a", false}, {"*", "", true}, {"*", "a/b", true}, {"a*", "a/b.txt", true},
		{"*.txt", "/d/kế hoạch.txt", true}, {"*.txt", "/d/x.html", false}, {"*/so-*", "/d/so-vhtt.md", true},
		{"?", "ế", true}, {"?", "", false}, {"?", "ab", false}, {"[a-c]x", "bx", true}, {"[a-c]x", "dx", false},
		{"[^a-c]x", "dx", true}, {"[^a-c]x", "ax", false}, {"[]]", "]", true}, {"[a", "a", false}, {"[a-]", "-", true},
		{"*.zip!/*", "/d/a.zip!/b.txt", true}, {"A*", "abc", false}, {"**a**", "bab", true}, {"a*b*c", "a1b2b3c", true},
		{"a*b*c", "a1b2b3", false}, {"[ế]", "ế", true},
	} {
		if got := glob(c.pattern, c.s); got != c.want {
			t.Errorf("glob(%q, %q) = %v", c.pattern, c.s, got)
		}
	}
	if glob(strings.Repeat("a*", 200)+"b", strings.Repeat("a", 20000)) {
		t.Error("found a b")
	}
}
