package exchange

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/reason"
	"anlan/ground/width"
	"anlan/record/field"
	"anlan/store/blob"
)

// Files stores the files that a sheet names, before the records that name them are written.
type Files interface {
	Put(ctx context.Context, r io.Reader) (blob.Ref, error)
}

// ErrAttachedFile says that a file named in a cell cannot be taken.
var ErrAttachedFile = fault.Define("exchange.attached_file", fault.Invalid,
	"附件“%s”不能读取：%s；附件写文件名，放在表格所在的文件夹里，每行一个", "the attachment %q cannot be read: %s; name a file in the folder of the sheet, one a line")

// attach turns the lines of a cell into references to stored files. A line is a reference as an export writes it, or the
// name of a file in the folder of the sheet (or below it), whose content is stored now. A dry run stores nothing.
func (r *run) attach(text string) (string, error) {
	var faults fault.List
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	out := lines[:0]
	for _, line := range lines {
		name := width.Trim(line)
		if name == "" {
			continue
		}
		if _, err := field.ParseFiles(name); err == nil {
			out = append(out, name)
			continue
		}
		ref, err := r.store(name)
		if internal := faults.Add(err); internal != nil {
			return "", internal
		}
		out = append(out, fmt.Sprintf("%s %d %s", ref.Sum, ref.Size, filepath.Base(name)))
	}
	return strings.Join(out, "\n"), faults.Err()
}

// store reads a file of the sheet's folder. os.Root keeps it inside: no path above, no link that leads out.
func (r *run) store(name string) (blob.Ref, error) {
	if r.request.Files == nil || r.request.Path == "" {
		return blob.Ref{}, ErrAttachedFile.With(name, os.ErrNotExist)
	}
	root, err := os.OpenRoot(filepath.Dir(r.request.Path))
	if err != nil {
		return blob.Ref{}, ErrAttachedFile.Because(err, name, reason.Of(err))
	}
	defer root.Close()
	info, err := root.Stat(filepath.FromSlash(name))
	if err == nil && !info.Mode().IsRegular() {
		err = os.ErrInvalid
	}
	if err != nil {
		return blob.Ref{}, ErrAttachedFile.Because(err, name, reason.Of(err))
	}
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return blob.Ref{}, ErrAttachedFile.Because(err, name, reason.Of(err))
	}
	defer f.Close()
	if r.request.DryRun {
		h := sha256.New()
		n, err := io.Copy(h, f)
		if err != nil {
			return blob.Ref{}, ErrAttachedFile.Because(err, name, reason.Of(err))
		}
		return blob.Ref{Sum: blob.Sum(h.Sum(nil)), Size: n}, nil
	}
	return r.request.Files.Put(r.view.Tx().Context(), f)
}
