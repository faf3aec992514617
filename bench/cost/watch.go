package cost

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// Once runs work and returns the CPU time it took in milliseconds and by how
// many megabytes the most resident memory went beyond what was resident
// before; the latter is 0 where the system does not say.
func Once(work func()) (ms, peakMB float64) {
	runtime.GC()
	before := 0.0
	// 5 sets the peak back to what is resident now.
	if os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil {
		before = ownPeakMB()
	}
	start := cpuMS()
	work()
	ms = cpuMS() - start
	return ms, max(ownPeakMB()-before, 0)
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
