package plan

import (
	"encoding/json"
	"testing"
)

func TestReadSpan(t *testing.T) {
	for text, want := range map[string]Span{
		"[0,0]": {}, "[3,1234567]": {3, 1234567}, "[ 3 , 4 ]": {3, 4}, "[-1,4]": {-1, 4}, "[10,0]": {10, 0}, "[7]": {7, 0}, "null": {},
	} {
		var s Span
		if err := json.Unmarshal([]byte(text), &s); err != nil || s != want {
			t.Errorf("%s is read as %v, %v; want %v", text, s, err, want)
		}
	}
	for _, text := range []string{`[1.5,2]`, `["1",2]`, `{"a":1}`, `[1e99,2]`, `[99999999999999999999,1]`} {
		var s Span
		if err := json.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("%s is read as %v", text, s)
		}
	}
}

func TestReadRef(t *testing.T) {
	for text, want := range map[string]Ref{"0": RefTo(0), "12": RefTo(12), "-1": 0} {
		var r Ref
		if err := json.Unmarshal([]byte(text), &r); err != nil || r != want {
			t.Errorf("%s is read as %v, %v; want %v", text, r, err, want)
		}
	}
	for _, text := range []string{`"1"`, `1.5`, `[1]`} {
		var r Ref
		if err := json.Unmarshal([]byte(text), &r); err == nil {
			t.Errorf("%s is read as %v", text, r)
		}
	}
}
