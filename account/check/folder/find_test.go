package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree makes files in a new folder and gives it.
func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func texts(path string) bool { return filepath.Ext(path) == ".txt" }

func TestFind_takes_folders_as_departments(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		files string
		paths string // below the folder
		want  map[string]string
	}{
		{"a_folder_of_folders", "甲局/报告.txt 乙局/报告.txt 乙局/附件/1.txt 乙局/附件/2/3.txt", ".", map[string]string{
			"甲局": "甲局/报告.txt", "乙局": "乙局/报告.txt 乙局/附件/1.txt 乙局/附件/2/3.txt"}},
		{"a_folder_with_reports_is_one_department", "a.txt 附件/b.txt", ".", map[string]string{".": "a.txt 附件/b.txt"}},
		{"two_levels_down", "2023/甲局/a.txt 2023/乙局/b.txt", ".", map[string]string{"2023/甲局": "2023/甲局/a.txt", "2023/乙局": "2023/乙局/b.txt"}},
		{"the_years_of_one_office", "甲局/2022/a.txt 甲局/2023年度/b.txt", ".", map[string]string{"甲局": "甲局/2022/a.txt 甲局/2023年度/b.txt"}},
		{"the_years_of_many_offices", "2022/甲局/a.txt 2023/甲局/b.txt", ".", map[string]string{"2022/甲局": "2022/甲局/a.txt", "2023/甲局": "2023/甲局/b.txt"}},
		{"other_formats_are_left_alone", "a.txt b.png", ".", map[string]string{".": "a.txt"}},
		{"a_file_that_is_named_is_taken", "a.txt b.png", "b.png", map[string]string{".": "b.png"}},
		{"what_is_named_twice_is_checked_once", "a.txt", "a.txt . ./a.txt", map[string]string{".": "a.txt"}},
		{"nothing", "b.png", ".", map[string]string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := map[string]string{}
			for _, f := range strings.Fields(c.files) {
				files[f] = f
			}
			dir := tree(t, files)
			var paths []string
			for _, p := range strings.Fields(c.paths) {
				paths = append(paths, filepath.Join(dir, p))
			}
			found, faults := Find(paths, texts)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			got := map[string]string{}
			for _, d := range found {
				name, _ := filepath.Rel(dir, d.Name)
				var files []string
				for _, f := range d.Files {
					p, _ := filepath.Rel(dir, f.Path)
					files = append(files, filepath.ToSlash(p))
				}
				got[filepath.ToSlash(name)] = strings.Join(files, " ")
			}
			if diff := cmp.Diff(got, c.want); diff != "" {
				t.Error("got, want:\n", diff)
			}
		})
	}
}

func TestFind_says_what_is_not_there_and_finds_the_rest(t *testing.T) {
	t.Parallel()
	dir := tree(t, map[string]string{"a.txt": "a"})
	found, faults := Find([]string{filepath.Join(dir, "missing"), dir}, texts)
	if len(faults) != 1 || !errors.Is(faults[0], ErrFind) || len(found) != 1 {
		t.Errorf("got %v, %v", found, faults)
	}
}
