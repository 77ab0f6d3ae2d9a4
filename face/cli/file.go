package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"anlan/ground/fault"
	"anlan/ground/reason"
)

// Faults of the files that -o names and that arguments name.
var (
	ErrFileExists = fault.Define("cli.file_exists", fault.Conflict,
		"“%s”已经存在，不会覆盖；请换一个文件名，或先把它移走", "%q exists and is not overwritten; choose another name, or move it away first")
	ErrCannotWrite = fault.Define("cli.cannot_write", fault.Unable,
		"不能写入“%s”：%s", "%q cannot be written: %s")
	ErrFile = fault.Define("cli.file", fault.Unable,
		"不能使用“%s”：%s", "%q cannot be used: %s")
	ErrCannotRead = fault.Define("cli.cannot_read", fault.Unable,
		"不能读取“%s”：%s", "%q cannot be read: %s")
)

// toFile writes a file that appears under its name only when it is whole. It overwrites none: what stands there may be the
// sheet that somebody has filled in, or the checkpoint that proves what was.
func toFile(ctx context.Context, path string, write func(io.Writer) error) (err error) {
	path = filepath.Clean(path)
	if err := free(path); err != nil {
		return err
	}
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return ErrCannotWrite.Because(err, path, reason.Of(err))
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = free(path)
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err == nil {
		return nil
	}
	os.Remove(part)
	if _, known := fault.KindOf(err); !known && isFileError(err) {
		return ErrCannotWrite.Because(err, path, reason.Of(err))
	}
	return err
}

// replace puts a text in the place of a file, whole or not at all: for what only grows, as the signatures of a checkpoint do.
func replace(path, content string) error {
	err := os.WriteFile(path+".part", []byte(content), 0o644)
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	if err != nil {
		return ErrCannotWrite.Because(err, path, reason.Of(err))
	}
	return nil
}

// free says that nothing stands at path.
func free(path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return ErrFileExists.With(path)
	case errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return ErrCannotWrite.Because(err, path, reason.Of(err))
}

// isFileError tells a failure of the file from one of what writes into it.
func isFileError(err error) bool {
	_, path := errors.AsType[*fs.PathError](err)
	_, link := errors.AsType[*os.LinkError](err)
	return path || link
}

// result writes a result to the file that -o names, or to stdout when it names none.
func (e *env) result(ctx context.Context, path string, write func(io.Writer) error) error {
	if path == "" {
		return write(e.out)
	}
	return toFile(ctx, path, write)
}

// noteBytesMax bounds a key or checkpoint that is read.
const noteBytesMax = 1 << 20

// note reads a small text file that an argument names.
func note(path string) (string, error) { return textUpTo(path, noteBytesMax) }

// textUpTo reads a text file, so much of it at most.
func textUpTo(path string, bytesMax int64) (string, error) {
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return "", ErrCannotRead.Because(err, path, reason.Of(err))
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, bytesMax))
	if err != nil {
		return "", ErrCannotRead.Because(err, path, reason.Of(err))
	}
	return string(b), nil
}
