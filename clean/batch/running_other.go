//go:build !unix

package batch

// running reports whether there may be a process of that number.
func running(int) bool { return true }
