package normalize

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"clean text stays", "Kế hoạch số 115/KH-UBND – “triển khai”…", "Kế hoạch số 115/KH-UBND – “triển khai”…"},
		{"marks are composed", "Kế hoạch", "Kế hoạch"},
		{"a tone before the circumflex", "Ke\u0301\u0302 hoa\u0323ch tie\u0301\u0302n đo\u0323\u0302", "Kế hoạch tiến độ"},
		{"a tone before the horn and the breve", "ngu\u031Bo\u0300\u031Bi gia\u0306\u0323t lu\u0301\u031B", "người giặt lứ"},
		{"old tone marks", "a\u0340 a\u0341", "à á"},
		{"eth in words", "Ðiều, ÐẠI HỘI ÐẢNG, QÐ-TTg, HÐND, ðược, ð)", "Điều, ĐẠI HỘI ĐẢNG, QĐ-TTg, HĐND, được, đ)"},
		{"eth in Icelandic stays", "Guðmundur Friðriksson, tiếng Việt", "Guðmundur Friðriksson, tiếng Việt"},
		{"gha for horned u", "nƣớc, đƣợc, TRƢỜNG", "nước, được, TRƯỜNG"},
		{"Cyrillic shifted by a text layer", "tiӃng ViӋt, hӝi chӫ nghƭa, ÿѭӧc, ĈҤI HӐC", "tiếng Việt, hội chủ nghĩa, được, ĐẠI HỌC"},
		{"Cyrillic stays", "Қазақстан, Ӏ, кӨл", "Қазақстан, Ӏ, кӨл"},
		{"blanks", "a\u00A0b\u202Fc\u3000d\u2009đ", "a b c d đ"},
		{"invisible", "\uFEFFkế\u200B hoạch\u00AD \u2060đã", "kế hoạch đã"},
		{"line ends", "a\r\nb\rc\fd\u2028đ\v", "a\nb\nc\nd\nđ\n"},
		{"controls go, tabs stay", "a\x00b\x07\tđ\x7F", "ab\tđ"},
		{"bullets of symbol fonts", "\uF0B7 Một \uF0A7 hai \uF0E0 ba", "• Một • hai → ba"},
		{"controls of Windows-1252", "\u0093Đề án\u0094 \u0096 một\u0085", "“Đề án” – một…"},
		{"spacing accents", "k\u00EA\u00B4 hoa´ch, `ma`, e`", "kế hoách, `ma`, e`"},
		{"bad bytes", "đ\xFFă", "đ\uFFFDă"},
		{"TCVN3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam\n§éc lËp - Tù do - H¹nh phóc", "Cộng hoà xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do - Hạnh phúc"},
		{"TCVN3, soft hyphens are ư", "Thñ t\u00ADíng ChÝnh phñ, n\u00ADíc, ®\u00ADîc", "Thủ tướng Chính phủ, nước, được"},
		{"TCVN3, drawn in capitals", "CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
		{"TCVN3, words drawn in capitals", "§iÒu 1. QUY §ÞNH CHUNG cña Bé TµI CHÝNH vµ Bé Y tÕ", "Điều 1. QUY ĐỊNH CHUNG của BỘ TÀI CHÍNH và Bộ Y tế"},
		{"TCVN3 in a PDF", "Thñ t−íng ChÝnh phñ x∙ héi", "Thủ tướng Chính phủ xã hội"},
		{"TCVN3, a short line goes with its document", "§iÒu 1. Ban hµnh kÌm theo QuyÕt ®Þnh nµy\nSè: 12\nBé\ncña c¸c Bé", "Điều 1. Ban hành kèm theo Quyết định này\nSố: 12\nBộ\ncủa các Bộ"},
		{"VNI", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam\nÑoäc laäp - Töï do", "Cộng hòa xã hội chủ nghĩa Việt Nam\nĐộc lập - Tự do"},
		{"VNI, capital and small modifier", "UÛY BAN NHAâN DAâN TÆNH KYõ", "ỦY BAN NHÂN DÂN TỈNH KỸ"},
		{"VNI, y with hook and tilde", "yû leä, kyõ thuaät, Kyø hoïp, Lyù do", "ỷ lệ, kỹ thuật, Kỳ họp, Lý do"},
		{"UTF-8 taken for Windows-1252", "Káº¿ hoáº¡ch triá»ƒn khai Ä‘á»\u0081 Ã¡n", "Kế hoạch triển khai đề án"},
		{"VIQR", "Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam. DDo^.c la^.p tu+. do. Ha.nh phu'c", "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập tự do. Hạnh phúc"},
		{"mixed encodings by paragraph", "Điều 1. Phê duyệt kế hoạch của tỉnh năm 2024\nUû ban nh©n d©n tØnh phª duyÖt kÕ ho¹ch n¨m 2024\nUÛy ban nhaân daân tænh pheâ duyeät keá hoaïch naêm 2024", "Điều 1. Phê duyệt kế hoạch của tỉnh năm 2024\nUỷ ban nhân dân tỉnh phê duyệt kế hoạch năm 2024\nỦy ban nhân dân tỉnh phê duyệt kế hoạch năm 2024"},
		{"other languages stay", "Le café de l'élève à Noël; Zürich für Düsseldorf; São Paulo; Malmö", "Le café de l'élève à Noël; Zürich für Düsseldorf; São Paulo; Malmö"},
		{"a long text in another language stays", "L'été dernier, à Besançon, des élèves très motivés ont découvert que la température moyenne s'élevait à près de trente degrés; l'après-midi même, ils étaient fatigués.", "L'été dernier, à Besançon, des élèves très motivés ont découvert que la température moyenne s'élevait à près de trente degrés; l'après-midi même, ils étaient fatigués."},
		{"signs of Unicode stay", "diện tích 120m², 30°C, «Đề án», ©2024, Báo cáo¹ – ½", "diện tích 120m², 30°C, «Đề án», ©2024, Báo cáo¹ – ½"},
		{"one word with a sign", "các báo cáo®, 5×3, §2", "các báo cáo®, 5×3, §2"},
	}
	for _, test := range tests {
		got := Text(test.in)
		if got != test.want {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, test.want)
		}
		if again := Text(got); again != got {
			t.Errorf("%s: a second time gives\n %q, not\n %q", test.name, again, got)
		}
	}
}

