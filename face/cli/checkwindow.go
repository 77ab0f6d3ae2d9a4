package cli

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"html/template"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"anlan/account/check"
	"anlan/account/check/reading/office"
	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

//go:embed window.html window.css window.js
var windowFiles embed.FS

var windowPage = template.Must(template.ParseFS(windowFiles, "window.html"))

// windowBytesMax bounds what is sent to the window at a time.
const windowBytesMax = 2 << 30

// Faults of the window.
var (
	ErrWindow = fault.Define("cli.window", fault.Unable, "不能在本机打开窗口：%s", "the window cannot be opened on this machine: %s")
	ErrSent   = fault.Define("cli.window_sent", fault.Invalid, "收到的文件不完整：%s", "what was sent is not whole: %s")
	ErrNoFile = fault.Define("cli.window_empty", fault.Invalid,
		"没有可以核对的文件；可读取的格式：.txt、.md、.html、.docx、.xlsx、.pdf、.doc、.xls、.rtf",
		"there is no file that can be checked; formats that are read: .txt, .md, .html, .docx, .xlsx, .pdf, .doc, .xls, .rtf")
)

// window is a page on this machine on which reports are dropped. It listens to this machine alone, under an address that nobody can
// guess, asks nothing of any other, and its files are gone when it is closed.
type window struct {
	*env
	ctx    context.Context
	beside besides
	dir    string // of everything that is written
	at     string // "/…/", below which everything is
	host   string

	mu  sync.Mutex // one check at a time
	now string     // the folder of the last check; the one before is removed
	n   int
}

// checkWindow opens the window and keeps it open until ctx ends.
func (e *env) checkWindow(ctx context.Context, beside besides) (int, error) {
	dir, err := os.MkdirTemp("", "anlan-check-*")
	if err != nil {
		return notDone, ErrWindow.Because(err, reason.Of(err))
	}
	defer os.RemoveAll(dir)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return notDone, ErrWindow.Because(err, reason.Of(err))
	}
	w := &window{env: e, ctx: ctx, beside: beside, dir: dir, at: "/" + rand.Text() + "/", host: listener.Addr().String()}
	server := &http.Server{Handler: w}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	e.print(lang.Of("请在浏览器中打开（Ctrl+C结束，结束后不留任何文件）：\n  http://%s%s", "open this in a browser (Ctrl+C ends it, and leaves no file behind):\n  http://%s%s"), w.host, w.at)
	if err := e.out.flush(); err != nil {
		return notDone, err
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return notDone, ErrWindow.Because(err, reason.Of(err))
	}
	return inOrder, nil
}

// ServeHTTP gives the page, takes reports, and gives what was found in them.
func (w *window) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	h := out.Header()
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	within, ok := strings.CutPrefix(r.URL.Path, w.at)
	if !ok || r.Host != w.host { // another site's page may know the port and not the address
		http.NotFound(out, r)
		return
	}
	if strings.HasPrefix(within, "out/") && r.Method == http.MethodGet {
		http.StripPrefix(w.at+"out/", http.FileServerFS(os.DirFS(w.dir))).ServeHTTP(out, r)
		return
	}
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	switch {
	case within == "check" && r.Method == http.MethodPost:
		w.take(out, r)
	case within == "style.css", within == "script.js":
		http.ServeFileFS(out, r, windowFiles, map[string]string{"style.css": "window.css", "script.js": "window.js"}[within])
	case within == "":
		w.page(out)
	default:
		http.NotFound(out, r)
	}
}

