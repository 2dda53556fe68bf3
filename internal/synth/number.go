package synth

import (
	"fmt"
	"strconv"
	"strings"
)

func arabic(n int) string { return strconv.Itoa(n) }

func roman(n int) string {
	var b strings.Builder
	for _, s := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= s.value; n -= s.value {
			b.WriteString(s.text)
		}
	}
	return b.String()
}

// day is a date of the calendar.
type day struct{ year, month, day int }

func (d day) iso() string    { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }
func (d day) months() string { return fmt.Sprintf("%04d-%02d", d.year, d.month) }

// short and long print a date as such documents do: 04/6/2021, and 04 tháng 6 năm 2021.
func (d day) short() string { return fmt.Sprintf("%02d/%s/%d", d.day, d.two(), d.year) }
func (d day) long() string  { return fmt.Sprintf("%02d tháng %s năm %d", d.day, d.two(), d.year) }

// two writes a month with a zero before 1 and 2 only, as Decree 30/2020/NĐ-CP asks.
func (d day) two() string {
	if d.month <= 2 {
		return fmt.Sprintf("%02d", d.month)
	}
	return arabic(d.month)
}

// lastDay is the last day of a month; a leap year's February is told.
func lastDay(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 {
			return 29
		}
		return 28
	}
	return 31
}

// someDay is a day of the years from first to last.
func (d *dice) someDay(first, last int) day {
	x := day{year: d.span(first, last), month: d.span(1, 12)}
	x.day = d.span(1, 28)
	return x
}
