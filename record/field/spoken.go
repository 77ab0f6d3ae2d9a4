package field

import "anlan/ground/lang"

// Spoken is a value of the field as a person reads it, from its text in a sheet: codes by their label, yes and no by word.
func (s *Spec) Spoken(text string, l lang.Lang) string {
	if s.Type == TypeYesNo {
		switch text {
		case "true":
			return lang.Of("是", "yes").In(l)
		case "false":
			return lang.Of("否", "no").In(l)
		}
	}
	for _, c := range s.Choices {
		if c.Code == text {
			return c.Label.In(l)
		}
	}
	return text
}
