// Package review lets people look at the values of a plan and correct them. It names every value (number,
// assignments[3].deadline), shows the words behind it, and puts a person's corrections in the place of what was read, anchored
// by quotation and position so that they survive a new reading.
//
//	v, err := review.Look(p, "assignments[3].deadline")
//	fmt.Println(v.Value, v.Confidence.Reason, review.Around(p.Text, v.Spans[0], 80))
//
//	c, err := review.Correct(p, "issued", "2024-03-05", review.Signature{By: "lan", Note: "stamp on page 1"})
//	states := review.Apply(p, []review.Correction{c})
//
// It changes a plan in memory and knows neither files nor catalogues. Where a new reading disagrees with what was corrected,
// Apply says so and the person's word stands.
package review
