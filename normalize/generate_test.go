package normalize

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Vietnamese for tests is drawn from the syllable model: an onset and a rhyme with its tone, each with the weight
// it has in administrative prose (per mille of onsets, per ten thousand of rhymes; "-" is no onset).
const onsetWeights = `c:91 đ:86 t:86 th:74 h:64 v:63 ch:48 tr:44 s:39 l:38 n:34 b:33 d:33 ph:32 nh:31 qu:30 kh:26 k:25 x:22 ng:21
m:20 -:19 gi:16 ngh:13 r:5 g:4 gh:2`

const rhymeWeights = `a2:270 ac1:262 ông:194 ua3:140 ô1:124 an:120 uê1:116 ê1:112 anh2:111 an3:111 o1:108 ưc1:108 i5:106 ưc5:106 inh1:103
i:99 a4:99 iên5:98 inh5:96 âp5:95 a:92 ân:90 ươc1:90 ơi1:88 ơ:87 ơp5:86 o:86 ai3:85 ô5:83 y1:82 ai5:81 ong:79 ay2:78 ươc5:78 uât1:78
ư:77 ê2:77 u5:75 ô3:74 ăng:73 inh:73 eo:71 ê3:70 oanh:70 âu2:69 ăm:69 u3:69 iên:69 ên:68 inh2:67 u:67 iêp5:67 y:66 ôi5:63 iêu2:62
âu3:62 a1:61 ương:61 ông5:61 ang2:60 ư5:60 ao:58 ôi1:58 uc5:57 ơ3:57 ai2:57 ương2:56 ach1:54 ê5:48 ung:48 ap1:46 ao1:46 at1:46 ư2:45
ai:43 ung5:43 oa1:43 iêc5:43 ât1:42 ông2:42 uyên3:41 iêm3:41 âp1:41 iêt5:41 oan1:40 an1:40 iêu5:40 ơn:39 a3:39 yêt1:38 ôp5:38 ao2:38
am:37 uât5:36 ăn:36 iêm5:36 ương5:36 ương3:35 iên3:35 ây:35 ư3:35 ân5:34 oai2:34 anh:34 ươi2:34 ơi2:33 uyên:33 ân2:33 ôt5:32 oăc5:31
ưng4:30 iên1:30 oan2:29 iêu:29 i1:29 ao5:28 ang1:28 i2:28 âm3:28 ôn1:28 ôc1:27 ưng1:27 ung2:27 ich5:27 iên2:26 êt1:25 yên2:25 au:23
an5:23 i3:23 oat5:22 ang:22 ao3:22 y3:22 ên1:22 oan3:22 ông1:22 ông3:21 iêp1:21 at5:21 am3:20 ai1:20 ương1:20 inh3:20 ia5:19 ưng5:19
am2:18 ay:18 oc5:18 iêt1:18 am5:17 ich1:17 uôc5:17 âu1:17 ach5:17 oai5:17 anh5:17 iêu1:17 on2:17 oach5:16 in:16 uy:16 ân1:16 uy3:16
ât5:16 ân4:16 ưa:15 âng:15 ơ5:15 ư1:15 ong2:15 anh1:15 o5:15 uyên2:14 ăng2:14 y2:14 ôi3:14 ê:13 ô:13 ưa3:13 ưng2:13 ăc5:13 ưu:12
uân5:12 ep1:12 iên4:12 y4:12 ơi5:12 ung1:12 ai4:11 iu5:11 uôn2:11 ong1:11 ăt5:11 iêu3:11 ên2:11 ưa4:10 ong5:10 êu1:10 ơ2:10 op1:10
ây1:10 ưu1:10 uc1:10 ây3:10 et1:10 u2:9 ô2:9 ô4:9 ay1:9 inh4:9 ư4:9 ôn:9 ôi:9 oang3:8 ang5:8 oa:8 e4:8 ang3:8 uyên5:8 âm:8 âu4:8
ia4:8 ôc5:8 an2:8 yêu:7 yêu1:7 ua:7 ơi:7 o4:7 ôm2:7 am1:7 ênh5:7 ưng:7 in2:6 uân3:6 ia:6 ưi3:6 ăc1:6 ơn1:6 uyên1:6 ươi1:6 em:6 âm5:6
u1:6 ăm2:5 e3:5 ung4:5 anh4:5 o3:5 oa2:5 uôi1:5 ôt1:5 ôi2:5 ăt1:5 oat1:5 oan5:5 u4:5 âu:5 oi5:4 êu:4 ưa5:4 oi1:4 em2:4 oc1:4 in1:4 e:4
êm:4 iêm1:4 ut1:4 ac5:4 iêm:4 anh3:4 uyêt5:4 on5:4 ưa2:4 eo2:4 ương4:4 uê:4 iêng:3 ây2:3 ip5:3 ưu4:3 im:3 âm1:3 ôi4:3 on:3 i4:3 ăp1:3
ung3:3 en:3 it1:3 ôn2:3 ăn1:3 êp1:3 ươt5:3 uy4:3 ôn3:3 ăng5:3 ơi3:2 âng2:2 o2:2 âc5:2 âu5:2 a5:2 uôi:2 ang4:2 êu2:2 oa3:2 om1:2 ênh:2
uông1:2 âm2:2 oi3:2 eo1:2 êch5:2 ui1:2 ia1:2 op5:2 up1:2`

