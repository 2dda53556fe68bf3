package sandbox

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"
)

// request is the head of what a parent asks of a child; the name and the bytes of the file follow it.
//
//	CPU, Output, Name, Data   four numbers of 8 bytes, little-endian
type request struct {
	CPU    uint64 // nanoseconds for this file
	Output uint64 // bytes of the encoded document at most
	Name   uint64 // bytes of the name
	Data   uint64 // bytes of the file
}

const requestBytes = 32

// The most that a child takes of a request.
const (
	maxName = 1 << 20
	maxData = 1 << 30
)

func (r request) encode() []byte {
	b := make([]byte, 0, requestBytes)
	for _, n := range []uint64{r.CPU, r.Output, r.Name, r.Data} {
		b = binary.LittleEndian.AppendUint64(b, n)
	}
	return b
}

func readRequest(r io.Reader) (q request, name string, data []byte, err error) {
	var head [requestBytes]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return q, "", nil, err
	}
	for i, n := range []*uint64{&q.CPU, &q.Output, &q.Name, &q.Data} {
		*n = binary.LittleEndian.Uint64(head[i*8:])
	}
	if q.Name > maxName || q.Data > maxData {
		return q, "", nil, errors.New("a request is too large")
	}
	words := make([]byte, q.Name)
	if _, err = io.ReadFull(r, words); err != nil {
		return q, "", nil, err
	}
	data = make([]byte, q.Data)
	_, err = io.ReadFull(r, data)
	return q, string(words), data, err
}

// The kinds of frames by which a child answers: any number of frameAlive, then one of the others. A frame is its
// kind, the length of its payload in 4 bytes, little-endian, and the payload.
const (
	frameAlive    = 'a' // 8 bytes: nanoseconds that it needs now
	frameDocument = 'd' // the document, in the gob stream of the child
	frameError    = 'e' // the number of an error of the list plus 1 or 0, one byte; the message
	framePanic    = 'p' // the message; the child ends
	frameOutput   = 'o' // nothing: the document is too large
)

// maxMessage is the length of the longest message of an error.
const maxMessage = 4 << 10

const frameHead = 5

// appendFrame appends a frame. The payload is written in place by the caller where it is large.
func appendFrame(b []byte, kind byte, payload []byte) []byte {
	b = append(b, kind)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(payload)))
	return append(b, payload...)
}

// readFrame reads a frame of at most limit bytes.
func readFrame(r *bufio.Reader, limit int) (kind byte, payload []byte, err error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := int64(binary.LittleEndian.Uint32(head[1:]))
	if n > int64(limit) {
		return 0, nil, fmt.Errorf("%w: more than %d MB", ErrOutput, limit>>20)
	}
	payload = make([]byte, n)
	_, err = io.ReadFull(r, payload)
	return head[0], payload, err
}

func encodeDuration(d time.Duration) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(d)) }

// decodeDuration is the time of a frameAlive, 0 where it is none.
func decodeDuration(b []byte) time.Duration {
	if len(b) != 8 {
		return 0
	}
	return time.Duration(min(binary.LittleEndian.Uint64(b), uint64(24*time.Hour)))
}
