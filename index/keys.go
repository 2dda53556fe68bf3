package index

import "sync"

// keyLists keeps the memory of lists of keys for the next question; a common word of a large index has many.
var keyLists = sync.Pool{New: func() any { return new([]uint64) }}

// takeKeys gives an empty list, to be given back with giveKeys once nothing refers to its keys.
func takeKeys() *[]uint64 { return keyLists.Get().(*[]uint64) }

func giveKeys(list *[]uint64, keys []uint64) {
	*list = keys[:0]
	keyLists.Put(list)
}
