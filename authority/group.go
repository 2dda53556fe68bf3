package authority

import (
	_ "embed"
	"strings"

	"kehoach/internal/tsv"
	"kehoach/plan"
)

//go:embed tables/groups.tsv
var groupsTSV string

type groupForm struct {
	id    string
	words int
	open  bool
}

var (
	groupByID  map[string]Body
	groupKeys  map[string]groupForm
	groupFolds map[string]groupForm
)

var _ = loadGroups()

func loadGroups() bool {
	groupByID, groupKeys, groupFolds = map[string]Body{}, map[string]groupForm{}, map[string]groupForm{}
	for _, r := range tsv.MustParse("groups.tsv", groupsTSV, "id", "level", "name", "forms").Rows {
		groupByID[r[0]] = Body{ID: r[0], Name: r[2], Level: plan.Level(r[1]), Group: true, Status: Group, Reason: "a group of the table"}
		for _, s := range tsv.List(r[3]) {
			spelling, open := strings.CutSuffix(s, "…")
			var n name
			n.scan(spelling)
			f := groupForm{r[0], len(n.words), open}
			if old, twice := groupKeys[string(n.keys)]; twice && old.id != r[0] {
				panic("authority: groups.tsv: " + s + ": in " + old.id + " and " + r[0])
			}
			groupKeys[string(n.keys)], groupFolds[string(n.folds)] = f, f
		}
	}
	return true
}

// quantifier is the first word after "các", "một số", "thủ trưởng các" …, and whether there is such a word.
func (n *name) quantifier(i, j int) (int, bool) {
	found := false
	for i < j {
		two := ""
		if i+1 < j {
			two = string(n.fold(i, i+2))
		}
		switch {
		case two == "motso" || two == "toanthe" || two == "tatca" || two == "hethong" && found:
			i += 2
		case string(n.fold(i, i+1)) == "cac" || string(n.key(i, i+1)) == "nhưng4" || string(n.key(i, i+1)) == "moi5" || string(n.key(i, i+1)) == "tưng2":
			i++
		default:
			return i, found
		}
		found = true
	}
	return i, found
}

// narrowed is the end of words i..j without what only narrows a group: "liên quan", "của tỉnh", "trên địa bàn …".
func (n *name) narrowed(i, j int) int {
	for j > i+1 {
		at := j
		two := string(n.fold(j-2, j))
		switch {
		case two == "lienquan" || two == "thanhpho" || two == "tructhuoc" || two == "captinh" || two == "diaban" || two == "trongtinh" || two == "toantinh" || two == "caccap" && j > i+3:
			at = j - 2
		case string(n.key(j-1, j)) == "tinh3" || string(n.key(j-1, j)) == "tp" || string(n.key(j-1, j)) == "khac1":
			at = j - 1
		}
		if at == j {
			if k, ok := n.placed(i, j); ok {
				at = k
			}
		}
		for at > i+1 {
			f := string(n.fold(at-1, at))
			if f != "cua" && f != "thuoc" && f != "co" && f != "tren" && f != "o" && f != "tai" && f != "cap" && f != "diaban" {
				break
			}
			at--
		}
		if at == j || at <= i {
			return j
		}
		if at == i+1 && n.words[i].runes < 3 && at != j {
			return j
		}
		j = at
	}
	return j
}

// placed finds "tỉnh X", "thành phố X" or "trên địa bàn …" at the end of words i..j.
func (n *name) placed(i, j int) (int, bool) {
	for k := j - 2; k > i && k >= j-6; k-- {
		if provincePrefix(n, k) > k && provincePrefix(n, k) < j && n.province(k, j) != nil {
			return k, true
		}
	}
	for k := i + 1; k+2 < j; k++ {
		if string(n.fold(k, k+3)) == "trendiaban" {
			return k, true
		}
	}
	return j, false
}

// heads are words that open a group where no proper name follows: "đơn vị duy trì thoát nước".
var groupHeads = map[string]bool{
	"donvi": true, "coquan": true, "tochuc": true, "doanhnghiep": true, "chudautu": true, "lucluong": true, "nghenhan": true,
	"nghesi": true, "nghesy": true, "nhom": true, "nguoi": true, "canhan": true, "canbo": true, "coso": true, "hethong": true,
	"nhathau": true, "nhathietke": true, "thanhvien": true, "phuongtien": true, "hodan": true, "cactang": true, "nhadautu": true,
	"hoviên": true, "hocsinh": true, "sinhvien": true, "giaovien": true, "doanvien": true, "hoivien": true, "chuquan": true, "chuho": true,
	"diaphuong": true, "chinhquyen": true, "capuy": true, "congdong": true, "nhandan": true, "truongthon": true, "baodai": true, "hogiadinh": true,
}

// group resolves words i..j as a group, where they are one.
func (n *name) group(i, j int) (Body, bool) {
	k, quantified := n.quantifier(i, j)
	if k >= j {
		return Body{}, false
	}
	look := func(e int) (Body, bool) {
		f, ok := groupKeys[string(n.key(k, e))]
		if !ok && n.plain() {
			f, ok = groupFolds[string(n.fold(k, e))]
		}
		if ok && (quantified || f.words > 1) && (e == j || f.open || e < j) {
			return groupByID[f.id], true
		}
		return Body{}, false
	}
	if g, ok := look(j); ok {
		return g, true
	}
	end := n.narrowed(k, j)
	if end < j {
		if g, ok := look(end); ok {
			return g, true
		}
	}
	for e := end - 1; e > k+1; e-- { // open forms
		if f, ok := groupKeys[string(n.key(k, e))]; ok && f.open {
			g := groupByID[f.id]
			g.ID = string(n.slug(e, end, append([]byte(f.id), '-')))
			g.Name = capitalised(Expand(n.text(i, j)))
			return g, true
		}
	}
	generic := quantified
	for w := 1; w <= 3 && !generic && k+w <= end; w++ {
		generic = groupHeads[string(n.fold(k, k+w))] && (k+w == end || n.words[k+w].upper == 0)
	}
	if !generic {
		return Body{}, false
	}
	var buf [128]byte
	id := string(n.slug(k, end, append(buf[:0], 'g', '-')))
	return Body{ID: id, Name: capitalised(Expand(n.text(i, j))), Group: true, Status: Group, Reason: "a group by its words"}, true
}
