package index

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"kehoach/plan"
)

// Made plans: a small vocabulary, so that words meet and spellings of one folded word stand beside each other.
var (
	madeWords = strings.Fields(`văn vân vạn van hóa hoà hoa hỏa họa chuyển đổi đói dời số so sở tỉnh tinh tính kinh
		kính phí phi ban bàn nhân dân dẫn đầu đâu dấu tư từ tự nước nuoc sạch môi trường truong du lịch thể thao
		và các cấp Sở UBND giáo dục đào tạo quý 2021 80% 889/QĐ-TTg TT&TT 04/6/2021 4/6/2021 IV`)
	madeProvinces = []plan.Province{
		{ID: "kien-giang", Name: "Kiên Giang", Today: plan.Place{ID: "an-giang", Name: "An Giang"}},
		{ID: "an-giang", Name: "An Giang", Today: plan.Place{ID: "an-giang", Name: "An Giang"}},
		{ID: "lang-son", Name: "Lạng Sơn", Today: plan.Place{ID: "lang-son", Name: "Lạng Sơn"}},
		{},
	}
	madeBodies = []Body{{"so-tttt", "Sở Thông tin và Truyền thông"}, {"so-cong-thuong", "Sở Công Thương"},
		{"so-cong-thuong", "Sở Công thương"}, {"x-hoi-lam-vuon", "Hội Làm vườn"}, {"g-so-nganh", "Các sở, ngành"}}
	madeTypes = []plan.Type{{Code: "KH", Name: "Kế hoạch"}, {Code: "QĐ", Name: "Quyết định"}, {Code: "CT", Name: "Chỉ thị"}}
	madeStops = []string{" ", " ", " ", " ", " ", ", ", "; ", ". ", "\n", " - ", ": "}
)

// made is a plan with a nested outline, gaps before, between and behind its nodes, and rows of every list.
func made(rng *rand.Rand, id string) *plan.Plan {
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	p := &plan.Plan{Schema: plan.Schema, ID: id, Source: plan.Source{Path: fmt.Sprintf("/data/%d/%s.txt", rng.IntN(3), id)}}
	p.Province = madeProvinces[rng.IntN(len(madeProvinces))]
	p.Issuer = plan.Issuer{Name: "Ủy ban nhân dân tỉnh " + p.Province.Name, ID: "ubnd@" + p.Province.ID, Level: plan.Provincial}
	if p.Province.Name == "" {
		p.Issuer = plan.Issuer{Name: "Thủ tướng Chính phủ", ID: "thu-tuong", Level: plan.Central}
	}
	p.Type = madeTypes[rng.IntN(2)]
	if rng.IntN(4) == 0 {
		p.Attached = []plan.Attached{{Type: madeTypes[rng.IntN(3)]}}
	}
	switch rng.IntN(5) {
	case 0:
	case 1:
		p.Issued = fmt.Sprintf("%d-%02d", 2018+rng.IntN(6), 1+rng.IntN(12))
	default:
		p.Issued = fmt.Sprintf("%d-%02d-%02d", 2018+rng.IntN(6), 1+rng.IntN(12), 1+rng.IntN(28))
	}
	p.Number = fmt.Sprintf("%d/KH-UBND", rng.IntN(300))
	p.Source.Format = []string{"pdf", "docx", "text"}[rng.IntN(3)]
	for range rng.IntN(3) {
		p.Problems = append(p.Problems, plan.Problem{Code: []string{plan.BlankNumber, plan.LabelJump, plan.DateConflict}[rng.IntN(3)]})
	}
	if rng.IntN(3) == 0 {
		p.Areas = []string{"Giáo dục", "Y tế"}[:1+rng.IntN(2)]
	}
	var text strings.Builder
	sentence := func(words int) string {
		var s strings.Builder
		for i := range words {
			if i > 0 {
				s.WriteString(pick(madeStops))
			}
			s.WriteString(pick(madeWords))
		}
		return s.String()
	}
	p.Title = strings.Join(strings.Fields(sentence(1+rng.IntN(4))), " ")
	if rng.IntN(8) > 0 {
		text.WriteString(sentence(1+rng.IntN(20)) + "\n")
	}
	var node func(level int, path []string)
	node = func(level int, path []string) {
		at := len(p.Sections)
		p.Sections = append(p.Sections, plan.Section{})
		start := text.Len()
		label := fmt.Sprint(len(path)*10 + rng.IntN(9))
		path = append(path[:len(path):len(path)], label)
		s := plan.Section{ID: at, Label: label, Level: level, Path: path, Kind: plan.Kinds[rng.IntN(len(plan.Kinds))]}
		text.WriteString(label + ". ")
		if rng.IntN(3) > 0 {
			s.Heading = strings.Join(strings.Fields(sentence(1+rng.IntN(3))), " ")
			text.WriteString(s.Heading + "\n")
		}
		text.WriteString(sentence(1 + rng.IntN(25)))
		for range rng.IntN(3) {
			if level < 3 {
				text.WriteString("\n")
				node(level+1, path)
			}
		}
		s.Span = plan.Span{Start: start, End: text.Len()}
		p.Sections[at] = s
	}
	for range rng.IntN(4) {
		node(1, nil)
		text.WriteString("\n")
		if rng.IntN(4) == 0 {
			text.WriteString(sentence(1+rng.IntN(8)) + ".\n")
		}
	}
	p.Text = text.String()
	for range rng.IntN(4) {
		b := madeBodies[rng.IntN(len(madeBodies))]
		role := plan.Lead
		if rng.IntN(2) == 0 {
			role = plan.Support
		}
		p.Assignments = append(p.Assignments, plan.Assignment{Agency: b.Name, AgencyID: b.ID, Role: role})
	}
	for range rng.IntN(3) {
		role := []string{plan.Implements, plan.Mention}[rng.IntN(2)]
		p.Citations = append(p.Citations, plan.Citation{Number: fmt.Sprintf("%d/QĐ-TTg", 887+rng.IntN(3)), Role: role})
	}
	for range rng.IntN(3) {
		p.Deadlines = append(p.Deadlines, plan.Deadline{Date: fmt.Sprintf("%d-%02d-15", 2021+rng.IntN(3), 1+rng.IntN(12))})
	}
	return p
}

func madePlans(n int, seed uint64) []*plan.Plan {
	rng := rand.New(rand.NewPCG(seed, 1))
	plans := make([]*plan.Plan, n)
	for i := range plans {
		plans[i] = made(rng, fmt.Sprintf("%016x", rng.Uint64()))
	}
	return plans
}
