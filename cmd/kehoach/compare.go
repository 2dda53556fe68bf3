package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/compare"
)

func newCompare(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "compare",
		Short: "Set plans side by side",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newCompareAgencies(e))
	return cmd
}

func newCompareAgencies(e *env) *cobra.Command {
	var showEvidence, today bool
	var limit int
	cmd := &cobra.Command{
		Use:   "agencies",
		Short: "Who leads and who supports, by province",
		Long: `Count the tasks of every agency in the plans of every province: rows are agencies, columns provinces, and
each cell holds the tasks that the agency leads and those that it supports ("4+2"; "·" is none).

--evidence lists every task that was counted, with its words, plan and place. With --json a row is one line.`,
		Args: cobra.NoArgs,
	}
	filters := addFilterFlags(cmd)
	cmd.Flags().BoolVar(&showEvidence, "evidence", false, "list the tasks that were counted, with their words")
	cmd.Flags().BoolVar(&today, "today", false, "columns are the provinces of today, not those that issued")
	cmd.Flags().IntVar(&limit, "limit", 20, "how many agencies to show; 0 shows all")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		f, err := filters.filter(cmd)
		if err != nil {
			return err
		}
		c, err := e.openCorpus()
		if err != nil {
			return err
		}
		defer c.Close()
		by := compare.Issued
		if today {
			by = compare.Today
		}
		m, err := compare.Agencies(c.Select(f), f, by)
		if err != nil {
			return fmt.Errorf("compare agencies: %w", err)
		}
		out := bufio.NewWriter(e.stdout)
		switch {
		case e.json:
			err = writeMatrixLines(out, m, showEvidence, limit)
		case showEvidence:
			writeEvidence(out, m, limit)
		default:
			writeMatrix(out, m, limit)
		}
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			return fmt.Errorf("compare agencies: %w", err)
		}
		return nil
	}
	return cmd
}

func topRows(m *compare.Matrix, limit int) []compare.Row {
	if limit <= 0 || limit > len(m.Rows) {
		return m.Rows
	}
	return m.Rows[:limit]
}

func writeMatrixLines(out *bufio.Writer, m *compare.Matrix, evidence bool, limit int) error {
	lines := jsonLines(out)
	kept := map[string]bool{}
	for _, r := range topRows(m, limit) {
		kept[r.AgencyID] = true
		if !evidence {
			if err := lines.Encode(r); err != nil {
				return err
			}
		}
	}
	if evidence {
		for _, ev := range m.Evidence {
			if kept[ev.AgencyID] {
				if err := lines.Encode(ev); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// The columns of the matrix on a page.
const (
	agencyWidth = 34
	cellWidth   = 9
)

// writeMatrix writes the matrix as tables that fit the page, as many provinces in each as it holds.
func writeMatrix(out *bufio.Writer, m *compare.Matrix, limit int) {
	if len(m.Rows) == 0 {
		fmt.Fprintf(out, "No tasks in %d plans.\n", m.Plans)
		return
	}
	rows := topRows(m, limit)
	fmt.Fprintf(out, "Tasks in %d plans: led + supported\n", m.Plans)
	perTable := (pageWidth - agencyWidth - cellWidth) / cellWidth
	for from := 0; from < len(m.Provinces); from += perTable {
		to := min(from+perTable, len(m.Provinces))
		fmt.Fprintln(out)
		heads := [][]string{{"all"}}
		for _, p := range m.Provinces[from:to] {
			heads = append(heads, strings.Split(strings.TrimRight(wrap(p.Name, cellWidth-1, "", ""), "\n"), "\n"))
		}
		writeHeads(out, heads)
		for _, r := range rows {
			fmt.Fprint(out, padRight(clip(r.Agency, agencyWidth-1), agencyWidth), padLeft(count(r.Lead, r.Support), cellWidth))
			for _, c := range r.Cells[from:to] {
				fmt.Fprint(out, padLeft(count(c.Lead, c.Support), cellWidth))
			}
			fmt.Fprintln(out)
		}
	}
	if rest := len(m.Rows) - len(rows); rest > 0 {
		fmt.Fprintf(out, "\n%d more agencies: --limit 0 shows all. ", rest)
	} else {
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out, "The words behind the numbers: --evidence")
}

// writeHeads writes the heads of columns, which can have several lines, level at their foot.
func writeHeads(out *bufio.Writer, heads [][]string) {
	height := 0
	for _, h := range heads {
		height = max(height, len(h))
	}
	for line := range height {
		row := strings.Repeat(" ", agencyWidth)
		for _, h := range heads {
			word := ""
			if i := line - (height - len(h)); i >= 0 {
				word = h[i]
			}
			row += padLeft(word, cellWidth)
		}
		fmt.Fprintln(out, strings.TrimRight(row, " "))
	}
}

func count(lead, support int) string {
	switch {
	case lead == 0 && support == 0:
		return "·"
	case support == 0:
		return strconv.Itoa(lead)
	}
	return strconv.Itoa(lead) + "+" + strconv.Itoa(support)
}

// writeEvidence writes the tasks of every agency under its name.
func writeEvidence(out *bufio.Writer, m *compare.Matrix, limit int) {
	for _, r := range topRows(m, limit) {
		fmt.Fprintf(out, "%s (%s): leads %d, supports %d\n", r.Agency, r.AgencyID, r.Lead, r.Support)
		for _, ev := range m.Evidence {
			if ev.AgencyID != r.AgencyID {
				continue
			}
			where := ev.Number
			if where == "" {
				where = "(no number)"
			}
			head := fmt.Sprintf("  %-7s %s, %s", ev.Role, where, ev.Province)
			if ev.Section != "" {
				head += ", " + ev.Section
			}
			fmt.Fprintf(out, "%s  [%s]\n", head, ev.Plan)
			fmt.Fprint(out, wrap(ev.Task, pageWidth, "          ", "          "))
			if len(ev.Corrected) > 0 {
				fmt.Fprint(out, wrap("corrected: "+strings.Join(ev.Corrected, ", "), pageWidth, "          ", "          "))
			}
			if ev.Deadline != "" {
				fmt.Fprint(out, wrap("by: "+ev.Deadline, pageWidth, "          ", "          "))
			}
		}
		fmt.Fprintln(out)
	}
}

// clip shortens words to a width, with "…" where something is left out.
func clip(s string, width int) string {
	if columns(s) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && columns(string(runes))+1 > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ,") + "…"
}

func padRight(s string, width int) string { return s + strings.Repeat(" ", max(0, width-columns(s))) }

func padLeft(s string, width int) string { return strings.Repeat(" ", max(0, width-columns(s))) + s }
