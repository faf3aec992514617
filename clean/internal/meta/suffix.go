//go:build !js

package meta

import "golang.org/x/net/publicsuffix"

// registered returns the part of a host name that somebody registered, such as
// "example.co.uk" of www.example.co.uk, or "" when there is none.
func registered(host string) string {
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	if err != nil {
		return ""
	}
	return domain
}
