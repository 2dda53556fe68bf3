package structure

import (
	"slices"
	"strings"

	"kehoach/normalize"
	"kehoach/plan"
)

// ordering are the types of documents that are orders as a whole: they have no part on organisation.
var ordering = map[string]bool{"CT": true, "CĐ": true, "CV": true, "TB": true, "KL": true}

// findDuties finds the sections that give duties to bodies: those in a part on organisation, and, anywhere, those of
// a row of siblings most of which are named after bodies ("1. Sở Công Thương … 2. Sở Tài chính …"); in a document that
// is an order as a whole one is enough.
func (r *assigner) findDuties() {
	list := r.plan.Sections
	r.duty = make([]bool, len(list))
	type family struct{ members, named int }
	families := map[int]*family{}
	for i := range list {
		if list[i].Kind == plan.Organization {
			continue
		}
		f := families[r.parent[i]]
		if f == nil {
			f = &family{}
			families[r.parent[i]] = f
		}
		f.members++
		if r.named[i] != nil {
			f.named++
		}
	}
	orders := ordering[r.plan.Type.Code]
	for i := range list {
		switch {
		case list[i].Kind == plan.Organization:
			r.duty[i] = true
		case r.parent[i] >= 0 && r.duty[r.parent[i]] && list[r.parent[i]].Kind != plan.Organization:
			r.duty[i] = true
		case list[i].Kind == plan.Content || list[i].Kind == plan.Other || list[i].Kind == plan.Requirements:
			f := families[r.parent[i]]
			r.duty[i] = f.named > 1 && f.named*5 >= f.members*3 || orders && f.named > 0
		}
	}
}

// leadsIn reports whether the words behind the bodies of a heading only lead in the tasks below it: "chủ trì, phối hợp
// thực hiện", "có trách nhiệm", "chủ trì, phối hợp với các sở, ngành".
func (r *assigner) leadsIn(duty words) bool {
	duty = duty.trim(".:;,")
	if countWords(duty.fold, 8) <= 6 {
		return true
	}
	for _, w := range []string{"chu tri, phoi hop", "chu tri phoi hop", "phoi hop", "chu tri, phoi hop chat che"} {
		rest, ok := strings.CutPrefix(duty.fold, w+" voi ")
		if !ok {
			continue
		}
		names := duty.cut(len(duty.fold)-len(rest), len(duty.fold))
		if end, _ := runEnd(names, false); end == 0 {
			return true
		}
	}
	return false
}

// owners are the bodies that a line names and nothing else, before a colon.
func (r *assigner) owners(w words) []agency {
	if !strings.HasSuffix(w.fold, ":") || !isBody(w.text, w.fold) {
		return nil
	}
	bare := w.trim(":")
	if end, _ := runEnd(bare, false); end > 0 || countWords(bare.fold, 40) > 30 {
		return nil
	}
	list := r.agencies(bare)
	for _, a := range list {
		if strings.HasPrefix(a.id, "x-") {
			return nil
		}
	}
	return list
}

// leadWords open the task of a body that a sentence makes answer for it, folded.
var leadWords = []string{"chu tri", "la co quan chu tri", "la don vi chu tri", "la co quan thuong truc", "la don vi thuong truc", "la co quan dau moi", "la don vi dau moi", "la dau moi",
	"lam dau moi", "chiu trach nhiem chu tri", "co trach nhiem chu tri", "lam co quan thuong truc", "giu vai tro chu tri"}

// behindAdverbial splits a sentence whose bodies stand behind an opening adverbial: "Trên cơ sở Kế hoạch này, các sở,
// ngành xây dựng …". The task is what follows their names.
func (r *assigner) behindAdverbial(w words) (list []agency, task words, ok bool) {
	if !opensWithAny(w.fold, adverbials) || strings.HasPrefix(w.fold, "trong qua trinh") {
		return nil, w, false
	}
	for i, n := 0, 0; i < min(len(w.fold), maxRun) && n < 6; i++ {
		if w.fold[i] == '.' || w.fold[i] == ';' {
			break
		}
		if w.fold[i] != ',' {
			continue
		}
		n++
		at := i + 1 + blanks(w.fold[i+1:])
		rest := w.cut(at, len(w.fold))
		if !isBodyAnyCase(rest.text, rest.fold) || !opensUpper(rest.text) && !strings.HasPrefix(rest.fold, "cac ") {
			continue
		}
		if list, task, ok := r.subject(rest); ok && slices.ContainsFunc(list, func(a agency) bool { return !strings.HasPrefix(a.id, "x-") }) {
			return list, task, true
		}
	}
	return nil, w, false
}

