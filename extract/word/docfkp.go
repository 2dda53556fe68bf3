package word

import (
	"slices"
	"sort"
)

// propRun is the properties of a run of bytes.
type propRun struct {
	from, to int
	style    int // of a paragraph
	props    []byte
}

// propRuns are runs by the bytes at which they stand.
type propRuns []propRun

const pageBytes = 512

// readPages reads the runs of formatted disk pages ([MS-DOC] 2.9.33 ChpxFkp, 2.9.175 PapxFkp). A page that is named
// twice is read once.
func readPages(c *compound, index []byte, paragraphs bool) propRuns {
	bte := makePlc(index, 4)
	seen := map[uint32]bool{}
	var out propRuns
	for i := range bte.n {
		number := u32(bte.item(i), 0) & 0x3FFFFF
		page := sub(c.main, int(number)*pageBytes, pageBytes)
		if page == nil || seen[number] {
			continue
		}
		seen[number] = true
		out = appendPage(out, page, paragraphs)
	}
	slices.SortStableFunc(out, func(a, b propRun) int { return a.from - b.from })
	return out
}

// appendPage adds the runs of one page.
func appendPage(out propRuns, page []byte, paragraphs bool) propRuns {
	count := int(page[pageBytes-1])
	entry := 1
	if paragraphs {
		entry = 13
	}
	if 4*(count+1)+entry*count > pageBytes-1 {
		return out
	}
	for i := range count {
		r := propRun{from: int(u32(page, 4*i)), to: int(u32(page, 4*i+4))}
		if at := 2 * int(page[4*(count+1)+entry*i]); at > 0 && at < pageBytes-1 {
			if paragraphs {
				size, head := 2*int(page[at])-1, 1
				if page[at] == 0 {
					size, head = 2*int(page[at+1]), 2
				}
				if papx := sub(page, at+head, size); len(papx) >= 2 {
					r.style, r.props = int(u16(papx, 0)), papx[2:]
				}
			} else {
				r.props = sub(page, at+1, int(page[at]))
			}
		}
		if r.to > r.from {
			out = append(out, r)
		}
	}
	return out
}

// at is the run that holds the byte fc; nil where none does.
func (rs propRuns) at(fc int) *propRun {
	i := sort.Search(len(rs), func(i int) bool { return rs[i].from > fc }) - 1
	if i < 0 || fc >= rs[i].to {
		return nil
	}
	return &rs[i]
}
