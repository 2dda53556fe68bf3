package extract

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"kehoach/plan"
)

// MaxBytes is the size of the largest file that is read.
const MaxBytes = 256 << 20

// File gives the bytes of a regular file of at most MaxBytes. Its errors name the file and say why it cannot be
// read in words for people; all of them are ErrUnreadable or ErrLimit.
func File(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(path, reason(path, err))
	}
	switch mode := info.Mode(); {
	case mode.IsDir():
		return nil, unreadable(path, "it is a folder")
	case mode&fs.ModeNamedPipe != 0:
		return nil, unreadable(path, "it is a named pipe, not a file")
	case !mode.IsRegular():
		return nil, unreadable(path, "it is a device or a socket, not a file")
	case info.Size() > MaxBytes:
		return nil, tooLarge(path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, reason(path, err))
	}
	defer f.Close()
	return Input(path, f)
}

// Input gives the bytes of a stream, at most MaxBytes of them; path names it in errors.
func Input(path string, r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, unreadable(path, err.Error())
	}
	if len(data) > MaxBytes {
		return nil, tooLarge(path)
	}
	return data, nil
}

// Unread is the line that stands for a file whose reading ended in err.
func Unread(path string, err error) plan.Unread {
	message := strings.TrimPrefix(err.Error(), "extract: ")
	return plan.Unread{
		Schema:   plan.Schema,
		Source:   plan.Source{Path: path},
		Problems: []plan.Problem{{Code: code(err), Message: message}},
	}
}

// reason says in words why the system would not open a path.
func reason(path string, err error) string {
	switch {
	case os.IsNotExist(err):
		if _, err := os.Lstat(path); err == nil {
			return "it is a symbolic link to nothing"
		}
		return "there is no such file"
	case os.IsPermission(err):
		return "permission is denied"
	}
	return err.Error()
}

func unreadable(path, why string) error {
	return fmt.Errorf("extract: %s: %w: %s", path, ErrUnreadable, why)
}

func tooLarge(path string) error {
	return fmt.Errorf("extract: %s: %w: it is larger than %d MB", path, ErrLimit, MaxBytes>>20)
}
