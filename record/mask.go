package record

import (
	"anlan/ground/fault"
	"anlan/record/field"
)

// Masking says whether numbers of some field of a kind, declared or the bureau's own, are masked.
func Masking(k Of, xs Extras) bool {
	for _, f := range k.Fields() {
		if f.Masks() {
			return true
		}
		for _, s := range f.Rows {
			if s.Masks() {
				return true
			}
		}
	}
	for _, x := range xs {
		if x.Masks() {
			return true
		}
	}
	return false
}

// Mask masks the telephone and identity numbers of persons in r, and says whether there were any. r is the caller's own.
func Mask(k Of, r any, xs Extras) (any bool, err error) {
	err = eachMasked(k, r, xs, func(s *field.Spec, text string, set func(string) error) error {
		if m := s.Masked(text); m != text {
			any = true
			return set(m)
		}
		return nil
	})
	return any, err
}

// Unmask puts numbers that came back masked in r as they stand in before; nil is a new record. All faults are answered.
func Unmask(k Of, before, r any, xs Extras) error {
	var faults fault.List
	standing := map[*field.Spec][]string{}
	if before != nil {
		err := eachMasked(k, before, xs, func(s *field.Spec, text string, _ func(string) error) error {
			standing[s] = append(standing[s], text)
			return nil
		})
		if err != nil {
			return err
		}
	}
	err := eachMasked(k, r, xs, func(s *field.Spec, text string, set func(string) error) error {
		plain, err := s.Unmasked(text, standing[s]...)
		if err != nil {
			return faults.Add(fault.At(err, fault.Where{Field: s.Code}))
		}
		if plain != text {
			return set(plain)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return faults.Err()
}

// eachMasked goes through the values of r whose numbers are masked; a value that is absent is passed over.
func eachMasked(k Of, r any, xs Extras, do func(s *field.Spec, text string, set func(string) error) error) error {
	for f, s := range k.Fields() {
		list := k.List(f)
		if list == nil {
			if text := k.Text(r, f); s.Masks() && text != "" {
				if err := do(s, text, func(v string) error { return k.Parse(r, f, v) }); err != nil {
					return err
				}
			}
			continue
		}
		for j, c := range list.Specs() {
			if !c.Masks() {
				continue
			}
			for i := range list.Len(r) {
				if text := list.Text(r, i, j); text != "" {
					if err := do(c, text, func(v string) error { return list.Parse(r, i, j, v) }); err != nil {
						return err
					}
				}
			}
		}
	}
	h := k.Head(r)
	for _, x := range xs {
		text := h.Ext[x.Code]
		if !x.Masks() || text == "" {
			continue
		}
		err := do(&x.Spec, text, func(v string) error {
			h.Ext = h.Ext.Clone()
			h.Ext[x.Code] = v
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
