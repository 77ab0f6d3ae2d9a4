package printed

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// PDFium in two translations. In the quick one a call cannot be stopped: it ends, or the program does. Nothing that PDFium
// does goes on for ever, and the bound on memory bounds the rest; but once a file has been given up in the middle of a call,
// others are read by the one that looks at each loop whether it should stop, and takes three times as long.
var (
	quick     = sync.OnceValues(func() (pdfium.Pool, error) { return translate(false) })
	stoppable = sync.OnceValues(func() (pdfium.Pool, error) { return translate(true) })
	givenUp   atomic.Int32 // files whose call still goes on
)

const instanceWait = 10 * time.Second // for memory and start of a fresh PDFium; it takes milliseconds

// translate makes PDFium ready to be run, from the cache where it was translated before.
func translate(isStoppable bool) (pdfium.Pool, error) {
	features := api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling
	config := wazero.NewRuntimeConfig().WithCoreFeatures(features).WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(isStoppable)
	if home, err := os.UserCacheDir(); err == nil {
		if cache, err := wazero.NewCompilationCacheWithDir(filepath.Join(home, "anlan", "pdf")); err == nil {
			config = config.WithCompilationCache(cache)
		} // a folder that cannot be written: translated again each time
	}
	return webassembly.Init(webassembly.Config{
		MaxTotal: -1, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(), // no file of this machine
		Stdout: io.Discard, Stderr: io.Discard,
	})
}

// engine is a fresh PDFium with memory of its own.
type engine struct {
	pdfium.Pdfium
	memory  api.Memory
	lookUp  reflect.Value
	calls   map[string]api.Function
	stack   [8]uint64
	ctx     context.Context
	failure error // of the first call that failed; later ones give 0
}

// start gives a fresh engine, to be closed by the caller. Functions are called directly: the binding's own methods take a
// hundred times as long for a page, because each of them looks a handle up and copies its answer for every character.
func start(ctx context.Context) (e *engine, err error) {
	get := quick
	if givenUp.Load() > 0 {
		get = stoppable
	}
	pool, err := get()
	if err != nil {
		return nil, fmt.Errorf("PDFium: %w", err)
	}
	instance, err := pool.GetInstance(instanceWait)
	if err != nil {
		return nil, fmt.Errorf("PDFium: %w", err)
	}
	defer func() {
		if r := recover(); r != nil { // the binding is not the one that this was written for
			instance.Close()
			e, err = nil, fmt.Errorf("PDFium: %v", r)
		}
	}()
	inside := reflect.ValueOf(instance.GetImplementation())
	memory := inside.Elem().FieldByName("Module").MethodByName("Memory").Call(nil)[0].Interface().(api.Memory)
	return &engine{Pdfium: instance, memory: memory, lookUp: inside.MethodByName("Fn"), calls: map[string]api.Function{}, ctx: ctx}, nil
}

// call runs a function of PDFium by its name in C. After a failure it runs nothing and gives 0.
func (e *engine) call(name string, args ...uint64) uint64 {
	if e.failure != nil {
		return 0
	}
	f := e.calls[name]
	if f == nil {
		f = e.lookUp.Call([]reflect.Value{reflect.ValueOf(name)})[0].Interface().(api.Function)
		e.calls[name] = f
	}
	copy(e.stack[:], args)
	if e.failure = f.CallWithStack(e.ctx, e.stack[:]); e.failure != nil {
		return 0
	}
	return e.stack[0]
}

// count is a number of things that PDFium gives, 0 where it gives none or says that it failed.
func (e *engine) count(name string, args ...uint64) int {
	return max(int(int32(e.call(name, args...))), 0)
}

// lend puts content into the engine's memory and gives its place there, 0 where there is no room.
func (e *engine) lend(content string) uint64 {
	at := e.call("malloc", uint64(len(content)))
	if at == 0 || !e.memory.WriteString(uint32(at), content) {
		return 0
	}
	return at
}

// Numbers of PDFium are floats; the scales in which they become whole ones.
const (
	hundredths = 100
	millionths = 1_000_000
)

const numberMax = 1_000_000 // beyond which a number is no place on a page

// real is the whole number for the C float at a place of the engine's memory.
func (e *engine) real(at uint64, scale int) int {
	v, _ := e.memory.ReadFloat32Le(uint32(at))
	if !(v > -numberMax && v < numberMax) { // NaN too
		return 0
	}
	return int(v*millionths) / (millionths / scale)
}

// double is the same for a C double.
func (e *engine) double(at uint64, scale int) int {
	v, _ := e.memory.ReadFloat64Le(uint32(at))
	if !(v > -numberMax && v < numberMax) {
		return 0
	}
	return int(v*millionths) / (millionths / scale)
}
