package ocr

import (
	"syscall"
	"time"
	"unsafe"
)

// rlimitCPU and rlimitData are the numbers of RLIMIT_CPU and RLIMIT_DATA.
const (
	rlimitCPU  = 0
	rlimitData = 2
)

// tied has a program end with this process.
func tied() *syscall.SysProcAttr { return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }

// limit bounds a program that has just been started: its CPU time and its memory. A program that has ended by now
// needs no bounds.
func limit(pid int, cpu time.Duration) {
	for _, l := range []struct{ which, most uint64 }{{rlimitCPU, uint64(max(1, cpu/time.Second))}, {rlimitData, programData}} {
		set := syscall.Rlimit{Cur: l.most, Max: l.most}
		syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), uintptr(l.which), uintptr(unsafe.Pointer(&set)), 0, 0, 0)
	}
}
