package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

func newSearch(e *env) *cobra.Command {
	var sort, group, passage string
	var limit, offset int
	var exactly bool
	var filters *filterFlags
	cmd := &cobra.Command{
		Use:   "search [QUERY…]",
		Short: "Find sections by their words",
		Long: `Find sections by their words, the best first. Without a query every plan is listed, the newest first.

A section is found when each word stands in it, in a heading above it, or among its plan's title, number, issuer
and province, and at least one of them in the section itself; of more than six words a good part is enough, so that
a question may be asked in a sentence. Marks may be left out: "van hoa" finds văn hóa, and "văn hóa" finds van hoa
too, last. Where the mark stands is no matter: hoà is hòa. What was typed in Telex or VNI is understood, and an
abbreviation finds what it stands for, and is found by it: Sở TTTT, Sở Thông tin và Truyền thông.

  '"chuyển đổi số"'    words in quotes stand side by side
  'văn hóa -kinh'      not the word, quote, field or parenthesis behind a minus (or NOT)
  'lúa nước OR ngô'    one side or the other; words side by side bind closer
  'sạt lở NEAR/5 dân'  at most five words between the two sides, in either order
  'year:2021..2024 lead:"so tttt" (lúa OR ngô)'
                       fields: province year issued due type number program issuer level lead support kind
                       source title heading
  889/QĐ-TTg           numbers, dates, 80% and TT&TT are found as they are written
  -- …                 after -- every word is only a word

(Keep the shell's quotes around the whole query.) Where nothing is found, the query is spelt anew where its words are
unknown, or answered by what holds half of them; a line says so. With --exact it is not.

With --group plan hits come by plan, the best three sections of each; --limit and --offset count plans. "The same in
2 other plans" is about the words of the section; kehoach similar shows them.

With --json each hit is one line; "section" is left out for what stands in no section (kinds opening and closing).`,
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := e.ask(cmd, args, filters)
			if err != nil {
				return err
			}
			defer a.close()
			if limit < 0 || offset < 0 {
				return usage{cmd, fmt.Errorf("--limit and --offset may not be below 0")}
			}
			a.query.Sort, a.query.Limit, a.query.Offset, a.query.Exact = sort, limit, offset, exactly
			if a.query.Grouped = group == "plan"; group != "" && !a.query.Grouped {
				return usage{cmd, fmt.Errorf("--group %s: hits can be grouped by plan only", group)}
			}
			if passage != "" {
				if err := a.holdTo(cmd.Context(), passage); err != nil {
					return err
				}
			}
			if limit == 0 {
				a.query.Limit = 1 << 20
			}
			return a.search(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&sort, "sort", "", "score, issued or added (default score; issued without a query)")
	cmd.Flags().IntVar(&limit, "limit", 10, "how many hits; 0 is all")
	cmd.Flags().IntVar(&offset, "offset", 0, "how many hits to leave out first")
	cmd.Flags().BoolVar(&exactly, "exact", false, "where nothing answers the query, find nothing")
	cmd.Flags().StringVar(&group, "group", "", "plan: hits come by plan, the best sections of each")
	addPassageFlag(cmd, &passage)
	filters = addFilterFlags(cmd)
	return cmd
}

// asked is a query to a corpus that has been opened.
type asked struct {
	*env
	corpus *corpus.Corpus
	index  *index.Index
	query  index.Query
	marker *index.Marker // of the query, once it was answered
}

// ask opens corpus and index and reads the query from the command line.
func (e *env) ask(cmd *cobra.Command, args []string, filters *filterFlags) (*asked, error) {
	filter, err := filters.filter(cmd)
	if err != nil {
		return nil, err
	}
	dir, err := e.dataDir()
	if err != nil {
		return nil, err
	}
	a := &asked{env: e, query: index.Query{Filter: filter, Words: joined(args)}}
	switch at := cmd.ArgsLenAtDash(); {
	case at == 0:
		a.query.Literal, a.query.Words = true, strings.Join(args, " ")
	case at > 0:
		a.query.Words, a.query.Plain = joined(args[:at]), strings.Join(args[at:], " ")
	}
	if a.corpus, err = corpus.Open(dir); err != nil {
		return nil, err
	}
	if filter.AddedSince != "" { // the corpus knows which runs there are
		_, err = a.corpus.IDs(plan.Filter{AddedSince: filter.AddedSince})
	}
	if err == nil {
		a.index, err = index.Open(dir)
	}
	if err != nil {
		a.corpus.Close()
		return nil, err
	}
	return a, nil
}

// joined is the arguments as one query. Of several, one such as province:Kiên Giang had its quotes taken off by the shell.
func joined(args []string) string {
	list := slices.Clone(args)
	for i, arg := range list {
		name, value, ok := strings.Cut(arg, ":")
		if ok && len(list) > 1 && !strings.ContainsAny(name, " \"") && strings.Contains(value, " ") && !strings.ContainsAny(value, `"():“”`) {
			list[i] = name + `:"` + value + `"`
		}
	}
	return strings.Join(list, " ")
}

func (a *asked) close() {
	a.index.Close()
	a.corpus.Close()
}

// hit is one line of --json.
type hit struct {
	Rank     int         `json:"rank"`
	Score    float64     `json:"score"`
	Plan     string      `json:"plan"`
	Section  *int        `json:"section,omitempty"`
	Title    string      `json:"title,omitempty"`
	Number   string      `json:"number,omitempty"`
	Issuer   string      `json:"issuer,omitempty"`
	Province string      `json:"province,omitempty"`
	Issued   string      `json:"issued,omitempty"`
	Kind     plan.Kind   `json:"kind"`
	Path     []string    `json:"path"`
	Heading  string      `json:"heading,omitempty"`
	Snippet  string      `json:"snippet"`
	Marks    []plan.Span `json:"marks"` // bytes of snippet
	Source   string      `json:"source"`
	InPlan   int         `json:"in_plan,omitempty"` // with --group plan: how many sections of the plan were found
	Shared   int         `json:"shared,omitempty"`  // how many other plans hold the same passage, or nearly the same

	Corrected []string `json:"corrected,omitempty"` // fields of the head that a person corrected

	of    *plan.Plan
	again bool // another hit of its plan stands before it
}

// mostShared is how many hits at most are each looked up in other plans.
const mostShared = 200

// snippetWidth is how many characters of a section are shown: two lines and a half.
const snippetWidth = 190

func (a *asked) search(ctx context.Context) error {
	res, err := a.index.Search(ctx, a.query)
	if err != nil {
		return err
	}
	a.query, a.marker = res.Query, index.NewMarker(res.Query)
	a.answered(res)
	out := bufio.NewWriter(a.stdout)
	write := a.pages(out)
	var cards map[string]*plan.Plan
	rank := a.query.Offset
	for i, h := range res.Hits {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i%cardsAtOnce == 0 {
			if cards, err = a.cards(res.Hits[i:min(i+cardsAtOnce, len(res.Hits))]); err != nil {
				return err
			}
		}
		again := a.query.Grouped && i > 0 && res.Hits[i-1].Plan == h.Plan
		if !again {
			rank++
		}
		p := cards[h.Plan]
		if p == nil {
			continue // the index is behind the corpus
		}
		records := index.Records(p)
		if h.Seq >= len(records) {
			continue
		}
		one := a.hit(rank, h, p, &records[h.Seq])
		one.again = again
		if len(res.Hits) <= mostShared {
			if one.Shared, err = a.index.Sharing(ctx, records[h.Seq].PassageOf(p.Text), p.ID); err != nil {
				return err
			}
		}
		if err := write(one); err != nil {
			return fmt.Errorf("search: %w", err)
		}
	}
	if !a.json {
		a.total(out, res)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	return nil
}

// cardsAtOnce is how many hits are read together.
const cardsAtOnce = 64

// cards reads what is shown of the plans of hits, by their ids.
func (a *asked) cards(hits []index.Hit) (map[string]*plan.Plan, error) {
	var ids []string
	for _, h := range hits {
		if !slices.Contains(ids, h.Plan) {
			ids = append(ids, h.Plan)
		}
	}
	list, err := a.corpus.Cards(ids)
	cards := make(map[string]*plan.Plan, len(list))
	for i, p := range list {
		cards[ids[i]] = p
	}
	return cards, err
}

func (a *asked) hit(rank int, found index.Hit, p *plan.Plan, r *index.Record) *hit {
	e := a.marker.Snippet(p.Text, below(p.Text, r), snippetWidth)
	h := &hit{Rank: rank, Score: found.Score, Plan: p.ID, Title: p.Title, Number: p.Number, Issuer: p.Issuer.Name,
		Province: p.Province.Name, Issued: p.Issued, Kind: r.Kind, Path: append([]string{}, r.Path...), Heading: r.Heading,
		Snippet: e.Text, Marks: append([]plan.Span{}, e.Marks...), Source: p.Source.Path, InPlan: found.Of, Corrected: p.Corrects(""), of: p}
	if id, ok := r.Section.ID(); ok {
		h.Section = &id
	}
	return h
}

// below is a record's words below its label and heading, which have a line of their own; all where there are no more.
func below(text string, r *index.Record) []plan.Span {
	spans := slices.Clone(r.Spans)
	first := text[spans[0].Start:spans[0].End]
	at := strings.Index(first, r.Heading)
	if r.Heading == "" || at < 0 {
		return spans
	}
	rest := strings.TrimLeft(first[at+len(r.Heading):], " \t\n:.*")
	if rest == "" {
		if len(spans) == 1 {
			return r.Spans
		}
		return spans[1:]
	}
	spans[0].Start = spans[0].End - len(rest)
	return spans
}

// pages is how hits are written: as JSON, or for people.
func (a *asked) pages(out *bufio.Writer) func(*hit) error {
	if a.json {
		return func(h *hit) error { return encodeLine(out, h) }
	}
	ink := a.ink()
	return func(h *hit) error {
		lead := fmt.Sprintf("%3d  ", h.Rank)
		indent := strings.Repeat(" ", len(lead))
		title := h.Title
		if title == "" {
			title = "(no title)"
		}
		if !h.again {
			ink.lines(out, title, a.marker.Marks(title), lead, indent, ink.strong)
			ink.lines(out, h.letterhead(), nil, indent, indent, "")
			if h.InPlan > 1 {
				ink.lines(out, counted(h.InPlan, "section")+" of it found; the best:", nil, indent, indent, ink.faint)
			}
		}
		place, heading := h.place()
		marks := a.marker.Marks(h.Heading)
		for i := range marks {
			marks[i].Start += heading
			marks[i].End += heading
		}
		ink.lines(out, place, marks, indent, indent, "")
		if h.Snippet != "" && (h.Kind != index.Opening || a.query.Words+a.query.Plain != "") { // a list needs no letterheads
			ink.lines(out, h.Snippet, h.Marks, indent, indent, "")
		}
		if h.Shared > 0 {
			ink.lines(out, "the same in "+counted(h.Shared, "other plan")+", or nearly: "+h.similar(), nil, indent, indent, ink.faint)
		}
		ink.lines(out, h.show(), nil, indent, indent, ink.faint)
		_, err := out.WriteString("\n")
		return err
	}
}

// letterhead is the document's number, its issuer, the province where the issuer does not name it, and the date.
func (h *hit) letterhead() string {
	number := h.Number
	if number == "" {
		number = join(" ", h.of.Type.Name, "without a number")
	}
	province := h.Province
	if strings.Contains(h.Issuer, province) {
		province = ""
	}
	if today := h.of.Province.Today.Name; today != "" && today != h.Province {
		province = join(", ", province, "today "+today)
	}
	corrected := ""
	if len(h.Corrected) > 0 {
		corrected = "corrected: " + strings.Join(h.Corrected, ", ")
	}
	return join(" · ", number, h.Issuer, province, h.Issued, corrected)
}

// place is where in the document the hit stands, and the byte at which its heading begins.
func (h *hit) place() (place string, heading int) {
	switch h.Kind {
	case index.Opening:
		return "opening", 0
	case index.Closing:
		return "closing words", 0
	}
	place = strings.Join(h.Path, " › ")
	if h.Heading != "" {
		place += "  "
		heading = len(place)
		place += h.Heading
	}
	return place + " [" + string(h.Kind) + "]", heading
}

// similar is the command that shows where else its passage stands.
func (h *hit) similar() string { return sectionCommand("similar", h.Plan, h.Path) }

// show is the command that shows the whole.
func (h *hit) show() string { return sectionCommand("show", h.Plan, h.Path) }

// sectionCommand is a command of this program on a plan, or on the section of it at a path, as a shell takes it.
func sectionCommand(verb, plan string, at []string) string {
	s := "kehoach " + verb + " " + plan[:min(len(plan), 12)]
	if len(at) > 0 {
		path := strings.Join(at, "/")
		if strings.ContainsAny(path, " ()'\"") {
			path = "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
		}
		s += " --section " + path
	}
	return s
}

// answered says what the query was taken for, where that is not what was asked.
func (a *asked) answered(res *index.Result) {
	if a.quiet {
		return
	}
	if res.Respelt {
		fmt.Fprintf(a.stderr, "Some of these words stand nowhere; what follows is for: %s\n", res.Suggested)
	}
	switch {
	case res.Relaxed && res.All == 0:
		fmt.Fprintln(a.stderr, "No section holds all of the words; what follows holds half of them or more.")
	case res.Relaxed:
		fmt.Fprintf(a.stderr, "%s all of the words; what follows holds most of them.\n", holds(res.All))
	}
}

func holds(sections int) string {
	if sections == 1 {
		return "Only one section holds"
	}
	return fmt.Sprintf("Only %d sections hold", sections)
}

// total says how much there is, and how to see more of it.
func (a *asked) total(out *bufio.Writer, res *index.Result) {
	if res.Records == 0 {
		if !a.quiet {
			fmt.Fprintln(a.stderr, "Nothing found.")
		}
		return
	}
	what := counted(res.Records, "section") + " in " + counted(res.Plans, "plan")
	if a.query.Words == "" && a.query.Plain == "" && len(a.query.Filter.Kind) == 0 {
		what = counted(res.Plans, "plan")
	}
	first, last := a.query.Offset+1, a.query.Offset+len(res.Hits)
	switch {
	case len(res.Hits) == 0:
		what += ", all of them before this page"
	case first > 1 || last < res.Records:
		what += fmt.Sprintf(", %d to %d shown", first, last)
	}
	fmt.Fprintln(out, what)
	if a.quiet {
		return
	}
	hints := []string{"kehoach facets with the same words counts them by province, year, agency …"}
	if last < res.Records && len(res.Hits) > 0 {
		hints = append([]string{fmt.Sprintf("--offset %d shows more", last)}, hints...)
	}
	ink := a.ink()
	ink.lines(out, strings.Join(hints, "; "), nil, "", "", ink.faint)
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return thousands(n) + " " + what
}

// thousands writes 12345 as 12,345.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
