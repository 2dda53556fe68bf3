package ocr

func legible(words []word, ink bits, unread *[]string) []word { return words }
