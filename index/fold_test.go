package index

import "kehoach/normalize"

func foldForTest(s string) string { return normalize.Fold(s) }
