package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kehoach/authority"
	"kehoach/extract"
	"kehoach/plan"
)

// filterFlags are the flags by which search, facets, compare and export choose plans. They mean the same
// everywhere.
type filterFlags struct {
	province, types, lead, support, kind, program, issuer, level []string
	region, format, problem, area                                []string
	year, issued, due, addedSince, source                        string
}

// addFilterFlags gives a command the filters.
func addFilterFlags(cmd *cobra.Command) *filterFlags {
	f := new(filterFlags)
	flags := cmd.Flags()
	flags.StringArrayVar(&f.province, "province", nil, "province as issued or as of today, e.g. \"kien giang\" (may be repeated)")
	flags.StringVar(&f.year, "year", "", "year of issue: 2023 or 2021..2024")
	flags.StringArrayVar(&f.types, "type", nil, "type of document: KH, QĐ … (attached documents count)")
	flags.StringArrayVar(&f.lead, "lead", nil, "agency that leads a task, e.g. \"so tttt\"")
	flags.StringArrayVar(&f.support, "support", nil, "agency that supports a task")
	flags.StringArrayVar(&f.kind, "kind", nil, "kind of section: purpose, funding, organization …")
	flags.StringArrayVar(&f.program, "program", nil, "number of a document that the plan carries out: 889/QĐ-TTg")
	flags.StringArrayVar(&f.issuer, "issuer", nil, "body that issued it")
	flags.StringArrayVar(&f.level, "level", nil, "level of the issuer: central, province, district, commune")
	flags.StringVar(&f.issued, "issued", "", "date of issue: FROM..TO, each 2024, 2024-08 or 2024-08-15")
	flags.StringVar(&f.due, "due", "", "date of a deadline: FROM..TO")
	flags.StringVar(&f.addedSince, "added-since", "", "id of a run: plans that it or a later one added")
	flags.StringVar(&f.source, "source", "", "glob over the path that a plan came from")
	flags.StringArrayVar(&f.region, "region", nil, "region of the issuer's province, e.g. \"dong bang song cuu long\" or ĐBSCL")
	format := "format"
	if flags.Lookup(format) != nil { // of export, where it is how the table is written
		format = "source-format"
	} else {
		flags.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
			return pflag.NormalizedName(strings.TrimPrefix(name, "source-"))
		})
	}
	flags.StringArrayVar(&f.format, format, nil, "format of the source file: "+listed(formats()))
	flags.StringArrayVar(&f.problem, "problem", nil, "code of a problem: blank_number, label_jump …")
	flags.StringArrayVar(&f.area, "area", nil, "lĩnh vực, where a portal gives it")
	for flag, values := range map[string][]string{"region": regionNames(), format: formats(), "problem": plan.ProblemCodes,
		"kind": texts(plan.Kinds), "level": texts(levels)} {
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
			panic(err) // a flag of this list that there is not
		}
	}
	return f
}

var (
	yearForm = regexp.MustCompile(`^(\d{4})?$`)
	dateForm = regexp.MustCompile(`^(\d{4}(-\d{2}(-\d{2})?)?)?$`)
	levels   = []plan.Level{plan.Central, plan.Provincial, plan.District, plan.Commune}
)

// filter is the filter that the flags ask for. A wrong value is a fault of the command line.
func (f *filterFlags) filter(cmd *cobra.Command) (out plan.Filter, err error) {
	out = plan.Filter{Province: f.province, Type: f.types, Lead: f.lead, Support: f.support, Program: f.program, Issuer: f.issuer,
		AddedSince: f.addedSince, Source: f.source, Region: f.region, Format: f.format, Problem: f.problem, Area: f.area}
	for _, r := range f.region {
		if _, ok := authority.RegionByName(r); !ok {
			return out, usage{cmd, fmt.Errorf("--region %s: no such region (there are %s)", r, listed(regionNames()))}
		}
	}
	for _, of := range []struct {
		flag          string
		values, known []string
	}{{"source-format", f.format, formats()}, {"problem", f.problem, plan.ProblemCodes}} {
		for _, v := range of.values {
			if !slices.Contains(of.known, strings.ToLower(v)) {
				return out, usage{cmd, fmt.Errorf("--%s %s: no such value (there are %s)", of.flag, v, listed(of.known))}
			}
		}
	}
	for _, r := range []struct {
		flag, value string
		form        *regexp.Regexp
		to          *plan.Range
	}{
		{"year", f.year, yearForm, &out.Year},
		{"issued", f.issued, dateForm, &out.Issued},
		{"due", f.due, dateForm, &out.Due},
	} {
		if *r.to, err = parseRange(r.value, r.form); err != nil {
			return out, usage{cmd, fmt.Errorf("--%s %s: %w", r.flag, r.value, err)}
		}
	}
	for _, k := range f.kind {
		if !slices.Contains(plan.Kinds, plan.Kind(k)) {
			return out, usage{cmd, fmt.Errorf("--kind %s: no such kind (there are %s)", k, listed(plan.Kinds))}
		}
		out.Kind = append(out.Kind, plan.Kind(k))
	}
	for _, l := range f.level {
		if !slices.Contains(levels, plan.Level(l)) {
			return out, usage{cmd, fmt.Errorf("--level %s: no such level (there are %s)", l, listed(levels))}
		}
		out.Level = append(out.Level, plan.Level(l))
	}
	return out, nil
}

// parseRange reads FROM..TO, with either end open, or one value for both.
func parseRange(s string, form *regexp.Regexp) (plan.Range, error) {
	from, to, two := strings.Cut(s, "..")
	if !two {
		to = from
	}
	if !form.MatchString(from) || !form.MatchString(to) {
		return plan.Range{}, fmt.Errorf("write it as 2021..2024 (or 2021-06-04..2024-12 for dates)")
	}
	if from != "" && to != "" && from[:min(len(from), len(to))] > to[:min(len(from), len(to))] {
		return plan.Range{}, fmt.Errorf("it ends before it begins")
	}
	return plan.Range{From: from, To: to}, nil
}

// formats are the names of the formats that are read.
func formats() []string {
	names := make([]string, len(extract.Formats))
	for i, f := range extract.Formats {
		names[i] = f.Name
	}
	return names
}

func regionNames() []string {
	var names []string
	for _, r := range authority.Regions() {
		names = append(names, r.Name)
	}
	return names
}

func texts[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = string(v)
	}
	return all
}

// listed is a list of names, for a message.
func listed[T ~string](list []T) string { return strings.Join(texts(list), ", ") }
