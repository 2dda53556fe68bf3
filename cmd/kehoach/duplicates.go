package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kehoach"
	"kehoach/corpus"
	"kehoach/plan"
)

func newDuplicates(e *env) *cobra.Command {
	var passages bool
	var limit, placesShown int
	var opts kehoach.PassageOptions
	var filters *filterFlags
	cmd := &cobra.Command{
		Use:   "duplicates",
		Short: "List documents, or passages, whose words are nearly the same",
		Long: `List every two plans of the corpus whose texts are nearly the same: by the share of passages of four syllables that both have,
at least --least.

--passages lists the passages that stand in several documents, word for word or nearly: the own words of a section, or a line
outside of sections. Those in most documents come first; versions of a document count once. Of each place the share says how much
of it is the same as the first. Passages of fewer than --words syllables are formulas, and left out. The sets of shingles that
are compared wait in the folder for temporary files: about as many bytes as the corpus has text.

The filters of search choose among the plans.

With --json two plans are one line {a, b, alike}, and a passage is one line {documents, words, text, places}, with a place for each
time that it stands somewhere: {plan, section, path, heading, number, issuer, issued, alike}.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.Least < 0.5 || opts.Least > 1 {
				return usage{cmd, fmt.Errorf("--least is from 0.5 to 1")}
			}
			if opts.Words < 4 || limit < 0 || placesShown < 0 {
				return usage{cmd, fmt.Errorf("--words is at least 4, --limit and --places are at least 0")}
			}
			filter, err := filters.filter(cmd)
			if err != nil {
				return err
			}
			c, err := e.openCorpus()
			if err != nil {
				return err
			}
			defer c.Close()
			if cmd.Flags().NFlag() > 0 {
				ids, err := c.IDs(filter)
				if err != nil {
					return err
				}
				opts.Among = func(id string) bool {
					_, chosen := slices.BinarySearch(ids, id)
					return chosen
				}
			}
			d := &duplicates{e, c, bufio.NewWriter(e.stdout), e.ink(), limit, placesShown}
			if passages {
				err = d.passages(cmd.Context(), opts)
			} else {
				err = d.plans(cmd.Context(), opts)
			}
			if err = errors.Join(err, d.out.Flush()); err != nil {
				return fmt.Errorf("duplicates: %w", err)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.Float64Var(&opts.Least, "least", 0.8, "how much of two texts must be the same, 0.5 to 1")
	flags.BoolVar(&passages, "passages", false, "passages that stand in several documents")
	flags.IntVar(&opts.Words, "words", kehoach.PassageWords, "with --passages: leave out those of fewer syllables")
	flags.IntVar(&limit, "limit", 20, "with --passages: how many; 0 is all")
	flags.IntVar(&placesShown, "places", 5, "with --passages: how many places of each are shown; 0 is all")
	filters = addFilterFlags(cmd)
	return cmd
}

// duplicates writes what was found.
type duplicates struct {
	*env
	corpus        *corpus.Corpus
	out           *bufio.Writer
	ink           ink
	limit, places int
}

// plans writes every two plans whose texts are nearly the same.
func (d *duplicates) plans(ctx context.Context, opts kehoach.PassageOptions) error {
	pairs, err := d.corpus.NearDuplicates(ctx, opts.Least)
	if err != nil {
		return err
	}
	for _, p := range pairs {
		if opts.Among != nil && (!opts.Among(p.A) || !opts.Among(p.B)) {
			continue
		}
		if d.json {
			if err := encodeLine(d.out, p); err != nil {
				return err
			}
			continue
		}
		both, err := d.corpus.Cards([]string{p.A, p.B})
		if err != nil {
			return err
		}
		lead := fmt.Sprintf("%5.0f%% ", 100*p.Alike)
		for _, one := range both {
			if one != nil {
				d.ink.lines(d.out, planLine(one), nil, lead, "       ", "")
				lead = "       "
			}
		}
	}
	return nil
}

// planLine is a plan on one line.
func planLine(p *plan.Plan) string {
	return join(" · ", p.ID[:min(len(p.ID), 12)], or(p.Number, "without a number"), p.Issuer.Name, p.Issued, p.Title)
}

// copiedLine is one line of --json.
type copiedLine struct {
	Documents int          `json:"documents"`
	Words     int          `json:"words"`
	Text      string       `json:"text"`
	Places    []copiedSite `json:"places"`
}

type copiedSite struct {
	Plan    string   `json:"plan"`
	Section *int     `json:"section,omitempty"`
	Path    []string `json:"path"`
	Heading string   `json:"heading,omitempty"`
	Number  string   `json:"number,omitempty"`
	Issuer  string   `json:"issuer,omitempty"`
	Issued  string   `json:"issued,omitempty"`
	Alike   float64  `json:"alike"`
}

// passages writes the passages that stand in several documents.
func (d *duplicates) passages(ctx context.Context, opts kehoach.PassageOptions) error {
	steps, stop := d.startSteps()
	opts.Tell = steps
	found, err := kehoach.FindCopied(ctx, d.corpus, opts)
	stop()
	if err != nil {
		return err
	}
	for i, one := range found.List {
		if d.limit > 0 && i == d.limit {
			if !d.json {
				fmt.Fprintf(d.out, "%s… and %s; --limit 0 shows all%s\n", d.ink.faint, counted(len(found.List)-i, "passage"), d.ink.plain)
			}
			break
		}
		if err := errors.Join(ctx.Err(), d.passage(found, one)); err != nil {
			return err
		}
	}
	if len(found.List) == 0 && !d.json && !d.quiet {
		fmt.Fprintln(d.stderr, "No passage stands in two documents.")
	}
	return nil
}

func (d *duplicates) passage(found *kehoach.CopiedPassages, one corpus.Copied) error {
	line := copiedLine{Documents: one.Documents, Words: one.Words, Places: []copiedSite{}}
	for i, place := range one.Places {
		if !d.json && d.places > 0 && i == d.places {
			break
		}
		p, text, err := found.At(place)
		if errors.Is(err, corpus.ErrNoPlan) {
			continue
		}
		if err != nil {
			return err
		}
		if line.Text == "" {
			line.Text = text.Text
		}
		site := copiedSite{Plan: p.ID, Path: append([]string{}, text.Path...), Heading: text.Heading, Number: p.Number, Issuer: p.Issuer.Name,
			Issued: p.Issued, Alike: place.Alike}
		if id, ok := text.Section.ID(); ok {
			site.Section = &id
		}
		line.Places = append(line.Places, site)
	}
	if d.json {
		return encodeLine(d.out, line)
	}
	d.show(line, len(one.Places))
	return nil
}

// quoted is how much of a passage is shown, in bytes.
const quoted = 300

// show writes a passage for people.
func (d *duplicates) show(line copiedLine, places int) {
	fmt.Fprintf(d.out, "%sIn %s, %d syllables%s\n", d.ink.strong, counted(line.Documents, "document"), line.Words, d.ink.plain)
	text := strings.Join(strings.Fields(line.Text), " ")
	if len(text) > quoted {
		text = text[:strings.LastIndexByte(text[:quoted], ' ')] + " …"
	}
	d.ink.lines(d.out, "“"+text+"”", nil, "  ", "  ", "")
	for _, s := range line.Places {
		lead := fmt.Sprintf("%5.0f%% ", 100*s.Alike)
		if s.Alike == 1 {
			lead = "  same "
		}
		where := join(" › ", s.Path...)
		d.ink.lines(d.out, join(" · ", or(s.Number, "without a number"), s.Issuer, s.Issued, or(where, "outside of sections"), s.Heading), nil, lead, "       ", "")
		d.ink.lines(d.out, sectionCommand("show", s.Plan, s.Path), nil, "       ", "       ", d.ink.faint)
	}
	if more := places - len(line.Places); more > 0 {
		fmt.Fprintf(d.out, "%s       … and %s more; --places 0 shows all%s\n", d.ink.faint, counted(more, "place"), d.ink.plain)
	}
	fmt.Fprintln(d.out)
}
