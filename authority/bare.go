package authority

import "strings"

// Bare is a body's name without its place and without "Đề nghị", "Giao" or "Mời" before it, its first letter a
// capital: "Sở Công Thương tỉnh Lạng Sơn" → "Sở Công Thương". The place stays where it is part of a proper name
// (a newspaper, a station, a museum, a school, a company), and so does a bare "tỉnh" or "Thành phố".
func Bare(s string) string {
	var n name
	n.scan(s)
	i, j := n.verb(0), len(n.words)
	if i >= j {
		return strings.TrimSpace(s)
	}
	if k := n.title(i); k > i && k < j && n.words[k].upper > 0 {
		if _, ok := n.body(k, j, "", ""); ok {
			i = k
		}
	}
	end := j
	if !n.keepsPlace(i) {
		end = n.bare(i, j)
	}
	from, to := int(n.words[i].start), len(n.src)
	if end < j {
		to = int(n.words[end-1].end)
	}
	return capitalised(strings.TrimRight(strings.TrimSpace(n.src[from:to]), " ,;:.-–"))
}

// Agency is a body's name as a plan's assignments hold it: written out, and without its place.
func Agency(s string) string { return Bare(Expand(s)) }

// keepsPlace reports whether a place belongs to names that begin like this one.
func (n *name) keepsPlace(i int) bool {
	for w := min(3, len(n.words)-i); w > 0; w-- {
		if placed, ok := proper[string(n.key(i, i+w))]; ok {
			return placed
		}
	}
	return false
}

// proper lists how names begin that keep their place.
var proper = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range []string{"Báo", "Đài", "Bảo tàng", "Công ty", "Tổng Công ty", "Tập đoàn", "Trường", "Đại học", "Học viện", "Bệnh viện", "Viện", "Nhà hát", "Thư viện",
		"Cơ quan Báo", "Thành phố", "Tỉnh", "Thủ đô", "Ngân hàng", "Bưu điện", "Viễn thông", "VNPT", "Viettel", "Điện lực", "Tạp chí", "Nhà xuất bản",
		"Hiệp hội", "Vườn", "Làng", "Khu", "Cảng", "Xã", "Phường", "Huyện", "Quận", "Thị xã", "Đặc khu", "Bộ Tư lệnh"} {
		m[keyOf(s)] = true
	}
	m[keyOf("Viện kiểm sát")] = false
	return m
}()

// loose lists how names begin that lose "thuộc …", "trên địa bàn …" and a province's bare name as well.
var loose = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range []string{"Sở", "Ủy ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND", "Công an", "Bộ Chỉ huy", "Thành đoàn", "Tỉnh đoàn", "Trung tâm",
		"Tỉnh ủy", "Thành ủy", "Ban Tuyên giáo", "Thanh tra", "Chi cục", "Kho bạc", "Bảo hiểm xã hội"} {
		m[keyOf(s)] = true
	}
	return m
}()

// bare is the end of words i..j without the place.
func (n *name) bare(i, j int) int {
	isLoose := false
	for w := min(4, j-i); w > 0 && !isLoose; w-- {
		isLoose = loose[string(n.key(i, i+w))]
	}
	for k := i + 1; k < j; k++ {
		if isLoose {
			if string(n.key(k, k+1)) == "thuôc5" || k+2 < j && string(n.key(k, k+3)) == "trênđia5ban2" {
				if k > i+1 && string(n.key(k-1, k)) == "trưc5" {
					k--
				}
				return k
			}
		}
		if k+3 < j && string(n.key(k, k+3)) == "trênđia5ban2" && provincePrefix(n, k+3) < j && n.province(k+3, j) != nil {
			return k
		}
		at := provincePrefix(n, k)
		if at > k && at < j {
			if f := n.province(k, j); f != nil && (string(n.fold(k, k+1)) == "tinh" || anyCity(f)) {
				if string(n.key(k-1, k)) == "cua3" || string(n.key(k-1, k)) == "thuôc5" {
					k--
				}
				return k
			}
		}
	}
	if isLoose && string(n.fold(i, i+2)) != "trungtam" {
		for k := j - 1; k > i && k >= j-5; k-- {
			if n.words[k].upper > 0 && n.province(k, j) != nil && provincePrefix(n, k) == k && k > i {
				if _, ok := formKeys[string(n.key(i, k))]; ok {
					return k
				}
			}
		}
	}
	return j
}

// anyCity reports whether a province was ever a city under the centre.
func anyCity(forms []int) bool {
	for _, f := range forms {
		if provinces[f].City {
			return true
		}
	}
	return false
}
