// Package chars is what the steps know about characters: which ones are white
// space, which nobody sees, which scripts are written without spaces, and how
// texts are compared. Nothing here knows what an article is.
//
//	space.go       white space
//	invisible.go   what nobody sees, and runs of it that hide something
//	scripts.go     scripts without spaces between words
//	squeeze.go     texts without more white space than they need
//	fold.go        texts that are compared
//	eightbytes.go  eight bytes at a time
package chars
