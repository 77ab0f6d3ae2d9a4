package folder

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"anlan/account/check"
	"anlan/account/check/reading"
	"anlan/ground/fault"
)

// Bounds on what is held while files are judged.
const (
	bytesMax    = 256 << 20 // of the files that are judged at a time; a larger one is judged alone
	fileBytes   = 1 << 20   // that a file counts at least, whatever its size
	aheadMax    = 8         // times the files judged at a time: results that wait for one before them
	workersMost = 64
)

// ErrBroken: the program failed on one file. Argument: what it says, for whoever maintains it.
var ErrBroken = fault.Define("folder.broken", fault.Broken,
	"程序在核对这个文件时出错，其他文件不受影响；请把这句话和文件一起交给维护人员：%v",
	"the program failed on this file, and the others were checked; give this and the file to whoever maintains it: %v")

// Options are how files are judged.
type Options struct {
	check.Options
	Workers int // files at a time; 0 is one for each core
	// Read, where it is there, gets each document with its result while it is in memory. It is called from several goroutines at a
	// time, before the result is told; its error ends the run.
	Read func(department string, doc *reading.Document, f *check.File) error
	// Earlier, where it is there, gives what the documents of a department are looked up in beside those of earlier years that lie with
	// them: last year's report, a table of facts. A fault of kind TooLarge is told of the department, and the run goes on.
	Earlier func(Asking) ([]*reading.Document, error)
	// Approved, where it is there, gives the performance targets against which the forms of a department are held; nil for none. It is
	// called from several goroutines at a time.
	Approved func(department string) *check.Targets
}

// Asking is for which department earlier documents are asked.
type Asking struct {
	Department    string
	Organisations []string // the offices that its documents name
	Documents     []*reading.Document
}

// Result is what became of a file, or what the documents of a department say of each other: then File.Between names them, and Path is the
// department's.
type Result struct {
	Department string
	Path       string
	File       *check.File // nil where it could not be read
	Err        error       // why; a fault of package reading, or ErrBroken
}

// Run judges all files, some at a time, and tells each result in the order of the files. At most Workers documents are in memory,
// of bytesMax together unless one alone is larger, and aheadMax times as many results wait. It ends early when tell gives an error
// or ctx ends, and returns that; files that were begun are broken off.
func Run(ctx context.Context, departments []Department, open func(path string) (*reading.Document, error), o Options, tell func(Result) error) error {
	if o.Workers < 1 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	o.Workers = min(o.Workers, workersMost)
	ctx, cancel := context.WithCancel(ctx)
	r := &run{open: open, options: o, room: newRoom(o.Workers), slots: make(chan chan judged, aheadMax*o.Workers)}
	var fed sync.WaitGroup
	fed.Go(func() { r.feed(ctx, departments) })
	defer fed.Wait()
	defer cancel()
	var now *department
	for slot := range r.slots {
		j := <-slot
		if now == nil || now.name != j.Department {
			now = &department{name: j.Department}
		}
		now.told++
		if j.ends != nil {
			return j.ends
		}
		if j.Err == nil {
			now.join(&j)
		}
		if err := tell(j.Result); err != nil {
			return err
		}
		if now.told < j.files {
			continue
		}
		if err := now.together(ctx, o, tell); err != nil {
			return err
		}
	}
	return context.Cause(ctx)
}

type run struct {
	open    func(string) (*reading.Document, error)
	options Options
	room    *room
	slots   chan chan judged
	begun   sync.WaitGroup
}

// judged is a result with what its department is told of it.
type judged struct {
	Result
	sketch sketch
	doc    *reading.Document // where the documents of its department are held against each other
	files  int               // of its department
	ends   error             // what ends the run
}

// feed begins the files in their order, each when there is room for it, and closes slots when all are done.
func (r *run) feed(ctx context.Context, departments []Department) {
	defer close(r.slots)
	defer r.begun.Wait()
	for _, d := range departments {
		for _, f := range d.Files {
			slot := make(chan judged, 1)
			select {
			case <-ctx.Done():
				return
			case r.slots <- slot:
			}
			size := min(max(f.Bytes, fileBytes), bytesMax)
			r.room.enter(size)
			r.begun.Go(func() {
				defer r.room.leave(size)
				slot <- r.judge(ctx, d, f)
			})
		}
	}
}

// judge reads a file and judges it.
func (r *run) judge(ctx context.Context, d Department, f File) (j judged) {
	j.Department, j.Path, j.files = d.Name, f.Path, len(d.Files)
	defer func() {
		if p := recover(); p != nil {
			j.File, j.Err = nil, fault.At(ErrBroken.Because(fmt.Errorf("panic: %v", p), p), fault.Where{File: f.Path})
		}
	}()
	doc, err := r.open(f.Path)
	switch {
	case ctx.Err() != nil: // what was read is nobody's result
		j.ends = context.Cause(ctx)
		return j
	case err != nil:
		j.Err = err
		return j
	}
	o := r.options.Options
	o.Amounts = len(d.Files) > 1
	if r.options.Approved != nil {
		o.Targets = r.options.Approved(d.Name)
	}
	file, err := check.CheckContext(ctx, doc, o)
	if err != nil {
		j.ends = err
		return j
	}
	if o.Amounts {
		j.sketch = sketchOf(doc, &file)
		file.Amounts = nil
	}
	if r.options.Read != nil {
		if err := r.options.Read(d.Name, doc, &file); err != nil {
			j.ends = err
			return j
		}
	}
	j.File = &file
	if r.options.keeps(d) {
		j.doc = doc
	}
	return j
}

// room is what documents in memory share: so many, and so many bytes.
type room struct {
	mu      sync.Mutex
	left    *sync.Cond
	workers int
	inside  int
	bytes   int64
}

func newRoom(workers int) *room {
	r := &room{workers: workers}
	r.left = sync.NewCond(&r.mu)
	return r
}

// enter waits until there is room; size is at most bytesMax.
func (r *room) enter(size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.inside == r.workers || r.inside > 0 && r.bytes+size > bytesMax {
		r.left.Wait()
	}
	r.inside++
	r.bytes += size
}

func (r *room) leave(size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.inside--
	r.bytes -= size
	r.left.Broadcast()
}
