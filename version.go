package kehoach

import (
	"maps"
	"runtime/debug"

	"kehoach/authority"
	"kehoach/extract"
	"kehoach/extract/structure"
	"kehoach/normalize"
)

// version names what reads the sources, so that a source which could not be read is tried again by the next one.
func version() string { return "kehoach/" + extract.Version }

// steps are what shapes a plan, each with its version: a plan that was made by another version of one of them is stale.
func steps() map[string]string {
	return map[string]string{
		"extract":   extract.Version,
		"normalize": normalize.Tables(),
		"authority": authority.Tables(),
		"structure": structure.Tables(),
	}
}

// made names the versions of all that shapes a plan.
func made() string {
	s := steps()
	return s["extract"] + "/" + s["normalize"] + "/" + s["authority"] + "/" + s["structure"]
}

// Tools names what reads the sources, with versions: the program, the steps and their tables, and the programs that
// recognise scans, where they are installed.
func Tools() map[string]string {
	tools := steps()
	maps.Copy(tools, extract.Recognisers())
	tools["kehoach"] = "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		tools["kehoach"] = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				tools["kehoach"] += " " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return tools
}
