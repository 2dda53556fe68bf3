package pdf

import (
	"bytes"
	"encoding/ascii85"
	"testing"
)

// TestFilters undoes each filter; ends and parameters are those of real files.
func TestFilters(t *testing.T) {
	var a85 bytes.Buffer
	w := ascii85.NewEncoder(&a85)
	w.Write([]byte("Trồng cây"))
	w.Close()
	for _, test := range []struct {
		filter    filter
		raw, want string
	}{
		{filter{name: "ASCIIHexDecode"}, "54 72 e1BB936e67>", "Trồng"},
		{filter{name: "AHx"}, "4A4>", "J@"},
		{filter{name: "ASCII85Decode"}, a85.String() + "~>", "Trồng cây"},
		{filter{name: "A85"}, "<~z~>", "\x00\x00\x00\x00"},
		{filter{name: "RunLengthDecode"}, "\x02abc\xfed\x80x", "abcddd"},
		{filter{name: "RL"}, "\x05ab", "ab"},
		{filter{name: "LZWDecode"}, "\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", "-----A---B"}, // ISO 32000, 7.4.4.2
		{filter{name: "LZW", late: true}, "\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", "-----A---B"},
		{filter{name: "Crypt"}, "as it is", "as it is"},
	} {
		got, err := decode([]byte(test.raw), []filter{test.filter})
		if err != nil || string(got) != test.want {
			t.Errorf("%s %q: %q, %v; want %q", test.filter.name, test.raw, got, err, test.want)
		}
	}
	if got, err := decode([]byte("x"), []filter{{name: "DCTDecode"}}); err == nil {
		t.Errorf("an image's filter gives %q", got)
	}
}

// TestPredictors undoes the five filters of PNG, a row each.
func TestPredictors(t *testing.T) {
	rows := []byte{0, 1, 2, 3, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 4, 1, 1, 1}
	want := []byte{1, 2, 3, 1, 2, 3, 2, 3, 4, 2, 3, 4, 3, 4, 5}
	if got := unPNG(bytes.Clone(rows), 3, 1); !bytes.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// FuzzFilters holds that no filter panics or outgrows its bound.
func FuzzFilters(f *testing.F) {
	names := []string{"FlateDecode", "LZWDecode", "ASCIIHexDecode", "ASCII85Decode", "RunLengthDecode"}
	f.Add([]byte("\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"), uint8(1), 12, 3)
	f.Add([]byte("\x02abc\xfed\x80x"), uint8(4), 0, 0)
	f.Fuzz(func(t *testing.T, raw []byte, which uint8, predictor, columns int) {
		got, _ := decode(raw, []filter{{name: names[int(which)%len(names)], predictor: predictor, columns: columns}})
		if len(got) > maxStream+1<<12 {
			t.Fatalf("%d bytes of %d", len(got), len(raw))
		}
	})
}
