package corpus

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"kehoach/plan"
)

// TestQuoted keeps plans whose strings are quotes, are none, and look like the mark of one: all come back, and no quote is written
// beside the text.
func TestQuoted(t *testing.T) {
	const text = "Sở Tài chính cấp 5 tỷ đồng trước 30/11 theo 889/QĐ-TTg"
	at := func(words string) plan.Span {
		i := strings.Index(text, words)
		return plan.Span{Start: i, End: i + len(words)}
	}
	quotes := func(more string) *plan.Plan {
		say := func(words string) (string, plan.Span) { return words + more, at(words) }
		p := &plan.Plan{Schema: plan.Schema, Text: text, Sections: make([]plan.Section, 2), Assignments: make([]plan.Assignment, 1),
			Citations: make([]plan.Citation, 1), Deadlines: make([]plan.Deadline, 1), Targets: make([]plan.Target, 1)}
		p.Sections[0].Text, p.Sections[0].Body = say("Sở Tài chính cấp")
		a := &p.Assignments[0]
		a.Task, a.Span = say("cấp 5 tỷ đồng")
		a.Agency, a.AgencySpan = say("Sở Tài chính")
		a.Deadline, a.DeadlineSpan = say("trước 30/11")
		a.Output, a.OutputSpan = say("5 tỷ")
		a.Funding.Text, a.Funding.Span = say("5 tỷ đồng")
		p.Citations[0].Text, p.Citations[0].Span = say("theo 889")
		p.Deadlines[0].Text, p.Deadlines[0].Span = say("30/11")
		p.Targets[0].Text, p.Targets[0].Span = say("5")
		p.Funding.Amounts = make([]plan.Amount, 1)
		p.Funding.Amounts[0].Text, p.Funding.Amounts[0].Span = say("tỷ đồng")
		return p
	}
	strange := quotes("")
	strange.Sections[0].Text, strange.Assignments[0].Task, strange.Citations[0].Text = quoted, quoted+quoted+"x", ""
	strange.Targets[0].Span, strange.Deadlines[0].Span = plan.Span{Start: -1, End: 2}, plan.Span{Start: 5, End: 1 << 20}
	marked := quotes("")
	marked.Text = quoted + text[1:]
	marked.Deadlines[0].Text, marked.Deadlines[0].Span = quoted, plan.Span{Start: 0, End: 1}
	for name, p := range map[string]*plan.Plan{"quotes": quotes(""), "none": quotes(" ấy"), "strange": strange, "marked": marked, "empty": {Schema: plan.Schema}} {
		before, _ := json.Marshal(p)
		body, err := encode(p)
		if err != nil {
			t.Fatal(err)
		}
		if after, _ := json.Marshal(p); string(after) != string(before) {
			t.Errorf("%s: changed by keeping it", name)
		}
		got, err := decode(body)
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("%s: %v\n got %+v\nwant %+v", name, err, got, p)
		}
		data, err := json.Marshal(storedOf(p))
		if err != nil || name == "quotes" && strings.ContainsAny(string(data), "ởấỷ") {
			t.Errorf("%s: %s, %v", name, data, err)
		}
	}
}
