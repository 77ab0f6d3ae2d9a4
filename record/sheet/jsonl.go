package sheet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"anlan/ground/fault"
	"anlan/ground/lang"
	"anlan/ground/reason"
)

// jsonRows reads a file of one JSON object a line. The members of each name its cells; their values are texts, numbers,
// yes or no, or null for nothing. The row number is the number of the line.
func jsonRows(r io.ReaderAt, size int64) func(yield func(Row, error) bool) {
	return func(yield func(Row, error) bool) {
		lines := bufio.NewReaderSize(io.NewSectionReader(r, 0, size), 64<<10)
		var row Row
		for number := 1; ; number++ {
			line, err := readLine(lines)
			last := err == io.EOF
			if err != nil && !last {
				yield(Row{Number: number}, err)
				return
			}
			if number == 1 {
				line = bytes.TrimPrefix(line, utf8Mark)
			}
			row = Row{Number: number, Cells: row.Cells[:0], Keys: row.Keys[:0]}
			if line = bytes.TrimSpace(line); len(line) > 0 {
				err = parseObject(line, &row)
				if (err != nil || !row.blank()) && (!yield(row, err) || err != nil) {
					return
				}
			}
			if last {
				return
			}
		}
	}
}

// readLine gives the next line; io.EOF with the last.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		switch {
		case err == nil && line == nil:
			return part, nil
		case err != nil && err != bufio.ErrBufferFull && err != io.EOF:
			return nil, ErrNoFile.Because(err, reason.Of(err))
		case len(line)+len(part) > lineBytesMax:
			return nil, ErrTooLarge.With(theLine, lineBytesMax)
		}
		if line = append(line, part...); err != bufio.ErrBufferFull {
			return line, err
		}
	}
}

func parseObject(line []byte, row *Row) error {
	if !utf8.Valid(line) {
		return ErrUnreadableText.With()
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return notJSON(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return notJSON(err)
		}
		name := key.(string) // the decoder gives nothing else here
		for _, k := range row.Keys {
			if k == name {
				return ErrKeyTwice.With(name)
			}
		}
		cell, err := jsonCell(d)
		if err != nil {
			return fault.At(err, fault.Where{Column: name})
		}
		row.Keys, row.Cells = append(row.Keys, name), append(row.Cells, cell)
	}
	if _, err := d.Token(); err != nil {
		return notJSON(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return notJSON(err)
	}
	if bytes.ContainsRune(line, utf8.RuneError) || !bytes.Contains(line, []byte(`\u`)) {
		return nil
	}
	return refuseLoneSurrogates(row)
}

// refuseLoneSurrogates finds the replacement that the decoder puts for half a pair (\ud83d alone), which cannot be recorded.
func refuseLoneSurrogates(row *Row) error {
	for i, c := range row.Cells {
		if bytes.ContainsRune([]byte(c.Text), utf8.RuneError) {
			return fault.At(ErrUnreadableText.With(), fault.Where{Column: row.Keys[i]})
		}
	}
	return nil
}

func jsonCell(d *json.Decoder) (Cell, error) {
	value, err := d.Token()
	if err != nil {
		return Cell{}, notJSON(err)
	}
	switch v := value.(type) {
	case nil:
		return Cell{}, nil
	case bool:
		return BoolCell(v), nil
	case string:
		return TextCell(v), nil
	case json.Number:
		if n := v.String(); isPlainNumber(n) {
			return NumberCell(n), nil
		} else if plain, ok := parseDecimal(n); ok {
			return NumberCell(plain.String()), nil
		}
	}
	return Cell{}, ErrNotJSON.With(lang.Of("值应是文字、数字、true、false或null", "a value must be a text, a number, true, false or null"))
}

func notJSON(err error) error {
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return ErrNotJSON.With(lang.Of("应以{开头、以}结尾", "it must begin with { and end with }"))
	case errors.As(err, &syntax):
		return ErrNotJSON.Because(err, lang.Text{Zh: "语法错误", En: syntax.Error()})
	}
	return ErrNotJSON.Because(err, lang.Of("没有写完", "it is not finished"))
}
