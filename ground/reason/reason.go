package reason

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"

	"anlan/ground/lang"
)

// known are the refusals that a person at the machine can mend; the first that fits wins, so the particular ones stand
// before the general.
var known = []struct {
	is   error
	says lang.Text
}{
	{syscall.ENOSPC, lang.Of("磁盘已满", "the disk is full")},
	{syscall.EDQUOT, lang.Of("磁盘配额已用完", "the disk quota is used up")},
	{syscall.EFBIG, lang.Of("文件超过系统允许的大小", "the file is larger than the system allows")},
	{syscall.EROFS, lang.Of("磁盘或目录是只读的", "the disk or folder is read-only")},
	{syscall.EISDIR, lang.Of("这是目录，不是文件", "it is a folder, not a file")},
	{syscall.ENOTDIR, lang.Of("路径中有一段不是目录", "a part of the path is not a folder")},
	{syscall.ENAMETOOLONG, lang.Of("文件名太长", "the name is too long")},
	{syscall.EMFILE, lang.Of("打开的文件太多", "too many files are open")},
	{syscall.EIO, lang.Of("读写出错，磁盘可能已损坏", "reading or writing failed; the disk may be damaged")},
	{fs.ErrNotExist, lang.Of("没有这个文件或目录", "there is no such file or folder")},
	{fs.ErrExist, lang.Of("已经存在", "it exists already")},
	{fs.ErrPermission, lang.Of("没有权限", "permission is denied")},
	{io.ErrUnexpectedEOF, lang.Of("文件不完整", "the file ends too early")},
}

// Of is why err happened; empty for nil.
func Of(err error) lang.Text {
	if err == nil {
		return lang.Text{}
	}
	for _, k := range known {
		if errors.Is(err, k.is) {
			return k.says
		}
	}
	err = bare(err)
	return lang.Text{Zh: err.Error(), En: err.Error()}
}

// bare is err without the call and the path around it.
func bare(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.SyscallError](err); ok {
		return e.Err
	}
	return err
}
