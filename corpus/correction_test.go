package corpus

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"kehoach/plan"
	"kehoach/review"
)

// entry is a correction of what is kept under an id.
func entry(t *testing.T, c *Corpus, id, field, value string) review.Correction {
	t.Helper()
	p, err := c.Plan(id)
	if err != nil {
		t.Fatal(err)
	}
	e, err := review.Correct(p, p, field, value, review.Signature{By: "lan", Note: "seen", At: time.Unix(1e9, 0)})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ids gives what the filter chooses.
func chosen(t *testing.T, c *Corpus, f plan.Filter) int {
	t.Helper()
	ids, err := c.IDs(f)
	if err != nil {
		t.Fatal(err)
	}
	return len(ids)
}

// TestCorrections corrects a plan, and holds that it is shown, chosen and told to the index as corrected, through a new reading
// and through a new version of the document.
func TestCorrections(t *testing.T) {
	c := create(t, t.TempDir())
	c.Made = "1"
	r := begin(t, c)
	d := doc(t, "/kh.txt", "abcdef", full())
	_, tell := put(t, c, r, d, doc(t, "/other.txt", "other", full()))
	c.Indexed(tell)
	id := d.Plan.ID
	e := entry(t, c, id, "number", "116/KH-UBND")
	if n, err := c.Correct([]review.Correction{e, entry(t, c, id, "assignments[0].agency", "Sở Y tế"), e}); n != 2 || err != nil {
		t.Fatalf("%d entries added, %v", n, err)
	}
	holds := func(id string) {
		t.Helper()
		p, err := c.Plan(id)
		if err != nil {
			t.Fatal(err)
		}
		if p.Number != "116/KH-UBND" || p.Assignments[0].Agency != "Sở Y tế" || len(p.Corrections) != 2 {
			t.Errorf("shown: %s, %+v, %+v", p.Number, p.Assignments, p.Corrections)
		}
		raw, err := c.Extracted(id)
		if err != nil || raw.Number != "115/KH-UBND" || raw.Assignments[0].Agency != "Sở Tài chính" {
			t.Errorf("the extraction was changed: %+v, %v", raw, err)
		}
		if n := chosen(t, c, plan.Filter{Lead: []string{"so y te"}}); n != 1 {
			t.Errorf("%d plans are led by what was corrected", n)
		}
		for p, err := range c.Select(plan.Filter{Lead: []string{"so y te"}}) {
			if err != nil || p.Number != "116/KH-UBND" {
				t.Errorf("selected: %s, %v", p.Number, err)
			}
		}
		if _, err := c.Verify(context.Background(), Check{Tell: func(d Damage) {
			if d.Grave {
				t.Errorf("verify: %+v", d)
			}
		}}); err != nil {
			t.Error(err)
		}
	}
	holds(id)
	if list, err := c.Pending(); err != nil || len(list) != 1 || list[0].ID != id {
		t.Errorf("pending: %v, %v", list, err)
	}
	if n, err := c.Correct([]review.Correction{e}); n != 0 || err != nil {
		t.Errorf("the same entry again: %d added, %v", n, err)
	}
	stranger := e
	stranger.Plan = "00000000000000ff"
	if _, err := c.Correct([]review.Correction{stranger}); err == nil {
		t.Error("an entry whose id is not its own was taken")
	}

	// The program reads otherwise now: the same bytes are read again.
	c.Made = "2"
	again := full()
	again.Title = "Thông tin và tuyên truyền"
	if outcomes, _ := put(t, c, r, doc(t, "/kh.txt", "abcdef", again)); outcomes[0] != Renewed {
		t.Fatalf("outcome %v", outcomes)
	}
	holds(id)

	// The file has changed: another plan takes the place of the first.
	next := doc(t, "/kh.txt", "abcdefg", full())
	if outcomes, _ := put(t, c, r, next); outcomes[0] != Changed {
		t.Fatalf("outcome %v", outcomes)
	}
	holds(next.Plan.ID)
	if history, err := c.Corrections(next.Plan.ID); err != nil || len(history) != 2 {
		t.Errorf("history of the new version: %v, %v", history, err)
	}
	if ids, err := c.Reviewed(); err != nil || len(ids) != 1 || ids[0] != next.Plan.ID {
		t.Errorf("reviewed: %v, %v", ids, err)
	}

	// What is undone in the old version is undone in the new one.
	undo := review.Undo(e, review.Signature{By: "lan", At: time.Unix(2e9, 0)})
	if _, err := c.Correct([]review.Correction{undo}); err != nil {
		t.Fatal(err)
	}
	if p, err := c.Plan(next.Plan.ID); err != nil || p.Number != "115/KH-UBND" || p.Assignments[0].Agency != "Sở Y tế" {
		t.Errorf("after undo: %s, %v", p.Number, err)
	}
	if all, err := c.AllCorrections(); err != nil || len(all) != 3 {
		t.Errorf("the whole history: %d entries, %v", len(all), err)
	}

	// A plan that is removed takes its corrections with it.
	if _, err := c.w.db.Exec(`UPDATE sources SET plan = NULL; DELETE FROM plans`); err != nil {
		t.Fatal(err)
	}
	if all, err := c.AllCorrections(); err != nil || len(all) != 0 {
		t.Errorf("corrections of plans that are gone: %v, %v", all, err)
	}
	if _, err := c.Correct([]review.Correction{e}); !errors.Is(err, ErrNoPlan) {
		t.Errorf("a correction of nothing: %v", err)
	}
}

// TestHistories holds that the history of one plan is the same as it is among those of all, through plans that took each other's place.
func TestHistories(t *testing.T) {
	c := create(t, t.TempDir())
	var ids []string
	for i, text := range []string{"một hai ba", "bốn năm sáu bảy", "tám chín mười"} {
		r := begin(t, c)
		d := doc(t, "/kh.txt", text, full())
		other := doc(t, "/other.txt", "other", full())
		put(t, c, r, d, other)
		if i == 0 {
			ids = append(ids, other.Plan.ID)
		}
		ids = append(ids, d.Plan.ID)
		if _, err := c.Correct([]review.Correction{entry(t, c, d.Plan.ID, []string{"number", "title", "issued"}[i], []string{"7/KH-UBND", "Khác", "2020"}[i])}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := histories(c.read)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		one, err := c.Corrections(id)
		if err != nil || len(one) != i || !reflect.DeepEqual(one, all[id]) {
			t.Errorf("plan %d: %+v, %v\nwant %+v", i, one, err, all[id])
		}
	}
}
