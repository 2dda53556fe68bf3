// Package mail opens e-mail messages (RFC 5322, MIME): the documents attached to one, and its own words.
//
//	for _, a := range mail.Attachments(data) {
//		fmt.Println(a.Name, len(a.Data))
//	}
//	doc, err := mail.Reader{Text: text.Read, HTML: html.Read}.Read(data) // the words of the message itself
//
// Nothing in a message is an error: a part whose encoding is damaged gives what can be read of it.
package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"path"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html/charset"

	"kehoach/plan"
)

// The bounds of one message.
const (
	mostParts = 1000
	mostDepth = 8         // parts inside parts
	mostBytes = 256 << 20 // of all parts, those inside others counted again
	mostField = 1 << 16   // bytes of a field that goes on over lines
)

// MaxBytes is the size of the largest message that is opened; mail servers take a fourth of it.
const MaxBytes = 100 << 20

// ErrLarge says that a message is larger than MaxBytes.
var ErrLarge = fmt.Errorf("the message is larger than %d MB", MaxBytes>>20)

// Attachment is a file that a message carries.
type Attachment struct {
	Name string // its file name, or "part-3"; no two of a message have the same
	Data []byte
}

// Attachments gives the files that a message carries, those of a message forwarded inside it too. Pictures that only
// decorate the text, signatures and invitations are left out.
func Attachments(data []byte) []Attachment {
	m := open(data)
	return m.attached
}

// Reader reads the words of a message. Text and HTML read its body, in whichever form it comes.
type Reader struct {
	Text, HTML func([]byte) (*plan.Document, error)
}

// Read gives the words of the message itself, and its subject as furniture. Its error says why there are none.
func (r Reader) Read(data []byte) (*plan.Document, error) {
	if len(data) > MaxBytes {
		return nil, ErrLarge
	}
	m := open(data)
	read, body := r.HTML, m.html
	if len(bytes.TrimSpace(body)) == 0 || read == nil {
		read, body = r.Text, m.text
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, errors.New("the message has no words of its own")
	}
	doc, err := read(body)
	if err == nil && m.subject != "" {
		doc.Blocks = append(doc.Blocks, plan.Block{Text: m.subject, Style: plan.Furniture})
	}
	return doc, err
}

// IsMessage reports whether a file begins with the header of a message: lines of fields, two of them at least of
// those that every mail program writes.
func IsMessage(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF"))
	if bytes.HasPrefix(head, []byte("From ")) { // the line that a mailbox puts before a message
		_, head, _ = bytes.Cut(head, []byte("\n"))
	}
	known := 0
	for line := range bytes.Lines(head) {
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || len(name) == 0 || bytes.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return known >= 2 && bytes.IndexByte(line, '\n') < 0 // the head ends inside a line
		}
		switch strings.ToLower(string(name)) {
		case "received", "return-path", "delivered-to", "message-id", "mime-version", "from", "to", "date", "subject", "content-type", "x-mailer", "reply-to":
			known++
		}
	}
	return known >= 2 && (has(head, "from") || has(head, "received") || has(head, "message-id") || has(head, "mime-version"))
}

// has reports whether a field stands at the head of a line.
func has(head []byte, field string) bool {
	for line := range bytes.Lines(head) {
		if name, _, ok := bytes.Cut(line, []byte(":")); ok && strings.EqualFold(string(name), field) {
			return true
		}
	}
	return false
}

// message is one that was opened.
type message struct {
	subject    string
	text, html []byte // of the body, in UTF-8 where the message names its encoding
	attached   []Attachment
	parts      int
	bytes      int
	names      map[string]int
}

