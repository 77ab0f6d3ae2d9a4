package reason

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
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
	{syscall.EADDRINUSE, lang.Of("这个地址或端口已被占用", "the address or port is in use")},
	{syscall.ECONNREFUSED, lang.Of("对方拒绝连接，可能没有运行", "the connection was refused; nothing may be running there")},
	{syscall.ECONNRESET, lang.Of("连接被对方中断", "the other side broke the connection off")},
	{os.ErrDeadlineExceeded, lang.Of("等待超时", "it took too long")},
	{context.DeadlineExceeded, lang.Of("等待超时", "it took too long")},
}

// formats are what the readers of formats refuse. English has their own words behind ours, in brackets: a programmer may want them.
var formats = []struct {
	is   error
	says lang.Text
}{
	{zip.ErrFormat, lang.Of("不是ZIP压缩包，或者没有传完", "it is no ZIP archive, or was cut off")},
	{zip.ErrChecksum, lang.Of("压缩包的校验值不符，内容已损坏", "a checksum of the archive does not fit; its content is damaged")},
	{zip.ErrAlgorithm, lang.Of("压缩包用了不支持的压缩或加密方式", "the archive is packed or encrypted in a way that is not supported")},
	{gzip.ErrHeader, lang.Of("不是gzip压缩文件", "it is no gzip file")},
	{gzip.ErrChecksum, lang.Of("gzip的校验值不符，内容已损坏", "the checksum of the gzip file does not fit; its content is damaged")},
	{csv.ErrQuote, lang.Of("引号没有成对", "a quotation mark has no partner")},
	{csv.ErrBareQuote, lang.Of("没有加引号的单元格里有引号", "there is a quotation mark inside a cell without them")},
	{csv.ErrFieldCount, lang.Of("这一行的列数与前面不同", "the row has another number of columns than those before")},
	{hex.ErrLength, lang.Of("十六进制文字的位数是单数", "the hexadecimal text has an odd length")},
	{io.EOF, lang.Of("内容是空的，或者提前结束", "there is nothing, or it ends too early")},
}

// Of is why err happened; empty for nil. What is not known here keeps its own words.
func Of(err error) lang.Text {
	if err == nil {
		return lang.Text{}
	}
	own := bare(err).Error()
	return Else(err, lang.Text{Zh: own, En: own})
}

// Else is why err happened, or other where that is not known here.
func Else(err error, other lang.Text) lang.Text {
	for _, k := range known {
		if errors.Is(err, k.is) {
			return k.says
		}
	}
	says, ok := placed(err)
	for i := 0; !ok && i < len(formats); i++ {
		says, ok = formats[i].says, errors.Is(err, formats[i].is)
	}
	if !ok {
		says = other
	}
	if own := err.Error(); ok || other.En != bare(err).Error() {
		says.En += " (" + own + ")"
	}
	return says
}

// placed are the refusals of formats that say a place.
func placed(err error) (says lang.Text, ok bool) {
	at := func(zh, en string, n int64) (lang.Text, bool) {
		return lang.Text{Zh: fmt.Sprintf(zh, n), En: fmt.Sprintf(en, n)}, true
	}
	if e, is := errors.AsType[*json.SyntaxError](err); is {
		return at("第%d字节处不合JSON语法", "it is no JSON at byte %d", e.Offset)
	}
	if e, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		return at("第%d字节处的JSON值不是应有的类型", "the JSON value at byte %d is of another type than expected", e.Offset)
	}
	if e, is := errors.AsType[*xml.SyntaxError](err); is {
		return at("第%d行的XML不完整或格式错误", "the XML is cut off or malformed in line %d", int64(e.Line))
	}
	if e, is := errors.AsType[flate.CorruptInputError](err); is {
		return at("第%d字节处的压缩数据已损坏", "the packed data are damaged at byte %d", int64(e))
	}
	if e, is := errors.AsType[base64.CorruptInputError](err); is {
		return at("第%d字节处不是base64", "it is no base64 at byte %d", int64(e))
	}
	if e, is := errors.AsType[hex.InvalidByteError](err); is {
		return lang.Text{Zh: fmt.Sprintf("“%c”不是十六进制数字", rune(e)), En: fmt.Sprintf("%q is no hexadecimal digit", rune(e))}, true
	}
	return lang.Text{}, false
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
