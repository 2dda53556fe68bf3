package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// idOf is the id of the only plan that a query finds.
func idOf(t *testing.T, dir string, query ...string) string {
	t.Helper()
	_, out, errs := kh(dir, "", append([]string{"search", "--json", "--limit", "1"}, query...)...)
	var hit struct{ Plan string }
	if err := json.Unmarshal([]byte(out), &hit); err != nil || hit.Plan == "" {
		t.Fatalf("search %v: %v\n%s%s", query, err, out, errs)
	}
	return hit.Plan
}

// step is one command line: it must end with its code and say what is wanted.
type step struct {
	args []string
	code int
	want string // a part of standard output, or of standard error where it failed
}

// play runs command lines one after the other, and holds what they write to a page's width.
func play(t *testing.T, dir, stdin string, steps []step) {
	t.Helper()
	for _, s := range steps {
		code, out, errs := kh(dir, stdin, s.args...)
		got := out
		if code != 0 {
			got = errs
		}
		if code != s.code || !strings.Contains(got, s.want) {
			t.Errorf("%q: exit %d, want %d and %q in\n%s%s", s.args, code, s.code, s.want, out, errs)
		}
		if code == 0 && !strings.Contains(strings.Join(s.args, " "), "export") && !strings.Contains(strings.Join(s.args, " "), "--json") && s.args[0] != "ingest" && s.args[0] != "forget" {
			for line := range strings.Lines(out) {
				if columns(strings.TrimSuffix(line, "\n")) > pageWidth {
					t.Errorf("%q: a line of %d columns: %s", s.args, columns(line), line)
				}
			}
		}
	}
}

func TestEvidenceCommand(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	write(t, filepath.Join(src, "a.txt"), letter)
	kh(dir, "", "ingest", src)
	id := idOf(t, dir)
	play(t, dir, "", []step{
		{[]string{"show", "--evidence", "number", id}, 0, "number\n  value      12/KH-UBND\n  sure       printed in the letterhead"},
		{[]string{"show", id, "--evidence", "issued"}, 0, "Kiên Giang, »ngày 4"},
		{[]string{"show", "--evidence=issuer", id}, 0, "Ủy ban nhân dân tỉnh Kiên Giang"},
		{[]string{"show", "--evidence", "assignments[0].deadline", id}, 0, "value      trước ngày 30/11/2021"},
		{[]string{"show", "--evidence", "assignments[0]", id}, 0, "\nassignments[0].with\n"},
		{[]string{"show", "--evidence", "deadlines", id}, 0, "deadlines[0]\n  value      2021-11-30: trước ngày 30/11/2021\n"},
		{[]string{"show", "--evidence", "II/1", id}, 0, "section    II/1"},
		{[]string{"show", "--evidence", "recipients", id}, 0, "not found  "},
		{[]string{"show", "--evidence", "number", id, "--json"}, 0, `"words":[{"text":"12/KH-UBND","before":`},
		{[]string{"show", "--evidence", id}, 0, "> "},
		{[]string{"show", "--evidence", "nomber", id}, 2, `did you mean "number"?`},
		{[]string{"show", "--evidence", "nomber", id}, 2, "\n  assignments[N] .agency .role"},
		{[]string{"show", "--evidence", "assignments[7].task", id}, 2, "the plan has assignments[0] to assignments[1]"},
		{[]string{"show", "x", "y"}, 2, "accepts 1 arg"},
	})
}

