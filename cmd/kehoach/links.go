package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/corpus"
	"kehoach/plan"
)

func newLinks(e *env) *cobra.Command {
	var depth int
	var all bool
	cmd := &cobra.Command{
		Use:   "links [NUMBER]",
		Short: "Walk from a document to those that it carries out, and to those that carry it out",
		Long: `Walk the chain decision → ministry → province → department from a document, by its number or id: up to what it carries out,
and down to what carries it out. Each document that it names is resolved (the corpus holds it), ambiguous (several go by that
number), unmatched (the corpus does not hold it, yet: what arrives later completes the link) or malformed. --all shows what
is only named as a basis or mentioned as well. Without a number the citations of the corpus are counted.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := e.openCorpus()
			if err != nil {
				return err
			}
			defer c.Close()
			if len(args) == 0 {
				return e.countLinks(c)
			}
			starts, err := c.ByNumber(args[0])
			if err == nil && len(starts) == 0 {
				starts, err = cited(c, args[0])
			}
			if err != nil {
				return err
			}
			w := &chain{c: c, all: all, depth: depth, out: bufio.NewWriter(e.stdout)}
			for i, s := range starts {
				if i > 0 && !e.json {
					fmt.Fprintln(w.out)
				}
				if err := w.walk(s, e.json); err != nil {
					return err
				}
			}
			return w.out.Flush()
		},
	}
	cmd.Flags().IntVar(&depth, "depth", 4, "how many steps up and down")
	cmd.Flags().BoolVar(&all, "all", false, "what is only a basis or mentioned as well")
	return cmd
}

// cited is where the walk starts for a document that the corpus knows by its citations alone.
func cited(c *corpus.Corpus, number string) ([]corpus.Linked, error) {
	l, ok, err := c.Named(number)
	if err == nil && !ok {
		err = fmt.Errorf("links: %s: %w", number, corpus.ErrNoPlan)
	}
	return []corpus.Linked{l}, err
}

func (e *env) countLinks(c *corpus.Corpus) error {
	counts, err := c.LinkCounts()
	if err != nil {
		return err
	}
	if e.json {
		err = encodeLine(e.stdout, counts)
	} else {
		for _, s := range []corpus.LinkStatus{corpus.Resolved, corpus.Ambiguous, corpus.Unmatched, corpus.Malformed} {
			if err == nil {
				_, err = fmt.Fprintf(e.stdout, "%-10s %d\n", s, counts[s])
			}
		}
	}
	if err != nil {
		return fmt.Errorf("links: %w", err)
	}
	return nil
}

// chain is one walk.
type chain struct {
	c     *corpus.Corpus
	all   bool
	depth int
	out   *bufio.Writer
}

// linkNode is a document of the chain, as --json gives it.
type linkNode struct {
	corpus.Link
	Next []linkNode `json:"next,omitempty"`
}

func (w *chain) walk(s corpus.Linked, asJSON bool) error {
	up, err := w.next(s, w.depth, map[string]bool{s.ID: true}, w.c.Cites)
	if err != nil {
		return err
	}
	down, err := w.next(s, w.depth, map[string]bool{s.ID: true}, w.c.CitedBy)
	if err != nil {
		return err
	}
	if asJSON {
		return encodeLine(w.out, struct {
			corpus.Linked
			Up   []linkNode `json:"carries_out"`
			Down []linkNode `json:"carried_out_by"`
		}{s, orNone(up), orNone(down)})
	}
	line := plainLinked(s)
	if s.ID == "" {
		line = s.Number + "  (not in the corpus; known by its citations)"
	}
	fmt.Fprintln(w.out, line)
	w.tree("carries out", up)
	w.tree("is carried out by", down)
	return nil
}

func orNone(list []linkNode) []linkNode { return append([]linkNode{}, list...) }

// next gives the links of a document in one direction, and theirs; a document that was passed already is not followed.
func (w *chain) next(s corpus.Linked, depth int, passed map[string]bool, links func(corpus.Linked) ([]corpus.Link, error)) ([]linkNode, error) {
	if depth == 0 {
		return nil, nil
	}
	list, err := links(s)
	if err != nil {
		return nil, err
	}
	var nodes []linkNode
	for _, l := range list {
		if l.Role != plan.Implements && !w.all {
			continue
		}
		n := linkNode{Link: l}
		if len(l.Plans) == 1 && l.Role == plan.Implements && !passed[l.Plans[0].ID] {
			passed[l.Plans[0].ID] = true
			if n.Next, err = w.next(l.Plans[0], depth-1, passed, links); err != nil {
				return nil, err
			}
		}
		nodes = append(nodes, n)
	}
	return nodes, nil
}

func (w *chain) tree(head string, nodes []linkNode) {
	if len(nodes) == 0 {
		return
	}
	fmt.Fprintln(w.out, head)
	w.branch(nodes, "  ")
}

func (w *chain) branch(nodes []linkNode, indent string) {
	for _, n := range nodes {
		line := n.Number
		if len(n.Plans) == 1 {
			line = plainLinked(n.Plans[0])
		} else if n.Date != "" {
			line += " of " + n.Date
		}
		if n.Role != plan.Implements {
			line += " (" + n.Role + ")"
		}
		if n.Status != corpus.Resolved {
			line += "  [" + string(n.Status) + "]"
		}
		fmt.Fprintln(w.out, indent+cutAt(line, pageWidth-len(indent)))
		if n.Status == corpus.Ambiguous {
			for _, p := range n.Plans {
				fmt.Fprintln(w.out, indent+"  ? "+cutAt(plainLinked(p), pageWidth-len(indent)-4))
			}
		}
		w.branch(n.Next, indent+"  ")
	}
}

// plainLinked is a document in one line.
func plainLinked(p corpus.Linked) string {
	parts := []string{p.Number}
	if p.Number == "" {
		parts[0] = p.ID[:8]
	}
	for _, s := range []string{p.Issued, p.Issuer, p.Title} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "  ")
}

// cutAt shortens a line to so many columns.
func cutAt(s string, columns int) string {
	runes := []rune(s)
	if len(runes) <= columns {
		return s
	}
	return string(runes[:max(0, columns-1)]) + "…"
}
