package cost

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// manyRounds is for how long short work is repeated, in milliseconds.
const manyRounds = 300

// Steady runs work and returns the CPU time of a round in milliseconds, with
// the garbage collection that rounds cause, and by how many megabytes the most
// resident memory of the first round went beyond what was resident before; the
// latter is 0 where the system does not say.
//
// The first round is timed only where it takes long milliseconds or more. It
// touches all memory for the first time, and collections fall due every few
// megabytes: single rounds of little work pay for none, and one of twice the
// work for all of one.
func Steady(work func(), long float64) (ms, peakMB float64) {
	runtime.GC()
	before := 0.0
	// 5 sets the peak back to what is resident now.
	if os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil {
		before = ownPeakMB()
	}
	start := clock()
	work()
	ms = clock() - start
	peakMB = max(ownPeakMB()-before, 0)
	if ms >= long {
		return ms, peakMB
	}
	rounds := 0
	for start = clock(); rounds == 0 || clock()-start < manyRounds; rounds++ {
		work()
	}
	return (clock() - start) / float64(rounds), peakMB
}

// clockTick is the unit of /proc/PID/stat on Linux.
const clockTick = 10 * time.Millisecond

// Watch returns what another process has used so far: CPU time and resident
// memory in megabytes; zero where the system does not say.
func Watch(pid int) (used time.Duration, mb float64) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0
	}
	_, rest, _ := strings.Cut(string(b), ") ") // the name in front may hold blanks
	f := strings.Fields(rest)
	if len(f) < 22 {
		return 0, 0
	}
	var user, system, pages int64
	if n, _ := fmt.Sscan(f[11]+" "+f[12]+" "+f[21], &user, &system, &pages); n != 3 {
		return 0, 0
	}
	return time.Duration(user+system) * clockTick, float64(pages) * float64(os.Getpagesize()) / (1 << 20)
}
