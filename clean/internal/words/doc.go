// Package words is what the steps know about words: where they begin and end, how
// they are told from one another by their hashes, and how many there are.
//
//	class.go       what characters are to words, and what stands between those
//	scan.go        a line to tokens
//	spell.go       one word
//	vocabulary.go  the words that are known, and the lists they are in
//	hash.go        the hash functions
//	count.go       numbers of words
package words