func open(data []byte) *message {
	m := &message{names: map[string]int{}}
	if len(data) > MaxBytes {
		return m
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if bytes.HasPrefix(data, []byte("From ")) {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	head, body := parseHead(data)
	m.subject = head.words("subject")
	m.part(head, body, 0)
	return m
}

// header is the fields of a message or part by their names in small letters; of several the first.
type header map[string]string

// parseHead parts the fields from what follows them.
func parseHead(data []byte) (header, []byte) {
	h := header{}
	last := ""
	for len(data) > 0 {
		var line []byte
		line, data, _ = bytes.Cut(data, []byte("\n"))
		if line = bytes.TrimSuffix(line, []byte("\r")); len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if last != "" && len(h[last]) < mostField {
				h[last] += " " + string(bytes.TrimSpace(line))
			}
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok {
			continue
		}
		if last = strings.ToLower(string(bytes.TrimSpace(name))); h[last] != "" {
			last = ""
			continue
		}
		h[last] = string(bytes.TrimSpace(value))
	}
	return h, data
}

// words is a field's value with its encoded words decoded (RFC 2047).
func (h header) words(name string) string {
	d := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	s, err := d.DecodeHeader(h[name])
	if err != nil {
		s = h[name]
	}
	return strings.ToValidUTF8(s, "")
}

// part takes a part: what it holds, or its own parts.
func (m *message) part(h header, body []byte, depth int) {
	if m.parts++; m.parts > mostParts || depth > mostDepth {
		return
	}
	kind, params, err := mime.ParseMediaType(h["content-type"])
	if err != nil && kind == "" {
		kind = "text/plain"
	}
	if m.bytes += len(body); m.bytes > mostBytes {
		return
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		m.multi(body, params["boundary"], depth)
		return
	}
	body = decode(body, h["content-transfer-encoding"])
	how, disposition, _ := mime.ParseMediaType(h["content-disposition"])
	name := fileName(disposition["filename"], params["name"])
	switch {
	case decoration[kind], len(body) == 0:
	case kind == "message/rfc822":
		head, inner := parseHead(body)
		m.part(head, inner, depth+1)
	case how != "attachment" && name == "" && kind == "text/html":
		m.html = append(m.html, inUTF8(body, params["charset"])...)
	case how != "attachment" && name == "" && strings.HasPrefix(kind, "text/"):
		m.text = append(m.text, inUTF8(body, params["charset"])...)
	case how != "attachment" && strings.HasPrefix(kind, "image/"):
	default:
		m.attach(name, body)
	}
}

// decoration are the kinds of parts that carry no document.
var decoration = map[string]bool{"application/pgp-signature": true, "application/pkcs7-signature": true, "application/x-pkcs7-signature": true, "text/calendar": true, "application/ics": true,
	"text/x-vcard": true, "text/vcard": true, "message/delivery-status": true}

// multi takes the parts of a part. What is damaged ends them.
func (m *message) multi(body []byte, boundary string, depth int) {
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	for m.parts < mostParts && m.bytes <= mostBytes {
		p, err := r.NextRawPart()
		if err != nil {
			return
		}
		h := header{}
		for name, values := range p.Header {
			h[strings.ToLower(name)] = values[0]
		}
		inner, err := io.ReadAll(io.LimitReader(p, mostBytes))
		m.part(h, inner, depth+1)
		if err != nil {
			return
		}
	}
}

// attach adds a file under a name of its own.
func (m *message) attach(name string, data []byte) {
	if name == "" {
		name = "part-" + strconv.Itoa(m.parts)
	}
	if m.names[name]++; m.names[name] > 1 {
		name += "#" + strconv.Itoa(m.names[name])
	}
	m.attached = append(m.attached, Attachment{name, data})
}

// fileName is the name of an attached file, without folders and controls, "" where it has none.
func fileName(names ...string) string {
	for _, name := range names {
		if name == "" {
			continue
		}
		name = header{"name": name}.words("name") // many programs encode names as they do subjects
		name = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return -1
			}
			return r
		}, name)
		name = strings.TrimSpace(path.Base(strings.ReplaceAll(name, "\\", "/")))
		if name != "" && name != "." && name != "/" && name != ".." {
			return name
		}
	}
	return ""
}

// decode undoes a transfer encoding; of a damaged one what comes before the damage.
func decode(body []byte, encoding string) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		clean := make([]byte, 0, len(body))
		for _, c := range body {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
				clean = append(clean, c)
			}
		}
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
		n, _ := base64.RawStdEncoding.Decode(out, clean)
		return out[:n]
	case "quoted-printable":
		out, _ := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body)))
		return out
	}
	return body
}

// inUTF8 gives a text in UTF-8, with the mark that says so. Western names of encodings are no proof: old Vietnamese
// ones go by them, so that their bytes stay for whoever tells those.
func inUTF8(body []byte, label string) []byte {
	_, name := charset.Lookup(label)
	switch name {
	case "", "utf-8", "windows-1252":
		return body
	}
	r, err := charset.NewReaderLabel(label, bytes.NewReader(body))
	if err != nil {
		return body
	}
	out, err := io.ReadAll(r)
	if err != nil {
		return body
	}
	return append([]byte("\xEF\xBB\xBF"), out...)
}
