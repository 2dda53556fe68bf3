// Package index makes plans findable: a plan becomes records, one for each section and two for what stands in no
// section, and records become a bleve index on disk. It is the only room that knows bleve.
//
//	x, err := index.Create(dir)           // the one writer; ErrBusy where there is another
//	err = x.Add(plans)                    // safe on disk when it returns
//	err = x.Close()
//
//	x, err := index.Open(dir)             // a reader; a writer may be at work at the same time
//	res, err := x.Search(ctx, index.Query{Words: "chuyển đổi số", Limit: 10})
//	for _, hit := range res.Hits {
//		fmt.Println(hit.Plan, hit.Section, hit.Score)
//	}
//	facets, err := x.Facets(ctx, index.Query{Words: "van hoa"}, []string{"province", "year"})
//
// # What is indexed
//
// Text stays outside: the index holds which record holds which term, and where. A plan's title, number and issuer are
// indexed once, with the plan's first record, its head, and a heading once, with its own section. The records of a
// plan stand side by side in a segment, the head first, so that what holds for a plan or below a heading holds for
// a range of records, and is kept once.
//
// A term is a folded word, and behind it the marks that the word bears ("van", "van\x01D"). The variants of a
// folded word therefore stand together in the dictionary, and one field answers both the exact and the folded
// question: "văn" looks its term up, "van" takes all variants. Positions stand in the number that is meant for a
// frequency (places.go), so phrases are exact without bleve's locations and without a dictionary of pairs.
//
// A passage, which is a record's words without its label, is indexed by a sketch of its runs of five words
// (passage.go), so that the same words are found in other plans, and with some certainty nearly the same ones.
//
// # What is found
//
// A query is words, quotes, fields and signs (parse.go); a Fault says where one goes wrong. A record answers when each
// of its words stands in the record, in a heading above it or among its plan's title, number, issuer and province,
// and at least one of them in the record itself; of more than six plain words, which are a question in a sentence,
// a part is enough. Marks may be missing on either side, in the query (van hoa finds văn hóa) or in the text, where they
// were lost; they may not differ, and words found with lost marks come last. A phrase asks for its words side by side
// within a clause, with at least the marks that it bears. Names and their abbreviations stand for each other (name.go).
// Where few records answer, those that hold most of the plain words are found too, and words that stand nowhere are
// spelt anew (suggest.go), unless the query is Exact. The ranking is described in rank.go, context.go and meant.go.
// Snippet marks the words in the text with the same tokenizer.
//
// # On disk
//
//	DATA/index/<generation>/   a scorch index (root.bolt and *.zap), written in place
//	DATA/CURRENT               the generation that is served
//
// Add writes small segments, which scorch merges later, so that what comes in small pieces costs little. A new
// generation is built beside the one that is served (Build), compared with what was put in (Check) and published by
// one rename (Publish); an older one is served again by its name (Serve).
//
// A reader takes a copy of root.bolt, which is small and names immutable segments, and so never waits for the
// writer nor makes it wait. What a killed writer leaves is the state of its last finished Add.
package index
