package indicatortest

import (
	"os"
	"path/filepath"
	"testing"

	"anlan/account/indicator"
)

// Run plays each file that the pattern matches, as a test of its own in a world of its own. The definitions of files are
// there in every world, beside those that a test file defines.
func Run(t *testing.T, pattern string, open func(t testing.TB) World, files ...*indicator.File) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no file matches %s (%v)", pattern, err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			commands, err := parse(string(content))
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			p := &player{name: path, world: open(t), files: files, wrong: func(line int, format string, args ...any) {
				t.Helper()
				t.Errorf("%s:%d: "+format, append([]any{path, line}, args...)...)
			}}
			if err := p.play(t.Context(), commands); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
		})
	}
}
