package field

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"anlan/ground/fault"
	"anlan/ground/ident"
	"anlan/ground/lang"
	"anlan/ground/width"

	places "anlan/ground/place"
)

// The types that point elsewhere.
const (
	TypeRef        Type = "ref"
	TypePlace      Type = "place"
	TypeUnit       Type = "unit"
	TypePoint      Type = "geometry"
	TypeAttachment Type = "attachment"
)

// Ref points to a record of another kind by its id; kinds refer to each other so and never by package. In sheets the
// natural key of the other record stands instead, which whoever reads the sheet looks up.
func Ref[T any](code, kind string, zh lang.Zh, en lang.En, at func(*T) *ident.ID) Typed[T, ident.ID] {
	f := define(code, zh, en, at, codec[ident.ID]{
		typ: TypeRef, suffix: "_id", sql: SQLText,
		absent: ident.ID.IsZero,
		encode: func(v ident.ID) any { return v.String() },
		decode: func(src any) (v ident.ID, err error) { err = v.Scan(src); return v, err },
		show:   ident.ID.String,
		parse:  func(s string) (ident.ID, error) { return ident.Parse(width.Trim(s)) },
	}, nil)
	f.RefKind = kind
	return f
}

// Place is the code of an administrative division.
func Place[T any](code string, zh lang.Zh, en lang.En, at func(*T) *places.Code) Typed[T, places.Code] {
	c := textCodec[places.Code](TypePlace)
	c.parse = func(s string) (places.Code, error) { return places.ParseCode(narrow(width.Trim(s))) }
	return define(code, zh, en, at, c, nil)
}

// Unit is the code of a unit.
func Unit[T any](code string, zh lang.Zh, en lang.En, at func(*T) *places.Unit) Typed[T, places.Unit] {
	c := textCodec[places.Unit](TypeUnit)
	c.parse = func(s string) (places.Unit, error) { return places.ParseUnit(narrow(width.Trim(s))) }
	return define(code, zh, en, at, c, nil)
}

// LonLat is a position in millionths of a degree (about 0.1 m), WGS-84 or CGCS2000, which agree to that precision.
type LonLat struct {
	Lon, Lat int32
	Stated   bool
}

// Point is a position on the map, written "113.128432,29.357105".
func Point[T any](code string, zh lang.Zh, en lang.En, at func(*T) *LonLat) Typed[T, LonLat] {
	show := func(p LonLat) string {
		return showScaled(int64(p.Lon), 6) + "," + showScaled(int64(p.Lat), 6)
	}
	return define(code, zh, en, at, codec[LonLat]{
		typ: TypePoint, sql: SQLText,
		absent: func(p LonLat) bool { return !p.Stated },
		normal: func(p LonLat) LonLat {
			if !p.Stated {
				return LonLat{}
			}
			return p
		},
		sound: func(p LonLat) *fault.Fault {
			if !onEarth(int64(p.Lon), int64(p.Lat)) {
				return ErrNotAPoint.With(show(p))
			}
			return nil
		},
		encode: func(p LonLat) any { return show(p) },
		decode: func(src any) (LonLat, error) {
			s, err := decodeText[string](src)
			if err != nil {
				return LonLat{}, err
			}
			return parsePoint(s)
		},
		show:  show,
		parse: parsePoint,
	}, nil)
}

func parsePoint(s string) (LonLat, error) {
	lon, lat, ok := strings.Cut(strings.ReplaceAll(narrow(s), " ", ""), ",")
	x, err1 := parseScaled(lon, 6)
	y, err2 := parseScaled(lat, 6)
	if !ok || err1 != nil || err2 != nil || !onEarth(x, y) {
		return LonLat{}, ErrNotAPoint.With(s)
	}
	return LonLat{int32(x), int32(y), true}, nil
}

func onEarth(lon, lat int64) bool {
	return lon >= -180e6 && lon <= 180e6 && lat >= -90e6 && lat <= 90e6
}

// File names a stored file: its content hash (package blob) and the name it had.
type File struct {
	SHA256 [32]byte
	Size   int64
	Name   string
}

// Attachment is a list of stored files, written one a line: SHA-256, size in bytes, name. The content is in package blob
// before the record names it.
func Attachment[T any](code string, zh lang.Zh, en lang.En, at func(*T) *[]File) Typed[T, []File] {
	show := func(fs []File) string {
		lines := make([]string, len(fs))
		for i, f := range fs {
			lines[i] = fmt.Sprintf("%x %d %s", f.SHA256, f.Size, f.Name)
		}
		return strings.Join(lines, "\n")
	}
	f := define(code, zh, en, at, codec[[]File]{
		typ: TypeAttachment, sql: SQLText,
		absent: func(fs []File) bool { return len(fs) == 0 },
		sound: func(fs []File) *fault.Fault {
			if again, err := ParseFiles(show(fs)); err != nil || !slices.Equal(again, fs) {
				return ErrNotAnAttachment.With(show(fs))
			}
			return nil
		},
		encode: func(fs []File) any { return show(fs) },
		decode: func(src any) ([]File, error) {
			s, err := decodeText[string](src)
			if err != nil {
				return nil, err
			}
			return ParseFiles(s)
		},
		show:  show,
		parse: ParseFiles,
	}, nil)
	f.Copy = func(to, from *T) { *at(to) = slices.Clone(*at(from)) }
	return f
}

// filesMax bounds the files of one field.
const filesMax = 100

// ParseFiles reads what an attachment field holds; the empty text is none.
func ParseFiles(s string) ([]File, error) {
	if s == "" {
		return nil, nil
	}
	lines := strings.Split(s, "\n")
	if len(lines) > filesMax {
		return nil, ErrTooManyFiles.With(len(lines), filesMax)
	}
	var out []File
	for _, line := range lines {
		sum, rest, ok1 := strings.Cut(width.Trim(line), " ")
		size, name, ok2 := strings.Cut(rest, " ")
		f := File{Name: width.Trim(name)}
		n, err := strconv.ParseInt(size, 10, 64)
		if !ok1 || !ok2 || len(sum) != 2*len(f.SHA256) || err != nil || n < 0 || f.Name == "" || soundText(name) != nil || strings.ContainsRune(name, '\r') {
			return nil, ErrNotAnAttachment.With(line)
		}
		if _, err := hex.Decode(f.SHA256[:], []byte(sum)); err != nil {
			return nil, ErrNotAnAttachment.With(line)
		}
		f.Size = n
		out = append(out, f)
	}
	return out, nil
}
