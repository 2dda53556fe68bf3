package sandbox

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// addressSpace is the last wall around a child's memory. A Go program reserves far more than it uses: one GiB
// stops it from running.
const addressSpace = 4 << 30

// confine binds the calling process before it reads anything. When its CPU time is up, it ends with exitCPU.
func confine() error {
	limit := syscall.Rlimit{Cur: addressSpace, Max: addressSpace}
	if err := syscall.Setrlimit(syscall.RLIMIT_AS, &limit); err != nil {
		return os.NewSyscallError("setrlimit", err)
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}); err != nil {
		return os.NewSyscallError("setrlimit", err)
	}
	up := make(chan os.Signal, 1)
	signal.Notify(up, syscall.SIGXCPU)
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM) // the parent stops cleanly, and ends its children
	go func() {
		<-up
		os.Exit(exitCPU)
	}()
	return nil
}

// allowCPU sets the limit of CPU time to d from now, in whole seconds.
func allowCPU(d time.Duration) error {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return os.NewSyscallError("getrusage", err)
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CPU, &limit); err != nil {
		return os.NewSyscallError("getrlimit", err)
	}
	spent := used.Utime.Sec + used.Stime.Sec + 1
	limit.Cur = min(uint64(spent)+uint64(max(1, d/time.Second)), limit.Max)
	return os.NewSyscallError("setrlimit", syscall.Setrlimit(syscall.RLIMIT_CPU, &limit))
}
