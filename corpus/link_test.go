package corpus

import (
	"fmt"
	"testing"

	"kehoach/plan"
)

// linking is a plan with a number that carries out others.
func linking(number, issued, province string, level plan.Level, cites ...plan.Citation) *plan.Plan {
	return &plan.Plan{Number: number, Issued: issued, Title: number, Issuer: plan.Issuer{Name: "body " + province, ID: "x@" + province, Level: level},
		Province: plan.Province{ID: province}, Citations: cites}
}

func carriesOut(number, date string) plan.Citation {
	return plan.Citation{Number: number, Date: date, Role: plan.Implements}
}

// TestLinks walks from a decision to a department and back, past numbers that several bodies gave.
func TestLinks(t *testing.T) {
	c := create(t, t.TempDir())
	r := begin(t, c)
	put(t, c, r,
		doc(t, "/ministry", "ministry", linking("100/KH-BYT", "2020-08-01", "", plan.Central, carriesOut("889/QĐ-TTg", "2020-06-24"))),
		doc(t, "/province a", "province a", linking("115/KH-UBND", "2021-06-04", "hau-giang", plan.Provincial, carriesOut("100/KH-BYT", ""),
			plan.Citation{Number: "889/QĐ-TTg", Role: plan.BasisOf})),
		doc(t, "/province b", "province b", linking("115/KH-UBND", "2021-07-04", "kien-giang", plan.Provincial, carriesOut("889/QĐ-TTg", "2020-06-24"))),
		doc(t, "/department", "department", linking("12/KH-SYT", "2021-09-04", "hau-giang", plan.Provincial, carriesOut("115/KH-UBND", ""))),
		doc(t, "/central", "central", linking("7/BC-BYT", "2022-01-01", "", plan.Central, carriesOut("115/KH-UBND", ""), carriesOut("866/QĐ-Tg", ""),
			carriesOut("115/KH-UBND", "2021-07-04"))))
	cites := func(number string) string {
		t.Helper()
		starts, err := c.ByNumber(number)
		if err != nil || len(starts) == 0 {
			t.Fatalf("%s: %v, %v", number, starts, err)
		}
		links, err := c.Cites(starts[0])
		if err != nil {
			t.Fatal(err)
		}
		out := ""
		for _, l := range links {
			out += fmt.Sprint(l.Role[:4], " ", l.Number, " ", l.Status, " ", len(l.Plans), "; ")
		}
		return out
	}
	for _, row := range []struct{ number, want string }{
		{"100/kh-byt", "impl 889/QĐ-TTg unmatched 0; "},
		{"12/KH-SYT", "impl 115/KH-UBND resolved 1; "}, // of its own province
		{"7/BC-BYT", "impl 115/KH-UBND ambiguous 2; impl 866/QĐ-Tg malformed 0; impl 115/KH-UBND resolved 1; "},
	} {
		if got := cites(row.number); got != row.want {
			t.Errorf("%s: %s, want %s", row.number, got, row.want)
		}
	}
	// What the corpus does not hold is known by those that cite it.
	absent, ok, err := c.Named("889/qđ-ttg")
	if err != nil || !ok || absent.ID != "" || absent.Number != "889/QĐ-TTg" {
		t.Errorf("named: %v, %v, %v", absent, ok, err)
	}
	if _, ok, err := c.Named("890/QĐ-TTg"); ok || err != nil {
		t.Errorf("a number that nobody cites is named: %v", err)
	}
	above, err := c.CitedBy(absent)
	if got := fmt.Sprintln(len(above), above[0].Status, above[0].Number, above[1].Plans[0].Issuer); err != nil || got != "3 resolved 100/KH-BYT body kien-giang\n" {
		t.Errorf("cited by, not held: %s, %v", got, err)
	}
	// The decision arrives, in two versions; the last one counts.
	put(t, c, r, doc(t, "/decision", "decision", linking("889/QĐ-TTg", "2020-06-24", "", plan.Central)),
		doc(t, "/decision again", "decision corrected", linking("889/QĐ-TTg", "2020-06-24", "", plan.Central)),
		doc(t, "/of another year", "other", linking("889/QĐ-TTg", "2011-06-24", "", plan.Central)))
	if got := cites("100/KH-BYT"); got != "impl 889/QĐ-TTg resolved 1; " {
		t.Errorf("after the decision arrived: %s", got)
	}
	if got := cites("115/KH-UBND"); got != "impl 100/KH-BYT resolved 1; basi 889/QĐ-TTg ambiguous 2; " {
		t.Errorf("without a date: %s", got)
	}
	starts, err := c.ByNumber("889/QĐ-TTg")
	if err != nil || len(starts) != 3 {
		t.Fatalf("%v, %v", starts, err)
	}
	down, err := c.CitedBy(starts[2]) // the corrected version
	got := ""
	for _, l := range down {
		got += l.Role[:4] + " " + l.Number + " " + l.Plans[0].Issuer + "; "
	}
	if err != nil || got != "impl 100/KH-BYT body ; impl 115/KH-UBND body kien-giang; basi 115/KH-UBND body hau-giang; " {
		t.Errorf("cited by: %s, %v", got, err)
	}
	counts, err := c.LinkCounts()
	if err != nil || fmt.Sprint(counts) != "map[ambiguous:2 malformed:1 resolved:5]" {
		t.Errorf("counts: %v, %v", counts, err)
	}
}
