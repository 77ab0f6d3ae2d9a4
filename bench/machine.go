package bench

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
)

// Machine says on what a comparison ran: processor, cores, memory, versions, and the load that others put on it.
func Machine() string {
	model := field("/proc/cpuinfo", "model name")
	if model == "" {
		model = runtime.GOARCH
	}
	memory := "memory not known"
	if kib, err := strconv.Atoi(strings.TrimSuffix(field("/proc/meminfo", "MemTotal"), " kB")); err == nil {
		memory = fmt.Sprintf("%.0f GiB", float64(kib)/(1<<20))
	}
	load := "not known"
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		load = strings.Join(strings.Fields(string(text))[:3], " ")
	}
	return fmt.Sprintf("%s, %d cores, %s, %s, %s; load %s", model, runtime.NumCPU(), memory, runtime.GOOS, runtime.Version(), load)
}

// Forget begins to count anew what Held tells.
func Forget() {
	runtime.GC()
	debug.FreeOSMemory()
	// Elsewhere than on Linux nothing is known anyway.
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0)
}

// Held is the most memory that the process has had resident since it began, or since Forget, in MiB; 0 where that is not known.
func Held() int {
	kib, err := strconv.Atoi(strings.TrimSuffix(field("/proc/self/status", "VmHWM"), " kB"))
	if err != nil {
		return 0
	}
	return kib >> 10
}

// field reads one "name : value" of a file of /proc.
func field(file, name string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return ""
}