// weighted is a list of strings to draw from.
type weighted struct {
	items []string
	sums  []int
}

func parseWeights(s string) *weighted {
	w := &weighted{}
	sum := 0
	for _, f := range strings.Fields(s) {
		item, n, _ := strings.Cut(f, ":")
		weight, err := strconv.Atoi(n)
		if err != nil {
			panic(err)
		}
		sum += weight
		w.items, w.sums = append(w.items, strings.TrimPrefix(item, "-")), append(w.sums, sum)
	}
	return w
}

func (w *weighted) draw(r *rand.Rand) string {
	n := r.IntN(w.sums[len(w.sums)-1])
	i := 0
	for w.sums[i] <= n {
		i++
	}
	return w.items[i]
}

var onsetDraw, rhymeDraw = parseWeights(onsetWeights), parseWeights(rhymeWeights)

// syllable draws one native syllable, its mark where the old style has it.
func syllable(r *rand.Rand) string {
	for {
		onset, rhyme := onsetDraw.draw(r), rhymeDraw.draw(r)
		tone := uint8(0)
		if last := rhyme[len(rhyme)-1]; last-'0' < 6 {
			tone, rhyme = last-'0', rhyme[:len(rhyme)-1]
		}
		if w, end := scanWord(onset+rhyme, 0); end == len(onset+rhyme) && validPacked(w.packed, tone) {
			return Place(retone(onset+rhyme, tone), Old)
		}
	}
}

// retone puts a tone on the last vowel of a syllable that has none; Place moves it home.
func retone(s string, tone uint8) string {
	runes := []rune(s)
	for i := len(runes) - 1; i >= 0; i-- {
		if vowelCodes&(1<<at(runes[i]).code) != 0 {
			runes[i] = withTone(runes[i], tone)
			break
		}
	}
	return string(runes)
}

// prose draws sentences of at least n runes, in NFC.
func prose(r *rand.Rand, n int) string {
	var b strings.Builder
	runes, start := 0, true
	for runes < n {
		w := syllable(r)
		switch k := r.IntN(100); {
		case start:
			first, size := utf8.DecodeRuneInString(w)
			w = string(unicode.ToUpper(first)) + w[size:]
			start = false
		case k < 3:
			first, size := utf8.DecodeRuneInString(w)
			w = string(unicode.ToUpper(first)) + w[size:]
		case k < 4:
			w = []string{"UBND", "2024", "15/KH-UBND", "31/12", "3%", "(1)"}[r.IntN(6)]
		}
		switch k := r.IntN(100); {
		case k < 6:
			w += ", "
		case k < 9:
			w += ". "
			start = true
		case k < 10:
			w += "; "
		default:
			w += " "
		}
		b.WriteString(w)
		runes += utf8.RuneCountInString(w)
	}
	return b.String()
}

// slice draws n runes out of the middle of prose, words cut at both ends, with three accented letters at least.
func slice(r *rand.Rand, n int) string {
	for {
		text := []rune(prose(r, n+24))
		from := r.IntN(len(text) - n)
		cut := string(text[from : from+n])
		accents := 0
		for _, c := range cut {
			if c >= 0x80 {
				accents++
			}
		}
		if accents >= 3 {
			return cut
		}
	}
}

// encode writes text in an old encoding. TCVN3 has no toned capitals and writes them small.
func encode(enc Encoding, text string) []byte {
	table := encoders[enc]
	var out []byte
	for _, r := range text {
		if code, ok := table[r]; ok {
			out = append(out, code...)
		} else {
			out = append(out, string(r)...)
		}
	}
	return out
}

var encoders = func() map[Encoding]map[rune]string {
	m := map[Encoding]map[rune]string{}
	for col, enc := range []Encoding{TCVN3, VNI, VISCII, Windows1258} {
		m[enc] = map[rune]string{}
		for _, row := range letterRows() {
			r, _ := utf8.DecodeRuneInString(row[0])
			m[enc][r] = string(mustHex(row[col+1]))
		}
	}
	m[VIQR] = map[rune]string{}
	for _, row := range letterRows() {
		r, _ := utf8.DecodeRuneInString(row[0])
		m[VIQR][r] = row[5]
	}
	return m
}()
