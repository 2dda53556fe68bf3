package pdf

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// Bounds of a repair.
const (
	repairBytes = 64 << 20
	repairTime  = 4 * time.Second
)

// configured guards pdfcpu's one setting that is a variable.
var configured sync.Once

// rewrite has pdfcpu write a file anew: decrypted, without object streams and with a cross-reference table that is
// right. The work is given up after repairTime, and what is left of it ends with the program.
func rewrite(data []byte) ([]byte, error) {
	if len(data) > repairBytes {
		return nil, fmt.Errorf("a file of more than %d MB is not repaired", repairBytes>>20)
	}
	type result struct {
		data []byte
		err  error
	}
	ctx, cancel := context.WithTimeout(context.Background(), repairTime)
	defer cancel()
	done := make(chan result, 1)
	go func() {
		out, err := rewriteWith(ctx, data)
		done <- result{out, err}
	}()
	select {
	case r := <-done:
		return r.data, r.err
	case <-ctx.Done():
		return nil, fmt.Errorf("the repair took longer than %v", repairTime)
	}
}

func rewriteWith(ctx context.Context, data []byte) (out []byte, err error) {
	defer caught(&err)
	configured.Do(func() { model.ConfigPath = "disable" }) // nothing is read from the folders of a user
	conf := model.NewDefaultConfiguration()
	conf.ValidationMode = model.ValidationRelaxed
	conf.WriteObjectStream = false
	conf.WriteXRefStream = false
	conf.Optimize, conf.OptimizeBeforeWriting, conf.OptimizeResourceDicts = false, false, false
	conf.Cmd = model.OPTIMIZE
	if bytes.Contains(data, []byte("/Encrypt")) {
		conf.Cmd = model.DECRYPT // which refuses a file that is not encrypted
	}
	c, err := pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), conf)
	if errors.Is(err, pdfcpu.ErrWrongPassword) {
		return nil, ErrEncrypted
	}
	if err != nil {
		return nil, err
	}
	version := model.V17
	c.HeaderVersion = &version
	c.RootVersion = nil
	var buf bytes.Buffer
	c.Write.Writer = bufio.NewWriter(&buf)
	err = errors.Join(pdfcpu.WriteContext(c), c.Write.Flush())
	return buf.Bytes(), err
}
