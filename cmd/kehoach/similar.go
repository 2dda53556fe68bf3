package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/corpus"
	"kehoach/index"
	"kehoach/plan"
)

func newSimilar(e *env) *cobra.Command {
	var path string
	var limit int
	var filters *filterFlags
	cmd := &cobra.Command{
		Use:   "similar ID",
		Short: "Find the same passages in other plans, and sections like one",
		Long: `Find where else the words of a section stand: in other plans word for word ("same") or with changes ("near", with
the share of their runs of five words that both have), and then sections about the same things ("like").

--section PATH is the section: its labels from the top down, as in V/1. Without it every section of the plan is
looked up in other plans, and the plan's title says what "like" is about. Sections of fewer than twelve words are
formulas, and not looked up. The filters of search choose among the plans.

With --json each is one line {relation, share, plan, section, path, heading, kind, number, title, issuer, issued, of}; "of"
is the path of the section that it is similar to.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := e.ask(cmd, nil, filters)
			if err != nil {
				return err
			}
			defer a.close()
			if limit < 1 {
				return usage{cmd, fmt.Errorf("--limit must be above 0")}
			}
			p, records, err := a.sections(args[0], path)
			if err != nil {
				return err
			}
			return a.similar(cmd.Context(), p, records, path != "", limit)
		},
	}
	cmd.Flags().StringVar(&path, "section", "", "the section with this path, such as V/1")
	cmd.Flags().IntVar(&limit, "limit", 10, "how many of each relation")
	filters = addFilterFlags(cmd)
	return cmd
}

// addPassageFlag gives a command the filter by passage.
func addPassageFlag(cmd *cobra.Command, passage *string) {
	cmd.Flags().StringVar(passage, "passage-of", "", "ID/PATH of a section: only sections that hold the same words, or nearly")
}

// sections is a plan and its records with a path, all of them where the path is "".
func (a *asked) sections(id, path string) (*plan.Plan, []index.Record, error) {
	p, err := a.corpus.Plan(id)
	if err != nil {
		return nil, nil, err
	}
	all := index.Records(p)
	if path == "" {
		return p, all, nil
	}
	var list []index.Record
	for _, r := range all {
		if len(r.Path) > 0 && samePath(path, r.Path) {
			list = append(list, r)
		}
	}
	if len(list) == 0 {
		return nil, nil, fmt.Errorf("plan %s has no section %s: %w; kehoach show %s lists them", p.ID, path, corpus.ErrNoPlan, p.ID)
	}
	return p, list, nil
}

// holdTo holds the query to the sections that hold a passage, given as ID/PATH, its own among them.
func (a *asked) holdTo(ctx context.Context, passage string) error {
	id, path, _ := strings.Cut(passage, "/")
	p, records, err := a.sections(id, path)
	if err != nil {
		return err
	}
	a.query.Among = []index.Hit{}
	for i := range records {
		passage := records[i].PassageOf(p.Text)
		list, err := a.index.Passages(ctx, passage)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(list, cardsAtOnce) {
			near, err := a.near(ctx, passage, some)
			if err != nil {
				return err
			}
			a.query.Among = append(a.query.Among, near...)
		}
	}
	return nil
}

// near gives those of the passages that are the same as one or nearly so: where their sketches are not the same, their words tell.
func (a *asked) near(ctx context.Context, passage string, list []index.Passage) (near []index.Hit, err error) {
	var ids []string
	for _, found := range list {
		if !found.Whole() {
			ids = append(ids, found.Plan)
		}
	}
	ids = slices.Compact(ids)
	cards, err := a.corpus.Cards(ids)
	if err = errors.Join(err, ctx.Err()); err != nil {
		return nil, err
	}
	for _, found := range list {
		if !found.Whole() {
			at, _ := slices.BinarySearch(ids, found.Plan)
			if cards[at] == nil {
				continue
			}
			records := index.Records(cards[at])
			if found.Seq >= len(records) || index.Likeness(passage, records[found.Seq].PassageOf(cards[at].Text)) < nearShare {
				continue
			}
		}
		near = append(near, index.Hit{Plan: found.Plan, Seq: found.Seq})
	}
	return near, nil
}

// alike is one line of --json.
type alike struct {
	Relation string    `json:"relation"` // same, near or like
	Share    float64   `json:"share,omitempty"`
	Plan     string    `json:"plan"`
	Section  *int      `json:"section,omitempty"`
	Path     []string  `json:"path"`
	Heading  string    `json:"heading,omitempty"`
	Kind     plan.Kind `json:"kind"`
	Number   string    `json:"number,omitempty"`
	Title    string    `json:"title,omitempty"`
	Issuer   string    `json:"issuer,omitempty"`
	Issued   string    `json:"issued,omitempty"`
	Of       []string  `json:"of"`
}

// nearShare is the share of runs of words in common from which a passage counts as near.
const nearShare = 0.4

func (a *asked) similar(ctx context.Context, p *plan.Plan, records []index.Record, one bool, limit int) error {
	same, near, err := a.shared(ctx, p, records)
	if err != nil {
		return err
	}
	about := p.Title
	if one {
		about = strings.Join(append(slices.Clone(records[0].Above), records[0].PassageOf(p.Text)), " ")
	}
	res, err := a.index.Like(ctx, about, index.Query{Filter: a.query.Filter, Limit: limit + 64})
	if err != nil {
		return err
	}
	res.Hits = slices.DeleteFunc(res.Hits, func(h index.Hit) bool { return h.Plan == p.ID })
	var like []alike
	for some := range slices.Chunk(res.Hits, cardsAtOnce) {
		cards, err := a.cards(some)
		if err != nil {
			return err
		}
		for _, h := range some {
			p := cards[h.Plan]
			if p == nil || len(like) == limit {
				continue // the index is behind the corpus
			}
			if records := index.Records(p); h.Seq < len(records) {
				like = append(like, *alikeOf(p, &records[h.Seq], "like", nil))
			}
		}
		if len(like) == limit {
			break
		}
	}
	return a.writeAlike(p, same, near, like, limit)
}

// shared finds the passages of records in other plans that pass the filter: the same, by date, and nearly the same, the nearest first.
// Each plan is read once, whichever of its passages are looked at.
func (a *asked) shared(ctx context.Context, p *plan.Plan, records []index.Record) (same, near []alike, err error) {
	ids, err := a.corpus.IDs(a.query.Filter)
	if err != nil {
		return nil, nil, err
	}
	type place struct{ record, seq, at int }
	places := make(map[string][]place)
	count := 0
	passages := make([]string, len(records))
	for i := range records {
		passages[i] = records[i].PassageOf(p.Text)
		list, err := a.index.Passages(ctx, passages[i])
		if err != nil {
			return nil, nil, err
		}
		for _, one := range list {
			if _, ok := slices.BinarySearch(ids, one.Plan); ok && one.Plan != p.ID {
				places[one.Plan] = append(places[one.Plan], place{i, one.Seq, count})
				count++
			}
		}
	}
	all := make([]*alike, count)
	for some := range slices.Chunk(slices.Sorted(maps.Keys(places)), cardsAtOnce) {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		cards, err := a.corpus.Cards(some)
		if err != nil {
			return nil, nil, err
		}
		for i, id := range some {
			if cards[i] == nil {
				continue
			}
			others := index.Records(cards[i])
			for _, at := range places[id] {
				if at.seq >= len(others) {
					continue
				}
				other, r := &others[at.seq], &records[at.record]
				if share := index.Likeness(passages[at.record], other.PassageOf(cards[i].Text)); share >= nearShare {
					all[at.at] = alikeOf(cards[i], other, "near", r.Path)
					all[at.at].Share = share
				}
			}
		}
	}
	for _, x := range all {
		switch {
		case x == nil:
		case x.Share == 1:
			x.Relation = "same"
			same = append(same, *x)
		default:
			near = append(near, *x)
		}
	}
	slices.SortStableFunc(same, func(a, b alike) int { return cmp.Compare(a.Issued, b.Issued) })
	slices.SortStableFunc(near, func(a, b alike) int { return cmp.Compare(b.Share, a.Share) })
	return same, near, nil
}

// alikeOf is the line of a record of another plan; of is the path of the section that it is similar to.
func alikeOf(p *plan.Plan, r *index.Record, relation string, of []string) *alike {
	x := &alike{Relation: relation, Plan: p.ID, Path: append([]string{}, r.Path...), Heading: r.Heading, Kind: r.Kind, Number: p.Number,
		Title: p.Title, Issuer: p.Issuer.Name, Issued: p.Issued, Of: append([]string{}, of...)}
	if id, ok := r.Section.ID(); ok {
		x.Section = &id
	}
	return x
}

func (a *asked) writeAlike(p *plan.Plan, same, near, like []alike, limit int) error {
	out := bufio.NewWriter(a.stdout)
	ink := a.ink()
	if !a.json && len(same)+len(near)+len(like) == 0 && !a.quiet {
		fmt.Fprintln(a.stderr, "Nothing like it.")
	}
	for _, part := range []struct {
		title string
		list  []alike
	}{{"The same words in other plans", same}, {"Nearly the same words", near}, {"About the same things", like}} {
		if a.json {
			for _, x := range part.list[:min(len(part.list), limit)] {
				if err := encodeLine(out, x); err != nil {
					return fmt.Errorf("similar: %w", err)
				}
			}
			continue
		}
		if len(part.list) == 0 {
			continue
		}
		fmt.Fprintf(out, "%s%s: %s%s\n", ink.strong, part.title, counted(len(part.list), "section"), ink.plain)
		for i, x := range part.list {
			if i == limit {
				fmt.Fprintf(out, "%s  … --limit %d shows all%s\n", ink.faint, len(part.list), ink.plain)
				break
			}
			lead := "       "
			if x.Relation != "like" {
				lead = fmt.Sprintf("%5.0f%% ", x.Share*100)
			}
			place := strings.Join(x.Path, " › ")
			if place == "" {
				place = string(x.Kind)
			}
			ink.lines(out, join(" · ", x.Number, x.Issuer, x.Issued), nil, lead, "       ", "")
			ink.lines(out, join("  ", place, x.Heading), nil, "       ", "       ", "")
			ink.lines(out, sectionCommand("show", x.Plan, x.Path), nil, "       ", "       ", ink.faint)
		}
		fmt.Fprintln(out)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("similar: %w", err)
	}
	return nil
}
