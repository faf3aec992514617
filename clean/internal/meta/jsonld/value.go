package jsonld

import "strings"

// kind is the type of a JSON value.
type kind uint8

const (
	kindNone kind = iota
	kindString
	kindLiteral // number, true, false, null
	kindObject
	kindArray
)

// A Value is a value of a script. Of objects, only the members that have a Key are
// kept; everything else is skipped unread. A nil Value is none.
type Value struct {
	kind kind
	key  Key    // of an object's member
	raw  string // of strings and literals, escapes not resolved
	kids []Value
}

// A Key is the name of a member that is kept. One key may stand for several names
// of the same meaning.
type Key uint8

const (
	keyNone Key = iota
	KeyType
	KeyID
	KeyGraph
	KeyHeadline
	KeyName
	KeyAuthor
	KeyCreator
	KeyPublisher
	KeyPublished
	KeyCreated
	KeyModified
	KeyDescription
	KeyImage
	KeyURL
	KeyContentURL
	KeyMainEntity
	KeyMainEntityOfPage
	KeyFree
	KeyBody
	KeyText
	KeyLanguage
	KeyGivenName
	KeyFamilyName
	KeyItem
	KeySection
	KeyKeywords

	// What has one of these says more than a reference does.
	keyAltHeadline
	keySource
	keyHasPart
)

// keyOf looks up a member's name. "schema:" in front of it is ignored.
func keyOf(s string) Key {
	s = strings.TrimPrefix(s, "schema:")
	switch s {
	case "@type", "type":
		return KeyType
	case "@id":
		return KeyID
	case "@graph":
		return KeyGraph
	case "headline":
		return KeyHeadline
	case "name":
		return KeyName
	case "author":
		return KeyAuthor
	case "creator":
		return KeyCreator
	case "publisher":
		return KeyPublisher
	case "datePublished":
		return KeyPublished
	case "dateCreated", "uploadDate":
		return KeyCreated
	case "dateModified":
		return KeyModified
	case "description", "abstract":
		return KeyDescription
	case "image", "thumbnailUrl":
		return KeyImage
	case "alternativeHeadline", "alternateName":
		return keyAltHeadline
	case "sourceOrganization":
		return keySource
	case "hasPart":
		return keyHasPart
	case "url":
		return KeyURL
	case "contentUrl":
		return KeyContentURL
	case "mainEntity":
		return KeyMainEntity
	case "mainEntityOfPage":
		return KeyMainEntityOfPage
	case "isAccessibleForFree":
		return KeyFree
	case "articleBody":
		return KeyBody
	case "text":
		return KeyText
	case "inLanguage":
		return KeyLanguage
	case "givenName":
		return KeyGivenName
	case "familyName":
		return KeyFamilyName
	case "articleSection":
		return KeySection
	case "keywords":
		return KeyKeywords
	case "item":
		return KeyItem
	}
	return keyNone
}

// Get returns an object's member.
func (v *Value) Get(key Key) *Value {
	if v != nil && v.kind == kindObject {
		for i := range v.kids {
			if v.kids[i].key == key {
				return &v.kids[i]
			}
		}
	}
	return nil
}

// each calls f for the elements of an array, or for v itself.
func (v *Value) each(f func(*Value)) {
	switch {
	case v == nil:
	case v.kind != kindArray:
		f(v)
	default:
		for i := range v.kids {
			v.kids[i].each(f)
		}
	}
}

// Str returns the first string in v: its own, an array's, or an object's
// value of one of the keys.
func (v *Value) Str(keys ...Key) (s string) {
	v.each(func(e *Value) {
		if s != "" {
			return
		}
		switch e.kind {
		case kindString:
			s = Unquote(e.raw)
		case kindLiteral:
			if e.raw != "null" {
				s = e.raw
			}
		case kindObject:
			for _, key := range keys {
				if k := e.Get(key); k != nil && s == "" {
					s = k.Str()
				}
			}
		}
	})
	return s
}

// Strs returns the strings in v: its own, an array's, or the values that its objects
// have of one of the keys.
func (v *Value) Strs(keys ...Key) (out []string) {
	v.each(func(e *Value) {
		if s := e.Str(keys...); s != "" {
			out = append(out, s)
		}
	})
	return out
}