// notGiven are the words before "giao" that make it no order: "được giao", "bàn giao". Folded.
var notGiven = []string{"duoc", "ban", "chuyen", "khoan", "tieu", "xa", "ngoai", "da", "phan", "viec", "tiep", "nhiem vu", "von", "so", "chi tieu"}

// given gives rows to the bodies that a sentence gives a task to inside it: "Thành phố cũng giao các chủ đầu tư liên
// quan tập trung …". It reports whether there were any.
func (r *assigner) given(w words) bool {
	found := false
	for from := 0; ; {
		at, ok := hasWord(w.fold[from:], "giao")
		if !ok {
			return found
		}
		at += from
		from = at + len("giao")
		if _, not := beforeAny(w.fold, at, notGiven); not || normalize.Keys(w.cut(at, from).text) != "giao" {
			continue
		}
		rest := w.cut(from, len(w.fold)).trim("")
		if name, ok := strings.CutPrefix(rest.fold, "cho "); ok {
			rest = rest.cut(len(rest.fold)-len(name), len(rest.fold)).trim("")
		}
		if !isBodyAnyCase(rest.text, rest.fold) || !opensUpper(rest.text) && !strings.HasPrefix(rest.fold, "cac ") {
			continue
		}
		if end := sentenceEnd(rest.fold); end > 0 {
			rest = rest.cut(0, end)
		}
		end, verb := r.namesEnd(rest.cut(0, min(len(rest.fold), 2*maxRun)))
		if end == 0 || rest.fold[end] == ':' {
			continue
		}
		task := rest.cut(verb, len(rest.fold)).trim("")
		if list := r.agencies(rest.cut(0, end)); task.fold != "" && len(list) > 0 && !enforcement(task.fold) {
			r.rows(list, []words{task})
			found = true
		}
	}
}

// sentenceEnd is where the first sentence of a folded text ends, 0 where it goes on to the end.
func sentenceEnd(fold string) int {
	for i := 1; i+1 < len(fold); i++ {
		if fold[i] == ';' || fold[i] == '.' && fold[i+1] == ' ' && !isDigit(fold[i-1]) {
			return i
		}
	}
	return 0
}

// ledBy gives a row to the body by which a task is led: "Hội nghị sơ kết do Sở Y tế chủ trì". The task is what stands
// before it.
func (r *assigner) ledBy(w words) {
	at, ok := hasWord(w.fold, "do")
	if !ok || at < 4 {
		return
	}
	rest := w.cut(at+len("do"), len(w.fold)).trim("")
	if normalize.Keys(w.cut(at, at+2).text) != "do" || !isBodyAnyCase(rest.text, rest.fold) || !opensUpper(rest.text) && !strings.HasPrefix(rest.fold, "cac ") {
		return
	}
	end, verb := runEnd(rest, true)
	if end == 0 || !opensWithAny(rest.fold[verb:], []string{"chu tri", "lam dau moi", "la co quan chu tri"}) {
		return
	}
	task := w.cut(0, at).trim(",;(")
	if countWords(task.fold, 4) < 2 {
		return
	}
	for _, a := range r.agencies(rest.cut(0, end)) {
		row := r.row(a, task)
		if row == nil {
			return
		}
		row.Role = plan.Lead
		row.With, row.WithSpans = nil, nil
		for _, p := range r.partners(rest.cut(verb, len(rest.fold))) {
			row.With, row.WithSpans = append(row.With, p.name), append(row.WithSpans, p.span)
		}
	}
}
