package meta

import "strings"

// seconds are second levels of countries below which names are registered.
const seconds = " ac co com edu gob gov gouv go gv id mil ne net nom or org sch "

// registered returns the part of a host name that somebody registered, such as
// "example.co.uk" of www.example.co.uk, or "" when there is none. In builds for
// browsers it goes by the second levels that most countries have: the public list would
// bring net/http along.
func registered(host string) string {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	n := 2
	if len(labels) > 2 && len(labels[len(labels)-1]) == 2 && strings.Contains(seconds, " "+labels[len(labels)-2]+" ") {
		n = 3
	}
	if len(labels) < n || strings.Trim(labels[len(labels)-1], "0123456789") == "" || strings.Contains(host, ":") {
		return ""
	}
	return strings.Join(labels[len(labels)-n:], ".")
}
