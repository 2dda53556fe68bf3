package corpus

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// shingleFile holds sets of shingles, of 32 bits each and in order, in a temporary file that nobody else sees. A set is named by its
// number.
type shingleFile struct {
	file *os.File
	out  *bufio.Writer
	ends []int64 // of each set, in numbers
}

func newShingleFile() (*shingleFile, error) {
	f, err := os.CreateTemp("", "kehoach-shingles-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil { // it stays until it is closed
		return nil, errors.Join(err, f.Close())
	}
	return &shingleFile{file: f, out: bufio.NewWriterSize(f, 1<<20)}, nil
}

func (f *shingleFile) close() error { return f.file.Close() }
func (f *shingleFile) flush() error { return f.out.Flush() }

// add writes a set behind the others.
func (f *shingleFile) add(set []uint32) error {
	end := int64(len(set))
	if n := len(f.ends); n > 0 {
		end += f.ends[n-1]
	}
	f.ends = append(f.ends, end)
	for _, h := range set {
		if _, err := f.out.Write(binary.LittleEndian.AppendUint32(f.out.AvailableBuffer(), h)); err != nil {
			return err
		}
	}
	return nil
}

// bounds is where a set stands, in numbers.
func (f *shingleFile) bounds(n int32) (from, to int64) {
	if n > 0 {
		from = f.ends[n-1]
	}
	return from, f.ends[n]
}

// set reads a set, into the place of another one where there is room.
func (f *shingleFile) set(n int32, into []uint32) ([]uint32, error) {
	if f.out.Buffered() > 0 {
		if err := f.out.Flush(); err != nil {
			return nil, err
		}
	}
	from, to := f.bounds(n)
	data := make([]byte, 4*(to-from))
	if _, err := f.file.ReadAt(data, 4*from); err != nil {
		return nil, err
	}
	return numbersOf(data, into), nil
}

// each gives every set in its order; it is good until the next one is given. All were flushed before.
func (f *shingleFile) each(do func(n int32, set []uint32)) error {
	if _, err := f.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	in := bufio.NewReaderSize(f.file, 1<<20)
	var data []byte
	var set []uint32
	for n := range int32(len(f.ends)) {
		from, to := f.bounds(n)
		data = slices.Grow(data[:0], int(4*(to-from)))[:4*(to-from)]
		if _, err := io.ReadFull(in, data); err != nil {
			return err
		}
		set = numbersOf(data, set)
		do(n, set)
	}
	return nil
}

func numbersOf(data []byte, into []uint32) []uint32 {
	into = into[:0]
	for i := 0; i < len(data); i += 4 {
		into = append(into, binary.LittleEndian.Uint32(data[i:]))
	}
	return into
}

// shortHashes makes a set of the hashes of shingles, of 32 bits each.
func shortHashes(hashes []uint64) []uint32 {
	set := make([]uint32, len(hashes))
	for i, h := range hashes {
		set[i] = uint32(h >> 32)
	}
	slices.Sort(set)
	return slices.Compact(set)
}
