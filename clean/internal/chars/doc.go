// Package chars is what the steps know about characters: which ones are white
// space, which nobody sees, which scripts are written without spaces, and how
// texts are compared. Nothing here knows what an article is.
package chars
