package structure

import (
	"sort"
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

func foldOf(text string) string { return normalize.Fold(text) }

// row adds one row: its role, its partners, its deadline. A task without words gives none.
func (r *assigner) row(a agency, task words) *plan.Assignment {
	if task = task.trim("*_"); task.fold == "" {
		return nil
	}
	role := a.role
	if role == "" {
		role = taskRole(task)
	}
	if r.read != task.span {
		r.read, r.text, r.with = task.span, oneLine(task.text), r.partners(task)
	}
	row := plan.Assignment{
		Agency: a.name, AgencyID: a.id, Role: role, Task: r.text, Span: task.span, AgencySpan: a.span,
		Section: r.sectionAt(task.span.Start),
	}
	for _, p := range r.with {
		row.With = append(row.With, p.name)
		row.WithSpans = append(row.WithSpans, p.span)
	}
	r.due(&row)
	r.plan.Assignments = append(r.plan.Assignments, row)
	return &r.plan.Assignments[len(r.plan.Assignments)-1]
}

// oneLine is a text on one line.
func oneLine(s string) string {
	for i := range len(s) {
		if c := s[i]; c == '\n' || c == '\t' || c == ' ' && i > 0 && s[i-1] == ' ' {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// due takes the first deadline inside the task's words.
func (r *assigner) due(row *plan.Assignment) {
	list := r.plan.Deadlines
	i := sort.Search(len(list), func(i int) bool { return list[i].Span.Start >= row.Span.Start })
	if i < len(list) && row.Span.Contains(list[i].Span) {
		row.Deadline, row.DeadlineSpan = list[i].Text, list[i].Span
	}
}

// adverbials may stand before the verb of a task, folded; longest first where one opens another.
var adverbials = []string{"tren co so", "can cu", "theo chuc nang", "theo nhiem vu", "theo tham quyen", "trong pham vi", "hang nam", "dinh ky", "khi can thiet",
	"trong qua trinh", "tuy theo", "bang nguon luc", "theo su chi dao", "theo linh vuc", "tuy tinh hinh", "hang quy", "hang thang", "trong truong hop", "khi co"}

// lightWords may stand between the start of a task and its verb.
var lightWords = []string{"chu dong ", "tich cuc ", "tang cuong ", "thuong xuyen ", "tiep tuc ", "co trach nhiem ", "can ", "phai ", "day manh "}

// taskRole is support where the task itself begins with "phối hợp", behind an opening adverbial too (decision 8).
func taskRole(task words) plan.Role {
	w := task.trim("\"“-+*")
	for _, l := range lightWords {
		if strings.HasPrefix(w.fold, l) && !opensWith(w.fold, "can cu") {
			w = w.cut(len(l), len(w.fold))
		}
	}
	if opensWithAny(w.fold, []string{"phoi hop", "phoi voi", "la don vi phoi hop", "la co quan phoi hop"}) {
		return plan.Support
	}
	for _, a := range adverbials {
		if opensWith(w.fold, a) {
			return roleBehind(w.cut(0, min(len(w.fold), 240)), len(a))
		}
	}
	return plan.Lead
}

// roleBehind is the role that the first verb behind an opening adverbial gives.
func roleBehind(w words, from int) plan.Role {
	for i := from; i < len(w.fold); i++ {
		if w.fold[i] != ' ' {
			continue
		}
		v := w.verb(i + 1)
		if v == nil || v.inside(w.fold[:i]) || afterNoun(w.fold[:i]) {
			continue
		}
		switch v.words {
		case "chu dong", "tich cuc", "tang cuong", "thuong xuyen", "can cu", "theo chuc nang", "trien khai":
			continue
		case "phoi hop":
			return plan.Support
		}
		return plan.Lead
	}
	return plan.Lead
}

// afterNoun reports whether the word before a verb makes it a noun: "công tác kiểm tra", "nhiệm vụ được giao".
func afterNoun(before string) bool {
	for _, n := range []string{"cong tac", "duoc", "viec", "su", "nhiem vu", "chuc nang", "ke hoach", "noi dung"} {
		if strings.HasSuffix(before, " "+n) {
			return true
		}
	}
	return false
}

// sort puts the rows in the order of the text; rows of one task keep the order of their bodies.
func (r *assigner) sort() {
	list := r.plan.Assignments
	sort.SliceStable(list, func(i, j int) bool { return list[i].Span.Start < list[j].Span.Start })
}
