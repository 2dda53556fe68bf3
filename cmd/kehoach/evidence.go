package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"kehoach/plan"
	"kehoach/review"
)

// everything is the value of --evidence without a field.
const everything = "all"

// planID is what an id, or the beginning of one, looks like.
var planID = regexp.MustCompile(`^[0-9a-fA-F]{6,16}$`)

// evidenceOf reads `show ID`, `show --evidence ID`, `show --evidence FIELD ID` and `show --evidence=FIELD ID`; field is "" where
// the whole plan is wanted.
func evidenceOf(cmd *cobra.Command, args []string, evidence string) (id, field string, err error) {
	if evidence != everything {
		field = evidence
	}
	switch {
	case len(args) == 1:
		return args[0], field, nil
	case field != "":
		return "", "", fmt.Errorf("accepts one ID, received %q", args)
	case planID.MatchString(args[0]) && !planID.MatchString(args[1]):
		return args[0], args[1], nil
	}
	return args[1], args[0], nil
}

// evidenceFor writes one value, or each of a list, with the words behind it.
func (s *sheet) evidenceFor(e *env, name string) error {
	values, err := review.Look(s.p, name)
	if err != nil {
		return err
	}
	ink := e.ink()
	for i := range values {
		if e.json {
			if err := encodeLine(s.out, &values[i]); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			s.out.WriteByte('\n')
		}
		s.value(ink, &values[i])
	}
	return nil
}

// fieldError makes a wrong command line of a name that no field has: where the name itself is unknown, with all that there are.
func fieldError(cmd *cobra.Command, err error) error {
	var unknown *review.Unknown
	if !errors.As(err, &unknown) {
		return err
	}
	if unknown.Because != "" {
		return usage{cmd, err}
	}
	var list strings.Builder
	for _, line := range review.Names() {
		list.WriteString("\n" + strings.TrimSuffix(wrap(strings.Join(line[1:], " "), pageWidth, fmt.Sprintf("  %-14s ", line[0]), strings.Repeat(" ", 17)), "\n"))
	}
	return usage{cmd, fmt.Errorf("%w\nThe fields are:%s", err, list.String())}
}

// value writes one value for people: the value, how sure it is and why, and its words between those around them.
func (s *sheet) value(ink ink, v *review.Value) {
	const indent = "  "
	s.out.WriteString(ink.strong + v.Field + ink.plain + "\n")
	row := func(name, text string) {
		if text != "" {
			s.print(text, indent+fmt.Sprintf("%-11s", name), indent+strings.Repeat(" ", 11))
		}
	}
	row("value", v.Value)
	switch v.State {
	case review.Absent, review.NotFound:
		row(v.State, v.Reason)
	case review.Corrected:
		c := v.Corrected
		read := c.Read
		if read == "" {
			read = "nothing"
		}
		row("corrected", join(", ", "by "+c.By, strings.TrimSuffix(strings.Replace(c.At, "T", " ", 1), "Z"))+join("", ": ", c.Note))
		row("read was", read)
	default:
		row(v.Confidence.Level, v.Confidence.Reason)
		if v.State == review.Inferred && !strings.Contains(v.Confidence.Reason, "concluded") {
			row("inferred", "it stands elsewhere than in its usual place")
		}
	}
	if len(v.Section) > 0 {
		row("section", strings.Join(v.Section, "/"))
	}
	for _, w := range v.Words {
		at := fmt.Sprintf("bytes %d–%d", w.Span.Start, w.Span.End)
		if w.Page > 0 {
			at = fmt.Sprintf("page %d, %s", w.Page, at)
		}
		row("words", at)
		flat := func(t string) string {
			return strings.Join(strings.FieldsFunc(t, func(r rune) bool { return r == '\n' }), " / ")
		}
		before, text, after := squeeze(flat(w.Before)), squeeze(flat(w.Text)), squeeze(flat(w.After))
		if strings.HasSuffix(w.Before, "\n") {
			before += " /"
		}
		if before != "" {
			before = "… " + before + " "
		}
		if strings.HasPrefix(w.After, "\n") {
			after = "/ " + after
		}
		if after != "" {
			after = " " + after + " …"
			if strings.ContainsAny(w.After[:1], ".,;:)/") && !strings.HasPrefix(w.After, "/") {
				after = after[1:]
			}
		}
		open, shut := "", ""
		if ink.mark == "" { // without colours, marks set the words off
			open, shut = "»", "«"
		}
		mark := plan.Span{Start: len(before), End: len(before) + len(open+text+shut)}
		ink.lines(s.out, before+open+text+shut+after, []plan.Span{mark}, indent+"  ", indent+"  ", ink.faint)
	}
}

// squeeze is a text with single spaces.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// correctedFields names what people corrected in a plan.
func correctedFields(p *plan.Plan) string {
	var names []string
	for _, c := range p.Corrections {
		if c.Removed {
			list, _, _ := strings.Cut(c.Field, "[")
			names = append(names, "one of "+list+" taken out")
			continue
		}
		names = append(names, c.Field)
	}
	return strings.Join(names, ", ")
}
