//go:build unix

package cost

import (
	"os"
	"runtime"
	"syscall"
)

// cpuMS is the CPU time of the process so far, in milliseconds, system time
// included.
func cpuMS() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e6
}

// offHeap copies b to where the garbage collector does not see it: pages on the
// heap would make it collect less often than it does in a small program. The
// copy lives as long as the program.
func offHeap(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	m, err := syscall.Mmap(-1, 0, len(b), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return b
	}
	copy(m, b)
	return m
}

// peakMB is the most memory a finished process had resident, in megabytes.
func peakMB(s *os.ProcessState) float64 {
	u, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	unit := 1024.0 // the kernel counts kilobytes
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		unit = 1
	}
	return float64(u.Maxrss) * unit / (1 << 20)
}
