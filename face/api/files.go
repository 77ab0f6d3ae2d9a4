package api

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/record/access"
	"anlan/record/book"
	"anlan/record/content"
	"anlan/record/field"
	"anlan/store/blob"
)

// ErrNoFile says that a record has no such file.
var ErrNoFile = fault.Define("api.no_file", fault.NotFound,
	"“%s”里没有SHA-256为%s的文件", "there is no file with the SHA-256 %[2]s in %[1]q")

// attachment is the field of the path that holds files.
func (c *call) attachment(sees func(f int) bool) (int, error) {
	code := c.r.PathValue("field")
	var known []string
	for f, s := range c.kind.Fields() {
		if s.Type != field.TypeAttachment || !sees(f) {
			continue
		}
		if s.Code == code {
			return f, nil
		}
		known = append(known, s.Code)
	}
	return 0, content.ErrNoMember.With(c.kind.Label(), code, field.Nearest(code, known))
}

// attach puts a file on a record: the body is the file.
func (s *Server) attach(c *call) error {
	x, err := c.aimed(access.Edit)
	if err != nil {
		return err
	}
	q, err := c.query("name")
	if err != nil {
		return err
	}
	name := strings.TrimSpace(q.Get("name"))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if name == "" || strings.ContainsAny(name, "\r\n") {
		return ErrMissingParameter.With("name", lang.Of("文件名", "the name of the file"))
	}
	err = s.app.Book.Read(c.r.Context(), c.actor(), 0, func(v *book.View) error {
		f, err := c.attachment(func(f int) bool { return v.Sees(c.kind, f) })
		if err != nil {
			return err
		}
		before, err := c.base(v, &x)
		if err != nil {
			return err
		}
		x.Record = c.kind.Clone(before)
		ref, err := s.app.Blobs.PutIf(c.r.Context(), c.r.Body, func(r io.Reader) error { return s.scanner.Scan(c.r.Context(), name, r) })
		if err != nil {
			return err
		}
		line := fmt.Sprintf("%s %d %s", ref.Sum, ref.Size, name)
		return c.kind.Parse(x.Record, f, strings.TrimPrefix(c.kind.Text(before, f)+"\n"+line, "\n"))
	})
	if err != nil {
		return err
	}
	d, err := c.apply(x)
	if err != nil {
		return err
	}
	return c.wrote(http.StatusCreated, d)
}

// file sends a file of a record, always to be kept and never to be shown.
func (s *Server) file(c *call) error {
	id, err := c.id()
	if err != nil {
		return err
	}
	var found field.File
	err = s.app.Book.ReadRecorded(c.r.Context(), c.actor(), 0, book.Reading{Way: "show"}, func(v *book.View) error {
		f, err := c.attachment(func(f int) bool { return v.Sees(c.kind, f) })
		if err != nil {
			return err
		}
		r, err := v.Get(c.kind.Code(), id)
		if err != nil {
			return err
		}
		files, err := field.ParseFiles(c.kind.Text(r, f))
		if err != nil {
			return err
		}
		sum := c.r.PathValue("sha256")
		i := slices.IndexFunc(files, func(x field.File) bool { return fmt.Sprintf("%x", x.SHA256) == sum })
		if i < 0 {
			return ErrNoFile.With(c.kind.Fields()[f].Label, sum)
		}
		found = files[i]
		return nil
	})
	if err != nil {
		return err
	}
	in, err := s.app.Blobs.Open(c.r.Context(), blob.Sum(found.SHA256))
	if err != nil {
		return err
	}
	defer in.Close()
	return c.stream(found.Name, found.Size, in)
}

// stream sends a file to be kept; size is -1 where it is not known.
func (c *call) stream(name string, size int64, in io.Reader) error {
	h := c.w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if size >= 0 {
		h.Set("Content-Length", strconv.FormatInt(size, 10))
	}
	if _, err := io.Copy(c.w, in); err != nil && c.r.Context().Err() == nil {
		c.s.log.Warn("file broke off", "route", c.r.Pattern, "error", err.Error())
	}
	return nil // the answer has begun
}
