package extract

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestText holds that the text alone is the text of the whole reading.
func TestText(t *testing.T) {
	files, _ := filepath.Glob("*/testdata/*.txt")
	if len(files) < 30 {
		t.Fatalf("only %d goldens", len(files))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, input, _ := strings.Cut(string(data), "-- input --\n")
		input, _, _ = strings.Cut(input, "\n-- ")
		whole, err := Read(context.Background(), file, []byte(input))
		if err != nil {
			continue // the input of some goldens is a script
		}
		alone, err := (*Reader)(nil).Text(context.Background(), file, []byte(input))
		if err != nil || alone.Text != whole.Text || alone.Source.SHA256 != whole.Source.SHA256 {
			t.Errorf("%s: error %v, the text alone is\n%s\nin the plan it is\n%s", file, err, alone.Text, whole.Text)
		}
	}
}
