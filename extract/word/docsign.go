package word

// sign is what a character of a font of signs prints, by the number that the font gives it.
func sign(n uint16) string {
	const digits = "0123456789abcdef"
	n &= 0xff
	return symbol(string([]byte{digits[n>>4], digits[n&15]}))
}
