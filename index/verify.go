package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
)

// Plans gives the id of every plan that the index holds, with the number of its records. An id that stands twice is an
// error.
func (x *Index) Plans() (map[string]int, error) {
	v, release, err := x.now()
	if err != nil {
		return nil, err
	}
	defer release()
	all := make(map[string]int, v.totals.Plans)
	for _, p := range v.parts {
		heads, err := p.plans()
		if err != nil {
			return nil, err
		}
		for i, head := range heads {
			if p.deleted != nil && p.deleted.Contains(head) {
				continue
			}
			key, err := p.id(head)
			if err != nil {
				return nil, fmt.Errorf("index: %w", err)
			}
			id, _, err := splitID(key)
			if err != nil {
				return nil, err
			}
			if _, twice := all[id]; twice {
				return nil, fmt.Errorf("index: it holds the plan %s twice", id)
			}
			all[id] = int(p.end(heads, i) - head)
		}
	}
	if len(all) != v.totals.Plans {
		return nil, fmt.Errorf("index: it counts %d plans and holds %d", v.totals.Plans, len(all))
	}
	return all, nil
}

// Verify reads the file of every segment that the index is made of, and compares it with its checksum.
func (x *Index) Verify() error {
	v, release, err := x.now()
	if err != nil {
		return err
	}
	defer release()
	for _, p := range v.parts {
		on, ok := p.seg.(interface{ Path() string })
		if !ok {
			continue // a writer's, not on disk yet
		}
		if err := checksum(on.Path()); err != nil && !errors.Is(err, fs.ErrNotExist) { // merged away meanwhile
			return err
		}
	}
	return nil
}

// checksum compares a segment file with its last four bytes, the CRC-32 of all before them. What it finds wrong is errDamaged.
func checksum(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("index: %w", err)
	}
	if info.Size() < crc32.Size {
		return fmt.Errorf("%w: %s is cut off", errDamaged, file)
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-crc32.Size); err != nil {
		return fmt.Errorf("index: %s: %w", file, err)
	}
	var end [crc32.Size]byte
	if _, err := io.ReadFull(f, end[:]); err != nil {
		return fmt.Errorf("index: %s: %w", file, err)
	}
	if binary.BigEndian.Uint32(end[:]) != sum.Sum32() {
		return fmt.Errorf("%w: the bytes of %s have changed", errDamaged, file)
	}
	return nil
}
