package corpus

import (
	"bytes"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"

	"kehoach/plan"
)

// A body is what the catalogue keeps of a plan: the form (one byte), five lengths (uvarints), a CRC-32C of card and text, and one zstd
// frame of card, text and JSON (quoted.go), flushed behind the text. So a list of hits unpacks cards and texts alone, while the JSON,
// which has words of the text everywhere, is still packed against it. Bodies of catalogues before version 7 are a frame of the whole plan's JSON.
const bodyForm = 1

// lengths are those of a body's parts in bytes: card, text and JSON as they are, the pack that card and text take, with the header of
// the frame, and that header.
type lengths struct{ card, text, json, first, header int }

// The coders of bodies and readings; both serve many goroutines at once.
var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(true), zstd.WithLowerEncoderMem(true))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
)

// bodyPacker packs one body at a time.
type bodyPacker struct {
	*zstd.Encoder
	out bytes.Buffer
}

var bodyPackers = sync.Pool{New: func() any {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(true), zstd.WithLowerEncoderMem(true),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		panic(err)
	}
	return &bodyPacker{Encoder: e}
}}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func encode(p *plan.Plan) ([]byte, error) {
	data, err := json.Marshal(storedOf(p))
	if err != nil {
		return nil, err
	}
	head := append(appendCard(make([]byte, 0, len(p.Text)+1024), p), p.Text...)
	l := lengths{card: len(head) - len(p.Text), text: len(p.Text), json: len(data)}
	z := bodyPackers.Get().(*bodyPacker)
	defer bodyPackers.Put(z)
	z.out.Reset()
	z.ResetContentSize(&z.out, int64(len(head)+len(data)))
	_, err = z.Write(head)
	if err == nil {
		err = z.Flush()
	}
	l.first = z.out.Len()
	if err == nil {
		_, err = z.Write(data)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		return nil, err
	}
	var frame zstd.Header
	if err := frame.Decode(z.out.Bytes()); err != nil {
		return nil, err
	}
	l.header = frame.HeaderSize
	body := append(make([]byte, 0, 24+z.out.Len()), bodyForm)
	for _, n := range []int{l.card, l.text, l.json, l.first, l.header} {
		body = binary.AppendUvarint(body, uint64(n))
	}
	body = binary.LittleEndian.AppendUint32(body, crc32.Checksum(head, castagnoli))
	return append(body, z.out.Bytes()...), nil
}

var errBody = errors.New("a damaged body")

// open reads what stands before the frame of a body.
func open(body []byte) (l lengths, sum uint32, frame []byte, err error) {
	rest := body[1:]
	for _, n := range []*int{&l.card, &l.text, &l.json, &l.first, &l.header} {
		v, size := binary.Uvarint(rest)
		if size <= 0 || v > maxBody {
			return l, 0, nil, errBody
		}
		*n, rest = int(v), rest[size:]
	}
	if len(rest) < 4 || l.first > len(rest)-4 || l.header > l.first {
		return l, 0, nil, errBody
	}
	return l, binary.LittleEndian.Uint32(rest), rest[4:], nil
}

// maxBody is the length that no part of a body has.
const maxBody = 1 << 31

// decode gives the plan of a body.
func decode(body []byte) (*plan.Plan, error) {
	p := new(plan.Plan)
	if len(body) == 0 || body[0] != bodyForm {
		data, err := unpacker.DecodeAll(body, nil)
		if err == nil {
			err = json.Unmarshal(data, p)
		}
		if err != nil {
			return nil, err
		}
		p.Schema = plan.Schema
		return p, nil
	}
	l, _, frame, err := open(body)
	if err != nil {
		return nil, err
	}
	data, err := unpacker.DecodeAll(frame, nil)
	if err != nil {
		return nil, err
	}
	if len(data) != l.card+l.text+l.json {
		return nil, errBody
	}
	if err := json.Unmarshal(data[l.card+l.text:], p); err != nil {
		return nil, err
	}
	p.Schema, p.Text = plan.Schema, string(data[l.card:l.card+l.text])
	fillQuotes(p)
	return p, nil
}

// buffers hold what is unpacked until it is read.
var buffers = sync.Pool{New: func() any { return new([2][]byte) }}

// keptBuffer is the length up to which a buffer is used again.
const keptBuffer = 4 << 20

// decodeCard gives of the plan of a body its card and its text.
func decodeCard(body []byte) (*plan.Plan, error) {
	if len(body) == 0 || body[0] != bodyForm {
		return nil, errBody
	}
	l, sum, frame, err := open(body)
	if err != nil {
		return nil, err
	}
	b := buffers.Get().(*[2][]byte)
	defer func() {
		if cap(b[0])+cap(b[1]) <= keptBuffer {
			buffers.Put(b)
		}
	}()
	b[0] = cutFrame(b[0][:0], frame, l)
	if b[1], err = unpacker.DecodeAll(b[0], b[1][:0]); err != nil {
		return nil, err
	}
	if len(b[1]) != l.card+l.text || crc32.Checksum(b[1], castagnoli) != sum {
		return nil, errBody
	}
	head := string(b[1])
	p, err := readCard(head[:l.card])
	if err == nil {
		p.Schema, p.Text = plan.Schema, head[l.card:]
	}
	return p, err
}

// cutFrame makes a frame of its own of the first part of one (RFC 8878): a header with the length of card and text and without a sum,
// the blocks of the part, and an empty last block.
func cutFrame(dst, frame []byte, l lengths) []byte {
	const (
		magic  = "\x28\xb5\x2f\xfd"
		single = 0b10_1_00000 // a length of four bytes, one segment
		last   = "\x01\x00\x00"
	)
	dst = append(append(dst, magic...), single)
	dst = binary.LittleEndian.AppendUint32(dst, uint32(l.card+l.text))
	return append(append(dst, frame[l.header:l.first]...), last...)
}

// refill writes the bodies of an older catalogue in the present form.
func refill(tx *sql.Tx) error {
	type kept struct {
		n    int64
		body []byte
	}
	for last := int64(-1); ; {
		rows, err := tx.Query(`SELECT plan, json FROM bodies WHERE plan > ? ORDER BY plan LIMIT 256`, last)
		if err != nil {
			return err
		}
		var list []kept
		for rows.Next() {
			var k kept
			if err := rows.Scan(&k.n, &k.body); err != nil {
				return errors.Join(err, rows.Close())
			}
			list = append(list, k)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil || len(list) == 0 {
			return err
		}
		last = list[len(list)-1].n
		err = parallel(runtime.GOMAXPROCS(0), len(list), func(i int) error {
			p, err := decode(list[i].body)
			if err != nil {
				return nil // verify tells of it
			}
			if list[i].body, err = encode(p); err != nil {
				err = fmt.Errorf("plan %d: %w", list[i].n, err)
			}
			return err
		})
		if err != nil {
			return err
		}
		for _, k := range list {
			if _, err := tx.Exec(`UPDATE bodies SET json = ? WHERE plan = ?`, k.body, k.n); err != nil {
				return fmt.Errorf("plan %d: %w", k.n, err)
			}
		}
	}
}