// TestTextIsIdempotentOnMixedTexts runs texts of many lines, each cut anywhere and in an encoding of its own.
func TestTextIsIdempotentOnMixedTexts(t *testing.T) {
	encodings := []Encoding{Unicode, TCVN3, VNI, VISCII, Windows1258, VIQR, DoubleUTF8}
	r := rand.New(rand.NewPCG(5, 5))
	for range 3000 {
		var b strings.Builder
		for range 1 + r.IntN(5) {
			line := slice(r, 5+r.IntN(70))
			switch enc := encodings[r.IntN(len(encodings))]; enc {
			case Unicode:
			case VIQR:
				line = string(encode(enc, line))
			case DoubleUTF8:
				line = western([]byte(line))
			default:
				line = western(encode(enc, line))
			}
			if r.IntN(4) == 0 {
				line = strings.ReplaceAll(line, " ", "\u00A0")
			}
			b.WriteString(line + "\n")
		}
		once := Text(b.String())
		if twice := Text(once); twice != once {
			t.Errorf("Text(%q)\n = %q,\nthen %q", b.String(), once, twice)
		}
	}
}

func TestTextKeepsCleanString(t *testing.T) {
	s := strings.Repeat("Ủy ban nhân dân tỉnh ban hành Kế hoạch.\n", 100)
	if n := testing.AllocsPerRun(10, func() { Text(s) }); n != 0 {
		t.Errorf("Text of a clean text allocates %v times, want none", n)
	}
}
