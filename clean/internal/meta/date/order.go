package date

import "strings"

// An Order says how 3/4/2015 is to be read. The zero value does not know.
type Order uint8

const (
	unknown Order = iota
	DayFirst
	MonthFirst
)

// OrderOf decides how a page writes numeric dates, by its host's country, then by
// its language, such as "en-gb", and the region in it. Both may be empty.
func OrderOf(lang, host string) Order {
	primary, region, _ := strings.Cut(lang, "-")
	tld := host[strings.LastIndexByte(host, '.')+1:]
	switch tld {
	case "us", "gov", "mil", "edu", "ph":
		return MonthFirst
	}
	if len(tld) == 2 && primary == "en" && tld != "io" && tld != "co" && tld != "ai" && tld != "me" && tld != "tv" && tld != "ca" {
		return DayFirst
	}
	switch primary {
	case "en":
		switch region {
		case "us", "ph":
			return MonthFirst
		case "gb", "au", "nz", "ie", "in", "za", "sg", "ng", "ke", "pk":
			return DayFirst
		}
		return unknown
	case "", "ja", "zh", "ko", "hu", "lt", "mn":
		return unknown
	}
	return DayFirst
}