func TestCorrectCommand(t *testing.T) {
	dir, src := t.TempDir(), t.TempDir()
	path := write(t, filepath.Join(src, "a.txt"), letter)
	kh(dir, "", "ingest", src)
	id := idOf(t, dir)
	file := filepath.Join(t.TempDir(), "c.jsonl")
	play(t, dir, "", []step{
		{[]string{"correct", id, "number", "21/KH-UBND"}, 2, "say why, with --note"},
		{[]string{"correct", id, "numer", "21/KH-UBND", "--note", "n"}, 2, `did you mean "number"?`},
		{[]string{"correct", id, "issued", "soon", "--note", "n"}, 2, "is no date"},
		{[]string{"correct", "abcdef", "number", "21/KH-UBND", "--note", "n"}, 10, "no such plan"},
		{[]string{"correct", id, "number", "12/KH-UBND", "--note", "n"}, 1, `is "12/KH-UBND" already`},
		{[]string{"corrections"}, 0, "Nothing was corrected.\n"},
		{[]string{"correct", id, "number", "21/KH-UBND", "--note", "the gazette says so", "--by", "lan"}, 0, "number: “12/KH-UBND” → “21/KH-UBND”\n"},
		{[]string{"correct", id, "assignments[1].agency", "Sở Xây dựng", "--note", "n", "--by", "lan"}, 0, "→ “Sở Xây dựng”"},
		{[]string{"show", id}, 0, "Kế hoạch 21/KH-UBND\n"},
		{[]string{"show", id}, 0, "corrected  number, assignments[1].agency\n"},
		{[]string{"show", id}, 0, "Bố trí kinh phí. [II/2] [corrected: agency]\n"},
		{[]string{"show", "--evidence", "number", id}, 0, "read was   12/KH-UBND\n"},
		{[]string{"search", "--lead", "so xay dung"}, 0, "21/KH-UBND · Ủy ban nhân dân tỉnh Kiên Giang"},
		{[]string{"search", "--lead", "so xay dung", "--json"}, 0, `"corrected":["number"]`},
		{[]string{"facets", "--by", "lead"}, 0, "Sở Xây dựng"},
		{[]string{"compare", "agencies", "--evidence"}, 0, "corrected: agency\n"},
		{[]string{"export", "--table", "assignments", "--format", "csv"}, 0, "Sở Xây dựng,so-xay-dung,lead"},
		{[]string{"export", "--table", "documents", "--format", "csv"}, 0, ",number\n"},
		{[]string{"corrections", id}, 0, "  number: stands\n    corrected  21/KH-UBND\n    read was   12/KH-UBND\n    by         lan, "},
		{[]string{"conflicts"}, 0, "No correction is at odds"},
		{[]string{"corrections", "blame", id, "number"}, 0, "lan  number: 12/KH-UBND → 21/KH-UBND\n    the gazette says so\n"},
		{[]string{"corrections", "export", "-o", file}, 0, ""},
		{[]string{"corrections", "import", file}, 0, "0 entries added, 2 known already, 0 of plans that are not here\n"},
		{[]string{"verify"}, 0, "sound: 1 plans"},
	})
	if _, out, _ := kh(dir, "", "search", "--lead", "so tai chinh"); strings.Contains(out, "21/KH-UBND") {
		t.Errorf("the index finds what was corrected away:\n%s", out)
	}

	// The file changes: the corrections go with the document, and say where they are at odds.
	write(t, path, strings.Replace(strings.Replace(letter, "2. Sở Tài chính\n- Bố trí kinh phí.\n", "", 1), "12/KH-UBND", "31/KH-UBND", 1))
	kh(dir, "", "ingest", src)
	id = idOf(t, dir)
	play(t, dir, "", []step{
		{[]string{"show", id}, 0, "Kế hoạch 21/KH-UBND\n"},
		{[]string{"search"}, 0, "21/KH-UBND"},
		{[]string{"conflicts"}, 0, "number: differs\n    corrected  21/KH-UBND\n    read was   12/KH-UBND\n    read now   31/KH-UBND\n"},
		{[]string{"conflicts"}, 0, "assignments[1].agency: lost\n    corrected  Sở Xây dựng\n"},
		{[]string{"conflicts", "--json"}, 0, `"status":"lost"`},
		{[]string{"correct", id, "number", "--undo", "--by", "minh"}, 0, "number: “21/KH-UBND” is undone\n"},
		{[]string{"show", id}, 0, "Kế hoạch 31/KH-UBND\n"},
		{[]string{"corrections", "blame", id, "number"}, 0, "minh  number: undid "},
		{[]string{"correct", id, "title", "--undo"}, 1, "nobody corrected title"},
	})

	// Another corpus takes the history in, once it has the document.
	other := t.TempDir()
	write(t, filepath.Join(src, "b.txt"), letter)
	play(t, other, "", []step{
		{[]string{"corrections", "import", file}, 10, "no corpus"},
		{[]string{"ingest", filepath.Join(src, "b.txt")}, 0, ""},
		{[]string{"corrections", "import", file}, 0, "2 entries added, 0 known already, 0 of plans that are not here\n"},
		{[]string{"corrections", "import", file}, 0, "0 entries added, 2 known already"},
		{[]string{"search", "--lead", "so xay dung"}, 0, "21/KH-UBND"},
		{[]string{"corrections", "import", "-"}, 0, "0 entries added, 0 known already"},
	})
	play(t, other, "", []step{
		{[]string{"forget", idOf(t, other)}, 0, "forgotten: "},
		{[]string{"corrections", "export"}, 0, ""},
		{[]string{"corrections", "import", file}, 0, "0 entries added, 0 known already, 2 of plans that are not here"},
	})
	if db, err := os.ReadFile(filepath.Join(other, "catalogue.db")); err != nil || strings.Contains(string(db), "Sở Xây dựng") || strings.Contains(string(db), "gazette") {
		t.Errorf("what was corrected in a forgotten document is still in the catalogue: %v", err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	play(t, other, strings.Replace(string(b), "21/KH-UBND", "66/KH-UBND", 1), []step{{[]string{"corrections", "import", "-"}, 1, "it was changed on the way"}})
}
