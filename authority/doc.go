// Package authority knows who and where, through time: provinces, kinds of body, types and numbers of
// documents, each by any of its spellings.
//
// A name in a plan becomes the agency that its assignments show, and the kind of body that is the same in every
// province:
//
//	authority.Agency("Đề nghị Sở TT&TT tỉnh Lạng Sơn") // "Sở Thông tin và Truyền thông"
//	b := authority.Resolve("Sở TT&TT", "2021-06-04", "Lạng Sơn")
//	b.ID                                              // "so-tttt"
//	authority.Successors(b.ID)                        // so-khcn, so-vhttdl, cong-an
//
// A letterhead gives its province as of the document's date, with the one that covers it today; a number gives
// type and issuer:
//
//	p, _ := authority.ProvinceByName("TỈNH KIÊN GIANG", "2021-06-04") // p.Today.Name is "An Giang"
//	n, _ := authority.ParseNumber("115 /KH-UBND")                     // n.Type "KH", n.Issuer "ubnd"
//
// A letterhead in capitals gets its small letters back, and a district or commune leads to the provinces where
// there is one of its name:
//
//	authority.Capitals("ỦY BAN NHÂN DÂN TỈNH HẬU GIANG")      // "Ủy ban nhân dân tỉnh Hậu Giang"
//	authority.FindPlaces("UBND phường Hòa Bình", "2026-01-15") // three provinces: the place is ambiguous
//
// Names are compared by keys in which "hoá" and "hóa", "TT&TT" and "TTTT" agree; the spelling of the document is
// never changed but where an abbreviation is written out. All knowledge is in tables/*.tsv.
package authority
