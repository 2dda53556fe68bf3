package normalize

import "testing"

func TestSmoke(t *testing.T) {
	for _, s := range []string{"Céng hoµ x· héi chñ nghÜa ViÖt Nam", "§éc lËp - Tù do - H¹nh phóc", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Ñoäc laäp - Töï do", "Káº¿ hoáº¡ch", "Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam", "Kế hoạch tuyên truyền", "café élève São Paulo"} {
		t.Log(Detect(s, ""), Text(s), Keys(s), Fold(s), ValidShare(s))
	}
}
