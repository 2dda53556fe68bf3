package authority

import "testing"

func TestParseNumber(t *testing.T) {
	tests := []struct {
		printed string
		want    Number
	}{
		{"115 /KH-UBND", Number{Number: "115/KH-UBND", Symbol: "KH-UBND", Type: "KH", Issuer: "ubnd"}},
		{"Số: 173/KH-UBND", Number{Number: "173/KH-UBND", Symbol: "KH-UBND", Type: "KH", Issuer: "ubnd"}},
		{"Số : 837 / QĐ - BKH", Number{Number: "837/QĐ-BKH", Symbol: "QĐ-BKH", Type: "QĐ", Issuer: "bo-khdt"}},
		{"SỐ 45/KH-UBND.", Number{Number: "45/KH-UBND", Symbol: "KH-UBND", Type: "KH", Issuer: "ubnd"}},
		{"19-2018/NQ-CP", Number{Number: "19-2018/NQ-CP", Symbol: "NQ-CP", Type: "NQ", Issuer: "chinh-phu", Year: "2018"}},
		{"08-CTr/TU", Number{Number: "08-CTr/TU", Symbol: "CTr/TU", Type: "CTr", Issuer: "tinh-uy", Party: true}},
		{"02-NQ/TW", Number{Number: "02-NQ/TW", Symbol: "NQ/TW", Type: "NQ", Issuer: "tw", Party: true}},
		{"14 - KL / TW", Number{Number: "14-KL/TW", Symbol: "KL/TW", Type: "KL", Issuer: "tw", Party: true}},
		{"212-TB/TU", Number{Number: "212-TB/TU", Symbol: "TB/TU", Type: "TB", Issuer: "tinh-uy", Party: true}},
		{"12-HD/BTGTU", Number{Number: "12-HD/BTGTU", Symbol: "HD/BTGTU", Type: "HD", Issuer: "btg-tu", Party: true}},
		{"3792-BC/BCSĐCP", Number{Number: "3792-BC/BCSĐCP", Symbol: "BC/BCSĐCP", Type: "BC", Issuer: "bcsd-cp", Party: true}},
		{"02-KH/BCĐ", Number{Number: "02-KH/BCĐ", Symbol: "KH/BCĐ", Type: "KH", Issuer: "bcd", Party: true}},
		{"147-CTHĐ/TU", Number{Number: "147-CTHĐ/TU", Symbol: "CTHĐ/TU", Type: "CTr", Issuer: "tinh-uy", Party: true}},
		{"866/QĐ-Tg", Number{Number: "866/QĐ-Tg", Symbol: "QĐ-Tg", Type: "QĐ", Issuer: "ttg", Malformed: true}},
		{"889/QĐ-TTg", Number{Number: "889/QĐ-TTg", Symbol: "QĐ-TTg", Type: "QĐ", Issuer: "ttg"}},
		{"889/QÐ-TTg", Number{Number: "889/QĐ-TTg", Symbol: "QĐ-TTg", Type: "QĐ", Issuer: "ttg"}},
		{"889/QD-TTg", Number{Number: "889/QD-TTg", Symbol: "QD-TTg", Type: "QĐ", Issuer: "ttg"}},
		{"889/QĐ–TTg", Number{Number: "889/QĐ-TTg", Symbol: "QĐ-TTg", Type: "QĐ", Issuer: "ttg"}},
		{"54/2014/QH13", Number{Number: "54/2014/QH13", Symbol: "QH13", Issuer: "quoc-hoi", Year: "2014"}},
		{"23/2004/QH11", Number{Number: "23/2004/QH11", Symbol: "QH11", Issuer: "quoc-hoi", Year: "2004"}},
		{"237/NQ-UBTVQH16", Number{Number: "237/NQ-UBTVQH16", Symbol: "NQ-UBTVQH16", Type: "NQ", Issuer: "ubtvqh"}},
		{"10/2002/PL-UBTVQH10", Number{Number: "10/2002/PL-UBTVQH10", Symbol: "PL-UBTVQH10", Type: "PL", Issuer: "ubtvqh", Year: "2002"}},
		{"16/2026/QĐ-UBND", Number{Number: "16/2026/QĐ-UBND", Symbol: "QĐ-UBND", Type: "QĐ", Issuer: "ubnd", Year: "2026"}},
		{"256/2004/QĐ-UB", Number{Number: "256/2004/QĐ-UB", Symbol: "QĐ-UB", Type: "QĐ", Issuer: "ubnd", Year: "2004"}},
		{"21/2026/TT-BCT", Number{Number: "21/2026/TT-BCT", Symbol: "TT-BCT", Type: "TT", Issuer: "bo-cong-thuong", Year: "2026"}},
		{"39/2022/NĐ-CP", Number{Number: "39/2022/NĐ-CP", Symbol: "NĐ-CP", Type: "NĐ", Issuer: "chinh-phu", Year: "2022"}},
		{"01/2021/TTLT-BTC-BNV", Number{Number: "01/2021/TTLT-BTC-BNV", Symbol: "TTLT-BTC-BNV", Type: "TTLT", Issuer: "bo-tai-chinh", Year: "2021"}},
		{"2152/QĐ-BNN-TCTL", Number{Number: "2152/QĐ-BNN-TCTL", Symbol: "QĐ-BNN-TCTL", Type: "QĐ", Issuer: "bo-nnptnt"}},
		{"924/QC-SNNMT-SXD", Number{Number: "924/QC-SNNMT-SXD", Symbol: "QC-SNNMT-SXD", Type: "QC", Issuer: "so-nnmt"}},
		{"223/KH-STNMT-UBND", Number{Number: "223/KH-STNMT-UBND", Symbol: "KH-STNMT-UBND", Type: "KH", Issuer: "so-tnmt"}},
		{"164/TTr- SKHCN", Number{Number: "164/TTr-SKHCN", Symbol: "TTr-SKHCN", Type: "TTr", Issuer: "so-khcn"}},
		{"10/KH-SVHTT&DL", Number{Number: "10/KH-SVHTT&DL", Symbol: "KH-SVHTT&DL", Type: "KH", Issuer: "so-vhttdl"}},
		{"10/KH-SLĐ-TB&XH", Number{Number: "10/KH-SLĐ-TB&XH", Symbol: "KH-SLĐ-TB&XH", Type: "KH", Issuer: "so-ldtbxh"}},
		{"2928/LĐTBXH-BVCSTE", Number{Number: "2928/LĐTBXH-BVCSTE", Symbol: "LĐTBXH-BVCSTE", Type: "CV", Issuer: "bo-ldtbxh"}},
		{"3722/VPCP-CN", Number{Number: "3722/VPCP-CN", Symbol: "VPCP-CN", Type: "CV", Issuer: "vpcp"}},
		{"1407/UBND-NNMT", Number{Number: "1407/UBND-NNMT", Symbol: "UBND-NNMT", Type: "CV", Issuer: "ubnd"}},
		{"12/CV-STTTT", Number{Number: "12/CV-STTTT", Symbol: "CV-STTTT", Type: "CV", Issuer: "so-tttt"}},
		{"453/TB-UBND", Number{Number: "453/TB-UBND", Symbol: "TB-UBND", Type: "TB", Issuer: "ubnd"}},
		{"28/NQ-HĐND", Number{Number: "28/NQ-HĐND", Symbol: "NQ-HĐND", Type: "NQ", Issuer: "hdnd"}},
		{"15/2007/NQ-HĐND15", Number{Number: "15/2007/NQ-HĐND15", Symbol: "NQ-HĐND15", Type: "NQ", Issuer: "hdnd", Year: "2007"}},
		{"52/TTr-NHNN", Number{Number: "52/TTr-NHNN", Symbol: "TTr-NHNN", Type: "TTr", Issuer: "nhnn-tw"}},
		{"123/QĐ-CT", Number{Number: "123/QĐ-CT", Symbol: "QĐ-CT", Type: "QĐ"}},
		{"12a/QĐ-UBND", Number{Number: "12a/QĐ-UBND", Symbol: "QĐ-UBND", Type: "QĐ", Issuer: "ubnd"}},
		{"12/QĐUBND", Number{Number: "12/QĐUBND", Symbol: "QĐUBND", Type: "QĐ", Issuer: "ubnd", Malformed: true}},
		{"12/KH/UBND", Number{Number: "12/KH/UBND", Symbol: "KH/UBND", Type: "KH", Issuer: "ubnd", Malformed: true}},
		{"Số:      /KH-UBND", Number{Symbol: "KH-UBND", Type: "KH", Issuer: "ubnd"}},
		{"Số: ……/KH-SVHTTDL", Number{Symbol: "KH-SVHTTDL", Type: "KH", Issuer: "so-vhttdl"}},
		{"/KH-UBND", Number{Symbol: "KH-UBND", Type: "KH", Issuer: "ubnd"}},
		{"01/KH1N-01/17h00/DBQG-DBKH", Number{Number: "01/KH1N-01/17h00/DBQG-DBKH", Symbol: "KH1N-01/17h00/DBQG-DBKH"}},
		{"77/KH-XYZ", Number{Number: "77/KH-XYZ", Symbol: "KH-XYZ", Type: "KH"}},
	}
	for _, test := range tests {
		if got, ok := ParseNumber(test.printed); !ok || got != test.want {
			t.Errorf("ParseNumber(%q) = %+v, %v, want %+v", test.printed, got, ok, test.want)
		}
	}
}

func TestParseNumberRefuses(t *testing.T) {
	for _, s := range []string{"", "115", "KH-UBND", "12/4/2021", "24/6", "năm 2021/2022", "kế hoạch/UBND", "115/", "889/QĐ-TTg ngày 24/6/2020", "1/-KH", "và/hoặc", "3.5/10"} {
		if got, ok := ParseNumber(s); ok {
			t.Errorf("ParseNumber(%q) = %+v, want none", s, got)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"115 /KH-UBND", "Số : 837 / QĐ - BKH", "08-CTr/TU", "Số: /KH-UBND", "54/2014/QH13"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumber(s)
		if !ok {
			if n != (Number{}) {
				t.Errorf("ParseNumber(%q) = %+v, false", s, n)
			}
			return
		}
		if n.Symbol == "" {
			t.Errorf("ParseNumber(%q) = %+v: no symbol", s, n)
		}
		again, ok := ParseNumber(n.Number)
		if n.Number != "" && (!ok || again != n) {
			t.Errorf("ParseNumber(%q) = %+v, %v, want what %q gave: %+v", n.Number, again, ok, s, n)
		}
	})
}
