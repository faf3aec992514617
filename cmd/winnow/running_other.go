//go:build !unix

package main

// running tells whether there may be a process of that number.
func running(int) bool { return true }
