//go:build !linux

package ocr

import (
	"syscall"
	"time"
)

func tied() *syscall.SysProcAttr { return nil }

// limit does nothing here: the clock alone bounds a program.
func limit(int, time.Duration) {}
