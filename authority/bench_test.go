//go:build unix

package authority

import (
	"os"
	"syscall"
	"testing"
	"time"

	"kehoach/internal/tsv"
)

// cpu is the time that this process has spent on its CPUs, which other work on the machine hardly changes.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure runs do, which handles the i-th name, and reports the CPU nanoseconds of one name.
func measure(b *testing.B, do func(i int)) {
	b.ReportAllocs()
	start := cpu()
	for i := range b.N {
		do(i)
	}
	b.ReportMetric(float64(cpu()-start)/float64(b.N), "cpu-ns/op")
}

// BenchmarkResolve gives the time for one name: over the spellings of testdata, and for names of each sort.
func BenchmarkResolve(b *testing.B) {
	text, err := os.ReadFile("testdata/spellings.tsv")
	if err != nil {
		b.Fatal(err)
	}
	rows := tsv.MustParse("spellings.tsv", string(text), "name", "date", "province", "id", "outside").Rows
	b.Run("mixed", func(b *testing.B) {
		measure(b, func(i int) {
			r := rows[i%len(rows)]
			if Resolve(r[0], r[1], r[2]).ID != r[3] {
				b.Fatal(r)
			}
		})
	})
	for _, r := range [][2]string{
		{"abbreviated", "Sở TT&TT"},
		{"full", "Sở Văn hóa, Thể thao và Du lịch tỉnh Lạng Sơn"},
		{"group", "Các sở, ban, ngành liên quan"},
		{"unknown", "Trung tâm Bảo tồn Di sản Thăng Long - Hà Nội"},
		{"company", "Công ty Cổ phần Cấp nước Lạng Sơn"},
		{"misspelt", "Sở Vân hóa, Thể thao và Du lich"},
	} {
		b.Run(r[0], func(b *testing.B) {
			measure(b, func(int) {
				if Resolve(r[1], "2021-06-04", "Lạng Sơn").ID == "" {
					b.Fatal(r)
				}
			})
		})
	}
}

func BenchmarkAgency(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		if Agency("Đề nghị Sở TT&TT tỉnh Lạng Sơn") == "" {
			b.Fatal("no agency")
		}
	}
}

func BenchmarkProvinceByName(b *testing.B) {
	for range b.N {
		if _, ok := ProvinceByName("TỈNH KIÊN GIANG", "2021-06-04"); !ok {
			b.Fatal("no province")
		}
	}
}

// BenchmarkFindProvince reads a paragraph that names its province at the end.
func BenchmarkFindProvince(b *testing.B) {
	const text = "Căn cứ Kế hoạch hành động quốc gia về sản xuất và tiêu dùng bền vững, Ủy ban nhân dân ban hành kế hoạch thông tin, tuyên truyền trên địa bàn tỉnh Kiên Giang"
	b.SetBytes(int64(len(text)))
	for range b.N {
		if _, _, ok := FindProvince(text, "2021-06-04"); !ok {
			b.Fatal("no province")
		}
	}
}

func BenchmarkParseNumber(b *testing.B) {
	for range b.N {
		if _, ok := ParseNumber("Số : 837 / QĐ - BKH"); !ok {
			b.Fatal("no number")
		}
	}
}
