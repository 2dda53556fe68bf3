package structure

import "strings"

// triggers say of a folded line which words stand in it that a step looks for: most lines hold nothing for most steps, and one
// pass tells them so.
type triggers uint8

const (
	saysTime   triggers = 1 << iota // a time expression can begin
	saysLaw                         // a law by its name
	saysOld                         // the end of a number without a slash
	saysLead                        // a body that leads
	saysGiven                       // a task that is given
	saysMoney                       // a unit of money
	saysSource                      // "bằng nguồn …"
	saysDigit
)

// triggerWords are the words, of three bytes or more.
var triggerWords = map[triggers][]string{
	saysTime:   {"nam", "ngay", "thang", "quy", "tuan", "thoi ", "tien do", "lo trinh"},
	saysLaw:    {"luat", "phap lenh"},
	saysOld:    oldSymbols,
	saysLead:   {"chu tri", "thuong truc", "dau moi"},
	saysGiven:  {"giao "},
	saysMoney:  {"dong", "vnd", "trd"},
	saysSource: {"bang "},
}

// triggersAt leads from three bytes, by the low five bits of each, to the list of the words that begin with them; 0 is none.
var triggersAt, triggerLists = func() (at [1 << 15]uint8, lists [][]trigger) {
	lists = make([][]trigger, 1)
	for says, words := range triggerWords {
		for _, w := range words {
			slot := 0
			for i := range 3 {
				slot = slot<<5 | int(w[i]&31)
			}
			if at[slot] == 0 {
				at[slot] = uint8(len(lists))
				lists = append(lists, nil)
			}
			lists[at[slot]] = append(lists[at[slot]], trigger{w, says})
		}
	}
	return at, lists
}()

type trigger struct {
	words string
	says  triggers
}

// triggersOf are the triggers of a folded line.
func triggersOf(fold string) triggers {
	var found triggers
	slot := 0
	for i := range len(fold) {
		c := fold[i]
		if isDigit(c) {
			found |= saysDigit
		}
		slot = slot<<5&(1<<15-1) | int(c&31)
		list := triggersAt[slot]
		if list == 0 || i < 2 {
			continue
		}
		for _, t := range triggerLists[list] {
			if found&t.says == 0 && strings.HasPrefix(fold[i-2:], t.words) {
				found |= t.says
			}
		}
	}
	return found
}

// says reports whether the line holds a word of any of the triggers.
func (l *line) says(any triggers) bool { return l.triggers&any != 0 }
