package word

// rtfChars are the words that stand for characters.
var rtfChars = map[string]string{"tab": "\t", "line": "\n", "lbr": "\n", "page": "\n", "column": "\n", "softline": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
	"ldblquote": "“", "rdblquote": "”", "bullet": "•", "enspace": " ", "emspace": " ", "qmspace": " "}

// rtfSilent are the destinations without words, besides those that \* marks.
var rtfSilent = map[string]bool{"colortbl": true, "stylesheet": true, "info": true, "pict": true, "nonshppict": true, "shprslt": true, "objdata": true, "objclass": true,
	"fldinst": true, "ftnsep": true, "ftnsepc": true, "ftncn": true, "aftnsep": true, "aftnsepc": true, "aftncn": true, "xe": true, "tc": true, "tcn": true, "rxe": true, "txe": true,
	"template": true, "filetbl": true, "revtbl": true, "listtable": true, "listoverridetable": true, "rsidtbl": true, "generator": true, "annotation": true, "atnid": true, "atnauthor": true,
	"atntime": true, "atnref": true, "bkmkstart": true, "bkmkend": true, "nonesttables": true, "private": true, "sn": true, "sv": true, "themedata": true, "datastore": true, "latentstyles": true,
	"pn": true, "falt": true, "panose": true, "fontemb": true, "docvar": true, "mmath": true}

// rtfAround are headers and footers.
var rtfAround = map[string]bool{"header": true, "headerl": true, "headerr": true, "headerf": true, "footer": true, "footerl": true, "footerr": true, "footerf": true}

// on reports whether a switch is on: \v is, \v0 is not.
func (t *rtfToken) on() bool { return !t.given || t.number != 0 }

// word takes a control word.
func (r *rtf) word(t rtfToken) {
	star := r.group.star
	r.group.star = false
	if t.word == "u" && t.given {
		r.unicode(t.number)
		return
	}
	if r.pass > 0 && t.word != "bin" {
		if _, char := rtfChars[t.word]; char {
			r.pass--
			return
		}
	}
	if r.destination(t, star) {
		return
	}
	if r.group.to == toFonts {
		r.fontWord(t)
		return
	}
	if s, ok := rtfChars[t.word]; ok {
		r.write(s)
		return
	}
	switch t.word {
	case "par", "sect":
		r.endParagraph(r.inside())
	case "bin":
		r.lexer.skip(t.number)
	case "ansicpg":
		r.page = t.number
	case "mac":
		r.page = 10000
	case "pc":
		r.page = 437
	case "pca":
		r.page = 850
	case "deff":
		r.normal = t.number
		r.group.font = t.number
	case "uc":
		r.group.fallback = min(max(t.number, 0), 16)
	case "f":
		r.group.font = t.number
	case "plain":
		r.plain()
	case "caps":
		r.group.caps = t.on()
	case "v":
		r.group.hidden = t.on()
	case "deleted":
		r.group.deleted = t.on()
	case "pard":
		r.group.table, r.group.depth, r.group.heading = false, 0, false
	case "ls":
		r.listed = r.listed || t.number > 0
	case "outlinelevel":
		r.group.heading = t.number < 9
	default:
		r.tableWord(t)
	}
}

// destination begins what a group says it is. It reports whether the word named a destination.
func (r *rtf) destination(t rtfToken, star bool) bool {
	switch {
	case t.word == "fonttbl":
		r.group.to = toFonts
	case t.word == "listtext", t.word == "pntext":
		if r.group.to == toText {
			r.flush()
			r.para.label = nil
			r.group.to = toLabel
			r.labelled = true
		}
	case t.word == "footnote":
		r.story(storyNote)
	case rtfAround[t.word]:
		r.story(storyAround)
	case t.word == "shptxt", t.word == "dptxbxtext":
		r.story(storyBox)
	case t.word == "shpinst", t.word == "do", t.word == "upr":
		r.group.to = toNothing
	case t.word == "ud":
		if r.group.to == toNothing {
			r.group.to = toText
		}
	case t.word == "nesttableprops":
		def := r.row
		r.group.def = &def
	case rtfSilent[t.word], star:
		r.group.to = toSkip
	default:
		return false
	}
	return true
}

// tableWord takes the words of tables.
func (r *rtf) tableWord(t rtfToken) {
	switch t.word {
	case "intbl":
		r.group.table = t.on()
	case "itap":
		r.group.depth = min(max(t.number, 0), mostTables)
	case "trowd":
		r.row, r.cell = rowDef{}, cellDef{}
	case "trleft":
		r.row.left = t.number
	case "clvmgf":
		r.cell.down = mergeFirst
	case "clvmrg":
		r.cell.down = mergeOn
	case "clmrg":
		r.cell.across = true
	case "cellx":
		if len(r.row.cells) < mostColumns {
			r.cell.right = t.number
			r.row.cells = append(r.row.cells, r.cell)
		}
		r.cell = cellDef{}
	case "cell":
		r.endCell(1)
	case "nestcell":
		r.endCell(max(2, r.group.depth))
	case "row":
		r.endRow(1)
	case "nestrow":
		r.endRow(max(2, r.group.depth))
	}
}

// endCell ends a cell with its last paragraph.
func (r *rtf) endCell(depth int) {
	r.endParagraph(depth)
	r.flow.endCell(depth)
}

// endRow ends a row.
func (r *rtf) endRow(depth int) {
	if r.flush(); !r.para.blank() { // a cell without its mark
		r.endParagraph(depth)
	}
	r.flow.endRow(depth, r.row.copy())
}

// copy is the definition as it stands: the next row may add to it.
func (d *rowDef) copy() rowDef {
	return rowDef{d.left, append([]cellDef(nil), d.cells...)}
}

// fontWord takes a word of the font table.
func (r *rtf) fontWord(t rtfToken) {
	switch t.word {
	case "f":
		r.endFont()
		if len(r.fonts) < 1<<14 {
			r.entry = &rtfFont{}
			r.fonts[t.number] = r.entry
		}
	case "fcharset":
		if r.entry != nil {
			r.entry.page, r.entry.symbol = charsetPages[t.number], t.number == 2
		}
	case "cpg":
		if r.entry != nil {
			r.entry.page = t.number
		}
	case "u":
	}
}
