package pdf

import (
	"bytes"
	"fmt"
	"strconv"
)

// apart gives a file whose trailer holds the dictionary of its encryption itself with that dictionary as an object of its
// own, by an update behind its end. Both are right, but the object reader and pdfcpu know only the latter. All other files
// are given as they are.
func apart(data []byte) []byte {
	at := bytes.LastIndex(data, []byte("/Encrypt"))
	if at < 0 || !bytes.HasPrefix(bytes.TrimLeft(data[at+len("/Encrypt"):], "\x00\t\n\f\r "), []byte("<<")) {
		return data
	}
	x, err := readXref(data)
	if err != nil {
		x = scan(data)
	}
	dict := bytes.TrimSpace(x.trailer["Encrypt"])
	if !bytes.HasPrefix(dict, []byte("<<")) || x.trailer["Root"] == nil {
		return data
	}
	id := uint32(1)
	for known := range x.places {
		id = max(id, known+1)
	}
	i := bytes.LastIndex(data, []byte("startxref"))
	if i < 0 || id >= mostObjects {
		return data
	}
	l := lexer{src: data, pos: i + len("startxref")}
	t, _ := l.next()
	out := bytes.Clone(data)
	out = append(out, '\n')
	object := len(out)
	out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", id, dict)
	table := len(out)
	out = fmt.Appendf(out, "xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Prev %d /Encrypt %d 0 R", id, object, id+1, whole(t), id)
	for _, key := range []string{"Root", "ID", "Info"} {
		if value := x.trailer[key]; value != nil {
			out = fmt.Appendf(out, " /%s %s", key, value)
		}
	}
	out = append(out, " >>\nstartxref\n"...)
	return append(strconv.AppendInt(out, int64(table), 10), "\n%%EOF\n"...)
}
