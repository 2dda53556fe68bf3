package index

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// A question uses two processors, segment beside segment, and no more questions are answered at once than there are processors. More
// at once would only make each of them slower, the long ones most, and take more memory.
const perQuestion = 2

// seats is a place for each question that may be answered at once.
type seats chan struct{}

var processors = make(seats, runtime.GOMAXPROCS(0))

// take waits for a place.
func (s seats) take(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s seats) leave() { <-s }

// atOnce does a work for each of 0 … n-1, on as many processors as a question has, and gives one of the errors.
func atOnce(n int, work func(i int) error) error {
	var g errgroup.Group
	g.SetLimit(perQuestion)
	for i := range n {
		g.Go(func() error { return work(i) })
	}
	return g.Wait()
}
