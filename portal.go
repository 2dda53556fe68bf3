package kehoach

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kehoach/authority"
	"kehoach/plan"
)

// Portal is a line of a crawl's manifest: a file, where it came from, and what the portal's own page says of the document.
// It fills what the document itself leaves blank.
type Portal struct {
	Path    string `json:"path"`
	URL     string `json:"url,omitempty"`
	Fetched string `json:"fetched,omitempty"`
	PortalFields
	Metadata *PortalFields `json:"metadata,omitempty"` // the same, where they stand in an object of their own
}

// PortalFields are the fields of a portal's page. Dates are 2021-06-04 or 04/06/2021.
type PortalFields struct {
	Number   string `json:"number,omitempty"` // số hiệu
	Type     string `json:"type,omitempty"`   // loại văn bản: code or name
	Issuer   string `json:"issuer,omitempty"` // cơ quan ban hành
	Issued   string `json:"issued,omitempty"` // ngày ban hành
	Title    string `json:"title,omitempty"`  // trích yếu
	Signer   string `json:"signer,omitempty"` // người ký
	Position string `json:"position,omitempty"`
}

// ReadManifest reads a crawl's manifest: JSON Lines, one file each. A path that is not absolute begins at dir.
func ReadManifest(r io.Reader, dir string) ([]Portal, error) {
	var list []Portal
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), 4<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var p Portal
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if p.Path == "" {
			return nil, fmt.Errorf("line %d names no path", n)
		}
		if p.Metadata != nil {
			p.PortalFields, p.Metadata = *p.Metadata, nil
		}
		if !filepath.IsAbs(p.Path) {
			p.Path = filepath.Join(dir, p.Path)
		}
		list = append(list, p)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return list, nil
}

// kept is what the catalogue keeps of the line.
func (m Portal) kept() string {
	m.Path = ""
	data, err := json.Marshal(struct {
		Portal
		Path *string `json:"path,omitempty"`
	}{Portal: m})
	if err != nil {
		return ""
	}
	return string(data)
}

// fill puts what the portal says into the fields that the document leaves blank, and marks them as inferred.
func (m Portal) fill(p *plan.Plan) {
	set := func(field string, have bool, value string, do func()) {
		if have || value == "" {
			return
		}
		do()
		if !slices.Contains(p.Inferred, field) {
			p.Inferred = append(p.Inferred, field)
		}
		p.NotFound = slices.DeleteFunc(p.NotFound, func(f string) bool { return f == field })
	}
	clean := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	number, ok := authority.ParseNumber(clean(m.Number))
	if ok {
		set("number", p.Number != "", number.Number, func() { p.Number = number.Number })
		set("symbol", p.Symbol != "", number.Symbol, func() { p.Symbol = number.Symbol })
	}
	kind, ok := authority.TypeByCode(clean(m.Type))
	if !ok {
		kind, ok = authority.TypeByName(clean(m.Type))
	}
	if ok {
		set("type", p.Type.Code != "", kind.Code, func() { p.Type = kind })
	}
	issued := day(clean(m.Issued))
	set("issued", p.Issued != "", issued, func() { p.Issued = issued })
	set("title", p.Title != "", clean(m.Title), func() { p.Title = clean(m.Title) })
	set("issuer", p.Issuer.Name != "", clean(m.Issuer), func() {
		body := authority.Resolve(clean(m.Issuer), p.Issued, p.Province.ID)
		p.Issuer = plan.Issuer{Name: clean(m.Issuer), ID: body.ID}
		if p.Province.ID != "" && body.ID != "" {
			p.Issuer.ID += "@" + p.Province.ID
		}
	})
	set("signer", p.Signer.Name != "", clean(m.Signer), func() { p.Signer.Name = clean(m.Signer) })
	set("position", p.Signer.Position != "", clean(m.Position), func() { p.Signer.Position = clean(m.Position) })
}

// day is a date as plans write it, and "" where it is none.
func day(s string) string {
	for _, form := range []string{"2006-01-02", "02/01/2006", "2/1/2006", "02-01-2006", time.RFC3339} {
		if t, err := time.Parse(form, s); err == nil {
			return t.Format("2006-01-02")
		}
	}
	return ""
}
