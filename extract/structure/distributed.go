package structure

import (
	"strings"

	"kehoach/authority"
)

// sharedWords open a list of bodies that share their first word: "các Sở: Tài chính, Y tế, Nội vụ".
var sharedWords = []struct{ open, word string }{
	{"cac so: ", "Sở "}, {"cac so ", "Sở "}, {"cac bo: ", "Bộ "}, {"cac bo ", "Bộ "}, {"so: ", "Sở "}, {"cac so, ban, nganh: ", ""}, {"cac so, nganh: ", ""}, {"cac so, ban nganh: ", ""},
	{"cac don vi: ", ""}, {"cac co quan: ", ""}, {"cac co quan, don vi: ", ""}, {"cac bo, nganh: ", ""},
}

// distributed reads such a list: each of its names is a body with the word that they share. It is nil where the text is
// another one, or where a name is no body then.
func (s *state) distributed(w words) []agency {
	for _, sh := range sharedWords {
		if !strings.HasPrefix(w.fold, sh.open) {
			continue
		}
		rest := w.cut(len(sh.open), len(w.fold)).trim("")
		if !opensUpper(rest.text) || sh.word == "" && !isBody(rest.text, rest.fold) {
			continue
		}
		if sh.word == "" {
			return s.members(rest, false)
		}
		if list := s.shared(rest, sh.word); len(list) > 1 {
			return list
		}
	}
	return nil
}

// shared splits "Tài chính, Văn hóa, Thể thao và Du lịch; Y tế và Nội vụ" where each name is a body behind a word: the
// longest name counts.
func (s *state) shared(w words, word string) []agency {
	var cuts []int // where a name may end
	for i := range len(w.fold) {
		if w.fold[i] == ',' || w.fold[i] == ';' || strings.HasPrefix(w.fold[i:], " va ") {
			cuts = append(cuts, i)
		}
	}
	cuts = append(cuts, len(w.fold))
	var out []agency
	from := 0
	for k := 0; k < len(cuts); k++ {
		found := -1
		for j := min(len(cuts), k+4) - 1; j >= k && found < 0; j-- {
			name := w.cut(from, cuts[j]).trim("").text
			if b := authority.Resolve(word+name, s.plan.Issued, s.plan.Province.Name); b.Status == authority.Resolved && opensUpper(name) {
				found = j
			}
		}
		if found < 0 {
			return s.tailOf(w, from, out)
		}
		name := w.cut(from, cuts[found]).trim("")
		b := authority.Resolve(word+name.text, s.plan.Issued, s.plan.Province.Name)
		full := authority.Bare(properName(word + name.text))
		if shortened(full) {
			full = b.Name
		}
		out = append(out, agency{name: full, id: b.ID, span: name.span})
		from = cuts[found]
		for _, sep := range []string{", va ", "; va ", " va ", ", ", "; ", ",", ";"} {
			if strings.HasPrefix(w.fold[from:], sep) {
				from += len(sep)
				break
			}
		}
		k = found
	}
	return out
}

// tailOf reads the members behind the names that share a word: "các Sở: Y tế, Tài chính và UBND các huyện".
func (s *state) tailOf(w words, from int, list []agency) []agency {
	rest := w.cut(from, len(w.fold)).trim("")
	if len(list) == 0 || !isBodyAnyCase(rest.text, rest.fold) {
		return nil
	}
	return append(list, s.members(rest, false)...)
}