func (w *window) page(out http.ResponseWriter) {
	say := func(zh lang.Zh, en lang.En) string { return lang.Of(zh, en).In(w.lang) }
	language := "zh-CN"
	if w.lang == lang.English {
		language = "en"
	}
	out.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = windowPage.Execute(out, map[string]string{ // a reader that went away is told nothing
		"Lang": language, "Title": say("核对报告", "check reports"), "Promise": say("只在这台电脑上读取；不连接网络，关闭后不留任何文件。", "Read on this machine alone; nothing is sent anywhere, and no file is left when it is closed."),
		"Drop":   say("把文件或文件夹拖到这里", "drop files or a folder here"),
		"Kinds":  say("Word、Excel、PDF、网页、文本；一个文件夹是一个部门", "Word, Excel, PDF, web pages, text; a folder is a department"),
		"Folder": say("选择文件夹", "choose a folder"), "Check": say("核对所选文件", "check the chosen files"),
		"Busy": say("正在核对%d个文件……", "checking %d files …"), "Failed": say("没有收到结果：程序是否已经关闭？", "no result came: was the program closed?"),
	})
}

// take checks what was sent and leads to what was found.
func (w *window) take(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.n++
	dir := filepath.Join(w.dir, strconv.Itoa(w.n))
	err := w.receive(dir, http.MaxBytesReader(out, r.Body, windowBytesMax), r)
	if err == nil {
		err = w.judge(r.Context(), dir)
	}
	if err != nil {
		_ = os.RemoveAll(dir) // with the window's own folder at the latest
		status := http.StatusInternalServerError
		if kind, ok := fault.KindOf(err); ok && (kind == fault.Invalid || kind == fault.TooLarge) {
			status = http.StatusUnprocessableEntity
		}
		http.Error(out, fault.In(err, w.lang), status)
		return
	}
	if w.now != "" {
		_ = os.RemoveAll(w.now)
	}
	w.now = dir
	http.Redirect(out, r, w.at+"out/"+strconv.Itoa(w.n)+"/found/", http.StatusSeeOther)
}

// receive writes the files that were sent below dir/sent, each under its path.
func (w *window) receive(dir string, body io.ReadCloser, r *http.Request) error {
	r.Body = body
	parts, err := r.MultipartReader()
	if err != nil {
		return ErrSent.Because(err, reason.Else(err, lang.Of("传输格式不对", "it is not sent as a form")))
	}
	where, files := "", 0
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return ErrSent.Because(err, reason.Else(err, lang.Of("传输格式不对", "it is not sent as a form")))
		}
		if part.FormName() == "path" {
			b, err := io.ReadAll(io.LimitReader(part, 4096))
			if err != nil {
				return ErrSent.Because(err, reason.Else(err, lang.Of("传输格式不对", "it is not sent as a form")))
			}
			where = string(b)
			continue
		}
		if where == "" {
			where = part.FileName()
		}
		if where != "" && office.Readable(where) {
			if err := w.keep(dir, where, part); err != nil {
				return err
			}
			files++
		}
		where = ""
	}
	if files == 0 {
		return ErrNoFile.With()
	}
	return nil
}

// keep writes a file. A path that leads out of the folder, or is none on this system, is made one.
func (w *window) keep(dir, name string, from *multipart.Part) error {
	name = filepath.FromSlash(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
	if !filepath.IsLocal(name) {
		name = "report" + filepath.Ext(name)
	}
	at := filepath.Join(dir, "sent", name)
	if err := os.MkdirAll(filepath.Dir(at), 0o700); err != nil {
		return ErrCannotWrite.Because(err, name, reason.Of(err))
	}
	f, err := os.OpenFile(at, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return ErrCannotWrite.Because(err, name, reason.Of(err))
	}
	_, err = io.Copy(f, from)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return ErrSent.Because(err, reason.Else(err, lang.Of("传输格式不对", "it is not sent as a form")))
	}
	return nil
}

// judge checks the files as check -o does. What could not be read stands on its page.
func (w *window) judge(ctx context.Context, dir string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(w.ctx, stop)()
	quiet := *w.env
	quiet.out, quiet.err, quiet.format, quiet.base = newOutput(io.Discard), io.Discard, "text", filepath.Join(dir, "sent")
	found := filepath.Join(dir, "found")
	_, err := quiet.check(ctx, []string{quiet.base}, found, "", w.beside, check.Options{})
	if _, missing := os.Stat(filepath.Join(found, "index.html")); missing != nil {
		return errors.Join(err, missing)
	}
	return nil
}
