package corpus

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Near is two plans whose texts are nearly the same.
type Near struct {
	A     string  `json:"a"` // the one that came first
	B     string  `json:"b"`
	Alike float64 `json:"alike"` // Jaccard's index
}

// The bands of a signature: two plans are compared where all values of one band agree. At an index of 0.8 that is missed by two
// pairs in a thousand, at 0.5 it is tried for one in four.
const (
	bandRows = 6
	bands    = bins / bandRows
)

// bandMemory bounds the keys of bands that are held at a time, in bytes; a larger corpus is read more often.
const bandMemory = 256 << 20

// crowd is how many plans of one band are compared each with each; in a larger one each is compared with the few before it,
// which keeps the work linear where thousands of documents are the same.
const crowd = 64

// banded is a key of a band, and the place of the plan that has it.
type banded struct {
	key   uint64
	place int32
}

// NearDuplicates gives every two current plans whose texts are alike by at least so much (0.5 to 1), in the order of their
// coming. Texts are compared only where the signatures say so.
func (c *Corpus) NearDuplicates(ctx context.Context, least float64) ([]Near, error) {
	ids, signs, err := c.signatures(ctx)
	if err != nil {
		return nil, fmt.Errorf("corpus: near duplicates: %w", err)
	}
	group := max(1, min(bands, bandMemory/(16*max(1, len(ids)))))
	found := make(map[[2]int32]bool)
	for from := 0; from < bands; from += group {
		var all []banded
		for band := from; band < min(from+group, bands); band++ {
			for i := range signs {
				key := uint64(band + 1)
				for _, v := range signs[i][band*bandRows : (band+1)*bandRows] {
					key = mix(key ^ uint64(v))
				}
				all = append(all, banded{key, int32(i)})
			}
		}
		slices.SortFunc(all, func(a, b banded) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.place, b.place)) })
		for i := 0; i < len(all); {
			j := i + 1
			for j < len(all) && all[j].key == all[i].key {
				j++
			}
			for k := i + 1; k < j; k++ {
				for l := max(i, k-crowd); l < k; l++ {
					pair := [2]int32{all[l].place, all[k].place}
					if _, seen := found[pair]; !seen && signs[pair[0]].alike(&signs[pair[1]]) >= least-0.1 {
						found[pair] = true
					}
				}
			}
			i = j
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return c.compare(ctx, ids, found, least)
}

// signatures reads the signatures of the current plans, in the order of their coming.
func (c *Corpus) signatures(ctx context.Context) (ids []string, signs []signature, err error) {
	rows, err := c.read.QueryContext(ctx, `SELECT p.id, s.minimum FROM signatures s JOIN plans p ON p.n = s.plan WHERE p.current = 1 ORDER BY s.plan`)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return nil, nil, err
		}
		if s, ok := readSignature(data); ok {
			ids, signs = append(ids, id), append(signs, s)
		}
	}
	return ids, signs, rows.Err()
}

// compare compares the texts of pairs, and gives those that are alike. Pairs of one plan stand together, so that few sets of
// shingles are held at a time.
func (c *Corpus) compare(ctx context.Context, ids []string, pairs map[[2]int32]bool, least float64) ([]Near, error) {
	order := make([][2]int32, 0, len(pairs))
	for pair := range pairs {
		order = append(order, pair)
	}
	slices.SortFunc(order, func(a, b [2]int32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	const held = 4096
	sets := make(map[int32][]uint64)
	set := func(place int32) ([]uint64, error) {
		if s, ok := sets[place]; ok {
			return s, nil
		}
		p, err := c.card(ids[place])
		if err != nil {
			return nil, err
		}
		if len(sets) >= held {
			clear(sets)
		}
		sets[place] = shingleSet(p.Text)
		return sets[place], nil
	}
	var list []Near
	for _, pair := range order {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a, err := set(pair[0])
		if err != nil {
			return nil, err
		}
		b, err := set(pair[1])
		if err != nil {
			return nil, err
		}
		if alike := jaccard(a, b); alike >= least {
			list = append(list, Near{ids[pair[0]], ids[pair[1]], alike})
		}
	}
	return list, nil
}
