package folder

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"

	"anlan/ground/fault"
	"anlan/ground/reason"
)

// filesMax bounds the files of one run.
const filesMax = 200_000

// Faults of looking for files.
var (
	// ErrFind: a path that is not there or cannot be listed. Arguments: the path, the system's reason.
	ErrFind = fault.Define("folder.find", fault.Unable, "不能读取“%s”：%s", "%q cannot be read: %s")

	// ErrTooMany: more files than one run takes.
	ErrTooMany = fault.Define("folder.too_many", fault.TooLarge,
		"“%s”中的文件超过一次核对的上限 %d 个；请分几次核对", "%q holds more files than the %d of one run; check them in several runs")
)

// File is a file that is to be checked.
type File struct {
	Path  string
	Bytes int64 // 0 where nobody knows
}

// Department is a folder with the files of one office, in order of path.
type Department struct {
	Name  string // its folder; "-" for standard input
	Files []File
}

// Find gives the files that paths name, by department: each path in its turn, folders with all that lies in them and has a name
// that readable accepts. A file that is named itself is taken whatever its name is, with the others of its folder that are named
// beside it; one that was given twice is checked once. What cannot be listed is a fault, and the rest is found.
func Find(paths []string, readable func(path string) bool) ([]Department, fault.List) {
	f := finder{readable: readable, seen: map[string]bool{}, at: map[string]int{}}
	for _, p := range paths {
		f.path(p)
	}
	return f.found, f.faults
}

type finder struct {
	readable func(string) bool
	seen     map[string]bool
	at       map[string]int // departments by name
	found    []Department
	files    int
	faults   fault.List
}

func (f *finder) path(p string) {
	if p == "-" {
		f.add("-", File{Path: p})
		return
	}
	info, err := os.Stat(p)
	switch {
	case err != nil:
		f.faults = append(f.faults, ErrFind.Because(err, p, reason.Of(err)))
	case info.IsDir():
		f.folder(p, "")
	default:
		f.add(filepath.Dir(p), File{p, info.Size()})
	}
}

// folder adds what lies in a folder; department is the one above, empty before the first report.
func (f *finder) folder(dir, department string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		f.faults = append(f.faults, ErrFind.Because(err, dir, reason.Of(err)))
	}
	sort.Slice(entries, func(i, k int) bool { return entries[i].Name() < entries[k].Name() })
	var files []File
	for _, d := range entries {
		if p := filepath.Join(dir, d.Name()); d.Type().IsRegular() && f.readable(p) {
			files = append(files, File{p, bytesOf(d)})
		}
	}
	if department == "" && (len(files) > 0 || f.ofYears(dir, entries)) {
		department = filepath.Clean(dir)
	}
	for _, file := range files {
		f.add(department, file)
	}
	for _, d := range entries {
		if d.IsDir() {
			f.folder(filepath.Join(dir, d.Name()), department)
		}
	}
}

// isYear is the name of a folder with the reports of one year.
var isYear = regexp.MustCompile(`^(19|20)[0-9]{2}(年|年度)?$`)

// ofYears says whether a folder holds nothing but folders of years, two at least, each with reports of its own: those of one office, year by year.
// Folders of years with folders of offices in them are as many offices.
func (f *finder) ofYears(dir string, entries []fs.DirEntry) bool {
	years := 0
	for _, d := range entries {
		if !d.IsDir() {
			continue
		}
		if !isYear.MatchString(d.Name()) {
			return false
		}
		within, err := os.ReadDir(filepath.Join(dir, d.Name())) // what cannot be listed is told when it is its turn
		if err != nil || !slices.ContainsFunc(within, func(e fs.DirEntry) bool {
			return e.Type().IsRegular() && f.readable(filepath.Join(dir, d.Name(), e.Name()))
		}) {
			return false
		}
		years++
	}
	return years >= 2
}

func bytesOf(d fs.DirEntry) int64 {
	if info, err := d.Info(); err == nil {
		return info.Size()
	}
	return 0
}

func (f *finder) add(department string, file File) {
	key := filepath.Clean(file.Path)
	if f.seen[key] {
		return
	}
	f.seen[key] = true
	if f.files++; f.files > filesMax {
		if f.files == filesMax+1 {
			f.faults = append(f.faults, ErrTooMany.With(filepath.Dir(file.Path), filesMax))
		}
		return
	}
	i, known := f.at[department]
	if !known {
		i = len(f.found)
		f.at[department] = i
		f.found = append(f.found, Department{Name: department})
	}
	f.found[i].Files = append(f.found[i].Files, file)
}
